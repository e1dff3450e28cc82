"""The archive's tables, and the one door to SQLite: transactions, threads and errors.

One connection behind one lock serves all threads of a process; other processes are kept apart by
SQLite's write-ahead log. Knows nothing of articles.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.schema import VerbatimError

# Raise it when the tables change, or when what they hold of the same article would.
FORMAT = 1
_BUSY_SECONDS = 60

# Passage ids come from AUTOINCREMENT: growing, and never used a second time.
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, version TEXT NOT NULL, title TEXT, author TEXT,
    source TEXT, published TEXT, url TEXT, added_at TEXT NOT NULL);
CREATE TABLE sentences (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    prose INTEGER NOT NULL, PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE TABLE people (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,
    name TEXT NOT NULL, roles TEXT NOT NULL, PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE TABLE statements (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,
    speaker_name TEXT, mention_start INTEGER, mention_end INTEGER, cue_start INTEGER,
    cue_end INTEGER, content TEXT NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL);
CREATE INDEX passages_of_article ON passages (article_id);
CREATE TABLE vectors (
    passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    text, tokenize = "porter unicode61 remove_diacritics 2");
"""


class ArchiveDamaged(VerbatimError):
    """SQLite cannot make sense of the archive's file."""


class ArchiveBusy(VerbatimError):
    """Another process kept the archive locked for too long."""


class ArchiveUnwritable(VerbatimError):
    """The archive cannot be opened or written: rights, disk space, a read-only folder."""


class Database:
    """A SQLite file with the archive's tables; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        with self._translated():
            # autocommit: transactions begin and end where this class says so, nowhere else.
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            with self._translated():
                self._configure()
        except BaseException:
            self._connection.close()
            raise

    def _configure(self) -> None:
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        # What is removed is overwritten in the file, not only unlinked.
        self._connection.execute("PRAGMA secure_delete = ON")

    def close(self) -> None:
        """Close the connection; the last one to close empties the write-ahead log."""
        with self._lock, self._translated():
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Everything read inside is of one moment; may be nested, and inside `writing` too."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            with self._transaction("BEGIN"):
                yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Everything written inside is kept, or nothing of it."""
        with self._lock:
            if self._connection.in_transaction:
                raise RuntimeError("a transaction is already under way in this thread")
            with self._transaction("BEGIN IMMEDIATE"):
                yield self._connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self._translated():
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def maintain(self, statement: str) -> None:
        """Run one statement that must stand outside a transaction."""
        with self._lock, self._translated():
            self._connection.execute(statement).fetchall()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise ArchiveBusy(
                    f"{self._path} is being written by another process ({error}); try again."
                ) from error
            raise ArchiveUnwritable(f"{self._path} cannot be used: {error}.") from error
        except sqlite3.DatabaseError as error:
            # Faults of the program, not of the file.
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise ArchiveDamaged(
                f"{self._path} is damaged or no archive ({error}). Restore it from a backup, or "
                "make a new one: python -m index add --archive NEW_FOLDER PATH..."
            ) from error


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the empty tables, within the caller's transaction."""
    # Not executescript: it commits first.
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def table_names(connection: sqlite3.Connection) -> frozenset[str]:
    """The tables there are."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(str(name) for (name,) in rows)
