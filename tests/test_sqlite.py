import signal
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from index.archive.errors import ArchiveDamaged, ArchiveUnwritable
from index.archive.sqlite import Database, create_tables, table_names
from index.schema import VerbatimError
from tests.patience import PATIENCE


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database with the empty tables."""
    database = Database(tmp_path / "archive.sqlite3")
    with database.writing() as connection:
        create_tables(connection)
    return database


def names(database: Database) -> list[str]:
    """What stands in the table of meta data."""
    with database.reading() as connection:
        return [n for (n,) in connection.execute("SELECT name FROM meta ORDER BY name")]


def write(database: Database, name: str) -> None:
    """One small transaction."""
    with database.writing() as connection:
        connection.execute("INSERT INTO meta VALUES (?, '', 0)", (name,))


def test_the_tables_are_made_in_one_transaction(tmp_path: Path) -> None:
    """An error on the way leaves none of them."""
    database = Database(tmp_path / "archive.sqlite3")

    def fail_midway() -> None:
        with database.writing() as connection:
            create_tables(connection)
            assert "articles" in table_names(connection)
            create_tables(connection)

    with pytest.raises(ArchiveDamaged, match="already exists"):
        fail_midway()
    with database.reading() as connection:
        assert table_names(connection) == frozenset()
    database.close()


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    """And the next one works."""

    def fail_midway() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO meta VALUES ('half', '', 0)")
            connection.execute("INSERT INTO meta VALUES ('half', '', 0)")

    with pytest.raises(sqlite3.IntegrityError):
        fail_midway()
    write(database, "whole")
    assert names(database) == ["whole"]
    database.close()


def test_a_reader_neither_waits_nor_sees_what_is_not_finished(database: Database) -> None:
    """While another thread is in the middle of writing."""
    seen: list[list[str]] = []
    with database.writing() as connection:
        connection.execute("INSERT INTO meta VALUES ('half', '', 0)")
        thread = threading.Thread(target=lambda: seen.append(names(database)))
        thread.start()
        thread.join(timeout=PATIENCE)
        assert seen == [[]]
    assert names(database) == ["half"]
    database.close()


def test_nested_reading_is_of_the_outer_moment(database: Database) -> None:
    """What another writes in between is not seen before the outermost ends."""
    with database.reading():
        assert names(database) == []
        thread = threading.Thread(target=write, args=(database, "new"))
        thread.start()
        thread.join()
        assert names(database) == []
    assert names(database) == ["new"]
    database.close()


def test_nothing_is_written_from_within_a_reading(database: Database) -> None:
    """It would be based on a moment that may be over."""
    with database.reading(), pytest.raises(RuntimeError), database.writing():
        pass
    write(database, "after")
    assert names(database) == ["after"]
    database.close()


def test_connections_are_used_again(database: Database) -> None:
    """A server's threads come and go; its files must not pile up."""
    for n in range(50):
        thread = threading.Thread(target=write, args=(database, str(n)))
        thread.start()
        thread.join()
    assert len(names(database)) == 50
    assert len(database._idle) == 1
    database.close()


def test_foreign_keys_hold_on_every_connection(database: Database) -> None:
    """SQLite forgets them unless it is told each time."""
    with database.reading() as first, database._lent() as second:
        for connection in (first, second):
            assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
            assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    query = "INSERT INTO people VALUES ('nobody', 0, 'Ann Lee', '[]', 'person', 0, 0)"
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.execute(query)
    database.close()


def test_a_file_that_cannot_be_opened_is_a_clear_error(tmp_path: Path) -> None:
    """A folder stands where the file should be."""
    (tmp_path / "archive.sqlite3").mkdir()
    with pytest.raises(ArchiveUnwritable, match=r"archive\.sqlite3 cannot be used") as caught:
        Database(tmp_path / "archive.sqlite3")
    assert isinstance(caught.value, VerbatimError)


@pytest.mark.parametrize(("presses", "kept"), [(1, ["whole"]), (2, [])])
def test_ctrl_c_waits_for_the_end_of_a_transaction(
    database: Database, presses: int, kept: list[str]
) -> None:
    """And pressed once more it does not; in either case the next one can be begun."""
    with pytest.raises(KeyboardInterrupt):
        _write_while_pressed(database, presses)
    assert names(database) == kept
    write(database, "next")


def _write_while_pressed(database: Database, presses: int) -> None:
    # Raised in this thread: what is sent to the process may reach it through another one, later.
    with database.writing() as connection:
        for _ in range(presses):
            signal.raise_signal(signal.SIGINT)
        connection.execute("INSERT INTO meta VALUES ('whole', '', 0)")


@pytest.mark.parametrize("nth", range(6))
def test_ctrl_c_between_a_beginning_and_its_block_leaves_no_transaction(
    database: Database, nth: int
) -> None:
    """Whichever of the nested `with` has begun: its block does not run, so nothing would end it."""
    with pytest.raises(KeyboardInterrupt) as raised, _pressed_behind_beginning(nth):
        names(database)
    # The traceback holds what was begun, as it does while an archive is closed.
    assert raised.value.__traceback__
    write(database, "next")
    assert names(database) == ["next"]


@contextmanager
def _pressed_behind_beginning(nth: int) -> Iterator[None]:
    left = nth

    def press(frame: FrameType, event: str, what: object) -> None:
        nonlocal left
        if event == "c_return" and what is next and frame.f_code.co_name == "__enter__":
            left -= 1
            if left < 0:
                sys.setprofile(None)
                signal.raise_signal(signal.SIGINT)

    sys.setprofile(press)
    try:
        yield
    finally:
        sys.setprofile(None)
