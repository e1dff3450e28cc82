r"""Finds the turns of an interview whose questions stand on lines of their own, without labels.

One person is asked, and answers between the questions. Some prompts are no questions ("Your
brother says you cheat."), and below the last answer the paper goes on itself.

>>> from index.attribution.layout.sentences import split_sentences
>>> from index.attribution.layout.turns import paragraphs_of
>>> text = "Ann Lee rows.\n\nWhy?\n\nI must.\n\nHere?\n\nI do.\n\nAlone?\n\nI am.\n\nMs Lee left."
>>> found = find_exchanges(text, paragraphs_of(split_sentences(text)), ["Ann Lee"])
>>> [(turn.name, [span.of(text) for span in turn.content]) for turn in found][-1]
('Ann Lee', ['I am.'])
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.attribution.layout.turns import (
    FIRST_PERSON,
    TALK,
    PlacedParagraph,
    TranscriptTurn,
    interviewee,
    is_report,
)
from index.language.quotations import find_quotations
from index.schema import Span

_MARKED = ("**", "__", "Q:", "Q.", "Q ", "Question:")
_FEWEST = 3  # questions, where no mark of theirs tells them
_FEWEST_MARKED = 2
# Tells above the questions that somebody was asked: then two of them are enough.
_MEETING = re.compile(
    r"\b(?:spoke|speaks|talked|talks|sat down|sits down|meets?|met|catch(?:es)? up|caught up"
    r"|interview\w*) ",
    re.IGNORECASE,
)
_LINES = 2  # sentences of a question
# Who is addressed, and by what somebody tells them of themselves, unlike "you have to wait".
_ADDRESSED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_EDITED = re.compile(r"\binterview\b", re.IGNORECASE)
# A share of answers that have one paragraph, where the answers of an interview are short.
_SHORT = 0.75


def find_exchanges(
    text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]
) -> Iterator[TranscriptTurn]:
    """The questions and the answers between them, where one person is asked."""
    asked = [
        n
        for n, p in enumerate(paragraphs)
        if len(p.numbers) <= _LINES and _is_question(p.span.of(text))
    ]
    marked = all(text.startswith(_MARKED, paragraphs[n].span.start) for n in asked)
    if len(asked) < _FEWEST_MARKED or asked[0] == 0:
        return
    before = text[: paragraphs[asked[0]].span.start]
    if len(asked) < _FEWEST and not (marked or _MEETING.search(before)):
        return
    name = interviewee(before, names)
    if name is None or any(after == n + 1 for n, after in pairwise(asked)):
        return
    answers = [
        [p for p in paragraphs[first + 1 : end] if p.prose]
        for first, end in pairwise([*asked, len(paragraphs)])
    ]
    terse = _SHORT * (len(answers) - 1) <= sum(len(answer) == 1 for answer in answers[:-1])
    answers[-1] = spoken_at_the_end(text, answers[-1], name, terse=terse)
    questions = [paragraphs[n] for n in asked]
    if _is_talk(text, questions, answers, marked=marked):
        label = Span(before.index(name), before.index(name) + len(name))
        yield from _turns(label, name, questions, answers)


def _turns(
    label: Span,
    name: str,
    questions: Sequence[PlacedParagraph],
    answers: Sequence[Sequence[PlacedParagraph]],
) -> Iterator[TranscriptTurn]:
    for question, answer in zip(questions, answers, strict=True):
        yield TranscriptTurn(question.span, None, question.numbers, (question.span,))
        if answer:
            numbers = tuple(number for p in answer for number in p.numbers)
            yield TranscriptTurn(label, name, numbers, tuple(p.span for p in answer))


def _is_talk(
    text: str,
    questions: Sequence[PlacedParagraph],
    answers: Sequence[Sequence[PlacedParagraph]],
    *,
    marked: bool,
) -> bool:
    """Whether somebody tells of themselves in the answers, be it less often where "you" asks."""
    lines = [_unquoted(text, p.span) or p.span.of(text) for answer in answers for p in answer]
    talk = TALK if marked else FIRST_PERSON
    personal = sum(talk.search(line) is not None for line in lines)
    addressed = sum(_ADDRESSED.search(p.span.of(text)) is not None for p in questions)
    return (3 if 2 * addressed >= len(questions) else 2) * personal >= len(lines)


def _is_question(line: str) -> bool:
    """Whether a paragraph is a question put to somebody: it ends as one, or is all in bold."""
    bold = line.startswith(("**", "__")) and line.endswith(("**", "__"))
    return bold or (line.endswith("?") and line[0] not in "\"“'‘")


def spoken_at_the_end(
    text: str, answer: Sequence[PlacedParagraph], name: str, *, terse: bool
) -> list[PlacedParagraph]:
    """What is spoken of the paragraphs from the last label or question on.

    Below it the paper goes on where it names who has spoken or says what others do, and, if all
    other answers are `terse`, in whatever nobody says of themselves or to anybody.
    """
    spoken = len(answer)
    while spoken > 1 and not TALK.search(_unquoted(text, answer[spoken - 1].span)):
        spoken -= 1
    own = [terse or _is_told(text, p.span, name) for p in answer[spoken:]]
    return list(answer[: spoken + own.index(True)] if True in own else answer)


def _is_told(text: str, span: Span, name: str) -> bool:
    line = _unquoted(text, span)
    named = name.split()[-1] in re.findall(r"[^\W_]+", line)
    return named or is_report(line) or _EDITED.search(line) is not None


def _unquoted(text: str, span: Span) -> str:
    """A paragraph without what stands in quotation marks there."""
    line = span.of(text)
    for quotation in reversed(find_quotations(line)):
        line = line[: quotation.span.start] + line[quotation.span.end :]
    return line.strip()
