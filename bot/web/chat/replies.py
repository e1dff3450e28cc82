"""Answers the turns of the page's conversation, anew or from a saved answer, and fills the pane.

Knows nothing of Gradio.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field, ValidationError

from bot.answer import Answer, Run
from bot.library.answer_store import AnswerStore
from bot.library.saved_answer import show_again, told_fates
from bot.query.filters import BadFilter
from bot.query.grammar.question import MAX_HISTORY
from bot.rendering.article_html import ShownArticle, pane_html
from bot.rendering.escape import inert
from bot.rendering.labels import by_article
from bot.service import Service
from bot.web.api.request_bodies import Filtered
from bot.web.chat.turns import PageTurn
from bot.web.protection.access import Visitor
from index.archive.archive import Archive
from index.attribution.layout.sentences import split_sentences
from index.schema import VerbatimError

if TYPE_CHECKING:
    from bot.answerer import Answerer

_NOTHING_CITED = '<div class="empty"><p>This answer cites no article.</p></div>'
_NOT_FOR_YOU = (
    '<div class="empty"><p>Whole articles are shown only to those who may read them here.</p></div>'
)
_FORGOTTEN = "The answer that this link led to is no longer stored. This is today’s answer."
_REMOVED = "This article has since been removed from the archive."
_CORRECTED = "This article has since been corrected{}. This is the version that was cited."


_MOST_AGAIN = 50


class AskedBefore(Filtered):
    """A turn of an earlier conversation: what was asked after which questions.

    Without a `history` it was asked after the turn before it. `kept` is the id of its kept answer.
    """

    question: str
    history: Annotated[list[str], Field(max_length=MAX_HISTORY)] | None = None
    kept: str | None = None


class PageRequest(BaseModel):
    """What the page's script requests; it numbers its requests, so that no two are equal.

    - A `question`: in place of turn `before`; or `alone`, without the turns before it; or only as
      the `first` of the conversation.
    - The saved answer with the id `kept`; its question is there in case it is no longer stored.
    - The `turns` of an earlier conversation, to resume in place of this one.
    """

    question: str = ""
    turns: Annotated[list[AskedBefore], Field(max_length=_MOST_AGAIN)] = []
    before: int | None = None
    alone: bool = False
    first: bool = False
    kept: str | None = None


def read_page_request(sent: str) -> PageRequest:
    """The request; an empty one if somebody bypasses the page and sends something else."""
    try:
        return PageRequest.model_validate_json(sent)
    except ValidationError:
        return PageRequest(question="")


def read_filters(sent: str) -> Filtered:
    """The filters beside the question box; none if somebody bypasses the page."""
    try:
        return Filtered.model_validate_json(sent or "{}")
    except ValidationError:
        return Filtered()


def filtered(turn: PageTurn, sent: Filtered) -> PageTurn:
    """The turn with the filters that were sent; with the problem, if they are invalid."""
    try:
        return replace(turn, filters=sent.filters)
    except BadFilter as error:
        return replace(turn, problem=str(error))


async def turns_of(
    service: Service, turn: PageTurn, kept: str | None, visitor: Visitor
) -> AsyncGenerator[PageTurn]:
    """The turn with its answer as it grows, or with the problem."""
    if turn.problem:
        yield turn
        return
    try:
        turn = await _kept(service, turn, kept, visitor)
        if turn.answer:
            yield turn
            return
        # Closed at once when the visitor stops, not at garbage collection.
        answered = service.answers(turn.question, turn.history, turn.filters, visitor=visitor.name)
        async with aclosing(answered) as answers:
            async for answer in answers:
                yield replace(turn, answer=answer)
    except VerbatimError as error:
        yield replace(turn, problem=str(error))


async def answered_turn(
    service: Service, turn: PageTurn, kept: str | None, visitor: Visitor
) -> PageTurn:
    """The turn with its answer, saved or new, verbatim.

    Raises VerbatimError if there is none, or if it would take long.
    """
    known = await _kept(service, turn, kept, visitor)
    return known if known.answer else await _answered(service, known, visitor, waits=False)


async def asked_again(
    service: Service, turn: PageTurn, kept: str | None, visitor: Visitor
) -> PageTurn:
    """A turn of an earlier conversation with its saved or new answer, or the problem.

    Verbatim: no language model phrases again what was read already.
    """
    if turn.problem:
        return turn
    try:
        known = await _kept(service, turn, kept, visitor)
        return known if known.answer else await _answered(service, turn, visitor)
    except VerbatimError as error:
        return replace(turn, problem=str(error))


async def _answered(
    service: Service, turn: PageTurn, visitor: Visitor, *, waits: bool = True
) -> PageTurn:
    answer = await service.answer(
        turn.question, turn.history, turn.filters, visitor=visitor.name, waits=waits
    )
    return replace(turn, answer=answer)


async def _kept(service: Service, turn: PageTurn, kept: str | None, visitor: Visitor) -> PageTurn:
    """The turn with its saved answer, if there is one; with a note where it is stored no longer."""
    if not kept:
        return turn

    def find(answerer: "Answerer") -> PageTurn:
        with AnswerStore.of(answerer.archive.address) as store:
            found = store.find(kept)
        if found is None:
            return replace(turn, note=_FORGOTTEN)
        answer, note = show_again(found, answerer)
        return replace(
            turn,
            question=found.question,
            history=found.history,
            filters=found.filters,
            answer=answer,
            note=note,
            shows_history=True,
        )

    return await service.ask(find, visitor=visitor.name)


async def pane_of(service: Service, turn: PageTurn, visitor: Visitor) -> str:
    """The cited articles, as they were when the answer was made, if the visitor may read them."""
    answer = turn.answer
    if answer is None or not answer.shown:
        return _NOTHING_CITED
    if not visitor.may("read"):
        return _NOT_FOR_YOU
    try:
        shown = await service.do(
            lambda answerer: _shown(answer, answerer.archive), visitor=visitor.name
        )
    except VerbatimError as error:
        return f'<div class="empty"><p>{inert(str(error))}</p></div>'
    return pane_html(answer, shown, turn=turn.number)


def _shown(answer: Answer, archive: Archive) -> dict[str, ShownArticle]:
    with archive.snapshot():
        return {runs[0].article.id: _as_cited(runs, archive) for runs in by_article(answer)}


def _as_cited(runs: Sequence[Run], archive: Archive) -> ShownArticle:
    """The article as it was cited; statements are known only of today's version."""
    article = runs[0].article
    now = archive.article(article.id)
    if now is None:
        return ShownArticle(article, split_sentences(article.text), (), _REMOVED)
    if now.version != article.version:
        cited = [citation.span for run in runs for citation in run.citations]
        told = told_fates(article.text, cited, now.text)
        return ShownArticle(article, split_sentences(article.text), (), _CORRECTED.format(told))
    own = tuple(s for s in archive.statements(article.id) if s.is_own)
    return ShownArticle(article, archive.sentences(article.id), own)
