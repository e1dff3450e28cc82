"""Limits how much a visitor may send: requests per minute, and bytes per request.

Kept in the memory of one process, bounded by `Limits`.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from bot.web.protection.access import Refused

_PATIENCE_S = 20.0
_SLOWEST = 1000  # bytes a second


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limiter:
    """A token bucket for each visitor."""

    def __init__(
        self, per_minute: int, visitors: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._size = per_minute
        self._visitors = visitors
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, visitor: str) -> None:
        """Count a request; raises Refused, with the seconds to wait, if there were too many."""
        now = self._clock()
        bucket = self._buckets.pop(visitor, None) or _Bucket(self._size, now)
        self._buckets[visitor] = bucket  # the latest is last
        if len(self._buckets) > self._visitors:
            self._buckets.popitem(last=False)
        filled = bucket.tokens + (now - bucket.at) * self._size / 60
        bucket.tokens, bucket.at = min(self._size, filled), now
        if bucket.tokens < 1:
            wait = math.ceil((1 - bucket.tokens) * 60 / self._size)
            raise Refused(
                429,
                f"Too many requests: {self._size:,} a minute are allowed. "
                f"Try again in {wait} seconds.",
                Retry_After=str(wait),
            )
        bucket.tokens -= 1

    def __len__(self) -> int:
        return len(self._buckets)


def metered(receive: Receive, announced: str | None, most: int) -> Receive:
    """A `receive` that raises Refused if the body is, or is announced to be, too long.

    Also if it arrives slower than a kilobyte a second once `_PATIENCE_S` have passed.
    """
    if announced and announced.isdecimal() and int(announced[:18]) > most:
        raise Refused(413, _too_long(most))
    read = 0
    start = time.monotonic()
    is_whole = False

    async def counted() -> Message:
        nonlocal read, is_whole
        if is_whole:  # only whether the sender is gone is of interest
            return await receive()
        try:
            async with asyncio.timeout(start + _PATIENCE_S + read / _SLOWEST - time.monotonic()):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "The body of the request took too long to arrive.") from None
        is_whole = not message.get("more_body", False)
        read += len(message.get("body", b""))
        if read > most:
            # Of this kind, since frameworks take any other for a body that cannot be read.
            raise HTTPException(413, _too_long(most))
        return message

    return counted


def _too_long(most: int) -> str:
    return f"The request is too long: at most {most:,} bytes are allowed."
