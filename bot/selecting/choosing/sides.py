"""Whether a sentence takes the side that a question asks for: "is anyone against it".

By the words of those who are for or against something. Knows nothing of scores.
"""

import re
from collections.abc import Sequence
from typing import Literal

from index.language.folding import fold
from index.language.stems import bases
from index.language.word_lists import word_set

Side = Literal["for", "against"]

_AGAINST, _FOR = (bases(word_set(name, "bot.query")) for name in ("against", "in_favour"))
_ASKS = re.compile(
    r"(?:(?:and|but|so) )?(?:(?:is|are|was|were|does|do|did|has|have) )?(?:there )?"
    r"(?:who(?:['’]s)?|any(?:one|body))\b(?P<then>(?: \S+){1,3})",
    re.IGNORECASE,
)
_NEGATING = frozenset("not no nobody never t few hardly without".split())
_BEFORE = 4  # words before one that may negate it: "not everybody welcomed it"
_DIRECTION = "back"  # unlike "backed"


def side_of(question: str) -> Side | None:
    """Which side those take who are asked for; None if they are asked for by something else."""
    asks = _ASKS.match(question)
    return _side(fold(asks["then"]), is_question=True) if asks else None


def takes(sentence: str, side: Side) -> bool:
    """Whether a sentence has words of that side."""
    words = fold(sentence)
    return any(
        _side(words[max(0, k - _BEFORE) : k + 1]) == side
        for k, word in enumerate(words)
        if word != _DIRECTION
    )


def _side(words: Sequence[str], *, is_question: bool = False) -> Side | None:
    """The side of the last word, or of any of a question's, turned where one negates it."""
    last = words if is_question else words[-1:]
    found = bases(last)
    is_against, is_for = bool(found & _AGAINST) or "against" in last, bool(found & _FOR)
    if is_against == is_for:
        return None
    is_turned = not _NEGATING.isdisjoint(words)
    return "against" if is_against != is_turned else "for"
