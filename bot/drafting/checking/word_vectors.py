"""What words mean, without a model: the embedder's own word pieces, each a vector.

Knows nothing of sentences.
"""

import threading
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from index.archive.minilm import ModelUnavailable, default_folder

Vector = NDArray[np.float32]
_TABLE = "embeddings.word_embeddings.weight"
_WORDS = 50_000  # kept in memory


class WordVectors:
    """Unit vectors of words; safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer, table: Vector) -> None:
        self._tokenizer = tokenizer
        self._table = table
        # Fast tokenizers refuse ("Already borrowed") to be used by two threads at once.
        self._lock = threading.Lock()
        self.of = lru_cache(maxsize=_WORDS)(self._of)

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Those of the default embedder, whatever embedder an archive has."""
        folder = folder or default_folder()
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tokenizer.no_padding()
            with safe_open(folder / "model.safetensors", "np") as file:
                table = file.get_tensor(_TABLE)
        except (OSError, ValueError, SafetensorError) as error:
            raise ModelUnavailable(
                f"The word vectors in {folder} cannot be read: {error}"
            ) from error
        return cls(tokenizer, np.asarray(table, dtype=np.float32))

    def _of(self, word: str) -> Vector:
        """The mean of a word's pieces, of unit length."""
        with self._lock:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
        vector: Vector = self._table[ids].mean(axis=0) if ids else self._table[0]
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))

    def likeness(self, words: list[str], others: list[str]) -> Vector:
        """For each word its likeness to the most similar of the others, in [-1, 1]."""
        if not words or not others:
            return np.zeros(len(words), dtype=np.float32)
        ours, theirs = (np.stack([self.of(w) for w in group]) for group in (words, others))
        best: Vector = (ours @ theirs.T).max(axis=1)
        return best
