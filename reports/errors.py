"""How the rules about reports say no."""

from accounts.errors import Refusal
from accounts.words import gettext_noop as _n


class NothingToReport(Refusal):
    """The account cannot be worked out, so there is nothing to freeze."""

    message = _n("The account cannot be worked out yet, so no report was made: %(trouble)s")


class NotReady(Refusal):
    """The rendering is not in the state that this step needs."""

    message = _n("This report is not at that step any more. Open the page again to see how it stands.")


class AlreadyPublished(Refusal):
    """A published report is never published again, altered or withdrawn by this step."""

    message = _n("This report is published already. Nothing was changed.")
