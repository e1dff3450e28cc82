"""Finds out who is who in an article: its people with their roles, and whom a mention stands for.

Knows nothing of cues: `index.statements` asks it about each speaker's mention in turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.cast import Entity, Occurrence, gather
from index.names import DEMONYMS, GENDERED, ROLES, Gender
from index.phrases import Range, Words, main_subject
from index.quotations import find_quotations
from index.schema import Person, Sentence
from index.words import DETERMINERS, PREPOSITIONS, split_words

_REACH = 6


def find_people(text: str, sentences: Sequence[Sentence]) -> tuple[Person, ...]:
    """The people and speaking bodies of an article in the order of their first mention."""
    quotations = list(enumerate(find_quotations(text)))
    words = [
        split_words(text, s.span, [q for q in quotations if q[1].span.overlaps(s.span)])
        for s in sentences
    ]
    seen: dict[int, Entity] = {}
    for line in gather(words, text):
        for occurrence in line:
            seen.setdefault(id(occurrence.entity), occurrence.entity)
    people = [e for e in seen.values() if e.is_person or e.roles]
    return tuple(Person(e.name, tuple(e.roles)) for e in people)


@dataclass(slots=True)
class Referent:
    """What a mention stands for: a named entity, or only the mention's own words."""

    name: str
    gender: Gender = ""
    entity: Entity | None = None
    plural: bool = False


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of an article in the order of its text."""

    text: str
    sentences: Sequence[Words]
    occurrences: Sequence[Sequence[Occurrence]]
    focus: list[list[Referent]] = field(default_factory=list)
    phrases: dict[str, Referent] = field(default_factory=dict)

    def enter(self, number: int) -> None:
        """Begin a sentence: what it is about is what later pronouns may stand for."""
        while len(self.focus) <= number:
            self.focus.append([])
            self._look(len(self.focus) - 1)

    def _look(self, number: int) -> None:
        words = self.sentences[number]
        subject = main_subject(words)
        if subject is not None and words[subject[0]].low in ("he", "she", "they", "it"):
            referent = self.resolve(number, subject)
            if referent.entity is not None or referent.plural:
                self.focus[number].append(referent)
        for occurrence in self.occurrences[number]:
            self.focus[number].append(_referent(occurrence.entity))

    def resolve(self, number: int, mention: Range) -> Referent:
        """Whom the mention stands for."""
        words = self.sentences[number]
        first = words[mention[0]].low
        if mention[1] - mention[0] == 1:
            if first in ("he", "she"):
                return self._pronoun(number, mention, "m" if first == "he" else "f")
            if first in ("they", "it"):
                return self._plural(number, mention)
            if first in ("who", "which", "that"):
                return self._relative(number, mention)
        named = self._named(number, mention) or self._apposed(number, mention)
        if named is not None:
            return _referent(named)
        return self._role(number, mention)

    def speak(self, number: int, referent: Referent, *, nested: bool) -> None:
        """Note who spoke in a sentence: the likeliest to be spoken of in the next."""
        self.focus[number].insert(len(self.focus[number]) if nested else 0, referent)

    def _named(self, number: int, mention: Range) -> Entity | None:
        words = self.sentences[number]
        end = _head_end(words, mention)
        start = mention[0]
        for k in range(mention[0], end):
            if words[k].low in ("'s", "’s", "'", "’"):
                start = k + 1
        for occurrence in self.occurrences[number]:
            if start <= occurrence.part[0] and occurrence.part[1] == end:
                return occurrence.entity
            if start <= occurrence.part[0] < end <= occurrence.part[1]:
                return occurrence.entity
        return None

    def _apposed(self, number: int, mention: Range) -> Entity | None:
        """The name after a role and a comma: "the mayor, Ann Lee, said"."""
        words, end = self.sentences[number], mention[1]
        head = _head_end(words, mention) - 1
        if end + 1 >= len(words) or words[end].text != "," or words[head].low not in ROLES:
            return None
        for occurrence in self.occurrences[number]:
            if occurrence.part[0] == end + 1 and occurrence.entity.is_person:
                return occurrence.entity
        return None

    def _pronoun(self, number: int, mention: Range, gender: Gender) -> Referent:
        words = self.sentences[number]
        before = [_referent(o.entity) for o in self.occurrences[number] if o.part[1] <= mention[0]]
        for referent in self._spoken(number) + before:
            if _fits(referent, gender):
                return referent
        for earlier in range(number - 1, max(-1, number - _REACH), -1):
            for referent in self.focus[earlier]:
                if _fits(referent, gender):
                    return referent
        return Referent(words[mention[0]].text)

    def _spoken(self, number: int) -> list[Referent]:
        return self.focus[number][:0] if number < len(self.focus) else []

    def _plural(self, number: int, mention: Range) -> Referent:
        for earlier in range(number, max(-1, number - 3), -1):
            for referent in self.focus[earlier] if earlier < len(self.focus) else []:
                if referent.plural or (referent.entity and referent.entity.is_body):
                    return referent
        return Referent(self.sentences[number][mention[0]].text, plural=True)

    def _relative(self, number: int, mention: Range) -> Referent:
        before = [o for o in self.occurrences[number] if o.part[1] <= mention[0]]
        if before and mention[0] - before[-1].part[1] <= 2:
            return _referent(before[-1].entity)
        return Referent(self.sentences[number][mention[0]].text)

    def _role(self, number: int, mention: Range) -> Referent:
        words = self.sentences[number]
        own = self.text[words[mention[0]].start : words[mention[1] - 1].end]
        lows = [w.low for w in words[mention[0] : mention[1]]]
        head = words[_head_end(words, mention) - 1].low
        definite = lows[0] in ("the", "this", "that") or words[mention[0]].is_name
        if not definite:
            referent = Referent(own, GENDERED.get(head, ""), plural=_is_plural(head))
            self.phrases[head] = referent
            return referent
        if head in ROLES:
            holder = self._holder(number, lows, head)
            if holder is not None:
                return holder
        if head in self.phrases and lows[0] in ("the", "this", "that"):
            return self.phrases[head]
        return Referent(own, GENDERED.get(head, ""), plural=_is_plural(head))

    def _holder(self, number: int, lows: list[str], head: str) -> Referent | None:
        asked = _role_words(lows)
        bare = asked <= {head}
        for earlier in range(number, -1, -1):
            for referent in self.focus[earlier]:
                if referent.entity is None:
                    continue
                held = [_role_words(role.lower().split()) for role in referent.entity.roles]
                if any(asked <= role for role in held):
                    qualified = all(asked != role for role in held if asked <= role)
                    if not (bare and qualified and self._other_holder(number, referent)):
                        return referent
        return self._salient(number, head) if bare else None

    def _other_holder(self, number: int, referent: Referent) -> bool:
        """Whether the last speaker, of no known role, is likelier meant than a known holder."""
        last = self._salient(number, "")
        return (
            last is not None
            and last.entity is not referent.entity
            and not (last.entity and last.entity.roles)
        )

    def _salient(self, number: int, head: str) -> Referent | None:
        gender = GENDERED.get(head, "")
        for earlier in range(number - 1, max(-1, number - 3), -1):
            for referent in self.focus[earlier]:
                if referent.entity and _fits(referent, gender) and not referent.entity.roles:
                    return referent
                if referent.entity:
                    return None
        return None


def _referent(entity: Entity) -> Referent:
    return Referent(entity.name, entity.gender, entity)


def _fits(referent: Referent, gender: Gender) -> bool:
    if referent.plural or (referent.entity is not None and referent.entity.is_body):
        return False
    if (
        referent.entity is not None
        and not referent.entity.is_person
        and len(referent.entity.words) == 1
    ):
        return False
    return not (gender and referent.gender and referent.gender != gender)


def _head_end(words: Words, mention: Range) -> int:
    for position in range(mention[0] + 1, mention[1]):
        if words[position].low in PREPOSITIONS or words[position].text in "(,":
            return position
    return mention[1]


def _role_words(lows: Sequence[str]) -> set[str]:
    drop = DETERMINERS | PREPOSITIONS | {"'s", "’s", "'", "’", ",", "former", "current", "then"}
    plain = (w.removesuffix("'s").removesuffix("’s") for w in lows)
    return {DEMONYMS.get(w, w) for w in plain if w not in drop}


def _is_plural(head: str) -> bool:
    return (head.endswith("s") and not head.endswith("ss")) or head in ("police", "people")
