"""Makes the file of a new archive, and tells whether a file is one that this program can use.

Knows nothing of articles.
"""

import uuid
from pathlib import Path

from index.archive import rows
from index.archive.embedder import full_name
from index.archive.state import first_state
from index.archive.tables import (
    FORMAT,
    ArchiveError,
    Database,
    SqliteConnection,
    create_tables,
    table_names,
)

_NEW = "python -m index add --archive NEW_FOLDER PATH..."


class ArchiveNotFound(ArchiveError):
    """There is no archive in the folder."""

    reason = "There is no archive where this server was told to look."


class ArchiveMismatch(ArchiveError):
    """The archive was made by another embedder or another version of this program."""

    reason = "The archive was made by another version of this program, or with another model."


def not_found(folder: Path) -> ArchiveNotFound:
    """What is said where there is none."""
    return ArchiveNotFound(
        f"There is no archive in {folder}. Make one: python -m index add --archive {folder} PATH..."
    )


def make_folder(folder: Path) -> None:
    """Make the folder of a new archive; raises ArchiveNotFound."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveNotFound(f"No archive can be made in {folder}: {error.strerror}.") from error


def make(database: Database, embedder: str) -> None:
    """Make an archive of an empty file; leave one that is none as it is."""
    with database.writing() as connection:
        if table_names(connection):
            return
        create_tables(connection)
        rows.set_meta(
            connection,
            format=str(FORMAT),
            embedder=embedder,
            archive=uuid.uuid4().hex,
            **first_state(),
        )


def check(connection: SqliteConnection, *, folder: Path, embedder: str | None) -> None:
    """Whether the file is an archive that this program can use."""
    tables = table_names(connection)
    if not tables:
        raise not_found(folder)
    format_ = rows.format_of(connection) if "meta" in tables else "unknown"
    if format_ != str(FORMAT):
        raise ArchiveMismatch(
            f"The archive in {folder} was made by another version of this program (its format is "
            f"{format_}, this one reads {FORMAT}). Make it anew: {_NEW}"
        )
    made_by = rows.meta(connection)["embedder"]
    if embedder is not None and full_name(embedder) != made_by:
        raise ArchiveMismatch(
            f"The archive in {folder} was made with the embedder {made_by}; vectors of "
            f"{full_name(embedder)} cannot be compared with its own. Use --embedder {made_by}, "
            f"or make a new archive: {_NEW} --embedder {full_name(embedder)}"
        )
