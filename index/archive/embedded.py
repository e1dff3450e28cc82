"""The embedded engine: a folder with `archive.sqlite3`, the truth, and vectors derived from it.

Nothing has to be installed for it, and nothing runs beside it.
"""

import contextlib
import threading
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.archive import rows, structure, words
from index.archive.embedder import full_name
from index.archive.engine import Scored
from index.archive.log import check_log
from index.archive.making import check, make, make_folder, not_found
from index.archive.state import first_state, generation, mark
from index.archive.tables import (
    ArchiveBusy,
    ArchiveFull,
    ArchiveGone,
    ArchiveUnwritable,
    Database,
    SqliteConnection,
)
from index.archive.vectors import Stamp, VectorIndex, discard, stacked

FILE = "archive.sqlite3"
_CHUNK = 10_000


class EmbeddedEngine:
    """An archive's file, and the vectors of its passages in memory.

    Where the file is replaced, as by a backup, what comes after is of the new one.
    """

    def __init__(self, path: Path, embedder: str | None = None) -> None:
        """Open a file of any name; raises ArchiveError if it is no archive of that embedder."""
        self._path = path.absolute()
        self._database = Database(path, beforehand=check_log)
        # FAISS may not be searched while it is changed.
        self._index_lock = threading.Lock()
        self._index: VectorIndex | None = None
        # Which file and which archive it holds the vectors of.
        self._index_of: tuple[object, ...] = ()
        self._index_generation = 0
        try:
            with self.reading() as connection:
                check(connection, folder=path.parent, embedder=embedder)
                self._embedder = rows.meta(connection)["embedder"]
        except BaseException:
            self._database.close()
            raise
        # Whatever comes into its place has to be of the same one.
        self._database.afterwards = partial(check, folder=path.parent, embedder=self._embedder)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, embedder: str | None = None) -> Self:
        """The archive in a folder, made where there is none if `create` says so."""
        path = folder / FILE
        if create:
            make_folder(folder)
            with Database.at(path, beforehand=check_log) as database:
                make(database, full_name(embedder))
        elif not path.is_file():
            raise not_found(folder)
        return cls(path, embedder)

    @property
    def folder(self) -> Path:
        """Where the archive is."""
        return self._path.parent

    def reading(self) -> AbstractContextManager[SqliteConnection]:
        """Everything read inside is of one moment; nested, of the outermost's."""
        return self._database.reading()

    def writing(self) -> AbstractContextManager[SqliteConnection]:
        """Everything written inside is kept, or nothing of it; one at a time."""
        return self._database.writing()

    def close(self, *, wrote: bool) -> None:
        """Close; after changes, wipe what was removed and write the vector file."""
        try:
            if wrote:
                self.wipe()
                # Only derived: where it cannot be written, the next one to open does without.
                with contextlib.suppress(OSError, ArchiveGone):
                    self._save_index()
        finally:
            self._database.close()

    def make_room_for(self, dimension: int) -> None:
        """Nothing: rows of vectors are of any length."""

    def forget_vectors(self) -> None:
        """Take away the file of vectors: it is written again when the archive is closed."""
        discard(self._vector_file)

    # --- searching

    def best_passages(
        self, terms: Sequence[str], k: int, articles: frozenset[str] | None
    ) -> Scored:
        """The `k` best passages by BM25 that have any of the terms; of these articles alone."""
        with self.reading() as connection:
            return words.best_passages(connection, terms, k, articles)

    def articles_with(self, term: str, *, beginnings: bool) -> dict[str, float]:
        """The articles that have a term, or one beginning so, with its best passage's score."""
        with self.reading() as connection:
            return words.articles_with(connection, term, beginnings=beginnings)

    def articles_having(self, terms: Sequence[str], most: int) -> list[str]:
        """The ids of up to `most` articles that have these terms one after another."""
        with self.reading() as connection:
            return words.articles_having(connection, terms, most)

    def nearest(
        self, vector: NDArray[np.float32], k: int, articles: frozenset[str] | None
    ) -> Scored:
        """The `k` nearest passages by inner product; of these articles alone."""
        with self.reading() as connection, self._index_lock:
            index = self._synced(connection)
            if not index:
                return []
            among = None if articles is None else rows.passage_ids(connection, articles)
            return index.search(vector, k, among)

    # --- looking after it

    def faults(self) -> list[str]:
        """What is wrong with the structure of the tables, and cannot be made again; a line each."""
        with self.reading() as connection:
            return structure.faults(connection)

    def mend(self) -> list[str]:
        """Make again the indexes that do not fit their tables; a line for each thing done."""
        with self.writing() as connection:
            done = structure.mend(connection)
            if done:
                mark(connection)
        return done

    def wipe(self) -> bool:
        """Wipe what was deleted from the file; whether nothing hindered it."""
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

    # --- the derived vector index

    @property
    def _vector_file(self) -> Path:
        return self.folder / "vectors.faiss"

    def _synced(self, connection: SqliteConnection) -> VectorIndex | None:
        """The index as of now, or None before the first vector came in."""
        meta = rows.meta(connection)
        if "dimension" not in meta:
            return None
        now, dimension = generation(connection), int(meta["dimension"])
        of = (connection.file[:2], meta["archive"])
        if self._index is None or self._index_of != of:
            stamp = Stamp(meta["archive"], self._embedder, now)
            self._index, self._index_of = VectorIndex.load(self._vector_file, stamp, dimension), of
            self._index_generation = 0
        if self._index_generation != now:
            _sync(self._index, connection, dimension)
            self._index_generation = now
        return self._index

    def _save_index(self) -> None:
        with self.reading() as connection, self._index_lock:
            index = self._synced(connection)
            if index:
                stamp = Stamp(str(self._index_of[1]), self._embedder, self._index_generation)
                index.save(self._vector_file, stamp)


def _sync(index: VectorIndex, connection: SqliteConnection, dimension: int) -> None:
    """Bring the index to what the tables hold, be they newer or (in a snapshot) older than it."""
    # Not from the table of vectors: its rows are long, and all would be read for their ids.
    rows_ = connection.execute("SELECT id FROM passages").fetchall()
    ids = np.array([i for (i,) in rows_], dtype=np.int64)
    index.keep_only(ids)
    new = np.setdiff1d(ids, index.ids)
    for start in range(0, len(new), _CHUNK):
        chunk = new[start : start + _CHUNK].tolist()
        index.add(*stacked(rows.vectors(connection, chunk), dimension))
