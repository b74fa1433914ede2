"""The words of the trade on one page, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import crumbs
from outcomes import glossary
from outcomes.views.wording.steps import term_shown


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Explain every term, each with an example in real numbers."""
    context = {
        "terms": [term_shown(term) for term in glossary.TERMS],
        "breadcrumbs": crumbs((_("My accounts"), reverse("accounts:my_accounts")), (_("Words explained"), "")),
    }
    return render(request, "outcomes/words.html", context)
