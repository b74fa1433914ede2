"""Five bands for each of the four factors, each a sentence that a person can agree with (pure).

Rule: a sentence belongs to its figure. Whoever chooses a sentence states its figure; whoever then states another figure
has given the sentence up. So a sentence of ours never stands beside a figure that it does not stand for. A sentence in
somebody's own words may stand beside any figure: only they know what they meant.

What is kept is the sentence in English, as it stands here; a door says it in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounts.words import gettext_noop as _n
from outcomes.nouns import Adjustment, Factor

_QUARTER = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Band:
    """One step of the scale for one factor."""

    figure: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How a factor is asked for: the question as a person would ask it, the term of the trade, and what it means."""

    question: str
    term: str
    help: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What published reports state of a factor, in percent: the middle figure, and the range of the middle half."""

    reports: int
    median: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure with the sentence that was chosen for it, if any."""

    figure: Decimal | None
    sentence: str = ""
    dropped: str = ""
    """The sentence that was given up, since it does not stand for the figure."""


ASKED: Mapping[Factor, Asked] = {
    Factor.DEADWEIGHT: Asked(
        _n("Would it have happened anyway?"),
        _n("deadweight"),
        _n("How much of this change people would have seen if you had done nothing at all."),
    ),
    Factor.DISPLACEMENT: Asked(
        _n("Did it only move from somewhere else?"),
        _n("displacement"),
        _n("How much of it was taken from other people or other places, so that nothing was gained overall."),
    ),
    Factor.ATTRIBUTION: Asked(
        _n("How much did others bring about?"),
        _n("attribution"),
        _n("The share that belongs to other groups, services, family or friends. What is left is yours."),
    ),
    Factor.DROP_OFF: Asked(
        _n("How much of it wears off each year?"),
        _n("drop-off"),
        _n("What goes each year after the first, of what was there the year before."),
    ),
}
"""The four questions, in the order of the vocabulary."""

_SENTENCES: Mapping[Factor, tuple[str, str, str, str, str]] = {
    Factor.DEADWEIGHT: (
        _n("None of it would have come about without us."),
        _n("A small part, about a quarter, would have come about without us."),
        _n("About half would have come about without us."),
        _n("Most of it, about three quarters, would have come about without us."),
        _n("All of it would have come about without us."),
    ),
    Factor.DISPLACEMENT: (
        _n("Nobody lost anything by it."),
        _n("A small part, about a quarter, was somebody else's loss."),
        _n("About half was somebody else's loss."),
        _n("Most of it, about three quarters, was somebody else's loss."),
        _n("All of it only moved from one place to another."),
    ),
    Factor.ATTRIBUTION: (
        _n("Nobody else had a part in it."),
        _n("Others helped: about a quarter is theirs."),
        _n("Others did about as much as we did."),
        _n("Others did most of it: about three quarters is theirs."),
        _n("Others did all of it."),
    ),
    Factor.DROP_OFF: (
        _n("Nothing wears off while it lasts."),
        _n("About a quarter wears off each year."),
        _n("About half wears off each year."),
        _n("About three quarters wears off each year."),
        _n("All of it is gone after a year."),
    ),
}

BANDS: Mapping[Factor, tuple[Band, ...]] = {
    factor: tuple(Band(_QUARTER * step, sentence) for step, sentence in enumerate(sentences))
    for factor, sentences in _SENTENCES.items()
}
"""The bands of each factor, from 0 to 100 %."""

ELSEWHERE: Mapping[Factor, Elsewhere] = {
    Factor.DEADWEIGHT: Elsewhere(154, Decimal(20), Decimal(10), Decimal("34.75")),
    Factor.ATTRIBUTION: Elsewhere(216, Decimal("25.5"), Decimal(15), Decimal(42)),
    Factor.DROP_OFF: Elsewhere(90, Decimal("21.5"), Decimal(10), Decimal(50)),
}
"""Where published reports ended up. Of displacement nobody has counted it."""

ELSEWHERE_OUT_OF = 383
ELSEWHERE_SOURCE = "https://github.com/jcmunozmora/sroi-meta-analysis"
"""Read out of the reports by a language model (data/factor_benchmarks.json, March 2026)."""

_OURS: Mapping[Factor, Mapping[str, Decimal]] = {
    factor: {band.sentence: band.figure for band in bands} for factor, bands in BANDS.items()
}


def stands_for(factor: Factor, sentence: str) -> Decimal | None:
    """Return the figure that a sentence of ours stands for; None for words of somebody's own."""
    return _OURS[factor].get(sentence)


def fits(factor: Factor, figure: Decimal | None, sentence: str) -> bool:
    """Return whether a sentence may stand beside a figure; no sentence and one's own words always may."""
    meant = stands_for(factor, sentence)
    return meant is None or meant == figure


def chosen(factor: Factor, figure: Decimal | None, sentence: str) -> Band | None:
    """Return the band whose sentence stands beside a figure, if one does."""
    return next((each for each in BANDS[factor] if (each.figure, each.sentence) == (figure, sentence)), None)


def settled(factor: Factor, *, picked: Band | None, figure: Decimal | None, before: Adjustment | None) -> Judged:
    """Return what somebody means who picked a band and stated a figure, over what was there before.

    A figure that was changed is what they mean. One that was left as it was, or left blank, gives way to a band that
    was picked now. Without a band, words of their own stay, and a sentence of ours goes.
    """
    held = before if before is not None else _NOTHING
    was = chosen(factor, held.figure, held.sentence)
    if picked is not None and picked.figure == figure:
        return Judged(figure, picked.sentence)
    if picked is not None and (figure is None or (figure == held.figure and picked != was)):
        return Judged(picked.figure, picked.sentence)
    if picked is not None:
        return Judged(figure, dropped=picked.sentence)
    own = held.sentence if stands_for(factor, held.sentence) is None else ""
    return Judged(figure, own)


_NOTHING = Adjustment(ref="", outcome="", factor=Factor.DEADWEIGHT)
