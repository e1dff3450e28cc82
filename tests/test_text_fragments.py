"""Addresses that open a page at a sentence, tried in a real browser.

The page colours what the browser found, so a picture of it shows whether that is the sentence.
"""

import contextlib
import html
import io
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Error, Page

from bot.rendering.text_fragments import sentence_address, web_url
from index.attribution.layout.sentences import split_sentences
from index.schema import Article, Span
from tests.serving import chromium

URL = "https://news.example/a"
STYLE = """body{margin:8px;width:740px;font:10px/14px sans-serif} p{margin:0 0 4px}
::target-text{background:#f00}"""
# Text, and the words in it that are cited: the last of several.
AWKWARD = {
    "said twice": ("It rained. He left. She sang. He left. It rained.", "He left."),
    "a heading says it too": ("He left\nAnn was there. He left\nAnd so on.", "He left"),
    "only the case differs": ("NO MEANS NO. It rained. No means no.", "No means no."),
    "other quotation marks": ("\"No,\" he said. “No,” he said.", "“No,” he said."),
    "an accent less": ("The cafe shut. It rained. The café shut.", "The café shut."),
    "separators": ("Up. A well-known, 50% R&D - plan. Down.", "A well-known, 50% R&D - plan."),
    "no-break spaces": ("Up. It\xa0cost 5\xa0000 dollars. Down.", "It\xa0cost 5\xa0000 dollars."),
    "inside other words": ("Another man left. It rained. Her man left.", "Her man left."),
    "over two paragraphs": ("He said no. “It is late.\n“We go.” They sang.", "late.\n“We go.”"),
    "Chinese": ("他说：“不会派兵。” 他离开了。", "他离开了。"),
    "Arabic": ("قال الرئيس إن الحرب انتهت. ثم غادر المدينة.", "ثم غادر المدينة."),
    "long, and its beginning said before": (
        "He said that he would go there now. It rained. "
        + "He said that he would go there " * 4 + "then.",
        "He said that he would go there " * 4 + "then.",
    ),
    "long, and its end said inside it": (
        "It rained. A man said that it was in the end what it was in the end, "
        "and so they all thought of it, for it was in the end what it was. It rained.",
        "A man said that it was in the end what it was in the end, "
        "and so they all thought of it, for it was in the end what it was.",
    ),
}  # fmt: skip
RECTANGLES = """([start, end]) => {
    const found = [];
    let at = 0;
    for (const line of document.querySelectorAll("p")) {
        const length = line.textContent.length;
        const from = Math.max(0, start - at), to = Math.min(length, end - at);
        at += length + 1;
        if (from >= to) continue;
        const range = document.createRange();
        range.setStart(line.firstChild, from);
        range.setEnd(line.firstChild, to);
        for (const r of range.getClientRects()) found.push([r.left, r.top, r.right, r.bottom]);
    }
    return found;
}"""


class Publisher(BaseHTTPRequestHandler):
    """Answers with the text of the query as a page, a paragraph a line."""

    def do_GET(self) -> None:  # the name is the library's
        """Send the page."""
        text = parse_qs(urlsplit(self.path).query).get("text", [""])[0]
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
        body = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{lines}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401 - the library's
        """Nothing."""


@dataclass(frozen=True)
class Reader:
    """A browser in front of a publisher."""

    page: Page
    site: str

    def finds(
        self, text: str, addresses: Sequence[str | None], spans: Sequence[Span], patience: float = 5
    ) -> bool:
        """Whether all the spans are marked when the addresses are opened, and nothing else.

        An address may carry 16 text directives; the browser looks for each from the top, after it
        has shown the page: it is given `patience` seconds.
        """
        directives = "&".join(str(address).partition(":~:")[2] for address in addresses)
        self.page.goto("about:blank")
        self.page.goto(f"{self.site}?text={quote(text)}#:~:{directives}")
        edges = [self.page.evaluate(RECTANGLES, [span.start, span.end]) for span in spans]
        end = time.monotonic() + patience
        while not self._shows([edge for found in edges for edge in found]):
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def _picture(self) -> bytes:
        """The page as it is; a busy Chromium may be unable to take it, and able a moment later."""
        for _ in range(3):
            with contextlib.suppress(Error):
                return self.page.screenshot()
            time.sleep(0.5)
        return self.page.screenshot()

    def _shows(self, rectangles: Sequence[Sequence[float]]) -> bool:
        """Whether these parts of the page are marked, and nothing else."""
        picture = Image.open(io.BytesIO(self._picture())).convert("RGB")
        red = (np.asarray(picture) == (255, 0, 0)).all(axis=2)
        wanted = np.zeros_like(red)
        for edges in rectangles:
            left, top, right, bottom = (round(edge) for edge in edges)
            here = red[top + 2 : bottom - 2, left + 2 : right - 2]
            if right - left > 8 and (here.size == 0 or here.mean() < 0.1):
                return False
            wanted[top - 1 : bottom + 1, max(0, left - 1) : right + 2] = True
        return not (red & ~wanted).any()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with server, chromium() as browser:
        page = browser.new_page(viewport={"width": 760, "height": 1100})
        yield Reader(page, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


@pytest.mark.parametrize("first", [0, 1])
def test_chromium_finds_every_second_sentence_of_the_seed_article(
    reader: Reader, article: Article, first: int
) -> None:
    text = article.text.strip()
    spans = [sentence.span for sentence in split_sentences(text)][first::2]
    assert 14 <= len(spans) <= 16
    addresses = [sentence_address(URL, text, span) for span in spans]
    assert reader.finds(text, addresses, spans)
    # The check can fail: one sentence is not looked for, or another one is.
    assert not reader.finds(text, addresses[1:], spans, patience=0.5)
    assert not reader.finds(text, addresses, spans[1:], patience=0.5)


@pytest.mark.parametrize("name", AWKWARD)
def test_chromium_finds_the_words(reader: Reader, name: str) -> None:
    text, words = AWKWARD[name]
    span = Span(text.rindex(words), text.rindex(words) + len(words))
    assert reader.finds(text, [sentence_address(URL, text, span)], [span])


def test_a_sentence_that_is_also_the_headline_gets_context() -> None:
    text = "Troops leave. It rained."
    assert sentence_address(URL, text, Span(0, 13)) == f"{URL}#:~:text=Troops%20leave."
    address = sentence_address(URL, text, Span(0, 13), "Troops leave.")
    assert address == f"{URL}#:~:text=Troops%20leave.,-It%20rained."


def test_a_long_sentence_is_given_by_its_first_and_last_words() -> None:
    text = "It rained. " + " ".join(f"word{n}" for n in range(30)) + ". It rained."
    address = sentence_address(URL, text, Span(11, len(text) - 11))
    assert address == (
        f"{URL}#:~:text=word0%20word1%20word2%20word3%20word4,"
        "word25%20word26%20word27%20word28%20word29."
    )


def test_context_is_taken_from_the_same_paragraph_first() -> None:
    text = "No.\nNo. Two.\nThree. No.\nNo. Four."
    assert sentence_address(URL, text, Span(4, 7)) == f"{URL}#:~:text=No.,-Two."
    assert sentence_address(URL, text, Span(20, 23)) == f"{URL}#:~:text=Three.-,No."


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/x#part", "https://a.example/x#part:~:text=No."),
        ("https://a.example/x#:~:text=old", "https://a.example/x#:~:text=No."),
        ("https://a.example/x#p:~:text=old", "https://a.example/x#p:~:text=No."),
        (" HTTPS://a.example/a b\n", "HTTPS://a.example/a%20b#:~:text=No."),
        (
            "https://a.example/x?a=1&lt;=2;&#60;",
            "https://a.example/x?a=1&lt%3B=2;&#60%3B:~:text=No.",
        ),
        ("https://bücher.example/é?q=“x”", None),
        ("javascript:alert(1)", "none"),
        ("data:text/html,x", "none"),
        ("//a.example/x", "none"),
        ("a.example", "none"),
        ("http://[::1]/x", "none"),
        ("http://[", "none"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_addresses_are_of_the_web_and_keep_their_own_fragment(
    url: str | None, address: str | None
) -> None:
    made = sentence_address(url, "No.", Span(0, 3))
    if address == "none":
        assert made is None
    else:
        assert made is not None
        assert made.isascii()
        assert address in (None, made)


@given(st.text())
def test_no_character_of_an_address_is_markup_anywhere(path: str) -> None:
    url = web_url(f"https://news.example/{path}")
    assert url is not None
    assert re.fullmatch(r"[A-Za-z0-9%/:?#&=;+,!$@.\-_]*", url)
    assert "__" not in url


@given(st.text(alphabet="ab .,-&é“\n", max_size=60), st.integers(0, 59), st.integers(1, 60))
def test_the_directive_holds_words_of_the_article_only(text: str, start: int, n: int) -> None:
    span = Span(start, start + n)
    if span.end > len(text):
        return
    address = sentence_address(URL, text, span)
    assert address is not None
    if not span.of(text).strip():
        assert address == URL
        return
    directive = address.removeprefix(f"{URL}#:~:text=")
    shape = re.fullmatch(
        r"((?P<prefix>[^-,&]+)-,)?(?P<start>[^-,&]+)(,(?P<end>[^-,&]+))?(,-(?P<suffix>[^-,&]+))?",
        directive,
    )
    assert shape
    for term in filter(None, shape.groupdict().values()):
        assert unquote(term) in " ".join(text.split())


def test_a_word_without_end_makes_no_endless_address() -> None:
    assert sentence_address(URL, "x" * 5000, Span(0, 5000)) == URL
    around = f"{'x.' * 5000} No. {'y.' * 5000}"
    address = sentence_address(URL, around, Span(10_001, 10_004), "No.")
    assert address is not None
    assert len(address) < 2000


def test_a_long_article_costs_no_time() -> None:
    text = "He said no again and again. " * 200_000
    address = sentence_address(URL, text, Span(28 * 150_000, 28 * 150_000 + 27))
    assert address is not None
    assert len(address) < 2000
