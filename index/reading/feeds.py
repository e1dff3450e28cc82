"""Reads the articles of an RSS or Atom feed: an article for each entry that carries its text.

Knows nothing of where the feed came from.
"""

import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO

from index.reading.jsonl import Problem, Reading
from index.reading.records import RecordError, make_article

MAX_FEED = 2 * 2**20  # the parser takes seconds for it

_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_HEAD = 4096
_PLAIN = "text/plain"
# What the parser is known to raise for what is no feed at all.
_FAULTS = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RecursionError)
_LINES = """address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5
h6 header hr li main ol p pre section table td th tr ul""".split()
_LINE_END = "\u2028"  # stands for those that markup makes; the others are mere white space


def is_feed(content: bytes) -> bool:
    """Whether the bytes begin as a feed does, whatever the server calls them."""
    return bool(_FEED.search(content[:_HEAD]))


def read_feed(content: bytes, place: str) -> Iterator[Reading]:
    """The articles of a feed in its order, a problem for each entry that holds none."""
    if len(content) > MAX_FEED:
        yield Problem(place, f"{len(content):,} bytes; a feed may have {MAX_FEED:,}")
        return
    entries, outlet = _parsed(content)
    if not entries:
        yield Problem(place, "no entries in this feed that can be read")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        where = f"{place}: entry {number}"
        try:
            article, lost = make_article({**_record(entry), "source": outlet})
        except RecordError as error:
            yield Problem(where, str(error))
            continue
        if article.id not in seen:
            seen.add(article.id)
            yield from (Problem(where, line, kept=True) for line in lost)
            yield article


def _parsed(content: bytes) -> tuple[list[dict[str, object]], str]:
    """The entries, and the name of the feed."""
    import feedparser

    try:
        # As a file: it would take text for an address, and ask for it.
        feed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except _FAULTS:
        return [], ""
    # As plain records: its own give one field for another where that is missing.
    return [dict(entry) for entry in feed.entries], _part(feed.feed.get("title_detail"))


def _record(entry: Mapping[str, object]) -> dict[str, object]:
    contents = entry.get("content")
    whole = contents[0] if isinstance(contents, list) and contents else None
    return {
        "body": _part(whole) or _part(entry.get("summary_detail")),
        "title": _part(entry.get("title_detail")),
        "author": entry.get("author"),
        "published": _date(entry.get("published_parsed") or entry.get("updated_parsed")),
        "url": entry.get("link"),
    }


def _part(detail: object) -> str:
    """The text of a part of a feed, freed of its markup if it has any."""
    if not isinstance(detail, Mapping):
        return ""
    value, kind = str(detail.get("value", "")), detail.get("type")
    return value.strip() if kind == _PLAIN else _text(value)


def _text(markup: str) -> str:
    """The text of a piece of HTML: a line for each of its paragraphs."""
    from lxml.html import HTMLParser, document_fromstring

    # In an element of its own: lxml finds no document in what is empty.
    whole = f"<div>{markup}</div>".encode("utf-8", "replace")
    root = document_fromstring(whole, parser=HTMLParser(encoding="utf-8"))
    for unseen in root.iter("script", "style"):
        unseen.text = None
    for element in root.iter(*_LINES):
        element.text = _LINE_END + (element.text or "")
        element.tail = _LINE_END + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().split(_LINE_END))
    return "\n".join(filter(None, lines))


def _date(parsed: object) -> str | None:
    """The feed parser's idea of a date, which is in UTC."""
    if not isinstance(parsed, tuple):
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError):
        return None
