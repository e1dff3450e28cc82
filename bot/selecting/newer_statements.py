"""Puts a speaker's newer statement before an older one on the same subject.

People change their minds; the latest statement leads. Knows nothing of how sentences are chosen.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.selecting.evidence import Evidence
from index.attribution.identities import Identity
from index.language.stems import stems

_SHARED = 0.5  # of the words that the question shares with the older statement
_LEAST = -2.0  # the reader's logit


def with_newer(
    question: str, choices: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The choices, each preceded by a newer statement of its speaker on it, if one was read."""
    asked = stems(question)
    chosen = {choice.key for choice in choices}
    found: list[Evidence] = []
    for each in choices:
        newer = [item for item in evidence if _goes_on(item, each, asked)]
        fresh = [item for item in newer if item.key not in chosen]
        found += [replace(item, score=each.score) for item in fresh[:1]]
        chosen.update(item.key for item in fresh[:1])
        found.append(each)
    return tuple(found)


def _goes_on(item: Evidence, earlier: Evidence, asked: frozenset[str]) -> bool:
    dates = earlier.view.article.published, item.view.article.published
    is_newer = None not in dates and str(dates[0]) < str(dates[1])
    who = _speakers(item) & _speakers(earlier)
    names = frozenset().union(*(stems(each.name) for each in who))
    older = (asked & stems(earlier.text)) - names
    both = older & stems(item.text)
    is_on_it = bool(both) and len(both) >= _SHARED * len(older)
    return bool(who) and is_newer and is_on_it and item.score >= _LEAST


def _speakers(item: Evidence) -> frozenset[Identity]:
    return frozenset(a.identity for a in item.sentence.attributions if a.identity and a.named)
