"""What is kept of a workbook that could not be brought in: for a day, for the one who sent it."""

import datetime as dt
from collections.abc import Iterable

from django.core.files.base import ContentFile

from accounts.models import Person
from outcomes.models import RefusedWorkbook

REFUSED_ARE_KEPT = dt.timedelta(days=1)
REFUSED_EACH = 20
"""How many marked workbooks are kept for one person: whoever uploads for ever does not fill the disk."""


def keep_refused(*, person: Person, name: str, marked: bytes, now: dt.datetime) -> RefusedWorkbook:
    """Keep a marked workbook for the person who sent it; what was kept for a day goes, and all but their last few."""
    _forget(RefusedWorkbook.objects.filter(person=person).order_by("-kept_at")[REFUSED_EACH - 1 :])
    forget_refused(now=now)
    kept = RefusedWorkbook(person=person, name=name[:200], kept_at=now)
    kept.file.name = f"refused/{kept.id}.xlsx"
    kept.save()  # the row first: a file without one would stay for ever
    kept.file.storage.save(kept.file.name, ContentFile(marked))
    return kept


def forget_refused(*, now: dt.datetime) -> int:
    """Remove the marked workbooks that were kept for a day, and return how many those were."""
    return _forget(RefusedWorkbook.objects.filter(kept_at__lt=now - REFUSED_ARE_KEPT))


def _forget(some: Iterable[RefusedWorkbook]) -> int:
    forgotten = list(some)
    for each in forgotten:
        each.file.delete(save=False)  # the file first: one without a row would stay for ever
        each.delete()
    return len(forgotten)
