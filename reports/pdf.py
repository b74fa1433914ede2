"""A frozen document becomes a PDF: words and pictures by the template, pages by the typesetting, files attached."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from outcomes import format as account_format, workbook
from outcomes.counting import valuation_inputs
from outcomes.valuation import value_account
from reports import document, paper
from reports.typesetting import Attachment, Typeset, typeset

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make(frozen: Mapping[str, Any], language: str) -> Typeset:
    """Return the report on a frozen document, in a language. Equal documents give equal bytes. Raises Untypesettable."""
    with translation.override(language):
        return typeset(html(frozen), language=language, attachments=attachments(frozen))


def html(frozen: Mapping[str, Any]) -> str:
    """Return the report as HTML, in the language that is active: what is handed to the typesetter."""
    digest = document.sha256(document.canonical(frozen))
    return render_to_string("reports/report.html", paper.context(frozen, sha256=digest))


def attachments(frozen: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the files that travel inside the PDF: the frozen document, the account's data, and its workbook."""
    held = frozen["content"]["account"]
    facts = account_format.from_frozen(held)
    at = dt.datetime.fromisoformat(frozen["taken_at"])
    snapshot = document.canonical(frozen).encode()
    book = workbook.write(facts, value_account(valuation_inputs(facts)))
    return (
        Attachment(
            name="account.json",
            content=account_format.dumps(facts),
            mime_type=JSON,
            description="The account's data: every input, in the documented form",
            relationship="Data",
            modified=at,
        ),
        Attachment(
            name="account.xlsx",
            content=book,
            mime_type=XLSX,
            description="The account as a workbook, its value map with live formulas",
            relationship="Source",
            modified=at,
        ),
        Attachment(
            name="snapshot.json",
            content=snapshot,
            mime_type=JSON,
            description="The frozen document that this report was drawn from: inputs, workings and findings",
            relationship="Data",
            modified=at,
        ),
    )
