"""Icons, each drawn once: a page of 60 rows asks for the same few hundreds of times.

The library's own tag copies an icon node by node whenever it is asked: half of the time that a long list took.
"""

from functools import lru_cache

from django.template import Library
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as drawn

register = Library()

_DIFFERENT = 256
"""How many icons are kept: more than all templates together ask for, in every size and class."""


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: str) -> SafeString:
    """Return an icon as SVG. Raises IconDoesNotExist."""
    return _kept(str(name), size, tuple(attributes.items()))


@lru_cache(maxsize=_DIFFERENT)
def _kept(name: str, size: int | None, attributes: tuple[tuple[str, str], ...]) -> SafeString:
    return SafeString(drawn(name, size=size, **dict(attributes)))
