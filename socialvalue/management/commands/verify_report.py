"""Say whether a file is the very report that was published here, as the public page does."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.nouns import AccountKind
from reports import codes, keys, paper, registry, verification

NOT_GENUINE, CANNOT_TELL = 1, 2


class Command(BaseCommand):
    help = (
        "Check a PDF against the register and by its signature, without any network. Exit codes: 0 genuine (also when "
        "superseded or withdrawn: it says so); 1 not a report that was published here (says which check failed); "
        "2 cannot tell: the file, the register or the certificates cannot be read, or wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pdf", help="the file to check")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                content = opened.read(verification.LARGEST + 1)
            trusted = keys.trusted()
            verdict = verification.verify(content, lookup=registry.by_sha256, trusted=trusted)
        except (OSError, ValueError, DatabaseError) as fault:
            raise CommandError(
                _("Cannot tell: %(why)s") % {"why": f"{type(fault).__name__}: {fault}"}, returncode=CANNOT_TELL
            ) from fault
        if not trusted:
            raise CommandError(
                _("Cannot tell: there is no certificate to know reports by. Look at SOCIALVALUE_SIGNING_CERTIFICATES."),
                returncode=CANNOT_TELL,
            )
        found = verdict.registered
        if not verdict.genuine or found is None:
            raise CommandError(
                _("Not genuine. The check that failed: %(check)s.") % {"check": verdict.failed}, returncode=NOT_GENUINE
            )
        self.stdout.write(_("Genuine."))
        for line in (*self._what(found), *self._how_far_assured(found), *self._became(found)):
            self.stdout.write(line)

    def _what(self, found: registry.Registered) -> Iterator[str]:
        yield f"{found.organisation}: {found.account}, {found.number} ({codes.shown(found.code)})"
        kind, edition = _(AccountKind(found.kind).label), found.edition.label
        period = f"{found.period_start} – {found.period_end}" if found.period_start and found.period_end else ""
        yield "; ".join(part for part in (str(edition), kind, period) if part)

    def _how_far_assured(self, found: registry.Registered) -> Iterator[str]:
        held = paper.assurance(found.status, found.assured)
        yield f"{_(held.words)}. {_(held.level.name)}: {_(held.level.means)}"
        if found.assured is None or found.valid_until is None:
            return
        document = found.assured["document"]
        told = {"name": document["assurer"], "day": found.valid_until}
        if found.valid_until < timezone.localdate():
            yield _("Judged by %(name)s. The statement was valid until %(day)s: that has passed.") % told
        else:
            yield _("Judged by %(name)s. The statement is valid until %(day)s.") % told
        for said in paper.not_covered(document):
            yield _("Not covered: %(words)s") % {"words": paper.sentence(said)}

    def _became(self, found: registry.Registered) -> Iterator[str]:
        latest = found.superseded_by
        if found.withdrawn_at:
            yield _("Withdrawn: %(why)s") % {"why": found.withdrawn_because}
        elif latest is not None and latest.supersedes_because:
            told = {"number": latest.number, "day": latest.published_at.date(), "why": latest.supersedes_because}
            yield _("Superseded by report %(number)s on %(day)s, because: %(why)s") % told
        elif latest is not None:
            yield _("Superseded by report %(number)s.") % {"number": latest.number}
