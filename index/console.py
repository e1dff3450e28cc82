"""How every command is told its archive, and how it ends: 0, or one clear line and 2; no traceback.

Shared by the programs of `index` and `bot`. Knows no command.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import NoReturn

import click

from index.archive.address import Address, read_address
from index.printing import printable
from index.schema import VerbatimError

WRONG = 2
SILENCE_S = 3.0  # at a terminal; who waits longer wonders whether anything is going on
_INTERRUPTED = 130


class ArchiveAddress(click.ParamType[Address]):
    """Where an archive is, as it is typed."""

    name = "folder or address"

    def convert(
        self, value: Address | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        """The folder, or the address of a database."""
        return read_address(value) if isinstance(value, str) else value


ARCHIVE_HELP = "The archive: a folder, or a database address, postgresql://USER@HOST/NAME."
ARCHIVE = click.option("--archive", required=True, type=ArchiveAddress(), help=ARCHIVE_HELP)


def run(command: click.Command, name: str) -> NoReturn:
    """Run the command line and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # News is not written in the console's code page.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_status(command, name))


def complain(message: object) -> None:
    """One line on standard error, clear of a progress bar that stands there."""
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(clear + printable(str(message)), err=True)


@contextmanager
def heartbeat(tell: Callable[[], str], every_s: float = SILENCE_S) -> Iterator[Callable[[], None]]:
    """While the block runs `tell` is asked every so often for a line, with the seconds so far.

    The line goes to standard error, if it is not empty. What is given ends it before the block.
    """
    start, over = time.monotonic(), threading.Event()

    def beat() -> None:
        while not over.wait(every_s):
            if line := tell():
                complain(f"{line} ({time.monotonic() - start:.0f} s)")

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield over.set
    finally:
        over.set()
        thread.join()


@contextmanager
def stoppable() -> Iterator[None]:
    """What is done meanwhile is ended by SIGTERM as it is by Ctrl-C: by KeyboardInterrupt."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _status(command: click.Command, name: str) -> int:
    try:
        status = command.main(prog_name=name, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return WRONG
    except click.ClickException as error:
        complain(f"error: {error.format_message()}")
        return WRONG
    except VerbatimError as error:
        complain(f"error: {error}")
        return WRONG
    except click.exceptions.Abort:
        return _INTERRUPTED
    except OSError as error:
        # Else the interpreter's last flush would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 1
        complain(f"error: {error}")
        return WRONG
    return status if isinstance(status, int) else 0
