"""Type an account: every noun, one row at a time. A figure is corrected in place by the same form, cut to a field."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.columns import Column, Noun, columns
from accounts.errors import Gone, Refusal, Stale
from accounts.http import back_to, page_or_part, words
from accounts.nouns import AccountDetails
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import BY_SLUG, ROWS, Facts, called, rows as rows_of
from outcomes.views.pages import account_page, entry_url


@require_safe
def contents(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show everything that the account holds, by noun, with how many rows of each."""
    account, context = account_page(request, account_id, Action.VIEW, _("Everything in this account"))
    facts = queries.facts(account)
    context["nouns"] = [
        {
            "title": _(noun.title),
            "hint": _(noun.about),
            "url": reverse("outcomes:entries", args=[account.id, noun.slug]),
            "words": len(rows_of(facts, noun)),
        }
        for noun in ROWS
    ]
    return render(request, "outcomes/contents.html", context)


@require_safe
def entries(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Show the rows of one noun."""
    noun = _noun(slug)
    account, context = account_page(request, account_id, Action.VIEW, _(noun.title))
    facts = queries.facts(account)
    names = _names(facts)
    shown = [each for each in columns(noun) if each.name != "ref"]
    context |= {
        "noun": noun,
        "title": _(noun.title),
        "about": _(noun.about),
        "rows": [_row(account.id, noun, row, shown, names) for row in rows_of(facts, noun)],
        "new_url": reverse("outcomes:new_entry", args=[account.id, slug]),
        "new_words": _("Add: %(noun)s") % {"noun": _(noun.singular).lower()},
    }
    return render(request, "outcomes/entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Add a row."""
    noun = _noun(slug)
    account, context = account_page(
        request, account_id, Action.EDIT, _("Add: %(noun)s") % {"noun": _(noun.singular).lower()}
    )
    facts = queries.facts(account)
    about = {each.name: request.GET[each.name] for each in columns(noun) if each.name in request.GET}
    form = forms.RowForm(noun, facts, about=about, typed=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            row = services.add_row(
                actor=request.user, account=account, noun=noun, typed=form.whole(), now=timezone.now()
            )
        except Unacceptable as refused:
            form.explain(refused.reasons)
            return _form(request, context, form, status=422)
        messages.success(request, _("Saved: %(row)s.") % {"row": called(row)})
        return back_to(request, "outcomes:entries", account.id, slug)
    return _form(request, context, form)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Show a row, and change it. `?only=figure` cuts the form to that field: to correct a figure in place."""
    noun = _noun(slug)
    account, context = account_page(request, account_id, Action.VIEW, f"{_(noun.singular)} {ref}")
    found = queries.entry(account, noun, ref)
    if found is None:
        raise Http404
    facts, row, version = found
    only = _only(noun, request.GET.getlist("only"))
    context |= {"ref": ref, "noun": noun, "row_name": called(row), "only": only}
    if not context["may_edit"]:
        return _read_only(request, context, facts, row)
    context["remove_url"] = reverse("outcomes:remove_entry", args=[account.id, slug, ref])
    if request.method != "POST":
        return _form(request, context, forms.RowForm(noun, facts, row=row, only=only, version=version))
    account_page(request, account_id, Action.EDIT)
    form = forms.RowForm(noun, facts, row=row, only=only, typed=request.POST)
    try:
        services.change_row(
            actor=request.user,
            account=account,
            noun=noun,
            ref=ref,
            typed=form.whole(),
            version=forms.version_of(request.POST),
            now=timezone.now(),
        )
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _form(request, context, form, status=422)
    except (Stale, Gone) as refused:
        return _conflict(request, context, form, row, version, refused)
    messages.success(request, _("Saved: %(row)s.") % {"row": called(row)})
    return _back(request, account.id, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the account's own particulars, and change them."""
    account, context = account_page(request, account_id, Action.VIEW, _("About this account"))
    facts, row, version = queries.facts(account), queries.facts(account).account, account.version
    only = _only(AccountDetails, request.GET.getlist("only"))
    context |= {"ref": "", "noun": AccountDetails, "row_name": account.name, "only": only}
    if not context["may_edit"]:
        return _read_only(request, context, facts, row)
    if request.method != "POST":
        return _form(request, context, forms.RowForm(AccountDetails, facts, row=row, only=only, version=version))
    account_page(request, account_id, Action.EDIT)
    form = forms.RowForm(AccountDetails, facts, row=row, only=only, typed=request.POST)
    try:
        services.change_details(
            actor=request.user,
            account=account,
            typed=form.whole(),
            version=forms.version_of(request.POST),
            now=timezone.now(),
        )
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _form(request, context, form, status=422)
    except Stale as refused:
        return _conflict(request, context, form, row, version, refused)
    messages.success(request, _("Saved: %(row)s.") % {"row": account.name})
    return _back(request, account.id, "")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Ask, then remove a row."""
    noun = _noun(slug)
    account, context = account_page(request, account_id, Action.EDIT, _("Remove"))
    found = queries.entry(account, noun, ref)
    if found is None:
        raise Http404
    _facts, row, version = found
    context |= {
        "question": _("Remove %(ref)s, “%(row)s”?") % {"ref": ref, "row": called(row)},
        "consequence": _("It goes from the account; the history keeps what it said."),
        "action": _("Remove it"),
        "danger": True,
        "back_url": entry_url(account.id, slug, ref),
    }
    if request.method != "POST":
        return render(request, "confirm.html", context)
    try:
        services.remove_row(
            actor=request.user, account=account, noun=noun, ref=ref, version=version, now=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, words(refused))
        return render(request, "confirm.html", context, status=409)
    messages.success(request, _("Removed: %(row)s.") % {"row": called(row)})
    return back_to(request, "outcomes:entries", account.id, slug)


def _noun(slug: str) -> type[Noun]:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _only(noun: type[Noun], asked: list[str]) -> list[str]:
    known = {each.name for each in columns(noun)}
    return [name for name in asked if name in known]


def _back(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Go back to the value map after a correction in place, to the list of rows otherwise."""
    if request.GET.get("from") == "value-map":
        return back_to(request, "outcomes:value_map", account_id)
    if slug:
        return back_to(request, "outcomes:entries", account_id, slug)
    return back_to(request, "outcomes:account", account_id)


def _form(request: HttpRequest, context: dict[str, Any], form: forms.RowForm, *, status: int = 200) -> HttpResponse:
    context["form"] = form
    return page_or_part(request, "outcomes/entry.html", "outcomes/entry_form.html", context, status=status)


def _conflict(
    request: HttpRequest, context: dict[str, Any], form: forms.RowForm, row: Noun, version: int, refused: Refusal
) -> HttpResponse:
    """Show both versions side by side; saving again, now over the newer version, is the person's choice."""
    form.is_valid()
    context["conflict"] = words(refused)
    context["differences"] = form.differences(row)
    form.data = {**form.data.dict(), "version": version}
    return _form(request, context, form, status=409)


def _read_only(request: HttpRequest, context: dict[str, Any], facts: Facts, row: Noun) -> HttpResponse:
    names = _names(facts)
    context["answers"] = [
        {"key": _(each.label), "value": _words(each, row, names)} for each in columns(type(row)) if each.name != "ref"
    ]
    return render(request, "outcomes/entry.html", context)


def _row(account_id: UUID, noun: type[Noun], row: Noun, shown: list[Column], names: dict[str, str]) -> dict[str, Any]:
    ref = str(getattr(row, "ref", ""))
    filled = [
        {"key": _(each.label), "value": words_}
        for each in shown
        if each.name != noun.shown_by and (words_ := _words(each, row, names))
    ]
    return {"ref": ref, "name": called(row), "url": entry_url(account_id, noun.slug, ref), "answers": filled}


def _words(declared: Column, row: Noun, names: dict[str, str]) -> str:
    value = getattr(row, declared.name)
    if declared.refers_to:
        return names.get(value, value)
    if declared.choices is not None:
        return _(value.label) if value is not None else ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return forms.shown_value(declared, row)


def _names(facts: Facts) -> dict[str, str]:
    """Return what a person would call each row, by ref."""
    return {
        str(getattr(row, "ref", "")): f"{getattr(row, 'ref', '')} {called(row)}"
        for noun in ROWS
        for row in rows_of(facts, noun)
    }
