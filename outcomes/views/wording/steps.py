"""The task list of the guided account, and what one stage shows: its help, its rows, what is still open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from accounts.columns import Column, Kind, Noun, column
from accounts.nouns import AccountDetails
from outcomes import glossary
from outcomes.nouns import Facts, Link, Valuation, rows as rows_of, with_rows
from outcomes.principles import CoProductionStanding, Finding, co_production
from outcomes.queries import Standing
from outcomes.stages import BY_SLUG, STAGES, Stage, StageStanding, State, next_stage, stages_of
from outcomes.views.pages import details_url, entry_url, mend_url, new_row_url
from outcomes.views.wording import entries, principles
from stakeholders.nouns import CoProduction

MOST_ROWS = 12
"""How many rows of a noun a stage shows; the list of that noun has them all."""
ASKED = "stage"
"""What a link away from a stage carries, so that whoever saves something comes back to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One stage in the task list, for `components/task_list.html`."""

    title: str
    hint: str
    url: str
    state: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The stage before or after another."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row in a list, for `components/task_list.html`."""

    title: str
    hint: str
    url: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The rows of a noun at a stage, with the way to add one."""

    slug: str
    title: str
    about: str
    example: str
    is_optional: bool
    rows: Sequence[Row]
    more: int
    all_url: str
    add_url: str
    add_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that the account says of itself, for `components/summary_list.html`."""

    key: str
    value: str
    url: str


def steps_url(account_id: UUID) -> str:
    """Return the address of the task list."""
    return reverse("outcomes:steps", args=[account_id])


def step_url(account_id: UUID, stage: Stage) -> str:
    """Return the address of one stage."""
    return reverse("outcomes:step", args=[account_id, stage.slug])


def stage_asked(request: HttpRequest) -> str:
    """Return the slug of the stage that somebody came from, as the link that they followed says; blank if from none."""
    asked = request.GET.get(ASKED, "")
    return asked if asked in BY_SLUG else ""


def way_back(request: HttpRequest, account_id: UUID) -> str:
    """Return the address of the stage that somebody came from; blank if from none."""
    asked = stage_asked(request)
    return step_url(account_id, BY_SLUG[asked]) if asked else ""


def value_of_url(account_id: UUID, outcome_ref: str) -> str:
    """Return the address at which a value is given to an outcome, and from which saving leads to all that is worth."""
    worth = next(stage for stage in STAGES if Valuation in stage.nouns)
    about = urlencode({"outcome": outcome_ref})
    return from_stage(f"{new_row_url(account_id, Valuation.slug)}?{about}", worth)


def from_stage(url: str, stage: Stage) -> str:
    """Return an address that remembers the stage on which it was followed."""
    place = urlsplit(url)
    query = "&".join(part for part in (place.query, urlencode({ASKED: stage.slug})) if part)
    return urlunsplit(place._replace(query=query))


# --- The task list ----------------------------------------------------------------------------------------------------


def tasks(standings: Sequence[StageStanding], account_id: UUID) -> list[Task]:
    """Return the task list: each stage with how it stands, in words."""
    return [
        Task(
            title=f"{number}. {_(each.stage.title)}",
            hint=_(each.stage.term).capitalize(),
            url=step_url(account_id, each.stage),
            state=_SHOWN_AS[each.state],
            words=standing_words(each),
        )
        for number, each in enumerate(standings, start=1)
    ]


_SHOWN_AS = {
    State.DONE: "met",
    State.NEEDS_REASON: "needs_reason",
    State.MISSING: "missing",
    State.NOT_STARTED: "not_started",
}


def standing_words(each: StageStanding) -> str:
    """Return how a stage stands in a few words: how much is missing, how much needs a reason."""
    if each.state is State.NOT_STARTED:
        return _("Not started")
    if each.state is State.DONE:
        return _("Done")
    missing = ngettext("%(count)s missing", "%(count)s missing", each.missing) % {"count": each.missing}
    unexplained = ngettext("%(count)s needs a reason", "%(count)s need a reason", each.unexplained)
    said = [missing if each.missing else "", unexplained % {"count": each.unexplained} if each.unexplained else ""]
    return ", ".join(word for word in said if word)


def progress(standings: Sequence[StageStanding]) -> str:
    """Return how many stages are done, as a sentence."""
    done = sum(each.state is State.DONE for each in standings)
    words = ngettext("%(done)s of %(all)s is done.", "%(done)s of %(all)s are done.", done)
    return words % {"done": done, "all": len(standings)}


def go_on(standings: Sequence[StageStanding], account_id: UUID) -> Neighbour | None:
    """Return the stage to go on with; None if every one is done."""
    found = next_stage(standings)
    return _neighbour(found.stage, account_id) if found else None


def _neighbour(stage: Stage | None, account_id: UUID) -> Neighbour | None:
    return Neighbour(title=_(stage.title), url=step_url(account_id, stage)) if stage else None


# --- One stage --------------------------------------------------------------------------------------------------------


def stage_shown(stage: Stage, held: Standing, account: Any, *, may_edit: bool) -> dict[str, Any]:
    """Return everything that the page of a stage shows."""
    standing = next(each for each in stages_of(held.findings, held.facts) if each.stage is stage)
    number = STAGES.index(stage)
    return {
        "stage": _head(stage, number),
        "state": _SHOWN_AS[standing.state],
        "state_words": standing_words(standing),
        "before": _neighbour(STAGES[number - 1] if number else None, account.id),
        "after": _neighbour(STAGES[number + 1] if number + 1 < len(STAGES) else None, account.id),
        "terms": [term_shown(glossary.BY_SLUG[slug]) for slug in stage.terms],
        "doors": [{"url": reverse(door.name, args=[account.id]), "words": _(door.words)} for door in stage.doors],
        "questions": list(_questions(stage, held.facts, account)),
        "answers": list(_answers(stage, held.facts, account)),
        "statements": _statements(stage, held.facts, account.id, may_edit=may_edit),
        "lists": [_listed(noun, stage, held.facts, account) for noun in _listed_nouns(stage)],
        "open": [_open(each.finding, stage, account.id) for each in standing.open if each.finding],
    }


def _head(stage: Stage, number: int) -> dict[str, Any]:
    return {
        "title": _(stage.title),
        "term": _(stage.term),
        "help": _(stage.help),
        "example": _(stage.example),
        "number": number + 1,
        "of": len(STAGES),
    }


def term_shown(term: glossary.Term) -> dict[str, str]:
    """Return a term in plain words, with its example."""
    words = _(term.words)
    return {
        "slug": term.slug,
        "name": _(term.name),
        "words": f"{words[0].upper()}{words[1:]}.",
        "example": _(term.example),
    }


def _questions(stage: Stage, facts: Facts, account: Any) -> Iterator[Question]:
    """Yield what the account says of itself here, each with its very field in a form of these questions alone."""
    asked = stage.answers.get(AccountDetails, ())
    form = f"{details_url(account.id)}?{_only(asked)}"
    for name in asked:
        declared = column(AccountDetails, name)
        yield Question(
            key=_(declared.label),
            value=entries.value_shown(declared, facts.account, {}, account.currency),
            url=from_stage(f"{form}#id_{name}", stage),
        )


def _only(names: Iterable[str]) -> str:
    """Return what cuts a form to some fields."""
    return urlencode([("only", name) for name in names])


def _answers(stage: Stage, facts: Facts, account: Any) -> Iterator[dict[str, Any]]:
    """Yield what rows that are listed at another stage answer here: each leads to a form of these questions alone."""
    for noun, names in stage.answers.items():
        if noun is AccountDetails:
            continue
        asked = [column(noun, name) for name in names]
        found = rows_of(facts, noun)
        yield {
            "title": _(noun.title),
            "rows": [_answered(row, asked, stage, account) for row in found[:MOST_ROWS]],
            "more": max(len(found) - MOST_ROWS, 0),
            "all_url": reverse("outcomes:entries", args=[account.id, noun.slug]),
            "add_url": from_stage(new_row_url(account.id, noun.slug), stage),
            "add_words": _add_words(noun),
        }


def _answered(row: Noun, asked: Sequence[Column], stage: Stage, account: Any) -> Row:
    ref = str(getattr(row, "ref", ""))
    short = [each for each in asked if each.kind is not Kind.LONG_TEXT]  # reasons are read in the form
    told = _told((_(each.label), entries.value_shown(each, row, {}, account.currency)) for each in short)
    return Row(
        title=f"{ref} {entries.row_name(row)}",
        hint=told or _("Not answered yet"),
        url=from_stage(f"{entry_url(account.id, row.slug, ref)}?{_only(each.name for each in asked)}", stage),
    )


def _told(answers: Any) -> str:
    """Return the answers that there are in one line."""
    return _AND.join(_labelled(label, _cut(value)) for label, value in answers if value)


def _labelled(label: str, value: str) -> str:
    return f"{label} {value}" if label.endswith("?") else f"{label}: {value}"


_LONGEST = 60
_AND, _LEADS_TO = " · ", " → "


def _cut(words: str) -> str:
    return f"{words[:_LONGEST].rstrip()}…" if len(words) > _LONGEST else words


def _statements(stage: Stage, facts: Facts, account_id: UUID, *, may_edit: bool) -> list[Row]:
    """Return the five statements of co-production, where they belong to a stage, each with the way to its answer."""
    if CoProduction not in stage.nouns:
        return []
    return [_statement(each, facts, stage, account_id, may_edit=may_edit) for each in co_production(facts)]


def _statement(each: CoProductionStanding, facts: Facts, stage: Stage, account_id: UUID, *, may_edit: bool) -> Row:
    ref = next((row.ref for row in facts.co_production if row.statement is each.statement), "")
    url = entry_url(account_id, CoProduction.slug, ref) if ref else ""
    if may_edit and each.mends:
        url = mend_url(account_id, each.mends)
    return Row(
        title=_(each.statement.label),
        hint=_cut(each.explanation),
        url=_back_if(url, stage),
        words=_(each.extent.label) if each.extent else _("Not answered yet"),
    )


def _listed_nouns(stage: Stage) -> Iterator[tuple[type[Noun], bool]]:
    """Yield the nouns that a stage lists, and whether they are optional; the five statements have their own list."""
    yield from ((noun, False) for noun in stage.nouns if noun is not CoProduction)
    yield from ((noun, True) for noun in stage.optional)


def _listed(placed: tuple[type[Noun], bool], stage: Stage, facts: Facts, account: Any) -> Listed:
    noun, is_optional = placed
    found = rows_of(facts, noun)
    first = entries.rows_shown(noun, with_rows(facts, noun, found[:MOST_ROWS]), account)
    return Listed(
        slug=noun.slug,
        title=_(noun.title),
        about=_(noun.about),
        example=_(glossary.of_noun(noun).example),
        is_optional=is_optional,
        rows=[_row(each, stage, _LEADS_TO if noun is Link else _AND) for each in first],
        more=max(len(found) - MOST_ROWS, 0),
        all_url=reverse("outcomes:entries", args=[account.id, noun.slug]),
        add_url=from_stage(new_row_url(account.id, noun.slug), stage),
        add_words=_add_words(noun),
    )


def _row(each: entries.Row, stage: Stage, between: str) -> Row:
    """Return one row of a list: what a person would call it, or for want of that what it says."""
    told = between.join(_bare(answer) for answer in each.answers if answer.value)
    title, hint = (each.name, told) if each.name else (told, "")
    return Row(title=f"{each.ref} {title}".strip(), hint=hint, url=from_stage(each.url, stage))


def _bare(answer: entries.Answer) -> str:
    """Return an answer in a line of several: a figure by itself says too little, most words say enough."""
    return _labelled(answer.key, answer.value) if answer.set_as == "number" else _cut(answer.value)


def _add_words(noun: type[Noun]) -> str:
    return _("Add: %(noun)s") % {"noun": _(noun.singular).lower()}


def _open(finding: Finding, stage: Stage, account_id: UUID) -> principles.Found:
    """Return what is still open, with links that come back to this stage."""
    found = principles.found_shown(finding, account_id)
    mends = (
        replace(mend, url=from_stage(mend.url, stage), explain_url=_back_if(mend.explain_url, stage))
        for mend in found.mends
    )
    return replace(found, explain_url=_back_if(found.explain_url, stage), mends=tuple(mends))


def _back_if(url: str, stage: Stage) -> str:
    return from_stage(url, stage) if url else ""
