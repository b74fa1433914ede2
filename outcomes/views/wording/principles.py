"""What was found against each principle, with the fields that mend it; and the five statements of co-production."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from outcomes.nouns import BY_SLUG
from outcomes.principles import CHECKS, CoProductionStanding, Finding, Item, Principle, Status
from outcomes.queries import Standing
from outcomes.views.pages import mend_url, new_row_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing that a finding is about, the field that mends it, and where a reason for it alone is given."""

    text: str
    url: str
    reason: str
    explain_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding as a sentence, with everything that it is about."""

    state: str
    question: str
    sentence: str
    reason: str
    explain_url: str
    mends: tuple[Mend, ...]
    more: int
    """How many more there are than are shown at once."""

    @property
    def count(self) -> int:
        """Return how many things the finding is about."""
        return len(self.mends) + self.more


MOST_SHOWN = 30
"""How many things of one finding are shown at once: the next come when these are mended."""


def principle_shown(principle: Principle, held: Standing, account_id: UUID) -> dict[str, Any]:
    """Return one principle with everything that was found: what is open first, what is met apart."""
    found = [found_shown(each, account_id) for each in held.findings if each.principle == principle.number]
    return {
        "number": principle.number,
        "title": _(principle.title),
        "gist": _(principle.gist),
        "state": str(next(each.status for each in held.readiness if each.principle.number == principle.number)),
        "open": [each for each in found if each.state in {"missing", "needs_reason"}],
        "explained": [each for each in found if each.state == "explained"],
        "met": [each for each in found if each.state == "met"],
    }


def check_asked(slug: str) -> str:
    """Return the question of a check, as a person is asked it; nothing if there is no such check."""
    return _(CHECKS[slug].question) if slug in CHECKS else ""


def found_shown(finding: Finding, account_id: UUID) -> Found:
    """Return one finding as a sentence, with the fields that mend what it is about."""
    wants_reason = finding.status is Status.NEEDS_REASON
    return Found(
        state=str(finding.status) if finding.is_open or finding.status is Status.MET else "explained",
        question=check_asked(finding.check),
        sentence=finding.say(_),
        reason=finding.reason,
        explain_url=_explain_url(account_id, finding.check) if wants_reason else "",
        mends=tuple(islice(_mends(finding, account_id), MOST_SHOWN)),
        more=max(len(finding.items) - MOST_SHOWN, 0),
    )


def _mends(finding: Finding, account_id: UUID) -> Iterator[Mend]:
    alone = finding.status is Status.NEEDS_REASON and len(finding.items) > 1
    for item in finding.items:
        yield Mend(
            text=_called(item),
            url=mend_url(account_id, item),
            reason=item.reason,
            explain_url=_explain_url(account_id, finding.check, item.subject) if alone and item.subject else "",
        )


def _called(item: Item) -> str:
    """Return what a finding is about: the row and which part of it, with the field that mends it or the row to add."""
    row = " ".join(word for word in (item.ref or item.subject, item.called) if word)
    field = "" if item.place else _added(item) if item.is_new else _(item.label)
    words = (row, _(item.aspect) if item.aspect else "", field)
    return " – ".join(word for word in words if word)


def _added(item: Item) -> str:
    return _("Add: %(noun)s") % {"noun": _(BY_SLUG[item.noun].singular).lower()}


def _explain_url(account_id: UUID, check: str, item: str = "") -> str:
    """Return where a reason is given: for one item of a check, or for all of them at once."""
    about = {"check_name": check} | ({"item": item} if item else {})
    return f"{new_row_url(account_id, 'explanations')}?{urlencode(about)}#id_reason"


def statement_shown(standing: CoProductionStanding, account_id: UUID) -> dict[str, str]:
    """Return how the account answers one statement of co-production."""
    return {
        "statement": _(standing.statement.label),
        "extent": _(standing.extent.label) if standing.extent else "",
        "explanation": standing.explanation,
        "evidence": standing.evidence,
        "url": mend_url(account_id, standing.mends) if standing.mends else "",
    }
