"""Cuts an article into sentences, and each where a part of a statement begins or ends.

For highlighting who said what. Joined, the segments are the text, character for character. Knows
nothing of how they are shown.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from index.schema import Article, Sentence, Span, Statement, joined

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


@dataclass(frozen=True, slots=True)
class PageSentence:
    """A sentence, and the text between it and the sentence before."""

    span: Span
    before: str
    segments: tuple[Segment, ...]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The sentences of one line of the text, and the line ends before it."""

    before: str
    prose: bool
    lines: tuple[PageSentence, ...]


def paragraphs(
    article: Article,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    marked: Span | None = None,
) -> list[Paragraph]:
    """The article's paragraphs; the sentences are also cut at the ends of `marked`."""
    found, end = [], 0
    others = () if marked is None else (marked,)
    said = _by_sentence(sentences, statements)
    for _, group in groupby(enumerate(sentences), lambda place: place[1].paragraph):
        members = list(group)
        start, lines = members[0][1].span.start, []
        before, end = article.text[end:start], start
        for n, sentence in members:
            span, gap = sentence.span, article.text[end : sentence.span.start]
            is_marked = marked is not None and marked.overlaps(span)
            segments = cut(span, said.get(n, ()), *others)
            lines.append(PageSentence(span, gap, tuple(segments), is_marked))
            end = span.end
        found.append(Paragraph(before, any(s.prose for _, s in members), tuple(lines)))
    return found


def _by_sentence(
    sentences: Sequence[Sentence], statements: Iterable[Statement]
) -> Mapping[int, list[Statement]]:
    """The statements that each sentence has a part of, by the sentence's number."""
    starts = [sentence.span.start for sentence in sentences]
    ends = [sentence.span.end for sentence in sentences]
    found: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        span = joined([part for _, part, _ in _parts(statement)])
        for n in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
            found[n].append(statement)
    return found
