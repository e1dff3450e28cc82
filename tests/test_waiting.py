"""What those are told who have to wait, and what is not done for those who have gone."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from fastapi import FastAPI

from bot.service import PATIENCE_S, Service
from bot.settings import Settings
from bot.web.site import make_site
from tests.echo import Echo
from tests.patience import PATIENCE

# So many that the last of them waits longer than anybody is left without a word.
_CROWD = 230
_WORKERS = 2
_GUESS_S = 0.2  # that an answer is thought to take before there was one


@asynccontextmanager
async def crowded(service: Service, n: int) -> AsyncIterator[None]:
    """All who answer are busy, and others wait, while the block runs."""
    gate = threading.Event()
    work = [service.ask(lambda _: gate.wait(PATIENCE), visitor="busy") for _ in range(_WORKERS)]
    work += [service.ask(lambda _: True, visitor=f"visitor {k}") for k in range(n)]
    tasks = [asyncio.ensure_future(each) for each in work]
    await until_one_more_waits(service, (n + 0.5) * _GUESS_S / _WORKERS)
    try:
        yield
    finally:
        gate.set()
        await asyncio.gather(*tasks)


async def until_one_more_waits(service: Service, before_s: float) -> None:
    """Return when what was asked is in the queue; `before_s` is how long one waited before."""
    async with asyncio.timeout(PATIENCE):
        while service.wait_s("somebody") <= before_s:
            await asyncio.sleep(0.02)


def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://own")


def test_who_would_wait_too_long_is_told_when_to_come_back() -> None:
    service = Service(Echo)

    async def ask() -> httpx.Response:
        async with crowded(service, _CROWD), client(make_site(service, Settings())) as visitor:
            return await visitor.post("/api/ask", json={"question": "who?"})

    reply = asyncio.run(ask())
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > PATIENCE_S
    assert reply.json()["error"].startswith("Too many people are asking at once. Try again in ")


@pytest.mark.parametrize("path", ["/frame", "/ask"])
def test_a_page_asks_again_when_it_is_told_to_come_back_and_not_before(path: str) -> None:
    service = Service(Echo)

    async def ask() -> httpx.Response:
        async with crowded(service, _CROWD), client(make_site(service, Settings())) as visitor:
            return await visitor.get(path, params={"q": "who?"})

    reply = asyncio.run(ask())
    assert reply.status_code == 503
    assert reply.headers["Refresh"] == reply.headers["Retry-After"]
    assert int(reply.headers["Refresh"]) > PATIENCE_S


def test_who_listens_is_told_how_long_it_will_take_and_then_answered() -> None:
    service = Service(Echo)

    async def ask() -> list[str]:
        app = make_site(service, Settings())
        async with crowded(service, _CROWD):
            before_s = service.wait_s("somebody")
            asking = asyncio.ensure_future(
                client(app).post(
                    "/api/ask", json={"question": "who?"}, headers={"Accept": "text/event-stream"}
                )
            )
            await until_one_more_waits(service, before_s)
            assert not asking.done()
        return (await asking).text.split("\n\n")

    first, *_, last, _ = asyncio.run(ask())
    kind, data = first.split("\n")
    assert kind == "event: waiting"
    assert json.loads(data.removeprefix("data: "))["seconds"] > PATIENCE_S
    assert last.startswith("event: answer")


def test_reading_does_not_wait_for_questions() -> None:
    service = Service(Echo)

    async def read() -> httpx.Response:
        async with crowded(service, 10), client(make_site(service, Settings())) as visitor:
            return await visitor.get("/api/archive")

    assert asyncio.run(read()).json()["articles"] == 0


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("POST", "/api/ask", b"", b'{"question": "left?"}'),
        ("GET", "/frame", b"q=left%3F", b""),
        ("GET", "/ask", b"q=left%3F", b""),
        ("GET", "/feed", b"q=left%3F", b""),
    ],
)
def test_a_question_that_its_visitor_gave_up_is_not_answered(
    method: str, path: str, query: bytes, body: bytes
) -> None:
    echo = Echo()
    service = Service(lambda: echo)
    app = make_site(service, Settings())

    async def give_up() -> None:
        left = asyncio.Event()
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, object]:
            if messages:
                return messages.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(_: object) -> None: ...

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query,
            "headers": [(b"host", b"own"), (b"content-type", b"application/json")],
            "client": ("192.0.2.1", 4000),
            "server": ("own", 80),
            "root_path": "",
        }
        async with crowded(service, 0):
            before_s = service.wait_s("somebody")
            asking = asyncio.ensure_future(app(scope, receive, send))
            await until_one_more_waits(service, before_s)
            assert not asking.done()
            left.set()
            with suppress(asyncio.CancelledError):
                await asyncio.wait_for(asking, PATIENCE)
        await service.answer("who?")

    asyncio.run(give_up())
    assert echo.heard == [("who?",)]
