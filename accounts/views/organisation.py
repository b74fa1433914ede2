"""An organisation: what it says of itself, and whether that makes it part of the social value sector."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop as _n
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, identifiers, parsing, queries, sector, services
from accounts.columns import Column, Kind, column
from accounts.errors import NumberTaken, Stale
from accounts.forms.organisation import About, field_of, version_of
from accounts.http import back_to, crumbs, words
from accounts.roles import Action, may


def organisation_page(
    request: HttpRequest, slug: str, action: Action, *way: tuple[str, str]
) -> tuple[Any, dict[str, Any]]:
    """Return the organisation to which this person may do this, and what its pages show around their content.

    `way` are the titles and addresses of the pages from the organisation's own down to this one.
    """
    person: Any = request.user
    held = access.organisation_for(person, slug, action)
    above = [(_("My accounts"), reverse("accounts:my_accounts")), (held.name, organisation_url(slug) if way else "")]
    context = {
        "organisation": held,
        "breadcrumbs": crumbs(*above, *way),
        "may_manage": action is Action.MANAGE,
    }
    if action is not Action.MANAGE:
        roles = access.roles_for(person, held)
        context |= {"may_manage": may(roles, Action.MANAGE), "may_start": may(roles, Action.IMPORT)}
    return held, context


def organisation_url(slug: str) -> str:
    """Return the address of an organisation's own page."""
    return reverse("accounts:organisation", args=[slug])


def people_above(slug: str) -> tuple[str, str]:
    """Return the step of the way back up that is the list of an organisation's people."""
    return _("People"), reverse("accounts:people", args=[slug])


@require_safe
def organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show what an organisation is, the answer of the sector test, its accounts and its people."""
    held, context = organisation_page(request, organisation, Action.VIEW)
    said = queries.particulars_of(held)
    about = reverse("accounts:about_organisation", args=[organisation]) if context["may_manage"] else ""
    answer = sector.judge(said)
    context |= {
        "said": said,
        "particulars": [_row(name, label, said, about) for name, label in _READ_AS.items()],
        "registered": [_number_row(*each, about) for each in queries.numbers_of(held).items()],
        "verdict": _(answer.verdict.label),
        "reasons": [_(each.message) % {name: _(word) for name, word in each.params.items()} for each in answer.reasons],
        "cannot_tell": answer.verdict is sector.Verdict.CANNOT_TELL,
        "about_url": about,
        "accounts": queries.accounts_of(held),
        "members": queries.members_of(held),
    }
    return render(request, "accounts/organisation.html", context)


_READ_AS = {
    "type": _n("What it is"),
    "language": _n("Language of its purpose"),
    "well_being_is_core": _n("More well-being for people and communities is its core purpose"),
    "reinvested_share": _n("Share of any profit that it re-invests in that"),
}
"""What the form asks of those who are in it, as others read it. The name and the purpose stand in the head."""


def _row(name: str, label: str, said: sector.Particulars, about: str) -> dict[str, str]:
    url = f"{about}#id_{name}" if about else ""
    return {"key": _(label), "value": _in_words(column(sector.Particulars, name), getattr(said, name)), "url": url}


def _in_words(asked: Column, value: Any) -> str:
    if value is None:
        return ""
    if asked.kind is Kind.CHOICE:
        return _(value.label)
    if asked.kind is Kind.YES_NO:
        return _("Yes") if value else _("No")
    return parsing.show(asked, value)


def _number_row(scheme: identifiers.Scheme, number: str, about: str) -> dict[str, str]:
    url = f"{about}#id_{field_of(scheme)}" if about else ""
    return {"key": _(scheme.label), "value": identifiers.org_id(scheme, number), "url": url}


@require_http_methods(["GET", "HEAD", "POST"])
def about_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Change what an organisation says of itself."""
    held, context = organisation_page(request, organisation, Action.MANAGE, (_("About the organisation"), ""))
    typed = request.POST if request.method == "POST" else None
    form = About(queries.particulars_of(held), queries.numbers_of(held), version=held.version, typed=typed)
    context |= {"form": form, "back_url": organisation_url(organisation)}
    if typed is None:
        return render(request, _ABOUT, context)
    if not form.is_valid() or form.said is None:
        return render(request, _ABOUT, context, status=422)
    try:
        services.change_organisation(
            actor=_person(request),
            organisation=held,
            said=form.said,
            numbers=form.numbers,
            version=version_of(typed),
            now=timezone.now(),
        )
    except NumberTaken as refused:
        form.add_error(field_of(refused.scheme), words(refused))
        return render(request, _ABOUT, context, status=422)
    except Stale as refused:
        return _conflict(request, context, form, refused)
    messages.success(request, _("Saved: what you say about the organisation."))
    return back_to(request, "accounts:organisation", organisation)


_ABOUT = "accounts/organisation_about.html"


def _conflict(request: HttpRequest, context: dict[str, Any], form: About, refused: Stale) -> HttpResponse:
    """Show both versions side by side; saving again, now over the newer version, is the person's choice."""
    held = access.organisation_for(_person(request), context["organisation"].slug, Action.MANAGE)
    context["conflict"] = words(refused)
    context["differences"] = form.differences(queries.particulars_of(held), queries.numbers_of(held))
    form.data = {**request.POST.dict(), "version": str(held.version)}
    return render(request, _ABOUT, context, status=409)


def _person(request: HttpRequest) -> Any:
    return request.user
