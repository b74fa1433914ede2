"""What an assurer reads: the criteria in plain words, the frozen account beside them, the statement as it stands."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.columns import Noun, columns
from outcomes import format as account_format
from outcomes.nouns import (
    Adjustment,
    Evidence,
    Facts,
    Indicator,
    Link,
    Observation,
    Outcome,
    Valuation,
    rows as rows_of,
)
from outcomes.principles import CHECKS, PRINCIPLES, Principle
from outcomes.views.wording.entries import names_of, row_name, value_shown
from reports import document, paper, queries
from stakeholders.nouns import Input, Involvement, Stakeholder

LOOK_FOR: Mapping[int, tuple[str, ...]] = {
    1: (
        _n("Everybody whose life may change is named, also those for whom it may be for the worse."),
        _n("Whoever is left out is left out for a reason that holds."),
        _n("Those affected helped to say what is measured, how, and what it is worth; it says how many were asked."),
    ),
    2: (
        _n("Each change is a change in somebody’s life, not something that was done."),
        _n("It is told how one change leads to the next, and those affected see it so too."),
        _n("Somebody asked for what went wrong or was not meant. Each change has a measure with a source."),
    ),
    3: (
        _n("How much each change matters comes from those who live with it."),
        _n("Each price says where it comes from and of which year it is, and stands in for that very change."),
    ),
    4: (
        _n("Each change was weighed twice: does it matter to somebody, and is it large enough?"),
        _n("Nothing is left out that a reader would miss, and nothing counts that is too small to matter."),
    ),
    5: (
        _n("What would have happened anyway, what others did and what only moved is taken off, change by change."),
        _n("Each of those shares has a reason and a source. One share for all of them is explained."),
        _n("How long a change lasts is shown by something."),
    ),
    6: (
        _n("A reader could work it all out again: every figure has its source, every choice its reason."),
        _n("What was put in is complete, also time that people gave."),
        _n("It says what is not known, and when the result is told to those it is about."),
    ),
    7: (
        _n("Those it is about saw the result and recognise themselves in it."),
        _n("There is evidence to look at, and the pieces that were drawn bear the account out."),
    ),
}
"""What to look for under each principle, in words of our own."""

BESIDE: Mapping[int, tuple[type[Noun], ...]] = {
    1: (Stakeholder, Involvement),
    2: (Outcome, Link, Indicator, Observation),
    3: (Valuation,),
    4: (Outcome,),
    5: (Adjustment,),
    6: (Input,),
    7: (Involvement, Evidence),
}
"""What of the frozen account stands beside each principle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A key and a value, for `components/summary_list.html`."""

    key: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do, for `components/task_list.html`."""

    title: str
    url: str
    words: str
    state: str = ""
    hint: str = ""


def facts_of(engagement: Any) -> Facts:
    """Return the facts of the frozen account."""
    return account_format.from_frozen(_content(engagement)["account"])


def _content(engagement: Any) -> Mapping[str, Any]:
    content: Mapping[str, Any] = document.parsed(engagement.submission.snapshot.document)["content"]
    return content


def principle_of(number: int) -> Principle | None:
    """Return the principle of this number."""
    return next((each for each in PRINCIPLES if each.number == number), None)


def criteria(number: int) -> list[str]:
    """Return what to look for under a principle."""
    return [_(each) for each in LOOK_FOR[number]]


def findings(engagement: Any, number: int) -> list[dict[str, str]]:
    """Return what the checks of a principle found when the account was frozen, and the reasons that were given."""
    return [
        {
            "question": _(CHECKS[each["check"]].question) if each["check"] in CHECKS else each["check"],
            "state": each["status"],
            "sentence": _(each["message"]) % each["params"],
            "reason": " ".join(filter(None, [each["reason"], *(item["reason"] for item in each["items"])])),
        }
        for each in _content(engagement)["findings"]
        if each["principle"] == number
    ]


def beside(engagement: Any, number: int) -> list[dict[str, Any]]:
    """Return the part of the frozen account that bears on a principle: each row with all that it says."""
    facts = facts_of(engagement)
    return [
        {"title": _(noun.title), "rows": [row_shown(facts, row) for row in rows_of(facts, noun)]}
        for noun in BESIDE[number]
    ]


def row_shown(facts: Facts, row: Any) -> dict[str, Any]:
    """Return what a frozen row is called, and all that it says."""
    names, currency = names_of(facts), facts.account.currency
    told = [(_(each.label), value_shown(each, row, names, currency)) for each in columns(type(row))]
    ref = str(getattr(row, "ref", ""))
    name = row_name(row)
    lines = [Line(key=key, value=value) for key, value in told if value and value not in {ref, name}]
    return {"ref": ref, "name": " ".join(filter(None, [ref, name])), "lines": lines}


def evidence_shown(engagement: Any, ref: str) -> dict[str, Any] | None:
    """Return a piece of evidence as it was frozen."""
    facts = facts_of(engagement)
    found = next((row for row in facts.evidence if row.ref == ref), None)
    return row_shown(facts, found) if found else None


def tasks(engagement: Any) -> list[Task]:
    """Return what there is to do in an engagement, in its order, and how each stands."""
    judged = queries.judgements(engagement)
    return [*_principles(engagement, judged), *_rest(engagement)]


def next_url(engagement: Any) -> str:
    """Return the address of the next thing to do."""
    return next((each.url for each in tasks(engagement) if each.state == "not_started"), "")


def _principles(engagement: Any, judged: Mapping[int, Any]) -> Iterator[Task]:
    for each in PRINCIPLES:
        found = judged.get(each.number)
        yield Task(
            title=f"{each.number}. {_(each.title)}",
            url=reverse("reports:judge", args=[engagement.id, each.number]),
            words=found.get_verdict_display() if found else _("Not judged yet"),
            state={"met": "met", "recommendation": "needs_reason", "not met": "missing"}[found.verdict]
            if found
            else "not_started",
        )


def _rest(engagement: Any) -> Iterator[Task]:
    traces, asked = queries.traces(engagement), queries.questions(engagement)
    left = sum(each.traced_at is None for each in traces)
    still_open = sum(each.closed_at is None for each in asked)
    drawn = _("To follow: %(count)s") % {"count": left} if left else _("All followed")
    yield Task(
        title=_("A random sample of the evidence"),
        url=reverse("reports:sample", args=[engagement.id]),
        words=drawn if traces else _("Not drawn yet"),
        state="met" if traces and not left else "not_started",
    )
    yield Task(
        title=_("The calculation, done again"), url=reverse("reports:calculation", args=[engagement.id]), words=""
    )
    yield Task(
        title=_("Questions to the organisation"),
        url=reverse("reports:ask", args=[engagement.id]),
        words=_("Open: %(count)s") % {"count": still_open} if still_open else _("None open"),
    )
    draft = queries.statement_of(engagement)
    signed, drafted = draft is not None and draft.signed_at, draft is not None
    yield Task(
        title=_("The statement"),
        url=reverse("reports:conclude", args=[engagement.id]),
        words=_("Signed") if signed else _("Drafted") if drafted else _("Not drafted yet"),
        state="met" if signed else "not_started",
    )


def statement_shown(held: Any) -> list[dict[str, Any]]:
    """Return the twelve elements of a statement in the reader's words."""
    return paper.elements(json.loads(held.document))


def judged(engagement: Any) -> list[dict[str, Any]]:
    """Return what was judged of each principle, for those whom it is about."""
    titles = {each.number: _(each.title) for each in PRINCIPLES}
    return [
        {"number": number, "title": titles[number], "judgement": each}
        for number, each in queries.judgements(engagement).items()
    ]


def signed(engagement: Any) -> list[dict[str, Any]]:
    """Return the twelve elements of a statement once it is signed."""
    held = queries.statement_of(engagement)
    return statement_shown(held) if held is not None and held.signed_at else []
