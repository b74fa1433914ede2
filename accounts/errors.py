"""How a rule says no: one class per reason. A door turns them into words."""

from collections.abc import Mapping
from typing import Any

from accounts.words import gettext_noop as _n


class Refusal(Exception):
    """A rule said no. `message` (with `params`) says what happened, what was kept and what to do next."""

    message = _n("This cannot be done. Nothing was changed.")

    def __init__(self, **params: Any) -> None:
        self.params: Mapping[str, Any] = params
        super().__init__(self.message % params if params else self.message)


class Stale(Refusal):
    """Somebody else changed the row since it was read."""

    message = _n(
        "Somebody changed this while you were working on it. Nothing of yours is lost: compare the two and save again."
    )


class Gone(Refusal):
    """The row that was to be changed is no longer there."""

    message = _n("This row was removed in the meantime. What you typed is still on the page.")


class StillNeeded(Refusal):
    """Other rows point to the row that was to be removed."""

    message = _n("%(count)s other rows point to this one: %(refs)s. Remove or change those first. Nothing was changed.")
