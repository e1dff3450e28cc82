"""Finds figures that a draft has put in each other's place.

"Four died and nine were hurt" does not carry "nine died and four were hurt", though both have both
numbers. Decided by the words beside a figure. Knows nothing of whether a figure is cited at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from bot.comparing.figures import Number, find_numbers
from bot.comparing.tokens import Token, split
from index.language.dates import find_dates

# Words on either side that tell what a figure counts.
_REACH, _CLEARLY, _CLUSTER = 3, 1, 2

# Counts nothing: "one of them", "one with oil and one with grain".
_ONE_OF = re.compile(r"one\s+(?:of|on|with|by|from|for)\b", re.IGNORECASE)


def moved_figures(draft: str, cited: str, published: date | None) -> tuple[str, ...]:
    """The cited numbers of a draft that it puts where the cited text has another one."""
    counts = [number for number in find_numbers(cited) if not number.ordinal]
    moments = find_dates(draft, published)
    held = [
        number
        for number in find_numbers(draft)
        if not number.ordinal
        and not _ONE_OF.match(draft, number.start)
        and not any(m.start <= number.start and number.end <= m.end for m in moments)
        and any(number.same(known) for known in counts)
    ]
    moved = (
        *_exchanged(draft, cited, held, counts),
        *_misplaced(draft, cited, held, counts),
        *_repeated(held, counts),
    )
    return tuple(dict.fromkeys(moved))


def _exchanged(
    draft: str, cited: str, held: Sequence[Number], known: Sequence[Number]
) -> Iterator[str]:
    """Figures that the draft puts where the cited text has another one."""
    if len(known) < 2:
        return
    ours, theirs = split(draft), split(cited)
    there = defaultdict(list)
    for token, number in _beside(theirs, known):
        there[token.stem].append(number)
    votes: Counter[Number] = Counter()
    for token, number in _beside(ours, held):
        counted = [k for k in there[token.stem] if _follows(token, theirs, k)]
        near = [other for k in there[token.stem] for other in _cluster(theirs, k, known)]
        if counted and _follows(token, ours, number):
            votes[number] += 1 if any(number.same(k) for k in counted) else -1
        elif any(n.same(k) for n in _cluster(ours, number, held) for k in near):
            votes[number] += 1
        elif counted or any(n.same(k) for n in held for k in near):
            votes[number] -= 1
    yield from (number.text for number, vote in votes.items() if vote < 0)


def _repeated(held: Sequence[Number], known: Sequence[Number]) -> Iterator[str]:
    """Figures that the draft has more often than the cited text: "5.8 here, and 5.8 there"."""
    for n, number in enumerate(held):
        before = sum(number.same(other) for other in held[:n])
        if before and before >= sum(number.same(other) for other in known):
            yield number.text


def _misplaced(
    draft: str, cited: str, held: Sequence[Number], known: Sequence[Number]
) -> Iterator[str]:
    """Figures before words that the cited text has after another figure: "four of them"."""
    there = defaultdict(list)
    theirs, ours = split(cited), split(draft)
    for number in known:
        there[_next(theirs, number)].append(number)
    for number in held:
        words = _next(ours, number)
        if words and there[words] and not any(number.same(other) for other in there[words]):
            yield number.text


def _next(tokens: Sequence[Token], number: Number) -> tuple[str, ...]:
    """The two words that follow a number, if there are as many before a mark."""
    after = [token for token in tokens if token.start >= number.end][:2]
    words = tuple(token.low for token in after if not token.is_mark)
    return words if len(words) == len(after) else ()


def _follows(word: Token, tokens: Sequence[Token], number: Number) -> bool:
    """Whether the word stands right behind the number: what it counts."""
    after = next((token for token in tokens if token.start >= number.end), None)
    return after is not None and after.stem == word.stem


def _cluster(tokens: Sequence[Token], number: Number, numbers: Sequence[Number]) -> list[Number]:
    """A number with those right beside it: "27 of the 54", "18 mph (8 m/s)"."""
    place = _place(tokens, number)
    return [n for n in numbers if _distance(tokens, place, _place(tokens, n)) <= _CLUSTER]


def _place(tokens: Sequence[Token], number: Number) -> int:
    return min((i for i, t in enumerate(tokens) if t.end > number.start), default=0)


def _beside(tokens: Sequence[Token], numbers: Sequence[Number]) -> Iterator[tuple[Token, Number]]:
    """Each word that stands clearly nearer to one of the numbers than to all others, with it."""
    places = [(number, _place(tokens, number)) for number in numbers]
    for i, token in enumerate(tokens):
        if not places or not token.is_content or _is_number(token, numbers):
            continue
        away = sorted((_distance(tokens, i, place), k) for k, (_, place) in enumerate(places))
        distance, nearest = away[0]
        is_clear = len(away) == 1 or distance + _CLEARLY <= away[1][0]
        if distance <= _REACH and is_clear:
            yield token, places[nearest][0]


def _distance(tokens: Sequence[Token], a: int, b: int) -> int:
    """How many words lie between two; a mark counts as two, brackets as none."""
    between = tokens[min(a, b) + 1 : max(a, b)]
    return sum(0 if t.text in "()" else 2 if t.is_mark else 1 for t in between)


def _is_number(token: Token, numbers: Sequence[Number]) -> bool:
    return any(number.start <= token.start < number.end for number in numbers)
