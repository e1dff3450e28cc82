"""Reads what was found for a question: its best rows, and the others where these leave it open.

Most of a question's time is reading. The numbers were chosen on development questions
(docs/experiments.md). Knows nothing of how rows were found or of how an answer is worded.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from bot.query.grammar.question import Query
from bot.selecting.choosing.chooser import setting_of, together
from bot.selecting.choosing.evidence import gather, ranked
from bot.selecting.choosing.near_duplicates import is_near_duplicate
from bot.selecting.choosing.study import Studied, study
from bot.selecting.finding.finder import Found
from bot.selecting.reading.reader import Reader
from bot.selecting.reading.reader_rows import Row

FIRST = 4  # rows, of seven or eight that are found for most questions
# How much more than sure an answer has to be for the other rows to be left unread.
_BEYOND_SURE = 0.5


def read_and_study(reader: Reader, query: Query, found: Found) -> Studied:
    """Read as much of what was found as the question needs, and choose from it.

    Nothing is refused before all has been read.
    """
    first, others = found.rows[:FIRST], found.rows[FIRST:]
    read = gather(reader, query, replace(found, rows=first))
    studied = study(query, found.wanted, read)
    if not others or (_wants_one(query) and _is_beyond_doubt(studied, others)):
        return studied
    more = gather(reader, query, replace(found, rows=others))
    return study(query, found.wanted, ranked([*read, *more]))


def _wants_one(query: Query) -> bool:
    """Whether one good answer will do, and not all that was said is wanted, or all who said it."""
    is_best = query.extent == "best" and query.kind != "who_said"
    return is_best and not query.is_about_anything


def _is_beyond_doubt(studied: Studied, others: Sequence[Row]) -> bool:
    """Whether the answer is more than sure, and no fuller copy of its article may be unread."""
    if together(studied.choices) < setting_of(studied.query).sure + _BEYOND_SURE:
        return False
    cited = {choice.view.article.id: choice.view for choice in studied.choices}
    unread = {row.view.article.id: row.view for row in others if row.view.article.id not in cited}
    pairs = product(cited.values(), unread.values())
    return not any(is_near_duplicate(one, other) for one, other in pairs)
