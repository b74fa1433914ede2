"""Say whether a file is the very report that was published here, as the public page does."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from reports import codes, keys, registry, verification

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
        self.stdout.write(f"{found.organisation}: {found.account}, {found.number} ({codes.shown(found.code)})")
        if found.withdrawn_at:
            self.stdout.write(_("Withdrawn: %(why)s") % {"why": found.withdrawn_because})
        elif found.superseded_by:
            self.stdout.write(_("Superseded by report %(number)s.") % {"number": found.superseded_by.number})
