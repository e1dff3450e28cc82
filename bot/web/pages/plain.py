"""Answers on pages without scripts: `ask`, and `frame`, which other sites embed by `embed.js`.

The frame has no navigation and works in a sandbox without an origin of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from bot.filters import BadFilter, Filters
from bot.library.library import Holdings
from bot.query.grammar.question import MAX_HISTORY
from bot.rendering.labels import day_of
from bot.service import Service
from bot.settings import Settings
from bot.web.chat.turns import PageTurn, answered_turn
from bot.web.errors import headers_of, status_of
from bot.web.pages.renderer import PageRenderer, given_filters
from bot.web.protection.access import Visitor, visitor_of
from index.schema import VerbatimError

_HERE = Path(__file__).parent.parent
_THEMES = ("light", "dark", "auto")
_OPENING = "The archive is being opened. The answer appears when it is open."
_RETRY_S = "2"
_NAMED = 3  # outlets
_NOTHING_OFFERED: dict[str, Any] = {"holdings": "", "examples": ()}
# The status of a reply, its headers, and what it shows.
_Reply = tuple[int, Mapping[str, str], PageTurn]


def router(service: Service, settings: Settings) -> APIRouter:
    """`ask`, `frame`, and `embed.js`, which puts the frame into a page."""
    routes = APIRouter(include_in_schema=False)
    renderer = PageRenderer(service)
    max_length = settings.limits.question

    @routes.get("/ask")
    async def ask(
        request: Request,
        after: Annotated[list[str] | None, Query()] = None,
        q: str = "",
        a: str = "",
    ) -> Response:
        turn = PageTurn(1, q.strip(), tuple(after or ())[-MAX_HISTORY:])
        given = given_filters(request)
        try:
            turn = replace(turn, filters=Filters.read(**given))
            status, headers, found = await _look_up(service, turn, a or None, visitor_of(request))
        except BadFilter as error:
            status, headers, found = _failed(turn, error)
        shown = {"question": turn.question[:max_length], "max_length": max_length, "turn": found}
        is_ready = service.state == "ready" and not turn.question
        offered = await _offered(service, visitor_of(request)) if is_ready else _NOTHING_OFFERED
        context = {**shown, **given, **offered, "current": "./"}
        return renderer.reply(request, "ask", context, status, headers)

    @routes.get("/frame")
    async def frame(request: Request, q: str = "", theme: str = "light") -> Response:
        turn = PageTurn(1, q.strip())
        status, headers, found = await _look_up(service, turn, None, visitor_of(request))
        context = {
            "question": turn.question[:max_length],
            "max_length": max_length,
            "theme": theme if theme in _THEMES else _THEMES[0],
            "origins": " ".join(settings.origins),
            "turn": found,
        }
        return renderer.reply(request, "frame", context, status, headers)

    @routes.get("/embed.js")
    async def script() -> FileResponse:
        return FileResponse(_HERE / "static" / "embed.js", media_type="text/javascript")

    return routes


def _headers(retry_s: str | None = None) -> Mapping[str, str]:
    """The page asks again by itself after so many seconds."""
    again = {"Refresh": retry_s, "Retry-After": retry_s} if retry_s else {}
    return {"Cache-Control": "no-store", **again}


async def _offered(service: Service, visitor: Visitor) -> dict[str, Any]:
    """What the archive holds, in a line, and what it answers, for the template."""
    held = await service.do(lambda answerer: answerer.library.holdings(), visitor=visitor.name)
    examples = await service.examples(visitor=visitor.name)
    return {"holdings": _in_words(held), "examples": examples}


def _in_words(held: Holdings) -> str:
    """As the chat's script says it: "285 articles of Wikinews, 2 May 2005 to 3 May 2006."."""
    if not held.n_articles:
        return ""
    names = [name for name, _ in held.outlets[:_NAMED]]
    more = len(held.outlets) - len(names)
    of = f" of {', '.join(names)}" if names else ""
    days = " to ".join(dict.fromkeys(day_of(day) for day in (held.first, held.last) if day))
    counted = f"{held.n_articles:,} article{'s' * (held.n_articles > 1)}"
    return f"{counted}{of}{f' and {more} more' * (more > 0)}{days and f', {days}'}."


async def _look_up(service: Service, turn: PageTurn, kept: str | None, visitor: Visitor) -> _Reply:
    if not turn.question:
        return 200, _headers(), turn
    if service.state == "opening":
        return 503, _headers(_RETRY_S), replace(turn, problem=_OPENING)
    try:
        return 200, _headers(), await answered_turn(service, turn, kept, visitor)
    except VerbatimError as error:
        return _failed(turn, error)


def _failed(turn: PageTurn, error: VerbatimError) -> _Reply:
    headers = _headers(headers_of(error).get("Retry-After"))
    return status_of(error), headers, replace(turn, problem=str(error))
