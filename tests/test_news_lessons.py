"""Lessons for the reader: what the bot itself would read, with the answer in it."""

import random
from collections.abc import Iterator

import pytest

from bot.training.news_lessons import OK, Newsroom, Question, numbers
from bot.training.train_reader import apart, fifth, news_course
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article, Span

LINES = [
    "The ferry to Port Lisle will stop in May.",
    "“We have no money for it,” mayor Anna Lee said.",
    *(f"Nobody knows what will become of pier {n}." for n in range(12)),
    "The ferry carried 400 passengers a day.",
]
FERRY = Article("ferry", "\n".join(LINES), "Ferry stops")
OTHERS = tuple(
    Article(f"other-{n}", f"The ferry to isle {n} was late.\nIt rained.", f"Isle {n}")
    for n in range(9)
)
CHANCE = random.Random(7)  # noqa: S311


def place(line: int) -> tuple[str, Span]:
    start = FERRY.text.index(LINES[line])
    return "ferry", Span(start, start + len(LINES[line]))


SAID = Question("q1", "q1", "anna lee on money", "said", None, (place(1),), (place(0),), ())
FACT = Question("q2", "q2", "how many took the ferry", "fact", "400", (place(14),), (), ())
TWIN = Question("q2-t", "q2", "how many fell off the ferry", "absent", None, (), (), (place(14),))
ABSENT = Question("q3", "q3", "who won the chess final", "absent", None, (), (), ())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("lessons"), create=True) as opened:
        list(ingest(opened, lambda: embedder, (FERRY, *OTHERS)))
        yield opened


@pytest.fixture(scope="module")
def newsroom(archive: Archive, embedder: Embedder) -> Newsroom:
    return Newsroom(archive, embedder)


@pytest.mark.parametrize("count", [1, 3])
def test_what_must_be_cited_is_among_what_is_read(newsroom: Newsroom, count: int) -> None:
    lesson = newsroom.lesson(SAID, CHANCE, count=count)
    assert len(lesson) == count
    (example,) = (e for e in lesson if 1.0 in e.targets)
    wanted = dict(zip(example.passage.sentences, example.targets, strict=True))
    assert wanted[LINES[1]] == 1.0
    assert wanted.get(LINES[0], OK) == OK


def test_the_short_answer_is_taught_where_it_stands(newsroom: Newsroom) -> None:
    for example in newsroom.lesson(FACT, CHANCE, count=4):
        if example.short is None:
            assert not any(example.targets)
        else:
            sentence, start, end = example.short
            assert example.passage.sentences[sentence][start:end] == "400"


def test_what_looks_like_an_answer_and_is_none_comes_first(newsroom: Newsroom) -> None:
    (example,) = newsroom.lesson(TWIN, CHANCE, count=1)
    assert LINES[14] in example.passage.sentences
    assert not any(example.targets)


def test_nothing_is_read_of_articles_that_are_kept_back(
    archive: Archive, embedder: Embedder
) -> None:
    held = Newsroom(archive, embedder, frozenset({"ferry"}))
    titles = {e.passage.title for e in held.lesson(ABSENT, CHANCE, count=9)}
    assert titles
    assert "Ferry stops" not in titles


def test_a_course_has_every_question_and_is_the_same_again(newsroom: Newsroom) -> None:
    questions = [SAID, FACT, TWIN, ABSENT]
    course = news_course(newsroom, questions, [], 3)
    assert course == news_course(newsroom, questions, [], 3)
    assert {example.question for lesson in course for example in lesson} == {
        question.text for question in questions
    }


def test_questions_are_held_out_with_their_articles() -> None:
    outside, inside = apart([SAID, FACT, TWIN], frozenset({"ferry"}))
    assert (outside, inside) == ([], [SAID, FACT, TWIN])
    outside, inside = apart([SAID, FACT, TWIN], frozenset({"other-1"}))
    assert (outside, inside) == ([SAID, FACT, TWIN], [])


def test_a_fifth_of_the_articles_is_always_the_same() -> None:
    ids = [str(n) for n in range(50)]
    assert fifth(ids) == fifth(reversed(ids))
    assert len(fifth(ids)) == 10


def test_sentences_are_found_by_half_of_the_shorter(newsroom: Newsroom, archive: Archive) -> None:
    view = newsroom.view("ferry")
    assert view is not None
    whole = place(1)[1]
    assert numbers(view, whole) == [1]
    assert numbers(view, Span(whole.start - 5, whole.end)) == [1]
    assert numbers(view, Span(whole.start, whole.start + 2)) == [1]
