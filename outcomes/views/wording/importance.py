"""The importance of changes in words: two ways to say it, and what was said."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.nouns import ImportanceBy
from outcomes import shown
from outcomes.forms import ImportanceForm
from outcomes.nouns import Facts, Outcome, Valuation


def ways(account_id: UUID, chosen: ImportanceBy) -> list[dict[str, Any]]:
    """Return the ways to say which changes matter more, each with the address of its form."""
    url = reverse("outcomes:importance", args=[account_id])
    words = {ImportanceBy.POINTS: _("Share out points"), ImportanceBy.RANKING: _("Put them in order")}
    return [{"words": words[by], "url": f"{url}?by={by.value}", "chosen": by is chosen} for by in ImportanceBy]


def how(by: ImportanceBy) -> str:
    """Return what people are asked to do."""
    if by is ImportanceBy.RANKING:
        return _(
            "Give 1 to the change that matters most, 2 to the next. Changes that matter the same share a place."
            " Points follow from the order: the last has one, the one before it two, and so on; those in one place"
            " share theirs."
        )
    return _(
        "Think of one person to whom each change happens. Give more points to a change the more it matters to them,"
        " for better or for worse."
    )


def left(form: ImportanceForm) -> str:
    """Return how many points are shared out and how many are left, as a sentence; nothing for a ranking."""
    if form.by is not ImportanceBy.POINTS:
        return ""
    return say_left(form.shared, form.to_share)


def say_left(shared: Decimal, total: Decimal) -> str:
    """Return how many points are left, or how many there are too many."""
    rest = total - shared
    words = {"SHARED": shown.number(shared), "TOTAL": shown.number(total), "LEFT": shown.number(abs(rest))}
    sentence = over() if rest < 0 else under()
    for name, figure in words.items():
        sentence = sentence.replace(name, figure)
    return sentence


def under() -> str:
    """Return the sentence of what is left, with its figures still to be put in: the page's script does the same."""
    return _("Shared out: SHARED of TOTAL. LEFT left.")


def over() -> str:
    """Return the sentence of what is too many, with its figures still to be put in."""
    return _("Shared out: SHARED of TOTAL. That is LEFT more than there are.")


def as_said(facts: Facts, outcomes: list[Outcome]) -> list[dict[str, str]]:
    """Return what was said of each outcome, for those who may not change it."""
    rows = {each.outcome: each for each in reversed(facts.valuations)}
    return [{"key": each.name, "value": _points(rows.get(each.ref))} for each in outcomes]


def _points(row: Valuation | None) -> str:
    if row is None or row.weight is None:
        return ""
    points = _("%(count)s points") % {"count": shown.number(row.weight)}
    return f"{points}, {_('place %(rank)s') % {'rank': row.rank}}" if row.rank else points
