import asyncio
from collections.abc import Callable

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message

from bot.web.protection.access import Refused
from bot.web.protection.limits import Limiter, metered


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def n_allowed(limiter: Limiter, visitor: str, n: int) -> int:
    """How many of so many requests at once are answered."""
    allowed = 0
    for _ in range(n):
        try:
            limiter.take(visitor)
        except Refused:
            continue
        allowed += 1
    return allowed


def test_a_visitor_may_ask_so_often_a_minute_and_then_waits_as_long_as_it_says() -> None:
    clock = Clock()
    limiter = Limiter(per_minute=6, visitors=10, clock=clock)
    assert n_allowed(limiter, "ann", 20) == 6
    with pytest.raises(Refused) as caught:
        limiter.take("ann")
    assert caught.value.status == 429
    wait = int(caught.value.headers["Retry-After"])
    clock.now += wait - 0.5
    assert n_allowed(limiter, "ann", 1) == 0
    clock.now += 0.5
    assert n_allowed(limiter, "ann", 20) == 1


def test_a_minute_of_silence_gives_no_more_than_a_minutes_requests() -> None:
    clock = Clock()
    limiter = Limiter(per_minute=6, visitors=10, clock=clock)
    n_allowed(limiter, "ann", 6)
    clock.now += 100_000
    assert n_allowed(limiter, "ann", 20) == 6


def test_one_visitors_haste_costs_no_other() -> None:
    limiter = Limiter(per_minute=6, visitors=10, clock=Clock())
    n_allowed(limiter, "ann", 100)
    assert n_allowed(limiter, "bob", 6) == 6


def test_no_more_visitors_are_remembered_than_configured() -> None:
    limiter = Limiter(per_minute=2, visitors=100, clock=Clock())
    for n in range(10_000):
        limiter.take(f"visitor {n}")
    assert len(limiter) == 100
    # The latest are among them.
    assert n_allowed(limiter, "visitor 9999", 5) == 1


def read_all(most: int, announced: str | None, *bodies: bytes) -> bytes:
    """What is received of a request with these pieces."""
    pieces = list(bodies)

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    counted: Callable[[], object] = metered(receive, announced, most)

    async def read() -> bytes:
        whole = b""
        while pieces:
            message = await counted()  # type: ignore[misc]
            whole += message["body"]
        return whole

    return asyncio.run(read())


def test_as_many_bytes_as_are_allowed_are_read() -> None:
    assert read_all(6, "6", b"abc", b"def") == b"abcdef"
    assert read_all(6, None, b"abc", b"def") == b"abcdef"


@pytest.mark.parametrize("announced", ["7", "999999999999999999999999999999", "9" * 5000])
def test_a_body_that_is_announced_too_long_is_not_read(announced: str) -> None:
    with pytest.raises(Refused) as caught:
        read_all(6, announced, b"abcdefg")
    assert caught.value.status == 413


@pytest.mark.parametrize("announced", [None, "3", "-1", "no number", "٣"])
def test_a_body_that_grows_too_long_is_cut_off(announced: str | None) -> None:
    with pytest.raises(HTTPException) as caught:
        read_all(6, announced, b"abc", b"def", b"g")
    assert caught.value.status_code == 413
