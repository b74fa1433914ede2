"""The settings start only when they are sound, and hold what `docs/operators.md` promises."""

import os
import runpy
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from csp.constants import NONE, SELF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory

from socialvalue.settings import environment

Settings = dict[str, Any]
Load = Callable[..., Settings]

ON_A_SERVER = {
    "SOCIALVALUE_SECRET_KEY": "k" * 60,
    "SOCIALVALUE_ALLOWED_HOSTS": "value.example, www.value.example",
    "SOCIALVALUE_DATABASE_URL": "postgresql://sv:s3cret@database.example/sv?sslmode=require",
    "SOCIALVALUE_JOBS": "celery",
    "SOCIALVALUE_REDIS_URL": "redis://queue.example:6379/0",
}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """Return a function that reads one settings module afresh under exactly the variables that it is given."""

    def read(module: str, **variables: str) -> Settings:
        for name in [name for name in os.environ if name.startswith("SOCIALVALUE_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("SOCIALVALUE_VAR_DIR", str(tmp_path))
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delitem(sys.modules, "socialvalue.settings.base", raising=False)
        return runpy.run_module(f"socialvalue.settings.{module}")

    return read


def test_a_server_starts_with_what_it_needs(load: Load) -> None:
    production = load("production", **ON_A_SERVER)
    assert production["ALLOWED_HOSTS"] == ["value.example", "www.value.example"]
    assert production["DEBUG"] is False


@pytest.mark.parametrize("missing", sorted(ON_A_SERVER.keys() - {"SOCIALVALUE_JOBS"}))
def test_a_server_does_not_start_without_what_it_needs(load: Load, missing: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=missing):
        load("production", **{**ON_A_SERVER, missing: " "})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SOCIALVALUE_DEBUG", "1"),
        ("SOCIALVALUE_ALLOWED_HOSTS", "*"),
        ("SOCIALVALUE_SECRET_KEY", "short"),
        ("SOCIALVALUE_JOBS", "sometimes"),
        ("SOCIALVALUE_TRUSTED_PROXIES", "-1"),
        ("SOCIALVALUE_TRUSTED_PROXIES", "many"),
        ("SOCIALVALUE_HSTS_SECONDS", "0"),
        ("SOCIALVALUE_VAR_DIR", "somewhere/relative"),
        ("SOCIALVALUE_LOG_FORM", "xml"),
        ("SOCIALVALUE_SIGNING_KEY", "key.pem"),
        ("SOCIALVALUE_SIGNING_CERTIFICATES", "certificates"),
        ("SOCIALVALUE_SIGNING_DEVICE", "libdevice.so"),
        ("SOCIALVALUE_SIGNING_DEVICE", "/safe/libdevice.so"),  # and no token
        ("SOCIALVALUE_SIGNING_PASSPHRASE_FILE", "/nowhere/pin"),
        ("SOCIALVALUE_TIME_STAMP_URL", "http://time.example"),
        ("SOCIALVALUE_TIME_STAMP_URL", "https://"),
        ("SOCIALVALUE_TIME_STAMP_URL", "https://[time"),
        ("SOCIALVALUE_PUBLIC_ADDRESS", "value.example"),
    ],
)
def test_a_server_does_not_start_with_what_is_wrong(load: Load, variable: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=variable):
        load("production", **{**ON_A_SERVER, variable: value})


def test_a_server_that_keeps_files_in_a_bucket_names_it(load: Load) -> None:
    with pytest.raises(ImproperlyConfigured, match="SOCIALVALUE_S3_BUCKET"):
        load("production", **ON_A_SERVER, SOCIALVALUE_FILES="s3")
    stored = load("production", **ON_A_SERVER, SOCIALVALUE_FILES="s3", SOCIALVALUE_S3_BUCKET="reports")
    assert stored["STORAGES"]["default"]["OPTIONS"]["bucket_name"] == "reports"
    assert stored["STORAGES"]["default"]["OPTIONS"]["default_acl"] == "private"


def test_debugging_is_for_this_machine_alone(load: Load) -> None:
    assert load("local", SOCIALVALUE_DEBUG="1")["DEBUG"] is True
    with pytest.raises(ImproperlyConfigured, match=r"value\.example"):
        load("local", SOCIALVALUE_DEBUG="1", SOCIALVALUE_ALLOWED_HOSTS="value.example")


def test_a_machine_makes_its_own_key_once_and_keeps_it_to_itself(load: Load, tmp_path: Path) -> None:
    first = load("local")["SECRET_KEY"]
    assert len(first) >= 50
    assert load("local")["SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_server_has_no_signing_key_but_the_one_that_is_named_and_a_machine_has_its_own(
    load: Load, tmp_path: Path
) -> None:
    bare = load("production", **ON_A_SERVER)
    assert (bare["SIGNING_KEY"], bare["SIGNING_KEY_IS_OWN"]) == (None, False)
    named = load("production", **ON_A_SERVER, SOCIALVALUE_SIGNING_KEY="/safe/key.pem")
    assert (named["SIGNING_KEY"], named["SIGNING_KEY_IS_OWN"]) == (Path("/safe/key.pem"), False)
    own = load("local")
    assert (own["SIGNING_KEY"], own["SIGNING_KEY_IS_OWN"]) == (tmp_path / "signing" / "key.pem", True)
    chosen = load("local", SOCIALVALUE_SIGNING_KEY="/safe/key.pem")
    assert (chosen["SIGNING_KEY"], chosen["SIGNING_KEY_IS_OWN"]) == (Path("/safe/key.pem"), False)


def test_a_key_is_in_a_file_or_in_a_device_and_its_passphrase_may_be_in_a_file(load: Load, tmp_path: Path) -> None:
    (tmp_path / "pin").write_text("1234\n")
    in_device = {"SOCIALVALUE_SIGNING_DEVICE": "/safe/libdevice.so", "SOCIALVALUE_SIGNING_TOKEN": "Forum"}
    named = load("local", **in_device, SOCIALVALUE_SIGNING_PASSPHRASE_FILE=str(tmp_path / "pin"))
    assert (named["SIGNING_KEY"], named["SIGNING_KEY_IS_OWN"]) == (None, False)
    assert (named["SIGNING_PASSPHRASE"], named["SIGNING_TOKEN"]) == ("1234", "Forum")
    assert (named["SIGNING_LABEL"], named["SIGNING_CERTIFICATE_LABEL"]) == ("socialvalue", "socialvalue")
    with pytest.raises(ImproperlyConfigured, match="Name one key"):
        load("production", **ON_A_SERVER, **in_device, SOCIALVALUE_SIGNING_KEY="/safe/key.pem")


def test_readers_of_a_report_are_sent_to_the_site_that_answers(load: Load) -> None:
    assert load("production", **ON_A_SERVER)["PUBLIC_ADDRESS"] == "https://value.example"
    assert load("local", SOCIALVALUE_PORT="8080")["PUBLIC_ADDRESS"] == "http://localhost:8080"
    given = load("production", **ON_A_SERVER, SOCIALVALUE_PUBLIC_ADDRESS="https://reports.example/")
    assert given["PUBLIC_ADDRESS"] == "https://reports.example"


def test_cookies_are_bound_to_the_host_and_to_tls(load: Load) -> None:
    production = load("production", **ON_A_SERVER)
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert production[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{cookie}_COOKIE_SECURE"] is True
        assert production[f"{cookie}_COOKIE_HTTPONLY"] is True
        assert production[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60


def test_a_proxys_word_counts_only_where_a_proxy_is_known(load: Load) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in load("production", **ON_A_SERVER)
    behind_one = load("production", **ON_A_SERVER, SOCIALVALUE_TRUSTED_PROXIES="1")
    assert behind_one["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_no_page_may_run_or_style_anything_inline() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == [NONE]
    assert policy["script-src"] == policy["style-src"] == [SELF]


def test_passwords_are_long_uncommon_and_kept_by_argon2(load: Load) -> None:
    base = load("local")
    assert base["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
    validators = {validator["NAME"].rsplit(".", 1)[1]: validator for validator in base["AUTH_PASSWORD_VALIDATORS"]}
    assert validators["MinimumLengthValidator"]["OPTIONS"] == {"min_length": 12}
    assert "CommonPasswordValidator" in validators


def test_a_lost_worker_loses_no_job(load: Load) -> None:
    base = load("production", **ON_A_SERVER)
    assert base["CELERY_TASK_ACKS_LATE"] is True
    assert base["CELERY_TASK_REJECT_ON_WORKER_LOST"] is True
    assert base["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
    visible_again = base["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert base["CELERY_TASK_SOFT_TIME_LIMIT"] < base["CELERY_TASK_TIME_LIMIT"] < visible_again


def test_a_grid_of_two_thousand_inputs_is_read_whole() -> None:
    grid = {f"row-{number}": "What would have happened anyway" for number in range(2_000)}
    assert len(RequestFactory().post("/", grid).POST) == 2_000


def test_postgresql_is_told_when_to_give_up() -> None:
    made = environment.database("postgresql://sv:p%40ss@db.example:5433/value?sslmode=require", statement_timeout=15)
    assert (made["HOST"], made["PORT"], made["NAME"], made["PASSWORD"]) == ("db.example", "5433", "value", "p@ss")
    assert made["OPTIONS"]["sslmode"] == "require"
    for limit in ("statement_timeout=15000", "lock_timeout=4000", "idle_in_transaction_session_timeout=30000"):
        assert f"-c {limit}" in made["OPTIONS"]["options"]
    assert made["CONN_HEALTH_CHECKS"] is True
    assert made["CONN_MAX_AGE"] == 60
    assert made["ATOMIC_REQUESTS"] is False


def test_sqlite_waits_for_its_turn_and_keeps_what_it_acknowledged() -> None:
    made = environment.database("sqlite:////srv/value/value.sqlite3")
    assert made["NAME"] == "/srv/value/value.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert made["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]
    assert made["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize(
    "url",
    [
        "mysql://sv:s3cret@db.example/value",
        "postgresql://sv:s3cret@db.example",
        "postgresql:///value",
        "postgresql://sv:s3cret@db.example:port/value",
        "postgresql://sv:s3cret@db.example/value?sslmod=require",
        "sqlite://",
        "s3cret",
    ],
)
def test_a_database_that_cannot_be_meant_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.database(url)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(("word", "meaning"), [("1", True), ("Yes", True), ("off", False), ("0", False), ("", None)])
def test_yes_and_no_are_understood(monkeypatch: pytest.MonkeyPatch, word: str, meaning: bool | None) -> None:
    monkeypatch.setenv("SOCIALVALUE_DEBUG", word)
    assert environment.flag("SOCIALVALUE_DEBUG", default=False) is bool(meaning)


def test_a_misspelt_no_does_not_mean_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALVALUE_DEBUG", "flase")
    with pytest.raises(ImproperlyConfigured, match="flase"):
        environment.flag("SOCIALVALUE_DEBUG", default=False)


@pytest.mark.django_db
def test_the_database_under_the_tests_has_the_options_of_the_real_one() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            assert connection.transaction_mode == "IMMEDIATE"
        else:
            cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
            assert cursor.fetchone() == ("15s", "4s")
