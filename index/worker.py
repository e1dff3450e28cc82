"""A process that does what it is told by another, one thing after the other.

It ends when the other does, however that ended: then nobody holds the other end of its line.
"""

from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from index.schema import VerbatimError


def attempt(work: Callable[..., object], *given: object) -> object:
    """What comes of it; where that is an error to be shown, the error."""
    try:
        return work(*given)
    except VerbatimError as error:
        return error


def main(number: int) -> None:
    """Serve the line of this number, which was open when the process began."""
    with Connection(number) as line:
        while told := _told(line):
            found = attempt(*told)
            with suppress(ConnectionError):
                line.send(found)


def _told(line: "Connection[object, object]") -> tuple[Callable[..., object], object] | None:
    """What to do next; None where nobody is left who would say it."""
    try:
        return line.recv()  # type: ignore[return-value]
    except (EOFError, ConnectionError):
        return None
