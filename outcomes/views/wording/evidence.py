"""The evidence on an item, as its page lists it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.columns import Noun, column
from outcomes import queries
from outcomes.nouns import Evidence, Facts
from outcomes.views.pages import entry_url

LONGEST = 60
"""How much of the name of a file a page shows."""

MAY_HAVE = frozenset(column(Evidence, "about_row").refers_to)
"""The slugs of the nouns that evidence may be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence: what it is, and where one looks at it."""

    ref: str
    name: str
    url: str
    kind: str
    note: str
    link: str
    file_name: str
    file_url: str
    file_size: str
    is_missing: bool
    """Whether it names a file that is not kept here."""


def on_row(noun: type[Noun], ref: str, facts: Facts, account: Any) -> dict[str, Any] | None:
    """Return the evidence on one row, and where more is added; None for what has none, such as a reason given."""
    if noun is Evidence:
        own = [each for each in facts.evidence if each.ref == ref and (each.file_sha256 or each.link)]
        return {"own": pieces(own, account)} if own else None
    if noun.slug not in MAY_HAVE:
        return None
    about = [each for each in facts.evidence if each.about_row == ref]
    return {"pieces": pieces(about, account), "add_url": add_url(account.id, ref)}


def add_url(account_id: UUID, ref: str, *, back: str = "") -> str:
    """Return the address at which evidence is added to an item; `back` names the page to return to."""
    asked = {"about": ref} | ({"from": back} if back else {})
    return f"{reverse('outcomes:new_evidence', args=[account_id])}?{urlencode(asked)}"


def pieces(rows: list[Evidence], account: Any) -> list[Piece]:
    """Return these pieces of evidence, with the files of theirs that are kept."""
    kept = queries.files_kept(account, {each.file_sha256 for each in rows})
    return [_piece(each, kept.get(each.file_sha256), account.id) for each in rows]


def _piece(row: Evidence, size: int | None, account_id: UUID) -> Piece:
    address = reverse("outcomes:evidence_file", args=[account_id, row.file_sha256]) if size is not None else ""
    return Piece(
        ref=row.ref,
        name=row.name,
        url=entry_url(account_id, Evidence.slug, row.ref),
        kind=_(row.kind.label) if row.kind else "",
        note=row.note,
        link=row.link,
        file_name=_cut(row.file_name),
        file_url=address,
        file_size=filesizeformat(size) if size is not None else "",
        is_missing=bool(row.file_sha256 or row.file_name) and size is None,
    )


def _cut(name: str) -> str:
    """Return a name with its middle left out where it is long: its ending says what the file is."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 13]}…{name[-12:]}"
