r"""An embargo that stands as a line over a text: "EMBARGOED UNTIL 00:01 GMT MONDAY 3 MARCH 2031".

Releases come so by mail, in documents and as text, with no field for it. Where it is not sure when
the embargo ends, the latest of what can be meant counts. Knows nothing of formats.

>>> embargo_over("Embargoed until 9 a.m. EST, March 3, 2031\nThe ferry stops.")
'2031-03-03T14:00:00+00:00'
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice

from index.language.word_lists import abroad
from index.reading.stated_dates import WORDED_ABROAD, day_abroad, iso_date, month_of, real_day

UNREADABLE = "a time that cannot be read"

_LINES = 12  # of a text: what stands further down is no notice over it
_LONGEST = 200  # characters of such a line
_BEGIN = r"[^\w“\"'‘«„]*"  # signs, but none of speech
_EMBARGO = rf"{_BEGIN}(?:(?:strict(?:ly)?|press|media|news|under) ){{0,3}}embargo"
_NOTICE = re.compile(
    rf"{_EMBARGO}(?:ed)?\b(?: (?:copy|material|(?:press |news )?release|notice|lifts|ends))?"
    r"[^\w\n]{0,4}(?:(?:strictly )?not for [\w/ ]{4,40})?(?:for \w+ )?\b(?:until|till|before)\b"
    rf"|{_EMBARGO}ed (?:to|for|at|on) (?=\d|noon|midnight|[a-z]+day|release)"
    rf"|{_BEGIN}(?:strictly )?not (?:for|to be) (?:publi\w+|release\w*|broadcast\w*|use\w*)\b"
    rf"[\w/, ]{{0,40}}\b(?:before|until|till)\b|{_BEGIN}{abroad('embargo')}",
    re.IGNORECASE,
)
# What also heads other texts, so only a time that is read counts.
_MAYBE = re.compile(
    rf"{_EMBARGO}(?:ed)?(?: (?:time|date|notice))?\s?:|{_BEGIN}(?:for (?:public )?release\W{{1,3}}"
    r"(?:on|at|after|not before|until|from|\d|[a-z]{3,6}day)|hold (?:for release )?until)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month>{_MONTH})\.?"
    rf"(?:,?\s+(?P<year>\d{{4}}))?|\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year2>\d{4}))?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"\b(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{4}))(?!\d)"
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\b"
    r"|\b(?P<hour24>\d{1,2})[:.h](?P<minute24>\d{2})\b|\b(?P<hhmm>[0-2]\d[0-5]\d)\s?(?=hrs|hours|[A-Z])"
    r"|\b(?P<word>noon|midday)\b",
    re.IGNORECASE,
)
_ZONE = re.compile(r"[\W_]*(?:hrs|hours|hours,|m\.)?[\W_]*\b([A-Z]{1,4})\b", re.IGNORECASE)
_HOURS = {
    **dict.fromkeys(("GMT", "UTC", "Z", "WET"), 0.0),
    **dict.fromkeys(("BST", "CET", "WEST"), 1.0),
    **dict.fromkeys(("CEST", "SAST", "EET"), 2.0),
    **dict.fromkeys(("EAT", "EEST", "MSK"), 3.0),
    **dict.fromkeys(("EDT",), -4.0),
    **dict.fromkeys(("EST", "ET", "CDT"), -5.0),
    **dict.fromkeys(("CST", "CT", "MDT"), -6.0),
    **dict.fromkeys(("MST", "MT", "PDT"), -7.0),
    **dict.fromkeys(("PST", "PT"), -8.0),
    **dict.fromkeys(("SGT", "HKT", "AWST"), 8.0),
    **dict.fromkeys(("JST", "KST"), 9.0),
    **dict.fromkeys(("AEST",), 10.0),
    **dict.fromkeys(("AEDT",), 11.0),
}


def embargo_over(text: str, title: str | None = None, published: str | None = None) -> str | None:
    """Until when, as ISO 8601, a line over the text or in its title withholds it.

    `UNREADABLE` where one does and does not say when; None where none does. `published` tells the
    year and the zone that a line leaves out.
    """
    for line in _head(text, title):
        is_sure = _NOTICE.match(line)
        if is_sure or _MAYBE.match(line):
            moment = _moment(line, published)
            if moment or is_sure:
                return moment or UNREADABLE
    return None


def _head(text: str, title: str | None) -> Iterator[str]:
    lines = (line.strip() for line in text[: _LINES * _LONGEST * 5].split("\n"))
    filled = (line for line in lines if line)
    for line in (title or "", *islice(filled, _LINES)):
        if len(line) <= _LONGEST:
            yield line


def _moment(line: str, published: str | None) -> str | None:
    sent = _sent(published)
    found = _day(line, sent)
    if found is None:
        return None
    day, rest = found
    hour = _TIME.search(rest)
    if hour is None:
        return day.isoformat()
    at = _clock(hour)
    if at is None:
        return None
    stated = _ZONE.match(rest, hour.end())
    hours = _HOURS.get(stated[1].upper()) if stated else None
    zone = sent.tzinfo if hours is None and sent else timezone(timedelta(hours=hours or 0))
    try:
        return datetime.combine(day, at, zone or UTC).astimezone(UTC).isoformat()
    except OverflowError:  # beyond the last year that there is
        return None


def _sent(published: str | None) -> datetime | None:
    written = iso_date(published) if published else None
    return datetime.fromisoformat(written) if written else None


def _day(line: str, sent: datetime | None) -> tuple[date, str] | None:
    """The day that a line names, and the line without it; of two that may be meant the later."""
    if match := _NUMBERS.search(line):
        a, b = match["a"], match["b"]
        ways = [(match["y"], match["m"], match["d"])] if match["y"] else []
        ways += [(match["c"], b, a), (match["c"], a, b)] if a else []
        days = [day for way in ways if (day := real_day(*map(int, way)))]
        return (max(days), _without(line, match)) if days else None
    for match in _DAY.finditer(line):
        month = month_of(match["month"] or match["month2"])
        number, year = match["day"] or match["day2"], match["year"] or match["year2"]
        if month and (day := _in_year(int(number), month, year, sent)):
            return day, _without(line, match)
    if match := WORDED_ABROAD.search(line):
        named = day_abroad(match)
        return (named, _without(line, match)) if named else None
    return None


def _in_year(day: int, month: int, year: str | None, sent: datetime | None) -> date | None:
    """The day of the year that is stated; else the first that is not long before it was sent."""
    if year:
        return real_day(int(year), month, day)
    if sent is None:
        return None
    found = real_day(sent.year, month, day)
    is_over = found is not None and found < sent.date() - timedelta(days=180)
    return real_day(sent.year + 1, month, day) if is_over else found


def _without(line: str, match: re.Match[str]) -> str:
    return f"{line[: match.start()]} , {line[match.end() :]}"


def _clock(match: re.Match[str]) -> time | None:
    if match["word"]:
        return time(12)
    if match["hhmm"]:
        hour, minute = int(match["hhmm"][:2]), int(match["hhmm"][2:])
    else:
        hour = int(match["hour"] or match["hour24"])
        minute = int(match["minute"] or match["minute24"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
