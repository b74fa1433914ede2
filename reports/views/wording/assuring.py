"""What an assurer reads: the criteria in plain words, the frozen account beside them, the statement as it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n, ngettext

from accounts.columns import Noun
from outcomes.nouns import Adjustment, Indicator, Link, Observation, Outcome, Valuation
from outcomes.principles import CHECKS
from reports import paper, queries, statement
from reports.views.wording import items
from reports.views.wording.frozen import Frozen, ref_of
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
    7: (Involvement,),
}
"""What of the frozen account stands beside each principle; the evidence for it comes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do, for `components/task_list.html`."""

    title: str
    url: str
    words: str
    state: str = ""
    hint: str = ""
    is_last: bool = False
    """Whether it comes when all the rest is done."""


def levels() -> list[dict[str, str]]:
    """Return the three levels that a report can name, and what each means."""
    with_a_statement = [(statement.LEVELS[level], words) for level, words in statement.LEVELS_EXPLAINED.items()]
    return [{"name": _(name), "words": _(words)} for name, words in [*statement.SELF_ASSESSED, *with_a_statement]]


# --- One principle ------------------------------------------------------------------------------------------------


def criteria(number: int) -> list[str]:
    """Return what to look for under a principle."""
    return [_(each) for each in LOOK_FOR.get(number, ())]


def findings(frozen: Frozen, number: int) -> list[dict[str, Any]]:
    """Return what the checks of a principle found when the account was frozen, and the reasons that were given."""
    return [_finding(each) for each in frozen.content["findings"] if each["principle"] == number]


def _finding(found: Mapping[str, Any]) -> dict[str, Any]:
    check = found["check"]
    own = [(each["called"] or each["ref"], each["reason"]) for each in found["items"] if each["reason"]]
    return {
        "question": _(CHECKS[check].question) if check in CHECKS else check,
        "state": found["status"],
        "sentence": _(found["message"]) % found["params"],
        "reasons": [("", found["reason"]), *own] if found["reason"] else own,
        "about": f"check:{check}",
    }


def beside(frozen: Frozen, number: int) -> list[dict[str, Any]]:
    """Return the part of the frozen account that bears on a principle, each row with all that it says."""
    nouns = BESIDE.get(number, ())
    return [{"title": _(noun.title), "rows": [row_shown(frozen, row) for row in frozen.rows(noun)]} for noun in nouns]


def evidence_beside(frozen: Frozen, number: int) -> dict[str, Any]:
    """Return the evidence that is tied to what stands beside a principle; all that there is, where none is."""
    shown = {ref_of(row) for noun in BESIDE.get(number, ()) for row in frozen.rows(noun)}
    tied = [each for each in frozen.facts.evidence if each.about_row in shown]
    pieces = tied or frozen.facts.evidence
    return {"is_tied": bool(tied), "rows": [row_shown(frozen, each) for each in pieces]}


def row_shown(frozen: Frozen, row: Any) -> dict[str, Any]:
    """Return what a frozen row is called, all that it says, and the code of a question about it."""
    ref = ref_of(row)
    return {
        "ref": ref,
        "name": frozen.called(row),
        "hint": frozen.hint(row),
        "lines": frozen.lines(row),
        "about": f"{type(row).slug}:{ref}" if ref else "",
    }


def evidence_shown(frozen: Frozen, ref: str) -> dict[str, Any] | None:
    """Return a piece of evidence as it was frozen."""
    found = next((row for row in frozen.facts.evidence if row.ref == ref), None)
    return row_shown(frozen, found) if found else None


def pieces_drawn(frozen: Frozen, traces: Sequence[Any]) -> list[Any]:
    """Return what was drawn, each with what it is called."""
    names = {row.ref: frozen.called(row) for row in frozen.facts.evidence}
    return [{"trace": each, "name": names.get(each.ref, each.ref)} for each in traces]


def differences(form: Any, last: Any) -> list[dict[str, str]]:
    """Return what was typed beside what somebody kept since it was read: in another window, say."""
    if last is None or not form.is_bound or str(form["version"].value()) == str(last.version):
        return []
    verdicts = dict(form.fields["verdict"].choices)
    both = [(form[name], str(form[name].value() or ""), getattr(last, name)) for name in _JUDGED]
    return [
        {"label": field.label, "mine": verdicts.get(mine, mine), "theirs": verdicts.get(theirs, theirs)}
        for field, mine, theirs in both
        if mine.strip() != theirs
    ]


_JUDGED = ("verdict", "finding", "recommendation")


# --- What there is to do --------------------------------------------------------------------------------------------

_STATES = {"met": "met", "recommendation": "needs_reason", "not met": "missing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an engagement has come: each thing to do, and what is left of it."""

    principles: tuple[Task, ...]
    rest: tuple[Task, ...]

    @property
    def judged(self) -> int:
        """Return how many principles are judged."""
        return sum(each.state != "not_started" for each in self.principles)

    @property
    def left(self) -> list[Task]:
        """Return what is still to be done, in its order."""
        return [each for each in (*self.principles, *self.rest) if each.state == "not_started"]

    @property
    def before_the_statement(self) -> list[Task]:
        """Return what is still to be done before the statement can be drafted."""
        return [each for each in self.left if not each.is_last]

    def after(self, number: int) -> str:
        """Return the address of what comes after a principle: the next one that is not judged, then the rest."""
        ordered = [*self.principles[number:], *self.principles[:number], *self.rest]
        return next((each.url for each in ordered if each.state == "not_started"), "")


def progress(engagement: Any, frozen: Frozen) -> Progress:
    """Return what there is to do in an engagement, in its order, and how each stands."""
    judged = queries.judgements(engagement)
    return Progress(
        principles=tuple(_principle(engagement, each, judged.get(each.number)) for each in frozen.principles),
        rest=(
            _sampled(engagement, frozen),
            _task(engagement, _("The calculation, done again"), "calculation"),
            _asked(engagement),
            _concluded(engagement),
        ),
    )


def _principle(engagement: Any, principle: Any, found: Any) -> Task:
    return Task(
        title=f"{principle.number}. {_(principle.title)}",
        url=reverse("reports:judge", args=[engagement.id, principle.number]),
        words=found.get_verdict_display() if found else _("Not judged yet"),
        state=_STATES[found.verdict] if found else "not_started",
    )


def _sampled(engagement: Any, frozen: Frozen) -> Task:
    traces = queries.traces(engagement)
    left = sum(each.traced_at is None for each in traces)
    title = _("A random sample of the evidence")
    if not frozen.facts.evidence:
        return _task(engagement, title, "sample", _("No evidence is listed"))
    to_follow = ngettext("%(count)s piece to follow", "%(count)s pieces to follow", left) % {"count": left}
    words = (to_follow if left else _("All followed")) if traces else _("Not drawn yet")
    return _task(engagement, title, "sample", words, state="met" if traces and not left else "not_started")


def _asked(engagement: Any) -> Task:
    asked = [each for each in queries.questions(engagement) if each.closed_at is None]
    answered = sum(is_answered(engagement, each) for each in asked)
    waiting = len(asked) - answered
    words = [
        ngettext("%(count)s answered: read it, and close it", "%(count)s answered: read them, and close them", answered)
        % {"count": answered}
        if answered
        else "",
        _("%(count)s without an answer") % {"count": waiting} if waiting else "",
    ]
    title = _("Questions to the organisation")
    return _task(
        engagement, title, "ask", "; ".join(filter(None, words)) or _("None open"), state="not_started" if asked else ""
    )


def _concluded(engagement: Any) -> Task:
    draft = queries.statement_of(engagement)
    drafted = _("Drafted: read it and sign") if draft else _("Not drafted yet")
    words = _("Signed") if draft and draft.signed_at else drafted
    state = "met" if draft is not None and draft.signed_at else "not_started"
    return _task(engagement, _("The statement"), "conclude", words, state=state, is_last=True)


def _task(engagement: Any, title: str, page: str, words: str = "", *, state: str = "", is_last: bool = False) -> Task:
    return Task(
        title=title, url=reverse(f"reports:{page}", args=[engagement.id]), words=words, state=state, is_last=is_last
    )


# --- Questions ------------------------------------------------------------------------------------------------------


def is_answered(engagement: Any, question: Any) -> bool:
    """Return whether the organisation said the last word."""
    said = list(question.answers.all())
    return bool(said) and said[-1].answered_by_id != engagement.assurer_id


def thread(engagement: Any, frozen: Frozen, question: Any) -> dict[str, Any]:
    """Return a question with the item that it is about, as it was frozen, and everything that was said since."""
    said = [
        {"text": each.text, "who": each.answered_by, "at": each.answered_at, "by_the_assurer": by_the_assurer}
        for each in question.answers.all()
        for by_the_assurer in [each.answered_by_id == engagement.assurer_id]
    ]
    return {
        "question": question,
        "title": items.title(frozen, question.about),
        "item": items.item(frozen, question.about),
        "said": said,
        "is_answered": is_answered(engagement, question),
    }


def threads(engagement: Any) -> list[dict[str, Any]]:
    """Return every question of an engagement with all that was said."""
    asked = queries.questions(engagement)
    if not asked:
        return []
    frozen = Frozen(engagement)
    return [thread(engagement, frozen, each) for each in asked]


# --- The statement --------------------------------------------------------------------------------------------------


def statement_shown(held: Any) -> list[dict[str, Any]]:
    """Return the twelve elements of a statement in the reader's words."""
    return paper.elements(json.loads(held.document))


def fitting(engagement: Any) -> str:
    """Return the conclusions that say no more than the judgements do."""
    verdicts = [each.verdict for each in queries.judgements(engagement).values()]
    return "; ".join(_(words) for code, words in statement.CONCLUSIONS.items() if statement.fits(code, verdicts))


def judged(engagement: Any) -> list[dict[str, Any]]:
    """Return what was judged of each principle, for those whom it is about."""
    found = queries.judgements(engagement)
    if not found:
        return []
    titles = {each.number: _(each.title) for each in Frozen(engagement).principles}
    return [{"number": number, "title": titles[number], "judgement": each} for number, each in found.items()]


def signed(engagement: Any) -> list[dict[str, Any]]:
    """Return the twelve elements of a statement once it is signed."""
    held = queries.statement_of(engagement)
    return statement_shown(held) if held is not None and held.signed_at else []
