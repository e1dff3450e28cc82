"""Reads documents of word processors: .docx (Office Open XML) and .rtf.

The text is a line for each paragraph, in the document's order, cells of tables too; headers, notes
and comments are not part of it. A packed file that would grow too large is refused unopened.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from index.reading.readings import FoundArticle, Source
from index.reading.records import RecordError

if TYPE_CHECKING:
    from docx.document import Document

MAX_UNPACKED = 50 * 2**20
_MAX_FILES = 2000
_MAIN = "word/document.xml"


def is_docx(head: bytes) -> bool:
    """Whether a file that begins so may be one; others are packed in the same way."""
    return head.startswith(b"PK\x03\x04")


def read_docx(content: bytes, source: Source) -> FoundArticle:
    """The article in a document, with the title and author that its properties tell."""
    from docx import Document as open_document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _check_size(content)
    try:
        document = open_document(io.BytesIO(content))
        lines = [" ".join(line.split()) for line in _lines(document)]
        properties = document.core_properties
        title = properties.title or _titled(document)
        author = properties.author
    except (
        OpcError,
        LxmlError,
        BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        EOFError,
    ) as error:
        raise RecordError(f"not a document that can be read: {error}") from None
    author = None if author == "python-docx" else author
    return FoundArticle({"body": "\n".join(filter(None, lines)), "title": title, "author": author})


def _check_size(content: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            files = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise RecordError(f"not a document that can be read: {error}") from None
    if _MAIN not in {file.filename for file in files}:
        raise RecordError("a packed file, but no .docx")
    size = sum(file.file_size for file in files)
    if size > MAX_UNPACKED or len(files) > _MAX_FILES:
        raise RecordError(f"{size:,} bytes when unpacked; a document may have {MAX_UNPACKED:,}")


def _lines(document: "Document") -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _cells(block)
        else:
            yield from block.text.split("\n")


def _cells(table: Any) -> Iterator[str]:  # noqa: ANN401 -- the library's own types
    """The text of each cell; one that is joined of several comes once."""
    for element in table._tbl.iter("{*}tc"):
        texts = ("".join(p.itertext("{*}t")) for p in element.iterchildren("{*}p"))
        yield from texts


def _titled(document: "Document") -> str | None:
    """The first paragraph, where it has the style of a title."""
    first = next((p for p in document.paragraphs if p.text.strip()), None)
    style = first.style.name if first is not None and first.style is not None else None
    is_title = style is not None and style.lower() in ("title", "heading 1")
    return first.text.strip() if first is not None and is_title else None


def is_rtf(head: bytes) -> bool:
    """Whether a file that begins so is Rich Text."""
    return head.startswith(b"{\\rtf")


def read_rtf(content: bytes, source: Source) -> FoundArticle:
    """The article in a Rich Text file."""
    from striprtf.striprtf import rtf_to_text

    try:
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]
            content.decode("latin-1"), errors="replace"
        )
    except (ValueError, LookupError, IndexError, KeyError) as error:
        raise RecordError(f"not Rich Text that can be read: {error}") from None
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return FoundArticle({"body": "\n".join(filter(None, lines))})
