"""`POST /api/links` and `POST /api/feedback`: saving an answer, and a person's verdict on one.

The server makes the answer itself; of a request only the questions are used.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from bot.library.answer_store import MAX_COMMENT, AnswerStore
from bot.library.saved_answer import Feedback, SavedAnswer, Verdict, without_words
from bot.query.grammar.question import MAX_HISTORY
from bot.service import Service
from bot.web.api.request_bodies import AskBody, BadRequest, read, takes
from bot.web.errors import PROBLEMS
from bot.web.protection.access import VisitorName
from index.schema import RequestError

if TYPE_CHECKING:
    from bot.answerer import Answerer  # would load torch before the port is open

_HALF = "half a character (a lone surrogate)"


class AnswerChanged(RequestError):
    """Today's answer is not the one that the verdict was about."""


class LinkRequest(AskBody):
    """The question whose answer to keep."""


class FeedbackBody(AskBody):
    """What a person says of an answer; `answer` is its id, where they have it before them."""

    verdict: Verdict
    number: Annotated[int | None, Field(ge=1, description="Of one citation alone")] = None
    comment: Annotated[str, Field(max_length=MAX_COMMENT)] = ""
    answer: str | None = None


class Link(BaseModel):
    """Where the answer can be read again."""

    id: str
    url: str


class FeedbackRecord(BaseModel):
    """What was said is kept, of the answer of this id."""

    id: str


def router(service: Service) -> APIRouter:
    """The routes that store something."""
    routes = APIRouter(prefix="/api", tags=["Keeping"], responses=PROBLEMS)

    @routes.post(
        "/links",
        summary="Save an answer and get a link that shows it again",
        response_model=Link,
        openapi_extra=takes(LinkRequest),
    )
    async def link(request: Request, visitor: VisitorName) -> JSONResponse:
        asked = await read(request, LinkRequest)
        earlier = _earlier(service, asked)
        kept = await service.ask(lambda answerer: _keep(answerer, asked, earlier, visitor), visitor)
        query = urlencode({"q": kept.question, "a": kept.id})
        return JSONResponse({"id": kept.id, "url": f"{request.base_url}?{query}"})

    @routes.post(
        "/feedback",
        summary="Rate an answer, or one of its citations",
        response_model=FeedbackRecord,
        openapi_extra=takes(FeedbackBody),
    )
    async def feedback(request: Request, visitor: VisitorName) -> dict[str, Any]:
        judged = await read(request, FeedbackBody)
        earlier = _earlier(service, judged)
        kept = await service.ask(
            lambda answerer: _judge(answerer, judged, earlier, visitor), visitor
        )
        return {"id": kept.id}

    return routes


def _earlier(service: Service, asked: AskBody) -> tuple[str, ...]:
    """The earlier questions; raises RequestError for one that cannot be answered."""
    earlier = asked.earlier[-MAX_HISTORY:]
    for question in (asked.question, *earlier):
        service.check(question)
    return earlier


def _answer(answerer: "Answerer", asked: AskBody, earlier: Sequence[str]) -> SavedAnswer:
    with answerer.archive.snapshot():
        answer = answerer.answer(asked.question, earlier, asked.filters)
        return without_words(answer, earlier, answerer.archive.generation)


def _keep(
    answerer: "Answerer", asked: AskBody, earlier: Sequence[str], visitor: str
) -> SavedAnswer:
    kept = _answer(answerer, asked, earlier)
    with AnswerStore.of(answerer.archive.address) as store:
        store.save(kept, visitor)
    return kept


def _judge(
    answerer: "Answerer", judged: FeedbackBody, earlier: Sequence[str], visitor: str
) -> SavedAnswer:
    kept = _answer(answerer, judged, earlier)
    if judged.answer not in (None, kept.id):
        raise AnswerChanged("The articles have changed since this answer was made: ask it again.")
    if judged.number is not None and judged.number not in kept.places:
        raise BadRequest(f"“number”: the answer has no citation {judged.number}.")
    if any("\ud800" <= character <= "\udfff" for character in judged.comment):
        raise BadRequest(f"“comment”: it holds {_HALF}.")
    with AnswerStore.of(answerer.archive.address) as store:
        store.add_feedback(Feedback(kept, judged.verdict, judged.number, judged.comment), visitor)
    return kept
