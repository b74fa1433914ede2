"""How gunicorn serves us: `gunicorn --config python:socialvalue.webserver socialvalue.wsgi:application`.

Threads, because the pages wait for the database and not for the processor; drawing a report is the worker's business.
"""

from typing import Any

from socialvalue.logging import configuration
from socialvalue.settings import environment

_level = environment.one_of("SOCIALVALUE_LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
_form = environment.one_of("SOCIALVALUE_LOG_FORM", "json", ["json", "plain"])

bind = f"0.0.0.0:{environment.whole_number('SOCIALVALUE_PORT', 8000, least=1, most=65_535)}"
worker_class = "gthread"
workers = environment.whole_number("SOCIALVALUE_WEB_WORKERS", 2, least=1, most=64)
threads = environment.whole_number("SOCIALVALUE_WEB_THREADS", 4, least=1, most=64)
timeout = 60
graceful_timeout = 25
keepalive = 5
# A worker that has served many is replaced, not all at once, which gives back what memory it gathered.
max_requests = 5_000
max_requests_jitter = 500
# The control socket would be written into a home directory that a container's user does not have.
control_socket_disable = True

accesslog = "-"
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms id=%({x-request-id}o)s'


def _logging() -> dict[str, Any]:
    """Return our own logging with gunicorn's two loggers led into it."""
    ours = configuration(form=_form, level=_level)
    for name in ("gunicorn.access", "gunicorn.error"):
        ours["loggers"][name] = {"handlers": ["stderr"], "level": _level, "propagate": False, "qualname": name}
    # Django gives a HEAD request the body too, and gunicorn drops it, as it should, with a warning each time.
    ours["loggers"]["gunicorn.http.wsgi"] = {"level": "ERROR"}
    return ours


logconfig_dict = _logging()
