"""Ranges of days, and the days that an archive has articles of.

Knows nothing of how a question names them.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.language.dates import read_day

Days = tuple[date, date]  # the first and the last, both included
SOON = timedelta(days=30)  # after which an article tells of a day
_LONG = timedelta(days=27)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `since` to `until`, both included; None where it is open on that side.

    `relative_to` is the day of the newest article, where the phrase was read as if said on that
    day, for want of articles nearer to today. `is_subject` says that no article is from these days:
    it is asked for what is told of them.
    """

    since: date | None
    until: date | None
    relative_to: date | None = None
    is_subject: bool = False

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.since or day) <= day <= (self.until or day)

    def soon_after(self) -> "DateRange | None":
        """The days in which figures for a month or more are published; None for less."""
        if not (self.since and self.until) or self.until - self.since < _LONG or self.is_subject:
            return None
        return DateRange(self.until, self.until + SOON)

    @property
    def text(self) -> str:
        """In words that are read back as the same days: "September 2019", "since 3 May 2020"."""
        if self.since and self.until:
            return _between(self.since, self.until)
        if self.since:
            return f"since {in_words(self.since)}"
        return f"until {in_words(self.until)}" if self.until else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Today, and the days that an archive has articles of, in order, each once.

    `told` are those of the articles on what is asked for, as far as that is known.
    """

    today: date
    days: tuple[date, ...]
    told: tuple[date, ...] = ()

    @classmethod
    def of(cls, published: Iterable[str | None], today: date) -> "Calendar":
        """From the dates of articles; those without one do not count."""
        return cls(today, tuple(sorted({day for each in published if (day := read_day(each))})))

    @property
    def newest(self) -> date:
        """The day of the newest article; today without any."""
        return self.days[-1] if self.days else self.today

    def has(self, days: Days) -> bool:
        """Whether an article is from one of these days."""
        return bisect_left(self.days, days[0]) < bisect_right(self.days, days[1])

    def tells(self, days: Days) -> bool:
        """Whether an article on what is asked for is from one of these days."""
        return bisect_left(self.told, days[0]) < bisect_right(self.told, days[1])

    def latest(self, past: Sequence[Days]) -> Days:
        """The first of these that what is asked for was told on, else that has an article."""
        found = (days for is_of in (self.tells, self.has) for days in past if is_of(days))
        return next(found, past[0])

    def reaches(self, wanted: DateRange) -> bool:
        """Whether an article is from the range."""
        return any(map(wanted.has, self.days))

    def nearest(self, wanted: DateRange) -> date | None:
        """The day nearest to the range that has an article; None without any."""
        since = wanted.since or wanted.until or self.newest
        until = wanted.until or since

        def distance(day: date) -> int:
            return max((since - day).days, (day - until).days, 0)

        return min(self.days, key=distance, default=None)


def _between(since: date, until: date) -> str:
    if since == until:
        return in_words(since)
    last = monthrange(until.year, until.month)[1]
    if (since.day, until.day) == (1, last) and since.year == until.year:
        if (since.month, until.month) == (1, 12):
            return str(since.year)
        if since.month == until.month:
            return f"{since:%B %Y}"
    return f"{in_words(since)} to {in_words(until)}"


def in_words(day: date) -> str:
    """The day as a reader expects it: "5 September 2019"."""
    return f"{day.day} {day:%B %Y}"
