"""Collects the people and bodies of an article: every name, its forms, and the roles it is given.

Works on the words outside quotation marks. Knows nothing of statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.attribution.naming import SUFFIXES, Found, find_names, folded
from index.attribution.phrases import Range, Words
from index.attribution.roles import roles_of
from index.language.cues import CUES
from index.language.names import (
    BODIES,
    FIRST_NAMES,
    GENDERED,
    MEN,
    PLACES,
    WOMEN,
    Gender,
)
from index.language.words import (
    ADVERBS,
    AUXILIARIES,
)


@dataclass(slots=True)
class Entity:
    """A person or body while its mentions are being gathered."""

    words: tuple[str, ...]
    gender: Gender = ""
    titled: bool = False
    speaks: bool = False
    anchored: bool = False  # seen inside a sentence, where a capital is no accident
    roles: list[str] = field(default_factory=list)
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.keys = tuple(folded(word) for word in self.words)
        first = self.keys[0]
        if len(self.words) > 1 and first in MEN | WOMEN and not self.is_body:
            self.gender = self.gender or ("m" if first in MEN else "f")

    @property
    def name(self) -> str:
        """The name as it was first given in full."""
        return " ".join(self.words)

    @property
    def last(self) -> str:
        """The surname, or a body's last word, folded."""
        tail = self.keys[-1]
        return self.keys[-2] if tail in SUFFIXES and len(self.keys) > 1 else tail

    @property
    def is_body(self) -> bool:
        """Whether the name is that of an organisation or a place."""
        acronym = len(self.words) == 1 and len(self.words[0]) > 1 and self.words[0].isupper()
        if acronym or " ".join(self.keys) in PLACES:
            return True
        return not self.titled and any(key in BODIES or key == "of" for key in self.keys)

    @property
    def is_person(self) -> bool:
        """Whether a first name, a form of address or a role shows that this is a person."""
        known = self.keys[0] in FIRST_NAMES and len(self.words) > 1
        return not self.is_body and (known or self.titled)

    def add_role(self, role: str) -> None:
        """Add what the article calls this person, once."""
        if role.lower() not in (known.lower() for known in self.roles):
            self.roles.append(role)
        self.titled = True
        for word in role.lower().split():
            self.gender = self.gender or GENDERED.get(word, "")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name in a sentence, as ranges of its words: with form of address or office, and bare."""

    part: Range
    name: Range
    entity: Entity


def gather(sentences: Sequence[Words], text: str) -> list[list[Occurrence]]:
    """Every name of every sentence, joined across its forms, with roles filled in."""
    common = {w.low for words in sentences for w in words if not w.is_name}
    found = [f for n, words in enumerate(sentences) for f in find_names(n, words, common)]
    index = _Index()
    for item in found:
        if len(item.words) > 1:
            index.full(item)
    occurrences: list[list[Occurrence]] = [[] for _ in sentences]
    before: Found | None = None
    for item in found:
        entity = index.find(item)
        if before is not None and _abbreviates(item, before, sentences[item.sentence]):
            entity = index.find(before)
            index.alias(item.words[0], entity)
        before = item
        words = sentences[item.sentence]
        entity.titled = entity.titled or item.titled
        entity.gender = entity.gender or item.gender
        entity.speaks = entity.speaks or _is_followed_by_cue(words, item.part[1])
        entity.anchored = entity.anchored or item.part[0] > 0 or item.words[0].isupper()
        occurrences[item.sentence].append(Occurrence(item.part, item.name, entity))
    for words, line in zip(sentences, occurrences, strict=True):
        for number, role in roles_of(words, [o.name for o in line]):
            if line[number].entity.is_body:
                continue
            line[number].entity.add_role(text[words[role[0]].start : words[role[1] - 1].end])
    return occurrences


def _abbreviates(item: Found, before: Found, words: Words) -> bool:
    """Whether a name in brackets is short for the one before: "the Hurricane Center (NHC)"."""
    if item.sentence != before.sentence or len(item.words) > 1 or len(before.words) < 2:
        return False
    return item.part[0] == before.part[1] + 1 and words[item.part[0] - 1].text == "("


def _is_followed_by_cue(words: Words, end: int) -> bool:
    while end < len(words) and words[end].low in AUXILIARIES | ADVERBS:
        end += 1
    return end < len(words) and words[end].low in CUES and CUES[words[end].low].takes_clause


# Names


# Joining


class _Index:
    """The entities found so far, by full name and by each form that may stand for one."""

    def __init__(self) -> None:
        self._full: dict[tuple[str, ...], Entity] = {}
        self._short: dict[str, list[Entity]] = {}
        self._order: dict[int, int] = {}
        self._clock = 0

    def full(self, item: Found) -> None:
        """Enter a name of two words or more."""
        keys = tuple(folded(word) for word in item.words)
        if keys in self._full:
            return
        same = [e for e in self._short.get(keys[-1], []) if _is_same(e.keys, keys)]
        entity = same[0] if same else Entity(item.words, titled=item.titled)
        self._full[keys] = entity
        if same:
            return
        for key in {entity.last, keys[0], *keys[1:]}:
            self._short.setdefault(key, []).append(entity)

    def alias(self, short: str, entity: Entity) -> None:
        """Let a short form stand for an entity from here on."""
        self._full[(folded(short),)] = entity

    def find(self, item: Found) -> Entity:
        """The entity of a name; a short one is the last mentioned of those it may stand for."""
        keys = tuple(folded(word) for word in item.words)
        entity = self._full.get(keys)
        if entity is None:
            matches = self._matches(keys[0], item) if len(keys) == 1 else []
            entity = max(matches, key=self._recency) if matches else Entity(item.words)
            if not matches:
                self._full[keys] = entity
        self._clock += 1
        self._order[id(entity)] = self._clock
        return entity

    def _recency(self, entity: Entity) -> int:
        return self._order.get(id(entity), 0)

    def _matches(self, key: str, item: Found) -> list[Entity]:
        known = self._short.get(key, [])
        known = [e for e in known if not (item.gender and e.gender and item.gender != e.gender)]
        surname = [e for e in known if e.last == key and not e.is_body]
        middle = [e for e in known if e.is_person and key in e.keys[1:] and not surname]
        first = [e for e in known if e.keys[0] == key and not (e.is_body or item.titled)]
        return surname or middle or first or self._misspelt(key)

    def _misspelt(self, key: str) -> list[Entity]:
        """A surname that differs in one letter at its end, as hurried copy has them."""
        if len(key) < 5:
            return []
        near = [e for k, es in self._short.items() if _is_near(k, key) for e in es]
        near = [e for e in near if not e.is_body and _is_near(e.last, key)]
        return near if len(near) == 1 else []


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) == len(other) or {one[-1], other[-1]} & SUFFIXES:
        return False
    return one[0] == other[0] and one[-1] == other[-1] and one[0] in FIRST_NAMES


def _is_near(one: str, other: str) -> bool:
    return one != other and len(one) == len(other) and one[:-1] == other[:-1]
