"""XML as it comes, element by element: feeds, exports, wire formats, however broken or hostile.

A file is never held whole: what is wanted of it is handed out as soon as it is complete, and then
forgotten. No entity is resolved but those of characters, nothing is asked of the network or of
this machine's files, and what is not well formed is read as far as it can be. Knows no format.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from html import escape
from html.entities import html5
from types import MappingProxyType
from typing import Any, BinaryIO

from index.reading.encodings import ODD, codec_of
from index.reading.records import RecordError

MAX_ELEMENT = 20 * 2**20  # characters of one of the elements that are wanted
_CHUNK = 64 * 1024
_HEAD = 1024
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]{1,40})")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")
_LEAST = 40  # characters kept back: an entity or a mark may go on in the next piece
_LONGEST_TAG = 64 * 1024
# In CDATA a sign is a sign. Elsewhere an ampersand that begins nothing would be lost, and so would
# the entities of HTML, which XML does not know; and each "<" that begins no tag makes the parser
# look through all that follows.
_MARK = re.compile(
    r"<!\[CDATA\[|\]\]>|<(?![!?])(?!/?[^\W\d][^<>]*+>)"
    r"|&(?:#(?:x(?P<hex>[0-9a-f]{1,6})|(?P<number>\d{1,7}));|(?P<name>\w{1,31});|)",
    re.IGNORECASE,
)
_CHARS = 0x110000
_NUMBERED = re.compile(r"[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ALONE = {"<": "&lt;", "&": "&amp;"}  # where they begin nothing
_KNOWN = frozenset("amp lt gt quot apos".split())

Element = Any  # lxml has no types
NOTHING: frozenset[str] = frozenset()


def elements(file: BinaryIO, wanted: Iterable[str], stated: str | None = None) -> Iterator[Element]:
    """The elements of these local names, each when it is complete, in the file's order.

    `stated` is the encoding that the server told. What an element holds is there until the next
    one is asked for; its parents are there without the siblings before it. Raises RecordError if
    an element is too large to be read.
    """
    from lxml.etree import XMLPullParser, XMLSyntaxError

    parser = XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    names = frozenset(wanted)
    inside = size = 0
    for piece in repaired(_decoded(file, stated)):
        try:
            parser.feed(piece)
        except XMLSyntaxError as error:
            raise RecordError(f"not XML that can be read: {error.msg}") from None
        size += len(piece)
        for event, element in parser.read_events():
            if local(element) not in names:
                continue
            inside += 1 if event == "start" else -1
            if event == "end":
                yield element
                _forget(element, with_earlier=not inside)
                size = 0
        if size > MAX_ELEMENT:
            raise RecordError(f"over {MAX_ELEMENT:,} characters in one element")
    if inside:
        raise RecordError("it ends in the middle")


def local(element: Element) -> str:
    """An element's name without its namespace; none of what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text(element: Element) -> str:
    """All text in an element; its own elements are no boundary."""
    return "".join(element.itertext()) if element is not None else ""


def child(element: Element, *path: str) -> Element | None:
    """The first element below with these local names, one in another."""
    for name in path:
        if element is None:
            return None
        found = (each for each in element if local(each) == name)
        element = next(found, None)
    return element


def children(element: Element, name: str) -> Iterator[Element]:
    """The elements directly below of that local name."""
    return (each for each in element if local(each) == name) if element is not None else iter(())


def as_html(
    element: Element, renamed: Mapping[str, str] = MappingProxyType({}), without: Set[str] = NOTHING
) -> str:
    """What an element holds, as HTML: its own text if that is written out, else its elements.

    Elements lose their namespaces and may be renamed; those `without` are left out. It is altered.
    """
    from lxml.etree import tostring

    if not len(element):
        return element.text or ""
    for each in list(element.iter()):
        name = local(each)
        each.tag = renamed.get(name, name) or "span"
        if name in without and each is not element:
            each.clear(keep_tail=True)
    inside = (tostring(each, encoding="unicode") for each in element)
    return escape(element.text or "", quote=False) + "".join(inside)


def head_text(content: bytes, stated: str | None = None) -> str:
    """The beginning of a file as text, to see what it is."""
    return content.decode(_codec(content, stated), ODD)


def repaired(pieces: Iterable[str]) -> Iterator[str]:
    """The same text with every ampersand and "<" that begins nothing written as a sign."""
    in_data, rest = False, ""

    def mend(match: re.Match[str]) -> str:
        nonlocal in_data
        mark = match.group()
        if mark in _ALONE:
            return mark if in_data else _ALONE[mark]
        if mark[0] in "<]":
            in_data = mark[0] == "<"
        return _sign(match) if mark[0] == "&" and not in_data else mark

    for piece in pieces:
        rest += piece
        end = _end_of_whole(rest)
        done, rest = rest[:end], rest[end:]
        if done:
            yield _MARK.sub(mend, done)
    yield _MARK.sub(mend, rest)


def _sign(match: re.Match[str]) -> str:
    """A sign, or what a reference stands for: what XML does not know would be lost, or spoil it."""
    number, hexadecimal, name = match["number"], match["hex"], match["name"]
    if number or hexadecimal:
        is_one = _NUMBERED.fullmatch(chr(int(number or hexadecimal, 10 if number else 16) % _CHARS))
        return match.group() if is_one else "\ufffd"
    if name in _KNOWN:
        return match.group()
    return escape(html5.get(f"{name};", match.group()), quote=False)


def _end_of_whole(text: str) -> int:
    """Where a tag or another mark begins that may go on in the next piece."""
    tag = text.rfind("<", max(0, len(text) - _LONGEST_TAG))
    if tag > text.rfind(">"):
        return tag
    tail = max(0, len(text) - _LEAST, text.rfind(">") + 1)  # no mark goes on behind a ">"
    begun = max(text.rfind("&", tail), text.rfind("]", tail))
    return len(text) if begun < 0 else begun - (text[max(0, begun - 1) : begun] == "]")


def _decoded(file: BinaryIO, stated: str | None) -> Iterator[str]:
    """The text of the file, without the declaration of its encoding."""
    head = file.read(_CHUNK)
    decoder = codecs.getincrementaldecoder(_codec(head, stated))(ODD)
    yield _DECLARATION.sub("", decoder.decode(head)).lstrip()
    while chunk := file.read(_CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


def _codec(head: bytes, stated: str | None) -> str:
    declared = _DECLARED.search(head[:_HEAD])
    return codec_of(head, stated, declared[1].decode("ascii") if declared else None, "utf-8")


def _forget(element: Element, *, with_earlier: bool) -> None:
    """Give back the memory of an element, and of all that stood before it in its parent.

    Where a broken file has one of the wanted in another, the outer one is without the inner.
    """
    element.clear(keep_tail=True)
    parent = element.getparent()
    while with_earlier and element.getprevious() is not None:
        del parent[0]
