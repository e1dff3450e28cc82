"""Reads the export of a MediaWiki (`dumpBackup.php`, Special:Export): an article for each page.

The text is the newest version's, without markup, tables, notes and pictures. Other namespaces
(talk, users, templates) and redirects are left out. The well-known parser of wikitext is not used:
it takes the square of the number of templates that are not closed, and worse. https://www.mediawiki.org/wiki/Help:Export
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO
from urllib.parse import quote

from index.reading import markup, xml
from index.reading.read_results import ReadResult, Source, read_each
from index.reading.records import RecordError, derived_id
from index.reading.stated_dates import utc_date
from index.reading.xml import Element

MAX_WIKITEXT = 1_000_000
_DEEPEST = 20
_CLOSERS = {"{{": "}}", "[[": "]]", "{|": "|}"}
_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{\||\|\}|[^{}\[\]|]++|.", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BESIDE = re.compile(
    r"<(ref|table|gallery|math|timeline|score|references)\b[^<>]{0,500}"
    r"(?:/>|(?<!/)>.*?(?:</\1\s{0,9}>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_LABEL = re.compile(r"\[(?:https?:)?//[^\s\[\]]{1,2000}[ \t]*([^\[\]\n]{0,2000})\]")
_LINE = re.compile(r"^(?:[*#:;]+|=+)[ \t]*(.*?)[ \t]*=*$")
_EMPHASIS = re.compile(r"'{2,5}|__[A-Z]{2,20}__")
_PICTURES = ("file:", "image:", "category:", "media:")


def read_wiki(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """The article on each page of an export."""
    nothing = "no pages in this export that can be read"
    return read_each(_pages(file, source), "page", nothing, source)


def _pages(file: BinaryIO, source: Source) -> Iterator[Callable[[], dict[str, object]]]:
    name, base = "", ""
    for element in xml.elements(file, ("siteinfo", "page"), source.charset):
        if xml.local(element) == "siteinfo":
            name = xml.text(xml.child(element, "sitename")).strip()
            base = xml.text(xml.child(element, "base")).strip()
        else:
            yield partial(_record, element, name, base)


def _record(page: Element, site: str, base: str) -> dict[str, object]:
    title = xml.text(xml.child(page, "title")).strip()
    if xml.text(xml.child(page, "ns")).strip() not in ("", "0"):
        raise RecordError("left out: not an article page of the wiki")
    if xml.child(page, "redirect") is not None:
        raise RecordError("left out: a redirect to another page")
    newest = max(xml.children(page, "revision"), key=_time, default=None)
    where = base.rpartition("/")[0]
    address = f"{where}/{quote(title.replace(' ', '_'))}" if where.startswith("http") else None
    return record_of(
        site,
        base,
        number=xml.text(xml.child(page, "id")).strip() or title,
        title=title,
        address=address,
        time=_time(newest),
        written=xml.text(xml.child(newest, "text")),
    )


def record_of(  # noqa: PLR0913 -- what a page is
    site: str,
    base: str,
    *,
    number: str,
    title: str,
    address: str | None,
    time: str,
    written: str,
) -> dict[str, object]:
    """The record of a page, whose id is the same however it was come by.

    `base` is the address that the wiki states of itself, `time` that of the newest version, and
    `written` its wikitext.
    """
    return {
        "id": derived_id("wiki", base or site, number),
        "title": title,
        "source": site,
        "published": utc_date(time),
        "url": address,
        "body": plain_of(written),
    }


def _time(revision: Element) -> str:
    return xml.text(xml.child(revision, "timestamp")).strip()


def plain_of(wikitext: str) -> str:
    """The text of a page of a wiki; raises RecordError where it is too much."""
    if len(wikitext) > MAX_WIKITEXT:
        raise RecordError(f"{len(wikitext):,} characters of wikitext; at most {MAX_WIKITEXT:,}")
    text = _unlinked(_BESIDE.sub("", _COMMENT.sub("", wikitext)))
    lines = (_LINE.sub(r"\1", line.strip()) for line in _LABEL.sub(r"\1", text).split("\n"))
    return markup.text_of("<br>".join(_EMPHASIS.sub("", line) for line in lines))


def _unlinked(text: str) -> str:
    """The text with links as what they show, and without templates, tables and pictures.

    What is not closed, or nested deeper than a person would, is text.
    """
    stack: list[tuple[str, list[str]]] = [("", [])]
    for token in _TOKEN.findall(text):
        opener, parts = stack[-1]
        if token in _CLOSERS and len(stack) < _DEEPEST:
            stack.append((token, []))
        elif opener and token == _CLOSERS[opener]:
            stack.pop()
            stack[-1][1].append(_shown("".join(parts)) if opener == "[[" else "")
        else:
            parts.append(token)
    return "".join(part for opener, parts in stack for part in (opener, *parts))


def _shown(link: str) -> str:
    """What a link shows: of a picture or a category nothing."""
    if link.strip().lower().startswith(_PICTURES):
        return ""
    return link.rpartition("|")[2]
