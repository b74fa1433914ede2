"""The people of an organisation: who they are, what they may do, and whom it invites."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access, queries, services
from accounts.errors import NotAMember, Refusal, Stale
from accounts.forms.members import Invite, Roles, in_one_word, role_words
from accounts.http import back_to, words
from accounts.roles import Action, Role, may
from accounts.views.organisation import organisation_page, people_above

_log = logging.getLogger(__name__)


@require_safe
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show who is in an organisation, and who is invited."""
    held, context = organisation_page(request, organisation, Action.VIEW, (_("People"), ""))
    now = timezone.now()
    context |= {
        "members": queries.members_of(held),
        "invitations": [
            {"held": each, "role": _(Role(each.role).label), "expired": each.expires_at <= now}
            for each in (queries.invitations_of(held) if context["may_manage"] else [])
        ],
    }
    return render(request, "accounts/people.html", context)


# --- Inviting ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organisation: str) -> HttpResponse:
    """Invite somebody."""
    above = people_above(organisation)
    held, context = organisation_page(request, organisation, Action.MANAGE, above, (_("Invite somebody"), ""))
    typed = request.POST if request.method == "POST" else None
    form = Invite(queries.roles_offered(held), typed=typed)
    context |= {"form": form, "back_url": above[1]}
    if typed is None:
        return render(request, "accounts/people_invite.html", context)
    if not form.is_valid():
        return render(request, "accounts/people_invite.html", context, status=422)
    try:
        _invite(request, held, form.cleaned_data["email"], Role(form.cleaned_data["role"]))
    except Refusal as refused:
        form.add_error("email", words(refused))
        return render(request, "accounts/people_invite.html", context, status=422)
    return back_to(request, "accounts:people", organisation)


@require_POST
def send_invitation_again(request: HttpRequest, organisation: str, invitation_id: UUID) -> HttpResponse:
    """Send an open invitation again, with a new link: the old one no longer works."""
    held, _context = organisation_page(request, organisation, Action.MANAGE)
    invitation = _invitation(held, invitation_id)
    if invitation.accepted_at or invitation.withdrawn_at:
        messages.warning(request, _("This invitation is not open any more. Nothing was sent."))
    else:
        _try(request, lambda: _invite(request, held, invitation.email, Role(invitation.role)))
    return back_to(request, "accounts:people", organisation)


@require_POST
def withdraw_invitation(request: HttpRequest, organisation: str, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back: its link no longer works."""
    held, _context = organisation_page(request, organisation, Action.MANAGE)
    invitation = _invitation(held, invitation_id)

    def withdraw() -> None:
        person: Any = request.user
        services.withdraw_invitation(actor=person, invitation=invitation, now=timezone.now())
        said = _("The invitation of %(email)s was withdrawn: its link no longer works.") % {"email": invitation.email}
        messages.success(request, said)

    _try(request, withdraw)
    return back_to(request, "accounts:people", organisation)


def _invitation(organisation: Any, invitation_id: UUID) -> Any:
    found = queries.invitation_of(organisation, invitation_id)
    if found is None:
        raise Http404
    return found


def _try(request: HttpRequest, attempt: Any) -> None:
    """Do something of a list; why not, if a rule says no, stands above the list."""
    try:
        attempt()
    except Refusal as refused:
        messages.error(request, words(refused))


def _invite(request: HttpRequest, organisation: Any, email: str, role: Role) -> None:
    """Invite somebody, send the letter once the invitation is kept, and say how that went. Raises as it does."""
    person: Any = request.user
    invitation, token = services.invite(
        actor=person, organisation=organisation, email=email, role=role, now=timezone.now()
    )
    if not token:
        said = _("An invitation has just been sent to %(email)s. A second one was not sent.")
        messages.info(request, said % {"email": invitation.email})
    elif _sent(request, invitation, token):
        messages.success(request, _("The invitation was sent to %(email)s.") % {"email": invitation.email})
    else:
        said = _(
            "The invitation of %(email)s is kept, but the e-mail could not be sent. Wait a minute, then send it again."
        )
        messages.warning(request, said % {"email": invitation.email})


def _sent(request: HttpRequest, invitation: Any, token: str) -> bool:
    """Send the letter, which alone holds the token, and return whether it went out."""
    letter = {
        "invitation": invitation,
        "role": role_words(Role(invitation.role)),
        "link": request.build_absolute_uri(reverse("accounts:follow_invitation", args=[token])),
    }
    subject = _("%(organisation)s invites you") % {"organisation": invitation.organisation.name}
    try:
        send_mail(
            " ".join(subject.split()),
            render_to_string("accounts/invitation_mail.txt", letter),
            None,
            [invitation.email],
        )
    except OSError:  # whatever the mail server says, or that there is none
        _log.exception("the letter of invitation %s was not sent", invitation.pk)
        return False
    return True


# --- Those who are in it ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, organisation: str, person_id: UUID) -> HttpResponse:
    """Change what somebody may do."""
    above = people_above(organisation)
    held, context = organisation_page(request, organisation, Action.MANAGE, above, (_("What they may do"), ""))
    found = queries.member_of(held, person_id)
    if found is None:
        return _not_here(request, organisation)
    typed = request.POST if request.method == "POST" else None
    form = Roles(queries.roles_offered(held), found.in_order, typed=typed)
    context |= {"form": form, "member": found, "back_url": above[1]}
    if typed is None:
        return render(request, _MEMBER, context)
    if not form.is_valid():
        return render(request, _MEMBER, context, status=422)
    return _changed(request, context, form, found)


_MEMBER = "accounts/member.html"


def _changed(request: HttpRequest, context: dict[str, Any], form: Roles, found: queries.Member) -> HttpResponse:
    """Give somebody the roles that were ticked, or say why not, with the ticks kept."""
    person: Any = request.user
    held = context["organisation"]
    try:
        services.change_roles(
            actor=person,
            organisation=held,
            person=found.person,
            roles=form.chosen,
            seen=form.were_seen,
            now=timezone.now(),
        )
    except NotAMember:
        return _not_here(request, held.slug)
    except Stale as refused:
        return _conflict(request, context, form, refused)
    except Refusal as refused:
        form.add_error("roles", words(refused))
        return render(request, _MEMBER, context, status=422)
    messages.success(request, _("Saved: what %(name)s may do.") % {"name": found.person})
    return _on_from(request, held)


def _conflict(request: HttpRequest, context: dict[str, Any], form: Roles, refused: Stale) -> HttpResponse:
    """Show what was ticked beside what somebody else saved; saving again is the person's choice."""
    now_held = queries.member_of(context["organisation"], context["member"].person.pk)
    theirs = now_held.in_order if now_held else []
    mine = [role for role in Role if role in form.chosen]
    context["conflict"] = words(refused)
    context["differences"] = [{"label": _("What they may do"), "mine": _named(mine), "theirs": _named(theirs)}]
    typed = request.POST.copy()
    typed["seen"] = in_one_word(theirs)
    form.data = typed
    return render(request, _MEMBER, context, status=409)


def _named(roles: list[Role]) -> str:
    return ", ".join(_(role.label) for role in roles)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HttpRequest, organisation: str, person_id: UUID) -> HttpResponse:
    """Ask, then take somebody out of an organisation."""
    above = people_above(organisation)
    held, context = organisation_page(request, organisation, Action.MANAGE, above, (_("Remove"), ""))
    found = queries.member_of(held, person_id)
    if found is None:
        return _not_here(request, organisation)
    about = {"name": found.person, "organisation": held.name}
    context |= {
        "question": _("Remove %(name)s from %(organisation)s?") % about,
        "consequence": _(
            "They can no longer see its accounts. What they typed stays, with their name in the history."
            " You can invite them again."
        ),
        "action": _("Remove them"),
        "danger": True,
        "back_url": above[1],
    }
    if request.method != "POST":
        return render(request, "confirm.html", context)
    person: Any = request.user
    try:
        services.remove_member(actor=person, organisation=held, person=found.person, now=timezone.now())
    except Refusal as refused:
        messages.error(request, words(refused))
        return render(request, "confirm.html", context, status=409)
    messages.success(request, _("%(name)s is no longer in %(organisation)s.") % about)
    return _on_from(request, held)


def _not_here(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that somebody is not in the organisation: the second click of a double click, or a colleague was quicker."""
    if request.method != "POST":
        raise Http404
    messages.info(request, words(NotAMember()))
    return back_to(request, "accounts:people", slug)


def _on_from(request: HttpRequest, organisation: Any) -> HttpResponse:
    """Go on to the list of people; whoever has just taken themselves out goes to their own accounts."""
    person: Any = request.user
    if may(access.roles_for(person, organisation), Action.VIEW):
        return back_to(request, "accounts:people", organisation.slug)
    return back_to(request, "accounts:my_accounts")
