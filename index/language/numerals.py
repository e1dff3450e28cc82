"""Reads numbers that are spelt out: "twenty-five", "half a million", "two thirds", "dozens".

>>> read_numeral("one hundred and ninety people".split())
Numeral(length=4, values=frozenset({190.0}), ordinal=False)
"""

from collections.abc import Sequence
from dataclasses import dataclass

ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = {word: float(n) for n, word in enumerate(ONES)} | {
    word: 20.0 + 10 * n for n, word in enumerate(_TENS)
}
ORDINALS = {
    word: float(n)
    for n, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split(), 1
    )
} | {tens[:-1] + "ieth": 20.0 + 10 * n for n, tens in enumerate(_TENS)}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9,
    "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0,
}  # fmt: skip
_SPELT_SCALES = {word: value for word, value in SCALES.items() if len(word) > 2}
_VAGUE = frozenset("dozens hundreds thousands millions billions trillions scores".split())
_PARTS = {
    "half": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3, "fifth": 0.2,
    "fifths": 0.2, "tenth": 0.1, "tenths": 0.1,
}  # fmt: skip

# Every word of which numbers are made.
NUMBER_WORDS = frozenset([*_CARDINALS, *ORDINALS, *_SPELT_SCALES, *_VAGUE, *_PARTS])

Value = float | str


@dataclass(frozen=True, slots=True)
class Numeral:
    """How many words make up a number, and what it may mean; a part of a whole in percent, too."""

    length: int
    values: frozenset[Value]
    ordinal: bool = False


def read_numeral(words: Sequence[str]) -> Numeral | None:
    """The number that a run of words in lower case begins with, if any."""
    if words[0] in _VAGUE:
        return Numeral(1, frozenset(words[:1]))
    if words[0] == "half" and len(words) > 2 and words[1] == "a" and words[2] in _SPELT_SCALES:
        return Numeral(3, frozenset([0.5 * _SPELT_SCALES[words[2]]]))
    if words[0] in _PARTS and words[0] not in ORDINALS:
        return Numeral(1, _part(_PARTS[words[0]]))
    length, value = _cardinal(words)
    after = words[length] if length < len(words) else ""
    if length and after in _PARTS and value < 10:
        return Numeral(length + 1, _part(value * _PARTS[after]) | _ordinal_value(value, after))
    if after in ORDINALS and (not length or value % 100 in range(20, 100, 10) or value >= 100):
        share = _part(_PARTS[after]) if after in _PARTS and not length else frozenset()
        return Numeral(length + 1, frozenset([value + ORDINALS[after]]) | share, ordinal=True)
    return Numeral(length, frozenset([value])) if length else None


def _part(share: float) -> frozenset[Value]:
    return frozenset([round(share, 4), round(100 * share, 4)])


def _ordinal_value(value: float, word: str) -> frozenset[Value]:
    """What "twenty-third" is beside twenty times a third."""
    return frozenset([value + ORDINALS[word]]) if word in ORDINALS else frozenset()


def _cardinal(words: Sequence[str]) -> tuple[int, float]:
    """How many words a plain number has, and its value."""
    total = current = 0.0
    length = 0
    for n, word in enumerate(words):
        if word in _CARDINALS and (not n or _adds(current, _CARDINALS[word], words[n - 1])):
            current += _CARDINALS[word]
        elif word in _SPELT_SCALES:
            scale = _SPELT_SCALES[word]
            if scale > 100:
                total, current = total + (current or 1) * scale, 0.0
            else:
                current = (current or 1) * scale
        elif word == "and" and _joins(words, n):
            continue
        else:
            break
        length = n + 1
    return length, total + current


def _adds(current: float, value: float, before: str) -> bool:
    """Whether a number goes on with a word: "twenty five", "hundred (and) five"; not "two five"."""
    if before in _SPELT_SCALES or before == "and":
        return True
    return value < 10 and current % 100 in range(20, 100, 10)


def _joins(words: Sequence[str], n: int) -> bool:
    return 0 < n < len(words) - 1 and words[n - 1] in SCALES and words[n + 1] in _CARDINALS
