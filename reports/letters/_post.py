"""Send letters one after the other; whatever goes wrong is logged."""

import logging
from collections.abc import Sequence

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger("reports.letters")


def post(letters: Sequence[mail.EmailMessage], about: str) -> None:
    """Send these letters. `about` is the id of what they tell of, for the log."""
    if not letters:
        return
    connection = mail.get_connection(fail_silently=False)
    try:
        connection.open()
    except OSError:
        log.exception("The mail server cannot be reached.", extra={"about": about, "letters": len(letters)})
        return
    for letter in letters:
        _send(connection, letter, about)
    connection.close()


def _send(connection: BaseEmailBackend, letter: mail.EmailMessage, about: str) -> None:
    try:
        connection.send_messages([letter])
    except OSError:  # SMTPException is one
        log.exception("A letter could not be sent.", extra={"about": about})
