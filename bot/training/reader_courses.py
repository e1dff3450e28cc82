"""The reader's training sets: first general reading, then a newsroom's questions.

Knows nothing of the network.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.training.news_lessons import Newsroom, Question, read_questions
from bot.training.reader_lessons import (
    SQUAD_HELD_OUT,
    Lesson,
    clapnq_lessons,
    shift_lessons,
    squad2_lessons,
    squad2_sets,
    squad_records,
)
from bot.training.stories import Story

QUESTIONS = (
    "questions/train.jsonl",
    "questions/twins.jsonl",
    "newsroom_train/part-a.jsonl",
    "newsroom_train/part-b.jsonl",
    "newsroom_train/part-c.jsonl",
)
_ROWS, _TWIN_ROWS = 3, 2  # read for a question
_REPEATED = 1200


def general_course(data: Path, seed: int) -> list[Lesson]:
    """Reading in general: SQuAD-shifts, four titles of SQuAD 2.0, CLAP NQ; shuffled."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    folder = data / "reader_training"
    lessons: list[Lesson] = []
    for name, count, titled, false_share in (
        ("new_wiki", 8000, True, 0.5),
        ("reddit", 9800, False, 0.15),
        ("amazon", 5000, False, 0.15),
    ):
        records = squad_records(folder / f"{name}.jsonl.gz", titled)
        lessons += shift_lessons(records, count, chance, false_share)
    learned, _ = squad2_sets(data, SQUAD_HELD_OUT)
    lessons += squad2_lessons(learned, chance)
    lessons += clapnq_lessons(data / "clapnq_sentences/questions.jsonl", chance)
    chance.shuffle(lessons)
    return lessons


def news_course(
    newsroom: Newsroom, questions: Sequence[Question], general: Sequence[Lesson], seed: int
) -> list[Lesson]:
    """A newsroom's questions, shuffled, among some general lessons on titled texts."""
    chance = random.Random(seed + 1)  # noqa: S311 (not a secret)
    order = chance.sample(questions, len(questions))
    lessons = [
        newsroom.lesson(question, chance, count=_ROWS if question.id == question.of else _TWIN_ROWS)
        for question in order
    ]
    titled = [lesson for lesson in general if lesson[0].passage.title]
    lessons += chance.sample(titled, min(_REPEATED, len(titled)))
    chance.shuffle(lessons)
    return [lesson for lesson in lessons if lesson]


def all_questions(data: Path, stories: Iterable[Story]) -> list[Question]:
    """Every question that may be learned from, those on the stories too."""
    asked = [question for name in QUESTIONS for question in read_questions(data / name)]
    return asked + [question for story in stories for question in story.questions]


def fifth(articles: Iterable[str]) -> frozenset[str]:
    """A fifth of the articles, always the same one: held out, to calibrate on."""
    ids = sorted(articles)
    return frozenset(random.Random(5).sample(ids, len(ids) // 5))  # noqa: S311


def apart(
    questions: Iterable[Question], held: frozenset[str]
) -> tuple[list[Question], list[Question]]:
    """The questions that have nothing to do with the held-out articles, and those on them alone."""
    outside: list[Question] = []
    inside: list[Question] = []
    for question in questions:
        articles = question.articles
        if not articles:  # about nothing in any article: a fifth of these, too
            chance = random.Random(question.of).random()  # noqa: S311
            (inside if chance < 1 / 5 else outside).append(question)
        elif articles <= held:
            inside.append(question)
        elif articles.isdisjoint(held):
            outside.append(question)
    return outside, inside
