"""How the valuation says no: one class per reason, each with words for a person and the field that they are about."""

from accounts.words import gettext_noop as _n


class InvalidInput(ValueError):
    """Say which figure cannot be valued, and why.

    `message` is English marked for translation. It does not name the field, so that a form can print it beside the
    field; its %(name)s placeholders are filled from `params`. `line` is the key of the outcome or of the input
    concerned, `field` the name of the attribute; either is None where the fault is the whole account's.
    """

    def __init__(self, message: str, *, line: str | None = None, field: str | None = None, **params: str) -> None:
        self.message = message
        self.line = line
        self.field = field
        self.params = params
        super().__init__(message, line, field, params)

    def __str__(self) -> str:
        """Return the sentence in English, with the line and the field in front."""
        where = ", ".join(name for name in (self.line, self.field) if name)
        said = self.message % self.params
        return f"{where}: {said}" if where else said


class PriceMissing(InvalidInput):
    """Say which period a price series has no figure for."""

    def __init__(self, *, period: str, series: str, line: str | None = None) -> None:
        self.period = period
        self.series = series
        super().__init__(
            _n("The price series “%(series)s” has no figure for %(period)s."),
            line=line,
            field="price_period",
            series=series,
            period=period,
        )


class PeriodsMixed(InvalidInput):
    """Say that a financial year and a calendar year would have to be compared."""

    def __init__(self, *, period: str, other: str, line: str | None = None) -> None:
        super().__init__(
            _n("%(period)s and %(other)s are two kinds of year, calendar and financial. Compare within one kind."),
            line=line,
            field="price_period",
            period=period,
            other=other,
        )


class RateMissing(InvalidInput):
    """Say which year a schedule of discount rates has no rate for."""

    def __init__(self, *, year: int, schedule: str) -> None:
        self.year = year
        super().__init__(
            _n("The discount rates “%(schedule)s” have no rate for year %(year)s."),
            field="rates",
            schedule=schedule,
            year=str(year),
        )


class AnchorUnclear(InvalidInput):
    """Say why weights cannot be turned into money: the anchor is not one outcome with both a value and a weight."""


class NoSuchFigure(LookupError):
    """Say that the workings have no figure of this name."""
