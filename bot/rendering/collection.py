"""Writes a collection to a file: excerpts of several answers, each with its source.

What articles and names contain stays plain text in each format, as in `citation_formats`. Knows
nothing of web servers.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.rendering.citation_formats import export
from bot.rendering.excerpt import Excerpt

CollectionFormat = Literal["markdown", "csv", "docx"]

_TITLE = "Collected with Verbatim"
_FIELDS = ("speaker", "text", "title", "outlet", "date", "address", "article", "start", "end")
# A spreadsheet takes a cell that begins so for a formula; the full-width ones in some locales.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


@dataclass(frozen=True, slots=True)
class FileKind:
    """The media type of a file and the suffix of its name, without the dot."""

    media: str
    suffix: str


KINDS: Mapping[CollectionFormat, FileKind] = {
    "markdown": FileKind("text/markdown; charset=utf-8", "md"),
    "csv": FileKind("text/csv; charset=utf-8", "csv"),
    "docx": FileKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
    ),
}


def collect(excerpts: Sequence[Excerpt], format: CollectionFormat) -> bytes:
    """The file with the excerpts, in their order."""
    return _WRITERS[format](excerpts)


def _markdown(excerpts: Sequence[Excerpt]) -> bytes:
    parts = [f"# {_TITLE}", *(export(each, "markdown") for each in excerpts)]
    return ("\n\n".join(parts) + "\n").encode()


def _csv(excerpts: Sequence[Excerpt]) -> bytes:
    """With a byte order mark, or spreadsheets take UTF-8 for something else."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_FIELDS)
    for each in excerpts:
        text = (each.said_by, each.words, each.title, each.outlet, each.day, each.address or "")
        place = (each.article.id, each.span.start, each.span.end)
        writer.writerow([_cell(value) for value in (*text, *map(str, place))])
    return file.getvalue().encode("utf-8-sig")


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _docx(excerpts: Sequence[Excerpt]) -> bytes:
    from docx import Document  # takes a moment to import

    document = Document()
    document.core_properties.title = _TITLE
    document.add_heading(_TITLE, level=1)
    for each in excerpts:
        document.add_paragraph(each.words, style="Intense Quote")
        source = document.add_paragraph()
        if each.said_by:
            source.add_run(each.said_by).bold = True
        told = [part for part in (each.title, each.outlet, each.day, each.address) if part]
        source.add_run(f"{' · ' * bool(each.said_by)}{' · '.join(told)}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


_WRITERS: Mapping[CollectionFormat, Callable[[Sequence[Excerpt]], bytes]] = {
    "markdown": _markdown,
    "csv": _csv,
    "docx": _docx,
}
