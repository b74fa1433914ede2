"""How long the server takes over each page of an account, next to its bare queries in the same run.

Run as `python -m benchmarks.pages`. Asked for are the pages of an account with 5 outcomes, of one with 60, and of the
demonstration's luncheon club, in one process that is warm, through all the middleware. To reach: 150 ms at the median
for every page of the demonstration, and for the account page at 60 outcomes.

What a page is held against, turn by turn: the very queries that it asks, sent by a bare cursor, their rows written as
JSON. What is above that is our own: facts, workings, findings, charts, the template. Counted is processor time: on a
machine that does nothing else that is how long it takes, and neighbours lengthen it less than the time by the clock.
The tests of sensitivity are kept once worked out: what they take at first is the business of `benchmarks/valuation.py`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from benchmarks._measure import Figure, Unit, medians, show
from benchmarks._scratch import prepare
from outcomes.nouns import Facts
from outcomes.stages import STAGES
from tests import factories

TURNS = 9
TO_REACH = 0.15
DEMONSTRATION = "the luncheon club"
BY_THE_CLOCK = "account, 60 outcomes"

Query = tuple[str, Any]


def figures() -> Iterator[Figure]:
    """Yield each page of each account."""
    browser = prepare()
    keeper = factories.organisation()
    editor = factories.member(Role.EDITOR, keeper)
    browser.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    for called, facts in accounts().items():
        addresses = pages(factories.account(facts, keeper=keeper, actor=editor).id, facts, keeper.slug)
        yield from figures_of(browser, called, addresses)


def accounts() -> Mapping[str, Facts]:
    """Return the accounts that are looked at, by what they are called here."""
    return {
        "5 outcomes": factories.wide_facts(5),
        "60 outcomes": factories.wide_facts(60),
        DEMONSTRATION: factories.complete_facts(),
    }


def pages(account: object, facts: Facts, keeper: str) -> Mapping[str, str]:
    """Return the address of every page of an account and of its organisation, by what it is called here."""
    first = facts.outcomes[0].ref
    of_the_account = partial(address, account)
    return {
        "my accounts": reverse("accounts:my_accounts"),
        "the organisation": reverse("accounts:organisation", args=[keeper]),
        "its people": reverse("accounts:people", args=[keeper]),
        "you": reverse("accounts:you"),
        "starting an account": reverse("outcomes:begin", args=[keeper]),
        "words": reverse("outcomes:words"),
        "account": of_the_account("outcomes:account"),
        "steps": of_the_account("outcomes:steps"),
        **{f"step: {stage.slug}": of_the_account("outcomes:step", stage.slug) for stage in STAGES},
        "value map": of_the_account("outcomes:value_map"),
        "how sure": of_the_account("outcomes:sensitivity"),
        "how change happens": of_the_account("outcomes:theory_of_change"),
        "principles": of_the_account("outcomes:principles"),
        "where a figure comes from": of_the_account("outcomes:figure", "ratio"),
        "history": of_the_account("outcomes:history"),
        "reports": of_the_account("reports:reports"),
        "about": of_the_account("outcomes:details"),
        "everything": of_the_account("outcomes:contents"),
        "outcomes": of_the_account("outcomes:entries", "outcomes"),
        "adjustments": of_the_account("outcomes:entries", "adjustments"),
        "one outcome": of_the_account("outcomes:entry", "outcomes", first),
        "a new outcome": of_the_account("outcomes:new_entry", "outcomes"),
        "many outcomes at once": of_the_account("outcomes:grid", "outcomes"),
        "the four factors": of_the_account("outcomes:factors"),
        "the four factors of one outcome": of_the_account("outcomes:factor", first),
        "importance": of_the_account("outcomes:importance"),
        "everything raised": of_the_account("outcomes:ledger"),
        "co-production": of_the_account("outcomes:co_production"),
        "well-being goals": of_the_account("outcomes:goals"),
        "adding evidence": of_the_account("outcomes:new_evidence"),
        "check and submit": of_the_account("reports:submit"),
        "workbook": of_the_account("outcomes:workbook"),
        "workbook, the file": of_the_account("outcomes:export"),
    }


def address(account: object, name: str, *which: str) -> str:
    """Return the address of a page of an account."""
    return reverse(name, args=[account, *which])


def figures_of(browser: Client, called: str, addresses: Mapping[str, str]) -> Iterator[Figure]:
    """Yield a figure for each page of one account; for the account page at 60 outcomes also what the clock says."""
    for page, url in addresses.items():
        ask = partial(fetch, browser, url)
        queries = queries_of(ask)
        took, alone = medians([ask, partial(bare, queries)], turns=TURNS)
        figure = partial(Figure, beside=f"its {len(queries)} queries, their rows as JSON", unit=Unit.MILLISECONDS)
        what = f"{page}, {called}"
        is_promised = called == DEMONSTRATION or what == BY_THE_CLOCK
        yield figure(what=what, took=took.processor, bare=alone.processor, most=TO_REACH if is_promised else None)
        if what == BY_THE_CLOCK:
            yield figure(what=f"{what}, by the clock", took=took.clock, bare=alone.clock, most=TO_REACH)


def fetch(browser: Client, url: str) -> bytes:
    """Return what the server sends for an address."""
    response = browser.get(url)
    if response.status_code != 200:
        raise AssertionError(f"{url}: {response.status_code}")
    return b"".join(response)


def queries_of(ask: Callable[[], object]) -> list[Query]:
    """Return the queries that are asked meanwhile."""
    asked: list[Query] = []

    def note(execute: Callable[..., object], sql: str, params: Any, *rest: Any) -> object:
        asked.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        ask()
    return asked


def bare(queries: list[Query]) -> str:
    """Return the rows that queries give, as JSON."""
    with connection.cursor() as cursor:
        return json.dumps([cursor.execute(*query).fetchall() for query in queries], default=str)


def main() -> None:
    """Print the table."""
    show("Pages", figures())


if __name__ == "__main__":
    main()
