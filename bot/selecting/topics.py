"""Finds what a text is about: its topics, which are content words, pairs of them and names.

A topic counts if the article repeats it. Knows nothing of questions or retrieval.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import groupby, pairwise

from index.language.folding import fold
from index.language.names import PARTICLES, is_role
from index.language.numerals import NUMBER_WORDS
from index.language.places import DEMONYMS
from index.language.stems import IRREGULAR
from index.language.verbs import SAYING
from index.language.words import ADVERBS, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, TIMES

Topic = tuple[str, ...]  # its words in lower case

LONGEST_NAME = 4  # words
# "U.S.-Australia" has no word that begins behind its mark.
_WORD = re.compile(r"(?<![\w.-])[^\W\d_][\w'’-]*")
_LAST_WORD = re.compile(r"([\w'’-]+)\s+\Z")
_LONGEST_WORD = 30
# Nouns stand behind these: "on the gas tax", "for gas"; but "give up".
_BEFORE_NOUNS = (DETERMINERS | PREPOSITIONS) - frozenset(
    "to than until till off out up down besides along as".split()
)
_OWNED = re.compile(r"['’]s?\Z")  # "the company's" is whose something is
_MIN_LETTERS = 5  # of a topic of one word
_ENOUGH = 200_000  # characters of a text, by which it is clear what it is about
_KEPT = 64  # texts with a speaker each: a refusal looks at some dozen of them
# Adjectives and adverbs: no topic by themselves.
_NO_NOUN = ("ous", "ful", "able", "ible", "ive", "less", "ly")
# Words that are part of no topic.
EMPTY_WORDS = (
    FUNCTION_WORDS | ADVERBS | TIMES | SAYING
    | frozenset("people thing things something year years time way today there other".split())
    | frozenset("others mr mrs ms forward away back ahead prime vice".split())
    | PARTICLES | NUMBER_WORDS
)  # fmt: skip


def topic_of(text: str, whole: str, *, without: str = "") -> str | None:
    """The topic of a sentence that the `whole` article repeats most, as it mostly writes it.

    The words of `without`, the speaker's name, do not count. None if nothing is repeated.
    """
    own = lowered(without)
    return heaviest({topic for topic, _ in topics_in(text, EMPTY_WORDS | own)}, whole, own)


def lowered(name: str) -> frozenset[str]:
    """The words of a name in lower case, with their accents and without."""
    return frozenset((*(word.lower() for word in _WORD.findall(name)), *fold(name)))


def heaviest(topics: Iterable[Topic], whole: str, own: frozenset[str]) -> str | None:
    """The one of some topics with most weight in the `whole` article, as it mostly writes it.

    Only what stands there as a noun with what belongs to it, with "the" where it mostly has that.
    """
    forms, standing = topic_forms(whole, own), _standing(whole[:_ENOUGH], own)
    weights = {
        topic: weight(topic, forms[topic].total()) for topic in topics if standing.get(topic)
    }
    best = max(weights, key=lambda topic: (weights[topic], topic), default=None)
    if not best or not weights[best]:
        return None
    written, times = forms[best].most_common(1)[0][0], standing[best]
    is_definite = times["the"] > max(1, times.total() / 2)
    return f"the {written}" if is_definite else written


def topic_forms(text: str, own: frozenset[str] = frozenset()) -> dict[Topic, Counter[str]]:
    """How often a text writes each of its topics in which form; `own` words are part of none."""
    return _forms(text[:_ENOUGH], own)


@lru_cache(maxsize=_KEPT)
def _forms(text: str, own: frozenset[str]) -> dict[Topic, Counter[str]]:
    forms: dict[Topic, Counter[str]] = defaultdict(Counter)
    for topic, written in topics_in(text, EMPTY_WORDS | own):
        forms[topic][written] += 1
    return dict(forms)


@lru_cache(maxsize=_KEPT)
def _standing(text: str, own: frozenset[str]) -> dict[Topic, Counter[str]]:
    """How often each topic stands as a noun phrase in a text, behind which word.

    Behind a word that goes before nouns and before none that goes on with it, as in "on the gas
    tax"; or as a name.
    """
    found: dict[Topic, Counter[str]] = defaultdict(Counter)
    stretches = list(_stretches(text, EMPTY_WORDS | own))
    in_lower_case = {word for stretch in stretches for word, _, _ in stretch if word[0].islower()}
    for stretch in stretches:
        words = [word for word, _, _ in stretch]
        before = _LAST_WORD.search(text, max(0, stretch[0][1] - _LONGEST_WORD), stretch[0][1])
        behind = ["" if before is None else before[1].lower(), *words]
        for start, end in _places(words):
            topic, is_last = tuple(map(str.lower, words[start:end])), end == len(words)
            is_name = all(word[0].isupper() for word in words[start:end])
            is_name = is_name and in_lower_case.isdisjoint(topic)  # "Guilty", "guilty"
            goes_on = not is_last and (not is_name or words[end][0].isupper())
            is_told = is_name or behind[start] in _BEFORE_NOUNS or _OWNED.search(behind[start])
            if is_told and not goes_on and _is_whole(topic, is_name=is_name):
                found[topic][behind[start] if is_last else ""] += 1
    return found


def _is_whole(topic: Topic, *, is_name: bool) -> bool:
    """Whether a topic is no half of a name ("Roe v"), nobody with a title, and nobody's thing."""
    is_titled = is_name and len(topic) > 1 and is_role(topic[0])
    is_owned = not is_name and any(map(_OWNED.search, topic))
    return not is_titled and not is_owned and min(map(len, topic)) > 1


def weight(topic: Topic, count: int) -> float:
    """How much a topic says that occurs `count` times: higher is more, 0 for none at all.

    Two words say more than one, and long ones more than short ones.
    """
    alone = topic[0] if len(topic) == 1 else ""
    if count < 2 or is_no_noun(topic[-1]) or is_role(topic[-1]) or _OWNED.search(topic[-1]):
        return 0.0
    if DEMONYMS.get(alone, alone) != alone or 0 < len(alone) < _MIN_LETTERS:
        return 0.0
    return count * (0.5 if alone else 2.0) + len("".join(topic)) / 100


def is_no_noun(word: str) -> bool:
    """Whether a word's form shows that it is a participle, an adjective or an adverb."""
    past = word.endswith("ed") and (word.endswith("greed") or not word.endswith("eed"))
    return past or word in IRREGULAR or word.endswith(_NO_NOUN)


def topics_in(text: str, empty: Set[str]) -> Iterator[tuple[Topic, str]]:
    """Every content word, pair of them and name of several words: the topic, and as written.

    Of a text that is longer than `_ENOUGH` those of its beginning.
    """
    for stretch in _stretches(text, empty):
        words = [word for word, _, _ in stretch]
        low = [word.lower() for word in words]
        for start, end in _places(words):
            written = text[stretch[start][1] : stretch[end - 1][2]]
            yield tuple(low[start:end]), written


def _places(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where a stretch of words has a topic."""
    yield from pairwise(range(len(words) + 1))
    units = list(_units(words))
    yield from ((a, d) for (a, b), (c, d) in pairwise(units) if b - a == d - c == 1)
    yield from (unit for unit in units if 1 < unit[1] - unit[0] <= LONGEST_NAME)


def _units(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where words are one: those of a name side by side, any other by itself."""
    end = 0
    for named, run in groupby(words, key=_is_named):
        start, end = end, end + sum(1 for _ in run)
        yield from [(start, end)] if named else pairwise(range(start, end + 1))


def _stretches(text: str, empty: Set[str]) -> Iterator[list[tuple[str, int, int]]]:
    """The content words, each with its place, that have nothing but a space between them."""
    stretch: list[tuple[str, int, int]] = []
    after = 0
    for match in _WORD.finditer(text, 0, _ENOUGH):
        word, (start, end) = match.group(), match.span()
        is_empty = word.lower() in empty
        if stretch and (is_empty or start - after != 1 or text[after] != " "):
            yield stretch
            stretch = []
        if not is_empty:
            stretch.append((word, start, end))
        after = end
    if stretch:
        yield stretch


def _is_named(word: str) -> bool:
    """Whether a word may be part of a name: "Prime Minister" is no part of "Viktor Orbán"."""
    return word[0].isupper() and not is_role(word.lower())
