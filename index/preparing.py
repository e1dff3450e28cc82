"""What is made of articles before they are written: what they say, and a vector for each passage.

Knows nothing of archives, so it can be done by any process on any machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.archive.embedding.embedder import Embedder
from index.document import analyse
from index.passages import search_text
from index.schema import Analysis, Article

# Passages encoded in one go: what somebody who wants the machine for a moment has to wait for.
_SLICE = 16


@dataclass(frozen=True, slots=True)
class Prepared:
    """All of an article that is derived from it; a vector for each passage, in order."""

    analysis: Analysis
    vectors: NDArray[np.float32]


def nothing() -> None:
    """Do nothing: what `between` is where nobody has anything more urgent to do."""


def prepare(
    embedder: Embedder, articles: Sequence[Article], between: Callable[[], None] = nothing
) -> list[Prepared]:
    """What is derived of each article; `between` is called every few passages.

    A passage's vector depends in its last digits on what it is encoded with: the same articles
    together give the same.
    """
    analyses = []
    for article in articles:
        between()
        analyses.append(analyse(article))
    texts = [
        search_text(article, passage)
        for article, analysis in zip(articles, analyses, strict=True)
        for passage in analysis.passages
    ]
    vectors = _encoded(embedder, texts, between)
    ends = np.cumsum([len(analysis.passages) for analysis in analyses])
    return [
        Prepared(analysis, own)
        for analysis, own in zip(analyses, np.split(vectors, ends[:-1]), strict=True)
    ]


def prepare_by_name(embedder: str, articles: Sequence[Article]) -> list[Prepared]:
    """What `prepare` derives, with the embedder of that name, which the process then keeps."""
    return prepare(_loaded(embedder), articles)


@lru_cache(1)
def _loaded(embedder: str) -> Embedder:
    return Embedder.load(embedder)


def _encoded(
    embedder: Embedder, texts: Sequence[str], between: Callable[[], None]
) -> NDArray[np.float32]:
    """A vector for each text; those of like length together, so that little is padded."""
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for start in range(0, len(order), _SLICE):
        between()
        some = order[start : start + _SLICE]
        vectors[some] = embedder.encode([texts[n] for n in some])
    return vectors
