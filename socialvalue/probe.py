"""Ask the web server on this machine whether it is ready: `python -m socialvalue.probe`; exit code 0 means yes.

A container's health check, and what `manage.py up` waits for.
"""

import http.client
import sys

from socialvalue.settings import environment


def is_ready(port: int, *, host: str = "127.0.0.1", site: str = "localhost", timeout: float = 3) -> bool:
    """Return whether /readyz answers 200 within `timeout` seconds; `site` is the name that the site answers to."""
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", "/readyz", headers={"Host": site})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> int:
    """Ask under the first name that the site answers to, since it answers to no other."""
    port = environment.whole_number("SOCIALVALUE_PORT", 8000, least=1, most=65_535)
    sites = environment.names("SOCIALVALUE_ALLOWED_HOSTS") or ["localhost"]
    return 0 if is_ready(port, site=sites[0].removeprefix(".")) else 1


if __name__ == "__main__":
    sys.exit(main())
