"""Writes out how people type: "whats", "w/", "ppl", and leaves out what only adds force.

Knows nothing of what is asked.

>>> written_out("whos against the ferry & what exactly do ppl want w/ it")
"who's against the ferry & what do people want with it"
>>> written_out("why didnt lee see it the 1st time")
"why didn't lee see it the first time"
"""

import re

from index.language.dates import MONTHS
from index.language.word_lists import read_table

_TYPED = {row[0]: row[1] for row in read_table("shorthand.tsv", "bot.query")}
_LONGEST_FIRST = sorted(map(re.escape, _TYPED), key=len, reverse=True)
_WORD = re.compile(rf"(?<![^\s(])(?:{'|'.join(_LONGEST_FIRST)})(?![\w'’-]|\.\w)", re.IGNORECASE)
_ASKING = r"(?:what|who|whom|why|how|when|where|which)(?:['’]s)?"
_FORCE = re.compile(
    rf"\b({_ASKING}) (?:(?:the (?:hell|heck|devil)|on earth|exactly|precisely|else exactly|all)"
    r" (?=[a-z]))+",
    re.IGNORECASE,
)
_OF_DATES = MONTHS.keys() | {"of"}  # "the 1st of may"


def written_out(text: str) -> str:
    """The text as it would be written."""

    def put(match: re.Match[str]) -> str:
        around = text[: match.start()].split()[-1:] + text[match.end() :].split()[:1]
        is_day = match[0][0].isdigit() and not _OF_DATES.isdisjoint(map(str.lower, around))
        return match[0] if is_day else _TYPED[match[0].lower()]

    return _FORCE.sub(r"\1 ", _WORD.sub(put, text))
