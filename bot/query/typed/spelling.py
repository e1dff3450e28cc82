"""Typing errors: a word that neither the archive nor everyday English has, and one that it has.

Only a word that is unknown is ever taken for another, and the reader is told. Knows nothing of what
a question asks for.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from spellchecker import SpellChecker

from bot.answer import Respelling
from bot.query.nicknames import NICKNAMES
from index.archive.embedding.minilm import default_folder
from index.language.folding import fold
from index.language.names import FIRST_NAMES, is_role
from index.language.offices import role_words, special_words
from index.language.verbs import CUES
from index.language.words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OWNING = re.compile(r"['’]s$")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|\S*[@/\\]\S*|\S*\.\w{2,}\S*")
_SHORTEST = 4  # letters: a shorter word has too many neighbours
_SHORTEST_OF_ARCHIVE = 5
_SHORTEST_SLIP = 3
_COMMON = 5000  # of pyspellchecker's counts: "time" has 2,591,899, "trump" 2,536
_PLACING = frozenset(("at", "in", "near"))
_LONG = 8  # letters from which two errors are forgiven
# The words that shape a question: what is like one of these is taken for it first.
_SHAPING = frozenset(
    """about according after anything before between compare could describe everything explain
    happened happening latest many much news newest people quote quotes regarding said saying
    since should speak statement statements summarise summarize summary tell tells there thing
    think thinks thought what when where which whose would does their update updates""".split()
)  # fmt: skip


class Vocabulary(Protocol):
    """The words of an archive, folded."""

    def count(self, word: str) -> int:
        """How many articles have a word."""

    def words_like(self, first: str, length: int) -> Iterable[str]:
        """All words of articles that begin with a letter and have so many."""

    def words_beginning(self, first: str) -> Iterable[str]:
        """All words of articles that begin with a letter."""

    def is_called(self, word: str) -> bool:
        """Whether there is anybody so called."""

    def is_pair(self, before: str, after: str) -> bool:
        """Whether two words stand side by side in a name: another is meant beside one of these."""


@lru_cache(maxsize=1)
def _english() -> tuple[frozenset[str], frozenset[str]]:
    """Pyspellchecker's words, and those of them that English has often; read once for both."""
    counts = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(counts), frozenset(w for w, count in counts.items() if count >= _COMMON)


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Some 165,000 words of English, folded: pyspellchecker's, and the names that BERT knows."""
    with (default_folder() / "tokenizer.json").open(encoding="utf-8") as file:
        vocabulary = json.load(file)["model"]["vocab"]
    return frozenset(word for word in (*vocabulary, *_english()[0]) if word.isalpha())


def common_words() -> frozenset[str]:
    """The words that English has often, and that need not be a name where they are one."""
    return _english()[1]


class Speller:
    """Corrects words against those of one state of an archive."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """By the words of its articles and names."""
        self._known = vocabulary

    def correct(self, question: str) -> tuple[str, tuple[Respelling, ...]]:
        """The question as it was meant, and what was taken for what."""
        corrections: list[Respelling] = []
        left_alone = [match.span() for match in _QUOTED.finditer(question)]

        def put(match: re.Match[str]) -> str:
            if any(start <= match.start() < end for start, end in left_alone):
                return match.group()
            before, after = question[: match.start()].split(), question[match.end() :].split()
            beside = ("".join(fold(" ".join(words))) for words in (before[-1:], after[:1]))
            around = put_right(question[: match.start()], corrections), question[match.end() :]
            slipped = self._slipped(match.group(), *around)
            meant = slipped or self.meant(match.group(), tuple(beside))
            if meant is None:
                return match.group()
            owning = _OWNING.search(match.group())
            meant += owning[0] if owning and not _OWNING.search(meant) else ""
            corrections.append(Respelling(match.group(), meant))
            return meant

        corrected = _WORD.sub(put, question)
        return corrected, tuple(corrections)

    def meant(self, typed: str, beside: Sequence[str] = ()) -> str | None:
        """The word that one was meant for; None where it is one, or nothing is near enough.

        `beside` are the folded words before and after it, "" where there is none.
        """
        (word, *more) = fold(typed) or [""]
        if more or len(word) < _SHORTEST or _is_acronym(typed):
            return None
        if self._has(word) or _is_english(word):
            return self._of_name(word, beside)
        # Though it may be somebody's first name elsewhere: "mandella".
        found = self._shaping(word) or self._heard(word)
        if found or self.knows(word):
            return found or self._of_name(word, beside)
        return self.nearest(word, beside)

    def _shaping(self, word: str) -> str | None:
        """Of the words that shape a question one that is a letter away, or has the same letters."""
        near = (
            known
            for known in _SHAPING
            if distance(word, known, 1) or (word[0] == known[0] and sorted(word) == sorted(known))
        )
        return None if self.knows(word) else min(near, default=None)

    def _slipped(self, typed: str, before: str, after: str) -> str | None:
        """The word that shapes a question, where a slip of the fingers makes one of a word.

        Before it is any rare word, or sounds like one: "waht" is no "watt". What the archive has is
        left, except where a question begins.
        """
        begins = not before.split() and bool(after.split())
        is_name = typed.isupper() or (typed[0].isupper() and not begins)
        words = () if is_name or _is_english(typed.lower()) else _slips().get(typed.lower(), ())
        if begins and "how" in words and _HOW.match(after):
            return "how"
        may_be = words and (
            (begins and words[0] in _QUESTIONS) or not self._known.count(typed.lower())
        )
        return words[0] if may_be else None

    def _heard(self, word: str) -> str | None:
        """Of the archive's words that sound the same the most frequent one."""
        heard = sound(word)
        letters = _WRITTEN.get(heard[:1], heard[:1])
        known = (k for letter in letters for k in self._known.words_beginning(letter))
        least = min(_SHORTEST, len(heard))  # "cutt" is "cut", though that is short
        same = (k for k in known if len(k) >= least and sound(k) == heard)
        return max(same, key=lambda k: (self._known.count(k), k), default=None)

    def _of_name(self, word: str, beside: Sequence[str]) -> str | None:
        """The name that a word is meant for which English has, and the archive has not.

        As in "hagia sofia": what is beside it makes a name with one that is near.
        """
        role = role_words(word)
        if not role or self._known.count(role[0]) or word in FUNCTION_WORDS | _SHAPING:
            return None
        like = (k for k in self._like(word, 2) if distance(word, k, 2))
        near = {k for k in like if not k.startswith(word) and not word.startswith(k)}
        before, after = beside or ("", "")
        found = {k for k in near if self._known.is_pair(before, k)}
        if word not in FIRST_NAMES:  # another first name is another person
            found |= {k for k in near if self._known.is_pair(k, after)}
        return found.pop() if len(found) == 1 else None

    def _has(self, word: str) -> bool:
        """Whether the archive has a folded word, or questions and sentences are made of it."""
        if word in NICKNAMES:
            return True
        known = role_words(word)  # as the archive's words are compared; none of a stop word
        return not known or word in FUNCTION_WORDS | _SHAPING or bool(self._known.count(known[0]))

    def knows(self, word: str) -> bool:
        """Whether the archive or everyday English has a folded word, in this or a near form."""
        if self._has(word):
            return True
        if any(
            form in FIRST_NAMES or self._known.count(form) for form in (*_forms(word), f"{word}s")
        ):
            return True
        return _is_english(word)

    def nearest(self, word: str, beside: Sequence[str] = ()) -> str | None:
        """The archive's word that takes fewest errors; of equals the one of most articles.

        Before those one that makes a name with a word beside it, or that has the same letters.
        Short words have too many neighbours: of theirs, only one with two letters swapped.
        """
        most = 2 if len(word) >= _LONG else 1
        found = [
            (
                d,
                not any(self._stand_together(b, k) for b in beside),
                sorted(k) != sorted(word),
                -self._count(k),
                k,
            )
            for k in self._like(word, most)
            if (d := distance(word, k, most))
            and (_PLACING.isdisjoint(beside[:1]) or not self._is_other_name(word, k))
            and (len(word) >= _SHORTEST_OF_ARCHIVE or sorted(k) == sorted(word))
        ]
        if not found and word.endswith("s") and len(word) > _SHORTEST_OF_ARCHIVE:
            owner = self.nearest(word[:-1], beside)  # "lamberts wife", and more than one "lambert"
            return owner and f"{owner}s"
        return min(found)[-1] if found else None

    def _is_other_name(self, word: str, known: str) -> bool:
        """Whether another letter stands in a name: "at davos" is nobody called Davis."""
        is_slip = len(word) != len(known) or sorted(word) == sorted(known)
        return not is_slip and sound(word) != sound(known) and self._known.is_called(known)

    def _stand_together(self, one: str, other: str) -> bool:
        return self._known.is_pair(one, other) or self._known.is_pair(other, one)

    def _like(self, word: str, most: int) -> Iterator[str]:
        for first in dict.fromkeys(word[:2]):  # the first two letters may have changed places
            for length in range(len(word) - most, len(word) + most + 1):
                yield from self._known.words_like(first, length)
                others = _compared_as_others().get((first, length), ())
                yield from (k for k in others if distance(word, k, most) and self._count(k))

    def _count(self, word: str) -> int:
        """How many articles have a word, or one that it is compared as: "chief" is a "head"."""
        return sum(map(self._known.count, role_words(word)[:1]))


@lru_cache(maxsize=1)
def _compared_as_others() -> dict[tuple[str, int], tuple[str, ...]]:
    """What somebody may be that a vocabulary has in another form, by first letter and length."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for word in sorted(special_words()):
        if is_role(word) and role_words(word) != [word]:
            place = word[0], len(word)
            found[place] = (*found.get(place, ()), word)
    return found


_QUESTIONS = "who how what when where which why whom whose".split()  # as "hwo" is read first
# What follows "how", and seldom "who".
_HOW = re.compile(
    r"\s+(?:many|much|long|old|big|far|often|did|does|do|can|could|will|would|has|have|had)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _slips() -> dict[str, tuple[str, ...]]:
    """What two letters swapped or one doubled make of each word that shapes a question."""
    saying = (form for form, cue in CUES.items() if cue.verb.asked)
    slips: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys((*_QUESTIONS, *sorted(FUNCTION_WORDS | _SHAPING), *saying)):
        swapped = (f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}" for n in range(len(word) - 1))
        doubled = (f"{word[:n]}{word[n]}{word[n:]}" for n in range(len(word)))
        is_plain = len(word) >= _SHORTEST_SLIP and word not in FIRST_NAMES  # "mya" is not May
        for slip in {*swapped, *doubled} if is_plain else ():
            slips[slip] = (*slips.get(slip, ()), word)
    return slips


def _is_english(word: str) -> bool:
    spelt = (word, *_american(word))
    return any(form in english_words() for each in spelt for form in _forms(each))


_ENDINGS = ("", "s", "es", "ed", "ing", "ly")


def _forms(word: str) -> Iterator[str]:
    yield from (word.removesuffix(ending) for ending in _ENDINGS)
    if word.endswith("ed"):
        yield word.removesuffix("d")


# Spellings that are British, and the American ones: "apologise", "labour", "centre".
_AMERICAN = (
    ("is", "iz"), ("ys", "yz"), ("our", "or"), ("tre", "ter"), ("ogue", "og"), ("lled", "led"),
    ("lling", "ling"), ("ller", "ler"),
    ("ae", "e"), ("ence", "ense"),
)  # fmt: skip


def _american(word: str) -> Iterator[str]:
    return (word.replace(british, own) for british, own in _AMERICAN if british in word)


def put_right(text: str, corrections: Iterable[Respelling]) -> str:
    """The text with each word, where it first stands by itself, as it was meant."""
    for correction in corrections:
        typed = rf"(?<!\w){re.escape(correction.typed)}(?!\w)"
        text = re.sub(typed, correction.meant, text, count=1)
    return text


def _is_acronym(typed: str) -> bool:
    return typed.isupper() and len(typed) <= 5


# What is heard the same, and the one way in which it is compared.
_HEARD = (
    (re.compile(r"(?<=\w)h(?=[bcdfgjklmnpqrstvwxz]|$)|(?<=[bdgjklmnrvz])h"), ""),
    (re.compile(r"ie$|y"), "i"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=\w)x"), "ks"),
    (re.compile(r"ck|q|k|c(?=[aou])"), "k"),
    (re.compile(r"(?<=[aeiou])z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)


# By which letters a word may begin that is heard so.
_WRITTEN = {"f": "fp", "k": "kqc", "i": "iy"}


def sound(word: str) -> str:
    """A folded word as it is heard: "jonson" and "johnson", "lybia" and "libya" are the same.

    >>> sound("hezbola") == sound("hezbollah"), sound("lam") == sound("lamb")
    (True, False)
    """
    for letters, heard in _HEARD:
        word = letters.sub(heard, word)
    return word


def is_alike(one: str, other: str) -> bool:
    """Whether two words are one letter apart, or sound the same."""
    return one != other and (bool(distance(one, other, 1)) or sound(one) == sound(other))


def distance(one: str, other: str, most: int) -> int:
    """How many letters are put in, left out, changed or swapped with the next; 0 if above `most`.

    The optimal string alignment distance (Boytsov 2011), cut off at `most`.
    """
    if one == other or abs(len(one) - len(other)) > most:
        return 0
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return 0
    return row[-1] if row[-1] <= most else 0
