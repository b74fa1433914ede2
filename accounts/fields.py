"""How a column of a noun is stored: one field of the database for each kind, and the constraints that guard it."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy

from accounts import parsing
from accounts.columns import NUMERIC, Column, Kind, Noun, column, columns

_DIGITS = parsing.WHOLE_DIGITS + parsing.DECIMAL_PLACES


class ExactDecimalField(models.DecimalField):
    """A decimal of which no database drops a digit.

    SQLite would keep a binary number, of which fifteen digits can be trusted. So there the column holds a whole number
    of units of the last place (12.5 with two places is 1250), which compares and adds up as the decimal itself does.
    """

    def get_internal_type(self) -> str:
        """Say that this is not the decimal for which the SQLite backend has its own reader."""
        return "ExactDecimalField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column: up to 18 digits fit in a whole number of 64 bits."""
        if connection.vendor == "sqlite":
            return "bigint"
        return f"numeric({self.max_digits}, {self.decimal_places})"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: Any = None) -> Any:
        """Return what the database is given."""
        given = super().get_db_prep_value(value, connection, prepared)
        if given is None or connection.vendor != "sqlite":
            return given
        return int(Decimal(given).scaleb(self.decimal_places).to_integral_value(ROUND_HALF_UP))  # as PostgreSQL rounds

    def from_db_value(self, value: Any, _expression: Any, connection: BaseDatabaseWrapper) -> Decimal | None:
        """Return what the database held."""
        if value is None or connection.vendor != "sqlite":
            return value
        return Decimal(value).scaleb(-self.decimal_places)


def stored(noun: type[Noun], name: str) -> "models.Field[Any, Any]":
    """Return the database field for one column of a noun (not for pointers: those are foreign keys)."""
    declared = column(noun, name)
    words: dict[str, Any] = {"verbose_name": gettext_lazy(declared.label)}
    if declared.kind is Kind.LONG_TEXT:
        return models.TextField(blank=True, default="", **words)
    if declared.kind in NUMERIC:
        return _figure(declared, words)
    if declared.kind is Kind.YES_NO:
        return models.BooleanField(null=not declared.required, blank=not declared.required, **words)
    if declared.kind is Kind.DATE:
        return models.DateField(null=True, blank=True, **words)
    if declared.kind is Kind.CHOICE:
        return _choice(declared, words)
    return models.CharField(max_length=declared.longest, blank=not declared.required, **words)


def guards(noun: type[Noun], table: str) -> list[models.BaseConstraint]:
    """Return a check constraint for every range and every set of answers that a noun declares."""
    return [
        models.CheckConstraint(condition=condition, name=f"{table}_{declared.name}")
        for declared in columns(noun)
        for condition in _conditions(declared)
    ]


def _figure(declared: Column, words: dict[str, Any]) -> "models.Field[Any, Any]":
    blank: dict[str, Any] = {"null": not declared.required, "blank": not declared.required}
    if declared.kind is Kind.WHOLE:
        return models.BigIntegerField(**blank, **words)
    if declared.kind is Kind.SHARE:
        return ExactDecimalField(max_digits=9, decimal_places=parsing.SHARE_PLACES, **blank, **words)
    return ExactDecimalField(max_digits=_DIGITS, decimal_places=parsing.DECIMAL_PLACES, **blank, **words)


def _choice(declared: Column, words: dict[str, Any]) -> "models.Field[Any, Any]":
    options = [(option.value, gettext_lazy(option.label)) for option in declared.choices or ()]
    return models.CharField(max_length=40, choices=options, blank=not declared.required, **words)


def _conditions(declared: Column) -> Iterator[models.Q]:
    limits = {}
    if declared.minimum is not None:
        limits[f"{declared.name}__gte"] = declared.minimum
    if declared.maximum is not None:
        limits[f"{declared.name}__lte"] = declared.maximum
    if limits:
        yield models.Q(**limits)
    if declared.choices is not None:
        answers = [option.value for option in declared.choices] + ([] if declared.required else [""])
        yield models.Q(**{f"{declared.name}__in": answers})
