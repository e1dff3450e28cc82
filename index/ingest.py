"""The article's journey: read -> analyse -> encode -> one transaction in the archive."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from index.archive.archive import Archive, ArchiveMismatch
from index.archive.embedder import Embedder
from index.archive.passages import search_text
from index.document import analyse
from index.schema import Analysis, Article

# Passages encoded together: enough to sort by length, few enough to be done in a second or two.
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article."""

    article_id: str
    what: Literal["added", "replaced", "unchanged"]


def ingest(
    archive: Archive, embedder: Callable[[], Embedder], articles: Iterable[Article]
) -> Iterator[Outcome]:
    """Bring articles into the archive, in order; `embedder` is called only if there is news.

    Each article goes in whole or not at all; those whose outcome was not yet yielded may be absent.
    """
    waiting: dict[str, tuple[Article, Analysis]] = {}
    size = 0
    for article in articles:
        if article.id in waiting or size >= _BATCH:
            yield from _flush(archive, embedder(), waiting)
            waiting, size = {}, 0
        if archive.holds(article):
            yield Outcome(article.id, "unchanged")
            continue
        analysis = analyse(article)
        waiting[article.id] = article, analysis
        size += len(analysis.passages)
    if waiting:
        yield from _flush(archive, embedder(), waiting)


def _flush(
    archive: Archive, embedder: Embedder, waiting: dict[str, tuple[Article, Analysis]]
) -> Iterator[Outcome]:
    if embedder.name != archive.embedder:
        raise ArchiveMismatch(
            f"The archive in {archive.folder} was made with the embedder {archive.embedder}, not "
            f"{embedder.name}. Use --embedder {archive.embedder}, or make a new archive."
        )
    vectors = embedder.encode(
        [search_text(article, p) for article, a in waiting.values() for p in a.passages]
    )
    start = 0
    for article, analysis in waiting.values():
        end = start + len(analysis.passages)
        yield Outcome(article.id, archive.add(article, analysis, vectors[start:end]))
        start = end
