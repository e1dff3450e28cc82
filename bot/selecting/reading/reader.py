"""A cross-encoder that reads a question with a passage and scores every sentence of it at once.

Our own weights (weights/MODEL_CARD.md) on the embedder's word vectors. Knows nothing of archives,
of wanted speakers, or of when a score is good enough.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.network_weights import read_weights
from bot.selecting.reading.reader_input import ReadPassage, TokenRow, tokenize
from index.archive.embedding.encoder import Graph, Tensors, batches, means_of, padded_inputs
from index.archive.embedding.minilm import read_tokenizer

FORMAT = 2
# The logit of a sentence that lies beyond the length limit: never chosen.
FLOOR = -30.0
SHORT_TOKENS = 16
_BATCH_TOKENS = 2048

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Logits:
    """What the heads say of a row: a number a sentence, one of the row, two a token."""

    sentences: Array
    answers: float
    starts: Array
    ends: Array


class ReaderModel:
    """The compiled network; safe to share between threads."""

    def __init__(self, tensors: Tensors) -> None:
        graph = Graph(tensors)
        states = graph.states()
        sentences = graph.linear(graph.pooled(states), "sentence")
        answers = graph.linear(graph.first(states), "answer")
        self._encoder = graph.compile(sentences, answers, graph.linear(states, "span"))

    def read(self, rows: Sequence[TokenRow]) -> list[Logits]:
        """The logits of every row, in their order."""
        found: dict[int, Logits] = {}
        for batch in batches([len(row.ids) for row in rows], _BATCH_TOKENS):
            chosen = [rows[n] for n in batch]
            inputs = padded_inputs([row.ids for row in chosen], [row.types for row in chosen])
            count = max(row.count for row in chosen)
            pool = means_of([row.sentences for row in chosen], count)
            outputs = self._encoder.run(**inputs, pool=pool)
            for n, row, sentences, answers, spans in zip(batch, chosen, *outputs, strict=True):
                span = spans[: len(row.ids)]
                found[n] = Logits(
                    sentences[: row.count, 0], float(answers[0]), span[:, 0], span[:, 1]
                )
        return [found[n] for n in range(len(rows))]


@dataclass(frozen=True, slots=True)
class PassageReading:
    """The reader's scores of one passage.

    `scores` has a logit for each sentence, `answers` one for the passage as a whole; higher is
    better. `short` is the short answer, if there is one: (sentence number, start, end), half-open,
    in characters of that sentence.
    """

    scores: tuple[float, ...]
    answers: float
    short: tuple[int, int, int] | None


# (question, passages) -> what is read of each, in their order
Read = Callable[[str, Sequence[ReadPassage]], list[PassageReading]]


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
        with read_weights("reader", FORMAT, folder) as (learned, _):
            model = ReaderModel(learned)
        return cls(model, read_tokenizer())

    def read(self, question: str, passages: Sequence[ReadPassage]) -> list[PassageReading]:
        """Read every passage with the question; one `PassageReading` each, in their order."""
        if not passages:
            return []
        with self._lock:
            rows = tokenize(self._tokenizer, question, passages)
        read = zip(rows, self._model.read(rows), strict=True)
        return [_reading(row, logits) for row, logits in read]


def once(read: Read) -> Read:
    """The same, but that no passage is read twice with the same question."""
    known: dict[tuple[str, ReadPassage], PassageReading] = {}

    def read_new(question: str, passages: Sequence[ReadPassage]) -> list[PassageReading]:
        new = [each for each in dict.fromkeys(passages) if (question, each) not in known]
        for each, reading in zip(new, read(question, new) if new else (), strict=True):
            known[question, each] = reading
        return [known[question, each] for each in passages]

    return read_new


def _reading(row: TokenRow, logits: Logits) -> PassageReading:
    seen = set(row.sentences)
    raw = logits.sentences.tolist()
    scores = tuple(s if i in seen else FLOOR for i, s in enumerate(raw))
    return PassageReading(scores, logits.answers, short_answer(row, logits.starts, logits.ends))


def short_answer(row: TokenRow, starts: Array, ends: Array) -> tuple[int, int, int] | None:
    """The best span inside one sentence, if the network prefers it to none (the first token)."""
    words = np.array([place is not None for place in row.places])
    sentences = np.array(row.sentences)
    firsts = np.arange(len(words))[:, None]
    lasts = firsts + np.arange(SHORT_TOKENS)
    is_inside = lasts < len(words)
    lasts = np.minimum(lasts, len(words) - 1)
    allowed = (sentences[firsts] == sentences[lasts]) & words[firsts] & words[lasts] & is_inside
    sums = np.where(allowed, starts[firsts] + ends[lasts], -np.inf)
    begin, length = divmod(int(sums.argmax()), SHORT_TOKENS)
    if not sums[begin, length] > starts[0] + ends[0]:
        return None
    first, last = row.places[begin], row.places[begin + length]
    if first is None or last is None:
        return None
    return (first.sentence, first.start, last.end)
