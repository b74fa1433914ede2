"""Who changed what: filtered, page by page, and as a table to take along."""

import csv
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Action
from outcomes import forms, records
from outcomes.views.pages import account_page
from outcomes.views.wording import history as told

RECORDS_A_PAGE = 50
_AT_A_TIME = 500
_BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""


@require_safe
def history(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show who changed what, the latest first: all of it, or what was asked for."""
    account, context = account_page(request, account_id, Action.VIEW, _("History"))
    form = forms.HistoryForm(request.GET, kinds=records.kinds(account), verbs=told.done_shown)
    page = Paginator(records.filtered(account, **form.wanted()), RECORDS_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context |= {
        "form": form,
        "is_filtered": form.is_narrow,
        "page": page,
        "records": [told.record_shown(each) for each in page],
        "asked": asked.urlencode(),
    }
    return render(request, "outcomes/history.html", context, status=422 if form.errors else 200)


@require_safe
def export(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """Give the history as CSV: just what was asked for."""
    person: Any = request.user
    account = access.account_for(person, account_id, Action.EXPORT)
    form = forms.HistoryForm(request.GET, kinds=records.kinds(account), verbs=told.done_shown)
    found = records.filtered(account, **form.wanted()).iterator(chunk_size=_AT_A_TIME)
    name = content_disposition_header(
        as_attachment=True, filename=f"{slugify(account.name)[:60] or 'account'}-{_('history')}.csv"
    )
    headers = {"Content-Disposition": name or "", "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(_lines(found, get_language()), content_type="text/csv; charset=utf-8", headers=headers)


class _Echo:
    """What the writer of CSV writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _lines(found: Any, language: str | None) -> Iterator[str]:
    """Yield the table line by line, in the language of who asked: the request is over by then."""
    writer = csv.writer(_Echo())
    with override(language):
        heads = [_("When"), _("Who"), _("What was done"), _("What it was done to"), _("Ref"), _("Changes"), _("Why")]
        yield _BYTE_ORDER_MARK + writer.writerow(heads)
        for record in found:
            yield writer.writerow([harmless(cell) for cell in _cells(record)])


def _cells(record: Any) -> list[str]:
    shown = told.record_shown(record)
    return [
        date_format(record.at.astimezone(get_current_timezone()), "Y-m-d H:i"),
        told.who(record),
        shown["sentence"],
        told.noun_called(record.noun),
        record.ref,
        "\n".join(shown["moves"]),
        record.reason,
    ]


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"} else cell
