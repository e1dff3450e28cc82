"""Which engine keeps the archive at an address, and what is kept beside it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

from index.archive.address import Address, DatabaseAddress
from index.archive.embedded.engine import EmbeddedEngine
from index.archive.engine import Connection, Engine
from index.archive.sqlite import Database
from index.archive.transactions import Transactions
from index.schema import VerbatimError


class NotInstalled(VerbatimError):
    """The libraries of an engine are not there."""


def open_engine(address: Address, *, create: bool, embedder: str | None) -> Engine:
    """The engine with the archive at an address; raises ArchiveError."""
    if isinstance(address, Path):
        return EmbeddedEngine.open(address, create=create, embedder=embedder)
    _need_client(address)
    from index.archive.postgres.engine import PostgresEngine

    return PostgresEngine.open(address, create=create, embedder=embedder)


def open_beside(address: DatabaseAddress) -> AbstractContextManager[Transactions[Connection]]:
    """The tables beside an archive, in its database."""
    _need_client(address)
    from index.archive.postgres.database import BESIDE, PostgresDatabase

    return PostgresDatabase(address, turn=BESIDE)


def _need_client(address: DatabaseAddress) -> None:
    # Here and in functions: who keeps a folder needs no database's libraries.
    if not all(map(find_spec, ("psycopg", "psycopg_pool", "pgvector"))):
        raise NotInstalled(
            f"An archive in {address} needs PostgreSQL's client: pip install 'verbatim[postgres]'"
        )


@contextmanager
def beside(
    address: Address, file: str, make_tables: Callable[[Connection], None]
) -> Iterator[Transactions[Connection]]:
    """The database of that file name beside an archive for a while; its tables are made.

    In the archive's own database they are there already: its migrations made them.
    """
    if not isinstance(address, Path):
        with open_beside(address) as database:
            yield database
        return
    with Database.at(address / file) as database:
        with database.writing() as connection:
            make_tables(connection)
        yield database
