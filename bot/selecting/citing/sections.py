"""Joins the answers to several questions into one, a section each, with citations renumbered.

Knows nothing of how they were found.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer, Block, Refusal, Section
from bot.query.grammar.question import Query
from bot.query.parts import parts_of, understood
from index.schema import Span


def join(question: str, query: Query, answers: Sequence[tuple[str, Answer]]) -> Answer:
    """One answer from several, each with its heading; a refusal, as the first, if all refuse."""
    blocks: list[Block] = []
    answers = _each_once(answers)
    for _, answer in answers:
        blocks += [_counted_on(block, blocks) for block in answer.blocks]
    sections = tuple(_section(heading, answer) for heading, answer in answers)
    parts = parts_of(query)
    reason = next((each.reason for each in sections if each.reason), None)
    return Answer(
        question=question,
        message=_message(sections),
        understood=understood(parts),
        body=tuple(blocks),
        refusal=Refusal(reason) if reason and not blocks else None,
        parts=parts,
        options=tuple(option for _, answer in answers for option in answer.options),
        sections=sections,
        is_sure=all(answer.is_sure for _, answer in answers),
    )


def _each_once(answers: Sequence[tuple[str, Answer]]) -> list[tuple[str, Answer]]:
    """The answers without the blocks that an earlier one has shown, unless nothing is left."""
    shown: set[tuple[str, Span]] = set()
    fresh = []
    for heading, answer in answers:
        places = {b.number: {(c.article.id, c.span) for c in b.citations} for b in answer.blocks}
        left = tuple(block for block in answer.blocks if not places[block.number] <= shown)
        fresh.append((heading, replace(answer, body=left) if left else answer))
        shown = shown.union(*places.values())
    return fresh


def _section(heading: str, answer: Answer) -> Section:
    return Section(
        heading,
        answer.question,
        answer.understood,
        answer.message,
        answer.refusal.reason if answer.refusal else None,
        len(answer.blocks),
    )


def _message(sections: Sequence[Section]) -> str:
    silent = [each.heading for each in sections if each.reason]
    if len(silent) == len(sections):
        return "The articles do not say, to any of these."
    return f"{len(sections)} answers." if not silent else f"No answer: {', '.join(silent)}."


def _counted_on(block: Block, before: Sequence[Block]) -> Block:
    """The block, renumbered to follow those before it."""
    n = sum(len(each.citations) for each in before)
    counted = block.changed(lambda c: replace(c, number=c.number + n, rank=c.rank + n))
    return replace(counted, number=len(before) + 1)
