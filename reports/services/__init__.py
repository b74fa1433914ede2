"""Freeze an account, submit it, have it rendered once and only once, and publish the result.

Each verb takes its actor and the time, is one transaction, and leaves its record in it.
"""

from reports.services._assuring import answer, ask, assign, close, declare, follow_up, judge, relieve, sample, trace
from reports.services._concluding import conclude, return_with_findings, sign_statement
from reports.services._freezing import ask_for_edition, ask_for_report, take_snapshot
from reports.services._granting import add_grant, end_grant, note_visit, record_download, subscribe, unsubscribe
from reports.services._publishing import publish, withdraw
from reports.services._rendering import (
    ATTEMPTS,
    LEASE,
    Drawing,
    Rendering,
    finish,
    is_under_way,
    lease,
    put_back,
    read_drawing,
    release,
    report_stage,
    try_again,
    waiting,
)
from reports.services._submitting import submit, take_back

__all__ = [
    "ATTEMPTS",
    "LEASE",
    "Drawing",
    "Rendering",
    "add_grant",
    "answer",
    "ask",
    "ask_for_edition",
    "ask_for_report",
    "assign",
    "close",
    "conclude",
    "declare",
    "end_grant",
    "finish",
    "follow_up",
    "is_under_way",
    "judge",
    "lease",
    "note_visit",
    "publish",
    "put_back",
    "read_drawing",
    "record_download",
    "release",
    "relieve",
    "report_stage",
    "return_with_findings",
    "sample",
    "sign_statement",
    "submit",
    "subscribe",
    "take_back",
    "take_snapshot",
    "trace",
    "try_again",
    "unsubscribe",
    "waiting",
    "withdraw",
]
