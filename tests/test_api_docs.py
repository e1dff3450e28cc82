import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.service import Service
from bot.settings import Access, Settings
from bot.web.pages.api_docs import spelled
from bot.web.site import make_site
from tests.echo import Echo

PAGES = Path(__file__).parent.parent / "docs"


def fetch(path: str, settings: Settings | None = None) -> httpx.Response:
    app = make_site(Service(Echo), settings or Settings())

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
            return await client.get(path)

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Place"}}, "list of Place"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
        ({"enum": ["a", "b"]}, "“a” or “b”"),
        ({"const": "a"}, "“a”"),
        ({"properties": {"a": {"type": "integer"}}}, "{a: whole number}"),
        ({}, "anything"),
    ],
)
def test_a_value_is_put_in_words(schema: dict[str, object], words: str) -> None:
    assert spelled(schema) == words


def test_the_page_has_every_route_and_needs_nothing_from_elsewhere() -> None:
    reply = fetch("/docs")
    assert reply.status_code == 200
    for path, operations in fetch("/openapi.json").json()["paths"].items():
        for method in operations:
            assert re.search(rf"{method.upper()}</span> <code>{re.escape(path)}</code>", reply.text)
    assert re.findall(r"(?:href|src)=\"(?:https?:)?//", reply.text) == []
    assert "<script" not in reply.text


def test_the_first_requests_may_all_come_at_once() -> None:
    app = make_site(Service(Echo), Settings())
    start = threading.Barrier(8)

    def describe() -> dict[str, Any]:
        start.wait()
        return app.openapi()

    with ThreadPoolExecutor(8) as pool:
        found = [each.result() for each in [pool.submit(describe) for _ in range(8)]]
    assert all(each is found[0] for each in found)
    assert "x-needs" in found[0]["paths"]["/api/ask"]["post"]


def test_what_a_route_needs_follows_the_settings() -> None:
    closed = fetch("/docs", Settings(access=Access(ask="token", read="token"))).text
    assert closed.count("For a token.") > 3
    assert "For a token." not in fetch("/docs").text
    assert "For the write token." in fetch("/docs").text


def test_every_route_is_on_the_page_for_people_who_use_curl() -> None:
    page = (PAGES / "api.md").read_text(encoding="utf-8")
    for path in fetch("/openapi.json").json()["paths"]:
        assert f"`{path}`" in page, path
