"""Cuts a snippet out of an article: the words of a search in their context.

The text is cut and never altered. Knows nothing of archives.
"""

import re
from collections.abc import Sequence

Piece = tuple[str, bool]  # words of the text, and whether they were looked for

_BEFORE, _LENGTH = 50, 180  # characters
_MOST = 200  # places looked at
_WORD = re.compile(r"\w+")


def snippet(text: str, words: str) -> tuple[Piece, ...]:
    """The place of the text that has most of the words, or their beginnings; empty if none has."""
    wanted = list(dict.fromkeys(word.casefold() for word in _WORD.findall(words)))
    places = [
        match
        for match in _WORD.finditer(text)
        if any(match.group().casefold().startswith(word) for word in wanted)
    ][:_MOST]
    if not places:
        return ()
    best = max(places, key=lambda match: (_count(text, match.start(), wanted), -match.start()))
    start = _edge(text, max(0, best.start() - _BEFORE), best.start())
    end = text.rfind(" ", best.end(), start + _LENGTH)
    end = len(text) if len(text) <= start + _LENGTH else max(end, best.end())
    return tuple(_pieces(text, start, end, [m for m in places if start <= m.start() < end]))


def _count(text: str, start: int, wanted: Sequence[str]) -> int:
    near = [word.casefold() for word in _WORD.findall(text[start : start + _LENGTH - _BEFORE])]
    return sum(any(word.startswith(each) for word in near) for each in wanted)


def _edge(text: str, start: int, before: int) -> int:
    """The beginning of a word, after `start`, or of the line."""
    if start == 0:
        return 0
    space = max(text.find(" ", start, before), text.rfind("\n", start, before))
    return space + 1 if space >= 0 else before


def _pieces(text: str, start: int, end: int, hits: Sequence[re.Match[str]]) -> list[Piece]:
    pieces: list[Piece] = [("… ", False)] if start > 0 else []
    at = start
    for hit in hits:
        pieces += [(text[at : hit.start()], False), (text[hit.start() : min(hit.end(), end)], True)]
        at = min(hit.end(), end)
    pieces += [(text[at:end], False), (" …" * (end < len(text)), False)]
    return [piece for piece in pieces if piece[0]]
