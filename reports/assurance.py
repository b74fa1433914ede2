"""The life of an account as one table: its states, the moves between them, and who may make each (pure).

Nothing else decides what may follow what. A service asks `move` before it writes, and `docs/life-cycle.md` shows
`diagram()`. A new state is a member of `State`, and a row of `LIFE` for each way into it and out of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounts.errors import Refusal
from accounts.roles import Action
from accounts.words import gettext_noop as _n


class State(StrEnum):
    """Where an account is in its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_ASSURANCE = "in_assurance"
    CONCLUDED = "concluded"
    PUBLISHED = "published"


FIRST = State.DRAFT
"""Where every account begins."""

CHANGE = "change"
SUBMIT = "submit"
TAKE_BACK = "take back"
ASSIGN = "assign"
STEP_ASIDE = "step aside"
RELIEVE = "relieve"
RETURN = "return"
CONCLUDE = "conclude"
PUBLISH = "publish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One way from a state to a state."""

    name: str
    start: State
    end: State
    by: Action
    """What somebody must be allowed to do, to make it."""
    wants_reason: bool = False


LIFE = (
    Move(name=CHANGE, start=State.DRAFT, end=State.DRAFT, by=Action.EDIT),
    Move(name=CHANGE, start=State.PUBLISHED, end=State.DRAFT, by=Action.EDIT),
    Move(name=SUBMIT, start=State.DRAFT, end=State.SUBMITTED, by=Action.SUBMIT),
    Move(name=TAKE_BACK, start=State.SUBMITTED, end=State.DRAFT, by=Action.SUBMIT, wants_reason=True),
    Move(name=TAKE_BACK, start=State.CONCLUDED, end=State.DRAFT, by=Action.SUBMIT, wants_reason=True),
    Move(name=ASSIGN, start=State.SUBMITTED, end=State.IN_ASSURANCE, by=Action.ASSIGN),
    Move(name=STEP_ASIDE, start=State.IN_ASSURANCE, end=State.SUBMITTED, by=Action.ASSURE, wants_reason=True),
    Move(name=RELIEVE, start=State.IN_ASSURANCE, end=State.SUBMITTED, by=Action.ASSIGN, wants_reason=True),
    Move(name=RETURN, start=State.IN_ASSURANCE, end=State.DRAFT, by=Action.ASSURE, wants_reason=True),
    Move(name=CONCLUDE, start=State.IN_ASSURANCE, end=State.CONCLUDED, by=Action.ASSURE),
    Move(name=PUBLISH, start=State.SUBMITTED, end=State.PUBLISHED, by=Action.PUBLISH),
    Move(name=PUBLISH, start=State.CONCLUDED, end=State.PUBLISHED, by=Action.PUBLISH),
    Move(name=PUBLISH, start=State.PUBLISHED, end=State.PUBLISHED, by=Action.PUBLISH),
)

NOT_FROM_HERE: Mapping[str, str] = {
    CHANGE: _n(
        "This account is submitted, so nothing in it can be changed. An approver can take it back first. "
        "Nothing was changed."
    ),
    SUBMIT: _n("Only a draft can be submitted, and this account is none just now. Nothing was changed."),
    TAKE_BACK: _n(
        "Only an account that is submitted, or whose assurance is concluded, can be taken back. Nothing was changed."
    ),
    ASSIGN: _n("An assurer is assigned to a submitted account, and to one at a time. Nothing was changed."),
    STEP_ASIDE: _n("This account is not in assurance any more. Nothing was changed."),
    RELIEVE: _n("This account is not in assurance, so nobody can be relieved. Nothing was changed."),
    RETURN: _n("Only an account in assurance can be returned with findings. Nothing was changed."),
    CONCLUDE: _n("Only the assurance of an account in assurance can be concluded. Nothing was changed."),
    PUBLISH: _n(
        "Only what was submitted can be published, and not while somebody assures it. Make a report of what was "
        "submitted, and publish that one. Nothing was published."
    ),
}
"""What to say when a move is asked for that the table does not have."""


class NotFromHere(Refusal):
    """The table has no such move from the state that the account is in."""

    def __init__(self, name: str) -> None:
        """Say it in the sentence of the move."""
        self.message = NOT_FROM_HERE[name]
        super().__init__()


class ReasonWanted(Refusal):
    """The move wants a reason, and none was given."""

    message = _n("Say in a sentence or two why you do this. Nothing was changed.")


def move(state: State, name: str, *, reason: str = "") -> Move:
    """Return the move of this name from this state. Raises NotFromHere or ReasonWanted.

    Raises KeyError for a name that no state knows: that is a fault of the program, not of a person.
    """
    found = next((each for each in LIFE if (each.start, each.name) == (state, name)), None)
    if found is None:
        raise NotFromHere(name)
    if found.wants_reason and not reason.strip():
        raise ReasonWanted
    return found


def diagram() -> str:
    """Return the table as a state diagram, in the words of Mermaid."""
    rows = [f"    {each.start} --> {each.end}: {_arrow(each)}" for each in LIFE]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {FIRST}", *rows])


def _arrow(each: Move) -> str:
    return f"{each.name} (with a reason)" if each.wants_reason else each.name
