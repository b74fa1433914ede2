"""A sentence belongs to its figure: what is kept of a band and a figure, whichever was chosen last."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from outcomes.bands import ASKED, BANDS, ELSEWHERE, ELSEWHERE_OUT_OF, Band, chosen, fits, settled, stands_for
from outcomes.nouns import Adjustment, Factor

OURS = BANDS[Factor.DEADWEIGHT]
HALF, MOST = OURS[2], OURS[3]


def held(figure: str | None, sentence: str = "") -> Adjustment:
    stated = None if figure is None else Decimal(figure)
    return Adjustment(ref="A1", outcome="O1", factor=Factor.DEADWEIGHT, figure=stated, sentence=sentence)


def settle(
    picked: Band | None, figure: str | None, before: Adjustment | None = None
) -> tuple[Decimal | None, str, str]:
    stated = None if figure is None else Decimal(figure)
    found = settled(Factor.DEADWEIGHT, picked=picked, figure=stated, before=before)
    return found.figure, found.sentence, found.dropped


def test_every_factor_is_asked_for_and_has_five_bands_from_nothing_to_all():
    assert set(ASKED) == set(BANDS) == set(Factor)
    for bands in BANDS.values():
        assert [band.figure for band in bands] == [0, Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), 1]


def test_no_two_bands_say_the_same():
    sentences = [band.sentence for bands in BANDS.values() for band in bands]
    assert len(set(sentences)) == 20
    assert max(map(len, sentences)) < 80


def test_a_band_that_is_picked_sets_a_figure_that_nobody_changed():
    assert settle(HALF, None) == (HALF.figure, HALF.sentence, "")
    assert settle(HALF, "0.1", held("0.1")) == (HALF.figure, HALF.sentence, "")
    assert settle(MOST, "0.5", held("0.5", HALF.sentence)) == (MOST.figure, MOST.sentence, "")


def test_another_figure_gives_the_sentence_up():
    assert settle(HALF, "0.45", held("0.5", HALF.sentence)) == (Decimal("0.45"), "", HALF.sentence)
    assert settle(MOST, "0.45", held("0.5", HALF.sentence)) == (Decimal("0.45"), "", MOST.sentence)
    assert settle(HALF, "0.45") == (Decimal("0.45"), "", HALF.sentence)


def test_a_figure_that_fits_keeps_the_sentence():
    assert settle(HALF, "0.50", held("0.5", HALF.sentence)) == (HALF.figure, HALF.sentence, "")


def test_without_a_band_a_sentence_of_ours_goes_and_one_of_somebodys_own_stays():
    assert settle(None, "0.5", held("0.5", HALF.sentence)) == (Decimal("0.5"), "", "")
    assert settle(None, "0.45", held("0.5", "Gwyn said so.")) == (Decimal("0.45"), "Gwyn said so.", "")


@given(
    st.sampled_from([None, *OURS]),
    st.none() | st.decimals(0, 1, places=2),
    st.sampled_from([None, *(held(str(band.figure), band.sentence) for band in OURS), held("0.3"), held(None)]),
)
def test_what_is_kept_always_fits(picked: Band | None, figure: Decimal | None, before: Adjustment | None):
    found = settled(Factor.DEADWEIGHT, picked=picked, figure=figure, before=before)
    assert fits(Factor.DEADWEIGHT, found.figure, found.sentence)
    assert found.figure is not None or figure is None


def test_a_sentence_of_ours_fits_its_own_figure_alone():
    assert fits(Factor.DEADWEIGHT, Decimal("0.5"), HALF.sentence)
    assert not fits(Factor.DEADWEIGHT, Decimal("0.45"), HALF.sentence)
    assert not fits(Factor.DEADWEIGHT, None, HALF.sentence)
    assert fits(Factor.DEADWEIGHT, None, "In our own words")


def test_a_sentence_stands_for_a_figure_of_its_own_factor_alone():
    assert stands_for(Factor.DEADWEIGHT, HALF.sentence) == Decimal("0.5")
    assert stands_for(Factor.ATTRIBUTION, HALF.sentence) is None
    assert chosen(Factor.DEADWEIGHT, Decimal("0.5"), HALF.sentence) is HALF
    assert chosen(Factor.DEADWEIGHT, Decimal("0.45"), HALF.sentence) is None


@pytest.mark.parametrize("factor", ELSEWHERE)
def test_where_others_ended_up_is_a_range_around_its_middle(factor: Factor):
    found = ELSEWHERE[factor]
    assert all(low <= high for low, high in pairwise([0, found.low, found.median, found.high, 100]))
    assert found.reports < ELSEWHERE_OUT_OF
