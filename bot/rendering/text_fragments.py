"""The address that opens a published article at a sentence: a text fragment.

`https://…#:~:text=[prefix-,]start[,end][,-suffix]` makes the browser look for the words, scroll to
them and mark them. Words that occur more than once get those before or after them as context.
Knows nothing of citations.

>>> sentence_address("https://news.example/a", "He left. He said: no - never.", Span(9, 29))
'https://news.example/a#:~:text=He%20said%3A%20no%20%2D%20never.'
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

from bot.rendering.escape import web_address
from index.schema import Span

# A sentence up to so many characters is given whole, a longer one by its first and last words.
_SHORT = 80
_MAX_TERM = 300
_TERM_WORDS = (5, 10, 20)
_CONTEXT_WORDS = (3, 6, 12, 24)
_MAX_CONTEXT = 600  # characters: what has no spaces is no words
# What a URL may hold as it is. Not the characters that mean something in the middle of wiki text
# or Markdown: encoded, they are the same address.
_KEPT = "%/:?#&=;+,!$@.-_"
_FOLDED = str.maketrans("‘’‚‛“”„‟\u2011", "''''\"\"\"\"-")
_IGNORED = re.compile(r"[\u0300-\u036f\u00ad]")


def web_url(url: str | None) -> str | None:
    """The URL with all but plain characters percent-encoded; None unless it is http or https.

    Safe inside the brackets of every notation that is written here. A text fragment of its own is
    cut off.
    """
    if web_address(url) is None:
        return None
    page = re.sub(r"[\t\r\n]|(?<=#)(.*?):~:.*", r"\1", (url or "").strip()).removesuffix("#")
    # No `&name;` may be taken for a character.
    encoded = re.sub(r"(&#?\w+);", r"\1%3B", _encoded(page, _KEPT))
    # A bracket there is a bare IPv6 address: no publisher has one, and wikis end a link at it.
    return None if re.match(r"\w+://[^/?#]*%5B", encoded) else encoded


def sentence_address(
    url: str | None, text: str, span: Span, title: str | None = None
) -> str | None:
    """The URL at which a browser scrolls to the span; None without a web address."""
    address = web_url(url)
    directive = address and _directive(text, _whole_words(text, span), title or "")
    if not address or not directive:
        return address
    # A fragment of the page's own stays in front: browsers fall back on it.
    page, _, anchor = address.partition("#")
    return f"{page}#{anchor}:~:text={directive}"


def _whole_words(text: str, span: Span) -> Span:
    """The span extended to whole words: a browser finds no parts of them."""
    start, end = span.start, span.end
    while start < end - 1 and text[start].isspace():
        start += 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a text fragment; empty if not needed."""

    prefix: str
    start: str
    end: str
    suffix: str

    def __str__(self) -> str:
        # A dash would end a prefix.
        prefix, start, end, suffix = (_encoded(t, "").replace("-", "%2D") for t in self._all)
        parts = (prefix and f"{prefix}-", start, end, suffix and f"-{suffix}")
        return ",".join(part for part in parts if part)

    @property
    def _all(self) -> tuple[str, str, str, str]:
        return self.prefix, self.start, self.end, self.suffix

    @property
    def pattern(self) -> str:
        """A pattern for folded text; group 1 is what the browser would find first."""
        prefix, start, end, suffix = (re.escape(_fold(term)) for term in self._all)
        found = f"{start}.*?{end}" if end else start
        return (f"{prefix} ?" if prefix else "") + f"({found})" + f"(?= ?{suffix})" * bool(suffix)


def _directive(text: str, span: Span, title: str) -> str:
    """The shortest terms that match the span and nothing else; empty if there are none.

    Words are compared more loosely than browsers do, so what is unique here is unique there.
    """
    # The page has the headline too, and a browser takes the first match.
    page, ahead = _fold(f"{title}\n{text}"), _fold(f"{title}\n{text[: span.start]}.")[:-1]
    wanted = (len(ahead), len(ahead) + len(_fold(span.of(text))))
    candidates = [
        _Terms(prefix, start, end, suffix)
        for (prefix, suffix), (start, end) in product(
            _contexts(text, span), _starts_and_ends(span.of(text))
        )
    ]
    for terms in candidates:
        match = re.search(terms.pattern, page)
        if match and match.span(1) == wanted:
            return str(terms)
    return str(candidates[0]) if candidates else ""


def _starts_and_ends(words: str) -> Iterator[tuple[str, str]]:
    """A term must lie in one paragraph: a line of the article's text."""
    lines = [line.split() for line in words.splitlines() if line.strip()]
    whole = " ".join(lines[0]) if len(lines) == 1 else ""
    if whole and len(whole) <= _SHORT:
        yield whole, ""
        return
    for n in _TERM_WORDS:
        if lines and (not whole or len(lines[0]) >= 2 * n):
            ends = " ".join(lines[0][:n]), " ".join(lines[-1][-n:])
            if max(map(len, ends)) <= _MAX_TERM:
                yield ends
    if whole and len(whole) <= _MAX_TERM:
        yield whole, ""


def _contexts(text: str, span: Span) -> Iterator[tuple[str, str]]:
    """(words before, words after), none first; those of the same paragraph before others.

    Between paragraphs a publisher may show a picture or an advertisement.
    """
    yield "", ""
    ahead, behind = text[: span.start], text[span.end :]
    before = (ahead.rstrip().splitlines() or [""])[-1].split()
    after = (behind.lstrip().splitlines() or [""])[0].split()
    opens = ahead.rstrip(" \t\xa0") != ahead.rstrip()
    for n in _CONTEXT_WORDS:
        prefix, suffix = " ".join(before[-n:]), " ".join(after[:n])
        if max(len(prefix), len(suffix)) > _MAX_CONTEXT:
            return
        yield from [("", suffix), (prefix, "")] if opens else [(prefix, ""), ("", suffix)]
        yield prefix, suffix


def _fold(text: str) -> str:
    """As browsers compare, and looser: no case or accents, plain quotation marks, single spaces."""
    if not text.isascii():
        text = _IGNORED.sub("", unicodedata.normalize("NFKD", text.translate(_FOLDED)))
    return " ".join(text.casefold().split())


def _encoded(text: str, kept: str) -> str:
    """Percent-encoded, and so are "~~~~" and "__TOC__", which wikis look for in addresses too."""
    encoded = quote(text, safe=kept, errors="replace")
    return re.sub("~|_(?=_)|(?<=_)_", lambda found: f"%{ord(found.group()):02X}", encoded)
