"""The list of a noun's rows, with the ways to order, copy and remove them, and back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from accounts.columns import Noun
from outcomes import forms
from outcomes.belonging import Belongings
from outcomes.nouns import (
    ROWS,
    Adjustment,
    Explanation,
    Facts,
    Link,
    ScenarioChange,
    SdgTarget,
    Valuation,
    WellBeingGoal,
    rows as rows_of,
)
from outcomes.views.pages import entry_url, new_row_url
from outcomes.views.wording.entries import Row, ref_and_name, rows_shown
from stakeholders.nouns import CoProduction

ONE_ONLY: Mapping[type[Noun], tuple[str, ...]] = {
    Valuation: ("outcome", "anchor"),
    Adjustment: ("outcome",),
    CoProduction: ("statement",),
    Link: ("effect",),
    ScenarioChange: ("outcome",),
    WellBeingGoal: ("goal",),
    SdgTarget: ("target",),
    Explanation: ("item",),
}
"""Nouns of which the rules want one row for each of something. A copy is a form filled in but for these columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """One row of a list, and what may be done to it there. Places count from 0."""

    row: Row
    place: int
    is_first: bool
    is_last: bool
    move_url: str
    copy_url: str
    remove_url: str

    @property
    def before(self) -> int:
        """Return the place above it."""
        return self.place - 1

    @property
    def after(self) -> int:
        """Return the place below it."""
        return self.place + 1


def list_shown(noun: type[Noun], facts: Facts, account: Any) -> dict[str, Any]:
    """Return the list of a noun for `outcomes/entries.html`."""
    return {
        "title": _(noun.title),
        "about": _(noun.about),
        "rows": _arranged(noun, facts, account),
        "new_url": new_row_url(account.id, noun.slug),
        "grid_url": reverse("outcomes:grid", args=[account.id, noun.slug]),
    }


def _arranged(noun: type[Noun], facts: Facts, account: Any) -> list[Arranged]:
    shown = rows_shown(noun, facts, account)
    return [
        Arranged(
            row=row,
            place=place,
            is_first=place == 0,
            is_last=place == len(shown) - 1,
            move_url=f"{row.url}move/",
            copy_url=copy_url(account, noun, row.ref),
            remove_url=f"{row.url}remove/",
        )
        for place, row in enumerate(shown)
    ]


def copy_url(account: Any, noun: type[Noun], ref: str) -> str:
    """Return where a row is copied: at once, or in a form where the rules want one row for each of something."""
    if noun in ONE_ONLY:
        return f"{new_row_url(account.id, noun.slug)}?{urlencode({'copy': ref})}"
    return reverse("outcomes:copy_entry", args=[account.id, noun.slug, ref])


def filled_in(noun: type[Noun], facts: Facts, ref: str) -> dict[str, str]:
    """Return what the form of a copy says from the start; nothing if there is no row of this ref."""
    row = next((each for each in rows_of(facts, noun) if ref and getattr(each, "ref", "") == ref), None)
    return forms.as_typed(row, without=ONE_ONLY.get(noun, ())) if row is not None else {}


def undo_shown(record: Any, account: Any) -> dict[str, str] | None:
    """Return what was just removed and the way back, for `components/undo.html`."""
    if record is None:
        return None
    return {
        "sentence": _in_words(record, _("Removed: %(row)s."), _removed_along),
        "url": reverse("outcomes:undo", args=[account.id, record.id]),
    }


def put_back_words(record: Any) -> str:
    """Return what was put back, and how much came with it."""
    return _in_words(record, _("Put back: %(row)s."), _back_along)


def _in_words(record: Any, alone: str, along: Callable[[int], str]) -> str:
    count = (record.before or {}).get("along", 0)
    return (along(count) if count else alone) % {"row": called_in(record), "count": count}


def _removed_along(count: int) -> str:
    return ngettext(
        "Removed: %(row)s, and %(count)s thing that belonged to it.",
        "Removed: %(row)s, and %(count)s things that belonged to it.",
        count,
    )


def _back_along(count: int) -> str:
    return ngettext(
        "Put back: %(row)s, and %(count)s thing that belongs to it.",
        "Put back: %(row)s, and %(count)s things that belong to it.",
        count,
    )


def removal_words(held: Belongings) -> str:
    """Return what the button says that removes a row."""
    if not held.rows:
        return _("Remove it")
    words = ngettext(
        "Remove it and the %(count)s thing that belongs to it",
        "Remove it and the %(count)s things that belong to it",
        len(held.rows),
    )
    return words % {"count": len(held.rows)}


def grouped(held: Iterable[Noun], account_id: UUID) -> list[dict[str, Any]]:
    """Return rows noun by noun, in the order of the account, each with its name and where it is."""
    found = sorted(held, key=lambda row: ROWS.index(type(row)))
    return [
        {"title": _(noun.title), "rows": [_named(row, account_id) for row in rows]}
        for noun, rows in groupby(found, key=_noun)
    ]


def _noun(row: Noun) -> type[Noun]:
    return type(row)


def _named(row: Noun, account_id: UUID) -> dict[str, str]:
    return {"name": ref_and_name(row), "url": entry_url(account_id, row.slug, str(getattr(row, "ref", "")))}


def called_in(record: Any) -> str:
    """Return what a person would call the row of a record."""
    said = record.before if isinstance(record.before, dict) else {}
    name = next((str(said[key]) for key in ("name", "description", "method", "proxy") if said.get(key)), "")
    return f"{record.ref} {name}".strip()
