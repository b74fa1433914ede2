"""Who is in the social value sector: each combination of answers, and the words of each reason."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, strategies as st

from accounts.models import OrganisationType
from accounts.sector import Particulars, Type, Verdict, judge

CHARITY = Particulars(name="Clwb cinio", type=Type.CHARITY, well_being_is_core=True, reinvested_share=Decimal("0.8"))


def reasons(said: Particulars) -> list[str]:
    return [reason.message % reason.params for reason in judge(said).reasons]


def test_the_types_are_those_of_the_database() -> None:
    assert [(each.value, each.label) for each in Type] == [(str(v), str(w)) for v, w in OrganisationType.choices]


@pytest.mark.parametrize(
    ("kind", "core", "share"), list(product(Type, [True, False, None], [None, "0", "0.5", "0.50000001", "1"]))
)
def test_all_three_must_hold_and_one_that_does_not_settles_it(kind: Type, core: bool | None, share: str | None) -> None:
    said = Particulars(
        name="A", type=kind, well_being_is_core=core, reinvested_share=None if share is None else Decimal(share)
    )
    no = kind is Type.FUNDER or core is False or share in {"0", "0.5"}
    unknown = core is None or share is None
    expected = Verdict.NOT if no else Verdict.CANNOT_TELL if unknown else Verdict.IN
    assert judge(said).verdict is expected
    assert len(judge(said).reasons) == 3


@given(st.decimals(min_value=0, max_value=1, places=8))
def test_most_is_more_than_half(share: Decimal) -> None:
    in_it = judge(replace(CHARITY, reinvested_share=share)).verdict is Verdict.IN
    assert in_it == (2 * share > 1)


def test_each_reason_quotes_what_was_answered() -> None:
    assert reasons(CHARITY) == [
        "It is one of the kinds of body that the definition names: “Charity”.",
        "It says that more well-being for people and communities is its core purpose.",
        "It says that it re-invests 80 of every 100 of any profit: most of it, being more than 50.",
    ]
    other = replace(CHARITY, type=Type.FUNDER, well_being_is_core=False, reinvested_share=Decimal("0.125"))
    assert reasons(other) == [
        "“Funder” is not one of the kinds of body that the definition names.",
        "It says that more well-being for people and communities is not its core purpose.",
        "It says that it re-invests 12.5 of every 100 of any profit: not most of it, which is more than 50.",
    ]


def test_what_is_not_answered_yet_is_named() -> None:
    silent = Particulars(name="A", type=Type.NETWORK)
    assert judge(silent).verdict is Verdict.CANNOT_TELL
    assert [reason.holds for reason in judge(silent).reasons] == [True, None, None]
    assert all("has not said yet" in reason for reason in reasons(silent)[1:])


def test_all_of_it_is_said_as_all() -> None:
    assert "all of any profit" in reasons(replace(CHARITY, reinvested_share=Decimal(1)))[2]
