"""What is done for a turn: its answer, new or kept, and the articles beside it."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, Citation
from bot.library.answer_store import AnswerStore
from bot.library.saved_answer import without_words
from bot.service import Service
from bot.web.chat.replies import (
    PageRequest,
    asked_again,
    filtered,
    pane_of,
    read_filters,
    read_page_request,
    turns_of,
)
from bot.web.chat.turns import PageTurn
from bot.web.protection.access import Visitor
from index.archive.archive import Archive
from index.schema import Span
from tests.archives import put, story
from tests.echo import Echo
from tests.fragments import Browser, one_by_one
from tests.test_saved_answer import Asked
from tests.visitors import READER

ARTICLE = story(3)


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
