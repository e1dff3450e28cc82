"""Citations by the API: from the archive, for places that are there, never as HTML."""

import contextlib
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from bot.answerer import Answerer
from bot.query.people.directory import Directory
from bot.rendering.citation_formats import FORMATS, Format
from bot.service import Service
from bot.web.api import cite as cite_api
from index.archive.archive import Archive
from index.schema import Article, NotFound, RequestError
from tests.archives import put
from tests.visitors import let_in

TEXT = (
    "Ann Lee met Bo Li on Friday. “No troops will go,” said Ann Lee, "
    "while Bo Li said that the talks in Paris would go on for years. It rained <b>."
)
ARTICLE = Article("news/a b", TEXT, "Talks & <i>", url="https://news.example/a")
LETTER = Article("letter", "“We won. We did it. Really,” wrote Ann Lee. It rained.")
START, END = TEXT.index("“No"), TEXT.index(" It rained")
REFUSED: dict[str, tuple[dict[str, str | int], type[RequestError], str]] = {
    "no such article": ({"article": "b"}, NotFound, "There is no article 'b'."),
    "empty": ({"start": END, "end": END}, RequestError, "no characters"),
    "backwards": ({"start": END, "end": START}, RequestError, "no characters"),
    "beyond the end": ({"end": len(TEXT) + 1}, RequestError, f"the article has {len(TEXT)}"),
    "not their words": ({"speaker": "Vladimir Putin"}, RequestError, "'Vladimir Putin'"),
    "somebody else's link": ({"permalink": "https://evil.example/?q=x"}, RequestError, "address"),
    "an older text": ({"version": "0" * 64}, RequestError, "has changed since"),
    "no link": ({"permalink": "javascript:alert(1)"}, RequestError, "address"),
}


class Shelf(Answerer):
    """An archive that nobody asks anything: no models."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def directory(self) -> Directory:
        """Who is who, from the articles' own names."""
        return Directory(self.archive.register())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with Archive.open(tmp_path_factory.mktemp("archive"), create=True) as archive:
        put(archive, ARTICLE)
        put(archive, Article("long", "word " * 3000))
        put(archive, LETTER)
        shelf = Shelf(archive)
        app = FastAPI(dependencies=[Depends(let_in)])
        app.include_router(cite_api.router(Service(lambda: shelf)))
        yield TestClient(app, base_url="http://bot.example")


def cite(client: TestClient, **changes: str | int) -> str:
    place: dict[str, str | int] = {"article": ARTICLE.id, "start": START, "end": END}
    reply = client.get("/api/cite", params=place | changes)
    assert reply.status_code == 200, reply.text
    return reply.text


def test_words_speaker_and_kind_come_from_the_archive(client: TestClient) -> None:
    link = "http://bot.example/?q=x&a=1"
    lines = cite(client, permalink=link, version=ARTICLE.version).splitlines()
    assert lines[0] == TEXT[START:END]
    assert lines[1] == "— Bo Li (reported), Ann Lee (quoted), “Talks & <i>”"
    assert lines[2].startswith("https://news.example/a#:~:text=")
    assert lines[3] == link


def test_a_speaker_is_chosen_among_those_who_speak_there(client: TestClient) -> None:
    assert "— Ann Lee (quoted), " in cite(client, speaker="Ann Lee")
    place = f"article={quote(ARTICLE.id)}&start={START}&end={END}"
    both = client.get(f"/api/cite?{place}&speaker=Ann+Lee&speaker=Bo+Li")
    assert "— Ann Lee (quoted), Bo Li (reported), “Talks" in both.text
    assert "— “Talks" in cite(client, start=0, end=28)


def test_a_quotation_that_goes_on_is_cited_as_cut(client: TestClient) -> None:
    second = LETTER.text.index("We did it.")
    words = cite(client, article=LETTER.id, start=second, end=second + 10).splitlines()[0]
    assert words == "[…] We did it. […]"
    whole = cite(client, article=LETTER.id, start=0, end=LETTER.text.index(" It rained"))
    assert whole.splitlines()[0] == LETTER.text.removesuffix(" It rained.")


@pytest.mark.parametrize("format", FORMATS)
def test_no_notation_is_sent_as_html(client: TestClient, format: Format) -> None:
    params: dict[str, str | int] = {"article": ARTICLE.id, "start": START, "end": len(TEXT)}
    reply = client.get("/api/cite", params=params | {"format": format})
    wanted = "application/ld+json" if format == "json-ld" else "text/plain; charset=utf-8"
    assert reply.headers["content-type"] == wanted


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_there_is_refused_in_a_line(client: TestClient, name: str) -> None:
    changes, kind, reason = REFUSED[name]
    with pytest.raises(kind, match=re.escape(reason)) as caught:
        cite(client, **changes)
    assert "\n" not in str(caught.value)


def test_an_article_is_no_citation(client: TestClient) -> None:
    with pytest.raises(RequestError, match="too long"):
        cite(client, article="long", start=0, end=15_000)


@pytest.mark.parametrize(
    "changes",
    [{"start": -1}, {"start": "x"}, {"format": "latex"}, {"end": 10**30}, {"article": ""}],
)
def test_what_cannot_be_read_is_refused(client: TestClient, changes: dict[str, str | int]) -> None:
    place: dict[str, str | int] = {"article": ARTICLE.id, "start": START, "end": END}
    assert (
        client.get("/api/cite", params=place | changes).status_code == 422
    )  # 400 by the site's handler


def test_annotations_are_all_statements_of_the_article(client: TestClient) -> None:
    reply = client.get("/api/annotations", params={"article": ARTICLE.id})
    assert reply.headers["content-type"] == "application/ld+json"
    items = reply.json()["items"]
    assert [item["body"][0]["value"] for item in items] == ["Ann Lee", "Bo Li"]
    assert items[0]["target"]["selector"][0]["exact"] == "“No troops will go,”"
    with pytest.raises(NotFound):
        client.get("/api/annotations", params={"article": "b"})


@given(
    st.sampled_from([ARTICLE.id, "long", "b"]),
    st.integers(-1, len(TEXT) + 1),
    st.integers(-1, len(TEXT) + 1),
    st.sampled_from(FORMATS),
    st.sampled_from(["", "Ann Lee"]) | st.text(max_size=5),
)
def test_any_place_is_cited_or_refused(
    client: TestClient, article: str, start: int, end: int, format: Format, speaker: str
) -> None:
    place: dict[str, str | int] = {"article": article, "start": start, "end": end}
    with contextlib.suppress(RequestError):
        reply = client.get("/api/cite", params=place | {"format": format, "speaker": speaker})
        assert reply.status_code in (200, 422)
