"""The feeds that Verbatim gives, as a feed reader reads them."""

import time
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.atom import FeedEntry, atom
from bot.service import Service
from bot.settings import Access, Settings
from bot.web.site import make_site
from index.archive.archive import Archive
from index.schema import Article, Span
from tests.archives import put
from tests.echo import Citing

FERRY = Article(
    "ferry", "“The ferry stops,” Ann Lee said. It <b>rained</b> & blew.", "Ferry", None, "Post",
    "2024-05-06",
)  # fmt: skip
BRIDGE = Article("bridge", "Bo Li said the bridge is open.", "Bridge", None, "Post", "2024-05-07")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True) as archive:
        put(archive, FERRY)
        put(archive, BRIDGE)
        yield archive


@pytest.fixture
def client(archive: Archive) -> Iterator[TestClient]:
    service = Service(lambda: Citing(archive))
    with TestClient(make_site(service, Settings()), base_url="http://localhost") as client:
        yield client


def read(client: TestClient, path: str) -> feedparser.FeedParserDict:
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(reply.content)
    assert not found.bozo
    assert found.version == "atom10"
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    return found


def test_the_answers_to_a_question_are_entries(client: TestClient) -> None:
    found = read(client, "/feed?q=what+of+%3Cb%3E%26")
    assert (found.feed.title, found.feed.subtitle) == ("what of <b>&", "Cited.")
    assert {entry.link.partition("#")[0] for entry in found.entries} == {
        "http://localhost/article?id=ferry&start=0&end=32",
        "http://localhost/article?id=bridge&start=0&end=30",
    }
    assert all(time.time() - time.mktime(e.updated_parsed) < 1e6 for e in found.entries)


def test_what_somebody_says_is_followed_and_what_is_said_on_a_topic(client: TestClient) -> None:
    found = read(client, "/feed/said?speaker=Ann+Lee")
    (entry,) = found.entries
    assert (entry.author, found.feed.title) == ("Ann Lee", "Ann Lee")
    assert entry.content[0].value.startswith("“The ferry stops,” Ann Lee said.")
    assert [e.author for e in read(client, "/feed/said?topic=bridge").entries] == ["Bo Li"]
    assert read(client, "/feed/said?speaker=Nobody").entries == []
    assert client.get("/feed/said").status_code == 400
    assert client.get("/feed").status_code == 400


def test_a_new_answer_is_a_new_entry_and_the_others_stay_the_same(
    client: TestClient, archive: Archive
) -> None:
    before = {entry.id for entry in read(client, "/feed/said?topic=ferry").entries}
    moved = f"It rained. {FERRY.text}"
    put(archive, Article("ferry", moved, "Ferry", None, "Post", "2024-05-06"))
    put(archive, Article("late", "Bo Li said the ferry sails.", None, None, None, "2024-05-09"))
    after = {entry.id for entry in read(client, "/feed/said?topic=ferry").entries}
    assert len(before) == 1
    assert before < after
    archive.remove("late")
    assert {entry.id for entry in read(client, "/feed/said?topic=ferry").entries} == before


def test_who_has_the_feed_already_gets_nothing(client: TestClient, archive: Archive) -> None:
    tag = client.get("/feed/said?speaker=Bo+Li").headers["etag"]
    again = client.get("/feed/said?speaker=Bo+Li", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    archive.remove("bridge")
    changed = client.get("/feed/said?speaker=Bo+Li", headers={"If-None-Match": tag})
    assert changed.status_code == 200


def test_who_may_not_ask_or_read_gets_no_feed(archive: Archive) -> None:
    closed = Settings(access=Access(ask="token", read="token"))
    with TestClient(
        make_site(Service(lambda: Citing(archive)), closed), base_url="http://localhost"
    ) as client:
        for path in ("/feed?q=ferry", "/feed/said?topic=ferry"):
            reply = client.get(path)
            assert reply.status_code == 401
            assert "ferry" not in reply.text.lower()


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_words_make_a_feed_that_can_be_read(text: str, title: str) -> None:
    article = Article("a", text, title)
    entry = FeedEntry(article, Span(0, len(text)), title or None, "2026-01-01T00:00:00+00:00")
    made = atom(title, text, "http://x.example/feed?q=a&b", "http://x.example/", [entry, entry])
    found = feedparser.parse(made)
    assert not found.bozo
    assert [each.id for each in found.entries] == [entry.id]
