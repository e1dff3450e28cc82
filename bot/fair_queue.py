"""Runs work in a few threads, in fair order: the visitor served longest ago is next.

So a visitor with hundreds of requests delays only their own. Knows nothing of what the work is.
"""

import itertools
import math
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from index.schema import VerbatimError

T = TypeVar("T")
_FIRST_GUESS_S = 0.2  # of how long a piece of work takes
_WEIGHT = 0.1  # of the latest in the running mean


class Overloaded(VerbatimError):
    """Too much is waiting; there may be room in `retry_s` seconds."""

    def __init__(self, reason: str, retry_s: float) -> None:
        self.retry_s = max(1, math.ceil(retry_s))
        super().__init__(f"{reason} Try again in {self.retry_s} s.")


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    done: "Future[Any]" = field(default_factory=Future)


class FairQueue:
    """A pool of `workers` threads; at most `each` tasks of a visitor wait, and `most` of all."""

    def __init__(self, name: str, *, workers: int, each: int, most: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._workers, self._each, self._most = workers, each, most
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._waiting: dict[str, deque[_Job]] = {}
        self._running: Counter[str] = Counter()
        # A counter value of when each visitor with work waiting or running was last served.
        self._served: dict[str, int] = {}
        self._ticks = itertools.count(1)
        self._mean_s = _FIRST_GUESS_S

    def submit(self, work: Callable[[], T], visitor: str = "") -> "Future[T]":
        """Run the work when it is the visitor's turn; cancelling the future drops what waits.

        Raises Overloaded if the visitor, or all together, have too much waiting.
        """
        job = _Job(work)
        with self._lock:
            self._admit(visitor)
            self._waiting.setdefault(visitor, deque()).append(job)
        job.done.add_done_callback(lambda done: self._drop(visitor, job, done))
        # One call for each job, not of this very job: a free thread picks the next one.
        self._pool.submit(self._next)
        return job.done

    def wait_s(self, visitor: str = "") -> float:
        """The estimated seconds until a visitor's next task would run."""
        with self._lock:
            return self._wait_s(visitor)

    def wait_until_idle(self, most_s: float) -> None:
        """Return when nothing runs or waits, or after `most_s` seconds."""
        with self._idle:
            self._idle.wait_for(lambda: not self._waiting and not self._running, most_s)

    def close(self) -> None:
        """Drop what waits; return when what runs is done."""
        with self._lock:
            jobs = [job for waiting in self._waiting.values() for job in waiting]
        for job in jobs:
            job.done.cancel()
        self._pool.shutdown(cancel_futures=True)

    def _admit(self, visitor: str) -> None:
        if len(self._waiting.get(visitor, ())) >= self._each:
            raise Overloaded(
                f"{self._each} of your requests are waiting already.", self._wait_s(visitor)
            )
        if sum(map(len, self._waiting.values())) >= self._most:
            greatest = max(self._waiting, key=lambda name: len(self._waiting[name]))
            full = Overloaded("Too many people are asking at once.", self._wait_s(visitor))
            if len(self._waiting[greatest]) <= len(self._waiting.get(visitor, ())) + 1:
                raise full
            # A visitor with much waiting keeps nobody out: their last task makes room.
            self._waiting[greatest].pop().done.set_exception(full)

    def _wait_s(self, visitor: str) -> float:
        own = len(self._waiting.get(visitor, ()))
        before = sum(min(len(waiting), own + 1) for waiting in self._waiting.values())
        rounds = max(0, before + self._running.total() - self._workers + 1) / self._workers
        return rounds * self._mean_s

    def _next(self) -> None:
        """Run the next task, unless it was cancelled."""
        with self._lock:
            if not self._waiting:
                return
            visitor = min(self._waiting, key=lambda name: self._served.get(name, 0))
            job = self._waiting[visitor].popleft()
            self._tidy(visitor)
            if not job.done.set_running_or_notify_cancel():
                return
            self._served[visitor] = next(self._ticks)
            self._running[visitor] += 1
        start = time.monotonic()
        try:
            _do(job)
        finally:
            with self._lock:
                self._mean_s += _WEIGHT * (time.monotonic() - start - self._mean_s)
                self._running[visitor] -= 1
                self._tidy(visitor)

    def _drop(self, visitor: str, job: _Job, done: "Future[Any]") -> None:
        """Forget a task that was cancelled before it began."""
        if done.cancelled():
            with self._lock:
                if job in (waiting := self._waiting.get(visitor, deque())):
                    waiting.remove(job)
                    self._tidy(visitor)

    def _tidy(self, visitor: str) -> None:
        if not self._waiting.get(visitor):
            self._waiting.pop(visitor, None)
        if not self._running[visitor]:
            del self._running[visitor]
        if visitor not in self._waiting and visitor not in self._running:
            self._served.pop(visitor, None)
        if not self._waiting and not self._running:
            self._idle.notify_all()


def _do(job: _Job) -> None:
    try:
        job.done.set_result(job.work())
    except BaseException as error:
        job.done.set_exception(error)
        raise  # into the pool's own future, which nobody reads
