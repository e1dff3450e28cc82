"""Holds every number, date and time of a draft against the sentences that it cites.

A figure may come in another form ("26", "twenty-six"; "Friday", "4 January"), and never as another
one; nor may two figures of a sentence change places. Knows nothing of who says what.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.drafting.checking.tokens import Token, split
from index.language.dates import Moment, find_dates
from index.language.numerals import SCALES, Value, read_numeral

_PAIRS = frozenset("both couple pair twice double twin duo".split())
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(
    r"(?P<money>(?:US|CDN|CA|C|A|AU|NZ|HK)?[$€£¥₹])?\s?(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?P<suffix>st\b|nd\b|rd\b|th\b|k\b|m\b|mn\b|bn\b|b\b|tn\b)?(?P<percent>\s?%)?"
    r"(?:[\s-]*(?P<scale>hundred|thousand|million|billion|trillion|bn|dozen)\b)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s-]*(?:(?P<percent>percent\w*|per cent|%)|(?P<dollar>(?:U\.?S\.? )?dollars?)"
    r"|(?P<euro>euros?)|(?P<mph>mph|miles (?:per|an) hour)|(?P<km>k(?:m|ilomet(?:er|re)s?))"
    r"|(?P<kmh>km/?h|kph|kilomet(?:er|re)s (?:per|an) hour)|(?P<mile>miles?)|(?P<foot>feet|foot)"
    r"|(?P<metre>met(?:er|re)s?))\b(?! (?:per|an) hour|/)",
    re.IGNORECASE,
)
_SIGNS = {"percent": "%", "dollar": "$", "euro": "€"}
# Beside the local time: "2:20 a.m. (0120 UTC)".
_WORLD_TIME = re.compile(r"\(?\b\d{3,4}\s*(?:UTC|GMT)\b[^()]*\)?")
_JOINT = re.compile(r"[\s-]+")
_LARGEST_WHOLE = 100
_LARGEST_SCALED = 1000
_LONGEST = 9  # words of a number
_RANGE = re.compile(r"\s*(?:to|–|-|—|and|or)\s*\Z")
_OF = re.compile(r"\s+(?:out of|in)\s+(?:every\s+)?\Z")
_SHORT_DECADE = re.compile(r"['’](\d0s)\b")  # "the '70s"
_DECADES = re.compile(r"\s+(?P<unit>decade|centur)", re.IGNORECASE)
_DECADE, _CENTURY = 10.0, 100.0  # years
# Words that are a number without having one.
_AS_NUMBERS: dict[str, Value] = {"decade": _DECADE, "century": _CENTURY, "halved": 0.5}
# Words on either side that tell what a figure counts.
_REACH, _CLEARLY, _CLUSTER = 3, 1, 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text writes it; `values` are what it may mean."""

    start: int
    end: int
    text: str
    values: frozenset[Value]
    unit: str = ""
    ordinal: bool = False

    def same(self, known: "Number") -> bool:
        """Whether the two may mean the same."""
        if self.unit != known.unit and self.unit and (known.unit or self.unit == "%"):
            return False
        return bool(self.values & known.values)


def wrong_figures(draft: str, cited: str, published: date | None) -> tuple[str, ...]:
    """The numbers, dates and times of a draft that the cited text does not have, or not there."""
    if not re.search(r"\b(?:UTC|GMT)\b", draft):
        cited = _WORLD_TIME.sub(" ", cited)
    known_dates, known = find_dates(cited, published), list(find_numbers(cited))
    moments = find_dates(draft, published)
    wrong = [
        moment.text
        for moment in moments
        if not any(moment.within(other) for other in known_dates)
        and not _is_counted(moment, known)
        and moment.text[2:] not in _SHORT_DECADE.findall(cited)
    ]
    numbers = [n for n in find_numbers(draft) if not _is_dated(n, moments)]
    wrong += [n.text for n in numbers if not _is_known(n, known, draft, cited)]
    counts = [k for k in known if not k.ordinal]
    held = [n for n in numbers if not n.ordinal and any(n.same(k) for k in counts)]
    moved = (
        *_exchanged(draft, cited, held, counts),
        *_misplaced(draft, cited, held, counts),
        *_repeated(held, counts),
    )
    return (*wrong, *dict.fromkeys(moved))


def find_numbers(text: str) -> Iterator[Number]:
    """All numbers of a text in order, years and days of the month included."""
    digits = list(_digits(text))
    found = sorted([*digits, *_words(text, digits)], key=lambda n: n.start)
    parts: set[int] = set()
    for n, number in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        between = text[number.end : after.start] if after else ""
        if after and _RANGE.match(between) and after.unit and not number.unit:
            number = replace(number, unit=after.unit)
        if after and _OF.match(between) and _is_share(number, after):
            parts.add(n + 1)
            number = replace(number, values=number.values | _share(number, after))
        if after and _RANGE.match(between) and after.unit in ("", number.unit):
            number = _scaled(number, after)
        if n not in parts:
            yield _in_years(number, text)


def _scaled(number: Number, after: Number) -> Number:
    """A number with what it may mean before a larger one: "300 and 400 billion"."""
    scale = SCALES.get(after.text.split()[-1].lower(), 1.0)
    small = {v for v in number.values if isinstance(v, float) and v < _LARGEST_SCALED}
    return replace(number, values=number.values | {round(v * scale, 4) for v in small})


def _in_years(number: Number, text: str) -> Number:
    """A number of decades, as years too."""
    unit = _DECADES.match(text, number.end)
    if unit is None:
        return number
    years = _DECADE if unit["unit"].lower() == "decade" else _CENTURY
    more = {round(v * years, 4) for v in number.values if isinstance(v, float)}
    return replace(number, values=number.values | more)


def _is_share(part: Number, whole: Number) -> bool:
    """Whether two numbers are one: "nine in ten", but not "nine in 2016"."""
    small = [v for v in whole.values if isinstance(v, float) and v <= _LARGEST_WHOLE]
    return bool(small) and not part.ordinal


def _share(part: Number, whole: Number) -> frozenset[Value]:
    """What "nine in ten" is in percent."""
    pairs = ((a, b) for a in part.values for b in whole.values)
    return frozenset(
        round(100 * a / b, 4)
        for a, b in pairs
        if isinstance(a, float) and isinstance(b, float) and b
    )


def _digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        raw = match["number"].rstrip(",")
        value = float(raw.replace(",", ""))
        suffix, scale = (match["suffix"] or "").lower(), (match["scale"] or "").lower()
        value *= SCALES.get(suffix, 1.0) * SCALES.get(scale, 1.0)
        end = match.end() if raw == match["number"] or scale or suffix else match.end() - 1
        unit = "%" if match["percent"] else (match["money"] or "")[-1:]
        after = _UNIT.match(text, end)
        unit = unit or _unit(after)
        ordinal = suffix in ("st", "nd", "rd", "th")
        start = match.start("money") if match["money"] else match.start("number")
        yield Number(start, end, text[start:end], frozenset([round(value, 4)]), unit, ordinal)


def _unit(match: re.Match[str] | None) -> str:
    unit = match.lastgroup if match else None
    return _SIGNS.get(unit, unit) if unit else ""


def _words(text: str, taken: Sequence[Number]) -> Iterator[Number]:
    """The numbers that are spelt out, but for the scale of one in digits."""
    words = [
        m
        for m in _WORD.finditer(text)
        if not any(number.start <= m.start() < number.end for number in taken)
    ]
    n = 0
    while n < len(words):
        numeral = read_numeral(_run(words[n : n + _LONGEST], text))
        if numeral:
            start, end = words[n].start(), words[n + numeral.length - 1].end()
            unit = _unit(_UNIT.match(text, end))
            yield Number(start, end, text[start:end], numeral.values, unit, numeral.ordinal)
        n += numeral.length if numeral else 1


def _run(words: Sequence[re.Match[str]], text: str) -> list[str]:
    """The words up to the first that more than a space or a hyphen parts from the one before."""
    run = [words[0].group().lower()]
    for before, word in pairwise(words):
        if not _JOINT.fullmatch(text, before.end(), word.start()):
            break
        run.append(word.group().lower())
    return run


def _is_counted(moment: Moment, known: Sequence[Number]) -> bool:
    """Whether a year is a number of the cited text after all."""
    return moment.text.isdigit() and any(float(moment.text) in n.values for n in known)


def _is_dated(number: Number, moments: Sequence[Moment]) -> bool:
    """Whether a number is part of a date, which is held against dates."""
    return any(m.start <= number.start and number.end <= m.end for m in moments)


def _is_known(number: Number, known: Sequence[Number], draft: str, cited: str) -> bool:
    if any(number.same(other) for other in known):
        return True
    if not number.unit and number.values & _in_words(cited):
        return True
    if number.text.lower() == "one":  # "one of them"
        return True
    if number.text.lower() == "first" and not draft[: number.start].lower().endswith("the "):
        # "he first denied it"
        return not any(other.ordinal for other in known)
    words = {token.low for token in split(cited)}
    return 2.0 in number.values and not words.isdisjoint(_PAIRS)


def _in_words(cited: str) -> frozenset[Value]:
    """What "a decade" and "the last century" are in years; what is "halved" is cut in half."""
    words = (token.low for token in split(cited))
    return frozenset(_AS_NUMBERS[word] for word in words if word in _AS_NUMBERS)


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
