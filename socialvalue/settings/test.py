"""Under the tests: on SQLite in a file of its own, or on the PostgreSQL and Redis that `./run test` starts."""

import os
import tempfile
from pathlib import Path

from socialvalue.settings import environment
from socialvalue.settings.base import *

SECRET_KEY = "only-for-tests-" + "x" * 50
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
JOBS = "embedded"
DEMONSTRATION = True

# A worker that a test starts shares the files of that test's own process.
_scratch = Path(tempfile.gettempdir()) / f"socialvalue-test-{os.getpid()}"
VAR_DIR = environment.directory("SOCIALVALUE_TEST_VAR_DIR", _scratch)
FILES_DIR = VAR_DIR / "files"
SIGNING_KEY, SIGNING_KEY_IS_OWN = VAR_DIR / "signing" / "key.pem", True
SIGNING_CERTIFICATES = VAR_DIR / "signing" / "certificates"
PUBLIC_ADDRESS = "https://value.example.org"

_url = environment.text("SOCIALVALUE_TEST_DATABASE_URL")
DATABASES = {"default": environment.database(_url or f"sqlite:///{VAR_DIR}.sqlite3")}
if not _url:
    # A file, not memory: several processes and threads share it, under the same WAL and IMMEDIATE as the real one. Only
    # the wait for the disk is left out, which no test can see.
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR_DIR}.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
# A connection that outlives its request would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0

REDIS_URL = environment.text("SOCIALVALUE_TEST_REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Quick, and only here: hundreds of tests make a person.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# All tests come from one address.
ACCOUNT_RATE_LIMITS = {name: "" if rates.endswith("/ip") else rates for name, rates in ACCOUNT_RATE_LIMITS.items()}
MFA_RATE_LIMITS = {"webauthn_login": ""}
VERIFY_LIMITS = dict.fromkeys(VERIFY_LIMITS, 1_000_000)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_DIR, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Pages are served from the sources, without collecting them first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
