"""Finds out who is who in an article: its people with their roles, and whom a mention stands for.

Knows nothing of cues: `index.attribution.statements` asks it about each speaker's mention in turn.

>>> from index.attribution.sentences import split_sentences
>>> text = "Ann Lee, the mayor, left. She said no."
>>> find_people(text, split_sentences(text))
(Person(name='Ann Lee', roles=('the mayor',)),)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.attribution.cast import Entity, Occurrence, gather
from index.attribution.phrases import (
    Range,
    Words,
    core_before,
    is_verb,
    main_subject,
    phrase_before,
)
from index.language.names import GENDERED, Gender, is_role
from index.language.places import DEMONYMS
from index.language.quotations import find_quotations, quotations_by_sentence
from index.language.words import DETERMINERS, PREPOSITIONS, SUBORDINATORS, split_words
from index.schema import Person, Sentence

# How many sentences back a pronoun may reach.
_REACH = 6
_POSSESSIVE = ("'s", "’s", "'", "’")
_GENDERS: dict[str, Gender] = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_OWNERS = frozenset("his her their its".split())
# Said of whoever an article is about without having been introduced: "The president argued".
_EPITHETS = frozenset(
    "president minister chancellor leader candidate nominee billionaire premier king queen".split()
)


def find_people(text: str, sentences: Sequence[Sentence]) -> tuple[Person, ...]:
    """The people and speaking bodies of an article in the order of their first mention."""
    inside = quotations_by_sentence(sentences, find_quotations(text))
    words = [split_words(text, s.span, q) for s, q in zip(sentences, inside, strict=True)]
    entities = {id(o.entity): o.entity for line in gather(words, text) for o in line}
    people = [e for e in entities.values() if e.is_person or _is_speaking_body(e)]
    return tuple(Person(e.name, tuple(e.roles)) for e in people)


def _is_speaking_body(entity: Entity) -> bool:
    return entity.speaks and (entity.anchored or len(entity.words) > 1)


@dataclass(frozen=True, slots=True)
class Referent:
    """What a mention stands for: a named entity, or only the mention's own words."""

    name: str
    gender: Gender = ""
    entity: Entity | None = None
    plural: bool = False
    human: bool = False

    def fits(self, gender: Gender) -> bool:
        """Whether "he" or "she" may stand for it."""
        if self.plural or not self.human:
            return False
        return not (self.gender and self.gender != gender)


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of an article, to be asked in the order of its text."""

    text: str
    sentences: Sequence[Words]
    occurrences: Sequence[Sequence[Occurrence]]
    # What each sentence so far is about: its speakers, its subjects, all others.
    focus: list[list[Referent]] = field(default_factory=list)
    # "a spokesman" and the like, by their head, for "the spokesman" later on.
    phrases: dict[str, Referent] = field(default_factory=dict)
    # Who has spoken so far in the sentence, the last first.
    speaking: list[Referent] = field(default_factory=list)

    def enter(self, number: int) -> None:
        """Begin a sentence: what it is about is what later pronouns may stand for."""
        while len(self.focus) <= number:
            self.focus.append([])
            self.speaking.clear()
            self.focus[-1].extend(self._topics(len(self.focus) - 1))

    def speak(self, number: int, referent: Referent, *, nested: bool) -> None:
        """Note who spoke in a sentence: the likeliest to be spoken of in the next."""
        self.focus[number].insert(len(self.focus[number]) if nested else 0, referent)
        if not nested:
            self.speaking.insert(0, referent)

    def resolve(self, number: int, mention: Range) -> Referent:
        """Whom the mention stands for."""
        first = self.sentences[number][mention[0]].low
        if mention[1] - mention[0] == 1:
            if first in _GENDERS:
                return self._pronoun(number, mention, _GENDERS[first])
            if first in ("they", "it", *_OWNERS):
                return self._neuter(number, mention, plural=first in ("they", "their"))
            if first in ("who", "which", "that"):
                return self._relative(number, mention)
        named = self._named(number, mention) or self._apposed(number, mention)
        return _referent(named) if named is not None else self._described(number, mention)

    # Salience

    def _topics(self, number: int) -> Iterator[Referent]:
        words = self.sentences[number]
        subject = main_subject(words)
        if subject is not None and words[subject[0]].low in ("he", "she", "they", "it"):
            referent = self.resolve(number, subject)
            if referent.entity is not None or referent.plural:
                yield referent
        names = self.occurrences[number]
        for occurrence in sorted(names, key=lambda o: not _is_subject(words, o)):
            yield _referent(occurrence.entity)

    def _earlier(self, number: int, reach: int) -> Iterator[Referent]:
        for earlier in range(number - 1, max(-1, number - 1 - reach), -1):
            yield from self.focus[earlier]

    def _pronoun(self, number: int, mention: Range, gender: Gender) -> Referent:
        words = self.sentences[number]
        before = [o for o in self.occurrences[number] if o.part[1] <= mention[0]]
        same = [_referent(o.entity) for o in before if _is_subject(words, o)]
        for referent in (*self.speaking, *same, *self._earlier(number, _REACH)):
            if referent.fits(gender):
                return referent
        return Referent(words[mention[0]].text, gender, human=True)

    def _neuter(self, number: int, mention: Range, *, plural: bool) -> Referent:
        for referent in self._earlier(number, 2):
            body = referent.entity is not None and referent.entity.is_body
            if body or (referent.plural if plural else not (referent.human or referent.plural)):
                return referent
        return Referent(self.sentences[number][mention[0]].text, plural=plural)

    # Names

    def _relative(self, number: int, mention: Range) -> Referent:
        words = self.sentences[number]
        end = mention[0] - 1 if mention[0] and words[mention[0] - 1].text == "," else mention[0]
        antecedent = phrase_before(words, end)
        if antecedent is None or words[antecedent[0]].low in ("who", "which", "that"):
            return Referent(words[mention[0]].text)
        return self.resolve(number, antecedent)

    def _named(self, number: int, mention: Range) -> Entity | None:
        """The entity whose name is the head of the mention, if one's is."""
        words = self.sentences[number]
        end = self._head_end(number, mention)
        owned = [k + 1 for k in range(mention[0], end) if words[k].low in _POSSESSIVE]
        start = owned[-1] if owned else mention[0]
        inside = [o for o in self.occurrences[number] if start <= o.part[0] < mention[1]]
        heads = [o for o in inside if o.part[0] < end]
        if len(heads) > 1 and any(w.low == "and" for w in words[start:end]):
            return None
        for occurrence in reversed(inside):
            part, entity = occurrence.part, occurrence.entity
            if part[0] < end <= part[1]:
                return entity if entity.is_person or not (owned and start == part[0]) else None
            if end <= part[0] and self._follows_office(number, mention, occurrence, end):
                return entity
        return None

    def _follows_office(
        self, number: int, mention: Range, occurrence: Occurrence, end: int
    ) -> bool:
        """Whether a name comes after an office and its place: "Ambassador to Germany Ann Lee"."""
        words, start = self.sentences[number], occurrence.part[0]
        place = words[start : occurrence.name[0]]
        if not place or occurrence.part[1] != mention[1] or words[end].low not in ("of", "to"):
            return False
        titled = any(is_role(w.low) and w.low != "justice" for w in place)
        return occurrence.entity.is_person and not titled

    def _head_end(self, number: int, mention: Range) -> int:
        """Where the head of the mention ends: before "of", unless that is part of a name."""
        words = self.sentences[number]
        for position in range(mention[0] + 1, mention[1]):
            if words[position].low in PREPOSITIONS or words[position].text in "(,":
                names = self.occurrences[number]
                if not any(o.part[0] < position < o.part[1] for o in names):
                    return position
        return mention[1]

    def _apposed(self, number: int, mention: Range) -> Entity | None:
        """The name after a role and a comma: "the mayor, Ann Lee, said"."""
        words, end = self.sentences[number], mention[1]
        head = self._head_end(number, mention) - 1
        if end + 1 >= len(words) or words[end].text != "," or not is_role(words[head].low):
            return None
        for occurrence in self.occurrences[number]:
            if occurrence.part[0] == end + 1 and not occurrence.entity.is_body:
                return occurrence.entity
        return None

    # Descriptions

    def _described(self, number: int, mention: Range) -> Referent:
        words = self.sentences[number]
        lows = [w.low for w in words[mention[0] : mention[1]]]
        head = words[self._head_end(number, mention) - 1].low
        joined = "and" in lows
        own = Referent(
            self.text[words[mention[0]].start : words[mention[1] - 1].end],
            GENDERED.get(head, ""),
            plural=joined or _is_plural(head),
            human=head in GENDERED or is_role(head),
        )
        definite = lows[0] in ("the", "this", "that")
        if is_role(head) and (definite or words[mention[0]].is_name):
            holder = self._holder(number, lows, head)
            if holder is not None:
                return holder
        if definite and head in self.phrases:
            return self.phrases[head]
        if not definite:
            self.phrases[head] = own
        return own

    def _holder(self, number: int, lows: list[str], head: str) -> Referent | None:
        """Whoever the article has given this role, the last mentioned first."""
        asked = _role_words(lows)
        for referent in self._known(number):
            held = [_role_words(role.lower().split()) for role in referent.roles]
            if any(asked <= role for role in held):
                exact = any(asked == role for role in held)
                hero = None if exact or len(asked) > 1 else self._hero(number, head)
                return hero or _referent(referent)
        holders = [e for e in self._known(number) if any(head in r.lower() for r in e.roles)]
        if len(holders) == 1 and any(
            _role_words(role.lower().split()) <= asked for role in holders[0].roles
        ):
            return _referent(holders[0])
        return self._hero(number, head) if asked == {head} else None

    def _known(self, number: int) -> list[Entity]:
        """The entities so far, each once, the last mentioned first."""
        recent = (r.entity for r in (*self.focus[number], *self._earlier(number, number)))
        return list({id(e): e for e in recent if e is not None}.values())

    def _hero(self, number: int, head: str) -> Referent | None:
        """The last speaker, where the article is mostly about them: "The president argued"."""
        last = next((r for r in self._earlier(number, 2) if r.entity is not None), None)
        if head not in _EPITHETS or last is None or last.entity is None or last.entity.roles:
            return None
        counts: dict[int, int] = {}
        for entity in (o.entity for line in self.occurrences for o in line):
            if entity.is_person:
                counts[id(entity)] = counts.get(id(entity), 0) + 1
        leading = max(counts, key=counts.__getitem__, default=0) == id(last.entity)
        return last if leading else None


def _referent(entity: Entity) -> Referent:
    human = not entity.is_body and (entity.is_person or len(entity.words) > 1 or bool(entity.roles))
    return Referent(entity.name, entity.gender, entity, human=human)


def _is_subject(words: Words, occurrence: Occurrence) -> bool:
    """Whether a name can be the subject of a clause: no preposition or verb before it."""
    start = core_before(words, occurrence.part[1])
    if start is None or start > occurrence.part[0]:
        return False
    before = words[start - 1] if start else None
    if before is None or before.is_mark or before.is_quotation:
        return True
    return before.low not in PREPOSITIONS - SUBORDINATORS and not is_verb(before)


def _role_words(lows: Sequence[str]) -> set[str]:
    drop = DETERMINERS | PREPOSITIONS | {*_POSSESSIVE, ",", "former", "current", "then"}
    plain = (w.removesuffix("'s").removesuffix("’s") for w in lows)
    return {DEMONYMS.get(w, w) for w in plain if w not in drop}


def _is_plural(head: str) -> bool:
    return (head.endswith("s") and not head.endswith("ss")) or head in ("police", "people")
