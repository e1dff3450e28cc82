"""The FAISS side of the archive: passage vectors in memory, and their file.

Everything here is derived from the archive's tables and may be lost at any moment. Vectors are
kept under the archive's own passage ids, which are never used twice. Knows nothing of SQLite.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]

_MAGIC = b"verbatim-vectors-1\n"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a vector file was derived from: a file with any other stamp is not used."""

    archive: str
    embedder: str
    generation: int


class VectorIndex:
    """Unit vectors by passage id, searched by inner product. Not for two threads at once."""

    def __init__(self, dimension: int, index: faiss.IndexIDMap2 | None = None) -> None:
        self._index = index or faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def ids(self) -> Ids:
        """The passage ids held, in no particular order."""
        return faiss.vector_to_array(self._index.id_map)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in passages; the ids are new."""
        if len(ids):
            self._index.add_with_ids(vectors, ids)

    def keep_only(self, ids: Ids) -> None:
        """Drop every passage that is not among these."""
        gone = np.setdiff1d(self.ids, ids)
        if len(gone):
            self._index.remove_ids(faiss.IDSelectorBatch(gone))

    def search(self, vector: Vectors, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The `k` nearest passages (of these ids, where given) with inner products, best first."""
        k = min(k, len(self) if among is None else len(among))
        if k <= 0:
            return []
        # One query cannot be shared out, and a second thread would only be waited for. The setting
        # is the calling thread's own.
        faiss.omp_set_num_threads(1)
        parameters = faiss.SearchParameters()
        if among is not None:
            parameters.sel = faiss.IDSelectorBatch(among)
        scores, ids = self._index.search(vector.reshape(1, -1), k, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def save(self, path: Path, stamp: Stamp) -> None:
        """Write the file under a temporary name, then rename it into place."""
        payload = faiss.serialize_index(self._index).tobytes()
        head = json.dumps(asdict(stamp)).encode() + b"\n"
        # One fixed name, so that a killed writer leaves no litter; two writers at once can only
        # spoil each other's file, which the digest shows.
        draft = path.with_name(f"{path.name}.new")
        with draft.open("wb") as file:
            file.writelines((_MAGIC, _digest(head, payload), b"\n", head, payload))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

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
        return cls(dimension, index) if isinstance(index, faiss.IndexIDMap2) else empty


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
