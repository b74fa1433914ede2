"""How much a browser fetches for a first view, with nothing kept from before, next to the same uncompressed.

Run as `python -m benchmarks.weight`. Counted are the bytes of the bodies as they are sent to a browser that takes gzip:
the page, and every style, script and picture that it names. To reach: 150 kB. A file that is not sent compressed where
that would help, or that a browser may not keep for good, is an error.
"""

import gzip
import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from benchmarks._measure import Figure, Unit, show
from benchmarks._scratch import prepare
from tests import factories

TO_REACH = 150_000
OF_THE_ACCOUNT = (
    ("account", "outcomes:account"),
    ("steps", "outcomes:steps"),
    ("step on worth", "outcomes:step", "worth"),
    ("factors", "outcomes:factor", "O1"),
    ("outcomes at once", "outcomes:grid", "outcomes"),
    ("check and submit", "reports:submit"),
)
SMALL = 500
"""Fewer bytes than this are not worth compressing."""


def figures() -> Iterator[Figure]:
    """Yield the first view of somebody who is not signed in yet, and of somebody who follows a link to an account."""
    browser = prepare()
    keeper = factories.organisation()
    editor = factories.member(Role.EDITOR, keeper)
    account = factories.account(factories.complete_facts(), keeper=keeper, actor=editor)
    yield first_view(browser, "signing in", reverse("accounts:sign_in"))
    browser.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    for called, name, *which in OF_THE_ACCOUNT:
        yield first_view(browser, f"the luncheon club's {called}", reverse(name, args=[account.id, *which]))


def first_view(browser: Client, called: str, url: str) -> Figure:
    """Return what a page and all that it names weigh."""
    answer = browser.get(url)
    page, whole_page = answer.content, unpacked(answer, answer.content)
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', whole_page.decode())))
    weights = [weight(browser, file) for file in files]
    return Figure(
        what=f"first view: {called}, {len(files)} files",
        took=len(page) + sum(sent for sent, _whole in weights),
        bare=len(whole_page) + sum(whole for _sent, whole in weights),
        beside="the same, uncompressed",
        unit=Unit.KILOBYTES,
        most=TO_REACH,
    )


def unpacked(answer: Any, sent: bytes) -> bytes:
    """Return what was sent as it was before it was compressed."""
    return gzip.decompress(sent) if answer.get("Content-Encoding") == "gzip" else sent


def weight(browser: Client, file: str) -> tuple[int, int]:
    """Return how many bytes of a static file are sent, and how many it has."""
    response = browser.get(file)
    sent = b"".join(response)
    if "immutable" not in response["Cache-Control"]:
        raise AssertionError(f"{file} may not be kept: {response['Cache-Control']}")
    whole = unpacked(response, sent)
    if whole == sent and len(gzip.compress(whole)) < len(whole) - SMALL:
        raise AssertionError(f"{file} is not sent compressed")
    return len(sent), len(whole)


def main() -> None:
    """Print the table."""
    show("Weight", figures())


if __name__ == "__main__":
    main()
