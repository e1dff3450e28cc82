"""Stands before Gradio's queue and passes only what the page itself would send.

Gradio trusts its clients: it keeps a session name of any length for ever, and an unknown event ends
in a traceback. Knows the protocol of Gradio's page, not Gradio.
"""

import json
from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.api.request_bodies import BadRequest, parse
from bot.web.chat.sessions import Sessions
from bot.web.protection.access import Refused, visitor_of
from bot.web.protection.guard import path_of

_QUEUE = "/gradio_api/"
_MAX_INPUT = 20_000  # characters of one input: the longest is what a button orders
_NAME = r"^[a-z0-9]{6,20}$"

Name = Annotated[str, Field(pattern=_NAME)]
Input = Annotated[str, Field(max_length=_MAX_INPUT)] | None

# The last message of a stream of Gradio's, as its first bytes.
_CLOSE = b'data: {"msg":"close_stream"'


class _Sent(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class Join(_Sent):
    """An event of the page, with the contents of its inputs."""

    session_hash: Name
    fn_index: int
    data: Annotated[list[Input], Field(max_length=10)]
    trigger_id: Annotated[int, Field(ge=0, le=10_000)] | None = None

    def body(self) -> bytes:
        """The event as Gradio expects it, and nothing besides."""
        return json.dumps({"event_data": None, **self.model_dump()}).encode()


class QueueGate:
    """Passes to `app` what the page may send.

    `inputs` tells for each event which of its inputs are texts; the others live on the server and
    are sent as null.
    """

    def __init__(
        self, app: ASGIApp, sessions: Sessions, inputs: Mapping[int, tuple[bool, ...]]
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._inputs = inputs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        path = path_of(scope) if scope["type"] == "http" else ""
        if not path.startswith(_QUEUE):
            await self._app(scope, receive, send)
            return
        try:
            await self._pass(path.removeprefix(_QUEUE), scope, receive, send)
        except BadRequest as error:
            await JSONResponse({"error": str(error)}, 400)(scope, receive, send)
        except Refused as refused:
            reply = JSONResponse({"error": str(refused)}, refused.status, refused.headers)
            await reply(scope, receive, send)

    async def _pass(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if path == "queue/join":
            await self._join(scope, receive, send)
        elif path == "queue/data":
            await self._listen(scope, receive, send)
        elif path in ("cancel", "reset"):  # the page gives nothing up by these
            await JSONResponse({"success": True})(scope, receive, send)
        elif path.startswith("heartbeat/"):
            # Not needed: what is kept of pages is bounded, whether they are closed or not.
            await Response(status_code=204)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        sent = parse(await request.body(), Join)
        sent.data = _inputs_of(sent, self._inputs.get(sent.fn_index))
        self._sessions.join(sent.session_hash, visitor_of(request).name)
        await self._app(_with_length(scope, sent.body()), _again(sent.body(), receive), send)
        self._sessions.queued(sent.session_hash)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = QueryParams(scope["query_string"]).get("session_hash", "")
        if name not in self._sessions:
            lost = {"msg": "unexpected_error", "message": "", "session_not_found": True}
            event = f"data: {json.dumps(lost | {'success': False})}\n\n"
            await StreamingResponse(iter([event]), media_type="text/event-stream")(
                scope, receive, send
            )
            return
        stream = _EventStream(send, lambda: self._sessions.over(name))
        with self._sessions.listening(name):
            await self._app(scope, receive, stream.send)
            while stream.is_closing and await self._sessions.is_asked_again(name):
                await self._app(scope, receive, stream.send)
            await stream.end()


class _EventStream:
    """The events sent to a listening page, with the end held back.

    Gradio closes the stream with the page's last event; if the page sends a new event at that
    moment, it expects to hear of it on this stream.
    """

    def __init__(self, send: Send, closes: Callable[[], None]) -> None:
        """`closes` is called when the end arrives that is held back."""
        self._send = send
        self._closes = closes
        self._is_begun = False
        self._held = b""

    @property
    def is_closing(self) -> bool:
        return bool(self._held)

    async def send(self, message: Message) -> None:
        """Pass on every message but the end and a second start."""
        if message["type"] == "http.response.start":
            self._held = b""
            if self._is_begun:
                return
            self._is_begun = True
            await self._send(message)
        elif message.get("body", b"").startswith(_CLOSE):
            self._held = message["body"]
            self._closes()
        elif message.get("body"):
            await self._send({**message, "more_body": True})

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": self._held})


def _inputs_of(sent: Join, are_texts: tuple[bool, ...] | None) -> list[str | None]:
    """The inputs of an event; raises BadRequest if there is no such event."""
    if are_texts is None or len(are_texts) != len(sent.data):
        raise BadRequest("There is no such event on the page.")
    pairs = list(zip(sent.data, are_texts, strict=True))
    if any(each is not None and not is_text for each, is_text in pairs):
        raise BadRequest("There is no such event on the page.")
    # A box that the page has not drawn yet is null: there is nothing in it.
    return [(each or "") if is_text else None for each, is_text in pairs]


def _with_length(scope: Scope, body: bytes) -> Scope:
    others = [pair for pair in scope["headers"] if pair[0].lower() != b"content-length"]
    return {**scope, "headers": [*others, (b"content-length", b"%d" % len(body))]}


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that replays the body already read, then goes on."""
    is_read = False

    async def receive_again() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
