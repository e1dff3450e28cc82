"""The pages that need no script: one to ask on, and one that other sites frame.

The latter is tested in a browser and in wikis by `make wiki`.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from bot.answer import Answer, Block, Citation, CitedSentence, Refusal
from bot.filters import NO_FILTERS, Filters
from bot.service import Service
from bot.settings import Limits, Settings
from bot.web.pages.plain import router
from index.schema import Article, Span
from tests.echo import Echo
from tests.fragments import in_block
from tests.visitors import let_in

NASTY = "<script>alert(1)</script> said </blockquote> {{ 7 * 7 }} \u202eno\u202c."
ARTICLE = Article(
    'a"><b>&id=1',
    f"“Yes,” Ann Lee said. {NASTY}",
    title="<b>Title</b>",
    source="<i>Post</i>",
    published="2025-09-05",
    url="https://post.example/a?b=1&c='\"><script>",
)
COPY = Article("copy", "“Yes,” Ann Lee said.", url="javascript:alert(1)")


class Fixed(Echo):
    """Knows three questions; what is asked otherwise it refuses."""

    def answer(
        self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> Answer:
        """Two sentences, one of them in two articles, or a refusal."""
        if question == "break":
            raise RuntimeError("/srv/secret")
        if question not in ("who?", "both?"):
            suggestions = ('what did "Ann & <b>Lee" say?',)
            return Answer(question, "<u>No</u>.", "", (), Refusal("off_topic", suggestions))
        end = len("“Yes,” Ann Lee said.")
        first = Citation(1, ARTICLE, Span(0, end), 2.0, "Ann <Lee>", "direct")
        copy = Citation(2, COPY, Span(0, end), 1.5, "Ann Lee", "direct")
        second = Citation(3, ARTICLE, Span(end + 1, len(ARTICLE.text)), 1.0)
        if question == "both?":
            block = replace(in_block(first, replace(second, number=2)), begins_inside=True)
            return Answer(question, "2 sentences.", "", (block,))
        blocks = (
            Block(1, (CitedSentence(first.text, (first, copy)),)),
            in_block(second, number=2),
        )
        return Answer(question, "2 sentences.", "Ann <Lee>", blocks)


def client(service: Service, settings: Settings) -> TestClient:
    """A visitor of an app that has these routes only."""
    app = FastAPI(dependencies=[Depends(let_in)])
    app.include_router(router(service, settings))
    return TestClient(app)


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    settings = Settings(origins=("https://wiki.example",), limits=Limits(question=60))
    with client(Service(Fixed, 60), settings) as visitor:
        visitor.get("/frame", params={"q": "who?"})
        yield visitor


def frame(site: TestClient, status: int = 200, **query: str) -> str:
    """The page's HTML, as soon as the archive is open."""
    reply = site.get("/frame", params=query)
    while reply.status_code == 503:
        reply = site.get("/frame", params=query)
    assert reply.status_code == status
    return reply.text


def test_each_sentence_comes_with_speaker_outlet_date_and_the_way_to_its_place(
    site: TestClient,
) -> None:
    page = frame(site, q="who?")
    first = page.split("<li>")[1]
    assert "<blockquote>“Yes&#44;” Ann Lee said&#46;</blockquote>" in first
    assert "<b>Ann &#60;Lee&#62;</b> (quoted)" in first
    assert "5 September 2025" in first
    places = re.findall(r'class="number" href="([^"]+)" target="_blank" rel="noopener"', page)
    assert places == [
        "article?id=a%22%3E%3Cb%3E%26id%3D1&amp;start=0&amp;end=20#s-0",
        "article?id=copy&amp;start=0&amp;end=20#s-0",
        f"article?id=a%22%3E%3Cb%3E%26id%3D1&amp;start=21&amp;end={len(ARTICLE.text)}#s-21",
    ]
    assert 'href="https://post.example/a?b=1&amp;c=%27%22%3E%3Cscript%3E#:~:text=' in first
    assert 'href="./?q=who%3F" target="_blank"' in page


def test_a_block_shows_each_voice_and_where_its_quotation_is_cut(site: TestClient) -> None:
    page = frame(site, q="both?")
    (item,) = page.split("<li>")[1:]
    quotes = re.findall("<blockquote>(.*?)</blockquote>", item)
    assert len(quotes) == 2
    assert quotes[0].startswith("&#91;…&#93; “Yes")
    marks = re.findall(r'class="number"[^>]*>([^<]*)<', item)
    assert marks == ["[1-2]"]
    assert item.index("Ann") < item.index("The article") < item.index("Publisher")


def test_hostile_text_comes_out_as_text(site: TestClient) -> None:
    page = frame(site, q="who?")
    assert "&#60;script&#62;alert&#40;1&#41;" in page
    assert "&#123;&#123; 7 &#42; 7 &#125;&#125;" in page
    assert 'title="U+202E"' in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="verbatim/frame.js" defer>']
    assert "<i>Post" not in page
    assert "javascript:" not in page
    asked = frame(site, q='"><img src=x onerror=alert(2)> \u202e')
    assert "<img" not in asked
    assert "\u202e" not in asked.split("</title>")[0]


def test_a_refusal_says_why_and_what_can_be_asked(site: TestClient) -> None:
    page = frame(site, q="why?", theme="dark")
    assert "&#60;u&#62;No&#60;&#47;u&#62;&#46;" in page
    assert (
        'href="frame?q=what%20did%20%22Ann%20%26%20%3Cb%3ELee%22%20say%3F&amp;theme=dark"' in page
    )
    assert "<ol>" not in page


@pytest.mark.parametrize(
    ("question", "status", "says"),
    [
        ("x" * 61, 400, "too long&#58; at most 60"),
        ("break", 500, "Something went wrong"),
    ],
)
def test_a_problem_is_a_page_that_says_so(
    site: TestClient, question: str, status: int, says: str
) -> None:
    page = frame(site, status, q=question)
    assert says in page
    assert "secret" not in page
    assert '<form action="frame"' in page


def test_without_a_question_there_is_a_box_to_ask_in(site: TestClient) -> None:
    page = frame(site)
    assert '<form action="frame" method="get"' in page
    assert 'maxlength="60"' in page
    assert "<li>" not in page
    assert "problem" not in page


@pytest.mark.parametrize(
    ("asked", "shown"), [("light", "light"), ("auto", "auto"), ('"><b>', "light"), ("", "light")]
)
def test_a_theme_is_one_of_three(site: TestClient, asked: str, shown: str) -> None:
    assert f'<html lang="en" data-theme="{shown}"' in frame(site, theme=asked)


def test_the_page_knows_who_may_embed_it(site: TestClient) -> None:
    assert 'data-origins="https://wiki.example"' in frame(site)


def test_an_archive_that_is_still_opening_is_said_and_asked_again() -> None:
    gate = threading.Event()

    def opened() -> Fixed:
        gate.wait(20)
        return Fixed()

    with client(Service(opened), Settings()) as site:
        reply = site.get("/frame", params={"q": "who?"})
        assert reply.status_code == 503
        assert reply.headers["refresh"] == "2"
        assert "The archive is being opened" in reply.text
        gate.set()
        assert "Ann Lee said" in frame(site, q="who?")


def test_a_reader_without_scripts_asks_on(site: TestClient) -> None:
    page = site.get("/ask", params={"q": "who?", "after": ["what <b>?", "then?"]}).text
    assert "Asked after “what &#60;b&#62;&#63;”, “then&#63;”." in page
    assert "<blockquote>“Yes&#44;” Ann Lee said&#46;</blockquote>" in page
    assert re.search(r'class="number" href="article[^"]+" aria-label', page)
    earlier = re.findall(r'name="after" value="([^"]*)"', page)
    assert earlier == ["what &lt;b&gt;?", "then?", "who?"]
    assert '<form class="search" role="search" action="ask">' in page
    assert "<script" not in page


def test_a_refusal_on_the_plain_page_leads_on_in_its_theme(site: TestClient) -> None:
    page = site.get("/ask", params={"q": "why?", "__theme": "dark"}).text
    assert (
        'href="ask?q=what%20did%20%22Ann%20%26%20%3Cb%3ELee%22%20say%3F&amp;__theme=dark"' in page
    )
    assert 'name="__theme" value="dark"' in page


def test_a_question_that_cannot_be_asked_stays_in_the_box(site: TestClient) -> None:
    reply = site.get("/ask", params={"q": "break", "after": "who?"})
    assert reply.status_code == 500
    assert 'value="break"' in reply.text
    assert "secret" not in reply.text
    empty = site.get("/ask").text
    assert "Who said what?" in empty
    assert "problem" not in empty


def test_the_script_is_served_by_its_own_address(site: TestClient) -> None:
    reply = site.get("/embed.js")
    assert reply.headers["content-type"].startswith("text/javascript")
    here = Path(__file__).parent.parent
    assert reply.text == (here / "bot/web/static/embed.js").read_text(encoding="utf-8")


def test_the_wikis_share_one_look_and_one_script() -> None:
    """Each piece is installed alone, so each has a copy."""
    wiki = Path(__file__).parent.parent / "wiki"
    for resource, copy in (("verbatim.css", "style.css"), ("verbatim.js", "script.js")):
        original = wiki / "mediawiki/Verbatim/resources" / resource
        assert (wiki / "dokuwiki/verbatim" / copy).read_text() == original.read_text()
