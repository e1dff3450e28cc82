"""Writes a citation, a sentence with its speaker and source, in the notations of other systems.

What articles, names and addresses contain stays plain text in each: nothing in it acts as markup,
ends the citation early, or breaks its line. Knows nothing of web servers.
"""

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Literal, get_args

from bot.rendering.excerpt import Excerpt
from bot.rendering.web_annotations import annotation
from index.printing import printable

Format = Literal["text", "markdown", "mediawiki", "mediawiki-plain", "dokuwiki", "html", "json-ld"]
FORMATS: tuple[Format, ...] = get_args(Format)

_PUBLISHED, _PERMALINK = "published article", "answer in Verbatim"

# Wiki text: all other characters are inactive anywhere in a line.
_WIKI_ACTIVE = re.compile(r"--+|[^\w\s.,()?!%\"/$+@-]|_", re.ASCII)
_MARKDOWN_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~$!&{}@^=]|:(?=\S)|%(?=%)|(?<=%)%")
_MARKDOWN_AT_START = re.compile(r"^(\d*)([-+.)])")


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
