"""Reads the XML of news agencies: NITF, and NewsML-G2 with NITF, XHTML or plain text in it.

Both by IPTC. A file may hold many items; each is read for itself, by its own id.
https://iptc.org/standards/
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from index.reading import markup, xml
from index.reading.bylines import even
from index.reading.read_results import ReadResult, Source, check_release, read_each
from index.reading.records import RecordError
from index.reading.stated_dates import utc_date
from index.reading.xml import Element

# What stands beside the text: pictures with their captions, who sent it.
_BESIDE = frozenset("media tagline distributor note bibliography figure figcaption".split())
_NO_TEXTS = ("picture", "graphic", "video", "audio", "animation")
_HTML = {"hl1": "h1", "hl2": "h2", "bq": "blockquote", "block": "div", "para": "p"}


def read_nitf(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """Every document of a file, known by its `doc-id`."""
    return _read(file, source, "nitf", _nitf)


def read_newsml(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """Every news item of a file, alone or in a message, known by its guid."""
    return _read(file, source, "newsItem", _news_item)


def _read(
    file: BinaryIO, source: Source, name: str, record_of: Callable[[Element], dict[str, object]]
) -> Iterator[ReadResult]:
    elements = xml.elements(file, (name,), source.charset)
    finds = (partial(record_of, element) for element in elements)
    return read_each(finds, "item", "no news item in it that can be read", source)


def _nitf(item: Element) -> dict[str, object]:
    body, data = xml.child(item, "body"), xml.child(item, "head", "docdata")
    head = xml.child(body, "body.head")
    state = data.get("management-status", "usable") if data is not None else "usable"
    is_embargoed = state == "embargoed"
    release = _attribute(xml.child(data, "date.release"), "norm")
    own_id = _attribute(xml.child(data, "doc-id"), "id-string")
    check_release(state, (release or "unknown") if is_embargoed else None, own_id)
    issue = _attribute(xml.child(data, "date.issue"), "norm") or release
    return {
        "id": own_id,
        "title": _line(xml.child(head, "hedline", "hl1"))
        or _line(xml.child(item, "head", "title")),
        "author": _bylines(head),
        "source": _attribute(xml.child(item, "head", "pubdata"), "name")
        or _line(xml.child(head, "distributor")),
        "published": utc_date(issue) if issue else None,
        "body": _text(xml.child(body, "body.content")),
    }


def _bylines(head: Element | None) -> str | None:
    """The persons of the bylines; where none is marked as one, what stands there."""
    names = []
    for byline in xml.children(head, "byline"):
        person = xml.child(byline, "person")
        names.append(even(_line(byline if person is None else person) or ""))
    return "; ".join(filter(None, names)) or None


def _news_item(item: Element) -> dict[str, object]:
    about, content = xml.child(item, "itemMeta"), xml.child(item, "contentMeta")
    state = _attribute(xml.child(about, "pubStatus"), "qcode") or "stat:usable"
    embargo = xml.text(xml.child(about, "embargoed")).strip() or None
    check_release(state.rpartition(":")[2], embargo, item.get("guid"))
    kind = (_attribute(xml.child(about, "itemClass"), "qcode") or "").rpartition(":")[2]
    if kind in _NO_TEXTS:
        raise RecordError(f"left out: an item of the class {kind}, not a text")
    dates = (("versionCreated", about), ("firstCreated", about), ("contentCreated", content))
    written = (xml.text(xml.child(parent, name)).strip() for name, parent in dates)
    names = [_line(xml.child(each, "name")) or "" for each in xml.children(content, "creator")]
    return {
        "id": item.get("guid"),
        "title": _headline(content),
        "author": "; ".join(filter(None, names)) or even(_line(xml.child(content, "by")) or ""),
        "source": _provider(xml.child(about, "provider")),
        "published": next(filter(None, map(utc_date, written)), None),
        "body": _content(xml.child(item, "contentSet")),
    }


def _headline(content: Element | None) -> str | None:
    """Of several headlines the main one, else one without a role, else the longest."""
    stated = [
        (str(each.get("role") or ""), _line(each)) for each in xml.children(content, "headline")
    ]
    lines = [(role, line) for role, line in stated if line]
    best = [line for role, line in lines if role.endswith("main")]
    best += [line for role, line in lines if not role]
    return next(iter(best), max((line for _, line in lines), key=len, default=None))


def _provider(provider: Element | None) -> str | None:
    if provider is None:
        return None
    code = str(provider.get("qcode") or "").rpartition(":")[2]
    return _line(xml.child(provider, "name")) or provider.get("literal") or code or None


def _content(content: Element | None) -> str | None:
    """The first text of the item: NITF or XHTML written in it, or plain text."""
    for part in content if content is not None else ():
        kind = xml.local(part)
        if kind == "inlineXML":
            body = next((e for e in part.iter() if xml.local(e) in ("body.content", "body")), part)
            inner = xml.child(body, "body.content")
            return _text(body if inner is None else inner)
        if kind == "inlineData":
            is_plain = part.get("contenttype", "text/plain").startswith("text/plain")
            return xml.text(part).strip() if is_plain else markup.text_of(xml.text(part))
    return None


def _text(content: Element | None) -> str | None:
    return markup.text_of(xml.as_html(content, _HTML, _BESIDE)) if content is not None else None


def _line(element: Element | None) -> str | None:
    return " ".join(xml.text(element).split()) or None


def _attribute(element: Element | None, name: str) -> str | None:
    value = element.get(name) if element is not None else None
    return value.strip() or None if isinstance(value, str) else None
