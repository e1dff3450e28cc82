import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.archive.archive import Archive
from index.archive.checksums import checksum, vector_checksum, with_checksum
from index.archive.errors import ArchiveError, ArticleDamaged
from tests.archives import DIMENSION, put, story
from tests.damage import Damage, exchange, flip, read_all, trial, truth_of, zero

ALTERED = {
    "text": "UPDATE articles SET text = replace(text, 'matters', 'natters')",
    "text that is no UTF-8": "UPDATE articles SET text = CAST(x'ff' || text AS TEXT)",
    "text that is bytes": "UPDATE articles SET text = CAST(text AS BLOB)",
    "title": "UPDATE articles SET title = 'Another'",
    "author": "UPDATE articles SET author = 'Another'",
    "version": "UPDATE articles SET version = replace(version, '0', '1')",
    "number of statements": "UPDATE articles SET n_statements = n_statements - 1",
    "place of a sentence": 'UPDATE sentences SET "end" = "end" - 1 WHERE n = 1',
    "sentence that is lost": "DELETE FROM sentences WHERE n = 1",
    "name of a person": "UPDATE people SET name = 'Bo Lee'",
    "speaker": "UPDATE statements SET speaker_name = 'Bo Lee' WHERE n = 1",
    "kind of speech": "UPDATE statements SET kind = 'indirect' WHERE n = 1",
    "content": "UPDATE statements SET content = '[[0, 900]]' WHERE n = 1",
    "passage": "UPDATE passages SET last_sentence = last_sentence + 1",
    "vector": "UPDATE vectors SET vector = zeroblob(64)",
    "vector that is short": "UPDATE vectors SET vector = zeroblob(60)",
    "vector that is lost": "DELETE FROM vectors",
    "indexed words": "UPDATE words SET text = 'nothing'",
    "statement of another version": "UPDATE statements SET seal = seal + 1 WHERE n = 0",
    "lost article": "DELETE FROM articles",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one article, and one that is sound."""
    with Archive.open(tmp_path / "archive", create=True) as archive:
        put(archive, story(5))
        put(archive, story(2))
    return tmp_path / "archive"


_OF = "IN (SELECT id FROM passages WHERE article_id = 'story-5')"
_WHERE = {"articles": "id = 'story-5'", "vectors": f"passage_id {_OF}", "words": f"rowid {_OF}"}


def alter(folder: Path, statement: str) -> None:
    """Change the rows of story 5 behind the archive's back, without foreign keys."""
    table = re.split(r"UPDATE |FROM ", statement)[1].split()[0]
    joint = "AND" if " WHERE " in statement else "WHERE"
    own = _WHERE.get(table, "article_id = 'story-5'")
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection, connection:
        assert connection.execute(f"{statement} {joint} {own}").rowcount > 0
    (folder / "vectors.faiss").unlink(missing_ok=True)


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_is_noticed_whole_and_when_it_is_read(folder: Path, what: str) -> None:
    """Of one article alone; and adding it again puts it right."""
    alter(folder, ALTERED[what])
    with Archive.open(folder) as archive:
        assert archive.verify("story-2") == story(2)
        if what == "lost article":
            assert archive.lost() == ("story-5",)
        else:
            with pytest.raises(ArticleDamaged, match="'story-5' is damaged in the archive: add it"):
                archive.verify("story-5")
        assert not archive.holds(story(5))
        put(archive, story(5))
        assert archive.holds(story(5))
        assert {kind for kind, _ in read_all(folder)} >= {"article", "hit", "said"}


READS: dict[str, tuple[Callable[[Archive], object], tuple[str, ...]]] = {
    "article": (lambda a: a.article("story-5"), ("text", "text that is bytes", "title", "author")),
    "articles": (lambda a: a.articles(), ("title", "version", "number of statements")),
    "sentences": (lambda a: a.sentences("story-5"), ("place of a sentence", "version")),
    "statements": (lambda a: a.statements("story-5"), ("speaker", "content", "kind of speech")),
    "all_statements": (lambda a: a.all_statements(), ("speaker", "lost article")),
    "people": (lambda a: a.people(), ("name of a person", "lost article")),
    "hits": (lambda a: a.hits(a.search_words("word5x1", 9)), ("passage", "sentence that is lost")),
    "search_vectors": (
        lambda a: a.search_vectors(np.ones(DIMENSION, dtype=np.float32), 9),
        ("vector", "vector that is short"),
    ),
}


@pytest.mark.parametrize(("read", "what"), [(r, w) for r, (_, all_) in READS.items() for w in all_])
def test_no_reading_gives_what_was_altered(folder: Path, read: str, what: str) -> None:
    alter(folder, ALTERED[what])
    with Archive.open(folder) as archive, pytest.raises(ArticleDamaged, match="story-5"):
        READS[read][0](archive)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM meta WHERE name = 'embedder'",
        "DELETE FROM meta WHERE name = 'state'",
        "UPDATE meta SET value = 'other/model' WHERE name = 'embedder'",
        "UPDATE meta SET value = 'x' WHERE name = 'dimension'",
        "UPDATE meta SET value = x'ff' WHERE name = 'archive'",
        "DROP TABLE people",
        "ALTER TABLE people RENAME COLUMN name TO neme",
    ],
)
def test_an_archive_that_does_not_know_itself_is_damaged(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection, connection:
        connection.execute(statement)
    with pytest.raises(ArchiveError, match="damaged"):
        list(read_all(folder))


@pytest.mark.parametrize("damage", [flip, zero, exchange])
def test_a_failing_disk_alters_nothing_that_is_shown(tmp_path: Path, damage: Damage) -> None:
    """`python -m tests.damage` does it hundreds of times, and with questions."""
    folder = tmp_path / "archive"
    with Archive.open(folder, create=True) as archive:
        for n in range(12):
            put(archive, story(n))
    truth = truth_of(read_all, folder)
    outcomes = [trial(folder, read_all, truth, damage, seed) for seed in range(25)]
    assert {outcome for outcome, _ in outcomes} == {"as put in", "refused"}


def test_a_seal_tells_kinds_of_values_apart() -> None:
    """And whatever a damaged row may hold has one."""
    odd = ("1", 1, 1.0, None, "None", b"1", "\udcff", "[1]", "")
    assert len({checksum(value) for value in odd}) == len(odd)
    assert checksum("ab", "c") != checksum("a", "bc")
    assert with_checksum("a", 1) == ("a", 1, checksum("a", 1))
    assert vector_checksum(1, b"v") != vector_checksum(2, b"v")
