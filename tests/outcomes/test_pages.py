"""What the pages of an account say of it to those who read it."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest

from accounts.models import Account
from accounts.roles import Role
from outcomes import queries
from outcomes.views.wording import figures
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.reading import at, editing, in_points, just_started, links, main_of, reading, unworkable

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Account:
    """Return an account in which every noun is filled in and every check answered."""
    return factories.account(factories.complete_facts())


@pytest.fixture
def study() -> Account:
    """Return the published figures of a real study, with much still to be stated."""
    return factories.account(factories.timebank_facts())


# --- The ways between the pages ---------------------------------------------------------------------------------------


def ways_on(page: str) -> str:
    """Return the navigation of an account."""
    ways = page[page.index('<nav class="account-nav"') :]
    return ways[: ways.index("</nav>")]


def test_each_way_between_the_pages_leads_to_a_page_on_which_it_is_the_one_that_is_marked(club: Account) -> None:
    reader = reading(club)
    ways = re.findall(r'<a href="([^"]*)"[^>]*>([^<]+)</a>', ways_on(reader.get(at(club, "history")).text))
    assert len(ways) == 14
    for address, name in ways:
        assert address, name
        there = reader.get(address)
        assert there.status_code == 200, name
        assert re.findall(r'aria-current="true">([^<]+)<', ways_on(there.text)) == [name]


def test_every_page_of_an_account_is_one_link_away_in_three_groups(club: Account) -> None:
    ways = ways_on(reading(club).get(at(club, "history")).text)
    groups = {
        re.findall(r'id="ways-[a-z]+">([^<]+)<', each)[0]: re.findall(r"<a [^>]+>([^<]+)</a>", each)
        for each in ways.split('<div class="account-nav-group">')[1:]
    }
    assert set(groups) == {"Fill it in", "How it stands", "Hand it on"}
    assert {"Steps", "Everything in it", "Workbook", "History"} <= set(groups["Fill it in"])
    assert {"Overview", "Principles", "Value map", "How change happens", "How sure is it?"} <= set(
        groups["How it stands"]
    )
    assert {"Right of reply", "Check and submit", "Assurance", "Reports", "Funders"} <= set(groups["Hand it on"])
    assert re.findall(r'aria-current="true">([^<]+)<', ways) == ["History"]


# --- How it stands ----------------------------------------------------------------------------------------------------


def test_the_overview_gives_the_range_before_the_ratio_and_the_convention_with_it(club: Account) -> None:
    words = told(reading(club).get(at(club, "account")))
    assert words.index("£0.48 to £2.46") < words.index("Central: £1.29")
    assert "The first year of benefit is discounted." in words
    assert "no measure for comparing organisations" in words


def test_a_ratio_without_a_range_says_so(study: Account) -> None:
    words = told(reading(study).get(at(study, "account")))
    assert "€16.06 for each €1 put in" in words
    assert "No range yet" in words


def test_each_principle_has_a_sentence_and_leads_to_its_place(study: Account) -> None:
    page = reading(study).get(at(study, "account"))
    words = told(page)
    assert "Groups neither included nor left out: 1. Decide for each. And 3 more things." in words
    assert [link for link in links(page) if "#principle-" in link] == [
        f"{at(study, 'principles')}#principle-{number}" for number in range(1, 8)
    ]


def test_the_next_step_leads_to_the_very_field(study: Account) -> None:
    page = editing(study).get(at(study, "account"))
    assert "Next step" in told(page)
    assert f"{at(study, 'details')}#id_purpose" in links(page)
    assert "Go to “Purpose”" in told(page)


def test_the_next_step_says_at_which_stage_it_is(study: Account) -> None:
    page = editing(study).get(at(study, "account"))
    assert at(study, "step", "scope") in links(page)
    assert "What is this account about?" in told(page)


def test_who_may_not_write_is_told_the_next_step_without_the_way_to_it(study: Account) -> None:
    page = reading(study).get(at(study, "account"))
    assert "Next step" in told(page)
    assert not [link for link in links(page) if "#id_" in link]
    assert "Make a report" not in told(page)


def test_an_account_that_wants_nothing_says_so(club: Account) -> None:
    assert "Nothing is missing" in told(reading(club).get(at(club, "account")))


def test_an_account_that_cannot_be_worked_out_says_why_and_where_it_is_mended() -> None:
    account = factories.account(unworkable())
    for page in ("account", "value_map", "sensitivity"):
        answer = editing(account).get(at(account, page))
        assert "1901-02" in told(answer)
        assert f"{at(account, 'entry', 'valuations', 'W1')}#id_price_period" in links(answer)


def test_an_account_that_has_just_been_started_teaches_by_an_example() -> None:
    account = factories.account(just_started())
    page = editing(account).get(at(account, "account"))
    assert "For example: “Less lonely”" in told(page)
    assert "Go step by step" in told(page)
    assert "Go step by step" not in told(reading(account).get(at(account, "account")))


# --- The value map ----------------------------------------------------------------------------------------------------


def test_every_figure_of_the_value_map_leads_to_its_explanation(club: Account) -> None:
    page = reading(club).get(at(club, "value_map"))
    names = ("quantity", "value_each", "deadweight", "displacement", "attribution", "drop_off", "duration")
    for name in (*names, "impact", "present_value"):
        assert at(club, "figure", f"O1.{name}") in links(page)
    assert "20 people" in told(page)


def test_the_value_map_adds_up_what_can_be_added(club: Account) -> None:
    foot = main_of(reading(club).get(at(club, "value_map"))).split("<tfoot>")[1].split("</tfoot>")[0]
    assert re.findall(r"£[\d,.]+", foot) == ["£64,345.53", "£76,181.69"]


def test_what_is_left_out_is_listed_with_the_reason(club: Account) -> None:
    words = told(reading(club).get(at(club, "value_map")))
    assert "7 of 8 outcomes count." in words
    assert "O8 Walk further Judged not significant: Six people, and the walk itself is short." in words


def test_the_value_map_gives_the_range_with_the_ratio(club: Account) -> None:
    assert "Social return for each £1 put in £0.48 to £2.46, central £1.29" in told(
        reading(club).get(at(club, "value_map"))
    )


def test_an_account_without_money_shows_importance_and_shares_instead() -> None:
    account = factories.account(in_points())
    words = told(reading(account).get(at(account, "value_map")))
    assert "Importance, in points" in words
    assert re.search(r"Less lonely .* 54 64\.29% ", words)
    assert "Value of one" not in words
    assert "ratio" not in words
    assert "This account holds no money" in told(reading(account).get(at(account, "account")))


def test_a_benefit_that_starts_later_says_from_which_year() -> None:
    small = factories.small_facts()
    later = replace(small, outcomes=tuple(replace(each, first_year=3) for each in small.outcomes))
    account = factories.account(later)
    assert "from year 3" in told(reading(account).get(at(account, "value_map")))


def test_figures_are_corrected_only_by_those_who_may_write(club: Account) -> None:
    page = editing(club).get(at(club, "value_map"), {"correct": "1"})
    assert f"{at(club, 'entry', 'valuations', 'W1')}?only=value&from=value-map" in links(page)
    seen = reading(club).get(at(club, "value_map"), {"correct": "1"})
    assert not [link for link in links(seen) if "only=" in link]


# --- Where a figure comes from ----------------------------------------------------------------------------------------


def account_of(kind: str) -> Account:
    """Return an account whose figures come about in one way or another."""
    uprated = factories.small_facts()
    uprated = replace(
        uprated,
        account=replace(uprated.account, price_base="2024-25", price_series="gdp-deflator-2025-12"),
        valuations=tuple(replace(each, price_period="2019-20") for each in uprated.valuations),
    )
    kinds = {
        "complete": factories.complete_facts,
        "a study": factories.timebank_facts,
        "uprated": lambda: uprated,
        "in points": in_points,
    }
    return factories.account(kinds[kind]())


@pytest.mark.parametrize("kind", ["complete", "a study", "uprated", "in points"])
def test_every_figure_is_explained_down_to_what_somebody_entered(kind: str) -> None:
    account = account_of(kind)
    held = queries.standing(account)
    assert held.workings is not None
    for name in held.workings.names():
        worked = held.workings.figure(name)
        shown = figures.figure_shown(worked, held, account)
        assert shown["title"]
        assert "%(" not in " ".join(str(each) for each in shown.values())
        assert (
            shown["parts"]
            or shown["entered"]
            or shown["note"]
            or shown["why_undefined"]
            or worked.amount == 0
            or (name == "payback.years_before")
        ), name


@pytest.mark.parametrize("kind", ["complete", "a study", "uprated", "in points"])
def test_every_entered_figure_leads_to_a_form_that_has_its_field(kind: str) -> None:
    account = account_of(kind)
    held = queries.standing(account)
    assert held.workings is not None
    entered = [figures.entered(found, held.facts, account.id) for found in _entered(held)]
    ways = {each.correct_url("value-map"): each.field for each in entered}
    client = editing(account)
    by_kind = {re.sub(r"[0-9]+", "", urlsplit(address).path + field): address for address, field in ways.items()}
    assert len(by_kind) > 3
    for address in by_kind.values():
        page = client.get(address)
        assert page.status_code == 200
        assert f'name="{ways[address]}"' in page.text, address


def _entered(held: queries.Standing) -> list[Any]:
    assert held.workings is not None
    every = (held.workings.figure(name) for name in held.workings.names())
    return [worked for worked in every if worked.is_entered]


def test_a_sum_shows_its_formula_and_leads_to_its_parts(club: Account) -> None:
    page = reading(club).get(at(club, "figure", "ratio"))
    words = told(page)
    assert "Social return for each £1 put in" in words
    assert "total present value ÷ total inputs" in words
    assert "= 76,181.69 ÷ 59,136.00" in words
    assert {at(club, "figure", "total_present_value"), at(club, "figure", "inputs")} <= set(links(page))


def test_an_entered_figure_says_its_source_and_who_entered_it(club: Account) -> None:
    client = editing(club)
    page = client.get(at(club, "figure", "O1.quantity"))
    assert "Survey of February 2025, 51 of 62 members" in told(page)
    assert "An operator started the account, from “a test”." in told(page)
    correct = f"{at(club, 'entry', 'outcomes', 'O1')}?only=quantity&from=O1.quantity"
    assert correct in links(page)
    form = client.get(correct)
    version = re.search(r'name="version" value="(\d+)"', form.text)
    assert version is not None
    client.post(correct, {"quantity": "22", "version": version[1]})
    words = told(client.get(at(club, "figure", "O1.quantity")))
    assert "changed outcome O1. How many, or how much: from 20 to 22" in words


def test_a_figure_that_nobody_stated_says_what_was_taken(study: Account) -> None:
    facts = factories.small_facts()
    account = factories.account(replace(facts, adjustments=()))
    page = editing(account).get(at(account, "figure", "O1.deadweight"))
    assert "The account does not say, so nothing was taken off." in told(page)
    assert any("adjustments/new/?outcome=O1&factor=deadweight" in link for link in links(page))


def test_a_figure_that_does_not_exist_is_not_found(club: Account) -> None:
    assert reading(club).get(at(club, "figure", "O99.quantity")).status_code == 404


# --- How sure, how change happens, the principles, the history --------------------------------------------------------


def test_what_would_break_even_comes_with_the_least_way_to_go_first(club: Account) -> None:
    words = told(reading(club).get(at(club, "sensitivity")))
    assert "Total of the inputs £59,136.00 £76,181.69 +28.82%" in words
    assert "Deadweight: Less lonely 20% 81.44% +61.44 points" in words
    assert words.index("Total of the inputs £59,136.00") < words.index("Value of one: Less lonely £1,040.00 £241.33")
    assert "What could not bring it about by itself" in words


def test_the_page_on_sensitivity_says_what_was_tried_without_a_range(study: Account, club: Account) -> None:
    assert "The account states no range for any figure yet" in told(reading(study).get(at(study, "sensitivity")))
    assert "Where the account states no range" in told(reading(club).get(at(club, "sensitivity")))


def test_scenarios_say_what_they_change_and_by_how_much(club: Account) -> None:
    words = told(reading(club).get(at(club, "sensitivity")))
    assert "Deadweight: A free day, and less worry set to 50% £1.11 £0.17 less" in words


def test_an_account_without_money_says_that_it_has_no_ratio_to_test() -> None:
    account = factories.account(in_points())
    words = told(reading(account).get(at(account, "sensitivity")))
    assert "There is no ratio to test This account values no change in money" in words


def test_an_account_without_a_ratio_yet_says_what_the_page_will_show() -> None:
    account = factories.account(just_started())
    assert "There is no ratio to test yet" in told(reading(account).get(at(account, "sensitivity")))


def test_the_theory_of_change_is_drawn_and_told_in_words(club: Account) -> None:
    page = reading(club).get(at(club, "theory_of_change"))
    assert "The diagram as a list" in told(page)
    assert "What was measured, before and after" in told(page)
    assert "Add or change a step" not in told(page)


def test_an_account_without_outcomes_says_how_its_diagram_comes_about() -> None:
    account = factories.account(just_started())
    assert "The diagram draws itself" in told(editing(account).get(at(account, "theory_of_change")))


def test_a_finding_leads_to_the_fields_that_mend_it_or_to_a_reason(study: Account) -> None:
    page = editing(study).get(at(study, "principles"))
    assert f"{at(study, 'entry', 'stakeholders', 'S1')}#id_decision" in links(page)
    reasons = [link for link in links(page) if "explanations/new" in link]
    assert any("check_name=" in link and "item=" not in link for link in reasons)
    assert all(link.endswith("#id_reason") for link in reasons)


def test_every_way_to_mend_leads_to_a_form_that_has_the_field(study: Account) -> None:
    client = editing(study)
    ways = {link for link in links(client.get(at(study, "principles"))) if "#id_" in link}
    assert len(ways) > 30
    one_of_each = {re.sub(r"\d+", "", each): each for each in ways}
    for way in one_of_each.values():
        address, field = way.split("#id_")
        page = client.get(address)
        assert page.status_code == 200, way
        assert f'id="id_{field}"' in page.text, way


def test_what_is_met_is_folded_away_and_what_is_explained_gives_the_reason(club: Account) -> None:
    page = reading(club).get(at(club, "principles"))
    assert "checks met" in told(page)
    assert page.text.count("<span>Explained</span>") == 4
    reasons = [each.reason for each in factories.complete_facts().explanations]
    assert all(" ".join(reason.split()) in told(page) for reason in reasons)
    assert "Give a reason" not in told(page)


def test_the_history_is_told_in_sentences_page_by_page(club: Account) -> None:
    client = editing(club)
    assert "An operator started the account, from “a test”." in told(client.get(at(club, "history")))
    for number in range(51):
        address = f"{at(club, 'entry', 'stakeholders', 'S1')}?only=size"
        client.post(address, {"size": str(100 + number), "version": str(number + 1)})
    first = client.get(at(club, "history"))
    assert "How many are there?: from 149 to 150" in told(first)
    assert "Page 1 of 2" in told(first)
    assert "An operator started the account" in told(client.get(at(club, "history"), {"page": "2"}))


# --- Who sees what ----------------------------------------------------------------------------------------------------

PAGES = ("account", "value_map", "sensitivity", "theory_of_change", "principles", "history", "contents", "details")


@pytest.mark.parametrize("page", PAGES)
def test_an_account_of_others_is_not_found(club: Account, page: str) -> None:
    stranger = browser(factories.member(Role.EDITOR, factories.organisation()))
    assert stranger.get(at(club, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_coordinator_reads_every_page_and_is_offered_no_change(page: str) -> None:
    forum = factories.forum()
    account = factories.account(factories.complete_facts(), keeper=factories.organisation(forum=forum))
    answer = browser(factories.member(Role.COORDINATOR, forum)).get(at(account, page))
    assert answer.status_code == 200
    assert '<form method="post"' not in main_of(answer)


def test_a_page_costs_as_many_queries_for_sixty_outcomes_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    counts = {}
    for outcomes in (1, 60):
        account = factories.account(factories.wide_facts(outcomes))
        client = reading(account)
        for page in ("account", "value_map", "sensitivity", "principles"):
            client.get(at(account, page))
            with django_assert_max_num_queries(40) as asked:
                client.get(at(account, page))
            counts[page, outcomes] = len(asked)
    assert {page: count for (page, outcomes), count in counts.items() if outcomes == 1} == {
        page: count for (page, outcomes), count in counts.items() if outcomes == 60
    }


def test_no_page_of_an_account_ranks_ratios(club: Account, study: Account) -> None:
    client = browser(factories.member(Role.COORDINATOR, _forum_of(club, study)))
    assert not re.search(r"[£€]\d", told(client.get("/")))


def _forum_of(*accounts: Account) -> Any:
    forum = factories.forum()
    forum.organisations.add(*(each.organisation for each in accounts))
    return forum


def test_a_total_below_nought_is_marked_as_a_harm() -> None:
    small = factories.small_facts()
    harm = tuple(replace(each, value=Decimal(-100)) for each in small.valuations)
    account = factories.account(replace(small, valuations=harm))
    page = main_of(reading(account).get(at(account, "value_map")))
    assert re.search(r'<td class="number minus" data-label="Impact"><a href="[^"]*">−£900.00', page)
