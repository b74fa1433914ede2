"""The account itself as plain facts: what it covers, for whom, and by which conventions it is worked out."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from accounts import columns as c
from accounts.words import gettext_noop as _n


class AccountKind(c.Choice):
    """Whether the value is expected, or has happened and was measured."""

    FORECAST = "forecast", _n("Forecast: what we expect")
    EVALUATIVE = "evaluative", _n("Evaluative: what has happened")


class Language(c.Choice):
    """The language in which the account is written."""

    ENGLISH = "en", _n("English")
    WELSH = "cy", _n("Welsh")


class ImportanceBy(c.Choice):
    """How those affected said which changes matter more than others."""

    POINTS = "points", _n("Points shared out")
    RANKING = "ranking", _n("Ranking")


class Edition(c.Choice):
    """The edition of the Principles of Social Value that an account is kept against."""

    SEVEN = "seven", _n("The seven principles")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails(c.Noun):
    """The account's own particulars: one row."""

    slug: ClassVar[str] = "account"
    title: ClassVar[str] = _n("Account")
    singular: ClassVar[str] = _n("Account")
    about: ClassVar[str] = _n("What this account covers, for whom, and by which conventions it is worked out.")
    prefix: ClassVar[str] = ""
    shown_by: ClassVar[str] = "name"

    name: str = c.text(
        _n("Title"), required=True, example=_n("Luncheon club, 2024-25"), help=_n("What you would call this account.")
    )
    activity: str = c.long_text(_n("Activity"), help=_n("What you do, in two or three sentences."))
    kind: AccountKind = c.choice(
        _n("Forecast or evaluative"),
        AccountKind,
        required=True,
        help=_n("Do the figures expect, or report what happened?"),
    )
    language: Language | None = c.choice(
        _n("Language"), Language, help=_n("The language that you write this account in.")
    )
    period_start: dt.date | None = c.date(_n("Period starts"), example="01/04/2024", help=_n("The first day covered."))
    period_end: dt.date | None = c.date(_n("Period ends"), example="31/03/2025", help=_n("The last day covered."))
    purpose: str = c.long_text(_n("Purpose"), help=_n("Why you keep this account."))
    audience: str = c.long_text(_n("Audience"), help=_n("Who will read it."))
    decision: str = c.long_text(
        _n("Decision it informs"), help=_n("What somebody will decide with it: this sets how exact it needs to be.")
    )
    scope: str = c.long_text(_n("Scope"), help=_n("What is covered and what is not: activities, places, people."))
    currency: str = c.text(
        _n("Currency"), required=True, longest=3, example="GBP", help=_n("Three letters, such as GBP or EUR.")
    )
    discount_rate: Decimal | None = c.share(
        _n("Discount rate"),
        example="3.5%",
        help=_n("One rate for every year. Leave it blank if you name a schedule of rates instead."),
    )
    rate_schedule: str = c.text(
        _n("Schedule of discount rates"),
        longest=60,
        example="green-book-2022",
        help=_n("The name of a published schedule whose rates fall with time. Leave it blank if you gave one rate."),
    )
    year_one_is_discounted: bool = c.yes_no(
        _n("Is the first year discounted?"),
        required=True,
        help=_n("The SROI guide discounts the first year of benefit (yes); many published studies do not (no)."),
    )
    price_series: str = c.text(
        _n("Price index"),
        longest=60,
        example="gdp-deflator-2025-12",
        help=_n("The name of the index that brings values from older prices to this account's prices."),
    )
    price_base: str = c.period(
        _n("Price base"), help=_n("The year in whose prices this account is stated, such as 2024-25 or 2024.")
    )
    significance_threshold: Decimal | None = c.share(
        _n("Significance threshold"),
        example="5%",
        help=_n("An outcome that makes up at least this share of all value is significant."),
    )
    importance_by: ImportanceBy | None = c.choice(
        _n("How importance was found"),
        ImportanceBy,
        help=_n("How people said which changes matter more to them than others, if you asked them that."),
    )
    limitations: str = c.long_text(_n("Limitations"), help=_n("What a reader should know before relying on it."))
    reporting_plan: str = c.long_text(
        _n("Plan to report to stakeholders"),
        help=_n("How you will tell and discuss the result with those it is about."),
    )
    reporting_date: dt.date | None = c.date(
        _n("Date of that"), example="30/06/2026", help=_n("When you will report to stakeholders.")
    )
    edition: Edition | None = c.choice(_n("Edition of the principles"), Edition)
