"""`/api/collection`: sentences of several answers, or all that somebody said, as one file.

Of a request only the places are used: words, speakers and sources are read from the archive. A
place whose article was changed or removed is left out and counted.
"""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.library.library import StatementQuery
from bot.rendering.collection import KINDS, CollectionFormat, collect
from bot.rendering.excerpt import Excerpt
from bot.service import Service
from bot.web.api.cite import BadPlace, CitedPlace, Name, excerpt
from bot.web.api.library import Day
from bot.web.api.request_bodies import read, takes
from bot.web.errors import PROBLEMS
from bot.web.protection.access import VisitorName
from index.schema import NotFound, RequestError

if TYPE_CHECKING:
    from bot.answerer import Answerer

MOST = 200
_EXACT = ConfigDict(extra="forbid")


class Picked(CitedPlace):
    """Words of an article: of this `version` alone, if it is given; `speaker`, who speaks them."""

    model_config = _EXACT


class CollectionBody(BaseModel):
    """What to put into the file, in this order."""

    model_config = _EXACT
    format: CollectionFormat = "markdown"
    items: Annotated[list[Picked], Field(min_length=1, max_length=MOST)]


class Said(BaseModel):
    """Whose statements, on what topic, from which days; each may be left out."""

    model_config = _EXACT
    speaker: Name = ""
    topic: Name = ""
    since: Annotated[Day, Field(alias="from")] = ""
    until: Annotated[Day, Field(alias="to")] = ""
    format: CollectionFormat = "markdown"


class NothingLeft(RequestError):
    """No article has words for the collection, or all of them were changed or removed."""


def router(service: Service) -> APIRouter:
    """The route."""
    routes = APIRouter(prefix="/api", tags=["Citing"], responses=PROBLEMS)

    @routes.post(
        "/collection",
        summary="Sentences of several answers as one file",
        description="`X-Left-Out` has the number of those whose article has changed or gone.",
        openapi_extra=takes(CollectionBody),
        response_class=Response,
        responses={200: {"content": {kind.media: {} for kind in KINDS.values()}}},
    )
    async def collection(request: Request, visitor: VisitorName) -> Response:
        asked = await read(request, CollectionBody)
        made, n_left_out = await service.do(lambda answerer: _made(answerer, asked), visitor)
        return _file(made, asked.format, n_left_out)

    @routes.get(
        "/collection",
        summary="What somebody said, on a topic, as one file",
        description=f"The newest {MOST} statements; `X-Left-Out` has the number of the others.",
        response_class=Response,
        responses={200: {"content": {kind.media: {} for kind in KINDS.values()}}},
    )
    async def said(visitor: VisitorName, asked: Annotated[Said, Query()]) -> Response:
        made, n_left_out = await service.do(lambda answerer: _made_of_all(answerer, asked), visitor)
        return _file(made, asked.format, n_left_out)

    return routes


def _file(made: bytes, format: CollectionFormat, n_left_out: int) -> Response:
    kind = KINDS[format]
    disposition = f'attachment; filename="verbatim.{kind.suffix}"'
    headers = {"Content-Disposition": disposition, "X-Left-Out": str(n_left_out)}
    return Response(made, media_type=kind.media, headers=headers)


def _made(answerer: "Answerer", asked: CollectionBody) -> tuple[bytes, int]:
    """The file, and the number of items left out of it."""
    with answerer.archive.snapshot():
        found = [each for item in asked.items if (each := _found(answerer, item))]
    if not found:
        raise NothingLeft("All of these articles have changed since, or are gone.")
    return collect(found, asked.format), len(asked.items) - len(found)


def _made_of_all(answerer: "Answerer", asked: Said) -> tuple[bytes, int]:
    """The file of statements, and the number of those without room in it."""
    with answerer.archive.snapshot():
        query = StatementQuery(asked.speaker, asked.topic, asked.since, asked.until)
        listing = answerer.library.statements(query, limit=MOST)
        items = dict.fromkeys(
            (said.article.id, said.span, said.speaker or "") for said in listing.items
        )
        picked = (
            Picked(article=id_, start=span.start, end=span.end, speaker=[name] if name else [])
            for id_, span, name in items
        )
        found = [each for item in picked if (each := _found(answerer, item))]
    if not found:
        raise NothingLeft("The articles have no such words.")
    return collect(found, asked.format), listing.total - len(listing.items)


def _found(answerer: "Answerer", item: Picked) -> Excerpt | None:
    try:
        return excerpt(answerer, item)
    except (NotFound, BadPlace):
        return None
