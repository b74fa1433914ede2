"""Following an invitation: from the link in the letter to a place in the organisation.

The link holds the token. It is exchanged at once for a note in the session, so that no later page has the token in its
address: not in the browser's history, nor in what it tells other sites.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries, services
from accounts.adapters import INVITATION
from accounts.errors import InvitationForSomebodyElse, Refusal
from accounts.forms.members import role_words
from accounts.http import words
from accounts.roles import Action, Role, may


@login_not_required
@never_cache
@require_safe
def follow_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link from the letter: note the invitation, and go on to the page without the token."""
    found = queries.invitation_by_token(token)
    if found is None:
        answer = render(request, "accounts/invitation_unknown.html", status=404)
    else:
        request.session[INVITATION] = str(found.pk)
        answer = redirect("accounts:invitation")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Show what somebody is invited to, and the one next step; on POST take it."""
    followed = request.session.get(INVITATION)
    found = queries.invitation_by_id(followed) if followed else None
    if found is None:
        return render(request, "accounts/invitation_unknown.html")
    if _is_theirs_already(request, found):
        return _to_their_place(found)
    if request.method == "POST":
        return _next_step(request, found)
    closed = queries.why_closed(found, timezone.now())
    return _page(request, found, closed, status=410 if closed else 200)


def _is_theirs_already(request: HttpRequest, invitation: Any) -> bool:
    person: Any = request.user
    if not person.is_authenticated or invitation.accepted_by_id != person.pk:
        return False
    place = queries.member_of(invitation.organisation, person.pk)
    return place is not None and Role(invitation.role) in place.roles


def _next_step(request: HttpRequest, invitation: Any) -> HttpResponse:
    """Accept it; or, for somebody who has not come in yet, lead on to where they do."""
    person: Any = request.user
    if person.is_authenticated:
        try:
            services.accept_invitation(actor=person, invitation=invitation, now=timezone.now())
        except Refusal as refused:
            return _page(request, invitation, refused, status=409)
        request.session.pop(INVITATION, None)
        about = {"organisation": invitation.organisation.name}
        messages.success(request, _("Welcome: you are in %(organisation)s now.") % about)
        return _to_their_place(invitation)
    if queries.has_account(invitation.email):
        then = urlencode({"next": request.path}, safe="/")
        return redirect(f"{resolve_url('accounts:sign_in')}?{then}")
    return redirect("account_signup")


def _to_their_place(invitation: Any) -> HttpResponse:
    """Lead to the organisation; whoever may not look into it goes to their own first page."""
    if may(frozenset({Role(invitation.role)}), Action.VIEW):
        return redirect("accounts:organisation", invitation.organisation.slug)
    return redirect("accounts:my_accounts")


def _page(request: HttpRequest, invitation: Any, refused: Refusal | None, *, status: int) -> HttpResponse:
    person: Any = request.user
    is_theirs = person.is_authenticated and person.email.lower() == invitation.email.lower()
    context = {
        "invitation": invitation,
        "role": role_words(Role(invitation.role)),
        "refused": words(refused) if refused and not isinstance(refused, InvitationForSomebodyElse) else "",
        "is_theirs": is_theirs,
        "has_account": not person.is_authenticated and queries.has_account(invitation.email),
    }
    return render(request, "accounts/invitation.html", context, status=status)
