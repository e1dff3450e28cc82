"""What is kept beside an archive: a file in a folder, or tables of its own in a database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.archive.address import Address
from index.archive.engine import Connection
from index.archive.engines import open_beside
from index.archive.tables import Database
from index.archive.transactions import Transactions


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
