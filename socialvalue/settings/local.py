"""`./run` on somebody's own machine: no server but ours, a key made once, answering to this machine only."""

import os
import secrets
from pathlib import Path

from socialvalue.settings import environment
from socialvalue.settings.base import *


def own_key(file: Path) -> str:
    """Return the secret key kept in the file; make it on the first start, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(64))
    return file.read_text(encoding="ascii")


SECRET_KEY = environment.text("SOCIALVALUE_SECRET_KEY") or own_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.names("SOCIALVALUE_ALLOWED_HOSTS")]
environment.refuse_debug_in_public(debug=DEBUG, hosts=ALLOWED_HOSTS)
DEMONSTRATION = True
_named = environment.file("SOCIALVALUE_SIGNING_KEY")
SIGNING_KEY_IS_OWN = not (_named or SIGNING_DEVICE)
SIGNING_KEY = VAR_DIR / "signing" / "key.pem" if SIGNING_KEY_IS_OWN else _named
PUBLIC_ADDRESS = environment.address(
    "SOCIALVALUE_PUBLIC_ADDRESS",
    f"http://localhost:{environment.text('SOCIALVALUE_PORT', '8000')}",
    schemes=["https", "http"],
)
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
