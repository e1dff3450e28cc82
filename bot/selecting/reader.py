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

from index.archive.embedder import ModelUnavailable, default_folder, prepare_libraries

# Torch reads how its threads are to wait when it is imported, wherever that happens first.
prepare_libraries()

import torch  # noqa: E402
from safetensors import SafetensorError, safe_open  # noqa: E402
from safetensors.torch import load_file  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from bot.selecting.reader_input import (  # noqa: E402
    ReadPassage,
    TokenRow,
    lay_out,
    read_tokenizer,
    tokenize,
)
from bot.selecting.reader_model import Logits, Network  # noqa: E402

__all__ = ["FLOOR", "ReadPassage", "Reader", "Reading"]

WEIGHTS = Path(__file__).parent.parent / "weights"
FORMAT = 1
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

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        self._network = network.eval()
        self._tokenizer = tokenizer
        # Fast tokenizers refuse ("Already borrowed") to be used by two threads at once.
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Load the shipped weights, or those of a folder written by `bot.training.train_reader`."""
        folder = folder or WEIGHTS
        words = default_folder()
        network = Network()
        try:
            _check(folder)
            state = load_file(folder / "reader.safetensors")
            with safe_open(words / "model.safetensors", "pt") as embedder:
                state["words.weight"] = embedder.get_tensor("embeddings.word_embeddings.weight")
            network.load_state_dict(state, assign=True)
        except (OSError, ValueError, TypeError, KeyError, SafetensorError, RuntimeError) as error:
            reason = str(error).splitlines()[0]
            raise ModelUnavailable(
                f"The reader's weights in {folder} cannot be used: {reason}. Install Verbatim "
                "again, or give the folder that bot.training.train_reader wrote."
            ) from error
        return cls(network.to(_dtype()), read_tokenizer(words))

    def read(self, question: str, passages: Sequence[ReadPassage]) -> list[Reading]:
        """Read every passage with the question; one `Reading` each, in their order."""
        if not passages:
            return []
        with self._lock:
            rows = tokenize(self._tokenizer, question, passages)
        counts = [len(passage.sentences) for passage in passages]
        pack = lay_out(rows, counts)
        with torch.inference_mode():
            logits = self._network(pack)
        return _readings(rows, counts, logits)


def _readings(rows: Sequence[TokenRow], counts: Sequence[int], logits: Logits) -> list[Reading]:
    lengths = [len(row.ids) for row in rows]
    sentences = torch.split(logits.sentences, list(counts))
    starts, ends = torch.split(logits.starts, lengths), torch.split(logits.ends, lengths)
    answers = logits.answers.tolist()
    readings = []
    for number, row in enumerate(rows):
        seen = set(row.sentences)
        raw = sentences[number].tolist()
        scores = tuple(s if i in seen else FLOOR for i, s in enumerate(raw))
        short = _short(row, starts[number], ends[number])
        readings.append(Reading(scores, answers[number], short))
    return readings


def _short(row: TokenRow, starts: torch.Tensor, ends: torch.Tensor) -> tuple[int, int, int] | None:
    """The best span inside one sentence, if the network prefers it to none (the first token)."""
    words = torch.tensor([place is not None for place in row.places])
    sentences = torch.tensor(row.sentences)
    allowed = (sentences[:, None] == sentences) & words[:, None] & words
    band = torch.ones_like(allowed).triu().tril(SHORT_TOKENS - 1)
    sums = (starts[:, None] + ends).masked_fill(~(allowed & band), -torch.inf)
    best = int(sums.argmax())
    if not float(sums.flatten()[best]) > float(starts[0] + ends[0]):
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


def _dtype() -> torch.dtype:
    """Half the bits where the CPU multiplies them natively: more than twice as fast."""
    features = torch.cpu.get_capabilities()
    native = features.get("avx512_bf16") or features.get("amx_bf16")
    return torch.bfloat16 if native else torch.float32
