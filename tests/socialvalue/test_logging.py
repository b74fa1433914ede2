"""A line of the log can be found by the reference that a person quotes."""

import json
import logging
import logging.config

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from socialvalue.logging import RequestIdMiddleware, configuration, request_id


def answer(request: HttpRequest) -> HttpResponse:
    """Answer with the id under which the request is answered."""
    return HttpResponse(request_id())


def test_each_request_has_an_id_of_its_own() -> None:
    door = RequestIdMiddleware(answer)
    first, second = (door(RequestFactory().get("/")) for _ in range(2))
    assert first.headers["X-Request-ID"] == first.text != second.text
    assert request_id() == "-"


def test_a_proxys_id_is_kept() -> None:
    response = RequestIdMiddleware(answer)(RequestFactory().get("/", headers={"X-Request-ID": "from-the-proxy-1"}))
    assert response.headers["X-Request-ID"] == "from-the-proxy-1"


@pytest.mark.parametrize("forged", ["short", "a" * 65, "twelve\nlines", "<script>alert</script>", ""])
def test_an_id_that_could_forge_a_line_is_replaced(forged: str) -> None:
    response = RequestIdMiddleware(answer)(RequestFactory().get("/", headers={"X-Request-ID": forged}))
    assert response.text.isalnum()
    assert response.text != forged


def test_a_line_is_one_json_object_with_the_id(capsys: pytest.CaptureFixture[str]) -> None:
    made = configuration(form="json", level="INFO")
    # A logger of the test's own, so that nobody else's logging changes.
    made |= {"root": {}, "loggers": {"of.this.test": {"handlers": ["stderr"], "level": "INFO", "propagate": False}}}
    logging.config.dictConfig({**made, "incremental": False})

    def speak(request: HttpRequest) -> HttpResponse:
        logging.getLogger("of.this.test").info("two\nlines", extra={"job": 7})
        return answer(request)

    response = RequestIdMiddleware(speak)(RequestFactory().get("/"))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    line = json.loads(lines[0])
    assert line["message"] == "two\nlines"
    assert line["level"] == "INFO"
    assert line["logger"] == "of.this.test"
    assert line["job"] == 7
    assert line["request_id"] == response.text
