"""What is said of a damaged article, by every route, page and command: that it is, and no word."""

import asyncio
import html
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from bot.__main__ import cli as bot
from bot.settings import Settings
from index.__main__ import cli as index
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from tests.archives import story
from tests.commands import run_command
from tests.echo import citing_site
from tests.test_checksums import ALTERED, alter

NAMED = "The article 'story-5' is damaged"
VALUES = {
    "q": "what matters?",
    "question": "what matters?",
    "id": "story-5",
    "article": "story-5",
    "article_id": "story-5",
    "name": "Ann Lee5",
    "speaker": "Ann Lee5",
    "start": "0",
    "end": "20",
}
# What tells of this very article has to say so.
OF_THE_ARTICLE = {"/article", "/api/articles/story-5", "/api/cite"}


@pytest.fixture
def folder(tmp_path: Path, embedder: Embedder) -> Path:
    """An archive of two articles, one of them damaged."""
    with Archive.open(tmp_path / "archive", create=True) as archive:
        list(ingest(archive, lambda: embedder, [story(5), story(2)]))
    alter(tmp_path / "archive", ALTERED["text"])
    return tmp_path / "archive"


@pytest.fixture
def app(folder: Path, embedder: Embedder) -> Iterator[FastAPI]:
    with citing_site(folder, embedder, Settings()) as app:
        yield app


def test_every_route_says_that_it_is_damaged_or_leaves_it_out(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    paths = {
        str(found.path).replace("{article_id:path}", "story-5")
        for found in iter_route_contexts(app.routes)
        if isinstance(found.route, APIRoute) and "GET" in (found.route.methods or ())
    }
    assert paths > OF_THE_ARTICLE

    async def read(path: str) -> httpx.Response:
        known = app.openapi()["paths"].get(path.replace("story-5", "{article_id}"), {})
        taken = known.get("get", {}).get("parameters", ())
        names = {each["name"] for each in taken if each["in"] == "query"}
        given = {n: v for n, v in VALUES.items() if n in names or not path.startswith("/api/")}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
            return await client.get(path, params=given)

    said = {path: asyncio.run(read(path)) for path in sorted(paths)}
    assert not [path for path, reply in said.items() if "natters" in reply.text]
    for path in OF_THE_ARTICLE:
        assert said[path].status_code == 500, path
        assert NAMED in html.unescape(said[path].text), path
    others = {path: reply for path, reply in said.items() if reply.status_code >= 500}
    assert not [path for path, r in others.items() if "is damaged" not in r.text], others
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("program", "words", "is_told"),
    [
        (index, ("list",), False),
        (index, ("list", "--json"), False),
        (index, ("check",), True),
        (index, ("corrections", "export"), False),
        (index, ("versions", "story-5"), True),
        (index, ("edit", "story-5", "--title", "Another"), True),
        (index, ("remove", "story-5"), False),
        (bot, ("ask", "what did Ann Lee5 say?"), True),
    ],
)
def test_every_command_says_that_it_is_damaged_or_needs_none_of_its_words(
    folder: Path, program: click.Command, words: tuple[str, ...], is_told: bool
) -> None:
    n = 2 if words[0] == "corrections" else 1
    done = run_command(program, "python -m any", *words[:n], "--archive", folder, *words[n:])
    said = done.stdout + done.stderr
    assert "Usage:" not in said
    assert "Traceback" not in said
    assert "natters" not in said
    assert ("damaged" in said and "story-5" in said) == is_told
    assert bool(done.returncode) == is_told
