import asyncio
import logging
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answer import Answer, Refusal
from bot.answerer import Answerer
from bot.drafting.model import LanguageModel
from bot.filters import NO_FILTERS, Filters
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH
from bot.service import BadQuestion, Service, Unavailable, check_question
from bot.settings import Model
from index.schema import NotFound, VerbatimError
from tests.echo import PLACE, Echo


def refuse_to_open() -> Answerer:
    raise VerbatimError(f"no archive in {PLACE}")


def test_a_question_asked_while_the_archive_opens_waits_and_is_answered() -> None:
    gate = threading.Event()

    def open_slowly() -> Answerer:
        gate.wait(10)
        return Echo()

    service = Service(open_slowly)

    async def ask() -> Answer:
        asked = asyncio.create_task(service.answer("who?"))
        await asyncio.sleep(0.05)
        assert not asked.done()
        assert service.state == "opening"
        gate.set()
        return await asked

    assert asyncio.run(ask()).message == "who?"
    assert service.state == "ready"


def test_who_wants_the_articles_own_words_waits_for_no_model() -> None:
    # Nobody listens there, and Echo has no checker: whoever asked for a draft would fail.
    model = LanguageModel(Model("http://127.0.0.1:9/v1", "none"))
    service = Service(Echo, model=model)

    async def ask() -> list[Answer]:
        return [answer async for answer in service.answers("who?", verbatim=True)]

    assert [answer.message for answer in asyncio.run(ask())] == ["who?"]


def test_one_who_leaves_does_not_stop_the_opening_for_the_others() -> None:
    gate = threading.Event()

    def open_slowly() -> Answerer:
        gate.wait(10)
        return Echo()

    service = Service(open_slowly)

    async def leave_and_ask() -> Answer:
        leaving = asyncio.create_task(service.answer("who?"))
        staying = asyncio.create_task(service.answer("what?"))
        await asyncio.sleep(0.05)
        leaving.cancel()
        gate.set()
        return await staying

    assert asyncio.run(leave_and_ask()).message == "what?"


def test_visitors_learn_that_opening_failed_and_the_log_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = Service(refuse_to_open)
    with pytest.raises(Unavailable) as caught:
        asyncio.run(service.answer("who?"))
    assert service.state == "failed"
    assert PLACE not in str(caught.value)
    assert PLACE in caplog.text


def test_a_long_change_is_not_in_the_way_of_questions() -> None:
    gate = threading.Event()
    service = Service(Echo)

    async def ask_meanwhile() -> Answer:
        changes = [asyncio.create_task(service.change(lambda _: gate.wait(10))) for _ in range(3)]
        answer = await service.answer("who?")
        assert not any(change.done() for change in changes)
        gate.set()
        await asyncio.gather(*changes)
        return answer

    assert asyncio.run(ask_meanwhile()).message == "who?"


def test_what_one_who_left_still_had_waiting_is_not_done() -> None:
    gate = threading.Event()
    echo = Echo()
    service = Service(lambda: echo)

    async def leave_and_ask() -> Answer:
        busy = [asyncio.create_task(service.do(lambda _: gate.wait(10))) for _ in range(2)]
        await asyncio.sleep(0.05)
        leaving = asyncio.create_task(service.answer("left?"))
        await asyncio.sleep(0.05)
        leaving.cancel()
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(*busy)
        return await service.answer("who?")

    assert asyncio.run(leave_and_ask()).message == "who?"
    assert echo.heard == [("who?",)]


def test_a_fault_is_logged_and_the_next_question_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = Service(Echo)
    with caplog.at_level(logging.ERROR), pytest.raises(Unavailable) as caught:
        asyncio.run(service.answer("break"))
    assert PLACE not in str(caught.value)
    assert PLACE in caplog.text
    assert asyncio.run(service.answer("who?")).message == "who?"


def test_what_a_visitor_asked_amiss_is_told_them() -> None:
    def look_up(answerer: Answerer) -> None:
        raise NotFound("No article is called “x”.")

    with pytest.raises(NotFound, match="“x”"):
        asyncio.run(Service(Echo).do(look_up))


def test_only_the_latest_of_a_long_history_is_passed_on() -> None:
    echo = Echo()
    asyncio.run(Service(lambda: echo).answer("last?", [f"{n}?" for n in range(100)]))
    assert echo.heard[-1] == (*(f"{n}?" for n in range(100 - MAX_HISTORY, 100)), "last?")


@pytest.mark.parametrize("question", ["", " \n\t", "x" * (MAX_LENGTH + 1), "half \ud83d pair"])
def test_a_question_that_cannot_be_asked_is_refused_with_the_reason(question: str) -> None:
    with pytest.raises(BadQuestion) as caught:
        check_question(question)
    str(caught.value).encode()
    with pytest.raises(BadQuestion):
        asyncio.run(Service(Echo).answer("fine?", [question]))


def test_the_longest_question_is_asked_as_it_is() -> None:
    question = " " + "x" * (MAX_LENGTH - 2) + " "
    assert check_question(question) == question


def test_a_missing_archive_is_a_failure_and_not_an_empty_answer(tmp_path: Path) -> None:
    service = Service(lambda: Answerer.open(tmp_path))
    with pytest.raises(Unavailable):
        asyncio.run(service.answer("who?"))


def test_what_is_known_is_answered_at_once() -> None:
    class Knowing(Echo):
        def cached(
            self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
        ) -> Answer | None:
            return Answer("a?", "known", "", (), Refusal("unclear")) if history else None

    echo = Knowing()
    service = Service(lambda: echo)
    assert asyncio.run(service.answer("c?", ["a?", "b?"])).message == "known"
    assert asyncio.run(service.answer("a?")).message == "a?"
    assert echo.heard == [("a?",)]
