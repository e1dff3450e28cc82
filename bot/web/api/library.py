"""The library API: articles with their versions, statements, people; adding and removing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from starlette.datastructures import UploadFile

from bot.filters import Filters
from bot.library.library import Library, StatementQuery
from bot.rendering.records import (
    ArticleName,
    ArticleRecord,
    Articles,
    Completions,
    Lost,
    People,
    PlaceRecord,
    Removed,
    Replaced,
    Statements,
    Taken,
    attributed,
    filled,
    read_article,
)
from bot.service import Service
from bot.settings import Settings
from bot.web.api.request_bodies import BadRequest, read, takes
from bot.web.errors import MISSING, PROBLEMS
from bot.web.protection.access import VisitorName
from index.reading.formats.jsonl import read_records
from index.reading.read_results import Problem, ReadResult, at_most
from index.reading.readers import read_uploads
from index.reading.records import MAX_ID, described, no_article
from index.schema import Article, Span
from index.versions import Step, What, history

_FORM = "multipart/form-data"
Words = Annotated[str, Field(max_length=200, description="Words that all must be there")]
Phrase = Annotated[str, Field(max_length=200)]
Day = Annotated[
    str,
    Field(
        max_length=40,
        description="A day as 2024-05-31, included",
        json_schema_extra={"format": "date"},
    ),
]
ArticleId = Annotated[str, Path(min_length=1, max_length=MAX_ID)]
Named = Annotated[str, Field(min_length=1, max_length=MAX_ID)]
_ONE_OF: JsonDict = {"oneOf": [{"required": ["articles"]}, {"required": ["url"]}]}
_FILES = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
FORM = {"type": "object", "required": ["files"], "properties": {"files": _FILES}}


class _PartOfList(BaseModel):
    """Which part of a list is requested."""

    offset: Annotated[int, Field(ge=0, le=1_000_000, description="How many to leave out")] = 0
    limit: Annotated[int, Field(ge=1, le=200, description="How many at most")] = 50


class _Listed(_PartOfList):
    q: Words = ""


class _Articles(_Listed):
    since: Annotated[Day, Field(alias="from")] = ""
    until: Annotated[Day, Field(alias="to")] = ""
    outlet: Phrase = ""


class _Statements(_PartOfList):
    speaker: Phrase = ""
    topic: Phrase = ""
    since: Annotated[Day, Field(alias="from")] = ""
    until: Annotated[Day, Field(alias="to")] = ""


def router(service: Service, settings: Settings) -> APIRouter:
    """The routes to read, and the two that change the archive."""
    routes = APIRouter(prefix="/api", tags=["Articles"], responses=PROBLEMS)
    _add_lists(routes, service)
    _add_articles(routes, service)
    _add_changes(routes, service, settings)
    return routes


def _add_lists(routes: APIRouter, service: Service) -> None:
    @routes.get("/articles", summary="List articles, newest first, or search them, best first")
    async def articles(visitor: VisitorName, asked: Annotated[_Articles, Query()]) -> Articles:
        filters = Filters.read(asked.since, asked.until, asked.outlet)
        found = await service.do(
            lambda answerer: answerer.library.articles(asked.q, asked.offset, asked.limit, filters),
            visitor,
        )
        return Articles(total=found.total, articles=found.items)

    @routes.get("/statements", summary="Who said what, newest first", tags=["People"])
    async def statements(
        visitor: VisitorName, asked: Annotated[_Statements, Query()]
    ) -> Statements:
        query = StatementQuery(asked.speaker, asked.topic, asked.since, asked.until)
        found = await service.do(
            lambda answerer: answerer.library.statements(query, asked.offset, asked.limit), visitor
        )
        return Statements(total=found.total, statements=[attributed(s) for s in found.items])

    @routes.get(
        "/complete", summary="Completions: people and topics that may be meant", tags=["People"]
    )
    async def complete(
        visitor: VisitorName, q: Annotated[str, Query(max_length=200)]
    ) -> Completions:
        found = await service.do(lambda answerer: answerer.library.complete(q), visitor)
        return Completions(completions=found)

    @routes.get(
        "/people",
        summary="People and organisations that are quoted, most often first",
        tags=["People"],
    )
    async def people(visitor: VisitorName, asked: Annotated[_Listed, Query()]) -> People:
        found = await service.do(
            lambda answerer: answerer.library.people(asked.q, asked.offset, asked.limit), visitor
        )
        return People(total=found.total, people=found.items)


def _add_articles(routes: APIRouter, service: Service) -> None:
    @routes.get(
        "/articles/{article_id:path}",
        summary="An article, its sentences and who said what in it",
        responses=MISSING,
    )
    async def article(visitor: VisitorName, article_id: ArticleId) -> ArticleRecord:
        return await service.do(
            lambda answerer: read_article(answerer.archive, article_id), visitor
        )

    @routes.get(
        "/versions",
        summary="An article's earlier versions and what changed",
        responses=MISSING,
    )
    async def versions(visitor: VisitorName, article: Annotated[Named, Query()]) -> Versions:
        steps = await service.do(lambda answerer: history(answerer.archive, article), visitor)
        return record(article, steps)


def _add_changes(routes: APIRouter, service: Service, settings: Settings) -> None:
    most = settings.limits.articles

    @routes.post(
        "/articles",
        summary="Add articles, or replace them with changed ones",
        openapi_extra=takes(Sent, **{_FORM: {"schema": FORM}}),
    )
    async def add(request: Request) -> Taken:
        if request.headers.get("content-type", "").startswith(_FORM):
            return await _take_form(service, request, most)
        sent = await read(request, Sent)
        return await service.change(
            lambda answerer: take(
                service,
                answerer.library,
                answerer.library.read_address(sent.url)
                if sent.url
                else read_records(sent.articles),
                most,
            )
        )

    @routes.delete(
        "/articles/{article_id:path}", summary="Remove an article permanently", responses=MISSING
    )
    async def remove(article_id: ArticleId) -> Removed:
        removal = await service.change(lambda answerer: answerer.library.remove(article_id))
        if removal is None:
            raise no_article(article_id)
        gone, wiped = removal
        return Removed(removed=article_id, wiped=wiped, gone=gone)


async def _take_form(service: Service, request: Request, most: int) -> Taken:
    async with request.form(max_files=most, max_fields=0) as form:
        files = [
            (upload.filename or "", await upload.read())
            for upload in form.getlist("files")
            if isinstance(upload, UploadFile)
        ]
        if not files:
            raise BadRequest("There is no file in the form: send each as “files”.")
        readings = read_uploads(files)
        return await service.change(
            lambda answerer: take(service, answerer.library, readings, most)
        )


class Sent(BaseModel):
    """Articles as in a line of .jsonl (`body`, and `id`, `title`, ...), or the address of one."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra=_ONE_OF)
    articles: list[dict[str, Any]] = Field(default_factory=list)
    url: str = ""

    @model_validator(mode="after")
    def _is_one(self) -> "Sent":
        if bool(self.articles) == bool(self.url):
            raise ValueError('send either {"articles": [{"body": ...}, ...]} or {"url": ...}')
        return self


def take(service: Service, library: Library, readings: Iterable[ReadResult], most: int) -> Taken:
    """Add at most `most` articles and report what became of each.

    Questions go first; a server that is shutting down adds no more.
    """
    taken = Taken()
    wanted = _while_running(service, _bounded(readings, most))
    for outcome in library.add(wanted, service.yield_to_questions):
        if isinstance(outcome, Problem):
            taken.problems.append(Lost(name=outcome.place, problem=outcome.what))
            continue
        known = {"id": outcome.article_id, "title": outcome.label}
        if outcome.what == "replaced":
            before = described(outcome.before) if outcome.before else None
            taken.replaced.append(Replaced(**known, before=before))
        else:
            getattr(taken, outcome.what).append(ArticleName(**known))
    return taken


def _while_running(service: Service, readings: Iterator[ReadResult]) -> Iterator[ReadResult]:
    for reading in readings:
        if service.stopping.is_set():
            yield Problem("the rest", "not added because the server is stopping; send it again")
            return
        yield reading


def _bounded(readings: Iterable[ReadResult], most: int) -> Iterator[ReadResult]:
    told = (
        f"not read: one request may add {most:,} articles (limits.articles). "
        "Send the rest without them, or add a file with: python -m index add FILE"
    )
    return at_most(most, readings, Problem(f"after {most:,}", told))


class SideRecord(PlaceRecord):
    """A sentence of one version."""

    text: str


class ChangeRecord(BaseModel):
    """A sentence that is gone, new, or altered; what stayed as it was is left out."""

    what: What
    before: SideRecord | None
    after: SideRecord | None


class VersionRecord(BaseModel):
    """What stood in the article's place until `replaced_at`, and what changed then.

    Places are in characters of its own text, and of the text that took its place.
    """

    version: str
    title: str | None
    published: str | None
    added_at: str
    replaced_at: str
    text: str
    changes: list[ChangeRecord]


class Versions(BaseModel):
    """The earlier versions of an article, the newest first."""

    article_id: str
    versions: list[VersionRecord]


def record(article_id: str, steps: Sequence[Step]) -> Versions:
    """The earlier versions as one record."""
    return Versions(article_id=article_id, versions=[_version(step) for step in steps])


def _version(step: Step) -> VersionRecord:
    older, newer = step.older, step.newer
    changes = [
        ChangeRecord(what=c.what, before=_side(c.before, older), after=_side(c.after, newer))
        for c in step.changes
        if c.what != "same"
    ]
    return filled(VersionRecord, step, older, replaced_at=step.at, changes=changes)


def _side(span: Span | None, article: Article) -> SideRecord | None:
    if span is None:
        return None
    return SideRecord(start=span.start, end=span.end, text=span.of(article.text))
