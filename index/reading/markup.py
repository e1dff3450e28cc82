r"""HTML, however broken or hostile, in time that grows with its length; its text in lines.

A page is taken apart into tags and text here and put together anew, well formed, before the parser
sees it: libxml2 takes the square of the number of a tag's attributes. Knows nothing of articles.

>>> text_of("<p>“No,” she said.<script>x</script><p>He left.")
'“No,” she said.\nHe left.'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice
from typing import Any

from index.reading.records import RecordError

MAX_TAGS = 30_000  # of a page: what finds the article in it takes a few seconds for these
_MAX_ATTRIBUTES = 40
_MAX_VALUE = 4_000  # characters of an attribute: beyond it are pictures and programs

_PIECE = re.compile(
    r"(?P<text>[^<]++)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<raw>script|style|textarea|xmp|iframe|noembed|noframes|template)\b(?P<raw_in>[^>]*+)>?"
    r"(?P<inside>.*?)(?:</(?P=raw)\b[^>]*+(?:>|\Z)|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)"
    r"(?P<in>(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)(?:>|\Z)"
    r"|(?P<stray><)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?+"
)
_NAME = re.compile(r"[a-z][a-z0-9:_-]{0,30}", re.IGNORECASE | re.ASCII)
_ATTRIBUTE_NAME = re.compile(r"[a-z_][a-z0-9:_.-]{0,40}", re.IGNORECASE | re.ASCII)
_DATA = re.compile(r"type\s*=\s*[\"']?\s*application/ld\+json", re.IGNORECASE)
# The number of a character that has none: Python takes the square of their length for its digits.
_FAR_OFF = re.compile(r"&#(?:0*[1-9]\d{7,}|x0*[1-9a-f][0-9a-f]{6,});?+", re.IGNORECASE)
# Codes that no text has, and signs that only say where a word may be parted.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff]"
)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:+-]{1,40})", re.I)
_HEAD = 4096

_HEADS = frozenset("html head title meta link base noscript script style".split())
# A page may leave the tag of its body out; libxml2 would take these for a part of the head.
_SECTIONS = frozenset("article aside figure footer header main nav section".split())
LINES = frozenset(  # the elements that make lines of their own
    """address article aside blockquote br dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th
    thead tr ul""".split()
)
_QUOTES = tuple("\"'“‘«„")
# What is not shown, by an element's class; one with a colon tells when it is.
_HIDDEN = frozenset(
    """hide hidden d-none is-hidden visually-hidden visuallyhidden sr-only screen-reader-text
    screen-reader-only u-hidden""".split()
)
# What is struck out is no longer said.
_STRUCK = frozenset(("del", "s", "strike"))
_STRUCK_OUT = re.compile(r"text-decoration[\w-]*\s*:[^;]{0,40}\bline-through", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Properties of an article that are none of its text.
_FACTS = frozenset("keywords publisher articlesection logo image".split())
_DASHES = ("", "-", "–", "—", "―", "~")
_CAPTION = re.compile(r"\bfigcaption|(?:\A|[\s_-])caption", re.IGNORECASE)
_MARKED = re.compile(r"\s*<[a-z][^<>]*>|[^<]*</?(?:p|a|b|i|em|strong|span|br)\b", re.IGNORECASE)
_NEAR = 40  # elements of a figure that are looked at
_QUOTES_SET = frozenset('"“«„')
_UNREAD = frozenset(("head", "script", "style", "title", "template"))
_FIGURE = re.compile(r"[-−+]?[0-9]{1,4}")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
ITEM = "• "  # stands before an item of a list
_SEEN = "data-item"


@dataclass(frozen=True, slots=True)
class MarkupBlock:
    """A line of a page's text, and what it stands in.

    `element` is the innermost of those that make lines; `n_linked` how many characters are links.
    """

    text: str
    element: Any
    n_linked: int


class TooMuch(RecordError):
    """More tags than are read."""


def charset_of(head: bytes) -> str | None:
    """The encoding that a page says it has, as it writes it."""
    found = _META.search(head[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def normalised(html: str, most: int = MAX_TAGS) -> str:
    """A page, well formed, without what is never seen: scripts, styles, comments.

    Data about the page (JSON-LD) stays. Raises TooMuch.
    """
    parts: list[str] = []
    tags, is_head = 0, True
    for piece in _PIECE.finditer(html):
        if piece["text"]:
            parts.append(plain(piece["text"]))
        elif piece["name"]:
            tags += 1
            if tags > most:
                raise TooMuch(f"over {most:,} tags, the most that a page may have")
            name = piece["name"].lower()
            parts.append("<body>" if is_head and name in _SECTIONS else "")
            is_head = is_head and name in _HEADS
            parts.append(_tag(piece))
        elif piece["raw"]:
            parts.append(_raw(piece))
        elif piece["stray"]:
            parts.append("&lt;")
    return "".join(parts)


def plain(text: str) -> str:
    """A text of the page with its entities read, escaped for the parser."""
    return escape(characters(text), quote=False)


def characters(text: str) -> str:
    """The text with its entities read; codes that no text has are left out."""
    return _UNSEEN.sub("", unescape(_FAR_OFF.sub("\ufffd", text)))


def _tag(piece: re.Match[str]) -> str:
    name = piece["name"].lower()
    if not _NAME.fullmatch(name):
        return ""
    return f"</{name}>" if piece["end"] else f"<{name}{_attributes(piece['in'])}>"


def _attributes(inside: str) -> str:
    kept: dict[str, str] = {}
    for name, *values in islice(_ATTRIBUTE.findall(inside), _MAX_ATTRIBUTES):
        value = "".join(values)
        if _ATTRIBUTE_NAME.fullmatch(name) and len(value) <= _MAX_VALUE:
            kept.setdefault(name.lower(), escape(characters(value)))
    return "".join(f' {name}="{value}"' for name, value in kept.items())


def _raw(piece: re.Match[str]) -> str:
    """What is no markup inside an element is left out, but for the page's data."""
    if piece["raw"].lower() != "script" or not _DATA.search(piece["raw_in"]):
        return " "
    inside = _UNSEEN.sub("", piece["inside"])
    return f'<script type="application/ld+json">{inside}</script>'


def tree_of(html: str, most: int = MAX_TAGS) -> Any:  # noqa: ANN401 -- lxml has no types
    """The page as an lxml tree; raises TooMuch."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    whole = normalised(html, most).encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(whole, parser=parser)
    except ParserError:  # where there is nothing to be seen in it
        return document_fromstring("<html></html>")


def text_of(html: str, most: int = MAX_TAGS) -> str:
    """The text of a piece of HTML: a line for each of its paragraphs; raises TooMuch."""
    return "\n".join(lines_of(tree_of(f"<div>{html}</div>", most)))


def unescaped(html: str) -> str:
    """HTML that was escaped once more, as it was put into another's; any other as it is."""
    if "<" in html or "&lt;" not in html:
        return html
    inner = unescape(html)
    return inner if _MARKED.match(inner) else html


def line_of(html: str) -> str:
    """The text of a title or the like, on one line; raises TooMuch."""
    # Most have no markup, and a tree of each would take hundreds of times as long.
    text = text_of(html) if "<" in html else characters(html)
    return " ".join(text.split())


def lines_of(root: Any) -> Iterator[str]:  # noqa: ANN401
    """The lines of an element's text; none is empty. The element is altered."""
    drop_beside(root)
    return (block.text for block in blocks_of(root))


def drop_beside(root: Any) -> None:  # noqa: ANN401
    """Empty what is not shown, and what only tells what a picture shows."""
    for element in list(root.iter()):
        if element is not root and (is_unseen(element) or _is_caption(element)):
            element.clear(keep_tail=True)


def _is_caption(element: Any) -> bool:  # noqa: ANN401
    """Whether it is a caption, and does not tell whose a quotation is."""
    if not _CAPTION.search(f"{element.tag} {element.get('class') or ''}"):
        return False
    figure = next(
        (each for each in (element, *element.iterancestors()) if each.tag == "figure"), None
    )
    near = islice(figure.iter(), _NEAR) if figure is not None else ()
    return all(each.tag != "blockquote" for each in near)


def is_unseen(element: Any) -> bool:  # noqa: ANN401
    """Whether an element is not shown, or not as text, by what stands at it."""
    classes = (element.get("class") or "").split()
    is_hidden = any(name in _HIDDEN for name in classes) and not any(":" in c for c in classes)
    properties = (element.get("itemprop") or "").lower().split()
    return bool(
        is_hidden
        or "hidden" in element.attrib
        or is_struck(element)
        or _NOT_SHOWN.search(element.get("style") or "")
        or any(each in _FACTS for each in properties)
    )


def is_struck(element: Any) -> bool:  # noqa: ANN401
    """Whether what an element holds is struck out, as what was put right is."""
    return element.tag in _STRUCK or bool(_STRUCK_OUT.search(element.get("style") or ""))


def blocks_of(root: Any) -> Iterator[MarkupBlock]:  # noqa: ANN401
    """The lines of an element, each with what it stands in; the element is altered.

    Quotations have the marks that browsers show, and an item of a list has its own.
    """
    for raised in root.iter("sup"):
        _raise(raised)
    for quotation in root.iter("q"):
        _quote(quotation)
    for quotation in root.iter("blockquote"):
        _name_source(quotation)
        _quote_block(quotation)
    yield from filter(lambda block: block.text, _Lines(root).read())


class _Lines:
    """One walk over an element's tree, in the order of its text."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401
        self._root = root
        self._within = [root]
        self._parts: list[str] = []
        self._n_linked = self._links = 0

    def read(self) -> Iterator[MarkupBlock]:
        from lxml.etree import iterwalk

        walk = iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            name, is_start = element.tag, event == "start"
            if name in LINES:
                yield self._line()
                if is_start:
                    self._within.append(element)
                else:
                    self._within.pop()
            elif name == "a":
                self._links += 1 if is_start else -1
            if is_start and name not in _UNREAD:
                self._add(element.text)
            elif is_start:
                walk.skip_subtree()
            elif element is not self._root:
                self._add(element.tail)
        yield self._line()

    def _add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            self._n_linked += len(text) if self._links else 0

    def _line(self) -> MarkupBlock:
        text, element = " ".join("".join(self._parts).split()), self._within[-1]
        n_linked, self._parts, self._n_linked = self._n_linked, [], 0
        is_first = element.tag == "li" and text and not element.get(_SEEN)
        if is_first:
            element.set(_SEEN, "1")
        return MarkupBlock(f"{ITEM}{text}" if is_first else text, element, n_linked)


def _raise(raised: Any) -> None:  # noqa: ANN401
    """Write a figure that is set high as such: 10 to the power of 4 is not 104."""
    if len(raised) == 0 and raised.text and _FIGURE.fullmatch(raised.text):
        raised.text = raised.text.translate(_RAISED)


def _quote(quotation: Any) -> None:  # noqa: ANN401
    """Write the marks of a quotation that browsers show around `<q>`, unless they stand there."""
    inside = quotation.text_content().strip()
    if inside and not inside.startswith(_QUOTES):
        quotation.text = f"“{quotation.text or ''}"
        quotation.tail = f"”{quotation.tail or ''}"


def _name_source(quotation: Any) -> None:  # noqa: ANN401
    """Write a dash before who is named below a block quote, as papers do."""
    figure = quotation.getparent()
    below = [each for each in quotation if each.tag in ("cite", "footer")]
    if figure is not None and figure.tag == "figure":
        below += [each for each in islice(figure, _NEAR) if each.tag == "figcaption"]
    for source in below:
        if source.text_content().strip()[:1] not in _DASHES:
            source.text = f"— {(source.text or '').lstrip()}"


def _quote_block(quotation: Any) -> None:  # noqa: ANN401
    """Write marks for the setting off of a block quote, as papers do, unless it has its own.

    Each paragraph begins with one, the last ends with one.
    """
    if any(mark in quotation.text_content() for mark in _QUOTES_SET):
        return
    texts = ((each, each.text_content().strip()) for each in quotation.iter("p"))
    paragraphs = [each for each, text in texts if text and text[0] not in "-–—"]
    for paragraph in paragraphs or [quotation]:
        paragraph.text = f"“{(paragraph.text or '').lstrip()}"
    _close((paragraphs or [quotation])[-1])


def _close(paragraph: Any) -> None:  # noqa: ANN401
    """Write a closing mark at the end of a paragraph, before who is named there as its source."""
    before = None
    for child in paragraph:
        if child.tag in ("cite", "footer"):
            break
        before = child
    if before is None:
        paragraph.text = f"{(paragraph.text or '').rstrip()}” "
    else:
        before.tail = f"{(before.tail or '').rstrip()}” "
