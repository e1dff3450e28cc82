"""Who does the work that needs no archive: processes of this machine, or a cluster's.

Both are told a function and what it is given, and asked for the outcome later; so whoever has the
work knows nothing of them. What is told and what comes back is copied.
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


class WorkerLost(VerbatimError):
    """A worker ended in the middle of its work."""


class Workers(Protocol):
    """Whoever does work in the background: processes, or the machines of a cluster."""

    @property
    def n_ahead(self) -> int:
        """How much of the work should be begun, so that nobody waits for more."""

    def begin(self, work: Callable[[*Ts], R], *given: *Ts) -> Callable[[], R]:
        """Let somebody do it; what is given back waits for the outcome and gives or raises it."""


class Processes:
    """Processes of this machine, each begun when there is work for it; `close` ends them all.

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
        """Let one of them do it."""
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
        # The others are told to end then, by SIGTERM.
        codes = {process.exitcode or 0 for process in self._begun} - {0, -signal.SIGTERM}
        how = "".join(f"by signal {-code} " for code in codes if code < 0)
        return WorkerLost(
            f"A worker ended {how}before its work was done; the machine may be short of memory. "
            "What was written is in; run the same command again to continue."
        )


def _settle_in(n_threads: int) -> None:
    """Prepare a process for work: it is silent, its libraries use so many threads each."""
    os.environ["OMP_NUM_THREADS"] = str(n_threads)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """However that ended: whoever is killed can tell nobody."""
    if parent := parent_process():
        parent.join()
    os._exit(1)
