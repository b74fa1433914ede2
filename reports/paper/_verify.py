"""How a reader verifies the report in the hand: an address and a code to type, and both as a QR code."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from reports import codes, qr


def verify(sha256: str) -> dict[str, Any]:
    """Return the code of the report on the document with this hash, in the language that is active, and its pages."""
    code = codes.shown(codes.code_of(sha256, get_language() or settings.LANGUAGE_CODE))
    address = settings.PUBLIC_ADDRESS
    return {
        "code": code,
        "page": f"{address}{reverse('reports:verify')}",
        "squares": qr.squares(f"{address}{reverse('reports:verify_code', args=[code])}"),
    }
