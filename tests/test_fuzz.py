"""Whatever is sent, by the description or against it: no 5xx, and a refusal is one line.

The long run is `make fuzz`, with a fuzzer that knows more tricks.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.answerer import Answerer
from bot.selecting.reading.reader import Reader
from bot.service import Service
from bot.settings import Limits, Secrets, Settings
from bot.web.site import make_site
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article

WRITER = "the-writers-token"
Sent = tuple[str, dict[str, Any], bytes | None, str]
KEY = {"Authorization": f"Bearer {WRITER}"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORDS = st.sampled_from(
    [
        *("putin", "peacekeepers", "who said so?", "putin-peacekeepers", "", " ", "\0", "\u202e"),
        *('"', "%", "../..", "<script>", "' OR 1=1 --", "\U0001f600", "x" * 1001),
        *("2024-02-30", "9" * 30, "-1", "NaN"),
    ]
)
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | WORDS
    | st.just("\ud83d"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OPERATIONS = [
    ("GET", "/api/articles"),
    ("POST", "/api/articles"),
    ("GET", "/api/articles/{article_id}"),
    ("DELETE", "/api/articles/{article_id}"),
    ("GET", "/api/statements"),
    ("GET", "/api/people"),
    ("GET", "/api/corrections"),
    ("POST", "/api/corrections"),
    ("DELETE", "/api/corrections/{correction_id}"),
    ("GET", "/api/cite"),
    ("GET", "/api/annotations"),
    ("GET", "/api/examples"),
    ("POST", "/api/ask"),
    ("POST", "/api/links"),
    ("POST", "/api/feedback"),
    ("GET", "/api/complete"),
    ("GET", "/api/versions"),
    ("GET", "/api/archive"),
    ("GET", "/api/collection"),
    ("POST", "/api/collection"),
    ("GET", "/feed"),
    ("GET", "/feed/said"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
]


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, article: Article
) -> Iterator[FastAPI]:
    limits = Limits(per_minute=1_000_000)
    with Archive.open(tmp_path_factory.mktemp("archive"), create=True) as archive:
        list(ingest(archive, lambda: embedder, [article]))
        answerer = Answerer(archive, embedder, Reader.load())
        yield make_site(
            Service(lambda: answerer), Settings(secrets=Secrets(write_token=WRITER), limits=limits)
        )


def shaped(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values as a schema has them, now and then something else."""
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        meant = st.one_of([shaped(each) for each in choices])
    elif "enum" in schema:
        meant = st.sampled_from(schema["enum"])
    elif schema.get("type") == "array":
        meant = st.lists(shaped(schema["items"]), max_size=3)
    elif "properties" in schema:
        meant = st.fixed_dictionaries(
            {}, optional={k: shaped(v) for k, v in schema["properties"].items()}
        )
    else:
        kinds = {"integer": st.integers(-2, 2000), "string": TEXT | WORDS, "null": st.none()}
        meant = kinds.get(schema.get("type", ""), JUNK)
    return st.one_of(meant, meant, meant, JUNK)


def described(app: FastAPI, method: str, path: str) -> dict[str, Any]:
    operation: dict[str, Any] = app.openapi()["paths"][path][method.lower()]
    return operation


def requests(operation: dict[str, Any]) -> st.SearchStrategy[Sent]:
    """What is in the path, the query, the body and the kind of answer that is wanted."""
    names = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    query = st.fixed_dictionaries({}, optional=dict.fromkeys(names, WORDS | TEXT))
    body: st.SearchStrategy[bytes | None] = st.none()
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        body = st.binary(max_size=40) | shaped(schema).map(lambda value: json.dumps(value).encode())
    return st.tuples(WORDS | TEXT, query, body, st.sampled_from(["*/*", "text/event-stream"]))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_is_answered_with_a_fault(app: FastAPI, method: str, path: str) -> None:
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @example(("putin", {}, b'{"\\r":null}', "*/*"))
    @given(requests(described(app, method, path)))
    def check(sent: Sent) -> None:
        name, query, body, accept = sent
        address = re.sub(r"{\w+}", lambda _: quote(name, safe="") or "%20", path)
        headers = KEY | {"Accept": accept}

        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
                url = httpx.URL(f"http://own{address}?{urlencode(query)}")
                return await client.request(method, url, content=body, headers=headers)

        reply = asyncio.run(go())
        assert reply.status_code < 500, reply.text
        assert "Something went wrong" not in reply.text  # in a stream, whose status is sent
        if reply.status_code >= 400:
            assert reply.json().keys() == {"error"}
            assert len(reply.json()["error"].splitlines()) == 1

    check()


def test_every_route_of_the_description_is_tried(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert {(m.upper(), path) for path in paths for m in paths[path]} == set(OPERATIONS)
