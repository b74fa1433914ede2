"""Everything that was ever raised: what was kept, what was dropped, by whom and why; and the decision made there."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.models import Account, Person
from accounts.roles import Role
from outcomes import services
from outcomes.nouns import Facts
from stakeholders.nouns import Consideration, Stakeholder
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, facts_of
from tests.outcomes.reading import at, editing, links, main_of, reading

pytestmark = pytest.mark.django_db


def judged() -> Facts:
    """Return an account with an outcome of each kind: kept, judged too small, left out, not decided."""
    wide = factories.wide_facts(4)
    first, second, third, fourth = wide.outcomes
    return replace(
        wide,
        account=replace(wide.account, significance_threshold=Decimal("0.05")),
        stakeholders=(
            replace(wide.stakeholders[0], decision=Consideration.INCLUDED, reason="It is for them"),
            *wide.stakeholders[1:],
        ),
        outcomes=(
            replace(first, name="Less lonely", relevant=True, relevance_reason="Nine of twelve named it"),
            replace(second, name="Colder hall", significant=False, significance_reason="Too small"),
            replace(third, name="Longer trips", decision=Consideration.EXCLUDED, decision_reason="Nobody came by car"),
            replace(fourth, name="More at ease", decision=None),
        ),
    )


@pytest.fixture
def club() -> Account:
    return factories.account(judged())


def row(page: Any, key: str) -> str:
    """Return the words of one row of the ledger."""
    found = re.search(rf'<article class="raised" id="raised-{key}".*?</article>', page.text, re.DOTALL)
    assert found, key
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


def ref_of(account: Account, name: str) -> str:
    return next(each.ref for each in facts_of(account).outcomes if each.name == name)


def decide_at(account: Account, ref: str, slug: str = "outcomes") -> str:
    return f"{at(account, 'ledger')}?{urlencode({'noun': slug, 'ref': ref})}"


def typed(client: Any, address: str) -> dict[str, str]:
    """Return what the open form would send as it stands."""
    form = client.get(address).context["form"]
    return {bound.html_name: "" if bound.value() is None else str(bound.value()) for bound in form}


# --- What it shows ---


def test_each_outcome_and_each_group_says_what_became_of_it_and_why(club: Account):
    page = reading(club).get(at(club, "ledger"))
    assert "Nine of twelve named it" in row(page, f"outcomes-{ref_of(club, 'Less lonely')}")
    assert "Judged not significant" in row(page, f"outcomes-{ref_of(club, 'Colder hall')}")
    left_out = row(page, f"outcomes-{ref_of(club, 'Longer trips')}")
    assert "Left out" in left_out
    assert "Nobody came by car" in left_out
    assert "Not decided yet" in row(page, f"outcomes-{ref_of(club, 'More at ease')}")
    assert "It is for them" in row(page, f"stakeholders-{judged().stakeholders[0].ref}")


def test_each_leads_to_its_row(club: Account):
    assert at(club, "entry", "outcomes", ref_of(club, "Colder hall")) in links(reading(club).get(at(club, "ledger")))


def test_the_share_of_all_value_is_told_with_what_it_is_of_and_beside_the_threshold(club: Account):
    page = reading(club).get(at(club, "ledger"))
    kept = row(page, f"outcomes-{ref_of(club, 'Less lonely')}")
    assert re.search(r"Makes up £[\d,.]+ of £[\d,.]+ \([\d.]+%\)\. That (reaches|is below) the threshold of 5%", kept)
    for name in ("Longer trips", "More at ease"):
        assert re.search(r"Would make up £[\d,.]+ of £[\d,.]+ \(", row(page, f"outcomes-{ref_of(club, name)}")), name


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("kept", {"Less lonely"}),
        ("dropped", {"Colder hall", "Longer trips"}),
        ("open", {"More at ease"}),
        ("all", {"Less lonely", "Colder hall", "Longer trips", "More at ease"}),
        ("nonsense", {"Less lonely", "Colder hall", "Longer trips", "More at ease"}),
    ],
)
def test_the_ledger_can_be_narrowed(club: Account, show: str, names: set[str]):
    page = told(reading(club).get(at(club, "ledger"), {"show": show}))
    assert {each.name for each in facts_of(club).outcomes if each.name in page} == names


def test_what_was_removed_stays_with_who_and_why(club: Account, editor: Person):
    given = {"name": "Neighbours <b>", "decision": "excluded", "reason": "They never noticed"}
    added: Any = services.add_row(actor=editor, account=club, noun=Stakeholder, typed=given, now=LATER)
    ref = added.ref
    services.remove_row(
        actor=editor, account=club, noun=Stakeholder, ref=ref, version=1, now=LATER, reason="Named twice"
    )
    page = reading(club).get(at(club, "ledger"))
    removed = row(page, f"stakeholders-{ref}")
    for words in ("Removed", str(editor), "23 November 2026", "Named twice", "They never noticed", "&lt;b&gt;"):
        assert words in removed
    assert at(club, "entry", "stakeholders", ref) not in links(page)


def test_what_came_back_is_not_listed_as_removed(club: Account, editor: Person):
    given = {"name": "Neighbours"}
    added: Any = services.add_row(actor=editor, account=club, noun=Stakeholder, typed=given, now=LATER)
    services.remove_row(actor=editor, account=club, noun=Stakeholder, ref=added.ref, version=1, now=LATER)
    record = club.audit_records.latest("id")
    services.restore_row(actor=editor, account=club, record_id=record.id, now=LATER)
    assert "Removed" not in row(reading(club).get(at(club, "ledger")), f"stakeholders-{added.ref}")


def test_what_a_workbook_left_behind_is_listed_with_its_name(club: Account, editor: Person):
    gone = ref_of(club, "More at ease")
    facts = judged()
    pared = replace(
        facts,
        **{
            name: tuple(each for each in getattr(facts, name) if getattr(each, "outcome", "") != gone)
            for name in ("indicators", "valuations", "adjustments", "scenarios", "well_being_goals", "sdg_targets")
        },
        outcomes=tuple(each for each in facts.outcomes if each.ref != gone),
        observations=(),
        chain_of_events=(),
        evidence=(),
        explanations=(),
    )
    services.replace_facts(actor=editor, account=club, facts=pared, now=LATER, source="club.xlsx")
    removed = row(reading(club).get(at(club, "ledger")), f"outcomes-{gone}")
    assert "More at ease" in removed
    assert "“club.xlsx” was brought in" in removed


# --- The decision ---


def test_the_decision_is_made_right_there(club: Account):
    client, ref = editing(club), ref_of(club, "More at ease")
    address = decide_at(club, ref)
    said = typed(client, address) | {"relevant": "yes", "decision": "excluded", "decision_reason": "Told by one person"}
    answer = client.post(address, said)
    assert answer.url == f"{at(club, 'ledger')}#raised-outcomes-{ref}"
    now = next(each for each in facts_of(club).outcomes if each.ref == ref)
    assert (now.relevant, now.decision, now.decision_reason) == (True, Consideration.EXCLUDED, "Told by one person")
    assert now.quantity == next(each for each in judged().outcomes if each.ref == ref).quantity


def test_a_group_is_decided_there_too(club: Account):
    client, ref = editing(club), judged().stakeholders[0].ref
    address = decide_at(club, ref, "stakeholders")
    client.post(address, typed(client, address) | {"reason": "They asked for it"})
    assert facts_of(club).stakeholders[0].reason == "They asked for it"


def test_htmx_gets_the_one_row_with_its_form(club: Account):
    ref = ref_of(club, "Less lonely")
    answer = editing(club).get(decide_at(club, ref), headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith("<article")
    assert answer.text.count("<article") == answer.text.count("<form") == 1


def test_two_who_decide_at_once_see_both_versions_and_lose_nothing(club: Account, editor: Person):
    ref = ref_of(club, "More at ease")
    client, address = editing(club), decide_at(club, ref)
    opened = typed(client, address)
    other = editing(club)
    other.post(address, opened | {"decision_reason": "Their words"})
    answer = client.post(address, opened | {"decision_reason": "My words"})
    assert answer.status_code == 409
    assert "Their words" in main_of(answer)
    assert "My words" in main_of(answer)
    again = {bound.html_name: str(bound.value() or "") for bound in answer.context["form"]}
    assert client.post(address, again).status_code == 302
    assert next(each for each in facts_of(club).outcomes if each.ref == ref).decision_reason == "My words"


def test_what_cannot_be_saved_comes_back_with_its_reason(club: Account):
    client, address = editing(club), decide_at(club, ref_of(club, "Less lonely"))
    answer = client.post(address, typed(client, address) | {"decision_reason": "hidden \x07 bell"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["decision_reason"]
    assert "hidden" in main_of(answer)


def test_a_decision_on_what_was_removed_meanwhile_keeps_what_was_typed(club: Account, editor: Person):
    added: Any = services.add_row(actor=editor, account=club, noun=Stakeholder, typed={"name": "Neighbours"}, now=LATER)
    client, address = editing(club), decide_at(club, added.ref, "stakeholders")
    opened = typed(client, address)
    services.remove_row(actor=editor, account=club, noun=Stakeholder, ref=added.ref, version=1, now=LATER)
    answer = client.post(address, opened | {"reason": "They hear the music"})
    assert answer.status_code == 409
    assert "They hear the music" in main_of(answer)


def test_who_may_only_read_gets_no_form(club: Account):
    address = decide_at(club, ref_of(club, "Less lonely"))
    client = reading(club)
    assert "<form" not in main_of(client.get(address))
    assert client.post(address, {"decision": "excluded"}).status_code == 403
    assert browser(factories.member(Role.EDITOR, factories.organisation())).get(address).status_code == 404


def test_only_what_is_raised_can_be_decided_there(club: Account):
    client = editing(club)
    assert client.get(decide_at(club, "N1", "inputs")).status_code == 404
    assert client.get(decide_at(club, "O99")).status_code == 404
