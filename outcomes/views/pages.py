"""What every page of one account has in common: its head, its way back up, the links to the fields that mend."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import access, rows
from accounts.http import crumbs
from accounts.roles import Action
from outcomes import shown
from outcomes.nouns import Evidence
from outcomes.principles import Item


def account_page(
    request: HttpRequest, account_id: UUID, action: Action, here: str = "", *, above: tuple[str, str] | None = None
) -> tuple[Any, dict[str, Any]]:
    """Return the account that this person may do this to, and what its pages show around their content.

    `here` is what the page is called; `above` the title and the address of the page between it and the overview.
    """
    person: Any = request.user
    account = access.account_for(person, account_id, action)
    may = access.allowed(person, account)
    way = [
        (_("My accounts"), reverse("accounts:my_accounts")),
        (account.name, overview_url(account.id) if here else ""),
    ]
    if above:
        way.append(above)
    if here:
        way.append((here, ""))
    locked = locked_words(account)
    context = {
        "account": account,
        "breadcrumbs": crumbs(*way),
        "section": above[1] if above else request.path,
        "may_edit": Action.EDIT in may and not locked,
        "locked": locked,
        "may_freeze": Action.FREEZE in may,
        "may_publish": Action.PUBLISH in may,
        "symbol": shown.symbol(account.currency),
    }
    return account, context


def locked_words(account: Any) -> str:
    """Return why nobody can change an account just now; nothing if it can be changed."""
    day = rows.submitted_on(account)
    said = _("This account was submitted on %(day)s. You can read it, but not change it until it is taken back.")
    if account.state == "in_assurance":
        said = _(
            "An assurer reads what was submitted on %(day)s. You can read it, but not change it until it comes back."
        )
    return said % {"day": day} if day else ""


def overview_url(account_id: UUID) -> str:
    """Return the address of an account's overview."""
    return reverse("outcomes:account", args=[account_id])


def value_map_above(account_id: UUID) -> tuple[str, str]:
    """Return the step of the way back up that is the value map."""
    return _("Value map"), reverse("outcomes:value_map", args=[account_id])


def contents_above(account_id: UUID) -> tuple[str, str]:
    """Return the step of the way back up that is the list of all that an account holds."""
    return _("Everything in it"), reverse("outcomes:contents", args=[account_id])


def mend_url(account_id: UUID, item: Item) -> str:
    """Return the address of the very field that mends what a finding is about; or of the page, where none does."""
    if item.place:
        return reverse(f"outcomes:{item.place}", args=[account_id])
    if item.noun == "account":
        return details_url(account_id, item.field)
    if item.is_new:
        return f"{new_row_url(account_id, item.noun)}?{urlencode(item.about)}#id_{item.field}"
    return entry_url(account_id, item.noun, item.ref, item.field)


def entry_url(account_id: UUID, slug: str, ref: str, field: str = "") -> str:
    """Return the address of one row, and in it of one field."""
    address = _row_url(account_id, slug).replace(_REF, ref)
    return f"{address}#id_{field}" if field else address


# One page may name two thousand rows, and Django takes its time over each address. No slug or id holds capitals.
_REF = "REF"


@lru_cache(maxsize=256)
def _row_url(account_id: UUID, slug: str) -> str:
    return reverse("outcomes:entry", args=[account_id, slug, _REF])


@lru_cache(maxsize=256)
def new_row_url(account_id: UUID, slug: str) -> str:
    """Return the address at which a row is added: evidence has a page of its own, which takes files."""
    if slug == Evidence.slug:
        return reverse("outcomes:new_evidence", args=[account_id])
    return reverse("outcomes:new_entry", args=[account_id, slug])


def details_url(account_id: UUID, field: str = "") -> str:
    """Return the address of the account's own particulars, and of one field there."""
    address = reverse("outcomes:details", args=[account_id])
    return f"{address}#id_{field}" if field else address
