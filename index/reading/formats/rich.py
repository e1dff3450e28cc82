r"""The text of what content systems keep as a tree: blocks with pieces of text in them.

Arc, Contentful, Sanity, TipTap, Editor.js and others name the same things otherwise: a block has
its text, or parts; a part that has no blocks of its own is a piece of a line. Knows nothing of
articles.

>>> text_of_value([{"type": "p", "children": [{"text": "He "}, {"text": "left."}]}, "<p>So.</p>"])
'He left.\nSo.'
"""

import re
from collections.abc import Iterator, Mapping

from index.reading import markup

# What a thing's text or parts are called, the most telling first.
_TEXTS = "name value rendered processed main basic original text html".split()
_PARTS = "content content_elements children items nodes blocks root document data body".split()
_KINDS = ("type", "nodeType", "_type")
_BESIDE = frozenset(
    """image picture photo video audio gallery slideshow embed oembed oembed_response raw_html
    interstitial_link link_list social social_media social-media reference story custom_embed
    divider ad advertisement promo related newsletter codeblock embedded-asset-block
    embedded-entry-block asset""".split()
)
_INLINE = frozenset(
    """text span link hyperlink a autolink linebreak hardbreak hard_break br mention emphasis
    strong em""".split()
)
_BREAKS = frozenset(("linebreak", "hardbreak", "hard_break", "br"))
_DEEPEST = 40
_MARKUP = re.compile(
    r"\s*<(?:p|div|h[1-6]|ul|ol|article|section|blockquote|figure|table|span|b|i|em|strong|a|br)"
    r"(?:\s[^<>]*)?/?>|.*</(?:p|a|b|i|em|strong|span)>|.*<br\s*/?>",
    re.IGNORECASE,
)


def text_of_value(value: object) -> str | None:
    """A text, freed of its markup if it has any; of a list or a tree of blocks a line each."""
    lines = list(_lines(value, 0))
    return "\n".join(lines) if lines else None


def has_markup(text: str) -> bool:
    """Whether it is written in HTML."""
    return bool(_MARKUP.match(text))


def _lines(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        value = markup.unescaped(value)
        yield markup.text_of(value) if has_markup(value) else value
    elif isinstance(value, list):
        if _is_line(value):
            yield "".join(_pieces(value, depth))
        else:
            for each in value:
                yield from _lines(each, depth + 1)
    elif isinstance(value, Mapping) and _kind(value) not in _BESIDE:
        yield from _lines(_inside(value), depth + 1)
        if isinstance(cited := value.get("citation"), Mapping):  # who is quoted
            yield from _lines(cited, depth + 1)


def _inside(value: Mapping[str, object]) -> object:
    """What a block has its text in."""
    texts = (value[name] for name in _TEXTS if isinstance(value.get(name), str | Mapping))
    parts = (value[name] for name in _PARTS if isinstance(value.get(name), str | list | Mapping))
    return next(parts, None) if _is_block(value) else next(texts, next(parts, None))


def _is_block(value: Mapping[str, object]) -> bool:
    return any(isinstance(value.get(name), list) for name in _PARTS)


def _is_line(parts: list[object]) -> bool:
    """Whether these are the pieces of one line."""
    return bool(parts) and all(isinstance(each, Mapping) and _is_piece(each) for each in parts)


def _is_piece(value: Mapping[str, object]) -> bool:
    kind, written = _kind(value), isinstance(value.get("text", value.get("value")), str)
    if kind in ("text", "span", None):
        return written
    return kind in _INLINE


def _pieces(parts: list[object], depth: int) -> Iterator[str]:
    for each in parts if depth <= _DEEPEST else ():
        if not isinstance(each, Mapping):
            continue
        written = each.get("text", each.get("value"))
        inner = next((each[n] for n in _PARTS if isinstance(each.get(n), list)), None)
        if _kind(each) in _BREAKS:
            yield "\n"
        elif isinstance(written, str):
            yield written
        elif isinstance(inner, list):
            yield from _pieces(inner, depth + 1)


def _kind(value: Mapping[str, object]) -> str | None:
    found = next((value[name] for name in _KINDS if isinstance(value.get(name), str)), None)
    return found.lower() if isinstance(found, str) else None
