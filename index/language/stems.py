"""Puts a question in the words of what is read: "peacekeepers" where it says "peacekeeping".

A small reader takes two forms of a word for two things; searching already takes them for one. A
stem is that of an algorithm; a base is one for all forms and spellings of a word. Knows nothing
of scores.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from index.language.folding import fold
from index.language.places import DEMONYMS
from index.language.word_lists import read_table
from index.language.words import FUNCTION_WORDS, LETTERS

_LONG = 5  # letters of a word of which another form is looked for
IRREGULAR = {form: base for base, forms in read_table("irregular.tsv") for form in forms.split()}
_SPELLINGS = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"(?<=[a-z]{3})our(?=s?$|ed$|ing$|ite|able|hood|ly$)", "or"),
        (r"(?<=cent|heat)re(?=s?$)", "er"),
        (r"(?<=[a-z]{3})is(?=(?:e[sd]?|ing|ation)$)", "iz"),
        (r"(?<=[a-z]{2}[eo]l)l(?=ed$|ing$|er)", ""),
        (r"(?<=defen|licen|offen)c(?=e)", "s"),
        (r"(?<=program)me(?=s?$)", ""),
    )
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English stem of a word, by the Snowball algorithm."""
    # One for each word: it keeps the word in itself, and threads would mix theirs up.
    return str(snowballstemmer.stemmer("english").stemWord(word.lower()))


def stems(text: str) -> frozenset[str]:
    """The words of a text as topics are compared: no case, accents, endings; content words only."""
    return stems_of(fold(text))


def stems_of(words: Iterable[str], without: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of folded words, as topics are compared; content words only.

    `without` do not count: a name is no topic ("Ferris" is stemmed as "ferry").
    """
    return frozenset(stem(w) for w in words if w not in FUNCTION_WORDS and w not in without)


def bases(words: Iterable[str]) -> frozenset[str]:
    """The stems of folded words, of irregular verbs that of the base: "left" is "leave"."""
    return stems_of(IRREGULAR.get(word, word) for word in words)


@lru_cache(maxsize=1)
def _everyday() -> dict[str, tuple[str, ...]]:
    """For a word of a question those that newspapers have for it, nearest first."""
    return {word: tuple(others.split()) for word, others in read_table("everyday.tsv")}


@lru_cache(maxsize=1)
def _everyday_stems() -> dict[str, frozenset[str]]:
    return {stem(word): frozenset(map(stem, others)) for word, others in _everyday().items()}


def had(wanted: frozenset[str], known: frozenset[str]) -> frozenset[str]:
    """The wanted stems that are known, in themselves or as another word for the same."""
    others = _everyday_stems()
    return frozenset(w for w in wanted if w in known or not known.isdisjoint(others.get(w, ())))


def in_the_words_of(question: str, texts: Iterable[str]) -> str:
    """The question, each word that no text has replaced by one of the same stem that they have.

    Else by another word for the same: "the loo" where they have a toilet.
    """
    words = {word.lower() for text in texts for word in LETTERS.findall(text)}
    by_stem: dict[str, str] = {stem(word): word for word in sorted(words, reverse=True)}

    def put(match: re.Match[str]) -> str:
        word, low = match.group(), match.group().lower()
        if low in words:
            return word
        form = by_stem.get(stem(word), "")
        # "heading" is no "head".
        if min(len(form), len(word)) >= _LONG:
            return form
        # "scrapped" is "cancelled" before it is "cancel".
        others = _everyday().get(low, ())
        found = (other if other in words else by_stem.get(stem(other)) for other in others)
        return next(filter(None, found), word)

    return LETTERS.sub(put, question)


def base_of(low: str) -> str:
    """The base of a word in lower case: one for all its forms and spellings."""
    if low in DEMONYMS or low.removesuffix("s") in DEMONYMS:
        return DEMONYMS.get(low) or DEMONYMS[low.removesuffix("s")]
    folded = "".join(fold(low)) or low
    folded = _american(IRREGULAR.get(folded, folded))
    return stem(DEMONYMS.get(folded, folded))


def _american(word: str) -> str:
    """One spelling for the British and the American one."""
    for pattern, other in _SPELLINGS:
        word = pattern.sub(other, word)
    return word
