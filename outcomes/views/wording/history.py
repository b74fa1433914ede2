"""Who did what to what, as sentences."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.columns import NUMERIC, Column, Kind, Noun, columns
from accounts.nouns import AccountDetails
from outcomes import shown
from outcomes.nouns import BY_SLUG

_LONGEST = 300
"""How much of a long text a record repeats."""


def record_shown(record: Any) -> dict[str, Any]:
    """Return one audit record as a sentence: who did what to what; with the fields that moved, from what to what."""
    who = str(record.person) if record.person else _("An operator")
    noun = _noun(record.noun)
    what = " ".join(word for word in (_(noun.singular).lower() if noun else "", record.ref) if word)
    done = _VERBS.get(record.verb, record.verb)
    return {
        "at": record.at,
        "sentence": _(done) % {"who": who, "what": what or _("the account"), **_source(record)},
        "moves": list(_moves(record, noun)),
        "reason": record.reason,
    }


def of_figure(records: Any, name: str) -> list[dict[str, Any]]:
    """Return the records that say how one field came to hold what it holds, the latest first."""
    about = [each for each in records if each.verb != "changed" or name in (each.after or {})]
    return [record_shown(each) | {"moves": _move_of(each, name)} for each in about]


def _move_of(record: Any, name: str) -> list[str]:
    noun = _noun(record.noun)
    return [_move(record, column) for column in _moved(record, noun) if column.name == name]


def _noun(slug: str) -> type[Noun] | None:
    return AccountDetails if slug == AccountDetails.slug else BY_SLUG.get(slug)


def _source(record: Any) -> dict[str, str]:
    """Return the file that an account came from."""
    after = record.after if isinstance(record.after, dict) else {}
    return {"source": str(after.get("source", ""))}


def _moves(record: Any, noun: type[Noun] | None) -> Iterator[str]:
    """Yield each field of a changed row, from what to what."""
    yield from (_move(record, column) for column in _moved(record, noun))


def _moved(record: Any, noun: type[Noun] | None) -> list[Column]:
    if noun is None or record.verb != "changed" or not record.after:
        return []
    return [column for column in columns(noun) if column.name in record.after]


def _move(record: Any, column: Column) -> str:
    was, became = (_said(column, (side or {}).get(column.name)) for side in (record.before, record.after))
    return _("%(field)s: from %(was)s to %(became)s") % {"field": _(column.label), "was": was, "became": became}


def _said(column: Column, value: Any) -> str:
    """Return one side of a change as it stands in the record: plain data, in the words of the column."""
    if value is None or value == "":
        return _("nothing")
    if column.choices is not None:
        return next((_(option.label) for option in column.choices if option.value == value), str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.kind is Kind.SHARE:
        return shown.share(Decimal(value))
    if column.kind in NUMERIC:
        return shown.number(Decimal(value))
    return f"“{value[:_LONGEST]}…”" if len(value) > _LONGEST else f"“{value}”"


_VERBS = {
    "opened": _n("%(who)s started %(what)s, from “%(source)s”."),
    "kept file": _n("%(who)s kept a file with %(what)s."),
    "replaced": _n("%(who)s brought in “%(source)s” in place of all that %(what)s said."),
    "added": _n("%(who)s added %(what)s."),
    "changed": _n("%(who)s changed %(what)s."),
    "removed": _n("%(who)s removed %(what)s."),
    "froze": _n("%(who)s froze the account for report %(what)s."),
    "asked for report": _n("%(who)s asked for report %(what)s."),
    "asked again for report": _n("%(who)s asked again for a report."),
    "published": _n("%(who)s published report %(what)s."),
}
