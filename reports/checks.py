"""Say at start what a report cannot be made without, and the very line that mends it."""

import ctypes
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from reports import fonts, keys

APT_LINE = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

NATIVE_LIBRARIES: Mapping[str, Sequence[str]] = {
    "linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz-subset.dylib"),
}
"""What has to be loaded, by platform; on others nothing is checked here and WeasyPrint says what it misses."""


def paper_can_be_made(**_options: Any) -> list[CheckMessage]:
    """Return an error for the native libraries and one for the fonts that are missing, as Django's checks do."""
    libraries = [name for name in NATIVE_LIBRARIES.get(sys.platform, ()) if not _loads(name)]
    faces = missing_faces()
    found: list[CheckMessage] = []
    if libraries:
        message = _("Reports cannot be made: these libraries are missing: %(names)s.")
        hint = _("On Debian or Ubuntu, as root: %(line)s") % {"line": APT_LINE}
        found.append(Error(message % {"names": ", ".join(libraries)}, hint=hint, id="reports.E001"))
    if faces:
        message = _("Reports cannot be made: these fonts are missing: %(names)s.")
        hint = _("They come with the Python package weblate-fonts: install it again.")
        found.append(Error(message % {"names": ", ".join(face.name for face in faces)}, hint=hint, id="reports.E002"))
    return found


def the_key_can_sign(**_options: Any) -> list[CheckMessage]:
    """Return an error for a signing key that is named and cannot sign: better at the start than at a publication.

    A device is asked for the certificate, and its PIN is not tried: every command that starts would be a wrong guess.
    """
    if settings.SIGNING_DEVICE is None and (settings.SIGNING_KEY is None or settings.SIGNING_KEY_IS_OWN):
        return []
    try:
        keys.named()
    except keys.Unusable as refused:
        return [Error(_(refused.message) % refused.params, hint=_where_to_look(), id="reports.E003")]
    return []


def _where_to_look() -> str:
    if settings.SIGNING_DEVICE is not None:
        names = "SOCIALVALUE_SIGNING_DEVICE, SOCIALVALUE_SIGNING_TOKEN, SOCIALVALUE_SIGNING_LABEL"
        return _("Look at %(names)s.") % {"names": names}
    hint = _("Look at SOCIALVALUE_SIGNING_KEY and SOCIALVALUE_SIGNING_PASSPHRASE. To make one: %(line)s")
    return hint % {"line": "manage.py make_signing_key"}


def missing_faces() -> list[Path]:
    """Return the font files that are not where the package should have put them."""
    return [face for face in fonts.face_files() if not face.is_file()]


def _loads(library: str) -> bool:
    """Return whether the native library can be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
