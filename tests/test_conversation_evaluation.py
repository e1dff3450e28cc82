"""What an editor would say of an answer to a turn of a conversation."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Citation, Option, Reason, Refusal
from bot.evaluation import (
    GoldError,
    is_conversation,
    judge,
    judge_all,
    read_conversation,
    table_of_verdicts,
    tally,
)
from index.schema import Article, Span
from tests.fragments import one_by_one

TEXT = "Ann spoke. Tom left. It rained. The end came."
MAY = Article("a1", TEXT, published="2024-05-02")
JUNE = Article("a2", TEXT, published="2024-06-02")
SPANS = {"ann": Span(0, 10), "tom": Span(11, 20), "rain": Span(21, 31), "end": Span(32, 45)}


def gold(name: str, article: Article = MAY) -> dict[str, Any]:
    span = SPANS[name]
    return {"article_id": article.id, "start": span.start, "end": span.end}


def answered(*cited: tuple[str, Article, str | None]) -> Answer:
    citations = [
        Citation(n, article, SPANS[name], 1.0, speaker=speaker)
        for n, (name, article, speaker) in enumerate(cited, 1)
    ]
    return Answer("q", "m", "", one_by_one(*citations))


def refused(reason: Reason, *options: Option) -> Answer:
    return Answer("q", "m", "", (), Refusal(reason), options=options)


def turn(expect: str = "answer", **more: object) -> dict[str, Any]:
    asked = {"question": "q", "kind": "plain", "expect": expect, "must": [], "ok": []}
    return {**asked, **more}


ANN, TOM = ("ann", MAY, "Ann"), ("tom", MAY, "Tom")
RAIN = ("rain", MAY, None)
LATER, END_LATER = ("ann", JUNE, None), ("end", JUNE, None)
IN_MAY = {"from": "2024-05-01", "to": "2024-05-31"}
SINCE_MAY = {"from": "2024-05-01", "to": None}
ANN_RAIN = [gold("ann"), gold("rain")]
BOTH_ANNS = {"must": [gold("ann")], "ok": [gold("ann", JUNE)], "order": "newest"}


@pytest.mark.parametrize(
    ("wanted", "answer", "verdict"),
    [
        (turn(must=[gold("ann")]), answered(ANN), "right"),
        (turn(must=[gold("ann")], ok=[gold("rain")]), answered(RAIN, ANN), "right"),
        (turn(must=[gold("ann")]), answered(RAIN), "wrong"),
        (turn(must=[gold("ann")]), refused("off_topic"), "wrongly_refused"),
        (turn(must=[gold("ann"), gold("tom")]), answered(ANN), "incomplete"),
        (turn(must=[gold("ann"), gold("tom")], kind="broad"), answered(ANN), "right"),
        (turn(must=[gold("ann"), gold("tom")]), answered(ANN, TOM, RAIN), "right"),
        (turn(must=[gold("ann")]), answered(ANN, RAIN), "wrong"),
        (turn(must=[gold("ann")], not_people=["Ann"]), answered(ANN), "wrong"),
        (turn(must=ANN_RAIN, people=["Ann"]), answered(ANN, RAIN, TOM), "wrong"),
        (turn(must=ANN_RAIN, people=["Ann", "Tom"]), answered(ANN, RAIN, TOM), "right"),
        (turn(must=ANN_RAIN, range=IN_MAY), answered(ANN, RAIN, END_LATER), "wrong"),
        (turn(must=ANN_RAIN, range=SINCE_MAY), answered(ANN, RAIN, END_LATER), "right"),
        ({**turn(), **BOTH_ANNS}, answered(ANN, LATER), "wrong"),
        ({**turn(), **BOTH_ANNS}, answered(LATER, ANN), "right"),
        (turn(must=[gold("ann"), gold("tom")], order="article"), answered(TOM, ANN), "wrong"),
        (turn("refuse"), refused("unknown_speaker", Option("Who is B?", "B")), "right"),
        (turn("refuse"), answered(ANN), "wrong"),
        (turn("refuse"), refused("talk"), "wrong"),
        (turn("choose"), refused("which_one", Option("Who is B?", "B")), "right"),
        (turn("choose"), refused("off_topic"), "wrongly_refused"),
        (turn("choose"), answered(ANN), "wrong"),
        (turn("talk"), refused("talk"), "right"),
        (turn("talk"), refused("off_topic"), "wrongly_refused"),
        (turn("language"), refused("other_language"), "right"),
        (turn("language"), answered(ANN), "wrong"),
    ],
)  # fmt: skip
def test_an_answer_is_judged_by_what_it_cites(
    wanted: dict[str, Any], answer: Answer, verdict: str
) -> None:
    assert judge(wanted, answer) == verdict


def test_each_turn_is_asked_after_those_before_it_and_counted_by_its_kind() -> None:
    asked: list[tuple[str, list[str]]] = []

    def ask(question: str, history: Sequence[str]) -> Answer:
        asked.append((question, list(history)))
        return answered(ANN)

    turns = [
        turn(question="one", must=[gold("ann")]),
        turn("refuse", question="two", kind="who", not_people=["Ann"]),
    ]
    judged = list(judge_all(ask, [{"turns": turns}]))
    assert asked == [("one", []), ("two", ["one"])]
    tallies = tally(judged)
    assert list(tallies) == ["plain", "who", "all"]
    assert (tallies["all"].n, tallies["all"].n_other_person) == (2, 1)
    assert tallies["who"].share("wrong") == 1.0
    assert "another person than the asked one cited: 1" in table_of_verdicts(tallies)


@pytest.mark.parametrize(
    "record",
    [
        {"turns": [{"question": "q", "kind": "who", "expect": "maybe"}]},
        {"turns": [{"question": "q", "expect": "refuse"}]},
        {"turns": [turn()]},
        {"turns": [turn(must=[{"article_id": "a1"}])]},
    ],
)
def test_a_conversation_that_cannot_be_judged_is_named(record: dict[str, Any]) -> None:
    with pytest.raises(GoldError, match=r"set\.jsonl:3"):
        read_conversation("set.jsonl:3", record)


def test_a_conversation_is_told_from_a_gold_question(tmp_path: Path) -> None:
    conversation = json.loads(json.dumps({"turns": [turn("refuse")]}))
    assert is_conversation(conversation)
    assert read_conversation("x:1", conversation) == conversation
    assert not is_conversation({"question": "q", "answerable": False, "gold": []})
    assert not is_conversation({"turns": [{"question": "q", "gold": [], "answerable": True}]})
