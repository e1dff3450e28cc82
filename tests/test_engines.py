"""What an archive promises in every engine: the same cases on a folder and on real PostgreSQL."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import click
import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from bot.__main__ import cli as bot
from bot.__main__ import copy_all
from bot.library.answer_store import MAX_COMMENT, AnswerStore
from bot.library.saved_answer import Feedback, SavedAnswer
from index.__main__ import cli as index
from index.archive import rows
from index.archive.address import Address, DatabaseAddress, read_address
from index.archive.archive import Archive, Gone
from index.archive.copying import NotEmpty
from index.archive.embedding.embedder import DEFAULT
from index.archive.engine import NotHere
from index.archive.errors import ArchiveMismatch, ArchiveNotFound, ArticleDamaged
from index.archive.postgres.database import ArchiveUnreachable, BadAddress
from index.archive.rows import Dated
from index.correcting import edit, give_statement
from index.corrections import Correction, DetailIs, PersonIs
from index.document import analyse
from index.language.dates import read_day
from index.maintenance import check
from index.schema import Article, VerbatimError
from index.watching import Watched, Watchlist, watched
from tests.archives import DIMENSION, bare_passages, directions, put, story
from tests.databases import Server
from tests.patience import PATIENCE
from tests.test_corrections import ARTICLE, ROTTEN
from tests.test_maintenance import no_model
from tests.test_register import add, is_as_gathered
from tests.test_versions import MID, NEW, OLD

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
AWKWARD = [
    "",
    " ",
    "\0",
    "word7x3\0 AND OR NOT NEAR(",
    "'; DROP TABLE articles; --",
    "\\ ' \" : * & | ! ( ) <-> @@ %s ? $1",
    "½ ﷺ ﬁ ŉ İstanbul ＡＢ",
    "x" * 5_000,
    "word " * 500,
    "\u0301",
]


@pytest.fixture(params=["a folder", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where a new archive can be made."""
    if request.param == "a folder":
        return tmp_path / "archive"
    server: Server = request.getfixturevalue("postgres")
    return server.with_tables()


@pytest.fixture
def archive(address: Address) -> Iterator[Archive]:
    """An archive of some stories."""
    with Archive.open(address, create=True) as opened:
        for n in range(3, 9):
            put(opened, story(n))
        yield opened


def altered(archive: Archive, statement: str) -> None:
    """What a failing disk does: a row is another, and its sum the old one's."""
    with archive._engine.writing() as connection:
        connection.execute(statement)


def texts(archive: Archive, found: list[tuple[int, float]]) -> list[str]:
    """The articles of what was found, best first."""
    return [hit.article_id for hit in archive.hits(found)]


def test_everything_of_an_article_comes_back_as_it_was_put_in(archive: Archive) -> None:
    put(archive, ARTICLE)
    analysis = analyse(ARTICLE)
    assert archive.article("pier") == archive.verify("pier") == ARTICLE
    assert archive.sentences("pier") == analysis.sentences
    assert archive.statements("pier") == archive.derived("pier") == analysis.statements
    assert [p for id_, p in archive.people() if id_ == "pier"] == list(analysis.people)
    assert archive.holds(ARTICLE)
    assert not archive.holds(replace(ARTICLE, title="Another"))
    assert archive.article("nobody") is None
    assert archive.article("\0") is None
    assert archive.sentences("nobody") == ()


def test_articles_are_listed_newest_first_and_by_their_characters(archive: Archive) -> None:
    for id_ in ("Zeta", "alpha", "Ärger", "_x", "a b"):
        put(archive, replace(story(1), id=id_, published="2025-01-01"))
    put(archive, replace(story(1), id="undated", published=None))
    listed = [each.id for each in archive.articles()]
    assert listed[:5] == ["Zeta", "_x", "a b", "alpha", "Ärger"]
    assert listed[-1] == "undated"
    assert sorted(listed) == list(archive.ids())


def test_dates_are_looked_up_as_far_as_they_are_asked_for(archive: Archive) -> None:
    """As people put them right: by days, by articles, the newest; in order each time."""
    for n, when in enumerate(["2019-05-01", "2019-05-03T10:00:00", "2019-05-03", None, None]):
        put(archive, replace(story(20 + n), published=when, source="Post"))
    for n, when in ((21, "2031-01-01"), (22, None), (24, "2019-05-02")):
        what = DetailIs(f"story-{n}", "published", when)
        archive.correct(Correction(f"c{n}", f"{NOW}", what))

    def of(found: Iterable[Dated]) -> list[int]:
        return [int(each.id.removeprefix("story-")) for each in found]

    first, last = date(2019, 5, 1), date(2019, 5, 3)
    assert of(archive.by_date.published(first, last)) == [24, 20]
    assert of(archive.by_date.published(first, first)) == [20]
    assert of(archive.by_date.published(None, last)) == [24, 20]
    assert of(archive.by_date.published(date(2024, 1, 8), None)) == [21, 8, 7]
    assert sorted(of(archive.by_date.undated())) == [22, 23]
    assert of(archive.by_date.newest(3)) == [21, 8, 7]
    assert of(archive.by_date.newest(99)) == of(archive.by_date.all())
    assert of(archive.by_date.of({"story-21", "story-20", "story-23", "no"})) == [21, 20, 23]
    assert archive.by_date.days() == tuple(
        sorted({d for a in archive.by_date.all() if (d := read_day(a.published))})
    )
    assert archive.count() == 11


def test_ids_of_passages_grow_and_are_never_used_twice(archive: Archive) -> None:
    def ids() -> set[int]:
        with archive._engine.reading() as connection:
            return set(rows.passage_ids(connection, frozenset(archive.ids())).tolist())

    before = ids()
    archive.remove("story-8")
    assert put(archive, story(8)) == "added"
    assert min(ids() - before) > max(before)


def test_the_same_article_with_another_text_replaces_it(archive: Archive) -> None:
    assert put(archive, OLD) == "added"
    assert put(archive, MID) == put(archive, NEW) == "replaced"
    assert archive.article("a") == NEW
    earlier = archive.versions("a")
    assert [each.article for each in earlier] == [MID, OLD]
    assert all(each.added_at <= each.replaced_at for each in earlier)
    assert archive.forget_versions("a") == 2
    assert archive.versions("a") == ()
    assert archive.forget_versions("a") == 0


def test_who_is_who_is_kept_as_it_would_be_gathered(archive: Archive) -> None:
    rng = Random(11)  # noqa: S311
    for step in range(12):
        add(archive, rng.randrange(8), rng)
        if step % 4 == 3:
            archive.remove(f"a {rng.randrange(8)}")
            assert is_as_gathered(archive)
    names = [person.name for _, person in archive.people()]
    archive.correct(Correction("c", "2026-01-01", PersonIs((names[0],), "Quincy Zork")))
    assert is_as_gathered(archive)


def test_what_is_removed_is_in_no_table_and_no_index(archive: Archive) -> None:
    put(archive, OLD)
    put(archive, MID)
    n = len(analyse(MID).sentences)
    gone = archive.remove("a")
    assert gone == Gone(n, len(analyse(MID).people), len(analyse(MID).statements), 1, versions=1)
    assert archive.remove("a") is None
    assert archive.search_words("quokkas", 5) == []
    assert archive.search_articles("quokkas") == archive.having("fled the fire") == []
    vector = directions(MID, analyse(MID))[0]
    assert "a" not in texts(archive, archive.search_vectors(vector, 100))
    assert archive.versions("a") == ()
    assert archive.tidy()
    assert list(check(archive, no_model)) == []


def test_each_change_makes_another_generation_and_reading_makes_none(archive: Archive) -> None:
    put(archive, ARTICLE)
    seen = [archive.generation]
    for change in (
        lambda: put(archive, story(1)),
        lambda: archive.remove("story-1"),
        lambda: edit(archive, "pier", "title", "The pier"),
        lambda: archive.take_back(archive.corrections()[0].id),
    ):
        change()
        archive.articles()
        assert archive.generation == archive.generation
        seen.append(archive.generation)
    assert len(set(seen)) == len(seen)


def test_a_change_that_fails_leaves_nothing_behind(archive: Archive) -> None:
    before = archive.ids(), archive.generation, archive.search_words("harbour", 9)
    article = replace(story(8), id="broken", text="The harbour froze. Ann Lee said so.")
    analysis = analyse(article)
    with pytest.raises(ArchiveMismatch):
        archive.add(article, analysis, np.ones((1, DIMENSION + 1), dtype=np.float32))
    twice = replace(analysis, passages=analysis.passages * 2, sentences=analysis.sentences[:1])
    with pytest.raises(KeyError):  # in the middle of writing
        archive.add(article, twice, np.ones((2, DIMENSION), dtype=np.float32))
    assert (archive.ids(), archive.generation, archive.search_words("harbour", 9)) == before
    assert list(check(archive, no_model)) == []


def test_a_snapshot_is_of_one_moment_whatever_another_writes(
    archive: Archive, address: Address
) -> None:
    with archive.snapshot():
        before = archive.generation, archive.articles()
        with Archive.open(address) as other:
            put(other, OLD)
            other.remove("story-8")
            assert other.generation != before[0]
            assert "a" in other.ids()
        assert (archive.generation, archive.articles()) == before
        assert archive.article("a") is None
        assert archive.article("story-8") == story(8)
        assert archive.search_words("quokkas", 3) == []
    assert archive.article("a") == OLD
    assert texts(archive, archive.search_words("quokkas", 3)) == ["a"]


def test_writers_wait_for_one_another_and_lose_nothing(archive: Archive, address: Address) -> None:
    failures: list[BaseException] = []

    def write(start: int) -> None:
        try:
            with Archive.open(address) as own:
                for n in range(start, start + 8):
                    put(own, replace(story(n % 9), id=f"w{n}"))
        except VerbatimError as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)
    assert failures == []
    assert len(archive.ids()) == 6 + 24
    assert list(check(archive, no_model)) == []


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE articles SET text = 'Other words.' WHERE id = 'story-7'", Archive.article),
        ("UPDATE sentences SET paragraph = 9 WHERE article_id = 'story-7'", Archive.sentences),
        ("UPDATE statements SET modality = 'denied'", Archive.statements),
        ("DELETE FROM sentences WHERE article_id = 'story-7' AND n = 1", Archive.sentences),
        ("DELETE FROM vectors", Archive.verify),
        ("UPDATE passages SET start = start + 1", Archive.verify),
    ],
)
def test_a_row_that_is_not_as_it_was_put_in_is_never_shown(
    archive: Archive, statement: str, read: Callable[[Archive, str], object]
) -> None:
    altered(archive, statement)
    with pytest.raises(ArticleDamaged):
        read(archive, "story-7")


def test_words_that_are_not_the_passages_own_are_noticed_and_made_again(archive: Archive) -> None:
    with archive._engine.writing() as connection:
        connection.drop_words("story-7")
    with pytest.raises(ArticleDamaged):
        archive.verify("story-7")


def test_corrections_lie_over_what_was_derived_and_follow_their_words(archive: Archive) -> None:
    put(archive, ARTICLE)
    made = give_statement(archive, "pier", ROTTEN.span, "Tom Priddle")
    edit(archive, "pier", "title", "The pier")
    assert made in archive.corrections()

    def speaker() -> str | None:
        article = archive.article("pier")
        assert article
        (found,) = (s for s in archive.statements("pier") if "rotten" in s.span.of(article.text))
        return found.speaker.name if found.speaker else None

    assert speaker() == "Tom Priddle"
    put(archive, replace(ARTICLE, text=f"It rained. {ARTICLE.text}"))
    assert speaker() == "Tom Priddle"
    assert archive.articles()[-1].title == "The pier"
    assert archive.take_back(made.id)
    assert speaker() != "Tom Priddle"
    assert not archive.take_back(made.id)


def test_words_are_found_in_all_their_forms_and_ranked_by_how_rare_they_are(
    archive: Archive,
) -> None:
    put(archive, Article("one", "Peacekeepers kept the peace. It rained on day 1.", "Café society"))
    put(archive, Article("two", "Peace was kept. It rained on day 1 and on day 2.", "Title 9"))
    assert texts(archive, archive.search_words("peacekeeping in the CAFE", 5))[0] == "one"
    assert texts(archive, archive.search_words("café", 5)) == ["one"]
    assert texts(archive, archive.search_words("cafe", 5, frozenset({"two"}))) == []
    assert set(texts(archive, archive.search_words("peace", 5))) == {"one", "two"}
    scores = [score for _, score in archive.search_words("title opening word5x2 matters", 40)]
    assert scores == sorted(scores, reverse=True)
    assert texts(archive, archive.search_words("title word5x2", 40))[0] == "story-5"


def test_articles_are_found_by_all_their_words_or_by_words_in_a_row(archive: Archive) -> None:
    put(archive, Article("one", "Peacekeepers kept the peace.", "Café society", source="The Post"))
    assert archive.search_articles("peace post") == ["one"]
    assert archive.search_articles("peace nobody") == []
    assert archive.search_articles("peaceke", beginnings=True) == ["one"]
    assert archive.search_articles("peaceke") == []
    assert archive.having("kept the peace") == ["one"]
    assert archive.having("the kept peace") == []
    assert archive.having("of the story", most=2) == ["story-3", "story-4"]


def test_whatever_a_person_types_is_words_and_nothing_else(archive: Archive) -> None:
    for query in AWKWARD:
        archive.search_words(query, 5)
        archive.search_words(query, 5, frozenset({"story-7", query}))
        for beginnings in (True, False):
            archive.search_articles(query, beginnings=beginnings)
        archive.having(query)
        assert archive.article(query) is None
    assert len(archive.ids()) == 6


def test_the_nearest_passages_are_those_of_the_greatest_inner_product(archive: Archive) -> None:
    stories = [story(n) for n in range(3, 9)]
    known = np.concatenate([directions(each, analyse(each)) for each in stories])
    for number, vector in enumerate(known):
        found = archive.search_vectors(vector, len(known) + 5)
        assert [score for _, score in found] == pytest.approx(
            sorted(known @ vector)[::-1], abs=1e-5
        )
        assert found[0][1] == pytest.approx(1, abs=1e-5), number
    some = frozenset({"story-4", "nobody"})
    own = directions(story(4), analyse(story(4)))
    assert len(archive.search_vectors(known[0], 50, some)) == len(own)
    assert archive.search_vectors(known[0], 50, frozenset()) == []
    assert archive.search_vectors(known[0], 0) == []


def test_an_archive_is_made_once_and_for_one_embedder(address: Address) -> None:
    with pytest.raises(ArchiveNotFound):
        Archive.open(address.parent / "none" if isinstance(address, Path) else _without(address))
    with Archive.open(address, create=True) as archive:
        assert archive.embedder == DEFAULT
        assert archive.search_vectors(np.ones(3, dtype=np.float32), 3) == []
        put(archive, story(3))
    with Archive.open(address, create=True) as again:
        assert again.ids() == ("story-3",)
    with pytest.raises(ArchiveMismatch, match="made with the embedder"):
        Archive.open(address, embedder="another")
    with Archive.open(address) as archive:
        altered(archive, "UPDATE meta SET value = '1' WHERE name = 'format'")
    with pytest.raises(ArchiveMismatch, match="format"):
        Archive.open(address)


def _without(address: DatabaseAddress) -> DatabaseAddress:
    """A database of the same server that has no archive."""
    path, _, options = address.full.partition("?")
    return DatabaseAddress(f"{path.rpartition('/')[0]}/postgres?{options}")


def test_answers_feedback_and_feeds_are_kept_beside_the_archive(
    archive: Archive, address: Address
) -> None:
    kept = SavedAnswer("Who said so?", (), 1, "who", "Nobody.", reason="off_topic")
    with AnswerStore.of(address) as store:
        assert store.save(kept, "ann") == store.save(kept, "tom") == kept.id
        store.add_feedback(Feedback(kept, "wrong", None, "\0" + "x" * MAX_COMMENT), "ann")
        store.add_feedback(Feedback(kept, "right"))
    with AnswerStore.of(address) as store:
        assert store.find(kept.id) == kept
        assert store.find("nobody") is None
        assert [each.verdict for each in store.feedback()] == ["wrong", "right"]
        store.forget_feedback(1)
        assert [each.verdict for each in store.feedback()] == ["right"]
    assert watched(address) == ()
    feed = Watched("https://news.example/feed", every=timedelta(hours=12), due_at=NOW)
    with Watchlist.of(address) as watchlist:
        watchlist.put(feed)
        watchlist.put(feed)
        assert watchlist.claim(feed, NOW.replace(year=2030))
        assert not watchlist.claim(feed, NOW.replace(year=2030))
        assert [each.url for each in watched(address)] == [feed.url]
        assert watchlist.forget(feed.url)
    assert watched(address) == ()


def every_row(address: Address) -> dict[str, list[object]]:
    """All that an archive is, but which one it is, in which state, and what lies beside it."""
    with Archive.open(address) as archive, archive._engine.reading() as connection:
        tables = ("articles", *rows.DERIVED, "passages", "versions", "corrections")
        found = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
            for table in tables
        }
        ids = [passage_id for passage_id, *_ in found["passages"]]
        found["vectors"] = sorted(connection.vectors(ids), key=lambda row: row[0])
        meta = rows.meta(connection)
        own = ("archive", "state", "vectors")
        found["meta"] = sorted((k, v) for k, v in meta.items() if k not in own)
        numbered = (("passages", "id"), ("versions", "n"), ("corrections", "n"))
        found["numbers"] = [connection.last_number(*each) for each in numbered]
    with AnswerStore.of(address) as store:
        found["feedback"] = list(store.feedback())
    return {**found, "feeds": list(watched(address))}


def test_an_archive_that_is_copied_there_and_back_is_the_same(
    postgres: Server, tmp_path: Path
) -> None:
    here, there, back = tmp_path / "here", postgres.empty(), tmp_path / "back"
    with Archive.open(here, create=True) as archive:
        for article in (story(3), story(8), ARTICLE, OLD, MID, NEW, story(4)):
            put(archive, article)
        edit(archive, "pier", "title", "The pier")
        give_statement(archive, "pier", ROTTEN.span, "Tom Priddle")
        archive.remove("story-4")  # the highest ids were used, though nothing has them
    kept = SavedAnswer("Who said so?", (), 1, "who", "Nobody.", reason="off_topic")
    with AnswerStore.of(here) as store, Watchlist.of(here) as watchlist:
        store.save(kept, "ann")
        store.add_feedback(Feedback(kept, "right"), "ann")
        watchlist.put(Watched("https://news.example/feed", timedelta(hours=1), NOW))
    assert [copy_all(here, there), copy_all(there, back)] == [4, 4]
    assert every_row(here) == every_row(there) == every_row(back)
    with AnswerStore.of(back) as store:
        assert store.find(kept.id) == kept
    for address in (there, back):
        with Archive.open(address) as archive:
            assert list(check(archive, no_model)) == []
            assert texts(archive, archive.search_words("wombats", 3)) == ["a"]
            put(archive, story(5))
        with pytest.raises(NotEmpty):
            copy_all(here, address)
    # What comes after goes on with the same ids, too.
    assert every_row(there)["passages"] == every_row(back)["passages"]


def test_no_damaged_article_is_copied(archive: Archive, address: Address, tmp_path: Path) -> None:
    altered(archive, "UPDATE sentences SET paragraph = 9 WHERE article_id = 'story-7'")
    with pytest.raises(ArticleDamaged):
        copy_all(address, tmp_path / "other")
    assert every_row(tmp_path / "other")["articles"] == []


# --- PostgreSQL's own


def test_every_command_takes_the_address_of_a_database(postgres: Server, tmp_path: Path) -> None:
    address = postgres.empty()
    file = tmp_path / "pier.txt"
    file.write_text(ARTICLE.text)

    def do(program: click.Command, command: str, *rest: str, fails: bool = False) -> str:
        arguments = [*command.split(), "--archive", address.full, *rest]
        result = CliRunner().invoke(program, arguments)
        told = str(result.exception) if isinstance(result.exception, VerbatimError) else ""
        assert bool(told or result.exit_code or result.return_value) == fails, result.output
        return result.output + told

    assert "postgresql:///" in do(index, "list", fails=True)  # there is none yet
    assert "1 added" in do(index, "add", str(file))
    assert "1 unchanged" in do(index, "add", str(file))
    assert '"pier"' in do(index, "list --json")
    assert "1 corrected" in do(index, "edit", "pier", "--title", "The pier")
    exported = do(index, "corrections export")
    assert '"detail"' in exported
    (tmp_path / "corrections").write_text(exported)
    assert "1 imported" in do(index, "corrections import", str(tmp_path / "corrections"))
    assert "0 earlier versions" in do(index, "versions", "pier")
    assert do(index, "watch --list") == do(bot, "feedback") == ""
    assert "No damage found" in do(index, "check")
    assert "pg_dump" in do(index, "backup", str(tmp_path / "backup"), fails=True)
    assert "pg_restore" in do(index, "restore", str(tmp_path / "backup"), fails=True)
    assert "1 removed" in do(index, "remove", "pier")
    result = CliRunner().invoke(bot, ["copy", address.full, str(tmp_path / "copied")])
    assert "0 articles copied" in result.output


def test_the_index_of_vectors_gives_as_many_as_there_are(postgres: Server) -> None:
    """By itself pgvector ends with 40 candidates, and with none where a filter passes few."""
    address = postgres.with_tables()
    chance = np.random.default_rng(1)
    with Archive.open(
        DatabaseAddress(f"{address.full}&options=-c%20enable_seqscan%3Doff"), create=True
    ) as archive:
        analysis = analyse(story(8))
        for n in range(100):
            vectors = _units(chance, len(analysis.passages))
            archive.add(replace(story(8), id=f"v{n}"), analysis, vectors)
        vector = _units(chance, 1)[0]
        every = archive.search_vectors(vector, 10_000)
        assert len(every) > 300
        for k in (1, 41, 250):
            found = archive.search_vectors(vector, k)
            assert len(found) == k
            assert len({id_ for id_, _ in found} & {id_ for id_, _ in every[:k]}) >= 0.9 * k
        own = [id_ for id_, _ in every if archive.hits([(id_, 0.0)])[0].article_id == "v8"]
        assert [id_ for id_, _ in archive.search_vectors(vector, 9, frozenset({"v8"}))] == own


def test_the_index_of_vectors_is_cut_off_from_no_cluster(postgres: Server) -> None:
    """Articles bring passages that are near to one another; the links must lead to all of them."""
    chance = np.random.default_rng(1)
    middles = _units(chance, 100, 64)
    vectors = np.repeat(middles, 40, axis=0)
    for each in (middles, vectors):
        each += 0.01 * chance.normal(size=each.shape)
        each /= np.linalg.norm(each, axis=1, keepdims=True)
    address = DatabaseAddress(f"{postgres.with_tables().full}&options=-c%20enable_seqscan%3Doff")
    with Archive.open(address, create=True) as archive:
        for start in range(0, len(vectors), 400):
            archive.add(*bare_passages(f"v{start}", 400), vectors[start : start + 400])
        for middle in middles:
            nearest = set(np.argsort(-(vectors @ middle))[:20].tolist())
            found = {id_ - 1 for id_, _ in archive.search_vectors(middle, 20)}
            assert len(found & nearest) >= 10


def _units(chance: np.random.Generator, n: int, dimension: int = DIMENSION) -> NDArray[np.float32]:
    vectors: NDArray[np.float32] = chance.normal(size=(n, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def test_what_was_removed_is_wiped_from_the_databases_files(postgres: Server) -> None:
    address = postgres.with_tables()
    name = address.full.partition("?")[0].rpartition("/")[2]
    query = "SELECT oid FROM pg_database WHERE datname = current_database()"
    ((number,),) = postgres.execute(query, name)

    def traces() -> bool:
        postgres.execute("CHECKPOINT")
        files = (postgres.folder / "base" / str(number)).iterdir()
        return any(b"quokka" in file.read_bytes().lower() for file in files)

    with Archive.open(address, create=True) as archive:
        put(archive, story(3))
        put(archive, OLD)
        put(archive, NEW)
        assert traces()
        archive.remove("a")
        assert archive.tidy()
        assert not traces()
        assert archive.verify("story-3") == story(3)


def test_tables_are_made_by_numbered_files_each_done_once(postgres: Server) -> None:
    address = postgres.empty()
    name = address.full.partition("?")[0].rpartition("/")[2]
    for _ in range(2):
        Archive.open(address, create=True).close()
    done = postgres.execute("SELECT n FROM verbatim_migrations ORDER BY n", name)
    assert [n for (n,) in done] == list(range(1, len(done) + 1))
    postgres.execute("INSERT INTO verbatim_migrations (n, name) VALUES (999, 'later')", name)
    with pytest.raises(ArchiveMismatch, match="newer"):
        Archive.open(address)


def test_an_index_made_before_gets_the_links_of_one_made_now(postgres: Server) -> None:
    address = postgres.with_tables()
    name = address.full.partition("?")[0].rpartition("/")[2]
    with Archive.open(address, create=True) as archive:
        put(archive, story(8))
    postgres.execute("ALTER INDEX vectors_near RESET (ef_construction)", name)
    postgres.execute("DELETE FROM verbatim_migrations WHERE n = 4", name)
    with Archive.open(address) as archive:
        assert archive.search_vectors(_units(np.random.default_rng(1), 1)[0], 5)
    options = "SELECT reloptions FROM pg_class WHERE relname = 'vectors_near'"
    assert postgres.execute(options, name) == [(["ef_construction=200"],)]


def test_counts_of_words_that_are_wrong_are_counted_again(postgres: Server) -> None:
    with Archive.open(postgres.with_tables(), create=True) as archive:
        put(archive, story(8))
        before = archive.search_words("opening8 title", 5)
        altered(archive, "UPDATE lexemes SET n = n + 5")
        assert archive.mend_indexes()
        assert archive.mend_indexes() == []
        assert dict(archive.search_words("opening8 title", 5)) == pytest.approx(dict(before))
        altered(archive, "UPDATE vectors SET seal = seal + 1")
        with pytest.raises(ArticleDamaged):
            archive.verify("story-8")


def test_an_address_shows_no_password_wherever_it_stands() -> None:
    for text in (
        "postgresql://ann:S3cret@db.example/news",
        "postgres://ann:S3c/r?et@db.example/news",
        "postgresql://ann:p@S3cret@db.example/news",
        "postgresql://db.example/news?user=ann&password=S3cret",
        "postgresql://db.example/news?password=x@S3cret",
        "postgresql://ann:S3cr%zzet@[::1]:x/news",
        "POSTGRESQL://ann:S3cret@db.example:99999/news?bad",
    ):
        address = read_address(text)
        assert isinstance(address, DatabaseAddress)
        with pytest.raises((BadAddress, ArchiveUnreachable)) as failure:
            Archive.open(DatabaseAddress(text.replace("db.example", "127.0.0.1:1")))
        for shown in (str(address), repr(address), str(failure.value)):
            assert "S3c" not in shown
            assert "%zz" not in shown
    assert read_address("news") == Path("news")


def test_a_backup_is_the_databases_own_matter(postgres: Server, tmp_path: Path) -> None:
    with (
        Archive.open(postgres.with_tables(), create=True) as archive,
        pytest.raises(NotHere, match="pg_dump"),
    ):
        archive.copy_to(tmp_path / "backup")
