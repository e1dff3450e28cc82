"""Checks every request before its route: known paths, rights, origins; and sets security headers.

A path that is not in the table is not served, whatever the app behind it would do. A path in no row
needs a right by default. Knows nothing of what the routes contain.
"""

import asyncio
from collections.abc import Mapping
from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import Limits, Settings
from bot.web.protection.access import (
    Recogniser,
    Refused,
    Right,
    Visitor,
    address_of,
    check_right,
    without_port,
)
from bot.web.protection.limits import Limiter, metered

# For everybody: nothing of the articles is in them.
_OPEN = frozenset(
    """/docs /openapi.json /embed.js /healthz /readyz /manifest.json /config /theme.css
    /favicon.ico /robots.txt""".split()
)
# Gradio would serve much more: uploads to our disk, monitoring, a login.
_OPEN_BELOW = tuple(
    """/verbatim/ /assets/ /static/ /gradio_api/info /gradio_api/queue/data
    /gradio_api/heartbeat/ /gradio_api/cancel /gradio_api/reset /gradio_api/theme.css""".split()
)
_ASK = frozenset(
    """/ /ask /feed /frame /gradio_api/queue/join
    /api/ask /api/archive /api/examples /api/links /api/feedback""".split()
)
_READ = frozenset(
    "/library /article /versions /feed/said /watching /people /person /corrections".split()
)
# They take much, and change nothing.
_READ_BY_POST = frozenset(("/api/collection",))
_API = "/api/"
_UPLOADS = "/api/articles"
_BODILESS = ("GET", "HEAD", "OPTIONS", "DELETE")

_POLICY = (
    # No 'unsafe-eval' and no inline scripts: page_rewriting.py takes Gradio's own out.
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors "
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_PAGE = """<!doctype html>
<html lang="en" class="auto">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{reason} · Verbatim</title>
<link rel="stylesheet" href="{root}/verbatim/theme.css">
<link rel="stylesheet" href="{root}/verbatim/pages.css">
<main class="narrow">
<h1>{reason}</h1>
<p class="lead"><a href="{root}/">To the questions</a></p>
</main>
</html>
"""


def right_for(method: str, path: str) -> Right | None:
    """The right that a request needs, None if none; raises Refused for an unknown path."""
    if path in _OPEN or path.startswith(_OPEN_BELOW):
        return None
    if path in _ASK:
        return "ask"
    if path in _READ_BY_POST:
        return "read"
    if path in _READ or path.startswith(_API):
        return "read" if method in ("GET", "HEAD", "OPTIONS") else "write"
    raise Refused(404, "Not found.")


def _is_page(headers: Headers) -> bool:
    """Whether a browser wants to show the reply as a page of its own."""
    is_document = headers.get("sec-fetch-dest", "document") == "document"
    return is_document and "text/html" in headers.get("accept", "")


def _refusal(scope: Scope, refused: Refused) -> Response:
    """The refusal, as a page or as JSON."""
    if not _is_page(Headers(scope=scope)):
        return JSONResponse({"error": str(refused)}, refused.status, refused.headers)
    root = escape(scope.get("root_path", "").rstrip("/"))
    page = _PAGE.format(root=root, reason=escape(str(refused)))
    return HTMLResponse(page, refused.status, refused.headers)


class Guard:
    """Adds the security headers to every reply, and lets only permitted requests pass."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._recogniser = Recogniser(settings)
        limits = settings.limits
        self._limiter = Limiter(limits.per_minute, limits.visitors)
        ancestors = " ".join(("'self'", *settings.origins))
        self._headers = _HEADERS | {"Content-Security-Policy": _POLICY + ancestors}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "websocket":  # there are none
            await send({"type": "websocket.close", "code": 1000})
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send, self._headers))
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            scope, visitor = self._recogniser.recognise(scope)
            self._admit(scope, visitor)
            headers = Headers(scope=scope)
            most = _most(path_of(scope), self._settings.limits)
            receive = metered(receive, headers.get("content-length"), most)
        except Refused as refused:
            await _refusal(scope, refused)(scope, receive, send)
            return
        scope["state"] = {**scope.get("state", {}), "visitor": visitor}
        await _while_awaited(self._app, scope, receive, send)

    def _admit(self, scope: Scope, visitor: Visitor) -> None:
        headers = Headers(scope=scope)
        self._check_host(scope, headers.get("host", ""))
        right = right_for(scope["method"], path_of(scope))
        if right is None:
            return
        self._check_origin(scope, headers)
        self._limiter.take(visitor.name)
        # In a frame it would seem to be the page around it that wants a password.
        check_right(visitor, right, in_browser=_is_page(headers))

    def _check_host(self, scope: Scope, host: str) -> None:
        """Refuse a foreign host name: a page elsewhere may have made it point here (DNS rebinding).

        IP addresses and localhost cannot be abused so. If no names are configured, any name is
        accepted beyond this machine, and from a trusted proxy.
        """
        name = without_port(host).lower()
        hosts = self._settings.hosts
        if not name or name in ("localhost", *hosts) or address_of(name):
            return
        if hosts or (_is_loopback(scope) and not scope["proxied"]):
            raise Refused(
                403, "This server does not answer to this host name: it is not in “hosts”."
            )

    def _check_origin(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Refuse a request from another site's page, unless that site is configured."""
        origin = headers.get("origin")
        own = f"{scope['scheme']}://{headers.get('host', '')}".lower()
        is_own = origin in (None, own) or headers.get("sec-fetch-site") == "same-origin"
        if not is_own and origin not in self._settings.origins:
            raise Refused(403, "This site may not use Verbatim: it is not in “origins”.")


async def _while_awaited(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request, and cancel it as soon as its sender has gone."""
    is_read = asyncio.Event()
    if scope["method"] in _BODILESS:
        is_read.set()

    async def heard() -> Message:
        message = await receive()
        if not message.get("more_body", False):
            is_read.set()
        return message

    async def until_gone() -> None:
        await is_read.wait()
        while (await receive())["type"] != "http.disconnect":
            pass

    work, gone = (asyncio.ensure_future(each) for each in (app(scope, heard, send), until_gone()))
    try:
        await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not work.done():
            work.cancel()
            await asyncio.wait([work])
    if not work.cancelled():
        work.result()


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return guarded


def path_of(scope: Scope) -> str:
    """The path as the routes know it, without a proxy's prefix."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _most(path: str, limits: Limits) -> int:
    if path == _UPLOADS:
        return limits.upload
    return limits.body


def _is_loopback(scope: Scope) -> bool:
    address = address_of((scope.get("server") or ("",))[0])
    return address is not None and address.is_loopback
