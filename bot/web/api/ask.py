"""`POST /api/ask`: an answer as JSON, as text or, sentence by sentence, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse

from bot.answer import Answer
from bot.rendering.answer_json import to_json
from bot.rendering.answer_text import to_text
from bot.rendering.records import AnswerRecord, Examples, HoldingsRecord, OutletRecord
from bot.service import PATIENCE_S, Service
from bot.web.api.request_bodies import AskBody, read, takes
from bot.web.errors import PROBLEMS
from bot.web.protection.access import VisitorName, visitor_of
from index.schema import VerbatimError

_OUTLETS = 500
_EVENTS = "text/event-stream"
_TEXT = "text/plain"
_ALIVE_S = 10.0  # how long a proxy is left without a word
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_STREAMED = {
    "description": "The answer; or as text, as in the terminal; or as events: `waiting` where it "
    "will take long, `understood`, each `sentence` with its citations, and the whole `answer`; or "
    "`error`.",
    "content": {each: {"schema": {"type": "string"}} for each in (_EVENTS, _TEXT)},
    "model": AnswerRecord,
}


def router(service: Service) -> APIRouter:
    """Questions and answers."""
    routes = APIRouter(prefix="/api", tags=["Asking"], responses=PROBLEMS)

    @routes.post(
        "/ask",
        summary="Answer a question with the articles' own sentences",
        responses={200: _STREAMED},
        openapi_extra=takes(AskBody),
        response_class=JSONResponse,
    )
    async def ask(request: Request, visitor: VisitorName) -> Response:
        asked = await read(request, AskBody)
        if _EVENTS in request.headers.get("accept", ""):
            for question in (asked.question, *asked.earlier):
                service.check(question)  # a reply that has begun has no status left
            events = _events(service, _answers(service, asked, visitor), asked, visitor)
            return StreamingResponse(events, media_type=_EVENTS, headers=_STREAM_HEADERS)
        answers = [each async for each in _answers(service, asked, visitor, waits=False)]
        if _TEXT in request.headers.get("accept", ""):
            return PlainTextResponse(to_text(answers[-1]))
        return JSONResponse(to_json(answers[-1], asked.id))

    @routes.get("/examples", summary="Questions that the articles answer", response_model=Examples)
    async def examples(visitor: VisitorName) -> dict[str, tuple[str, ...]]:
        return {"examples": await service.examples(visitor)}

    @routes.get("/archive", summary="How many articles there are, with their outlets and dates")
    async def archive(request: Request, visitor: VisitorName) -> HoldingsRecord:
        found = await service.do(lambda answerer: answerer.library.holdings(), visitor)
        outlets = [OutletRecord(name=name, articles=n) for name, n in found.outlets[:_OUTLETS]]
        return HoldingsRecord(
            articles=found.n_articles,
            first=found.first,
            last=found.last,
            outlets=outlets,
            may_read=visitor_of(request).may("read"),
        )

    return routes


def _answers(
    service: Service, asked: AskBody, visitor: str, *, waits: bool = True
) -> AsyncGenerator[Answer]:
    return service.answers(
        asked.question,
        asked.earlier,
        asked.filters,
        verbatim=asked.verbatim,
        visitor=visitor,
        waits=waits,
    )


async def _events(
    service: Service, answers: AsyncGenerator[Answer], asked: AskBody, visitor: str
) -> AsyncGenerator[str]:
    """The answer as server-sent events."""
    record: dict[str, Any] = {}
    if (wait_s := service.wait_s(visitor)) > PATIENCE_S:
        yield _event("waiting", {"seconds": round(wait_s)})
    async with aclosing(answers), aclosing(_with_pauses(answers)) as steps:
        try:
            async for answer in steps:
                if answer is None:
                    yield ": the answer is on its way\n\n"
                    continue
                before, record = record, to_json(answer, asked.id)
                for event in _news(before, record):
                    yield event
        except VerbatimError as error:
            yield _event("error", {"error": str(error)})
            return
    yield _event("answer", record)


async def _with_pauses(answers: AsyncGenerator[Answer]) -> AsyncGenerator[Answer | None]:
    """The answers, and None after each interval without one."""
    while True:
        coming = asyncio.ensure_future(anext(answers, None))
        try:
            while not (await asyncio.wait([coming], timeout=_ALIVE_S))[0]:
                yield None
        finally:
            coming.cancel()
            await asyncio.wait([coming])  # a generator that still runs cannot be closed
        answer = coming.result()
        if answer is None:
            return
        yield answer


def _news(before: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    """The events for what is new in a record since the one before it."""
    if not before:
        yield _event("understood", {name: record[name] for name in ("understood", "message")})
    citations = {citation["number"]: citation for citation in record["citations"]}
    blocks = {number: block for block in record["blocks"] for number in block["citations"]}
    told = set()
    for sentence in record["sentences"][len(before.get("sentences", ())) :]:
        cited = [citations[number] for number in sentence["citations"]]
        block = blocks[sentence["citations"][0]]
        if not sentence["is_draft"] and block["number"] not in told:
            told.add(block["number"])
            yield _event("block", block)
        yield _event("sentence", sentence | {"citations": cited})


def _event(name: str, data: dict[str, Any]) -> str:
    # JSON has no line ends of its own, so an event is two lines.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
