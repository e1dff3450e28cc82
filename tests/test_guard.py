"""The guard before a small app that says who it thinks is asking."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Scope

from bot.settings import Access, Limits, Secrets, Settings
from bot.web.protection.access import Refused
from bot.web.protection.guard import Guard, right_for

WRITER = "the-writers-token"
WIKI = "https://wiki.example"
Sender = Callable[..., httpx.Response]


async def tell(request: Request) -> JSONResponse:
    """What is known of the request."""
    body = await request.body()
    return JSONResponse({"rights": sorted(request.state.visitor.rights), "read": len(body)})


def sender(settings: Settings, *, peer: str = "192.0.2.7", server: str = "192.0.2.1") -> Sender:
    """Sends requests from one address to another, past the guard."""
    app = Guard(Starlette(routes=[Route("/{path:path}", tell, methods=["GET", "POST"])]), settings)

    async def as_from(scope: Scope, receive: object, send: object) -> None:
        await app({**scope, "client": (peer, 5), "server": (server, 80)}, receive, send)  # type: ignore[arg-type]

    def send(method: str, path: str, **more: object) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(as_from)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://own.example"
            ) as client:
                return await client.request(method, path, **more)  # type: ignore[arg-type]

        return asyncio.run(go())

    return send


# --- the table


@pytest.mark.parametrize(
    ("method", "path", "right"),
    [
        ("GET", "/", "ask"),
        ("GET", "/frame", "ask"),
        ("POST", "/api/ask", "ask"),
        ("POST", "/api/links", "ask"),
        ("POST", "/api/feedback", "ask"),
        ("POST", "/gradio_api/queue/join", "ask"),
        ("GET", "/api/examples", "ask"),
        ("GET", "/library", "read"),
        ("GET", "/article", "read"),
        ("GET", "/api/articles", "read"),
        ("HEAD", "/api/articles/a/b", "read"),
        ("GET", "/api/whatever-comes", "read"),
        ("POST", "/api/articles", "write"),
        ("DELETE", "/api/articles/a", "write"),
        ("POST", "/api/whatever-comes", "write"),
        ("POST", "/library", "write"),
        ("GET", "/healthz", None),
        ("GET", "/verbatim/cite.js", None),
    ],
)
def test_each_path_needs_its_right(method: str, path: str, right: str | None) -> None:
    assert right_for(method, path) == right


@pytest.mark.parametrize(
    "path",
    """/api //api/links /API/ask /apix /library/ /libraryx /gradio_api/upload /gradio_api/call/x
    /gradio_api/queue/join/x /monitoring /login /nothing""".split(),
)
def test_a_path_that_is_not_in_the_table_is_not_there(path: str) -> None:
    with pytest.raises(Refused) as caught:
        right_for("GET", path)
    assert caught.value.status == 404
    assert sender(Settings())("GET", path).status_code == 404


def test_a_prefix_that_the_proxy_put_before_the_path_is_none_of_it() -> None:
    app = Guard(Starlette(routes=[Route("/{path:path}", tell)]), Settings())

    async def go() -> int:
        transport = httpx.ASGITransport(app, root_path="/news")
        async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
            return (await client.get("/news/api/articles")).status_code

    assert asyncio.run(go()) == 200


def test_there_are_no_websockets() -> None:
    async def never(scope: Scope, receive: object, send: object) -> None:
        raise AssertionError("the app was reached")

    async def go() -> list[Message]:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        app: ASGIApp = Guard(never, Settings())
        await app({"type": "websocket", "path": "/", "headers": []}, receive, keep)
        return sent

    assert [message["type"] for message in asyncio.run(go())] == ["websocket.close"]


def test_a_browser_is_told_on_a_page_and_a_program_in_json() -> None:
    send = sender(Settings(root_path="/desk"))
    page = send("GET", "/nowhere/at/all", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Not found.</h1>" in page.text
    assert "at/all" not in page.text
    reply = send("GET", "/nowhere/at/all")
    assert (reply.status_code, reply.json()) == (404, {"error": "Not found."})


# --- rights and limits


def test_rights_are_checked_and_handed_on() -> None:
    send = sender(Settings(secrets=Secrets(write_token=WRITER)))
    assert send("GET", "/api/articles").json()["rights"] == ["ask", "read"]
    refused = send("POST", "/api/articles")
    assert (refused.status_code, refused.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert refused.json()["error"].endswith(".")
    allowed = send("POST", "/api/articles", headers={"Authorization": f"Bearer {WRITER}"})
    assert allowed.json()["rights"] == ["ask", "read", "write"]


def test_a_closed_newsroom_shows_nobody_anything_but_that_it_is_there() -> None:
    send = sender(Settings(access=Access(ask="token", read="token")))
    for path in ("/", "/frame", "/library", "/article", "/api/people", "/gradio_api/queue/join"):
        assert send("GET", path).status_code == 401
    assert (
        send("GET", "/", headers={"Accept": "text/html"}).headers["www-authenticate"][:5] == "Basic"
    )
    framed = {"Accept": "text/html", "Sec-Fetch-Dest": "iframe"}
    assert send("GET", "/frame", headers=framed).headers["www-authenticate"][:6] == "Bearer"
    assert send("GET", "/healthz").status_code == 200


def test_requests_are_counted_by_visitor_and_the_parts_of_a_page_are_not() -> None:
    send = sender(Settings(limits=Limits(per_minute=2)))
    assert [send("GET", "/api/people").status_code for _ in range(3)] == [200, 200, 429]
    assert int(send("GET", "/api/people").headers["retry-after"]) >= 1
    assert send("GET", "/verbatim/cite.js").status_code == 200
    assert send("POST", "/gradio_api/queue/join").status_code == 429


def test_a_body_has_its_limit_and_an_upload_another() -> None:
    limits = Limits(body=10, upload=1000)
    send = sender(Settings(limits=limits, secrets=Secrets(write_token=WRITER)))
    key = {"Authorization": f"Bearer {WRITER}"}
    assert send("POST", "/api/ask", content=b"x" * 10).json()["read"] == 10
    assert send("POST", "/api/ask", content=b"x" * 11).status_code == 413
    assert send("POST", "/api/articles", content=b"x" * 1000, headers=key).json()["read"] == 1000
    assert send("POST", "/api/articles", content=b"x" * 1001, headers=key).status_code == 413
    assert send("POST", "/api/articles", content=b"x" * 1001).status_code == 401


# --- other sites


def test_a_listed_site_may_call_and_an_unlisted_one_is_told_so() -> None:
    send = sender(Settings(origins=(WIKI,)))
    for path in ("/api/ask", "/gradio_api/queue/join", "/api/links"):
        assert send("POST", path, headers={"Origin": WIKI}).status_code == 200
        assert send("POST", path, headers={"Origin": "http://own.example"}).status_code == 200
        assert send("POST", path).status_code == 200  # no browser
        for origin in ("https://evil.example", f"{WIKI}.evil", "http://wiki.example", "null", ""):
            refused = send("POST", path, headers={"Origin": origin})
            assert refused.status_code == 403
            assert "origins" in refused.json()["error"]


def test_the_own_origin_is_what_the_visitor_wrote_as_the_proxy_tells() -> None:
    settings = Settings(access=Access(proxies=("10.0.0.1",)))
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "news.example"}
    sent = {**said, "Origin": "https://news.example"}
    assert sender(settings, peer="10.0.0.1")("POST", "/api/ask", headers=sent).status_code == 200
    assert sender(settings, peer="10.0.0.2")("POST", "/api/ask", headers=sent).status_code == 403


def test_a_browser_that_says_the_page_is_our_own_is_believed() -> None:
    # Behind a proxy that is not listed the scheme is not known. No page can send this header.
    send = sender(Settings())
    own = {"Origin": "https://own.example", "Sec-Fetch-Site": "same-origin"}
    assert send("POST", "/api/ask", headers=own).status_code == 200
    other = {"Origin": "https://own.example", "Sec-Fetch-Site": "same-site"}
    assert send("POST", "/api/ask", headers=other).status_code == 403


def test_one_list_says_who_may_frame_every_page() -> None:
    for path in ("/", "/frame", "/library", "/none"):
        alone = sender(Settings())("GET", path).headers["content-security-policy"]
        assert alone.endswith("frame-ancestors 'self'")
        listed = sender(Settings(origins=(WIKI, "http://w")))("GET", path)
        assert listed.headers["content-security-policy"].endswith(f"'self' {WIKI} http://w")


# --- names that point here


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:7860", 200),
        ("127.0.0.1:7860", 200),
        ("[::1]:7860", 200),
        ("192.168.1.5", 200),
        ("evil.example", 403),
        ("evil.example:7860", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("a]b[", 403),
    ],
)
def test_a_machines_own_server_is_not_reached_by_a_name_that_was_made_to_point_there(
    host: str, status: int
) -> None:
    send = sender(Settings(), server="127.0.0.1")
    assert send("GET", "/api/people", headers={"Host": host}).status_code == status
    assert send("GET", "/healthz", headers={"Host": host}).status_code == status


def test_configured_names_alone_lead_to_the_server() -> None:
    for server in ("127.0.0.1", "192.0.2.1"):
        send = sender(Settings(hosts=("news.example",)), server=server)
        assert send("GET", "/api/people", headers={"Host": "News.Example:80"}).status_code == 200
        assert send("GET", "/api/people", headers={"Host": "other.example"}).status_code == 403
        assert send("GET", "/healthz", headers={"Host": "127.0.0.1"}).status_code == 200


def test_beyond_this_machine_and_behind_a_believed_proxy_any_name_will_do_until_one_is_set() -> (
    None
):
    said = {"Host": "news.example"}
    assert sender(Settings())("GET", "/api/people", headers=said).status_code == 200
    settings = Settings(access=Access(proxies=("127.0.0.1",)))
    send = sender(settings, peer="127.0.0.1", server="127.0.0.1")
    assert send("GET", "/api/people", headers=said).status_code == 200
