"""Whether a published report still holds: its file, its signature, its frozen document, and every figure in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from cryptography import x509

from accounts.words import gettext_noop as _n
from outcomes import format as account_format
from outcomes.counting import valuation_inputs
from outcomes.intake import Unacceptable
from outcomes.valuation import value_account
from reports import document, registry, verification
from reports.models import Report

MOST = 10
"""How many figures are named of one report; a fault in a formula would name them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What does not hold, as a sentence."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)


def faults(report: Report, *, trusted: Mapping[str, x509.Certificate]) -> list[Fault]:
    """Return what does not hold of a published report, all of it; nothing if it holds."""
    return [*_of_file(report, trusted), *_of_document(report)]


def _of_file(report: Report, trusted: Mapping[str, x509.Certificate]) -> Iterator[Fault]:
    try:
        with report.file.open("rb") as opened:
            content = opened.read()
    except OSError as gone:
        yield Fault(message=_n("The file cannot be read: %(why)s."), params={"why": type(gone).__name__})
        return
    if document.sha256(content) != report.sha256:
        yield Fault(message=_n("The file is not the one that was registered: its SHA-256 differs."))
    try:
        verdict = verification.verify(content, lookup=registry.by_sha256, trusted=trusted)
    except (document.UnknownDocument, LookupError, TypeError):  # of the frozen document: told where that is looked at
        return
    if verdict.failed is not None:
        yield Fault(message=_n("The file fails this check: %(check)s."), params={"check": verdict.failed})


def _of_document(report: Report) -> Iterator[Fault]:
    text = report.snapshot.document
    if document.sha256(text) != report.snapshot.sha256:
        yield Fault(message=_n("The frozen document is not the one that was registered: its SHA-256 differs."))
    try:
        frozen = document.parsed(text)["content"]
        facts = account_format.from_frozen(frozen["account"])
        again = value_account(valuation_inputs(facts)).as_plain()
        differing = list(islice(differences(frozen["workings"], again), MOST))
    except (Unacceptable, ValueError, KeyError, TypeError) as fault:
        yield Fault(message=_n("The figures cannot be worked out again: %(why)s."), params={"why": repr(fault)})
        return
    for where, was, now in differing:
        yield Fault(
            message=_n("%(where)s was frozen as %(was)s and is now worked out as %(now)s."),
            params={"where": where, "was": was, "now": now},
        )


def differences(frozen: Any, again: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield each figure that was frozen and is another when it is worked out again: where it stands, and both.

    What a later version of this program works out besides is no difference.
    """
    if isinstance(frozen, Mapping) and isinstance(again, Mapping):
        for name, was in frozen.items():
            yield from differences(was, again.get(name), f"{where}.{name}" if where else str(name))
    elif isinstance(frozen, list | tuple) and isinstance(again, list | tuple) and len(frozen) == len(again):
        for number, (was, now) in enumerate(zip(frozen, again, strict=True), start=1):
            yield from differences(was, now, f"{where}[{number}]")
    elif frozen != again:
        yield where, frozen, again
