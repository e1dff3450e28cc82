"""Reads and writes the weights of our own networks: NAME.safetensors beside a manifest, NAME.json.

Stored in 16 bits and without the embedder's word vectors, which are added when they are read. Knows
nothing of what a network is for.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from index.archive.embedding.minilm import ModelUnavailable, sha256_of, tensors

WEIGHTS = Path(__file__).parent / "weights"
WORDS = "words.weight"

Tensors = dict[str, NDArray[np.float32]]


@contextmanager
def read_weights(
    name: str, version: int, folder: Path | None
) -> Iterator[tuple[Tensors, dict[str, Any]]]:
    """The tensors, in 32 bits, and the manifest of a network, to be used in the block.

    Without a `folder`, those that are shipped. Raises ModelUnavailable if they are missing, altered
    or of another format than `version`, or if the block cannot build a network from them.
    """
    folder = folder or WEIGHTS
    try:
        manifest = _read_manifest(name, version, folder)
        learned = load_file(folder / f"{name}.safetensors")
        wide = {key: array.astype(np.float32) for key, array in learned.items()}
        yield {**wide, WORDS: tensors()[WORDS]}, manifest
    except (OSError, ValueError, TypeError, KeyError, SafetensorError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise ModelUnavailable(
            f"The {name}'s weights in {folder} cannot be used: {reason}. Install Verbatim "
            f"again, or give the folder that bot.training.train_{name} wrote."
        ) from error


def save_weights(
    name: str,
    version: int,
    folder: Path,
    learned: Mapping[str, NDArray[np.float16]],
    **details: float,
) -> None:
    """Write a network's tensors, the word vectors left out; the manifest gets the details too."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    save_file({key: array for key, array in learned.items() if key != WORDS}, path)
    manifest = {"format": version, "sha256": sha256_of(path), **details}
    (folder / f"{name}.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _read_manifest(name: str, version: int, folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    if manifest["format"] != version:
        raise ValueError(f"format {manifest['format']}, this version reads {version}")
    if sha256_of(folder / f"{name}.safetensors") != manifest["sha256"]:
        raise ValueError(f"{name}.safetensors differs from the SHA-256 in {name}.json")
    return manifest
