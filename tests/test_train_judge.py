"""The judge's lessons and its training end to end, in small: a checkpoint, going on, weights."""

import json
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from bot.drafting.checking.judge import Judge
from bot.network_weights import WEIGHTS
from bot.training.judge_lessons import (
    OURS,
    DraftCase,
    JudgeLesson,
    Preparer,
    of_benchmark,
    with_changes,
)
from bot.training.train_judge import (
    JudgeCourse,
    batches,
    fit,
    judge_lessons,
    levels_of,
    reader_tensors,
    tell,
    write_weights,
)
from index.archive.embedding.minilm import read_tokenizer
from index.schema import Article, Span
from tests.test_judge import FALSE, TRUE, brief

TEXT = (
    "Ann Lee said that the old mayor may close the harbour. "
    "Lee visited Orr in Utopia after 12 ships sank."
)
ARTICLE = Article("a1", TEXT, "Ships", published="2019-01-05", url="https://news.example/a1")
FIRST, SECOND = Span(0, 54), Span(55, len(TEXT))
CITES = ((SECOND.start, SECOND.end),)
CASES = [
    DraftCase(ARTICLE, CITES, "Lee went to see Orr in Utopia.", "paraphrase", True),
    DraftCase(ARTICLE, CITES, "Orr went to see Lee in Utopia.", "relation", False),
    DraftCase(ARTICLE, CITES, "A storm is coming, they fear.", "invention", False),
    DraftCase(ARTICLE, ((FIRST.start, FIRST.end),), "Lee went to see Orr.", "moved", False),
]


@pytest.fixture(scope="module")
def lessons() -> list[JudgeLesson]:
    preparer = Preparer(read_tokenizer())
    return [preparer.lesson(case) for case in with_changes(CASES)]


# --- lessons


def test_what_makes_a_false_draft_false_is_where_it_differs_from_its_true_twin() -> None:
    _, swapped, unlike, moved = with_changes(CASES)
    assert swapped.changed is not None
    assert [swapped.draft[start:end] for start, end in swapped.changed] == ["Orr", "Lee"]
    assert unlike.changed is None  # nobody knows
    assert moved.changed == ((0, len(moved.draft)),)


def test_a_lesson_says_of_each_token_whether_it_is_wrong(lessons: list[JudgeLesson]) -> None:
    true, swapped, unlike, moved = lessons
    assert set(true.wrong or ()) == {0}
    assert swapped.wrong is not None
    assert [n for n, wrong in enumerate(swapped.wrong) if wrong] == [0, 4]
    assert unlike.wrong is None
    assert set(moved.wrong or ()) == {1}
    assert true.twins == swapped.twins != moved.twins


def test_the_projects_own_drafts_cite_sentences_of_their_articles() -> None:
    cases = of_benchmark()
    assert len(cases) > 500
    for case in cases:
        assert case.draft
        assert case.cites
        assert all(0 <= start < end <= len(case.article.text) for start, end in case.cites)


def test_our_own_drafts_are_true_and_false_ones_over_the_same_sentences() -> None:
    rows = [json.loads(line) for line in OURS.read_text(encoding="utf-8").splitlines()]
    over = defaultdict(list)
    for row in rows:
        over[row["article_id"], str(row["cites"])].append(row["true"])
    assert len(rows) > 19_000
    assert all({True, False} == set(each) for each in over.values())
    assert len({(row["article_id"], row["draft"]) for row in rows}) == len(rows)


# --- training


def test_twins_are_learned_in_one_step(lessons: list[JudgeLesson], tmp_path: Path) -> None:
    many = [replace(lesson, twins=n) for n in range(40) for lesson in lessons[:2]]
    random.Random(0).shuffle(many)  # noqa: S311 (not a secret)
    for step in batches(JudgeCourse(many, tmp_path / "c.pt", seed=0)):
        assert len(step) in (32, 16)
        assert all(sum(o.twins == lesson.twins for o in step) == 2 for lesson in step)


def test_what_was_cut_short_goes_on_and_ends_as_weights(
    lessons: list[JudgeLesson], tmp_path: Path
) -> None:
    torch.set_num_threads(1)
    begin = reader_tensors(WEIGHTS)
    course = JudgeCourse(lessons, tmp_path / "course.pt", seed=0)
    whole = fit(course, begin)
    resumed = fit(course, begin)  # from its last checkpoint, where nothing is left to do
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, other)
    judged = judge_lessons([whole, resumed], lessons)
    levels = levels_of(judged)
    assert tell(judged, levels).startswith("4 drafts, AUC of the network ")
    write_weights([whole, resumed], levels, tmp_path / "weights")
    judge = Judge.load(tmp_path / "weights")
    assert 0.0 < judge.level <= judge.sure < 1.0
    assert len(judge.judge([brief(TRUE, 0), brief(FALSE, 0)])) == 2
