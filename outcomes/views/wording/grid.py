"""Many rows to type into at once: each a form of its own, cut to the columns that tell most."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from accounts.columns import Noun, columns
from outcomes import forms, services
from outcomes.nouns import Facts
from outcomes.views.pages import entry_url, new_row_url
from outcomes.views.wording.entries import TELLING, row_name

GRID = "grid"
"""What `?from=` says of a form that stands in a grid."""


def columns_of(noun: type[Noun]) -> tuple[str, ...]:
    """Return the columns of a noun's grid: what a row is called by, what must be there, and what tells most."""
    wanted = {noun.shown_by, *TELLING[noun], *(each.name for each in columns(noun) if each.required)} - {"ref"}
    told = [name for name in TELLING[noun] if name != noun.shown_by]
    rest = [each.name for each in columns(noun) if each.name in wanted and each.name not in told]
    return (*rest, *told)


def row_id(ref: str) -> str:
    """Return the id of a row on its page."""
    return f"row-{ref or 'new'}"


def row_shown(account: Any, facts: Facts, row: Noun, version: int, *, page: str = "") -> dict[str, Any]:
    """Return one row of a grid for `outcomes/grid_row.html`."""
    ref = str(getattr(row, "ref", ""))
    only = columns_of(type(row))
    form = forms.RowForm(
        type(row), facts, row=row, only=only, version=version, asks_why=services.asks_why(account)
    ).in_a_grid(row_id(ref))
    return {
        "form": _in_order(form, only),
        "row_id": row_id(ref),
        "ref": ref,
        "title": " ".join(word for word in (ref, row_name(row)) if word),
        "action": f"{entry_url(account.id, row.slug, ref)}?{_asked(only, page)}",
        "full_url": entry_url(account.id, row.slug, ref),
        "conflict": "",
        "differences": (),
    }


def new_row(account: Any, facts: Facts, noun: type[Noun], gone: list[str], *, page: str = "") -> dict[str, Any]:
    """Return the blank row at the end of a grid."""
    only = columns_of(noun)
    made = forms.RowForm(noun, facts, only=only, gone=gone, asks_why=services.asks_why(account)).in_a_grid(row_id(""))
    return {
        "form": _in_order(made, only),
        "row_id": row_id(""),
        "ref": "",
        "title": _("A new row"),
        "action": f"{new_row_url(account.id, noun.slug)}?{_asked((), page)}",
        "conflict": "",
        "differences": (),
    }


def as_typed(form: forms.RowForm, action: str) -> dict[str, Any]:
    """Return a row of a grid that could not be saved, with all that was typed."""
    ref = str(getattr(form.row, "ref", ""))
    return {
        "form": _in_order(form.in_a_grid(row_id(ref)), columns_of(form.noun)),
        "row_id": row_id(ref),
        "action": action,
    }


def heads(form: forms.RowForm) -> list[Mapping[str, object]]:
    """Return what stands above each column, and whether it is one of bare figures."""
    return [{"label": each.label, "is_of_figures": _is_of_bare_figures(each.field)} for each in form.visible_fields()]


def _is_of_bare_figures(field: Any) -> bool:
    """Return whether a column holds figures with no unit beside them: these take less room."""
    has_unit = getattr(field, "prefix", "") or getattr(field, "suffix", "")
    return not has_unit and field.widget.attrs.get("inputmode") in {"decimal", "numeric"}


def _in_order(form: forms.RowForm, names: tuple[str, ...]) -> forms.RowForm:
    form.order_fields(names)
    return form


def _asked(only: tuple[str, ...], page: str) -> str:
    named = [("only", name) for name in only] + [("from", GRID)]
    return urlencode(named + ([("page", page)] if page.isdecimal() else []))
