"""Guessing a password is stopped, for the guesser and not for the person."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

PASSWORD = "a long enough sentence"
ADDRESS = "catrin@timebank.example"

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str, *, address: str = ADDRESS, origin: str = "192.0.2.1") -> int:
    """Try to sign in and return the status: 302 in, 200 wrong, 429 locked."""
    form = {"login": address, "password": password}
    return client.post(reverse("accounts:sign_in"), form, REMOTE_ADDR=origin).status_code


@pytest.fixture
def locked(client: Client) -> Client:
    """Return a client that has guessed wrong as often as anyone may."""
    get_user_model().objects.create_user(email=ADDRESS, password=PASSWORD, name="Catrin Pugh")
    statuses = [sign_in(client, f"guess {number}") for number in range(settings.AXES_FAILURE_LIMIT)]
    assert statuses == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    return client


def test_the_right_password_no_longer_helps_whoever_guessed(locked: Client) -> None:
    assert sign_in(locked, PASSWORD) == 429


def test_the_person_still_gets_in_from_elsewhere(locked: Client) -> None:
    assert sign_in(Client(), PASSWORD, origin="198.51.100.7") == 302


def test_somebody_else_still_gets_in_from_there(locked: Client) -> None:
    get_user_model().objects.create_user(email="owen@timebank.example", password=PASSWORD, name="Owen Hughes")
    assert sign_in(Client(), PASSWORD, address="owen@timebank.example") == 302


def test_a_header_does_not_make_a_new_guesser_of_the_old_one(locked: Client) -> None:
    form = {"login": ADDRESS, "password": PASSWORD}
    headers = {"X-Forwarded-For": "198.51.100.7"}
    answer = locked.post(reverse("accounts:sign_in"), form, REMOTE_ADDR="192.0.2.1", headers=headers)
    assert answer.status_code == 429
