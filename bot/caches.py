"""Caches of what is derived from the archive, which never return a stale value.

Knows nothing of what is derived.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from index.archive.archive import Archive
from index.archive.rows import ArticleSummary

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class StateCache(Generic[K, V]):
    """The most recently used values, at most `most`, all of one state. Safe to share.

    A state is whatever the values depend on besides their key, such as the archive's generation.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: object = None
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, state: object, key: K) -> V | None:
        """The value that was put in this state, else None."""
        with self._lock:
            if state != self._state or key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, state: object, key: K, value: V) -> None:
        """Keep a value; values of another state are dropped."""
        with self._lock:
            if state != self._state:
                self._values.clear()
            self._state = state
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


class VersionCache(Generic[V]):
    """A value for each article of the archive, computed again only when its text or title changes.

    An archive changes by one article at a time, and most of what is derived is derived of all.
    """

    def __init__(self, compute: Callable[[ArticleSummary], V]) -> None:
        self._compute = compute
        self._kept: dict[tuple[str, str, str | None], V] = {}

    def of(self, archive: Archive) -> dict[str, V]:
        """The value of each article there is now, by its id."""
        # Two threads may do this at once: both come to the same values, and either's are kept.
        kept = self._kept
        now = {
            key: kept[key] if key in kept else self._compute(summary)
            for summary in archive.articles()
            for key in [(summary.id, summary.version, summary.title)]
        }
        self._kept = now
        return {article_id: value for (article_id, _, _), value in now.items()}
