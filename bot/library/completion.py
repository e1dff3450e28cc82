"""Completes what somebody types with people who are quoted and topics that are spoken about.

The ones with most statements come first. Knows nothing of questions or pages.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import Literal

from index.language.folding import fold

_SHORTEST = 2  # letters of what is completed
_LONGEST = 4  # words
_MOST = 7
_FEW = 3  # of the kind that is less likely there
_WORD = re.compile(r"[\w'’.-]+")
# Words that precede a topic rather than a person.
_BEFORE_TOPICS = frozenset("about on over regarding concerning of".split())
# Question words, with which no name and no topic begins.
_ASKING = frozenset(
    """a all an and are compare did do does had has have how in is it latest list say said says
    since tell the think to was were what when where which who whom whose why""".split()
)

Sort = Literal["person", "topic"]


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to replace what was typed from character `start` on."""

    text: str
    kind: Sort
    start: int


@dataclass(frozen=True, slots=True)
class _Completable:
    text: str
    kind: Sort
    weight: int
    words: tuple[str, ...]


class Completer:
    """Completes what is typed, in one state of an archive."""

    def __init__(
        self, people: Iterable[tuple[str, int]], topics: Iterable[tuple[str, int]]
    ) -> None:
        """`people` and `topics` come with their weights; the heavier are proposed first."""
        self._by_beginning: dict[str, list[_Completable]] = defaultdict(list)
        for text, weight in people:
            self._add(_Completable(text, "person", weight, tuple(fold(text))))
        for text, weight in topics:
            known = _Completable(text, "topic", weight, tuple(fold(text)))
            near = self._by_beginning.get("".join(known.words[:1])[:_SHORTEST], ())
            # "Trump" is no topic beside Donald Trump.
            if not any(k.kind == "person" and set(known.words) <= set(k.words) for k in near):
                self._add(known)

    def _add(self, known: _Completable) -> None:
        for beginning in {word[:_SHORTEST] for word in known.words}:
            self._by_beginning[beginning].append(known)

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """Completions of the end of `typed`; none if it does not end in a word."""
        words = list(_WORD.finditer(typed))[-_LONGEST - 1 :]
        if not words or words[-1].end() != len(typed):
            return ()
        # The longest suffix that is a prefix of anything known.
        for n in range(max(0, len(words) - _LONGEST), len(words)):
            start = words[n].start()
            before = words[n - 1].group().lower() if n else ""
            wanted = fold(typed[start:])
            if wanted and (found := self._beginning(wanted)):
                return tuple(_chosen(found, start, before in _BEFORE_TOPICS))
        return ()

    def _beginning(self, wanted: list[str]) -> list[_Completable]:
        if len(" ".join(wanted)) < _SHORTEST or wanted[0] in _ASKING:
            return []
        near = self._by_beginning.get(wanted[0][:_SHORTEST], ())
        return [known for known in near if _has(known.words, wanted)]


def _has(words: tuple[str, ...], wanted: list[str]) -> bool:
    """Whether some words stand in others side by side, the last of them as a beginning."""
    *whole, last = wanted
    return any(
        list(words[n : n + len(whole)]) == whole and words[n + len(whole)].startswith(last)
        for n in range(len(words) - len(whole))
    )


def _chosen(found: list[_Completable], start: int, is_topic: bool) -> Iterator[Completion]:
    first: Sort = "topic" if is_topic else "person"
    likely = nlargest(_MOST, (k for k in found if k.kind == first), key=lambda k: k.weight)
    others = nlargest(_FEW, (k for k in found if k.kind != first), key=lambda k: k.weight)
    texts = {known.text.lower() for known in likely[: _MOST - len(others)]}
    chosen = [*likely[: _MOST - len(others)], *(k for k in others if k.text.lower() not in texts)]
    return (Completion(known.text, known.kind, start) for known in chosen)
