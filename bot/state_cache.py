"""Keeps what was worked out of one state of the archive, until there is another state.

Knows nothing of what is kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class StateCache(Generic[K, V]):
    """The values used last, at most so many, all of the same state. Safe to share."""

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
        """Keep a value; those of another state are dropped."""
        with self._lock:
            if state != self._state:
                self._values.clear()
            self._state = state
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
