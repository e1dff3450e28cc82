"""Prepares the page of an article's earlier versions: each beside its successor, side by side.

Knows nothing of HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.schema import Article, Span
from index.versions import Change, Room, Step, What, words

Pieces = tuple[tuple[str, bool], ...]  # words, and whether the other version has them, too


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
