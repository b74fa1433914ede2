"""The people of one organisation, of its funder, and somebody from elsewhere."""

from dataclasses import dataclass

from accounts.models import Organisation, Person
from accounts.roles import Role
from tests import factories


@dataclass(frozen=True)
class People:
    """Everyone who has to do with an organisation's accounts."""

    organisation: Organisation
    editor: Person
    approver: Person
    viewer: Person
    funding: Organisation
    funder: Person


def people() -> People:
    """Return an organisation with its people and a funder who has given it nothing yet."""
    organisation, funding = factories.organisation("Cinio Ogwen"), factories.organisation("Sylfaen")
    return People(
        organisation=organisation,
        editor=factories.member(Role.EDITOR, organisation),
        approver=factories.member(Role.APPROVER, organisation),
        viewer=factories.member(Role.VIEWER, organisation),
        funding=funding,
        funder=factories.member(Role.FUNDER, funding),
    )
