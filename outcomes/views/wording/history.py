"""Who did what to what, as sentences."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.columns import NUMERIC, Column, Kind, Noun, column, columns
from accounts.nouns import AccountDetails
from outcomes import shown
from outcomes.nouns import BY_SLUG

_LONGEST = 300
"""How much of a long text a record repeats."""


def record_shown(record: Any) -> dict[str, Any]:
    """Return one audit record as a sentence: who did what to what; with the fields that moved, from what to what."""
    noun = _noun(record.noun)
    what = " ".join(
        word for word in (_(noun.singular).lower() if noun else "", record.ref, _name(record, noun)) if word
    )
    said = {"who": who(record), "what": what or _("the account"), **_particulars(record)}
    return {
        "at": record.at,
        "sentence": _(_VERBS.get(record.verb, _OTHER)) % said,
        "moves": list(_moves(record, noun)),
        "reason": record.reason,
    }


def _name(record: Any, noun: type[Noun] | None) -> str:
    """Return what a row that came or went was called, as the record holds it; nothing where its ref is its name."""
    if noun is None or record.verb in _MOVES_FIELDS or noun.shown_by == "ref":
        return ""
    held = (record.after or {}).get(noun.shown_by) or (record.before or {}).get(noun.shown_by)
    return _said(column(noun, noun.shown_by), held) if held else ""


def of_figure(records: Any, name: str) -> list[dict[str, Any]]:
    """Return the records that say how one field came to hold what it holds, the latest first."""
    about = [each for each in records if each.verb != "moved"]
    about = [each for each in about if each.verb not in _MOVES_FIELDS or name in (each.after or {})]
    return [record_shown(each) | {"moves": _move_of(each, name)} for each in about]


def _move_of(record: Any, name: str) -> list[str]:
    noun = _noun(record.noun)
    return [_move(record, column) for column in _moved(record, noun) if column.name == name]


def _noun(slug: str) -> type[Noun] | None:
    return AccountDetails if slug == AccountDetails.slug else BY_SLUG.get(slug)


def who(record: Any) -> str:
    """Return who did it."""
    return str(record.person) if record.person else _("An operator")


def noun_called(slug: str) -> str:
    """Return what a noun is called; nothing for what is about the account as a whole."""
    noun = _noun(slug)
    return _(noun.singular) if noun else ""


def done_shown(verb: str) -> str:
    """Return what was done, as a list of such things says it."""
    return _(_DONE[verb]) if verb in _DONE else verb


def _particulars(record: Any) -> dict[str, str]:
    """Return what a verb says besides who and what: a file, the places of a move, the original of a copy, a name."""
    before, after = (side if isinstance(side, dict) else {} for side in (record.before, record.after))
    return {
        "verb": record.verb,
        "source": str(after.get("source", "")),
        "from": str(before.get("place", "")),
        "to": str(after.get("place", "")),
        "original": str(before.get("copy_of", "")),
        "name": str(after.get("in_the_name_of", "")),
        "funder": str(after.get("funder", "")),
        "grant": str(after.get("title", "")),
        "form": str(after.get("what", "")),
        "group": str(after.get("group", "")),
        "codes": str(after.get("codes", "")),
    }


def _moves(record: Any, noun: type[Noun] | None) -> Iterator[str]:
    """Yield each field of a changed row, from what to what."""
    yield from (_move(record, column) for column in _moved(record, noun))


def _moved(record: Any, noun: type[Noun] | None) -> list[Column]:
    if noun is None or record.verb not in _MOVES_FIELDS or not record.after:
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


_MOVES_FIELDS = frozenset({"changed", "explained", "shared points"})
"""Verbs whose records hold the fields that differ, before and after."""

_OTHER = _n("%(who)s: %(verb)s, %(what)s.")

_VERBS = {
    "opened": _n("%(who)s started %(what)s, from “%(source)s”."),
    "replaced": _n("%(who)s brought in “%(source)s” in place of all that %(what)s said."),
    "added": _n("%(who)s added %(what)s."),
    "changed": _n("%(who)s changed %(what)s."),
    "removed": _n("%(who)s removed %(what)s."),
    "restored": _n("%(who)s put %(what)s back."),
    "moved": _n("%(who)s moved %(what)s from place %(from)s to place %(to)s."),
    "copied": _n("%(who)s made %(what)s, a copy of %(original)s."),
    "explained": _n("%(who)s gave a reason: %(what)s."),
    "kept file": _n("%(who)s kept a file with %(what)s."),
    "shared points": _n("%(who)s changed the importance that people gave: %(what)s."),
    "froze": _n("%(who)s froze the account for report %(what)s."),
    "submitted": _n("%(who)s submitted the account in the name of %(name)s."),
    "took back": _n("%(who)s took the account back, to change it."),
    "asked for report": _n("%(who)s asked for report %(what)s."),
    "asked again for report": _n("%(who)s asked again for a report."),
    "assigned assurer": _n("%(who)s assigned an assurer to report %(what)s."),
    "relieved assurer": _n("%(who)s relieved the assurer of report %(what)s."),
    "declared": _n("%(who)s declared how independent they are, as assurer of report %(what)s."),
    "judged": _n("%(who)s judged principle %(what)s."),
    "drew sample": _n("%(who)s drew a random sample of the evidence in report %(what)s."),
    "traced": _n("%(who)s followed evidence to its source: %(what)s."),
    "asked": _n("%(who)s asked question %(what)s, as assurer."),
    "answered": _n("%(who)s answered question %(what)s of the assurer."),
    "closed question": _n("%(who)s closed question %(what)s."),
    "returned": _n("%(who)s returned the account with findings, to be mended."),
    "drafted statement": _n("%(who)s drafted the assurance statement on report %(what)s."),
    "signed statement": _n("%(who)s signed the assurance statement on report %(what)s."),
    "published": _n("%(who)s published report %(what)s."),
    "withdrew": _n("%(who)s withdrew report %(what)s."),
    "added grant": _n("%(who)s said that %(funder)s funds this: “%(grant)s”."),
    "ended grant": _n("%(who)s ended the grant of %(funder)s: “%(grant)s”."),
    "opened replies": _n("%(who)s made %(codes)s codes, so that %(group)s can reply to what the account says of them."),
    "answered reply": _n("%(who)s answered an objection of %(group)s."),
    "downloaded": _n("%(who)s downloaded report %(what)s for %(funder)s (%(form)s)."),
}
_DONE = {
    "opened": _n("Started"),
    "replaced": _n("Brought in a workbook"),
    "added": _n("Added"),
    "changed": _n("Changed"),
    "removed": _n("Removed"),
    "restored": _n("Put back"),
    "moved": _n("Moved"),
    "copied": _n("Copied"),
    "explained": _n("Gave a reason"),
    "kept file": _n("Kept a file"),
    "shared points": _n("Changed the importance"),
    "froze": _n("Froze for a report"),
    "submitted": _n("Submitted"),
    "took back": _n("Took back"),
    "asked for report": _n("Asked for a report"),
    "asked again for report": _n("Asked again for a report"),
    "assigned assurer": _n("Assigned an assurer"),
    "relieved assurer": _n("Relieved an assurer"),
    "declared": _n("Declared independence"),
    "judged": _n("Judged a principle"),
    "drew sample": _n("Drew a sample"),
    "traced": _n("Followed evidence"),
    "asked": _n("Asked"),
    "answered": _n("Answered"),
    "closed question": _n("Closed a question"),
    "returned": _n("Returned with findings"),
    "drafted statement": _n("Drafted the statement"),
    "signed statement": _n("Signed the statement"),
    "published": _n("Published"),
    "withdrew": _n("Withdrew"),
    "added grant": _n("Added a grant"),
    "ended grant": _n("Ended a grant"),
    "opened replies": _n("Made codes to reply with"),
    "answered reply": _n("Answered an objection"),
    "downloaded": _n("Downloaded"),
}
