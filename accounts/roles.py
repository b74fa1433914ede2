"""Each role and what it may do, as one table that a person who does not program can read."""

from enum import StrEnum

from accounts.columns import Choice
from accounts.words import gettext_noop as _n


class Role(Choice):
    """What a person is, in an organisation or in a forum."""

    VIEWER = "viewer", _n("Viewer")
    EDITOR = "editor", _n("Editor")
    APPROVER = "approver", _n("Approver")
    ADMIN = "admin", _n("Administrator")
    COORDINATOR = "coordinator", _n("Coordinator")
    ASSURER = "assurer", _n("Assurer")
    FUNDER = "funder", _n("Funder")


class Action(StrEnum):
    """What may be done to an account or to a report of it."""

    VIEW = "view"
    EXPORT = "export"
    EDIT = "edit"
    IMPORT = "import"
    EXPLAIN = "explain"
    FREEZE = "freeze"
    SUBMIT = "submit"
    PUBLISH = "publish"
    ASSIGN = "assign an assurer"
    ASSURE = "assure"
    MANAGE = "manage"
    READ_REPORT = "read report"
    READ_PUBLISHED = "read published"


_SEE = frozenset({Action.VIEW, Action.EXPORT, Action.READ_REPORT, Action.READ_PUBLISHED})
_WRITE = _SEE | {Action.EDIT, Action.IMPORT, Action.EXPLAIN, Action.FREEZE}

MAY: dict[Role, frozenset[Action]] = {
    Role.VIEWER: _SEE,
    Role.EDITOR: _WRITE,
    Role.APPROVER: _SEE | {Action.EXPLAIN, Action.FREEZE, Action.SUBMIT, Action.PUBLISH},
    Role.ADMIN: _WRITE | {Action.MANAGE},
    Role.COORDINATOR: _SEE | {Action.ASSIGN},
    Role.ASSURER: frozenset({Action.ASSURE}),
    Role.FUNDER: frozenset({Action.READ_PUBLISHED}),
}
"""What each role may do to the accounts that it reaches.

The first four reach the accounts of their organisation. A coordinator reaches those of the forum's member
organisations, and never edits them. An assurer reaches what was frozen of an account only once engaged for it. A funder
reaches what was published of the accounts that they fund.
"""

OF_AN_ORGANISATION = frozenset({Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.ADMIN, Role.FUNDER})
OF_A_FORUM = frozenset({Role.COORDINATOR, Role.ASSURER})

NEED_A_SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.ASSURER})
"""Who sees into many organisations, or signs for others: a password alone is not enough."""


def may(roles: frozenset[Role], action: Action) -> bool:
    """Return whether any of these roles allows the action."""
    return any(action in MAY[role] for role in roles)
