"""The archive's tables, and the one door to SQLite: transactions, threads and errors.

Every transaction has a connection to itself, so threads, like processes, are kept apart by SQLite's
write-ahead log: readers never wait, and each sees one moment. Each looks at the path first: a file
that was put in the place of another is opened anew. Knows nothing of articles.
"""

import json
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.archive.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveFull,
    ArchiveGone,
    ArchiveUnwritable,
)
from index.archive.sqlite_schema import REGISTER, SCHEMA
from index.archive.transactions import Transactions

_BUSY_SECONDS = 60
_PATIENCE_MS = 2000

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    # Safe with a write-ahead log: a power cut may undo the last articles, but never spoil the file.
    "PRAGMA synchronous = NORMAL",
    # What is removed is overwritten in the file, not only unlinked.
    "PRAGMA secure_delete = ON",
)
_RESTORE = "python -m index restore --archive FOLDER BACKUP"


class SqliteConnection(sqlite3.Connection):
    """A connection that knows which file it has open, and whether it takes it for unchangeable.

    Its own methods are those of `index.archive.engine.Connection`.
    """

    file: tuple[int, ...] = ()
    is_frozen = False

    def among(self, column: str, values: Iterable[object]) -> tuple[str, object]:
        return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values))  # noqa: S608

    def last_number(self, table: str, key: str) -> int:
        row = self.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return int(row[0]) if row else 0

    def go_on_after(self, table: str, key: str, last: int) -> None:
        self.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?,?)", (table, last))

    def put_words(self, texts: Sequence[tuple[int, str]]) -> None:
        self.executemany("INSERT INTO words (rowid, text) VALUES (?,?)", texts)

    def drop_words(self, article_id: str) -> None:
        # The word index is no ordinary table: no foreign key reaches it.
        own = "SELECT id FROM passages WHERE article_id = ?"
        self.execute(f"DELETE FROM words WHERE rowid IN ({own})", (article_id,))  # noqa: S608

    def has_words(self, known: Sequence[tuple[int, str]]) -> bool:
        which, value = self.among("rowid", [passage_id for passage_id, _ in known])
        found = self.execute(f"SELECT rowid, text FROM words WHERE {which}", (value,))  # noqa: S608
        return dict(found.fetchall()) == dict(known)

    def put_context(self, n: int, words: Iterable[str]) -> None:
        self.execute("INSERT INTO context_words (rowid, words) VALUES (?,?)", (n, _tokens(words)))

    def drop_context(self, n: int, words: Iterable[str]) -> None:
        self.execute(
            "INSERT INTO context_words (context_words, rowid, words) VALUES ('delete',?,?)",
            (n, _tokens(words)),
        )

    def clear_contexts(self) -> None:
        self.execute("INSERT INTO context_words (context_words) VALUES ('delete-all')")

    def articles_with_words(self, groups: Sequence[Sequence[str]]) -> Iterator[str]:
        query = """
            SELECT c.article_id FROM context_words AS w JOIN contexts AS c ON c.n = w.rowid
            WHERE w.context_words MATCH ?"""
        wanted = " AND ".join(f"({' OR '.join(map(_token, group))})" for group in groups)
        yield from (article_id for (article_id,) in self.execute(query, (wanted,)))

    def count_articles_with_word(self, word: str) -> int:
        query = "SELECT doc FROM context_vocabulary WHERE term = ?"
        row = self.execute(query, (_tokens([word]),)).fetchone()
        return int(row[0]) if row else 0

    def words_beginning(self, first: str) -> Iterator[str]:
        query = "SELECT term FROM context_vocabulary WHERE term >= ? AND term < ?"
        found = (
            _word(term)
            for begun in (first, f"0x{first.encode().hex()}")
            for (term,) in self.execute(query, (begun, f"{begun}\x7f")).fetchall()
        )
        yield from dict.fromkeys(word for word in found if word.startswith(first))

    def put_vectors(self, found: Sequence[tuple[int, bytes, int]]) -> None:
        self.executemany("INSERT INTO vectors VALUES (?,?,?)", found)

    def vectors(self, passage_ids: Sequence[int]) -> Iterator[tuple[int, object, int]]:
        which, value = self.among("passage_id", passage_ids)
        query = f"SELECT passage_id, vector, seal FROM vectors WHERE {which}"  # noqa: S608
        yield from self.execute(query, (value,))


class Database(Transactions[SqliteConnection]):
    """A SQLite file with the archive's tables; safe to share between threads.

    `beforehand` is called with the path before a file is opened that was not open yet, and what
    `afterwards` holds with each new connection: both raise if the file is not as it should be. A
    file that nobody may write is opened all the same, and read.
    """

    def __init__(self, path: Path, *, beforehand: Callable[[Path], None] | None = None) -> None:
        super().__init__()
        # Absolute: connections are opened later too, wherever the process stands then.
        self._path = path.absolute()
        self._beforehand = beforehand
        self.afterwards: Callable[[SqliteConnection], None] | None = None
        self._known: tuple[int, ...] = ()
        self._idle: list[SqliteConnection] = []
        self._lock = threading.Lock()
        self._closed = False
        with self._translated():
            if not self._path.exists():
                sqlite3.connect(self._path).close()
            self._idle.append(self._connect())

    @classmethod
    @contextmanager
    def at(
        cls, path: Path, *, beforehand: Callable[[Path], None] | None = None
    ) -> Iterator["Database"]:
        """The database of that file for a while."""
        database = cls(path, beforehand=beforehand)
        try:
            yield database
        finally:
            database.close()

    def _file(self, *, is_frozen: bool = False) -> tuple[int, ...]:
        """What tells the file at the path from another: of a frozen one, its contents' age too."""
        try:
            status = self._path.stat()
        except OSError as error:
            raise ArchiveGone(f"{self._path} is no longer there: {error.strerror}.") from error
        place = (status.st_dev, status.st_ino)
        if not is_frozen:
            return place
        return (*place, status.st_mtime_ns, status.st_size, log_size(self._path))

    def _connect(self) -> SqliteConnection:
        file = self._file()
        if self._beforehand and file != self._known:
            self._beforehand(self._path)
        self._known = file
        connection = self._open()
        try:
            if self.afterwards:
                self.afterwards(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _open(self) -> SqliteConnection:
        file = self._file(is_frozen=True)
        try:
            connection = self._opened("mode=rw")
            connection.file = file[:2]
        except sqlite3.OperationalError as error:
            if not _is(error, *_CLOSED):
                raise
            # Who reads a log shares some memory with others, in a file beside it. Where that cannot
            # be made, as on a disk that is only read, a file without a log is read as it stands.
            is_frozen = not log_size(self._path)
            connection = self._opened("immutable=1" if is_frozen else "mode=ro")
            connection.is_frozen = is_frozen
            connection.file = file if is_frozen else file[:2]
        return connection

    def _opened(self, how: str) -> SqliteConnection:
        # No isolation level: transactions begin and end where this class says so, nowhere else.
        connection = sqlite3.connect(
            f"{self._path.as_uri()}?{how}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=SqliteConnection,
        )
        connection.text_factory = _text
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            if how == "mode=rw":
                _keep_log(connection)
            else:
                table_names(connection)  # whether it can be read
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
    def begin(self, *, writes: bool) -> Iterator[SqliteConnection]:
        """A transaction of its own: kept at the end, undone where it does not come to its end."""
        with self._translated(), self._lent() as connection:
            try:  # Ctrl-C may come right behind the first statement
                connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _lent(self) -> Iterator[SqliteConnection]:
        """A connection for the caller alone; as many are kept as were ever in use at once."""
        connection = self._taken() or self._connect()
        try:
            yield connection
        finally:
            if not self._keep(connection):
                connection.close()

    def _taken(self) -> SqliteConnection | None:
        """An idle connection to the file that is there now; those to another are closed."""
        while True:
            with self._lock:
                if self._closed:
                    raise RuntimeError("the archive is closed")
                connection = self._idle.pop() if self._idle else None
            if connection is None or connection.file == self._file(is_frozen=connection.is_frozen):
                return connection
            connection.close()

    def _keep(self, connection: SqliteConnection) -> bool:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
            return not self._closed

    def fill_from(self, source: "Database") -> None:
        """Take over all that another one holds, in one transaction."""
        with source.reading() as found, self._translated(), self._lent() as connection:
            found.backup(connection)

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
            raise self._explained(error) from error
        except sqlite3.DatabaseError as error:
            # Faults of the program, not of the file.
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise self._damaged(error) from error

    def _explained(self, error: sqlite3.OperationalError) -> ArchiveError:
        if _is(error, *_BUSY):
            return ArchiveBusy(
                f"{self._path} is being written by another process ({error}); try again."
            )
        if _is(error, sqlite3.SQLITE_FULL):
            return ArchiveFull(f"{self._path}: there is no room left on this disk ({error}).")
        if _is(error, *_CLOSED, sqlite3.SQLITE_IOERR):
            return ArchiveUnwritable(f"{self._path} cannot be used: {error}.")
        return self._damaged(error)

    def _damaged(self, error: sqlite3.DatabaseError) -> ArchiveDamaged:
        return ArchiveDamaged(
            f"{self._path} is damaged or no archive ({error}). Restore it from a backup: "
            f"{_RESTORE}; or make a new one: python -m index add --archive NEW_FOLDER PATH..."
        )


class MemoryDatabase(Transactions[SqliteConnection]):
    """The archive's tables in memory, empty at first; shared by threads, which take turns."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = threading.Lock()
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False, factory=SqliteConnection
        )
        weakref.finalize(self, self._connection.close)
        create_tables(self._connection)

    @contextmanager
    def begin(self, *, writes: bool) -> Iterator[SqliteConnection]:
        """The one connection, until the end."""
        with self._turn:
            yield self._connection


_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CLOSED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


def _is(error: sqlite3.OperationalError, *codes: int) -> bool:
    # What the Python module itself complains of has no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in codes


def log_size(path: Path) -> int:
    """How many bytes stand in the write-ahead log beside a file, 0 if there is none."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        return 0


def _tokens(words: Iterable[str]) -> str:
    """Words as the index of contexts has them: letters and figures, whatever a word is made of."""
    return " ".join(map(_token, words))


def _token(word: str) -> str:
    return word if _is_plain(word) else f"0x{word.encode().hex()}"


def _word(token: str) -> str:
    return bytes.fromhex(token[2:]).decode() if token.startswith("0x") else token


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum() and not word.startswith("0x")


def _text(value: bytes) -> str:
    """Text as it is stored; where it is damaged, something that its row's seal does not match."""
    return value.decode("utf-8", "surrogateescape")


def _keep_log(connection: SqliteConnection) -> None:
    """Switch to the write-ahead log; done once, the file remembers it."""
    last = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite does not wait here by itself where two processes make the file at once.
            if not _is(error, *_BUSY) or time.monotonic() > last:
                raise
            time.sleep(0.02)


def create_tables(connection: SqliteConnection, schema: str = SCHEMA + REGISTER) -> None:
    """Make the empty tables, within the caller's transaction."""
    # Not executescript: it commits first.
    for statement in schema.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def table_names(connection: SqliteConnection) -> frozenset[str]:
    """The tables there are."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(str(name) for (name,) in rows)
