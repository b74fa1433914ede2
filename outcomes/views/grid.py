"""Type many rows at once: a page on which every row is a form of its own and saves by itself."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import queries
from outcomes.facts import read_versions
from outcomes.nouns import rows as rows_of
from outcomes.views.opened import noun_at, rows_above
from outcomes.views.pages import account_page
from outcomes.views.wording import grid

ROWS_A_PAGE = 50


@require_safe
def rows(request: HttpRequest, account_id: UUID, slug: str) -> HttpResponse:
    """Show the rows of a noun, each as a form; after the last one a blank row."""
    noun = noun_at(slug)
    above = rows_above(account_id, noun)
    account, context = account_page(request, account_id, Action.EDIT, _("Type many at once"), above=above)
    versions = read_versions(account, noun)  # first: a change in between then shows as a conflict
    facts = queries.facts(account)
    held = [each for each in rows_of(facts, noun) if str(getattr(each, "ref", "")) in versions]
    page = Paginator(held, ROWS_A_PAGE).get_page(request.GET.get("page"))
    number = str(page.number) if page.number > 1 else ""
    blank = grid.new_row(account, facts, noun, refs_removed(account, slug), page=number)
    context |= {
        "title": _(noun.title),
        "list_url": above[1],
        "page": page,
        "heads": grid.heads(blank["form"]),
        "grid_rows": [
            grid.row_shown(account, facts, row, versions[str(getattr(row, "ref", ""))][1], page=number) for row in page
        ],
        "blank": blank,
    }
    return render(request, "outcomes/grid.html", context)
