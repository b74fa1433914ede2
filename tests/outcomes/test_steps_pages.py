"""The task list and the pages of the stages: what is there, what is open, and the way back to where one was."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account, Organisation
from accounts.roles import Role
from outcomes import glossary, stages
from outcomes.nouns import Facts
from outcomes.stages import STAGES
from tests import factories
from tests.architecture.gate import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation()


@pytest.fixture
def editing(keeper: Organisation) -> Client:
    return signed_in(factories.member(Role.EDITOR, keeper))


def opened(keeper: Organisation) -> Account:
    """Return an account on its first day."""
    return factories.account(Facts(account=factories.small_facts().account), keeper=keeper)


def page(client: Client, account: Account, stage: str = "") -> str:
    """Return the task list, or the page of a stage."""
    address = (
        reverse("outcomes:step", args=[account.id, stage]) if stage else reverse("outcomes:steps", args=[account.id])
    )
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_task_list_has_every_stage_with_how_it_stands(keeper, editing):
    shown = page(editing, opened(keeper))
    assert [stage.title in shown for stage in STAGES] == [True] * 9
    assert shown.count("Not started") == 8
    assert "0 of 9 are done." in shown


def test_the_task_list_counts_what_is_missing_and_what_needs_a_reason(keeper, editing):
    account = factories.account(keeper=keeper)
    told = {
        each.title.split(". ")[1]: each.words
        for each in editing.get(reverse("outcomes:steps", args=[account.id])).context["tasks"]
    }
    assert told["Who is affected?"] == "2 missing, 2 need a reason"


def test_a_complete_account_is_done_throughout(keeper, editing):
    shown = page(editing, factories.account(factories.complete_facts(), keeper=keeper))
    assert "9 of 9 are done." in shown
    assert "Go on:" not in shown


def test_the_way_on_leads_to_the_first_stage_that_wants_something(keeper, editing):
    assert "Go on: What is this account about?" in page(editing, opened(keeper))


def test_whoever_may_only_look_is_offered_nothing_to_add(keeper):
    looking = signed_in(factories.member(Role.VIEWER, keeper))
    account = opened(keeper)
    assert "Go on:" not in page(looking, account)
    for stage in STAGES:
        shown = page(looking, account, stage.slug)
        assert "/new/?" not in shown
        assert "Answer<span" not in shown


@pytest.mark.parametrize("facts", [factories.complete_facts, factories.small_facts, factories.unworkable_facts])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.slug)
def test_every_stage_shows_its_help_its_words_and_its_neighbours(keeper, editing, stage, facts):
    shown = page(editing, factories.account(facts(), keeper=keeper), stage.slug)
    assert stage.help in shown
    assert all(glossary.BY_SLUG[slug].example in shown for slug in stage.terms)
    number = STAGES.index(stage)
    neighbours = [each for at, each in enumerate(STAGES) if abs(at - number) == 1]
    assert all(f"/steps/{each.slug}/" in shown for each in neighbours)


def test_a_stage_that_does_not_exist_is_not_found(keeper, editing):
    address = reverse("outcomes:step", args=[opened(keeper).id, "tenth"])
    assert editing.get(address).status_code == 404


def test_an_empty_stage_teaches_with_an_example_and_offers_to_add(keeper, editing):
    account = opened(keeper)
    shown = page(editing, account, "who")
    assert glossary.BY_SLUG["stakeholder"].example in shown
    assert f"{reverse('outcomes:new_entry', args=[account.id, 'stakeholders'])}?stage=who" in shown


def test_a_stage_lists_its_rows_each_with_the_way_to_it(keeper, editing):
    account = factories.account(keeper=keeper)
    shown = page(editing, account, "who")
    assert "S1 Members" in shown
    assert f"{reverse('outcomes:entry', args=[account.id, 'stakeholders', 'S1'])}?stage=who" in shown


def test_a_long_list_shows_its_first_rows_and_leads_to_the_rest(keeper, editing):
    account = factories.account(factories.wide_facts(60), keeper=keeper)
    shown = page(editing, account, "anyway")
    assert "And 228 more" in shown
    assert "And 48 more" in shown


def test_what_a_change_answers_elsewhere_opens_as_a_form_of_these_questions_alone(keeper, editing):
    account = factories.account(keeper=keeper)
    shown = page(editing, account, "left-out")
    assert "/entries/outcomes/row/O1/?only=relevant&only=relevance_reason" in shown
    address = reverse("outcomes:entry", args=[account.id, "outcomes", "O1"])
    form = editing.get(f"{address}?only=relevant&only=decision&stage=left-out").context["form"]
    assert {"relevant", "decision"} <= set(form.fields)
    assert "name" not in form.fields


def test_every_open_thing_leads_to_the_very_field_and_back(keeper, editing):
    account = factories.account(keeper=keeper)
    for stage in STAGES:
        answer = editing.get(reverse("outcomes:step", args=[account.id, stage.slug]))
        for finding in answer.context["open"]:
            for mend in finding.mends:
                assert f"stage={stage.slug}#id_" in mend.url
            assert not finding.explain_url or f"stage={stage.slug}#id_reason" in finding.explain_url


def test_a_stage_that_nobody_knows_is_no_way_back(keeper, editing):
    account = factories.account(keeper=keeper)
    address = reverse("outcomes:entry", args=[account.id, "stakeholders", "S1"])
    answer = editing.post(f"{address}?stage=//evil.example", {"name": "All", "version": "1"})
    assert answer.url == reverse("outcomes:entries", args=[account.id, "stakeholders"])


def test_the_five_statements_lead_to_their_answers(keeper, editing):
    account = opened(keeper)
    shown = page(editing, account, "co-production")
    assert shown.count("Not answered yet") == 5
    assert "statement=assets&stage=co-production" in shown


def test_steps_come_first_among_the_pages_of_an_account(keeper, editing):
    account = opened(keeper)
    shown = page(editing, account)
    ways = shown[shown.index("account-nav") :]
    steps, overview = (
        ways.index(f'href="{reverse(name, args=[account.id])}"') for name in ("outcomes:steps", "outcomes:account")
    )
    assert steps < overview


def test_the_page_of_words_explains_every_term(editing):
    shown = unescape(editing.get(reverse("outcomes:words")).content.decode())
    for term in glossary.TERMS:
        assert f'id="{term.slug}"' in shown
        assert term.example in shown


def test_every_page_of_somebody_who_is_signed_in_leads_to_the_words(editing):
    assert reverse("outcomes:words") in editing.get(reverse("accounts:my_accounts")).content.decode()
    assert reverse("outcomes:words") not in Client().get(reverse("accounts:sign_in")).content.decode()


def test_a_form_explains_a_term_beside_its_field(keeper, editing):
    account = factories.account(keeper=keeper)
    shown = unescape(editing.get(reverse("outcomes:new_entry", args=[account.id, "valuations"])).content.decode())
    assert "What is a proxy?" in shown
    assert glossary.BY_SLUG["proxy"].example in shown


def test_the_figure_of_a_factor_explains_that_factor(keeper, editing):
    account = factories.account(keeper=keeper)
    shown = editing.get(reverse("outcomes:entry", args=[account.id, "adjustments", "A1"])).content.decode()
    assert "What is deadweight?" in shown
    assert "What is displacement?" not in shown


def test_stages_are_known_by_the_slug_of_their_address():
    assert list(stages.BY_SLUG) == [stage.slug for stage in STAGES]


def test_whoever_saves_a_row_from_a_stage_returns_to_it(keeper, editing):
    account = opened(keeper)
    here = reverse("outcomes:step", args=[account.id, "who"])
    new = f"{reverse('outcomes:new_entry', args=[account.id, 'stakeholders'])}?stage=who"
    assert editing.post(new, {"ref": "S1", "name": "Members"}).url == here
    change = f"{reverse('outcomes:entry', args=[account.id, 'stakeholders', 'S1'])}?stage=who"
    assert editing.post(change, {"name": "All members", "version": "1"}).url == here
    details = f"{reverse('outcomes:details', args=[account.id])}?stage=scope"
    given = {"name": "A club", "kind": "forecast", "currency": "GBP", "year_one_is_discounted": "no", "version": "1"}
    assert editing.post(details, given).url == reverse("outcomes:step", args=[account.id, "scope"])


def test_the_way_out_of_a_form_leads_back_to_the_stage(keeper, editing):
    account = factories.account(keeper=keeper)
    here = reverse("outcomes:step", args=[account.id, "who"])
    for name, arguments in (("new_entry", ["stakeholders"]), ("entry", ["stakeholders", "S1"]), ("details", [])):
        address = reverse(f"outcomes:{name}", args=[account.id, *arguments])
        assert editing.get(f"{address}?stage=who").context["back_url"] == here


def test_every_page_that_serves_a_stage_is_linked_there(keeper, editing):
    account = opened(keeper)
    for stage in STAGES:
        shown = page(editing, account, stage.slug)
        assert [door.name for door in stage.doors if reverse(door.name, args=[account.id]) not in shown] == []
