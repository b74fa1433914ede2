"""For anyone with a report in the hand: is it genuine? By its code, or by the file itself. No sign-in, nothing kept."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop as _n
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import leaves_no_trace
from reports import codes, forms, keys, registry, verification
from reports.registry import Registered
from reports.verification import Check, Verdict
from reports.views._incoming import InMemoryAlone, hear_out, is_too_large
from reports.views._limits import too_often
from reports.views.wording import verifying
from reports.views.wording.verifying import Scope

GENUINE, SUPERSEDED, WITHDRAWN, NOT_ISSUED, UNKNOWN = "genuine", "superseded", "withdrawn", "not_issued", "unknown"

ASK_FOR_IT = _n(
    "Ask whoever gave it to you for the file as it was published, or ask the organisation that it is about."
)

WHAT_FAILED: dict[Check, tuple[str, str]] = {
    Check.SIZE: (
        _n("The file is larger than 30 MB. No report that was published here is that large."),
        _n("Check that you chose the right file."),
    ),
    Check.PDF: (
        _n("The file is not a PDF. Every report that is published here is one."),
        _n("Check that you chose the right file. A photograph or a scan of a report cannot be checked; its code can."),
    ),
    Check.ONE_SIGNATURE: (
        _n("The file does not have the one signature that every report has: it has none, or more than one."),
        _n("A report that was printed to a new PDF, or signed by somebody else as well, is no longer the file itself."),
    ),
    Check.WHOLE_FILE: (
        _n("Something was added to the file, or taken away from it, after it was signed."),
        _n("Even saving notes or marks into a PDF changes it."),
    ),
    Check.GAP: (_n("The place that holds the signature was changed."), ASK_FOR_IT),
    Check.SIGNER: (_n("The file was signed, but not by this site."), ASK_FOR_IT),
    Check.UNCHANGED: (_n("Something in the file was changed after it was signed."), ASK_FOR_IT),
    Check.REGISTERED: (
        _n("This site signed the file, but did not publish it."),
        _n("It may be a draft that was never published. Ask for the published report."),
    ),
    Check.VALID_THEN: (
        _n("The certificate of the signature was not valid when the file was signed."),
        _n("Tell whoever runs this site: the list of its certificates may be wrong."),
    ),
}
"""Why a file is not one of ours, by the first check that failed, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a page tells: the state, what was published (if it is told), by whom signed, and why not."""

    state: str
    report: Registered | None = None
    code: str = ""
    scope: Scope | None = None
    signer: str = ""
    why: str = ""
    then: str = ""
    of_file: bool = False


@csrf_exempt  # it changes nothing and knows nobody; and from a page that tells no referrer, browsers name no origin
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@leaves_no_trace
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code or the file, and say whether the report is genuine."""
    if request.method == "POST":
        return _not_even_read(request) or _checked(request)
    if "code" not in request.GET:
        return _page(request)
    form = forms.CodeToCheck(request.GET)
    if form.is_valid():
        return redirect("reports:verify_code", codes.shown(form.cleaned_data["code"]))
    return _page(request, code_form=form, status=422)


@login_not_required
@require_safe
@leaves_no_trace
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say what was published under a code: where the QR code of a report leads."""
    wait = too_often(request, "code", timezone.now())
    if wait:
        return _wait(request, "code", wait)
    form = forms.CodeToCheck({"code": code})
    if not form.is_valid():
        return _page(request, code_form=form, status=404)
    read = form.cleaned_data["code"]
    found = registry.by_code(read)
    if found is None:
        return _page(request, code_form=form, answer=Answer(state=UNKNOWN, code=codes.shown(read)), status=404)
    signed_by = keys.trusted().get(found.signed_by)
    answer = _of(found, signer=keys.signer(signed_by) if signed_by is not None else "")
    return _page(request, answer=answer)


def _not_even_read(request: HttpRequest) -> HttpResponse | None:
    """Refuse what comes too often, or is too large by its own word, before a byte of it is looked at."""
    wait = too_often(request, "file", timezone.now())
    if not wait and not is_too_large(request):
        return None
    hear_out(request)
    return _wait(request, "file", wait) if wait else _page(request, answer=_refused(Check.SIZE), status=413)


def _wait(request: HttpRequest, what: str, seconds: int) -> HttpResponse:
    told = {"what": what, "most": settings.VERIFY_LIMITS[what], "minutes": -(-seconds // 60)}
    answer = render(request, "reports/verify_too_often.html", told, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _checked(request: HttpRequest) -> HttpResponse:
    request.upload_handlers = [InMemoryAlone(request)]
    form = forms.FileToCheck(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=422)
    sent = form.cleaned_data["file"]
    if sent.size > verification.LARGEST:
        return _page(request, answer=_refused(Check.SIZE), status=413)
    verdict = verification.verify(sent.read(), lookup=registry.by_sha256, trusted=keys.trusted())
    return _page(request, answer=_answer(verdict))


def _answer(verdict: Verdict) -> Answer:
    if verdict.failed is not None or verdict.registered is None or verdict.certificate is None:
        return _refused(verdict.failed or Check.REGISTERED)
    return _of(verdict.registered, signer=keys.signer(verdict.certificate), of_file=True)


def _refused(failed: Check) -> Answer:
    why, then = WHAT_FAILED[failed]
    return Answer(state=NOT_ISSUED, why=_(why), then=_(then), of_file=True)


def _of(found: Registered, *, signer: str, of_file: bool = False) -> Answer:
    """Return what is told of a published report, and how it stands today."""
    state = WITHDRAWN if found.withdrawn_at else SUPERSEDED if found.superseded_by else GENUINE
    return Answer(
        state=state,
        report=found,
        code=codes.shown(found.code),
        scope=verifying.scope(found, today=timezone.localdate()),
        signer=signer,
        of_file=of_file,
    )


def _page(
    request: HttpRequest,
    *,
    answer: Answer | None = None,
    code_form: forms.CodeToCheck | None = None,
    file_form: forms.FileToCheck | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = next((form for form in (code_form, file_form) if form is not None and form.errors), None)
    context = {
        "answer": answer,
        "code_form": code_form or forms.CodeToCheck(),
        "file_form": file_form or forms.FileToCheck(),
        "form": wrong,
    }
    return render(request, "reports/verify.html", context, status=status)
