"""A cross-encoder that reads a question with a passage and scores every sentence of it at once.

Our own weights (weights/MODEL_CARD.md) on the embedder's word vectors. Knows nothing of archives,
of what is asked of whom, or of when a score is good enough.
"""

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bot.selecting.reader_input import ReadPassage, TokenRow, tokenize
from bot.selecting.reader_model import Array, Logits, ReaderModel
from index.archive.minilm import ModelUnavailable, read_tokenizer, tensors

__all__ = ["FLOOR", "ReadPassage", "Reader", "Reading"]

WEIGHTS = Path(__file__).parent.parent / "weights"
FORMAT = 2
# The logit of a sentence that lies beyond the length limit: never chosen.
FLOOR = -30.0
SHORT_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage.

    `scores` has one logit a sentence and `answers` one for the passage as a whole; higher is
    better. `short` is the short answer where there is one: the sentence's number and characters of
    that sentence.
    """

    scores: tuple[float, ...]
    answers: float
    short: tuple[int, int, int] | None


class Reader:
    """The loaded network; safe to share between threads."""

    def __init__(self, model: ReaderModel, tokenizer: Tokenizer) -> None:
        self._model = model
        self._tokenizer = tokenizer
        # Fast tokenizers refuse ("Already borrowed") to be used by two threads at once.
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Load the shipped weights, or those of a folder written by `bot.training.train_reader`."""
        folder = folder or WEIGHTS
        try:
            _check(folder)
            learned = load_file(folder / "reader.safetensors")
            words = tensors()["words.weight"]
            wide = {name: array.astype(np.float32) for name, array in learned.items()}
            model = ReaderModel({**wide, "words.weight": words})
        except (OSError, ValueError, TypeError, KeyError, SafetensorError, RuntimeError) as error:
            reason = str(error).splitlines()[0]
            raise ModelUnavailable(
                f"The reader's weights in {folder} cannot be used: {reason}. Install Verbatim "
                "again, or give the folder that bot.training.train_reader wrote."
            ) from error
        return cls(model, read_tokenizer())

    def read(self, question: str, passages: Sequence[ReadPassage]) -> list[Reading]:
        """Read every passage with the question; one `Reading` each, in their order."""
        if not passages:
            return []
        with self._lock:
            rows = tokenize(self._tokenizer, question, passages)
        read = zip(rows, self._model.read(rows), strict=True)
        return [_reading(row, logits) for row, logits in read]


def _reading(row: TokenRow, logits: Logits) -> Reading:
    seen = set(row.sentences)
    raw = logits.sentences.tolist()
    scores = tuple(s if i in seen else FLOOR for i, s in enumerate(raw))
    return Reading(scores, logits.answers, _short(row, logits.starts, logits.ends))


def _short(row: TokenRow, starts: Array, ends: Array) -> tuple[int, int, int] | None:
    """The best span inside one sentence, if the network prefers it to none (the first token)."""
    words = np.array([place is not None for place in row.places])
    sentences = np.array(row.sentences)
    allowed = (sentences[:, None] == sentences) & words[:, None] & words
    band = np.tril(np.triu(allowed), SHORT_TOKENS - 1)
    sums = np.where(band, starts[:, None] + ends, -np.inf)
    best = int(sums.argmax())
    if not sums.flat[best] > starts[0] + ends[0]:
        return None
    first, last = row.places[best // len(words)], row.places[best % len(words)]
    if first is None or last is None:
        return None
    return (first.sentence, first.start, last.end)


def _check(folder: Path) -> None:
    manifest = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise ValueError(f"format {manifest['format']}, this version reads {FORMAT}")
    with (folder / "reader.safetensors").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != manifest["sha256"]:
        raise ValueError("reader.safetensors differs from the SHA-256 in reader.json")
