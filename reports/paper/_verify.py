"""How a reader verifies the report in the hand: an address and a code to type, and both as a QR code."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from accounts import qr
from reports import codes


def verify(drawn_from: str, edition: str) -> dict[str, Any]:
    """Return the code of the report that is drawn from this, in the language that is active, and its pages."""
    code = codes.shown(codes.code_of(drawn_from, get_language() or settings.LANGUAGE_CODE, edition))
    address = settings.PUBLIC_ADDRESS
    return {
        "code": code,
        "page": f"{address}{reverse('reports:verify')}",
        "squares": qr.squares(f"{address}{reverse('reports:verify_code', args=[code])}"),
    }
