"""An account that is read in a browser: the standing accounts that its pages must serve, and what they link to."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Account
from accounts.roles import Role
from outcomes.nouns import Facts, Valuation
from tests import factories
from tests.doors.door import browser


def editing(account: Account) -> Client:
    """Return the browser of somebody who edits this account."""
    return browser(factories.member(Role.EDITOR, account.organisation))


def reading(account: Account, role: Role = Role.VIEWER) -> Client:
    """Return the browser of somebody who may only read it."""
    return browser(factories.member(role, account.organisation))


def at(account: Account, page: str, *args: Any) -> str:
    """Return the address of one page of an account."""
    return reverse(f"outcomes:{page}", args=[account.id, *args])


def main_of(answer: Any) -> str:
    """Return the main part of a page."""
    return str(answer.text[answer.text.index("<main") : answer.text.index("</main>")])


def links(answer: Any) -> list[str]:
    """Return where the links of the main part of a page lead."""
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', main_of(answer))]


def in_points() -> Facts:
    """Return an account that holds no money: two changes, weighed against each other."""
    small = factories.small_facts("Weighed in points")
    second = replace(small.outcomes[0], ref="O2", name="More at ease")
    return replace(
        small,
        outcomes=(*small.outcomes, second),
        valuations=tuple(
            Valuation(ref=f"W{number}", outcome=f"O{number}", weight=Decimal(weight))
            for number, weight in ((1, 6), (2, 3))
        ),
    )


def unworkable() -> Facts:
    """Return an account that cannot be worked out: a value in prices of a year that its index does not have."""
    small = factories.small_facts()
    return replace(
        small,
        account=replace(small.account, price_base="2024-25", price_series="gdp-deflator-2025-12"),
        valuations=tuple(replace(each, price_period="1901-02") for each in small.valuations),
    )


def just_started() -> Facts:
    """Return an account that only has a name."""
    return Facts(account=factories.small_facts().account)
