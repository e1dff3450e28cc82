"""The HTML pages beside the chat: library, article, versions, people, person, corrections, feeds.

Rendered on the server and usable without scripts. What articles contain is escaped by `inert`, in
attributes by `printable`. Knows nothing of how the archive finds what is shown.
"""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import StrictUndefined
from markupsafe import Markup

from bot.filters import MAX_OUTLET, Filters
from bot.rendering import labels
from bot.rendering.escape import inert
from bot.service import Service
from bot.settings import Settings
from bot.web.errors import RETRY_S, headers_of, status_of
from bot.web.pages.article import DETAILS, GONE, article_page, rows_of
from bot.web.pages.person import look_up, short
from bot.web.protection.access import visitor_of
from index.correcting import all_corrections, of_person
from index.language.dates import read_day
from index.printing import printable
from index.reading.formats.registry import SUFFIXES
from index.schema import NotFound, VerbatimError
from index.versions import history
from index.watching import watched

if TYPE_CHECKING:
    from bot.answerer import Answerer

_PAGE = 50
_OUTLETS = 500
_MOST_WORDS = 200  # characters that are searched for, as by the API
_HEADERS = {"Cache-Control": "no-cache"}
_THEMES = ("light", "dark")
_OPENING = "This page appears when the archive is open."
_HEADS = {
    HTTPStatus.NOT_FOUND: "Not here",
    HTTPStatus.BAD_REQUEST: "This cannot be shown",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not now",
    HTTPStatus.INSUFFICIENT_STORAGE: "The disk is full",
}

Context = Mapping[str, Any]  # what a template is given


def router(service: Service, settings: Settings) -> APIRouter:
    """`library`, `article`, `versions`, `watching`, `people`, `person` and `corrections`."""
    routes = APIRouter(include_in_schema=False)
    renderer = PageRenderer(service)

    @routes.get("/library")
    async def library(request: Request, q: str = "", page: str = "") -> Response:
        q, given = q[:_MOST_WORDS], given_filters(request)
        shown = {
            **given,
            "filters": {"from": given["since"], "to": given["until"], "outlet": given["outlet"]},
            "query": q,
            "page": _page(page),
            "size": _PAGE,
            "max_bytes": settings.limits.upload,
        }

        def read(answerer: "Answerer") -> Context:
            filters = Filters.read(**given)
            found = answerer.library.search(q, (_page(page) - 1) * _PAGE, _PAGE, filters)
            outlets = [name for name, _ in answerer.library.holdings().outlets[:_OUTLETS]]
            return {"found": found, "listing": found.listing, "outlets": outlets}

        return await renderer.render(request, "library", read, shown)

    @routes.get("/article")
    async def article(request: Request, id: str = "", start: str = "", end: str = "") -> Response:
        shown = {"who": "who" in request.query_params}
        return await renderer.render(
            request, "article", lambda answerer: article_page(answerer, id, start, end), shown
        )

    @routes.get("/versions")
    async def versions(request: Request, id: str = "") -> Response:
        return await renderer.render(
            request, "versions", lambda answerer: _versions(answerer, id), {}
        )

    @routes.get("/watching")
    async def watching(request: Request) -> Response:
        def read(answerer: "Answerer") -> Context:
            return {"feeds": watched(answerer.archive.address)}

        return await renderer.render(request, "watching", read, {})

    _add_people(routes, renderer)
    return routes


def _add_people(routes: APIRouter, renderer: "PageRenderer") -> None:
    @routes.get("/people")
    async def people(request: Request, q: str = "", page: str = "") -> Response:
        q = q[:_MOST_WORDS]

        def read(answerer: "Answerer") -> Context:
            most = answerer.library.people(limit=1).items
            listing = answerer.library.people(q, (_page(page) - 1) * _PAGE, _PAGE)
            return {"listing": listing, "most": most[0].n_statements if most else 1}

        shown = {"query": q, "page": _page(page), "size": _PAGE}
        return await renderer.render(request, "people", read, shown)

    @routes.get("/person")
    async def person(request: Request, name: str = "", topic: str = "") -> Response:
        def read(answerer: "Answerer") -> Context:
            found = look_up(answerer.library, name, topic)
            return {"found": found, "corrections": of_person(answerer.archive, found.names)}

        return await renderer.render(
            request, "person", read, {"name": name, "topic": topic.strip()}
        )

    @routes.get("/corrections")
    async def corrections(request: Request) -> Response:
        def read(answerer: "Answerer") -> Context:
            return {"corrections": all_corrections(answerer.archive)}

        return await renderer.render(request, "corrections", read, {})


class PageRenderer:
    """Renders a page, or the reason why it cannot be shown."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._templates = Jinja2Templates(Path(__file__).parent.parent / "templates")
        environment = self._templates.env
        environment.undefined = StrictUndefined
        environment.filters["inert"] = lambda text: Markup(inert(text))  # noqa: S704 - it escapes
        environment.filters["printable"] = printable
        environment.filters["origin"] = labels.origin_of
        environment.filters["kind"] = labels.KINDS.get
        environment.filters["day"] = _day
        environment.filters["select_set"] = lambda given: {n: v for n, v in given.items() if v}
        environment.filters["detail"] = DETAILS.get
        environment.globals["suffixes"] = ",".join(SUFFIXES)
        environment.globals["label"] = labels

    async def render(
        self,
        request: Request,
        name: str,
        read: "Callable[[Answerer], Context]",
        shown: Context,
    ) -> Response:
        """The page `name`, with `shown` and with what `read` gets from the archive."""
        if self._service.state == "opening":
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return self._problem(request, status, _OPENING, {"Retry-After": RETRY_S})
        visitor = visitor_of(request)
        try:
            found = await self._service.do(read, visitor=visitor.name)
        except VerbatimError as error:
            status = HTTPStatus(status_of(error))
            return self._problem(request, status, str(error), headers_of(error))
        common = {"current": name, "may_write": visitor.may("write")}
        return self.reply(request, name, {**common, **shown, **found})

    def _problem(
        self, request: Request, status: HTTPStatus, message: str, headers: Mapping[str, str]
    ) -> Response:
        opening = message == _OPENING
        context = {
            "head": "The archive is being opened" if opening else _HEADS[status],
            "message": message,
            "opening": opening,
            "current": request.url.path.rpartition("/")[2],
        }
        return self.reply(request, "problem", context, status, {**_HEADERS, **headers})

    def reply(
        self,
        request: Request,
        name: str,
        context: Context,
        status: int = HTTPStatus.OK,
        headers: Mapping[str, str] = _HEADERS,
    ) -> Response:
        """The page `name` in the theme that the request asks for."""
        asked = request.query_params.get("theme") or request.query_params.get("__theme")
        theme = asked if asked in _THEMES else None
        everywhere = {"theme": theme, "link": partial(link, theme)}
        return self._templates.TemplateResponse(
            request, f"{name}.html", {**everywhere, **context}, status, dict(headers)
        )


def given_filters(request: Request) -> dict[str, str]:
    """The filters in an address, as the form shows them again."""
    names = {"since": "from", "until": "to", "outlet": "outlet"}
    return {n: request.query_params.get(name, "")[:MAX_OUTLET] for n, name in names.items()}


def link(theme: str | None, place: str, anchor: str = "", **parameters: object) -> str:
    """A link to one of our pages; parameters that are None or empty are left out."""
    given = {**parameters, "__theme": theme}
    query = urlencode({name: value for name, value in given.items() if value not in (None, "")})
    return place + (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")


def _versions(answerer: "Answerer", id: str) -> Context:
    archive = answerer.archive
    with archive.snapshot():
        article = archive.article(id)
        if article is None:
            raise NotFound(GONE)
        return {"article": article, "steps": rows_of(history(archive, id))}


def _day(time: str) -> str:
    day = read_day(time)
    return short(day) if day else time


def _page(value: str) -> int:
    return max(1, int(value)) if value.isdecimal() and len(value) < 8 else 1
