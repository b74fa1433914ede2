"""How the versions of an account on paper are told: the state of each in words, and why one cannot be published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n

from reports.sheets import Bundle, Hindrance, Sheet, Version

WHY_NOT: Mapping[Hindrance, str] = {
    Hindrance.DRAFT: _n("This is a draft. Only what an approver submitted can be published."),
    Hindrance.TAKEN_BACK: _n(
        "What this shows was taken back or returned after it was submitted, so it cannot be published."
    ),
    Hindrance.IN_ASSURANCE: _n("Somebody assures it just now. It can be published once the assurer has concluded."),
    Hindrance.BEFORE_ASSURANCE: _n(
        "This was made before its assurance was concluded, so it does not hold what the assurer said. Make it again, "
        "and publish that one."
    ),
    Hindrance.UNSIGNED: _n("This report is not signed, so it cannot be published. Its own page says why."),
    Hindrance.FULL_FIRST: _n("It is published with the full report, or after it."),
}
"""Why an edition that is ready cannot be published; of one that is out there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One version of an account on paper, as its page tells it."""

    version: Version
    state: str
    label: str
    assured: str
    bundles: tuple[dict[str, Any], ...]
    older: tuple[dict[str, Any], ...]
    """What was made before the assurance was concluded, and was made again since."""


def told(versions: list[Version], account: Any, *, may_publish: bool) -> Iterator[Told]:
    """Yield each version with its state in words; where one can be published, with the way to do it."""
    out = [each for each in versions if _standing_report(each) is not None]
    for version in versions:
        state, label = _state(version, account, is_superseded=any(_is_later(each, version) for each in out))
        shown = [_bundle(each, version, account, may_publish=may_publish) for each in version.bundles]
        again = {each.language for each in version.bundles if not each.is_before_assurance}
        older = [each for each in shown if each["held"].is_before_assurance and each["held"].language in again]
        yield Told(
            version=version,
            state=state,
            label=label,
            assured=assured(version.signed, is_submitted=version.submission is not None),
            bundles=tuple(each for each in shown if each not in older),
            older=tuple(older),
        )


def _is_later(one: Version, other: Version) -> bool:
    return one.snapshot.number > other.snapshot.number


def _standing_report(version: Version) -> Any:
    """Return a full report of a version that is published and was not withdrawn."""
    out = (each.published for each in version.bundles)
    return next((each for each in out if each is not None and each.withdrawn_at is None), None)


def _state(version: Version, account: Any, *, is_superseded: bool) -> tuple[str, str]:
    """Return the state of a version, for its tag, and the words where the tag has none of its own."""
    if any(each.published is not None for each in version.bundles):
        if _standing_report(version) is None:
            return "failed", _("Withdrawn")
        return ("superseded", "") if is_superseded else ("published", "")
    submission = version.submission
    if submission is None:
        return "draft", ""
    if submission.ended_at is not None:
        return submission.ended_as, submission.get_ended_as_display()
    return account.state, account.get_state_display()


def assured(statement: Any, *, is_submitted: bool) -> str:
    """Return how a version is assured, in words: by whom, and with which conclusion."""
    if statement is not None:
        said = {"level": statement.engagement.get_level_display(), "conclusion": statement.get_conclusion_display()}
        return _("%(level)s: %(conclusion)s") % said
    return _("Self-assessed: nobody independent has judged it") if is_submitted else ""


def _bundle(bundle: Bundle, version: Version, account: Any, *, may_publish: bool) -> dict[str, Any]:
    ready = bundle.full.report
    hindrance = bundle.hindrance(bundle.full, account) if ready is not None else None
    is_out = hindrance is Hindrance.PUBLISHED
    why = "" if hindrance is None or is_out else _(WHY_NOT[hindrance])
    anchor = bundle.anchor
    return {
        "held": bundle,
        "language": _language(bundle) if len({each.language for each in version.bundles}) > 1 else "",
        "sheets": [_sheet(each, bundle, account, may_publish=may_publish) for each in (bundle.full, *bundle.others)],
        "make_url": reverse("reports:editions", args=[anchor.id]) if anchor is not None else "",
        "publish_url": _publish_url(ready) if may_publish and ready is not None and hindrance is None else "",
        "is_publishable": ready is not None and hindrance is None,
        "why_not": why,
        "is_draft": hindrance is Hindrance.DRAFT,
        "makes_again": hindrance is Hindrance.BEFORE_ASSURANCE,
    }


def _sheet(sheet: Sheet, bundle: Bundle, account: Any, *, may_publish: bool) -> dict[str, Any]:
    """Return one edition as its line tells it; one that was made after the full report was out has its own way out."""
    report = sheet.report
    is_extra = report is not None and sheet is not bundle.full and bundle.published is not None
    can = report is not None and is_extra and bundle.hindrance(sheet, account) is None
    return {
        "held": sheet,
        "label": sheet.edition.label,
        "is_published": report is not None and report.published_at is not None,
        "publish_url": _publish_url(report) if can and may_publish else "",
    }


def _publish_url(report: Any) -> str:
    return reverse("reports:publish", args=[report.id])


def _language(bundle: Bundle) -> str:
    return _(str(dict(settings.LANGUAGES).get(bundle.language, bundle.language)))
