import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.archive import rows
from index.archive.archive import Archive
from index.archive.embedded import nearest
from index.archive.embedded.engine import FILE, EmbeddedEngine
from index.archive.embedded.vectors import Ids, Stamp, VectorIndex, Vectors, discard, stacked
from index.document import analyse
from tests.archives import DIMENSION, bare_passages, directions, put, story

STAMP = Stamp(archive="a1", embedder="some/model", generation=7)


def numbered(*ids: int) -> tuple[Ids, Vectors]:
    """Ids with a unit vector each, always the same."""
    rows = [np.random.default_rng(i).normal(size=DIMENSION) for i in ids]
    vectors = np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.array(ids, dtype=np.int64), vectors


def make_index(*ids: int) -> VectorIndex:
    """An index of these ids."""
    index = VectorIndex(DIMENSION)
    index.add(*numbered(*ids))
    return index


def test_search_gives_inner_products_best_first() -> None:
    """Exactly the products of the vectors, under our ids."""
    ids, vectors = numbered(5, 2**40, 9)
    index = VectorIndex(DIMENSION)
    index.add(ids, vectors)
    query = numbered(77)[1][0]
    expected = sorted(zip(ids, vectors @ query, strict=True), key=lambda pair: -pair[1])
    found = index.search(query, 2)
    assert [i for i, _ in found] == [i for i, _ in expected[:2]]
    assert [s for _, s in found] == pytest.approx([s for _, s in expected[:2]], abs=1e-6)


@pytest.mark.parametrize(("k", "n"), [(-1, 0), (0, 0), (1, 1), (3, 3), (100, 3)])
def test_search_never_gives_more_than_there_is(k: int, n: int) -> None:
    """FAISS pads with the id -1; no such passage comes out."""
    found = make_index(1, 2, 3).search(numbered(1)[1][0], k)
    assert len(found) == n
    assert all(i > 0 for i, _ in found)


def test_a_search_among_some_finds_the_nearest_of_these() -> None:
    """Those that are gone are not found, and cost no place."""
    index, query = make_index(*range(10, 20)), numbered(1)[1][0]
    everything = [passage for passage, _ in index.search(query, 10)]
    chosen = np.array([everything[7], everything[3], 99], dtype=np.int64)
    assert [p for p, _ in index.search(query, 3, chosen)] == [everything[3], everything[7]]
    assert index.search(query, 3, np.array([], dtype=np.int64)) == []


def test_only_what_is_kept_is_found() -> None:
    """After some went, the others keep their own vectors."""
    index = make_index(1, 2, 3, 4)
    index.drop(np.array([1, 3, 99], dtype=np.int64))
    index.add(*numbered(5))
    assert sorted(index.ids) == [2, 4, 5]
    for i in (2, 4, 5):
        ((found, score),) = index.search(numbered(i)[1][0], 1)
        assert found == i
        assert score == pytest.approx(1, abs=1e-6)
    index.drop(index.ids)
    assert len(index) == 0
    assert index.search(numbered(2)[1][0], 1) == []


def test_a_saved_index_comes_back(tmp_path: Path) -> None:
    """With the same stamp, the same index; nothing else is left in the folder."""
    index = make_index(3, 8)
    index.drafted(tmp_path / "vectors.faiss", STAMP)()
    index.add(*numbered(9))
    index.drafted(tmp_path / "vectors.faiss", STAMP)()
    loaded = VectorIndex.load(tmp_path / "vectors.faiss", STAMP, DIMENSION)
    query = numbered(1)[1][0]
    assert loaded.search(query, 3) == index.search(query, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


@pytest.mark.parametrize(
    "other",
    [
        Stamp("a2", "some/model", 7),
        Stamp("a1", "another/model", 7),
        Stamp("a1", "some/model", 8),
        Stamp("a1", "some/mode", 17),
    ],
)
def test_another_stamp_gives_an_empty_index(tmp_path: Path, other: Stamp) -> None:
    """Another archive's, another model's, or of another moment."""
    make_index(3, 8).drafted(tmp_path / "vectors.faiss", STAMP)()
    assert len(VectorIndex.load(tmp_path / "vectors.faiss", other, DIMENSION)) == 0


def test_any_altered_byte_gives_an_empty_index(tmp_path: Path) -> None:
    """Wherever it stands, in the head or in the vectors; so does any missing or added end."""
    path = tmp_path / "vectors.faiss"
    make_index(3, 8).drafted(path, STAMP)()
    data = path.read_bytes()
    altered = [data[:n] + bytes([data[n] ^ 1]) + data[n + 1 :] for n in range(len(data))]
    cut = [data[:n] for n in range(0, len(data), 7)]
    for wrong in (*altered, *cut, data + b"\0", b""):
        path.write_bytes(wrong)
        assert len(VectorIndex.load(path, STAMP, DIMENSION)) == 0
    path.write_bytes(data)
    assert len(VectorIndex.load(path, STAMP, DIMENSION)) == 2


def test_discard_removes_the_file_and_an_unfinished_one(tmp_path: Path) -> None:
    """And nothing else; with nothing there it does nothing."""
    for name in ("vectors.faiss", "vectors.faiss.new", "archive.sqlite3"):
        (tmp_path / name).touch()
    discard(tmp_path / "vectors.faiss")
    discard(tmp_path / "vectors.faiss")
    assert [path.name for path in tmp_path.iterdir()] == ["archive.sqlite3"]


def test_rows_are_stacked_in_order() -> None:
    """As they lie in the table; none is none."""
    ids, vectors = numbered(4, 2)
    rows = [(int(i), v.tobytes()) for i, v in zip(ids, vectors, strict=True)]
    stacked_ids, stacked_vectors = stacked(rows, DIMENSION)
    assert stacked_ids.tolist() == [4, 2]
    assert np.array_equal(stacked_vectors, vectors)
    assert stacked([], DIMENSION)[1].shape == (0, DIMENSION)


def delete(path: Path) -> None:
    """The file is lost."""
    path.unlink()


def truncate(path: Path) -> None:
    """The disk was full."""
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    """The disk is failing."""
    data = bytearray(path.read_bytes())
    data[-50] ^= 0xFF
    path.write_bytes(data)


def exchange(path: Path) -> None:
    """Somebody copied the file of another archive with the same number of passages."""
    with Archive.open(path.parent.parent / "other", create=True) as other:
        for n in range(20, 32):
            put(other, story(n - 18))
    shutil.copy(path.parent.parent / "other" / path.name, path)


def age(path: Path) -> None:
    """A process wrote an article and was killed: the file is of the moment before."""
    old = path.read_bytes()
    with Archive.open(path.parent) as archive:
        archive.remove("story-3")
        put(archive, story(3))
    path.write_bytes(old)


def in_file(path: Path) -> int:
    """How many vectors the file has that the archive would use as they are."""
    with Archive.open(path.parent) as archive:
        with archive._engine.reading() as connection:
            meta = rows.meta(connection)
        stamp = Stamp(meta["archive"], archive.embedder, int(meta["vectors"].split()[0]))
    return len(VectorIndex.load(path, stamp, DIMENSION))


@pytest.mark.parametrize("damage", [delete, truncate, flip, exchange, age])
def test_a_lost_or_wrong_file_changes_no_result(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """The vectors are in the tables too, so no model is needed either."""
    query = numbered(1)[1][0]

    def search() -> list[tuple[object, float]]:
        with Archive.open(tmp_path / "archive") as archive:
            hits = archive.hits(archive.search_vectors(query, 1000))
            return sorted(((h.article_id, h.passage.span), h.score) for h in hits)

    with Archive.open(tmp_path / "archive", create=True) as archive:
        for n in range(12):
            put(archive, story(n))
    before = search()
    path = tmp_path / "archive" / "vectors.faiss"
    assert in_file(path) == len(before)
    damage(path)
    assert in_file(path) == 0
    assert [place for place, _ in search()] == [place for place, _ in before]
    assert [s for _, s in search()] == pytest.approx([s for _, s in before], abs=1e-6)
    with Archive.open(tmp_path / "archive") as archive:
        put(archive, story(20))
    assert in_file(path) == len(before) + len(analyse(story(20)).passages)


def test_a_backup_put_back_is_not_searched_with_newer_vectors(tmp_path: Path) -> None:
    """Its ids begin again where the backup was made, and would meet other articles' vectors."""
    folder = tmp_path / "archive"
    with Archive.open(folder, create=True) as archive:
        put(archive, story(1))
    shutil.copy(folder / "archive.sqlite3", tmp_path / "backup")
    with Archive.open(folder) as archive:
        put(archive, story(2))
    shutil.copy(tmp_path / "backup", folder / "archive.sqlite3")
    newer = (folder / "vectors.faiss").read_bytes()
    with Archive.open(folder) as archive:
        put(archive, story(3))
    (folder / "vectors.faiss").write_bytes(newer)
    with Archive.open(folder) as archive:
        for n in (1, 3):
            (vector, *_) = directions(story(n), analyse(story(n)))
            ((passage_id, score),) = archive.search_vectors(vector, 1)
            assert score == pytest.approx(1, abs=1e-5)
            (hit,) = archive.hits([(passage_id, score)])
            assert hit.article_id == f"story-{n}"


def test_a_folder_that_takes_no_file_still_works(tmp_path: Path) -> None:
    """The file is only derived: where it cannot be written, nothing is lost."""
    (tmp_path / "vectors.faiss.new").mkdir()
    with Archive.open(tmp_path, create=True) as archive:
        put(archive, story(1))
    with Archive.open(tmp_path) as archive:
        assert len(archive.search_vectors(numbered(1)[1][0], 5)) == 1


def clustered(n: int, dimension: int = 24) -> Vectors:
    """Unit vectors in forty clusters, as passages lie."""
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(40, dimension))
    rows = centres[rng.integers(0, 40, size=n)] + 0.4 * rng.normal(size=(n, dimension))
    vectors: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return vectors


def test_an_index_in_parts_finds_what_a_flat_one_finds() -> None:
    """Nearly always, of all and of a tenth of them alone; what it gives are ids that are there."""
    vectors = clustered(20_000)
    ids = np.arange(1, 20_001, dtype=np.int64) * 3
    flat, parted = VectorIndex(24), VectorIndex.parted(vectors[:8000], len(vectors))
    for index in (flat, parted):
        index.add(ids, vectors)
    assert (len(parted), parted.newest) == (20_000, 60_000)
    assert (flat.is_exact, parted.is_exact) == (True, False)
    for among in (None, ids[::10]):
        shares = []
        for query in vectors[::1000]:
            right = {i for i, _ in flat.search(query, 10, among)}
            shares.append(len(right & {i for i, _ in parted.search(query, 40, among)}) / 10)
        assert np.mean(shares) > 0.98


def test_an_index_in_parts_is_changed_and_saved_as_a_flat_one(tmp_path: Path) -> None:
    """Added to and removed from without being made anew."""
    vectors = clustered(3000)
    index = VectorIndex.parted(vectors[:2000], 2000)
    index.add(np.arange(1, 2001, dtype=np.int64), vectors[:2000])
    index.add(np.arange(2001, 3001, dtype=np.int64), vectors[2000:])
    index.drop(np.array([*range(1, 500), *range(2501, 3001)], dtype=np.int64))
    assert (len(index), index.newest, sorted(index.ids)) == (2001, 2500, [*range(500, 2501)])
    assert index.search(vectors[2400], 1)[0][0] == 2401
    assert index.search(vectors[99], 1)[0][0] != 100
    index.drafted(tmp_path / "vectors.faiss", STAMP)()
    loaded = VectorIndex.load(tmp_path / "vectors.faiss", STAMP, 24)
    assert loaded.search(vectors[7], 30) == index.search(vectors[7], 30)
    assert (loaded.is_exact, loaded.newest, loaded.dimension) == (False, 2500, 24)


def test_an_index_is_outgrown_by_its_size() -> None:
    """A flat one by being too large; one in parts by having four times as many, or few."""
    vectors = clustered(1000)
    flat, parted = VectorIndex(24), VectorIndex.parted(vectors[:100], 100)
    flat.add(np.arange(1, 101, dtype=np.int64), vectors[:100])
    parted.add(np.arange(1, 101, dtype=np.int64), vectors[:100])
    assert [index.is_outgrown(flat=99) for index in (flat, parted)] == [True, False]
    assert [index.is_outgrown(flat=300) for index in (flat, parted)] == [False, True]
    parted.add(np.arange(101, 1001, dtype=np.int64), vectors[100:])
    assert parted.is_outgrown(flat=99)


def opened(folder: Path, flat: int) -> Archive:
    """An archive that compares all passages up to so many."""
    return Archive(EmbeddedEngine(folder / FILE, flat=flat))


def test_an_archive_in_parts_gives_what_one_without_gives(tmp_path: Path) -> None:
    """The same passages and products, after each change, of all and of some articles alone."""
    some = frozenset(f"story-{n}" for n in range(0, 60, 7))

    def found(archive: Archive) -> list[list[tuple[int, float]]]:
        query = numbered(1)[1][0]
        return [archive.search_vectors(query, 30, among) for among in (None, some, frozenset())]

    def same() -> bool:
        pairs = zip(found(parted), found(flat), strict=True)
        return all(
            [i for i, _ in one] == [i for i, _ in other]
            and [s for _, s in one] == pytest.approx([s for _, s in other], abs=1e-6)
            for one, other in pairs
        )

    with Archive.open(tmp_path, create=True) as archive:
        for n in range(60):
            put(archive, story(n))
    with opened(tmp_path, 10) as parted, opened(tmp_path, 1000) as flat:
        assert same()
        put(parted, story(61))
        assert same()
        parted.remove("story-61")
        flat.remove("story-5")
        put(flat, story(62))
        assert same()
    with opened(tmp_path, 10) as parted, opened(tmp_path, 1000) as flat:
        assert same()


def many(archive: Archive, name: str, n: int) -> None:
    """Put in an article of so many passages."""
    vectors = np.random.default_rng(n).normal(size=(n, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    archive.add(*bare_passages(name, n), vectors)


def test_a_file_is_used_that_a_killed_process_left_behind(tmp_path: Path) -> None:
    """What came since it was written is taken in, and nothing is made anew."""
    with Archive.open(tmp_path, create=True) as archive:
        many(archive, "first", 300)
    killed = Archive.open(tmp_path)
    put(killed, story(4))
    (vector, *_) = directions(story(4), analyse(story(4)))
    assert in_file(tmp_path / "vectors.faiss") == 300
    with Archive.open(tmp_path) as archive:
        ((_, score),) = archive.search_vectors(vector, 1)
        assert score == pytest.approx(1, abs=1e-5)
        assert len(archive.search_vectors(vector, 999)) > 300
    killed.close()


def test_the_file_is_kept_up_to_date_while_a_large_archive_is_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While much is added, and after a removal: else a killed server's successor makes it anew."""
    path, query = tmp_path / "vectors.faiss", np.ones(DIMENSION, dtype=np.float32)
    opened = Archive.open(tmp_path, create=True)
    for n in range(3):
        many(opened, f"large-{n}", 18_000)
    assert in_file(path) == 36_000
    other = Archive.open(tmp_path)
    assert len(other.search_vectors(query, 60_000)) == 54_000
    opened.remove("large-1")
    assert in_file(path) in (0, 36_000)  # none, if it was written just now
    left = other.search_vectors(query, 60_000)
    assert sorted(id_ for id_, _ in left) == [*range(1, 18_001), *range(36_001, 54_001)]
    many(opened, "large-3", 18_000)
    opened.close()
    other.close()
    assert in_file(path) == 54_000
    assert not caplog.messages
    path.unlink()
    with Archive.open(tmp_path) as again:
        assert len(again.search_vectors(query, 60_000)) == 54_000
    assert in_file(path) == 54_000  # though nothing was written
    assert "made anew of 54000 passages, in about 2 s" in caplog.text


def test_a_file_that_was_taken_away_just_now_is_there_when_the_archive_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long writing it took on a busy machine."""
    monkeypatch.setattr(nearest, "_PATIENCE", 1_000_000)
    path = tmp_path / "vectors.faiss"
    with Archive.open(tmp_path, create=True) as archive:
        for n in range(3):
            many(archive, f"large-{n}", 18_000)
        archive.remove("large-1")
        assert in_file(path) == 0
    assert in_file(path) == 36_000


def test_few_more_passages_do_not_write_the_whole_file_again(tmp_path: Path) -> None:
    """Adding an article to a large archive costs what the article costs."""
    path = tmp_path / "vectors.faiss"
    with Archive.open(tmp_path, create=True) as archive:
        many(archive, "first", 1000)
    before = path.stat().st_mtime_ns
    with Archive.open(tmp_path) as archive:
        put(archive, story(4))
    assert path.stat().st_mtime_ns == before
    with Archive.open(tmp_path) as archive:
        many(archive, "second", 100)
    assert path.stat().st_mtime_ns > before
