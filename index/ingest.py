"""The article's journey: read -> analyse -> encode -> one transaction in the archive."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.archive.embedder import Embedder
from index.archive.making import ArchiveMismatch
from index.archive.passages import search_text
from index.archive.seals import ArticleDamaged
from index.document import analyse
from index.reading.readings import Withdrawal
from index.schema import Analysis, Article

# Passages gathered before any is encoded: enough to sort by length.
_BATCH = 64
# Passages encoded in one go: what somebody who wants the machine for a moment has to wait for.
_SLICE = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article; `before` is the one that was there before, if that was sound."""

    article_id: str
    what: Literal["added", "replaced", "unchanged", "withdrawn"]
    before: Article | None = None


def nothing() -> None:
    """Do nothing between."""


def ingest(
    archive: Archive,
    embedder: Callable[[], Embedder],
    articles: Iterable[Article | Withdrawal],
    between: Callable[[], None] = nothing,
) -> Iterator[Outcome]:
    """Bring articles in and take withdrawn ones out, in order; an `embedder` is for news only.

    Each article goes in whole or not at all; those whose outcome was not yet yielded may be absent.
    `between` is called every few passages: who has something more urgent to do does it then.
    """
    waiting: dict[str, tuple[Article, Analysis]] = {}
    size = 0
    for article in articles:
        is_taken_out = isinstance(article, Withdrawal)
        if waiting and (is_taken_out or article.id in waiting or size >= _BATCH):
            yield from _flush(archive, embedder(), waiting, between)
            waiting, size = {}, 0
        if isinstance(article, Withdrawal):
            yield from _withdraw(archive, article.id)
            continue
        if archive.holds(article):
            yield Outcome(article.id, "unchanged")
            continue
        analysis = analyse(article)
        waiting[article.id] = article, analysis
        size += len(analysis.passages)
    if waiting:
        yield from _flush(archive, embedder(), waiting, between)


def _withdraw(archive: Archive, article_id: str) -> Iterator[Outcome]:
    before = _before(archive, article_id)
    if archive.remove(article_id):
        yield Outcome(article_id, "withdrawn", before)


def _flush(
    archive: Archive,
    embedder: Embedder,
    waiting: dict[str, tuple[Article, Analysis]],
    between: Callable[[], None],
) -> Iterator[Outcome]:
    if embedder.name != archive.embedder:
        raise ArchiveMismatch(
            f"The archive in {archive.address} was made with the embedder {archive.embedder}, not "
            f"{embedder.name}. Use --embedder {archive.embedder}, or make a new archive."
        )
    texts = [search_text(article, p) for article, a in waiting.values() for p in a.passages]
    vectors = _encoded(embedder, texts, between)
    start = 0
    for article, analysis in waiting.values():
        end = start + len(analysis.passages)
        before = _before(archive, article.id)
        what = archive.add(article, analysis, vectors[start:end])
        yield Outcome(article.id, what, before)
        start = end


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


def _before(archive: Archive, article_id: str) -> Article | None:
    try:
        return archive.article(article_id)
    except ArticleDamaged:
        return None
