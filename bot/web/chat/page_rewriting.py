"""Rewrites the chat page on its way out: no inline scripts, and a fallback without scripts.

What Gradio's inline scripts do is done otherwise or not needed: the page requests its
configuration, and the others serve pages framed by other sites, which this one is not.
"""

import re
from urllib.parse import urlencode

from markupsafe import escape
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.protection.guard import path_of

_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>.*?</script>", re.DOTALL)
# What other programs show of a link to the page: Gradio's own, with unfilled places.
_PREVIEW = re.compile(rb"""<meta\s+(?:property="og:|name="twitter:)[^>]*>""")
_TAKEN_ALONG = ("q", "a", "from", "to", "outlet", "__theme")
# The address of the page without scripts is relative to <base>, as all of Gradio's are.
_AT_ONCE = (
    '<meta property="og:title" content="Verbatim">'
    '<meta property="og:description" content="Answers in the articles’ own words">'
    '<script src="verbatim/leaving.js" defer></script>'
    '<noscript><meta http-equiv="refresh" content="0; url={}"></noscript></head>'
)
_FORM = """<noscript><main><h1>Verbatim</h1>
<form action="ask"><label>Question <input name="q" value="{}"></label> <button>Ask</button></form>
</main></noscript></body>"""


class PageRewriter:
    """Passes requests to `app` and rewrites the page at `/`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "http" and path_of(scope) in ("", "/"):
            # Else it comes compressed.
            kept = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
            asked = QueryParams(scope["query_string"])
            scope, send = {**scope, "headers": kept}, _RewrittenPage(send, asked).send
        await self._app(scope, receive, send)


class _RewrittenPage:
    """Collects a page while it is sent, and sends it rewritten."""

    def __init__(self, send: Send, asked: QueryParams) -> None:
        self._send = send
        self._asked = asked
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take one message of the response; at the last, send all of it."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False) or self._start is None:
            return
        if "text/html" in Headers(raw=self._start["headers"]).get("content-type", ""):
            self._body = changed(self._body, self._asked)
            MutableHeaders(scope=self._start)["content-length"] = str(len(self._body))
        await self._send(self._start)
        await self._send({**message, "body": self._body})


def changed(page: bytes, asked: QueryParams) -> bytes:
    """The page as the browser gets it, for these query parameters."""
    query = urlencode({name: asked[name] for name in _TAKEN_ALONG if asked.get(name)})
    place = escape(f"ask?{query}" if query else "ask")
    form = escape(asked.get("q", ""))
    page = _PREVIEW.sub(b"", _INLINE.sub(b"", page))
    page = page.replace(b"</head>", _AT_ONCE.format(place).encode(), 1)
    return page.replace(b"</body>", _FORM.format(form).encode(), 1)
