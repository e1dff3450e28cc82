"""The courses that the reader takes: reading in general, the newsroom's questions, a last revision.

Knows nothing of the network.
"""

import random
from collections.abc import Collection, Sequence
from pathlib import Path

from bot.training.newsroom_lessons import (
    newsroom_lessons,
    other_speaker_lessons,
    other_topic_lessons,
    statement_lessons,
)
from bot.training.newsroom_pool import Pool, read_questions
from bot.training.training_data import (
    SQUAD_HELD_OUT,
    Lesson,
    clapnq_lessons,
    hard_lessons,
    shift_lessons,
    squad2_lessons,
    squad2_sets,
    squad_records,
)

PARTS = ("part-a", "part-b", "part-c")
# Passages a question, one epoch each; from the second on, windows are shifted.
EPOCHS = (8, 6, 5)


def first_course(data: Path, seed: int) -> list[Lesson]:
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


def second_course(
    data: Path,
    pool: Pool,
    seed: int,
    parts: Collection[str] = PARTS,
    held_out: Collection[str] = (),
) -> list[Lesson]:
    """The newsroom's questions thrice, ones made from them, and enough SQuAD not to forget."""
    chance = random.Random(seed + 1)  # noqa: S311 (not a secret)
    questions = [
        question
        for part in sorted(parts)
        for question in read_questions(data / f"newsroom_train/{part}.jsonl")
    ]
    learned, _ = squad2_sets(data, held_out)
    wiki = squad_records(data / "reader_training/new_wiki.jsonl.gz", titled=True)
    rest = [
        *other_speaker_lessons(pool, questions, chance),
        *other_topic_lessons(pool, questions, chance),
        *statement_lessons(pool, len(questions) // 2, chance),
        *squad2_lessons(learned, chance),
        *shift_lessons(wiki, 600, chance, 0.5),
    ]
    chance.shuffle(rest)
    lessons: list[Lesson] = []
    for epoch, passages in enumerate(EPOCHS):
        share = rest[epoch :: len(EPOCHS)]
        own = newsroom_lessons(pool, questions, chance, passages=passages, shifted=epoch > 0)
        mixed = [*share, *own]
        chance.shuffle(mixed)
        lessons += mixed
    return lessons


def repeated(lessons: Sequence[Lesson], seed: int) -> list[Lesson]:
    """A part of the general lessons, encyclopedia first: so that the newsroom's are not all."""
    chance = random.Random(seed + 5)  # noqa: S311 (not a secret)
    return [
        lesson
        for lesson in lessons
        if chance.random() < (0.75 if lesson[0].passage.title else 0.12)
    ]


def last_course(data: Path, pool: Pool, seed: int) -> list[Lesson]:
    """Hard choices: among near passages of one subject, and the newsroom's once more."""
    chance = random.Random(seed + 77)  # noqa: S311 (not a secret)
    wiki = squad_records(data / "reader_training/new_wiki.jsonl.gz", titled=True)
    learned, _ = squad2_sets(data, ())
    questions = [
        question
        for part in PARTS
        for question in read_questions(data / f"newsroom_train/{part}.jsonl")
    ]
    lessons = [
        *hard_lessons(wiki, 1200, 3, chance),
        *hard_lessons(learned, 500, 2, chance),
        *newsroom_lessons(pool, questions, chance, passages=6, shifted=True),
        *other_speaker_lessons(pool, questions, chance),
        *statement_lessons(pool, 150, chance),
    ]
    chance.shuffle(lessons)
    return lessons
