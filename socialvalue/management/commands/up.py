"""Run everything on this machine: make ready what is needed, start the web server and the worker, and watch them."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from socialvalue import children, demonstration
from socialvalue.children import Child
from socialvalue.probe import is_ready
from socialvalue.settings import environment

PORTS_TO_TRY = 50
START_LIMIT = 60.0
TICK = 0.2
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
LOCALHOST = {"127.0.0.1": "localhost", "::1": "localhost"}
"""What to call this machine in a browser: no passkey is made for an address in figures."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or sent SIGTERM or SIGHUP."""


class Command(BaseCommand):
    help = "Run the web server and the worker on this machine, with an embedded database and a demonstration."
    # They would look into the database, which may not exist yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=environment.whole_number("SOCIALVALUE_PORT", 8000, least=1, most=65_535),
            help="the port to listen on; the next free one is taken if it is in use (default: 8000)",
        )
        parser.add_argument(
            "--host",
            default=environment.text("SOCIALVALUE_HOST", "127.0.0.1"),
            help="the address to listen on (default: 127.0.0.1, which only this machine reaches)",
        )
        parser.add_argument(
            "--no-demonstration", action="store_true", help="make no demonstration people and no demonstration account"
        )

    def handle(self, *, port: int, host: str, no_demonstration: bool, **options: Any) -> None:
        self.stopping = False
        self.listen_for_signals()
        free = free_port(host, port)
        if free != port:
            self.say(_("Port %(taken)s is in use, so this is on %(free)s.") % {"taken": port, "free": free})
        prepare(with_demonstration=not no_demonstration)
        ours = the_children(host, free)
        try:
            self.run(ours, host, free, with_demonstration=not no_demonstration)
        except Stopped:
            self.say(_("Stopping."))
        finally:
            children.stop(ours)
        self.say(_("Stopped. What you entered is kept in %(place)s.") % {"place": settings.VAR_DIR})

    def run(self, ours: list[Child], host: str, port: int, *, with_demonstration: bool) -> None:
        """Start the children, say where they are, and watch them until Stopped is raised."""
        for child in ours:
            child.start(time.monotonic())
        self.wait_until_ready(ours[0], host, port)
        self.welcome(host, port)
        if with_demonstration:
            self.introduce()
        self.say("\n" + _("Ctrl-C stops it."))
        while True:
            self.tick()
            for child in ours:
                self.look_at(child, time.monotonic())

    def say(self, sentence: str) -> None:
        """Print at once, also when what we print goes to a file."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def listen_for_signals(self) -> None:
        """Take Ctrl-C and requests to end; under `nohup` a closed terminal stays without effect."""
        signal.signal(signal.SIGINT, self.note_stop)
        signal.signal(signal.SIGTERM, self.note_stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self.note_stop)

    def note_stop(self, number: int, frame: FrameType | None) -> None:
        """Note that we are asked to stop; `tick` looks at it. A second Ctrl-C changes nothing."""
        self.stopping = True

    def tick(self) -> None:
        """Let a moment pass; raise Stopped if we were asked to stop."""
        if not self.stopping:
            time.sleep(TICK)
        if self.stopping:
            raise Stopped

    def wait_until_ready(self, web: Child, host: str, port: int) -> None:
        """Wait until the web server answers that all is there; give up when it dies or takes too long."""
        limit = time.monotonic() + START_LIMIT
        while not is_ready(port, host=reachable(host)):
            if web.ended() is not None:
                raise CommandError(_("The web server ended at once. What it said stands above."))
            if time.monotonic() > limit:
                raise CommandError(_("The web server did not get ready in time. What it said stands above."))
            self.tick()

    def welcome(self, host: str, port: int) -> None:
        """Print the address, and where the data is kept."""
        self.say("\n" + _("Ready: %(address)s") % {"address": f"http://{in_browser(host)}:{port}/"})
        self.say(_("Your data is kept in %(place)s.") % {"place": settings.VAR_DIR})

    def introduce(self) -> None:
        """Print the people of the demonstration, one for each role."""
        people = [(_(who.role_title), who.email, _(who.what_to_try)) for who in demonstration.PEOPLE]
        self.say(
            "\n" + _("Sign in as any of these. The password is: %(password)s") % {"password": demonstration.PASSWORD}
        )
        self.say(table([(_("Role"), _("Sign in as"), _("What to try")), *people]))

    def look_at(self, child: Child, now: float) -> None:
        """Start one child again if it has died and its pause is over."""
        code = child.ended()
        if code is not None:
            # What it started itself must not live on beside its successor.
            child.clear_up()
            said = {"name": child.name, "code": code, "seconds": f"{child.pause(now):.0f}"}
            self.say(_("The %(name)s ended (%(code)s). It starts again in %(seconds)s s.") % said)
        elif child.process is None and now >= child.next_start:
            child.start(now)


def prepare(*, with_demonstration: bool) -> None:
    """Make the tables, the demonstration and the static files; each is quick when there is nothing to do."""
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
    with static_files():
        call_command("migrate", interactive=False, verbosity=0)
        if with_demonstration:
            call_command("load_demonstration")
    connections.close_all()


@contextmanager
def static_files() -> Iterator[None]:
    """Collect and compress the static files meanwhile, when any of their sources is newer than the last time.

    In a process beside ours: on a first start this takes as long as the demonstration, and there are two processors.
    """
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = [settings.BASE_DIR / "static", settings.BASE_DIR / "requirements"]
    if stamp.exists() and newest(sources) <= stamp.stat().st_mtime:
        yield
        return
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True) as collecting:
        yield
    if collecting.returncode:
        raise CommandError(_("The static files could not be collected. What went wrong stands above."))
    stamp.touch()


def the_children(host: str, port: int) -> list[Child]:
    """Return the web server and the worker, as they run on one machine."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [sys.executable, "-m", "gunicorn", "--config", "python:socialvalue.webserver"]
    web += ["--bind", address, "--workers", "1", "--threads", "4", "socialvalue.wsgi:application"]
    told = {
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "SOCIALVALUE_LOG_FORM": settings.LOG_FORM,
        # A line for each page would bury the table of people.
        "SOCIALVALUE_LOG_LEVEL": environment.text("SOCIALVALUE_LOG_LEVEL", "WARNING"),
    }
    return [
        Child(name=_("web server"), command=web, directory=settings.BASE_DIR, environment=told),
        Child(
            name=_("worker"),
            command=[sys.executable, "manage.py", "work"],
            directory=settings.BASE_DIR,
            environment=told,
        ),
    ]


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next that nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65_536)):
        if can_listen(host, port):
            return port
    raise CommandError(_("No port from %(port)s on is free. Choose another with SOCIALVALUE_PORT.") % {"port": wanted})


def can_listen(host: str, port: int) -> bool:
    """Return whether the port is free; an address that this machine does not have is an error."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            said = {"host": host, "why": error.strerror}
            raise CommandError(_("Cannot listen on %(host)s: %(why)s.") % said) from error
    return True


def reachable(host: str) -> str:
    """Return the address at which a browser on this machine finds what listens on `host`."""
    return EVERYWHERE.get(host, host)


def in_browser(host: str) -> str:
    """Return the name under which a person on this machine opens what listens on `host`."""
    return LOCALHOST.get(reachable(host), host)


def newest(places: Iterable[Path]) -> float:
    """Return the latest time at which anything in these places was changed, in seconds since 1970."""
    files = (file for place in places for file in [place, *place.rglob("*")] if file.exists())
    return max((file.stat().st_mtime for file in files), default=0.0)


def table(rows: list[tuple[str, str, str]]) -> str:
    """Return the rows as columns that line up."""
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"  {role:<{widths[0]}}  {email:<{widths[1]}}  {what}" for role, email, what in rows)
