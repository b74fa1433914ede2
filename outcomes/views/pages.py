"""What every page of one account has in common: its head, its way back up, the links to the fields that mend."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import access
from accounts.http import crumbs
from accounts.roles import Action
from outcomes import shown
from outcomes.principles import Item
from outcomes.queries import Trouble


def account_page(request: HttpRequest, account_id: UUID, action: Action, here: str = "") -> tuple[Any, dict[str, Any]]:
    """Return the account that this person may do this to, and what its pages show around their content."""
    person: Any = request.user
    account = access.account_for(person, account_id, action)
    may = access.allowed(person, account)
    way = [(_("My accounts"), reverse("accounts:my_accounts"))]
    way += (
        [(account.name, reverse("outcomes:account", args=[account.id])), (here, "")] if here else [(account.name, "")]
    )
    context = {
        "account": account,
        "breadcrumbs": crumbs(*way),
        "may_edit": Action.EDIT in may,
        "may_freeze": Action.FREEZE in may,
        "may_publish": Action.PUBLISH in may,
        "symbol": shown.symbol(account.currency),
    }
    return account, context


def mend_url(account_id: UUID, item: Item) -> str:
    """Return the address of the very field that mends what a finding is about."""
    if item.noun == "account":
        return details_url(account_id, item.field)
    if item.is_new:
        about = urlencode({**item.about, "focus": item.field})
        return f"{reverse('outcomes:new_entry', args=[account_id, item.noun])}?{about}"
    return entry_url(account_id, item.noun, item.ref, item.field)


def entry_url(account_id: UUID, slug: str, ref: str, field: str = "") -> str:
    """Return the address of one row, and in it of one field."""
    address = reverse("outcomes:entry", args=[account_id, slug, ref])
    return f"{address}#id_{field}" if field else address


def details_url(account_id: UUID, field: str = "") -> str:
    """Return the address of the account's own particulars, and of one field there."""
    address = reverse("outcomes:details", args=[account_id])
    return f"{address}#id_{field}" if field else address


def trouble_shown(account_id: UUID, trouble: Trouble | None) -> dict[str, str] | None:
    """Return why the account cannot be worked out, as a notice with the way to mend it."""
    if trouble is None:
        return None
    url = entry_url(account_id, "outcomes", trouble.ref) if trouble.ref else details_url(account_id)
    return {"text": _(trouble.message) % trouble.params, "url": url}
