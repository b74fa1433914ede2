"""For whoever got a code: see what the account says, and reply. No sign-in, no name, no trace of who it was."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.http import leaves_no_trace, words
from outcomes import forms, replies, services
from outcomes.views.wording.replies import told_of
from stakeholders import queries

_SENT = "sent"


# Both are without the token of a form: it would set a cookie, and a form from elsewhere would have to know a code.


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@leaves_no_trace
def reply(request: HttpRequest) -> HttpResponse:
    """Ask for the code. It is sent in the body of the form, so that no log of addresses holds what was mistyped."""
    if request.method != "POST":
        return render(request, "outcomes/reply.html", {"form": forms.CodeForm()})
    form = forms.CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "outcomes/reply.html", {"form": form}, status=422)
    code = form.cleaned_data["code"]
    if queries.round_of_code(replies.code_hash(code)) is None:
        form.add_error("code", words(services.NoSuchCode()))
        return render(request, "outcomes/reply.html", {"form": form}, status=422)
    return redirect("outcomes:reply_code", replies.tidy(code))


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@leaves_no_trace
def reply_code(request: HttpRequest, reply_code: str) -> HttpResponse:
    """Show what the account says; on POST take the reply. A code that was used still shows it."""
    found = queries.round_of_code(replies.code_hash(reply_code))
    if found is None:
        form = forms.CodeForm({"code": reply_code})
        form.add_error("code", words(services.NoSuchCode()))
        return render(request, "outcomes/reply.html", {"form": form}, status=404)
    of_round, spent = found
    context: dict[str, Any] = {
        "told": told_of(of_round.shown),
        "closes_on": of_round.closes_on,
        "spent": spent,
        "open": queries.is_open(of_round, timezone.localdate()),
        "sent": _SENT in request.GET,
        "form": forms.ReplyForm(),
    }
    if request.method == "POST":
        return _given(request, reply_code, context)
    return render(request, "outcomes/reply_code.html", context)


def _given(request: HttpRequest, code: str, context: dict[str, Any]) -> HttpResponse:
    form = context["form"] = forms.ReplyForm(request.POST)
    if not form.is_valid():
        return render(request, "outcomes/reply_code.html", context, status=422)
    said = form.cleaned_data["words"]
    try:
        services.give_reply(code=code, agrees=form.choice, words=said, today=timezone.localdate())
    except services.SaysNothing as refused:
        form.add_error("agrees", words(refused))
        return render(request, "outcomes/reply_code.html", context, status=422)
    except (services.CodeSpent, services.RoundClosed) as refused:
        context |= {"too_late": words(refused), "typed": said}
        return render(request, "outcomes/reply_code.html", context, status=409)
    answer = redirect("outcomes:reply_code", replies.tidy(code))
    answer["Location"] += f"?{_SENT}=1"
    return answer
