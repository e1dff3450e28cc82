"""Tells whether the write-ahead log beside an archive's file was written for that very file.

SQLite plays a log over whatever file it lies beside, so a backup that is put in the place of a file
whose process was killed would be ruined by the log that was left. Every change of an archive writes
"state 2 after 1" (the numbers are random): a log is the file's own if the file is in one of the
states that the log leads through. Format: https://sqlite.org/fileformat2.html#walformat
"""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from index.archive.errors import ArchiveError
from index.archive.sqlite import log_size
from index.archive.state import STATE, number_of

_STATE = re.compile(rb"state(\d{1,19}) after (\d{1,19})\.")
_HEAD, _FRAME_HEAD = 32, 24
_TRIES = 3


class ForeignLog(ArchiveError):
    """The log beside the archive's file is another file's."""

    reason = "The archive was replaced by a backup in a way that would ruin it."


def check_log(path: Path) -> None:
    """Raise ForeignLog if opening the file would play another file's log over it."""
    for _ in range(_TRIES):
        if not log_size(path):
            return
        # The file before the log: if neither is begun anew meanwhile, the log has its state.
        state = _state_of(path)
        states = states_in(path)
        if state is None or states is None or state in states:
            return
        time.sleep(0.05)  # another process may just have begun its log anew
    raise ForeignLog(
        f"{path}-wal is not the log of {path.name}: that file was put in the place of another one, "
        "as a backup may be, and this log would ruin it. To use the file as it stands, stop every "
        f"process that uses it and remove {path.name}-wal and {path.name}-shm. "
        "A backup is best put back by: python -m index restore --archive FOLDER BACKUP"
    )


def _state_of(path: Path) -> int | None:
    """The state of the file without its log; None if it has none yet, or cannot be read so."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (STATE,)).fetchone()
        return number_of(row[0]) if row else None
    except (sqlite3.Error, ValueError):
        return None


def states_in(path: Path) -> set[int] | None:
    """The states that the log's changes lead from and to; None if it holds no change."""
    found: set[int] = set()
    waiting: set[int] = set()
    is_void = True
    for page, is_end in _pages(path.with_name(f"{path.name}-wal")):
        waiting.update(int(number) for pair in _STATE.findall(page) for number in pair)
        if is_end:
            found |= waiting
            waiting, is_void = set(), False
    return None if is_void else found


def _pages(log: Path) -> Iterator[tuple[bytes, bool]]:
    """Each page of the log, and whether a transaction ends with it; older remnants left out."""
    try:
        with log.open("rb") as file:
            head = file.read(_HEAD)
            size, salts = int.from_bytes(head[8:12]), head[16:24]
            while len(frame := file.read(_FRAME_HEAD + size)) == _FRAME_HEAD + size > _FRAME_HEAD:
                if frame[8:16] != salts:
                    return
                yield frame[_FRAME_HEAD:], frame[4:8] != bytes(4)
    except OSError:  # gone meanwhile
        return
