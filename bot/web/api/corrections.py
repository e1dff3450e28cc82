"""`/api/corrections`: corrections of speakers, persons and details: made, listed and withdrawn.

Of a request, places and names are checked; the words come from the archive.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.service import Service
from bot.web.api.request_bodies import BadRequest, read, takes
from bot.web.errors import PROBLEMS, ProblemRecord
from bot.web.protection.access import VisitorName
from index.correcting import (
    Listed,
    all_corrections,
    deny_role,
    edit,
    give_statement,
    join_people,
    listed,
    to_line,
)
from index.corrections import MAX_NAME, Correction
from index.reading.records import MAX_FIELD, MAX_ID, MAX_TEXT, shown
from index.schema import NotFound, Span

if TYPE_CHECKING:
    from bot.answerer import Answerer

_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": ProblemRecord, "description": "There is no such article, person or correction"}
}
Name = Annotated[str, Field(max_length=MAX_NAME)]
Place = Annotated[int, Field(ge=0, le=MAX_TEXT, description="In characters of the text")]
What = Literal["statement", "person", "role", "detail"]


class PutRight(BaseModel):
    """A correction.

    `statement`: the statement at `start` to `end` of the article is the `speaker`'s, or nobody's
    (null). `person`: the listed person is the same as `name`, or is not a person (null). `role`:
    the person does not have the role. `detail`: the article's detail ("title", "author", "source",
    "published", "url") is `value`, or it has none (null).
    """

    model_config = ConfigDict(strict=True, extra="forbid")
    what: What
    article_id: Annotated[str, Field(max_length=MAX_ID)] = ""
    version: Annotated[str, Field(max_length=64)] = ""
    start: Place = 0
    end: Place = 0
    speaker: Name | None = None
    person: Name = ""
    name: Name | None = None
    role: Name = ""
    detail: Annotated[str, Field(max_length=20)] = ""
    value: Annotated[str, Field(max_length=MAX_FIELD)] | None = None


class CorrectionRecord(BaseModel):
    """Something put right, when, and whether it still holds: a replaced text may lack the words."""

    id: str
    made_at: str
    what: What
    holds: bool
    article_id: str | None = None
    version: str | None = None
    start: int | None = None
    end: int | None = None
    words: str | None = None
    speaker: str | None = None
    names: list[str] | None = None
    name: str | None = None
    role: str | None = None
    detail: str | None = None
    value: str | None = None


class CorrectionRecords(BaseModel):
    """All that was put right, the newest first."""

    total: int
    corrections: list[CorrectionRecord]


class TakenBack(BaseModel):
    """The correction that no longer is."""

    taken_back: str


def router(service: Service) -> APIRouter:
    """The routes to list, make and withdraw corrections."""
    routes = APIRouter(prefix="/api/corrections", tags=["Corrections"], responses=PROBLEMS)

    @routes.get("", summary="Corrections made by hand, newest first")
    async def every(visitor: VisitorName) -> CorrectionRecords:
        found = await service.do(lambda answerer: all_corrections(answerer.archive), visitor)
        return CorrectionRecords(total=len(found), corrections=[_record(one) for one in found])

    @routes.post(
        "",
        summary="Correct a statement's speaker, a person, a role, or an article's detail",
        responses=_MISSING,
        openapi_extra=takes(PutRight),
    )
    async def put_right(request: Request) -> CorrectionRecord:
        asked = await read(request, PutRight)
        return await service.change(lambda answerer: _put(answerer, asked))

    @routes.delete("/{correction_id}", summary="Undo a correction", responses=_MISSING)
    async def take_back(
        correction_id: Annotated[str, Path(min_length=1, max_length=64)],
    ) -> TakenBack:
        if not await service.change(lambda answerer: answerer.archive.take_back(correction_id)):
            raise NotFound(f"There is no correction {shown(correction_id)}.")
        return TakenBack(taken_back=correction_id)

    return routes


def _put(answerer: "Answerer", asked: PutRight) -> CorrectionRecord:
    made = _MAKERS[asked.what](answerer, asked)
    return _record(next(listed(answerer.archive, [made])))


def _give(answerer: "Answerer", asked: PutRight) -> Correction:
    if not asked.article_id or asked.start >= asked.end:
        raise BadRequest("A statement needs “article_id”, “start” and “end”.")
    _need(asked, "speaker", "whose words are they? null for nobody’s")
    place = Span(asked.start, asked.end)
    return give_statement(answerer.archive, asked.article_id, place, asked.speaker, asked.version)


def _join(answerer: "Answerer", asked: PutRight) -> Correction:
    _need(asked, "name", "who is it? null for nobody")
    names = answerer.library.spellings(asked.person)
    return join_people(answerer.archive, names, asked.name)


def _deny(answerer: "Answerer", asked: PutRight) -> Correction:
    names = answerer.library.spellings(asked.person)
    return deny_role(answerer.archive, names, asked.role)


def _edit(answerer: "Answerer", asked: PutRight) -> Correction:
    _need(asked, "value", "what is it? null for none")
    return edit(answerer.archive, asked.article_id, asked.detail, asked.value)


_MAKERS = {"statement": _give, "person": _join, "role": _deny, "detail": _edit}


def _need(asked: PutRight, field: str, why: str) -> None:
    # An omitted field must not mean "nobody".
    if field not in asked.model_fields_set:
        raise BadRequest(f"“{field}”: {why}.")


def _record(one: Listed) -> CorrectionRecord:
    return CorrectionRecord.model_validate(to_line(one))
