"""Finds passages for a question: by words (BM25) and by vectors (FAISS), fused by rank.

The door to llama-index: the retriever is one of its `BaseRetriever`s, so that any of its parts
can be put on top. Ids, scores and fusion stay ours. Knows nothing of speakers or sentences.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.schema import Hit

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

_RRF = 60  # Cormack, Clarke and Büttcher 2009: reciprocal rank fusion, 1 / (60 + rank)
_STOP = frozenset(
    """a about according after all also am an and any are as asked at be been before but by can
    could did do does for from had has have he her his how i if in into is it its many me much my
    of on or our say said says she so some tell than that the their them then there they think this
    to told up was we were what when where which who whom whose why will with would you your
    """.split()
)
_WORD = re.compile(r"[\w'’&.-]+")


class Retriever(BaseRetriever):
    """Words and vectors over one archive."""

    def __init__(self, archive: Archive, encode: Encode, *, k: int = 20) -> None:
        self._archive = archive
        self._encode = encode
        self._k = k
        super().__init__()

    def search(
        self, text: str, *, k: int | None = None, articles: frozenset[str] | None = None
    ) -> list[Hit]:
        """The best passages for a text, best first; of these `articles` alone, where given.

        Scores are sums of reciprocal ranks: comparable within one search only.
        """
        k = k or self._k
        wide = k if articles is None else max(10 * k, 200)
        vector = self._encode([text])[0]
        similar = dict(self._archive.search_vectors(vector, wide))
        words = [passage for passage, _ in self._archive.search_words(content_words(text), wide)]
        scored = fuse(words, list(similar))
        hits = self._archive.hits(scored if articles is not None else scored[:k])
        kept = [hit for hit in hits if articles is None or hit.article_id in articles][:k]
        # What only the words found is no more similar than the last that the vectors found.
        least = min(similar.values(), default=0.0)
        return [replace(hit, similarity=similar.get(hit.passage_id, least)) for hit in kept]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [self._node(hit) for hit in self.search(query_bundle.query_str)]

    def _node(self, hit: Hit) -> NodeWithScore:
        article = self._archive.article(hit.article_id)
        text = hit.passage.span.of(article.text) if article else ""
        span = hit.passage.span
        node = TextNode(
            id_=str(hit.passage_id),
            text=text,
            start_char_idx=span.start,
            end_char_idx=span.end,
            metadata={"article_id": hit.article_id},
        )
        return NodeWithScore(node=node, score=hit.score)


def content_words(text: str) -> str:
    """The words of a question that can be searched for: all but its grammar."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _STOP]
    return " ".join(words) or text


def fuse(*rankings: Sequence[int]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion of rankings of ids, best first; equal scores by id."""
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, passage in enumerate(ranking, 1):
            scores[passage] += 1 / (_RRF + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
