"""What a question wants to know, and who can tell."""

import pytest

from bot.selecting.choosing.evidence import AnswerType, expected, offers


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people died?", "number"),
        ("by how many votes did it fail", "number"),
        ("what percentage voted", "number"),
        ("When did she resign?", "time"),
        ("in what year was it built", "time"),
        ("where was he stabbed", "name"),
        ("Who won the prize?", "name"),
        ("by whom was it built", "name"),
        ("what was he accused of", None),
        ("why did it fall", None),
        ("the man who fell", None),
        ("", None),
    ],
)
def test_a_question_tells_what_it_wants(question: str, kind: AnswerType | None) -> None:
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "question", "has"),
    [
        ("Phivolcs recorded 611 aftershocks.", "number", "how many aftershocks", True),
        ("There were ten passengers aboard.", "number", "how many were aboard", True),
        ("Nobody knows.", "number", "how many were aboard", False),
        ("He entered it on 2 October.", "time", "when did he enter", True),
        ("It fell on Friday.", "time", "when did it fall", True),
        ("It fell and rose.", "time", "when did it fall", False),
        ("He was stabbed in Pandeglang.", "name", "where was Wiranto stabbed", True),
        ("The attack on Wiranto failed.", "name", "where was Wiranto stabbed", False),
        ("Nobody saw it.", "name", "who saw it", False),
    ],
)
def test_a_sentence_has_such_an_answer_or_not(
    sentence: str, kind: AnswerType, question: str, has: bool
) -> None:
    assert offers(sentence, kind, question) is has
