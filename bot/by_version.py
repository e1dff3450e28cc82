"""What the bot derives of each article's words, computed once a version and not once a change.

An archive changes by an article at a time, and everything that is derived from all of them is made
anew. Knows nothing of what is derived.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from index.archive.archive import Archive
from index.archive.rows import ArticleSummary

T = TypeVar("T")
_Key = tuple[str, str, str | None]


class ByVersion(Generic[T]):
    """A value for each article of the archive, kept as long as its text and title stay."""

    def __init__(self, compute: Callable[[ArticleSummary], T]) -> None:
        self._compute = compute
        self._kept: dict[_Key, T] = {}

    def of(self, archive: Archive) -> dict[str, T]:
        """The value of each article there is now, by its id."""
        # Another thread may do the same: both come to the same values, and either may be kept.
        kept = self._kept
        now = {
            key: kept[key] if key in kept else self._compute(summary)
            for summary in archive.articles()
            for key in [(summary.id, summary.version, summary.title)]
        }
        self._kept = now
        return {article_id: value for (article_id, _, _), value in now.items()}
