"""The FAISS side of the archive: passage vectors in memory, and their file.

Everything here is derived from the archive's tables and may be lost at any moment. Vectors are
kept under the archive's own passage ids, which are never used twice. Up to `FLAT` passages all are
compared with a question, exactly. Above that they are kept in parts, a byte a number, and the parts
nearest to the question are searched (an inverted file: Jégou, Douze and Schmid 2011): what is found
is then near enough to be looked at again with the exact vectors. Knows nothing of SQLite.
"""

import contextlib
import hashlib
import json
import math
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]

_MAGIC = b"verbatim-vectors-1\n"

# Passages up to which a search of all takes as long as one may (docs/figures.md).
FLAT = 200_000
_Parted = faiss.IndexIVFScalarQuantizer
_PROBES = 48  # parts that are searched
_ROUNDS, _SAMPLED = 8, 40  # of k-means, and vectors of the sample for each part


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a vector file was derived from: a file with any other stamp is not used.

    `generation` is the state of the archive that was written down in it beside the file.
    """

    archive: str
    embedder: str
    generation: int


class VectorIndex:
    """Unit vectors by passage id, searched by inner product. Not for two threads at once."""

    def __init__(self, dimension: int, index: "faiss.Index | None" = None) -> None:
        self._index = index or faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._n_parts = index.nlist if isinstance(index, _Parted) else 0
        self.newest = _highest(self.ids)  # of the ids that it has

    @classmethod
    def parted(cls, sample: Vectors, size: int) -> "VectorIndex":
        """An empty index in parts for about `size` passages, laid out by a `sample` of them."""
        n, dimension = _parts(size), sample.shape[1]
        index = _Parted(
            *(faiss.IndexFlatIP(dimension), dimension, n),
            *(faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT),
        )
        index.cp.niter, index.cp.max_points_per_centroid = _ROUNDS, _SAMPLED
        # The number of threads is set for the calling thread, and a search leaves it at one.
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        index.train(sample)
        return cls(dimension, index)

    @staticmethod
    def sampled(size: int) -> int:
        """How many vectors of so many are wanted to lay out the parts."""
        return min(size, _parts(size) * _SAMPLED)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether the products that a search gives are those of the vectors."""
        return not self._n_parts

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def is_outgrown(self, flat: int) -> bool:
        """Whether an index made anew would be of another kind, or of twice as many parts.

        `flat` is the number of passages up to which all are compared.
        """
        n = len(self)
        if self.is_exact:
            return n > flat
        return n < flat // 2 or _parts(n) > 2 * self._n_parts

    @property
    def ids(self) -> Ids:
        """The passage ids held, in no particular order."""
        if isinstance(self._index, faiss.IndexIDMap2):
            return faiss.vector_to_array(self._index.id_map)
        lists: Any = self._index.invlists  # type: ignore[attr-defined]
        sizes = ((n, lists.list_size(n)) for n in range(self._n_parts))
        # Copied, for what is pointed at moves when passages come in.
        parts = [faiss.rev_swig_ptr(lists.get_ids(n), size).copy() for n, size in sizes if size]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in passages; the ids are new."""
        if len(ids):
            self._index.add_with_ids(vectors, ids)
            self.newest = max(self.newest, int(ids.max()))

    def drop(self, ids: Ids) -> None:
        """Take out those of these passages that it has."""
        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(ids))
            self.newest = _highest(self.ids)

    def search(self, vector: Vectors, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The `k` nearest passages (of these ids, where given) with inner products, best first.

        Where the index is not exact some of them may be others, and products are rounded.
        """
        size = len(self) if among is None else len(among)
        k = min(k, size)
        if k <= 0:
            return []
        # One query cannot be shared out, and a second thread would only be waited for. The setting
        # is the calling thread's own.
        faiss.omp_set_num_threads(1)
        parameters = faiss.SearchParameters()
        if not self.is_exact:
            # Of few among many there are few in each part: as many more are searched.
            probes = math.ceil(_PROBES * len(self) / size)
            parameters = faiss.SearchParametersIVF()
            parameters.nprobe = min(probes, self._n_parts)
        if among is not None:
            parameters.sel = faiss.IDSelectorBatch(among)
        scores, ids = self._index.search(vector.reshape(1, -1), k, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def drafted(self, path: Path, stamp: Stamp) -> Callable[[], None]:
        """Write the file under a temporary name; what is given renames it into place."""
        payload = faiss.serialize_index(self._index)
        head = json.dumps(asdict(stamp)).encode() + b"\n"
        # One fixed name, so that a killed writer leaves no litter; two writers at once can only
        # spoil each other's file, which the digest shows.
        draft = path.with_name(f"{path.name}.new")
        with draft.open("wb") as file:
            file.writelines((_MAGIC, _digest(head, payload.data), b"\n", head, payload.data))
            file.flush()
            os.fsync(file.fileno())

        def put_in_place() -> None:
            draft.replace(path)

        return put_in_place

    @classmethod
    def load(cls, path: Path, stamp: Stamp, dimension: int) -> "VectorIndex":
        """The index of the file, or an empty one if the file is missing, damaged or another's."""
        empty = cls(dimension)
        try:
            data = path.read_bytes()
        except OSError:
            return empty
        head = json.dumps(asdict(stamp)).encode() + b"\n"
        start = len(_MAGIC) + 65 + len(head)
        payload = memoryview(data)[start:]
        if data[:start] != _MAGIC + _digest(head, payload) + b"\n" + head:
            return empty
        index = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
        return cls(dimension, index) if isinstance(index, faiss.IndexIDMap2 | _Parted) else empty


def discard(path: Path) -> None:
    """Remove the file, and what a killed writer left of one."""
    for leftover in (path, path.with_name(f"{path.name}.new")):
        with contextlib.suppress(FileNotFoundError):
            leftover.unlink()


def _digest(head: bytes, payload: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(head)
    digest.update(payload)
    return digest.hexdigest().encode()


def stacked(rows: Iterable[tuple[int, bytes]], dimension: int) -> tuple[Ids, Vectors]:
    """Rows of (passage id, vector as bytes) as two arrays."""
    pairs = list(rows)
    ids = np.array([i for i, _ in pairs], dtype=np.int64)
    flat = np.frombuffer(b"".join(blob for _, blob in pairs), dtype="<f4")
    return ids, flat.reshape(len(pairs), dimension).astype(np.float32)


def _parts(size: int) -> int:
    """How many parts so many passages are kept in."""
    return max(1, math.isqrt(size))


def _highest(ids: Ids) -> int:
    return int(ids.max()) if len(ids) else 0
