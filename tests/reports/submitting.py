"""An account that is ready to be submitted, and those who may do it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from accounts.models import Account, Organisation, Person
from outcomes import queries as outcome_queries, services as outcome_services
from outcomes.nouns import Facts
from reports import queries, services
from reports.models import Submission
from tests import factories
from tests.outcomes.acting import facts_of, typed

LATER = factories.NOW + dt.timedelta(hours=3)
LATER_STILL = LATER + dt.timedelta(hours=1)


@cache
def ready_facts() -> Facts:
    """Return an account in which nothing is missing and nothing is left to be explained."""
    facts = factories.complete_facts()
    assert not [each for each in outcome_queries.appraise(facts).findings if each.stops or queries.wants_reason(each)]
    return facts


def facts_that_lack_a_reason() -> Facts:
    """Return an account in which nothing is missing, and no reason is given for anything."""
    return replace(ready_facts(), explanations=())


def checks_that_want_a_reason() -> list[str]:
    """Return the slugs of the checks of that account that want one."""
    findings = outcome_queries.appraise(facts_that_lack_a_reason()).findings
    return sorted({each.check for each in findings if queries.wants_reason(each)})


def facts_that_lack_a_purpose() -> Facts:
    """Return an account that lacks one thing that stops it."""
    return replace(ready_facts(), account=replace(ready_facts().account, purpose=""))


def ready(keeper: Organisation | None = None) -> Account:
    """Return an account that can be submitted, which nobody of the organisation has changed."""
    return factories.account(ready_facts(), keeper=keeper)


def submit(account: Account, actor: Person, **given: Any) -> Submission:
    """Submit an account as somebody who read it just now."""
    mine = Account.objects.get(pk=account.pk)
    read = given.pop("read", None) or queries.reading(mine).fingerprint
    return services.submit(**{"actor": actor, "account": mine, "read": read, "now": LATER} | given)


def edit(account: Account, actor: Person, name: str = "Another name", **given: Any) -> Account:
    """Change one word of an account."""
    mine = Account.objects.get(pk=account.pk)
    words = typed(facts_of(mine).account, name=name)
    return outcome_services.change_details(
        **{"actor": actor, "account": mine, "typed": words, "version": mine.version, "now": LATER} | given
    )


def facts_without_money() -> Facts:
    """Return an account with one outcome that was weighed by those affected, and holds no money."""
    small = factories.small_facts()
    weighed = replace(small.valuations[0], proxy="", value=None, weight=Decimal(7))
    return replace(small, inputs=(), valuations=(weighed,))
