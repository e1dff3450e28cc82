"""Collects the people and bodies of an article: every name, its forms, and the roles it is given.

Works on the words outside quotation marks. Knows nothing of statements.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.names import (
    BODIES,
    FIRST_NAMES,
    GENDERED,
    HONORIFICS,
    MEN,
    PARTICLES,
    ROLES,
    WOMEN,
    Gender,
)
from index.phrases import Range, Words, phrase_before
from index.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)

_LONGEST_ROLE = 16
_SMALL = (
    DETERMINERS | PREPOSITIONS | PRONOUNS | CONJUNCTIONS | SUBORDINATORS | AUXILIARIES | ADVERBS
    | frozenset("there here yes no according mr mrs ms who whose".split())
)  # fmt: skip
_ORGANISED = frozenset(
    """department ministry bank house board university church institute college court chamber
    council bureau office centers center association""".split()
)
_SUFFIXES = frozenset("jr sr jr. sr. ii iii iv".split())


@dataclass(slots=True)
class Entity:
    """A person or body while its mentions are being gathered."""

    words: tuple[str, ...]
    gender: Gender = ""
    titled: bool = False
    roles: list[str] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name as it was first given in full."""
        return " ".join(self.words)

    @property
    def last(self) -> str:
        """The surname, or a body's last word, in lower case."""
        tail = self.words[-1].lower()
        return self.words[-2].lower() if tail in _SUFFIXES and len(self.words) > 1 else tail

    @property
    def is_body(self) -> bool:
        """Whether the name is that of an organisation or a place."""
        return not self.titled and any(w.lower() in BODIES or w == "of" for w in self.words)

    @property
    def is_person(self) -> bool:
        """Whether a first name, a form of address or a role shows that this is a person."""
        known = self.words[0].lower() in FIRST_NAMES and len(self.words) > 1
        return not self.is_body and (known or self.titled)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name in a sentence, as a range of its words, form of address included."""

    part: Range
    name: Range
    entity: Entity


@dataclass(frozen=True, slots=True)
class _Found:
    sentence: int
    part: Range
    name: Range
    words: tuple[str, ...]
    gender: Gender
    role: str | None
    titled: bool


def gather(sentences: Sequence[Words], text: str) -> list[list[Occurrence]]:
    """Every name of every sentence, joined across its forms, with roles filled in."""
    found = [f for number, words in enumerate(sentences) for f in _names(number, words)]
    entities: list[Entity] = []
    for item in found:
        if len(item.words) > 1:
            _join_full(item, entities)
    occurrences: list[list[Occurrence]] = [[] for _ in sentences]
    recent: list[Entity] = []
    for item in found:
        entity = _entity(item, entities, recent)
        recent.append(entity)
        _learn(item, entity)
        occurrence = Occurrence(item.part, item.name, entity)
        occurrences[item.sentence].append(occurrence)
        for role in _roles(sentences[item.sentence], item.part, item.name, text):
            _add_role(entity, role)
    return occurrences


# Names


def _names(number: int, words: Words) -> Iterator[_Found]:
    if _is_headline(words):
        return
    position = 0
    while position < len(words):
        if not words[position].is_name:
            position += 1
            continue
        end = _name_end(words, position)
        yield from _parsed(number, words, position, end)
        position = end


def _is_headline(words: Words) -> bool:
    letters = [w for w in words if not w.is_mark and not w.is_quotation and len(w.low) > 3]
    capitals = sum(w.is_name for w in letters)
    return len(letters) > 4 and capitals > 0.8 * len(letters)


def _name_end(words: Words, start: int) -> int:
    end = start + 1
    while end < len(words):
        word, after = words[end], words[end + 1] if end + 1 < len(words) else None
        if word.is_name and not _gap(words, end):
            end += 1
        elif after is not None and after.is_name and _links(words, end):
            end += 2
        else:
            break
    return end


def _gap(words: Words, end: int) -> bool:
    return words[end - 1].low in DAYS


def _links(words: Words, end: int) -> bool:
    low = words[end].low
    if low in PARTICLES or low == "&":
        return True
    if low == "." and len(words[end - 1].text) <= 2:
        return True
    if low in ("'s", "’s"):
        return False
    return low == "of" and words[end - 1].low in _ORGANISED


def _parsed(number: int, words: Words, start: int, end: int) -> Iterator[_Found]:
    first = start
    while first < end and (
        words[first].low in _SMALL - {"mr", "mrs", "ms"} or words[first].low in DAYS
    ):
        first += 1
    while end > first and (words[end - 1].low in DAYS or words[end - 1].is_mark):
        end -= 1
    if first >= end:
        return
    begin, gender, titled, role = _untitled(words, first, end)
    names = [w for w in words[begin:end] if len(w.low.rstrip(".")) > 1]
    if names and not all(w.low in ROLES or w.low in HONORIFICS for w in names):
        yield _Found(
            number, (first, end), (begin, end), _tidied(words, begin, end), gender, role, titled
        )


def _tidied(words: Words, begin: int, end: int) -> tuple[str, ...]:
    kept: list[str] = []
    for word in words[begin:end]:
        if word.is_mark and kept:
            kept[-1] += word.text
        else:
            kept.append(word.text)
    return tuple(kept)


def _untitled(words: Words, first: int, end: int) -> tuple[int, Gender, bool, str | None]:
    """Where the bare name begins after forms of address, offices and adjectives."""
    begin, gender, titled, role = first, "", False, None
    for position in range(first, end - 1):
        low = words[position].low.rstrip(".")
        if low in HONORIFICS:
            gender, titled, begin = HONORIFICS[low] or gender, True, position + 1
        elif low in ROLES:
            titled, begin = True, position + 1
            role = " ".join(w.text for w in words[first : position + 1])
            gender = GENDERED.get(low, gender)
    if begin == first and end - first > 2 and words[first].low not in FIRST_NAMES:
        for position in range(first + 1, end - 1):
            if words[position].low in FIRST_NAMES:
                return position, "", False, None
    if begin < end and words[begin].is_mark:
        begin += 1
    return begin, gender, titled, role  # type: ignore[return-value]


# Joining


def _join_full(item: _Found, entities: list[Entity]) -> None:
    for entity in entities:
        if entity.words == item.words or _same_person(entity.words, item.words):
            return
    entities.append(Entity(item.words))


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) == len(other) or {one[-1].lower(), other[-1].lower()} & _SUFFIXES:
        return False
    return one[0] == other[0] and one[-1] == other[-1] and one[0].lower() in FIRST_NAMES


def _entity(item: _Found, entities: list[Entity], recent: list[Entity]) -> Entity:
    if len(item.words) > 1:
        for entity in entities:
            if entity.words == item.words or _same_person(entity.words, item.words):
                return entity
    word = item.words[-1].lower()
    matches = [e for e in entities if _answers_to(e, word, item)]
    if matches:
        known = [e for e in reversed(recent) if any(e is m for m in matches)]
        return known[0] if known else matches[0]
    entity = Entity(item.words)
    entities.append(entity)
    return entity


def _answers_to(entity: Entity, word: str, item: _Found) -> bool:
    if len(item.words) > 1:
        return False
    if item.gender and _gender(entity) and item.gender != _gender(entity):
        return False
    if entity.last == word and (not entity.is_body or len(entity.words) == 1):
        return True
    if word in entity.aliases:
        return True
    return entity.words[0].lower() == word and word in FIRST_NAMES and not item.titled


def _gender(entity: Entity) -> Gender:
    if entity.gender or entity.is_body:
        return entity.gender
    first = entity.words[0].lower()
    if len(entity.words) > 1 and first in MEN | WOMEN:
        return "m" if first in MEN else "f"
    return ""


def _learn(item: _Found, entity: Entity) -> None:
    entity.titled = entity.titled or item.titled
    entity.gender = entity.gender or item.gender or _gender(entity)
    if item.role:
        _add_role(entity, item.role)


def _add_role(entity: Entity, role: str) -> None:
    if role.lower() not in (r.lower() for r in entity.roles):
        entity.roles.append(role)
    entity.titled = True
    for word in role.lower().split():
        entity.gender = entity.gender or GENDERED.get(word, "")


# Roles


def _roles(words: Words, part: Range, name: Range, text: str) -> Iterator[str]:
    start, end = part
    for role in (_role_before(words, start), _role_after(words, end)):
        if role is not None:
            yield text[words[role[0]].start : words[role[1] - 1].end]


def _role_before(words: Words, start: int) -> Range | None:
    if start == 0:
        return None
    comma = words[start - 1].text == ","
    phrase = phrase_before(words, start - comma)
    if phrase is None or phrase[1] - phrase[0] > _LONGEST_ROLE:
        return None
    head = _head(words, phrase)
    if comma:
        return phrase if words[head].low in ROLES and words[phrase[0]].low in DETERMINERS else None
    return phrase if words[phrase[1] - 1].low in ROLES and head == phrase[1] - 1 else None


def _head(words: Words, phrase: Range) -> int:
    for position in range(phrase[0] + 1, phrase[1]):
        if words[position].low in PREPOSITIONS:
            return position - 1
    return phrase[1] - 1


def _role_after(words: Words, end: int) -> Range | None:
    position = end
    if position < len(words) and words[position].text == "(":
        return None
    if position + 1 < len(words) and words[position].text == ",":
        position += 1
        if words[position].low.isdigit() and position + 1 < len(words):
            position += 2
        if words[position : position + 1] and words[position].low == "who":
            position += 1
    elif position >= len(words) or words[position].low not in ("is", "was", "became", "remains"):
        return None
    return _described(words, position)


def _described(words: Words, position: int) -> Range | None:
    while position < len(words) and words[position].low in (
        "is", "was", "serves", "served", "as", "became", "has", "been", "currently", "also", "now"
    ):  # fmt: skip
        position += 1
    end = position
    limit = min(len(words), position + _LONGEST_ROLE)
    while end < limit and not (
        (words[end].is_mark and words[end].text not in "-&'’.")
        or words[end].is_quotation
        or words[end].low in ("who", "which", "that", "when", "where", "and")
        or (words[end].low in AUXILIARIES)
    ):
        end += 1
    if end == position:
        return None
    head = _head(words, (position, end))
    heads = range(position, min(head + 1, end))
    return (position, end) if any(words[k].low in ROLES for k in heads) else None
