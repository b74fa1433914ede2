"""Letters to those who want to know what is published of what their funders fund.

A letter holds a link with which its reader stops them, without signing in: what it names is signed, so that nobody
stops the letters of others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import mail, signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, override

from reports import funding
from reports.letters._post import post
from reports.models import Edition, Listing, Report, Subscription

_SALT = "reports.letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """Whose letters about which funder a link stops."""

    person: UUID
    funder: UUID


def token_of(person: UUID, funder: UUID) -> str:
    """Return what the link holds that stops these letters."""
    return signing.dumps([person.hex, funder.hex], salt=_SALT)


def stopping(token: str) -> Stopping | None:
    """Return what a link stops; None if it is none of ours."""
    try:
        person, funder = signing.loads(token, salt=_SALT)
        return Stopping(person=UUID(hex=person), funder=UUID(hex=funder))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def tell_readers(report_id: UUID) -> None:
    """Write to everybody who wants to know that this report was published; whatever goes wrong is logged.

    A shorter edition that comes later is no news: the version was told of with its full report.
    """
    report = Report.objects.select_related("listing", "snapshot").defer("snapshot__document").get(id=report_id)
    if report.edition == Edition.FULL:
        post(list(_letters(report)), str(report_id))


def _letters(report: Report) -> Iterator[mail.EmailMessage]:
    """Yield a letter to each reader, in their language; one who reads for two funders gets one."""
    written: set[UUID] = set()
    for each in funding.readers_of(report):
        if each.person_id not in written:
            written.add(each.person_id)
            with override(each.person.language or settings.LANGUAGE_CODE):
                yield _letter(report, report.listing, each)


def _letter(report: Report, listing: Listing, reader: Subscription) -> mail.EmailMessage:
    stop = f"{settings.PUBLIC_ADDRESS}{reverse('reports:stop_letters', args=[_token(reader)])}"
    grants = [each for each in funding.grants_of(reader.person) if each.account_id == report.snapshot.account_id]
    said = {
        "listing": listing,
        "number": report.snapshot.number,
        "reader": reader,
        "grants": grants,
        "link": f"{settings.PUBLIC_ADDRESS}{reverse('reports:published')}",
        "stop": stop,
    }
    subject = _("%(organisation)s has published a report") % {"organisation": listing.organisation}
    return mail.EmailMessage(
        " ".join(subject.split()),
        render_to_string("reports/subscription_letter.txt", said),
        to=[reader.person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _token(reader: Subscription) -> str:
    return token_of(reader.person_id, reader.funder_id)
