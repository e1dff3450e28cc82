"""`GET /api/cite` and `GET /api/annotations`: citations in other notations.

Words, speaker and source are read from the archive; of a request only the place is used. Nothing is
sent as HTML, so no browser shows it as one of our pages.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field

from bot.answer import joint_kind
from bot.rendering.citation_formats import Format, annotations, export
from bot.rendering.excerpt import Excerpt, Voice
from bot.selecting.article_view import Attribution, attributions, view_article
from bot.service import Service
from bot.web.errors import MISSING, PROBLEMS
from bot.web.protection.access import VisitorName
from index.reading.records import MAX_ID, no_article, shown
from index.schema import Article, RequestError, Span

if TYPE_CHECKING:
    from bot.answerer import Answerer

_JSON_LD = "application/ld+json"
_MAX_CHARACTERS = 10_000  # a citation is a sentence or some, never the article
Place = Annotated[int, Field(ge=0, le=100_000_000, description="In characters of the text")]
# Of letters that need no more room in an address: a server reads no longer one.
_PERMALINK = Field(max_length=16_000, pattern=r"^[!-~]*$", description="As /api/links gave it")
Name = Annotated[str, Field(max_length=200)]
ArticleId = Annotated[str, Field(min_length=1, max_length=MAX_ID)]


class BadPlace(RequestError):
    """The article has no such words, or they are not that speaker's."""


class CitedPlace(BaseModel):
    """Words of an article; `speaker` (also several) names those who speak in them.

    With `version`, words of a text that was corrected since are refused.
    """

    article: ArticleId
    start: Place
    end: Place
    speaker: Annotated[list[Name], Field(max_length=20)] = []
    version: Annotated[str, Field(max_length=64)] = ""


class CiteRequest(CitedPlace):
    """Which words to cite and how."""

    format: Format = "text"
    permalink: Annotated[str, _PERMALINK] = ""


def router(service: Service) -> APIRouter:
    """Citations of some words, and annotations of all that is said in an article."""
    routes = APIRouter(prefix="/api", tags=["Citing"], responses=PROBLEMS | MISSING)

    @routes.get(
        "/cite",
        summary="Words of an article as a citation in one of several notations",
        response_class=PlainTextResponse,
        responses={200: {"content": {_JSON_LD: {"schema": {"type": "object"}}}}},
    )
    async def cite(
        request: Request, visitor: VisitorName, asked: Annotated[CiteRequest, Query()]
    ) -> Response:
        if asked.permalink and not asked.permalink.startswith(str(request.base_url)):
            raise RequestError("“permalink” is not an address of this server.")
        made = await service.do(
            lambda answerer: export(excerpt(answerer, asked, asked.permalink), asked.format),
            visitor,
        )
        media = _JSON_LD if asked.format == "json-ld" else "text/plain"
        return Response(made, media_type=media)

    @routes.get(
        "/annotations",
        summary="Who said what in an article, as W3C Web Annotations",
        response_class=JSONResponse,
        responses={200: {"content": {_JSON_LD: {"schema": {"type": "object"}}}}},
    )
    async def annotate(visitor: VisitorName, article: Annotated[ArticleId, Query()]) -> Response:
        page = await service.do(lambda answerer: _annotations(answerer, article), visitor)
        return JSONResponse(page, media_type=_JSON_LD)

    return routes


def excerpt(answerer: "Answerer", asked: CitedPlace, permalink: str = "") -> Excerpt:
    """The words with their speakers; raises RequestError if the article has no such words."""
    with answerer.archive.snapshot():
        directory = answerer.directory()
        view = view_article(answerer.archive, directory, asked.article)
        if view is None:
            raise no_article(asked.article)
        article = view.article
        if asked.version not in ("", article.version):
            raise BadPlace("The article has changed since. Ask again, and cite it as it is now.")
        span = _span(article, asked.start, asked.end)
        found = attributions(span, view.statements, directory, article)
    begins_inside, ends_inside = view.is_cut(span)
    return Excerpt(
        article,
        span,
        tuple(_voices(found, [name for name in asked.speaker if name])),
        permalink or None,
        begins_inside,
        ends_inside,
    )


def _annotations(answerer: "Answerer", article_id: str) -> dict[str, Any]:
    with answerer.archive.snapshot():
        article = answerer.archive.required(article_id)
        directory = answerer.directory()
        statements = [s for s in answerer.archive.statements(article.id) if s.is_own]
        names = [
            attributions(statement.span, [statement], directory, article)
            for statement in statements
        ]
    spoken = [found[0].full_name if found else None for found in names]
    return annotations(article, list(zip(statements, spoken, strict=True)))


def _span(article: Article, start: int, end: int) -> Span:
    length = len(article.text)
    if not start < end <= length:
        raise BadPlace(
            f"There are no characters {start} to {end}: the article has {length} characters."
        )
    if end - start > _MAX_CHARACTERS:
        raise BadPlace(f"This is too long for a citation: at most {_MAX_CHARACTERS:,} characters.")
    return Span(start, end)


def _voices(found: Sequence[Attribution], names: Sequence[str]) -> Iterator[Voice]:
    """The requested speakers, else all who speak, the one who says most first."""
    for name in names or dict.fromkeys(attribution.full_name for attribution in found):
        own = [a for a in found if name in (a.full_name, a.name)]
        if not own:
            raise BadPlace(f"“speaker”: {shown(name)} does not speak in these words.")
        yield Voice(own[0].full_name, joint_kind(a.kind for a in own))
