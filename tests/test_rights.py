"""Who has no right to read gets no article, by whatever way: every route, every event of the page.

The routes are those that the app has, so that one that somebody adds is tried too.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from bot.service import Service
from bot.settings import Settings
from bot.web.protection.access import Right
from bot.web.site import make_site
from index.archive.archive import Archive
from index.schema import Article
from tests.archives import put
from tests.echo import Echo
from tests.serving import Server, fetch, serve, wait_until_ready

READER, WRITER = "the-readers-token", "the-writers-token"
CITED, REST = "The ferry stops on Monday, said Ann Lee.", "The zebra clause is not for everybody."
ARTICLE = Article("ferry", f"{CITED} {REST}", "Ferry", "Bo", "Harbour Post", "2024-05-06")
# Something for whatever a route may ask for.
VALUES: dict[str, object] = {
    "q": "what did Ann Lee say?",
    "question": "what did Ann Lee say?",
    "verdict": "right",
    "id": "ferry",
    "article": "ferry",
    "article_id": "ferry",
    "name": "Ann Lee",
    "speaker": "Ann Lee",
    "topic": "ferry",
    "start": 0,
    "end": len(ARTICLE.text),
    "who": "",
    "limit": 50,
}
_APP = make_site(Service(Echo), Settings())
ROUTES = sorted(
    (method, str(found.path).replace("{article_id:path}", "ferry"))
    for found in iter_route_contexts(_APP.routes)
    if isinstance(found.route, APIRoute)
    for method in found.route.methods or ()
)
PAGES = [("GET", "/"), ("GET", "/config"), ("GET", "/gradio_api/info")]
ACCESSES = (("anyone", "token"), ("token", "token"), ("token", "anyone"))  # to ask, to read
DOINGS: dict[str, frozenset[Right]] = {
    "": frozenset(),
    READER: frozenset(("ask", "read")),
    WRITER: frozenset(("ask", "read", "write")),
}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, ...]]:
    """A server for each of the accesses, all in one process."""
    folder = tmp_path_factory.mktemp("closed")
    with Archive.open(folder / "archive", create=True) as archive:
        put(archive, ARTICLE)
    (folder / "gate").touch()
    configs = []
    for ask, read in ACCESSES:
        configs.append(folder / f"{ask}-{read}.toml")
        config = f'[access]\nask = "{ask}"\nread = "{read}"\n[limits]\nper_minute = 100000\n'
        configs[-1].write_text(config, encoding="utf-8")
    places = map(str, (folder / "gate", configs[0], folder / "archive", *configs[1:]))
    tokens = {"VERBATIM_READ_TOKEN": READER, "VERBATIM_WRITE_TOKEN": WRITER}
    with serve(folder, "-m", "tests.echo", *places, **tokens) as server:
        found = (server, *(replace(server, url=server.line()) for _ in configs[1:]))
        for each in found:
            wait_until_ready(each)
        yield found


@pytest.fixture(params=range(len(ACCESSES)))
def closed(
    request: pytest.FixtureRequest, servers: tuple[Server, ...]
) -> tuple[Server, frozenset[Right]]:
    """A server, and what somebody without a token may do there."""
    ask, read = ACCESSES[request.param]
    free: dict[Right, str] = {"ask": ask, "read": read}
    return servers[request.param], frozenset(r for r, whom in free.items() if whom == "anyone")


def taken(
    method: str, path: str, values: Mapping[str, object] = VALUES
) -> tuple[dict[str, object], dict[str, object]]:
    """Of the values those that the route takes in its address, and in its body; a page takes all.

    Else it would refuse them all for one that it does not know.
    """
    paths = _APP.openapi()["paths"].items()
    described = {p.replace("{article_id}", "ferry"): operations for p, operations in paths}
    operation = described.get(path, {}).get(method.lower())
    if operation is None or not path.startswith("/api/"):
        return dict(values), dict(values)
    names = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    fields = schema.get("properties", {})
    return (
        {name: value for name, value in values.items() if name in names},
        {name: value for name, value in values.items() if name in fields},
    )


def plain(said: str) -> str:
    """The words, without their markup."""
    return re.sub(r"<[^>]*>", "", html.unescape(said))


def by_route(server: Server, method: str, path: str, token: str) -> str:
    """All that a route says to whom asks it for everything."""
    parameters, fields = taken(method, path)
    body = None if method in ("GET", "HEAD", "DELETE") else json.dumps(fields).encode()
    key = {"Authorization": f"Bearer {token}"} if token else {}
    said = []
    for accept in ("text/html", "application/json", "text/event-stream"):
        url = f"{server.url}{path.lstrip('/')}?{urlencode(parameters)}"
        said.append(fetch(url, body, method, Accept=accept, **key).text)
    return "".join(said)


def by_the_page(server: Server, token: str) -> str:
    """All that comes of every event of the page, with whatever may stand in its boxes."""
    key = {"Authorization": f"Bearer {token}"} if token else {}
    said, name = [], f"page{list(DOINGS).index(token):06}"
    events = server.get("/config").json()["dependencies"]
    order = json.dumps({"question": VALUES["q"], "n": 1})
    for typed in (VALUES["q"], "1#1", order, "1#2"):
        for event in events:
            # The last one is the conversation, which is kept here.
            data = [typed] + [""] * (len(event["inputs"]) - 2) + [None] * bool(event["inputs"])
            record = {"data": data, "fn_index": event["id"], "session_hash": name}
            joined = server.post("/gradio_api/queue/join", json.dumps(record).encode(), **key)
            said.append(joined.text)
            if joined.status == 200:
                said.append(server.events(name, **key))
    return "".join(said)


@pytest.mark.parametrize("token", DOINGS)
def test_only_who_may_read_gets_an_article_and_only_who_may_ask_an_answer(
    closed: tuple[Server, frozenset[Right]], token: str
) -> None:
    server, free = closed
    rights = free | DOINGS[token]
    told = {
        f"{method} {path}": by_route(server, method, path, token)
        for method, path in (*ROUTES, *PAGES)
        if method != "DELETE"
    }
    told["the page"] = by_the_page(server, token)
    whole = {place for place, said in told.items() if REST in plain(said)}
    some = {place for place, said in told.items() if CITED in plain(said)}
    if "read" in rights:
        assert whole >= {"GET /article", "GET /api/articles/ferry", "GET /api/cite"}
    else:
        assert whole == set()
    if "ask" in rights:
        assert some >= {"POST /api/ask", "GET /frame", "the page"}
    elif "read" not in rights:
        assert some == set()
    assert ("the page" in whole) == ({"ask", "read"} <= rights)


def test_who_may_not_change_the_articles_does_not(
    closed: tuple[Server, frozenset[Right]],
) -> None:
    server, _ = closed
    sent = json.dumps({"articles": [{"id": "new", "body": "New."}]}).encode()
    for key in ({}, {"Authorization": f"Bearer {READER}"}):
        assert server.post("/api/articles", sent, **key).status in (401, 403)
        removal = fetch(f"{server.url}api/articles/ferry", None, "DELETE", **key)
        assert removal.status in (401, 403)
