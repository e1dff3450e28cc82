"""Prepares an article for its page: paragraphs of sentences, each cut at who said what.

Knows nothing of HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from bot.query.people.directory import Directory
from bot.rendering.segments import Segment, cut
from bot.selecting.article_view import Attribution
from index.attribution.people.identities import Identity
from index.schema import Article, Sentence, Span, Statement


@dataclass(frozen=True, slots=True)
class Line:
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
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A speaker of an article, and the sentence in which each of their statements begins.

    `listed` is their name on the people page; None for "officials" and the like.
    """

    name: str
    listed: str | None
    sentences: tuple[Span, ...]


def paragraphs(
    article: Article,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    marked: Span | None = None,
) -> list[Paragraph]:
    """The article's paragraphs; the sentences are also cut at the ends of `marked`."""
    found, end = [], 0
    for _, group in groupby(sentences, attrgetter("paragraph")):
        members = list(group)
        start, lines = members[0].span.start, []
        before, end = article.text[end:start], start
        for sentence in members:
            gap, end = article.text[end : sentence.span.start], sentence.span.end
            lines.append(_line(sentence.span, gap, statements, marked))
        found.append(Paragraph(before, any(s.prose for s in members), tuple(lines)))
    return found


def _line(span: Span, before: str, statements: Sequence[Statement], marked: Span | None) -> Line:
    others = () if marked is None else (marked,)
    is_marked = marked is not None and marked.overlaps(span)
    return Line(span, before, tuple(cut(span, statements, *others)), is_marked)


def quoted(
    article_id: str,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    directory: Directory,
) -> list[Quoted]:
    """The speakers of the article, the one with most statements first."""
    places: dict[str, list[Span]] = {}
    for statement in statements:
        holding = (s.span for s in sentences if s.span.overlaps(statement.content[0]))
        if statement.speaker and (span := next(holding, None)):
            places.setdefault(statement.speaker.name, []).append(span)
    found = [
        Quoted(name, _listed(name, directory.identity(article_id, name)), tuple(spans))
        for name, spans in places.items()
    ]
    return sorted(found, key=lambda each: -len(each.sentences))


def _listed(name: str, identity: Identity | None) -> str | None:
    who = Attribution(name, identity, "direct")
    return identity.name if identity and who.named else None
