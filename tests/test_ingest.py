import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.archive.errors import ArchiveMismatch
from index.document import analyse
from index.ingest import Outcome, ingest
from index.passages import search_text
from index.reading.read_results import Problem
from index.schema import Article
from tests.archives import directions, expected_rows, rows_of, story
from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent

TEXTS = {
    "ferry": "A ferry sank off the coast on Monday. Twelve people were rescued.",
    "wheat": "Wheat prices doubled after the drought. Bakers protested.",
    "verdict": "“The verdict is unjust,” said Ann Lee. Her client will appeal.",
}


class Counting(Embedder):
    """The real embedder, counting the texts that it is given."""

    count = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As ever."""
        self.count += len(texts)
        return super().encode(texts)


@pytest.fixture
def counting() -> Counting:
    """A fresh count."""
    embedder = Counting.load()
    embedder.count = 0
    return embedder


@pytest.fixture
def articles() -> list[Article]:
    """Three short articles."""
    return [Article(name, text, title=name.title()) for name, text in TEXTS.items()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the archive goes."""
    return tmp_path / "archive"


def no_model() -> Embedder:
    """For runs that need none."""
    raise AssertionError("the model was loaded")


def test_articles_come_to_be_found(
    folder: Path, embedder: Embedder, articles: list[Article]
) -> None:
    """By their words and by their meaning, whole, with an outcome each, in order."""
    with Archive.open(folder, create=True) as archive:
        outcomes = list(ingest(archive, lambda: embedder, articles))
        assert outcomes == [Outcome(article.id, article.label, "added") for article in articles]
        for query, name in (("bread costs more", "wheat"), ("shipwreck", "ferry")):
            found = archive.search_vectors(embedder.encode([query])[0], 3)
            assert archive.hits(found)[0].article_id == name
        (hit,) = archive.hits(archive.search_words("appeals", 3))
        assert hit.article_id == "verdict"
    assert rows_of(folder) == expected_rows(articles)


def test_the_same_articles_again_cost_nothing(
    folder: Path, counting: Counting, articles: list[Article]
) -> None:
    """Nothing is encoded, and the model is not even loaded."""
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: counting, articles))
        assert counting.count == sum(len(analyse(a).passages) for a in articles)
        generation = archive.generation
        outcomes = list(ingest(archive, no_model, articles))
        assert archive.generation == generation
    assert outcomes == [Outcome(article.id, article.label, "unchanged") for article in articles]


def test_only_what_changed_is_encoded(
    folder: Path, counting: Counting, articles: list[Article]
) -> None:
    """A corrected text or title replaces the article; outcomes keep the order of the articles."""
    ferry, wheat, verdict = articles
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: counting, [ferry, verdict]))
        counting.count = 0
        ferry = replace(ferry, text=ferry.text.replace("Twelve", "Thirteen"))
        verdict = replace(verdict, title="Court")
        outcomes = list(ingest(archive, lambda: counting, [ferry, wheat, verdict, verdict]))
        assert archive.article("ferry") == ferry
        assert len(archive.search_words("court", 5)) == 1
    assert [o.what for o in outcomes] == ["replaced", "added", "replaced", "unchanged"]
    assert [o.article_id for o in outcomes if isinstance(o, Outcome)] == [
        "ferry",
        "wheat",
        "verdict",
        "verdict",
    ]
    assert counting.count == 3
    assert rows_of(folder) == expected_rows([ferry, wheat, verdict])


def test_the_last_version_of_one_run_stays(
    folder: Path, embedder: Embedder, articles: list[Article]
) -> None:
    """Also when both versions come right after one another."""
    first = articles[0]
    second = replace(first, text="The ferry did not sink.")
    with Archive.open(folder, create=True) as archive:
        outcomes = list(ingest(archive, lambda: embedder, [first, second, second]))
        assert archive.article(first.id) == second
    assert [o.what for o in outcomes] == ["added", "replaced", "unchanged"]
    assert rows_of(folder) == expected_rows([second])


def test_vectors_do_not_depend_on_the_company(folder: Path, embedder: Embedder) -> None:
    """Articles are encoded many at a time; each gets the vectors of its own passages."""
    articles = [story(n) for n in range(30)] + [story(9 * n) for n in range(4, 30)]
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: embedder, articles))
        for article in articles[::9]:
            for passage in analyse(article).passages:
                vector = embedder.encode([search_text(article, passage)])[0]
                ((best, score),) = archive.search_vectors(vector, 1)
                (hit,) = archive.hits([(best, score)])
                assert (hit.article_id, hit.passage) == (article.id, passage)
                assert score > 0.999


def test_no_articles_need_no_model(folder: Path) -> None:
    """And change nothing."""
    with Archive.open(folder, create=True) as archive:
        assert list(ingest(archive, no_model, [])) == []


def test_another_embedder_is_refused_before_anything_is_written(
    folder: Path, embedder: Embedder, articles: list[Article]
) -> None:
    """Vectors of two models cannot be compared."""
    with Archive.open(folder, create=True, embedder="some/model") as archive:
        with pytest.raises(ArchiveMismatch, match="made with the embedder some/model"):
            list(ingest(archive, lambda: embedder, articles))
        assert archive.articles() == ()


def test_a_run_that_breaks_off_keeps_whole_articles(
    folder: Path, embedder: Embedder, articles: list[Article]
) -> None:
    """And what came before the break can be had again for nothing."""

    def broken() -> Iterator[Article]:
        for n in range(70):
            yield story(9 * n)
        raise OSError("the disk is gone")

    with Archive.open(folder, create=True) as archive:
        with pytest.raises(OSError, match="gone"):
            list(ingest(archive, lambda: embedder, broken()))
        there = {summary.id for summary in archive.articles()}
        assert there
        kept = [story(9 * n) for n in range(70) if story(9 * n).id in there]
        assert {o.what for o in ingest(archive, no_model, kept)} == {"unchanged"}
    assert rows_of(folder) == expected_rows(kept)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    """A process of this Python, past its first line of output; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def check_whole(folder: Path) -> int:
    """Every article is whole or absent in every table and index; how many there are."""
    with Archive.open(folder) as archive:
        articles = [a for summary in archive.articles() if (a := archive.article(summary.id))]
        for article in articles:
            analysis = analyse(article)
            assert archive.sentences(article.id) == analysis.sentences
            for passage, vector in zip(
                analysis.passages, directions(article, analysis), strict=True
            ):
                ((passage_id, score),) = archive.search_vectors(vector, 1)
                assert score == pytest.approx(1, abs=1e-5)
                (hit,) = archive.hits([(passage_id, score)])
                assert (hit.article_id, hit.passage) == (article.id, passage)
            opening = f"Opening{article.id.removeprefix('story-')}"
            found = {hit.article_id for hit in archive.hits(archive.search_words(opening, 50))}
            assert found == {article.id}
        everything = archive.search_vectors(np.ones(16, dtype=np.float32), 10_000)
        assert len(everything) == sum(len(analyse(a).passages) for a in articles)
    assert rows_of(folder) == expected_rows(articles)
    return len(articles)


def test_a_killed_writer_leaves_every_article_whole_or_absent(folder: Path) -> None:
    """Killed at random moments of adding, correcting and removing; what it left is used on."""
    seen = 0
    for round_ in range(6):
        with running("-m", "tests.archives", str(folder)):
            # From the middle of the first article to some hundreds of them.
            time.sleep(random.uniform(0, 0.1 * round_))  # noqa: S311 - no secret
        seen = max(seen, check_whole(folder))
    assert seen > 5


@pytest.mark.parametrize("room", [150_000, 250_000])
def test_a_full_disk_is_a_clear_error_and_leaves_whole_articles(
    tmp_path: Path, folder: Path, room: int
) -> None:
    """No file may grow by more than this: the writer stops at the first article too large."""
    with Archive.open(tmp_path / "empty", create=True):
        size = (tmp_path / "empty" / "archive.sqlite3").stat().st_size + room
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.archives", str(folder), str(size)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "ArchiveUnwritable" in done.stderr.splitlines()[-1]
    assert str(folder / "archive.sqlite3") in done.stderr.splitlines()[-1]
    assert check_whole(folder) > 0


INGEST = """
import sys
from itertools import count
from pathlib import Path
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from tests.archives import story
embedder = Embedder.load()
with Archive.open(Path(sys.argv[1]), create=True) as archive:
    articles = (story(9 * (n % 100), words=1 + n // 100 % 2) for n in count())
    for outcome in ingest(archive, lambda: embedder, articles):
        print(outcome.article_id, flush=True)
"""


def test_one_process_searches_while_another_ingests(folder: Path, embedder: Embedder) -> None:
    """Every search is consistent; the ingesting process is killed in the middle of it."""
    Archive.open(folder, create=True).close()
    vector = embedder.encode(["Opening of the story"])[0]
    generations: set[int] = set()
    with Archive.open(folder) as archive, running("-c", INGEST, str(folder)):
        end = time.monotonic() + PATIENCE
        while len(generations) < 6 and time.monotonic() < end:
            with archive.snapshot():
                generations.add(archive.generation)
                found = archive.search_vectors(vector, 10_000)
                hits = archive.hits(found)
                # None is missing, and none is there that the tables do not have.
                assert len(hits) == len(found)
                n_passages = sum(-(-summary.n_sentences // 5) for summary in archive.articles())
                assert len(hits) == n_passages
                assert len(archive.search_words("opening story day", 10_000)) <= n_passages
    assert len(generations) == 6
    with Archive.open(folder) as archive:
        articles = [a for summary in archive.articles() if (a := archive.article(summary.id))]
    assert len(articles) > 5
    assert rows_of(folder) == expected_rows(articles)


def test_what_is_withdrawn_goes_at_once_with_all_its_words(
    folder: Path, articles: list[Article], counting: Counting
) -> None:
    """Those before it are in by then; what was never there is no outcome."""
    verdict = articles[2]
    notice, other = (Problem("a", "withdrawn", withdraws=id_) for id_ in ("verdict", "none"))
    with Archive.open(folder, create=True) as archive:
        outcomes = list(ingest(archive, lambda: counting, [*articles, notice, other]))
        added = [Outcome(article.id, article.label, "added") for article in articles]
        gone = Outcome("verdict", verdict.label, "withdrawn", verdict)
        assert outcomes == [notice, *added, gone, other]
        assert archive.ids() == ("ferry", "wheat")
        assert list(ingest(archive, lambda: counting, [verdict])) == [added[-1]]
        assert list(ingest(archive, lambda: counting, [notice]))
    assert b"unjust" not in (folder / "archive.sqlite3").read_bytes()


def test_who_has_something_urgent_has_a_turn_every_few_passages(
    folder: Path, counting: Counting
) -> None:
    """Else a question would wait until all of a long article is encoded."""
    article = Article(
        "long", " ".join(f"The ferry of day {n} sank off the coast." for n in range(900))
    )
    n_passages = len(analyse(article).passages)
    counts: list[int] = []
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: counting, [article], lambda: counts.append(counting.count)))
    encoded = [after - before for before, after in pairwise([*counts, counting.count])]
    assert sum(encoded) == n_passages > 100
    assert max(encoded) <= 16
