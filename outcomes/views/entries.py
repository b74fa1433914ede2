"""Type an account: every noun, one row at a time. A figure is corrected in place by the same form, cut to a field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.columns import Noun, columns
from accounts.errors import Gone, Refusal, Stale
from accounts.http import back_to, is_part, part_in_place_of, words
from accounts.nouns import AccountDetails
from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import BY_SLUG, Explanation, Facts, called
from outcomes.valuation import NoSuchFigure
from outcomes.views.account import value_map_shown
from outcomes.views.pages import account_page, contents_above, entry_url
from outcomes.views.wording import entries as rows, evidence
from outcomes.views.wording.overview import result_moved
from outcomes.views.wording.principles import check_asked
from outcomes.views.wording.value_map import VALUE_MAP


@require_safe
def contents(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show everything that the account holds, by noun, with how many rows of each."""
    account, context = account_page(request, account_id, Action.VIEW, _("Everything in it"))
    context["groups"] = rows.contents_shown(queries.facts(account), account.id)
    return render(request, "outcomes/contents.html", context)


@require_safe
def entries(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Show the rows of one noun."""
    noun = _noun(slug)
    above = contents_above(account_id)
    account, context = account_page(request, account_id, Action.VIEW, _(noun.title), above=above)
    context |= {
        "title": _(noun.title),
        "about": _(noun.about),
        "rows": rows.rows_shown(noun, queries.facts(account), account),
        "new_url": reverse("outcomes:new_entry", args=[account.id, slug]),
        "new_words": _add_words(noun),
    }
    return render(request, "outcomes/entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Add a row."""
    noun = _noun(slug)
    above = _rows_above(account_id, noun)
    account, context = account_page(request, account_id, Action.EDIT, _add_words(noun), above=above)
    facts = queries.facts(account)
    about = {each.name: request.GET[each.name] for each in columns(noun) if each.name in request.GET}
    typed = request.POST if request.method == "POST" else None
    form = forms.RowForm(noun, facts, about=about, typed=typed, gone=refs_removed(account, slug))
    context |= {"title": _add_words(noun), "about": _(noun.about), "back_url": above[1]}
    if noun is Explanation:
        context["asked"] = check_asked(str(form["check_name"].value() or ""))
    if request.method != "POST":
        return _form(request, context, form)
    try:
        row = _added(request, account, form)
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _form(request, context, form, status=422)
    messages.success(request, _("Saved: %(row)s.") % {"row": called(row)})
    return _back(request, account, noun)


def _added(request: HttpRequest, account: Any, form: forms.RowForm) -> Noun:
    """Add the row of a form. Sent twice it is there once; if somebody else took its ref, it gets the next."""
    person: Any = request.user
    typed, now = form.whole(), timezone.now()
    try:
        return services.add_row(actor=person, account=account, noun=form.noun, typed=typed, now=now)
    except Unacceptable as refused:
        taken = queries.entry(account, form.noun, str(typed.get("ref", "")))
        if taken is None or all(reason.field != "ref" for reason in refused.reasons):
            raise
        if form.says(taken[1]):
            return taken[1]
        return services.add_row(actor=person, account=account, noun=form.noun, typed={**typed, "ref": ""}, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
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
        return forms.RowForm(self.noun, self.facts, row=self.row, only=self.only, typed=typed, version=self.version)


Save = Callable[[dict[str, Any], int], object]
"""Takes what was typed, and the version of the row that it was typed over."""


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Show a row, and change it. `?only=figure` cuts the form to that field: to correct a figure in place."""
    noun = _noun(slug)
    above = _rows_above(account_id, noun)
    account, context = account_page(request, account_id, Action.VIEW, f"{_(noun.singular)} {ref}", above=above)
    found = queries.entry(account, noun, ref)
    if found is None:
        return _gone(request, context, noun)
    facts, row, version = found
    only = _only(noun, request.GET.getlist("only"))
    opened = _Opened(account=account, noun=noun, facts=facts, row=row, version=version, ref=ref, only=only)
    context |= {
        "title": rows.row_name(row) or ref,
        "ref": ref,
        "noun_words": _(noun.singular),
        "related": rows.related(noun, ref, facts, account.id),
        "evidence": evidence.on_row(noun, ref, facts, account),
        "remove_url": reverse("outcomes:remove_entry", args=[account.id, slug, ref]),
    }

    def save(typed: dict[str, Any], version: int) -> object:
        person: Any = request.user
        return services.change_row(
            actor=person,
            account=account,
            noun=noun,
            ref=ref,
            typed=typed,
            version=version,
            now=timezone.now(),
        )

    return _page_of_row(request, context, opened, save)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the account's own particulars, and change them."""
    above = contents_above(account_id)
    account, context = account_page(request, account_id, Action.VIEW, _("About this account"), above=above)
    facts = queries.facts(account)
    opened = _Opened(
        account=account,
        noun=AccountDetails,
        facts=facts,
        row=facts.account,
        version=account.version,
        ref="",
        only=_only(AccountDetails, request.GET.getlist("only")),
    )
    context |= {"title": _("About this account"), "about": _(AccountDetails.about)}

    def save(typed: dict[str, Any], version: int) -> object:
        person: Any = request.user
        return services.change_details(actor=person, account=account, typed=typed, version=version, now=timezone.now())

    return _page_of_row(request, context, opened, save)


def _page_of_row(request: HttpRequest, context: dict[str, Any], opened: _Opened, save: Save) -> HttpResponse:
    """Show a row to read or to change; on POST change it."""
    context |= {"only": opened.only, "back_url": _back_url(request, opened.account, opened.noun)}
    if request.method != "POST":
        if not context["may_edit"]:
            context["parts"] = rows.in_full(opened.noun, opened.row, opened.facts, opened.account.currency)
            return render(request, "outcomes/entry.html", context)
        return _form(request, context, opened.form())
    account_page(request, opened.account.id, Action.EDIT)
    form = opened.form(request.POST)
    try:
        save(form.whole(), forms.version_of(request.POST))
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _form(request, context, form, status=422)
    except (Stale, Gone) as refused:
        return _conflict(request, context, opened, form, refused)
    return _saved(request, context, opened)


def _saved(request: HttpRequest, context: dict[str, Any], opened: _Opened) -> HttpResponse:
    """Go back to where the person came from. After a correction in place, say what it did to the result."""
    account = opened.account
    said = _("Saved: %(row)s.") % {"row": rows.row_name(opened.row) or called(opened.row)}
    if "from" not in request.GET:
        messages.success(request, said)
        return _back(request, account, opened.noun)
    account.refresh_from_db()
    after = queries.standing(account)
    moved = result_moved(queries.appraise(opened.facts), after, account.currency)
    said = f"{said} {moved}".strip()
    messages.success(request, said)
    if is_part(request) and request.GET["from"] == VALUE_MAP:
        corrected = (opened.noun.slug, opened.ref, opened.only[0] if opened.only else "")
        context |= value_map_shown(after, account, corrected) | {"correcting": True, "said": said}
        return part_in_place_of(request, "outcomes/value_map_part.html", context, "#value-map-part")
    return _back(request, account, opened.noun, anchor=_line_of(opened), after=after)


def _has_figure(held: queries.Standing | None, name: str) -> bool:
    try:
        return held is not None and held.workings is not None and bool(held.workings.figure(name))
    except NoSuchFigure:
        return False


def _line_of(opened: _Opened) -> str:
    """Return where on the value map the reader goes on: the line of the outcome that the row is about."""
    outcome = opened.ref if opened.noun.slug == "outcomes" else getattr(opened.row, "outcome", "")
    return f"line-{outcome}" if outcome else ""


@require_http_methods(["GET", "HEAD", "POST"])
def remove_entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Ask, then remove a row."""
    noun = _noun(slug)
    above = _rows_above(account_id, noun)
    account, context = account_page(request, account_id, Action.EDIT, _("Remove"), above=above)
    found = queries.entry(account, noun, ref)
    if found is None:
        raise Http404
    _facts, row, version = found
    context |= {
        "question": _("Remove %(ref)s, “%(row)s”?") % {"ref": ref, "row": rows.row_name(row) or _(noun.singular)},
        "consequence": _("It goes from the account; the history keeps what it said."),
        "action": _("Remove it"),
        "danger": True,
        "back_url": entry_url(account.id, slug, ref),
    }
    if request.method != "POST":
        return render(request, "confirm.html", context)
    person: Any = request.user
    try:
        services.remove_row(actor=person, account=account, noun=noun, ref=ref, version=version, now=timezone.now())
    except Refusal as refused:
        messages.error(request, words(refused))
        return render(request, "confirm.html", context, status=409)
    messages.success(request, _("Removed: %(row)s.") % {"row": rows.row_name(row) or ref})
    return back_to(request, "outcomes:entries", account.id, slug)


def _noun(slug: str) -> type[Noun]:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _only(noun: type[Noun], asked: list[str]) -> list[str]:
    known = {each.name for each in columns(noun) if each.name != "ref"}  # a ref never changes
    return [name for name in asked if name in known]


def _add_words(noun: type[Noun]) -> str:
    return _("Add: %(noun)s") % {"noun": _(noun.singular).lower()}


def _rows_above(account_id: UUID, noun: type[Noun]) -> tuple[str, str]:
    return _(noun.title), reverse("outcomes:entries", args=[account_id, noun.slug])


def _back(
    request: HttpRequest, account: Any, noun: type[Noun], *, anchor: str = "", after: queries.Standing | None = None
) -> HttpResponse:
    """Go on to the page that the person came from: a figure that is still there, the value map, the list of rows."""
    asked = request.GET.get("from", "")
    if asked and _has_figure(after, asked):
        return back_to(request, "outcomes:figure", account.id, asked)
    if asked:
        return back_to(request, "outcomes:value_map", account.id, anchor=anchor, asked={"correct": "1"})
    if noun is AccountDetails:
        return back_to(request, "outcomes:account", account.id)
    return back_to(request, "outcomes:entries", account.id, noun.slug)


def _back_url(request: HttpRequest, account: Any, noun: type[Noun]) -> str:
    """Return where the way out of a form leads that was not sent."""
    asked = request.GET.get("from", "")
    if asked == VALUE_MAP:
        return f"{reverse('outcomes:value_map', args=[account.id])}?correct=1"
    try:
        return reverse("outcomes:figure", args=[account.id, asked])
    except NoReverseMatch:
        return contents_above(account.id)[1] if noun is AccountDetails else _rows_above(account.id, noun)[1]


def _form(request: HttpRequest, context: dict[str, Any], form: forms.RowForm, *, status: int = 200) -> HttpResponse:
    """Return the page of a form; to htmx only the form, set where it was asked for."""
    context |= {"form": form, "only_one": len(context.get("only", ())) == 1}
    if not is_part(request):
        return render(request, "outcomes/entry.html", context, status=status)
    in_row = request.GET.get("from") == VALUE_MAP
    context["action"] = request.get_full_path()
    page = "outcomes/correction_row.html" if in_row else "outcomes/correction.html"
    return render(request, page, context, status=status)


def _conflict(
    request: HttpRequest, context: dict[str, Any], opened: _Opened, form: forms.RowForm, refused: Refusal
) -> HttpResponse:
    """Show both versions side by side; saving again, now over the newer version, is the person's choice."""
    found = queries.entry(opened.account, opened.noun, opened.ref) if opened.ref else None
    if opened.ref and found is None:
        return _gone(request, context, opened.noun)
    row, version = (found[1], found[2]) if found else (opened.row, opened.version)
    context["conflict"] = words(refused)
    context["differences"] = form.differences(row)
    form.data = {**request.POST.dict(), "version": str(version)}
    return _form(request, context, form, status=409)


def _gone(request: HttpRequest, context: dict[str, Any], noun: type[Noun]) -> HttpResponse:
    """Keep what was typed over a row that somebody removed: it can be added as a new one."""
    account = context["account"]
    if request.method != "POST" or not forms.version_of(request.POST):
        raise Http404
    account_page(request, account.id, Action.EDIT)
    context |= {
        "form": forms.RowForm(noun, queries.facts(account), typed={**request.POST.dict(), "ref": ""}),
        "title": _add_words(noun),
        "conflict": words(Gone()),
        "action": reverse("outcomes:new_entry", args=[account.id, noun.slug]),
        "back_url": _rows_above(account.id, noun)[1],
    }
    return render(request, "outcomes/entry.html", context, status=409)
