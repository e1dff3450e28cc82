r"""Tells where all that somebody says is what another said to them: "“He said, ‘Go,’” Lee said.".

What "he" said there is his, passed on by Lee; where "he" may be several, nobody's. Knows nothing of
how quotations are given to speakers.

>>> found = inner_speech("“She said, ‘Go away,’”", Span(0, 22))
>>> (found.who, found.content) if found else None
('She', Span(start=11, end=21))
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.verbs import SAYING
from index.schema import Span

_SAID = "|".join(sorted(SAYING))
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}"
# A subject, a verb of saying, whom it is said to, and a mark of the other sort.
_TOLD = (
    rf"(?P<who>[Hh]e|[Ss]he|{_NAME})\s(?:just\s|then\s|only\s)?(?:would\s)?(?:{_SAID})"
    r"(?:\s(?:to\s)?(?:me|us|him|her|them))?\s?[,:]?\s(?P<mark>[\"“'‘])"
)
_OPENING = re.compile(rf"[\"“”'‘«]\s*(?:(?:And|But|So|Then|Well)\b,?\s)?{_TOLD}")
_INSIDE = re.compile(rf"(?:(?<=[,;.!?…—]\s)|(?<=\band\s)|(?<=\bbut\s)){_TOLD}")
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'"}
_AFTER = "\"”’'»,.!? "


@dataclass(frozen=True, slots=True)
class InnerSpeech:
    """Who speaks in a quotation by its own words, where that stands, and what they say."""

    who: str
    mention: Span
    content: Span


def inner_speech(text: str, quotation: Span) -> InnerSpeech | None:
    """What a quotation only passes on; None where it says something of its own, or "I said"."""
    match = _OPENING.match(text, quotation.start, quotation.end)
    if match is None or match.group()[0] == match["mark"]:
        return None
    closing = _CLOSING[match["mark"]]
    # An apostrophe has a letter behind it.
    ends = re.compile(rf"{closing}(?!\w)").finditer(text, match.end(), quotation.end)
    end = next((mark.end() for mark in ends), None)
    if end is None or text[end : quotation.end].strip(_AFTER):
        return None
    return InnerSpeech(match["who"], Span(*match.span("who")), Span(match.start("mark"), end))


def inner_parts(text: str, quotation: Span) -> Iterator[InnerSpeech]:
    """What others say within a quotation of somebody's: "“If I asked, she said, ‘Enough.’”"."""
    for match in _INSIDE.finditer(text, quotation.start + 1, quotation.end):
        mark = match["mark"]
        if mark == text[quotation.start]:
            continue
        ends = re.compile(rf"{_CLOSING[mark]}(?!\w)").finditer(text, match.end(), quotation.end)
        end = next((found.end() for found in ends), None)
        if end is not None:
            yield InnerSpeech(
                match["who"], Span(*match.span("who")), Span(match.start("mark"), end)
            )
