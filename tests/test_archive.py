import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.archive.errors import ArchiveDamaged, ArchiveMismatch, ArchiveNotFound, ArchiveUnwritable
from index.document import analyse
from index.passages import search_text
from index.schema import Article
from tests.archives import DIMENSION, directions, expected_rows, put, rows_of, story


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the archive goes."""
    return tmp_path / "archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.open(folder, create=True) as archive:
        yield archive


def article_at(archive: Archive, passage_id: int) -> str:
    """Which article a passage is of."""
    (hit,) = archive.hits([(passage_id, 1.0)])
    return hit.article_id


def found_by_words(archive: Archive, query: str) -> list[str]:
    """The articles that a search gives, best first."""
    return [hit.article_id for hit in archive.hits(archive.search_words(query, 10))]


# --- who is found


def test_no_id_is_ever_given_to_another_article(archive: Archive, embedder: Embedder) -> None:
    """Ids that are used again put one article's words into another's mouth."""

    def add(name: str, text: str) -> None:
        article = Article(name, text)
        analysis = analyse(article)
        texts = [search_text(article, passage) for passage in analysis.passages]
        archive.add(article, analysis, embedder.encode(texts))

    def nearest(text: str) -> str:
        ((passage_id, score),) = archive.search_vectors(embedder.encode([text])[0], 1)
        assert score == pytest.approx(1, abs=0.01)
        return article_at(archive, passage_id)

    a, b = "The harbour froze over.", "A striker broke his leg."
    c, d = "The minister resigned.", "Wheat prices doubled."
    for name, text in (("A", a), ("B", b), ("C", c)):
        add(name, text)
    assert nearest(a) == "A"
    assert archive.remove("A")
    add("D", d)
    assert [nearest(text) for text in (b, c, d)] == ["B", "C", "D"]
    ((passage_id, score),) = archive.search_vectors(embedder.encode([a])[0], 1)
    assert score < 0.9
    assert article_at(archive, passage_id) != "A"


def test_the_id_of_the_newest_passage_is_not_used_again(archive: Archive) -> None:
    """SQLite by itself gives the greatest id a second time once its row is gone."""
    put(archive, story(1))
    ((old, _),) = archive.search_words("Opening1", 1)
    archive.remove("story-1")
    put(archive, story(2))
    ((new, _),) = archive.search_words("Opening2", 1)
    assert new > old
    assert archive.hits([(old, 1.0)]) == []


def test_hits_come_in_the_given_order_with_their_scores(archive: Archive) -> None:
    """Also twice, if asked twice; ids that are nobody's are left out."""
    for n in (1, 14):
        put(archive, story(n))
    passages = analyse(story(14)).passages[:2]
    ids = [i for i, _ in archive.search_words("Word14x0 Word14x4", 5)]
    assert len(ids) == 2
    hits = archive.hits([(ids[1], 0.5), (10**12, 0.7), (ids[0], 0.2), (ids[1], 0.1)])
    assert [(h.passage_id, h.score) for h in hits] == [(ids[1], 0.5), (ids[0], 0.2), (ids[1], 0.1)]
    assert {hit.passage for hit in hits} == set(passages)
    assert {hit.article_id for hit in hits} == {"story-14"}
    assert archive.hits([]) == []


def test_nearer_vectors_score_higher(archive: Archive) -> None:
    """One metric everywhere: the inner product."""
    for n in range(5):
        put(archive, story(n))
    vector = directions(story(3), analyse(story(3)))[0]
    found = archive.search_vectors(vector, 100)
    assert len(found) == sum(len(analyse(story(n)).passages) for n in range(5))
    assert article_at(archive, found[0][0]) == "story-3"
    assert found[0][1] == pytest.approx(1, abs=1e-5)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_an_empty_archive_finds_nothing(archive: Archive) -> None:
    """And is no error."""
    assert archive.search_vectors(np.ones(DIMENSION, dtype=np.float32), 5) == []
    assert archive.search_words("anything", 5) == []
    assert (archive.articles(), archive.people(), archive.all_statements()) == ((), (), ())
    assert archive.article("nobody") is None
    assert (archive.sentences("nobody"), archive.statements("nobody")) == ((), ())


def test_more_matching_words_score_higher(archive: Archive) -> None:
    """BM25 as SQLite gives it is better when lower; here it is turned."""
    archive_text = {"both": "A ferry sank in the harbour.", "one": "A ferry left on time."}
    for name, text in archive_text.items():
        put(archive, Article(name, text))
    put(archive, Article("none", "The budget passed."))
    found = archive.search_words("ferry harbour", 10)
    assert [article_at(archive, i) for i, _ in found] == ["both", "one"]
    assert found[0][1] > found[1][1]


@pytest.mark.parametrize(
    "query", ["zelenskyy", "ZELENSKYY", "Zele\u0301nskyy", "negotiate", "negotiations", "résumé"]
)
def test_words_are_found_in_any_form(archive: Archive, query: str) -> None:
    """Whatever the case, accents (one character or two) and English ending."""
    put(archive, Article("a", "Zelénskyy is negotiating. He sent a resume.", title="News"))
    put(archive, Article("b", "Nothing of the kind."))
    assert found_by_words(archive, query) == ["a"]


def test_title_words_find_every_passage(archive: Archive) -> None:
    """The title stands in front of each passage when it is indexed."""
    put(archive, replace(story(8), title="Earthquake"))
    assert found_by_words(archive, "earthquake") == ["story-8"] * len(analyse(story(8)).passages)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '"""',
        "*",
        "fer*",
        "^ferry",
        "NEAR(",
        "NEAR(ferry ice, 2)",
        "ferry:b",
        "text:ferry",
        "rowid:1",
        "-ferry",
        "+",
        "AND",
        "NOT",
        "ferry AND NOT (",
        "ferry' OR 1=1; DROP TABLE articles --",
        "{ferry",
        "\\",
        "🙂",
        "ferry🙂ice",
        "\x00",
        "ferry\x00",
        "\u0301",
        "\u202eferry",
        "\ud800",
        "",
        " \n\t",
        "«»“”‘’",
        "_",
        "ﬁ ½ ٣",
        "word " * 5000,
        " ".join(f"w{n}" for n in range(5000)),
        "x" * 100_000,
    ],
)
def test_no_query_is_an_operator_or_an_error(archive: Archive, query: str) -> None:
    """Whatever a person types, it is words to look for, or nothing at all."""
    put(archive, Article("a", "A ferry sank."))
    named = "ferry" in query and "fer*" not in query
    assert found_by_words(archive, query) == (["a"] if named else [])
    assert archive.article("a") is not None


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_none_gives_none(archive: Archive, k: int) -> None:
    """SQLite takes a negative limit for no limit."""
    put(archive, story(1))
    assert archive.search_words("Opening1", k) == []
    assert archive.search_vectors(np.ones(DIMENSION, dtype=np.float32), k) == []


# --- adding, correcting, removing


def test_a_changed_article_replaces_the_old(archive: Archive, folder: Path) -> None:
    """Of the old one nothing can be found."""
    old, new = Article("a", "The ferry sank."), Article("a", "The ferry ran aground.")
    assert put(archive, old) == "added"
    assert put(archive, new) == "replaced"
    assert archive.article("a") == new
    assert found_by_words(archive, "sank") == []
    assert found_by_words(archive, "aground") == ["a"]
    assert rows_of(folder) == expected_rows([new])
    ((passage_id, score),) = archive.search_vectors(directions(old, analyse(old))[0], 5)
    assert score < 0.99
    assert article_at(archive, passage_id) == "a"


@pytest.mark.parametrize("field", ["text", "title", "author", "source", "published", "url"])
def test_an_article_is_held_only_if_nothing_of_it_changed(archive: Archive, field: str) -> None:
    """A corrected date is a correction too."""
    article = Article("a", "The ferry sank.")
    assert not archive.holds(article)
    put(archive, article)
    assert archive.holds(article)
    assert not archive.holds(replace(article, **{field: "2024-05-06"}))
    assert not archive.holds(replace(article, id="b"))


def test_neither_file_keeps_what_was_corrected_and_forgotten(folder: Path) -> None:
    """Nor while a process that was killed has not come to closing."""
    old, new = Article("a", "Quokkas fled."), Article("a", "Wombats fled.")
    vector = directions(old, analyse(old))[0].tobytes()
    with Archive.open(folder, create=True) as archive:
        put(archive, old)
    killed = Archive.open(folder)
    put(killed, new)
    assert all(vector not in path.read_bytes() for path in folder.glob("vectors*"))
    assert killed.forget_versions("a") == 1
    with Archive.open(folder) as archive:
        put(archive, story(1))
    everything = b"".join(path.read_bytes() for path in folder.iterdir()).lower()
    assert b"wombats" in everything
    assert b"quokka" not in everything
    assert vector not in everything
    killed.close()


@pytest.mark.parametrize("text", ["\x00", "x\r\ny", "\ufeffA.", "İ", "🙂" * 3, "e\u0301", " \n "])
def test_the_text_comes_back_unaltered(archive: Archive, text: str) -> None:
    """Every offset counts in it."""
    article = Article("a", text, title=text, author=text)
    put(archive, article)
    assert archive.article("a") == article


def test_an_article_without_sentences_is_kept(archive: Archive) -> None:
    """It has nothing to find, but it is there."""
    article = Article("blank", " \n ")
    archive.add(article, analyse(article), np.zeros((0, DIMENSION), dtype=np.float32))
    assert archive.article("blank") == article


def test_a_removed_article_is_gone_from_every_table_and_file(folder: Path) -> None:
    """Not only unlinked: its words and its vectors stand nowhere in the folder's bytes."""
    secret = Article("secret", "Xylophagous beetles ate it. Quokkas fled.", title="Zugzwang")
    vector = directions(secret, analyse(secret))[0].tobytes()
    kept = [story(n) for n in range(20)]

    def traces() -> set[bytes]:
        everything = b"".join(p.read_bytes() for p in folder.iterdir() if p.is_file()).lower()
        words = {b"xylophag", b"quokka", b"zugzwang", b"secret"}
        return {word for word in words if word in everything} | (
            {b"vector"} if vector.lower() in everything else set()
        )

    with Archive.open(folder, create=True) as archive:
        for article in (*kept[:10], secret, *kept[10:]):
            put(archive, article)
    assert len(traces()) == 5
    with Archive.open(folder) as archive:
        assert archive.remove("secret")
        assert not archive.remove("secret")
        assert found_by_words(archive, "quokkas") == []
        assert "secret" not in {summary.id for summary in archive.articles()}
    assert traces() == set()
    assert rows_of(folder) == expected_rows(kept)


def test_what_a_killed_process_removed_is_wiped_by_the_next_writer(folder: Path) -> None:
    """Closing wipes; a process that never came to close leaves that to the next."""
    secret = Article("secret", "Quokkas fled.")
    with Archive.open(folder, create=True) as archive:
        for article in (story(1), secret, story(2)):
            put(archive, article)
    killed = Archive.open(folder)
    killed.remove("secret")
    # Never closed: as if killed.
    vector = directions(secret, analyse(secret))[0].tobytes()
    assert all(vector not in path.read_bytes() for path in folder.glob("vectors*"))
    with Archive.open(folder) as archive:
        put(archive, story(3))
    everything = b"".join(path.read_bytes() for path in folder.iterdir()).lower()
    assert b"story" in everything
    assert b"quokka" not in everything
    killed.close()


def test_a_failed_addition_leaves_everything_as_it_was(archive: Archive, folder: Path) -> None:
    """Half of an article is never kept, and the old version stays."""
    old = story(7)
    put(archive, old)
    generation = archive.generation
    new = replace(old, text=old.text.replace("rained", "snowed"))
    analysis = analyse(new)
    broken = replace(analysis, sentences=analysis.sentences[:-1])
    with pytest.raises(KeyError):
        archive.add(new, broken, directions(new, analysis))
    assert archive.article(old.id) == old
    assert archive.generation == generation
    assert rows_of(folder) == expected_rows([old])


@pytest.mark.parametrize("shape", [(0, DIMENSION), (2, DIMENSION), (DIMENSION,)])
def test_a_passage_without_a_vector_is_refused(archive: Archive, shape: tuple[int, ...]) -> None:
    """As is a vector without a passage."""
    article = Article("a", "One passage.")
    with pytest.raises(ValueError, match="1 passages"):
        archive.add(article, analyse(article), np.zeros(shape, dtype=np.float32))


def test_vectors_of_another_length_are_refused(archive: Archive) -> None:
    """They come from another model, whatever it calls itself."""
    put(archive, story(1))
    article = Article("a", "One passage.")
    with pytest.raises(ArchiveMismatch, match="vectors of 16 numbers, not 3"):
        archive.add(article, analyse(article), np.zeros((1, 3), dtype=np.float32))
    assert archive.article("a") is None


def test_summaries_tell_the_newest_first(archive: Archive) -> None:
    """Those without a date come last, and an article without a title shows its first words."""
    for article in (
        Article("old", "It rained.", title="Rain", published="2019-01-02", source="Wire"),
        Article("undated", "“No,” said Ann Lee. She left the hall before the vote was over."),
        Article("new", "It snowed. It froze.", title="Snow", published="2021-01-02", url="u:1"),
    ):
        put(archive, article)
    summaries = archive.articles()
    assert [s.id for s in summaries] == ["new", "old", "undated"]
    assert summaries[2].label == "“No,” said Ann Lee. She left the hall before …"
    assert (summaries[0].label, summaries[0].n_sentences, summaries[0].url) == ("Snow", 2, "u:1")
    assert summaries[1].source == "Wire"
    assert summaries[1].version == Article("old", "It rained.").version


# --- opening


def test_a_folder_without_an_archive_is_not_found(folder: Path) -> None:
    """The message names the folder and the command; nothing is made."""
    with pytest.raises(ArchiveNotFound, match=r"python -m index add --archive .*archive"):
        Archive.open(folder)
    assert not folder.exists()


def test_an_unfinished_archive_is_not_found_but_can_be_made(folder: Path) -> None:
    """A process killed before it made the tables leaves an empty file."""
    folder.mkdir()
    (folder / "archive.sqlite3").touch()
    with pytest.raises(ArchiveNotFound):
        Archive.open(folder)
    with Archive.open(folder, create=True) as archive:
        assert put(archive, story(1)) == "added"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Neither to open nor to make an archive in."""
    (tmp_path / "file").write_text("text")
    for create in (True, False):
        with pytest.raises(ArchiveNotFound, match="file"):
            Archive.open(tmp_path / "file", create=create)


def test_another_embedder_is_refused(folder: Path) -> None:
    """With both names and what to run; without a name, or with its own, it opens."""
    with Archive.open(folder, create=True, embedder="some/model") as archive:
        assert archive.embedder == "some/model"
    for create in (True, False):
        with pytest.raises(ArchiveMismatch, match="--embedder some/model, or make a new archive"):
            Archive.open(folder, create=create, embedder="all-MiniLM-L6-v2")
    for name in ("some/model", None):
        with Archive.open(folder, create=True, embedder=name) as archive:
            assert archive.embedder == "some/model"


def test_the_default_embedder_has_one_name(folder: Path) -> None:
    """Its long name opens the same archive."""
    with Archive.open(folder, create=True) as archive:
        assert archive.embedder == "all-MiniLM-L6-v2"
    Archive.open(folder, embedder="sentence-transformers/all-MiniLM-L6-v2").close()


def test_another_format_is_refused(folder: Path) -> None:
    """Rather than read wrongly."""
    Archive.open(folder, create=True).close()
    connection = sqlite3.connect(folder / "archive.sqlite3")
    connection.execute("UPDATE meta SET value = '999' WHERE name = 'format'")
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveMismatch, match=r"999.*python -m index add"):
        Archive.open(folder)


def test_another_programs_database_is_refused_and_left_alone(folder: Path) -> None:
    """Even when asked to make an archive there."""
    folder.mkdir()
    connection = sqlite3.connect(folder / "archive.sqlite3")
    connection.execute("CREATE TABLE recipes (id)")
    connection.commit()
    for create in (True, False):
        with pytest.raises(ArchiveMismatch):
            Archive.open(folder, create=create)
    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("recipes",)]


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_damaged(folder: Path, *, create: bool) -> None:
    """The message names the file and what to do."""
    folder.mkdir()
    (folder / "archive.sqlite3").write_bytes(b"This is a shopping list. " * 100)
    with pytest.raises(ArchiveDamaged, match=r"archive\.sqlite3 is damaged .* Restore it"):
        Archive.open(folder, create=create)


def test_a_torn_database_is_damaged_not_empty(folder: Path) -> None:
    """A failure is never an empty result."""
    with Archive.open(folder, create=True) as archive:
        for n in range(40):
            put(archive, story(n))
    path = folder / "archive.sqlite3"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 4096 // 3 * 4096])
    with (  # noqa: PT012 - wherever it shows first
        pytest.raises(ArchiveDamaged),
        Archive.open(folder) as archive,
    ):
        for n in range(40):
            archive.article(f"story-{n}")
            archive.sentences(f"story-{n}")
        archive.search_words("Opening1", 5)
        archive.search_vectors(np.ones(DIMENSION, dtype=np.float32), 5)


def test_a_copied_folder_is_the_same_archive(folder: Path, tmp_path: Path) -> None:
    """A backup is a copy of the folder."""
    with Archive.open(folder, create=True) as archive:
        put(archive, story(1))
    shutil.copytree(folder, tmp_path / "copy")
    with Archive.open(tmp_path / "copy") as copy:
        assert copy.article("story-1") == story(1)


# --- where nothing may be written


@contextlib.contextmanager
def another_user(*folders: Path) -> Iterator[None]:
    """As somebody who may read the folders and no more; the superuser may do anything."""
    for path in (p for folder in folders for p in (folder, *folder.iterdir())):
        path.chmod(0o555 if path.is_dir() else 0o444)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        yield
    finally:
        if user == 0:
            os.seteuid(0)
        for folder in folders:
            folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users find their way to."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name, "archive")


def test_an_archive_that_may_only_be_read_is_read(open_folder: Path) -> None:
    """On a medium that cannot be written, or another user's; and it says why nothing is added."""
    with Archive.open(open_folder, create=True) as archive:
        for n in range(3):
            put(archive, story(n))
    vector = directions(story(1), analyse(story(1)))[0]
    before = {path.name: path.read_bytes() for path in open_folder.iterdir()}
    with another_user(open_folder), Archive.open(open_folder) as archive:
        assert article_at(archive, archive.search_vectors(vector, 1)[0][0]) == "story-1"
        assert found_by_words(archive, "Opening2") == ["story-2"]
        assert archive.verify("story-0") == story(0)
        with pytest.raises(ArchiveUnwritable, match="readonly database"):
            put(archive, story(4))
        with pytest.raises(ArchiveUnwritable):
            archive.remove("story-1")
    assert {path.name: path.read_bytes() for path in open_folder.iterdir()} == before


def test_who_may_only_read_sees_what_the_owner_writes(open_folder: Path) -> None:
    """Before, while and after it is open for writing."""
    with Archive.open(open_folder, create=True) as archive:
        put(archive, story(0))
    with another_user(open_folder):
        reader = Archive.open(open_folder)
        assert reader.ids() == ("story-0",)
    with Archive.open(open_folder) as owner:
        put(owner, story(1))
        with another_user(open_folder):
            assert reader.ids() == ("story-0", "story-1")
        put(owner, story(2))
        with another_user(open_folder):
            assert reader.ids() == ("story-0", "story-1", "story-2")
    with another_user(open_folder):
        assert reader.ids() == ("story-0", "story-1", "story-2")
        reader.close()


# --- several at once


def test_the_generation_tells_of_every_change(archive: Archive, folder: Path) -> None:
    """Whoever made it; and of nothing else."""
    seen = [archive.generation]
    put(archive, story(1))
    seen.append(archive.generation)
    with Archive.open(folder) as other:
        assert other.generation == seen[-1]
        put(other, story(2))
        seen.append(archive.generation)
        put(other, story(2))
        seen.append(archive.generation)
        other.remove("story-1")
        seen.append(archive.generation)
        other.remove("story-1")
        other.search_words("Opening2", 1)
    assert len(set(seen)) == 5
    assert archive.generation == seen[-1]


def test_a_search_sees_what_another_process_wrote(archive: Archive, folder: Path) -> None:
    """The vectors in memory follow the tables."""
    vectors = {n: directions(story(n), analyse(story(n)))[0] for n in range(4)}

    def nearest(n: int) -> str:
        return article_at(archive, archive.search_vectors(vectors[n], 1)[0][0])

    put(archive, story(0))
    assert nearest(1) == "story-0"
    with Archive.open(folder) as other:
        put(other, story(1))
        put(other, story(2))
        assert (nearest(1), nearest(2)) == ("story-1", "story-2")
        other.remove("story-1")
        put(other, story(3))
        assert nearest(1) != "story-1"
        assert (nearest(0), nearest(2), nearest(3)) == ("story-0", "story-2", "story-3")


def test_a_snapshot_is_of_one_moment(archive: Archive, folder: Path) -> None:
    """Even where another thread has moved on, the vectors in memory included."""
    put(archive, story(1))
    vectors = {n: directions(story(n), analyse(story(n)))[0] for n in (1, 2)}

    def look() -> tuple[object, ...]:
        best = [archive.hits(archive.search_vectors(v, 3)) for v in vectors.values()]
        return archive.generation, archive.articles(), found_by_words(archive, "Opening2"), best

    with archive.snapshot():
        before = look()
        with Archive.open(folder) as other:
            other.remove("story-1")
            put(other, story(2))
        after: list[object] = []
        thread = threading.Thread(target=lambda: after.append(look()))
        thread.start()
        thread.join()
        assert look() == before
    assert look() != before
    assert after == [look()]


def test_threads_share_an_archive(archive: Archive, folder: Path) -> None:
    """Readers search and read while a writer corrects: every view is consistent."""
    for n in range(6):
        put(archive, story(n))
    done = threading.Event()
    faults: list[str] = []
    looks = [0] * 4

    def read(me: int) -> None:
        vector = directions(story(me), analyse(story(me)))[0]
        while not done.is_set():
            with archive.snapshot():
                hits = archive.hits(archive.search_vectors(vector, 6))
                for hit in hits:
                    if hit.passage.sentences[0] not in archive.sentences(hit.article_id):
                        faults.append(f"{hit} is not in its article")
                if len(hits) != 6:
                    faults.append(f"{len(hits)} hits")
            looks[me] += 1

    threads = [threading.Thread(target=read, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for n in range(60):
        put(archive, story(n % 6, words=1 + n % 2))
    done.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert min(looks) > 0
    # 60 corrections: the last ones of each story had words = 1 or 2 as 54 to 59 did.
    assert rows_of(folder) == expected_rows([story(n % 6, words=1 + n % 2) for n in range(54, 60)])


def test_several_may_make_the_same_archive_at_once(tmp_path: Path) -> None:
    """All get the one that was made first."""
    barrier = threading.Barrier(4)
    outcomes: list[str] = []

    def make(folder: Path, n: int) -> None:
        barrier.wait()
        with Archive.open(folder, create=True) as archive:
            outcomes.append(put(archive, story(n)))

    for round_ in range(8):
        folder = tmp_path / str(round_)
        threads = [threading.Thread(target=make, args=(folder, n)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert rows_of(folder) == expected_rows([story(n) for n in range(4)])
    assert outcomes == ["added"] * 32


def test_the_process_may_change_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive opened by a relative path stays the same one."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with Archive.open(Path("archive"), create=True) as archive:
        put(archive, story(1))
        monkeypatch.chdir("elsewhere")
        found: list[Article | None] = []
        with archive.snapshot():
            thread = threading.Thread(target=lambda: found.append(archive.article("story-1")))
            thread.start()
            thread.join()
        assert found == [story(1)]
        put(archive, story(2))
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "archive" / "vectors.faiss").is_file()


def test_a_closed_archive_says_so(archive: Archive) -> None:
    """A fault of the program; closing twice is none."""
    archive.close()
    archive.close()
    with pytest.raises(RuntimeError, match="closed"):
        archive.articles()
