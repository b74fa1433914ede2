"""An installation to measure, in a directory of its own, so that nobody's data is touched.

It is set up as `./run` sets it up: the same settings, SQLite in a file, static files under hashed names. Import it
before anything that asks Django for a model.
"""

import os
from atexit import register
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client

_directory = TemporaryDirectory(prefix="socialvalue-bench-")
register(_directory.cleanup)

for name in [name for name in os.environ if name.startswith("SOCIALVALUE_")]:
    del os.environ[name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "socialvalue.settings.local",
    "SOCIALVALUE_VAR_DIR": _directory.name,
    "SOCIALVALUE_STATIC_ROOT": f"{_directory.name}/static",
    "SOCIALVALUE_LOG_LEVEL": "WARNING",
}
django.setup()


def prepare() -> Client:
    """Make the tables, collect the static files, and return a browser that nobody has signed in with."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # letters would stand among the figures
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
