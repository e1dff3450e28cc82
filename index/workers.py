"""Who does the work that needs no archive: processes of this machine, or a cluster's.

Both are told a function and what it is given, and asked for the outcome later; so whoever has the
work knows nothing of them. What is told and what comes back is copied.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import LifoQueue
from threading import Lock
from typing import Any, Protocol, TypeVar, TypeVarTuple

from index.schema import VerbatimError

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

# With the modules of this very program, wherever it was begun.
_BEGIN = (
    "import sys; sys.path = sys.argv[2:]; from index.worker import main; main(int(sys.argv[1]))"
)


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

    They are sessions of their own: Ctrl-C at the terminal is the parent's alone. They keep nothing,
    so they may be killed at any moment.
    """

    def __init__(self, count: int) -> None:
        self.n_ahead = 2 * count  # while one is done another is at hand
        self._idle: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._threads_each = max(1, (os.cpu_count() or 1) // count)
        # A thread waits for each, so that no long message keeps the others from being heard.
        self._waiting = ThreadPoolExecutor(count)
        self._all: list[_Process] = []
        self._lock = Lock()
        self._is_closed = False

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, work: Callable[[*Ts], R], *given: *Ts) -> Callable[[], R]:
        """Let one of them do it."""
        return self._waiting.submit(self._do, work, given).result

    def close(self) -> None:
        """End them, whatever they are at."""
        with self._lock:
            self._is_closed = True
            for process in self._all:
                process.running.kill()
        self._waiting.shutdown(cancel_futures=True)
        for process in self._all:
            process.running.wait()
            process.line.close()

    def _do(self, work: Callable[..., R], given: Sequence[object]) -> R:
        process = self._idle.get() or self._started()
        try:
            found = process.ask((work, *given))
        finally:
            self._idle.put(process)
        if isinstance(found, VerbatimError):
            raise found
        return found  # type: ignore[no-any-return]

    def _started(self) -> "_Process":
        with self._lock:
            if self._is_closed:
                raise WorkerLost("the work was ended")
            self._all.append(_Process.start(self._threads_each))
            return self._all[-1]


@dataclass(frozen=True)
class _Process:
    """A running `index.worker`, and the line to it."""

    running: subprocess.Popen[bytes]
    line: "Connection[Any, Any]"

    @classmethod
    def start(cls, n_threads: int) -> "_Process":
        """Begin one whose libraries use so many threads each."""
        ours, theirs = Pipe()
        with theirs:
            running = subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-c", _BEGIN, str(theirs.fileno()), *sys.path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ | {"OMP_NUM_THREADS": str(n_threads)},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        return cls(running, ours)

    def ask(self, message: object) -> Any:  # noqa: ANN401 -- whatever the work gives
        """The worker's answer to a message; raises WorkerLost where it ended without one."""
        try:
            self.line.send(message)
            return self.line.recv()
        except (EOFError, OSError):
            status = self.running.wait()
            how = f"by signal {-status}" if status < 0 else f"with status {status}"
            raise WorkerLost(
                f"A worker ended {how} before its work was done; the machine may be short of "
                "memory. What was written is in; run the same command again to continue."
            ) from None
