"""Compares every number, date and time of a draft with the sentences that it cites.

A figure may take another form ("26", "twenty-six"; "Friday", "4 January") or follow from others
("47": "nearly fifty"; "46 to 44": "by two votes"). Knows nothing of who says what, nor of whether a
figure is in its right place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise, permutations
from typing import Literal

from bot.comparing.tokens import split
from index.language.dates import Moment, find_dates
from index.language.numerals import SCALES, Value, read_numeral
from index.language.words import LETTERS

_PAIRS = frozenset("both couple pair twice double twin duo".split())
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
_OF = re.compile(r"\s+(?:(?:out of|in)\s+(?:every\s+)?|of every\s+)\Z")
_DECADES = re.compile(r"\s+(?P<unit>decade|centur)", re.IGNORECASE)
_DECADE, _CENTURY = 10.0, 100.0  # years
# A number that follows from others: those that are so small as to be seen anywhere, how far off it
# may be, and how many things a list is counted to have.
_SMALL, _NEAR, _MOST_COUNTED = 2, 0.1, 20
_ROUGHLY = re.compile(
    r"\b(?:about|almost|around|some|nearly|roughly|over|under|than|approximately|least|most"
    r"|(?:close|up) to|barely|upwards of)\s+(?:an?\s+)?[$€£]?\Z",
    re.IGNORECASE,
)
_CALENDAR_UNIT = re.compile(r"[\s-]*(?P<unit>year|month)", re.IGNORECASE)
_ITEM = re.compile(r",\s*(?:and|or)\s|,|\band\b|\bor\b|;")
_LIST = re.compile(r"[^.,;:()]+(?:,[^.,;:()]+)*,?\s+(?:and|or)\s+[^.,;:()]+")

# "same": cited, perhaps in another form; "derived": may follow from cited ones; "unknown": neither.
Standing = Literal["same", "derived", "unknown"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, date or time of a draft (half-open), and how it stands to the cited text."""

    start: int
    end: int
    text: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text writes it (half-open offsets); `values` are its possible values."""

    start: int
    end: int
    text: str
    values: frozenset[Value]
    unit: str = ""
    ordinal: bool = False

    def same(self, known: "Number") -> bool:
        """Whether the two may have the same value and unit."""
        if self.unit != known.unit and self.unit and (known.unit or self.unit == "%"):
            return False
        return bool(self.values & known.values)


def read_figures(draft: str, cited: str, published: date | None) -> tuple[Figure, ...]:
    """All numbers, dates and times of a draft in order, with their standing."""
    if not re.search(r"\b(?:UTC|GMT)\b", draft):
        cited = _WORLD_TIME.sub(" ", cited)
    known_dates, known = find_dates(cited, published), list(find_numbers(cited))
    moments = find_dates(draft, published)
    figures = [
        Figure(m.start, m.end, m.text, _standing_of_date(m, known_dates, known, published))
        for m in moments
    ]
    numbers = [
        n
        for n in find_numbers(draft)
        if not any(m.start <= n.start and n.end <= m.end for m in moments)
    ]
    figures += [
        Figure(
            n.start,
            n.end,
            n.text,
            "unknown"
            if _is_once_too_often(n, numbers[:k], known)
            else _standing(n, known, draft, cited, published),
        )
        for k, n in enumerate(numbers)
    ]
    return tuple(sorted(figures, key=lambda figure: figure.start))


def _standing_of_date(
    moment: Moment, dates: Sequence[Moment], numbers: Sequence[Number], published: date | None
) -> Standing:
    if any(moment.within(other) for other in dates) or _is_counted(moment, numbers):
        return "same"
    days = [when for other in dates for when in other.whens]
    if published:
        days.append((published.year, published.month, published.day))
    years, others = {day[0] for day in days}, {day[1:] for day in days}
    put_together = any(when[0] in years and when[1:] in others for when in moment.whens)
    return "derived" if put_together else "unknown"


def _is_once_too_often(number: Number, before: Sequence[Number], known: Sequence[Number]) -> bool:
    """Whether the draft has a number more often than the cited text: "5.8 here, and 5.8 there"."""
    here, there = (
        sum(number.same(other) for other in others if not other.ordinal)
        for others in (before, known)
    )
    is_count = not number.ordinal and number.text.lower() != "one"
    return is_count and 0 < there <= here


def _standing(
    number: Number, known: Sequence[Number], draft: str, cited: str, published: date | None
) -> Standing:
    if _is_known(number, known, draft, cited):
        return "same"
    return "derived" if _follows(number, known, draft, cited, published) else "unknown"


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
    """A number with its values before a scaled one: "300" in "300 and 400 billion"."""
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
    """The value of "nine in ten" in percent."""
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
    """The numbers that are spelt out, except the scale of one in digits."""
    words = [
        m
        for m in LETTERS.finditer(text)
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
    """The words joined by single spaces or hyphens."""
    run = [words[0].group().lower()]
    for before, word in pairwise(words):
        if not _JOINT.fullmatch(text, before.end(), word.start()):
            break
        run.append(word.group().lower())
    return run


def _is_counted(moment: Moment, known: Sequence[Number]) -> bool:
    """Whether a year occurs as a number in the cited text."""
    return moment.text.isdigit() and any(float(moment.text) in n.values for n in known)


def _is_known(number: Number, known: Sequence[Number], draft: str, cited: str) -> bool:
    if any(number.same(other) for other in known):
        return True
    if number.text.lower() == "one":  # "one of them"
        return True
    if number.text.lower() == "first" and not draft[: number.start].lower().endswith("the "):
        # "he first denied it"
        return not any(other.ordinal for other in known)
    words = {token.low for token in split(cited)}
    return 2.0 in number.values and not words.isdisjoint(_PAIRS)


def _follows(
    number: Number, known: Sequence[Number], draft: str, cited: str, published: date | None
) -> bool:
    """Whether a number follows from the cited ones by rounding, counting or arithmetic."""
    alike = [k for k in known if not k.ordinal and k.unit in ("", number.unit)]
    theirs, all_theirs = _floats(alike), _floats(known)
    said_so = bool(_ROUGHLY.search(draft[: number.start]))
    return any(
        v <= _SMALL
        or any(_is_rounded(v, other, said_so=said_so) for other in all_theirs)
        or v <= min(_longest_list(cited), _MOST_COUNTED)
        or any(
            v in (abs(a - b), a + b) or _is_rounded(v, abs(a - b), said_so=said_so)
            for a, b in combinations(theirs, 2)
        )
        or any(_is_near(v, a * b) for a, b in permutations(theirs, 2) if 0 < a < 1)
        or any(_is_near(v, 100 * a / b) for a, b in permutations(theirs, 2) if 0 < a < b)
        or any(abs(v - span) <= 1 for span in _spans(draft, number, cited, published))
        for v in _floats([number])
    ) or any(v <= other < 1000 * v for v in _vague(number) for other in all_theirs)


def _floats(numbers: Iterable[Number]) -> list[float]:
    return [value for number in numbers for value in number.values if isinstance(value, float)]


def _vague(number: Number) -> list[float]:
    """The least value of "thousands" and the like."""
    words = (value.removesuffix("s") for value in number.values if isinstance(value, str))
    return [SCALES[word] for word in words if word in SCALES]


def _is_near(rounded: float, value: float) -> bool:
    return abs(rounded - value) <= _NEAR * value


def _is_rounded(value: float, exact: float, *, said_so: bool) -> bool:
    """Whether a number is another one rounded, or is said to be about it."""
    digits, others = (len(f"{v:g}".replace(".", "").strip("0")) for v in (value, exact))
    return _is_near(value, exact) and digits <= others and (digits < others or said_so)


def _longest_list(cited: str) -> int:
    """How many things the longest list of a text has: 3 for "Greece, Bulgaria and Italy"."""
    lists = (_ITEM.split(run.group()) for run in _LIST.finditer(cited))
    lengths = [len([item for item in items if item.strip()]) for items in lists]
    return max([*lengths, *(len(line.split(";")) for line in cited.split("."))])


def _spans(draft: str, number: Number, cited: str, published: date | None) -> Iterator[float]:
    """The months or years, as the draft has it, between two dates of a text or its day."""
    unit = _CALENDAR_UNIT.match(draft, number.end)
    days = [when for moment in find_dates(cited, published) for when in moment.whens]
    days += [(published.year, published.month, published.day)] if published else []
    for (year, month, _), (other_year, other_month, _) in combinations(days, 2):
        if unit and year and other_year:
            years = abs(year - other_year)
            if unit["unit"].lower() == "year":
                yield years
            elif month and other_month:
                yield abs((year - other_year) * 12 + month - other_month)
