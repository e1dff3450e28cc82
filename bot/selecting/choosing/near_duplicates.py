"""Detects near-duplicate articles, which several outlets carry, and keeps each sentence once.

A near-duplicate may be cut, or edited to another house style, but states nothing else. If two
almost equal sentences differ in a number, a name or a "not", the articles are a report and its
correction, or two notices of one pattern. The share of common words, which MinHash estimates,
cannot tell these apart (docs/experiments.md). Knows nothing of archives.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher

from bot.comparing.slips import slips
from bot.comparing.tokens import Token, words_of
from bot.selecting.article_view import ArticleView
from bot.selecting.choosing.evidence import Evidence
from index.language.dates import read_day
from index.schema import Article

# Words in sentences that both have verbatim: as a share of the shorter article, and at least.
_SHARED, _FEWEST = 0.5, 25
# Jaccard similarity of two sentences from which one may be an edited form of the other.
_ALIKE = 0.6
# The same, from which both are one sentence.
_SAME = 0.8
_MOST = 2_000  # sentences of a report
_DIFFERENT = 200  # sentences that only one of them has
_APART = timedelta(days=7)
# Two forms of a word: as difflib compares them, in [0, 1].
_SAME_WORD = 0.75
_CORRECTED = re.compile(
    r"\b(?:corrects?|corrected|corrections?|clarification|earlier version|misstated)\b", re.I
)


def is_near_duplicate(one: ArticleView, other: ArticleView) -> bool:
    """Whether both are the same report, perhaps cut or edited to another house style."""
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
    """Whether two sentences are the same but for house style."""
    ours, theirs = _stems(one), _stems(other)
    is_alike = len(ours & theirs) >= _SAME * len(ours | theirs)
    return is_alike and not tells_other(one, other)


def tells_other(one: str, other: str) -> bool:
    """Whether two similar sentences differ in a number, a name, a negation or a content word."""
    if any(slips(one, other, least=0.5)) or any(slips(other, one, least=0.5)):
        return True
    ours, theirs = words_of(one), words_of(other)
    matcher = SequenceMatcher(None, [t.low for t in ours], [t.low for t in theirs], autojunk=False)
    changes = (place for tag, *place in matcher.get_opcodes() if tag == "replace")
    return any(_is_other(ours[a:b], theirs[c:d]) for a, b, c, d in changes)


def deduplicate_articles(views: Iterable[ArticleView]) -> list[ArticleView]:
    """The fullest of each set of near-duplicates, in the place of the first."""
    kept: list[ArticleView] = []
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for view in views:
        near = dict.fromkeys(n for words in view.folded for n in places[words])
        place = next((n for n in near if is_near_duplicate(kept[n], view)), None)
        if place is None:
            place = len(kept)
            kept.append(view)
        kept[place] = min(kept[place], view, key=_fullness)
        for words in view.folded:
            places[words].append(place)
    return kept


def deduplicate(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each sentence once, from the fullest of the near-duplicates, in the place of the first.

    It gets the best scores of all its copies. If two articles disagree on whose words a sentence
    carries, both copies stay.
    """
    kept: list[Evidence] = []
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for item in evidence:
        speakers = frozenset(each.full_name for each in item.sentence.attributions)
        of_words = places[item.view.words(item.n), speakers]
        same = (n for n in of_words if is_near_duplicate(kept[n].view, item.view))
        place = next(same, None)
        if place is None:
            of_words.append(len(kept))
            kept.append(item)
        else:
            kept[place] = _better(kept[place], item)
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
    """The sentences of an article that are not among `both`, in its order."""
    shared = {view.folded[words] for words in both}
    return [view.text(n) for n in sorted(set(view.folded.values()) - shared)]


def _is_corrected(view: ArticleView, rest: Sequence[str]) -> bool:
    return any(map(_CORRECTED.search, (view.article.title or "", *rest)))


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs each sentence with the most similar one of the other article, if similar enough."""
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
    """Pairs of sentences that stand in the same place between sentences both articles have."""
    ours, theirs = list(one.folded), list(other.folded)
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs).get_opcodes():
        if tag == "replace" and b - a == d - c <= _DIFFERENT:
            for mine, its in zip(ours[a:b], theirs[c:d], strict=True):
                yield one.text(one.folded[mine]), other.text(other.folded[its])


def _is_of_others(one: str, other: str) -> bool:
    """Whether both sentences have numbers, or both have names, with none in common."""
    sides = [words_of(one), words_of(other)]
    numbers = [{t.low for t in side if t.low[0].isdigit()} for side in sides]
    names = [{t.stem for t in side if t.is_capital and t.start} for side in sides]
    return any(all(pair) and pair[0].isdisjoint(pair[1]) for pair in (numbers, names))


def _is_other(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether replaced words mean something else, and are not just spelt differently."""
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
