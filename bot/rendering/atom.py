"""Writes sentences of articles as an Atom feed (RFC 4287), one entry each, with a stable id.

Knows nothing of how they were found.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bot.rendering.labels import origin_of, words_page
from index.schema import Article, Span

KIND = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00+00:00"
_MOST_TITLE = 120
# What XML 1.0 cannot hold, however it is escaped.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Words of an article, whose they are, and when the archive got them (ISO 8601, UTC)."""

    article: Article
    span: Span
    speaker: str | None
    added_at: str

    @property
    def id(self) -> str:
        """The same for the same words of the same article, wherever they stand in it."""
        name = f"{self.article.id}\n{' '.join(self.span.of(self.article.text).split())}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}"


def atom(title: str, about: str, address: str, root: str, entries: Sequence[FeedEntry]) -> bytes:
    """The feed at an address; `root` is where our own pages stand, `about` a line for the reader.

    An entry that comes twice is there once.
    """
    once = {entry.id: entry for entry in reversed(entries)}
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}")
    _add(feed, "title", title)
    _add(feed, "subtitle", about)
    _add(feed, "updated", max((entry.added_at for entry in entries), default=_NEVER))
    _add(_add(feed, "author"), "name", "Verbatim")
    _add(feed, "link", rel="self", type=KIND, href=address)
    for id_, entry in reversed(once.items()):
        _add_entry(feed, id_, entry, root)
    ET.register_namespace("", _ATOM)
    made: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _add_entry(feed: ET.Element, id_: str, entry: FeedEntry, root: str) -> None:
    article, span = entry.article, entry.span
    words = span.of(article.text)
    short = words if len(words) <= _MOST_TITLE else f"{words[:_MOST_TITLE]}…"
    element = _add(feed, "entry")
    _add(element, "id", id_)
    _add(element, "title", " ".join(f"{entry.speaker or article.label}: {short}".split()))
    _add(element, "updated", entry.added_at)
    if entry.speaker:
        _add(_add(element, "author"), "name", entry.speaker)
    href = f"{root}{words_page(article, span)}"
    _add(element, "link", rel="alternate", type="text/html", href=href)
    source = " · ".join((article.label, *origin_of(article)))
    _add(element, "content", f"{words}\n\n— {source}", type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    fit = {key: _UNFIT.sub("\ufffd", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", fit)
    element.text = _UNFIT.sub("\ufffd", text) or None
    return element
