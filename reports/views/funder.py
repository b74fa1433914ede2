"""For funders, and everyone else who may read a report: the list of what is published, and the file itself."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.roles import Action
from reports import access, queries


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Show the published reports of what this person's funders fund."""
    person: Any = request.user
    return render(request, "reports/published.html", {"reports": queries.published_for(person)})


@require_safe
def download(request: HttpRequest, report_id: UUID) -> FileResponse:
    """Give the PDF to whoever may read it: before it is published, only to those inside."""
    person: Any = request.user
    report = access.report_for(person, report_id, Action.READ_PUBLISHED)
    name = f"{slugify(report.snapshot.account.name)[:60] or 'report'}-{report.snapshot.number}.pdf"
    answer = FileResponse(report.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
    answer["Cache-Control"] = "private, no-store"
    return answer
