"""The page as it is sent: no inline script in it, and a way on for a browser that runs none."""

import asyncio

import pytest
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from bot.web.chat.page_rewriting import PageRewriter, changed

PAGE = (
    b'<html><head><base href="/"><meta property="og:title" content="Gradio" />'
    b'<meta\n name="twitter:card" content="x" /><script>window.config = {"a": 1};</script>'
    b'<script data-mode>\n(() => {})();\n</script><script type="module" src="./own.js"></script>'
    b"<script>1 < 2</script></head><body><gradio-app></gradio-app></body></html>"
)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """The page at `/`, unless somebody wants it compressed; JSON elsewhere."""
    path = scope["path"]
    coding = Request(scope).headers.get("accept-encoding", "")
    reply = HTMLResponse(PAGE) if path == "/" and not coding else JSONResponse([coding])
    await reply(scope, receive, send)


def test_scripts_stay_that_are_files_and_no_others() -> None:
    page = changed(PAGE, QueryParams())
    assert page.count(b"<script") == 2
    assert b'<script src="verbatim/leaving.js" defer></script>' in page
    assert b'<script type="module" src="./own.js"></script>' in page
    assert b"<gradio-app></gradio-app>" in page


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("", "ask"),
        ("q=who%3F&a=0f&x=1", "ask?q=who%3F&amp;a=0f"),
        ("q=&__theme=dark", "ask?__theme=dark"),
        ("q=%22%3E%3Cb%3E%26&a=", "ask?q=%22%3E%3Cb%3E%26"),
    ],
)
def test_a_browser_without_scripts_is_led_to_the_plain_page(query: str, place: str) -> None:
    page = changed(PAGE, QueryParams(query)).decode()
    assert f'<noscript><meta http-equiv="refresh" content="0; url={place}"></noscript>' in page
    assert '<form action="ask">' in page
    assert "<b>" not in page


def test_a_preview_of_a_link_to_the_page_is_of_this_program() -> None:
    page = changed(PAGE, QueryParams())
    assert b"Gradio" not in page
    assert b"twitter" not in page
    assert b'<meta property="og:title" content="Verbatim">' in page


def test_the_page_comes_whole_and_everything_else_as_it_was() -> None:
    visitor = TestClient(PageRewriter(app))
    page = visitor.get("/", params={"q": "who?"})
    assert int(page.headers["content-length"]) == len(page.content)
    assert page.content == changed(PAGE, QueryParams("q=who%3F"))
    assert visitor.get("/config", headers={"Accept-Encoding": "br"}).json() == ["br"]


def test_nothing_is_sent_before_the_page_is_whole() -> None:
    sent: list[str] = []

    async def pieces(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        assert sent == []
        await send({"type": "http.response.body", "body": b"b"})

    async def send(message: dict[str, object]) -> None:
        sent.append(str(message.get("body", message["type"])))

    async def receive() -> dict[str, object]:
        raise AssertionError("nothing is read")

    scope = {"type": "http", "path": "/", "headers": [], "query_string": b""}
    asyncio.run(PageRewriter(pieces)(scope, receive, send))  # type: ignore[arg-type]
    assert sent == ["http.response.start", "b'ab'"]
