"""A web server on this machine that counts who comes, and the ways in which a document could send somebody there."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

WAYS_OUT = {
    "picture": '<img alt="x" src="{url}">',
    "object": '<object data="{url}"></object>',
    "embedded": '<embed src="{url}">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import url("{url}");</style>',
    "import in an inline style sheet": '<link rel="stylesheet" href="data:text/css,@import%20url({url});">',
    "background": '<p style="background-image: url({url})">x</p>',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "bullet": '<ul style="list-style-image: url({url})"><li>x</li></ul>',
    "font": '<style>@font-face {{ font-family: "Lent"; src: url({url}) }}</style><p style="font-family: Lent">x</p>',
    "attached file": '<link rel="attachment" href="{url}">',
    "link to an attached file": '<p><a rel="attachment" href="{url}">x</a></p>',
    "picture in a drawing": '<svg viewBox="0 0 9 9"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    "picture in an inline drawing": (
        '<img alt="x" src="data:image/svg+xml,'
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
        "%3Cimage href='{url}' width='9' height='9'/%3E%3C/svg%3E\">"
    ),
    "font in a drawing": (
        '<svg viewBox="0 0 9 9"><title>x</title><style>@font-face {{ font-family: "Lent"; src: url({url}) }}</style>'
        '<text font-family="Lent">x</text></svg>'
    ),
}


class Canary:
    """What the server heard."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.heard: list[str] = []


@contextmanager
def listening() -> Iterator[Canary]:
    """Run the server on a free port of this machine for as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            canary.heard.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/css")
            self.end_headers()
            self.wfile.write(b"p { color: red }")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        canary = Canary(f"http://127.0.0.1:{server.server_port}/canary")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield canary
        finally:
            server.shutdown()
            thread.join()
