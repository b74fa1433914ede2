"""Type an account: every noun, one row at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.columns import Noun, columns
from accounts.errors import Locked
from accounts.http import is_part
from accounts.nouns import AccountDetails
from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import Explanation, Facts, Outcome, called
from outcomes.records import removal
from outcomes.views.opened import (
    Opened,
    add_words,
    back,
    form_page,
    gone_page,
    locked_page,
    noun_at,
    only_of,
    page_of_row,
    rows_above,
)
from outcomes.views.pages import account_page, contents_above
from outcomes.views.wording import arranging, entries as rows, evidence, grid, indicator
from outcomes.views.wording.principles import check_asked
from outcomes.views.wording.steps import value_of_url, way_back


@require_safe
def contents(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show everything that the account holds, by noun, with how many rows of each."""
    account, context = account_page(request, account_id, Action.VIEW, _("Everything in it"))
    context["groups"] = rows.contents_shown(queries.facts(account), account.id)
    return render(request, "outcomes/contents.html", context)


@require_safe
def entries(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Show the rows of one noun."""
    noun = noun_at(slug)
    above = contents_above(account_id)
    account, context = account_page(request, account_id, Action.VIEW, _(noun.title), above=above)
    context |= arranging.list_shown(noun, queries.facts(account), account)
    context["new_words"] = add_words(noun)
    asked = request.GET.get("removed", "")
    if context["may_edit"] and asked.isascii() and asked.isdecimal():
        context["undo"] = arranging.undo_shown(removal(account, int(asked[:18])), account)
    return render(request, "outcomes/entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Add a row."""
    noun = noun_at(slug)
    above = rows_above(account_id, noun)
    account, context = account_page(request, account_id, Action.EDIT, add_words(noun), above=above)
    facts = queries.facts(account)
    form = _new_form(request, account, noun, facts)
    context |= {"title": add_words(noun), "about": _(noun.about), "back_url": way_back(request, account.id) or above[1]}
    context["may_go_on"] = noun is Outcome
    if noun is Explanation:
        context["asked"] = check_asked(str(form["check_name"].value() or ""))
    if request.method != "POST":
        return (
            form_page(request, context, form)
            if context["may_edit"]
            else render(request, "outcomes/entry.html", context)
        )
    try:
        row = _added(request, account, form)
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return form_page(request, context, form, status=422)
    except Locked as locked:
        return locked_page(request, context, form, locked)
    if _in_a_grid(request) and is_part(request):
        return _added_to_a_grid(request, context, account, row)
    messages.success(request, _("Saved: %(row)s.") % {"row": called(row)})
    if isinstance(row, Outcome) and _GO_ON in request.POST:
        return redirect(value_of_url(account.id, row.ref))
    return back(request, account, noun, anchor=grid.row_id("") if _in_a_grid(request) else "")


_GO_ON = "go_on"
"""What the second button of a new outcome sends: one goes on to what the change is worth."""


def _in_a_grid(request: HttpRequest) -> bool:
    return request.GET.get("from") == grid.GRID


def _new_form(request: HttpRequest, account: Any, noun: type[Noun], facts: Facts) -> forms.RowForm:
    """Return the form of a new row: blank, or filled in from the address, or from the row of which it is a copy."""
    about = arranging.filled_in(noun, facts, request.GET.get("copy", ""))
    about |= {each.name: request.GET[each.name] for each in columns(noun) if each.name in request.GET}
    return forms.RowForm(
        noun,
        facts,
        about=about,
        only=grid.columns_of(noun) if _in_a_grid(request) and request.method == "POST" else (),
        typed=request.POST if request.method == "POST" else None,
        gone=refs_removed(account, noun.slug),
        asks_why=services.asks_why(account),
    )


def _added_to_a_grid(request: HttpRequest, context: dict[str, Any], account: Any, row: Noun) -> HttpResponse:
    """Return the row as it is saved, and a blank one after it."""
    found = queries.entry(account, type(row), str(getattr(row, "ref", "")))
    if found is None:  # somebody removed it in the same moment
        return back(request, account, type(row))
    facts, held, version = found
    page = request.GET.get("page", "")
    blank = grid.new_row(account, facts, type(row), refs_removed(account, row.slug), page=page)
    blank["form"].visible_fields()[0].field.widget.attrs["autofocus"] = True
    context |= {"added": grid.row_shown(account, facts, held, version, page=page), "blank": blank}
    return render(request, "outcomes/grid_added.html", context)


def _added(request: HttpRequest, account: Any, form: forms.RowForm) -> Noun:
    """Add the row of a form. Sent twice it is there once; if somebody else took its ref, it gets the next."""
    person: Any = request.user
    typed, now, why = form.whole(), timezone.now(), form.why()
    try:
        return services.add_row(actor=person, account=account, noun=form.noun, typed=typed, now=now, reason=why)
    except Unacceptable as refused:
        taken = queries.entry(account, form.noun, str(typed.get("ref", "")))
        if taken is None or all(reason.field != "ref" for reason in refused.reasons):
            raise
        if form.says(taken[1]):
            return taken[1]
        typed["ref"] = ""
        return services.add_row(actor=person, account=account, noun=form.noun, typed=typed, now=now, reason=why)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Show a row, and change it. `?only=figure` cuts the form to that field: to correct a figure in place."""
    noun = noun_at(slug)
    above = rows_above(account_id, noun)
    account, context = account_page(request, account_id, Action.VIEW, f"{_(noun.singular)} {ref}", above=above)
    found = queries.entry(account, noun, ref)
    if found is None:
        return gone_page(request, context, account, noun)
    facts, row, version = found
    only = only_of(noun, request.GET.getlist("only"))
    opened = Opened(account=account, noun=noun, facts=facts, row=row, version=version, ref=ref, only=only)
    context |= {
        "title": rows.row_name(row) or ref,
        "ref": ref,
        "noun_words": _(noun.singular),
        "related": rows.related(noun, ref, facts, account.id),
        "evidence": evidence.on_row(noun, ref, facts, account),
        "over_time": indicator.of_row(noun, ref, facts, account),
        "remove_url": reverse("outcomes:remove_entry", args=[account.id, slug, ref]),
        "copy_url": arranging.copy_url(account, noun, ref),
    }

    def save(form: forms.RowForm, version: int) -> object:
        person: Any = request.user
        return services.change_row(
            actor=person,
            account=account,
            noun=noun,
            ref=ref,
            typed=form.whole(),
            version=version,
            now=timezone.now(),
            reason=form.why(),
        )

    return page_of_row(request, context, opened, save)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the account's own particulars, and change them."""
    above = contents_above(account_id)
    account, context = account_page(request, account_id, Action.VIEW, _("About this account"), above=above)
    facts = queries.facts(account)
    opened = Opened(
        account=account,
        noun=AccountDetails,
        facts=facts,
        row=facts.account,
        version=account.version,
        ref="",
        only=only_of(AccountDetails, request.GET.getlist("only")),
    )
    context |= {"title": _("About this account"), "about": _(AccountDetails.about)}

    def save(form: forms.RowForm, version: int) -> object:
        person: Any = request.user
        now, why = timezone.now(), form.why()
        return services.change_details(
            actor=person, account=account, typed=form.whole(), version=version, now=now, reason=why
        )

    return page_of_row(request, context, opened, save)
