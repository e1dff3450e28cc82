"""The reader's network: six layers over question and passage, and three small heads on top.

Knows nothing of text: token numbers in, logits out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.selecting.reading.reader_input import TokenRow
from index.archive.embedding.encoder import Graph, Tensors, batches, means_of, padded_inputs

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
