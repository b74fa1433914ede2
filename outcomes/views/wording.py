"""What the pages of an account say of it: facts, workings and findings in the reader's words, with their links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.columns import NUMERIC, Column, Kind, columns
from accounts.nouns import AccountDetails
from outcomes import pictures, shown
from outcomes.charts.figure import Voice
from outcomes.counting import left_out
from outcomes.nouns import BY_SLUG, Factor, Facts, Outcome
from outcomes.principles import CoProductionStanding, Finding, Principle, Status
from outcomes.queries import Standing
from outcomes.valuation import Figure, Workings
from outcomes.views.pages import details_url, entry_url, mend_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What one unit of money put in is worth, with its range, for `components/ratio.html`."""

    low: str
    high: str
    central: str
    one: str
    how: str
    convention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of the value map: its words, its explanation, and where it is corrected."""

    label: str
    shown: str
    url: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One outcome of the value map."""

    ref: str
    name: str
    stakeholder: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Principled:
    """How the account stands with one principle, for `components/readiness.html`."""

    number: int
    title: str
    state: str
    sentence: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing that a finding is about, and the field that mends it."""

    text: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding as a sentence, with everything that it is about."""

    state: str
    question: str
    sentence: str
    check: str
    reason: str
    explain_url: str
    mends: tuple[Mend, ...]


def return_shown(held: Standing, currency: str) -> Return | None:
    """Return the ratio with its range; None if the account holds no money."""
    workings, cautious, hopeful = held.workings, held.cautious, held.hopeful
    if workings is None or cautious is None or hopeful is None or not workings.is_in_money:
        return None
    ranged = cautious.ratio != hopeful.ratio
    return Return(
        low=shown.ratio(cautious.ratio, currency) if ranged else "",
        high=shown.ratio(hopeful.ratio, currency) if ranged else "",
        central=shown.ratio(workings.ratio, currency),
        one=f"{shown.symbol(currency)}1",
        how=_("With every stated range at its cautious end, and at its hopeful end.") if ranged else "",
        convention=convention(workings),
    )


def convention(workings: Workings) -> str:
    """Return the sentence on the first year, which stands beside every ratio."""
    if workings.inputs.year_one_is_discounted:
        return _("The first year of benefit is discounted.")
    return _("The first year of benefit is not discounted.")


def readiness_shown(held: Standing, url: str) -> list[Principled]:
    """Return how the account stands with each principle, in one sentence each."""
    return [
        Principled(
            number=each.principle.number,
            title=_(each.principle.title),
            state=str(each.status),
            sentence=each.say(_),
            url=f"{url}#principle-{each.principle.number}",
        )
        for each in held.readiness
    ]


def next_step(held: Standing, account_id: UUID) -> Mend | None:
    """Return the first thing to do: what is missing before what needs a reason, with the field that mends it."""
    waiting = sorted(
        (each for each in held.findings if each.is_open), key=lambda each: each.status is not Status.MISSING
    )
    for finding in waiting:
        if finding.stops or finding.status is Status.NEEDS_REASON:
            url = mend_url(account_id, finding.items[0]) if finding.items else details_url(account_id)
            return Mend(text=finding.say(_), url=url, reason="")
    return None


def principle_shown(principle: Principle, held: Standing, account_id: UUID) -> dict[str, Any]:
    """Return one principle with everything that was found."""
    found = [finding for finding in held.findings if finding.principle == principle.number]
    questions = {check.slug: check.question for check in principle.checks}
    return {
        "number": principle.number,
        "title": _(principle.title),
        "gist": _(principle.gist),
        "state": str(next(each.status for each in held.readiness if each.principle.number == principle.number)),
        "findings": [_found(finding, questions[finding.check], account_id) for finding in found],
    }


def _found(finding: Finding, question: str, account_id: UUID) -> Found:
    explain = f"{reverse('outcomes:new_entry', args=[account_id, 'explanations'])}?check_name={finding.check}"
    return Found(
        state=str(finding.status) if finding.is_open or finding.status is Status.MET else "explained",
        question=_(question),
        sentence=finding.say(_),
        check=finding.check,
        reason=finding.reason,
        explain_url=explain if finding.status is Status.NEEDS_REASON else "",
        mends=tuple(_mends(finding, account_id)),
    )


def _mends(finding: Finding, account_id: UUID) -> Iterator[Mend]:
    for item in finding.items:
        words = [item.ref or item.subject, item.called, _(item.aspect) if item.aspect else "", _(item.label)]
        yield Mend(text=" – ".join(word for word in words if word), url=mend_url(account_id, item), reason=item.reason)


def value_map_rows(held: Standing, account: Any) -> list[Line]:
    """Return the value map, one line an outcome that counts, each figure with its explanation."""
    if held.workings is None:
        return []
    groups = {row.ref: row.name for row in held.facts.stakeholders}
    outcomes = {row.ref: row for row in held.facts.outcomes}
    return [
        Line(
            ref=worked.line.key,
            name=worked.line.label,
            stakeholder=groups.get(worked.line.stakeholder, ""),
            url=entry_url(account.id, "outcomes", worked.line.key),
            cells=tuple(_cells(held.workings, outcomes[worked.line.key], account)),
        )
        for worked in held.workings.lines
    ]


def _cells(workings: Workings, outcome: Outcome, account: Any) -> Iterator[Cell]:
    heads = {
        "quantity": _("Quantity"),
        "value_each": _("Value of one"),
        "deadweight": _("Deadweight"),
        "displacement": _("Displacement"),
        "attribution": _("Attribution"),
        "drop_off": _("Drop-off"),
        "duration": _("Years"),
        "impact": _("Impact"),
        "present_value": _("Present value"),
    }
    for name, label in heads.items():
        worked = workings.figure(f"{outcome.ref}.{name}")
        yield Cell(
            label=label,
            shown=shown.number(worked.amount) if name == "duration" else shown.figure(worked, account.currency),
            url=figure_url(account.id, worked.name),
            negative=worked.amount is not None and worked.amount < 0,
        )


_TOTALS = (
    "gross_value",
    "impact",
    "total_present_value",
    "inputs",
    "net_present_value",
    "ratio",
    "net_ratio",
    "payback",
)


def totals(held: Standing, account: Any) -> list[Cell]:
    """Return what the account comes to, each total with its explanation."""
    workings = held.workings
    if workings is None:
        return []
    names = (
        "gross_value",
        "impact",
        "total_present_value",
        "inputs",
        "net_present_value",
        "ratio",
        "net_ratio",
        "payback",
    )
    found = [workings.figure(name) for name in names]
    return [
        Cell(
            label=_(each.label) % each.params,
            shown=shown.figure(each, account.currency) or (_(each.why_undefined) if each.why_undefined else ""),
            url=figure_url(account.id, each.name),
            negative=each.amount is not None and each.amount < 0,
        )
        for each in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The figure at which value would equal what was put in, for one assumption."""

    label: str
    central: str
    shown: str
    why_none: str


def break_even_shown(tested: Mapping[str, Any], facts: Facts, voice: Voice) -> list[BreakEven]:
    """Return where each assumption would bring the ratio to 1."""
    names = {row.ref: row.name for row in facts.outcomes}
    return [
        BreakEven(
            label=pictures.assumption_words(each["line"], each["assumption"], names, voice),
            central=pictures.assumption_figure(each["assumption"], each["central"], voice),
            shown=pictures.assumption_figure(each["assumption"], each["figure"], voice),
            why_none=_(each["why_none"]) if each["why_none"] else "",
        )
        for each in tested["break_even"]
    ]


def scenarios_shown(tested: Mapping[str, Any], voice: Voice) -> list[Cell]:
    """Return what each named scenario comes to."""
    return [
        Cell(label=each["scenario"]["name"], shown=voice.ratio(Decimal(each["ratio"])) if each["ratio"] else "")
        for each in tested["scenarios"]
    ]


def figure_url(account_id: UUID, name: str) -> str:
    """Return the address at which a figure is explained."""
    return reverse("outcomes:figure", args=[account_id, name])


def figure_shown(worked: Figure, held: Standing, account: Any) -> dict[str, Any]:
    """Return one figure with its formula, its parts, and for an entered one its source and where it is corrected."""
    return {
        "name": worked.name,
        "title": _title(worked),
        "about": worked.about,
        "shown": shown.figure(worked, account.currency),
        "unrounded": "" if worked.amount is None else f"{worked.amount:f}",
        "why_undefined": _(worked.why_undefined) if worked.why_undefined else "",
        "formula": worked.formula_in(_),
        "working": worked.working,
        "note": _(worked.note) % worked.params if worked.note else "",
        "parts": [_part(part, account) for part in worked.parts],
        "entered": entered(worked, held, account) if worked.is_entered else None,
    }


def _title(worked: Figure) -> str:
    return _(worked.label) % worked.params


def _part(worked: Figure, account: Any) -> Cell:
    about = f"{worked.about}: " if worked.about else ""
    return Cell(
        label=about + _title(worked),
        shown=shown.figure(worked, account.currency),
        url=figure_url(account.id, worked.name),
        negative=worked.amount is not None and worked.amount < 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A figure that somebody typed: the row and the field that hold it, with what is said of it there."""

    noun: str
    ref: str
    field: str
    url: str
    said: tuple[tuple[str, str], ...] = field(default=())


def entered(worked: Figure, held: Standing, account: Any) -> Entered:
    """Return the row behind an entered figure. One that the account does not state yet leads to a new row."""
    if worked.investment:
        return _entered(account, held, "inputs", worked.investment, worked.field_name or "amount")
    if not worked.line:
        return Entered(noun="account", ref="", field="discount_rate", url=details_url(account.id, "discount_rate"))
    if worked.field_name in {factor.value for factor in Factor}:
        return _behind(account, held, "adjustments", worked, "figure")
    if worked.field_name in {"value_each", "price_period", "weight"}:
        return _behind(
            account, held, "valuations", worked, "value" if worked.field_name == "value_each" else worked.field_name
        )
    return _entered(account, held, "outcomes", worked.line, worked.field_name or "quantity")


def _behind(account: Any, held: Standing, slug: str, worked: Figure, name: str) -> Entered:
    rows = held.facts.adjustments if slug == "adjustments" else held.facts.valuations
    for row in rows:
        if row.outcome == worked.line and getattr(row, "factor", worked.field_name) == worked.field_name:
            return _entered(account, held, slug, row.ref, name)
        if slug == "valuations" and row.outcome == worked.line:
            return _entered(account, held, slug, row.ref, name)
    about = f"?outcome={worked.line}" + (f"&factor={worked.field_name}" if slug == "adjustments" else "")
    return Entered(noun=slug, ref="", field=name, url=reverse("outcomes:new_entry", args=[account.id, slug]) + about)


def _entered(account: Any, held: Standing, slug: str, ref: str, name: str) -> Entered:
    row = next((each for each in getattr(held.facts, slug) if each.ref == ref), None)
    told = [(_("Source"), _source(row, name)), (_("Reason"), getattr(row, "reason", ""))]
    return Entered(
        noun=slug,
        ref=ref,
        field=name,
        url=entry_url(account.id, slug, ref, name),
        said=tuple((key, words) for key, words in told if words),
    )


def _source(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_source", "") or getattr(row, "source", ""))


def statement_shown(standing: CoProductionStanding, account_id: UUID) -> dict[str, str]:
    """Return how the account answers one statement of co-production."""
    return {
        "statement": _(standing.statement.label),
        "extent": _(standing.extent.label) if standing.extent else "",
        "explanation": standing.explanation,
        "evidence": standing.evidence,
        "url": mend_url(account_id, standing.mends) if standing.mends else "",
    }


def left_out_shown(facts: Facts) -> list[dict[str, str]]:
    """Return the outcomes that do not count, each with why and the reason given."""
    return [
        {"ref": each.outcome.ref, "name": each.outcome.name, "why": _(each.why.label), "reason": each.reason}
        for each in left_out(facts)
    ]


def record_shown(record: Any) -> dict[str, Any]:
    """Return one audit record as a sentence: who did what to what, from what to what."""
    who = str(record.person) if record.person else _("An operator")
    what = " ".join(word for word in (_noun_words(record.noun), record.ref) if word)
    done = _VERBS.get(record.verb, record.verb)
    sentence = _(done) % {"who": who, "what": what or _("the account")}
    return {"at": record.at, "words": "\n".join([sentence, *_moves(record)]), "reason": record.reason}


def _noun_words(slug: str) -> str:
    noun = AccountDetails if slug == AccountDetails.slug else BY_SLUG.get(slug)
    return _(noun.singular).lower() if noun else ""


def _moves(record: Any) -> Iterator[str]:
    """Yield each field of a changed row, from what to what."""
    if record.verb != "changed" or not record.after:
        return
    noun = AccountDetails if record.noun == AccountDetails.slug else BY_SLUG[record.noun]
    for column in columns(noun):
        if column.name in record.after:
            was, became = (_said(column, side.get(column.name)) for side in (record.before, record.after))
            yield _("%(field)s: from %(was)s to %(became)s") % {"field": _(column.label), "was": was, "became": became}


def _said(column: Column, value: Any) -> str:
    """Return one side of a change as it stands in the record: plain data, in the words of the column."""
    if value is None or value == "":
        return _("nothing")
    if column.choices is not None:
        return _(column.choices(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.kind is Kind.SHARE:
        return shown.share(Decimal(value))
    return shown.number(Decimal(value)) if column.kind in NUMERIC else f"“{value}”"


_VERBS = {
    "opened": _n("%(who)s started %(what)s."),
    "replaced": _n("%(who)s brought in a workbook in place of all that %(what)s said."),
    "added": _n("%(who)s added %(what)s."),
    "changed": _n("%(who)s changed %(what)s."),
    "removed": _n("%(who)s removed %(what)s."),
    "froze": _n("%(who)s froze the account for report %(what)s."),
    "asked for report": _n("%(who)s asked for report %(what)s."),
    "asked again for report": _n("%(who)s asked again for a report."),
    "published": _n("%(who)s published report %(what)s."),
}
