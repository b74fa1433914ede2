"""What an approver reads before an account is submitted, and what there is to say of it afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outcomes import shown
from outcomes.nouns import ROWS, Facts, rows as rows_of
from outcomes.queries import Standing
from outcomes.views.wording.overview import convention, readiness_shown, return_shown
from outcomes.views.wording.principles import Found, check_asked, found_shown
from reports.forms import Reasons
from reports.queries import wants_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A check that wants a reason: what was found, and where the reason is typed (None: by somebody else)."""

    question: str
    found: tuple[Found, ...]
    field: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of what will be frozen, for `components/summary_list.html`."""

    key: str
    value: str
    url: str = ""


def missing(held: Standing, account_id: UUID) -> list[Found]:
    """Return what stops the account, each with the fields that mend it."""
    return [found_shown(each, account_id) for each in held.findings if each.stops]


def questions(held: Standing) -> dict[str, str]:
    """Return the checks that want a reason and have none: the question of each, by its slug."""
    return {each.check: check_asked(each.check) for each in held.findings if wants_reason(each)}


def asked(held: Standing, account_id: UUID, form: Reasons | None) -> list[Asked]:
    """Return what wants a reason, each with the field in which it is typed."""
    return [
        Asked(
            question=question,
            found=tuple(_found_by(held, slug, account_id)),
            field=form.field_of(slug) if form is not None else None,
        )
        for slug, question in questions(held).items()
    ]


def _found_by(held: Standing, slug: str, account_id: UUID) -> Iterator[Found]:
    for each in held.findings:
        if each.check == slug and wants_reason(each):
            yield found_shown(each, account_id)


def result_shown(held: Standing, account: Any, principles_url: str) -> dict[str, Any]:
    """Return what the account comes to: the range before the ratio; without money, what matters most."""
    return {
        "return_on_investment": return_shown(held, account.currency),
        "importance": _by_importance(held),
        "readiness": readiness_shown(held, principles_url),
    }


def _by_importance(held: Standing) -> list[Row]:
    """Return the outcomes of an account without money, the weightiest first."""
    if held.workings is None or held.workings.is_in_money:
        return []
    lines = [each for each in held.workings.lines if each.importance_share is not None]
    lines.sort(key=lambda each: -(each.importance_share or 0))
    return [Row(key=each.line.label, value=shown.share(each.importance_share)) for each in lines]


def frozen_shown(held: Standing) -> list[Row]:
    """Return what will be frozen: the period, the conventions, and how many rows there are of everything."""
    facts = held.facts
    rows = [Row(key=_("Period"), value=_period(facts)), *_conventions(held)]
    counted = [(_(noun.title), len(rows_of(facts, noun))) for noun in ROWS]
    rows.append(Row(key=_("What it holds"), value="\n".join(f"{title}: {count}" for title, count in counted if count)))
    return rows


def _conventions(held: Standing) -> Iterator[Row]:
    """Yield how money was worked out, where there is any."""
    if held.workings is None or not held.workings.is_in_money:
        return
    yield Row(key=_("Rate of discount"), value=_rate(held.facts))
    yield Row(key=_("The first year"), value=convention(held.workings))
    if held.facts.account.price_base:
        yield Row(key=_("In prices of"), value=held.facts.account.price_base)


def _period(facts: Facts) -> str:
    start, end = facts.account.period_start, facts.account.period_end
    if start is None or end is None:
        return ""
    return _("%(start)s to %(end)s") % {"start": date_format(start), "end": date_format(end)}


def _rate(facts: Facts) -> str:
    if facts.account.rate_schedule:
        return facts.account.rate_schedule
    if facts.account.discount_rate is None:
        return _("The usual rate: the account states none")
    return _("%(rate)s a year") % {"rate": shown.share(facts.account.discount_rate)}


def letter_to(addresses: list[str], account: Any, url: str) -> str:
    """Return the address of an e-mail that tells the approvers that an account waits for them."""
    subject = _("“%(account)s” is ready to be read and submitted") % {"account": account.name}
    said = _("You can read the account, see what will be frozen, and submit it here:")
    words = quote(f"{said}\n{url}")
    return f"mailto:{quote(','.join(addresses), safe='@,')}?subject={quote(subject)}&body={words}"
