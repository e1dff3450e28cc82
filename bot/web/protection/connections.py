"""Limits connections: how many an address may hold open, and how long they may be idle.

For servers without a proxy, to which uvicorn leaves this. Knows nothing of requests.
"""

import asyncio
import contextlib
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from bot.settings import Settings
from bot.web.protection.access import Recogniser

# Until a request's headers are there, from the connection's beginning or the last reply's end.
HEAD_S = 15.0
_SPARE_FILES = 128  # for the archive and the libraries
_BODY = b'{"error": "Too many connections are open."}'
_REPLY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 5\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%s"
) % (len(_BODY), _BODY)


@dataclass(frozen=True)
class _Rules:
    """The limits of a server's connections, and the number of each address."""

    each: int
    most: int
    head_s: float
    is_proxy: Callable[[str], bool]
    held: Counter[str] = field(default_factory=Counter)


def protocol_for(settings: Settings, head_s: float = HEAD_S) -> type[H11Protocol]:
    """The protocol class for uvicorn that enforces the limits; trusted proxies are exempt."""
    rules = _Rules(
        settings.limits.connections,
        _open_files() - _SPARE_FILES,
        head_s,
        Recogniser(settings).is_proxy,
    )
    return type("Protocol", (_Protocol,), {"rules": rules})


class _Protocol(H11Protocol):
    rules: ClassVar[_Rules]
    _peer = ""
    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        held = self.rules.held
        held[self._peer] += 1
        is_too_much = held[self._peer] > self.rules.each and not self.rules.is_proxy(self._peer)
        if is_too_much or len(self.connections) > self.rules.most:
            transport.write(_REPLY)
            transport.close()
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        held = self.rules.held
        held[self._peer] -= 1
        if not held[self._peer]:
            del held[self._peer]
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_answering:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._await_head()

    @property
    def _is_answering(self) -> bool:
        # None until the first request, whatever uvicorn says of its type.
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _await_head(self) -> None:
        self._stop_waiting()
        self._head = self.loop.call_later(self.rules.head_s, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head:
            self._head.cancel()
            self._head = None

    def _give_up(self) -> None:
        if not self._is_answering:
            self.transport.close()


def raise_file_limit() -> None:
    """Allow as many open files as the system permits: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(hard, 65_536) if hard != resource.RLIM_INFINITY else 65_536
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(ValueError, OSError):  # then it stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _open_files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 65_536
