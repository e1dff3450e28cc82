"""The archive's tables, and the one door to SQLite: transactions, threads and errors.

Every transaction has a connection to itself, so threads, like processes, are kept apart by SQLite's
write-ahead log: readers never wait, and each sees one moment. Knows nothing of articles.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.schema import VerbatimError

Connection = sqlite3.Connection

# Raise it when the tables change, or when what they hold of the same article would.
FORMAT = 1
_BUSY_SECONDS = 60
_PATIENCE_MS = 2000

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

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    # Safe with a write-ahead log: a power cut may undo the last articles, but never spoil the file.
    "PRAGMA synchronous = NORMAL",
    # What is removed is overwritten in the file, not only unlinked.
    "PRAGMA secure_delete = ON",
)


class ArchiveDamaged(VerbatimError):
    """SQLite cannot make sense of the archive's file."""


class ArchiveBusy(VerbatimError):
    """Another process kept the archive locked for too long."""


class ArchiveUnwritable(VerbatimError):
    """The archive cannot be opened or written: rights, disk space, a read-only folder."""


class Database:
    """A SQLite file with the archive's tables; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        # Absolute: connections are opened later too, wherever the process stands then.
        self._path = path.absolute()
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._thread = threading.local()
        self._closed = False
        with self._translated():
            self._idle.append(self._connect())

    def _connect(self) -> Connection:
        # No isolation level: transactions begin and end where this class says so, nowhere else.
        connection = sqlite3.connect(
            self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            _keep_log(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Close; connections still at work in other threads close when they are done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        with self._translated():
            for connection in idle:
                connection.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Everything read inside is of one moment; nested, of the outermost's."""
        outer: Connection | None = getattr(self._thread, "connection", None)
        if outer is not None:
            yield outer
            return
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Everything written inside is kept, or nothing of it."""
        if getattr(self._thread, "connection", None) is not None:
            raise RuntimeError("nothing can be written within another transaction")
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._translated(), self._lent() as connection:
            connection.execute(begin)
            self._thread.connection = connection
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                self._thread.connection = None
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        """A connection for the caller alone; as many are kept as were ever in use at once."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the archive is closed")
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        try:
            yield connection
        finally:
            if not self._keep(connection):
                connection.close()

    def _keep(self, connection: Connection) -> bool:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
            return not self._closed

    def empty_log(self) -> bool:
        """Move the write-ahead log into the file and empty it; whether no reader hindered it."""
        with self._translated(), self._lent() as connection:
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            (hindered, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
            return not hindered

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if _is_busy(error):
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


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _keep_log(connection: Connection) -> None:
    """Switch to the write-ahead log; done once, the file remembers it."""
    last = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite does not wait here by itself where two processes make the file at once.
            if not _is_busy(error) or time.monotonic() > last:
                raise
            time.sleep(0.02)


def create_tables(connection: Connection) -> None:
    """Make the empty tables, within the caller's transaction."""
    # Not executescript: it commits first.
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def table_names(connection: Connection) -> frozenset[str]:
    """The tables there are."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(str(name) for (name,) in rows)
