r"""Finds speech that dashes set off, as in papers of Spain: "— It is dry — she says —. We wait.".

Only where a few words between two dashes say who speaks: other paragraphs that open with a dash are
items of lists. Knows nothing of who that is.

>>> text = "— It is dry — she says —. We wait."
>>> [span.of(text) for span in find_dash_speech(text, 0, len(text))]
['— It is dry —', 'We wait.']
"""

import re
from collections.abc import Iterator

from index.language.verbs import CUES
from index.schema import Span

_OPENING = re.compile(r"(?:[—–―]|--?\s)\s?(?=[\w¿¡\"“‘(])")
# Between what is said and who says it: no dash inside words or between numbers.
_PARTING = re.compile(r"\s(?:[—–―]|--?(?=\s))(?=\s?\w)|\s?(?:[—–―]|(?<=\s)--?)(?=[.,;:?!…])")
_SPEAKER = r"(?:he|she|they|the [\w'’-]+|an? [\w'’-]+|[A-ZÀ-Þ][\w.'’-]*)"
_TOLD = re.compile(
    rf"\s?(?:(?P<verb>[a-z]+) {_SPEAKER}|{_SPEAKER} (?P<other>[a-z]+))\b[^.!?…]{{0,120}}\Z"
)
_RESUMING = re.compile(r"[.,;:?!…]?\s*")


def find_dash_speech(text: str, start: int, end: int) -> Iterator[Span]:
    """What a paragraph says between and behind dashes, dashes included; nothing if none does."""
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return
    marks = [m.span() for m in _PARTING.finditer(text, opening.end(), end)]
    begin, number = start, 0
    while number < len(marks) and begin < end:
        last, after = marks[number][1], marks[number + 1 : number + 2]
        told = after[0][0] if after else end
        if not _tells(text[last:told].rstrip(" .")):
            number += 1  # a dash inside what is said
            continue
        yield Span(begin, last)
        resumed = _RESUMING.match(text, after[0][1] if after else end, end)
        begin = resumed.end() if resumed else end
        number += 2
    if start < begin < end:
        yield Span(begin, end)


def _tells(clause: str) -> bool:
    """Whether words between two dashes say who speaks."""
    told = _TOLD.match(clause)
    return told is not None and (told["verb"] or told["other"]) in CUES
