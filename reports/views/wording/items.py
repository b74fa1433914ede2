"""What a question can be about: each item of a frozen account, by a code that is the same in every language.

`principle:5`, `check:values-have-a-source`, `outcomes:O1`, `figure:O1.impact`. Anything else is the assurer's own
words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.columns import Noun
from outcomes.nouns import ROWS, Evidence, Explanation, Indicator, Link, Observation, Outcome, Valuation
from outcomes.principles import CHECKS
from outcomes.valuation import NoSuchFigure
from reports.views.wording.frozen import Frozen, Line, ref_of
from stakeholders.nouns import Stakeholder

OWN_WORDS = ""
"""The choice that stands for none of the items."""
MOST = 100
"""How many items of a kind the list offers. Any other is chosen at the item itself."""

Choices = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as it was frozen: what it is called, what kind of thing it is, and what is said of it."""

    title: str
    kind: str = ""
    sentences: Sequence[str] = ()
    lines: Sequence[Line] = ()


def choices(frozen: Frozen, chosen: str = "") -> Choices:
    """Return the items to choose from, in groups; with the one that was chosen already, if it is not among them."""
    offered: Choices = [(OWN_WORDS, _("Something else"))]
    offered += [(title, group[:MOST]) for title, group in _groups(frozen) if group]
    known = {code for _title, group in offered if isinstance(group, list) for code, _label in group}
    if chosen and chosen not in known and (found := item(frozen, chosen)):
        offered.insert(1, (found.kind, [(chosen, found.title)]))
    return offered


def item(frozen: Frozen, about: str) -> Item | None:
    """Return what a code stands for; None for words of the assurer's own."""
    kind, _colon, name = about.partition(":")
    own = _KINDS.get(kind)
    return own(frozen, name) if own else _row(frozen, kind, name)


def title(frozen: Frozen, about: str) -> str:
    """Return what a question is about, in the reader's words."""
    found = item(frozen, about)
    return found.title if found else about


def of_evidence(frozen: Frozen, ref: str) -> Item | None:
    """Return what a piece of evidence bears out, as it was frozen; None where that is the account as a whole."""
    about = next((each.about_row for each in frozen.facts.evidence if each.ref == ref), "")
    found = (_row(frozen, noun.slug, about) for noun in ROWS)
    return next((each for each in found if each), None) if about else None


def _groups(frozen: Frozen) -> Iterator[tuple[str, Choices]]:
    principles = [(f"principle:{each.number}", _numbered(each)) for each in frozen.principles]
    yield _("Principles"), principles
    first: tuple[type[Noun], ...] = (Outcome, Stakeholder, Indicator, Observation, Valuation, Link, Evidence)
    for noun in [*first, *(each for each in ROWS if each not in {*first, Explanation})]:
        yield _(noun.title), [_choice(frozen, noun, row) for row in frozen.rows(noun) if ref_of(row)]
    names = [name for name in frozen.workings.names() if "." not in name]
    figures = [(f"figure:{name}", frozen.figure_title(frozen.workings.figure(name))) for name in names]
    yield _("Figures"), figures
    found = [each["check"] for each in frozen.content["findings"]]
    yield _("What the checks found"), [(f"check:{check}", _question(check)) for check in found]


def _choice(frozen: Frozen, noun: type[Noun], row: Any) -> tuple[str, str]:
    return f"{noun.slug}:{ref_of(row)}", frozen.called(row)


def _numbered(principle: Any) -> str:
    return f"{principle.number}. {_(principle.title)}"


def _question(check: str) -> str:
    return _(CHECKS[check].question) if check in CHECKS else check


def _principle(frozen: Frozen, number: str) -> Item | None:
    found = frozen.principle(int(number)) if number.isdecimal() else None
    return Item(title=_numbered(found), kind=_("Principle"), sentences=[_(found.gist)]) if found else None


def _check(frozen: Frozen, slug: str) -> Item | None:
    found = next((each for each in frozen.content["findings"] if each["check"] == slug), None)
    if found is None:
        return None
    reasons = filter(None, [found["reason"], *(each["reason"] for each in found["items"])])
    sentences = [_(found["message"]) % found["params"], *reasons]
    return Item(title=_question(slug), kind=_("What the checks found"), sentences=sentences)


def _figure(frozen: Frozen, name: str) -> Item | None:
    try:
        found = frozen.workings.figure(name)
    except NoSuchFigure:
        return None
    lines = [Line(key=frozen.figure_title(part), value=frozen.figure_shown(part)) for part in found.parts]
    title, figure = frozen.figure_title(found), frozen.figure_shown(found)
    formula = found.formula_in(_)
    how = [_("Worked out as: %(formula)s") % {"formula": formula}] if formula else []
    return Item(title=title, kind=_("Figure"), sentences=[figure, *how], lines=lines)


def _row(frozen: Frozen, slug: str, ref: str) -> Item | None:
    found = frozen.row(slug, ref) if ref else None
    if found is None:
        return None
    return Item(title=frozen.called(found), kind=_(type(found).singular), lines=frozen.lines(found))


_KINDS: Mapping[str, Callable[[Frozen, str], Item | None]] = {
    "principle": _principle,
    "check": _check,
    "figure": _figure,
}
