"""The web app: our own routes first, then the page; and what no visitor may reach.

Knows nothing of how an answer is found or rendered.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.render import to_json
from bot.service import BadQuestion, Service
from bot.web.chat import mount_page
from index.schema import VerbatimError

_STATIC = Path(__file__).parent / "static"
_EXAMPLES = 4
_MAX_BODY = 64 * 1024
_STATUS = {"ready": 200, "opening": 503, "failed": 500}
_SAYS = {
    "ready": "Questions are answered.",
    "opening": "The archive is being opened.",
    "failed": "The archive could not be opened. The server’s log says why.",
}
# All that is served. Gradio would serve much more: uploads to our disk, monitoring, a login.
_OPEN = frozenset(
    """/ /api/ask /api/examples /healthz /readyz /manifest.json /config /theme.css /favicon.ico
    /robots.txt""".split()
)
_OPEN_BELOW = tuple(
    """/verbatim/ /assets/ /static/ /gradio_api/startup-events /gradio_api/info /gradio_api/queue/
    /gradio_api/heartbeat/ /gradio_api/cancel /gradio_api/reset /gradio_api/theme.css""".split()
)
_HEADERS = {
    # No 'unsafe-eval' and no inline scripts: Gradio's own are refused too and it does without.
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class BadRequest(VerbatimError):
    """The body of a request cannot be read."""


def make_app(service: Service) -> FastAPI:
    """Everything that is served, ready to run."""
    app = FastAPI(title="Verbatim", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(_Guard)
    # Present, so that Gradio does not add its own, which allows every origin.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    _add_routes(app, service)
    app.mount("/verbatim", StaticFiles(directory=_STATIC))
    return mount_page(app, service)


def _add_routes(app: FastAPI, service: Service) -> None:
    @app.get("/healthz")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def ready() -> JSONResponse:
        state = service.state
        return JSONResponse({"status": state, "message": _SAYS[state]}, _STATUS[state])

    @app.get("/manifest.json")
    async def manifest() -> dict[str, str]:
        return {"name": "Verbatim", "short_name": "Verbatim", "display": "browser"}

    @app.get("/api/examples")
    async def examples() -> dict[str, tuple[str, ...]]:
        return {"examples": await service.examples(_EXAMPLES)}

    @app.post("/api/ask")
    async def ask(request: Request) -> JSONResponse:
        sent = parse_request(await _read(request))
        answer = await service.answer(sent.question, sent.history)
        return JSONResponse(to_json(answer, sent.id))

    @app.exception_handler(VerbatimError)
    async def explain(request: Request, error: VerbatimError) -> Response:
        status = 400 if isinstance(error, BadQuestion | BadRequest) else 500
        return JSONResponse({"error": str(error)}, status)


async def _read(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MAX_BODY:
            raise BadRequest(f"The body is longer than {_MAX_BODY:,} bytes.")
    return body


@dataclass(frozen=True, slots=True)
class AskRequest:
    """What `POST /api/ask` is sent."""

    question: str
    history: tuple[str, ...] = ()
    id: str | None = None


def parse_request(body: bytes) -> AskRequest:
    """Read `{"question", "history"?, "id"?}`; an earlier question is text or `{"question"}`."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON.") from error
    if not isinstance(sent, dict):
        raise BadRequest('The body is no object: send {"question": "..."}.')
    history, name = sent.get("history") or [], sent.get("id")
    if not isinstance(history, list):
        raise BadRequest('"history" is no list of earlier questions.')
    if name is not None and not isinstance(name, str):
        raise BadRequest('"id" is no text.')
    earlier = (each.get("question") if isinstance(each, dict) else each for each in history)
    texts = [_text(each, "history") for each in earlier]
    return AskRequest(_text(sent.get("question"), "question"), tuple(texts), name)


def _text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise BadRequest(f'"{field}" is missing or no text.')
    return value


class _Guard:
    """Sends the security headers with everything and hides what the page does not need."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        path = scope["path"]
        is_open = path in _OPEN or path.startswith(_OPEN_BELOW)
        app = self._app if is_open else JSONResponse({"error": "Not found."}, 404)
        await app(scope, receive, guarded)
