"""Tokenizes a sentence for comparison with another: each word with its stem and clause.

Knows nothing of articles or drafts.

>>> [token.stem for token in split("The bill was withdrawn.") if token.is_content]
['bill', 'withdraw']
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.language.stems import base_of
from index.language.verbs import CUES
from index.language.words import FUNCTION_WORDS

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,](?=\d)[^\W_]+|['’](?!s\b)[^\W_]+|&[^\W_]+)*%?|[,;:.!?—–()]|-{2,}"
)
_FUNCTION = (
    FUNCTION_WORDS
    | frozenset(
        """not also only just even very too such there here than then who whom whose which what
        how as mr mrs ms dr s t d ll re ve m no nor yes per percent cent via own same other
        others itself more most much well still already both either neither whether like while
        etc according said say says saying""".split()
    )
)  # fmt: skip
_BREAKS = frozenset(",;:.!?—–()") | frozenset(("--", "---", "but", "while", "although"))


@dataclass(frozen=True)
class Token:
    """A word or punctuation mark; `clause` numbers the stretch between two breaks."""

    text: str
    start: int
    clause: int

    @property
    def end(self) -> int:
        """The end, half-open."""
        return self.start + len(self.text)

    @cached_property
    def low(self) -> str:
        """In lower case, with plain apostrophes."""
        return self.text.lower().replace("’", "'")

    @cached_property
    def stem(self) -> str:
        """The stem that forms of a word share: "withdrew", "withdrawn"; "Russian", "Russia"."""
        return base_of(self.low)

    @property
    def is_mark(self) -> bool:
        """Whether this is punctuation."""
        return not self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it opens with a capital."""
        return self.text[0].isupper()

    @property
    def is_content(self) -> bool:
        """Whether it is a content word."""
        return not self.is_mark and self.low not in _FUNCTION and not self.low.isdigit()

    @property
    def is_cue(self) -> bool:
        """Whether it is a verb of saying."""
        return self.low in CUES


def split(text: str) -> tuple[Token, ...]:
    """The words and punctuation marks of a sentence, in order."""
    tokens: list[Token] = []
    clause = 0
    for match in _TOKEN.finditer(text):
        breaks = match.group().lower() in _BREAKS
        clause += breaks
        tokens.append(Token(match.group(), match.start(), clause))
    return tuple(tokens)


def words_of(text: str) -> list[Token]:
    """The words of a sentence, without punctuation."""
    return [token for token in split(text) if not token.is_mark]


def stems(tokens: Sequence[Token]) -> frozenset[str]:
    """The stems of the content words."""
    return frozenset(token.stem for token in tokens if token.is_content)
