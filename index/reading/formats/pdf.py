"""Reads the text of a PDF: column by column, in paragraphs, without running heads and page numbers.

The order is the file's own, which is that of reading in what is set by programs. A line's place
tells where a paragraph begins: by an indent, or a larger step than the lines before it have.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median_low
from typing import Any

from index.reading.formats.office import document_of, stated_title
from index.reading.read_results import FoundArticle, Source
from index.reading.records import RecordError
from index.reading.stated_dates import worded_date

MAX_PAGES = 500
MAX_PAGE = 300_000  # characters
# What pypdf runs into where a file is not what it says.
_BROKEN = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    EOFError,
)
_DIGITS = re.compile(r"\d+")
_SAME_LINE = 0.4  # of the size of the type: footnote marks stand higher than their line
_STEP = 1.35  # times the usual step from line to line: a larger one begins a paragraph
_INDENT = 0.8  # of the size of the type
_HEADING = 1.4  # times as large as most lines: a headline
_LONGEST_HEADING = 200  # characters
_OTHER_SIZE = 1.15  # times as large: a heading, or what follows it
_HYPHENS = ("-", "\u00ad", "\u2010")
_SELDOM = 0.02  # of how often the rarer part is a word: "be-come" is one word, "make-up" is two
_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"[a-zß-öø-ÿ]+")
_LAST = re.compile(r"\w+[-\u00ad\u2010]\Z")
_OVER = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: where it begins and ends (points, from below left), the type's size."""

    x: float
    y: float
    size: float
    text: str


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so is a PDF."""
    return b"%PDF-" in head[:1024]


def read_pdf(content: bytes, source: Source) -> FoundArticle:
    """The article in a PDF, with the title and author that it states.

    Raises RecordError where there is no text in it: a scan is a picture.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would tell of each oddity
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RecordError("locked by a password")
        if len(reader.pages) > MAX_PAGES:
            raise RecordError(f"{len(reader.pages):,} pages; at most {MAX_PAGES}")
        pages = [_lines(page) for page in reader.pages]
        about = reader.metadata
        stated = (about.title, about.author) if about else (None, None)
    except (PyPdfError, *_BROKEN) as error:
        raise RecordError(f"not a PDF that can be read: {error}") from None
    # A damaged file may have a page where its title should be.
    title, author = (each if isinstance(each, str) else None for each in stated)
    heads = _running(pages)
    lines = [line for page in pages for line in page if _folded(line) not in heads]
    paragraphs = list(_paragraphs(lines))
    if not paragraphs:
        raise RecordError("no text in this PDF; if it is a scan, have its words recognised first")
    heading = stated_title(title) or _heading(lines, paragraphs)
    return document_of(paragraphs, heading, author, _day(pages, heads))


def _heading(lines: Sequence[_Line], paragraphs: Sequence[str]) -> str | None:
    """The first paragraph, where its type is much larger than that of most lines."""
    usual = median_low(line.size for line in lines)
    is_one = lines[0].size > _HEADING * usual and len(paragraphs) > 1
    return paragraphs[0] if is_one and len(paragraphs[0]) < _LONGEST_HEADING else None


def _day(pages: Sequence[Sequence[_Line]], heads: Set[str]) -> str | None:
    """The day in the running heads, if it is the same on all pages."""
    running = (line.text for page in pages for line in page if _folded(line) in heads)
    days = set(filter(None, map(worded_date, running)))
    return days.pop() if len(days) == 1 else None


def _lines(page: Any) -> list[_Line]:  # noqa: ANN401 -- the library's own type
    """The lines of a page in the file's order: pieces that stand beside one another are joined."""
    pieces: list[_Line] = []
    total = 0

    def take(
        text: str, place: list[float], matrix: list[float], _font: object, size: float
    ) -> None:
        nonlocal total
        total += len(text)
        if total > MAX_PAGE:
            raise RecordError(f"over {MAX_PAGE:,} characters on a page")
        x = matrix[4] * place[0] + matrix[5] * place[2] + place[4]
        y = matrix[4] * place[1] + matrix[5] * place[3] + place[5]
        height = abs(size * (matrix[3] or 1) * (place[3] or 1)) or 10.0
        pieces.extend(_Line(x, y, height, part) for part in text.split("\n") if part.strip())

    page.extract_text(visitor_text=take)
    joined: list[_Line] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and abs(piece.y - last.y) < _SAME_LINE * last.size and piece.x >= last.x:
            gap = "" if last.text.endswith(" ") or piece.text.startswith(" ") else " "
            joined[-1] = _Line(
                last.x, last.y, max(last.size, piece.size), last.text + gap + piece.text
            )
        else:
            joined.append(piece)
    return joined


def _running(pages: Sequence[Sequence[_Line]]) -> frozenset[str]:
    """What stands first or last on several pages, whatever numbers it has: heads and page numbers.

    They may be anywhere in the file's order, so a page's highest and lowest lines are looked at.
    """
    edges: Counter[str] = Counter()
    for page in pages:
        by_height = sorted(page, key=lambda line: line.y)
        edges.update({_folded(line) for line in (*by_height[:2], *by_height[-2:])})
    return frozenset(head for head, n in edges.items() if n > 1 and n * 2 >= len(pages))


def _folded(line: _Line) -> str:
    return _DIGITS.sub("0", " ".join(line.text.split()).lower())


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    usual = _usual_step(lines)
    known = {word.lower() for line in lines for word in _WORD.findall(line.text)}
    text, last = "", None
    for line in lines:
        if last is None or _begins_anew(line, last, usual):
            yield from filter(None, [text.strip()])
            text = ""
        text = _joined(text, " ".join(line.text.split()), known)
        last = line
    yield from filter(None, [text.strip()])


def _usual_step(lines: Sequence[_Line]) -> float:
    """How far below one line the next stands most often, in sizes of the type."""
    steps = [(a.y - b.y) / a.size for a, b in pairwise(lines) if a.y > b.y]
    return median_low(steps) if steps else 1.2


def _begins_anew(line: _Line, last: _Line, usual: float) -> bool:
    larger, smaller = max(line.size, last.size), min(line.size, last.size)
    if larger > _OTHER_SIZE * smaller:
        return True
    if line.y > last.y:  # another column, or another page
        return bool(_OVER.search(last.text.strip()))
    is_far = (last.y - line.y) / last.size > _STEP * usual
    return is_far or line.x - last.x > _INDENT * line.size


def _joined(text: str, line: str, known: Set[str]) -> str:
    """The line after the text; a word that was parted at the end of a line is joined again.

    That is known where the article has it whole, or English has it, and seldom as two words.
    """
    if not text or not text.endswith(_HYPHENS):
        return f"{text} {line}" if text else line
    begun, rest = _LAST.search(text), _FIRST.match(line)
    if begun and rest and (text[-1] == "\u00ad" or _is_parted(begun[0][:-1], rest[0], known)):
        return text[:-1] + line
    return text + line


def _is_parted(begun: str, rest: str, known: Set[str]) -> bool:
    begun, whole = begun.lower(), (begun + rest).lower()
    n_times = _english()
    rarer = min(n_times.get(begun, 0), n_times.get(rest, 0))
    return whole in known or n_times.get(whole, 0) > _SELDOM * rarer


@lru_cache(maxsize=1)
def _english() -> Mapping[str, int]:
    """How often English has a word."""
    from spellchecker import SpellChecker

    return SpellChecker(language="en").word_frequency.dictionary
