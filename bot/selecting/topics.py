"""Finds what a text is about: its topics, which are content words, pairs of them and names.

A topic counts if the article repeats it. Knows nothing of questions or retrieval.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import groupby, pairwise

from index.language.names import PARTICLES, is_role
from index.language.numerals import NUMBER_WORDS
from index.language.places import DEMONYMS
from index.language.stems import IRREGULAR
from index.language.verbs import SAYING
from index.language.words import ADVERBS, FUNCTION_WORDS, TIMES

Topic = tuple[str, ...]  # its words in lower case

LONGEST_NAME = 4  # words
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
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
    """The words of a name in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(name))


def heaviest(topics: Iterable[Topic], whole: str, own: frozenset[str]) -> str | None:
    """The one of some topics with most weight in the `whole` article, as it mostly writes it."""
    forms = topic_forms(whole, own)
    weights = {topic: weight(topic, forms[topic].total()) for topic in topics if topic in forms}
    best = max(weights, key=lambda topic: (weights[topic], topic), default=None)
    return forms[best].most_common(1)[0][0] if best and weights[best] else None


def topic_forms(text: str, own: frozenset[str] = frozenset()) -> dict[Topic, Counter[str]]:
    """How often a text writes each of its topics in which form; `own` words are part of none."""
    return _forms(text[:_ENOUGH], own)


@lru_cache(maxsize=_KEPT)
def _forms(text: str, own: frozenset[str]) -> dict[Topic, Counter[str]]:
    forms: dict[Topic, Counter[str]] = defaultdict(Counter)
    for topic, written in topics_in(text, EMPTY_WORDS | own):
        forms[topic][written] += 1
    return dict(forms)


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
        yield from zip(((word,) for word in low), words, strict=True)
        units = list(_units(words))
        pairs = ((a, d) for (a, b), (c, d) in pairwise(units) if b - a == d - c == 1)
        names = (unit for unit in units if 1 < unit[1] - unit[0] <= LONGEST_NAME)
        for start, end in (*pairs, *names):
            written = text[stretch[start][1] : stretch[end - 1][2]]
            yield tuple(low[start:end]), written


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
