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

    message = _n("Other rows point to this one: %(refs)s. Remove or change those first. Nothing was changed.")


class Locked(Refusal):
    """The account was submitted: what was sent for approval stays as it is until it is taken back."""

    message = _n("This account was submitted on %(day)s. Nothing was changed. To change it, take it back first.")


class AlreadyMember(Refusal):
    """Who is invited is in the organisation already."""

    message = _n("%(email)s is in this organisation already. Nothing was sent. Change there what they may do.")


class RoleNotHere(Refusal):
    """Nobody can have this role in this organisation."""

    message = _n("Nobody can have that role in this organisation. Nothing was changed. Choose another one.")


class TooManyInvitations(Refusal):
    """So many invitations are open that one more looks like a mistake, or worse."""

    message = _n("%(count)s invitations are open already. Nothing was sent. Withdraw those that nobody will follow.")


class InvitationExpired(Refusal):
    """The invitation was open for as long as it is good."""

    message = _n("This invitation was good until %(day)s. Ask whoever invited you to send it again.")


class InvitationWithdrawn(Refusal):
    """The invitation was withdrawn, or replaced by a newer one."""

    message = _n(
        "This invitation was withdrawn. If a newer e-mail came, follow the link in that one;"
        " otherwise ask whoever invited you."
    )


class InvitationUsed(Refusal):
    """The invitation has done its work."""

    message = _n("This invitation was used already. Sign in as the person who used it, or ask whoever invited you.")


class InvitationForSomebodyElse(Refusal):
    """The invitation names another address than that of whoever would accept it."""

    message = _n("This invitation is for %(email)s, and you are signed in as %(mine)s. Nothing was changed.")


class LastAdministrator(Refusal):
    """Without this one nobody could look after the organisation."""

    message = _n(
        "%(name)s is the only administrator who may sign in, so this was not done."
        " Make somebody else an administrator first."
    )


class NoRole(Refusal):
    """Somebody in an organisation has a role there."""

    message = _n("Choose at least one role. Somebody who shall have none is removed from the organisation instead.")


class NotAMember(Refusal):
    """The person has no role in the organisation (any more)."""

    message = _n("They are not in this organisation any more. Nothing was changed.")


class NumberTaken(Refusal):
    """Another organisation here goes by the same number in the same register."""

    message = _n(
        "Another organisation here has this number. Check yours; if it is right, ask whoever looks after this site."
    )

    def __init__(self, scheme: str, **params: Any) -> None:
        self.scheme = scheme
        super().__init__(**params)
