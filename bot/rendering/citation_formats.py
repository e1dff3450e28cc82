"""Writes a citation, a sentence with its speaker and source, as other systems write it.

What articles, names and addresses contain stays plain text in each: nothing in it acts as markup,
ends the citation early, or breaks its line. Knows nothing of web servers.
"""

import html
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from bot.rendering.excerpt import Excerpt, Voice
from bot.rendering.labels import KINDS
from bot.rendering.text_fragments import web_url
from index.printing import printable
from index.schema import Article, Span, Statement

Format = Literal["text", "markdown", "mediawiki", "mediawiki-plain", "dokuwiki", "html", "json-ld"]
FORMATS: tuple[Format, ...] = get_args(Format)

_PUBLISHED, _PERMALINK = "published article", "answer in Verbatim"

# Wiki text: all other characters are inactive anywhere in a line.
_WIKI_ACTIVE = re.compile(r"--+|[^\w\s.,()?!%\"/$+@-]|_", re.ASCII)
_MARKDOWN_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~$!&{}@^=]|:(?=\S)|%(?=%)|(?<=%)%")
_MARKDOWN_AT_START = re.compile(r"^(\d*)([-+.)])")
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
_AROUND = 32  # characters beside a quotation, as annotation tools keep


def export(excerpt: Excerpt, format: Format) -> str:
    """The excerpt in that notation."""
    return _WRITERS[format](excerpt)


def _text(excerpt: Excerpt) -> str:
    title = excerpt.title and f"“{excerpt.title}”"
    attribution = _listed(excerpt.said_by, title, excerpt.outlet, excerpt.day)
    lines = (excerpt.words, attribution and f"— {attribution}", excerpt.address, excerpt.verbatim)
    return "\n".join(line for line in lines if line)


def _markdown(excerpt: Excerpt) -> str:
    attribution = _listed(
        _in_markdown(excerpt.said_by),
        _markdown_link(_in_markdown(excerpt.title), excerpt.address, _PUBLISHED),
        _in_markdown(excerpt.outlet),
        _in_markdown(excerpt.day),
        _markdown_link("", excerpt.verbatim, _PERMALINK),
    )
    # "1." would begin a list.
    words = _MARKDOWN_AT_START.sub(r"\1\\\2", _in_markdown(excerpt.words))
    return f"> {words}" + (f"\n>\n> — {attribution}" if attribution else "")


def _in_markdown(text: str) -> str:
    return _MARKDOWN_ACTIVE.sub(lambda match: f"\\{match.group()}", text)


def _markdown_link(words: str, address: str | None, default: str) -> str:
    return f"[{words or default}]({address})" if address else words


def _mediawiki(excerpt: Excerpt) -> str:
    """With the template; it wants a title, so without one the plain form."""
    if not excerpt.title:
        return _mediawiki_plain(excerpt)
    article = excerpt.article
    fields = {
        "author": _in_wiki(printable(article.author or "")),
        "title": _in_wiki(excerpt.title),
        "work": _in_wiki(excerpt.outlet),
        "date": _in_wiki(excerpt.day),
        "url": excerpt.address,
        "quote": _in_wiki(excerpt.words),
    }
    template = " ".join(f"|{name}={value}" for name, value in fields.items() if value)
    said = excerpt.said_by and f"{_in_wiki(excerpt.said_by)}: "
    kept = excerpt.verbatim and f" {_wiki_link('', excerpt.verbatim, _PERMALINK)}"
    return f"<ref>{said}{{{{cite news {template}}}}}{kept or ''}</ref>"


def _mediawiki_plain(excerpt: Excerpt) -> str:
    outlet = _in_wiki(excerpt.outlet)
    attribution = _listed(
        _in_wiki(excerpt.said_by),
        _wiki_link(_in_wiki(excerpt.title), excerpt.address, _PUBLISHED),
        outlet and f"''{outlet}''",
        _in_wiki(excerpt.day),
        _wiki_link("", excerpt.verbatim, _PERMALINK),
    )
    words = _in_wiki(excerpt.words)
    return f"<ref>{attribution}: {words}</ref>" if attribution else f"<ref>{words}</ref>"


def _in_wiki(text: str) -> str:
    """Character references, not `<nowiki>`: that cannot stand in every template's value."""
    return _WIKI_ACTIVE.sub(_references, text)


def _references(match: re.Match[str]) -> str:
    found = match.group()
    return found if not found.isascii() else "".join(f"&#{ord(c)};" for c in found)


def _wiki_link(words: str, address: str | None, default: str) -> str:
    return f"[{address} {words or default}]" if address else words


def _dokuwiki(excerpt: Excerpt) -> str:
    title = excerpt.title and f"“{excerpt.title}”"
    attribution = _listed(excerpt.said_by, title, excerpt.outlet, excerpt.day)
    told = f"{excerpt.words} — {attribution}" if attribution else excerpt.words
    # A fixed text in the links: DokuWiki has no escape for one.
    links = ((excerpt.address, _PUBLISHED), (excerpt.verbatim, _PERMALINK))
    shown = [f"[[{address}|{words}]]" for address, words in links if address]
    return f"(({', '.join([_in_dokuwiki(told), *shown])}))"


def _in_dokuwiki(text: str) -> str:
    """`%%…%%` shows anything but two percent signs, or one at its edge: `<nowiki>` shows those."""
    pieces = re.split(r"(%%+|^%|%$)", text)
    return "".join(
        f"<nowiki>{piece}</nowiki>" if n % 2 else f"%%{piece}%%"
        for n, piece in enumerate(pieces)
        if piece
    )


def _html(excerpt: Excerpt) -> str:
    address = excerpt.address
    title = excerpt.title and f"<cite>{html.escape(excerpt.title)}</cite>"
    attribution = _listed(
        html.escape(excerpt.said_by),
        _html_link(title, address, _PUBLISHED),
        html.escape(excerpt.outlet),
        html.escape(excerpt.day),
        _html_link("", excerpt.verbatim, _PERMALINK),
    )
    cite = f' cite="{html.escape(address)}"' if address else ""
    quotation = f"<blockquote{cite}><p>{html.escape(excerpt.words)}</p></blockquote>"
    caption = f"<figcaption>— {attribution}</figcaption>" if attribution else ""
    return f"<figure>{quotation}{caption}</figure>"


def _html_link(words: str, address: str | None, default: str) -> str:
    return f'<a href="{html.escape(address)}">{words or default}</a>' if address else words


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _json_ld(excerpt: Excerpt) -> str:
    return json.dumps(annotation(excerpt), ensure_ascii=False, indent=2)


_WRITERS: Mapping[Format, Callable[[Excerpt], str]] = {
    "text": _text,
    "markdown": _markdown,
    "mediawiki": _mediawiki,
    "mediawiki-plain": _mediawiki_plain,
    "dokuwiki": _dokuwiki,
    "html": _html,
    "json-ld": _json_ld,
}


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
