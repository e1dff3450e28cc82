"""Tells what the sentences around a mention say of whom it may stand for, and whom it may not.

Where its paragraph opens, who is alone there, who is told of without a name, who does something to
whom. Knows nothing of who has spoken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.grammar.phrases import phrase
from index.attribution.people.apposition import Apposition
from index.attribution.people.entity import Entity, Occurrence
from index.attribution.people.referents import Referent, may_be_human, may_be_person, referent_of
from index.language.names import GENDER_OF_PRONOUN, GENDERED, Gender, is_role
from index.language.syntax import Tree
from index.language.words import OBJECTS

# Whose somebody is who is of the other gender.
_OTHERS: dict[Gender, str] = {"m": "her", "f": "his"}
# Determiners of nobody in particular.
_NOBODYS = frozenset("no any every each either neither what which".split())


@dataclass(frozen=True, slots=True)
class MentionContext:
    """The sentences of an article, with its names and who is put beside what."""

    text: str
    trees: Sequence[Tree]
    occurrences: Sequence[Sequence[Occurrence]]
    beside: Apposition

    def opening(self, number: int) -> int:
        """The sentence that opens a sentence's paragraph."""
        while number:
            before, after = self.trees[number - 1].words, self.trees[number].words
            if not (before and after) or "\n" in self.text[before[-1].end : after[0].start]:
                break
            number -= 1
        return number

    def is_alone(self, entity: Entity, first: int, end: int) -> bool:
        """Whether some sentences speak of one person only, whom no "him" in them can mean.

        Nor do they tell of anybody without a name.
        """
        named = {
            id(o.entity)
            for line in self.occurrences[first:end]
            for o in line
            if may_be_human(o.entity)
        }
        others = any(
            word.low in GENDER_OF_PRONOUN and (n < end - 1 or word.low in OBJECTS)
            for n in range(first, end)
            for word in self.trees[n].words
        )
        unnamed = (k for n in range(first, end) for k in self._persons(n))
        return named == {id(entity)} and not others and next(unnamed, None) is None

    def only_person(self, number: int, end: int | None = None) -> int | None:
        """The last word of the one person's name in a sentence, or before a word of it."""
        line = (o for o in self.occurrences[number] if end is None or o.name[1] <= end)
        named = {id(o.entity): o for o in line if may_be_human(o.entity)}
        return next(iter(named.values())).name[1] - 1 if len(named) == 1 else None

    def unsure(self, number: int, head: int, gender: Gender, first: int) -> Referent | None:
        """Who must be a person, for "she" can be nobody else: "Mia left. “I am ill,” she said"."""
        for earlier in range(number, max(-1, first - 1), -1):
            line = self.occurrences[earlier]
            names = [o for o in line if earlier < number or o.part[1] <= head]
            if not names:
                continue
            fitting = [o for o in names if may_be_person(self.trees[earlier], o, gender)]
            if len(names) != 1 or not fitting:
                return None
            fitting[0].entity.kind, fitting[0].entity.gender = "person", gender
            return referent_of(fitting[0].entity)
        return None

    def unnamed(self, number: int, head: int, gender: Gender) -> tuple[int, int] | None:
        """Who alone is told of without a name right before a pronoun: "He sued a surgeon. She".

        In its sentence, or else in the one before; given by sentence and word.
        """
        partners = {*partners_of(self.trees[number], head)}
        here = [k for k in self._persons(number, gender) if k < head and k not in partners]
        before = [] if here or not number else [*self._persons(number - 1, gender)]
        if len(here) + len(before) != 1:
            return None
        return (number, here[0]) if here else (number - 1, before[0])

    def kin(self, number: int, head: int, gender: Gender) -> tuple[int, int] | None:
        """Whom alone the sentence before tells of by her kin: "… from her father. He was there"."""
        told = self.unnamed(number, head, gender)
        if told is None or told[0] == number:
            return None
        tree = self.trees[told[0]]
        owner = tree.words[phrase(tree, told[1])[0]].low
        others = GENDERED.get(tree.words[told[1]].low) == gender and owner == _OTHERS.get(gender)
        return told if others else None

    def _persons(self, number: int, gender: Gender = "") -> Iterator[int]:
        """The nouns that tell of one person each who has no name there, of a gender or any."""
        tree = self.trees[number]
        for k, word in enumerate(tree.words):
            told = tree.tags[k] == "NN" and not word.is_name and not word.is_quotation
            if not told or not (is_role(word.low) or word.low in GENDERED):
                continue
            first = tree.words[phrase(tree, k)[0]]
            owned = first.is_name or first.low not in _NOBODYS
            if gender and GENDERED.get(word.low, gender) != gender:
                continue
            if owned and _takes_part(tree, k) and self.beside.named(number, k) is None:
                yield k


def _takes_part(tree: Tree, noun: int) -> bool:
    """Whether a noun is who does something, or to whom or with whom it is done."""
    while tree.roles[noun] == "conj":
        noun = tree.heads[noun]
    if tree.roles[noun] == "pobj":
        tie = tree.heads[noun]
        verbal = tree.tags[tree.heads[tie]].startswith("VB")
        return verbal and tree.words[tie].low != "as"
    return tree.roles[noun] in (*SUBJECTS, "dobj", "dative")


def partners_of(tree: Tree, head: int) -> Iterator[int]:
    """Who does something with, or to, whom a word means, and thus is another.

    Of "Sentencing Ann Lee, the judge told Bo Orr" both are no judge.
    """
    role = tree.roles[head]
    above = tree.heads[head]
    verb = tree.heads[above] if role == "pobj" else above
    if role not in (*SUBJECTS, "dobj", "dative", "pobj") or not tree.tags[verb].startswith("VB"):
        return
    verbs = [verb]
    if role in SUBJECTS:
        verbs += [
            c
            for c in tree.children[verb]
            if tree.roles[c] in ("conj", "advcl")
            and tree.tags[c].startswith("VB")
            and tree.child(c, *SUBJECTS) is None
        ]
    for one in verbs:
        for c in tree.children[one]:
            if c != head and tree.roles[c] in (*SUBJECTS, "dobj", "dative", "agent"):
                inner = tree.child(c, "pobj") if tree.roles[c] in ("dative", "agent") else None
                yield c if inner is None else inner
