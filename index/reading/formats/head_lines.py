"""What stands over a document's text, each on a line: its headline, by whom it is, of when.

>>> head_of(["Mill closes", "By Ann Lee", "4 March 2024", "He left at noon."])
({'title': 'Mill closes', 'author': 'Ann Lee', 'published': '2024-03-04'}, (1, 2))
>>> head_of(["LISLE, March 4, 2024 -- The mill closes."])[0]
{'published': '2024-03-04'}
"""

import re
from collections.abc import Sequence

from index.reading.bylines import author_in
from index.reading.formats.page.facts import day_in
from index.reading.formats.page.lines import is_ended
from index.reading.stated_dates import worded_date

_LINES = 6  # over a text, that may tell of it
_LONGEST = 150  # characters of one
_DATELINE = re.compile(
    r"\W{0,3}[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,30}\b[\w .,'’-]{0,40}?[,(–—-]\s?"
    r"(?P<day>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4})"
    r".{0,40}?(?:—|–|--|-\s|/-)"
)


def head_of(lines: Sequence[str]) -> tuple[dict[str, object], tuple[int, ...]]:
    """What the lines over a text tell, and the numbers of those that are only there for that."""
    found: dict[str, object] = {}
    telling: list[int] = []
    for n, line in enumerate(lines[:_LINES]):
        author = author_in(line)
        day = dateline_day(line) or (worded_date(line) if author else day_in(line))
        told = {"author": author, "published": day}
        found |= {name: value for name, value in told.items() if value and name not in found}
        if len(line) > _LONGEST or is_ended(line):
            break
        if author or day:
            telling.append(n)
    over = lines[telling[0] - 1] if telling and telling[0] else ""
    is_title = over and " " in over and len(over) < _LONGEST and not is_ended(over)
    return ({"title": over} if is_title else {}) | found, tuple(telling)


def without_head(lines: Sequence[str]) -> tuple[dict[str, object], list[str]]:
    """What the lines over a text tell, and the text without bylines and dates."""
    found, telling = head_of(lines)
    return found, [line for n, line in enumerate(lines) if n not in telling]


def dateline_day(line: str) -> str | None:
    """The day in a dateline, where it has a year: "LISLE, March 4, 2024 -- The mill ..."."""
    dateline = _DATELINE.match(line[: 2 * _LONGEST])
    return worded_date(dateline["day"]) if dateline else None
