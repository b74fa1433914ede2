"""What is drawn in one go says what it would say drawn piece by piece."""

import re
from typing import Any

import pytest
from django import forms
from django.template import engines
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide as theirs

from accounts.templatetags.icons import lucide
from outcomes.forms._choosing import Choosing
from tests import factories
from tests.outcomes.reading import at, editing

CHOICES: list[tuple[str, Any]] = [
    ("", "Choose"),
    ("O1", "O1 <b>Less</b> lonely & “well”"),
    ('O"2', "Two"),
    ("Stakeholders", [("S1", "Members"), ("S2", "Carers")]),
]


def plain(html: str) -> str:
    """Return HTML without the space between its tags, with each quotation mark written in one way."""
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize("value", [None, "", "O1", 'O"2', "S2", "none of them"])
@pytest.mark.parametrize("attributes", [{}, {"id": "id_outcome", "required": True, "autofocus": False, "class": "a-b"}])
def test_a_list_to_choose_from_says_what_django_s_own_says(value: str | None, attributes: dict[str, Any]) -> None:
    ours, djangos = (
        plain(widget.render("outcome", value, attributes))
        for widget in (Choosing(choices=CHOICES), forms.Select(choices=CHOICES))
    )
    # flatatt puts attributes without a value last; their order says nothing.
    assert sorted(re.split(r"[ >]", ours)) == sorted(re.split(r"[ >]", djangos))
    assert re.sub(r"<select[^>]*>", "", ours) == re.sub(r"<select[^>]*>", "", djangos)


def test_an_icon_is_the_same_whoever_draws_it_and_is_drawn_once() -> None:
    asked = {"size": None, "class": "icon", "aria_hidden": "true"}
    assert lucide("upload", **asked) == theirs("upload", **asked)
    assert lucide("upload", **asked) is lucide("upload", **asked)
    assert lucide("upload", **asked | {"class": "icon turns"}) != lucide("upload", **asked)
    assert lucide("upload", size=16) != lucide("upload")


def test_an_icon_that_there_is_not_is_said_so() -> None:
    with pytest.raises(IconDoesNotExist):
        lucide("no-such-icon")


def test_templates_draw_icons_through_it() -> None:
    django: Any = engines["django"]
    source = '{% load icons %}{% lucide "upload" size=None class="icon" aria_hidden="true" %}'
    before = _hits()
    assert "<svg" in django.from_string(source).render({})
    django.from_string(source).render({})
    assert _hits() > before


def _hits() -> int:
    # By way of the tag's module, for the cache is its own.
    from_cache: Any = lucide.__globals__["_kept"]
    return from_cache.cache_info().hits


@pytest.mark.django_db
def test_no_template_is_asked_for_each_option_of_a_grid() -> None:
    account = factories.account(factories.wide_facts(60))
    answer = editing(account).get(at(account, "grid", "adjustments"))
    assert answer.text.count("<option") > 3_000
    assert len(answer.templates) < 1_000
    assert "django/forms/widgets/select_option.html" not in {each.name for each in answer.templates}
