"""Prefers what a newer article tells: how something is now, or what became of what was to come.

A toll, a price or an office changes from article to article, and the older one may answer in
plainer words. Knows nothing of how a score is made.
"""

import re
from collections.abc import Sequence

from bot.query.grammar.question import Query
from bot.selecting.choosing.chooser import Setting
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.plans import becomes_of, events, may_be_of_same, tells_anew
from index.language.dates import read_day

# "how many are dead", "who is mayor", "is the strike over", "how much is Lee paying for it".
_NOW = re.compile(
    r"(?:(?:how (?:many|much)|what|which)"
    r"(?: (?!(?:did|was|were|had|will|would|could|should|can|may|might)\b)[\w-]+){0,4}?|who|where)"
    r"(?:['’]s| (?:is|are|has|have|does|do))\b|(?:is|are|has|have|does|do)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"how many\b", re.IGNORECASE)
# By how much less of a score a newer answer is believed: one that would do by itself, or any.
_BEHIND, _ANY_BEHIND = 2.6, 1.0
_IN_STORY = 2.0
# What became of a plan is known by its clause, and need only be read at all.
_OF_PLAN = -1.0
_OF_IT = 0.5  # of the topic: another plant will open
_WHEN = re.compile(r"when\b", re.IGNORECASE)


def asks_for_now(query: Query) -> bool:
    """Whether a question asks for a fact as it is today, and names no day."""
    # The newest report tells how many there were in the end.
    is_in_the_end = _COUNTED.match(query.text)
    return _is_of_no_day(query) and bool(_NOW.match(query.text) or is_in_the_end)


def updated(
    choices: Sequence[Evidence],
    weighed: Sequence[Evidence],
    setting: Setting,
    *,
    in_story: bool = False,
) -> tuple[Evidence, ...]:
    """The choices behind the best sentence of the newest article that answers about as well.

    That has as much of the topic and the same kind of answer, or where any kind will do may be of
    the same person or thing. Of the reports of one story less of a score will do.
    """
    if not choices:
        return ()
    best = choices[0]
    least = max(best.score - _BEHIND, min(best.score - _ANY_BEHIND, setting.sure))
    least = min(least, best.score - _IN_STORY) if in_story else least
    newer = [
        each
        for each in weighed
        if each.score >= least
        and (each.offers, each.tells) == (best.offers, best.tells)
        and each.topic >= best.topic
        and _day(each) > _day(best)
        and (best.offers is not None or may_be_of_same(best.text, each.text))
    ]
    # Of equals the first, which is the best of its article.
    return _behind(max(newer, key=_day, default=best), choices)[: setting.most]


def overtaken(
    query: Query, choices: Sequence[Evidence], weighed: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The choices behind what became of a plan that the best of them tells, if a newer one does.

    So with a number that is told anew. To "when" that is another day for the same thing too:
    "will stay open until December".
    """
    if not (choices and _is_of_no_day(query)):
        return tuple(choices)
    best, is_moved = choices[0], bool(_WHEN.match(query.text))
    newer = [
        each
        for each in weighed
        if each.score >= _OF_PLAN
        and each.offers == best.offers
        and (each.topic > _OF_IT or query.among is not None)
        and _day(each) > _day(best)
    ]
    plan = events(best.text) if newer else []
    later = [
        each
        for each in newer
        if becomes_of(plan, events(each.text), is_moved=is_moved)
        or (each.offers and tells_anew(each.text))
    ]
    return _behind(max(later, key=_day, default=best), choices)


def _is_of_no_day(query: Query) -> bool:
    """Whether a question asks for a fact of whatever day."""
    return query.kind == "fact" and query.extent == "best" and query.days is None


def _behind(first: Evidence, choices: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return (first, *(each for each in choices if each.key != first.key))


def _day(item: Evidence) -> int:
    day = read_day(item.view.article.published)
    return day.toordinal() if day else 0
