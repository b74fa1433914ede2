"""A canary: one tenant's every word is marked, and no page, list or file that another tenant reaches holds the mark."""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from accounts import access
from accounts.columns import Kind, Noun, columns
from accounts.models import Account, Forum, Membership, Organisation, OrganisationType, Person
from accounts.roles import Role
from outcomes import services
from outcomes.nouns import ROWS, Explanation, Facts, rows, with_rows
from stakeholders.nouns import CoProduction, Involvement, Statement
from tests import factories
from tests.architecture import gate
from tests.core.intake import made_up

MARK = "canary"
# Not words of the tenant's own: each names something that we ship.
NAMES_OF_OURS = {"currency", "rate_schedule", "price_series"}
# To go out, to change the language: nothing is read there.
NOT_FOLLOWED = ("/sign-out/", "/static/", "/admin/")

pytestmark = pytest.mark.django_db


def marked(row: Any) -> Any:
    """Return a row with the mark in every word of it, its ref and its pointers too."""
    return replace(row, **dict(_marked(row)))


def _marked(row: Noun) -> Iterator[tuple[str, str]]:
    for column in columns(type(row)):
        value = getattr(row, column.name)
        if not value or column.name in NAMES_OF_OURS:
            continue
        if column.kind in {Kind.TEXT, Kind.LONG_TEXT}:
            yield column.name, f"{MARK} {value}"[: column.longest]
        elif column.kind is Kind.LINK:
            yield column.name, f"https://{MARK}.example/"
        elif column.kind is Kind.REF:
            yield column.name, f"{MARK}-{value}"


def marked_facts() -> Facts:
    """Return an account with rows of every noun, whose every word bears the mark."""
    facts = made_up.small(
        involvement=(Involvement(ref="V1", stakeholder="S1", method="Group talk", learned="Much"),),
        co_production=(CoProduction(ref="C1", statement=Statement.ASSETS, explanation="Many cook"),),
        explanations=(Explanation(ref="R1", check_name="one set of percentages", reason="One survey"),),
    )
    for noun in ROWS:
        assert rows(facts, noun), noun.title
        facts = with_rows(facts, noun, tuple(marked(row) for row in rows(facts, noun)))
    return replace(facts, account=marked(facts.account))


def person(email: str, name: str, role: Role, place: Organisation | Forum) -> Person:
    made = Person.objects.create_user(email, factories.PASSWORD, name=name)
    where = {"forum": place} if isinstance(place, Forum) else {"organisation": place}
    Membership.objects.create(person=made, role=role, **where)
    return made


@pytest.fixture
def the_other_tenant() -> Person:
    """Return the editor of a tenant that has something everywhere, all of it marked."""
    network = Forum.objects.create(name=f"{MARK} forum", slug=f"{MARK}-forum")
    keeper = Organisation.objects.create(
        name=f"{MARK} trust", slug=f"{MARK}-trust", type=OrganisationType.CHARITY, purpose=f"{MARK} purpose"
    )
    keeper.forums.add(network)
    editor = person(f"{MARK}@example.org", f"{MARK} editor", Role.EDITOR, keeper)
    account = services.open_account(
        actor=editor,
        organisation=keeper,
        facts=marked_facts(),
        now=factories.NOW,
        source=f"{MARK}.xlsx",
    )
    foundation = Organisation.objects.create(
        name=f"{MARK} fund", slug=f"{MARK}-fund", type=OrganisationType.FUNDER, purpose=""
    )
    factories.grant(foundation, account)
    person(f"{MARK}-funder@example.org", f"{MARK} funder", Role.FUNDER, foundation)
    factories.published(account)
    factories.failed(account, language="cy")
    services.keep_refused(person=editor, name=f"{MARK}.xlsx", marked=MARK.encode(), now=factories.NOW)
    return editor


@pytest.fixture
def world(the_other_tenant: Person) -> gate.World:
    """Return our own tenant, beside the other."""
    return gate.build()


def crawl(client: Client) -> Iterator[tuple[str, bool]]:
    """Yield everything that a person gets to by following links: its address, and whether it holds the mark."""
    waiting = deque(["/", "/published/"])
    seen: set[str] = set()
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        answer: Any = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = "".join(f"{name}: {value}\n" for name, value in answer.headers.items()).encode()
        yield address, MARK.encode() in (said + _unpacked(body)).lower()
        if answer.headers["Content-Type"].startswith("text/html"):
            links = re.findall(r'(?:href|hx-get)="(/[^"#]*)', body.decode())
            waiting.extend(link.replace("&amp;", "&") for link in links if not link.startswith(NOT_FOLLOWED))


def _unpacked(body: bytes) -> bytes:
    """Return what a file says: a workbook is a packed one."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def door(address: str) -> str:
    return resolve(address.partition("?")[0]).view_name


# To the end of a marked workbook leads only the page that refused it; the rest are not for an editor, or no pages.
BEYOND_AN_EDITOR = {
    "outcomes:marked_workbook",
    "outcomes:reply",
    "outcomes:reply_code",
    "accounts:sign_in",
    "healthz",
    "readyz",
} | {
    # What an approver does.
    *("reports:publish", "reports:take_back", "reports:withdraw"),
    # What comes before signing in or is asked again after it, and what is of no use to whoever has no second factor.
    *("account_login", "account_signup", "mfa_authenticate", "mfa_login_webauthn", "accounts:second_factor_first"),
    *("account_email_verification_sent", "account_confirm_email", "account_set_password"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    # What an administrator does, and what the letter of an invitation leads to.
    *("accounts:about_organisation", "accounts:invite", "accounts:member", "accounts:remove_member"),
    *("accounts:follow_invitation", "accounts:invitation"),
    # What an assurer does.
    *(
        "reports:engagements",
        "reports:workbench",
        "reports:declare",
        "reports:judge",
        "reports:sample",
        "reports:trace",
        "reports:thread",
    ),
    *("reports:calculation", "reports:changes", "reports:ask", "reports:give_back", "reports:conclude", "reports:sign"),
    # What a funder takes beside the PDF, and the letters that they get.
    *("reports:workbook", "reports:data", "reports:letters", "reports:stop_letters"),
    "reports:end_grant",
}


def test_nothing_that_an_editor_reaches_says_a_word_of_another_tenant(world: gate.World):
    found = dict(crawl(world.people[gate.EDITOR]))
    assert [address for address, sings in found.items() if sings] == []
    shown = {name.partition(", ")[0] for name, each in gate.DOORS.items() if each.get is not None}
    assert shown - {door(address) for address in found} == BEYOND_AN_EDITOR


def test_nothing_that_others_reach_says_a_word_of_a_tenant_that_is_not_theirs(world: gate.World):
    for who in (gate.STRANGER, gate.OTHER_COORDINATOR, gate.ASSURER, gate.ENGAGED, gate.FUNDER):
        assert [address for address, sings in crawl(world.people[who]) if sings] == [], who


def test_the_canary_sings_to_its_own(the_other_tenant: Person):
    """Without this the tests above could pass because the mark is nowhere, or is not seen."""
    silent = {
        "accounts:my_accounts",
        "outcomes:account",
        "outcomes:entry",
        "outcomes:export",
        "reports:download",
        "reports:funders",
    }
    for address, sings in crawl(gate.signed_in(the_other_tenant)):
        if sings:
            silent.discard(door(address))
        if not silent:
            return
    pytest.fail(f"no mark in {silent}")


def test_with_the_gate_open_the_canary_sings(world: gate.World, monkeypatch):
    monkeypatch.setattr(access, "roles_for", lambda *_given: frozenset(Role))
    monkeypatch.setattr(access, "accounts_for", lambda *_given: Account.objects.select_related("organisation"))
    answer = world.people[gate.EDITOR].get("/")
    assert MARK in answer.content.decode()
