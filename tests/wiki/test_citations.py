"""Citations to take away, pasted into real wikis: a reader sees the words, and nothing acts."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from bot.rendering.citation_formats import Format, export
from bot.rendering.excerpt import Excerpt
from tests.serving import fetch
from tests.test_citation_formats import FULL, HOSTILE, hostile
from tests.wiki.wikis import Wiki, dokuwiki, free_port, mediawiki, need_packages

pytestmark = pytest.mark.wiki

# In place of the one of Wikipedia, which needs its modules: every field, where it would stand.
CITE_NEWS = "{{{author|}}} “[{{{url}}} {{{title}}}]” ''{{{work|}}}'' {{{date|}}} “{{{quote}}}”"
NOWHERE = "http://127.0.0.1:1"
_BLANK = re.compile(r"[\s\xa0]+")


class Footnote(HTMLParser):
    """The text, the links and the elements inside the first element of that class."""

    def __init__(self, name: str, html: str) -> None:
        super().__init__()
        self._name = name
        self._open: list[str] = []
        self.text = ""
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        given = dict(attrs)
        if self._open:
            self.tags.add(tag)
            self.links += [given["href"] or ""] if "href" in given else []
        if tag not in ("br", "img", "hr") and (self._open or given.get("class") == self._name):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if self._open:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data if self._open else ""


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    need_packages()
    pages = {"Template:Cite news": CITE_NEWS}
    with mediawiki(tmp_path_factory.mktemp("media"), free_port(), NOWHERE, pages) as running:
        yield running


@pytest.fixture(scope="module")
def doku(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    need_packages()
    with dokuwiki(tmp_path_factory.mktemp("doku"), free_port(), NOWHERE, {}) as running:
        yield running


def saved(wiki: Wiki, text: str) -> str:
    """What MediaWiki shows of a text as it would be after it was saved."""
    query = {"action": "parse", "format": "json", "contentmodel": "wikitext", "prop": "text"}
    body = urlencode(query | {"pst": 1, "text": f"{text}\n<references />\nAfter."}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return str(json.loads(fetch(f"{wiki.url}api.php", body, **form).text)["parse"]["text"]["*"])


def plain(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def told(excerpt: Excerpt) -> list[str]:
    """Everything that a reader is to see."""
    parts = [excerpt.words, excerpt.said_by, excerpt.title, excerpt.outlet, excerpt.day]
    return [plain(part) for part in parts if part]


def excerpts() -> list[Excerpt]:
    pairs = zip(HOSTILE, HOSTILE[1:] + HOSTILE[:1], strict=True)
    return [FULL, *(hostile(words, other) for words, other in pairs)]


@pytest.mark.parametrize("format", ["mediawiki", "mediawiki-plain"])
def test_a_reference_in_mediawiki_shows_the_words_and_two_links(
    media: Wiki, format: Format
) -> None:
    for excerpt in excerpts():
        text = export(excerpt, format)
        html = saved(media, text)
        note = Footnote("reference-text", html)
        assert [part for part in told(excerpt) if part not in plain(note.text)] == [], text
        assert note.links == [excerpt.address, excerpt.verbatim], text
        assert note.tags <= {"a", "i"}, text
        assert html.count('class="reference-text"') == 1, text
        assert "error" not in html, text
        assert "\n<p>After.\n</p>" in html, text


def test_a_footnote_in_dokuwiki_shows_the_words_and_two_links(doku: Wiki) -> None:
    for excerpt in excerpts():
        text = export(excerpt, "dokuwiki")
        html = doku.show(f"Before{text} after.", 1)
        note = Footnote("content", html)
        assert [part for part in told(excerpt) if part not in plain(note.text)] == [], text
        assert note.links == [excerpt.address, excerpt.verbatim], text
        assert note.tags <= {"a"}, text
        assert html.count('class="content"') == 1, text
        assert re.search(r"Before<sup>.*</sup> after\.", html), text
