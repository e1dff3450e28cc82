"""All formats that articles are read from, and which of them a file is in.

What a file holds decides, its ending only where that says nothing: XML by its outermost element,
packed and binary files by how they begin.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from index.reading import xml
from index.reading.formats import mail, office, opendocument, pdf, subtitles
from index.reading.formats.csv_files import read_rows
from index.reading.formats.feeds import read_feed
from index.reading.formats.jsonl import read_json, read_jsonl
from index.reading.formats.pages import read_page
from index.reading.formats.plain import read_markdown, read_text
from index.reading.formats.wiki import read_wiki
from index.reading.formats.wires import read_newsml, read_nitf
from index.reading.read_results import FoundArticle, ReadResult, Source

HEAD = 4096  # bytes that tell what a file is

# Possessive: a file that is made so is not read again and again.
_BEFORE = r"(?:\s++|<\?[^>]*+>|(?><!--.*?-->)|(?><!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>))*+"
_ROOT = re.compile(rf"\ufeff?{_BEFORE}<(?:[\w.-]+:)?([A-Za-z][\w.-]*)", re.DOTALL | re.IGNORECASE)

One = Callable[[bytes, Source], FoundArticle]
Many = Callable[[BinaryIO, Source], Iterator[ReadResult]]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: of those that are one article `one` reads it, of the others `many`.

    `roots` are the outermost elements of its XML or HTML, in small letters; `begins` tells from the
    first bytes.
    """

    suffixes: tuple[str, ...]
    one: One | None = None
    many: Many | None = None
    roots: tuple[str, ...] = ()
    begins: Callable[[bytes], bool] | None = None


FEED = Format((".rss", ".atom"), many=read_feed, roots=("rss", "feed", "rdf"))
TEXT = Format((".txt", ".text"), one=read_text)
PAGE = Format((".html", ".htm", ".xhtml"), one=read_page, roots=("html",))
FORMATS = (
    TEXT,
    Format((".md", ".markdown", ".mdown", ".mkd"), one=read_markdown),
    PAGE,
    FEED,
    Format((".jsonl", ".ndjson"), many=read_jsonl),
    Format((".json",), many=read_json),
    Format((".csv", ".tsv"), many=read_rows),
    Format((".nitf",), many=read_nitf, roots=("nitf",)),
    Format((".newsml",), many=read_newsml, roots=("newsitem", "newsmessage")),
    Format((), many=read_wiki, roots=("mediawiki",)),
    Format((".odt",), one=opendocument.read_odt, begins=opendocument.is_odt),
    Format((".docx",), one=office.read_docx, begins=office.is_docx),
    Format((".rtf",), one=office.read_rtf, begins=office.is_rtf),
    Format((".pdf",), one=pdf.read_pdf, begins=pdf.is_pdf),
    Format((".vtt", ".srt"), one=subtitles.read_subtitles, begins=subtitles.is_vtt),
    Format((".mbox",), many=mail.read_box, begins=mail.is_box),
    Format((".eml",), one=mail.read_message, begins=mail.is_mail),
)
SUFFIXES = (*(suffix for each in FORMATS for suffix in each.suffixes), ".xml")


def format_of(head: bytes, suffix: str, charset: str | None = None) -> Format | None:
    """The format of a file that begins so, or None; `charset` is what the server told.

    >>> format_of(b"<?xml version='1.0'?><rss>", ".txt") is FEED
    True
    """
    by_bytes = (each for each in FORMATS if each.begins and each.begins(head))
    root = _ROOT.match(xml.head_text(head, charset))
    by_root = (each for each in FORMATS if root and root[1].lower() in each.roots)
    by_name = (each for each in FORMATS if suffix.lower() in each.suffixes)
    ways = (by_bytes, by_root, by_name)
    return next((each for way in ways for each in way), None)
