"""For approvers: withdraw a report that was published, and say why to everybody who looks it up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.http import back_to, crumbs, words
from accounts.roles import Action
from reports import access, forms, services


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask why, then withdraw a published report."""
    person: Any = request.user
    report = access.report_for(person, report_id, Action.PUBLISH)
    form = forms.Withdrawing(request.POST if request.method == "POST" else None)
    context = _question(report) | {"form": form}
    if request.method != "POST":
        return render(request, "confirm.html", context)
    if not form.is_valid():
        return render(request, "confirm.html", context, status=422)
    try:
        services.withdraw(actor=person, report=report, reason=form.cleaned_data["reason"], now=timezone.now())
    except Refusal as refused:
        messages.error(request, words(refused))
        return render(request, "confirm.html", context, status=409)
    messages.success(request, _("Withdrawn. Whoever looks the report up reads your reason."))
    return back_to(request, "reports:reports", report.snapshot.account_id)


def _question(report: Any) -> dict[str, Any]:
    account = report.snapshot.account
    reports = reverse("reports:reports", args=[account.id])
    return {
        "account": account,
        "breadcrumbs": crumbs(
            (_("My accounts"), reverse("accounts:my_accounts")),
            (account.name, reverse("outcomes:account", args=[account.id])),
            (_("Reports"), reports),
            (_("Withdraw"), ""),
        ),
        "question": _("Withdraw report %(number)s of “%(account)s”?")
        % {"number": report.snapshot.number, "account": account.name},
        "consequence": _(
            "This cannot be undone. The file stays what it is, but everybody who checks it is told that it was "
            "withdrawn, and why."
        ),
        "action": _("Withdraw it"),
        "danger": True,
        "back_url": reports,
    }
