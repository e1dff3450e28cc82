"""Prepares an article and its versions for its page: sentences, each cut at who said what.

Knows nothing of HTML.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bot.query.people.directory import Directory
from bot.rendering.segments import paragraphs
from bot.rendering.text_fragments import sentence_address, web_url
from bot.selecting.article_view import Attribution
from index.attribution.people.identities import Identity
from index.correcting import of_article
from index.schema import Article, NotFound, Sentence, Span, Statement
from index.versions import Change, Room, Step, What, words

if TYPE_CHECKING:
    from bot.answerer import Answerer

GONE = "There is no article with this id in the archive. It may have been removed or renamed."
DETAILS = {
    "title": "Title",
    "author": "Author",
    "source": "Outlet",
    "published": "Published",
    "url": "Address",
}
Pieces = tuple[tuple[str, bool], ...]  # words, and whether the other version has them, too


@dataclass(frozen=True, slots=True)
class ArticleSpeaker:
    """A speaker of an article, and the sentence in which each of their statements begins.

    `listed` is their name on the people page; None for "officials" and the like.
    """

    name: str
    listed: str | None
    sentences: tuple[Span, ...]


def article_page(answerer: "Answerer", id: str, start: str, end: str) -> Mapping[str, Any]:
    """What the page of an article is made from; raises NotFound."""
    archive = answerer.archive
    with archive.snapshot():
        article = archive.article(id)
        if article is None:
            raise NotFound(GONE)
        sentences, found = archive.sentences(id), archive.statements(id)
        statements = tuple(s for s in found if s.is_own)
        directory = answerer.directory()
        put_right = of_article(archive, id)
        n_versions = len(archive.versions(id))
        marked = _span(article, start, end)
        given = [s for s in found if marked and any(map(marked.overlaps, s.content))]
        names = sorted({person.name for person in archive.people_of(id)}) if given else []
    lines = paragraphs(article, sentences, statements, marked)
    every = [line for paragraph in lines for line in paragraph.lines]
    return {
        "article": article,
        "paragraphs": lines,
        "rest": article.text[every[-1].span.end :] if every else article.text,
        "first_marked": next((line for line in every if line.is_marked), None),
        "marked": marked,
        "published_at": _published_at(article, marked),
        "speakers": speakers_of(id, sentences, statements, directory),
        "given": given,
        "names": names,
        "corrections": put_right,
        "n_versions": n_versions,
        "details": tuple(DETAILS),
    }


def speakers_of(
    article_id: str,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    directory: Directory,
) -> list[ArticleSpeaker]:
    """The speakers of the article, the one with most statements first."""
    places: dict[str, list[Span]] = {}
    for statement in statements:
        holding = (s.span for s in sentences if s.span.overlaps(statement.content[0]))
        if statement.speaker and (span := next(holding, None)):
            places.setdefault(statement.speaker.name, []).append(span)
    found = [
        ArticleSpeaker(name, _listed(name, directory.identity(article_id, name)), tuple(spans))
        for name, spans in places.items()
    ]
    return sorted(found, key=lambda each: -len(each.sentences))


def _listed(name: str, identity: Identity | None) -> str | None:
    who = Attribution(name, identity, "direct")
    return identity.name if identity and who.named else None


def _span(article: Article, start: str, end: str) -> Span | None:
    """The words that a link marks; None if the link is invalid."""
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 20):
        return None
    first, last = int(start), min(int(end), len(article.text))
    return Span(first, last) if first < last else None


def _published_at(article: Article, marked: Span | None) -> str | None:
    if marked is None:
        return web_url(article.url)
    return sentence_address(article.url, article.text, marked, article.title)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A sentence beside the one in its place; or `n_same` sentences that stayed as they were."""

    what: What
    before: Pieces = ()
    after: Pieces = ()
    n_same: int = 0


@dataclass(frozen=True, slots=True)
class StepRows:
    """A step with what is shown of it, side by side."""

    step: Step
    titles: VersionRow | None
    rows: tuple[VersionRow, ...]


def rows_of(steps: Sequence[Step]) -> tuple[StepRows, ...]:
    """The rows of each step; the last ones by whole sentences, if there is too much to compare."""
    room = Room()
    return tuple(_step_rows(step, room) for step in steps)


def _step_rows(step: Step, room: Room) -> StepRows:
    older, newer = step.older, step.newer
    pair = (older.title or "", newer.title or "")
    titles = _compared("altered", *pair, room) if pair[0] != pair[1] else None
    return StepRows(step, titles, tuple(_rows(step, room)))


def _rows(step: Step, room: Room) -> Iterator[VersionRow]:
    for is_same, group in groupby(step.changes, key=lambda change: change.what == "same"):
        changes = list(group)
        if is_same:
            yield VersionRow("same", n_same=len(changes))
        else:
            yield from (_row(change, step, room) for change in changes)


def _row(change: Change, step: Step, room: Room) -> VersionRow:
    before = _text(change.before, step.older)
    after = _text(change.after, step.newer)
    return _compared(change.what, before, after, room)


def _compared(what: What, before: str, after: str, room: Room) -> VersionRow:
    return VersionRow(what, words(before, after, room), words(after, before, room))


def _text(span: Span | None, article: Article) -> str:
    return span.of(article.text) if span else ""
