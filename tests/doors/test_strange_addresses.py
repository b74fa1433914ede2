"""Addresses that nobody was given: far too long, half right, or meant to be costly. Not found, or taken for nothing."""

import time
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account
from accounts.roles import Role
from tests import factories
from tests.core.intake.made_up import small
from tests.doors.door import browser, held, shows_no_trace

pytestmark = pytest.mark.django_db

MOST_SECONDS = 3


@pytest.fixture
def account() -> Account:
    """Return an account."""
    return factories.account(small())


@pytest.fixture
def client(account: Account) -> Client:
    """Return the browser of somebody who may do everything to it."""
    return browser(factories.member(Role.ADMIN, account.organisation))


def quickly(client: Client, address: str) -> int:
    """Return the status of an address, which must be told soon, without a trace, and never as our own fault."""
    began = time.process_time()
    answer = client.get(address)
    assert time.process_time() - began < MOST_SECONDS, address
    assert answer.status_code < 500, address
    assert shows_no_trace(answer), address
    return answer.status_code


FIGURES = [
    "O1",
    "O1.",
    ".O1",
    "O1..impact",
    "O1.O1.impact",
    "O1.impact.impact",
    "O1.year",
    "O1.year.",
    "O1.year.0",
    "O1.year.-1",
    "O1.year.01",
    "O1.year.1.1",
    "O1.year.1e9",
    "O1.year.99999999999999999999",
    "O1.year." + "9" * 3_000,
    "O1.year.²",
    "O1.year.١",
    "O1.year.1.present_value.present_value",
    "year.²",
    "year.99999999999.present_value",
    "discount.99999999999",
    "discount.²",
    "discount.-1",
    "input.",
    "input.N1.N1",
    "input.N99",
    "ratio.ratio",
    "RATIO",
    "__class__",
    "O1.__class__",
    "O1.line",
    "workings",
    "inputs.investments",
    "%s%n%x",
    "%00",
    "..",
    "a" * 3_000,
    "ratio\u202e",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("name", FIGURES, ids=range(len(FIGURES)))
def test_a_figure_that_there_is_not_is_not_found(name: str, account: Account, client: Client) -> None:
    address = f"/accounts/{account.id}/figures/{quote(name, safe='')}/"
    assert quickly(client, address) == 404


@pytest.mark.parametrize(
    "address",
    [
        "entries/outcomes/row/O1/?" + "&".join(["only=name"] * 2_000),
        "entries/outcomes/row/O1/?" + "&".join(f"only={'x' * 20}{number}" for number in range(500)),
        "entries/outcomes/row/O1/?only=__class__&only=version&only=ref&only=account",
        "entries/outcomes/row/O1/?only=%00&from=%00",
        "entries/outcomes/row/O1/?from=//evil.example/&only=name",
        "entries/outcomes/row/O1/?from=" + "a" * 3_000,
        "entries/outcomes/new/?stakeholder=" + "S" * 3_000 + "&name=%E2%80%AE%00%3Cscript%3E",
        "entries/outcomes/new/?ref=O1&version=7&account=1&quantity=-1e999",
        "entries/explanations/new/?check_name=__class__&item=%00",
        "entries/adjustments/new/?factor=luck&outcome=O99",
        "entries/?focus=<script>",
        "about/?only=discount_rate&from=ratio",
        "about/?only=organisation",
        "history/?page=0",
        "history/?page=-1",
        "history/?page=99999999999999999999999",
        "history/?page=²",
        "history/?page=last",
        "history/?page=" + "9" * 3_000,
        "history/?page[]=1&page=%00",
        "value-map/?correct=<script>&correct=1",
        "value-map/?correct=" + "1" * 3_000,
        "?" + "&".join(f"a{number}=b" for number in range(500)),
        "how-sure/?seed=1&draws=999999999",
        "reports/?page=²&language=xx",
        "entries/inputs/grid/?page=²",
        "entries/inputs/grid/?page=" + "9" * 3_000,
        "entries/outcomes/?removed=99999999999999999999999",
        "entries/outcomes/?removed=%00",
        "entries/outcomes/row/O1/copy/?along=__class__",
        "raised/?show=%00&noun=outcomes",
        "raised/?noun=account&ref=O1",
        "raised/?noun=outcomes&ref=" + "O" * 3_000,
        "raised/?noun=stakeholders&ref=O1",
        "goals/?outcome=%00",
        "goals/?outcome=S1",
        "importance/?by=luck",
        "importance/?by=points&by=ranking",
        "co-production/?statement=__class__",
        "how-change-happens/?removed=" + "L" * 3_000,
        "indicators/I1/?moment=%E2%80%AE",
        "evidence/new/?about=" + "O" * 3_000,
        "evidence/new/?about=%00&from=//evil.example/",
        "evidence/new/?about=O1&from=co-production",
        "steps/?stage=__class__",
        "submit/?read=" + "0" * 3_000,
    ],
)
def test_what_is_asked_beside_an_address_never_breaks_its_page(address: str, account: Account, client: Client) -> None:
    before = held()
    assert quickly(client, f"/accounts/{account.id}/{address}") in {200, 404}
    assert held() == before


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/",
        "/accounts/1/",
        "/accounts/00000000-0000-0000-0000-000000000000/",
        "/accounts/{}/../../admin/",
        "/accounts/{}/entries/__class__/",
        "/accounts/{}/entries/account/",
        "/accounts/{}/entries/outcomes/row/%00/",
        "/accounts/{}/entries/outcomes/row/%2e%2e%2f%2e%2e%2f/",
        "/accounts/{}/entries/outcomes/row/o1/",
        "/accounts/{}/entries/outcomes/row/S1/remove/",
        "/accounts/{}/entries/stakeholders/row/" + "S" * 5_000 + "/",
        "/accounts/{}/entries/__class__/grid/",
        "/accounts/{}/entries/outcomes/row/O99/copy/",
        "/accounts/{}/factors/S1/",
        "/accounts/{}/factors/%00/",
        "/accounts/{}/indicators/O1/",
        "/accounts/{}/indicators/" + "I" * 5_000 + "/",
        "/accounts/{}/steps/__class__/",
        "/accounts/{}/evidence/files/" + "0" * 64 + "/",
        "/accounts/{}/evidence/files/../../../secret_key/",
        "/accounts/{}/undo/-1/",
        "/organisations/%00/accounts/begin/",
        "/organisations/%00/accounts/new/",
        "/organisations/" + "a" * 3_000 + "/accounts/new/",
        "/workbook/marked/1/",
        "/reports/../../../etc/passwd.pdf",
        "/reports/1.pdf",
        "/static/../socialvalue/settings/base.py",
        "/static/%2e%2e/%2e%2e/var/secret_key",
        "/files/reports/a.pdf",
        "/media/",
        "/.env",
        "/.git/config",
        "/var/socialvalue.sqlite3",
        "/" + "a/" * 2_000,
        "/%ff%fe",
        "/\\evil.example/",
    ],
)
def test_an_address_that_was_made_up_is_not_found(address: str, account: Account, client: Client) -> None:
    assert quickly(client, address.format(account.id)) == 404
    assert quickly(browser(), address.format(account.id)) in {302, 404}


@pytest.mark.parametrize("number", ["0", "1", "9" * 18, "9" * 19, "9" * 300])
def test_what_was_never_removed_is_not_put_back(number: str, account: Account, client: Client) -> None:
    before = held()
    assert client.post(f"/accounts/{account.id}/undo/{number}/").status_code == 404
    assert held() == before


@pytest.mark.parametrize("code", ["0", "%00", "O0I1-L", "٠" * 16, "A" * 5_000, "<script>alert(1)</script>", "%s%n"])
def test_a_code_that_is_on_no_report_is_not_found_by_anybody(code: str) -> None:
    assert quickly(browser(), f"/verify/{quote(code, safe='%')}/") == 404
    assert quickly(browser(), f"/verify/?code={quote(code, safe='%')}") in {302, 422}


def test_htmx_is_believed_in_nothing_but_how_much_of_a_page_it_wants(account: Account, client: Client) -> None:
    page = reverse("outcomes:entry", args=[account.id, "outcomes", "O1"])
    asked = {
        "HX-Request": "true",
        "HX-Current-URL": "https://evil.example/<script>",
        "HX-Target": "x' onload='",
        "HX-Trigger-Name": "\u00e9\x7f",
        "HX-Prompt": "<script>",
        "HX-Boosted": "true",
        "HX-History-Restore-Request": "true",
    }
    for method in ("get", "post"):
        answer = getattr(client, method)(page, headers=asked)
        assert answer.status_code < 500
        assert "evil.example" not in answer.text
        assert not any("evil" in value for value in answer.headers.values())
    stranger = browser().get(page, headers=asked)
    assert stranger.status_code in {302, 401}
    assert "evil" not in str(dict(stranger.headers))


@pytest.mark.parametrize("language", ["cy", "xx", "../../etc", "en-gb;q=" + "9" * 3_000, "\u00e9", "a-" * 1_000, "*"])
def test_a_language_that_nobody_speaks_is_answered_all_the_same(
    language: str, account: Account, client: Client
) -> None:
    client.cookies["django_language"] = language
    answer = client.get(f"/accounts/{account.id}/", headers={"Accept-Language": language})
    assert answer.status_code == 200
