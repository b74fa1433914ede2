"""Give the reason that a check of the principles asks for. It moves no figure, so whoever approves may give it too."""

import datetime as dt

from django.db import transaction

from accounts import rows
from accounts.models import Account, Person
from outcomes.facts import MODELS, read_facts, read_versions
from outcomes.nouns import Explanation, Facts, with_rows
from outcomes.services._steps import Doing, must_cohere, next_ref, typed_row


@transaction.atomic
def explain(*, actor: Person, account: Account, check: str, reason: str, now: dt.datetime) -> None:
    """Give a reason for all items of a check at once, over the one that there was. Raises Unacceptable or Locked.

    `check` is its slug. A blank reason changes nothing.
    """
    rows.hold(account)
    facts = read_facts(account)
    before = _given(facts, check)
    ref = before.ref if before else next_ref(account, Explanation, facts)
    row = typed_row(Explanation, {"ref": ref, "check_name": check, "reason": reason})
    if not row.reason or row == before:
        return
    others = [each for each in facts.explanations if each != before]
    must_cohere(facts, with_rows(facts, Explanation, [*others, row]))
    known, model = rows.ids(MODELS.values(), account), MODELS[Explanation]
    if before is None:
        rows.add(model, account, row, known)
    else:
        rows.change(model, account, ref, row, known, version=read_versions(account, Explanation)[ref][1])
    Doing(actor=actor, account=account, now=now).record_rows("explained", Explanation, ref, before, row)


def _given(facts: Facts, check: str) -> Explanation | None:
    """Return the row that answers for all items of a check, if there is one."""
    answers = (each for each in facts.explanations if not each.item)
    return next((each for each in answers if each.check_name.strip().casefold() == check), None)
