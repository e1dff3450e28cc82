"""Prepares an article's earlier versions for their page and the API, each beside its successor.

Knows no route.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import BaseModel

from bot.web.api.records import PlaceRecord
from index.schema import Article, Span
from index.text_changes import Change, Room, What, words
from index.versions import Step

Pieces = tuple[tuple[str, bool], ...]  # words, and whether the other version has them, too


class SideRecord(PlaceRecord):
    """A sentence of one version."""

    text: str


class ChangeRecord(BaseModel):
    """A sentence that is gone, new, or altered; what stayed as it was is left out."""

    what: What
    before: SideRecord | None
    after: SideRecord | None


class VersionRecord(BaseModel):
    """What stood in the article's place until `replaced_at`, and what changed then.

    Places are in characters of its own text, and of the text that took its place.
    """

    version: str
    title: str | None
    published: str | None
    added_at: str
    replaced_at: str
    text: str
    changes: list[ChangeRecord]


class Versions(BaseModel):
    """The earlier versions of an article, the newest first."""

    article_id: str
    versions: list[VersionRecord]


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


def record(article_id: str, steps: Sequence[Step]) -> Versions:
    """The earlier versions as one record."""
    return Versions(article_id=article_id, versions=[_version(step) for step in steps])


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


def _version(step: Step) -> VersionRecord:
    changes = [
        ChangeRecord(
            what=change.what,
            before=_side(change.before, step.older),
            after=_side(change.after, step.newer),
        )
        for change in step.changes
        if change.what != "same"
    ]
    return VersionRecord(
        version=step.older.version,
        title=step.older.title,
        published=step.older.published,
        added_at=step.added_at,
        replaced_at=step.at,
        text=step.older.text,
        changes=changes,
    )


def _side(span: Span | None, article: Article) -> SideRecord | None:
    if span is None:
        return None
    return SideRecord(start=span.start, end=span.end, text=span.of(article.text))
