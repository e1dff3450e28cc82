"""Adding by several processes, or by a cluster: the same archive, and no way to lose anything."""

import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import Outcome, ingest, ingest_by
from index.reading.formats.jsonl import parse_object
from index.reading.read_results import Problem, ReadResult, Withdrawn, check_release
from index.reading.readers import read
from index.reading.records import RecordError
from index.schema import Article
from index.workers import Processes, WorkerLost
from tests.archives import story
from tests.patience import PATIENCE
from tests.serving import ROOT

# Of the texts little is encoded, so each fills much of what is prepared together and costs little.
ARTICLES = [story(n, words=700) for n in range(14)]


def test_two_processes_make_the_archive_that_one_makes(tmp_path: Path, embedder: Embedder) -> None:
    """The same rows, ids and outcomes, of what is new, changed, repeated and withdrawn."""
    changed = replace(ARTICLES[4], text=ARTICLES[4].text + "\n“No,” Ann Lee said.")
    items: list[ReadResult] = [*ARTICLES, changed, ARTICLES[4], ARTICLES[4]]
    items += [Problem("a notice", "withdrawn", withdraws="story-5"), ARTICLES[5], ARTICLES[6]]
    items.append(replace(ARTICLES[7], title="Another"))
    with Archive.open(tmp_path / "one", create=True) as archive:
        outcomes = list(ingest(archive, lambda: embedder, items))
    with Archive.open(tmp_path / "two", create=True) as archive, Processes(2) as workers:
        assert list(ingest_by(workers, archive, items)) == outcomes
        assert {outcome.what for outcome in outcomes if isinstance(outcome, Outcome)} == {
            "added", "replaced", "unchanged", "withdrawn",
        }  # fmt: skip
        # Nothing is prepared that is there already.
        generation = archive.generation
        assert {o.what for o in ingest_by(workers, archive, ARTICLES[8:])} == {"unchanged"}
        assert archive.generation == generation
    assert_same(tmp_path / "one", tmp_path / "two")


def test_workers_read_files_as_one_process_does(tmp_path: Path) -> None:
    """Articles, details beside them, and a problem for each loss, in the same order."""
    (tmp_path / "inner").mkdir()
    texts = {f"story {n}.txt": ARTICLES[n].text for n in range(9)}
    texts |= {
        "inner/page.html": f"<html><body><h1>Ferry</h1><p>{ARTICLES[1].text}</p></body></html>",
        "story 3.md": "# Another of that name\n\nHe left.",
        "story 4.meta.json": '{"title": "The fourth", "colour": "red"}',
        "empty.txt": "",
        "broken.pdf": "%PDF-1.4 and no more",
        "many.jsonl": '{"id": "x", "body": "She stayed."}\n{\n',
        "picture.png": "\x89PNG\0",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    paths = (tmp_path, tmp_path / "story 2.txt", tmp_path / "none.txt", tmp_path / "picture.png")
    with Processes(2) as workers:
        found = list(read(*paths, workers=workers))
        with pytest.raises(Withdrawn, match="withdrawn") as withdrawn:
            workers.begin(check_release, "canceled", None, "x")()
    assert withdrawn.value.article_id == "x"
    assert found == list(read(*paths))
    assert sum(isinstance(each, Article) for each in found) == 11


def test_few_articles_are_under_way(tmp_path: Path) -> None:
    """However many there are to be read, memory holds some batches of them."""
    taken: list[Article] = []

    def read() -> Iterator[Article]:
        for article in ARTICLES:
            taken.append(article)
            yield article

    with Archive.open(tmp_path, create=True) as archive, Processes(1) as workers:
        outcomes = ingest_by(workers, archive, read())
        assert next(outcomes) == Outcome("story-0", ARTICLES[0].label, "added")
        assert len(taken) <= 3 * workers.n_ahead


def test_a_worker_that_dies_is_an_error_and_nothing_is_lost(tmp_path: Path) -> None:
    """What was written is there, the same again adds the rest, and only that."""
    with Archive.open(tmp_path, create=True) as archive:
        with Processes(1) as workers:
            number = workers.begin(os.getpid)()
            outcomes = ingest_by(workers, archive, ARTICLES)
            done = [next(outcomes)]
            os.kill(number, signal.SIGKILL)
            with pytest.raises(
                WorkerLost, match=r"ended by signal 9 .* run the same command again"
            ):
                done.extend(outcomes)
        ids = [each.article_id for each in done if isinstance(each, Outcome)]
        assert list(archive.ids()) == ids
        with Processes(1) as workers:
            again = list(ingest_by(workers, archive, ARTICLES))
        assert [o.what for o in again] == [
            "unchanged" if n < len(done) else "added" for n in range(len(ARTICLES))
        ]


def test_a_worker_is_told_its_share_of_the_threads_before_a_library_is_loaded() -> None:
    """It imports the program's first module again, before it is told."""
    with Processes(2) as workers:
        share = workers.begin(os.getenv, "OMP_NUM_THREADS")()
    assert share == str(max(1, (os.cpu_count() or 1) // 2))
    loaded = "import app, index.__main__, sys; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=True)


def test_an_error_in_a_worker_is_raised_as_it_is() -> None:
    """And the worker goes on."""
    with Processes(1) as workers:
        with pytest.raises(RecordError):
            workers.begin(parse_object, b"{")()
        assert workers.begin(parse_object, b"{}")() == {}


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_who_began_it(tmp_path: Path, sign: signal.Signals) -> None:
    """Ctrl-C at the terminal reaches the whole group and is one line; SIGKILL the parent alone."""
    archive = tmp_path / "archive"
    args = [sys.executable, "-m", "index", "add", "--workers", "2", "--archive", str(archive)]
    (tmp_path / "texts").mkdir()
    for n in range(60):
        (tmp_path / "texts" / f"a{n}.txt").write_text(f"{story(n % 9).text}\n" * 5, "utf-8")
    with subprocess.Popen(
        [*args, str(tmp_path / "texts")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        last = time.monotonic() + PATIENCE
        while not (count := _count(archive)):
            assert time.monotonic() < last
            time.sleep(0.05)
        (os.killpg if sign == signal.SIGINT else os.kill)(process.pid, sign)
        # Workers write to the same standard error: its end is the end of the last of them.
        _, complaint = process.communicate(timeout=PATIENCE)
    assert 0 < count <= _count(archive) < 60
    assert "Traceback" not in complaint
    if sign == signal.SIGINT:
        assert process.returncode == 130, complaint
        assert complaint.splitlines()[-1].startswith("Stopped. ")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Ray cluster of two workers on this machine."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'verbatim[cluster]'")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as held:
        port = held.server_port
    # It listens to other machines, too: nobody else may tell it what to do.
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex())
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_raylet_start_wait_time_s", str(PATIENCE))
    begin = "from ray.scripts.scripts import main; main()"
    options = f"start --head --block --num-cpus=2 --port={port} --include-dashboard=false"
    # Its sockets lie in there, and their names must be short.
    with (
        tempfile.TemporaryDirectory(prefix="ray-") as folder,
        (tmp_path / "ray.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", begin, *options.split(), f"--temp-dir={folder}"],
            cwd=ROOT,
            stdout=log,
            stderr=log,
        ) as head,
    ):
        last = time.monotonic() + PATIENCE
        while b"Ray runtime started" not in (tmp_path / "ray.log").read_bytes():
            assert time.monotonic() < last
            assert head.poll() is None
            time.sleep(0.2)
        yield f"127.0.0.1:{port}"
        head.terminate()


def test_a_cluster_makes_the_archive_that_one_process_makes(
    tmp_path: Path, embedder: Embedder, cluster: str
) -> None:
    """On a local Ray of two workers, by the command; again, it has nothing to do."""
    file = tmp_path / "articles.jsonl"
    records = ({"id": a.id, "title": a.title, "body": a.text} for a in ARTICLES)
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    with Archive.open(tmp_path / "one", create=True) as archive:
        list(ingest(archive, lambda: embedder, read(file)))
    for outcome in ("14 added, 0 replaced, 0 unchanged", "0 added, 0 replaced, 14 unchanged"):
        args = ["add", "--cluster", cluster, "--archive", str(tmp_path / "two"), str(file)]
        done = subprocess.run(
            [sys.executable, "-m", "index", *args], cwd=ROOT, capture_output=True, text=True
        )
        assert done.stdout == f"{outcome}, 0 refused\n", done.stderr
    assert_same(tmp_path / "one", tmp_path / "two")


def test_no_cluster_is_one_clear_line(tmp_path: Path) -> None:
    """Whether it is Ray that is missing, or who answers there."""
    args = ["add", "--cluster", "127.0.0.1:1", "--archive", str(tmp_path / "a"), "seeds"]
    done = subprocess.run(
        [sys.executable, "-m", "index", *args], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(("error: A cluster needs Ray", "error: No Ray cluster at"))
    assert not (tmp_path / "a").exists()


def assert_same(one: Path, other: Path) -> None:
    """Whether two archives hold the same, but for when it came, and the vectors' last digits."""
    for table in _tables(one):
        rows, others = (_rows(folder, table) for folder in (one, other))
        if table == "vectors":
            assert [id_ for id_, *_ in rows] == [id_ for id_, *_ in others]
            first, second = (
                np.frombuffer(b"".join(vector for _, vector, _ in each), "<f4").reshape(-1, 384)
                for each in (rows, others)
            )
            assert ((first * second).sum(axis=1) > 0.9999).all()
        else:
            assert rows == others, table
    assert _tables(one) == _tables(other)


def _vectors(rows: Sequence[tuple[Any, ...]]) -> NDArray[np.float32]:
    return np.array([np.frombuffer(vector, "<f4") for _, vector, _ in rows])


def _tables(folder: Path) -> list[str]:
    """All but what is of one archive alone, and what only the full-text search can read."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return sorted({name for (name,) in names} - {"meta", "context_words"})


def _rows(folder: Path, table: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        # When an article came; its sum covers that.
        told = [c for c in columns if table not in ("articles", "versions") or c not in _OF_TIME]
        return connection.execute(f"SELECT {', '.join(told)} FROM {table}").fetchall()  # noqa: S608


_OF_TIME = ("added_at", "replaced_at", "seal")


def _count(archive: Path) -> int:
    """How many articles are in the archive by now."""
    try:
        with closing(sqlite3.connect(archive / "archive.sqlite3", timeout=60)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # there is none yet
        return 0
