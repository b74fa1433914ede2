"""How figures and answers are put on paper: amounts without their sign in tables, whole pounds in the summary."""

import datetime as dt
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from accounts.columns import Choice
from outcomes import shown
from outcomes.nouns import Measure, Observation, Outcome, State
from outcomes.valuation import to_places

NONE = "–"
DAY = "j F Y"
LONG = 1_000
"""Characters in a cell of a table that take up most of a page."""
_SENTENCE_ENDS = (". ", "? ", "! ", "\n")


def amount(figure: Decimal | None, currency: str) -> str:
    """Return money for a column whose head says the currency: to the penny, without the sign."""
    return NONE if figure is None else shown.money(figure, currency).replace(shown.symbol(currency), "", 1)


def whole(figure: Decimal | None, currency: str) -> str:
    """Return money without its pence, for a reader who wants the size of it."""
    if figure is None:
        return NONE
    rounded = to_places(figure, 0)
    return f"{'−' if rounded < 0 else ''}{shown.symbol(currency)}{shown.number(abs(rounded), 0)}"


_HALF_A_PERCENT = Decimal("0.005")


def percent(share: Decimal) -> str:
    """Return a share of the whole in whole percents, for the same reader; a little is never nothing."""
    if 0 < abs(share) < _HALF_A_PERCENT:
        return _("less than 1%")
    return f"{shown.number(share * 100, 0)}%"


def between(low: str, high: str) -> str:
    """Return a range in words; one end where there is only one."""
    if low and high:
        return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("at least %(low)s") % {"low": low}
    return _("at most %(high)s") % {"high": high} if high else ""


def said(answer: Choice | None, blank: str = "") -> str:
    """Return the label of an answer in the reader's language."""
    return blank if answer is None else _(answer.label)


def yes_or_no(*, answer: bool | None) -> str:
    """Return an answer in words."""
    if answer is None:
        return _("Not answered")
    return _("Yes") if answer else _("No")


def day(date: dt.date | None) -> str:
    """Return a date as it is written in Britain."""
    return "" if date is None else date_format(date, DAY)


def many(outcome: Outcome) -> str:
    """Return how many, or how much, a change happened to."""
    return " ".join(part for part in (shown.number(outcome.quantity), outcome.quantity_unit) if part)


def of_how_many(part: int | None, whole: int | None) -> str:
    """Return how many of how many."""
    if part is None:
        return ""
    if whole is None:
        return shown.number(part)
    return _("%(numerator)s of %(denominator)s") % {"numerator": shown.number(part), "denominator": shown.number(whole)}


def lasting(years: int) -> str:
    """Return a number of whole years in words."""
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def reading(row: Observation, measure: Measure | None) -> str:
    """Return what an observation showed: always of how many, never a bare percentage."""
    if row.state is not State.MEASURED or row.numerator is None:
        return _(row.state.label)
    if row.denominator is None:
        return shown.number(row.numerator)
    if measure not in {None, Measure.COUNT}:
        mean = shown.number(row.numerator / row.denominator, 2) if row.denominator else _("no figure")
        told = {"mean": mean, "total": shown.number(row.numerator), "n": shown.number(row.denominator)}
        return _("%(mean)s (total %(total)s, n = %(n)s)") % told
    of = {"numerator": shown.number(row.numerator), "denominator": shown.number(row.denominator)}
    if not row.denominator:
        return _("%(numerator)s of %(denominator)s") % of
    return _("%(numerator)s of %(denominator)s (%(share)s)") % {
        **of,
        "share": shown.share(row.numerator / row.denominator),
    }


def is_long(*texts: str) -> bool:
    """Return whether a row of a table that holds these texts may have to be broken over two pages."""
    return max(map(len, texts)) > LONG


def shortened(text: str, most: int) -> str:
    """Return the beginning of a text: whole sentences if any fit, else whole words, with a sign that more follows."""
    if len(text) <= most:
        return text
    head = text[: most + 1]
    end = max(head.rfind(sign) + 1 for sign in _SENTENCE_ENDS)
    if end > most // 3:
        return head[:end].rstrip() + " …"
    return (head.rpartition(" ")[0] or head[:most]).rstrip(" ,;:") + " …"
