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
_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]")
# What is said in a talk, unlike what is told of somebody.
TALK = re.compile(rf"{FIRST_PERSON.pattern}|\b(?:you|You|your|Your)\b|\?")
# Before and behind who asks, in what leads up to an interview.
_TO_ASKER = (
    r"\b(?:(?:[Hh]e|[Ss]he|[Tt]hey|who) (?:spoke|talked|sat down|talks|speaks) (?:to|with)"
    r"|\w+ (?:told|tells)|(?:[Hh]e|[Ss]he|[Tt]hey|who) (?:met|meets)"
    r"|(?:[Ii]nterviewed|[Aa]sked|[Qq]uestioned) by|[Ii]nterview(?:er)?(?: by|:)|[Bb]y)"
)
_ASKING = (
    r"(?:interviewed|interviews|asked|asks|met|meets|caught up with|catches up with|sat down with"
    r"|sits down with|spoke to|speaks to|talked to|talks to)"
)


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
    told = _QUOTED.sub("", told)  # “Paper Moon” is nobody
    found = [name for name in names if name in told]
    if len(found) > 1:
        found = [name for name in found if " " in name]
    if len(found) > 1:
        found = [name for name in found if not _has_asked(told, name)]
    return found[0] if len(found) == 1 else None


def _has_asked(told: str, name: str) -> bool:
    """Whether somebody leads an interview: "She spoke to Bo Orr", "Bo Orr met Ann Lee"."""
    met = rf"{_TO_ASKER} (?:[\w’'-]+ ){{0,4}}?{re.escape(name)}\b"
    return re.search(rf"{met}|\b{re.escape(name)} {_ASKING}\b", told) is not None
