import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

import pytest

from bot.web.chat import sessions as bounds
from bot.web.chat.sessions import Sessions
from bot.web.protection.access import Refused


def run(work: Callable[[Sessions, list[str]], Coroutine[Any, Any, None]]) -> None:
    """Run it with the sessions and the names of those that were forgotten."""

    async def go() -> None:
        forgotten: list[str] = []
        await work(Sessions(forgotten.append, patience_s=0.2), forgotten)

    asyncio.run(go())


async def count() -> AsyncGenerator[int]:
    """1, 2, 3, with a pause before each."""
    for n in (1, 2, 3):
        await asyncio.sleep(0.01)
        yield n


def test_the_longest_unused_page_of_whoever_has_most_is_forgotten_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "MAX_SESSIONS", 6)

    async def work(sessions: Sessions, forgotten: list[str]) -> None:
        sessions.join("bob", "bob")
        for n in range(4):
            sessions.join(f"ann {n}", "ann")
        sessions.join("ann 0", "ann")  # used again
        for name in ("eve", "dan", "kim"):
            sessions.join(name, name)
        assert forgotten == ["ann 1", "ann 2"]
        assert len(sessions) == 6

    run(work)


def test_one_visitor_has_only_so_many_pages_and_displaces_nobody() -> None:
    async def work(sessions: Sessions, forgotten: list[str]) -> None:
        sessions.join("bob", "bob")
        for n in range(1000):
            sessions.join(f"ann {n}", "ann")
            sessions.done(f"ann {n}")
        assert "bob" in sessions
        assert len(sessions) == bounds._EACH + 1
        assert len(forgotten) == 1000 - bounds._EACH

    run(work)


def test_who_holds_most_of_the_articles_is_forgotten_when_it_is_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "_MAX_WEIGHT", 100)

    async def work(sessions: Sessions, forgotten: list[str]) -> None:
        for name, weight in (("bob", 30), ("ann", 60), ("eve", 5)):
            sessions.join(name, name)
            sessions.weigh(name, weight)
        assert forgotten == []
        sessions.weigh("eve", 20)
        assert forgotten == ["ann"]
        sessions.weigh("ann", 5)  # too late

    run(work)


def test_a_page_and_a_visitor_have_only_so_much_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_EVENTS_EACH", 6)

    async def work(sessions: Sessions, _: list[str]) -> None:
        for _n in range(4):
            sessions.join("one", "ann")
        with pytest.raises(Refused) as refused:
            sessions.join("one", "ann")
        assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "5"})
        sessions.join("two", "ann")
        sessions.join("three", "ann")
        with pytest.raises(Refused):
            sessions.join("four", "ann")
        sessions.join("four", "bob")
        sessions.done("one")
        sessions.join("five", "ann")

    run(work)


def test_what_was_asked_long_ago_counts_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_FORGOTTEN_S", 0.05)

    async def work(sessions: Sessions, _: list[str]) -> None:
        for _n in range(3):
            for _m in range(4):
                sessions.join("one", "ann")
            await asyncio.sleep(0.1)

    run(work)


def test_work_goes_on_while_somebody_listens() -> None:
    async def work(sessions: Sessions, _: list[str]) -> None:
        sessions.join("one", "ann")
        with sessions.listening("one"):
            assert [n async for n in sessions.while_heard("one", count())] == [1, 2, 3]

    run(work)


def test_work_begins_when_somebody_listens_and_not_at_all_if_nobody_does() -> None:
    async def work(sessions: Sessions, _: list[str]) -> None:
        sessions.join("one", "ann")
        assert [n async for n in sessions.while_heard("one", count())] == []
        assert [n async for n in sessions.while_heard("unknown", count())] == []
        later = asyncio.ensure_future(_all(sessions, "one"))
        await asyncio.sleep(0.05)
        with sessions.listening("one"):
            assert await later == [1, 2, 3]

    run(work)


async def _all(sessions: Sessions, name: str) -> list[int]:
    return [n async for n in sessions.while_heard(name, count())]


def test_work_goes_on_where_one_stream_ends_as_the_next_begins() -> None:
    """What was asked while the old stream was still open is told of by the new one."""

    async def work(sessions: Sessions, _: list[str]) -> None:
        sessions.join("one", "ann")
        with sessions.listening("one"):
            sessions.join("one", "ann")
            later = asyncio.ensure_future(_all(sessions, "one"))
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        with sessions.listening("one"):
            assert await later == [1, 2, 3]

    run(work)


def test_work_stops_where_the_next_stream_never_begins() -> None:
    async def work(sessions: Sessions, _: list[str]) -> None:
        async def slow() -> AsyncGenerator[int]:
            yield 1
            await asyncio.sleep(3600)

        sessions.join("one", "ann")
        with sessions.listening("one"):
            sessions.join("one", "ann")
            steps = sessions.while_heard("one", slow())
            assert await anext(steps) == 1
        assert [n async for n in steps] == []

    run(work)


def test_work_stops_and_is_closed_when_nobody_listens_any_more() -> None:
    async def work(sessions: Sessions, _: list[str]) -> None:
        closed = asyncio.Event()

        async def slow() -> AsyncGenerator[int]:
            try:
                yield 1
                await asyncio.sleep(3600)
            finally:
                closed.set()

        sessions.join("one", "ann")
        seen: list[int] = []
        listening = sessions.listening("one")
        with listening:
            steps = sessions.while_heard("one", slow())
            seen.append(await anext(steps))
            rest = asyncio.ensure_future(anext(steps, None))
            await asyncio.sleep(0.02)
        assert await rest is None
        assert closed.is_set()
        assert seen == [1]

    run(work)
