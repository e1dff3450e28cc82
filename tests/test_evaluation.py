"""The figures of `bot eval`, on answers made by hand, and against the published scorer."""

import pytest

from bot.answer import Answer, Citation, Refusal
from bot.evaluation import Gold, Scored, report, table
from index.schema import Article, Span
from tests.fragments import one_by_one

ARTICLE = Article("a1", "One thing. Two things. Three things. Four things.")
SPANS = [Span(0, 10), Span(11, 22), Span(23, 36), Span(37, 49)]


def gold(*grades: tuple[int, str], speaker: str | None = None, kind: str | None = None) -> Gold:
    wanted = [
        {"article_id": "a1", "start": SPANS[n].start, "end": SPANS[n].end, "grade": grade}
        for n, grade in grades
    ]
    return {
        "id": "q", "question": "?", "answerable": bool(wanted), "unanswerable_kind": kind,
        "speaker": speaker, "gold": wanted,
    }  # fmt: skip


def answered(*cited: int) -> Answer:
    citations = [Citation(n, ARTICLE, SPANS[i], 1.0) for n, i in enumerate(cited, 1)]
    return Answer("?", "", "", one_by_one(*citations))


REFUSED = Answer("?", "no", "", (), Refusal("off_topic"))


def test_recall_counts_must_and_precision_counts_every_gold_sentence() -> None:
    figures = report([Scored(gold((0, "must"), (1, "must"), (2, "ok")), answered(2, 0, 3), 0.1)])
    assert (figures.hit1, figures.recall) == (1.0, 0.5)
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.f1 == pytest.approx(4 / 7)


def test_the_first_citation_decides_hit1() -> None:
    assert report([Scored(gold((0, "must")), answered(3, 0), 0.1)]).hit1 == 0.0


def test_refusals_count_for_the_unanswerable_and_against_the_answerable() -> None:
    figures = report(
        [
            Scored(gold((0, "must")), REFUSED, 0.1),
            Scored(gold((0, "must")), answered(0), 0.1),
            Scored(gold(kind="absent"), REFUSED, 0.1),
            Scored(gold(kind="wrong_topic"), answered(1), 0.1),
        ]
    )
    assert (figures.answered, figures.refused, figures.balanced) == (0.5, 0.5, 0.5)
    assert figures.refused_by_kind == {"absent": 1.0, "wrong_topic": 0.0}


def test_anothers_gold_sentence_is_a_wrong_speaker() -> None:
    lee, reed = gold((0, "must"), speaker="Lee"), gold((1, "must"), speaker="Reed")
    figures = report([Scored(lee, answered(0, 1), 0.1), Scored(reed, answered(1), 0.1)])
    assert figures.wrong_speaker == pytest.approx(1 / 3)


def test_half_of_the_shorter_one_is_a_match() -> None:
    wanted = gold((0, "must"))
    wanted["gold"][0].update(start=5, end=60)
    assert report([Scored(wanted, answered(0), 0.1)]).hit1 == 1.0
    wanted["gold"][0].update(start=6, end=60)
    assert report([Scored(wanted, answered(0), 0.1)]).hit1 == 0.0


def test_the_table_has_every_figure_by_name() -> None:
    lines = table(report([Scored(gold((0, "must")), answered(0), 0.1)])).splitlines()
    names = {line.split()[0] for line in lines}
    assert {"hit1", "recall", "precision", "f1", "answered", "balanced", "wrong_speaker"} <= names


def test_no_questions_give_zeros_and_no_error() -> None:
    assert report([]).f1 == 0.0
