"""Transactions of a database that several threads share: which thread is in which.

Knows nothing of databases.
"""

import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Generic, TypeVar

C_co = TypeVar("C_co", covariant=True)
_ENDING = (signal.SIGINT, signal.SIGTERM)


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
        with _uninterrupted(), self.begin(writes=writes) as connection:
            self._thread.connection = connection
            try:
                yield connection
            finally:
                self._thread.connection = None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block; pressed once more, it waits no longer.

    KeyboardInterrupt may be raised when a `with` has begun something and its block has not, and
    then nothing ends it: the thread would be in a transaction for good. Where a signal does
    something else than raise it, as in a server, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = [n for n in _ENDING if signal.getsignal(n) is signal.default_int_handler]
    is_inside, came = True, 0

    def wait(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came += 1
        if came > 1 or not is_inside:
            signal.default_int_handler(number, frame)

    try:
        for number in signals:
            signal.signal(number, wait)
        yield
    finally:
        is_inside = False
        for number in signals:
            signal.signal(number, signal.default_int_handler)
        if came == 1:
            raise KeyboardInterrupt
