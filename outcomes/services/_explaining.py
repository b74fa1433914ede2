"""Give the reasons that checks of the principles ask for. It moves no figure, so whoever approves may give them too."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts import rows
from accounts.errors import Stale
from accounts.models import Account, Person
from outcomes.facts import MODELS, read_facts, read_versions
from outcomes.nouns import Explanation, Facts, with_rows
from outcomes.services._steps import Doing, must_cohere, next_ref, typed_row


@transaction.atomic
def explain(*, actor: Person, account: Account, reasons: Mapping[str, str], now: dt.datetime) -> None:
    """Give a reason for all items of each check at once, by its slug. Raises Unacceptable, Stale or Locked.

    A reason that is there already is not written over, but for the same again; a blank one changes nothing.
    """
    rows.hold(account)
    doing = Doing(actor=actor, account=account, now=now)
    for check, reason in reasons.items():
        _explain(doing, read_facts(account), check, reason)


def _explain(doing: Doing, facts: Facts, check: str, reason: str) -> None:
    before = _given(facts, check)
    ref = before.ref if before else next_ref(doing.account, Explanation, facts)
    row = typed_row(Explanation, {"ref": ref, "check_name": check, "reason": reason})
    if not row.reason or (before and row.reason == before.reason):
        return
    if before and before.reason:
        raise Stale
    others = [each for each in facts.explanations if each != before]
    must_cohere(facts, with_rows(facts, Explanation, [*others, row]))
    _write(doing.account, row, is_new=before is None)
    doing.record_rows("explained", Explanation, ref, before, row)


def _write(account: Account, row: Explanation, *, is_new: bool) -> None:
    known, model = rows.ids(MODELS.values(), account), MODELS[Explanation]
    if is_new:
        rows.add(model, account, row, known)
    else:
        rows.change(model, account, row.ref, row, known, version=read_versions(account, Explanation)[row.ref][1])


def _given(facts: Facts, check: str) -> Explanation | None:
    """Return the row that answers for all items of a check, if there is one."""
    answers = (each for each in facts.explanations if not each.item)
    return next((each for each in answers if each.check_name.strip().casefold() == check), None)
