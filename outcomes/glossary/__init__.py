"""The words of the trade, each in plain words and with an example in real numbers (pure).

A term may say which noun it is the name of, and at which fields a form explains it.
"""

from collections.abc import Mapping

from accounts.columns import Column, Noun
from outcomes.glossary._examples import EXAMPLES
from outcomes.glossary._of_change import OF_CHANGE
from outcomes.glossary._of_worth import OF_WORTH
from outcomes.glossary._term import Term
from outcomes.nouns import Factor

__all__ = ["BY_SLUG", "EXAMPLES", "TERMS", "Term", "beside", "example_of", "is_explained", "of_factor", "of_noun"]

TERMS: tuple[Term, ...] = (*OF_CHANGE, *OF_WORTH)
"""In the order in which an account comes to them."""

BY_SLUG: Mapping[str, Term] = {term.slug: term for term in TERMS}

_BESIDE: Mapping[tuple[str, str], Term] = {
    (noun.slug, name): term for term in TERMS for noun, names in term.beside.items() for name in names
}
_OF_NOUN: Mapping[str, Term] = {term.noun.slug: term for term in TERMS if term.noun is not None}


def beside(noun: type[Noun], name: str) -> Term | None:
    """Return the term that a form explains at a field of a noun."""
    return _BESIDE.get((noun.slug, name))


def of_noun(noun: type[Noun]) -> Term:
    """Return the term that a noun is called by."""
    return _OF_NOUN[noun.slug]


def of_factor(factor: Factor) -> Term:
    """Return the term of one of the four factors."""
    return BY_SLUG[factor.value.replace("_", "-")]


def example_of(noun: type[Noun], declared: Column) -> str:
    """Return the example of a field: as declared, or else ours."""
    return declared.example or EXAMPLES.get(noun, {}).get(declared.name, "")


def is_explained(noun: type[Noun], declared: Column) -> bool:
    """Return whether a form says more of a field than its label: help, an example, a term, or what it points to."""
    said = declared.help or example_of(noun, declared) or beside(noun, declared.name)
    return bool(said or declared.refers_to)
