"""Dates as mail, wires, feeds and databases write them, as ISO 8601. Knows nothing of files.

>>> utc_date("Tue, 05 Mar 2024 10:00:00 +0100"), iso_date("04/03/2024")
('2024-03-05T09:00:00+00:00', None)
"""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from index.language.dates import MONTH_NAMES
from index.language.word_lists import read_table

Order = Literal["day first", "month first"]  # of a date in numbers
_WORDED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month>[A-Z][a-z]{2,8})\.?,?\s+(?P<year>\d{4})"
    r"|(?P<month2>[A-Z][a-z]{2,8})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})"
)
_MONTHS_ABROAD = {
    name: int(month) for month, names in read_table("month_names.tsv") for name in names.split()
}
WORDED_ABROAD = re.compile(
    rf"\b(\d{{1,2}})(?:er|\.|º|°)?\s+(?:de\s+)?({'|'.join(_MONTHS_ABROAD)})\.?,?\s+(?:de\s+)?(\d{{4}})\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{10}|\d{13}")
_COUNTED = (631_152_000, 1_900_000_000)  # seconds: from 1990 to 2030
_NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,? \d{1,2}:\d\d(?::\d\d)?)?")


def iso_date(value: object) -> str | None:
    """A date as mail, wires and databases write them, as ISO 8601; None of what is none of these.

    >>> iso_date("17/03/2024"), iso_date(1709629200000)
    ('2024-03-17', '2024-03-05T09:00:00+00:00')

    What could be read in two ways (04/03/2024) is none of them.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _counted(value)
    if not isinstance(value, str):
        return None
    written = value.strip()
    if _COUNT.fullmatch(written):
        return _counted(int(written))
    if numbered := _NUMBERED.fullmatch(written):
        return numbered_date(numbered[1], numbered[2], numbered[3])
    for read in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).isoformat()
        except (ValueError, OverflowError):
            continue
    return None


def _counted(count: float) -> str | None:
    """The moment that databases count to, in seconds or milliseconds since 1970."""
    seconds = count / 1000 if count > _COUNTED[1] else count
    is_one = _COUNTED[0] <= seconds <= _COUNTED[1]
    return datetime.fromtimestamp(seconds, UTC).isoformat() if is_one else None


def numbered_date(first: str, second: str, year: str, order: Order | None = None) -> str | None:
    """The day of a date in numbers: one that can be no month, else by the order that is custom.

    None where both can be the month and no order is given.
    """
    if int(first) > 12 or first == second or (order == "day first" and int(second) <= 12):
        return day_from(year, second, first)
    if int(second) > 12 or order == "month first":
        return day_from(year, first, second)
    return None


def utc_date(value: str) -> str | None:
    """A written date as ISO 8601, a moment in UTC where it is one; no zone means UTC."""
    written = iso_date(value)
    if written is None or "T" not in written:
        return written
    moment = datetime.fromisoformat(written)
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()
    except OverflowError:
        return written


def worded_date(text: str) -> str | None:
    """The first day in a text that has its month as a word, as ISO 8601.

    >>> worded_date("on 5th March 2024"), worded_date("5 de mayo de 2024")
    ('2024-03-05', '2024-05-05')
    """
    match = _WORDED.search(text)
    if match is None:
        abroad = WORDED_ABROAD.search(text)
        day = day_abroad(abroad) if abroad else None
        return day.isoformat() if day else None
    month = month_of(match["month"] or match["month2"])
    if month is None:
        return None
    return day_from(match["year"] or match["year2"], str(month), match["day"] or match["day2"])


def day_abroad(match: re.Match[str]) -> date | None:
    """The day that a match of WORDED_ABROAD names."""
    return real_day(int(match[3]), _MONTHS_ABROAD[match[2].lower()], int(match[1]))


def month_of(word: str) -> int | None:
    """The number of the month that an English word means, whole or shortened.

    >>> month_of("Sept"), month_of("Mayor")
    (9, None)
    """
    lower = word.lower()
    found = (
        n for n, name in enumerate(MONTH_NAMES, 1) if len(lower) > 2 and name.startswith(lower)
    )
    return next(found, None)


def day_from(year: str, month: str, day: str) -> str | None:
    """The day of these numbers as ISO 8601; None where there is none such."""
    found = real_day(int(year), int(month), int(day))
    return found.isoformat() if found else None


def real_day(year: int, month: int, day: int) -> date | None:
    """The day of these numbers; None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
