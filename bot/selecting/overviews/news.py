"""Selects what is new on a topic: the newest articles that are about it, and how each begins.

An article that only mentions the topic contributes the sentences that the reader takes for news of
it. Knows nothing of how articles are found or an answer is worded.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from bot.selecting.article_view import ArticleView
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.overviews.topicality import lead, opening
from index.language.stems import stems

_OLDER = 1  # articles beside the newest one, a sentence each
_OF_NEWEST = 4  # sentences
_FIRST = 2  # of these, with which it begins in any case
ABOUT = 0.58  # `centrality` of an article that is about a topic
_READS_AS_NEWS = 0.0  # the reader's logit
_LONGEST = 2  # sentences of a quotation that is shown whole
# The weight of a topic word by where the article has it.
_IN_TITLE, _IN_OPENING, _OFTEN, _ONCE = 1.0, 0.9, 0.5, 0.2
_IS_OFTEN = 3  # sentences
_MANY = 3  # words of a topic from which an article may lack one


def centrality(view: ArticleView, rarity: Mapping[str, float]) -> float:
    """How much an article is about a topic, in [0, 1], by where it has the topic's words.

    `rarity` has the weight of each stem of the topic.
    """
    title = stems(view.article.title or "")
    opening = stems(" ".join(view.text(n) for n in lead(view)))

    def level(word: str) -> float:
        if word in title:
            return _IN_TITLE
        if word in opening:
            return _IN_OPENING
        count = sum(word in stems(view.text(n)) for n in range(len(view.sentences)))
        return _OFTEN if count >= _IS_OFTEN else _ONCE * bool(count)

    levels = {word: level(word) for word in rarity}
    if len(levels) < _MANY and min(levels.values()) < _OFTEN:
        return 0.0  # "hurricane": but which?
    return sum(rarity[w] * level for w, level in levels.items()) / sum(rarity.values())


def news(
    topic: str,
    views: Sequence[ArticleView],
    evidence: Sequence[Evidence],
    rarity: Mapping[str, float],
    following: Sequence[ArticleView] = (),
) -> tuple[Evidence, ...]:
    """The sentences to show, newest article first.

    `views` come newest first, and those `following` them, which are newer and on the topic in other
    words. `evidence` comes best first; `rarity` has the weight of each stem of the topic.
    """
    begun = ([Evidence(v, n) for n in opening(v, topic, _OF_NEWEST)] for v in following)
    told = chain(begun, (_told(topic, view, evidence, rarity) for view in views))
    found = [sentences for sentences in told if sentences]
    older = [choice for sentences in found[1 : 1 + _OLDER] for choice in sentences[:1]]
    return (*sorted(found[0], key=lambda c: c.n), *older) if found else ()


def _told(
    topic: str, view: ArticleView, evidence: Sequence[Evidence], rarity: Mapping[str, float]
) -> list[Evidence]:
    """What an article says on a topic, most important first; empty if it is not about it."""
    read = list(_as_news(view, evidence))
    if centrality(view, rarity) >= ABOUT:
        begun = [Evidence(view, n) for n in opening(view, topic, _OF_NEWEST)]
        found = {c.n: c for c in (*begun[:_FIRST], *read, *begun[_FIRST:])}
    else:
        found = {c.n: c for c in read if rarity.keys() <= stems(c.text)}
    return list(found.values())[:_OF_NEWEST]


def _as_news(view: ArticleView, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    for item in evidence:
        group = item.view.groups[item.n]
        is_short = group.last - group.first < _LONGEST
        if item.view is view and item.score >= _READS_AS_NEWS and is_short:
            yield item
