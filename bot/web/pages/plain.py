"""Answers on pages without scripts: `ask`, and `frame`, which other sites embed by `embed.js`.

The frame has no navigation and works in a sandbox without an origin of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from bot.answer import Block, Run
from bot.filters import BadFilter, Filters
from bot.library.library import Holdings
from bot.query.grammar.question import MAX_HISTORY
from bot.rendering.labels import (
    also_in,
    article_page,
    day_of,
    origin_of,
    published_address,
    said_by,
    spoken,
)
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
# The status of a reply, its headers, and the context of its template.
_Reply = tuple[int, Mapping[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Voice:
    """One speaker's words in a block, for the template."""

    text: str
    speaker: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A block, for the template: `places` are its marks, each with its link."""

    voices: tuple[_Voice, ...]
    origin: str
    places: tuple[tuple[str, str], ...]
    publisher: str | None


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
        context = {"question": turn.question[:max_length], "max_length": max_length, **given}
        is_ready = service.state == "ready" and not turn.question
        context |= await _offered(service, visitor_of(request)) if is_ready else _NOTHING_OFFERED
        return renderer.reply(request, "ask", context | {"current": "./"} | found, status, headers)

    @routes.get("/frame")
    async def frame(request: Request, q: str = "", theme: str = "light") -> Response:
        turn = PageTurn(1, q.strip())
        status, headers, found = await _look_up(service, turn, None, visitor_of(request))
        context = {
            "question": turn.question[:max_length],
            "max_length": max_length,
            "theme": theme if theme in _THEMES else _THEMES[0],
            "origins": " ".join(settings.origins),
        }
        return renderer.reply(request, "frame", context | found, status, headers)

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
        return 200, _headers(), _shown(turn)
    if service.state == "opening":
        return 503, _headers(_RETRY_S), _shown(replace(turn, problem=_OPENING))
    try:
        return 200, _headers(), _shown(await answered_turn(service, turn, kept, visitor))
    except VerbatimError as error:
        return _failed(turn, error)


def _failed(turn: PageTurn, error: VerbatimError) -> _Reply:
    headers = _headers(headers_of(error).get("Retry-After"))
    return status_of(error), headers, _shown(replace(turn, problem=str(error)))


def _shown(turn: PageTurn) -> dict[str, Any]:
    answer = turn.answer
    sections = [
        (section, [_block(item) for item in items if isinstance(item, Block)])
        for section, items in (answer.groups if answer and answer.body else ())
    ]
    told = {"problem": turn.problem, "note": turn.note, "history": turn.history}
    told["only"] = turn.filters.text
    return {"answer": answer, "sections": sections, **told}


def _block(block: Block) -> _Block:
    return _Block(
        voices=tuple(
            _Voice(f"{before}{voice.text}{after}", *said_by(voice))
            for voice, before, after in spoken(block)
        ),
        origin=" · ".join(filter(None, (*origin_of(block.run.article), also_in([block.run])))),
        places=tuple((run.mark, _place(run)) for run in block.stretches),
        publisher=published_address(block.run.article, block.run.span),
    )


def _place(run: Run) -> str:
    """The link to the words on their article's page, from the root of the site."""
    start, end = run.span.start, run.span.end
    return f"{article_page(run.article)}&start={start}&end={end}#s-{start}"
