"""Words under an embargo: in no answer, list, page, feed, reply or log, by whatever way they come.

The routes are those that the app has, so that one that somebody adds is tried too.
"""

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from bot.answerer import Answerer
from bot.selecting.reading.reader import Reader
from bot.service import Service
from bot.settings import Limits, Secrets, Settings
from bot.web.site import make_site
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from tests.test_formats import G2, LATER, NINJS_1, NITF
from tests.test_rights import ARTICLE, ROUTES, VALUES, WRITER, plain, taken

# Words of an article's text and of its details, that nothing else has.
SECRETS = ("zugzwang", "quokka", "xylophag")
BODY = "Ann Lee said the zugzwang clause stops the ferry."
DETAILS = {"title": "Quokka ferry", "author": "Bo Xylophag", "embargo": LATER}
SENT = (
    ("a.json", json.dumps({"body": BODY, **DETAILS})),
    ("b.jsonl", json.dumps({"body": BODY, **DETAILS, "id": "ferry-2"})),
    ("c.csv", f"title,body,embargo until\nQuokka ferry,{BODY},{LATER}\n"),
    ("d.md", f"---\ntitle: Quokka ferry\nembargo: {LATER}\n---\n{BODY}\n"),
    ("e.json", json.dumps(NINJS_1 | {"body_text": BODY, "headline": "Quokka", "embargoed": LATER})),
    (
        "f.xml",
        G2.replace("<pubStatus", f"<embargoed>{LATER}</embargoed><pubStatus").replace(
            "<p>", f"<p>{BODY} "
        ),
    ),
    (
        "h.eml",
        "From: Xylophag <x@x.example>\nSubject: Quokka ferry\n"
        f"Date: Tue, 25 Feb 2025 09:00:00 +0000\n\nEMBARGOED UNTIL {LATER[:10]}\n\n{BODY}\n",
    ),
    ("i.txt", f"Quokka ferry\n\nUnder embargo until {LATER[:10]}\n\n{BODY}\n"),
    ("g.nitf", NITF.replace('"usable"', '"embargoed"').replace("<p>", f"<p>{BODY} ")),
)
KEY = {"Authorization": f"Bearer {WRITER}"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("embargo")
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: embedder, [ARTICLE]))
        answerer = Answerer(archive, embedder, Reader.load())
        settings = Settings(limits=Limits(per_minute=100_000), secrets=Secrets(write_token=WRITER))
        app = make_site(Service(lambda: answerer), settings)
        with TestClient(app, base_url="http://localhost", headers=KEY) as client:
            yield client


def leaks(said: str) -> list[str]:
    return [word for word in SECRETS if word in plain(said).lower()]


def by_every_route(client: TestClient) -> Iterator[tuple[str, str]]:
    """All that each route says, but the one that removes."""
    for method, path in ROUTES:
        if method == "DELETE":
            continue
        for accept in ("text/html", "text/event-stream" if path == "/api/ask" else "*/*"):
            # None has a secret word: what a visitor types is said again, and kept.
            for asked in ("what did Ann Lee say?", "what is new on the ferry?", "clause"):
                values = VALUES | {"topic": "ferry", "q": asked, "question": asked}
                parameters, fields = taken(method, path, values)
                sent = json.dumps(fields) if method == "POST" else None
                reply = client.request(
                    method,
                    path,
                    params={name: str(value) for name, value in parameters.items()},
                    content=sent,
                    headers={"Accept": accept},
                )
                yield f"{method} {path}", reply.text


def test_no_route_and_no_log_has_a_word_of_it(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, content in SENT:
        reply = client.post("/api/articles", files=[("files", (name, content.encode()))])
        taken = reply.json()
        assert [taken[what] for what in ("added", "replaced")] == [[], []], name
        assert "under an embargo" in taken["problems"][0]["problem"], name
        assert leaks(reply.text) == [], name
    record = {"id": "ferry-3", "body": BODY, **DETAILS}
    reply = client.post("/api/articles", json={"articles": [record]})
    assert (reply.json()["added"], leaks(reply.text)) == ([], [])
    told = list(by_every_route(client))
    assert {place for place, said in told if "The ferry stops" in plain(said)} >= {
        "GET /article",
        "GET /feed/said",
        "POST /api/ask",
    }
    assert [(place, leaks(said)) for place, said in told if leaks(said)] == []
    assert leaks(caplog.text) == []


def test_it_is_nowhere_on_the_disk(
    client: TestClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = next(tmp_path_factory.getbasetemp().glob("embargo*"))
    everything = b"".join(path.read_bytes() for path in folder.iterdir()).lower()
    assert b"ferry" in everything
    assert [word for word in SECRETS if word.encode() in everything] == []
