"""The people of the demonstration, one for each role, and what each of them can try."""

from dataclasses import dataclass
from typing import Final

from accounts.roles import Role
from accounts.words import gettext_noop as _n

# Everybody who reads this file knows it, so the command that makes these people must refuse to run in production.
PASSWORD: Final = "social value for all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstrator:
    """Somebody to sign in as. All but the e-mail address and the role is for people to read."""

    role: Role
    name: str
    email: str
    what_to_try: str

    @property
    def role_title(self) -> str:
        """Return the role's name, to be translated where it is shown."""
        return self.role.label


PEOPLE: Final = (
    Demonstrator(
        role=Role.EDITOR,
        name="Catrin Pugh",
        email="editor@timebank.example",
        what_to_try=_n(
            "Keep an account: upload the workbook, correct a figure; answer the assurer of the repair shed."
        ),
    ),
    Demonstrator(
        role=Role.APPROVER,
        name="Owen Hughes",
        email="approver@timebank.example",
        what_to_try=_n("Read the account as a trustee does, and publish its report."),
    ),
    Demonstrator(
        role=Role.VIEWER,
        name="Mair Thomas",
        email="viewer@timebank.example",
        what_to_try=_n("Read the account and its workings; change nothing."),
    ),
    Demonstrator(
        role=Role.ADMIN,
        name="Gwen Parry",
        email="admin@timebank.example",
        what_to_try=_n("Do what an editor does, for the whole organisation."),
    ),
    Demonstrator(
        role=Role.COORDINATOR,
        name="Sioned Rees",
        email="coordinator@forum.example",
        what_to_try=_n("See the accounts of the forum's members, and who assures them; change none of their figures."),
    ),
    Demonstrator(
        role=Role.ASSURER,
        name="Amina Khan",
        email="assurer@assurance.example",
        what_to_try=_n("Go on assuring the repair shed: judge, follow evidence, read an answer, sign."),
    ),
    Demonstrator(
        role=Role.FUNDER,
        name="David Price",
        email="funder@foundation.example",
        what_to_try=_n("Download the assured report of what you fund; see no draft."),
    ),
)
