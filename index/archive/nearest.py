"""Searches an archive by vectors: keeps an index of them as the tables are.

The index is loaded, or made, when it is first asked, and brought up to date by what has changed.
Within the caller's transaction. Knows nothing of articles beyond their ids.
"""

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.archive import rows
from index.archive.engine import Scored
from index.archive.state import generation
from index.archive.tables import SqliteConnection
from index.archive.vectors import Ids, Stamp, VectorIndex, discard, stacked

_CHUNK = 10_000
_LOOKED_AT = 200  # passages found by rounded vectors that are looked at again


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

    def save(self, connection: SqliteConnection) -> None:
        """Write the file; an index that is no longer of the right kind is made anew first."""
        with self._lock:
            index = self._synced(connection)
            if index and index.is_outgrown(self._flat):
                self._index = index = _laid_out(connection, index.dimension, self._flat)
                _sync(index, connection)
            if index:
                index.save(self._file, Stamp(str(self._of[1]), self._embedder, self._generation))

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
            stamp = Stamp(meta["archive"], self._embedder, now)
            loaded = VectorIndex.load(self._file, stamp, dimension)
            self._index, self._of = loaded or _laid_out(connection, dimension, self._flat), of
            self._generation = now if loaded else 0
        if self._generation != now:
            _sync(self._index, connection)
            self._generation = now
        return self._index


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
    """Bring the index to what the tables hold, be they newer or (in a snapshot) older than it."""
    _take_in(index, connection, rows.every_passage(connection, after=index.newest))
    # Ids only grow, so with as many and the same last one it has the very same.
    if rows.last_passage(connection) != (len(index), index.newest):
        ids = rows.every_passage(connection)
        index.keep_only(ids)
        _take_in(index, connection, np.setdiff1d(ids, index.ids))


def _take_in(index: VectorIndex, connection: SqliteConnection, ids: Ids) -> None:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK].tolist()
        index.add(*stacked(rows.vectors(connection, chunk), index.dimension))


def _nearest(connection: SqliteConnection, ids: Ids, vector: NDArray[np.float32], k: int) -> Scored:
    """Of these passages the `k` nearest, by their exact vectors."""
    found, vectors = stacked(rows.vectors(connection, ids.tolist()), len(vector))
    products = vectors @ vector
    best = np.lexsort((found, -products))[: max(0, k)]
    return [(int(found[n]), float(products[n])) for n in best]
