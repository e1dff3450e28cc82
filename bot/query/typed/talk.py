"""Tells talk ("hello", "thanks", "what can you do?") and other languages from a question.

Talk by its likeness to examples (data/talk.txt): people thank and greet in more ways than one can
list. Other alphabets give themselves away, and other languages by their question words and verbs of
saying: nothing is guessed from letters that English borrows. Knows nothing of articles.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.query.typed.shorthand import written_out
from index.archive.embedding.minilm import Vectors
from index.language.names import PARTICLES
from index.language.word_lists import read_lines, read_table, word_set
from index.language.words import FUNCTION_WORDS

_EXAMPLES = read_lines("talk.txt", "bot.query")
# The least cosine similarity to an example: of 5,274 questions for articles in the development
# sets none reaches it.
_ALIKE = 0.6
_LONGEST = 12  # words
# After an answer these ask of what it is about: "how does it work?".
_LEANS = re.compile(r"\b(?:it|its|this|they|them|their|he|him|his|she|her)\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ENGLISH = FUNCTION_WORDS | word_set("english", "bot.query")


class TalkDetector:
    """Compares messages with examples; safe to share between threads."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        """`encode` gives a row of unit length a text."""
        self._encode = encode

    def is_talk(self, message: str) -> bool:
        """Whether nothing is asked of the articles."""
        text = _plain(message)
        if not 0 < len(text.split()) <= _LONGEST:
            return False
        return bool((self._examples @ self._encode([text])[0]).max() >= _ALIKE)

    @cached_property
    def _examples(self) -> Vectors:
        return self._encode([_plain(example) for example in _EXAMPLES])


def leans(message: str) -> bool:
    """Whether a message may ask of what was spoken of before."""
    return _LEANS.search(message.lower()) is not None


def _plain(message: str) -> str:
    """A message as it would be written, without capitals and marks at its ends."""
    return " ".join(written_out(message).lower().split()).strip(" .,!?:;()-")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that is told from English, and the line that says that only English is read."""

    code: str
    reply: str
    letters: re.Pattern[str] | None
    words: frozenset[str]
    weak: frozenset[str]
    marks: re.Pattern[str] | None = None  # of an alphabet of its own: must occur

    def points(self, words: list[str], text: str) -> float:
        """How surely the words are of this language: one for each that English has not."""
        own = [word for word in words if word in self.words and word not in _ENGLISH]
        strong = sum(0.5 if word in PARTICLES else 1.0 for word in own)  # "von der Leyen"
        if PARTICLES.issuperset(own):
            return 0.0
        weak = sum(word in self.weak for word in words)
        return strong + 0.5 * weak + 0.5 * bool(self.letters and self.letters.search(text))

    def writes(self, words: list[str]) -> bool:
        """Whether most of the words are in this language's own alphabet."""
        if (
            self.words
            or self.letters is None
            or (self.marks and not self.marks.search("".join(words)))
        ):
            return False
        own = sum(len(word) for word in words if self.letters.match(word))
        return 2 * own > sum(map(len, words))


def _tongue(code: str, letters: str, words: str, weak: str, reply: str) -> Tongue:
    alphabet, _, marks = letters.partition("+")
    return Tongue(
        code,
        reply,
        _any_of(alphabet),
        frozenset(words.split()),
        frozenset(weak.split()),
        _any_of(marks),
    )


def _any_of(letters: str) -> re.Pattern[str] | None:
    return re.compile(f"[{letters}]", re.IGNORECASE) if letters else None


_TONGUES = tuple(_tongue(*row) for row in read_table("languages.tsv", "bot.query"))


def other_language(question: str) -> Tongue | None:
    """The language of a question; None if it is English, or none is sure."""
    words = [match.group().lower() for match in _WORD.finditer(question)]
    written = next((tongue for tongue in _TONGUES if tongue.writes(words)), None)
    if written:
        return written
    points = [(tongue.points(words, question), tongue) for tongue in _TONGUES]
    best, tongue = max(points, key=lambda pair: pair[0])
    english = sum(word in _ENGLISH and word not in tongue.weak | tongue.words for word in words)
    enough = 2.0 if english else min(1.5, 0.5 * len(words) + 0.5)
    is_sure = best >= enough and best > english
    return tongue if is_sure else None
