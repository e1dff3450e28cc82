"""Under which words of an archive's articles a stem of a question's topic is to be looked for.

Articles are found by words as roles are compared (`index.language.folding.role_words`), where
some stand for others. Knows nothing of archives.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Protocol

from index.language.offices import joined_forms, role_words, special_words
from index.language.stems import stem

_CHANGED = 2  # letters at the end of a stem that its words may have otherwise: "compani", "die"


class Words(Protocol):
    """By which words articles are found."""

    def words_beginning(self, first: str) -> Iterable[str]:
        """All words of articles that begin with these letters."""

    def having(self, groups: Sequence[Set[str]]) -> frozenset[str]:
        """The articles that have a word of each of these groups."""


def articles_on(topic: frozenset[str], words: Words) -> frozenset[str] | None:
    """The articles that have a word of each of these stems, and perhaps some more.

    None where that cannot be told of all articles.
    """
    forms = [listed_as(each, words.words_beginning) for each in sorted(topic)]
    known = [each for each in forms if each is not None]
    return words.having(known) if known else None


def listed_as(wanted: str, beginning: Callable[[str], Iterable[str]]) -> frozenset[str] | None:
    """All words of articles that a word of this stem may be listed as; None if it may be as none.

    >>> sorted(listed_as("walk", lambda _: ["walked", "walks", "wall"]))
    ['walked', 'walks']
    """
    special = _special().get(wanted, ())
    if any(not role_words(word) for word in special):
        return None
    plain = (w for w in beginning(wanted[: max(1, len(wanted) - _CHANGED)]) if stem(w) == wanted)
    return joined_forms({*plain, *(form for word in special for form in role_words(word))})


@lru_cache(maxsize=1)
def _special() -> Mapping[str, tuple[str, ...]]:
    """Words that articles are not found by as they stand, by their stems."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(special_words()):
        found[stem(word)] = (*found.get(stem(word), ()), word)
    return found
