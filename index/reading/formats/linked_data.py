"""Articles as schema.org describes them, in pages (JSON-LD) and in files of their own.

A thing may be named where it is used and described elsewhere. A live blog is one article: what it
says of itself, then its entries. Knows nothing of pages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Any

from index.reading import bylines, markup
from index.reading.stated_dates import iso_date

MAX_NODES = 2_000
_ARTICLES = re.compile(r"article|posting|report|story|review|webpage", re.IGNORECASE)
_AROUND = ("@graph", "mainEntity", "mainEntityOfPage")
_SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org\b", re.IGNORECASE)


def is_linked(record: Mapping[str, object]) -> bool:
    """Whether a JSON object is of schema.org, and not a content system's own."""
    return bool(_SCHEMA.match(str(record.get("@context")))) or "@graph" in record


def articles_in(value: object) -> list[dict[str, object]]:
    """The fields, by the names that are ours, of the articles that are described with a text."""
    nodes = list(islice(nodes_of(value), MAX_NODES))
    told = [whole(node, nodes) for node in nodes if is_article(node)]
    return [_article_of(node) for node in told if body_of(node)]


def _article_of(node: Mapping[str, Any]) -> dict[str, object]:
    written = node.get("datePublished") or node.get("dateCreated")
    stated = (line_of(node.get(key)) for key in ("headline", "name", "alternativeHeadline"))
    authors = (bylines.even(name) for name in names_in(node.get("author")))
    return {
        "body": body_of(node) or None,
        "title": next(filter(None, stated), None),
        "author": "; ".join(bylines.distinct(authors)) or None,
        "source": next(names_in(node.get("publisher")), None),
        "published": iso_date(written) or written,
        "url": _address(node),
    }


def _address(node: Mapping[str, Any]) -> str | None:
    """The page that it is on; its own name may be one."""
    page = node.get("mainEntityOfPage")
    page = (page.get("@id") or page.get("url")) if isinstance(page, dict) else page
    found = (node.get("url"), page, node.get("@id"))
    addresses = (each for each in found if isinstance(each, str))
    return next((each for each in addresses if each.startswith("http")), None)


def body_of(node: Mapping[str, Any]) -> str:
    """The text that an article is stated to have: of a live blog that of its entries."""
    stated = node.get("articleBody")
    if isinstance(stated, str) and stated.strip():
        return _text(stated)
    updates = node.get("liveBlogUpdate")
    entries = [each for each in _listed(updates) if isinstance(each, dict)]
    parts = ((line_of(each.get("headline")), body_of(each)) for each in entries)
    lines = [line for part in parts if part[1] for line in part if line]
    about = line_of(node.get("description"))
    return "\n".join([about, *lines] if about and lines else lines)


def _listed(value: object) -> list[object]:
    return value[:MAX_NODES] if isinstance(value, list) else [value]


def _text(stated: str) -> str:
    """A text as data has it: with its paragraphs as lines, with tags, or with those escaped."""
    if "<" in stated or "&lt;" in stated:
        return markup.text_of(unescape(stated) if "<" not in stated else stated)
    return "\n".join(markup.characters(line) for line in stated.splitlines())


def line_of(value: object) -> str:
    """A value of the page's data as a line of text, its entities and tags read."""
    if not isinstance(value, str) or not value.strip():
        return ""
    return markup.line_of(value) if "<" in value or "&" in value else " ".join(value.split())


def names_in(value: object) -> Iterator[str]:
    """The names in a piece of JSON-LD: a text, a thing with a name, or a list of these."""
    if isinstance(value, list):
        for each in value[:50]:
            yield from names_in(each) if not isinstance(each, list) else ()
    elif isinstance(value, dict):
        yield from names_in(value.get("name")) if not isinstance(value.get("name"), dict) else ()
    elif name := line_of(value):
        yield name


def is_article(node: Mapping[str, Any]) -> bool:
    """Whether it describes an article, or the page of one."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and bool(_ARTICLES.search(name)) for name in names)


def nodes_of(value: object) -> Iterator[Mapping[str, Any]]:
    """All that is described in it, the outermost first."""
    waiting = [value]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting.extend(each[:MAX_NODES])
        elif isinstance(each, dict):
            yield each
            inner = (each.get(key) for key in _AROUND)
            waiting.extend(one for one in inner if isinstance(one, list | dict))


def whole(node: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What it says, with what it only names by an id as another of the things tells."""
    named = {each["@id"]: each for each in nodes if isinstance(each.get("@id"), str)}
    named = {name: each for name, each in named.items() if len(each) > 1}
    return {key: _meant(value, named) for key, value in node.items()}


def _meant(value: object, named: Mapping[str, object]) -> object:
    """What stands for a thing that is described elsewhere is that thing."""
    if isinstance(value, list):
        return [_meant(each, named) for each in value[:MAX_NODES] if not isinstance(each, list)]
    is_id = isinstance(value, dict) and set(value) <= {"@id", "@type"}
    return named.get(str(value.get("@id")), value) if is_id and isinstance(value, dict) else value
