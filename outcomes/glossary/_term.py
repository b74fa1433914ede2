"""What there is to say of one word of the trade."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.columns import Noun


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the trade."""

    slug: str
    name: str
    question: str
    """What a reader presses to have it explained."""
    words: str
    """It in plain words; they go on from its name, so they begin small."""
    example: str
    noun: type[Noun] | None = None
    """The noun that it is the name of, if any."""
    beside: Mapping[type[Noun], tuple[str, ...]] = field(default_factory=dict)
    """The fields at which a form explains it."""
