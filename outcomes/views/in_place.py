"""Change some fields of a row where it stands on a page of its own kind: in the ledger, among the statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.columns import Noun
from accounts.errors import Gone, Refusal, Stale
from accounts.http import words
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What was typed and could not be saved: the form with all of it, why not, and what somebody else saved."""

    form: forms.RowForm
    status: int
    conflict: str = ""
    differences: Sequence[dict[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlace:
    """Some fields of a row, with the row as it was read."""

    noun: type[Noun]
    facts: Facts
    row: Noun
    version: int
    only: Sequence[str]

    def form(self, typed: Any = None) -> forms.RowForm:
        """Return the form of these fields, with what was typed over them."""
        made = forms.RowForm(self.noun, self.facts, row=self.row, only=self.only, typed=typed, version=self.version)
        for field in made.fields.values():  # it opens among other things: the page itself stays where it is
            field.widget.attrs.pop("autofocus", None)
        return made


def opened(account: Any, noun: type[Noun], ref: str, only: Sequence[str]) -> InPlace | None:
    """Return some fields of a row to be changed; None if there is no such row."""
    found = queries.entry(account, noun, ref)
    if found is None:
        return None
    facts, row, version = found
    return InPlace(noun=noun, facts=facts, row=row, version=version, only=only)


def change(request: HttpRequest, account: Any, place: InPlace) -> Refused | None:
    """Save what was typed over a row; return what stood in the way, if anything did. Raises Gone."""
    person: Any = request.user
    form = place.form(request.POST)
    ref = str(getattr(place.row, "ref", ""))
    try:
        services.change_row(
            actor=person,
            account=account,
            noun=place.noun,
            ref=ref,
            typed=form.whole(),
            version=forms.version_of(request.POST),
            now=timezone.now(),
        )
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return Refused(form=form, status=422)
    except Stale as stale:
        return _both(request, account, place, form, stale)
    except Gone:
        raise
    except Refusal as refused:
        return Refused(form=form, status=409, conflict=words(refused))
    return None


def _both(request: HttpRequest, account: Any, place: InPlace, form: forms.RowForm, stale: Stale) -> Refused:
    """Return both versions: saving again, now over the newer one, is the person's choice."""
    now = opened(account, place.noun, str(getattr(place.row, "ref", "")), place.only)
    if now is None:
        raise Gone
    form.data = {**request.POST.dict(), "version": str(now.version)}
    return Refused(form=form, status=409, conflict=words(stale), differences=form.differences(now.row))


def gone(request: HttpRequest, context: dict[str, Any], noun: type[Noun], back_url: str) -> HttpResponse:
    """Keep what was typed over a row that somebody removed: it can be added as a new one."""
    account = context["account"]
    context |= {
        "form": forms.RowForm(noun, queries.facts(account), typed={**request.POST.dict(), "ref": ""}),
        "title": _("Add: %(noun)s") % {"noun": _(noun.singular).lower()},
        "conflict": words(Gone()),
        "action": reverse("outcomes:new_entry", args=[account.id, noun.slug]),
        "back_url": back_url,
    }
    return render(request, "outcomes/entry.html", context, status=409)
