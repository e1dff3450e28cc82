"""The conversation as the page keeps, answers and shows it; and the articles beside it."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Citation, Draft, Part, Refusal, Writing
from bot.library.answer_store import AnswerStore
from bot.library.saved_answer import without_words
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH
from bot.service import Service
from bot.web.chat.turns import (
    PageRequest,
    PageTurn,
    Turns,
    asked_again,
    filtered,
    next_turn,
    pane_of,
    read_filters,
    read_page_request,
    reply_pieces,
    resumed_turn,
    turns_of,
)
from bot.web.protection.access import Visitor
from index.archive.archive import Archive
from index.schema import Article, Span
from tests.archives import put, story
from tests.echo import Echo
from tests.fragments import HOSTILE, Browser, cited, dated_article, one_by_one
from tests.test_saved_answer import Asked
from tests.visitors import READER

ARTICLE = story(3)


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
        for _, attributes in Browser(turn.messages[-1]["content"]).elements
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
    assert len(turn.messages) == 2
    assert len(PageTurn(1, "a?").messages) == 1


def test_a_turn_that_is_gone_on_with_is_asked_after_what_it_was_asked_after() -> None:
    turns = conversation("a?", "b?")
    assert resumed_turn("c?", turns, None).history == ("a?", "b?")
    assert resumed_turn("c?", turns, []).history == ()
    assert resumed_turn("c?", turns, ["x?"]) == PageTurn(3, "c?", ("x?",))
    assert resumed_turn("c?", (), ["x?"]) == PageTurn(1, "c?", ("x?",), shows_history=True)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True) as archive:
        put(archive, ARTICLE)
        yield archive


@pytest.fixture
def service(archive: Archive) -> Service:
    return Service(lambda: Asked(archive))


def answer() -> Answer:
    text = ARTICLE.text
    span = Span(text.index("“"), text.index(".", text.index("”")) + 1)
    citation = Citation(1, ARTICLE, span, 0.5, "Ann Lee3", "direct")
    return Answer("who?", "1 sentence.", "", one_by_one(citation))


def last_of(service: Service, turn: PageTurn, kept: str | None = None) -> PageTurn:
    async def ask() -> list[PageTurn]:
        return [each async for each in turns_of(service, turn, kept, READER)]

    return asyncio.run(ask())[-1]


@pytest.mark.parametrize(
    "sent",
    [
        *("", "who?", "[]", "{}", '{"question": 1}', '{"question": "q", "before": "x"}', "\0"),
        '{"turns": [{"history": []}]}',
        json.dumps({"turns": 51 * [{"question": "q"}]}),
    ],
)
def test_an_order_that_is_none_asks_nothing(sent: str) -> None:
    assert read_page_request(sent) == PageRequest(question="")


def test_an_order_is_read_whatever_else_it_holds() -> None:
    assert read_page_request('{"question": "q?", "before": 2, "n": 7}') == PageRequest(
        question="q?", before=2
    )


def test_a_question_gets_its_answer_or_the_problem_in_words(service: Service) -> None:
    assert last_of(service, PageTurn(1, "why?", ("who?",))).answer == Echo().answer("why?")
    assert "too long" in last_of(service, PageTurn(1, "x" * 1001)).problem
    assert last_of(service, PageTurn(1, "break")).problem.startswith("Something went wrong")


def test_a_kept_answer_comes_with_its_own_question_whatever_the_link_says(
    service: Service, archive: Archive
) -> None:
    with AnswerStore.of(archive.address) as store:
        answer_id = store.save(without_words(answer(), ("before?",), 0))
    shown = last_of(service, PageTurn(1, "Did he lie?"), answer_id)
    assert (shown.question, shown.history) == ("who?", ("before?",))
    assert (shown.answer, shown.note, shown.shows_history) == (answer(), "", True)


def test_an_answer_that_is_not_kept_any_more_is_asked_for_and_that_is_said(
    service: Service,
) -> None:
    shown = last_of(service, PageTurn(1, "who?"), "0123")
    assert shown.answer
    assert "no longer stored" in shown.note


def test_the_pane_shows_the_version_that_was_cited_and_colours_it_only_if_it_is_todays(
    service: Service, archive: Archive
) -> None:
    turn = PageTurn(2, "who?", answer=answer())
    today = asyncio.run(pane_of(service, turn, READER))
    assert 'class="said-cue"' in today
    assert Browser(today, within="div.body").text == ARTICLE.text
    put(archive, replace(ARTICLE, text=f"New. {ARTICLE.text}"))
    corrected = asyncio.run(pane_of(service, turn, READER))
    assert Browser(corrected, within="div.body").text == ARTICLE.text
    assert "since been corrected" in Browser(corrected, within="p.note").text
    assert "said-cue" not in corrected
    archive.remove(ARTICLE.id)
    assert "removed" in Browser(asyncio.run(pane_of(service, turn, READER)), within="p.note").text


def test_the_pane_is_for_those_who_may_read_the_articles(service: Service) -> None:
    """The words that answer are everybody's who may ask; the rest of the article is not."""
    asker = Visitor("192.0.2.7", None, frozenset(("ask",)))
    shown = asyncio.run(pane_of(service, PageTurn(2, "who?", answer=answer()), asker))
    assert "may read them" in shown
    assert "Opening3" not in shown


def test_a_turn_of_an_earlier_conversation_is_answered_anew_or_says_why_not(
    service: Service,
) -> None:
    def again(turn: PageTurn) -> PageTurn:
        return asyncio.run(asked_again(service, turn, None, READER))

    assert again(PageTurn(2, "who?", ("what?",))).answer
    assert "too long" in again(PageTurn(2, "who?" * 1000)).problem


def test_filters_that_cannot_be_read_are_told_of_and_never_left_out(service: Service) -> None:
    bad = filtered(PageTurn(1, "who?"), read_filters('{"from": "12024-01-01"}'))
    found = (last_of(service, bad), asyncio.run(asked_again(service, bad, None, READER)))
    assert all("“from” is '12024-01-01'" in turn.problem and not turn.answer for turn in found)
    good = filtered(PageTurn(1, "who?"), read_filters('{"outlet": "Post"}'))
    assert (good.filters.outlet, good.problem) == ("Post", "")


def test_a_turn_is_rendered_once_however_often_it_is_shown() -> None:
    turn = PageTurn(1, "who?", answer=answer())
    assert turn.messages is turn.messages
    assert replace(turn, number=2).messages != turn.messages


def test_the_articles_beside_a_draft_stay_until_it_cites_another_block() -> None:
    """The pane is read from the archive when what it shows changes, not at each sentence."""
    verbatim = answer()
    (citation,) = verbatim.citations
    writing = Writing("model", "host", verbatim.blocks)
    grown = [
        PageTurn(1, "who?", answer=replace(verbatim, body=drafts, writing=writing)).cited
        for drafts in ((), (Draft("A.", (citation,)),), 2 * (Draft("B.", (citation,)),))
    ]
    assert grown == [(), verbatim.blocks, verbatim.blocks]
