"""`POST /api/ask`: an answer as JSON or, for who wants it so, sentence by sentence as events."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot.render import to_json
from bot.service import Service
from bot.web.bodies import Asked, read, takes
from bot.web.records import PROBLEMS, AnswerRecord, Examples
from index.schema import VerbatimError

_EXAMPLES = 4
_EVENTS = "text/event-stream"
_ALIVE_S = 10.0  # how long a proxy is left without a word
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_STREAMED = {
    "description": "The answer, or, as events: `understood`, each `sentence` with its citations, "
    "and the whole `answer`; or `error`.",
    "content": {_EVENTS: {"schema": {"type": "string"}}},
    "model": AnswerRecord,
}


def router(service: Service) -> APIRouter:
    """Questions and answers."""
    routes = APIRouter(prefix="/api", tags=["Asking"], responses=PROBLEMS)

    @routes.post(
        "/ask",
        summary="Answer a question with the articles' own sentences",
        responses={200: _STREAMED},
        openapi_extra=takes(Asked),
        response_class=JSONResponse,
    )
    async def ask(request: Request) -> Response:
        asked = await read(request, Asked)
        if _EVENTS in request.headers.get("accept", ""):
            for question in (asked.question, *asked.earlier):
                service.check(question)  # a reply that has begun has no status left
            return StreamingResponse(
                _events(service, asked), media_type=_EVENTS, headers=_STREAM_HEADERS
            )
        answer = await service.answer(asked.question, asked.earlier)
        return JSONResponse(to_json(answer, asked.id))

    @routes.get("/examples", summary="Questions that the articles answer", response_model=Examples)
    async def examples() -> dict[str, tuple[str, ...]]:
        return {"examples": await service.examples(_EXAMPLES)}

    return routes


async def _events(service: Service, asked: Asked) -> AsyncIterator[str]:
    """The answer as server-sent events."""
    answering = asyncio.ensure_future(service.answer(asked.question, asked.earlier))
    try:
        while not (await asyncio.wait([answering], timeout=_ALIVE_S))[0]:
            yield ": the answer is on its way\n\n"
        record = to_json(answering.result(), asked.id)
    except VerbatimError as error:
        yield _event("error", {"error": str(error)})
        return
    finally:
        answering.cancel()
    yield _event("understood", {name: record[name] for name in ("understood", "message")})
    citations = {citation["number"]: citation for citation in record["citations"]}
    for sentence in record["sentences"]:
        cited = [citations[number] for number in sentence["citations"]]
        yield _event("sentence", sentence | {"citations": cited})
    yield _event("answer", record)


def _event(name: str, data: dict[str, Any]) -> str:
    # JSON has no line ends of its own, so an event is two lines.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
