"""Makes a new archive, and tells whether what is there is one that this program can use.

Knows nothing of articles.
"""

import uuid
from pathlib import Path

from index.archive import rows
from index.archive.embedding.embedder import full_name
from index.archive.engine import Connection
from index.archive.errors import ArchiveMismatch, ArchiveNotFound
from index.archive.registering import register_all
from index.archive.sqlite import Database, SqliteConnection, create_tables, table_names
from index.archive.sqlite_schema import FORMAT, REGISTER
from index.archive.state import first_state, mark
from index.archive.transactions import Transactions

_BEFORE = "10"
_NEW = "python -m index add --archive NEW_FOLDER PATH..."


def not_found(where: object) -> ArchiveNotFound:
    """What is said where there is none."""
    return ArchiveNotFound(
        f"There is no archive in {where}. Make one: python -m index add --archive {where} PATH..."
    )


def make_folder(folder: Path) -> None:
    """Make the folder of a new archive; raises ArchiveNotFound."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveNotFound(f"No archive can be made in {folder}: {error.strerror}.") from error


def create_archive(database: Database, embedder: str) -> None:
    """Make an archive of an empty file; leave one that is none as it is."""
    with database.writing() as connection:
        if table_names(connection):
            return
        create_tables(connection)
        initialise(connection, embedder)


def initialise(connection: Connection, embedder: str) -> None:
    """Note in empty tables what the archive will be."""
    known = {"format": str(FORMAT), "embedder": embedder, "archive": uuid.uuid4().hex}
    rows.set_meta(connection, **known, **first_state())


def bring_up_to_date(database: Transactions[Connection]) -> None:
    """List who is who in an archive of the format before, whose tables for it are empty."""
    with database.reading() as connection:
        if rows.format_of(connection) != _BEFORE:
            return
    with database.writing() as connection:
        if rows.format_of(connection) == _BEFORE:
            register_all(connection)
            rows.set_meta(connection, format=str(FORMAT))
            mark(connection)


def add_tables(database: Database) -> None:
    """Make what tables an archive of the format before has not, and fill them."""
    with database.reading() as connection:
        tables = table_names(connection)
        if "meta" not in tables or rows.format_of(connection) != _BEFORE:
            return
    if "bearers" not in tables:
        with database.writing() as connection:
            if "bearers" not in table_names(connection):
                create_tables(connection, REGISTER)
                mark(connection, is_change=False)
    bring_up_to_date(database)


def check(connection: SqliteConnection, *, folder: Path, embedder: str | None) -> None:
    """Whether the file is an archive that this program can use."""
    tables = table_names(connection)
    if not tables:
        raise not_found(folder)
    check_made_by(
        connection, rows.format_of(connection) if "meta" in tables else "", folder, embedder
    )


def check_made_by(
    connection: Connection, format_: str, where: object, embedder: str | None
) -> None:
    """Whether the archive at a place is of this program's format, and of that embedder."""
    if format_ != str(FORMAT):
        raise ArchiveMismatch(
            f"The archive in {where} was made by another version of this program (its format is "
            f"{format_ or 'unknown'}, this version reads {FORMAT}). Build it again: {_NEW}"
        )
    made_by = rows.meta(connection)["embedder"]
    if embedder is not None and full_name(embedder) != made_by:
        raise ArchiveMismatch(
            f"The archive in {where} was made with the embedder {made_by}; vectors of "
            f"{full_name(embedder)} cannot be compared with its own. Use --embedder {made_by}, "
            f"or make a new archive: {_NEW} --embedder {full_name(embedder)}"
        )
