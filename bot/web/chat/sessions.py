"""Tracks the open pages: the visitor of each, whether the page still listens, how much it holds.

Bounded per visitor and in total; the first to be dropped is the longest unused page of the visitor
with most. For one event loop. Knows nothing of Gradio, which holds the pages' data.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bot.web.protection.access import Refused

T = TypeVar("T")

MAX_SESSIONS = 400
_EACH = 40
_MAX_WEIGHT = 32_000_000  # characters of articles, in all
_EVENTS = 4  # of one page at a time
_EVENTS_EACH = 40  # of all pages of one visitor
# A page that asks listens at once; after this time it never will.
_PATIENCE_S = 15.0
# Requests older than this no longer count, whatever became of them.
_FORGOTTEN_S = 60.0
# The end of a stream is held back for so long: the page may be asking for something just now.
_LINGER_S = 2.0


@dataclass(slots=True, eq=False)
class _Session:
    visitor: str
    weight: int = 0
    asked_at: list[float] = field(default_factory=list)
    n_asked: int = 0
    listeners: int = 0
    queued: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)


class Sessions:
    """All open pages."""

    def __init__(self, forget: Callable[[str], None], patience_s: float = _PATIENCE_S) -> None:
        """`forget` is called with the name of each page that is dropped."""
        self._forget = forget
        self._patience_s = patience_s
        self._open: dict[str, _Session] = {}  # the longest unused first

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, name: object) -> bool:
        return name in self._open

    def join(self, name: str, visitor: str) -> None:
        """A page asks for something; raises Refused if its visitor has too much waiting."""
        now = time.monotonic()
        for session in self._open.values():
            session.asked_at = [at for at in session.asked_at if now - at < _FORGOTTEN_S]
        asked = {n: len(s.asked_at) for n, s in self._open.items() if s.visitor == visitor}
        if asked.get(name, 0) >= _EVENTS or sum(asked.values()) >= _EVENTS_EACH:
            raise Refused(
                503,
                "Your earlier questions are still waiting. Try again in a moment.",
                Retry_After="5",
            )
        session = self._open.pop(name) if name in self._open else _Session(visitor)
        session.visitor = visitor
        session.asked_at.append(now)
        session.n_asked += 1
        session.left.clear()
        self._open[name] = session
        self._bound()

    def weigh(self, name: str, characters: int) -> None:
        """Record how many characters of articles a page holds."""
        if session := self._open.get(name):
            session.weight = characters
            self._bound()

    def done(self, name: str) -> None:
        """What a page asked for is done or cancelled."""
        if (session := self._open.get(name)) and session.asked_at:
            session.asked_at.pop(0)

    def interrupt(self, name: str) -> None:
        """Cancel what a page asked for."""
        if session := self._open.get(name):
            session.left.set()

    @contextmanager
    def listening(self, name: str) -> Iterator[None]:
        """A client listens for a page; when none does any more, its work is cancelled."""
        session = self._open[name]
        n_asked = session.n_asked
        session.listeners += 1
        session.heard.set()
        try:
            yield
        finally:
            session.listeners -= 1
            if not session.listeners:
                session.heard.clear()
                # Something was asked while this stream ended: its own is on the way.
                patience_s = self._patience_s if session.n_asked > n_asked else 0.0
                asyncio.get_running_loop().call_later(patience_s, _leave, session)

    def queued(self, name: str) -> None:
        """What a page asked for is in the queue now."""
        if session := self._open.get(name):
            session.queued.set()

    def over(self, name: str) -> None:
        """The queue has nothing of the page any more."""
        if session := self._open.get(name):
            session.queued.clear()

    async def is_asked_again(self, name: str) -> bool:
        """Whether the page has asked again since then, or does so in the next moments."""
        session = self._open.get(name)
        return session is not None and await _comes(session.queued, _LINGER_S)

    async def while_heard(self, name: str, steps: AsyncGenerator[T]) -> AsyncIterator[T]:
        """The steps of some work for a page, as long as a client listens."""
        session = self._open.get(name)
        if session is None or not await _comes(session.heard, self._patience_s):
            return
        async with aclosing(steps):
            left = asyncio.ensure_future(session.left.wait())
            try:
                while True:
                    coming = asyncio.ensure_future(anext(steps, None))
                    try:
                        await asyncio.wait((coming, left), return_when=asyncio.FIRST_COMPLETED)
                    finally:
                        if not coming.done():
                            coming.cancel()
                            await asyncio.wait([coming])
                    step = None if coming.cancelled() else coming.result()
                    if step is None:
                        return
                    yield step
            finally:
                left.cancel()

    def _bound(self) -> None:
        """Drop the longest unused page of the visitor with most, while there are too many."""
        while len(self._open) > 1:
            counts: dict[str, int] = {}
            weights: dict[str, int] = {}
            for session in self._open.values():
                counts[session.visitor] = counts.get(session.visitor, 0) + 1
                weights[session.visitor] = weights.get(session.visitor, 0) + session.weight
            most = max(counts, key=lambda visitor: counts[visitor])
            heaviest = max(weights, key=lambda visitor: weights[visitor])
            if counts[most] > _EACH or len(self._open) > MAX_SESSIONS:
                self._drop(most)
            elif sum(weights.values()) > _MAX_WEIGHT:
                self._drop(heaviest)
            else:
                return

    def _drop(self, visitor: str) -> None:
        name = next(name for name, session in self._open.items() if session.visitor == visitor)
        session = self._open.pop(name)
        session.left.set()
        self._forget(name)


def _leave(session: _Session) -> None:
    if not session.listeners:
        session.left.set()


async def _comes(event: asyncio.Event, within_s: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True
