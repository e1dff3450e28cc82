"""Writes cited words as W3C Web Annotations: the words, their context, their place, the speaker.

Knows no other notation.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.rendering.excerpt import Excerpt, Voice
from bot.rendering.labels import KINDS
from bot.rendering.text_fragments import web_url
from index.schema import Article, Span, Statement

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
_AROUND = 32  # characters beside a quotation, as annotation tools keep


def annotation(excerpt: Excerpt) -> dict[str, Any]:
    """The excerpt as an annotation; its places count in characters of the archive's text."""
    return {"@context": _CONTEXT, **_annotation(excerpt, [excerpt.span])}


def annotations(
    article: Article, statements: Sequence[tuple[Statement, str | None]]
) -> dict[str, Any]:
    """An article's statements, each with its speaker's full name, as an AnnotationPage."""
    items = []
    for statement, name in statements:
        voices = (Voice(name, statement.kind),) if name else ()
        items.append(_annotation(Excerpt(article, statement.span, voices), statement.content))
    name = _urn(article, "statements")
    return {"@context": _CONTEXT, "id": name, "type": "AnnotationPage", "items": items}


def _annotation(excerpt: Excerpt, spans: Sequence[Span]) -> dict[str, Any]:
    targets = [_target(replace(excerpt, span=span)) for span in spans]
    places = " ".join(f"{span.start}-{span.end}" for span in spans)
    names = ", ".join(voice.speaker for voice in excerpt.voices) or None
    record: dict[str, Any] = {
        "id": _urn(excerpt.article, f"{places} {names}"),
        "type": "Annotation",
        "motivation": "identifying" if excerpt.voices else "highlighting",
        "generator": {"type": "Software", "name": "Verbatim"},
    }
    if excerpt.voices:
        record["body"] = [body for voice in excerpt.voices for body in _bodies(voice)]
    if excerpt.verbatim:
        record["via"] = excerpt.verbatim
    return record | {"target": targets[0] if len(targets) == 1 else targets}


def _bodies(voice: Voice) -> Iterator[dict[str, str]]:
    yield _body(voice.speaker, "identifying")
    if voice.kind:
        yield _body(KINDS[voice.kind], "tagging")


def _urn(article: Article, part: str) -> str:
    """The same for the same words of the same version."""
    name = "\n".join((article.id, article.version, part))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}"


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


def _target(excerpt: Excerpt) -> dict[str, Any]:
    text, span = excerpt.article.text, excerpt.span
    quotation = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "type": "SpecificResource",
        "source": _source(excerpt.article),
        "selector": [quotation, position],
    }


def _source(article: Article) -> dict[str, str]:
    details = {
        "id": web_url(article.url) or _urn(article, "text"),
        "type": "Text",
        "schema:sha256": article.version,
        "schema:headline": article.title,
        "schema:author": article.author,
        "schema:publisher": article.source,
        "schema:datePublished": article.published,
    }
    return {name: value for name, value in details.items() if value}
