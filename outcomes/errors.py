"""How a rule of an account's rows says no. A door turns it into words."""

from accounts.errors import Refusal, Stale
from accounts.words import gettext_noop as _n


class Rearranged(Stale):
    """The row that was to be moved is not where the page showed it."""

    message = _n("Somebody changed the order while you had this page open. This is the order now. Nothing was changed.")


class AlreadyUndone(Refusal):
    """The removal that was to be undone is not the last that happened to the row."""

    message = _n("%(ref)s was put back already, or something else was done to it since. Nothing was changed.")
