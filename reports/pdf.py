"""A frozen document becomes a PDF: words and pictures by the template, pages by the typesetting, files attached."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from outcomes import format as account_format, workbook
from outcomes.counting import valuation_inputs
from outcomes.valuation import value_account
from reports import codes, document, glyphs, paper
from reports.typesetting import Attachment, Typeset, typeset

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Relationship = Literal["Data", "Source", "Supplement"]
Plain = Mapping[str, Any]

TEMPLATES: Plain = {codes.FULL: "reports/report.html"}
"""The template of each edition."""


def make(frozen: Plain, language: str, *, statement: Plain | None = None, edition: str = codes.FULL) -> Typeset:
    """Return the report on a frozen document, and on the statement that was signed on it if there is one.

    Equal documents give equal bytes. Raises Untypesettable.
    """
    with translation.override(language):
        page = html(frozen, statement=statement, edition=edition)
        return typeset(page, language=_tag(language), attachments=attachments(frozen, statement=statement))


def html(frozen: Plain, *, statement: Plain | None = None, edition: str = codes.FULL) -> str:
    """Return the report as HTML, in the language that is active: what is handed to the typesetter."""
    text = document.canonical({"frozen": frozen, "statement": statement})
    said = paper.context(frozen, statement=statement, edition=edition, replaced=glyphs.spell_out(text).replaced)
    return render_to_string(TEMPLATES[edition], said)


def _tag(language: str) -> str:
    """Return Django's name of a language ("en-gb") as those outside write it ("en-GB")."""
    return translation.to_locale(language).replace("_", "-")


def attachments(frozen: Plain, *, statement: Plain | None = None) -> tuple[Attachment, ...]:
    """Return the files that travel inside the PDF: the frozen document, the account's data, its workbook, and the
    statement of the assurer as it was signed."""
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
