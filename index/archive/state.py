"""In which state an archive is: a random number that each change replaces by another.

Random rather than counted: a backup put back in place never looks like what it replaced, so nothing
derived from the one is taken for the other's.
"""

import secrets

from index.archive import rows
from index.archive.engine import Connection

STATE = "state"


def next_state(before: int, after: int) -> str:
    """How a change is written down, so that it is found in a log's bytes."""
    return f"{after} after {before}."


def number_of(state: str) -> int:
    """The state that is the last one."""
    return int(state.partition(" ")[0])


def first_state() -> dict[str, str]:
    """A state that comes of no other."""
    state = secrets.randbits(63)
    return {STATE: next_state(state, state)}


def generation(connection: Connection) -> int:
    """The number of the state that the archive is in."""
    return number_of(rows.meta(connection)[STATE])


def mark(connection: Connection, *, is_change: bool = True) -> None:
    """Write the state that a change leads to, if only once more: a log is known by it."""
    now = rows.meta(connection)[STATE]
    after = next_state(number_of(now), secrets.randbits(63)) if is_change else now
    rows.set_meta(connection, **{STATE: after})
