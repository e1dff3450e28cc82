"""The questions of a conversation: how far back they are taken, and which are read again.

Knows nothing of answers.
"""

from collections.abc import Sequence

from bot.query.dialogue.earlier import EarlierTurn
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH

# How many earlier questions are read again if none is cached. Each is answered, too, only where the
# one after it depends on it: at most so many answers for "and why?".
_ANEW = 6


def first_anew(asked: tuple[str, ...]) -> int:
    """The index of the first question to read again."""
    return max(0, len(asked) - _ANEW)


def as_is(turn: EarlierTurn | None) -> EarlierTurn | None:
    """The given turn; None before the first question."""
    return turn


def turns_of(question: str, history: Sequence[str]) -> tuple[str, ...]:
    """The questions of a conversation, with the last one, bounded in number and length."""
    return tuple(q[:MAX_LENGTH].strip() for q in (*history[-MAX_HISTORY:], question))
