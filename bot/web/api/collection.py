"""`POST /api/collection`: sentences of several answers as one file.

Of a request only the places are used: words, speakers and sources are read from the archive. A
place whose article was changed or removed is left out and counted.
"""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.rendering.collection import KINDS, CollectionFormat, collect
from bot.rendering.excerpt import Excerpt
from bot.service import Service
from bot.web.api.cite import ArticleId, BadPlace, CiteRequest, Name, Place, excerpt
from bot.web.api.records import PROBLEMS
from bot.web.api.request_bodies import read, takes
from bot.web.protection.access import visitor_of
from index.schema import NotFound, RequestError

if TYPE_CHECKING:
    from bot.answerer import Answerer

MOST = 200
_EXACT = ConfigDict(extra="forbid")


class Picked(BaseModel):
    """Words of an article: of this `version` alone, if it is given; `speaker`, who speaks them."""

    model_config = _EXACT
    article: ArticleId
    start: Place
    end: Place
    speaker: Annotated[list[Name], Field(max_length=20)] = []
    version: Annotated[str, Field(max_length=64)] = ""


class CollectionBody(BaseModel):
    """What to put into the file, in this order."""

    model_config = _EXACT
    format: CollectionFormat = "markdown"
    items: Annotated[list[Picked], Field(min_length=1, max_length=MOST)]


class NothingLeft(RequestError):
    """Every article of the collection was changed or removed."""


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
    async def collection(request: Request) -> Response:
        asked = await read(request, CollectionBody)
        made, n_left_out = await service.do(
            lambda answerer: _made(answerer, asked), visitor=visitor_of(request).name
        )
        kind = KINDS[asked.format]
        disposition = f'attachment; filename="verbatim.{kind.suffix}"'
        headers = {"Content-Disposition": disposition, "X-Left-Out": str(n_left_out)}
        return Response(made, media_type=kind.media, headers=headers)

    return routes


def _made(answerer: "Answerer", asked: CollectionBody) -> tuple[bytes, int]:
    """The file, and the number of items left out of it."""
    with answerer.archive.snapshot():
        found = [each for item in asked.items if (each := _found(answerer, item))]
    if not found:
        raise NothingLeft("All of these articles have changed since, or are gone.")
    return collect(found, asked.format), len(asked.items) - len(found)


def _found(answerer: "Answerer", item: Picked) -> Excerpt | None:
    try:
        return excerpt(answerer, CiteRequest(**item.model_dump()))
    except (NotFound, BadPlace):
        return None
