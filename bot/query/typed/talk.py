"""Tells talk ("hello", "thanks", "what can you do?") from a question for the articles.

By its likeness to examples (data/talk.txt): people thank and greet in more ways than one can list.
Knows nothing of articles.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from bot.query.typed.shorthand import written_out
from index.archive.embedding.minilm import Vectors
from index.language.tables import read_lines

_EXAMPLES = read_lines("talk.txt", "bot.query")
# The least cosine similarity to an example: of 5,274 questions for articles in the development
# sets none reaches it.
_ALIKE = 0.6
_LONGEST = 12  # words
# After an answer these ask of what it is about: "how does it work?".
_LEANS = re.compile(r"\b(?:it|its|this|they|them|their|he|him|his|she|her)\b")


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
