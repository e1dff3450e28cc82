"""Real servers on this machine's own address, and a fetcher that a test allows to reach them."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from index.reading.addresses import is_public
from index.reading.fetching import Fetcher

LOOPBACK = "127.0.0.1"

Answer = Callable[[BaseHTTPRequestHandler], None]


def page(content: bytes | str, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """An answer of that content."""
    body = content if isinstance(content, bytes) else content.encode()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def moved(to: str, status: int = 302) -> Answer:
    """An answer that leads elsewhere."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Location", to)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


class Website:
    """What stands at each path, and which requests came."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.paths: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str, host: str = "news.example") -> str:
        """The address of a path, under any host's name."""
        return f"http://{host}:{self.port}{path}"

    def fetcher(self, **options: object) -> Fetcher:
        """A fetcher for which every name stands for this website."""
        given = {
            "resolve": lambda _host, _port: [LOOPBACK],
            "allows": lambda number: number == LOOPBACK or is_public(number),
            "ports": {80, 443, self.port},
            "seconds": 10.0,
        }
        return Fetcher(**(given | options))  # type: ignore[arg-type]


@contextmanager
def website(certificate: Path | None = None) -> Iterator[Website]:
    """A web server on a free port; with a certificate, one that speaks TLS."""
    site: Website

    class Handler(BaseHTTPRequestHandler):
        timeout = 20

        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            try:
                site.paths[self.path](self)
            except (ConnectionError, TimeoutError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # A handshake that fails must not hold the server: it is done in the request's thread.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site = Website(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
