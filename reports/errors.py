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


class NotAFunder(Refusal):
    """Only an organisation that is a funder can fund an account, and only its own people read for it."""

    message = _n("“%(name)s” is no funder for whom this can be done. Nothing was changed.")


class AlreadyFunded(Refusal):
    """The grant is on the list already, under another title."""

    message = _n("A grant of %(name)s with this identifier is on the list already. Nothing was changed.")


class WasTakenBack(Refusal):
    """A report says on each page that the account is submitted, and it is so no more."""

    message = _n(
        "What this report shows was taken back or returned after it was submitted, so it was not published. "
        "Make a new report, or submit the account again."
    )


class CannotBeAssigned(Refusal):
    """Only an assurer of a forum of the organisation can be assigned, and nobody who belongs to the organisation."""

    message = _n(
        "%(name)s cannot be assigned: an assurer is one of a forum of this organisation, may sign in, and has no role "
        "in the organisation itself. Nothing was changed."
    )


class NotIndependent(Refusal):
    """Whoever belongs to an organisation judges nothing of it."""

    message = _n("You have a role in this organisation now, so you cannot assure its account. Nothing was changed.")


class EngagementOver(Refusal):
    """The engagement has ended."""

    message = _n("This engagement has ended, so nothing was changed. Open the page again to see how.")


class NotDeclared(Refusal):
    """Nobody judges before they said how independent they are."""

    message = _n("Say first how independent you are, and what interests you have. Nothing was changed.")


class DeclaredAlready(Refusal):
    """What was declared stays as it is."""

    message = _n("You have declared this already. Nothing was changed.")


class PanelWanted(Refusal):
    """A statement of a panel names its members."""

    message = _n("Say who sits on the panel: the statement names them. Nothing was changed.")


class NoSuchPrinciple(Refusal):
    """There is no principle of this number."""

    message = _n("There is no such principle. Nothing was changed.")


class RecommendationWanted(Refusal):
    """Unless a principle is plainly met, the organisation is told what to do."""

    message = _n("Say what the organisation should do, or judge the principle as met. Nothing was changed.")


class SampleDrawn(Refusal):
    """A sample is drawn once: drawing until it suits is no sample."""

    message = _n("The sample is drawn already, and stays as it is. Nothing was changed.")


class NothingToSample(Refusal):
    """The frozen account lists no evidence."""

    message = _n("The account lists no evidence, so there is nothing to draw. Say so under principle 7.")


class QuestionClosed(Refusal):
    """The question is closed."""

    message = _n("This question is closed. Nothing was changed.")


class NotConcludable(Refusal):
    """The record lacks something that a statement tells."""

    message = _n(
        "Before you conclude: judge every principle (left: %(principles)s), draw the sample and follow each piece "
        "(left: %(pieces)s), close every question (open: %(questions)s). Nothing was changed."
    )


class ConclusionDoesNotFit(Refusal):
    """The conclusion says more than the judgements do."""

    message = _n(
        "The conclusion does not fit what you judged: “assured” wants every principle met, and no principle that is "
        "not met can be assured with recommendations. Nothing was changed."
    )


class ReadDiffers(Refusal):
    """Nobody signs what they have not read."""

    message = _n(
        "Changed since you read it, so nothing was signed. Read the statement as it is now. If you judged, followed or "
        "asked anything since it was drafted, draft it again first."
    )


class NotTheAssurer(Refusal):
    """Nobody but the assurer who is engaged assures an account."""

    message = _n("Only the assurer who is engaged for this account can do this. Nothing was changed.")


class DrawnBeforeAssurance(Refusal):
    """A report that does not hold what its assurer said is not what is published."""

    message = _n(
        "This report was made before its assurance was concluded, so it does not hold the assurer’s statement. "
        "Make the report again, and publish that one. Nothing was published."
    )


class FullReportFirst(Refusal):
    """A shorter edition refers to the full report."""

    message = _n("Publish the full report first: the shorter editions point to it. Nothing was published.")


class WhyWanted(Refusal):
    """A report that takes the place of a published one says why."""

    message = _n(
        "Say in a sentence or two why this report takes the place of the one before: it is shown to whoever looks that "
        "one up. Nothing was published."
    )
