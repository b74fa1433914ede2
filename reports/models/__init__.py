"""What is frozen, assured, rendered, published and given to funders. None of it is changed once written."""

from reports.models._engagements import (
    Answer,
    Conclusion,
    Engagement,
    EngagementEnding,
    Judgement,
    Level,
    Question,
    Statement,
    Trace,
    Traced,
    Verdict,
)
from reports.models._funding import Grant, Listing, Subscription, Visit
from reports.models._publication import Edition, Ending, JobState, RenderJob, Report, Snapshot, Submission

__all__ = [
    "Answer",
    "Conclusion",
    "Edition",
    "Ending",
    "Engagement",
    "EngagementEnding",
    "Grant",
    "JobState",
    "Judgement",
    "Level",
    "Listing",
    "Question",
    "RenderJob",
    "Report",
    "Snapshot",
    "Statement",
    "Submission",
    "Subscription",
    "Trace",
    "Traced",
    "Verdict",
    "Visit",
]
