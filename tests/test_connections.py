import contextlib
import resource
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.settings import Access, Limits, Settings
from bot.web.protection.connections import protocol_for, raise_file_limit
from tests.patience import PATIENCE

HEAD_S = 0.6


async def slow(request: Request) -> PlainTextResponse:
    """Answer later than a head may take."""
    import asyncio

    await asyncio.sleep(2 * HEAD_S)
    return PlainTextResponse(f"got {len(await request.body())}")


@contextlib.contextmanager
def serving(settings: Settings) -> Iterator[tuple[str, int]]:
    """A server of one path; its address."""
    app = Starlette(routes=[Route("/", slow, methods=["GET", "POST"])])
    protocol = protocol_for(settings, head_s=HEAD_S)
    config = uvicorn.Config(app, http=protocol, log_level="critical", timeout_keep_alive=60)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listener.getsockname()
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with serving(Settings(limits=Limits(connections=20))) as address:
        yield address


def connect(address: tuple[str, int], source: str = "127.0.0.1") -> socket.socket:
    """A connection that is waited for."""
    return socket.create_connection(address, timeout=PATIENCE, source_address=(source, 0))


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    whole = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            whole += piece
    return whole


def test_who_says_nothing_is_not_waited_for(address: tuple[str, int]) -> None:
    with connect(address) as connection:
        assert received(connection) == b""


def test_nor_is_who_says_a_byte_at_a_time(address: tuple[str, int]) -> None:
    with connect(address) as connection, contextlib.suppress(OSError):
        start = time.monotonic()
        for byte in b"GET / HTTP/1.1\r\nHost: own.example\r\n" + b"X: y\r\n" * 10_000:
            connection.send(bytes([byte]))
            time.sleep(0.05)
            assert time.monotonic() - start < PATIENCE
            connection.settimeout(0.001)
            with contextlib.suppress(TimeoutError):
                if connection.recv(1) == b"":
                    return
    # An error of the sending is the closed connection, too.


def test_an_answer_may_take_longer_than_a_head_may(address: tuple[str, int]) -> None:
    with connect(address) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")
        assert b"got 2" in received(connection)  # then it is closed: no further head came


def test_an_address_has_only_so_many_and_others_theirs(address: tuple[str, int]) -> None:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(connect(address)) for _ in range(40)]
        refused = [received(connection) for connection in held[20:]]
        assert all(b"503" in each or each == b"" for each in refused)
        other = stack.enter_context(connect(address, "127.0.0.2"))
        other.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert b"200 OK" in received(other)
    with connect(address) as connection:  # what is closed counts no more
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert b"200 OK" in received(connection)


def test_a_listed_proxy_connects_as_it_likes() -> None:
    access = Access(proxies=("127.0.0.1",))
    with (
        serving(Settings(access=access, limits=Limits(connections=2))) as address,
        contextlib.ExitStack() as stack,
    ):
        held = [stack.enter_context(connect(address)) for _ in range(10)]
        for connection in held:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert all(b"200 OK" in received(connection) for connection in held)


def test_as_many_files_may_be_open_as_the_system_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, hard), hard))
        raise_file_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(hard, 65_536)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
