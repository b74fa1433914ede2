"""Bring in an account from a workbook or from its JSON form."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.queries import organisation_named
from outcomes import format as account_format, services, workbook
from outcomes.intake import Unacceptable, sentence
from outcomes.nouns import Facts

REFUSED, NO_FILE, NO_ORGANISATION = 3, 4, 5


class Command(BaseCommand):
    help = (
        "Bring in an account of social value from FILE (.xlsx or .json) for an organisation, and print its id. "
        "Nothing is half-imported. Exit codes: 0 imported; 2 wrong usage; 3 the file has mistakes (listed, nothing "
        "imported); 4 the file cannot be read; 5 no such organisation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx) or an account in JSON (.json)")
        parser.add_argument("--organisation", required=True, metavar="SLUG", help="the organisation's short name")
        parser.add_argument(
            "--marked", type=Path, metavar="COPY", help="where to write a copy with the bad cells marked"
        )

    def handle(self, *, file: Path, organisation: str, marked: Path | None, **options: Any) -> None:
        keeper = organisation_named(organisation)
        if keeper is None:
            raise CommandError(
                _("There is no organisation “%(slug)s”.") % {"slug": organisation}, returncode=NO_ORGANISATION
            )
        facts = self.read(file, marked)
        account = services.open_account(
            actor=None, organisation=keeper, facts=facts, now=timezone.now(), source=file.name
        )
        self.stdout.write(str(account.id))

    def read(self, file: Path, marked: Path | None) -> Facts:
        """Return what the file says, or end with every reason why not."""
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise CommandError(_("The file %(file)s cannot be read.") % {"file": file}, returncode=NO_FILE) from fault
        try:
            return (
                account_format.loads(content) if file.suffix.lower() == ".json" else workbook.read(content, translate=_)
            )
        except workbook.UnreadableWorkbook as fault:
            raise CommandError(_listed([_(fault.message) % fault.params]), returncode=REFUSED) from fault
        except workbook.BadCells as fault:
            lines = [*(workbook.told(each, _) for each in fault.mends), _keep(fault.marked, marked)]
            raise CommandError(_listed(lines), returncode=REFUSED) from fault
        except Unacceptable as fault:
            raise CommandError(_listed([sentence(each, _) for each in fault.reasons]), returncode=REFUSED) from fault


def _keep(content: bytes, copy: Path | None) -> str:
    """Write the marked copy where it was asked for, and return what to say of it, if anything."""
    if copy is None:
        return ""
    try:
        copy.write_bytes(content)
    except OSError:
        return _("The marked copy cannot be written to %(file)s.") % {"file": copy}
    return _("A copy with the bad cells marked: %(file)s") % {"file": copy}


def _listed(lines: Iterable[str]) -> str:
    return "\n".join([_("Nothing was imported."), *filter(None, lines)])
