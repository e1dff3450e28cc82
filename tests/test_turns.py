"""The conversation as the page keeps and shows it."""

import json
from dataclasses import replace
from typing import Any

from bot.answer import Answer, Part, Refusal
from bot.library.saved_answer import without_words
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH
from bot.web.chat.turns import PageTurn, Turns, messages, next_turn, reply_pieces, resumed_turn
from index.schema import Article
from tests.fragments import HOSTILE, Browser, cited, dated_article


def refused(question: str) -> Answer:
    return Answer(question, "no", "", (), Refusal("unclear", ("Who?",)))


def conversation(*questions: str) -> Turns:
    """The turns of these questions, each answered."""
    turns: Turns = ()
    for question in questions:
        turns, turn = next_turn(question, turns)
        turns = (*turns, replace(turn, answer=refused(question)))
    return turns


def data(turn: PageTurn) -> dict[str, Any]:
    """What the page's script reads of the turn."""
    (record,) = (
        attributes["title"]
        for _, attributes in Browser(messages(turn)[-1]["content"]).elements
        if attributes.get("class") == "turn"
    )
    return dict(json.loads(record or ""))


def test_a_question_is_asked_after_those_that_were_answered() -> None:
    turns, turn = next_turn(" c? ", conversation("a?", "b?"))
    assert [each.question for each in turns] == ["a?", "b?"]
    assert (turn.number, turn.question, turn.history) == (3, "c?", ("a?", "b?"))
    failed = (*turns, replace(turn, problem="It is too long."))
    assert next_turn("d?", failed)[1].history == ("a?", "b?")


def test_a_question_alone_is_asked_after_none_and_those_after_it_after_it_only() -> None:
    turns, turn = next_turn("c?", conversation("a?", "b?"), alone=True)
    assert (len(turns), turn.history) == (2, ())
    assert next_turn("d?", (*turns, replace(turn, answer=refused("c?"))))[1].history == ("c?",)


def test_a_question_in_place_of_another_is_asked_as_that_was_and_later_turns_go() -> None:
    turns, turn = next_turn("new?", conversation("a?", "b?", "c?"), before=2)
    assert [each.question for each in turns] == ["a?"]
    assert (turn.number, turn.history) == (4, ("a?",))
    kept = (PageTurn(1, "b?", ("a?",), refused("b?"), shows_history=True),)
    assert next_turn("new?", kept, before=1)[1].history == ("a?",)
    assert next_turn("new?", kept, before=7)[1].history == ("a?", "b?")


def test_what_was_given_up_is_no_turn_of_the_conversation() -> None:
    turns, turn = next_turn("b?", conversation("a?"))
    assert [each.question for each in next_turn("c?", (*turns, turn))[0]] == ["a?"]


def test_a_conversation_is_bounded() -> None:
    many = conversation(*(f"{n}?" for n in range(MAX_HISTORY + 5)))
    assert len(next_turn("x" * 5000, many)[1].history) == MAX_HISTORY
    assert len(next_turn("x" * 5000, many)[1].question) == MAX_LENGTH + 1


def test_the_record_for_the_script_is_the_turn_whatever_it_holds(article: Article) -> None:
    part = Part("topic", "on x", HOSTILE, (0, 1), "\ud800“")
    answer = replace(cited(dated_article(article), [2, 4]), question=HOSTILE, parts=(part,))
    turn = PageTurn(3, HOSTILE, ("before\u202e?",), answer)
    record = data(turn)
    assert (record["turn"], record["question"]) == (3, HOSTILE)
    assert record["history"] == ["before\u202e?"]
    assert record["answer"] == without_words(answer, turn.history, 0).id
    assert record["parts"] == [{"question": HOSTILE, "place": [0, 1], "without": "\ud800“"}]
    assert [run["mark"] for run in record["runs"]] == ["[1]", "[2]"]
    assert record["runs"][0]["speakers"] == ["Ann Lee"]
    assert record["runs"][0]["address"].startswith("https://daily.example/?a=1&b=2#:~:text=")
    assert answer.citations[0].text in record["text"]
    assert record["suggestions"] == []
    assert data(conversation("a?")[0])["suggestions"] == ["Who?"]


def test_a_turn_that_failed_can_be_edited_but_not_judged() -> None:
    record = data(PageTurn(1, "a?", problem="It <b>broke</b>."))
    assert record == {"turn": 1, "question": "a?", "history": []}


def test_the_reply_grows_by_a_block_and_says_what_it_was_asked_after(article: Article) -> None:
    turn = PageTurn(
        1, "b?", ("a?",), cited(article, [2, 4]), note="Since then.", shows_history=True
    )
    head, *sentences = reply_pieces(turn)
    assert Browser(head, within="span.after").text == "Asked after “a?”."
    assert Browser(head, within="span.note").text == "Since then."
    assert len(sentences) == 2
    assert "after" not in next(reply_pieces(replace(turn, shows_history=False)))


def test_only_a_turn_that_is_over_has_a_reply() -> None:
    (turn,) = conversation("a?")
    assert len(messages(turn)) == 2
    assert len(messages(PageTurn(1, "a?"))) == 1


def test_a_turn_that_is_gone_on_with_is_asked_after_what_it_was_asked_after() -> None:
    turns = conversation("a?", "b?")
    assert resumed_turn("c?", turns, None).history == ("a?", "b?")
    assert resumed_turn("c?", turns, []).history == ()
    assert resumed_turn("c?", turns, ["x?"]) == PageTurn(3, "c?", ("x?",))
    assert resumed_turn("c?", (), ["x?"]) == PageTurn(1, "c?", ("x?",), shows_history=True)
