"""What a machine is told when it asks whether we are alive and ready."""

import logging
from pathlib import Path

import pytest
import redis
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from socialvalue import health


def test_alive_needs_no_database(client: Client) -> None:
    # pytest-django would refuse any query here.
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_names_every_part(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "parts": dict.fromkeys(health.CHECKS, True)}


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] is False


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [OperationalError("password of sv is s3cret"), redis.ConnectionError("s3cret")])
def test_not_ready_tells_the_log_why_and_the_stranger_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def fails() -> None:
        raise fault

    monkeypatch.setitem(health.CHECKS, "queue", fails)
    with caplog.at_level(logging.WARNING, "socialvalue.health"):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"s3cret" not in answer.content
    assert "s3cret" in caplog.text


@pytest.mark.django_db
def test_not_ready_when_the_queue_is_away(client: Client, settings: Settings) -> None:
    settings.JOBS = "celery"
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert client.get("/readyz").json()["parts"]["queue"] is False


@pytest.mark.django_db
def test_not_ready_when_files_have_no_place(client: Client, settings: Settings, tmp_path: Path) -> None:
    in_the_way = tmp_path / "files"
    in_the_way.write_text("a file where a directory should be")
    settings.FILES_DIR = in_the_way
    assert client.get("/readyz").json()["parts"]["files"] is False


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_from_inside_is_not_sent_to_tls(client: Client, settings: Settings, address: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    assert client.get(address).status_code == 200
    assert client.get("/sign-in/").status_code == 301
