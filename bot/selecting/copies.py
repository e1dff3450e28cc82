"""Which articles are one text that several outlets carry, and each sentence of such a text once.

A near copy may be cut, and written as a house writes. It tells nothing else: where a sentence of
the one is all but a sentence of the other, and has another number, name or "not", the two are a
report and its correction, or two notices of one pattern. A share of common words, which MinHash
estimates, cannot tell these apart (docs/experiments.md). Knows nothing of archives.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher
from typing import TypeVar

from bot.comparing.near_copies import slips
from bot.comparing.tokens import Token, words_of
from bot.selecting.chooser import Choice
from bot.selecting.evidence import Evidence
from bot.selecting.views import ArticleView
from index.language.dates import read_day
from index.schema import Article

T = TypeVar("T")

# Word for word in both: of the words of the shorter one, and at least so many.
_SHARED, _FEWEST = 0.5, 25
# Of the words of two sentences, the share that both have, for one to be written from the other.
_ALIKE = 0.6
# The same, for both to be one sentence.
_SAME = 0.8
_MOST = 2_000  # sentences of a report
_DIFFERENT = 200  # sentences that only one of them has
_APART = timedelta(days=7)
# Two forms of a word: as difflib compares them, in [0, 1].
_SAME_WORD = 0.75
_CORRECTED = re.compile(
    r"\b(?:corrects?|corrected|corrections?|clarification|earlier version|misstated)\b", re.I
)


def is_near_copy(one: ArticleView, other: ArticleView) -> bool:
    """Whether both are the same report, perhaps cut, or written in another house's way."""
    if not _are_near(one.article, other.article) or max(len(one.folded), len(other.folded)) > _MOST:
        return False
    both = one.folded.keys() & other.folded.keys()
    shared = sum(map(len, both))
    share = shared / max(1, min(_length(one), _length(other)))
    if shared < _FEWEST or share < _SHARED:
        return False
    ours, theirs = (_rest(view, both) for view in (one, other))
    if min(len(ours), len(theirs)) > _DIFFERENT or _is_corrected(one, ours) != _is_corrected(
        other, theirs
    ):
        return False
    if any(tells_other(*pair) for pair in _alike(ours[:_DIFFERENT], theirs[:_DIFFERENT])):
        return False
    return not any(_is_of_others(*pair) for pair in _in_place(one, other))


def is_same(one: str, other: str) -> bool:
    """Whether two sentences are one that two houses write."""
    ours, theirs = _stems(one), _stems(other)
    is_alike = len(ours & theirs) >= _SAME * len(ours | theirs)
    return is_alike and not tells_other(one, other)


def tells_other(one: str, other: str) -> bool:
    """Whether one of two sentences that are much alike has another number, name, "not" or word."""
    if any(slips(one, other, least=0.5)) or any(slips(other, one, least=0.5)):
        return True
    ours, theirs = words_of(one), words_of(other)
    matcher = SequenceMatcher(None, [t.low for t in ours], [t.low for t in theirs], autojunk=False)
    changes = (place for tag, *place in matcher.get_opcodes() if tag == "replace")
    return any(_is_other(ours[a:b], theirs[c:d]) for a, b, c, d in changes)


def fullest(views: Iterable[ArticleView]) -> list[ArticleView]:
    """Of each text that several carry the fullest, in the place of the first."""
    kept: list[ArticleView] = []
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for view in views:
        near = dict.fromkeys(n for words in view.folded for n in places[words])
        place = next((n for n in near if is_near_copy(kept[n], view)), None)
        if place is None:
            place = len(kept)
            kept.append(view)
        kept[place] = min(kept[place], view, key=_fullness)
        for words in view.folded:
            places[words].append(place)
    return kept


def once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each sentence once, of the fullest article that carries the report, in the first one's place.

    Its scores are the best that it has anywhere. Where two articles do not agree on whose the words
    are, both are kept.
    """
    return _once(evidence, lambda item: item, _better)


def once_chosen(choices: Iterable[Choice]) -> list[Choice]:
    """The same of choices."""

    def better(one: Choice, other: Choice) -> Choice:
        score = max(one.score, other.score)
        return Choice(_better(one.evidence, other.evidence), score)

    return _once(choices, lambda choice: choice.evidence, better)


def _once(items: Iterable[T], of: Callable[[T], Evidence], better: Callable[[T, T], T]) -> list[T]:
    kept: list[T] = []
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for item in items:
        found = of(item)
        speakers = frozenset(each.full_name for each in found.sentence.attributions)
        of_words = places[found.view.words(found.n), speakers]
        same = (n for n in of_words if is_near_copy(of(kept[n]).view, found.view))
        place = next(same, None)
        if place is None:
            of_words.append(len(kept))
            kept.append(item)
        else:
            kept[place] = better(kept[place], item)
    return kept


def _better(one: Evidence, other: Evidence) -> Evidence:
    fuller = min(one, other, key=lambda item: _fullness(item.view))
    return replace(
        fuller,
        score=max(one.score, other.score),
        answers=max(one.answers, other.answers),
        similarity=max(one.similarity, other.similarity),
    )


def _are_near(one: Article, other: Article) -> bool:
    days = read_day(one.published), read_day(other.published)
    is_near = days[0] is None or days[1] is None or abs(days[0] - days[1]) <= _APART
    return one.id != other.id and is_near


def _length(view: ArticleView) -> int:
    return sum(map(len, view.folded))


def _rest(view: ArticleView, both: Iterable[tuple[str, ...]]) -> list[str]:
    """The sentences that the other one has not word for word."""
    shared = {view.folded[words] for words in both}
    return [view.text(n) for n in sorted(set(view.folded.values()) - shared)]


def _is_corrected(view: ArticleView, rest: Sequence[str]) -> bool:
    return any(map(_CORRECTED.search, (view.article.title or "", *rest)))


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """For each sentence the one that was written from it, if there is one."""
    words = list(map(_stems, theirs))
    for text in ours:
        own = _stems(text)
        shares = ((len(own & each) / max(1, len(own | each)), n) for n, each in enumerate(words))
        share, n = max(shares, default=(0.0, 0))
        if share >= _ALIKE:
            yield text, theirs[n]


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in words_of(text))


def _in_place(one: ArticleView, other: ArticleView) -> Iterator[tuple[str, str]]:
    """The sentences that stand in the place of others, between such as both have."""
    ours, theirs = list(one.folded), list(other.folded)
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs).get_opcodes():
        if tag == "replace" and b - a == d - c <= _DIFFERENT:
            for mine, its in zip(ours[a:b], theirs[c:d], strict=True):
                yield one.text(one.folded[mine]), other.text(other.folded[its])


def _is_of_others(one: str, other: str) -> bool:
    """Whether two sentences in one place have numbers, or names, and none of them in common."""
    sides = [words_of(one), words_of(other)]
    numbers = [{t.low for t in side if t.low[0].isdigit()} for side in sides]
    names = [{t.stem for t in side if t.is_capital and t.start} for side in sides]
    return any(all(pair) and pair[0].isdisjoint(pair[1]) for pair in (numbers, names))


def _is_other(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether words that stand for others are no mere spelling of these."""
    names = [
        frozenset(t.stem for t in side if t.is_capital and t.start) for side in (before, after)
    ]
    if all(names) and names[0].isdisjoint(names[1]):
        return True
    words = [[t for t in side if t.is_content] for side in (before, after)]
    return all(words) and not any(_is_same(a, b) for a in words[0] for b in words[1])


def _is_same(one: Token, other: Token) -> bool:
    ratio = SequenceMatcher(None, one.low, other.low, autojunk=False).ratio
    return one.stem == other.stem or ratio() >= _SAME_WORD


def _fullness(view: ArticleView) -> tuple[int, str, str]:
    article = view.article
    return -len(article.text), article.published or "~", article.id
