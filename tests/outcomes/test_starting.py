"""Starting an account on the screen: a few questions, and never two accounts for one."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AuditRecord, Organisation, Person
from accounts.nouns import Edition, Language
from accounts.roles import Role
from outcomes import services
from outcomes.intake import Unacceptable
from tests import factories
from tests.architecture.gate import signed_in
from tests.racing import race

pytestmark = pytest.mark.django_db

TYPED = {"name": "Luncheon club", "activity": "We eat together.", "kind": "evaluative", "period_start": "01/04/2025"}


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("The keeper")


@pytest.fixture
def editor(keeper: Organisation) -> Person:
    return factories.member(Role.EDITOR, keeper)


def form_of(client: Client, keeper: Organisation) -> dict[str, str]:
    """Return what a form that is opened now sends, filled in."""
    form = client.get(reverse("outcomes:begin", args=[keeper.slug])).context["form"]
    return {**TYPED, "key": str(form["key"].value())}


def start(client: Client, keeper: Organisation, typed: dict[str, str]):
    return client.post(reverse("outcomes:begin", args=[keeper.slug]), typed)


def test_a_few_answers_start_an_account_and_lead_to_the_task_list(keeper, editor):
    client = signed_in(editor)
    answer = start(client, keeper, form_of(client, keeper))
    account = Account.objects.get(organisation=keeper)
    assert answer.url == reverse("outcomes:steps", args=[account.id])
    assert (account.name, account.kind, account.period_start.isoformat()) == (
        "Luncheon club",
        "evaluative",
        "2025-04-01",
    )


def test_what_is_not_asked_has_a_default(keeper, editor):
    client = signed_in(editor)
    start(client, keeper, form_of(client, keeper))
    account = Account.objects.get(organisation=keeper)
    assert (account.currency, account.discount_rate, account.year_one_is_discounted) == ("GBP", Decimal("0.035"), True)
    assert (account.significance_threshold, account.edition) == (Decimal("0.05"), Edition.SEVEN)
    assert account.language == Language.ENGLISH


def test_an_account_is_in_the_language_of_whoever_starts_it(keeper, editor):
    client = signed_in(editor)
    Person.objects.filter(pk=editor.pk).update(language="cy")
    start(client, keeper, form_of(client, keeper))
    assert Account.objects.get(organisation=keeper).language == Language.WELSH


def test_the_record_says_who_started_it(keeper, editor):
    client = signed_in(editor)
    start(client, keeper, form_of(client, keeper))
    record = AuditRecord.objects.get(account__organisation=keeper)
    assert (record.person, record.verb) == (editor, "opened")


def test_a_double_click_makes_one_account(keeper, editor):
    client = signed_in(editor)
    typed = form_of(client, keeper)
    answers = [start(client, keeper, typed) for _click in range(2)]
    assert Account.objects.filter(organisation=keeper).count() == 1
    assert answers[0].url == answers[1].url


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_account(keeper, editor):
    given = {**TYPED, "currency": "GBP", "year_one_is_discounted": "yes"}
    key = uuid4()

    def click() -> Account:
        return services.start_account(
            actor=editor, organisation=keeper, typed=given, key=key, now=factories.NOW, source="a test"
        )

    assert {account.id for account in race(click, click, click)} == {key}
    assert Account.objects.filter(organisation=keeper).count() == 1


def test_two_forms_make_two_accounts_though_they_say_the_same(keeper, editor):
    client = signed_in(editor)
    for typed in (form_of(client, keeper), form_of(client, keeper)):
        start(client, keeper, typed)
    assert Account.objects.filter(organisation=keeper).count() == 2


def test_a_form_that_was_changed_and_sent_again_is_not_swallowed(keeper, editor):
    client = signed_in(editor)
    typed = form_of(client, keeper)
    start(client, keeper, typed)
    start(client, keeper, typed | {"name": "Walking group"})
    assert set(Account.objects.filter(organisation=keeper).values_list("name", flat=True)) == {
        "Luncheon club",
        "Walking group",
    }


def test_a_key_of_somebody_elses_account_opens_nothing_of_theirs(keeper, editor):
    theirs = factories.account()
    client = signed_in(editor)
    answer = start(client, keeper, form_of(client, keeper) | {"key": str(theirs.id)})
    mine = Account.objects.get(organisation=keeper)
    assert answer.url == reverse("outcomes:steps", args=[mine.id])
    assert mine.id != theirs.id


def test_the_first_account_of_a_key_is_given_to_whoever_made_it_alone(keeper, editor):
    key, other = uuid4(), factories.member(Role.EDITOR, keeper)
    given = {**TYPED, "currency": "GBP", "year_one_is_discounted": "yes"}
    made = [
        services.start_account(actor=each, organisation=keeper, typed=given, key=key, now=factories.NOW, source="x")
        for each in (editor, editor, other)
    ]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("key", ["", "no key", "0" * 400])
def test_a_form_without_a_key_still_starts_an_account(keeper, editor, key):
    assert start(signed_in(editor), keeper, {**TYPED, "key": key}).status_code == 302


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(keeper, editor):
    typed = {"name": "", "kind": "", "activity": "We eat together.", "period_start": "tomorrow", "key": str(uuid4())}
    answer = start(signed_in(editor), keeper, typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "kind", "period_start"}
    page = answer.content.decode()
    assert all(word in page for word in ("We eat together.", "tomorrow", typed["key"]))
    assert not Account.objects.filter(organisation=keeper).exists()


def test_a_period_that_runs_backwards_is_refused_at_its_end(keeper, editor):
    typed = {**TYPED, "period_end": "01/04/2024"}
    answer = start(signed_in(editor), keeper, typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"period_end"}


def test_the_service_refuses_what_the_form_would(keeper, editor):
    with pytest.raises(Unacceptable):
        services.start_account(
            actor=editor, organisation=keeper, typed={}, key=uuid4(), now=factories.NOW, source="a test"
        )
    assert not Account.objects.exists()


def test_each_way_to_start_leads_to_the_other(keeper, editor):
    client = signed_in(editor)
    by_hand, by_workbook = (reverse(f"outcomes:{name}", args=[keeper.slug]) for name in ("begin", "start"))
    assert by_workbook in client.get(by_hand).content.decode()
    assert by_hand in client.get(by_workbook).content.decode()
