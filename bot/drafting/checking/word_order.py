"""Tells a sentence from a heap of words, by how often such words follow one another in English.

Each pair of neighbours scores its pointwise mutual information; a pair that occurs in the cited
sentences scores at least `_CITED`. The pairs are counted by `bot.training.count_word_order`. Knows
nothing of what the words say.

>>> order = WordOrder.load()
>>> order.score("The mayor of the town did not say why.", "") > 0
True
>>> order.score("Did of not the town mayor why say the.", "") > 0
False
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.comparing.tokens import Token, words_of
from bot.network_weights import WEIGHTS
from index.schema import VerbatimError

FILE = WEIGHTS / "word_order.json"
_OWN = 100  # the commonest words, each a kind of its own
_SMOOTHING = 5.0  # pairs by chance that are added to those counted
_CITED = 2.0  # what a pair counts that the cited sentences have
_SCALE = 16  # steps of 1, in whole numbers that go into the file
_ENDINGS = ("ing", "ed", "ly", "s", "ion", "er", "al")
_EDGE, _NAME, _NUMBER, _OTHER = "<edge>", "<name>", "<number>", "<word>"
_KINDS = (_EDGE, _NAME, _NUMBER, _OTHER, *(f"-{ending}" for ending in _ENDINGS))

Sentence = Sequence[Token]


@dataclass(frozen=True)
class WordOrder:
    """The score of each pair of kinds of words: `pairs` is [kind before, kind after]."""

    kinds: dict[str, int]
    pairs: NDArray[np.float64]

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        """Read the shipped table; raises VerbatimError if it cannot be used."""
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            kinds = {kind: n for n, kind in enumerate(record["kinds"])}
            pairs = np.array(record["pairs"], dtype=float) / _SCALE
            return cls(kinds, pairs.reshape(len(kinds), len(kinds)))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VerbatimError(
                f"The checker's weights in {path} cannot be used: {error}. Install Verbatim again."
            ) from error

    @classmethod
    def count(cls, sentences: Sequence[Sentence]) -> Self:
        """From the words of many sentences."""
        low = (t.low for s in sentences for t in s if t.text.isalpha() and not t.is_capital)
        own = [word for word, _ in Counter(low).most_common(_OWN)]
        kinds = {kind: n for n, kind in enumerate((*_KINDS, *own))}
        counts = np.zeros((len(kinds), len(kinds)))
        for sentence in sentences:
            for before, after in pairwise(_kinds(sentence, kinds)):
                counts[before, after] += 1
        share = (counts.sum(axis=0) + 0.5) / counts.sum()
        seen = counts + _SMOOTHING * share
        likely = seen / (counts.sum(axis=1, keepdims=True) + _SMOOTHING)
        return cls(kinds, np.round(np.log(likely / share) * _SCALE) / _SCALE)

    def record(self) -> dict[str, Any]:
        """Its JSON form."""
        pairs = [int(value) for value in (self.pairs * _SCALE).round().ravel()]
        return {"kinds": list(self.kinds), "pairs": pairs}

    def score(self, text: str, cited: str) -> float:
        """The mean over all pairs: above 0 for English, about 0 for words in any order."""
        sentence = words_of(text)
        values = [self.pairs[pair] for pair in pairwise(_kinds(sentence, self.kinds))]
        known = set(_neighbours(words_of(cited)))
        for n, pair in enumerate(_neighbours(sentence), 1):
            values[n] = max(values[n], _CITED) if pair in known else values[n]
        return float(np.mean(values))


def _neighbours(sentence: Sentence) -> list[tuple[str, str]]:
    return [(before.stem, after.stem) for before, after in pairwise(sentence)]


def _kinds(sentence: Sentence, kinds: dict[str, int]) -> list[int]:
    """The kind of each word, with the edges of the sentence."""
    inner = [_kind(token, n == 0, kinds) for n, token in enumerate(sentence)]
    return [kinds[kind] for kind in (_EDGE, *inner, _EDGE)]


def _kind(token: Token, first: bool, kinds: dict[str, int]) -> str:
    if token.text[0].isdigit():
        return _NUMBER
    if token.low in kinds and (first or not token.is_capital):
        return token.low
    if token.is_capital and not first:
        return _NAME
    endings = (f"-{ending}" for ending in _ENDINGS if token.low.endswith(ending))
    return next(endings, _OTHER)
