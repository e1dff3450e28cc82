"""Keeps answers that were linked to, and what people said of answers: a file beside the archive.

Bounded in number and in size, and safe to share between threads and processes. Holds no article's
words. Knows nothing of the web.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.library.kept import Feedback, Kept, from_record, to_record
from index.archive.tables import Connection, Database
from index.schema import RequestError

FILE = "kept.sqlite3"
MAX_ANSWERS = 10_000
MAX_FEEDBACK = 10_000
MAX_RECORD = 48 * 1024  # characters of one answer without its articles' words
MAX_COMMENT = 2_000

_TABLES = (
    "CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, record TEXT NOT NULL,"
    " kept_at TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS feedback (n INTEGER PRIMARY KEY AUTOINCREMENT,"
    " record TEXT NOT NULL, verdict TEXT NOT NULL, number INTEGER, comment TEXT NOT NULL,"
    " given_at TEXT NOT NULL)",
)


class CannotKeep(RequestError):
    """The answer is too long to be kept, or there is no room for more."""


class Keeper:
    """The open file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    @contextlib.contextmanager
    def of(cls, folder: Path) -> Iterator["Keeper"]:
        """The keeper of the archive in `folder`; its file is made where there is none."""
        database = Database(folder / FILE)
        try:
            with database.writing() as connection:
                for table in _TABLES:
                    connection.execute(table)
            yield cls(database)
        finally:
            database.close()

    def keep(self, kept: Kept) -> str:
        """Keep an answer and name its id; the oldest go when there are too many."""
        record = _checked(kept)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (kept.id, record, _now())
            )
            connection.execute(
                "DELETE FROM answers WHERE rowid NOT IN"
                " (SELECT rowid FROM answers ORDER BY rowid DESC LIMIT ?)",
                (MAX_ANSWERS,),
            )
        return kept.id

    def find(self, answer_id: str) -> Kept | None:
        """The kept answer of that id."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT record FROM answers WHERE id = ?", (answer_id,)
            ).fetchone()
        return from_record(row[0]) if row else None

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what a person said; raises CannotKeep when there is no room for more."""
        row = (_checked(feedback.answer), feedback.verdict, feedback.number)
        with self._database.writing() as connection:
            if _count(connection) >= MAX_FEEDBACK:
                raise CannotKeep(
                    "There is no room for more feedback: the newsroom has to fetch it."
                )
            connection.execute(
                "INSERT INTO feedback (record, verdict, number, comment, given_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (*row, feedback.comment[:MAX_COMMENT], _now()),
            )

    def feedback(self) -> list[Feedback]:
        """All that was said, in that order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT record, verdict, number, comment FROM feedback ORDER BY n"
            ).fetchall()
        return [Feedback(from_record(record), *rest) for record, *rest in rows]

    def forget_feedback(self, n: int) -> None:
        """Forget the `n` oldest."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM feedback WHERE n IN (SELECT n FROM feedback ORDER BY n LIMIT ?)", (n,)
            )


def _count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM feedback").fetchone()[0])


def _checked(kept: Kept) -> str:
    record = to_record(kept)
    if len(record) > MAX_RECORD:
        raise CannotKeep("This conversation is too long to be kept.")
    return record


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
