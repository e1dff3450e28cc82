"""The tables of an archive in a database: made, and brought up to date, by numbered SQL files.

`migrations/NNN_what.sql` are done in the order of their numbers, each once, all that are missing in
one transaction. One that was ever released is never changed: what is to be different comes in the
next number.
"""

import re
from importlib.resources import files

from psycopg import errors

from index.archive.errors import ArchiveMismatch, ArchiveUnwritable
from index.archive.postgres.connection import Plain
from index.archive.postgres.database import PostgresDatabase

_NAME = re.compile(r"(\d{3})_\w+\.sql")
_TURN = 0x7666
_TABLE = """
    CREATE TABLE IF NOT EXISTS verbatim_migrations (
    n INTEGER PRIMARY KEY, name TEXT NOT NULL, done_at TIMESTAMPTZ NOT NULL DEFAULT now())"""


def migrations() -> dict[int, str]:
    """The names of the SQL files by their numbers."""
    folder = files("index.archive.postgres") / "migrations"
    found = (_NAME.fullmatch(each.name) for each in folder.iterdir())
    return {int(each[1]): each[0] for each in sorted(filter(None, found), key=lambda m: m[0])}


def state(plain: Plain) -> int:
    """The number of the last migration that was done; 0 where there are no tables."""
    if plain.execute("SELECT to_regclass('verbatim_migrations')").fetchone() == (None,):
        return 0
    row = plain.execute("SELECT coalesce(max(n), 0) FROM verbatim_migrations").fetchone()
    return int(row[0]) if row else 0


def migrate(database: PostgresDatabase) -> None:
    """Do what was not done yet, one process at a time; raises ArchiveError."""
    try:
        with database.plainly() as plain, plain.transaction():
            plain.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", (_TURN,))
            plain.execute(_TABLE)
            last = state(plain)
            for number, name in migrations().items():
                if number > last:
                    plain.execute(_text(name).encode())
                    plain.execute(
                        "INSERT INTO verbatim_migrations (n, name) VALUES (%s, %s)", (number, name)
                    )
    except (errors.FeatureNotSupported, errors.UndefinedFile) as error:
        raise ArchiveUnwritable(
            f"{database.address} has no pgvector: it has to be installed where the database runs "
            "(docs/postgresql.md)."
        ) from error


def is_made(database: PostgresDatabase) -> bool:
    """Whether there is an archive; brings one of an earlier program up to date."""
    with database.plainly() as plain:
        last = state(plain)
    if last > max(migrations()):
        raise ArchiveMismatch(
            f"The archive in {database.address} was made by a newer version of this program."
        )
    if 0 < last < max(migrations()):
        migrate(database)
    return last > 0


def _text(name: str) -> str:
    return (files("index.archive.postgres") / "migrations" / name).read_text(encoding="utf-8")
