"""Whatever a page asks for is served, and little else of what the packages bring."""

import re
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.template import Context, Template

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@cache
def served() -> frozenset[str]:
    """Return the names of the files that `collectstatic` collects."""
    ignored = list(apps.get_app_config("staticfiles").ignore_patterns)
    return frozenset(name for finder in get_finders() for name, _ in finder.list(ignored))


def test_every_static_file_that_a_template_names_is_served() -> None:
    named = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", template.read_text(encoding="utf-8"))
    }
    assert "css/bootstrap.min.css" in named
    assert sorted(named - served()) == []


def test_the_script_that_htmx_asks_for_is_served() -> None:
    tag = Template("{% load django_htmx %}{% htmx_script %}").render(Context())
    asked_for = re.search(rf'src="/{settings.STATIC_URL.strip("/")}/([^"]+)"', tag)
    assert asked_for
    assert asked_for[1] in served()


def test_what_no_page_asks_for_is_left_out() -> None:
    assert not [name for name in served() if "bootstrap.rtl" in name or name.startswith("js/bootstrap")]
    assert len([name for name in served() if name.startswith("django_htmx/")]) < 4
