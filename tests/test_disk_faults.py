"""What is said where the disk is full, the archive is gone, or a reader hinders its tidying."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.settings import Secrets, Settings
from index.archive import sqlite
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from tests.archives import story
from tests.echo import citing_site

TOKEN = "the-writers-token"  # noqa: S105 - opens nothing else
KEY = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def folder(tmp_path: Path, embedder: Embedder) -> Path:
    """An archive of three articles."""
    with Archive.open(tmp_path / "archive", create=True) as archive:
        list(ingest(archive, lambda: embedder, map(story, range(3))))
    return tmp_path / "archive"


@pytest.fixture
def app(folder: Path, embedder: Embedder) -> Iterator[FastAPI]:
    settings = Settings(secrets=Secrets(write_token=TOKEN))
    with citing_site(folder, embedder, settings) as app:
        yield app


def send(app: FastAPI, method: str, path: str, json: object = None) -> httpx.Response:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
            return await client.request(method, path, json=json, headers=KEY)

    return asyncio.run(go())


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Files that cannot grow, as SQLite finds them on a full disk; `folder` is made before."""
    monkeypatch.setattr(sqlite, "_PRAGMAS", (*sqlite._PRAGMAS, "PRAGMA max_page_count = 1"))


@pytest.mark.usefixtures("full")
def test_a_full_disk_is_told_and_nothing_is_half_there(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    text = "\n".join(f"The ferry of day {n} was late, said Ann Lee." for n in range(300))
    reply = send(app, "POST", "/api/articles", {"articles": [{"id": "long", "body": text}]})
    assert reply.status_code == 507
    assert reply.json() == {"error": "There is no room left on the server’s disk."}
    assert "no room left" in caplog.text
    assert "Traceback" not in caplog.text
    assert send(app, "GET", "/api/articles").json()["total"] == 3
    assert send(app, "GET", "/api/articles/long").status_code == 404


def test_an_archive_that_is_gone_is_told_and_read_again_when_it_is_back(
    app: FastAPI, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = folder.rename(folder.with_name("away"))
    for method, path in (
        ("GET", "/api/articles"),
        ("GET", "/api/articles/story-1"),
        ("DELETE", "/api/articles/story-1"),
        ("GET", "/library"),
        ("GET", "/article?id=story-1"),
    ):
        reply = send(app, method, path)
        assert reply.status_code == 503
        assert int(reply.headers["Retry-After"]) > 0
        assert str(folder) not in reply.text
    assert "Traceback" not in caplog.text
    away.rename(folder)
    assert send(app, "GET", "/api/articles").json()["total"] == 3


def test_a_removal_is_done_though_its_words_cannot_be_wiped_yet(app: FastAPI, folder: Path) -> None:
    path = folder / "archive.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        reply = send(app, "DELETE", "/api/articles/story-1")
        assert (reply.status_code, reply.json()["removed"]) == (200, "story-1")
        assert reply.json()["wiped"] is False
        assert send(app, "GET", "/api/articles/story-1").status_code == 404
    assert send(app, "DELETE", "/api/articles/story-2").json()["wiped"] is True
    assert b"Opening1" in story(1).text.encode()
    assert b"Opening1" not in path.read_bytes()
