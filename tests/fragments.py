"""What tests of rendered pages share: hostile text, what a browser makes of HTML, answers."""

from collections.abc import Sequence
from html.parser import HTMLParser

from bot.answer import Answer, Block, Citation, CitedSentence
from index.attribution.layout.sentences import split_sentences
from index.schema import Article, Kind

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> &lt;b&gt; &amp;\n\n"
    "# Heading\n- item\n1. one\n2) two\n> quote\n```\ncode\n```\n    indented\n\ttab\n---\n===\n"
    "**bold** __bold__ *em* _em_ ~~gone~~ `code` | a | b |\n"
    "![image](http://evil.example/a.png) [link](javascript:alert(3)) [ref]: http://evil.example\n"
    "<http://evil.example> http://evil.example www.evil.example a@evil.example\n"
    "$x$ \\(y\\) \\[z\\]\n"
    "\u202etxet\u202c \u2066isolate \u200fmark nul\0 bell\x07 escape\x1b[31m next\x85line\r\n"
    "two  spaces\u00a0and\u2028separator</p></div></article><style>*{display:none}</style>"
)
ALLOWED = {
    "article",
    "h2",
    "p",
    "div",
    "span",
    "mark",
    "a",
    "nav",
    "bdi",
    "strong",
    "em",
    "br",
    "details",
    "summary",
}
VOID = {"br"}


class Browser(HTMLParser):
    """What a browser would make of a fragment: its elements, and the text of one of them."""

    def __init__(self, html: str, within: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._within = within
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(f"{tag}.{dict(attrs).get('class')}")

    def handle_endtag(self, tag: str) -> None:
        """Check that it is the innermost one."""
        assert self._open.pop().startswith(f"{tag}.")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._within or self._within in self._open:
            self.text += data

    def check_harmless(self) -> None:
        """Check that there is nothing but our own elements, attributes and links."""
        for tag, attributes in self.elements:
            assert tag in ALLOWED
            assert attributes.keys() <= {"id", "class", "title", "href", "tabindex", "rel"}
            assert (attributes.get("href") or "#").startswith(
                ("#", "http://", "https://", "article?id=")
            )


def seen(text: str) -> str:
    """The text as a page can hold it: NUL and halves of a pair have no place in one."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def one_by_one(*citations: Citation) -> tuple[Block, ...]:
    """Each citation as a block of its own."""
    return tuple(in_block(citation, number=n) for n, citation in enumerate(citations, 1))


def in_block(*citations: Citation, number: int = 1) -> Block:
    """The citations, which follow one another, as one block."""
    return Block(number, tuple(CitedSentence(c.text, (c,)) for c in citations))


def cited(article: Article, places: Sequence[int], speaker: str | None = "Ann Lee") -> Answer:
    """An answer that cites these sentences of the article, in this order."""
    spans = [split_sentences(article.text)[place].span for place in places]
    kind: Kind | None = "direct" if speaker else None
    citations = [
        Citation(number, article, span, 1 / number, speaker, kind)
        for number, span in enumerate(spans, 1)
    ]
    return Answer("what?", "Ann Lee said this.", "Ann Lee · on this", one_by_one(*citations))


def dated_article(article: Article) -> Article:
    """The seed article with all details."""
    return Article(
        id="a b/“1”",
        text=article.text,
        title="Troops: a *warning*",
        author="B. Line",
        source="The Daily",
        published="2025-09-05T08:30:00Z",
        url="https://daily.example/?a=1&b=2",
    )
