"""The turns of the page's conversation: answered anew or from a saved answer, and shown.

Knows nothing of Gradio, nor of how an answer is found.
"""

import json
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from bot.answer import Answer, Block, Run
from bot.filters import NO_FILTERS, BadFilter, Filters
from bot.library.answer_store import AnswerStore
from bot.library.saved_answer import (
    SavedAnswer,
    changes_since,
    restored,
    told_fates,
    without_words,
)
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH
from bot.query.people.directory import Directory
from bot.rendering.answer_markdown import markdown_parts
from bot.rendering.answer_text import to_text
from bot.rendering.article_html import ShownArticle, pane_html
from bot.rendering.escape import inert, quoted
from bot.rendering.labels import by_article, day_of, published_address
from bot.selecting.article_view import Attribution, attributions
from bot.service import Service
from bot.web.api.request_bodies import Filtered
from bot.web.protection.access import Visitor
from index.archive.archive import Archive
from index.attribution.layout.sentences import split_sentences
from index.schema import Span, VerbatimError

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

Message = dict[str, str]  # as Gradio wants it


@dataclass(frozen=True)
class PageTurn:
    """A question of the conversation and its result: an answer, or a problem in words.

    `history` has the questions before it, shown if their turns are not. `note` is a line about a
    saved answer.
    """

    number: int
    question: str
    history: tuple[str, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    note: str = ""
    shows_history: bool = False
    filters: Filters = NO_FILTERS

    @property
    def is_over(self) -> bool:
        """Whether the turn has an answer or a problem."""
        return bool(self.answer or self.problem)

    @property
    def cited(self) -> tuple[Block, ...]:
        """The blocks whose articles are shown beside the conversation."""
        return (self.answer.blocks or self.answer.nearest) if self.answer else ()

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """The question and, when the turn is over, the reply: written once, and shown often."""
        asked = message("user", inert(self.question))
        if not self.is_over:
            return (asked,)
        return asked, message("assistant", "".join(reply_pieces(self)) + _data(self))


Turns = tuple[PageTurn, ...]


def next_turn(
    question: str, turns: Turns, *, before: int | None = None, alone: bool = False
) -> tuple[Turns, PageTurn]:
    """The turns that stay, and the new one.

    It replaces turn `before` and removes those after it, which were asked in its context. A
    question `alone` has no context.
    """
    # A client other than the page may send anything: keep just enough to see that it is too long.
    asked = question.strip()[: MAX_LENGTH + 1]
    number = turns[-1].number + 1 if turns else 1
    replaced = next((turn for turn in turns if turn.number == before), None)
    if replaced:
        stay = tuple(turn for turn in turns if turn.number < replaced.number)
        return stay, PageTurn(number, asked, replaced.history)
    over = tuple(turn for turn in turns if turn.is_over)
    history = () if alone or not over else _with(over[-1])
    return over, PageTurn(number, asked, history)


def resumed_turn(question: str, turns: Turns, history: Sequence[str] | None) -> PageTurn:
    """The next turn of a resumed conversation, asked after the `history`.

    Without a history, after the turn before it. Questions that are in no turn here are shown with
    it.
    """
    _, turn = next_turn(question, turns, alone=history is not None)
    if history is None:
        return turn
    return replace(turn, history=tuple(history), shows_history=not turns)


def _with(turn: PageTurn) -> tuple[str, ...]:
    """The history of the next question."""
    asked = (*turn.history, turn.question) if turn.answer else turn.history
    return asked[-MAX_HISTORY:]


def message(role: str, content: str) -> Message:
    """One message of the conversation."""
    return {"role": role, "content": content}


def reply_pieces(turn: PageTurn) -> Iterator[str]:
    """The reply in the pieces in which it is streamed."""
    note = f'<span class="note">{inert(turn.note)}</span>\n\n' if turn.note else ""
    if turn.shows_history and turn.history:
        after = ", ".join(f"“{question}”" for question in turn.history)
        note = f'<span class="after">Asked after {inert(after)}.</span>\n\n{note}'
    if turn.filters:
        only = inert(f"Only articles {turn.filters.text}.")
        note = f'<span class="after">{only}</span>\n\n{note}'
    if turn.answer is None:
        yield note + inert(turn.problem)
        return
    first, *others = markdown_parts(turn.answer, turn.number)
    yield note + first
    yield from others


def _data(turn: PageTurn) -> str:
    """A hidden element with the data that the page's script needs for its buttons."""
    record = {"turn": turn.number, "question": turn.question, "history": turn.history}
    if turn.filters:
        own = turn.filters
        record["filters"] = {"from": own.since, "to": own.until, "outlet": own.outlet}
    if turn.answer:
        record |= _answer_data(turn.answer, turn.history)
    # ASCII alone, so that nothing in it has to be replaced.
    return f'\n\n<div class="turn" title="{quoted(json.dumps(record))}"></div>'


def _answer_data(answer: Answer, history: Sequence[str]) -> dict[str, Any]:
    return {
        "answer": without_words(answer, history, 0).id,
        "status": "refused" if answer.refusal else "answered",
        "message": answer.message,
        "suggestions": answer.refusal.suggestions if answer.refusal else [],
        "choices": [
            {"question": each.question, "label": each.label, "day": day_of(each.published)}
            for each in answer.options
        ],
        "text": to_text(answer),
        "parts": [
            {"question": part.question, "place": part.place, "without": part.without}
            for part in answer.parts
        ],
        # Copies too: a citation of theirs can be taken away as well.
        "runs": [
            _run_data(run) for block in answer.blocks or answer.nearest for run in block.stretches
        ],
    }


def _run_data(run: Run) -> dict[str, Any]:
    return {
        "mark": run.mark,
        "numbers": [citation.number for citation in run.citations],
        "article": run.article.id,
        "version": run.article.version,
        "start": run.span.start,
        "end": run.span.end,
        "speakers": [voice.speaker for voice in run.voices if voice.speaker],
        "address": published_address(run.article, run.span),
    }


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


def show_again(kept: SavedAnswer, answerer: "Answerer") -> tuple[Answer, str]:
    """The saved answer while its articles are unchanged; else today's, with a line that says why.

    A refusal depends on the whole archive, so its question is always answered again.
    """
    archive = answerer.archive
    with archive.snapshot():
        changes = changes_since(kept, archive) or _other_speakers(kept, answerer)
        if kept.blocks and not changes:
            return answerer.with_carriers(restored(kept, archive)), ""
        answer = answerer.answer(kept.question, kept.history, kept.filters)
    if changes:
        return answer, f"Since this link was made, {'; '.join(changes)}: this is today’s answer."
    if answer.body:
        return answer, "When this link was made, the articles did not say. Now they do."
    return answer, ""


def _other_speakers(kept: SavedAnswer, answerer: "Answerer") -> list[str]:
    """Why the cited speakers no longer hold: a correction by hand may have changed one."""
    with answerer.archive.snapshot():
        directory, places = answerer.directory(), kept.places.values()
        articles = {p.article_id: answerer.archive.required(p.article_id) for p in places}
        said = {id_: answerer.archive.statements(id_) for id_ in articles}
        for place in places:
            span, article = Span(place.start, place.end), articles[place.article_id]
            found = attributions(span, said[article.id], directory, article)
            names = {name for one in found for name in (one.full_name, *_spellings(one, directory))}
            if place.speaker not in names if place.speaker else found:
                return ["the speaker was corrected"]
    return []


def _spellings(attribution: Attribution, directory: Directory) -> tuple[str, ...]:
    return directory.spellings(attribution.identity) if attribution.identity else ()
