"""Make the key that signs reports."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from reports import keys

REFUSED, NOT_WRITTEN = 3, 6
MOST_YEARS = 20


class Command(BaseCommand):
    help = (
        "Make a P-256 key with a certificate of its own, in one file that only its owner can read, and keep the "
        "certificate with those that reports are known by. A key that is there is never written over: with --rotate it "
        "is put aside under the name of its certificate. Exit codes: 0 made; 2 wrong usage; 3 there is one already "
        "(says where); 6 the file cannot be written."
    )
    requires_system_checks: list[str] = []  # they would stop for the want of the very key that is made here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE.pem", help="where (default: SOCIALVALUE_SIGNING_KEY)")
        parser.add_argument("--name", default=settings.SIGNING_NAME, help="who signs, as readers are told")
        parser.add_argument(
            "--years",
            type=int,
            default=keys.YEARS,
            choices=range(1, MOST_YEARS + 1),
            metavar="YEARS",
            help=f"how long it signs, 1 to {MOST_YEARS} (default: {keys.YEARS}); what it signed stays valid",
        )
        parser.add_argument("--rotate", action="store_true", help="put the present key aside first")

    def handle(self, *, name: str, years: int, rotate: bool, **options: Any) -> None:
        file = options["output"] or settings.SIGNING_KEY or settings.VAR_DIR / "signing" / "key.pem"
        try:
            if rotate and file.exists():
                self.stdout.write(
                    _("Put aside: %(file)s") % {"file": keys.put_aside(file, settings.SIGNING_PASSPHRASE)}
                )
            made = keys.make(file, name=name, now=timezone.now(), years=years)
            keys.remember(made.certificate)
        except Refusal as refusal:
            raise CommandError(_(refusal.message) % refusal.params, returncode=REFUSED) from refusal
        except OSError as fault:
            raise CommandError(_("%(file)s cannot be written.") % {"file": file}, returncode=NOT_WRITTEN) from fault
        self.stdout.write(str(file))
        self.stdout.write(
            _("It signs until %(day)s. Keep a copy where nobody else comes.")
            % {"day": made.certificate.not_valid_after_utc.date().isoformat()}
        )
