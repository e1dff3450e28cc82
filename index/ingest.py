"""The article's journey: read -> analyse -> encode -> one transaction in the archive.

Analysing and encoding may be done by others (`index.workers`); one process writes, in the order in
which the articles came.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.archive.errors import ArchiveMismatch, ArticleDamaged
from index.preparing import Prepared, nothing, prepare, prepare_by_name
from index.reading.read_results import Problem, ReadResult
from index.schema import Article
from index.workers import Workers

# Passages of articles that are prepared together: enough to sort by length. How many an article has
# is known when it is prepared; before, by its characters.
_BATCH, _PASSAGE = 64, 600

# What is made of articles, sooner or later.
_Begin = Callable[[Sequence[Article]], Callable[[], Sequence[Prepared]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article; `before` is the one that was there before, if that was sound.

    `label` is the article's own or, of one that is withdrawn, that of the one before.
    """

    article_id: str
    label: str
    what: Literal["added", "replaced", "unchanged", "withdrawn"]
    before: Article | None = None


def ingest(
    archive: Archive,
    embedder: Callable[[], Embedder],
    readings: Iterable[ReadResult],
    between: Callable[[], None] = nothing,
    *,
    anew: bool = False,
) -> Iterator[Outcome | Problem]:
    """Bring articles in and take withdrawn ones out, in order; an `embedder` is for news only.

    Problems are passed on as they come, so one may precede the outcome of what was read before.
    Each article goes in whole or not at all; those whose outcome was not yet yielded may be absent.
    `between` is called every few passages: who has something more urgent to do does it then.
    `anew` derives everything again of what is there already.
    """

    def begin(some: Sequence[Article]) -> Callable[[], Sequence[Prepared]]:
        return lambda: prepare(_fitting(archive, embedder()), some, between)

    return _bring_in(_Pipeline(archive, begin, 1), readings, anew=anew)


def ingest_by(
    workers: Workers, archive: Archive, readings: Iterable[ReadResult]
) -> Iterator[Outcome | Problem]:
    """Ingest as `ingest` does, to the same archive; `workers` analyse and encode meanwhile."""

    def begin(some: Sequence[Article]) -> Callable[[], Sequence[Prepared]]:
        return workers.begin(prepare_by_name, archive.embedder, some)

    return _bring_in(_Pipeline(archive, begin, workers.n_ahead), readings)


def _bring_in(
    line: "_Pipeline", readings: Iterable[ReadResult], *, anew: bool = False
) -> Iterator[Outcome | Problem]:
    # What the archive has of an article is known when all before it are written.
    for reading in readings:
        if isinstance(reading, Problem):
            yield reading
            if reading.withdraws:
                yield from line.write_all()
                yield from _withdraw(line.archive, reading.withdraws)
            continue
        if reading.id in line.ids:
            yield from line.write_all()
        if not anew and line.archive.holds(reading):
            yield Outcome(reading.id, reading.label, "unchanged")
        else:
            yield from line.take(reading)
    yield from line.write_all()


@dataclass
class _Pipeline:
    """Articles on their way into an archive: at most `n_ahead` batches, the first one first."""

    archive: Archive
    begin: _Begin
    n_ahead: int
    ids: set[str] = field(default_factory=set)
    _batch: list[Article] = field(default_factory=list)
    _size: int = 0
    _begun: deque[tuple[list[Article], Callable[[], Sequence[Prepared]]]] = field(
        default_factory=deque
    )

    def take(self, article: Article) -> Iterator[Outcome]:
        """Put an article at the end; the outcomes of those that had to be written for it."""
        self.ids.add(article.id)
        self._batch.append(article)
        self._size += 1 + len(article.text) // _PASSAGE
        if self._size >= _BATCH:
            yield from self._write(self.n_ahead - 1)

    def write_all(self) -> Iterator[Outcome]:
        """Write all articles that were taken; the outcome of each."""
        return self._write(0)

    def _write(self, left: int) -> Iterator[Outcome]:
        if self._batch:
            self._begun.append((self._batch, self.begin(self._batch)))
            self._batch, self._size = [], 0
        while len(self._begun) > left:
            articles, prepared = self._begun.popleft()
            for article, each in zip(articles, prepared(), strict=True):
                before = _before(self.archive, article.id)
                what = self.archive.add(article, each.analysis, each.vectors)
                self.ids.remove(article.id)
                yield Outcome(article.id, article.label, what, before)


def _withdraw(archive: Archive, article_id: str) -> Iterator[Outcome]:
    before = _before(archive, article_id)
    if archive.remove(article_id):
        label = before.label if before else article_id
        yield Outcome(article_id, label, "withdrawn", before)


def _fitting(archive: Archive, embedder: Embedder) -> Embedder:
    if embedder.name != archive.embedder:
        raise ArchiveMismatch(
            f"The archive in {archive.address} was made with the embedder {archive.embedder}, not "
            f"{embedder.name}. Use --embedder {archive.embedder}, or make a new archive."
        )
    return embedder


def _before(archive: Archive, article_id: str) -> Article | None:
    try:
        return archive.article(article_id)
    except ArticleDamaged:
        return None
