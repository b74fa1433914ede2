"""Show everything that an account says and comes to, unrounded."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.queries import account_by_id
from outcomes import format as account_format
from outcomes.queries import standing

NO_ACCOUNT = 4


class Command(BaseCommand):
    help = (
        "Print every input of an account and every figure of its workings, unrounded; decimals are strings. "
        "Exit codes: 0 printed; 2 wrong usage; 4 no such account."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, metavar="ID", help="the account's id")
        parser.add_argument("--format", choices=["json"], default="json", help="how to print it (default: json)")

    def handle(self, **options: Any) -> None:
        account = account_by_id(options["id"])
        if account is None:
            raise CommandError(_("There is no account %(id)s.") % {"id": options["id"]}, returncode=NO_ACCOUNT)
        held = standing(account)
        shown = {
            "account": account_format.to_plain(held.facts),
            "workings": held.workings.as_plain() if held.workings else None,
            "trouble": held.trouble.message % held.trouble.params if held.trouble else None,
        }
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
