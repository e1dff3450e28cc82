"""Stores linked answers, and people's feedback on answers, in a database beside the archive.

Bounded in number and size, per visitor and in total, so that no visitor displaces another's. Safe
to share between threads and processes. Holds no article's words, and of a visitor only a name.
Knows nothing of the web.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.library.saved_answer import Feedback, SavedAnswer, from_record, to_record
from index.archive.address import Address
from index.archive.engine import Connection
from index.archive.opening import beside
from index.archive.transactions import Transactions
from index.schema import RequestError

FILE = "kept.sqlite3"
MAX_ANSWERS = 10_000
MAX_FEEDBACK = 10_000
MAX_SHARE = 10  # of one visitor: the tenth part
MAX_RECORD = 48 * 1024  # characters of one answer without its articles' words
MAX_COMMENT = 2_000

_TABLES = (
    "CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, record TEXT NOT NULL,"
    " kept_at TEXT NOT NULL, visitor TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE IF NOT EXISTS feedback (n INTEGER PRIMARY KEY AUTOINCREMENT,"
    " record TEXT NOT NULL, verdict TEXT NOT NULL, number INTEGER, comment TEXT NOT NULL,"
    " given_at TEXT NOT NULL, visitor TEXT NOT NULL DEFAULT '')",
)
_COLUMNS = {
    "answers": "id, record, kept_at, visitor",
    "feedback": "given_at, record, verdict, number, comment, visitor",
}
_ADDED = "ALTER TABLE {} ADD COLUMN visitor TEXT NOT NULL DEFAULT ''"


class CannotSave(RequestError):
    """The answer is too long to be stored, or the visitor's share is used up."""


class AnswerStore:
    """An open store; use `of` to open one."""

    def __init__(self, database: Transactions[Connection]) -> None:
        self._database = database

    @classmethod
    @contextlib.contextmanager
    def of(cls, archive: Address) -> Iterator["AnswerStore"]:
        """Open the store of the archive at an address; it is created if there is none."""
        with beside(archive, FILE, _make_tables) as database:
            yield cls(database)

    def save(self, kept: SavedAnswer, visitor: str = "") -> str:
        """Store an answer and return its id; the oldest are dropped when there are too many.

        Raises CannotSave if it is too long.
        """
        record = _checked(kept)
        with self._database.writing() as connection:
            # It stays with the visitor who saved it first, so that nobody else can displace it.
            connection.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET record = excluded.record,"
                " kept_at = excluded.kept_at",
                (kept.id, record, _now(), visitor),
            )
            _bound(connection, "answers", "kept_at, id", visitor, MAX_ANSWERS)
        return kept.id

    def find(self, answer_id: str) -> SavedAnswer | None:
        """The stored answer of that id; None if there is none or it is damaged."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT record FROM answers WHERE id = ?", (answer_id,)
            ).fetchone()
        found = from_record(row[0]) if row else None
        return found if found and found.id == answer_id else None

    def add_feedback(self, feedback: Feedback, visitor: str = "") -> None:
        """Store feedback; when there is too much, the visitor with most loses their oldest.

        Raises CannotSave if the visitor's share is used up.
        """
        row = (_checked(feedback.answer), feedback.verdict, feedback.number)
        with self._database.writing() as connection:
            if visitor and _count(connection, "feedback", visitor) >= MAX_FEEDBACK // MAX_SHARE:
                raise CannotSave(
                    "There is no room for more feedback from you until the newsroom has read it."
                )
            connection.execute(
                "INSERT INTO feedback (record, verdict, number, comment, given_at, visitor)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*row, feedback.comment[:MAX_COMMENT], _now(), visitor),
            )
            _bound(connection, "feedback", "n", visitor, MAX_FEEDBACK)

    def feedback(self) -> list[Feedback]:
        """All feedback, oldest first; damaged records are left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT record, verdict, number, comment FROM feedback ORDER BY n"
            ).fetchall()
        found = ((from_record(record), rest) for record, *rest in rows)
        return [Feedback(answer, *rest) for answer, rest in found if answer]

    def take_over(self, other: "AnswerStore") -> None:
        """Copy everything from another store into this one."""
        with other._database.reading() as old, self._database.writing() as new:
            for table, columns in _COLUMNS.items():
                marks = ",".join("?" * (columns.count(",") + 1))
                found = old.execute(f"SELECT {columns} FROM {table} ORDER BY 1")  # noqa: S608
                new.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
                    found,
                )

    def forget_feedback(self, n: int) -> None:
        """Delete the `n` oldest."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM feedback WHERE n IN (SELECT n FROM feedback ORDER BY n LIMIT ?)", (n,)
            )


def _make_tables(connection: Connection) -> None:
    """Create the tables, and add the column `visitor` that earlier versions had not."""
    for table in _TABLES:
        connection.execute(table)
    for name in ("answers", "feedback"):
        known = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        if "visitor" not in known:
            connection.execute(_ADDED.format(name))
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name}_of ON {name} (visitor)")


def _bound(connection: Connection, table: str, age: str, visitor: str, most: int) -> None:
    """Delete the oldest: the visitor's own beyond their share, then those of who has most."""
    if visitor and _count(connection, table, visitor) > most // MAX_SHARE:
        _forget_oldest(connection, table, age, visitor)
    if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > most:  # noqa: S608
        query = f"SELECT visitor FROM {table} GROUP BY visitor ORDER BY count(*) DESC LIMIT 1"  # noqa: S608
        (greatest,) = connection.execute(query).fetchone()
        _forget_oldest(connection, table, age, greatest)


def _forget_oldest(connection: Connection, table: str, age: str, visitor: str) -> None:
    key = age.rpartition(" ")[2]
    query = f"SELECT {key} FROM {table} WHERE visitor = ? ORDER BY {age} LIMIT 1"  # noqa: S608
    connection.execute(f"DELETE FROM {table} WHERE {key} = ({query})", (visitor,))  # noqa: S608


def _count(connection: Connection, table: str, visitor: str) -> int:
    query = f"SELECT count(*) FROM {table} WHERE visitor = ?"  # noqa: S608
    return int(connection.execute(query, (visitor,)).fetchone()[0])


def _checked(kept: SavedAnswer) -> str:
    record = to_record(kept)
    if len(record) > MAX_RECORD:
        raise CannotSave("This conversation is too long to be saved.")
    return record


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
