"""What there is to say of one stage of the guided account."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.columns import Noun


@dataclass(frozen=True, slots=True)
class Door:
    """A page that serves a stage better than rows do: the name of its address, and the words of the link."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of the guided account."""

    slug: str
    title: str
    """The question, as a person would ask it."""
    term: str
    """What the trade calls it."""
    help: str
    example: str
    nouns: tuple[type[Noun], ...] = ()
    """What is listed here."""
    optional: tuple[type[Noun], ...] = ()
    """What may be listed here, if somebody asks for it."""
    answers: Mapping[type[Noun], tuple[str, ...]] = field(default_factory=dict)
    """Questions about the account, or about rows listed at another stage, that are answered here."""
    checks: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()
    terms: tuple[str, ...] = ()
    """The slugs of the words of the trade that this stage uses: see outcomes/glossary.py."""
