"""Whom a description means that no article gives as a role: "the zoo vet", "Lee's fiancée".

By the sentences that set it beside a name, "zoo vet Tom Reed", "Ann Orr, fiancée of the banker
Tom Lee": nothing else may stand between. Knows nothing of questions beyond the phrase.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from bot.query.directory import Directory
from bot.query.question import Query
from bot.selecting.article_view import ArticleView, Attribution
from bot.selecting.wanted_speaker import WantedSpeaker, look_up
from index.attribution.identities import Identity
from index.language.folding import fold, role_words
from index.language.names import HONORIFICS, TITLES, is_role
from index.language.stems import stem
from index.language.words import split_words
from index.schema import Span

_MOST = 20  # articles looked at
_LONGEST = 9  # words of a description with its name
# What may stand within a description beside its own words, names and offices.
_BETWEEN = frozenset(
    "a an at for from in late of old senior the then to with former s ' ’ ’s 's ,".split()
)


def whom(
    query: Query, directory: Directory, view: Callable[[str], ArticleView | None]
) -> WantedSpeaker | None:
    """Whose words a question wants, by name, role or description."""
    wanted = look_up(query, directory)
    if wanted is None or not wanted.is_described or not wanted.articles:
        return wanted
    words = _words(wanted.phrase or "")
    views = (found for id_ in islice(sorted(wanted.articles), _MOST) if (found := view(id_)))
    people = set(_described(views, words)) if len(words) > 1 else set()
    # Of two nobody can tell which one is meant.
    return replace(wanted, people=tuple(people), sure=False) if len(people) == 1 else wanted


def _described(views: Iterator[ArticleView], wanted: frozenset[str]) -> Iterator[Identity]:
    for view in views:
        for n, sentence in enumerate(view.sentences):
            if sentence.attributions and wanted <= _words(view.text(n)):
                yield from _beside(view.text(n), wanted, sentence.attributions)


def _beside(
    text: str, wanted: frozenset[str], attributions: tuple[Attribution, ...]
) -> Iterator[Identity]:
    """Those speakers of a sentence whose name stands beside the description."""
    words = [word.text for word in split_words(text, Span(0, len(text)))]
    for each in attributions:
        if each.named and each.identity and not each.identity.is_body:
            last = each.identity.words[-1]
            # "Lee's fiancée" is not Lee.
            if stem(last) not in wanted and any(
                _is_description(words[a:b], wanted, last) for a, b in _windows(len(words))
            ):
                yield each.identity


def _windows(n: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for a in range(n) for b in range(a + 2, min(n, a + _LONGEST) + 1))


def _is_description(words: list[str], wanted: frozenset[str], last: str) -> bool:
    folded = [" ".join(fold(word)) for word in words]
    if last not in folded or not wanted <= _words(" ".join(words)):
        return False
    return all(
        word in _BETWEEN or raw[0].isupper() or _words(raw) & wanted or _is_office(word)
        for raw, word in zip(words, folded, strict=True)
        if word
    )


def _is_office(word: str) -> bool:
    return is_role(word) or word in TITLES or word in HONORIFICS


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in role_words(text))
