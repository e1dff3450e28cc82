"""Retrieves passages for a question by words (BM25) and by vectors, fused by rank.

Knows nothing of speakers or sentences.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.schema import Hit

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

Ranking = tuple[float, Sequence[int]]

# Cormack, Clarke and Büttcher 2009: reciprocal rank fusion, 1 / (60 + rank) there. A smaller number
# favours what comes first in either ranking (docs/experiments.md).
_RRF = 20
_WIDE = 50  # passages of each ranking
_KEPT = 32  # texts with their vectors, in memory
_PREFERRED = 0.3  # weight of the rankings of the preferred articles alone
_LENT = 0.5  # of the score of an article's best passage, to each of its passages
_STOP = frozenset(
    """a about according after all also am an and any are as asked at be been before but by can
    could did do does for from had has have he her his how i if in into is it its many me much my
    of on or our say said says she so some tell than that the their them then there they think this
    to told up was we were what when where which who whom whose why will with would you your
    """.split()
)
_WORD = re.compile(r"[\w'’&.-]+")


class Retriever:
    """Words and vectors over one archive."""

    def __init__(self, archive: Archive, encode: Encode) -> None:
        self._archive = archive
        # One question searches for the same words several times.
        self._vector = lru_cache(maxsize=_KEPT)(lambda text: encode([text])[0])

    def search(
        self,
        text: str,
        *,
        k: int = 20,
        preferred: frozenset[str] = frozenset(),
        only: frozenset[str] | None = None,
    ) -> list[Hit]:
        """The `k` best passages for a text, best first; only of the articles in `only`, if given.

        The `preferred` articles are searched once more by themselves, so their passages rank higher
        and are found in an archive of any size. Scores are sums of reciprocal ranks, with a share
        of the best passage's of the same article: higher is better, comparable within one search
        only.
        """
        words, vector = content_words(text), self._vector(text)
        wide = max(k, _WIDE)
        similar: dict[int, float] = {}

        def rankings(articles: frozenset[str] | None, weight: float) -> Iterator[Ranking]:
            by_words = self._archive.search_words(words, wide, articles)
            by_vectors = self._archive.search_vectors(vector, wide, articles)
            similar.update(by_vectors)
            yield from ((weight, [passage for passage, _ in by]) for by in (by_words, by_vectors))

        found = list(rankings(only, 1.0))
        # What only the words found is no more similar than the last that the vectors found.
        least = min(similar.values(), default=0.0)
        preferred = preferred if only is None else preferred & only
        found += rankings(preferred, _PREFERRED) if preferred else ()
        hits = raised_by_article(self._archive.hits(fuse(*found)[:wide]))[:k]
        return [replace(hit, similarity=similar.get(hit.passage_id, least)) for hit in hits]


def raised_by_article(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, given best first, reordered: each gains a share of its article's best score."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.article_id, hit.score)
    raised = [replace(hit, score=hit.score + _LENT * best[hit.article_id]) for hit in hits]
    return sorted(raised, key=lambda hit: -hit.score)


def content_words(text: str) -> str:
    """The text without its stop words; all of it if there is nothing else."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _STOP]
    return " ".join(words) or text


def fuse(*rankings: Ranking) -> list[tuple[int, float]]:
    """Reciprocal rank fusion of weighted rankings of ids, best first; equal scores by id."""
    scores: dict[int, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, passage in enumerate(ranking, 1):
            scores[passage] += weight / (_RRF + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
