"""Mark words for translation where Django may not be imported (the pure modules)."""


def gettext_noop(message: str) -> str:
    """Return the message unchanged: the marker that the translators' tools look for; doors translate it when shown."""
    return message
