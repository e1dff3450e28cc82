"""Prepares the page of a person: their statements over time and by article, newest first.

Knows nothing of HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.answer import joint_kind
from bot.library.ledger import LocatedStatement, PersonCard
from bot.library.library import Library, StatementQuery
from bot.rendering.labels import KINDS
from bot.rendering.segments import cut
from bot.web.pages.timeline import Plot, Point, plot
from index.archive.rows import ArticleSummary
from index.language.dates import read_day
from index.printing import printable
from index.schema import NotFound, Span, joined

_MAX_SHOWN = 200
_MAX_LABEL = 120


@dataclass(frozen=True, slots=True)
class StatementRun:
    """Statements that follow one another in the list, with their text in pieces.

    Each piece comes with whether it is the content of a statement; `corrected` is when an editor
    corrected the speaker.
    """

    kind: str
    speaker: str | None
    span: Span
    pieces: tuple[tuple[str, bool], ...]
    corrected: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one article."""

    anchor: str
    article: ArticleSummary
    day: date | None
    sayings: tuple[StatementRun, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the timeline, and the sentence that it links to."""

    point: Point
    kind: str
    label: str
    article_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Timeline:
    """The plot; `more` has the points without room, each with its anchor in the list."""

    plot: Plot
    dots: tuple[Dot, ...]
    more: tuple[tuple[Point, str], ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything on the page. `names` are all whom the name may mean; `card` is set if it is one.

    `is_listed` says whether the people page lists them, as it does everybody who is certain.
    """

    names: tuple[str, ...]
    card: PersonCard | None
    is_listed: bool
    total: int
    n_shown: int
    timeline: Timeline | None
    dated: tuple[Group, ...]
    undated: tuple[Group, ...]


def look_up(library: Library, name: str, topic: str) -> PersonPage:
    """The page for a name, and a topic if given; raises NotFound if nobody is called so."""
    names = library.who(name) if name.strip() else ()
    if not names:
        raise NotFound(f"Nobody called “{printable(name)[:100]}” speaks in the articles.")
    listing = library.statements(StatementQuery(name, topic), limit=_MAX_SHOWN)
    groups = _groups(listing.items)
    dated = tuple(group for group in groups if group.day)
    return PersonPage(
        names,
        *library.card(name),
        listing.total,
        len(listing.items),
        _timeline(listing.items, {group.article.id: group.anchor for group in groups}),
        dated,
        tuple(group for group in groups if not group.day),
    )


def _groups(items: Sequence[LocatedStatement]) -> list[Group]:
    by_article = groupby(items, lambda said: said.article)
    return [
        Group(
            f"article-{n}", article, read_day(article.published), tuple(map(_saying, _runs(group)))
        )
        for n, (article, group) in enumerate(by_article)
    ]


def _runs(items: Iterable[LocatedStatement]) -> Iterator[list[LocatedStatement]]:
    """The statements, those of one person with no words between them together."""
    run: list[LocatedStatement] = []
    end = 0
    for said in items:
        between = said.article_text[end : said.span.start]
        if run and (said.speaker != run[0].speaker or any(map(str.isalnum, between))):
            yield run
            run, end = [], 0
        run.append(said)
        end = max(end, said.span.end)
    if run:
        yield run


def _saying(run: Sequence[LocatedStatement]) -> StatementRun:
    span = joined([said.span for said in run])
    segments = cut(span, [said.statement for said in run])
    kind = joint_kind(said.statement.kind for said in run)
    pieces = tuple((s.span.of(run[0].article_text), "content" in s.roles) for s in segments)
    times = [said.statement.corrected for said in run if said.statement.corrected]
    return StatementRun(KINDS[kind], run[0].speaker, span, pieces, max(times, default=None))


def _timeline(items: Sequence[LocatedStatement], anchors: dict[str, str]) -> Timeline | None:
    days = [(day, said) for said in items if (day := read_day(said.article.published))]
    if not days:
        return None
    days.sort(key=lambda pair: (pair[0], pair[1].span))
    drawn = plot([day for day, _ in days])
    return Timeline(
        drawn,
        tuple(_dot(point, *days[point.n]) for point in drawn.points),
        tuple((point, anchors[days[point.n][1].article.id]) for point in drawn.more),
        short(days[0][0]),
        short(days[-1][0]),
    )


def _dot(point: Point, day: date, said: LocatedStatement) -> Dot:
    words = printable(said.text)
    words = words if len(words) <= _MAX_LABEL else f"{words[:_MAX_LABEL].rstrip()} …"
    kind = said.statement.kind
    label = f"{short(day)}, {KINDS[kind]}: {words}"
    return Dot(point, kind, label, said.article.id, said.span)


def short(day: date) -> str:
    """A short form of a day for the axis: "5 Sep 2025"."""
    return f"{day.day} {day:%b %Y}"
