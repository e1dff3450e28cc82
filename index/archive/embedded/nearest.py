"""Searches an archive by vectors: keeps an index of them as the tables are.

The index is loaded, or made, when it is first asked, and brought up to date by what has changed.
Its file may be older than the tables: they tell which state it is of.
Within the caller's transaction. Knows nothing of articles beyond their ids.
"""

import logging
import math
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.archive import rows
from index.archive.embedded.vectors import Ids, Stamp, VectorIndex, discard, stacked
from index.archive.engine import Scored
from index.archive.sqlite import SqliteConnection
from index.archive.state import generation, mark
from index.archive.transactions import Transactions

_CHUNK = 10_000
_LOOKED_AT = 200  # passages found by rounded vectors that are looked at again
_COMPARED = 1_000  # passages of which each is compared, where their numbers differ
_LONG, _A_SECOND = 50_000, 20_000  # passages whose index takes long, and that are taken in
_PATIENCE = 20  # times what writing the file took, before it is written again
_SAVED = "vectors"  # what is known of the file, in `meta`

_log = logging.getLogger(__name__)


class Nearest:
    """The index of one archive's vectors; safe to share between threads."""

    def __init__(self, file: Path, embedder: str, flat: int) -> None:
        """`flat` is the number of passages up to which a search compares all."""
        self._file = file
        self._embedder = embedder
        self._flat = flat
        # FAISS may not be searched while it is changed.
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        # Which file and which archive it holds the vectors of.
        self._of: tuple[object, ...] = ()
        self._generation = 0
        self._saved = (-math.inf, 0.0)  # when the file was written, and how long that took
        self.is_lost = False  # whether a large index was made anew, and is in no file

    def search(
        self,
        connection: SqliteConnection,
        vector: NDArray[np.float32],
        k: int,
        articles: frozenset[str] | None,
    ) -> Scored:
        """The `k` nearest passages by inner product; of these `articles` alone, where given."""
        among = None if articles is None else rows.passage_ids(connection, articles)
        with self._lock:
            index = self._synced(connection)
            if not index:
                return []
            if index.is_exact:
                return index.search(vector, k, among)
            if among is None or len(among) > _LOOKED_AT:
                wide = index.search(vector, max(_LOOKED_AT, 2 * k), among)
                among = np.array([i for i, _ in wide], dtype=np.int64)
        return _nearest(connection, among, vector, k)

    def save(self, database: Transactions[SqliteConnection]) -> None:
        """Write the file; an index that is no longer of the right kind is made anew first."""
        began = time.monotonic()
        with database.reading() as connection, self._lock:
            index = self._synced(connection)
            if index and index.is_outgrown(self._flat):
                self._index = index = _laid_out(connection, index.dimension, self._flat)
                _sync(index, connection)
            if not index:
                return
            stamp = Stamp(str(self._of[1]), self._embedder, self._generation)
            newest = index.newest
            put_in_place = index.drafted(self._file, stamp)
        with database.writing() as connection:
            # Where something was removed meanwhile its vectors may be in the draft.
            if generation(connection) == stamp.generation:
                mark(connection, is_change=False)
                rows.set_meta(connection, **{_SAVED: f"{stamp.generation} {newest}"})
                put_in_place()
        self._saved, self.is_lost = (time.monotonic(), time.monotonic() - began), False

    @property
    def is_new(self) -> bool:
        """Whether the file was written just now, beside how long that took."""
        at, took = self._saved
        return time.monotonic() - at < _PATIENCE * took

    def is_behind(self, connection: SqliteConnection, *, by: int, at_least: int = 0) -> bool:
        """Whether so many passages are not in the file: more than one in `by` of all."""
        if self.is_lost:
            return True
        last = connection.last_number("passages", "id")
        newest = _saved(rows.meta(connection))[1] if self._file.exists() else 0
        return last - newest > max(at_least, last // by)

    def discard(self) -> None:
        """Remove the file, for what it was made of is about to go."""
        discard(self._file)

    def _synced(self, connection: SqliteConnection) -> VectorIndex | None:
        """The index as of now, or None before the first vector came in."""
        meta = rows.meta(connection)
        if "dimension" not in meta:
            return None
        now, dimension = generation(connection), int(meta["dimension"])
        of = (connection.file[:2], meta["archive"])
        if self._index is None or self._of != of:
            # What came since it was written is taken in: it was written in this archive's past.
            at = _saved(meta)[0] or now
            stamp = Stamp(meta["archive"], self._embedder, at)
            loaded = VectorIndex.load(self._file, stamp, dimension)
            self._index, self._of = loaded or self._anew(connection, dimension), of
            self._generation = at if loaded else 0
        if self._generation != now:
            _sync(self._index, connection)
            self._generation = now
        return self._index

    def _anew(self, connection: SqliteConnection, dimension: int) -> VectorIndex:
        """An index of all passages where no file has them: who waits for it is told."""
        n, began = rows.last_passage(connection)[0], time.monotonic()
        if n > _LONG:
            told = "%s is missing or of another state: its index is made anew of %d passages"
            _log.warning(f"{told}, in about %d s", self._file, n, n // _A_SECOND)
        index = _laid_out(connection, dimension, self._flat)
        _take_in(index, connection, rows.every_passage(connection))
        self.is_lost = n > _LONG
        if self.is_lost:
            _log.warning("%s: made anew in %.0f s", self._file, time.monotonic() - began)
        return index


def forget_file(connection: SqliteConnection) -> None:
    """Let a copy of an archive know of no file: the original's lies elsewhere."""
    connection.execute("DELETE FROM meta WHERE name = ?", (_SAVED,))


def _saved(meta: Mapping[str, str]) -> tuple[int, int]:
    """In which state the file was written, and the newest passage in it; 0 where it is unknown."""
    state, _, newest = meta.get(_SAVED, "").partition(" ")
    return int(state or 0), int(newest or 0)


def _laid_out(connection: SqliteConnection, dimension: int, flat: int) -> VectorIndex:
    """An empty index of the kind that is right for what the tables hold."""
    if rows.last_passage(connection)[0] <= flat:
        return VectorIndex(dimension)
    ids = rows.every_passage(connection)
    sampled = VectorIndex.sampled(len(ids))
    some = np.random.default_rng(len(ids)).choice(ids, sampled, replace=False)
    chunks = (np.sort(some)[n : n + _CHUNK].tolist() for n in range(0, sampled, _CHUNK))
    vectors = [stacked(rows.vectors(connection, chunk), dimension)[1] for chunk in chunks]
    return VectorIndex.parted(np.concatenate(vectors), len(ids))


def _sync(index: VectorIndex, connection: SqliteConnection) -> None:
    """Bring the index to what the tables hold, be they newer or (in a snapshot) older than it.

    Ids only grow, so that once it has all new ones, or none that are newer, the one holds nothing
    that the other has not: they differ where they have not as many, and are compared there alone.
    """
    _take_in(index, connection, rows.every_passage(connection, index.newest + 1))
    count, last = rows.last_passage(connection)
    if last < index.newest:
        index.drop(index.ids[index.ids > last])
    if count == len(index):
        return
    ids, places = np.sort(index.ids), [(1, last)]
    while places:
        low, high = places.pop()
        held = ids[np.searchsorted(ids, low) : np.searchsorted(ids, high, side="right")]
        n = rows.count_passages(connection, low, high)
        if n == len(held):
            continue
        if high - low > _COMPARED:
            middle = (low + high) // 2
            places += [(low, middle), (middle + 1, high)]
            continue
        there = rows.every_passage(connection, low, high)
        index.drop(np.setdiff1d(held, there))
        _take_in(index, connection, np.setdiff1d(there, held))


def _take_in(index: VectorIndex, connection: SqliteConnection, ids: Ids) -> None:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK].tolist()
        index.add(*stacked(rows.vectors(connection, chunk), index.dimension))


def _nearest(connection: SqliteConnection, ids: Ids, vector: NDArray[np.float32], k: int) -> Scored:
    """The `k` nearest of the passages with these ids, by their exact vectors."""
    found, vectors = stacked(rows.vectors(connection, ids.tolist()), len(vector))
    products = vectors @ vector
    best = np.lexsort((found, -products))[: max(0, k)]
    return [(int(found[n]), float(products[n])) for n in best]
