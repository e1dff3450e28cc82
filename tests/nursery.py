"""Starts servers as forks of one process that has imported what each would import for seconds.

A fork is a process like any other: its environment, its streams and its signals are its own, and it
runs its program from the first line. What a start from nothing does is for those tests to show that
make one.
"""

import contextlib
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from tests.patience import PATIENCE

_LONGEST = 1 << 20  # bytes of a request


class Fork:
    """A process that the nursery started, as `subprocess.Popen` would have it."""

    def __init__(self, pid: int, stdout: int, ended: int) -> None:
        self.pid = pid
        self.stdout: TextIO = os.fdopen(stdout, encoding="utf-8")
        self.returncode: int | None = None
        self._ended = ended

    def send_signal(self, sign: int) -> None:
        """Send a signal, if it still runs."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sign)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """How it ended."""
        if self.returncode is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self.returncode = int(os.read(self._ended, 16))
            os.close(self._ended)
        return self.returncode

    def __enter__(self) -> "Fork":
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.wait()


class Nursery:
    """The process that forks, started when it is first asked to."""

    def __init__(self) -> None:
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def start(
        self, arguments: Sequence[str], environment: Mapping[str, str], errors: TextIO
    ) -> Fork:
        """`python ARGUMENTS` (a module after -m, or a file) in the root of the project."""
        _, ours = self._running = self._running or _begun()
        stdout, child_stdout = os.pipe()
        ended, child_ended = os.pipe()
        request = json.dumps({"arguments": arguments, "environment": dict(environment)}).encode()
        assert len(request) < _LONGEST
        socket.send_fds(ours, [request], [child_stdout, errors.fileno(), child_ended])
        for each in (child_stdout, child_ended):
            os.close(each)
        return Fork(int(ours.recv(16)), stdout, ended)

    def close(self) -> None:
        """Let it end; whoever was started has ended before."""
        if self._running:
            process, ours = self._running
            ours.close()
            process.wait(PATIENCE)
            self._running = None


NURSERY = Nursery()


def _begun() -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for each in (ours, its):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST)
    with its:
        command = [sys.executable, "-m", "tests.nursery", str(its.fileno())]
        root = Path(__file__).parent.parent
        return subprocess.Popen(command, cwd=root, pass_fds=[its.fileno()]), ours


def _import_all() -> None:
    """What `app.py` and `tests.echo` import, in the order in which they do."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from index.archive.embedding.embedder import prepare_libraries

    prepare_libraries()
    import uvicorn  # noqa: F401

    import bot.answerer
    import bot.watching
    from bot.web.chat.type_stubs import leave_unwritten

    leave_unwritten()
    import bot.web.chat.page
    import bot.web.site  # noqa: F401

    gc.freeze()


def _next_program(asked: socket.socket) -> list[str]:
    """Fork for each request; return in the fork only, with its arguments."""
    running: dict[int, int] = {}
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes)
    while True:
        ready, *_ = select.select([asked.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 64)
            _tell_of_ended(running)
        if asked.fileno() not in ready:
            continue
        request, given, *_ = socket.recv_fds(asked, _LONGEST, 3)
        if not request:
            raise SystemExit
        stdout, stderr, ended = given
        pid = os.fork()
        if not pid:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            not_ours = (woken, wakes, ended, *running.values())
            return _become(json.loads(request), stdout, stderr, not_ours)
        running[pid] = ended
        os.close(stdout)
        os.close(stderr)
        asked.send(str(pid).encode())


def _tell_of_ended(running: dict[int, int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended = running.pop(found[0])
            os.write(ended, str(os.waitstatus_to_exitcode(found[1])).encode())
            os.close(ended)


def _become(
    request: dict[str, Any], stdout: int, stderr: int, not_ours: Iterable[int]
) -> list[str]:
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    for each in (stdout, stderr, *not_ours):
        os.close(each)
    # The old ones may have been files, which can do what pipes cannot.
    sys.stdout, sys.stderr = (
        open(fd, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
        for fd in (1, 2)
    )
    os.environ.clear()
    os.environ.update(request["environment"])
    return list(request["arguments"])


def _run(arguments: list[str]) -> None:
    # What a new interpreter runs first: here it has been one for long.
    runpy.run_path(str(Path(os.environ["PYTHONPATH"]) / "sitecustomize.py"))
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    _import_all()
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        program = _next_program(asked)
    _run(program)
