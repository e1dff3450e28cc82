"""Which articles are asked: those published on some days, or of one outlet.

A filter is set beside the question, and not understood from it. Knows nothing of archives.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from index.language.dates import read_day
from index.printing import printable
from index.schema import RequestError

MAX_OUTLET = 200  # characters


class BadFilter(RequestError):
    """A filter cannot be read."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Days as ISO dates, both included, and an outlet's name; what is empty filters nothing.

    An article without a date is from no day.
    """

    since: str = ""
    until: str = ""
    outlet: str = ""

    @classmethod
    def read(cls, since: str = "", until: str = "", outlet: str = "") -> Self:
        """As they were sent; raises BadFilter for what is no day, or no name of an outlet."""
        if len(outlet) > MAX_OUTLET:
            raise BadFilter(f"“outlet”: at most {MAX_OUTLET} characters are allowed.")
        return cls(iso_day(since, "from"), iso_day(until, "to"), outlet.strip())

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.since or self.until or self.outlet)

    def has(self, published: str | None, source: str | None) -> bool:
        """Whether an article of that date and outlet is asked."""
        if self.outlet and (source or "").casefold() != self.outlet.casefold():
            return False
        if not self.since and not self.until:
            return True
        day = read_day(published)
        return day is not None and (self.since or "0") <= day.isoformat() <= (self.until or "9")

    @property
    def text(self) -> str:
        """In words: "from 2019-05-01 to 2019-06-30, of Harbour Post"."""
        days = [f"from {self.since}"] if self.since else []
        days += [f"to {self.until}"] if self.until else []
        said = [" ".join(days)] if days else []
        return ", ".join([*said, f"of {self.outlet}"] if self.outlet else said)


NO_FILTERS = Filters()


def iso_day(value: str, name: str) -> str:
    """The day that somebody wrote, as ISO 8601; "" for none. Raises BadFilter."""
    if not value.strip():
        return ""
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        shown = printable(value[:40])
        raise BadFilter(f"“{name}” is {shown!r}: write a day as 2024-05-31.") from None
