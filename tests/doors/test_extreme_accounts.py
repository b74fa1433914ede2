"""A sound account may still be extreme: every page of it opens, says what cannot be worked out, and escapes words."""

import io
import re
import time
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Account, Membership
from accounts.roles import Role
from outcomes import workbook
from outcomes.facts import read_facts
from outcomes.nouns import Evidence
from reports import pdf, services
from reports.models import RenderJob
from tests import factories
from tests.core.intake.made_up import small
from tests.doors.door import browser, held, shows_no_trace, start_at, told, upload
from tests.doors.extremes import EXTREMES, HOSTILE
from tests.doors.pages import is_typed_at, pages_of
from tests.pdf_validation.text import text_of_pages

pytestmark = pytest.mark.django_db

MOST_SECONDS = 20


def standing(kind: str) -> tuple[Account, Client]:
    """Return an extreme account, and the browser of somebody who may do everything to it."""
    account = factories.account(EXTREMES[kind]())
    person = factories.member(Role.ADMIN, account.organisation)
    Membership.objects.create(person=person, role=Role.APPROVER, organisation=account.organisation)
    return account, browser(person)


def opens(client: Client, page: str) -> str:
    """Return the words of a page, which must open within the time that a person waits."""
    began = time.process_time()
    answer = client.get(page)
    assert answer.status_code == 200, page
    assert time.process_time() - began < MOST_SECONDS, page
    if not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    assert shows_no_trace(answer), page
    assert "<script>alert" not in answer.text, page
    return told(answer)


@pytest.mark.parametrize("kind", EXTREMES)
def test_every_page_that_works_something_out_opens_for_an_extreme_account(kind: str) -> None:
    account, client = standing(kind)
    for page in pages_of(account):
        if not is_typed_at(page):
            opens(client, page)


@pytest.mark.parametrize("kind", ["only just started", "hostile words"])
def test_every_form_and_list_opens_for_an_extreme_account(kind: str) -> None:
    account, client = standing(kind)
    for page in pages_of(account):
        if is_typed_at(page):
            opens(client, page)


# --- What the pages say -----------------------------------------------------------------------------------------------

PERIODS = {"a missing price year": "1901-02", "a missing price series": "2019-20"}


@pytest.mark.parametrize("kind", ["no inputs", "inputs of nothing"])
def test_a_ratio_over_nothing_is_said_to_be_none_wherever_it_would_stand(kind: str) -> None:
    account, client = standing(kind)
    for page in ("account", "value_map", "sensitivity"):
        assert re.search("no ratio|Nothing was put in", opens(client, reverse(f"outcomes:{page}", args=[account.id])))
    for figure in ("ratio", "net_ratio", "payback"):
        words = opens(client, reverse("outcomes:figure", args=[account.id, figure]))
        assert re.search("put in|inputs", words)
        assert "Division" not in words


@pytest.mark.parametrize("kind", PERIODS)
def test_the_year_of_prices_that_is_missing_is_named_on_every_page_that_needs_it(kind: str) -> None:
    account, client = standing(kind)
    for page in ("account", "value_map", "sensitivity"):
        assert PERIODS[kind] in opens(client, reverse(f"outcomes:{page}", args=[account.id]))
    assert PERIODS[kind] in opens(client, reverse("outcomes:figure", args=[account.id, "ratio"]))


@pytest.mark.parametrize("kind", PERIODS)
def test_what_cannot_be_worked_out_is_not_reported_on_and_says_why(kind: str) -> None:
    account, client = standing(kind)
    before = held()
    answer = client.post(reverse("reports:reports", args=[account.id]), follow=True)
    assert "cannot be worked out yet" in told(answer)
    assert PERIODS[kind] in told(answer)
    assert held() == before


@pytest.mark.parametrize("kind", [kind for kind in EXTREMES if kind not in PERIODS])
def test_a_report_on_an_extreme_account_can_be_set(kind: str) -> None:
    account, client = standing(kind)
    client.post(reverse("reports:reports", args=[account.id]))
    drawing = services.read_drawing(RenderJob.objects.get(snapshot__account=account).id)
    page = pdf.html(drawing.frozen)
    assert "<script>alert" not in page
    assert not re.search(r">\s*(NaN|Infinity|None|-?inf)\s*<", page)


def test_the_pdf_of_an_account_without_inputs_says_that_there_is_no_ratio_and_shows_hostile_words_as_words() -> None:
    facts = EXTREMES["no inputs"]()
    account = factories.account(replace(facts, account=replace(facts.account, name=HOSTILE)))
    services.ask_for_report(actor=None, account=account, language="en-gb", now=factories.NOW)
    drawing = services.read_drawing(RenderJob.objects.get(snapshot__account=account).id)
    began = time.process_time()
    made = pdf.make(drawing.frozen, drawing.language)
    assert time.process_time() - began < MOST_SECONDS
    words = " ".join(" ".join(text_of_pages(made.content)).split())
    assert "no ratio" in words
    assert "<script>alert(1)</script>%s" in words


# --- Words that would be programs elsewhere ---------------------------------------------------------------------------


def test_words_that_start_like_a_formula_leave_as_words() -> None:
    account, client = standing("hostile words")
    exported = client.get(reverse("outcomes:export", args=[account.id])).content
    book = load_workbook(io.BytesIO(exported))
    formulas = {
        sheet.title: [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for sheet in book.worksheets
    }
    assert [title for title, cells in formulas.items() if cells] == ["Value map"]
    assert workbook.read(exported) == EXTREMES["hostile words"]()


def test_words_that_start_like_a_formula_come_in_as_words() -> None:
    place = factories.organisation()
    client = browser(factories.member(Role.EDITOR, place))
    answer = upload(
        client, start_at(place), workbook.write(replace(small(), evidence=(Evidence(ref="E1", name="=1+1"),)), None)
    )
    assert answer.status_code == 302
    assert [each.name for each in read_facts(Account.objects.get(organisation=place)).evidence] == ["=1+1"]
