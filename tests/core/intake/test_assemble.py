"""Rows become an account, or a reason for every cell that cannot be taken."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from accounts import parsing
from accounts.columns import columns
from accounts.nouns import AccountDetails
from outcomes.intake import Unacceptable, assemble, said, sentence
from outcomes.nouns import ROWS, Direction, Factor, rows
from stakeholders.nouns import Stakeholder
from tests.core.intake.made_up import random_facts, small

ACCOUNT = {"name": "Luncheon club", "kind": "Forecast", "currency": "GBP", "year_one_is_discounted": "yes"}


def typed(**sheets):
    """Assemble what a person typed, with the account's own row unless another is given."""
    given_rows = {"account": [ACCOUNT], "stakeholders": [{"ref": "S1", "name": "Members"}]}
    return assemble({**given_rows, **{slug.replace("_", "-"): sheet for slug, sheet in sheets.items()}}, parsing.read)


def refused(**sheets):
    """Return what was wrong as (noun, row, field), and the sentences."""
    with pytest.raises(Unacceptable) as fault:
        typed(**sheets)
    reasons = fault.value.reasons
    return [(each.noun, each.row, each.field) for each in reasons], [said(each) for each in reasons]


def as_typed(facts):
    """Return the rows of an account as a person would see them in a workbook, and could type them again."""
    sheets = {noun.slug: [_shown(row) for row in rows(facts, noun)] for noun in ROWS}
    return {"account": [_shown(facts.account)], **sheets}


def _shown(row):
    return {each.name: parsing.show(each, getattr(row, each.name)) for each in columns(type(row))}


# --- What goes well ---------------------------------------------------------------------------------------------------


def test_rows_become_an_account():
    facts = typed(
        outcomes=[{"ref": "O1", "stakeholder": "S1", "name": "More friends", "quantity": "1,000"}],
        valuations=[{"ref": "W1", "outcome": "O1", "value": "£48.25"}],
        adjustments=[{"ref": "A1", "outcome": "O1", "factor": "Drop-off", "figure": "12%"}],
    )
    assert facts.account.name == "Luncheon club"
    assert facts.account.year_one_is_discounted is True
    assert facts.stakeholders == (Stakeholder(ref="S1", name="Members"),)
    assert facts.outcomes[0].quantity == 1000
    assert facts.valuations[0].value == Decimal("48.25")
    assert (facts.adjustments[0].factor, facts.adjustments[0].figure) == (Factor.DROP_OFF, Decimal("0.12"))


@settings(max_examples=40)
@given(random_facts())
def test_what_was_shown_and_typed_again_is_the_same_account(facts):
    assert assemble(as_typed(facts), parsing.read) == facts


def test_the_small_account_typed_again_is_the_same_account():
    assert assemble(as_typed(small()), parsing.read) == small()


def test_an_account_may_have_no_rows_at_all():
    facts = assemble({"account": [ACCOUNT]}, parsing.read)
    assert facts.account.name == "Luncheon club"
    assert all(rows(facts, noun) == () for noun in ROWS)


def test_a_currency_may_be_typed_small():
    assert assemble({"account": [{**ACCOUNT, "currency": "gbp"}]}, parsing.read).account.currency == "GBP"


def test_rows_that_are_wholly_blank_are_passed_over_and_positions_are_kept():
    facts = typed(stakeholders=[{}, {"name": "Members"}, {"name": " ", "size": None, "ref": ""}, {"name": "Staff"}])
    assert [each.name for each in facts.stakeholders] == ["Members", "Staff"]
    places, _ = refused(stakeholders=[{}, {"name": "Members"}, {}, {"name": "Staff", "size": "many"}])
    assert places == [("stakeholders", 3, "size")]


@dataclass
class Cell:
    """A cell of a workbook: only the door's own reader knows how to read it."""

    value: Any
    percent: bool = False


def test_a_door_may_bring_cells_of_its_own_with_a_reader_that_knows_them():
    def read_cell(column, cell):
        return parsing.read(column, cell.value if cell else None, percent_cell=bool(cell and cell.percent))

    facts = assemble(
        {
            "account": [
                {name: Cell(value) for name, value in ACCOUNT.items()} | {"discount_rate": Cell(0.035, percent=True)}
            ],
            "stakeholders": [{"ref": Cell(None), "name": Cell("Members"), "size": Cell(95.0)}, {"name": Cell(None)}],
        },
        read_cell,
    )
    assert facts.account.discount_rate == Decimal("0.035")
    assert [(each.ref, each.size) for each in facts.stakeholders] == [("S1", 95)]


# --- Refs and names ---------------------------------------------------------------------------------------------------


def test_a_blank_ref_gets_the_number_after_the_highest():
    names = [
        {"name": "a"},
        {"ref": "S7", "name": "b"},
        {"ref": "carers", "name": "c"},
        {"name": "d"},
        {"ref": "s2", "name": "e"},
    ]
    facts = typed(stakeholders=names)
    assert [each.ref for each in facts.stakeholders] == ["S8", "S7", "carers", "S9", "s2"]


def test_a_pointer_may_hold_the_ref_in_other_capitals():
    assert typed(outcomes=[{"stakeholder": "s1", "name": "x"}]).outcomes[0].stakeholder == "S1"


def test_a_pointer_may_hold_a_name_in_other_capitals_and_spaces():
    outcomes = [{"stakeholder": "  MEMBERS ", "name": "More social contact, and for longer than forty characters"}]
    facts = typed(outcomes=outcomes, indicators=[{"outcome": outcomes[0]["name"].upper(), "name": "Meets friends"}])
    assert facts.outcomes[0].stakeholder == "S1"
    assert facts.indicators[0].outcome == "O1"


def test_a_pointer_may_name_a_row_whose_ref_was_numbered():
    facts = typed(stakeholders=[{"name": "Staff"}], outcomes=[{"stakeholder": "staff", "name": "x"}])
    assert facts.outcomes[0].stakeholder == facts.stakeholders[0].ref == "S1"


def test_a_ref_comes_before_a_name():
    facts = typed(
        stakeholders=[{"ref": "S1", "name": "S2"}, {"ref": "S2", "name": "Staff"}],
        outcomes=[{"stakeholder": "S2", "name": "x"}],
    )
    assert facts.outcomes[0].stakeholder == "S2"


def test_a_pointer_may_name_an_answer_that_a_row_is_called_by():
    facts = typed(
        co_production=[{"ref": "C1", "statement": "assets"}],
        evidence=[{"about_row": "People are recognised as assets", "name": "Minutes"}],
    )
    assert facts.evidence[0].about_row == "C1"


def test_a_name_that_two_rows_have_is_refused_with_their_refs():
    places, sentences = refused(
        stakeholders=[{"name": "Staff"}, {"name": "staff"}], outcomes=[{"stakeholder": "Staff", "name": "x"}]
    )
    assert places == [("outcomes", 0, "stakeholder")]
    assert sentences == ["More than one row is called “Staff”. Enter the ref of the one you mean: S1, S2."]


def test_a_name_that_no_row_has_is_refused():
    places, sentences = refused(outcomes=[{"stakeholder": "Nobody", "name": "x"}])
    assert places == [("outcomes", 0, "stakeholder")]
    assert "There is no row “Nobody” in Stakeholders" in sentences[0]


def test_a_machine_gives_every_ref_and_points_letter_by_letter():
    account = {"name": "x", "kind": "forecast", "currency": "GBP", "year_one_is_discounted": True}
    given_rows = {
        "account": [account],
        "stakeholders": [{"ref": "S1", "name": "Members"}, {"name": "Staff"}, {}],
        "outcomes": [
            {"ref": "O1", "stakeholder": "s1", "name": "x"},
            {"ref": "O2", "stakeholder": "Members", "name": "y"},
        ],
    }
    with pytest.raises(Unacceptable) as fault:
        assemble(given_rows, parsing.exact)
    assert [(each.noun, each.row, each.field) for each in fault.value.reasons] == [
        ("stakeholders", 1, "ref"),
        ("stakeholders", 2, "ref"),
        ("stakeholders", 2, "name"),
        ("outcomes", 0, "stakeholder"),
        ("outcomes", 1, "stakeholder"),
    ]


# --- Scenarios --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assumption", "figure", "read"),
    [
        ("deadweight", "35%", "0.35"),
        ("deadweight", "0.35", "0.35"),
        ("discount_rate", "5 %", "0.05"),
        ("inputs", "£50,000", "50000"),
        ("duration", "3", "3"),
        ("quantity", "1,000", "1000"),
    ],
)
def test_the_figure_of_a_scenario_is_typed_as_its_assumption_is(assumption, figure, read):
    facts = typed(
        outcomes=[{"stakeholder": "S1", "name": "x"}],
        scenarios=[{"scenario": "What if", "assumption": assumption, "figure": figure}],
    )
    assert facts.scenarios[0].assumption.value == assumption
    assert facts.scenarios[0].figure == Decimal(read)


def test_the_figure_of_a_scenario_is_refused_in_the_words_of_its_assumption():
    for figure, words in [("130%", "130% is outside"), ("a lot", "is not a number"), ("35", "35 is outside 0 to 1")]:
        places, sentences = refused(scenarios=[{"scenario": "What if", "assumption": "deadweight", "figure": figure}])
        assert places == [("scenarios", 0, "figure")]
        assert words in sentences[0]
    _, sentences = refused(scenarios=[{"scenario": "What if", "assumption": "duration", "figure": "35%"}])
    assert "without a percent sign" in sentences[0]


# --- What is refused --------------------------------------------------------------------------------------------------


def test_every_bad_cell_is_told_and_not_only_the_first():
    places, sentences = refused(
        account=[{**ACCOUNT, "name": "", "discount_rate": "130%"}],
        stakeholders=[{"ref": "S1", "name": "Members", "size": "-3"}, {"ref": "S 2", "name": "\u200b"}],
        outcomes=[{"stakeholder": "S1", "name": "x", "quantity": "NaN"}, {"stakeholder": "S1"}],
        valuations=[{"outcome": "O1", "value": "a few pounds"}],
    )
    assert places == [
        ("account", 0, "name"),
        ("account", 0, "discount_rate"),
        ("stakeholders", 0, "size"),
        ("stakeholders", 1, "ref"),
        ("stakeholders", 1, "name"),
        ("outcomes", 0, "quantity"),
        ("outcomes", 1, "name"),
        ("valuations", 0, "value"),
    ]
    assert all(sentences)


def test_what_is_wrong_across_rows_is_told_together_with_bad_cells():
    places, _ = refused(
        outcomes=[{"stakeholder": "S1", "name": "x", "quantity": "many"}, {"stakeholder": "S9", "name": "y"}]
    )
    assert places == [("outcomes", 0, "quantity"), ("outcomes", 1, "stakeholder")]


def test_a_bad_cell_is_told_once_and_not_for_what_follows_from_it():
    places, _ = refused(
        outcomes=[{"stakeholder": "S1", "name": "x", "quantity": "many", "quantity_low": "5"}],
        indicators=[{"ref": "I1", "outcome": "O1", "name": "y"}],
        observations=[{"indicator": "I1", "state": "measured", "numerator": "six", "denominator": "8"}],
    )
    assert places == [("outcomes", 0, "quantity"), ("observations", 0, "numerator")]


def test_rows_that_point_to_a_misspelt_ref_are_not_blamed_for_it():
    places, _ = refused(
        stakeholders=[{"ref": "S 1", "name": "Members"}], outcomes=[{"stakeholder": "S 1", "name": "x"}]
    )
    assert places == [("stakeholders", 0, "ref")]


def test_a_required_cell_that_cannot_be_read_is_told_once():
    places, sentences = refused(stakeholders=[{"name": "a\nb"}])
    assert places == [("stakeholders", 0, "name")]
    assert "line break" in sentences[0]


def test_an_account_has_its_own_particulars_exactly_once():
    for account in ([], [ACCOUNT, ACCOUNT], [{}]):
        places, sentences = refused(account=account)
        assert places == [("account", 0, "")]
        assert "exactly once" in sentences[0]


def test_a_sheet_or_a_field_that_is_not_known_is_refused():
    places, sentences = refused(colours=[{"name": "red"}], stakeholders=[{"name": "a", "colour": "red"}])
    assert places == [("colours", 0, ""), ("stakeholders", 0, "colour")]
    assert "nothing of this name" in sentences[0]
    assert "no field of this name" in sentences[1]


def test_a_field_that_is_not_known_is_told_where_it_first_stands_and_only_a_few_are():
    places, _ = refused(stakeholders=[{"name": "a", "colour": ""}, {"name": "b", "colour": ""}])
    assert places == [("stakeholders", 0, "colour")]
    places, _ = refused(stakeholders=[{"name": "a", **{f"colour{n}": "" for n in range(1_000)}}])
    assert len(places) == 20


def test_an_answer_that_is_no_option_is_refused():
    places, sentences = refused(outcomes=[{"stakeholder": "S1", "name": "x", "direction": "sideways"}])
    assert places == [("outcomes", 0, "direction")]
    assert all(each.label in sentences[0] for each in Direction)


# --- How it is said ---------------------------------------------------------------------------------------------------


def test_a_sentence_names_sheet_row_and_field():
    with pytest.raises(Unacceptable) as fault:
        typed(
            outcomes=[{}, {"ref": "O1", "stakeholder": "S9", "name": "x", "quantity": "-1"}],
            account=[{**ACCOUNT, "name": ""}],
        )
    assert str(fault.value).splitlines() == [
        "Account, Title: Enter an answer here: it cannot be left blank.",
        "Outcomes, row 2 (O1), How many, or how much: Enter a number that is 0 or more.",
    ]


def test_a_sentence_can_be_translated_down_to_its_terms():
    with pytest.raises(Unacceptable) as fault:
        typed(outcomes=[{"ref": "O1", "stakeholder": "S9", "name": "x"}])
    (reason,) = fault.value.reasons
    welsh = {
        "Stakeholders": "Rhanddeiliaid",
        "Outcomes": "Canlyniadau",
        "row %(row)s": "rhes %(row)s",
        "For whom": "I bwy",
    }
    spoken = sentence(reason, lambda message: welsh.get(message, message))
    assert spoken.startswith("Canlyniadau, rhes 1 (O1), I bwy: There is no row “S9” in Rhanddeiliaid.")
    assert "Rhanddeiliaid" in said(reason, lambda message: welsh.get(message, message))


def test_a_sentence_shows_no_hidden_characters_of_a_name_that_came_in():
    with pytest.raises(Unacceptable) as fault:
        typed(stakeholders=[{"name": "a", "col\u202eour\ud800": "red"}])
    (reason,) = fault.value.reasons
    assert (
        sentence(reason) == "Stakeholders, row 1, colour: There is no field of this name here. Check how it is spelt."
    )


def test_an_account_without_reasons_is_never_refused():
    assert AccountDetails.slug not in {noun.slug for noun in ROWS}
    typed()
