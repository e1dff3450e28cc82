"""Transactions of a database that several threads share: which thread is in which.

Knows nothing of databases.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

C_co = TypeVar("C_co", covariant=True)


class Transactions(ABC, Generic[C_co]):
    """A database whose every transaction has a connection to itself."""

    def __init__(self) -> None:
        self._thread = threading.local()

    @abstractmethod
    def begin(self, *, writes: bool) -> AbstractContextManager[C_co]:
        """A transaction of its own: kept at the end, undone where it does not come to its end."""

    @contextmanager
    def reading(self) -> Iterator[C_co]:
        """Everything read inside is of one moment; nested, of the outermost's."""
        outer: C_co | None = getattr(self._thread, "connection", None)
        if outer is not None:
            yield outer
            return
        with self._held(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[C_co]:
        """Everything written inside is kept, or nothing of it; one at a time."""
        if getattr(self._thread, "connection", None) is not None:
            raise RuntimeError("nothing can be written within another transaction")
        with self._held(writes=True) as connection:
            yield connection

    @contextmanager
    def _held(self, *, writes: bool) -> Iterator[C_co]:
        with self.begin(writes=writes) as connection:
            self._thread.connection = connection
            try:
                yield connection
            finally:
                self._thread.connection = None
