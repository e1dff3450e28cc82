"""Takes the dates out of a question: "in september", "since last week", "from may to july 2019".

What a phrase stands for depends on the archive: "in march" is the latest March that it has articles
of, "last week" the one before today or, in an archive that ends earlier, before its newest article.
So a phrase is first read (`take_dates`) and then resolved (`DatePhrase.resolve`). A month that is
also a word is one only where a preposition, a day or a year makes it so: "the protest march".

>>> from datetime import date
>>> phrase, rest = take_dates("what did trump say about ukraine in september 2019")
>>> rest, phrase.text
('what did trump say about ukraine', 'in september 2019')
>>> phrase.resolve(Calendar(date(2024, 5, 1), ())).text
'September 2019'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.date_range import Calendar, DateRange, Days
from bot.query.grammar.date_points import (
    MONTHS_TOO,
    NUMBERED,
    NUMBERS,
    SEASONS,
    SHORT_WEEKDAYS,
    TURNS,
    WHOLE_YEAR,
    DayOfMonth,
    NamedDays,
    Point,
    RelativeDays,
    read_count,
    read_point,
    year_after,
)
from bot.query.grammar.shape import SPOKEN, any_of
from index.language.dates import MONTHS
from index.language.verbs import CUES, SAYING
from index.language.words import FUNCTION_WORDS

Frame = Literal["in", "since", "after", "until", "before"]

_FRAMES: dict[str, Frame] = {
    "in": "in", "during": "in", "on": "in", "of": "in", "for": "in", "from": "in", "over": "in",
    "throughout": "in", "within": "in", "around": "in", "dated": "in", "at": "in", "towards": "in",
    "since": "since",
    "starting": "since", "after": "after", "until": "until", "till": "until", "through": "until",
    "by": "until", "before": "before", "following": "after", "pre": "before", "post": "after",
}  # fmt: skip
# Of several words, the longest first.
_LONG_FRAMES = {
    "in the wake of": "after", "no earlier than": "since", "no later than": "until",
    "prior to": "before", "ahead of": "before", "earlier than": "before", "later than": "after",
    "up to": "until", "up till": "until", "up until": "until", "as of": "until",
}  # fmt: skip
# What turns the days before it into a beginning or an end: "june 2022 onwards".
_BEHIND: dict[tuple[str, ...], Frame] = {
    ("onwards",): "since", ("onward",): "since", ("and", "after"): "since",
    ("or", "later"): "since", ("and", "later"): "since", ("and", "before"): "until",
    ("or", "earlier"): "until", ("and", "earlier"): "until",
}  # fmt: skip
_TO = frozenset(("and", "or", "to", "till", "until", "through", "-", "–"))
# Whose words these may be: "quotes by may", "latest from may".
_BEFORE_NAMES = frozenset("by from of for on".split())
_LONGEST_SHORT = 4  # letters of a month that is written with a full stop
_WORD = re.compile(
    rf"\b{any_of([month for month in MONTHS if len(month) <= _LONGEST_SHORT])}\.(?=\s+\d|\s*\Z)"
    rf"|\d{{4}}-\d\d(?:-\d\d)?(?!\d)|(?<![\w$€£.])(?:{NUMBERS})(?![\w/-]|[.]\d)"
    r"|[^\W\d_]+-[^\W\d_]-[^\W\d_]+"  # "mar-a-lago"
    r"|\w+(?:['’]\w+)*|[^\w\s]",
    re.IGNORECASE,
)
_NOUNS_TOO = frozenset("pre post following".split())
_LONGEST_EVENT = 4  # words
_OWNER = re.compile(r"his|her|their|its|the|\w+['’]s")
_MARKS = frozenset(",.:;?!-–—")
# What may stand behind a date: "in 2019 on taxes", but "the 2019 election" goes on.
_FOLLOWS = FUNCTION_WORDS | {"according"}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words of a question that name days or, instead, an event ("since the election").

    `reach` is how far from the event they go: of "a week before the vote" a week.
    """

    text: str
    frame: Frame
    points: tuple[Point, ...] = ()
    event: str = ""
    reach: timedelta | None = None

    @property
    def is_loose(self) -> bool:
        """Whether articles say it of their own day: "Monday", "this week", "since May"."""
        return self.frame != "in" or any(
            isinstance(point, RelativeDays) and point.is_own for point in self.points
        )

    @property
    def is_open(self) -> bool:
        """Whether it names days without their year: "september", "the 20th"."""
        named = (each for each in self.points if not isinstance(each, RelativeDays))
        return any(isinstance(each, DayOfMonth) or not each.year for each in named)

    @property
    def is_named_on(self) -> bool:
        """Whether it says "on" a day of the calendar, which may be what is spoken of."""
        return self.text.lower().startswith("on ") and isinstance(self.points[0], NamedDays)

    def resolve(self, archive: Calendar, event: Days | None = None) -> DateRange:
        """The days that are meant; `event` are those of its event, where it names one."""
        resolved = [(event, None)] if event else [each.resolve(archive) for each in self.points]
        (first, base), (last, _) = resolved[0], resolved[-1]
        if last[1] < first[0]:  # "from november to february"
            first = first[0].replace(year=last[1].year - 1), first[1]
        day = timedelta(1)
        match self.frame:
            case "after" if self.reach:
                return DateRange(first[0], last[1] + self.reach, base)
            case "before" if self.reach:
                return DateRange(first[0] - self.reach, first[0] - day, base)
            case "since":
                return DateRange(first[0], None, base)
            case "after" if self.event:  # its day's papers have what was said of it
                return DateRange(first[0], None, base)
            case "after":
                return DateRange(first[1] + day, None, base)
            case "until":
                return DateRange(None, last[1], base)
            case "before":
                return DateRange(None, first[0] - day, base)
        return DateRange(first[0], last[1], base)


def take_dates(question: str) -> tuple[DatePhrase | None, str]:
    """The first phrase that names days, and the question without it; None where there is none."""
    matches = list(_WORD.finditer(question))
    words = [m.group().lower().rstrip(".") or m.group() for m in matches]
    n = 0
    while n < len(words):
        found = _phrase(words, n)
        if found and not _is_topic(words, n, found[1]):
            frame, points, event, end = found
            reach, begin = _reach_ahead(words, n) if event else (None, n)
            start, stop = matches[begin].start(), matches[end - 1].end()
            after = question[stop:].lstrip(" ,:" if not start else " ,")
            rest = f"{question[:start].rstrip(' ,')} {after}".strip()
            return DatePhrase(question[start:stop], frame, points, event, reach), rest
        n = found[3] if found else n + 1
    return None, question


def _is_topic(words: Sequence[str], n: int, points: Sequence[Point]) -> bool:
    """Whether days are spoken of: "what did lee say about january 6"; but "about last week"."""
    named = all(isinstance(point, NamedDays) for point in points)
    is_behind = n > 0 and words[n - 1] in ("about", "regarding", "concerning")
    return is_behind and named and words[n] not in TURNS


def _reach_ahead(words: Sequence[str], n: int) -> tuple[timedelta | None, int]:
    """The stretch of time before "after the vote" at word `n`, and where the whole begins."""
    begin = max(n - 2, 0)
    reach, end = read_count(words, begin) if words[n] in ("after", "before") else (None, n)
    return (reach, begin) if reach and end == n else (None, n)


_Read = tuple[Frame, tuple[Point, ...], str, int]


def _phrase(words: Sequence[str], n: int) -> _Read | None:
    """The phrase that begins at word `n`, and the word that it ends before."""
    if words[n] == "(" and ")" in words[n:]:
        return _in_brackets(words, n)
    led = _led_up_to(words, n)
    if led:
        return _phrase(words, n + led)
    for long, frame in _LONG_FRAMES.items():
        length = long.count(" ") + 1
        if " ".join(words[n : n + length]) == long:
            found = _phrase([*words[:n], frame, *words[n + length :]], n)
            return (*found[:3], found[3] + length - 1) if found else None
    is_framed = words[n] in _FRAMES or words[n] == "between"
    begin = n + is_framed
    if words[n] in _NOUNS_TOO:
        if not _leads_up(words, n):
            return None
        begin += words[begin] == "-"
    point, end = read_point(words, begin)
    if isinstance(point, NamedDays):
        point, end = _with_more_days(words, point, end)
    if point is None:
        return _days_of_month(words, begin) or _event(words, n)
    return _up_to(words, n, point, end) or _alone(words, n, begin, point, end)


def _leads_up(words: Sequence[str], n: int) -> bool:
    """Whether a word that is a noun or a verb, too, leads up to a date: "following june".

    But "the Washington Post last week", "the following monday", "whom is he following".
    """
    point, _ = read_point(words, n + 1)
    if words[n] == "following":
        return isinstance(point, NamedDays) and words[n - 1 : n] != ["the"]
    behind = words[n - 1] if n else ""
    return words[n + 1 : n + 2] == ["-"] or (
        isinstance(point, NamedDays) and (not behind or behind in SAYING | FUNCTION_WORDS)
    )


def _in_brackets(words: Sequence[str], n: int) -> _Read | None:
    """As "(june 2022)", behind the question."""
    close = words.index(")", n)
    found = _phrase(words[:close], n + 1) if close > n + 1 else None
    is_last = _MARKS.issuperset(words[close + 1 :])
    return (*found[:3], close + 1) if found and found[3] == close and is_last else None


def _up_to(words: Sequence[str], n: int, point: Point, end: int) -> _Read | None:
    """A point with another, or what turns it into a beginning or an end, behind it."""
    if words[end : end + 1] and words[end] in _TO:
        is_framed = words[n] in _FRAMES or words[n] == "between"
        other, stop = read_point(words, end + 1)
        listed = words[end] in ("and", "or") and words[n] not in ("between", "from")
        joined = not listed or (is_framed and _adjoin(point, other))
        if other and joined and _ends(words, stop):
            return "in", _range(point, other), "", stop
    if _FRAMES.get(words[n], "in") != "in":
        return None  # "before june and after"
    for behind, frame in _BEHIND.items():
        stop = end + len(behind)
        if tuple(words[end:stop]) == behind and _ends(words, stop):
            return frame, (point,), "", stop
    return None


def _alone(words: Sequence[str], n: int, begin: int, point: Point, end: int) -> _Read | None:
    """One point of time with what leads up to it; None where it goes on or is something else."""
    begins_question = (
        n == 0 and isinstance(point, NamedDays) and point.year and point.months != WHOLE_YEAR
    )
    goes_on = not (_ends(words, end) or begins_question or _is_attribute(words, n, end))
    if goes_on or words[n] == "between" or _is_other(words, n, begin, end, point):
        return None
    return _FRAMES.get(words[n], "in"), (point,), "", end


def _is_other(words: Sequence[str], n: int, begin: int, end: int, point: Point) -> bool:
    """Whether what names days elsewhere names none here, by what stands around it."""
    last = words[end - 1]
    is_bare = begin == n or words[begin] == "the"
    if last in SHORT_WEEKDAYS and words[end - 2 : end - 1] not in (["last"], ["this"]) and is_bare:
        return True  # "on the sun", "he sat"
    # "what did lee say about sunday" asks for what is said of that day.
    is_matter = begin == n > 1 and words[n - 1] == "about" and words[n - 2] in CUES
    if is_matter and isinstance(point, RelativeDays) and end - begin == 1:
        return True
    # "the 20th", which may be a birthday; "next monday" is none that an article is of.
    if (isinstance(point, DayOfMonth) and begin == n) or words[n - 1 : n] == ["next"]:
        return True
    # "the march", "march for peace", "quotes by may", "at mar a lago".
    is_word = last in MONTHS_TOO and end - begin <= 1 + (words[begin] == "the")
    is_named = words[n] in _BEFORE_NAMES or words[end : end + 1] == ["a"]
    if is_word and (begin == n or words[begin] == "the" or is_named):
        return True
    if words[end - 2 : end - 1] in (["last"], ["this"]):
        return False
    # "summer", "the plans for the summer"; but "over the summer", "last summer".
    is_season = last in SEASONS and (begin == n or words[n] in _BEFORE_NAMES)
    return is_season or (last == "weekend" and begin == n)


def _led_up_to(words: Sequence[str], n: int) -> int:
    """How many words only lead up to a phrase: "back in may", "earlier this week"."""
    following = words[n + 1] if n + 1 < len(words) else ""
    if words[n] == "back":
        return following in _FRAMES
    return words[n] in ("earlier", "later") and (following in _FRAMES or following in TURNS)


def _days_of_month(words: Sequence[str], n: int) -> _Read | None:
    """As "1 to 5 september", where the month is both's."""
    first = NUMBERED.fullmatch(words[n]) if n + 2 < len(words) else None
    if first is None or words[n + 1] not in _TO:
        return None
    last, end = read_point(words, n + 2)
    if not isinstance(last, NamedDays) or last.days[0] != last.days[1] or not _ends(words, end):
        return None
    day = int(first[1])
    return ("in", (replace(last, days=(day, last.days[0])),), "", end) if day else None


def _with_more_days(words: Sequence[str], first: NamedDays, end: int) -> tuple[NamedDays, int]:
    """As "july 20, 21 and 22": all of them, where nothing but a year follows the last."""
    if first.year or first.days[0] != first.days[1]:
        return first, end
    point, stop, last = first, end, first.days[0]
    while words[stop : stop + 1] and words[stop] in (",", "and", "&"):
        number = NUMBERED.fullmatch(words[stop + 1]) if stop + 1 < len(words) else None
        if number is None or not last < int(number[1]) <= 31:
            break
        last, stop = int(number[1]), stop + 2
        year, after = year_after(words, stop)
        if _ends(words, after):
            point, end = replace(first, year=year, days=(first.days[0], last)), after
    return point, end


def _event(words: Sequence[str], n: int) -> _Read | None:
    """An event that days are counted from: "since the election"."""
    if words[n] not in ("since", "after", "before", "until") or words[n + 1 : n + 2] != ["the"]:
        return None
    end = n + 2
    while end < len(words) and words[end] not in _FOLLOWS and words[end].isalnum():
        end += 1
    if not 1 <= end - n - 2 <= _LONGEST_EVENT or not _ends(words, end):
        return None
    return _FRAMES[words[n]], (), " ".join(words[n + 2 : end]), end


def _ends(words: Sequence[str], end: int) -> bool:
    if end >= len(words):
        return True
    # In brackets or quotation marks it belongs to what stands there, and a range goes on.
    is_range = words[end] in _TO and words[end + 1 : end + 2] and words[end + 1][0].isdigit()
    return words[end] in _FOLLOWS or (words[end] in _MARKS and not is_range)


def _is_attribute(words: Sequence[str], n: int, end: int) -> bool:
    """As in "lee's july statement", "his june 8 speech"."""
    is_owned = (n > 0 and _OWNER.fullmatch(words[n - 1])) or _OWNER.fullmatch(words[end - 1])
    return bool(is_owned) and end < len(words) and words[end] in SPOKEN


def _adjoin(point: Point, other: Point | None) -> bool:
    """Whether months follow each other: "june and july", and not "2019 and the deal"."""
    if not isinstance(point, NamedDays) or not isinstance(other, NamedDays):
        return False
    is_next = point.months[0] % 12 + 1 == other.months[0]
    return point.is_month and other.is_month and is_next


def _range(point: Point, other: Point) -> tuple[Point, ...]:
    """From one to the other; a year is both's, as in "between may and july 2019"."""
    if not (isinstance(point, NamedDays) and isinstance(other, NamedDays)) or point.year:
        return point, other
    if other.year or other.months < point.months:
        return replace(point, year=other.year), other
    months, days = (point.months[0], other.months[1]), (point.days[0], other.days[1])
    return (NamedDays(None, months, days),)  # both of one year
