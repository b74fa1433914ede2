"""Freeze an account and write its report to a file, without waiting for a worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.queries import account_by_id
from reports import queries, services, worker
from reports.models import Edition, JobState

REFUSED, NO_ACCOUNT, NOT_MADE, NOT_WRITTEN = 3, 4, 5, 6


class Command(BaseCommand):
    help = (
        "Freeze the account as it stands, make its report and write the PDF. An unchanged account gives the same "
        "bytes. Exit codes: 0 written; 2 wrong usage; 3 the account cannot be reported on (says why); "
        "4 no such account; 5 it could not be made; 6 the file cannot be written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, metavar="ID", help="the account's id")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf", help="where to write the PDF")
        parser.add_argument(
            "--language", choices=["en-gb", "cy"], default="en-gb", help="its language (default: en-gb)"
        )
        parser.add_argument(
            "--edition",
            choices=Edition.values,
            default=Edition.FULL.value,
            help="the full report, the two-page summary or the easy-read sheet (default: full)",
        )

    def handle(self, *, output: Path, language: str, edition: str, **options: Any) -> None:
        account = account_by_id(options["id"])
        if account is None:
            raise CommandError(_("There is no account %(id)s.") % {"id": options["id"]}, returncode=NO_ACCOUNT)
        try:
            job = services.ask_for_report(
                actor=None, account=account, language=language, edition=Edition(edition), now=timezone.now()
            )
            if job.state == JobState.FAILED:
                services.try_again(actor=None, job=job, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(_(refusal.message) % refusal.params, returncode=REFUSED) from refusal
        worker.render_here(job.id)
        content = queries.content_of(job)
        if content is None:
            raise CommandError(
                _("The report could not be made. The account is unchanged; the log says why."), returncode=NOT_MADE
            )
        try:
            output.write_bytes(content)
        except OSError as fault:
            raise CommandError(_("%(file)s cannot be written.") % {"file": output}, returncode=NOT_WRITTEN) from fault
        self.stdout.write(str(output))
