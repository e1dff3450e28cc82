"""Gives tests the real answerer over a few articles of their own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answerer import Answerer
from bot.selecting.reading.reader import Reader
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article


@contextmanager
def answering(folder: Path, embedder: Embedder, articles: Iterable[Article]) -> Iterator[Answerer]:
    """An answerer over an archive that is made in the folder and closed in the end."""
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: embedder, articles))
        yield Answerer(archive, embedder, Reader.load())
