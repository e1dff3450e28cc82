"""Reads text documents of LibreOffice and others (.odt, OpenDocument).

The text is a line for each paragraph and heading, cells of tables too; notes, comments and what
tracked changes have deleted are not part of it. https://docs.oasis-open.org/office/OpenDocument/
"""

import io
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile

from index.reading import xml
from index.reading.formats.office import check_packed, document_of, stated_title
from index.reading.read_results import FoundArticle, Source
from index.reading.records import RecordError

_TEXT, _META = "content.xml", "meta.xml"
_KIND = b"application/vnd.oasis.opendocument.text"
_BESIDE = frozenset(("note", "annotation", "ruby-text", "tracked-changes", "desc", "title"))
_SIGNS = {"line-break": "\n", "tab": "\t", "s": " "}


def is_odt(head: bytes) -> bool:
    """Whether a file that begins so is one: its kind comes first, unpacked."""
    return head.startswith(b"PK\x03\x04") and _KIND in head[:200]


def read_odt(content: bytes, source: Source) -> FoundArticle:
    """The article in a document, with the title and author that its properties tell."""
    check_packed(content, _TEXT, ".odt")
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            text = packed.read(_TEXT)
            about = packed.read(_META) if _META in packed.namelist() else b""
    except (BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise RecordError(f"not a document that can be read: {error}") from None
    stated = _stated(about)
    author = stated.get("initial-creator") or stated.get("creator")
    return document_of(_lines(text), stated_title(stated.get("title")), author)


def _lines(content: bytes) -> Iterator[str]:
    for body in xml.elements(io.BytesIO(content), ("text",)):
        if body.getparent() is not None and xml.local(body.getparent()) == "body":
            yield from "".join(_pieces(body)).split("\n")


def _pieces(body: xml.Element) -> Iterator[str]:
    from lxml.etree import iterwalk

    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        name = xml.local(element)
        if event == "start" and name in _BESIDE:
            walk.skip_subtree()
        elif event == "start":
            yield _SIGNS.get(name, "") + _even(element.text)
        else:
            yield "\n" if name in ("p", "h") else ""
            yield _even(element.tail) if element is not body else ""


def _even(text: str | None) -> str:
    """A text on one line: where its lines end in the file means nothing."""
    return " ".join(text.splitlines()) if text else ""


def _stated(about: bytes) -> dict[str, str]:
    """What a document tells of itself."""
    names = ("title", "initial-creator", "creator")
    found = xml.elements(io.BytesIO(about), names) if about else iter(())
    return {xml.local(each): xml.text(each).strip() for each in found}
