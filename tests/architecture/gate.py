"""Who may come through which door: one table, and what compares it with what happens.

The doors are read from the URLconf, never typed: one that has no row here fails the tests.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import queries as account_queries, services as account_services
from accounts.models import Account, AuditRecord, Forum, Organisation, Person
from accounts.roles import Role
from outcomes import services as outcome_services
from outcomes.nouns import Indicator
from reports import services as report_services
from reports.models import Grant, Question, RenderJob, Report
from socialvalue.logging import HEADER
from stakeholders.nouns import Output
from tests import factories
from tests.outcomes import replying
from tests.reports import assuring

# --- People -----------------------------------------------------------------------------------------------------

ANONYMOUS, DEACTIVATED = "anonymous", "deactivated approver"
STRANGER, ELSEWHERE = "signed-in stranger", "administrator of another organisation"
VIEWER, EDITOR, APPROVER, ADMIN = "viewer", "editor", "approver", "administrator"
COORDINATOR, OTHER_COORDINATOR = "coordinator of this forum", "coordinator of another forum"
ASSURER = "assurer of this forum, engaged for nothing"
ENGAGED, ENGAGED_ELSEWHERE = "assurer engaged for this account", "assurer of this forum, engaged elsewhere in it"
FUNDER, OTHER_FUNDER = "funder of this account", "funder of another account"

SIGNED_OUT = {ANONYMOUS, DEACTIVATED}
SEES = {VIEWER, EDITOR, APPROVER, ADMIN, COORDINATOR}
WRITES = {EDITOR, ADMIN}
MANAGES = {ADMIN}
FREEZES = {EDITOR, ADMIN, APPROVER}
PUBLISHES = {APPROVER}
OUTSIDE = {STRANGER, ELSEWHERE, OTHER_COORDINATOR, ASSURER, ENGAGED, ENGAGED_ELSEWHERE, FUNDER, OTHER_FUNDER}
SIGNED_IN = SEES | OUTSIDE
ASSIGNS = {COORDINATOR}
ASSURES = {ENGAGED}
HAVE_AN_APP = {COORDINATOR, OTHER_COORDINATOR, ASSURER, ENGAGED, ENGAGED_ELSEWHERE}
EVERYONE = SIGNED_IN | SIGNED_OUT
NOT_OFFERED = None

_KEY = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# --- What happens to them ---------------------------------------------------------------------------------------

LET_IN, SENT_TO_SIGN_IN = "let in", "sent to sign in"
SENT_TO_SET_UP = "sent to set up a second factor"
REFUSED, NOT_FOUND, NO_SUCH_METHOD = "refused (403)", "not found (404)", "no such method (405)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who is let in by each method (None: it is not offered), and who else may know that there is something."""

    get: set[str] | None
    post: set[str] | None = NOT_OFFERED
    knows: frozenset[str] = frozenset(SEES)

    def expected(self, who: str, method: str) -> str:
        """Return what must happen to somebody."""
        let_in = self.get if method == "GET" else self.post
        if who in SIGNED_OUT and self.get != EVERYONE:
            return SENT_TO_SIGN_IN
        if let_in is None:
            return NO_SUCH_METHOD
        if who in let_in:
            return LET_IN
        return REFUSED if who in self.knows else NOT_FOUND


OF_THE_PERSON: frozenset[str] = frozenset()
"""Nobody but those let in may know that there is something."""

DOORS: dict[str, Door] = {
    # Everyone's
    "healthz": Door(get=EVERYONE),
    "readyz": Door(get=EVERYONE),
    "accounts:sign_in": Door(get=EVERYONE, post=EVERYONE),
    "account_login": Door(get=EVERYONE, post=EVERYONE),
    "mfa_authenticate": Door(get=EVERYONE, post=EVERYONE),  # leads back to signing in until a password was given
    "mfa_login_webauthn": Door(get=EVERYONE, post=EVERYONE),
    "account_signup": Door(get=EVERYONE, post=EVERYONE),  # says that it takes an invitation
    "account_email_verification_sent": Door(get=EVERYONE),
    "account_confirm_email": Door(get=EVERYONE, post=set(), knows=OF_THE_PERSON),  # a key that never was
    "account_reset_password": Door(get=EVERYONE, post=EVERYONE),
    "account_reset_password_done": Door(get=EVERYONE),
    "account_reset_password_from_key": Door(get=EVERYONE, post=EVERYONE),  # says that the link is no longer good
    "account_reset_password_from_key_done": Door(get=EVERYONE),
    "accounts:follow_invitation": Door(get=EVERYONE),
    "accounts:invitation": Door(get=EVERYONE, post=EVERYONE),  # says what to do to whoever followed none
    "reports:verify": Door(get=EVERYONE, post=EVERYONE),
    "reports:verify_code": Door(get=EVERYONE),
    "reports:stop_letters": Door(get=EVERYONE, post=EVERYONE),  # says that the link is not complete
    "outcomes:reply": Door(get=EVERYONE, post=EVERYONE),
    "outcomes:reply_code": Door(get=EVERYONE, post=EVERYONE),
    # Everyone's who is signed in: what it shows is their own
    "accounts:my_accounts": Door(get=SIGNED_IN),
    "accounts:sign_out": Door(get=NOT_OFFERED, post=SIGNED_IN),
    "account_logout": Door(get=NOT_OFFERED, post=SIGNED_IN),
    "accounts:you": Door(get=SIGNED_IN, post=SIGNED_IN),
    "accounts:second_factor_first": Door(get=SIGNED_IN),
    "account_reauthenticate": Door(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_reauthenticate": Door(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_reauthenticate_webauthn": Door(get=SIGNED_IN, post=SIGNED_IN),
    "account_email": Door(get=SIGNED_IN, post=SIGNED_IN),
    "account_change_password": Door(get=SIGNED_IN, post=SIGNED_IN),
    "account_set_password": Door(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_index": Door(get=SIGNED_IN),
    "mfa_activate_totp": Door(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_deactivate_totp": Door(get=HAVE_AN_APP, post=HAVE_AN_APP, knows=OF_THE_PERSON),
    "mfa_view_recovery_codes": Door(get=set(), knows=OF_THE_PERSON),  # nobody here has any
    "mfa_download_recovery_codes": Door(get=set(), post=set(), knows=OF_THE_PERSON),
    "mfa_generate_recovery_codes": Door(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_list_webauthn": Door(get=SIGNED_IN),
    "mfa_add_webauthn": Door(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_edit_webauthn": Door(get=SIGNED_IN, post=SIGNED_IN),  # asks for the password before it looks for anything
    "mfa_remove_webauthn": Door(get=SIGNED_IN, post=SIGNED_IN),
    "usersessions_list": Door(get=SIGNED_IN, post=SIGNED_IN),
    "outcomes:template": Door(get=SIGNED_IN),
    "outcomes:words": Door(get=SIGNED_IN),
    "reports:published": Door(get=SIGNED_IN),
    "reports:engagements": Door(get=SIGNED_IN),
    "reports:letters": Door(get=SIGNED_IN, post=SIGNED_IN),
    "outcomes:marked_workbook": Door(get={EDITOR}, knows=OF_THE_PERSON),
    # An organisation's
    "accounts:organisation": Door(get=SEES),
    "accounts:about_organisation": Door(get=MANAGES, post=MANAGES),
    "accounts:people": Door(get=SEES),
    "accounts:invite": Door(get=MANAGES, post=MANAGES),
    "accounts:member": Door(get=MANAGES, post=MANAGES),
    "accounts:remove_member": Door(get=MANAGES, post=MANAGES),
    "accounts:send_invitation_again": Door(get=NOT_OFFERED, post=MANAGES),
    "accounts:withdraw_invitation": Door(get=NOT_OFFERED, post=MANAGES),
    "outcomes:start": Door(get=WRITES, post=WRITES),
    "outcomes:begin": Door(get=WRITES, post=WRITES),
    # An account's
    "outcomes:steps": Door(get=SEES),
    "outcomes:step": Door(get=SEES),
    "outcomes:account": Door(get=SEES),
    "outcomes:details": Door(get=SEES, post=WRITES),
    "outcomes:value_map": Door(get=SEES),
    "outcomes:sensitivity": Door(get=SEES),
    "outcomes:theory_of_change": Door(get=SEES, post=WRITES),
    "outcomes:principles": Door(get=SEES),
    "outcomes:importance": Door(get=SEES, post=WRITES),
    "outcomes:factors": Door(get=SEES),
    "outcomes:factor": Door(get=SEES, post=WRITES),
    "outcomes:figure": Door(get=SEES),
    "outcomes:history": Door(get=SEES),
    "outcomes:history_csv": Door(get=SEES),
    "outcomes:workbook": Door(get=SEES, post=WRITES),
    "outcomes:export": Door(get=SEES),
    "outcomes:contents": Door(get=SEES),
    "outcomes:entries": Door(get=SEES),
    "outcomes:new_entry": Door(get=WRITES, post=WRITES),
    "outcomes:entry": Door(get=SEES, post=WRITES),
    "outcomes:remove_entry": Door(get=WRITES, post=WRITES),
    "outcomes:copy_entry": Door(get=WRITES, post=WRITES),
    "outcomes:move_entry": Door(get=NOT_OFFERED, post=WRITES),
    "outcomes:undo": Door(get=NOT_OFFERED, post=WRITES),
    "outcomes:grid": Door(get=WRITES),
    "outcomes:ledger": Door(get=SEES, post=WRITES),
    "outcomes:co_production": Door(get=SEES, post=WRITES),
    "outcomes:goals": Door(get=SEES, post=WRITES),
    "outcomes:indicator": Door(get=SEES, post=WRITES),
    "outcomes:new_evidence": Door(get=WRITES, post=WRITES),
    "outcomes:evidence_file": Door(get=SEES),
    "outcomes:replies": Door(get=SEES),
    "outcomes:new_replies": Door(get=WRITES, post=WRITES),
    "outcomes:answer_reply": Door(get=WRITES, post=WRITES),
    # A report's
    "reports:reports": Door(get=SEES, post=FREEZES),
    "reports:submit": Door(get=SEES, post=PUBLISHES),
    "reports:explain": Door(get=NOT_OFFERED, post=FREEZES),
    "reports:take_back": Door(get=PUBLISHES, post=PUBLISHES),
    "reports:rendering": Door(get=SEES),
    "reports:versions": Door(get=SEES),
    "reports:changed_since": Door(get=SEES),
    "reports:difference": Door(get=SEES),
    # An assurance's
    "reports:assurance": Door(get=SEES, post=ASSIGNS),
    "reports:relieve": Door(get=NOT_OFFERED, post=ASSIGNS),
    "reports:answer": Door(get=WRITES, post=WRITES),
    "reports:workbench": Door(get=ASSURES, knows=OF_THE_PERSON),
    "reports:declare": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:judge": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:sample": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:trace": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:calculation": Door(get=ASSURES, knows=OF_THE_PERSON),
    "reports:changes": Door(get=ASSURES, knows=OF_THE_PERSON),
    "reports:ask": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:thread": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:close": Door(get=NOT_OFFERED, post=ASSURES, knows=OF_THE_PERSON),
    "reports:give_back": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:conclude": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:sign": Door(get=ASSURES, post=ASSURES, knows=OF_THE_PERSON),
    "reports:try_again": Door(get=NOT_OFFERED, post=FREEZES),
    "reports:editions": Door(get=NOT_OFFERED, post=FREEZES),
    "reports:publish": Door(get=PUBLISHES, post=PUBLISHES),
    "reports:withdraw": Door(get=PUBLISHES, post=PUBLISHES),
    "reports:download": Door(get=SEES),
    "reports:download, published": Door(get=SEES | {FUNDER}),
    "reports:workbook": Door(get=SEES),
    "reports:workbook, published": Door(get=SEES | {FUNDER}),
    "reports:data": Door(get=SEES),
    "reports:data, published": Door(get=SEES | {FUNDER}),
    "reports:funders": Door(get=SEES, post=MANAGES),
    "reports:end_grant": Door(get=MANAGES, post=MANAGES),
}

# --- The doors, as the URLconf has them --------------------------------------------------------------------------


def patterns(
    found: list[URLPattern | URLResolver] | None = None, name: str = "", route: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the name and the route of every address that is answered."""
    for each in get_resolver().url_patterns if found is None else found:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, f"{name}{each.namespace}:" if each.namespace else name, here)
        else:
            yield f"{name}{each.name or here}", here


def ours() -> set[str]:
    """Return the names of the doors that are not the administration site's."""
    return {name for name, _route in patterns() if not name.startswith("admin:")}


def addresses_of_the_administration(key: UUID) -> list[str]:
    """Return an address of every door of the administration site."""
    routes = [route for name, route in patterns() if name.startswith("admin:")]
    filled = [re.sub(r"\(\?P<app_label>[^)]*\)", "accounts", route) for route in routes]
    filled = [re.sub(r"\(\?P<url>[^)]*\)", "nothing/", route) for route in filled]
    return ["/" + re.sub(r"<[^>]*>", str(key), route).replace("^", "").replace("$", "") for route in filled]


# --- The world in which they are tried ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """An organisation with everything that a door may lead to, and somebody of every kind, signed in."""

    keeper: Organisation
    member: Person
    token: str
    """What the link of an invitation holds."""
    account: Account
    job: RenderJob
    draft: Report
    published: Report
    grant: Grant
    refused_workbook: UUID
    evidence: str
    removed: int
    """The record of a removal."""
    question: Question
    """What the assurer of another account of the organisation asked."""
    round: replying.Round
    """A round of replies of that account."""
    people: dict[str, Client]

    def address(self, door: str) -> str:
        """Return the address of a door to what this organisation has."""
        name, _comma, _variant = door.partition(", ")
        row = {"account_id": self.account.id, "slug": "outcomes"}
        keeper = {"organisation": self.keeper.slug}
        member = keeper | {"person_id": self.member.id}
        invited: Any = account_queries.invitation_by_token(self.token)
        invitation = keeper | {"invitation_id": invited.id}
        engagement = {"engagement_id": self.question.engagement_id}
        given: dict[str, dict[str, object]] = {
            "account_confirm_email": {"key": "a-key"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "a-key"},
            "mfa_edit_webauthn": {"pk": 1},
            "mfa_remove_webauthn": {"pk": 1},
            "outcomes:marked_workbook": {"refused_id": self.refused_workbook},
            "accounts:follow_invitation": {"token": self.token},
            "accounts:organisation": keeper,
            "accounts:about_organisation": keeper,
            "accounts:people": keeper,
            "accounts:invite": keeper,
            "accounts:member": member,
            "accounts:remove_member": member,
            "accounts:send_invitation_again": invitation,
            "accounts:withdraw_invitation": invitation,
            "outcomes:start": keeper,
            "outcomes:begin": {"organisation": self.keeper.slug},
            "outcomes:step": {"account_id": self.account.id, "stage": "who"},
            "outcomes:figure": {"account_id": self.account.id, "name": "ratio"},
            "outcomes:entries": row,
            "outcomes:new_entry": row,
            "outcomes:entry": row | {"ref": "O1"},
            "outcomes:remove_entry": row | {"ref": "O1"},
            "outcomes:copy_entry": row | {"ref": "O1"},
            "outcomes:move_entry": row | {"ref": "O1"},
            "outcomes:grid": row,
            "outcomes:undo": {"account_id": self.account.id, "record_id": self.removed},
            "outcomes:factor": {"account_id": self.account.id, "ref": "O1"},
            "outcomes:indicator": {"account_id": self.account.id, "indicator_ref": "I1"},
            "outcomes:evidence_file": {"account_id": self.account.id, "sha256": self.evidence},
            "outcomes:replies": {"account_id": self.round.account.id},
            "outcomes:new_replies": {"account_id": self.round.account.id, "group_ref": self.round.group},
            "outcomes:answer_reply": {"account_id": self.round.account.id, "reply_id": self.round.objection.id},
            "outcomes:reply_code": {"reply_code": self.round.unused},
            "reports:answer": {"question_id": self.question.id},
            **{name: engagement for name, needs in patterns() if "engagement_id" in needs},
            "reports:judge": engagement | {"principle": 1},
            "reports:trace": engagement | {"number": 1},
            "reports:thread": engagement | {"question_id": self.question.id},
            "reports:close": engagement | {"question_id": self.question.id},
            "reports:verify_code": {"code": self.published.code},
            "reports:rendering": {"job_id": self.job.id},
            "reports:changed_since": {"account_id": self.account.id, "earlier": 1},
            "reports:difference": {"account_id": self.account.id, "earlier": 1, "later": 2},
            "reports:try_again": {"job_id": self.job.id},
            "reports:editions": {"report_id": self.draft.id},
            "reports:publish": {"report_id": self.draft.id},
            "reports:withdraw": {"report_id": self.draft.id},
            "reports:download": {"report_id": self.draft.id},
            "reports:download, published": {"report_id": self.published.id},
            "reports:workbook": {"report_id": self.draft.id},
            "reports:workbook, published": {"report_id": self.published.id},
            "reports:data": {"report_id": self.draft.id},
            "reports:data, published": {"report_id": self.published.id},
            "reports:end_grant": {"grant_id": self.grant.id},
            "reports:stop_letters": {"token": "a-token"},
        }
        of_an_account = "account_id" in dict(patterns())[name]
        return reverse(name, kwargs=given.get(door, {"account_id": self.account.id} if of_an_account else {}))

    def address_of_nothing(self, door: str) -> str:
        """Return the address at which the like of what this organisation has would be, had it ever been."""
        address = self.address(door).replace(self.keeper.slug, "never-was")
        return _KEY.sub(str(uuid4()), address)


def build() -> World:
    """Return a world in which every door leads somewhere."""
    network, other_network = factories.forum(), factories.forum()
    keeper, elsewhere = factories.organisation("The keeper", forum=network), factories.organisation("Elsewhere")
    account, other_account = factories.account(keeper=keeper), factories.account(keeper=elsewhere)
    published = factories.published(account)
    outcome_services.replace_facts(
        actor=None, account=account, facts=factories.wide_facts(2), now=factories.NOW, source="a test", reason="Mended"
    )
    draft = factories.report(account)
    outcome_services.replace_facts(
        actor=None, account=account, facts=factories.small_facts(), now=factories.NOW, source="a test", reason="Mended"
    )
    foundation, other_foundation = factories.organisation("A foundation"), factories.organisation("Another")
    grant = factories.grant(foundation, account)
    factories.grant(other_foundation, other_account)
    people: dict[str, Person | None] = {
        ANONYMOUS: None,
        STRANGER: factories.person(),
        ELSEWHERE: factories.member(Role.ADMIN, elsewhere),
        VIEWER: factories.member(Role.VIEWER, keeper),
        EDITOR: factories.member(Role.EDITOR, keeper),
        APPROVER: factories.member(Role.APPROVER, keeper),
        ADMIN: factories.member(Role.ADMIN, keeper),
        COORDINATOR: factories.member(Role.COORDINATOR, network),
        OTHER_COORDINATOR: factories.member(Role.COORDINATOR, other_network),
        ASSURER: factories.member(Role.ASSURER, network),
        ENGAGED: factories.member(Role.ASSURER, network),
        ENGAGED_ELSEWHERE: factories.member(Role.ASSURER, network),
        FUNDER: factories.member(Role.FUNDER, foundation),
        OTHER_FUNDER: factories.member(Role.FUNDER, other_foundation),
        DEACTIVATED: factories.member(Role.APPROVER, keeper),
    }
    question = assured(keeper, network, people[ENGAGED])
    assured(factories.organisation("Next door", forum=network), network, people[ENGAGED_ELSEWHERE])
    clients = {who: signed_in(person) for who, person in people.items()}
    Person.objects.filter(pk=people[DEACTIVATED].pk).update(is_active=False)
    kept = outcome_services.keep_refused(person=people[EDITOR], name="club.xlsx", marked=b"marked", now=factories.NOW)
    outcome_services.add_row(
        actor=people[EDITOR], account=account, noun=Indicator, typed={"outcome": "O1", "name": "x"}, now=factories.NOW
    )
    borne_out: Any = outcome_services.keep_file(
        actor=people[EDITOR], account=account, typed={}, content=b"%PDF-", name="minutes.pdf", now=factories.NOW
    )
    outcome_services.add_row(
        actor=people[EDITOR], account=account, noun=Output, typed={"description": "Meals"}, now=factories.NOW
    )
    outcome_services.remove_row(
        actor=people[EDITOR], account=account, noun=Output, ref="P1", version=1, now=factories.NOW
    )
    _invitation, token = account_services.invite(
        actor=people[ADMIN], organisation=keeper, email="new@example.org", role=Role.VIEWER, now=factories.NOW
    )
    return World(
        keeper=keeper,
        member=people[VIEWER],
        token=token,
        account=account,
        removed=AuditRecord.objects.filter(account=account, verb="removed").latest("id").id,
        job=factories.failed(account, language="cy"),
        draft=draft,
        published=published,
        grant=grant,
        refused_workbook=kept.id,
        evidence=borne_out.file_sha256,
        question=question,
        round=replying.objected(question.engagement.submission.account),
        people=clients,
    )


def assured(keeper: Organisation, network: Forum, assurer: Person | None) -> Question:
    """Return what an assurer asked about an account of this organisation, after drawing a sample."""
    held = assuring.declared(assuring.assigned(keeper, network, assurer))
    work: dict[str, Any] = {"actor": held.assurer, "engagement": held.engagement, "now": assuring.NOW}
    report_services.sample(**work, seed=7)
    return report_services.ask(**work, about="O1", text="Who counted?")


def signed_in(person: Person | None) -> Client:
    """Return a browser in which this person has signed in."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


# --- Trying them ---------------------------------------------------------------------------------------------------


def knock(world: World, address: str, who: str, method: str) -> tuple[Any, bytes]:
    """Return the answer and its whole body; whatever it changed is undone."""
    client = world.people[who]
    session = dict(client.cookies)
    with transaction.atomic():
        answer: Any = client.get(address) if method == "GET" else client.post(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(session)
    return answer, body


def as_seen(world: World, address: str, who: str, method: str) -> tuple[int, dict[str, str], str]:
    """Return all that somebody can see of an answer, but for what is new in each: its reference and its tokens."""
    answer, body = knock(world, address, who, method)
    seen = body.decode().replace(address, "ADDRESS").replace(answer.headers.get(HEADER, "none"), "REFERENCE")
    seen = re.sub(r"\b[A-Za-z0-9]{64}\b", "TOKEN", seen)
    headers = {name: value for name, value in answer.headers.items() if name != HEADER}
    return answer.status_code, headers, seen


def what_happens(world: World, address: str, who: str, method: str) -> str:
    """Knock, and return what happened."""
    answer, _body = knock(world, address, who, method)
    to_sign_in = (reverse("accounts:sign_in"), reverse("admin:login"))
    if answer.status_code == 302 and answer.url.partition("?")[0] in to_sign_in and "?next=" in answer.url:
        return SENT_TO_SIGN_IN
    if answer.status_code == 302 and answer.url == reverse("accounts:second_factor_first"):
        return SENT_TO_SET_UP
    known = {403: REFUSED, 404: NOT_FOUND, 405: NO_SUCH_METHOD}
    if answer.status_code in known:
        return known[answer.status_code]
    return LET_IN if answer.status_code in {200, 302, 409, 422} else f"status {answer.status_code}"


def disagreements(world: World, doors: Iterable[str] = tuple(DOORS)) -> Iterator[str]:
    """Yield each door, person and method at which something else happens than the table says."""
    for name in doors:
        address = world.address(name)
        for who in world.people:
            for method in ("GET", "POST"):
                expected, happened = DOORS[name].expected(who, method), what_happens(world, address, who, method)
                if happened != expected:
                    yield f"{method} {name} as {who}: {happened}, and should be: {expected}"
