"""How often one address may ask what anybody may: so many times in ten minutes, counted in the cache, named nowhere."""

import datetime as dt
from ipaddress import IPv6Address, ip_address
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 10 * 60
"""Seconds. A new count begins with each ten minutes of the clock, so that every process knows which one it is."""
_ONE_HOME = 64
"""Of an address of version 6, the part that says whose it is; the rest a sender chooses."""


def too_often(request: HttpRequest, what: str, now: dt.datetime) -> int:
    """Count one more try at `what` from where a request comes; return how many seconds to wait, 0 if it may go on."""
    window, gone = divmod(int(now.timestamp()), WINDOW)
    # Only we can tell from the key whose address it was.
    key = f"tries:{salted_hmac(f'{what} {window}', _whose(request)).hexdigest()}"
    return WINDOW - gone if _counted(key) > settings.VERIFY_LIMITS[what] else 0


def _counted(key: str) -> int:
    cache.add(key, 0, WINDOW)
    try:
        return int(cache.incr(key))
    except ValueError:  # another process made room just now
        return 1


def _whose(request: HttpRequest) -> str:
    """Return what an address belongs to, as far as it tells; everybody without one counts as the same."""
    told: Any = get_client_ip_address(request)
    try:
        address = ip_address(told)
    except ValueError:
        return ""
    return str(int(address) >> _ONE_HOME) if isinstance(address, IPv6Address) else str(address)
