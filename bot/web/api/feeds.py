"""Atom feeds: new answers to a question, and new statements of a person or on a topic.

Generated from the archive when they are requested.
"""

import hashlib
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from bot.answer import Answer
from bot.library.library import StatementQuery
from bot.query.grammar.question import MAX_LENGTH
from bot.rendering.atom import KIND, FeedEntry, atom
from bot.service import Service
from bot.web.errors import PROBLEMS
from bot.web.protection.access import VisitorName
from index.schema import RequestError

if TYPE_CHECKING:
    from bot.answerer import Answerer

MAX_ENTRIES = 50
_FOUND: dict[int | str, dict[str, Any]] = {
    200: {"content": {KIND: {"schema": {"type": "string"}}}, "description": "An Atom feed"},
    304: {"description": "The feed has not changed"},
}
_LOOKED_AT = 200  # statements, the newest by their articles' dates


class NothingToFollow(RequestError):
    """A feed was requested without a speaker and without a topic."""


class SaidRequest(BaseModel):
    """Whose words to follow, on what; one of the two."""

    speaker: Annotated[str, Field(max_length=200)] = ""
    topic: Annotated[str, Field(max_length=200)] = ""


def router(service: Service) -> APIRouter:
    """`feed` and `feed/said`."""
    routes = APIRouter(tags=["Following"], responses={**PROBLEMS, **_FOUND})

    @routes.get(
        "/feed", summary="The answers to a question, as an Atom feed", response_class=Response
    )
    async def feed(
        request: Request,
        visitor: VisitorName,
        q: Annotated[str, Query(min_length=1, max_length=MAX_LENGTH)],
    ) -> Response:
        answer = await service.answer(q, visitor=visitor, waits=False)
        entries = await service.do(lambda answerer: _of_answer(answer, answerer), visitor)
        return _reply(request, q, answer.message, entries)

    @routes.get(
        "/feed/said", summary="What somebody says, or what is said on a topic, as an Atom feed",
        response_class=Response,
    )  # fmt: skip
    async def said(
        request: Request, visitor: VisitorName, asked: Annotated[SaidRequest, Query()]
    ) -> Response:
        speaker, topic = asked.speaker.strip(), asked.topic.strip()
        if not speaker and not topic:
            raise NothingToFollow("Give “speaker”, “topic” or both.")
        entries = await service.do(
            lambda answerer: _of_statements(StatementQuery(speaker, topic), answerer), visitor
        )
        title = f"{speaker or 'Anybody'}{f' on {topic}' if topic else ''}"
        return _reply(request, title, "Statements from the articles, newest first.", entries)

    return routes


def _of_answer(answer: Answer, answerer: "Answerer") -> list[FeedEntry]:
    archive = answerer.archive
    with archive.snapshot():
        there = frozenset(archive.ids())
        runs = [block.run for block in answer.verbatim.blocks if block.run.article.id in there]
        return [
            FeedEntry(run.article, run.span, run.speaker, archive.added_at(run.article.id))
            for run in runs
        ]


def _of_statements(query: StatementQuery, answerer: "Answerer") -> list[FeedEntry]:
    """The most recently added, among the newest by date."""
    archive = answerer.archive
    with archive.snapshot():
        found = answerer.library.statements(query, limit=_LOOKED_AT).items
        entries = [
            FeedEntry(article, said.span, said.speaker, archive.added_at(article.id))
            for said in found
            if (article := archive.article(said.article.id))
        ]
    return sorted(entries, key=lambda entry: entry.added_at, reverse=True)[:MAX_ENTRIES]


def _reply(request: Request, title: str, about: str, entries: list[FeedEntry]) -> Response:
    """The feed, or 304 if the client has it already."""
    made = atom(title, about, str(request.url), str(request.base_url), entries)
    tag = f'"{hashlib.sha256(made).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(made, media_type=KIND, headers=headers)
