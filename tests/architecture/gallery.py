"""Every part of the look on sample pages, with words and figures of the kind that they will hold."""

from pathlib import Path
from types import SimpleNamespace as Given
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

PRINCIPLES = [
    Given(number=1, title="Involve stakeholders", state="met", sentence="47 of 60 took part.", url="/1"),
    Given(number=2, title="Understand what changes", state="needs_reason", sentence="One has no baseline.", url="/2"),
    Given(number=3, title="Value the things that matter", state="met", sentence="Every value has a source.", url="/3"),
    Given(number=4, title="Only include what is material", state="met", sentence="All decided.", url="/4"),
    Given(number=5, title="Do not over-claim", state="needs_reason", sentence="One set of percentages.", url="/5"),
    Given(number=6, title="Be transparent", state="missing", sentence="No plan to report back.", url="/6"),
    Given(number=7, title="Verify the result", state="missing", sentence="No assurer yet.", url=""),
]
STATES = [
    *("draft", "submitted", "in_assurance", "returned", "concluded"),
    *("assured", "assured_with_recommendations", "not_assured", "published", "superseded"),
    *("queued", "leased", "done", "failed"),
]
_PAGES = Path(__file__).with_name("pages")


def _source(name: str) -> str:
    return (_PAGES / name).read_text(encoding="utf-8")


PARTS, FORM = _source("parts.html"), _source("form.html")


class Judgement(forms.Form):
    """One field of each kind."""

    what = forms.CharField(label="What changed", help_text="A change in <b>somebody’s</b> life.")
    quantity = forms.CharField(label="How many people", required=False, help_text="People, not visits.")
    worth = forms.CharField(
        label="What is one worth?", required=False, widget=forms.TextInput({"inputmode": "decimal"})
    )
    source = forms.ChoiceField(label="Where from?", choices=[("", "Choose one"), ("s", "A survey")])
    kind = forms.ChoiceField(label="Kind", choices=[("f", "Forecast"), ("e", "Evaluative")], widget=forms.RadioSelect)
    told = forms.MultipleChoiceField(
        label="They informed",
        choices=[("a", "What"), ("b", "How")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="Why?", help_text="What you know.", widget=forms.Textarea({"rows": 3}), required=False
    )
    workbook = forms.FileField(label="Workbook", required=False)
    sure = forms.BooleanField(label="Somebody else has checked this")
    version = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the units, as a form of ours does."""
        super().__init__(*args, **kwargs)
        unit: Any = self.fields
        unit["quantity"].suffix, unit["quantity"].example = "people", "1,250"
        unit["worth"].prefix, unit["worth"].example = "£", "12.50"


def wrong() -> Judgement:
    """Return the form as it comes back with errors, one of them on no field."""
    form = Judgement({"quantity": "lots", "kind": "x", "told": ["q"], "reason": "They told us", "version": "1"})
    form.add_error("quantity", "“lots” is not a number that we can read.")
    form.add_error(None, "The low figure is above the high one.")
    return form


def page(source: str, **more: Any) -> str:
    """Return a sample page, for somebody who is signed in."""
    django: Any = engines["django"]
    context = {
        "user": Given(is_authenticated=True, name="Gwen Parry"),
        "csrf_token": "sample",
        "breadcrumbs": [Given(title="My accounts", url="/"), Given(title="Timebank Ireland 2023", url="")],
        "messages": [Message(constants.SUCCESS, "The workbook is in."), Message(constants.ERROR, "One cell is not.")],
        "principles": PRINCIPLES,
        "states": STATES,
        "tasks": [
            Given(title="Who is affected", url="/t", hint="Five groups", state="met"),
            Given(title="Ask", words="Later"),
        ],
        "rows": [Given(key="Activity", value="A time bank", url="/c"), Given(key="Audience", value="", url="/c")],
        "problems": [Given(text="Cell D7 holds words.", url="#map"), Given(text="Sheet 2 is empty.", url="")],
        "differences": [Given(label="Quantity", mine="12", theirs=""), Given(label="Name", mine="Lunch", theirs="Tea")],
        "steps": [
            Given(title="Freeze", state="done"),
            Given(title="Draw", state="now"),
            Given(title="Check", state="later"),
        ],
        "page": Paginator(range(100), 10).page(3),
        "head": django.from_string(_source("head.html")).template,
        "body": django.from_string(_source("row.html")).template,
        **more,
    }
    return str(django.from_string(source).render(context, RequestFactory().get("/")))


def part(name: str, **parameters: Any) -> str:
    """Return one part with its parameters, its white space made plain."""
    django: Any = engines["django"]
    return " ".join(str(django.get_template(f"components/{name}.html").render(parameters)).split())
