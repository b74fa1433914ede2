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


class ChangedSinceRead(Refusal):
    """The account is not what the approver read: nobody submits what they have not seen."""

    message = _n(
        "The account changed since you read it, so it was not submitted. "
        "Read it again below as it is now; what you typed is still here."
    )


class StillMissing(Refusal):
    """A check of the principles stops the submission."""

    message = _n(
        "The account was not submitted. Still missing: %(count)s. Each is listed with the field that mends it."
    )


class ReasonsWanted(Refusal):
    """A check of the principles wants a reason, and has none."""

    message = _n("The account was not submitted. Still to be explained: %(count)s. Give each a reason, or mend it.")


class NotYourOwnWork(Refusal):
    """Nobody both changes and submits an account where the organisation has another approver."""

    message = _n(
        "You changed something in this account since it was last published, so somebody else has to submit it: "
        "%(names)s. Nothing was submitted."
    )


class NotSigned(Refusal):
    """A report without our signature is never published: nobody could tell it from another."""

    message = _n(
        "This report is not signed, so it was not published. %(why)s "
        "The report itself is safe. Once that is mended, choose “Try again” on the page of this report."
    )


class NotPublished(Refusal):
    """Only a published report can be withdrawn, and only once."""

    message = _n("This report is not published, or it is withdrawn already. Nothing was changed.")


class NoReasonGiven(Refusal):
    """A withdrawal says why: everybody who looks the report up reads it."""

    message = _n("Say why you withdraw it. Everybody who checks the report will read this.")


class WasTakenBack(Refusal):
    """A report says on each page that the account is submitted, and it is so no more."""

    message = _n(
        "What this report shows was taken back after it was submitted, so it was not published. "
        "Make a new report, or submit the account again."
    )
