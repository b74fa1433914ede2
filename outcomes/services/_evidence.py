"""Keep the files that bear something out: each once for an account, under its SHA-256."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import uuid5

from django.core.files.base import ContentFile
from django.db import transaction

from accounts import audit, rows
from accounts.models import Account, Person
from outcomes import file_kinds
from outcomes.facts import read_facts
from outcomes.models import EvidenceFile
from outcomes.nouns import Evidence, Facts
from outcomes.services._changes import add_row


@transaction.atomic
def keep_file(
    *, actor: Person, account: Account, typed: Mapping[str, Any], content: bytes, name: str, now: dt.datetime
) -> Evidence:
    """Keep a file, and add the piece of evidence that it is as typed. Sent twice, it is there once.

    Raises file_kinds.NotTaken for what may not be kept, Unacceptable for what was typed. The file is written before
    this transaction ends: no row ever names a file that is not there, whatever stops it halfway.
    """
    kind = file_kinds.kind_of(content, name)
    kept_as, sha256 = file_kinds.name_kept(name, kind), hashlib.sha256(content).hexdigest()
    rows.hold(account)
    same = _said_already(read_facts(account), typed, sha256)
    if same is not None:
        return same
    given = {**typed, "name": typed.get("name") or kept_as, "file_name": kept_as, "file_sha256": sha256}
    row: Any = add_row(actor=actor, account=account, noun=Evidence, typed=given, now=now)
    if not EvidenceFile.objects.filter(account=account, sha256=sha256).exists():
        _write(EvidenceFile(sha256=sha256, name=kept_as, kept_at=now, kept_by=actor), account, content)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="kept file",
        noun=Evidence.slug,
        ref=row.ref,
        after={"file_name": kept_as, "file_sha256": sha256, "size": len(content)},
    )
    return row


def _said_already(facts: Facts, typed: Mapping[str, Any], sha256: str) -> Evidence | None:
    """Return the evidence that says already, by the same name, that this file bears the same item out."""
    about, name = str(typed.get("about_row") or ""), str(typed.get("name") or "").strip()
    same = (each for each in facts.evidence if (each.file_sha256, each.about_row) == (sha256, about))
    return next((each for each in same if name in ("", each.name)), None)


def _write(kept: EvidenceFile, account: Account, content: bytes) -> None:
    """Write a file, then its row. Its place says nothing of its name; what a try that broke left there goes first."""
    kept.id = uuid5(account.id, kept.sha256)
    kept.account, kept.size = account, len(content)
    kept.file.name = f"evidence/{kept.id}"
    kept.file.storage.delete(kept.file.name)
    kept.file.storage.save(kept.file.name, ContentFile(content))
    kept.save(force_insert=True)
