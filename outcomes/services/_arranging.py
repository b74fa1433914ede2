"""What is done to a row as it stands: put at another place, copied."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from accounts import rows
from accounts.columns import Kind, Noun, column, columns
from accounts.errors import Gone, Stale
from accounts.models import Account, Person
from outcomes.errors import Rearranged
from outcomes.facts import MODELS, read_facts, read_versions
from outcomes.nouns import (
    Adjustment,
    Facts,
    Indicator,
    Outcome,
    SdgTarget,
    Valuation,
    WellBeingGoal,
    rows as rows_of,
    with_rows,
)
from outcomes.services._reasons import figures_in, missing_reason
from outcomes.services._steps import Doing, must_cohere, next_ref, ref_of, row_called

Row = TypeVar("Row", bound=Noun)

BELONGINGS: tuple[type[Noun], ...] = (Indicator, Valuation, Adjustment, WellBeingGoal, SdgTarget)
"""What may be copied along with an outcome. What was observed is not: it was observed of the other one."""
_COPY = "(copy)"


@transaction.atomic
def move_row(
    *, actor: Person, account: Account, noun: type[Noun], ref: str, seen: int, to: int, now: dt.datetime
) -> None:
    """Put a row at another place. Places count from 0; `seen` is the one at which the page showed the row.

    Raises Rearranged if somebody put it elsewhere meanwhile; Gone or Locked. A row that is where it is asked to be
    stays there: the second click of a double click moves it no further.
    """
    rows.hold(account)
    order = rows.order(MODELS[noun], account)
    if ref not in order:
        raise Gone
    place, wanted = order.index(ref), max(0, min(to, len(order) - 1))
    if place == wanted:
        return
    if place != seen:
        raise Rearranged
    rows.place(MODELS[noun], account, ref, wanted)
    doing = Doing(actor=actor, account=account, now=now)
    doing.record("moved", noun, ref, before={"place": place + 1}, after={"place": wanted + 1})


@transaction.atomic
def copy_row(
    *,
    actor: Person,
    account: Account,
    noun: type[Noun],
    ref: str,
    version: int,
    now: dt.datetime,
    along: Collection[type[Noun]] = (),
    marked: str = _COPY,
    reason: str = "",
) -> Noun:
    """Copy a row, after the original and under the next free ref. `marked` is what its name gets at the end.

    With an outcome go copies of what belongs to it, of the nouns named in `along` (see BELONGINGS); no copy is a second
    anchor. Raises Stale, Gone, Locked, or Unacceptable: also where the rules want one row only.
    """
    rows.hold(account)
    facts = read_facts(account)
    original = row_called(facts, noun, ref)
    if read_versions(account, noun)[ref][1] != version:
        raise Stale
    made = list(_copies(account, facts, original, along, marked))
    after = facts
    for each in made:
        after = with_rows(after, type(each.row), (*rows_of(after, type(each.row)), each.row))
    copied = made[0].row
    moved = bool(figures_in([each.row for each in made]))
    must_cohere(facts, after, missing_reason(account, reason, noun, ref_of(copied), moved=moved))
    doing = Doing(actor=actor, account=account, now=now, reason=reason)
    for each in made:
        _write_copy(doing, each)
    return copied


@dataclass(frozen=True, slots=True)
class _Copy:
    row: Noun
    of: str


def _copies(
    account: Account, facts: Facts, original: Noun, along: Collection[type[Noun]], marked: str
) -> Iterator[_Copy]:
    """Yield the copy of a row, then those of what belongs to it, each under a ref of its own."""
    name = original.shown_by
    changed: dict[str, Any] = {"ref": next_ref(account, type(original), facts)}
    if column(type(original), name).kind is Kind.TEXT:
        changed[name] = _marked(original, name, marked)
    copied = _with(original, changed)
    yield _Copy(copied, ref_of(original))
    if not isinstance(original, Outcome):
        return
    facts = with_rows(facts, Outcome, (*facts.outcomes, copied))
    for noun in (each for each in BELONGINGS if each in along):
        for row in (each for each in rows_of(facts, noun) if getattr(each, "outcome", "") == original.ref):
            belonging = _with(row, _of_another(account, facts, row, ref_of(copied)))
            facts = with_rows(facts, noun, (*rows_of(facts, noun), belonging))
            yield _Copy(belonging, ref_of(row))


def _of_another(account: Account, facts: Facts, row: Noun, outcome: str) -> dict[str, Any]:
    changed = {"ref": next_ref(account, type(row), facts), "outcome": outcome}
    return {**changed, "anchor": False} if isinstance(row, Valuation) and row.anchor else changed


def _with(row: Row, changed: Mapping[str, Any]) -> Row:
    held = {each.name: getattr(row, each.name) for each in columns(type(row))}
    return type(row)(**{**held, **changed})


def _marked(row: Noun, name: str, marked: str) -> str:
    """Return the name of a copy; one that would be too long is cut."""
    room = column(type(row), name).longest - len(marked) - 1
    return f"{str(getattr(row, name))[:room].rstrip()} {marked}".strip()


def _write_copy(doing: Doing, copy: _Copy) -> None:
    noun, ref = type(copy.row), ref_of(copy.row)
    model, account = MODELS[noun], doing.account
    rows.add(model, account, copy.row, rows.ids(MODELS.values(), account))
    rows.place(model, account, ref, rows.order(model, account).index(copy.of) + 1)
    _was, became = rows.difference(None, copy.row)
    doing.record("copied", noun, ref, before={"copy_of": copy.of}, after=became)
