"""Check again every report that was published: file, signature, frozen document, and every figure."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports import checking, codes, keys, registry

DIFFERS = 1
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Check each published report: its file is there, has the hash that is registered and a sound signature; the "
        "frozen document has its hash; and every figure, worked out again from the facts in it, is the figure that was "
        "frozen. For a nightly run. Exit codes: 0 all hold; 1 something differs (each is named)."
    )

    def handle(self, **options: Any) -> None:
        trusted = keys.trusted()
        checked = differing = 0
        for report in registry.published():
            checked += 1
            faults = checking.faults(report, trusted=trusted)
            differing += bool(faults)
            for fault in faults:
                self.stderr.write(f"{codes.shown(report.code)}: {_(fault.message) % fault.params}")
                log.error("A published report does not hold.", extra={"code": report.code, "fault": fault.message})
        said = _("%(differing)s of %(checked)s published reports do not hold.")
        if differing:
            raise CommandError(said % {"differing": differing, "checked": checked}, returncode=DIFFERS)
        self.stdout.write(_("All %(checked)s published reports hold.") % {"checked": checked})
