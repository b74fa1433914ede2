"""A list to choose one from. A grid of 50 rows has thousands of options: a template for each of them takes too long."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_SELECTED = SafeString(" selected")


class Choosing(forms.Select):
    """A select whose options are written in one go; it says what Django's own says."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, *_renderer: Any, **_named: Any
    ) -> SafeString:
        """Return the list, with what is chosen."""
        widget = self.get_context(name, value, dict(attrs or {}))["widget"]
        groups = format_html_join("", "{}", ((_group(title, held),) for title, held, _place in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(title: str | None, held: Iterable[Mapping[str, Any]]) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((each["value"], _SELECTED if each["selected"] else "", each["label"]) for each in held),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', title, options) if title else options
