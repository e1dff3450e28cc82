"""Notations of citations: each is read back by a parser, and nothing in it has become markup."""

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.rendering.citation_formats import FORMATS, Format, export
from bot.rendering.excerpt import Excerpt, Voice
from index.printing import printable
from index.schema import Article, Span
from tests.serving import ROOT

WORDS = "“No troops,” Ann Lee said on Friday."
ARTICLE = Article(
    id="a",
    text=f"It rained.\n{WORDS} It rained.",
    title="No troops",
    author="Bo Li",
    source="The Paper",
    published="2025-09-05T10:00:00Z",
    url="https://news.example/a?x=1&y=2",
)
PERMALINK = "https://bot.example/?q=troops&a=k1"
FULL = Excerpt(ARTICLE, Span(11, 47), (Voice("Ann Lee", "direct"),), PERMALINK)
LINK = "https://news.example/a?x=1&y=2#:~:text=%E2%80%9CNo%20troops%2C%E2%80%9D%20Ann%20Lee%20said%20on%20Friday."
HOSTILE = (
    "|x=y}}{{Delete}}[[Category:X]]</ref><ref>",
    "'''bold''' ''it'' ~~~~ __NOTOC__ <nowiki> -->",
    "{{!}} {{subst:x}} {{{1}}} -{zh:x}- &#123;&lt;&amp;",
    "{| class=x\n|-\n| a\n|}\n== H ==\n* item\n# one\n: in\n;term\n----\n pre",
    "http://evil.example //evil.example [http://evil.example x] RFC 1 ISBN 1234567890",
    "\x7f'\"`UNIQ--ref-00000000-QINU`\"'\x7f",
    ")) ((x)) %% %%% 50% </nowiki> <nowiki> ~~NOCACHE~~ \\\\ //i// **b** __u__",
    "%", "%%", "%x%", "))", "((", "]]", "}}", "|", "=", "-", "1.", "12) x", "+ x", "--", "----",
    "{{image.png?10}} [[http://evil.example|x]] <html> <php> ~~INFO:x~~ @USER@",
    "</p></blockquote></figure><script>alert(1)</script> \" onload='x' &quot;",
    "# Heading\n- item\n1. one\n> quote\n```\ncode\n```\n![i](http://evil.example/i.png)",
    "[l](javascript:alert(1)) <http://evil.example> *a* _b_ ~~c~~ `d` | e | \\ \\* &copy; $x$",
    ":smile: @ann #12 ==h== ^s^ %%hidden%% https://evil.example",
    "\u202etxet \u2066x\u200f \u061c nul\0 bell\x07 \x1b[31m\x85 two\u2028lines\r\nthree",
    "<!-- x -->", "<ref name=x />", "{{cite news |title=x}}",
)  # fmt: skip
SENTENCE = re.compile(r"(?:[^\W_]|[\s.,()?!%\"/$+@-]|[^\x00-\x7f]|&#\d+;)*")
WIKI_LINK = rf"\[https?://[^\s\[\]<>|{{}}'\"]+ {SENTENCE.pattern}\]"


def hostile(words: str, other: str) -> Excerpt:
    """Everything but the address's beginning is of the reader's worst enemy's making."""
    article = Article(
        id=other or "a",
        text=f"Before. {words} x After.",
        title=other,
        author=other,
        source=other,
        published=other,
        url=f"https://news.example/{other}",
    )
    voices = (Voice(other, "mixed"),) if other.strip() else ()
    span = Span(8, 10 + len(words))
    return Excerpt(article, span, voices, f"https://bot.example/{other}")


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.text(alphabet="%|{}[]<>'~_=#*:;&()\\-/`!\n @1.x", max_size=30),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join),
)


def test_the_notations_of_a_whole_citation() -> None:
    """As a person gets them; docs/citing.md shows the same."""
    assert export(FULL, "text").splitlines() == [
        WORDS,
        "— Ann Lee (quoted), “No troops”, The Paper, 2025-09-05",
        LINK,
        PERMALINK,
    ]
    assert export(FULL, "markdown").splitlines() == [
        f"> {WORDS}",
        ">",
        f"> — Ann Lee (quoted), [No troops]({LINK}), The Paper, 2025-09-05, "
        f"[answer in Verbatim]({PERMALINK})",
    ]
    assert export(FULL, "mediawiki") == (
        "<ref>Ann Lee (quoted): {{cite news |author=Bo Li |title=No troops |work=The Paper "
        f"|date=2025-09-05 |url={LINK} |quote={WORDS}}}}} [{PERMALINK} answer in Verbatim]</ref>"
    )
    assert export(FULL, "mediawiki-plain") == (
        f"<ref>Ann Lee (quoted), [{LINK} No troops], ''The Paper'', 2025-09-05, "
        f"[{PERMALINK} answer in Verbatim]: {WORDS}</ref>"
    )
    assert export(FULL, "dokuwiki") == (
        f"((%%{WORDS} — Ann Lee (quoted), “No troops”, The Paper, 2025-09-05%%, "
        f"[[{LINK}|published article]], [[{PERMALINK}|answer in Verbatim]]))"
    )
    assert export(FULL, "html") == (
        f'<figure><blockquote cite="{html.escape(LINK)}"><p>{WORDS}</p></blockquote><figcaption>'
        f'— Ann Lee (quoted), <a href="{html.escape(LINK)}"><cite>No troops</cite></a>, The Paper, '
        f'2025-09-05, <a href="{html.escape(PERMALINK)}">answer in Verbatim</a></figcaption>'
        "</figure>"
    )


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("text", WORDS),
        ("markdown", f"> {WORDS}"),
        ("mediawiki", f"<ref>{WORDS}</ref>"),
        ("mediawiki-plain", f"<ref>{WORDS}</ref>"),
        ("dokuwiki", f"((%%{WORDS}%%))"),
        ("html", f"<figure><blockquote><p>{WORDS}</p></blockquote></figure>"),
    ],
)
def test_what_is_not_known_is_left_out(format: Format, expected: str) -> None:
    bare = Excerpt(Article("a", ARTICLE.text), FULL.span)
    assert export(bare, format) == expected


@pytest.mark.parametrize("part", ["title", "author", "source", "published", "url"])
@pytest.mark.parametrize("format", FORMATS)
def test_no_missing_part_leaves_a_gap(format: Format, part: str) -> None:
    changes: dict[str, Any] = {part: None}
    made = export(replace(FULL, article=replace(ARTICLE, **changes)), format)
    assert "None" not in made
    assert not re.search(r", ,|,,|, \)|, :|\|\w+= ?[|}]|\[\]|\(\)|“”|— ,", made)
    if format != "json-ld":
        assert WORDS in html.unescape(made)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "ftp://x.example"]
)
@pytest.mark.parametrize("format", FORMATS)
def test_only_web_addresses_become_links(format: Format, url: str) -> None:
    made = export(replace(FULL, article=replace(ARTICLE, url=url), permalink=url), format)
    assert url not in made.replace("text/plain", "")


@given(texts, texts)
def test_plain_text_has_a_line_for_each_part(words: str, other: str) -> None:
    excerpt = hostile(words, other)
    lines = export(excerpt, "text").splitlines()
    assert lines[0] == printable(f"{words} x")
    assert len(lines) == 4 if other.strip() else 3
    assert lines[-2].startswith("https://news.example/")
    assert lines[-1].startswith("https://bot.example/")


@given(texts, texts)
def test_markdown_is_one_quotation_with_two_links(words: str, other: str) -> None:
    excerpt = hostile(words, other)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(export(excerpt, "markdown"))
    shape = "blockquote_open paragraph_open inline paragraph_close " * 2
    wanted = shape.replace("paragraph_close blockquote_open", "paragraph_close")
    assert [token.type for token in tokens] == [*wanted.split(), "blockquote_close"]
    quotation, attribution = (token for token in tokens if token.type == "inline")
    assert {child.type for child in quotation.children or ()} <= {"text", "text_special"}
    assert _text(quotation.children or ()) == excerpt.words
    links = [str(c.attrs["href"]) for c in attribution.children or () if c.type == "link_open"]
    assert [link[:20] for link in links] == ["https://news.example", "https://bot.example/"]
    kinds = {child.type for child in attribution.children or ()}
    assert kinds <= {"text", "text_special", "link_open", "link_close"}
    assert excerpt.said_by in _text(attribution.children or ())


def _text(tokens: Any) -> str:  # noqa: ANN401 - the parser's
    return "".join(token.content for token in tokens)


@given(texts, texts)
@example("x", "\x1f")  # nobody's name, and a title that can be shown
def test_a_mediawiki_template_keeps_its_fields(words: str, other: str) -> None:
    excerpt = hostile(words, other)
    made = export(excerpt, "mediawiki")
    if not excerpt.title:
        assert made == export(excerpt, "mediawiki-plain")
        return
    match = re.fullmatch(
        rf"<ref>(?:(?P<said>{SENTENCE.pattern}): )?"
        rf"{{{{cite news \|(?P<fields>[^{{}}\[\]<>']*)}}}} {WIKI_LINK}</ref>",
        made,
    )
    assert match
    assert html.unescape(match["said"] or "") == excerpt.said_by
    fields = dict(field.split("=", 1) for field in match["fields"].split(" |"))
    assert list(fields) == ["author", "title", "work", "date", "url", "quote"]
    assert html.unescape(fields["quote"]) == excerpt.words
    assert html.unescape(fields["title"]) == excerpt.title
    for name, text in fields.items():
        assert name == "url" or SENTENCE.fullmatch(text)


@given(texts, texts)
def test_a_plain_mediawiki_reference_has_its_own_markup_only(words: str, other: str) -> None:
    excerpt = hostile(words, other)
    made = export(excerpt, "mediawiki-plain")
    value = SENTENCE.pattern
    match = re.fullmatch(
        rf"<ref>(?:{value}, )?{WIKI_LINK}(?:, ''{value}'')?(?:, {value})?, {WIKI_LINK}: ({value})"
        "</ref>",
        made,
    )
    assert match
    assert html.unescape(match[1]) == excerpt.words


@given(texts, texts)
def test_a_dokuwiki_footnote_shows_the_words_as_they_are(words: str, other: str) -> None:
    excerpt = hostile(words, other)
    made = export(excerpt, "dokuwiki")
    text, links = _dokuwiki(made)
    assert text.startswith(excerpt.words)
    assert excerpt.said_by in text
    assert [link[:20] for link in links] == ["https://news.example", "https://bot.example/"]


def _dokuwiki(made: str) -> tuple[str, list[str]]:
    """The text and the links of one footnote, as DokuWiki's lexer reads it: leftmost first."""
    assert made.startswith("((")
    text, links, at = "", [], 2
    pattern = re.compile(r"%%(.*?)%%|<nowiki>(.*?)</nowiki>|\[\[(.*?)\]\]|(\)\))|(, )", re.DOTALL)
    while match := pattern.match(made, at):
        at = match.end()
        text += match[1] or match[2] or match[5] or ""
        links += [match[3]] if match[3] else []
        if match[4]:
            break
    assert at == len(made)
    return text, links


class Outline(HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.links += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


@given(texts, texts)
def test_html_is_a_quotation_and_its_caption(words: str, other: str) -> None:
    excerpt = hostile(words, other)
    outline = Outline()
    outline.feed(export(excerpt, "html"))
    outline.close()
    tags = [tag for tag in outline.tags if tag != "cite"]
    assert tags == ["figure", "blockquote cite", "p", "figcaption", "a href", "a href"]
    assert all(re.match(r"https://(news|bot)\.example/", link) for link in outline.links)
    assert outline.text.startswith(excerpt.words)
    assert excerpt.said_by in outline.text


@given(texts, texts)
def test_no_unseen_mark_and_no_second_line_is_taken_away(words: str, other: str) -> None:
    for format in ("mediawiki", "mediawiki-plain", "dokuwiki", "html"):
        made = export(hostile(words, other), format)
        assert len(made.splitlines()) == 1
        assert "~~" not in made or format in ("dokuwiki", "html")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\0-\x1f\x7f]", made)


@pytest.mark.parametrize("format", FORMATS)
def test_the_page_on_citing_shows_what_is_written(article: Article, format: Format) -> None:
    page = (ROOT / "docs" / "citing.md").read_text(encoding="utf-8")
    details = json.loads(page.split("echo '")[1].split("'")[0])
    link = "http://127.0.0.1:7860/?q=what+did+Putin+say+about+peacekeepers%3F&a=EXAMPLE"
    told = replace(article, **details)
    excerpt = Excerpt(told, Span(612, 765), (Voice("Vladimir Putin", "indirect"),), link)
    block = page.split(f"## `{format}`\n")[1].split("```")[1].partition("\n")[2]
    assert block == f"{export(excerpt, format)}\n"
