"""What one person says in a row, where labels, headers or a name below say who speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.names import PARTICLES
from index.language.verbs import SAYING
from index.schema import Sentence, Span

# A word of a name with a capital, and what may stand before one in small letters.
WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
SMALL = rf"(?:(?:{'|'.join(sorted(PARTICLES | {'of', 'pro', 'tempore'}))})[ ])*"
_NAMED = re.compile(r"(?<=[\w,;] )(?!I\b)[A-ZÀ-Þ]\w|\A[A-ZÀ-Þ][\w.]* [A-ZÀ-Þ]|[“\"‘]")
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|we|We|my|My|me|our|Our|us)\b")
# What is said in a talk, unlike what is told of somebody.
TALK = re.compile(rf"{FIRST_PERSON.pattern}|\b(?:you|You|your|Your)\b|\?")


@dataclass(frozen=True, slots=True)
class TranscriptTurn:
    """What one person says in a row: the label, whom it stands for, the words by paragraph.

    `name` is None for who is not named: "Q".
    """

    label: Span
    name: str | None
    sentences: tuple[int, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    """A paragraph with the numbers of its sentences."""

    span: Span
    numbers: tuple[int, ...]
    prose: bool


def paragraphs_of(sentences: Sequence[Sentence]) -> list[PlacedParagraph]:
    """The paragraphs that sentences make up."""
    grouped: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        grouped.setdefault(sentence.paragraph, []).append(number)
    return [
        PlacedParagraph(
            Span(sentences[numbers[0]].span.start, sentences[numbers[-1]].span.end),
            tuple(numbers),
            sentences[numbers[0]].prose,
        )
        for numbers in grouped.values()
    ]


def is_report(line: str) -> bool:
    """Whether a line says what somebody who is named, or quoted, said."""
    named = _NAMED.search(line) is not None
    return named and has_saying(line)


def has_saying(words: str) -> bool:
    """Whether a verb of saying is among the words."""
    return not SAYING.isdisjoint(re.findall(r"[a-z]+", words))


def interviewee(before: str, names: Sequence[str]) -> str | None:
    """The one person whom the words before the first question speak of."""
    told = "\n".join(line for line in before.split("\n") if not line.rstrip().endswith(":"))
    found = [name for name in names if name in told]
    if len(found) > 1:
        found = [name for name in found if " " in name]
    return found[0] if len(found) == 1 else None
