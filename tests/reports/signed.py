"""A small report, typeset and signed: what signing and verifying are tried on."""

import asyncio
import datetime as dt
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography import x509

from reports import keys, signing
from reports.models import Edition
from reports.registry import Registered
from reports.typesetting import typeset
from tests.reports import sample

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HTML = (
    f'<!DOCTYPE html><html lang="en"><head>{sample.HEAD}</head><body><h1>Small</h1><p>One paragraph.</p></body></html>'
)


def awaited(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine gives, in a thread of its own: a browser's event loop may be running in this one."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, coroutine).result()


def new_key(name: str = "A test", *, now: dt.datetime = NOW, years: int = 3) -> keys.SigningKey:
    """Return a key that nobody had before."""
    with TemporaryDirectory() as folder:
        return keys.make(Path(folder) / "key.pem", name=name, now=now, years=years)


@cache
def key() -> keys.SigningKey:
    """Return the key that signs in these tests."""
    return new_key()


@cache
def unsigned() -> bytes:
    """Return a report of one page with a file inside."""
    return typeset(HTML, language="en-GB", attachments=(sample.DATA,)).content


@cache
def signed() -> bytes:
    """Return the report, signed."""
    return signing.sign(unsigned(), key(), now=NOW)


def trusted(*held: keys.SigningKey) -> dict[str, x509.Certificate]:
    """Return the certificates of these keys, by fingerprint."""
    return {keys.fingerprint(each.certificate): each.certificate for each in held or (key(),)}


def registered(sha256: str, *, signed_at: dt.datetime | None = NOW) -> Registered:
    """Return what a registry says of a report with this hash."""
    return Registered(
        code="000000000000",
        sha256=sha256,
        account="An account",
        organisation="An organisation",
        number=1,
        edition=Edition.FULL,
        language="en-gb",
        pages=1,
        kind="evaluative",
        period_start=None,
        period_end=None,
        status="submitted",
        assured=None,
        signed_at=signed_at,
        published_at=NOW,
        signed_by="",
        withdrawn_at=None,
        withdrawn_because="",
        supersedes_because="",
        superseded_by=None,
    )
