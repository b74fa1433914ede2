"""A frozen document becomes a PDF: words and pictures by the template, pages by the typesetting, files attached."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from outcomes import format as account_format, workbook
from outcomes.counting import valuation_inputs
from outcomes.valuation import value_account
from reports import codes, document, glyphs, paper
from reports.paper import easy_read, short
from reports.typesetting import Attachment, Typeset, typeset

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Relationship = Literal["Data", "Source", "Supplement"]
Plain = Mapping[str, Any]

ROOMY, CLOSE, CLOSEST = 0, 1, 2
"""How closely a page is set. An edition that may take only so many pages is set again, closer, if it takes more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What makes an edition: its template, what it says beside what every edition does, and what it may take up."""

    template: str
    says: Callable[..., Plain] | None = None
    most_pages: int | None = None
    holds_files: bool = False


SHAPES: Mapping[str, Shape] = {
    codes.FULL: Shape(template="reports/report.html", holds_files=True),
    "summary": Shape(template="reports/summary_edition.html", says=short.summary, most_pages=2),
    "easy_read": Shape(template="reports/easy_read.html", says=easy_read.easy_read, most_pages=4),
}
"""The shape of each edition, by its code."""


def make(frozen: Plain, language: str, *, statement: Plain | None = None, edition: str = codes.FULL) -> Typeset:
    """Return the report on a frozen document, and on the statement that was signed on it if there is one.

    Equal documents give equal bytes. Raises Untypesettable.
    """
    shape = SHAPES[edition]
    with translation.override(language):
        files = attachments(frozen, statement=statement) if shape.holds_files else ()
        for fit in (ROOMY, CLOSE, CLOSEST):
            page = html(frozen, statement=statement, edition=edition, fit=fit)
            made = typeset(page, language=_tag(language), attachments=files)
            if shape.most_pages is None or made.pages <= shape.most_pages:
                break
    return made


def html(frozen: Plain, *, statement: Plain | None = None, edition: str = codes.FULL, fit: int = ROOMY) -> str:
    """Return the report as HTML, in the language that is active: what is handed to the typesetter."""
    shape, text = SHAPES[edition], document.canonical({"frozen": frozen, "statement": statement})
    said = paper.context(frozen, statement=statement, edition=edition, replaced=glyphs.spell_out(text).replaced)
    if shape.says is not None:
        said = {**said, "fit": fit, "short": shape.says(frozen, statement=statement, fit=fit)}
    return render_to_string(shape.template, said)


def _tag(language: str) -> str:
    """Return Django's name of a language ("en-gb") as those outside write it ("en-GB")."""
    return translation.to_locale(language).replace("_", "-")


def attachments(frozen: Plain, *, statement: Plain | None = None) -> tuple[Attachment, ...]:
    """Return the files that travel inside the PDF: the frozen document, its inputs twice, and the signed statement."""
    facts = account_format.from_frozen(frozen["content"]["account"])
    book = workbook.write(facts, value_account(valuation_inputs(facts)))
    at = dt.datetime.fromisoformat(frozen["taken_at"])
    told = (
        _attachment("account.json", account_format.dumps(facts), JSON, "Data", at),
        _attachment("account.xlsx", book, XLSX, "Source", at),
        _attachment("snapshot.json", document.canonical(frozen).encode(), JSON, "Data", at),
    )
    if statement is None:
        return told
    signed_at = dt.datetime.fromisoformat(statement["signed_at"])
    text = document.canonical(statement["document"]).encode()
    return (*told, _attachment("statement.json", text, JSON, "Supplement", signed_at))


def _attachment(name: str, content: bytes, kind: str, relationship: Relationship, at: dt.datetime) -> Attachment:
    return Attachment(
        name=name,
        content=content,
        mime_type=kind,
        description=_(paper.ATTACHED[name]),
        relationship=relationship,
        modified=at,
    )
