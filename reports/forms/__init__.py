"""What people hand over, one file for each page: reasons and their word, a judgement, a code or a file."""

from reports.forms._assigning import Assignment, Relief
from reports.forms._assuring import Answering, Asking, Concluding, Declaration, FollowingUp, Judging, Returning, Tracing
from reports.forms._granting import Funding
from reports.forms._published import Published
from reports.forms._publishing import Publishing
from reports.forms._submitting import Reasons, Submission, TakingBack, typed_reasons
from reports.forms._verifying import CodeToCheck, FileToCheck
from reports.forms._withdrawing import Withdrawing

__all__ = [
    "Answering",
    "Asking",
    "Assignment",
    "CodeToCheck",
    "Concluding",
    "Declaration",
    "FileToCheck",
    "FollowingUp",
    "Funding",
    "Judging",
    "Published",
    "Publishing",
    "Reasons",
    "Relief",
    "Returning",
    "Submission",
    "TakingBack",
    "Tracing",
    "Withdrawing",
    "typed_reasons",
]
