"""Read settings from the environment and nowhere else; what is wrong stops the start with a sentence that names it.

Nothing here has a side effect: each function takes a name and gives a checked value or raises `ImproperlyConfigured`.
These sentences are for an operator who reads a log, in English, because no language has been chosen yet at that moment.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", ".localhost", "testserver"})

POSTGRESQL_SCHEMES = frozenset({"postgresql", "postgres"})
POSTGRESQL_OPTIONS = frozenset({"sslmode", "sslrootcert", "application_name", "connect_timeout"})

# WAL lets readers go on while someone writes; IMMEDIATE takes the write lock at once, so that two writers wait for each
# other instead of failing with "database is locked"; FULL keeps what was acknowledged when the power fails.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def text(name: str, default: str = "") -> str:
    """Return the variable's text without the blanks around it; an empty variable counts as not set."""
    return os.environ.get(name, "").strip() or default


def required(name: str, why: str) -> str:
    """Return the variable's text, or refuse to start and say what it is for."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {why}")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no; any other word is refused, since a misspelt "flase" must not mean yes."""
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write 1 for yes or 0 for no.")
    return value in YES


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    """Return the variable as a whole number within its bounds, both included."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def one_of(name: str, default: str, allowed: Iterable[str]) -> str:
    """Return the variable when it is one of the allowed words."""
    words = sorted(allowed)
    value = text(name, default)
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write one of: {', '.join(words)}.")
    return value


def names(name: str) -> list[str]:
    """Return the variable's comma-separated names, without blanks and empty ones."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def directory(name: str, default: Path) -> Path:
    """Return the variable as an absolute path; a relative one would depend on where the process was started."""
    path = Path(text(name, str(default)))
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}. Write a full path that starts with /.")
    return path


def file(name: str) -> Path | None:
    """Return the variable as an absolute path of a file, or None; whether it is there is for its reader to say."""
    path = Path(text(name)) if text(name) else None
    if path is not None and not path.is_absolute():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}. Write a full path that starts with /.")
    return path


def content(name: str) -> str:
    """Return what the file says that the variable names, without the blanks around it; nothing if it names none."""
    path = file(name)
    try:
        return path.read_text(encoding="utf-8").strip() if path is not None else ""
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is {str(path)!r}, which is missing or cannot be read.") from error


def address(name: str, default: str = "", *, schemes: Iterable[str] = ("https",)) -> str:
    """Return the variable as the address of a site, without the last slash; empty if there is none."""
    value = text(name, default)
    allowed = [f"{scheme}://" for scheme in schemes]
    if value and not (value.startswith(tuple(allowed)) and _host(value)):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write an address that starts with {' or '.join(allowed)}.")
    return value.rstrip("/")


def _host(value: str) -> str | None:
    try:
        return urlsplit(value).hostname
    except ValueError:
        return None


def refuse_debug_in_public(*, debug: bool, hosts: Iterable[str]) -> None:
    """Refuse to start when error pages with source code and settings could be seen from another machine."""
    public = sorted(set(hosts) - LOOPBACK)
    if debug and public:
        raise ImproperlyConfigured(
            f"SOCIALVALUE_DEBUG is on while the site answers to {', '.join(public)}. "
            "Turn it off, or take the public names out of SOCIALVALUE_ALLOWED_HOSTS."
        )


def database(url: str, *, statement_timeout: int = 15) -> dict[str, Any]:
    """Return Django's settings for a database named by a URL.

    sqlite:////full/path/file.sqlite3, or postgresql://name:password@host:5432/database?sslmode=require.
    `statement_timeout` is in seconds; 0 lets a statement take as long as it needs. No message repeats the URL, since it
    holds a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("The database URL cannot be read: look at its host and port.") from error
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme not in POSTGRESQL_SCHEMES:
        raise ImproperlyConfigured("The database URL must start with postgresql:// or sqlite://.")
    name = unquote(parts.path.removeprefix("/"))
    if not parts.hostname or not name:
        raise ImproperlyConfigured(
            "The database URL must name a host and a database: postgresql://name:password@host/database."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": str(port or 5432),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": _postgresql_options(parts.query, statement_timeout),
    }


def _sqlite(path: str) -> dict[str, Any]:
    """Return Django's settings for a database in a file."""
    # "sqlite:////full/path" has the path "//full/path".
    file = Path("/" + path.lstrip("/"))
    if file == Path("/"):
        raise ImproperlyConfigured("The database URL must name a file: sqlite:////full/path/file.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 60,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def _postgresql_options(query: str, statement_timeout: int) -> dict[str, Any]:
    """Return the driver's options: those of the URL, and limits that keep one bad query from holding up everyone."""
    given = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(set(given) - POSTGRESQL_OPTIONS)
    if unknown:
        raise ImproperlyConfigured(f"The database URL has options that are not known here: {', '.join(unknown)}.")
    limits = {
        "statement_timeout": statement_timeout * 1000,
        "lock_timeout": 4_000,
        "idle_in_transaction_session_timeout": 30_000,
    }
    return {
        "connect_timeout": 5,
        "application_name": "socialvalue",
        **given,
        "options": " ".join(f"-c {name}={milliseconds}" for name, milliseconds in limits.items()),
    }
