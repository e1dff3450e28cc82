"""How much of what was found is read: the best rows, and the others where these leave it open."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answerer import Answerer
from bot.date_range import DateRange
from bot.query.grammar.question import Query
from bot.selecting.choosing.study import FIRST
from bot.selecting.finding.finder import Finder
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article
from tests.counting_reader import CountingReader

TOWNS = "Lisle Sandwick Oldham Brodick Kettle Marloes Tarbert".split()
LONG_AGO = Article("old", "The ferry of Skerry sank in 1998.\n", "A wreck", published="2020-05-06")
OTHERS = len(TOWNS) + 1 - FIRST


def ferry(town: str, n: int) -> Article:
    text = (
        f"The ferry of {town} carries {n}00 passengers a day.\n"
        f"Its owner, Anna {town}, called the new fares “a mistake”.\n"
        "The quay was built long ago.\n"
    )
    return Article(town, text, f"The ferry of {town}", published=f"2024-01-0{n}")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("archive")
    articles = [LONG_AGO, *(ferry(town, n) for n, town in enumerate(TOWNS, 1))]
    with Archive.open(folder, create=True) as opened:
        list(ingest(opened, lambda: embedder, articles))
        yield opened


@pytest.fixture(scope="module")
def reader() -> CountingReader:
    return CountingReader.load()


@pytest.fixture
def asked(archive: Archive, embedder: Embedder, reader: CountingReader) -> Answerer:
    reader.rows.clear()
    reader.passages.clear()
    return Answerer(archive, embedder, reader)


def test_what_is_surely_answered_is_not_read_on(asked: Answerer, reader: CountingReader) -> None:
    answer = asked.answer("when was the quay of Kettle built")
    assert [c.text for c in answer.citations] == ["The quay was built long ago."]
    assert reader.rows == [FIRST]


@pytest.mark.parametrize("verb", ["does", "did"])
def test_all_is_read_for_a_number_and_how_something_is_now(
    asked: Answerer, reader: CountingReader, verb: str
) -> None:
    asked.answer(f"how many passengers {verb} the ferry of Kettle carry a day")
    assert reader.rows == [FIRST, OTHERS]


@pytest.mark.parametrize(
    "question",
    ["who won the chess title in Peru", "which ferry has a bar", "who criticised the fares"],
)
def test_all_is_read_before_a_refusal_and_where_several_may_have_said_it(
    asked: Answerer, reader: CountingReader, question: str
) -> None:
    read = asked.study(question).read
    assert reader.rows == [FIRST, OTHERS]
    assert {each.view.article.id for each in read} == {"old", *TOWNS}
    assert [each.score for each in read] == sorted((each.score for each in read), reverse=True)


@pytest.mark.parametrize(
    "question",
    [
        "who owns it",
        "when was the quay built",
        "what did Anna Kettle say",
        "did it sink",
        "and Anna Lisle",
    ],
)
def test_a_follow_up_reads_no_row_twice(
    asked: Answerer, reader: CountingReader, question: str
) -> None:
    asked.answer(question, ["how many passengers does the ferry of Kettle carry a day"])
    assert len(set(reader.passages)) == len(reader.passages)


@pytest.mark.parametrize(
    ("question", "n"), [("what did Anna Kettle say", 1), ("and the mayor?", 0)]
)
def test_of_words_on_anything_only_rows_that_have_some_are_read(
    asked: Answerer, reader: CountingReader, question: str, n: int
) -> None:
    first = "what did Anna Kettle say"
    asked.answer(first)
    reader.passages.clear()
    answer = asked.answer(question, [first])
    assert [passage.title for _, passage in reader.passages] == ["The ferry of Kettle"] * n
    assert bool(answer.refusal) == (n == 0)


def test_what_tells_of_a_day_is_read_beside_what_is_from_it(
    archive: Archive, embedder: Embedder
) -> None:
    days = DateRange(date(2024, 1, 1), date(2024, 1, 9))
    query = Query("wreck of Skerry", "fact", None, "wreck of Skerry", days=days)
    with archive.snapshot():
        found = Finder(archive, embedder.encode).find(query, None, archive.generation)
    assert [row.view.article.id for row in found.rows].index("old") == 1


def test_near_articles_come_once_and_best_first(archive: Archive, embedder: Embedder) -> None:
    with archive.snapshot():
        finder = Finder(archive, embedder.encode)
        near = finder.near("the ferry of Kettle and its fares", 20)
        few = finder.near("the ferry of Kettle", 20, frozenset({"Lisle"}))
    assert next(iter(near)) == max(near, key=near.__getitem__) == "Kettle"
    assert set(near) == {"old", *TOWNS}
    assert set(few) == {"Lisle"}
