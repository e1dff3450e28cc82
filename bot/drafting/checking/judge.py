"""The judge: networks that read a draft beside the cited sentences and say if they carry it.

Our own weights (weights/JUDGE_CARD.md) on the embedder's word vectors. Knows nothing of archives,
of models, or of the rules.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.drafting.checking.judge_input import Brief, DraftRow, tokenize
from bot.network_weights import WORDS, read_weights
from index.archive.embedding.encoder import Compiled, Graph, Tensors, batches, padded_inputs
from index.archive.embedding.minilm import read_tokenizer

FORMAT = 3
_BATCH_TOKENS = 2048
_DOUBTED = 0.5
_NEAR = 2  # characters between two stretches that are shown as one


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge's result for one draft.

    `support` is in [0, 1], higher is better; `doubted` are the spans of the draft that are not
    carried, if any stand out: half-open, in its characters.
    """

    support: float
    doubted: tuple[tuple[int, int], ...]


class Judge:
    """The loaded networks, whose logits are averaged; safe to share between threads.

    A draft passes with a support of `level` or more; one with doubts only with `sure` or more.
    """

    def __init__(
        self, networks: Sequence[Tensors], tokenizer: Tokenizer, *, level: float, sure: float
    ) -> None:
        self._networks = [_compiled(learned) for learned in networks]
        self._tokenizer = tokenizer
        self.level, self.sure = level, sure
        # Fast tokenizers refuse ("Already borrowed") to be used by two threads at once.
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Load the shipped weights, or those of a folder written by `bot.training.train_judge`."""
        with read_weights("judge", FORMAT, folder) as (learned, manifest):
            levels = {name: float(manifest[name]) for name in ("level", "sure")}
            return cls(apart(learned), read_tokenizer(), **levels)

    def judge(self, briefs: Sequence[Brief]) -> list[Judgement]:
        """Judge every draft beside what it cites; one `Judgement` each, in their order."""
        with self._lock:
            rows = list(tokenize(self._tokenizer, briefs))
        found: dict[int, Judgement] = {}
        for batch in batches([len(row.ids) for row in rows], _BATCH_TOKENS):
            chosen = [rows[n] for n in batch]
            inputs = padded_inputs([row.ids for row in chosen], [row.standings for row in chosen])
            logits = [network.run(**inputs) for network in self._networks]
            carried, wrong = (np.mean(each, axis=0) for each in zip(*logits, strict=True))
            for n, row, support, doubts in zip(batch, chosen, carried, wrong, strict=True):
                stretches = tuple(_stretches(row, doubts[:, 0]))
                found[n] = Judgement(_chance(float(support[0])), stretches)
        return [found[n] for n in range(len(rows))]


def apart(tensors: Tensors) -> list[Tensors]:
    """The networks of one file ("0.norm.weight", ...), each with the word vectors they share."""
    networks: defaultdict[str, dict[str, NDArray[np.float32]]] = defaultdict(dict)
    for name, tensor in tensors.items():
        if name != WORDS:
            number, _, own = name.partition(".")
            networks[number][own] = tensor
    return [{**networks[number], WORDS: tensors[WORDS]} for number in sorted(networks)]


def _compiled(learned: Tensors) -> Compiled:
    graph = Graph(learned)
    states = graph.states()
    heads = ((graph.first(states), "carried"), (states, "wrong"))
    return graph.compile(*(graph.linear(x, name) for x, name in heads))


def _chance(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _stretches(row: DraftRow, doubts: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """The spans of doubted tokens, with neighbours merged."""
    begun: tuple[int, int] | None = None
    for (start, end), logit in zip(row.places, doubts[1:].tolist(), strict=False):
        if _chance(logit) < _DOUBTED:
            continue
        if begun and start - begun[1] < _NEAR:
            begun = (begun[0], end)
            continue
        if begun:
            yield begun
        begun = (start, end)
    if begun:
        yield begun
