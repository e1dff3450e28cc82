"""Cuts a span of an article where a speaker, a cue or the content of a statement begins or ends.

For highlighting who said what. Joined, the segments are the text, character for character. Knows
nothing of how they are shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.schema import Span, Statement

Role = Literal["speaker", "cue", "content"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and its parts in statements; `speakers` are those whose content ends here."""

    span: Span
    roles: tuple[Role, ...] = ()
    speakers: tuple[str, ...] = ()


def cut(span: Span, statements: Iterable[Statement], *others: Span) -> list[Segment]:
    """The segments of `span`, in order; `others` are spans at whose ends it is cut too."""
    parts = [part for s in statements for part in _parts(s) if part[1].overlaps(span)]
    spans = [*(part for _, part, _ in parts), *others]
    ends = {end for s in spans for end in (s.start, s.end) if span.start < end < span.end}
    places = sorted({span.start, span.end, *ends})
    return [_segment(Span(start, end), parts) for start, end in pairwise(places)]


_Part = tuple[Role, Span, str]


def _parts(statement: Statement) -> Iterator[_Part]:
    """The statement's pieces; the last piece of its content bears the speaker's name."""
    if statement.speaker:
        yield "speaker", statement.speaker.mention, ""
    if statement.cue:
        yield "cue", statement.cue, ""
    name = statement.speaker.name if statement.speaker else ""
    for piece in statement.content:
        yield "content", piece, name if piece.end == statement.span.end else ""


def _segment(span: Span, parts: Iterable[_Part]) -> Segment:
    inside = [part for part in parts if part[1].overlaps(span)]
    roles = dict.fromkeys(role for role, _, _ in inside)
    speakers = dict.fromkeys(name for _, part, name in inside if name and part.end == span.end)
    return Segment(span, tuple(roles), tuple(speakers))
