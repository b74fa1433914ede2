"""What a browser is told besides the page, under the settings of a real server, at every door and in every trouble."""

import os
import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from outcomes import queries
from tests import factories
from tests.architecture.test_settings import ON_A_SERVER
from tests.doors import world as worlds
from tests.doors.door import asked, browser, form_of, shows_no_trace
from tests.doors.world import World, person_of

pytestmark = pytest.mark.django_db

HOST = "value.example"
OF_A_SERVER = re.compile(r"(SECURE|SESSION|CSRF|LANGUAGE|MESSAGE|CONTENT|X_FRAME|ALLOWED|DEBUG|MIDDLEWARE|USE_X|DATA_)")
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
TOLD = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(autouse=True)
def _under_the_settings_of_a_server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Answer as a real server does, apart from its database and its files."""
    for name in [name for name in os.environ if name.startswith("SOCIALVALUE_")]:
        monkeypatch.delenv(name)
    for name, value in {**ON_A_SERVER, "SOCIALVALUE_VAR_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, "socialvalue.settings.base")
    for name, value in runpy.run_module("socialvalue.settings.production").items():
        if name.isupper() and OF_A_SERVER.match(name):
            setattr(settings, name, value)


@pytest.fixture
def world() -> World:
    """Return an organisation with something behind every door."""
    return worlds.made()


class OverTLS(Client):
    """A browser that comes over TLS to the name of the site."""

    def generic(self, *args: Any, **said: Any) -> Any:
        """Ask over TLS."""
        return super().generic(*args, **{"SERVER_NAME": HOST, **said, "secure": True})


def over_tls(person: Person | None = None) -> OverTLS:
    """Return a browser over TLS, of somebody who has signed in."""
    client = OverTLS(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


LEADS_NOBODY_BACK = {
    "accounts:follow_invitation",
    "outcomes:reply",
    "outcomes:reply_code",
    "reports:stop_letters",
    "reports:verify",
    "reports:verify_code",
}
"""The doors that tell no site at all, not even ours, where their reader came from."""


def protected(answer: Any, door: str = "") -> bool:
    """Return whether an answer tells the browser all that protects its reader."""
    wanted = TOLD | {"Referrer-Policy": "no-referrer"} if door in LEADS_NOBODY_BACK else TOLD
    assert {name: answer.headers.get(name) for name in TOLD} == wanted
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    return True


@pytest.mark.parametrize("role", [None, Role.ADMIN, Role.FUNDER])
def test_every_door_tells_the_browser_what_protects_its_reader(role: Role | None, world: World) -> None:
    client = over_tls(person_of(role, world) if role else None)
    for name, address in world.doors.items():
        answer = asked(client, "get", address)
        assert protected(answer, name), name
        if answer.status_code == 200 and name not in {"healthz", "readyz"}:
            assert "Cookie" in answer.headers.get("Vary", ""), name


def test_every_trouble_tells_it_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, admin = over_tls(person_of(Role.APPROVER, world)), over_tls(person_of(Role.ADMIN, world))
    overview = world.doors["outcomes:account"]
    page = world.doors["outcomes:entry"]

    def broken(*_anything: Any) -> None:
        raise RuntimeError("s3cret")

    answers = {
        404: client.get("/nowhere/"),
        403: client.post(page, {"name": "x"}),
        405: client.post(overview),
        413: admin.post(page, {"name": "x" * 9_000_000}),
        400: admin.post(page, {str(number): "" for number in range(5_000)}),
    }
    monkeypatch.setattr(queries, "standing", broken)
    answers[500] = client.get(overview)
    for status, answer in answers.items():
        assert answer.status_code == status
        assert protected(answer)
        assert shows_no_trace(answer)
        assert "s3cret" not in answer.text
        if status != 405:
            assert answer.headers["X-Request-ID"] in answer.text


def test_everything_goes_over_tls_but_the_questions_of_machines() -> None:
    client = browser()
    client.defaults["SERVER_NAME"] = HOST
    for address in ("/", "/sign-in/", "/nowhere/", "/admin/"):
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer.headers["Location"].startswith(f"https://{HOST}{address}")
    believed = client.get("/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on"})
    assert believed.status_code == 301
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "value.example.evil.example", "value.example:80@evil.example", "a b"])
def test_another_name_than_the_sites_own_is_refused_and_never_said_back(host: str) -> None:
    answer = over_tls().get("/sign-in/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert shows_no_trace(answer)
    forwarded = over_tls().get("/", headers={"X-Forwarded-Host": host, "Forwarded": f"host={host}"})
    assert "evil" not in forwarded.headers["Location"]


def test_every_cookie_is_for_this_host_alone_and_never_for_a_script(world: World) -> None:
    person = person_of(Role.ADMIN, world)
    client = over_tls()
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": person.email, "password": factories.PASSWORD})
    page = world.doors["outcomes:entry"]
    saved = client.post(page, {**form_of(client, page), "name": "Members of old"})
    assert saved.status_code == 302
    assert {"__Host-session", "__Host-csrf"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name


# --- Files ------------------------------------------------------------------------------------------------------------

NAMES = {
    "ends its header": 'a"; filename="b.exe',
    "starts another header": "a\r\nSet-Cookie: a=b\r\n\r\n<script>",
    "climbs out": "../../../../etc/passwd",
    "is a drive": "C:\\Windows\\system32\\cmd.exe",
    "is in another alphabet": "漢字" * 100,
    "is nothing but signs": "…!?“”",
    "is long": "n" * 200,
    "reads backwards": "xslx\u202efdp.exe",
}


@pytest.mark.parametrize("kind", NAMES)
def test_the_name_of_an_account_is_never_more_than_the_name_of_a_file(kind: str) -> None:
    facts = factories.small_facts(NAMES[kind])
    report = factories.published(factories.account(facts))
    account = report.snapshot.account
    client = over_tls(factories.member(Role.VIEWER, account.organisation))
    for address, end in (
        (reverse("outcomes:export", args=[account.id]), "xlsx"),
        (reverse("outcomes:history_csv", args=[account.id]), "csv"),
        (reverse("reports:download", args=[report.id]), "pdf"),
    ):
        answer = asked(client, "get", address)
        assert answer.status_code == 200
        assert re.fullmatch(rf'attachment; filename="[a-z0-9_-]{{1,70}}\.{end}"', answer.headers["Content-Disposition"])
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "a" not in answer.cookies


@pytest.mark.parametrize("kind", NAMES)
def test_a_file_of_evidence_is_given_back_to_be_kept_whatever_it_was_called(kind: str) -> None:
    account = factories.account()
    editor = factories.member(Role.EDITOR, account.organisation)
    client, page = over_tls(editor), reverse("outcomes:new_evidence", args=[account.id])
    sent = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "text/html")
    sent._name = f"{NAMES[kind]}.pdf"
    assert client.post(page, {"name": "Minutes", "file": sent}).status_code == 302
    kept = queries.facts(account).evidence[0]
    answer = asked(client, "get", reverse("outcomes:evidence_file", args=[account.id, kept.file_sha256]))
    assert answer.status_code == 200
    assert re.match(r"attachment; filename", answer.headers["Content-Disposition"])
    assert answer.headers["Content-Type"] in {"application/pdf", "text/plain; charset=utf-8"}  # as found, never as said
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "a" not in answer.cookies
