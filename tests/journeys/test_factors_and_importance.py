"""The four factors and the importance of changes, in a browser: what the script adds to what the server does anyway."""

from decimal import Decimal

import pytest

from accounts.models import Account, Person
from accounts.roles import Role
from outcomes.nouns import Factor
from tests import factories
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(transactional_db: None) -> Person:
    return factories.member(Role.EDITOR, factories.organisation())


@pytest.fixture
def account(editor: Person) -> Account:
    return factories.account(factories.complete_facts(), keeper=editor.memberships.get().organisation)


def test_a_sentence_fills_its_figure_in_and_a_figure_gives_it_up(visit: Visit, account: Account, editor: Person):
    page = visit(editor, width=320)
    page.goto(at(account, "factor", "O1"))
    factor = page.locator("#factor-deadweight")
    figure = factor.locator("[data-figure]")
    factor.get_by_label("50%").check()
    assert figure.input_value() == "50"
    figure.fill("45")
    assert factor.get_by_label("None of these").is_checked()
    factor.get_by_label("75%").check()
    factor.get_by_label("At most").fill("")
    factor.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert page.url.endswith("/factors/O1/")
    (row,) = (each for each in facts_of(account).adjustments if each.ref == "A1")
    assert (row.factor, row.figure) == (Factor.DEADWEIGHT, Decimal("0.75"))
    assert "three quarters" in row.sentence


def test_points_are_added_up_while_one_types(visit: Visit, account: Account, editor: Person):
    page = visit(editor)
    page.goto(at(account, "importance") + "?by=points")
    page.get_by_label("Points to share out").fill("30")
    page.locator("#id_given-O1").fill("12")
    assert page.locator(".shared").inner_text() == "Shared out: 30 of 30. 0 left."
    page.locator("#id_given-O1").fill("20")
    assert page.locator(".shared").inner_text() == "Shared out: 38 of 30. That is 8 more than there are."


@pytest.mark.parametrize("scripts", [True, False])
def test_both_can_be_read_and_saved_by_everybody(visit: Visit, account: Account, editor: Person, scripts: bool):
    page, look = visit(editor, scripts=scripts), Look()
    page.goto(at(account, "factor", "O1"))
    factor = page.locator("#factor-drop_off")
    factor.get_by_label("25%").check()
    factor.get_by_label("At least").fill("")
    factor.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    if scripts:
        factor.locator("[data-figure]").fill("a lot")
        factor.get_by_role("button", name="Save").click()
        page.get_by_role("alert").wait_for()
        look.at(page, "refused")
        page.close()
        page = visit(editor)
        look.along(page, [at(account, "factors"), at(account, "factor", "O2"), at(account, "importance")])
    assert look.faults == {}
