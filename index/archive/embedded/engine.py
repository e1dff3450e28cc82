"""The embedded engine: a folder with `archive.sqlite3`, the truth, and vectors derived from it.

Nothing has to be installed for it, and nothing runs beside it. By words it finds with SQLite's own
index, FTS5; terms are words as `index.archive.search` takes them from what people type.
"""

import contextlib
import re
import sqlite3
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.archive import rows
from index.archive.creating import add_tables, check, create_archive, make_folder, not_found
from index.archive.embedded.log import check_log
from index.archive.embedded.nearest import Nearest, forget_file
from index.archive.embedded.vectors import FLAT
from index.archive.embedding.embedder import full_name
from index.archive.engine import Scored
from index.archive.errors import ArchiveBusy, ArchiveFull, ArchiveGone, ArchiveUnwritable
from index.archive.sqlite import Database, SqliteConnection
from index.archive.state import first_state, mark

FILE = "archive.sqlite3"
# The file of vectors is written when one passage in so many is not in it: when the archive is
# closed, and meanwhile, then from so many passages on.
_AT_CLOSE, _MEANWHILE, _LEAST = 50, 8, 20_000
_FAULTS = 20  # that are listed
# What can be made again: an index that does not fit its table.
_INDEX = re.compile(r"row \d+ missing from index|.*entr(y|ies) in index|malformed inverted index")


class EmbeddedEngine:
    """An archive's file, and the vectors of its passages in memory.

    Where the file is replaced, as by a backup, what comes after is of the new one.
    """

    def __init__(self, path: Path, embedder: str | None = None, *, flat: int = FLAT) -> None:
        """Open a file of any name; raises ArchiveError if it is no archive of that embedder.

        `flat` is the number of passages up to which a search by vectors compares all.
        """
        self._path = path.absolute()
        self._database = Database(path, beforehand=check_log)
        try:
            add_tables(self._database)
            with self.reading() as connection:
                check(connection, folder=path.parent, embedder=embedder)
                made_by = rows.meta(connection)["embedder"]
        except BaseException:
            self._database.close()
            raise
        self._nearest = Nearest(self.address / "vectors.faiss", made_by, flat)
        # Whatever comes into its place has to be of the same one.
        self._database.afterwards = partial(check, folder=path.parent, embedder=made_by)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, embedder: str | None = None) -> Self:
        """The archive in a folder, made where there is none if `create` says so."""
        path = folder / FILE
        if create:
            make_folder(folder)
            with Database.at(path, beforehand=check_log) as database:
                create_archive(database, full_name(embedder))
        elif not path.is_file():
            raise not_found(folder)
        return cls(path, embedder)

    @property
    def address(self) -> Path:
        return self._path.parent

    def reading(self) -> AbstractContextManager[SqliteConnection]:
        return self._database.reading()

    def writing(self) -> AbstractContextManager[SqliteConnection]:
        return self._database.writing()

    def close(self, *, wrote: bool) -> None:
        """Close; after changes, wipe what was removed and write the vector file if it is behind."""
        try:
            if wrote:
                self.wipe()
            if wrote or self._nearest.is_lost:
                self._save_if_behind(by=_AT_CLOSE)
        finally:
            self._database.close()

    def follow(self) -> None:
        """Write the file of vectors where much is not in it, so that the next start is short."""
        if not self._nearest.is_new:
            self._save_if_behind(by=_MEANWHILE, at_least=_LEAST)

    def _save_if_behind(self, *, by: int, at_least: int = 0) -> None:
        # Only derived: where it cannot be written, the next one to open does without.
        with contextlib.suppress(OSError, ArchiveBusy, ArchiveFull, ArchiveGone, ArchiveUnwritable):
            with self.reading() as connection:
                is_behind = self._nearest.is_behind(connection, by=by, at_least=at_least)
            if is_behind:
                self._nearest.save(self._database)

    def make_room_for(self, dimension: int) -> None:
        """Nothing: rows of vectors are of any length."""

    def forget_vectors(self) -> None:
        """Take away the file of vectors: it is written again when the archive is closed."""
        self._nearest.discard()

    # --- searching

    def best_passages(
        self, terms: Sequence[str], k: int, articles: frozenset[str] | None
    ) -> Scored:
        values: list[object] = [" OR ".join(map(_quoted, terms))]
        within = ""
        with self.reading() as connection:
            if articles is not None:
                which, value = connection.among("article_id", sorted(articles))
                # The plus keeps the passages from the word index, which would look up all terms
                # for each.
                within = f"AND +rowid IN (SELECT id FROM passages WHERE {which})"
                values.append(value)
            query = f"""
                SELECT rowid, -rank FROM words WHERE words MATCH ? {within}
                ORDER BY rank, rowid LIMIT ?"""
            return connection.execute(query, (*values, k)).fetchall()

    def articles_with(self, term: str, *, beginnings: bool) -> dict[str, float]:
        query = """
            SELECT p.article_id, max(-w.rank) FROM words AS w JOIN passages AS p ON p.id = w.rowid
            WHERE w.words MATCH ? GROUP BY p.article_id"""
        wanted = f"{_quoted(term)}*" if beginnings else _quoted(term)
        with self.reading() as connection:
            return dict(connection.execute(query, (wanted,)).fetchall())

    def articles_having(self, terms: Sequence[str], most: int) -> list[str]:
        query = """
            SELECT DISTINCT p.article_id FROM words AS w JOIN passages AS p ON p.id = w.rowid
            WHERE w.words MATCH ? ORDER BY p.article_id LIMIT ?"""
        with self.reading() as connection:
            found = connection.execute(query, (_quoted(" ".join(terms)), most))
            return [article_id for (article_id,) in found]

    def nearest(
        self, vector: NDArray[np.float32], k: int, articles: frozenset[str] | None
    ) -> Scored:
        with self.reading() as connection:
            return self._nearest.search(connection, vector, k, articles)

    # --- looking after it

    def faults(self) -> list[str]:
        with self.reading() as connection:
            return [line for line in _integrity(connection) if not _INDEX.match(line)]

    def mend(self) -> list[str]:
        with self.writing() as connection:
            done = []
            if any(map(_INDEX.match, _integrity(connection))):
                connection.execute("REINDEX")
                done.append("an index did not fit its table: made again")
            if not _word_index_is_sound(connection):
                connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
                done.append("the index of words did not fit its words: made again")
            strays = [
                connection.execute(
                    f"DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM passages)"
                ).rowcount
                for table, key in (("words", "rowid"), ("vectors", "passage_id"))
            ]
            if any(strays):
                done.append("words or vectors of no article: removed")
            if done:
                mark(connection)
        return done

    def wipe(self, *, thoroughly: bool = False) -> bool:
        """Wipe what was deleted from the file, all in any case; whether nothing hindered it."""
        try:
            return self._is_tidy() or self._wipe()
        except (ArchiveBusy, ArchiveFull, ArchiveGone, ArchiveUnwritable):
            return False

    def _is_tidy(self) -> bool:
        with self.reading() as connection:
            return "untidy" not in rows.meta(connection)

    def _wipe(self) -> bool:
        with self.writing() as connection:
            mark(connection, is_change=False)
            # The word index only marks what is deleted, until it is merged.
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
            connection.execute("INSERT INTO context_words (context_words) VALUES ('optimize')")
        if not self._database.empty_log():
            return False
        with self.writing() as connection:
            mark(connection, is_change=False)
            connection.execute("DELETE FROM meta WHERE name = 'untidy'")
        return True

    def copy_to(self, path: Path) -> None:
        """Write all that there is at this moment into a file of its own; its state is a new one."""
        path.unlink(missing_ok=True)
        with Database.at(path) as copy:
            copy.fill_from(self._database)
            with copy.writing() as connection:
                rows.set_meta(connection, archive=uuid.uuid4().hex, **first_state())
                forget_file(connection)


def _quoted(term: str) -> str:
    """So that nothing a person types is taken for an operator."""
    return f'"{term}"'


def _integrity(connection: SqliteConnection) -> list[str]:
    lines = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({_FAULTS})")]
    return [] if lines == ["ok"] else lines


def _word_index_is_sound(connection: SqliteConnection) -> bool:
    try:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return False
    return True
