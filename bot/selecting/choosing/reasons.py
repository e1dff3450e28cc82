"""Prefers what gives the reason that a question asks for to what only tells the event again.

An article's first sentence says what happened in the question's own words, and a reader of single
sentences takes that for the answer. Why stands in it behind "over" or "after", or in what follows:
"The decision followed a defeat". Knows nothing of thresholds.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import pairwise

from bot.query.grammar.question import Query
from bot.selecting.choosing.evidence import Evidence
from index.language.folding import fold
from index.language.stems import bases, had
from index.language.word_lists import word_set
from index.language.words import TIMES

_ASKS = re.compile(r"\bwhy\b|\bwhat reasons?\b", re.IGNORECASE)
_ASKING = re.compile(
    rf"{_ASKS.pattern}|\b(?:did|do|does|was|were) \w+ (?:gives?|gave|given)\b|,? according to .*",
    re.IGNORECASE,
)
# What says of something that it is a reason, and what joins to an event what may be its reason.
_REASONS = word_set("reasons", "bot.query")
_JOINING = word_set("joining", "bot.query")
_BETTER = 1.0  # how much so a sentence is believed without a word for it, where another has one
_SPANS = re.compile(r"(?:hour|day|week|fortnight|month|year|decade)s?")
_FOLLOWS = 2  # sentences behind what happened in which its reason may follow


def asked_why(query: Query) -> frozenset[str]:
    """What a question asks the reason of, as bases; nothing if it asks for none."""
    if not _ASKS.search(query.text):
        return frozenset()
    return bases(fold(_ASKING.sub(" ", query.text)))


def with_reasons(
    choices: Sequence[Evidence], asked: frozenset[str], doubted: float
) -> list[Evidence]:
    """The sentences without those that only repeat what is asked; what gives its reason for them.

    A sentence that follows one of these and gives a reason scores as high. Any other is `doubted`
    by that much, unless it is better than them: they were read together.
    """
    repeating = [each for each in choices if _only_repeats(each, asked)]
    keys = {each.key for each in repeating}
    others = [each for each in choices if each.key not in keys]
    told = {
        other.key: max(before)
        for other in others
        if (before := [each.score for each in repeating if _tells_why(other, each)])
    }
    best = max((each.score for each in repeating), default=float("-inf"))
    least = best + _BETTER if told else best

    def weighed(choice: Evidence) -> Evidence:
        if choice.key in told:
            return replace(choice, score=max(choice.score, told[choice.key]))
        is_doubted = choice.score < least and not gives_reason(choice.view.words(choice.n))
        return replace(choice, score=choice.score - doubted) if is_doubted else choice

    return list(map(weighed, others))


def _tells_why(one: Evidence, event: Evidence) -> bool:
    """Whether a sentence gives a reason soon after the one that tells the event."""
    is_near = 0 < one.n - event.n <= _FOLLOWS and one.view.article.id == event.view.article.id
    return is_near and gives_reason(one.view.words(one.n))


def _only_repeats(choice: Evidence, asked: frozenset[str]) -> bool:
    """Whether a sentence does, what is said in it included: not "Lee, who leaves, was tired"."""
    words, sentence = choice.view.words(choice.n), choice.sentence
    told = bases(words) - bases(fold(sentence.frame)) if sentence.attributions else bases(words)
    return only_repeats(words, asked) and bool(had(asked, told))


def gives_reason(words: Sequence[str]) -> bool:
    """Whether folded words say of something that it is a reason: "blamed the price of gas"."""
    return not _REASONS.isdisjoint(words)


def only_repeats(words: Sequence[str], asked: frozenset[str]) -> bool:
    """Whether folded words have all that is `asked`, and nothing joined to it that may be why."""
    if not asked or had(asked, bases(words)) != asked or gives_reason(words):
        return False
    return not any(map(partial(_may_be_why, asked), _joined(words)))


def _joined(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """What each joining word brings in, up to the next, with the word before it."""
    places = [n for n, word in enumerate(words) if word in _JOINING]
    for n, end in pairwise([*places, len(words)]):
        yield words[max(0, n - 1) : end]


def _may_be_why(asked: Set[str], joined: Sequence[str]) -> bool:
    """Whether it is no time, as in "months after", and not what is asked about."""
    first = 0 if "after" in joined[:2] else 1
    is_time = any(word in TIMES or _SPANS.fullmatch(word) for word in joined[first:3])
    return not is_time and not had(frozenset(asked), bases(joined[1:]))
