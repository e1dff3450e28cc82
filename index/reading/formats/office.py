"""Reads documents of word processors: .docx (Office Open XML) and .rtf.

The text is a line for each paragraph, in the document's order, cells of tables too, with all
tracked changes accepted; headers, notes and comments are not part of it. A packed file that would
grow too large is refused unopened.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from index.reading.formats.head_lines import without_head
from index.reading.read_results import FoundArticle, Source
from index.reading.records import RecordError

if TYPE_CHECKING:
    from docx.document import Document

MAX_UNPACKED = 50 * 2**20
_MAX_FILES = 2000
_MAIN = "word/document.xml"
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
# What programs call a document, and whom they call its author, where nobody has said it.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|(?:untitled|(?:word )?document|presentation)\W*\d*"
    r"|.*\.(?:docx?|rtf|odt|pages|indd|qx[dp]|pub|pdf|tex|dvi|ai|eps|html?)|[^\s]*[_\d][^\s]*",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """admin administrator author guest home office owner prepress unknown user windows pc
    python-docx microsoft""".split()
)
_INFO = re.compile(r"\{\\(title|author) ((?:[^{}\\]|\\[^{}]){1,600}+)\}", re.IGNORECASE)
_BEGUN = re.compile(r"\{\\rtf1(?:\\ansi|\\mac|\\ansicpg\d{1,5}|\\deff\d{1,3}|\\uc\d)*+")
_OFF = ("0", "false", "off", "none")
_MAX_STATED = 500  # characters of a property
_INFO_HEAD = 20_000  # characters of a Rich Text file that may tell of it


def is_docx(head: bytes) -> bool:
    """Whether a file that begins so may be one; others are packed in the same way."""
    return head.startswith(b"PK\x03\x04")


def read_docx(content: bytes, source: Source) -> FoundArticle:
    """The article in a document, with the title and author that its properties tell."""
    from docx import Document as open_document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    check_packed(content, _MAIN, ".docx")
    try:
        document = open_document(io.BytesIO(content))
        lines = list(_lines(document))
        properties = document.core_properties
        title = stated_title(properties.title) or _titled(document)
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
    return document_of(lines, title, author)


def document_of(
    lines: Iterable[str], title: str | None, author: str | None, published: str | None = None
) -> FoundArticle:
    """The article of a document's lines, with what those over its text tell.

    `author` is what its properties tell. A byline counts more: these name who made its template.
    """
    even = (" ".join(line.split()) for line in lines)
    over, rest = without_head(list(filter(None, even)))
    author = stated_author(author)
    details = {"title": title or over.get("title"), "author": over.get("author") or author}
    day = over.get("published") or published
    return FoundArticle({"body": "\n".join(rest), **details, **({"published": day} if day else {})})


def stated_title(title: str | None) -> str | None:
    """The title that a document's properties tell, if it is one: not the name of a file.

    >>> stated_title("p04_final.indd"), stated_title("Harbour stays open")
    (None, 'Harbour stays open')
    """
    even = " ".join((title or "")[:_MAX_STATED].split())
    return None if not even or _NO_TITLE.fullmatch(even) else even


def stated_author(author: str | None) -> str | None:
    """Who wrote a document, by its properties, if that is somebody: not the name of a computer."""
    even = " ".join((author or "")[:_MAX_STATED].split())
    is_nobody = any(word in _NOBODY for word in even.lower().split()[:2])
    return None if not even or is_nobody else even


def check_packed(content: bytes, main: str, kind: str) -> None:
    """Raises RecordError for what is packed and no document, or would grow too large."""
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            files = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise RecordError(f"not a document that can be read: {error}") from None
    if main not in {file.filename for file in files}:
        raise RecordError(f"a packed file, but no {kind}")
    size = sum(file.file_size for file in files)
    if size > MAX_UNPACKED or len(files) > _MAX_FILES:
        raise RecordError(f"{size:,} bytes when unpacked; a document may have {MAX_UNPACKED:,}")


def _lines(document: "Document") -> Iterator[str]:
    """The paragraphs, whatever they stand in: tables, controls, boxes of text, insertions."""
    body = document.element.body
    name = f"{{{body.nsmap[body.prefix]}}}" if body.prefix in body.nsmap else "{*}"
    gone = ("{*}Fallback", *(f"{name}{each}" for each in ("del", "moveFrom")))
    for each in list(body.iter(*gone)):  # a fallback says again what stands beside it
        each.getparent().remove(each)
    for paragraph in body.iter(f"{name}p"):
        yield from _text(paragraph, name).split("\n")


def _text(paragraph: Any, name: str) -> str:  # noqa: ANN401 -- lxml has no types
    """The words of a paragraph; a box of text in it has paragraphs of its own."""
    from lxml.etree import iterwalk

    parts = []
    walk = iterwalk(paragraph, events=("start",))
    for _, element in walk:
        is_gone = element.tag == f"{name}r" and _is_gone(element, name)
        if element.tag == f"{name}txbxContent" or is_gone:
            walk.skip_subtree()
        elif element.tag == f"{name}t":
            parts.append(element.text or "")
        elif sign := _SIGNS.get(element.tag.removeprefix(name)):
            parts.append(sign)
    return "".join(parts)


def _is_gone(run: Any, name: str) -> bool:  # noqa: ANN401
    """Whether a run of words is hidden or struck out."""
    marks = (run.find(f"{name}rPr/{name}{mark}") for mark in ("vanish", "strike", "dstrike"))
    return any(mark is not None and mark.get(f"{name}val") not in _OFF for mark in marks)


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
        info = _rtf_info(content)
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]
            content.decode("latin-1"), errors="replace"
        )
    except (ValueError, LookupError, IndexError, KeyError) as error:
        raise RecordError(f"not Rich Text that can be read: {error}") from None
    return document_of(text.split("\n"), stated_title(info.get("title")), info.get("author"))


def _rtf_info(content: bytes) -> dict[str, str]:
    """What a Rich Text file tells of itself, in the encoding that it begins with."""
    from striprtf.striprtf import rtf_to_text

    head = content[:_INFO_HEAD].decode("latin-1")
    _, _, info = head.partition("{\\info")
    begun = _BEGUN.match(head)
    found: dict[str, str] = {}
    for name, value in _INFO.findall(info) if begun else ():
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]
            f"{begun[0] if begun else ''} {value}}}", errors="replace"
        )
        found.setdefault(name.lower(), text)
    return found
