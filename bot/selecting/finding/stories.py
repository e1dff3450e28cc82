"""Finds the other articles of a story: what was reported before and after on the same event.

They have rare names in common, stand near by their vectors, and are not far apart in time. Knows
nothing of questions.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView
from index.language.dates import MONTHS, WEEKDAYS, read_day
from index.language.names import FIRST_NAMES, TITLES, is_role
from index.language.words import FUNCTION_WORDS

_DAYS = 400  # between two reports of a story, at most
_RARE = 8  # articles that have a name, at most
_LONGEST = 8  # articles
# How near by their vectors (cosine) two are with so many rare names in common, and with more.
_NEAR = {0: 2.0, 1: 0.5, 2: 0.42, 3: 0.42}
_NEAR_WITH_MORE = 0.35
_SEVERAL = 3  # rare names, with which either may be near the other
_NO_NAMES = FUNCTION_WORDS | FIRST_NAMES | TITLES | frozenset((*MONTHS, *WEEKDAYS))
_CAPITAL = re.compile(r"(?<=[\w,;:“\"(] )[“\"(]?(?P<name>[A-Z][\w.-]*\w)")

# (text, articles to search, or all) -> the ids of the nearest articles, with the cosine of the best
# passage of each
Near = Callable[[str, frozenset[str] | None], Mapping[str, float]]
View = Callable[[str], ArticleView | None]


def others_of_story(
    article: ArticleView, near: Near, view: View, directory: Directory
) -> frozenset[str]:
    """The ids of the articles that tell of the same story as an article, which is left out."""
    own, names, day = article.article.id, _names(article), _day(article)
    found: list[tuple[float, str]] = []
    for id_, similarity in near(_gist(article), None).items():
        other = view(id_) if id_ != own else None
        if other is None or not _are_close(day, _day(other)):
            continue
        shared = names & _names(other)
        rare = sum(0 < len(directory.mentions(name)) <= _RARE for name in shared)
        least = _NEAR.get(rare, _NEAR_WITH_MORE)
        if rare >= _SEVERAL and similarity < least:
            # A later report tells what was before, and not the first one what came of it.
            similarity = near(_gist(other), frozenset((own,))).get(own, 0.0)
        if similarity >= least:
            found.append((similarity, id_))
    return frozenset(id_ for _, id_ in sorted(found, reverse=True)[:_LONGEST])


def _gist(article: ArticleView) -> str:
    """The title and the first sentence, which tell what an article is about."""
    prose = (n for n, sentence in enumerate(article.sentences) if sentence.prose)
    first = next(prose, None)
    return f"{article.article.title or ''}. {'' if first is None else article.text(first)}"


def _names(article: ArticleView) -> frozenset[str]:
    """The words that the text has with a capital inside a sentence, and in no other way."""
    words = frozenset(_capitals(article.article.text)) - _NO_NAMES
    return frozenset(word for word in words if not is_role(word))


def _capitals(text: str) -> Iterator[str]:
    lower = frozenset(re.findall(r"\b[a-z]+\b", text))
    names = (match["name"].lower() for match in _CAPITAL.finditer(text))
    return (name for name in names if name not in lower)


def _day(article: ArticleView) -> date | None:
    return read_day(article.article.published)


def _are_close(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= _DAYS
