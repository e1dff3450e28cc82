"""The one door to PostgreSQL: connections, transactions, errors. Knows nothing of articles."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from index.archive.address import DatabaseAddress
from index.archive.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveFull,
    ArchiveGone,
    ArchiveUnwritable,
)
from index.archive.postgres.connection import Plain, PostgresConnection, prepare
from index.archive.transactions import Transactions
from index.schema import VerbatimError

_MOST_CONNECTIONS = 10  # of a process: as many threads as can be at work there, and some more
_PATIENCE_S = 10
# A writer waits for its turn: of those that write the archive, or what is kept beside it.
ARCHIVE, BESIDE = 0x7665, 0x7667
# A reader sees one moment. A writer sees what the one before it wrote, and waits for its turn.
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = "BEGIN; SET LOCAL lock_timeout = '60s'"
_WAIT = "SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))"

_BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)
_FULL = (errors.DiskFull, errors.OutOfMemory)
_CLOSED = (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)
_GONE = (errors.UndefinedTable, errors.InvalidSchemaName, errors.InvalidCatalogName)
_DAMAGED = (errors.DataCorrupted, errors.IndexCorrupted)


class BadAddress(VerbatimError):
    """No address of a database."""


class ArchiveUnreachable(ArchiveBusy):
    """The database does not answer."""

    reason = "The archive’s database does not answer: try again in a minute."


class PostgresDatabase(Transactions[PostgresConnection]):
    """A database's connections, lent to one transaction at a time."""

    def __init__(self, address: DatabaseAddress, *, turn: int = ARCHIVE) -> None:
        super().__init__()
        self._turn = turn
        self.address = address
        _check(address)
        self._pool: ConnectionPool[Plain] = ConnectionPool(
            address.full,
            kwargs={"autocommit": True, "connect_timeout": _PATIENCE_S},
            min_size=0,
            max_size=_MOST_CONNECTIONS,
            timeout=_PATIENCE_S,
            configure=prepare,
            check=ConnectionPool.check_connection,  # so that a database may start anew meanwhile
            open=True,
        )

    def __enter__(self) -> "PostgresDatabase":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close; transactions that are going on in other threads end as they would."""
        self._pool.close()

    @contextmanager
    def begin(self, *, writes: bool) -> Iterator[PostgresConnection]:
        """A transaction of its own: kept at the end, undone where it does not come to its end."""
        with self.plainly() as plain:
            plain.execute(_WRITE if writes else _READ)
            connection = PostgresConnection(plain)
            if writes:
                connection.execute(_WAIT, (self._turn,))
            yield connection
            connection.write_counts()
            plain.execute("COMMIT")  # else the pool undoes it

    @contextmanager
    def plainly(self) -> Iterator[Plain]:
        """A connection without a transaction; what goes wrong is told as an archive's error."""
        try:
            with self._pool.connection() as plain:
                yield plain
        except (psycopg.Error, PoolTimeout) as error:
            if found := self._explained(error):
                raise found from error
            raise

    def reach(self) -> None:
        """Connect once, so that why it cannot be done is known; raises ArchiveError."""
        try:
            psycopg.connect(self.address.full, connect_timeout=_PATIENCE_S).close()
        except psycopg.Error as error:
            raise self._unreachable(error) from error

    def _explained(self, error: Exception) -> ArchiveError | None:
        """What it means for the archive; None for a fault of the program."""
        if isinstance(error, _BUSY):
            return ArchiveBusy(f"{self.address} is being written by another: {_line(error)}")
        if isinstance(error, _FULL):
            return ArchiveFull(f"{self.address}: there is no room left: {_line(error)}")
        if isinstance(error, _CLOSED):
            return ArchiveUnwritable(f"{self.address} cannot be used: {_line(error)}")
        if isinstance(error, _GONE):
            return ArchiveGone(f"{self.address} is no longer there: {_line(error)}")
        if isinstance(error, _DAMAGED):
            return ArchiveDamaged(f"{self.address} is damaged: {_line(error)}")
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | PoolTimeout):
            return self._unreachable(error)
        return None

    def _unreachable(self, error: Exception) -> ArchiveUnreachable:
        return ArchiveUnreachable(f"{self.address} does not answer: {_line(error)}")


def _check(address: DatabaseAddress) -> None:
    try:
        parts = conninfo_to_dict(address.full)
    except psycopg.ProgrammingError:
        parts = {"host": "@"}
    host, port = str(parts.get("host", "")), str(parts.get("port", ""))
    if "@" in host or not re.fullmatch(r"[0-9,]*", port):
        # Where the address was taken apart in the wrong place, the library's own words would show
        # a part of its password.
        raise BadAddress(
            f"{address} is no address of a database: postgresql://USER@HOST/DATABASE is one; "
            "in a password, @ is written as %40, / as %2F, ? as %3F."
        )


def _line(error: Exception) -> str:
    """What the database says, in a line."""
    told = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return " ".join(str(told or error).split())
