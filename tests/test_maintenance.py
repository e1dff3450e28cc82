import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.archive.errors import ArchiveDamaged, ArchiveGone, ArchiveNotFound
from index.document import analyse
from index.ingest import ingest
from index.maintenance import backup, check, rederive, restore
from tests.archives import directions, put, story
from tests.damage import read_all
from tests.serving import ROOT
from tests.test_checksums import ALTERED, alter
from tests.test_log import left_behind

FROM_TEXT = set(ALTERED) - {
    *("text", "text that is no UTF-8", "text that is bytes", "title", "author", "version"),
    *("number of statements", "lost article"),
}


@pytest.fixture(scope="module")
def made(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with real vectors."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: embedder, [story(5), story(2)]))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(made, tmp_path / "archive"))


def no_model() -> Embedder:
    raise AssertionError("nothing has to be derived anew")


def test_a_sound_archive_is_left_alone(folder: Path) -> None:
    with Archive.open(folder) as archive:
        generation = archive.generation
        assert list(check(archive, no_model)) == []
        assert archive.generation == generation


@pytest.mark.parametrize("what", sorted(FROM_TEXT))
def test_what_comes_of_the_text_is_made_again(folder: Path, embedder: Embedder, what: str) -> None:
    """Sentences, people, statements, passages, vectors, words."""
    alter(folder, ALTERED[what])
    with Archive.open(folder) as archive:
        found = list(check(archive, lambda: embedder))
        assert found
        assert all(finding.is_mended for finding in found)
        assert list(check(archive, no_model)) == []
        analysis = analyse(story(5))
        assert archive.statements("story-5") == analysis.statements
        assert archive.verify("story-5") == story(5)


@pytest.mark.parametrize("what", sorted(set(ALTERED) - FROM_TEXT))
def test_what_does_not_is_named_and_can_be_added_again(
    folder: Path, embedder: Embedder, what: str
) -> None:
    alter(folder, ALTERED[what])
    with Archive.open(folder) as archive:
        (finding,) = check(archive, no_model)
        assert not finding.is_mended
        assert finding.what.startswith("story-5: ")
        assert finding.what.endswith("add it again")
        list(ingest(archive, lambda: embedder, [story(5)]))
        assert list(check(archive, no_model)) == []


def test_an_archive_of_other_rules_is_attributed_anew(folder: Path, embedder: Embedder) -> None:
    """As after a change of the rules: the article is no other version of itself by that."""
    with Archive.open(folder) as archive:
        article, analysis = story(5), analyse(story(5))
        fewer = replace(analysis, statements=analysis.statements[:1])
        archive.add(article, fewer, embedder.encode([article.text] * len(fewer.passages)))
        assert archive.statements(article.id) == fewer.statements
        assert sorted(rederive(archive, lambda: embedder)) == ["story-2", "story-5"]
        assert archive.statements(article.id) == analysis.statements
        assert archive.versions(article.id) == ()
        assert list(check(archive, no_model)) == []


def test_indexes_are_made_again_from_their_tables(folder: Path) -> None:
    """The one that leads to articles by id, and the one of words."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'passages_of_article'"
        ((page,),) = connection.execute(root).fetchall()
        connection.execute("DELETE FROM words_data WHERE id > 10")
    path = folder / "archive.sqlite3"
    data = bytearray(path.read_bytes())
    # An index without entries: the page of an empty one.
    data[(page - 1) * 4096 : page * 4096] = b"\x0a" + bytes(4) + b"\x10" + bytes(4090)
    path.write_bytes(data)
    with Archive.open(folder) as archive:
        assert [f.what.partition(":")[0] for f in check(archive, no_model)] == [
            "an index did not fit its table",
            "the index of words did not fit its words",
        ]
        assert list(check(archive, no_model)) == []
        assert archive.search_words("word5x1", 5)


def test_a_broken_structure_is_named(folder: Path) -> None:
    path = folder / "archive.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'people'"
        ((page,),) = connection.execute(root).fetchall()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 8 : page * 4096 : 7] = b"\xff" * len(data[8:4096:7])
    path.write_bytes(data)
    with Archive.open(folder) as archive:
        (finding,) = check(archive, no_model)
        assert "structure" in finding.what
        assert not finding.is_mended


def test_a_backup_is_of_one_moment_though_somebody_writes(tmp_path: Path) -> None:
    folder, file = tmp_path / "archive", tmp_path / "kept.sqlite3"
    with Archive.open(folder, create=True) as archive:
        for n in range(5):
            put(archive, story(n))
        done = threading.Event()

        def write() -> None:
            while not done.is_set():
                for n in range(5):
                    put(archive, story(n, words=2))

        writer = threading.Thread(target=write)
        writer.start()
        for _ in range(4):
            backup(archive, file)
            with Archive.of_file(file) as found:
                assert len([found.verify(id_) for id_ in found.ids()]) == 5
                assert found.generation != archive.generation
        done.set()
        writer.join()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "kept.sqlite3"]


def test_a_backup_is_put_back_under_those_who_have_the_archive_open(tmp_path: Path) -> None:
    """They go on with what is there now: its articles, and its vectors under ids used twice."""
    folder, file = tmp_path / "archive", tmp_path / "kept.sqlite3"
    with Archive.open(folder, create=True) as archive:
        put(archive, story(1))
        backup(archive, file)
        put(archive, story(3))
        vectors = {n: directions(story(n), analyse(story(n)))[0] for n in (1, 3, 4)}
        assert nearest(archive, vectors[3]) == "story-3"
        for _ in range(2):
            assert restore(folder, file) is None
            assert archive.ids() == ("story-1",)
            put(archive, story(4))  # its passages get the ids that story 3's had
            assert nearest(archive, vectors[4]) == "story-4"
            assert nearest(archive, vectors[1]) == "story-1"
            assert archive.search_words("Opening3", 5) == []
    assert not (folder / "archive.sqlite3.new").exists()


def nearest(archive: Archive, vector: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> str:
    """The article of the nearest passage."""
    (hit,) = archive.hits(archive.search_vectors(vector, 1))
    assert hit.score == pytest.approx(1, abs=1e-4)
    return hit.article_id


@pytest.mark.parametrize("fault", ["no database", "another's log", "missing", "log without file"])
def test_a_backup_is_put_in_the_place_of_what_cannot_be_opened(tmp_path: Path, fault: str) -> None:
    """Which is kept, for there may be something in it."""
    folder, file = tmp_path / "archive", tmp_path / "kept.sqlite3"
    with Archive.open(folder, create=True) as archive:
        put(archive, story(1))
        backup(archive, file)
    path = folder / "archive.sqlite3"
    if fault == "no database":
        path.write_bytes(b"not any more " * 1000)
    elif fault == "missing":
        path.unlink()
    else:
        left_behind(folder)
        shutil.copy(file, path) if fault == "another's log" else path.unlink()
    kept = restore(folder, file)
    with Archive.open(folder) as archive:
        assert archive.ids() == ("story-1",)
        assert archive.verify("story-1") == story(1)
    assert (kept is not None) == (fault in ("no database", "another's log"))
    assert kept is None or kept.exists()


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    folder, file = tmp_path / "archive", tmp_path / "kept.sqlite3"
    with Archive.open(folder, create=True) as archive:
        put(archive, story(5))
        backup(archive, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE articles SET text = replace(text, 'matters', 'natters')")
    with pytest.raises(ArchiveDamaged, match="nothing was changed"):
        restore(folder, file)
    with pytest.raises(ArchiveNotFound, match="There is no backup"):
        restore(folder, tmp_path / "none")
    with Archive.open(folder) as archive:
        assert archive.verify("story-5") == story(5)


def test_an_archive_that_is_made_anew_under_a_reader_is_the_new_one(tmp_path: Path) -> None:
    """And one that is taken away is an error, not the archive of yesterday."""
    folder = tmp_path / "archive"
    with Archive.open(folder, create=True) as archive:
        put(archive, story(1))
        vector = directions(story(1), analyse(story(1)))[0]
        assert nearest(archive, vector) == "story-1"
        shutil.rmtree(folder)
        for look in (lambda: archive.article("story-1"), lambda: put(archive, story(2))):
            with pytest.raises(ArchiveGone, match="no longer there"):
                look()
        assert not folder.exists()
        with Archive.open(folder, create=True) as other:
            put(other, story(3))
            assert archive.ids() == ("story-3",)
            assert archive.article("story-1") is None
            (hit,) = archive.hits(archive.search_vectors(vector, 1))
            assert hit.article_id == "story-3"
            put(archive, story(4))
            assert other.ids() == ("story-3", "story-4")
    with Archive.open(folder) as archive:
        assert [archive.verify(id_) for id_ in archive.ids()] == [story(3), story(4)]
        assert {kind for kind, _ in read_all(folder)} >= {"article"}


def test_the_commands_say_what_they_did(folder: Path, tmp_path: Path) -> None:
    def run(*arguments: object) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "index", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    archive, file = ("--archive", folder), tmp_path / "kept"
    assert run("check", *archive) == (0, "No damage found.\n", "")
    status, out, _ = run("check", *archive, "--rederive")
    assert (status, out) == (0, "2 articles attributed again\nNo damage found.\n")
    assert run("backup", *archive, file) == (0, f"2 articles in {file}\n", "")
    alter(folder, ALTERED["text"])
    status, out, err = run("check", *archive)
    assert (status, out) == (2, "2 articles, 1 damaged\n")
    assert err == "story-5: its text or title is damaged: add it again\n"
    assert run("restore", *archive, file) == (0, "2 articles restored\n", "")
    alter(folder, ALTERED["speaker"])
    status, out, err = run("check", *archive)
    assert (status, out) == (0, "No damage found.\n")
    assert err == "story-5: what was derived from its text was damaged: made again\n"
    assert run("restore", *archive, tmp_path / "none")[0] == 2
