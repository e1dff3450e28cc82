"""Whom a description means that no article gives as a role: "the zoo vet", "Lee's fiancée".

By the sentences that set it beside a name, "zoo vet Tom Reed", "Ann Orr, fiancée of the banker
Tom Lee": nothing else may stand between. Knows nothing of questions beyond the phrase.
"""

from collections.abc import Callable, Iterator, Sequence
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
        who = each.identity
        # "Lee's fiancée" is not Lee.
        if not each.named or not who or who.is_body or stem(who.words[-1]) in wanted:
            continue
        if any(_is_description(words[a:b], wanted, who) for a, b in _windows(len(words))):
            yield who


def _windows(n: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for a in range(n) for b in range(a + 2, min(n, a + _LONGEST) + 1))


def _is_description(words: Sequence[str], wanted: frozenset[str], who: Identity) -> bool:
    """Whether words are a description, as wanted, with somebody's name, and name nobody else."""
    folded = [" ".join(fold(word)) for word in words]
    has = [bool(_words(word) & wanted) for word in words]
    # "Scott Morrison" describes nobody.
    is_common = any(
        h and (w[0].islower() or _is_office(f)) for w, f, h in zip(words, folded, has, strict=True)
    )
    if not is_common or who.words[-1] not in folded or not wanted <= _words(" ".join(words)):
        return False
    return all(
        not word
        or has[n]
        or word in _BETWEEN
        or word in who.words
        or _is_office(word)
        or (words[n][0].isupper() and has[n + 1 : n + 2] == [True])  # the owner's first name
        for n, word in enumerate(folded)
    )


def _is_office(word: str) -> bool:
    return is_role(word) or word in TITLES or word in HONORIFICS


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in role_words(text))
