"""Who is really asking, when proxies of ours stand between them and us."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of our own proxies saw.

    Each proxy adds the address that it saw to the right of X-Forwarded-For; what stands further left came from the
    client and may say anything. With no trusted proxy the header is ignored.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(seen) >= trusted:
        return seen[-trusted]
    return request.META.get("REMOTE_ADDR", "")
