"""Texts to unit vectors, on this machine: by the default model, or any of sentence-transformers'.

The one door to sentence-transformers. Nothing is ever downloaded: the default model comes from an
installed package; any other must already lie in a folder or in the Hugging Face cache. Knows
nothing of articles.
"""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from index.archive.embedding.minilm import MiniLM, ModelUnavailable, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "all-MiniLM-L6-v2"
# Small batches win on a CPU: the texts of a batch are padded to its longest.
_BATCH = 16
_MODEL_FILES = ("modules.json", "config.json")  # one of them is in every model's folder


def full_name(name: str | None = None) -> str:
    """The name an archive records: one spelling for the default, an absolute path for a folder."""
    if not name or name in {DEFAULT, f"sentence-transformers/{DEFAULT}"}:
        return DEFAULT
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


class Embedder:
    """A loaded model; safe to share between threads."""

    def __init__(self, name: str, encode: Callable[[Sequence[str]], Vectors]) -> None:
        """`encode` gives a row a text, of any length, and may be called by several threads."""
        self.name = name
        self._encode = encode
        self.dimension = int(self.encode(["dimension"]).shape[1])

    @classmethod
    def load(cls, name: str | None = None) -> Self:
        """The default model, or any sentence-transformers name or folder on this machine."""
        name = full_name(name)
        return cls(name, MiniLM.load().encode if name == DEFAULT else _foreign(name))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._encode(texts)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors


def prepare_libraries() -> None:
    """Keep the model libraries silent and off the network; before the first import of one."""
    # They read these once, when they are imported; hence for the whole process.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Threads of torch that wait for one another sleep instead of spinning: on a machine that does
    # other work too, spinning made encoding five times as slow.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def _library() -> "type[SentenceTransformer]":
    prepare_libraries()
    # Here and not above: the import takes seconds, and most commands need no model.
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer


def _foreign(source: str) -> Callable[[Sequence[str]], Vectors]:
    """The model of a folder or a cached name."""
    if not (Path(source).is_dir() or _is_cached(source)):
        raise ModelUnavailable(_missing(source))
    library = _library()
    from safetensors import SafetensorError

    # What the library is known to raise for files that are missing, torn or somebody else's.
    faults = (OSError, ValueError, TypeError, LookupError, RuntimeError, SafetensorError)
    try:
        model = library(source, device="cpu", local_files_only=True)
    except faults as error:
        raise ModelUnavailable(_unavailable(source, error)) from error
    # The library promises nothing to threads, and one call uses all cores anyway.
    lock = threading.Lock()

    def encode(texts: Sequence[str]) -> Vectors:
        with lock:
            rows = model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False)
        return np.array(rows, dtype=np.float32)

    return encode


def _is_cached(name: str) -> bool:
    """Whether the cache has a model of that name: the library's import takes seconds longer."""
    prepare_libraries()
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    known = [name] if "/" in name else [name, f"sentence-transformers/{name}"]
    try:
        found = [try_to_load_from_cache(k, f) for k in known for f in _MODEL_FILES]
    except HFValidationError:
        return False
    return any(isinstance(path, str) for path in found)


def _missing(source: str) -> str:
    from huggingface_hub.constants import HF_HUB_CACHE

    return (
        f"There is no embedder {source!r} on this machine: it is neither a folder nor in the "
        f"Hugging Face cache {HF_HUB_CACHE}. Nothing is downloaded; give the folder of a "
        "sentence-transformers model."
    )


def _unavailable(source: str, error: Exception) -> str:
    reason = " ".join(str(error).split())
    if Path(source).is_dir():
        return f"The folder {source} holds no sentence-transformers model that loads: {reason}"
    return f"The model {source} in the Hugging Face cache does not load: {reason}"
