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
from reports import document, glyphs, paper
from reports.typesetting import Attachment, Typeset, typeset

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Relationship = Literal["Data", "Source", "Supplement"]


def make(frozen: Mapping[str, Any], language: str) -> Typeset:
    """Return the report on a frozen document. Equal documents give equal bytes. Raises Untypesettable."""
    with translation.override(language):
        return typeset(html(frozen), language=_tag(language), attachments=attachments(frozen))


def html(frozen: Mapping[str, Any]) -> str:
    """Return the report as HTML, in the language that is active: what is handed to the typesetter."""
    text = document.canonical(frozen)
    said = paper.context(frozen, sha256=document.sha256(text), replaced=glyphs.spell_out(text).replaced)
    return render_to_string("reports/report.html", said)


def _tag(language: str) -> str:
    """Return Django's name of a language ("en-gb") as those outside write it ("en-GB")."""
    return translation.to_locale(language).replace("_", "-")


def attachments(frozen: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the files that travel inside the PDF: the frozen document, the account's data, and its workbook."""
    facts = account_format.from_frozen(frozen["content"]["account"])
    book = workbook.write(facts, value_account(valuation_inputs(facts)))
    at = dt.datetime.fromisoformat(frozen["taken_at"])
    return (
        _attachment("account.json", account_format.dumps(facts), JSON, "Data", at),
        _attachment("account.xlsx", book, XLSX, "Source", at),
        _attachment("snapshot.json", document.canonical(frozen).encode(), JSON, "Data", at),
    )


def _attachment(name: str, content: bytes, kind: str, relationship: Relationship, at: dt.datetime) -> Attachment:
    return Attachment(
        name=name,
        content=content,
        mime_type=kind,
        description=_(paper.ATTACHED[name]),
        relationship=relationship,
        modified=at,
    )
