"""One figure of the workings, and how it came about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import add
from types import MappingProxyType

from accounts.words import gettext_noop as _n
from outcomes.valuation._inputs import Assumption
from outcomes.valuation._money import exactly
from outcomes.valuation._shown import Unit, shown
from outcomes.valuation._written import Amount, Written

Rule = Callable[..., Decimal | Written]
"""A step of the valuation: decimals in, decimal out; or written terms in, formula out."""

MOST_WRITTEN = 6
"""A sum of more figures than this is written with its first three and its last."""


def all_added(*amounts: Amount) -> Amount:
    """Return the sum of one or more amounts."""
    return reduce(add, amounts)


def all_sizes_added(*amounts: Amount) -> Amount:
    """Return the sum of the sizes of one or more amounts, whatever their signs."""
    return all_added(*map(abs, amounts))


def unchanged(amount: Amount) -> Amount:
    """Return the amount itself."""
    return amount


_SUMS: Mapping[Rule, str] = MappingProxyType(
    {
        all_added: _n("its parts, added together"),
        all_sizes_added: _n("the sizes of its parts, added together"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of the workings with its name, its formula and the figures that it came from.

    `label`, `term` (what a formula calls it), `note` and `why_undefined` are English marked for translation; translate
    them, then fill their %(name)s placeholders from `params`. `about` is what somebody typed (the outcome, the input):
    never translated. A formula is written by the very function that worked the figure out: `formula` is English,
    `formula_in(translate)` any language. `working` is the same with the numbers in it, rounded as shown.

    An entered figure has no parts; `field_name` is the attribute of the line or investment to correct, and `assumption`
    is set if sensitivity tests may move it. A figure with neither stands by convention: see its `note`.
    """

    name: str
    label: str
    term: str
    amount: Decimal | None
    unit: Unit
    rule: Rule | None = None
    part_names: tuple[str, ...] = ()
    part_terms: tuple[str, ...] = ()
    """What the formula calls its parts, where their own terms would not do."""
    params: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None
    line: str | None = None
    investment: str | None = None
    field_name: str | None = None
    assumption: Assumption | None = None
    note: str | None = None
    why_undefined: str | None = None
    find: Callable[[str], "Figure"] = field(repr=False, compare=False)

    @property
    def is_entered(self) -> bool:
        """Return whether somebody typed this figure, or it stands in a table of the account."""
        return self.field_name is not None

    @property
    def parts(self) -> tuple["Figure", ...]:
        """Return the figures that this one was worked out from, in the order of the formula."""
        return tuple(self.find(name) for name in self.part_names)

    @property
    def shown(self) -> str | None:
        """Return the amount as text for a person, None if it is undefined."""
        return None if self.amount is None else shown(self.amount, self.unit)

    @property
    def formula(self) -> str:
        """Return the formula in English; empty if the figure was not worked out."""
        return self.formula_in(unchanged_text)

    def formula_in(self, translate: Callable[[str], str]) -> str:
        """Return the formula in the language of `translate` (Django's gettext, say)."""
        if self.rule is None or not self.part_names:
            return ""
        if self.rule in _SUMS:
            return translate(_SUMS[self.rule])
        terms = self.part_terms or tuple(part.term for part in self.parts)
        return self._written([translate(term) % part.params for term, part in zip(terms, self.parts, strict=True)])

    @property
    def working(self) -> str:
        """Return the formula with its numbers; empty if there is none, or if it is undefined."""
        texts = [text for part in self.parts if (text := part.shown) is not None]
        if self.amount is None or not texts or len(texts) < len(self.part_names):
            return ""
        if self.rule in _SUMS and len(texts) > MOST_WRITTEN:
            texts = [*texts[:3], "…", texts[-1]]
        return self._written(texts)

    def _written(self, texts: list[str]) -> str:
        """Return the rule's own formula over these terms."""
        written = self.rule(*map(Written, texts)) if self.rule else None
        return written.text if isinstance(written, Written) else ""

    def reworked(self) -> Decimal | None:
        """Return the amount worked out again from the parts; None if there are none or it is undefined."""
        amounts = [part.amount for part in self.parts if part.amount is not None]
        if self.amount is None or self.rule is None or not amounts or len(amounts) < len(self.part_names):
            return None
        with exactly():
            again = self.rule(*amounts)
        return again if isinstance(again, Decimal) else None


def unchanged_text(text: str) -> str:
    """Return the text as it is: English."""
    return text


def only_year(words: list[str], years: int) -> int | None:
    """Return the year that a single word names, None if there are more words or it is not one of so many."""
    return year_in(words[0], years) if len(words) == 1 else None


def year_in(text: str, years: int) -> int | None:
    """Return the year that the text names as a figure's name does ("2", never "02"), None if not one of so many."""
    return next((year for year in range(1, years + 1) if str(year) == text), None)
