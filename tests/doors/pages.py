"""Every page that there is, read from the addresses that the site answers to, never typed."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Account
from outcomes import queries
from outcomes.nouns import ROWS, rows
from outcomes.stages import STAGES
from reports.models import RenderJob
from tests.architecture import gate

Route = tuple[str, frozenset[str]]
"""The name of an address, and what it is made from."""

OPERATORS = "admin"
_DIGITS = re.compile(r"[0-9]+")


def routes() -> list[Route]:
    """Return every address of ours; the administration site is Django's own."""
    return sorted(_routes(get_resolver(), "", frozenset()), key=str)


def _routes(inside: URLResolver, prefix: str, given: frozenset[str]) -> Iterator[Route]:
    for each in inside.url_patterns:
        needs = given | set(each.pattern.converters)
        if isinstance(each, URLPattern):
            yield f"{prefix}{each.name}", needs
        elif each.namespace != OPERATORS:
            yield from _routes(each, f"{prefix}{each.namespace}:" if each.namespace else prefix, needs)


def only_takes(door: str) -> bool:
    """Return whether there is nothing to look at behind a door: it takes what is sent to it, and leads on."""
    return gate.DOORS[door].get is None


def pages_of(account: Account) -> list[str]:
    """Return the address of every page of an account, with one row of each noun, and one figure of each make."""
    held = queries.standing(account)
    first_rows = {noun.slug: next(iter(rows(held.facts, noun)), None) for noun in ROWS}
    figures = {_DIGITS.sub("", name): name for name in (held.workings.names() if held.workings else ["ratio"])}
    frozen = sorted(account.snapshots.values_list("number", flat=True))
    known: Mapping[frozenset[str], list[dict[str, Any]]] = {
        frozenset(): [{}],
        frozenset({"slug"}): [{"slug": slug} for slug in first_rows],
        frozenset({"slug", "ref"}): [{"slug": slug, "ref": row.ref} for slug, row in first_rows.items() if row],
        frozenset({"stage"}): [{"stage": stage.slug} for stage in STAGES],
        frozenset({"sha256"}): [{"sha256": each.file_sha256} for each in held.facts.evidence if each.file_sha256],
        frozenset({"indicator_ref"}): [{"indicator_ref": row.ref} for row in held.facts.indicators[:1]],
        frozenset({"ref"}): [{"ref": row.ref} for row in held.facts.outcomes[:1]],
        frozenset({"group_ref"}): [{"group_ref": row.ref} for row in held.facts.stakeholders[:1]],
        frozenset({"reply_id"}): [],
        frozenset({"name"}): [{"name": name} for name in figures.values()],
        frozenset({"earlier"}): [{"earlier": each} for each in frozen],
        frozenset({"earlier", "later"}): [{"earlier": one, "later": other} for one, other in pairwise(frozen)],
    }
    return [
        reverse(name, kwargs={"account_id": account.id, **more})
        for name, needs in routes()
        if "account_id" in needs and not only_takes(name)
        for more in known[needs - {"account_id"}]
    ]


def is_typed_at(page: str) -> bool:
    """Return whether a page is one of the forms and lists, which look the same whatever the account comes to."""
    return "/entries/" in page


def watching(job: RenderJob) -> str:
    """Return the address at which somebody watches a report come."""
    return reverse("reports:rendering", args=[job.id])
