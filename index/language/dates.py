"""Finds the dates and times that a sentence names: what they stand for on the day it was written.

"Friday" in an article of 4 January 2019 is that day or one of the Fridays beside it; "two years
ago" is 2017. Knows nothing of drafts or numbers.

>>> friday, = find_dates("It fell on Friday.", date(2019, 1, 5))
>>> fourth, = find_dates("It fell on 4 January.", date(2019, 1, 5))
>>> fourth.within(friday)
True
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.language.numerals import ONES

MONTH_NAMES = """january february march april may june july august september october november
december""".split()
MONTHS = {
    name[:length]: number
    for number, name in enumerate(MONTH_NAMES, 1)
    for length in (3, 4, len(name))
    if length in (3, len(name)) or name == "september"
}
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_YEAR = r"(?:1\d|20)\d\d"
_COUNT = {"a": 1, "an": 1} | {word: n for n, word in enumerate(ONES) if 0 < n <= 12}
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<year>{_YEAR})-(?P<month_n>\d\d)-(?P<day>\d\d)\b",
        rf"\b(?P<month>{_MONTH})\b\.?\s+(?:the\s+)?{_DAY.format('day')}"
        rf"(?:\s*(?:to|and|or|–|—|-|through|until)\s*{_DAY.format('day_2')})?"
        rf"(?:,?\s+(?P<year>{_YEAR})\b)?",
        rf"\b{_DAY.format('day')}(?:\s*(?:to|and|or|–|—|-)\s*{_DAY.format('day_2')})?"
        rf"\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>{_YEAR})\b)?",
        rf"\b(?P<month>{_MONTH})\b\.?(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})\b)?",
        rf"\b(?:(?P<rank>last|next|this)\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b",
        r"\b(?P<near>yesterday|today|tonight|tomorrow|last night)\b",
        r"\b(?P<turn>last|previous|past|next|coming|this)\s+(?P<unit>week|month|year)\b",
        r"\b(?P<count>\d{1,3}|" + "|".join(_COUNT) + r")\s+(?P<ago>day|week|month|year)s?\s+ago\b",
        r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>[ap])\.?\s?m\b",
        r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)\b",
        r"\b(?P<hour>[012]\d)(?P<minute>\d\d)(?=\s*(?:UTC|GMT|hours))",
        r"\b(?P<clock>noon|mid-?day|midnight)\b",
        rf"\b(?P<decade>{_YEAR})['’]?s\b",
        r"(?<!\w)['’](?P<short_decade>[2-9]0)s\b",
        rf"(?<![\d$€£.,])\b(?P<year>{_YEAR})\b(?![,.]?\d|%)",
    )
)
# Also English words: a month only with a capital, and after what a month comes after.
_DOUBTFUL = re.compile(r"(?:may|march|mar|dec|jan|sep|sept|oct|jun|jul)\Z", re.IGNORECASE)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|on|of|since|until|till|by|from|to|last|next|this|early|late|mid|and|during|before"
    r"|after|between|through)[\s-]+\Z",
    re.IGNORECASE,
)

# A sentence that tells of what is to come.
_AHEAD = re.compile(
    r"\b(?:will|shall|is to|are to|was to|were to|scheduled|expected|planned|plans?|set to|due"
    r"|upcoming|coming|tomorrow|as soon as|predict\w*|forecast\w*)\b",
    re.IGNORECASE,
)

# (year, month, day), each None where it is left open.
When = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time as a text names it: `whens` are the days that it may stand for.

    `marks` are what it may stand for otherwise: a time of day in minutes, a weekday, a decade.
    """

    start: int
    end: int
    text: str
    whens: frozenset[When] = frozenset()
    marks: frozenset[tuple[str, int]] = frozenset()

    def within(self, known: "Moment") -> bool:
        """Whether this says nothing of a day or time that `known` does not say."""
        if self.marks & known.marks:
            return True
        return any(_fits(when, other) for when in self.whens for other in known.whens)


def _fits(when: When, known: When) -> bool:
    return all(part is None or part == other for part, other in zip(when, known, strict=True))


def find_dates(text: str, published: date | None) -> list[Moment]:
    """All dates and times of a text, in order, read on the day of publication where it is known."""
    taken = [False] * len(text)
    found: list[Moment] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or not _is_date(match, text):
                continue
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            found.extend(_moments(match, published, ahead=bool(_AHEAD.search(text))))
    return sorted(found, key=lambda moment: moment.start)


def read_day(published: str | None) -> date | None:
    """The day of an ISO date; None where there is none, or something else stands there."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _is_date(match: re.Match[str], text: str) -> bool:
    parts = match.groupdict()
    month = parts.get("month")
    if not month:
        return True
    if not month[0].isupper():
        return False
    alone = not parts.get("day") and not parts.get("year")
    if not alone or not _DOUBTFUL.match(month):
        return True
    return bool(_BEFORE_MONTH.search(text[: match.start()]))


def _moments(match: re.Match[str], published: date | None, *, ahead: bool) -> Iterator[Moment]:
    parts = {name: value.lower() for name, value in match.groupdict().items() if value}
    days = [parts[name] for name in ("day", "day_2") if name in parts]
    for day in days or [""]:
        if day:
            parts["day"] = day
        whens, marks = _meaning(parts, published, ahead=ahead)
        yield Moment(match.start(), match.end(), match.group(), frozenset(whens), frozenset(marks))


def _meaning(
    parts: dict[str, str], published: date | None, *, ahead: bool
) -> tuple[set[When], set[tuple[str, int]]]:
    if "hour" in parts or "clock" in parts:
        return set(), _times(parts)
    if "decade" in parts:
        return set(), {("decade", int(parts["decade"]))}
    if "short_decade" in parts:
        return set(), {("decade", 1900 + int(parts["short_decade"]))}
    if "weekday" in parts:
        weekday = WEEKDAYS.index(parts["weekday"])
        rank = parts.get("rank") or ("" if ahead else "past")
        return _weekdays(weekday, rank, published), {("weekday", weekday)}
    if "near" in parts or "unit" in parts or "ago" in parts:
        return _relative(parts, published)
    return _calendar(parts, published), set()


def _calendar(parts: dict[str, str], published: date | None) -> set[When]:
    month = int(parts["month_n"]) if "month_n" in parts else MONTHS.get(parts.get("month", ""))
    day = int(parts["day"]) if "day" in parts else None
    if "year" in parts:
        return {(int(parts["year"]), month, day)}
    # Without its year a month is the one beside the day of publication, before or after it.
    years = [published.year + n for n in (-1, 0, 1)] if published else []
    near = [y for y in years if published and abs(_months(y, month or 1, published)) < 12]
    return {(None, month, day), *((year, month, day) for year in near)}


def _months(year: int, month: int, published: date) -> int:
    return (year - published.year) * 12 + month - published.month


def _weekdays(weekday: int, rank: str, published: date | None) -> set[When]:
    """The days that "Friday" may be; one to come only where the sentence looks ahead."""
    if published is None:
        return set()
    back = (published.weekday() - weekday) % 7
    offsets = {"past": (-back,), "last": (-back, -back - 7), "next": (7 - back, 14 - back)}
    days = (published + timedelta(n) for n in offsets.get(rank, (-back, 7 - back)))
    return {(day.year, day.month, day.day) for day in days}


def _relative(
    parts: dict[str, str], published: date | None
) -> tuple[set[When], set[tuple[str, int]]]:
    if "near" in parts:
        offset = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(parts["near"], 0)
        unit = "day"
    elif "unit" in parts:
        offset = {"this": 0, "next": 1, "coming": 1}.get(parts["turn"], -1)
        unit = parts["unit"]
    else:
        count = parts["count"]
        offset = -(int(count) if count.isdigit() else _COUNT[count])
        unit = parts["ago"]
    marks = {(unit, offset)}
    if published is None or unit == "week":
        return set(), marks
    if unit == "day":
        day = published + timedelta(offset)
        return {(day.year, day.month, day.day)}, marks
    if unit == "year":
        return {(published.year + offset, None, None)}, marks
    months = published.year * 12 + published.month - 1 + offset
    return {(months // 12, months % 12 + 1, None)}, marks


def _times(parts: dict[str, str]) -> set[tuple[str, int]]:
    if "clock" in parts:
        return {("time", 0 if parts["clock"] == "midnight" else 720)}
    hour, minute = int(parts["hour"]), int(parts.get("minute", 0))
    if "half" in parts:
        return {("time", (hour % 12 + 12 * (parts["half"] == "p")) * 60 + minute)}
    return {("time", hour * 60 + minute)}
