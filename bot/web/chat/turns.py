"""The turns of the page's conversation, and the chat messages that show them.

Knows nothing of Gradio, nor of how an answer is found.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answer import Answer, Run
from bot.library.saved_answer import without_words
from bot.query.filters import NO_FILTERS, Filters
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH
from bot.rendering.answer_markdown import markdown_parts
from bot.rendering.answer_text import to_text
from bot.rendering.escape import inert, quoted
from bot.rendering.labels import day_of, published_address

Message = dict[str, str]  # as Gradio wants it


@dataclass(frozen=True, slots=True)
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


def messages(turn: PageTurn) -> list[Message]:
    """The question and, when the turn is over, the reply."""
    asked = message("user", inert(turn.question))
    if not turn.is_over:
        return [asked]
    return [asked, message("assistant", "".join(reply_pieces(turn)) + _data(turn))]


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
