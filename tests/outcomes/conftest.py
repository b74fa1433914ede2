"""An account and the editor who keeps it."""

import pytest

from accounts.models import Account, AccountState, Person
from accounts.roles import Role
from tests import factories


@pytest.fixture
def editor(db: None) -> Person:
    """Return somebody who edits the accounts of an organisation."""
    return factories.member(Role.EDITOR, factories.organisation())


@pytest.fixture
def account(editor: Person) -> Account:
    """Return a published account of the editor's organisation: any change makes it a draft again."""
    made = factories.account(keeper=editor.memberships.get().organisation, actor=editor)
    Account.objects.filter(pk=made.pk).update(state=AccountState.PUBLISHED)
    made.refresh_from_db()
    return made
