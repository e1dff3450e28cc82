"""Puts a question in the words of what is read: "peacekeepers" where it says "peacekeeping".

A small reader takes two forms of a word for two things; searching already takes them for one.
Knows nothing of scores.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from index.language.folding import fold
from index.language.words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]{5,}")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English stem of a word, by the Snowball algorithm."""
    # One for each word: it keeps the word in itself, and threads would mix theirs up.
    return str(snowballstemmer.stemmer("english").stemWord(word.lower()))


def stems(text: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words of a text as topics are compared: no case, accents, endings; content words only.

    `without` are folded words that do not count: a name is no topic ("Ferris" is stemmed as
    "ferry").
    """
    return stems_of(fold(text), without)


def stems_of(words: Iterable[str], without: frozenset[str] = frozenset()) -> frozenset[str]:
    """The same of words that are folded already."""
    return frozenset(stem(w) for w in words if w not in FUNCTION_WORDS and w not in without)


def in_the_words_of(question: str, texts: Iterable[str]) -> str:
    """The question, each word that no text has replaced by one of the same stem that they have."""
    words = {word.lower() for text in texts for word in _WORD.findall(text)}
    by_stem = {stem(word): word for word in sorted(words, reverse=True)}

    def put(match: re.Match[str]) -> str:
        word = match.group()
        return word if word.lower() in words else by_stem.get(stem(word), word)

    return _WORD.sub(put, question)
