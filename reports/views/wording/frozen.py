"""A frozen account as its assurer reads it: its rows in words, its figures, and the principles that it is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.columns import NUMERIC, Noun, column, columns
from outcomes import format as account_format, shown
from outcomes.nouns import ROWS, Facts, rows as rows_of
from outcomes.principles import Principle
from outcomes.valuation import Figure, Workings
from outcomes.views.wording.entries import TELLING, Names, names_of, row_name, value_shown
from outcomes.views.wording.figures import title as figure_label
from reports import document, recalculation, statement

_HINTS = 3
"""How much of a row stands beside its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A key and a value, for `components/summary_list.html`."""

    key: str
    value: str
    url: str = ""


class Frozen:
    """What an engagement is about, read once for a page."""

    def __init__(self, engagement: Any) -> None:
        """Read what was submitted; nothing of the account as it stands now."""
        self.document: Mapping[str, Any] = document.parsed(engagement.submission.snapshot.document)
        self.content: Mapping[str, Any] = self.document["content"]

    @cached_property
    def facts(self) -> Facts:
        """Return the facts of the account."""
        return account_format.from_frozen(self.content["account"])

    @cached_property
    def names(self) -> Names:
        """Return what a person would call each row."""
        return names_of(self.facts)

    @cached_property
    def workings(self) -> Workings:
        """Return the account worked out once more from its frozen inputs."""
        return recalculation.workings_of(self.document)

    @property
    def principles(self) -> tuple[Principle, ...]:
        """Return the principles that the account is judged by: those of its edition."""
        return statement.principles_of(self.content)

    def principle(self, number: int) -> Principle | None:
        """Return the principle of this number."""
        return next((each for each in self.principles if each.number == number), None)

    def rows(self, noun: type[Noun]) -> list[Any]:
        """Return the rows of a noun."""
        return list(rows_of(self.facts, noun))

    def row(self, slug: str, ref: str) -> Any | None:
        """Return a row by the slug of its noun and its ref."""
        noun = next((each for each in ROWS if each.slug == slug), None)
        found = self.rows(noun) if noun else []
        return next((each for each in found if ref_of(each) == ref), None)

    def called(self, row: Any) -> str:
        """Return what a row is called, after its ref."""
        return " ".join(filter(None, [ref_of(row), row_name(row)]))

    def hint(self, row: Any) -> str:
        """Return what tells a row from its neighbours, where its name does not: what it belongs to, and its figures."""
        telling = [column(type(row), name) for name in TELLING.get(type(row), ())][:_HINTS]
        told = [(each, value_shown(each, row, self.names, self.facts.account.currency)) for each in telling]
        return " · ".join(
            _told(_(each.label), value) if each.kind in NUMERIC else value for each, value in told if value
        )

    def lines(self, row: Any) -> list[Line]:
        """Return all that a row says beside its ref and its name."""
        told = [
            (_(each.label), value_shown(each, row, self.names, self.facts.account.currency))
            for each in columns(type(row))
        ]
        known = {ref_of(row), row_name(row)}
        return [Line(key=key, value=value) for key, value in told if value and value not in known]

    def figure_title(self, figure: Figure) -> str:
        """Return what a figure is called, with the outcome that it belongs to."""
        title = self.figure_label(figure)
        return f"{figure.about}: {title}" if figure.about else title

    def figure_label(self, figure: Figure) -> str:
        """Return what a figure is called where its outcome stands above it."""
        return figure_label(figure, self.facts.account.currency)

    def figure_shown(self, figure: Figure) -> str:
        """Return a figure as it stands in the report."""
        return shown.figure(figure, self.facts.account.currency)


def _told(label: str, value: str) -> str:
    """Return a figure with its label, which may be a question."""
    return f"{label} {value}" if label.endswith("?") else f"{label}: {value}"


def ref_of(row: Any) -> str:
    """Return the ref of a row; nothing for one that has none."""
    return str(getattr(row, "ref", ""))
