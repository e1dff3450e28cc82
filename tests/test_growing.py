"""Every reader, pattern and loop that meets foreign text takes time that grows with its length.

One table of texts that a loop may stumble on, each a piece said again and again, and one of all
that meets them. Twice the text may take two and a half times as long, never four.
"""

from collections.abc import Callable
from io import BytesIO

import pytest

from bot.drafting.draft_sentences import cut_draft
from bot.rendering.citation_formats import export
from bot.rendering.escape import inert
from bot.rendering.excerpt import Excerpt
from bot.rendering.text_fragments import sentence_address
from bot.selecting.topics import EMPTY_WORDS, topics_in
from index.attribution.people.identities import context_words
from index.document import analyse
from index.language.stems import stems
from index.printing import json_line, printable
from index.reading import markup
from index.reading.bylines import even
from index.reading.embargo_lines import embargo_over
from index.reading.encoding_detection import detect_encoding
from index.reading.encodings import decoded
from index.reading.formats.csv_files import read_rows
from index.reading.formats.feeds import read_feed, written
from index.reading.formats.jsonl import read_jsonl
from index.reading.formats.mail import read_message
from index.reading.formats.office import read_rtf
from index.reading.formats.pages import read_page
from index.reading.formats.plain import read_markdown, read_text
from index.reading.formats.registry import format_of
from index.reading.formats.subtitles import read_subtitles
from index.reading.formats.wiki import plain_of
from index.reading.read_results import Source
from index.reading.records import RecordError, make_article
from index.schema import Article, Span
from tests.growing import MOST, growth

_WORDS = """. .!? …” A. A.· Mr.· Dr·Lee·and· Ann·Lee·and· Ann,· said· Ann·said· he·said·that·
He·ran.· “No,”·said·Ann.· “No.¶ "no·" “ ” ' ( [ […]· ()· 1 1· 1,000, 1. May·2024· a- A& a.b. á·
— 。 LEE:· Ann:¶ Ann¶ · ¶ _ * # `` a@b. http://a.b/ according·to· the·president·of·the·
'kids'·hair· ‘a·kids’·b·""".split()
_MARKS = "\u0301\u0316"  # an article with many of them is refused before it is shown
_MARKUP = """< <a· <a·x=" <a·x=' <a·x='" <!-- <!--·--> <![CDATA[ ]]> ]] <!x <?x <p> </p> <b> <div>
<li>x <td> <table> <script> <script· </script> <meta· <meta·charset <q> <blockquote>
<article><h2><a·href=/x>y</a></h2><p>z <figure><blockquote>a <div·hidden>a
<a·href=x>y</a> & &amp; &nbsp; &a &# &#9 · ¶ <item> </item> <title>x</title>
<b·hidden>a</b>b <span> <img>""".split()
_MARKED = """* _ ` ``` [ [a]( ![ > >· -· -·a¶ #· | |a|b|¶ ~~ <a <!-- &amp; a¶ [a]:·b¶ *a_· **a· ](
*a*· \\ <b> = ! :""".split()
_WIKI = "{{ {{a| [[ [[a| '' ''' {| {{{ <ref> == * <nowiki> http://a· & ]] }} {{a}} ¶".split()
_AROUND = """Title:·a¶ ^a<¶ (MORE)¶ -30-¶ #· ENDS¶ BYLINE:·a¶ LENGTH:·a¶ By· By·Ann·Lee· a-
Embargoed·until·¶ ¶ · \u2019""".split()
_PROGRAMS = """{{< {{ {% %% [[a| [[ ==a == {: {a=b· ![[ [^a ::: ^a ·^a #a· >·[! -·[·]·""".split()
_POSTS = """[caption] [caption·[/caption] [a·b=' [a·b='c'· [gallery· [ <!--more ¶·¶ · <p""".split()
_MAILED = """From:·a¶ >·From:· --·Forwarded·message·--¶ Begin·forwarded·message:¶ ¶ · *
unsubscribe· if·you·would·like· view·this· .""".split()
_EMBARGOED = "embargoed·until· not·for·use· strict· press· 1· 1.· march· 3·march· - * ·".split()
_IN_A_TAG = """a=b· a="b"· a· a' a=" a=' ="'" = " ' / · ¶ < & &amp; xmlns:a="b"· a:b""".split()


def said(piece: str) -> Callable[[int], str]:
    """Texts that say a piece (· a space, ¶ a line's end) as often as it goes in."""
    words = piece.replace("·", " ").replace("¶", "\n")
    return lambda length: (words * (length // len(words) + 1))[:length]


def in_pieces(text: str) -> None:
    """Cut a draft that comes in little pieces, as the writer does."""
    rest = ""
    for start in range(0, len(text), 20):
        _, rest = cut_draft(rest + text[start : start + 20])


def feed(entry: str) -> Callable[[str], object]:
    """Read a feed with the text in its entry, which `entry` says."""

    def read(text: str) -> object:
        content = f"<rss><channel><item><title>x</title>{entry.format(text)}</item></channel></rss>"
        return read_feed(BytesIO(content.encode()), Source("feed"))

    return read


def page(before: str) -> Callable[[str], object]:
    """Read a page with the text after what stands before; over a bound it may be refused."""

    def read(text: str) -> object:
        try:
            return read_page(f"<html><body><article>{before}{text}".encode(), Source("page"))
        except RecordError:
            return None

    return read


def one(before: str, reader: Callable[[bytes, Source], object]) -> Callable[[str], object]:
    """Read a file that is one article, with the text where `before` says; it may be refused."""

    def read(text: str) -> object:
        try:
            return reader(before.format(text).encode(), Source("file"))
        except RecordError:
            return None

    return read


def wikitext(text: str) -> object:
    """Take the markup of a wiki off; over a bound it may be refused."""
    try:
        return plain_of(text)
    except RecordError:
        return None


def unmarked(text: str) -> object:
    """Take the markup off; over a bound it may be refused."""
    try:
        return markup.text_of(text), markup.charset_of(text.encode())
    except RecordError:
        return None


def checked(text: str) -> object:
    """What an article's text has to pass, and all that is derived of it."""
    try:
        article, _ = make_article({"body": text})
    except RecordError:
        return None
    words = stems(text), context_words(text), list(topics_in(text, EMPTY_WORDS))
    return words, analyse(article)


def shown(text: str) -> object:
    """Everything that text passes before somebody sees it."""
    article = Article("a", text, url="https://a.example/")
    span = Span(len(text) // 2, len(text) // 2 + 1)
    address = sentence_address(article.url, text, span, text)
    words = export(Excerpt(article, Span(0, len(text))), "markdown")
    return printable(text), json_line(text), inert(text), words, address


WORKS: dict[str, tuple[Callable[[str], object], int, list[str]]] = {
    "what is derived of a text": (checked, 32_000, [*_WORDS, _MARKS]),
    "a transcript": (
        checked,
        32_000,
        [
            "Ann·Lee:·We·go.¶REPORTER:·Why?¶",
            "Ann·Lee:·We·go.¶It·rained.·I·left.¶REPORTER:·Why?¶",
            "What·now?¶I·left·the·house.¶",
        ],
    ),
    "a draft that comes in pieces": (in_pieces, 8_000, [*_WORDS, _MARKS]),
    "what is shown": (shown, 1_000_000, _WORDS),
    "markup": (unmarked, 128_000, _MARKUP),
    "a page": (page("<p>He left."), 32_000, _MARKUP),
    "a page, in a tag": (page("<p "), 128_000, _IN_A_TAG),
    "a feed, as text": (feed("<description>{}</description>"), 128_000, _MARKUP),
    "a feed, in CDATA": (feed("<description><![CDATA[{}</description>"), 128_000, _MARKUP),
    "a feed, in a tag": (feed("<description {}>x</description>"), 128_000, _IN_A_TAG),
    "what a file is": (
        lambda text: format_of(text.encode(), ""),
        4_000,
        ["·", "<?", "<!--", "<!--·-->", "<!DOCTYPE", "<!DOCTYPE·[", "]·", "¶"],
    ),
    "a heading in Markdown": (one("# a{}b", read_markdown), 16_000, ["·", "·#", "#"]),
    "Markdown": (one("{}", read_markdown), 16_000, _MARKED),
    "front matter": (one("---\n{}", read_markdown), 16_000, ["a:¶", "a:·b¶", "[", "{", "&a·", "*"]),
    "a wiki's page": (wikitext, 16_000, _WIKI),
    "Rich Text": (one("{{\\rtf1 {}", read_rtf), 32_000, ["{", "}", "\\a·", "\\'93", "\\*", "a·"]),
    "a plain text": (one("{}", read_text), 32_000, _AROUND),
    "Markdown of programs": (one("{}", read_markdown), 8_000, _PROGRAMS),
    "a post of WordPress": (written, 64_000, _POSTS),
    "a line over a text": (lambda text: embargo_over(text, text), 64_000, _EMBARGOED),
    "a byline": (even, 64_000, ["By·", "Ann·Lee,·", "Ann·", "a@b·", "(", "·", "and·", "@"]),
    "bytes without a label": (
        lambda text: detect_encoding(text.encode("cp1252")),
        64_000,
        ["a\u2019", "\u201ca", "a\u201d", "\u2019", "aa\u2019s·"],
    ),
    "a mail's text": (
        one("From: a@b.example\nSubject: Fwd: a\n\n{}", read_message),
        32_000,
        _MAILED,
    ),
    "subtitles": (
        one("{}", read_subtitles),
        32_000,
        ["1¶0:00:01,000·-->·0:00:03,500¶a¶¶", "<v·a", "<0:00:01.000>", "a·"],
    ),
    "mail": (one("{}", read_message), 32_000, ["A:·b¶", "a¶", "¶"]),
    "a mail's sender": (
        one("From: {}", read_message),
        16_000,
        ["a@b,·", "(", "<", "=?", "a·", "a. “No,” b"],
    ),
    "a mail's kind": (
        one("Subject: a¶Content-Type: text/plain; charset={}", read_message),
        16_000,
        ["a. “No,” b", ";a=b", "(", '"'],
    ),
    "a table": (
        lambda text: read_rows(BytesIO(b"body,a\n" + text.encode()), Source("x")),
        64_000,
        ["a,", "a¶", '"', '"a",', ","],
    ),
    "lines of JSON": (
        lambda text: read_jsonl(BytesIO(text.encode()), Source("x")),
        128_000,
        [
            "{",
            "[",
            '"',
            "{}¶",
            '{"body":',
            '{"body":"a"}¶',
            "9",
            "\\",
            "¶",
            "nul",
            '{"data":[',
            '{"body":[{"text":"a"},',
            '{"body":{"content":',
        ],
    ),
}
_CASES = [
    pytest.param(work, longest, piece, id=f"{name}: {piece}")
    for name, (work, longest, pieces) in WORKS.items()
    for piece in pieces
]


@pytest.mark.parametrize(("work", "longest", "piece"), _CASES)
def test_twice_the_text_takes_twice_the_time(
    work: Callable[[str], object], longest: int, piece: str
) -> None:
    assert growth(work, said(piece), longest) <= MOST


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "utf-16", "punycode", "idna", "utf-7", "iso-2022-jp", "gbk"]
)
def test_any_stated_encoding_is_read_in_such_a_time(charset: str) -> None:
    for piece in ("a", "é", "-", "+AD", "\x1b$B", "\\"):
        text = said(piece)
        assert growth(lambda t: decoded(t.encode(), charset), text, 500_000) <= MOST


def test_a_work_that_takes_the_square_is_found_out() -> None:
    """What this test is for: each letter looks at all others."""
    work, text = (lambda text: [text.count("b") for _ in text]), said("a")
    # What else is at work may hide it once.
    assert any(growth(work, text, 16_000, patience_s=0.1) > MOST for _ in range(5))
