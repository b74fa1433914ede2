"""Every way in which an account's facts change. Each verb takes the actor and the time, and is one transaction.

Each takes hold of the account first: one that was submitted is not changed (`accounts.errors.Locked`). Once an account
was submitted for the first time, whoever moves a figure of it says why (see `_reasons.py`).
"""

from outcomes.services._arranging import BELONGINGS, copy_row, move_row
from outcomes.services._changes import add_row, change_details, change_row
from outcomes.services._evidence import keep_file
from outcomes.services._explaining import explain
from outcomes.services._goals import goals_of, relate_goals
from outcomes.services._importance import SHARED_POINTS, Shares, share_importance
from outcomes.services._reasons import CHANGE_REASON, asks_why, figures_of
from outcomes.services._refused import REFUSED_ARE_KEPT, REFUSED_EACH, forget_refused, keep_refused
from outcomes.services._removing import remove_row, remove_with_belongings, restore_row
from outcomes.services._replies import (
    CodeSpent,
    CodesShownBefore,
    NoSuchCode,
    NoSuchLastDay,
    Opened,
    RoundClosed,
    SaysNothing,
    answer_objection,
    give_reply,
    open_replies,
)
from outcomes.services._starting import start_account
from outcomes.services._whole import open_account, replace_facts

__all__ = [
    "BELONGINGS",
    "CHANGE_REASON",
    "REFUSED_ARE_KEPT",
    "REFUSED_EACH",
    "SHARED_POINTS",
    "CodeSpent",
    "CodesShownBefore",
    "NoSuchCode",
    "NoSuchLastDay",
    "Opened",
    "RoundClosed",
    "SaysNothing",
    "Shares",
    "add_row",
    "answer_objection",
    "asks_why",
    "change_details",
    "change_row",
    "copy_row",
    "explain",
    "figures_of",
    "forget_refused",
    "give_reply",
    "goals_of",
    "keep_file",
    "keep_refused",
    "move_row",
    "open_account",
    "open_replies",
    "relate_goals",
    "remove_row",
    "remove_with_belongings",
    "replace_facts",
    "restore_row",
    "share_importance",
    "start_account",
]
