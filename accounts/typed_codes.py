"""Codes that somebody reads on paper and types: their letters, how they are shown, and what was meant (pure).

Crockford's alphabet has no I, L, O or U, which people take for something else.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
"""What one letter tells."""
LENGTH = 12
_GROUP = 4
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys(" -\t\n\r\u00a0\u2010\u2011\u2012\u2013\u2014")})


def shown(code: str) -> str:
    """Return a code as people read it best: in groups of four."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def meant(typed: str) -> str:
    """Return the letters that somebody meant, however they wrote them: they need not be a code."""
    return typed.upper().translate(_MEANT)


def may_be_one(code: str) -> bool:
    """Return whether these letters are as many as a code has, and each is one that a code may have."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)
