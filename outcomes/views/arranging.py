"""Put rows in order, copy them, remove them, put them back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.columns import Noun
from accounts.errors import Gone, Refusal, Stale, StillNeeded
from accounts.http import back_to, is_part, words
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.belonging import belongings
from outcomes.intake import Unacceptable, said
from outcomes.nouns import Facts, Outcome, rows as rows_of
from outcomes.records import last_removal, removal
from outcomes.views.opened import add_words, noun_at, rows_above
from outcomes.views.pages import account_page, contents_above, entry_url
from outcomes.views.wording import arranging, entries as rows
from stakeholders.nouns import Stakeholder

_ASKS_WHY: Collection[type[Noun]] = (Outcome, Stakeholder)
"""What was raised once is told of for ever: whoever removes it is asked why."""


@require_POST
def move_entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Put a row at another place; the list as it then stands is the answer."""
    noun, person = noun_at(slug), _person(request)
    account, context = account_page(request, account_id, Action.EDIT, _(noun.title), above=contents_above(account_id))
    seen, to = _place(request, "seen"), _place(request, "to")
    try:
        services.move_row(actor=person, account=account, noun=noun, ref=ref, seen=seen, to=to, now=timezone.now())
    except Refusal as refused:
        return _list(request, context, noun, refused=words(refused))
    if not is_part(request):
        return back_to(request, "outcomes:entries", account.id, slug, anchor=f"row-{ref}")
    return _list(request, context, noun, moved=ref)


def _list(
    request: HttpRequest, context: dict[str, Any], noun: type[Noun], *, moved: str = "", refused: str = ""
) -> HttpResponse:
    """Return the list of a noun, to htmx only its rows, with a word on what was done or why it was not."""
    account = context["account"]
    context |= arranging.list_shown(noun, queries.facts(account), account)
    context |= {"new_words": add_words(noun), "refused": refused}
    place = next((each.place + 1 for each in context["rows"] if each.row.ref == moved), 0)
    if place:
        told = _("%(ref)s is now at place %(place)s of %(count)s.")
        context["said"] = told % {"ref": moved, "place": place, "count": len(context["rows"])}
    page = "outcomes/entries_part.html" if is_part(request) else "outcomes/entries.html"
    return render(request, page, context, status=409 if refused else 200)


def _place(request: HttpRequest, name: str) -> int:
    """Return a place as a button sent it; -1, at which no row stands, for what is none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


@require_http_methods(["GET", "HEAD", "POST"])
def copy_entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Ask what is to be copied along, then copy a row."""
    noun = noun_at(slug)
    account, context = account_page(request, account_id, Action.EDIT, _("Copy"), above=rows_above(account_id, noun))
    found = queries.entry(account, noun, ref)
    if found is None:
        return _gone(request, context, noun)
    facts, row, version = found
    context |= {
        "question": _("Copy %(ref)s, “%(row)s”?") % {"ref": ref, "row": rows.row_name(row) or _(noun.singular)},
        "consequence": _("The copy comes right after it. You can change it at once."),
        "action": _("Copy it"),
        "back_url": rows_above(account_id, noun)[1],
        "form": _copy_form(request, account, noun, _belongings(facts, noun, ref), version),
    }
    if request.method != "POST":
        return render(request, "outcomes/asked.html", context)
    form, now, sent = context["form"], timezone.now(), forms.version_of(request.POST)
    try:
        made = services.copy_row(
            actor=_person(request),
            account=account,
            noun=noun,
            ref=ref,
            version=sent,
            along=form.along(),
            marked=_("(copy)"),
            reason=form.why(),
            now=now,
        )
    except (Refusal, Unacceptable) as refused:
        return _asked_again(request, context, refused, version)
    messages.success(request, _("This is the copy. Change what differs."))
    return back_to(request, "outcomes:entry", account.id, slug, getattr(made, "ref", ""))


def _belongings(facts: Facts, noun: type[Noun], ref: str) -> list[type[Noun]]:
    """Return the nouns of which something belongs to an outcome and may be copied along with it."""
    if noun is not Outcome:
        return []
    held = (each for each in services.BELONGINGS)
    return [each for each in held if any(getattr(row, "outcome", "") == ref for row in rows_of(facts, each))]


def _copy_form(
    request: HttpRequest, account: Any, noun: type[Noun], belongings: list[type[Noun]], version: int
) -> forms.CopyForm:
    why = services.asks_why(account) and bool(services.figures_of(noun))
    typed = request.POST if request.method == "POST" else None
    return forms.CopyForm(typed, belongings=belongings, asks_why=why, initial={"version": version})


@require_http_methods(["GET", "HEAD", "POST"])
def remove_entry(request: HttpRequest, account_id: UUID, slug: str, ref: str) -> HttpResponse:
    """Ask, then remove a row."""
    noun = noun_at(slug)
    account, context = account_page(request, account_id, Action.EDIT, _("Remove"), above=rows_above(account_id, noun))
    found = queries.entry(account, noun, ref)
    if found is None:
        return _gone(request, context, noun)
    facts, row, version = found
    held = belongings(facts, row)
    going = {noun, *(type(each) for each in held.rows)}
    asks = noun in _ASKS_WHY or (services.asks_why(account) and any(services.figures_of(each) for each in going))
    typed = request.POST if request.method == "POST" else None
    context |= {
        "question": _("Remove %(ref)s, “%(row)s”?") % {"ref": ref, "row": rows.row_name(row) or _(noun.singular)},
        "consequence": _("It goes from the account; the history keeps what it said, and you can put it back."),
        "action": arranging.removal_words(held),
        "danger": True,
        "back_url": entry_url(account.id, slug, ref),
        "form": forms.RemoveForm(typed, asks=asks, initial={"version": version, "going": held.fingerprint}),
        "belonging": arranging.grouped(held.rows, account.id),
        "pointing": arranging.grouped(held.mentions, account.id),
    }
    if request.method != "POST":
        return render(request, "outcomes/asked.html", context)
    return _removed(request, context, row, version)


def _removed(request: HttpRequest, context: dict[str, Any], row: Noun, version: int) -> HttpResponse:
    """Remove a row; what belongs to it goes along only where the page said so."""
    account, form, noun, ref = context["account"], context["form"], type(row), str(getattr(row, "ref", ""))
    sent = forms.version_of(request.POST) if "version" in request.POST else version
    doing = {"actor": _person(request), "account": account, "now": timezone.now(), "reason": form.why()}
    try:
        if read := request.POST.get("going", ""):
            services.remove_with_belongings(**doing, noun=noun, ref=ref, version=sent, read=read)
        else:
            services.remove_row(**doing, noun=noun, ref=ref, version=sent)
    except (Refusal, Unacceptable) as refused:
        return _asked_again(request, context, refused, version)
    record = last_removal(account, noun.slug)
    return back_to(
        request, "outcomes:entries", account.id, noun.slug, asked={"removed": str(record.id)} if record else None
    )


def _asked_again(
    request: HttpRequest, context: dict[str, Any], refused: Refusal | Unacceptable, version: int
) -> HttpResponse:
    """Show the question once more with what was typed, over the row as it is now, and say why it was not done."""
    form = context["form"]
    if isinstance(refused, Unacceptable):
        form.explain(refused.reasons)
        return render(request, "outcomes/asked.html", context, status=422)
    typed = request.POST.copy()
    for name, value in form.initial.items():
        typed[name] = str(value)
    form.data = typed
    context["refused"] = _why_not(refused, context, request.POST.get("going", ""))
    context["locked"] = ""  # said once is enough
    return render(request, "outcomes/asked.html", context, status=409)


def _why_not(refused: Refusal, context: dict[str, Any], read: str) -> str:
    """Return why something was not done; `read` tells what was shown as belonging to the row."""
    if not isinstance(refused, Stale | StillNeeded) or context.get("pointing"):
        return words(refused)
    if context["form"].initial.get("going", read) != read:
        return _("Something else belongs to this row by now. Nothing was changed. Look at the list, then go on.")
    return _("Somebody changed this row while you were looking at it. Nothing was changed. Look at it, then go on.")


def _gone(request: HttpRequest, context: dict[str, Any], noun: type[Noun]) -> HttpResponse:
    """Say that somebody removed the row meanwhile; to who never saw it, there is none."""
    if request.method != "POST" or not forms.version_of(request.POST):
        raise Http404
    return _list(request, context, noun, refused=_("Somebody removed this row in the meantime. Nothing was changed."))


@require_POST
def undo(request: HttpRequest, account_id: UUID, record_id: int) -> HttpResponse:
    """Put back what was removed."""
    account, context = account_page(request, account_id, Action.EDIT, _("Undo"))
    record = removal(account, record_id)
    if record is None:
        raise Http404
    noun = noun_at(record.noun)
    try:
        services.restore_row(actor=_person(request), account=account, record_id=record_id, now=timezone.now())
    except Gone as gone:
        raise Http404 from gone
    except Unacceptable as refused:
        why = " ".join(said(reason, _) for reason in refused.reasons[:3])
        not_back = _("%(row)s could not be put back: %(why)s Nothing was changed.")
        why = not_back % {"row": arranging.called_in(record), "why": why}
        return _list(request, context, noun, refused=why)
    except Refusal as refused:
        return _list(request, context, noun, refused=words(refused))
    messages.success(request, arranging.put_back_words(record))
    return back_to(request, "outcomes:entries", account.id, noun.slug, anchor=f"row-{record.ref}")


def _person(request: HttpRequest) -> Any:
    return request.user
