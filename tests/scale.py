"""How an archive grows: made of any size out of given articles, and measured.

    python -m tests.scale make ARCHIVE 10000 --articles ARTICLES.jsonl
    python -m tests.scale measure ARCHIVE QUESTIONS.jsonl
    python -m tests.scale vectors 1400000 --articles ARTICLES.jsonl

An archive is a folder or the address of a database, such as `python -m tests.databases` starts; one
is made in a database in half the time by making a folder and `python -m bot copy`.
The articles are recombined (`tests/recombining.py`). From `--encode` on their vectors are drawn
near those of the passages that they were made of, and not encoded; the first line says so.
"""

import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import mean, median

import click
import numpy as np
from numpy.typing import NDArray

from index.archive.address import Address
from index.archive.archive import Archive
from index.archive.embedded.vectors import stacked
from index.archive.embedding.embedder import Embedder
from index.archive.engine import Connection
from index.archive.opening import open_engine
from index.console import ArchiveAddress, stoppable
from index.document import analyse
from index.ingest import ingest
from index.passages import search_text
from index.reading.readers import read
from index.schema import Article
from tests.archives import bare_passages
from tests.recombining import Recombiner, drawn

_K = 20
_QUERIES = 200
_ENCODED = 2000
_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_CHUNK, _TOGETHER, _BATCH = 50_000, 500, 16
Vectors = NDArray[np.float32]

_ARCHIVE = click.argument("archive", type=ArchiveAddress())

_ARTICLES = click.option(
    "--articles", type=click.Path(path_type=Path), default=_SEEDS, help="What they are made of."
)


@click.group()
def cli() -> None:
    """Make large archives and measure them."""


@cli.command()
@_ARCHIVE
@click.argument("n", type=int)
@_ARTICLES
@click.option("--encode", default=_ENCODED, help="Up to so many articles are encoded.")
def make(archive: Address, n: int, articles: Path, encode: int) -> None:
    """Make an archive of N articles; goes on where it was stopped."""
    how = "encoded" if n <= encode else "drawn"
    click.echo(f"{n:,} articles, their vectors are {how}")
    maker = Recombiner(_read(articles), most=n)
    with stoppable(), Archive.open(archive, create=True) as opened:
        there = frozenset(opened.ids())
        wanted = (k for k in range(n) if f"made-{k}" not in there)
        embedder = Embedder.load(opened.embedder)
        begin = time.perf_counter()
        if n <= encode:
            for _ in ingest(opened, lambda: embedder, (maker.make(k)[0] for k in wanted)):
                pass
        else:
            like = _like(maker, embedder)
            for k in wanted:
                article, analysis = maker.make(k)
                first = maker.first_passage(k)
                rows = np.arange(first, first + len(analysis.passages))
                opened.add(article, analysis, drawn(like, rows, np.random.default_rng(k)))
        _say("made in", f"{time.perf_counter() - begin:.0f} s")


@cli.command()
@_ARCHIVE
@click.argument("questions", type=click.Path(path_type=Path))
def measure(archive: Address, questions: Path) -> None:
    """Print a line for each figure of an archive that was made so."""
    from bot.answerer import Answerer
    from bot.selecting.reading.reader import Reader

    with questions.open(encoding="utf-8") as file:
        texts = [json.loads(line)["question"] for line in islice(file, _QUERIES)]
    embedder, reader = Embedder.load(), Reader.load()
    embedder.encode(texts[:1])
    base, began, busy = _memory(), time.perf_counter(), time.process_time()
    with Archive.open(archive) as opened:
        answerer = Answerer(opened, embedder, reader)
        query = embedder.encode(texts[:1])[0]

        def look_up() -> None:
            # What a question needs of the whole archive: who is who, its days, its vectors.
            answerer.library.who("boris johnson")
            opened.by_date.days()
            opened.by_date.newest(_K)
            opened.search_vectors(query, _K)

        look_up()
        _say("ready, beyond the models", _both(began, busy))
        _change(opened, embedder, look_up)
        began, busy = time.perf_counter(), time.process_time()
        answerer.answer(texts[0])
        _say("first question answered", _both(began, busy))
        usual = [_timed(partial(answerer.answer, text)) for text in texts[1:21]]
        _say("articles, passages", f"{len(opened.ids()):,}, {_passages(opened):,}")
        _say(
            "processor: another question, median, most",
            f"{median(usual):.2f} s, {max(usual):.2f} s",
        )
        _say(
            "memory of this process, over the models', in all",
            f"{_memory() - base:.0f} MB, {_memory():.0f} MB",
        )
        _search(opened, embedder.encode(texts))


@cli.command()
@_ARCHIVE
def library(archive: Address) -> None:
    """The same of what the library lists: minutes for ten thousand articles."""
    from bot.answerer import Answerer
    from bot.selecting.reading.reader import Reader

    with Archive.open(archive) as opened:
        lists = Answerer(opened, Embedder.load(), Reader.load()).library
        for what in ("articles", "holdings", "people"):
            seconds, again = _timed(getattr(lists, what)), _timed(getattr(lists, what))
            _say(
                f"processor: the library's {what}, first, again", f"{seconds:.2f} s, {again:.3f} s"
            )


@cli.command()
@click.argument("n", type=int)
@_ARTICLES
@click.option("--into", type=ArchiveAddress(), help="Copy them into this archive first.")
def vectors(n: int, articles: Path, into: Address | None) -> None:
    """Search among N drawn vectors alone, flat and as an archive of that size does."""
    embedder = Embedder.load()
    like = _like(Recombiner(_read(articles), most=n), embedder)
    rng = np.random.default_rng(1)

    def some(count: int) -> Vectors:
        return drawn(like, rng.integers(0, len(like), size=count), rng)

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        opened = stack.enter_context(Archive.open(folder, create=True))
        begin = time.perf_counter()
        for start in range(0, n, _TOGETHER):
            count = min(_TOGETHER, n - start)
            near = drawn(like, rng.integers(0, len(like), size=count), rng)
            opened.add(*bare_passages(f"bare-{start}", count), near)
        _say("rows written in", f"{time.perf_counter() - begin:.0f} s")
        begin, before = time.perf_counter(), _memory()
        if into:
            other = stack.enter_context(Archive.open(into, create=True))
            opened.copy_into(other)
            opened = other
        opened.search_vectors(like[0], _K)
        seconds = time.perf_counter() - begin
        _say("index made in, its memory", f"{seconds:.0f} s, {_memory() - before:.0f} MB")
        _search(opened, drawn(like, rng.integers(0, len(like), size=_QUERIES), rng))


def _change(opened: Archive, embedder: Embedder, answer: Callable[[], object]) -> None:
    """What one more article costs, and the answer after it, in seconds of processor time."""
    maker = Recombiner(_read(_SEEDS), bases=1, most=100)
    adding, answering, removing = [], [], []
    for n in range(3):
        article = maker.make(1000 + n + time.time_ns() % 1_000_000)[0]
        analysis = analyse(article)
        encoded = embedder.encode([search_text(article, p) for p in analysis.passages])
        adding.append(_timed(partial(opened.add, article, analysis, encoded)))
        answering.append(_timed(answer))
        opened.remove(article.id)
        removing.append(_timed(answer))
    _say("processor: an article written", f"{1000 * median(adding):.0f} ms")
    _say(
        "processor: ready again after it, after its removal",
        f"{median(answering):.2f} s, {median(removing):.2f} s",
    )


def _search(opened: Archive, queries: Vectors) -> None:
    """How long searching by vectors takes, and what it finds of what it should."""
    opened.search_vectors(queries[0], _K)
    found, seconds = [], []
    for query in queries:
        begin = time.perf_counter()
        found.append({i for i, _ in opened.search_vectors(query, _K)})
        seconds.append(time.perf_counter() - begin)
    median_, most = (1000 * float(np.percentile(seconds, each)) for each in (50, 95))
    _say("search by vectors, median, 95 %", f"{median_:.1f} ms, {most:.1f} ms")
    truth = _truth(opened, queries)
    shares = [len(those & right) / len(right) for those, right in zip(found, truth, strict=True)]
    _say(f"recall@{_K} of an exact search", f"{mean(shares):.4f}, at least {min(shares):.2f}")


def _truth(opened: Archive, queries: Vectors) -> list[set[int]]:
    """The nearest passages of each query, all compared."""
    best: list[list[tuple[float, int]]] = [[] for _ in queries]
    for ids, vectors in every_vector(opened):
        products = queries @ vectors.T
        for row, known in zip(products, best, strict=True):
            some = np.argpartition(-row, min(_K, len(row) - 1))[:_K]
            known += zip(row[some].tolist(), ids[some].tolist(), strict=True)
            known[:] = sorted(known, reverse=True)[:_K]
    return [{passage for _, passage in known} for known in best]


def every_vector(opened: Archive) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """All vectors of an archive, some thousand at a time, past its search."""
    with _read_plainly(opened) as connection:
        found = connection.execute("SELECT passage_id FROM vectors ORDER BY 1").fetchall()
        for start in range(0, len(found), _CHUNK):
            some = connection.vectors([passage for (passage,) in found[start : start + _CHUNK]])
            pairs = [(passage, v) for passage, v, _ in some if isinstance(v, bytes)]
            yield stacked(pairs, len(pairs[0][1]) // 4)


def _passages(opened: Archive) -> int:
    with _read_plainly(opened) as connection:
        return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])


@contextmanager
def _read_plainly(opened: Archive) -> Iterator[Connection]:
    """The archive's tables, past its own methods."""
    engine = open_engine(opened.address, create=False, embedder=None)
    try:
        with engine.reading() as connection:
            yield connection
    finally:
        engine.close(wrote=False)


def _like(maker: Recombiner, embedder: Embedder) -> Vectors:
    """The vectors of the passages that others are drawn near."""
    texts = [search_text(article, p) for article, a in maker.passages() for p in a.passages]
    some = (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
    return np.concatenate([embedder.encode(batch) for batch in some])


def _read(articles: Path) -> list[Article]:
    return [each for each in read(articles) if isinstance(each, Article)]


def _timed(work: Callable[[], object]) -> float:
    """Seconds of the processor that it takes; less depends on what else is at work."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _both(began: float, busy: float) -> str:
    """Seconds of the clock and of the processor since then."""
    clock, busy = time.perf_counter() - began, time.process_time() - busy
    return f"{clock:.2f} s, {busy:.2f} s of processor time"


def _memory() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _say(what: str, figure: str) -> None:
    click.echo(f"{what:50s} {figure}")


if __name__ == "__main__":
    cli()
