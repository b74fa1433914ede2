"""Every door has its gate: read from the addresses themselves, so that a new door without one is noticed."""

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from accounts import services as account_services
from accounts.models import Account, AuditRecord, Membership, Person
from accounts.roles import Action, Role, may
from outcomes import workbook
from outcomes.services import CHANGE_REASON
from reports import queries as report_queries
from tests import factories
from tests.core.intake.made_up import small
from tests.doors import world as worlds
from tests.doors.door import asked, browser, form_of, held, shows_no_trace
from tests.doors.pages import only_takes, routes
from tests.doors.world import ASKED, NEVER, SECRET, World, person_of, strangers
from tests.reports import assuring, submitting

pytestmark = pytest.mark.django_db

COMING_IN = {
    "accounts:sign_in",
    "accounts:invitation",
    "accounts:follow_invitation",
    "account_login",
    "account_signup",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
"""The doors through which one comes in; wrong words there are answered with the page again, or the way to the first."""
REPLYING = {"outcomes:reply", "outcomes:reply_code"}
"""The doors for whoever got a code on a slip of paper."""
FOR_EVERYONE = (
    COMING_IN | REPLYING | {"healthz", "readyz", "reports:verify", "reports:verify_code", "reports:stop_letters"}
)
"""The doors that open without signing in."""
KNOWS_NOBODY = REPLYING | {"reports:verify", "reports:stop_letters"}
"""Where a form from another site can do no harm: a door that changes nothing, and one that takes a secret to open."""
OF_ONESELF = {
    "accounts:you",
    "accounts:second_factor_first",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "usersessions_list",
    "reports:letters",
}
"""The doors to what somebody signs in with, and to their letters: each leads to one's own alone."""
OUT = {"accounts:sign_out", "account_logout"}
LISTS = {"accounts:my_accounts", "reports:published", "reports:engagements"}
"""The doors that open to whoever has signed in, each to their own."""
SAME_FOR_ALL = {"outcomes:template", "outcomes:words"}
"""The doors that show whoever has signed in the same: the empty workbook, the words of the trade."""
FOR_WHOEVER_SIGNED_IN = LISTS | SAME_FOR_ALL | OUT | OF_ONESELF | FOR_EVERYONE

CHANGES: dict[str, Action] = {
    "accounts:about_organisation": Action.MANAGE,
    "accounts:invite": Action.MANAGE,
    "accounts:member": Action.MANAGE,
    "accounts:remove_member": Action.MANAGE,
    "accounts:send_invitation_again": Action.MANAGE,
    "accounts:withdraw_invitation": Action.MANAGE,
    "outcomes:start": Action.IMPORT,
    "outcomes:begin": Action.EDIT,
    "outcomes:workbook": Action.IMPORT,
    "outcomes:details": Action.EDIT,
    "outcomes:new_entry": Action.EDIT,
    "outcomes:entry": Action.EDIT,
    "outcomes:copy_entry": Action.EDIT,
    "outcomes:move_entry": Action.EDIT,
    "outcomes:remove_entry": Action.EDIT,
    "outcomes:undo": Action.EDIT,
    "outcomes:factor": Action.EDIT,
    "outcomes:importance": Action.EDIT,
    "outcomes:ledger": Action.EDIT,
    "outcomes:co_production": Action.EDIT,
    "outcomes:goals": Action.EDIT,
    "outcomes:theory_of_change": Action.EDIT,
    "outcomes:indicator": Action.EDIT,
    "outcomes:new_evidence": Action.EDIT,
    "outcomes:new_replies": Action.EDIT,
    "outcomes:answer_reply": Action.EDIT,
    "reports:reports": Action.FREEZE,
    "reports:try_again": Action.FREEZE,
    "reports:editions": Action.FREEZE,
    "reports:publish": Action.PUBLISH,
    "reports:withdraw": Action.PUBLISH,
    "reports:funders": Action.MANAGE,
    "reports:end_grant": Action.MANAGE,
    "reports:submit": Action.SUBMIT,
    "reports:explain": Action.EXPLAIN,
    "reports:assurance": Action.ASSIGN,
    "reports:relieve": Action.ASSIGN,
    "reports:answer": Action.EDIT,
    "reports:take_back": Action.SUBMIT,
}
"""The doors at which something is changed, and what one must be allowed to do there."""

SENT: dict[str, dict[str, Any]] = {
    "accounts:invite": {"email": "another@example.org", "role": "viewer"},
    "accounts:member": {"seen": "viewer", "roles": ["editor"]},
    "outcomes:begin": {
        "name": "The second year",
        "kind": "forecast",
        "period_start": "1 April 2026",
        "period_end": "31 March 2027",
    },
    "outcomes:move_entry": {"seen": "0", "to": "1"},
    "outcomes:new_replies": {"codes": "5", "closes_on": f"{timezone.localdate() + dt.timedelta(days=30):%d/%m/%Y}"},
    "outcomes:answer_reply": {"text": "We went and asked"},
    "outcomes:factor": {
        "factor": "deadweight",
        "deadweight-figure": "10",
        f"deadweight-{CHANGE_REASON}": "Counted again",
    },
    "outcomes:importance": {"given-O1": "60", "given-O2": "40"},
    "outcomes:co_production": {"explanation": "Members cook"},
    "outcomes:ledger": {"reason": "They come every week"},
    "outcomes:goals": {"goal_healthier": "on", "how_healthier": "They eat well"},
    "outcomes:theory_of_change": {"cause": "P1", "effect": "O2"},
    "outcomes:indicator": {"moment": "after", "numerator": "7", "denominator": "8"},
    "reports:take_back": {"reason": "One group was left out"},
    "reports:relieve": {"reason": "They are ill"},
    "reports:answer": {"text": "The manager did"},
    "reports:withdraw": {"reason": "A figure was wrong"},
    "reports:editions": {"edition": "easy_read"},
    "reports:funders": {"funder": worlds.FUNDER, "title": "Another grant", "identifier": "360G-cronfa-2"},
}
"""What is sent where a name alone would change nothing."""

SHOWN_ONCE = {"outcomes:new_replies"}
"""The doors that answer with what they made, since nobody can see it later."""

WHY = {CHANGE_REASON: "Counted again"}
"""What is sent along: an account that was submitted before takes no change of a figure without a reason."""

TYPED = {
    "accounts:about_organisation",
    "outcomes:copy_entry",
    "outcomes:details",
    "outcomes:entry",
    "outcomes:goals",
    "outcomes:importance",
    "outcomes:indicator",
    "outcomes:ledger",
    "outcomes:new_entry",
    "outcomes:new_evidence",
}
"""The doors with a form that is sent as it stands, but for what is changed in it."""

OPENED_AT = {
    "outcomes:co_production": "?statement=assets",
    "outcomes:goals": "?outcome=O1",
    "outcomes:ledger": "?noun=stakeholders&ref=S1",
}
"""Where on a page of many things the form for one of them is."""

SHOWN_ONLY_TO = {
    **{
        name: CHANGES[name]
        for name in (
            "outcomes:begin",
            "outcomes:copy_entry",
            "outcomes:new_entry",
            "outcomes:new_evidence",
            "outcomes:new_replies",
            "outcomes:answer_reply",
            "outcomes:remove_entry",
            "outcomes:start",
            "reports:end_grant",
            "reports:publish",
            "reports:take_back",
            "reports:withdraw",
        )
    },
    "outcomes:grid": Action.EDIT,
}
"""The doors that show nothing to whoever may not change, and what one must be allowed to do."""

CHANGING = ("post", "put", "patch", "delete")


@pytest.fixture
def world() -> World:
    """Return an organisation with something behind every door."""
    return worlds.made()


def names(word: str) -> set[str]:
    return {name for name, needs in routes() if word in needs}


def text(answer: Any) -> str:
    """Return a page without what differs from one request to the next: its reference and its tokens."""
    without = re.sub(r"[0-9a-f]{32}|[0-9a-f-]{36}", "", answer.text)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"', "", without)


def test_every_door_is_told_apart() -> None:
    assert set(CHANGES) < {name for name, _needs in routes()}
    assert {name for name, needs in routes() if not needs - worlds.OF_ONESELF} == FOR_WHOEVER_SIGNED_IN


# --- Nobody in particular ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "options", *CHANGING])
def test_a_door_that_is_not_for_everyone_asks_to_sign_in_first(method: str, world: World) -> None:
    before = held()
    for name, address in world.doors.items():
        answer = asked(browser(), method, address)
        if name in COMING_IN:
            assert answer.status_code in {200, 302, 404, 405, 422}, name
            assert "next=" not in answer.headers.get("Location", ""), name
        elif name in FOR_EVERYONE:
            assert answer.status_code in ({200, 405, 422} if name in KNOWS_NOBODY else {200, 405}), name
        else:
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith(f"{reverse('accounts:sign_in')}?next="), name
    assert held() == before


def test_what_somebody_who_is_not_signed_in_sends_is_never_acted_on(world: World) -> None:
    before = held()
    for name, address in world.doors.items():
        if name not in FOR_EVERYONE:
            answer = browser().post(address, {"name": "Planted", "version": "1", "next": "/"})
            assert answer.status_code in {302, 401}, name
    assert held() == before


def test_somebody_deactivated_is_nobody(world: World) -> None:
    person = person_of(Role.ADMIN, world)
    client = browser(person)
    type(person).objects.filter(id=person.id).update(is_active=False)
    for name in names("account_id") | LISTS:
        assert asked(client, "get", world.doors[name]).status_code == 302, name


# --- Somebody of another organisation ---------------------------------------------------------------------------------


def test_what_belongs_to_others_is_not_found_just_like_what_never_was(world: World) -> None:
    everyone = {who: browser(person) for who, person in strangers().items()}
    before = held()
    for who, client in everyone.items():
        for name, (there, never) in world.doors_of_something.items():
            for method in ("get", "post"):
                theirs, nobodys = asked(client, method, there), asked(client, method, never)
                assert theirs.status_code == nobodys.status_code, (who, name)
                assert theirs.status_code in {404, 405}, (who, name)
                assert text(theirs) == text(nobodys), (who, name)
                assert shows_no_trace(theirs)
        for name in LISTS:
            assert SECRET not in asked(client, "get", world.doors[name]).text
    assert held() == before


def test_a_funder_without_a_grant_finds_nothing_and_with_one_what_is_published(world: World) -> None:
    funders = factories.organisation("Sylfaen")
    client = browser(factories.member(Role.FUNDER, funders))
    draft = factories.report(factories.account(factories.small_facts("Draft"), keeper=world.keeper))
    assert asked(client, "get", world.doors["reports:download"]).status_code == 404
    factories.grant(funders, world.account)
    factories.grant(funders, draft.snapshot.account)
    assert asked(client, "get", world.doors["reports:download"]).status_code == 200
    assert asked(client, "get", reverse("reports:download", args=[draft.id])).status_code == 404
    assert "Draft" not in asked(client, "get", world.doors["reports:published"]).text
    for name in names("account_id") | {"reports:rendering", "reports:try_again"}:
        assert asked(client, "get", world.doors[name]).status_code in {404, 405}, name
    assert asked(client, "post", world.doors["reports:publish"]).status_code == 403


# --- Somebody of this organisation, in another role -------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_it_may_see_and_no_more(role: Role, world: World) -> None:
    client = browser(person_of(role, world))
    for name in names("account_id") | {"reports:rendering"}:
        status = asked(client, "get", world.doors[name]).status_code
        if only_takes(name):
            assert status == 405, name
        elif not may(frozenset({role}), Action.VIEW):
            assert status == 404, name
        elif name in SHOWN_ONLY_TO and not may(frozenset({role}), SHOWN_ONLY_TO[name]):
            assert status == 403, name
        else:
            assert status == 200, name


@pytest.mark.parametrize("role", Role)
def test_a_role_changes_what_it_may_change_and_no_more(role: Role, world: World) -> None:
    client = browser(person_of(role, world))
    for name, action in CHANGES.items():
        before = held()
        answer = asked(client, "post", world.doors[name], {"name": "Planted", "version": "1"})
        if may(frozenset({role}), action):
            assert answer.status_code in {302, 409, 422}, name
        else:
            assert answer.status_code == (403 if may(frozenset({role}), Action.VIEW) else 404), name
            assert held() == before, name


def test_a_role_that_was_taken_away_is_gone_at_once(world: World) -> None:
    person = person_of(Role.EDITOR, world)
    client = browser(person)
    assert asked(client, "get", world.doors["outcomes:account"]).status_code == 200
    Membership.objects.filter(person=person).delete()
    assert asked(client, "get", world.doors["outcomes:account"]).status_code == 404


def test_an_organisation_that_left_the_forum_is_seen_by_its_coordinator_no_more(world: World) -> None:
    client = browser(person_of(Role.COORDINATOR, world))
    assert asked(client, "get", world.doors["outcomes:account"]).status_code == 200
    world.forum.organisations.remove(world.keeper)
    assert asked(client, "get", world.doors["outcomes:account"]).status_code == 404
    assert SECRET not in client.get("/").text


# --- How one may ask --------------------------------------------------------------------------------------------------


def test_looking_changes_nothing(world: World) -> None:
    client = browser(person_of(Role.ADMIN, world))
    before = held()
    for name, address in world.doors.items():
        for method in ("get", "head", "options"):
            assert asked(client, method, f"{address}?only=name&from=value-map").status_code < 500, name
    assert held() == before


def test_other_ways_to_ask_change_nothing(world: World) -> None:
    client = browser(person_of(Role.ADMIN, world))
    before = held()
    for name, address in world.doors.items():
        for method in ("put", "patch", "delete", "trace"):
            status = asked(client, method, address).status_code
            assert status == 405, (method, name)
    assert held() == before


def test_a_door_that_only_shows_takes_nothing_in(world: World) -> None:
    client = browser(person_of(Role.ADMIN, world))
    for name in {each for each, _needs in routes()} - set(CHANGES) - COMING_IN - OF_ONESELF - OUT - KNOWS_NOBODY:
        assert asked(client, "post", world.doors[name]).status_code in {404, 405}, name


def test_what_another_site_sends_with_a_persons_cookies_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(person_of(Role.ADMIN, world), backend="django.contrib.auth.backends.ModelBackend")
    before = held()
    for name in [*CHANGES, *OUT, *OF_ONESELF, *COMING_IN]:
        answer = asked(client, "post", world.doors[name], {"name": "Planted", "version": "1"})
        assert answer.status_code == 403, name
        assert "Nothing was changed" in answer.text
    assert held() == before
    assert client.get("/").status_code == 200


def test_every_change_leaves_a_record_of_who_made_it(world: World) -> None:
    """Whatever a door changes of an account, its reports or its renderings stands in the history, with the person."""
    approver, admin = person_of(Role.APPROVER, world), person_of(Role.ADMIN, world)
    coordinator, assurer = person_of(Role.COORDINATOR, world), person_of(Role.ASSURER, world)
    does = {Action.PUBLISH: approver, Action.SUBMIT: approver, Action.ASSIGN: coordinator}
    browsers = {person: browser(person) for person in (approver, admin, coordinator)}
    draft = factories.submitted_report(factories.account(factories.small_facts(), keeper=world.keeper))
    ready, submitted = submitting.ready(world.keeper), submitting.ready(world.keeper)
    unexplained = factories.account(submitting.facts_that_lack_a_reason(), keeper=world.keeper)
    submitting.submit(submitted, approver)
    waiting, in_assurance = submitting.ready(world.keeper), assuring.assigned(world.keeper, world.forum).account
    submitting.submit(waiting, approver)

    def sent_at(name: str, address: str) -> dict[str, Any]:
        if CHANGES[name] is Action.IMPORT:
            return {"workbook": SimpleUploadedFile("a.xlsx", workbook.write(small(involvement=(ASKED,)), None)), **WHY}
        if name == "reports:submit":  # read just now: what was done at other doors changed the account
            read = report_queries.reading(Account.objects.get(pk=ready.pk)).fingerprint
            return {"read": read, "in_our_name": "on"}
        if name == "reports:explain":
            return {f"reason-{submitting.checks_that_want_a_reason()[0]}": "Because"}
        if name == "reports:assurance":
            return {"assurer": str(assurer.pk), "level": "independent"}
        typed = form_of(browsers[admin], address) if name in TYPED else {}
        return {**typed, **SENT.get(name, {"name": "Changed"}), **WHY}

    other, _token = account_services.invite(
        actor=admin, organisation=world.keeper, email="old@example.org", role=Role.VIEWER, now=factories.NOW
    )
    doors = {
        **{name: world.doors[name] for name in CHANGES},
        "accounts:send_invitation_again": world.doors["accounts:send_invitation_again"].replace(
            str(world.invitation.id), str(other.id)
        ),
        "reports:publish": reverse("reports:publish", args=[draft.id]),
        "reports:submit": reverse("reports:submit", args=[ready.id]),
        "reports:explain": reverse("reports:explain", args=[unexplained.id]),
        "reports:take_back": reverse("reports:take_back", args=[submitted.id]),
        "reports:assurance": reverse("reports:assurance", args=[waiting.id]),
        "reports:relieve": reverse("reports:relieve", args=[in_assurance.id]),
        "outcomes:remove_entry": reverse("outcomes:remove_entry", args=[world.account.id, "evidence", "E1"]),
        **{name: f"{world.doors[name]}{opened}" for name, opened in OPENED_AT.items()},
    }
    for name, address in doors.items():
        person = does.get(CHANGES[name], admin)
        before, records = held(), AuditRecord.objects.filter(person=person).count()
        expected = 200 if name in SHOWN_ONCE else 302
        assert asked(browsers[person], "post", address, sent_at(name, address)).status_code == expected, name
        assert held() != before, name
        assert AuditRecord.objects.filter(person=person).count() > records, name


def test_a_code_tells_everybody_what_the_report_says_and_names_nobody(world: World) -> None:
    Person.objects.update(name="Nest of the letters")
    draft = factories.report(world.account)
    answer = asked(browser(), "get", world.doors["reports:verify_code"])
    assert answer.status_code == 200
    assert SECRET in answer.text
    kept_back = [draft.code, str(draft.id), str(world.account.id), str(world.report.id), world.keeper.slug]
    people = [word for each in Person.objects.all() for word in (each.name, each.email, str(each.id))]
    assert [word for word in kept_back + people if word in answer.text] == []
    assert asked(browser(), "get", reverse("reports:verify_code", args=[draft.code])).status_code == 404


# --- What no door may be ----------------------------------------------------------------------------------------------


def test_only_doors_that_were_meant_to_are_open_to_everyone() -> None:
    opened = {name for name, view in _views() if not getattr(view, "login_required", True)}
    assert opened == FOR_EVERYONE


def test_no_door_leaves_out_the_check_of_where_a_form_comes_from() -> None:
    assert {name for name, view in _views() if getattr(view, "csrf_exempt", False)} == KNOWS_NOBODY


def _views() -> list[tuple[str, Any]]:
    """Return the view behind each door, as the resolver finds it."""
    with_nothing_behind = dict.fromkeys(("organisation", "slug", "ref", "name", "key", "uidb36"), NEVER) | {
        "pk": 1,
        "record_id": 1,
        "principle": 1,
        "number": 1,
        "earlier": 1,
        "later": 2,
        "group_ref": NEVER,
        "reply_code": NEVER,
    }
    return [
        (name, resolve(reverse(name, kwargs={each: with_nothing_behind.get(each, uuid4()) for each in needs})).func)
        for name, needs in routes()
    ]
