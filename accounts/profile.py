"""What people say of themselves: their name and their language."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import Person


@transaction.atomic
def change_profile(*, actor: Person, name: str, language: str, now: dt.datetime) -> None:
    """Call somebody as they want to be called, in the language that they chose."""
    before = {"name": actor.name, "language": actor.language}
    after = {"name": name, "language": language}
    if before == after:
        return
    actor.name, actor.language = name, language
    actor.save(update_fields=["name", "language"])
    audit.record(actor=actor, now=now, verb="changed", noun="person", before=before, after=after)
