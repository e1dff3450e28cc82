"""Servers beside the wikis: plain sites that embed Verbatim, and bad ones in Verbatim's place."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from pathlib import Path

Write = Callable[[BufferedIOBase], object]  # a whole reply, its head too


@dataclass
class Bad:
    """A server that answers as it is told, and what it was asked."""

    port: int
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None: ...


@contextlib.contextmanager
def _serve(handler: Callable[..., BaseHTTPRequestHandler], port: int) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def site(folder: Path, port: int) -> Iterator[str]:
    """A site of plain files."""
    with _serve(partial(_Quiet, directory=str(folder)), port):
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def bad(write: Write) -> Iterator[Bad]:
    """A server that answers every POST so."""
    seen = Bad(0)

    class Handler(_Quiet):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.asked.append(({k.lower(): v for k, v in self.headers.items()}, body))
            # A visitor who has had enough hangs up.
            with contextlib.suppress(ConnectionError):
                write(self.wfile)

        do_GET = do_POST

    with _serve(Handler, 0) as port:
        seen.port = port
        yield seen


def reply(body: bytes, status: str = "200 OK", *headers: str) -> Write:
    """A whole reply."""
    head = "\r\n".join((f"HTTP/1.0 {status}", "Content-Type: application/json", *headers))
    return lambda out: out.write(head.encode() + b"\r\n\r\n" + body)


def endless(out: BufferedIOBase) -> None:
    """JSON that does not end."""
    out.write(b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"message": "')
    while True:
        out.write(b"x" * 65536)


def silent(out: BufferedIOBase) -> None:
    """Nothing, for longer than anybody waits."""
    threading.Event().wait(3)
