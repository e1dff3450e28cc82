"""Assembles the web app: our own routes first, then the chat page, all behind the guard.

Knows nothing of how an answer is found or rendered.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from bot.rendering.escape import wrong_field
from bot.rendering.records import State
from bot.service import Service
from bot.settings import Settings
from bot.web.api import ask, cite, collection, corrections, feeds, library, saved_answers
from bot.web.chat.type_stubs import leave_unwritten
from bot.web.errors import headers_of, status_of
from bot.web.pages import api_docs, plain, renderer
from bot.web.protection.guard import Guard, path_of
from index.schema import VerbatimError

_STATIC = Path(__file__).parent / "static"
_METHODS = ("GET", "POST", "DELETE")
_STATUS = {"ready": 200, "opening": 503, "failed": 500}
_SAYS = {
    "ready": "Questions are answered.",
    "opening": "The archive is being opened.",
    "failed": "The archive could not be opened. The server’s log has the reason.",
}


def make_app(service: Service, settings: Settings) -> FastAPI:
    """The whole app, ready to serve."""
    leave_unwritten()
    from bot.web.chat.page import mount_page  # seconds: Gradio

    return mount_page(make_site(service, settings), service)


def make_site(service: Service, settings: Settings) -> FastAPI:
    """The app without the chat page, which takes every remaining path."""
    app = api_docs.DocumentedApp(settings)
    app.add_middleware(Guard, settings=settings)
    # Outermost, so that listed sites can read a refusal too. Present even if none is listed: else
    # Gradio adds its own, which allows every origin.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After", "X-Left-Out"],
    )
    _add_handlers(app)
    _add_states(app, service)
    app.include_router(ask.router(service))
    app.include_router(library.router(service, settings))
    app.include_router(cite.router(service))
    app.include_router(collection.router(service))
    app.include_router(corrections.router(service))
    app.include_router(feeds.router(service))
    app.include_router(saved_answers.router(service))
    app.include_router(renderer.router(service, settings))
    app.include_router(api_docs.router(renderer.PageRenderer(service)))
    app.include_router(plain.router(service, settings))
    app.mount("/verbatim", StaticFiles(directory=_STATIC))
    app.router.routes.append(_Rest(app.router.routes))
    return app


class _Rest(BaseRoute):
    """Refuses our own paths with a wrong method, which the chat page would answer otherwise."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = tuple(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the path is ours, but not with this method, or an unknown one of the API."""
        allowed = [m for m in _METHODS if self._has(scope, m)]
        is_api = path_of(scope).startswith("/api/")
        return (Match.FULL if allowed or is_api else Match.NONE), {"allowed": ", ".join(allowed)}

    def _has(self, scope: Scope, method: str) -> bool:
        asked = {**scope, "method": method}
        return any(route.matches(asked)[0] == Match.FULL for route in self._routes)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse it."""
        if not scope["allowed"]:
            raise HTTPException(404, "Not found.")
        reason = f"This path allows {scope['allowed']} only."
        raise HTTPException(405, reason, {"Allow": scope["allowed"]})


def _add_states(app: FastAPI, service: Service) -> None:
    @app.get("/healthz", tags=["State"], summary="Whether the server is running")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get(
        "/readyz",
        tags=["State"],
        summary="Whether questions are answered",
        responses={200: {"model": State}, 503: {"model": State}, 500: {"model": State}},
    )
    async def ready() -> JSONResponse:
        state = service.state
        return JSONResponse({"status": state, "message": _SAYS[state]}, _STATUS[state])

    @app.get("/manifest.json", include_in_schema=False)
    async def manifest() -> dict[str, str]:
        return {"name": "Verbatim", "short_name": "Verbatim", "display": "browser"}


def _add_handlers(app: FastAPI) -> None:
    """Make every error `{"error": "one line"}`."""

    @app.exception_handler(VerbatimError)
    async def explain(request: Request, error: VerbatimError) -> JSONResponse:
        return _problem(status_of(error), str(error), headers_of(error))

    @app.exception_handler(RequestValidationError)
    async def mend(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        return _problem(400, wrong_field(first["loc"][-1:], first["msg"]))

    @app.exception_handler(HTTPException)
    async def refuse(request: Request, error: HTTPException) -> JSONResponse:
        return _problem(error.status_code, error.detail, error.headers)

    @app.exception_handler(Exception)
    async def fail(request: Request, error: Exception) -> JSONResponse:
        # The details go to the log, not to visitors.
        return _problem(500, "Something went wrong. The server’s log has the details.")


def _problem(status: int, reason: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": reason}, status, headers)
