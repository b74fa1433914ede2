"""One row opened on a page: shown, changed, given back with all that was typed where it cannot be saved.

A figure is corrected in place by the same form cut to a field, and a row of a grid is the same form cut to its columns.
`?from=` says from where the form was opened, and so to where its answer goes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.columns import Noun, columns
from accounts.errors import Gone, Locked, Refusal, Stale
from accounts.http import back_to, is_part, part_in_place_of, words
from accounts.nouns import AccountDetails
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import BY_SLUG, Facts, called
from outcomes.valuation import NoSuchFigure
from outcomes.views.account import value_map_shown
from outcomes.views.pages import account_page, contents_above
from outcomes.views.wording import entries as rows, grid
from outcomes.views.wording.overview import result_moved
from outcomes.views.wording.steps import stage_asked, way_back
from outcomes.views.wording.value_map import VALUE_MAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The row that a page is about: one of a noun, or the account's own particulars."""

    account: Any
    noun: type[Noun]
    facts: Facts
    row: Noun
    version: int
    ref: str
    only: list[str]

    def form(self, typed: Any = None) -> forms.RowForm:
        """Return the form of the row, with what was typed over it."""
        return forms.RowForm(
            self.noun,
            self.facts,
            row=self.row,
            only=self.only,
            typed=typed,
            version=self.version,
            asks_why=services.asks_why(self.account),
        )


Save = Callable[[forms.RowForm, int], object]
"""Takes the form as typed, and the version of the row that it was typed over."""


def page_of_row(request: HttpRequest, context: dict[str, Any], opened: Opened, save: Save) -> HttpResponse:
    """Show a row to read or to change; on POST change it."""
    context |= {"only": opened.only, "back_url": _back_url(request, opened.account, opened.noun)}
    if request.method != "POST":
        if not context["may_edit"]:
            context["parts"] = rows.in_full(opened.noun, opened.row, opened.facts, opened.account.currency)
            return render(request, "outcomes/entry.html", context)
        return form_page(request, context, opened.form())
    account_page(request, opened.account.id, Action.EDIT)
    form = opened.form(request.POST)
    try:
        save(form, forms.version_of(request.POST))
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return form_page(request, context, form, status=422)
    except Locked as locked:
        return locked_page(request, context, form, locked)
    except (Stale, Gone) as refused:
        return _conflict(request, context, opened, form, refused)
    return _saved(request, context, opened)


def _saved(request: HttpRequest, context: dict[str, Any], opened: Opened) -> HttpResponse:
    """Go back to where the person came from. After a correction in place, say what it did to the result."""
    account = opened.account
    if request.GET.get("from") == grid.GRID:
        return _saved_in_a_grid(request, context, opened)
    said = _("Saved: %(row)s.") % {"row": rows.row_name(opened.row) or called(opened.row)}
    if "from" not in request.GET:
        messages.success(request, said)
        return back(request, account, opened.noun)
    account.refresh_from_db()
    after = queries.standing(account)
    moved = result_moved(queries.appraise(opened.facts), after, account.currency)
    said = f"{said} {moved}".strip()
    messages.success(request, said)
    if is_part(request) and request.GET["from"] == VALUE_MAP:
        corrected = (opened.noun.slug, opened.ref, opened.only[0] if opened.only else "")
        context |= value_map_shown(after, account, corrected) | {"correcting": True, "said": said}
        return part_in_place_of(request, "outcomes/value_map_part.html", context, "#value-map-part")
    return back(request, account, opened.noun, anchor=_line_of(opened), after=after)


def _saved_in_a_grid(request: HttpRequest, context: dict[str, Any], opened: Opened) -> HttpResponse:
    """Return the row of a grid as it is saved now; without htmx the grid with all of its rows."""
    found = queries.entry(opened.account, opened.noun, opened.ref)
    if not is_part(request) or found is None:
        messages.success(request, _("Saved: %(row)s.") % {"row": f"{opened.ref} {rows.row_name(opened.row)}".strip()})
        return back(request, opened.account, opened.noun, anchor=grid.row_id(opened.ref))
    facts, row, version = found
    shown = grid.row_shown(opened.account, facts, row, version, page=request.GET.get("page", ""))
    return render(request, "outcomes/grid_row.html", context | shown | {"said": _("Saved")})


def form_page(request: HttpRequest, context: dict[str, Any], form: forms.RowForm, *, status: int = 200) -> HttpResponse:
    """Return the page of a form; to htmx only the form, set where it was asked for."""
    context |= {"form": form, "only_one": len(context.get("only", ())) == 1}
    if not is_part(request):
        return render(request, "outcomes/entry.html", context, status=status)
    context["action"] = context.get("action") or request.get_full_path()
    asked = request.GET.get("from")
    if asked == grid.GRID:
        return render(
            request, "outcomes/grid_row.html", context | grid.as_typed(form, context["action"]), status=status
        )
    page = "outcomes/correction_row.html" if asked == VALUE_MAP else "outcomes/correction.html"
    return render(request, page, context, status=status)


def locked_page(request: HttpRequest, context: dict[str, Any], form: forms.RowForm, locked: Locked) -> HttpResponse:
    """Say that the account was submitted meanwhile; all that was typed stays on the page."""
    context["conflict"] = words(locked)
    context["locked"] = ""  # said once is enough
    return form_page(request, context, form, status=409)


def _conflict(
    request: HttpRequest, context: dict[str, Any], opened: Opened, form: forms.RowForm, refused: Refusal
) -> HttpResponse:
    """Show both versions side by side; saving again, now over the newer version, is the person's choice."""
    found = queries.entry(opened.account, opened.noun, opened.ref) if opened.ref else None
    if opened.ref and found is None:
        return gone_page(request, context, opened.account, opened.noun)
    row, version = (found[1], found[2]) if found else (opened.row, opened.version)
    context["conflict"] = words(refused)
    context["differences"] = form.differences(row)
    form.data = {**request.POST.dict(), "version": str(version)}
    return form_page(request, context, form, status=409)


def gone_page(request: HttpRequest, context: dict[str, Any], account: Any, noun: type[Noun]) -> HttpResponse:
    """Keep what was typed over a row that somebody removed: it can be added as a new one."""
    if request.method != "POST" or not forms.version_of(request.POST):
        raise Http404
    account_page(request, account.id, Action.EDIT)
    typed, why = {**request.POST.dict(), "ref": ""}, services.asks_why(account)
    in_grid = is_part(request) and request.GET.get("from") == grid.GRID
    address = reverse("outcomes:new_entry", args=[account.id, noun.slug])
    only = list(grid.columns_of(noun)) if in_grid else []
    context |= {
        "title": add_words(noun),
        "conflict": words(Gone()),
        "action": f"{address}?from={grid.GRID}" if in_grid else address,
        "back_url": rows_above(account.id, noun)[1],
    }
    form = forms.RowForm(noun, queries.facts(account), only=only, typed=typed, asks_why=why)
    if in_grid:
        return form_page(request, context, form, status=409)
    return render(request, "outcomes/entry.html", context | {"form": form}, status=409)


def back(
    request: HttpRequest, account: Any, noun: type[Noun], *, anchor: str = "", after: queries.Standing | None = None
) -> HttpResponse:
    """Go on to the page that the person came from: a figure that is still there, the value map, the rows."""
    asked = request.GET.get("from", "")
    if asked == grid.GRID:
        page = {"page": request.GET["page"]} if request.GET.get("page", "").isdecimal() else None
        return back_to(request, "outcomes:grid", account.id, noun.slug, anchor=anchor, asked=page)
    if asked and _has_figure(after, asked):
        return back_to(request, "outcomes:figure", account.id, asked)
    if asked:
        return back_to(request, "outcomes:value_map", account.id, anchor=anchor, asked={"correct": "1"})
    if stage := stage_asked(request):
        return back_to(request, "outcomes:step", account.id, stage)
    if noun is AccountDetails:
        return back_to(request, "outcomes:account", account.id)
    return back_to(request, "outcomes:entries", account.id, noun.slug)


def _back_url(request: HttpRequest, account: Any, noun: type[Noun]) -> str:
    """Return where the way out of a form leads that was not sent."""
    asked = request.GET.get("from", "")
    if asked == grid.GRID and noun is not AccountDetails:
        return reverse("outcomes:grid", args=[account.id, noun.slug])
    if asked == VALUE_MAP:
        return f"{reverse('outcomes:value_map', args=[account.id])}?correct=1"
    if stage := way_back(request, account.id):
        return stage
    try:
        return reverse("outcomes:figure", args=[account.id, asked])
    except NoReverseMatch:
        return contents_above(account.id)[1] if noun is AccountDetails else rows_above(account.id, noun)[1]


def _has_figure(held: queries.Standing | None, name: str) -> bool:
    try:
        return held is not None and held.workings is not None and bool(held.workings.figure(name))
    except NoSuchFigure:
        return False


def _line_of(opened: Opened) -> str:
    """Return where on the value map the reader goes on: the line of the outcome that the row is about."""
    outcome = opened.ref if opened.noun.slug == "outcomes" else getattr(opened.row, "outcome", "")
    return f"line-{outcome}" if outcome else ""


def noun_at(slug: str) -> type[Noun]:
    """Return the noun of an address. Raises Http404."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def only_of(noun: type[Noun], asked: list[str]) -> list[str]:
    """Return the columns to which a form is cut: those that there are, and never the ref, which does not change."""
    known = {each.name for each in columns(noun) if each.name != "ref"}
    return [name for name in asked if name in known]


def add_words(noun: type[Noun]) -> str:
    """Return the words of the button that adds a row."""
    return _("Add: %(noun)s") % {"noun": _(noun.singular).lower()}


def rows_above(account_id: UUID, noun: type[Noun]) -> tuple[str, str]:
    """Return the step of the way back up that is the list of a noun."""
    return _(noun.title), reverse("outcomes:entries", args=[account_id, noun.slug])
