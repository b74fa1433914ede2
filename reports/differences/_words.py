"""Texts that differ, shortened to where they do."""

from reports.differences._difference import Value

LONGEST = 200
"""How much of a text is told."""
_LEAD, _LEAD_AT_MOST = 30, 60


def excerpts(before: Value, after: Value) -> tuple[str | None, str | None]:
    """Return two texts, shortened to where they are different if one of them is long."""
    texts = [str(each) for each in (before, after) if each is not None]
    start = 0
    if any(len(text) > LONGEST for text in texts):
        start = _start_of_word(texts[0], _alike(*texts) if len(texts) > 1 else 0)
    return _excerpt(before, start), _excerpt(after, start)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), min(len(one), len(other)))


def _start_of_word(text: str, at: int) -> int:
    """Return where to begin so that a few words stand before this place."""
    if at <= _LEAD_AT_MOST:
        return 0
    space = text.rfind(" ", at - _LEAD_AT_MOST, at - _LEAD)
    return space + 1 if space >= 0 else at - _LEAD


def _excerpt(value: Value, start: int) -> str | None:
    if value is None:
        return None
    told = str(value)[start : start + LONGEST]
    return ("…" if start else "") + told + ("…" if start + LONGEST < len(str(value)) else "")
