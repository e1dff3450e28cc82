"""Finds the changes in a sentence that is a near-copy of another.

If nearly all words are the other's, in its order, an added or missing "not", or another number or
modal verb, is no paraphrase. Knows nothing of sentences in words of their own.

>>> list(slips("The bill was not also withdrawn today.", "The bill was also withdrawn today."))
['not']
>>> list(slips("He faced two counts of theft.", "He faced nine counts of theft, and two of fraud."))
['two']
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from bot.comparing.figures import find_numbers
from bot.comparing.polarity import is_negator, mood_of
from bot.comparing.tokens import Token, words_of

T = TypeVar("T")

_COPIED = 0.8  # of the draft's words
_FEWEST = 5  # words in common
_LEFT_OUT = 2  # words: "not", "did not"


def slips(draft: str, cited: str, *, least: float = _COPIED) -> Iterator[str]:
    """The negations that only one of the two has, and replaced numbers and modal verbs.

    Empty if less than `least` of the draft's words are copied.
    """
    ours, theirs = (words_of(text) for text in (draft, cited))
    matcher = SequenceMatcher(None, [t.low for t in theirs], [t.low for t in ours], autojunk=False)
    copied = sum(block.size for block in matcher.get_matching_blocks())
    if copied < max(_FEWEST, least * len(ours)):
        return
    changes = [
        (theirs[a:b], ours[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]
    yield from _turned(changes)
    for before, after in changes:
        if _differ(_values(before), _values(after)) or _differ(_moods(before), _moods(after)):
            yield " ".join(token.text for token in after)


def _turned(changes: Sequence[tuple[Sequence[Token], Sequence[Token]]]) -> Iterator[str]:
    # More words that are left out are a part that is left out, with what it denies.
    few = [before for before, after in changes if len(before) <= len(after) + _LEFT_OUT]
    lost = [token.text for before in few for token in _negators(before)]
    gained = [token.text for _, after in changes for token in _negators(after)]
    if len(lost) != len(gained):
        yield from (gained or lost)[:1]


def _differ(before: frozenset[T], after: frozenset[T]) -> bool:
    return bool(before) and bool(after) and before.isdisjoint(after)


def _moods(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(mood for token in tokens if (mood := mood_of(token)))


def _negators(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for n, token in enumerate(tokens) if is_negator(tokens, n))


def _values(tokens: Sequence[Token]) -> frozenset[float | str]:
    numbers = find_numbers(" ".join(token.text for token in tokens))
    return frozenset(value for number in numbers for value in number.values)
