"""Runs work that needs no archive in processes of this machine, or on a cluster.

Both take a function with its arguments and give its result later, so callers need not know which
of the two it is. Arguments and results are copied.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Protocol, TypeVar, TypeVarTuple

from index.schema import VerbatimError

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

_ENDING = 5  # seconds, at most, that a process takes to end which is told to


class WorkerLost(VerbatimError):
    """A worker ended in the middle of its work."""


class Workers(Protocol):
    """Runs tasks in the background: in processes, or on the machines of a cluster."""

    @property
    def n_ahead(self) -> int:
        """How many tasks should be started at a time, so that no worker is idle."""

    def begin(self, work: Callable[[*Ts], R], *given: *Ts) -> Callable[[], R]:
        """Start a task; the returned function waits for its result and returns or raises it."""


class Processes:
    """Processes of this machine, each started when there is work for it; `close` ends them all.

    They keep nothing, so they may be killed at any moment.
    """

    def __init__(self, count: int) -> None:
        self.n_ahead = 2 * count  # while one is done another is at hand
        threads = max(1, (os.cpu_count() or 1) // count)
        # Not forked: the libraries' threads would be gone, and their locks held.
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), _settle_in, (threads,))
        self._begun: set[BaseProcess] = set()

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, work: Callable[[*Ts], R], *given: *Ts) -> Callable[[], R]:
        """Start a task in one of them."""
        # Whoever is begun meanwhile hears nothing of Ctrl-C, which is the parent's alone.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return partial(self._outcome, self._pool.submit(work, *given))
        except BrokenProcessPool:
            raise self._lost() from None
        finally:
            self._begun.update(active_children())
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def close(self) -> None:
        """End them, whatever they are at."""
        for process in self._begun:
            process.kill()
        self._pool.shutdown(cancel_futures=True)

    def _outcome(self, promised: "Future[R]") -> R:
        try:
            return promised.result()
        except BrokenProcessPool:
            raise self._lost() from None

    def _lost(self) -> WorkerLost:
        # The others are told to end then, by SIGTERM. How one ended is known once it is waited for.
        for process in self._begun:
            process.join(_ENDING)
        codes = {process.exitcode or 0 for process in self._begun} - {0, -signal.SIGTERM}
        how = "".join(f"by signal {-code} " for code in codes if code < 0)
        return WorkerLost(
            f"A worker ended {how}before its work was done; the machine may be short of memory. "
            "What was written is in; run the same command again to continue."
        )


def _settle_in(n_threads: int) -> None:
    """Prepare a new process: no output, and this many threads for each of its libraries."""
    os.environ["OMP_NUM_THREADS"] = str(n_threads)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent has ended, even if that was killed."""
    if parent := parent_process():
        parent.join()
    os._exit(1)
