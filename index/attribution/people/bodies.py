"""Finds which of the bodies named so far a noun means: "the firm", "the court", "the carrier".

By what an article tells of them and by the nouns of their names. Where two fit, none is meant.
"""

from dataclasses import dataclass

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.people.entity import Entity
from index.attribution.people.holders import Holders
from index.attribution.people.referents import (
    Referent,
    may_be_body,
    may_be_called,
    may_be_firm,
    referent_of,
)
from index.language.names import BODY_NOUNS

# What any body that trades may be called.
_ANY_FIRM = frozenset("company firm group business".split())


@dataclass(slots=True)
class Bodies:
    """Which bodies descriptions mean; `phrases` has whom a word has meant so far, by the word."""

    holders: Holders
    phrases: dict[str, Referent]

    def meant(self, number: int, head: int, *, plain: bool) -> Referent | None:
        """The one body so far whose name or description has the word: "the court".

        Where the word is not `plain`, it is the one that has just spoken: "the budget carrier".
        """
        low = self.holders.trees[number].words[head].low
        if not plain:
            just = next(iter(self.holders.focus[number - 1][:1] if number else []), None)
            if just is None or just.entity is None or low not in BODY_NOUNS:
                return None
            bodies = [e for e in self.holders.known(number) if e.kind == "body"]
            only = len(bodies) == 1 and bodies[0] is just.entity
            own = only and not self._is_other(number, just.entity, low) and may_be_called(just, low)
            return just if own else None
        if low in self.phrases and self.phrases[low].entity is not None:
            return self.phrases[low]
        bodies = [e for e in self.holders.known(number) if may_be_body(e) and low in e.keys]
        found = list(map(referent_of, bodies))
        if not bodies and low in BODY_NOUNS:
            spoken = {r.name: r for line in self.holders.focus for r in line[:1] if may_be_firm(r)}
            found = [r for r in spoken.values() if not self._is_other(number, r.entity, low)]
            if len(found) > 1 and low not in _ANY_FIRM:
                found = [r for r in found if may_be_called(r, low, surely=True)] or found
        if len(found) > 1:  # not who is told to be something else
            told = [r.entity.descriptions & BODY_NOUNS if r.entity else set() for r in found]
            found = [r for r, nouns in zip(found, told, strict=True) if not nouns or low in nouns]
        if len(found) != 1 or not (bodies or may_be_called(found[0], low)):
            return None
        self.phrases[low] = found[0]
        return found[0]

    def _is_other(self, number: int, entity: Entity | None, low: str) -> bool:
        """Whether a sentence before has both a body and a noun that thus means another."""
        return any(
            word.low == low and tree.roles[k] in SUBJECTS
            for tree, line in zip(
                self.holders.trees[:number], self.holders.occurrences, strict=False
            )
            if any(o.entity is entity for o in line)
            for k, word in enumerate(tree.words)
        )
