"""Points of time as words name them: "5 september 2019", "the end of june", "two weeks ago".

Each is read from the words of a question, and stands for days once an archive is known. Knows
nothing of what leads up to a date, nor of what follows it.

>>> read_point("the 5th of september 2019".split(), 0)
(NamedDays(year=2019, months=(9, 9), days=(5, 5)), 5)
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.date_range import Calendar, Days
from index.language.dates import MONTHS, WEEKDAYS
from index.language.numerals import ORDINALS
from index.language.words import FUNCTION_WORDS

Unit = Literal["day", "week", "weekend", "month", "quarter", "year"]

SEASONS = {
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14),
}  # fmt: skip
_THIRDS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "beginning": (1, 10), "start": (1, 10),
    "middle": (11, 20), "end": (21, 31), "first": (1, 7), "second": (8, 14), "third": (15, 21),
    "last": (25, 31),
}  # fmt: skip
# Shares of a month or a year, half-open in twelfths: "the first half of 2022", "early 2022".
_PARTS = {
    "first half": (0, 6), "second half": (6, 12), "first quarter": (0, 3), "q1": (0, 3),
    "h1": (0, 6), "h2": (6, 12), "first six months": (0, 6),
    "second quarter": (3, 6), "q2": (3, 6), "third quarter": (6, 9), "q3": (6, 9),
    "fourth quarter": (9, 12), "last quarter": (9, 12), "q4": (9, 12), "first days": (0, 3),
    "last days": (9, 12), "first weeks": (0, 6), "last weeks": (6, 12), "first months": (0, 4),
    "last months": (8, 12), "beginning": (0, 4), "start": (0, 4), "early": (0, 4), "mid": (4, 8),
    "middle": (4, 8), "late": (8, 12), "end": (8, 12),
}  # fmt: skip
_UNITS: dict[str, Unit] = {
    "day": "day", "week": "week", "weekend": "weekend", "month": "month", "quarter": "quarter",
    "year": "year",
}  # fmt: skip
_DAYS_OF: dict[Unit, int] = {
    "day": 1, "week": 7, "weekend": 7, "month": 30, "quarter": 91, "year": 365,
}  # fmt: skip
_FORTNIGHT = "fortnight"
_HOURS = frozenset(("hour", "hours"))
# Behind a day or "last": it is that day's.
_OF_DAY = frozenset("morning afternoon evening night".split())
# Also words and names.
MONTHS_TOO = frozenset("may march mar".split())
# Some are also words.
SHORT_WEEKDAYS = {
    short: day
    for day in WEEKDAYS
    for short in (day[:3], *{"tuesday": ("tues",), "wednesday": ("weds",)}.get(day, ()))
} | {"thur": "thursday", "thurs": "thursday"}
_COUNTS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1, "an": 1, "couple": 2, "few": 3}
TURNS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0}
NUMBERED = re.compile(r"([0-3]?\d)(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)")
# "15/07/2022", "15.7.22", "15/7"; of two numbers the slash alone makes a date.
NUMBERS = (
    r"\d\d?([/.-])\d\d?\1(?:(?:19|20)\d\d|\d\d)|(?:0?[1-9]|1[0-2])/\d\d?|\d\d?/(?:0?[1-9]|1[0-2])"
)
_IN_NUMBERS = re.compile(r"(\d\d?)([/.-])(\d\d?)(?:[/.-](\d{2,4}))?")
_NO_DATE = frozenset(("24/7",))
_DATE_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEXT_CENTURY = 40  # "'39" is 2039, "'69" is 1969
_DECADE = re.compile(r"((?:19|20)\d)0s")
WHOLE_YEAR = (1, 12)  # the months of a whole year


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Days of the calendar; months count on over the end of the year: 14 is the next February."""

    year: int | None
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (1, 31)

    @property
    def is_month(self) -> bool:
        """Whether it is a whole month, of any year."""
        return self.months[0] == self.months[1] and self.days == (1, 31)

    def part(self, first: int, last: int) -> "NamedDays":
        """Some twelfths of a month or of a year."""
        if not self.is_month:
            return replace(self, months=(first + 1, last))
        days = first * 31 // 12 + 1, 31 if last == 12 else last * 31 // 12
        return replace(self, days=days)

    def resolve(self, archive: Calendar) -> tuple[Days, date | None]:
        """The days; where no year is named, of the latest that has articles of them.

        Best on what is asked for: of "Bolton in September" the year in which he was spoken of.
        """
        if self.year:
            return self._in(self.year), None
        years = range(archive.newest.year, archive.days[0].year - 1 if archive.days else 0, -1)
        past = [days for year in years if (days := self._in(year))[0] <= archive.newest]
        return archive.latest(past), None

    def _in(self, year: int) -> Days:
        first, last = (self._day(year, *pair) for pair in zip(self.months, self.days, strict=True))
        return first, last

    @staticmethod
    def _day(year: int, month: int, day: int) -> date:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        return date(year, month, min(day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class RelativeDays:
    """Days seen from one: the `unit` that lies `offset` off, or `count` of them up to that day."""

    unit: Unit
    offset: int = 0
    count: int = 0
    weekday: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is the speaker's own time, or about it: "today", "this week", "Monday"."""
        near = self.offset == 0 or self.unit == "day"
        return self.weekday is not None or (near and not self.count)

    def resolve(self, archive: Calendar) -> tuple[Days, date | None]:
        """The days, and the newest article's where they are seen from that."""
        now = self.seen_from(archive.today)
        if archive.has(now):
            return now, None
        return self.seen_from(archive.newest), archive.newest

    def seen_from(self, base: date) -> Days:
        """The days, counted from that of `base`."""
        if self.count:
            return base - timedelta(self.count * _DAYS_OF[self.unit] - 1), base
        if self.weekday is not None:
            day = base - timedelta((base.weekday() - self.weekday) % 7 - 7 * self.offset)
            return day, day
        match self.unit:
            case "day":
                day = base + timedelta(self.offset)
                return day, day
            case "week":
                monday = base + timedelta(7 * self.offset - base.weekday())
                return monday, monday + timedelta(6)
            case "weekend":  # the last that has begun
                back = (base.weekday() + 2) % 7 - 7 * min(self.offset + 1, 0)
                saturday = base - timedelta(back)
                return saturday, saturday + timedelta(1)
            case "quarter":
                year, quarter = divmod(base.year * 4 + (base.month - 1) // 3 + self.offset, 4)
                months = quarter * 3 + 1, quarter * 3 + 3
                return NamedDays(year, months).resolve(Calendar(base, ()))[0]
            case "month":
                year, month = divmod(base.year * 12 + base.month - 1 + self.offset, 12)
                return NamedDays(year, (month + 1, month + 1)).resolve(Calendar(base, ()))[0]
        return NamedDays(base.year + self.offset).resolve(Calendar(base, ()))[0]


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """The latest such day, of whatever month: "the 20th"."""

    day: int

    def resolve(self, archive: Calendar) -> tuple[Days, date | None]:
        """The day, of the latest month that has articles of it."""
        months = (RelativeDays("month", -n).seen_from(archive.newest) for n in range(13))
        days = [first.replace(day=self.day) for first, last in months if self.day <= last.day]
        past = [(day, day) for day in days if day <= archive.newest]
        return archive.latest(past), None


Point = NamedDays | RelativeDays | DayOfMonth


def read_point(words: Sequence[str], n: int) -> tuple[Point | None, int]:
    """The days that are named from word `n` on, and the word that they end before."""
    begin = n + (words[n : n + 1] == ["the"])
    for read in (
        _iso,
        _in_numbers,
        _behind_weekday,
        _week_of,
        _day_of_month,
        _month,
        _part,
        _turned,
        _span,
        _year,
        _weekday,
        _numbered,
    ):
        point, length = read(words[begin : begin + 6])
        if point and length:
            end = begin + length
            return point, end + (_is_day(point) and not _OF_DAY.isdisjoint(words[end : end + 1]))
    return None, n


def _is_day(point: Point) -> bool:
    if isinstance(point, DayOfMonth):
        return True
    if isinstance(point, NamedDays):
        return point.days[0] == point.days[1] and point.months[0] == point.months[1]
    return point.unit == "day" and not point.count


_Found = tuple[Point | None, int]
_NOTHING: _Found = (None, 0)


def _iso(words: Sequence[str]) -> _Found:
    match = _DATE_ISO.fullmatch(words[0]) if words else None
    if match is None:
        return _NOTHING
    year, month, day = (int(part) if part else 0 for part in match.groups())
    return _checked(year, month, day), 1


def _in_numbers(words: Sequence[str]) -> _Found:
    """As "15/07/2022", "07/15/22", "15/7", "5.6.22"; nothing where both could be the month."""
    match = _IN_NUMBERS.fullmatch(words[0]) if words and words[0] not in _NO_DATE else None
    if match is None:
        return _NOTHING
    first, second, year = int(match[1]), int(match[3]), _whole_year(match[4] or "")
    is_open = first <= 12 and second <= 12 and (first != second or not year)
    if match[2] != "." and is_open:
        return _NOTHING
    day, month = (first, second) if match[2] == "." or first > 12 else (second, first)
    point = _checked(year, month, day)
    return (point, 1) if point and day else _NOTHING


def _behind_weekday(words: Sequence[str]) -> _Found:
    """As "wednesday, 24 august": the day of the month tells which."""
    _, begin = _weekday(words)
    begin += bool(begin) and words[begin : begin + 1] == [","]
    for read in (_iso, _in_numbers, _day_of_month):
        point, length = read(words[begin:]) if begin else _NOTHING
        if length:
            return point, begin + length
    return _NOTHING


def _day_of_month(words: Sequence[str]) -> _Found:
    """As "5 september", "september 5th, 2019", "the 5th of september"."""
    if len(words) < 2:
        return _NOTHING
    number, month = _day_number(words[0]), MONTHS.get(words[0])
    # "the second march for peace", "may first lady": both are words.
    pair = frozenset(words[:2])
    if not (pair.isdisjoint(ORDINALS) or pair.isdisjoint(MONTHS_TOO)):
        return _NOTHING
    if number:
        at = 2 if words[1] == "of" else 1
        month, end = MONTHS.get(words[at] if at < len(words) else ""), at + 1
    else:
        number, end = _day_number(words[1]), 2
    if not number or not month:
        return _NOTHING
    if end > 2 - (words[1] != "of") and _is_short_year(words, end):  # "24 aug 22"
        return _checked(_whole_year(words[end]), month, number), end + 1
    year, end = year_after(words, end)
    return _checked(year, month, number), end


def _day_number(word: str) -> int:
    """The number of a day in its month, "4", "4th" or "fourth"; 0 for what is none."""
    number = NUMBERED.fullmatch(word)
    return int(number[1]) if number else int(ORDINALS.get(word, 0))


def _whole_year(digits: str) -> int | None:
    """The year of two digits or four; None for none."""
    if len(digits) != 2:
        return int(digits) if digits else None
    return int(digits) + (2000 if int(digits) < _NEXT_CENTURY else 1900)


def _is_short_year(words: Sequence[str], n: int) -> bool:
    """Whether word `n` is a year of two digits, which nothing follows that it could count."""
    is_short = n < len(words) and len(words[n]) == 2 and words[n].isdecimal()
    return is_short and (n + 1 == len(words) or words[n + 1] in FUNCTION_WORDS)


def _week_of(words: Sequence[str]) -> _Found:
    """As "week of 4 july 2022", "weekend of july 2": from that day on."""
    if words[1:2] != ["of"] or words[0] not in ("week", "weekend"):
        return _NOTHING
    point, length = _day_of_month(words[2:])
    if not isinstance(point, NamedDays) or point.days[0] == 31 != point.days[1]:
        return _NOTHING
    (month, _), (day, _) = point.months, point.days
    until, last = day + (6 if words[0] == "week" else 1), monthrange(point.year or 2001, month)[1]
    over = until > last
    days = (day, until - last if over else until)
    return replace(point, months=(month, month + over), days=days), length + 2


def _part(words: Sequence[str]) -> _Found:
    """As "the first half of 2022", "early 2021", "q2 2022", "the last days of june"."""
    for length in (3, 2, 1):
        share = _PARTS.get(" ".join(words[:length]))
        begin = length + (words[length : length + 1] in (["of"], ["-"]))
        found = (read(words[begin:]) for read in (_year, _month) if share)
        for whole, end in found:
            if isinstance(whole, NamedDays) and end and share:
                return whole.part(*share), begin + end
    return _NOTHING


def _month(words: Sequence[str]) -> _Found:
    """As "september", "late september 2019", "last september", "summer 2019"."""
    thirds = _part_of_month(words)
    begin = thirds or int(bool(words) and words[0] in TURNS)
    begin += words[begin : begin + 1] == ["-"]
    word = words[begin] if begin < len(words) else ""
    if word not in MONTHS and word not in SEASONS:
        return _NOTHING
    year, end = year_after(words, begin + 1)
    if word in SEASONS:
        return (NamedDays(year, SEASONS[word]), end) if year or word != "fall" else _NOTHING
    days = _THIRDS[words[0]] if thirds else (1, 31)
    return NamedDays(year, (MONTHS[word], MONTHS[word]), days), end


def _part_of_month(words: Sequence[str]) -> int:
    """How many words name a part of the month that follows: "late", "the end of"."""
    if not words or words[0] not in _THIRDS:
        return 0
    if words[1:3] == ["week", "of"]:
        return 3
    if words[0] in ("early", "mid", "late"):
        return 1
    return 2 if words[1:2] == ["of"] and words[0] not in ("first", "second", "third", "last") else 0


def _turned(words: Sequence[str]) -> _Found:
    """As "yesterday", "last week", "this month"."""
    first, second = [*words[:2], "", ""][:2]
    own = _without_s(first)
    if (first, second) == ("other", "day") and words[2:3] != ["of"]:
        return RelativeDays("week", 0, 1), 2
    if first in ("last", "past") and second == _FORTNIGHT:
        return RelativeDays("week", 0, 2), 2
    if own in ("yesterday", "today", "tonight"):
        return RelativeDays("day", -1 if own == "yesterday" else 0), 1
    if first in ("last", "this") and second in _OF_DAY:
        return RelativeDays("day", TURNS[first]), 2
    if first == "weekend":
        return RelativeDays("weekend"), 1
    if first == "past" and second in _UNITS and second != "weekend":
        return RelativeDays(_UNITS[second], 0, 1), 2
    if first in TURNS and second in _UNITS:
        return RelativeDays(_UNITS[second], TURNS[first]), 2
    return _NOTHING


def _without_s(word: str) -> str:
    """As "yesterday" in "yesterday's statement"."""
    return word.removesuffix("'s").removesuffix("’s")


def _span(words: Sequence[str]) -> _Found:
    """As "the last three days", "two weeks ago", "a couple of days ago"."""
    begin = int(bool(words) and words[0] in ("last", "past", "recent"))
    at = begin
    while words[at : at + 1] and words[at] in ("a", "of", "couple", "few"):
        at += 1
    number = words[at] if at < len(words) else ""
    if number.removesuffix("s") in (_FORTNIGHT, *_UNITS):
        number, at = (words[at - 1] if words[at - 1] != "of" else "couple") if at else "", at - 1
    count = int(number) if number.isdecimal() and len(number) < 4 else _COUNTS.get(number, 0)
    count, at = (_COUNTS["few"], 0) if words[:1] == ["recent"] else (count, at)
    counted = words[at + 1] if count and at + 1 < len(words) else ""
    unit = _UNITS.get(counted.removesuffix("s"))
    if counted in _HOURS:
        unit, count = "day" if begin else None, (count + 23) // 24 + 1  # and today's
    if counted.removesuffix("s") == _FORTNIGHT:
        unit, count = "week", 2 * count
    if not unit:
        return _NOTHING
    if begin:
        return RelativeDays(unit, 0, count), at + 2
    is_past = at + 2 < len(words) and words[at + 2] in ("ago", "back")
    return (RelativeDays(unit, -count), at + 3) if is_past else _NOTHING


def _year(words: Sequence[str]) -> _Found:
    decade = _DECADE.fullmatch(words[0]) if words else None
    if decade:
        first = int(decade[1]) * 10
        return NamedDays(first, (1, 120)), 1
    if len(words) > 1 and words[0] in "'’" and re.fullmatch(r"\d\d", words[1]):
        return NamedDays(_whole_year(words[1])), 2
    if not words or not _YEAR.fullmatch(words[0]):
        return _NOTHING
    return NamedDays(int(words[0])), 1


def _weekday(words: Sequence[str]) -> _Found:
    begin = int(bool(words) and words[0] in ("last", "this"))
    word = _without_s(words[begin]) if begin < len(words) else ""
    day = SHORT_WEEKDAYS.get(word) or (word if word in WEEKDAYS else "")
    return (RelativeDays("day", weekday=WEEKDAYS.index(day)), begin + 1) if day else _NOTHING


def _numbered(words: Sequence[str]) -> _Found:
    """As "20th"."""
    number = _ORDINAL.fullmatch(words[0]) if words else None
    return (DayOfMonth(int(number[1])), 1) if number else _NOTHING


def year_after(words: Sequence[str], end: int) -> tuple[int | None, int]:
    """The year behind a month, with "of" or a comma between perhaps, and where the date ends."""
    begin = end + (words[end : end + 1] in (["of"], [","], ["'"], ["’"]))
    year = words[begin] if begin < len(words) else ""
    if begin > end and words[end] in "'’" and len(year) == 2 and year.isdecimal():
        return _whole_year(year), begin + 1
    return (int(year), begin + 1) if _YEAR.fullmatch(year) else (None, end)


def read_count(words: Sequence[str], n: int) -> tuple[timedelta | None, int]:
    """A stretch of time, "two weeks", and the word that it ends before; None where there is none.

    >>> read_count("two weeks after the vote".split(), 0)
    (datetime.timedelta(days=14), 2)
    """
    number, counted = [*words[n : n + 2], "", ""][:2]
    count = int(number) if number.isdecimal() and len(number) < 4 else _COUNTS.get(number, 0)
    unit = _UNITS.get(counted.removesuffix("s"))
    return (timedelta(count * _DAYS_OF[unit]), n + 2) if count and unit else (None, n)


def _checked(year: int | None, month: int, day: int) -> NamedDays | None:
    """None where the calendar has no such day."""
    if not 1 <= month <= 12 or day > monthrange(year or 2000, month)[1]:
        return None
    return NamedDays(year, (month, month), (day, day) if day else (1, 31))
