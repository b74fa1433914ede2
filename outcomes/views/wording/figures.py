"""Where a figure comes from: its formula, its parts, and for an entered one the row that holds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.nouns import AccountDetails
from outcomes import shown
from outcomes.nouns import Adjustment, Factor, Facts, Outcome, ScenarioChange, Valuation
from outcomes.queries import Standing
from outcomes.valuation import Figure
from outcomes.views.pages import details_url, entry_url
from outcomes.views.wording.overview import one
from stakeholders.nouns import Input


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure with its words, where it is explained, and where it is corrected if somebody typed it."""

    label: str
    shown: str
    url: str = ""
    unit: str = ""
    negative: bool = False
    correct_url: str = ""
    correct_words: str = ""
    in_place: bool = False
    """Whether it is corrected on the spot: the row that holds it is there."""
    is_here: bool = False
    """Whether the reader has just corrected it, and goes on from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A figure that somebody typed: the row and the field that hold it, with what is said of it there."""

    noun: str
    ref: str
    field: str
    url: str
    """The whole row, at the field."""
    said: tuple[tuple[str, str], ...] = ()
    taken: str = ""
    """What was taken in its place, where the account does not state it."""

    @property
    def is_there(self) -> bool:
        """Return whether there is a row that holds the figure; otherwise one has to be added."""
        return bool(self.ref) or self.noun == AccountDetails.slug

    def correct_url(self, back: str) -> str:
        """Return where this figure alone is corrected, to come back to the figure or the page named `back`."""
        address = self.url.partition("#")[0]
        if self.is_there:
            return f"{address}?{urlencode({'only': self.field, 'from': back})}"
        return f"{address}&{urlencode({'from': back})}#id_{self.field}"


def figure_url(account_id: UUID, name: str) -> str:
    """Return the address at which a figure is explained."""
    return _figure_url(account_id).replace(_NAME, name)


_NAME = "NAME"


@lru_cache(maxsize=64)
def _figure_url(account_id: UUID) -> str:
    return reverse("outcomes:figure", args=[account_id, _NAME])


def figure_shown(worked: Figure, held: Standing, account: Any) -> dict[str, Any]:
    """Return one figure with its formula, its parts, and for an entered one its source and where it is corrected."""
    return {
        "name": worked.name,
        "title": title(worked, account.currency),
        "about": worked.about,
        "shown": shown.figure(worked, account.currency),
        "unit": unit(worked, held.facts),
        "unrounded": _unrounded(worked, account.currency),
        "why_undefined": _(worked.why_undefined) % worked.params if worked.why_undefined else "",
        "formula": worked.formula_in(_),
        "working": worked.working,
        "note": _note(worked, held.facts),
        "parts": [_part(part, held.facts, account) for part in worked.parts],
        "entered": entered(worked, held.facts, account.id) if worked.is_entered else None,
    }


def title(worked: Figure, currency: str) -> str:
    """Return what a figure is called; of a ratio, with the currency that it is a return on."""
    own = {
        "ratio": _("Social return for each %(one)s put in"),
        "net_ratio": _("Net social return for each %(one)s put in"),
    }
    if worked.name in own:
        return own[worked.name] % {"one": one(currency)}
    return _(worked.label) % worked.params


def unit(worked: Figure, facts: Facts) -> str:
    """Return what a quantity is counted in, as the account says."""
    if worked.field_name != "quantity":
        return ""
    return next((each.quantity_unit for each in facts.outcomes if each.ref == worked.line), "")


def _unrounded(worked: Figure, currency: str) -> str:
    """Return the figure with all its digits, where they are more than those shown."""
    if worked.amount is None:
        return ""
    digits = f"{worked.amount:f}"
    whole = digits.rstrip("0").rstrip(".") if "." in digits else digits
    rounded = shown.figure(worked, currency)
    return "" if len(whole.partition(".")[2]) <= len(rounded.partition(".")[2]) or "%" in rounded else digits


def _note(worked: Figure, facts: Facts) -> str:
    if not worked.note:
        return ""
    if worked.name.startswith("rate.") and not facts.account.rate_schedule:
        return _("One rate for every year of this account.")
    return _(worked.note) % {name: _(words) if words else "" for name, words in worked.params.items()}


def _part(worked: Figure, facts: Facts, account: Any) -> Cell:
    about = f"{worked.about}: " if worked.about else ""
    return Cell(
        label=about + title(worked, account.currency),
        shown=shown.figure(worked, account.currency),
        url=figure_url(account.id, worked.name),
        unit=unit(worked, facts),
        negative=worked.amount is not None and worked.amount < 0,
    )


def entered(worked: Figure, facts: Facts, account_id: UUID) -> Entered:
    """Return the row behind an entered figure. One that the account does not state yet leads to a new row."""
    return behind(facts, account_id, worked.line or worked.investment or "", worked.field_name or "")


def trouble_shown(held: Standing, account_id: UUID) -> dict[str, str] | None:
    """Return why the account cannot be worked out, as a notice with the field that mends it."""
    if held.trouble is None:
        return None
    there = behind(held.facts, account_id, held.trouble.ref, held.trouble.field)
    return {"text": _(held.trouble.message) % held.trouble.params, "url": there.url}


def behind(facts: Facts, account_id: UUID, ref: str, name: str) -> Entered:
    """Return the row that holds what the valuation calls `name`, of an outcome, an input, a scenario or the account."""
    for noun, rows in ((Input, facts.inputs), (ScenarioChange, facts.scenarios)):
        if any(each.ref == ref for each in rows):
            return _in_row(account_id, rows, noun.slug, ref, name if hasattr(rows[0], name) else noun.shown_by)
    if not any(each.ref == ref for each in facts.outcomes):
        return _of_account(facts, account_id, name)
    if name in {factor.value for factor in Factor}:
        return _factor(facts, account_id, ref, name)
    if name in _OF_VALUATION:
        return _valuation(facts, account_id, ref, _OF_VALUATION[name])
    return _in_row(account_id, facts.outcomes, Outcome.slug, ref, name)


_OF_VALUATION = {
    "value_each": "value",
    "value": "value",
    "price_period": "price_period",
    "weight": "weight",
    "is_anchor": "anchor",
}
_TAKEN: Mapping[str, str] = {
    "duration": _n("The account does not say, so one year was taken."),
    "first_year": _n("The account does not say, so the first year was taken."),
    "figure": _n("The account does not say, so nothing was taken off. Nought is an answer too, with a reason."),
    "discount_rate": _n("The account does not say, so the usual rate was taken."),
    "amount": _n("It is the hours given, times the worth of an hour."),
}


def _taken(name: str) -> str:
    """Return what was taken for a figure that the account does not state."""
    return _(_TAKEN[name]) if name in _TAKEN else ""


def _of_account(facts: Facts, account_id: UUID, name: str) -> Entered:
    """Return the account's own rates or prices: a table that it names, or the rate that it states."""
    rates = "rate_schedule" if facts.account.rate_schedule else "discount_rate"
    own = name if hasattr(facts.account, name) else rates
    is_stated = getattr(facts.account, own) not in ("", None)
    url = details_url(account_id, own)
    return Entered(noun=AccountDetails.slug, ref="", field=own, url=url, taken="" if is_stated else _taken(own))


def _factor(facts: Facts, account_id: UUID, line: str, factor: str) -> Entered:
    about = (each for each in facts.adjustments if each.outcome == line and each.factor == factor)
    row = next(about, None)
    if row is None:
        return _to_add(account_id, Adjustment.slug, "figure", outcome=line, factor=factor)
    return _in_row(account_id, facts.adjustments, Adjustment.slug, row.ref, "figure")


def _valuation(facts: Facts, account_id: UUID, line: str, name: str) -> Entered:
    row = next((each for each in facts.valuations if each.outcome == line), None)
    if row is None:
        return _to_add(account_id, Valuation.slug, name, outcome=line)
    return _in_row(account_id, facts.valuations, Valuation.slug, row.ref, name)


def _to_add(account_id: UUID, slug: str, name: str, **about: str) -> Entered:
    """Return where a row is added that the account lacks."""
    url = f"{reverse('outcomes:new_entry', args=[account_id, slug])}?{urlencode(about)}"
    return Entered(noun=slug, ref="", field=name, url=url, taken=_taken(name))


def _in_row(account_id: UUID, rows: Iterable[Any], slug: str, ref: str, name: str) -> Entered:
    row = next(each for each in rows if each.ref == ref)
    is_stated = getattr(row, name, None) is not None
    return Entered(
        noun=slug,
        ref=ref,
        field=name,
        url=entry_url(account_id, slug, ref, name),
        said=tuple(_said(row, name)),
        taken="" if is_stated else _taken(name),
    )


def _said(row: Any, name: str) -> list[tuple[str, str]]:
    """Return what the row says of its figure: its source, its reason, who judged it."""
    told = [
        (_n("In words"), _sentence(row)),
        (_n("Hours given"), shown.number(getattr(row, "hours", None)) if name == "amount" else ""),
        (_n("Worth of an hour"), shown.number(getattr(row, "hourly_rate", None), 2) if name == "amount" else ""),
        (_n("Place in the ranking"), shown.number(getattr(row, "rank", None)) if name == "weight" else ""),
        (_n("Source"), getattr(row, f"{name}_source", "") or getattr(row, "source", "")),
        (_n("Proxy"), getattr(row, "proxy", "") if name == "value" else ""),
        (_n("In the prices of"), getattr(row, "price_period", "") if name == "value" else ""),
        (_n("How you know how long it lasts"), row.duration_evidence if name == "duration" else ""),
        (_n("Reason"), getattr(row, "reason", "")),
        (_n("Who said so"), getattr(row, "judged_by", "")),
    ]
    return [(_(key), words) for key, words in told if words]


def _sentence(row: Any) -> str:
    """Return the sentence that was chosen for a factor, in the reader's language; words of one's own stay."""
    words = str(getattr(row, "sentence", ""))
    return _(words) if words else ""
