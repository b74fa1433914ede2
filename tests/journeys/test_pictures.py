"""The picture of the README shows what its words say, and is as small as it can be."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.roles import Role
from tests import factories
from tests.journeys.conftest import Visit
from tests.journeys.pictures import compress, picture_at
from tests.outcomes.reading import at

PICTURES = Path(settings.BASE_DIR) / "docs/pictures"
HEAVIEST = 62_000


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_account_shows_the_range_before_the_ratio_the_seven_principles_and_what_the_value_is_made_of(
    visit: Visit,
) -> None:
    keeper = factories.organisation("Cinio Ogwen")
    account = factories.account(factories.complete_facts(), keeper=keeper)
    page = visit(factories.member(Role.VIEWER, keeper))
    page.goto(at(account, "account"))
    words = page.get_by_role("main").inner_text()
    assert words.index("£0.48 to £2.") < words.index("entral")
    expect(page.get_by_role("list", name="Readiness by principle").get_by_role("listitem")).to_have_count(7)
    expect(page.get_by_role("heading", name=re.compile("[Vv]alue")).first).to_be_visible()
    if to := picture_at("account.png"):
        page.set_viewport_size({"width": 1280, "height": 1500})
        page.evaluate("scrollTo(0, 0)")
        compress(page.screenshot(), to)


def test_no_picture_is_heavy() -> None:
    weights = {each.name: each.stat().st_size for each in PICTURES.rglob("*.png")}
    assert weights
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST} == {}
