"""The history of an article: each earlier version beside its successor, with the changes.

Knows nothing of pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from index.archive.archive import Archive
from index.reading.records import no_article
from index.schema import Article, Span
from index.text_changes import Change, compare


@dataclass(frozen=True, slots=True)
class Step:
    """One version replaced by another at the time `at` (ISO 8601); `changes` are of their texts."""

    older: Article
    newer: Article
    added_at: str
    at: str
    changes: tuple[Change, ...]

    @property
    def day(self) -> str:
        """The day on which the archive got the newer version."""
        return self.at[:10]

    def lines(self) -> Iterator[str]:
        """What changed, a line a sentence, "-" before what went and "+" before what came."""
        if self.older.title != self.newer.title:
            yield from (f"- {self.older.title or ''}", f"+ {self.newer.title or ''}")
        for change in self.changes:
            if change.what != "same":
                yield from _line("-", change.before, self.older)
                yield from _line("+", change.after, self.newer)


def history(archive: Archive, article_id: str) -> tuple[Step, ...]:
    """The steps of an article's history, the newest first; raises NotFound."""
    with archive.snapshot():
        newer = archive.as_read(article_id)
        if newer is None:
            raise no_article(article_id)
        steps = []
        for earlier in archive.versions(article_id):
            older = earlier.article
            changes = compare(older.text, newer.text)
            steps.append(Step(older, newer, earlier.added_at, earlier.replaced_at, changes))
            newer = older
    return tuple(steps)


def _line(mark: str, span: Span | None, article: Article) -> Iterator[str]:
    if span:
        yield f"{mark} {span.of(article.text)}"
