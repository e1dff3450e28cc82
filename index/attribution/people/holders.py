"""Finds whom of those named so far a description means: "the mayor", "the midfielder".

By the offices and trades that an article tells of them, by where they are from, or because nobody
else is spoken of. Where two fit, nobody is meant.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from index.attribution.grammar.clauses import SUBJECTS, lemma, saying
from index.attribution.grammar.phrases import phrase
from index.attribution.people.entity import Entity, Occurrence, age_of
from index.attribution.people.referents import (
    Referent,
    is_subject,
    main_subject,
    may_be_body,
    may_be_called,
    names_body,
    referent_of,
)
from index.attribution.people.role_matching import (
    NO_ROLE,
    covers,
    is_alike,
    is_held,
    is_loose,
    role_and_qualifiers,
)
from index.attribution.people.roles import QUALIFIERS
from index.language.names import (
    BESIDES,
    BODY_NOUNS,
    FIELDS,
    GENDERED,
    OFFICES,
    TRADES,
    Gender,
    is_role,
)
from index.language.offices import RANKS
from index.language.places import places_of
from index.language.syntax import Tree
from index.language.words import is_years_old

# Compared as one word elsewhere, though a union has a secretary and no minister.
_UNLIKE = frozenset("minister secretary".split())
# Said of whoever an article is about without having been introduced: "The president argued".
_EPITHETS = frozenset(
    "president minister chancellor leader candidate nominee billionaire premier king queen".split()
)
# Forms of address that no office tells of, written out where there is no name behind them.
_WRITTEN_OUT = RANKS | {
    "dr": "doctor", "rev": "reverend", "father": "priest", "fr": "priest", "pc": "constable",
    "wpc": "constable", "barr": "barrister",
}  # fmt: skip
# How many sentences back somebody may have been spoken of who is called by a trade.
_NEAR = 3
_FURTHEST = 1000  # the same of whose office is told
_FAR = 6  # the same of who is called by their people: "the Swede"
# How the adjectives of places end.
_PLACING = ("an", "ese", "ish", "ic", "i", "ch")
_ARTICLES = frozenset("a an another one".split())


@dataclass(slots=True)
class Holders:
    """Whom descriptions may mean; `focus` has what each sentence so far is about."""

    trees: Sequence[Tree]
    occurrences: Sequence[Sequence[Occurrence]]
    focus: list[list[Referent]]
    # In which sentence each word first stands.
    _told: dict[str, int] = field(default_factory=dict)
    # And each noun of somebody who is told of without a name: "a driver saw it".
    _introduced: dict[str, int] = field(default_factory=dict)
    _lists: dict[tuple[str, ...], list[tuple[int, Entity]]] = field(default_factory=dict)

    def earlier(self, number: int, reach: int) -> Iterator[Referent]:
        """What the sentences before one are about, the last first."""
        for earlier in range(number - 1, max(-1, number - 1 - reach), -1):
            yield from self.focus[earlier]

    def known(self, number: int) -> list[Entity]:
        """The entities so far, not all of a whole book, each once, the last mentioned first."""
        recent = (r.entity for r in (*self.focus[number], *self.earlier(number, _FURTHEST)))
        return list({id(e): e for e in recent if e is not None}.values())

    def holder(self, number: int, lows: list[str], head: str) -> tuple[Referent | None, bool]:
        """Whoever the article has given this role; and whether no two have it equally."""
        asked, qualified = role_and_qualifiers(lows)
        if not asked:
            return None, True
        alike, fitting = self._holding(number, lows, head)
        if alike is not None:
            return referent_of(alike), True
        if not fitting and qualified and self._is_held(number, asked):
            return None, True
        if not fitting and len(lows) <= 2:
            fitting = self._called(number, head)
        if not fitting:
            hero = self._hero(number, head) if asked == {head} and not qualified else None
            return hero, True
        exact = [
            e
            for e in fitting
            if any(role_and_qualifiers(role.lower().split())[0] == asked for role in e.roles)
        ]
        # "The chief executive" is not the chairman, though heads both.
        plain = {w for w in lows if w not in NO_ROLE}
        exact = [e for e in exact if any(plain <= {*r.lower().split()} for r in e.roles)] or exact
        best = (exact or fitting)[0]
        others = [e for e in (exact or fitting)[1:] if self._stand_together(best, e)]
        hero = None if exact or len(asked) > 1 else self._hero(number, head)
        return (hero or (None if others else referent_of(best))), not others

    def _holding(
        self, number: int, lows: list[str], head: str
    ) -> tuple[Entity | None, list[Entity]]:
        """Whoever a role like the asked one makes it, or all who may hold that."""
        asked, qualified = role_and_qualifiers(lows)
        last = next((r.entity for r in self.earlier(number, 2) if r.entity is not None), None)
        covering: list[Entity] = []
        general: list[Entity] = []
        for entity in self.known(number):
            for role in entity.roles:
                held, with_qualifiers = role_and_qualifiers(role.lower().split())
                if is_alike(held, asked, lows):
                    return entity, []
                if qualified != with_qualifiers or (head in _UNLIKE and head not in role.lower()):
                    continue
                near = entity is last or entity.last in lows
                if covers(held | entity.places, asked) and is_held(asked, role, head):
                    covering.append(entity)
                elif head in held and held <= asked and (near or not is_loose(held, asked, role)):
                    general.append(entity)
        found = covering or general or [*self._in_field(number, lows, head)]
        return None, list({id(e): e for e in found}.values())

    def _in_field(self, number: int, lows: Sequence[str], head: str) -> Iterator[Entity]:
        """Who has a trade of what is asked for, of the same body: "the Velm boss", its manager."""
        told, _ = role_and_qualifiers([low for low in lows if low != head])
        for entity in self.known(number) if told and head in FIELDS else ():
            for role in entity.roles:
                held, qualified = role_and_qualifiers(role.lower().split())
                special = not _heads(role.split(" of ")[0]).isdisjoint(FIELDS[head])
                if special and not qualified and covers(held | entity.places, told):
                    yield entity

    def _called(self, number: int, head: str) -> list[Entity]:
        """Who is described by a word, bears it for a name, or had its short form before it."""
        known = self.known(number)
        # A person is a broker or a publisher, but no council.
        body = names_body(head) and not is_role(head)
        told = (e for e in known if e.is_person and not body)
        fitting = [e for e in told if head in e.descriptions | e.titles or head == e.keys[0]]
        return fitting or [
            e for e in known if head in {_WRITTEN_OUT.get(title) for title in e.titles}
        ]

    def _is_held(self, number: int, asked: set[str]) -> bool:
        """Whether somebody has an office, set apart by nothing: of "the former mayor" the mayor."""
        held = (role_and_qualifiers(r.lower().split()) for e in self.known(number) for r in e.roles)
        return any(covers(words, asked) and not qualified for words, qualified in held)

    def _stand_together(self, one: Entity, other: Entity) -> bool:
        """Whether two were last named in one sentence, so that neither is the nearer."""
        for line in reversed(self.occurrences[: len(self.focus)]):
            named = {id(o.entity) for o in line}
            if id(one) in named or id(other) in named:
                return id(one) in named and id(other) in named
        return False

    def _hero(self, number: int, head: str) -> Referent | None:
        """The last speaker, where the article is mostly about them: "The president argued"."""
        last = next((r for r in self.earlier(number, 2) if r.entity is not None), None)
        if head not in _EPITHETS or last is None or last.entity is None:
            return None
        if not all(_heads(role) <= TRADES | BESIDES for role in last.entity.roles):
            return None
        counts: dict[int, int] = {}
        for entity in (o.entity for line in self.occurrences for o in line):
            if entity.is_person:
                counts[id(entity)] = counts.get(id(entity), 0) + 1
        leading = max(counts, key=counts.__getitem__, default=0) == id(last.entity)
        return last if leading else None

    # Whom an article has named without having told what they are

    def by_trade(self, number: int, head: int) -> Referent | None:
        """The one who was spoken of last, if they may be that: "the midfielder", "the winner".

        Of two, "the former officer" that opens a sentence is who acted, but not upon the other.
        """
        tree = self.trees[number]
        low, past, told = tree.words[head].low, _is_past(tree, head), age_of(tree, head)
        parent = low in GENDERED and _is_parent(tree, head)
        if not (told or parent or past or _is_trade(low)) or self._is_introduced(number, low):
            return None
        for n in range(number, max(-1, number - 1 - _NEAR), -1):
            here = (o.entity for o in self.occurrences[n] if o.part[1] <= head)
            line = here if n == number else (r.entity for r in self.focus[n])
            people = {id(e): e for e in line if e is not None and _is_surely_human(e)}
            # "The 49-year-old surgeon" may be an angler, but nobody whose age is another.
            fitting = [
                e
                for e in people.values()
                if (fits_gender(e, low) and not e.ages if told else may_be(e, low))
            ]
            fitting = [e for e in fitting if not (past and low in told_of(e))]  # no acting mayor
            if past and len(fitting) > 1 and not phrase(tree, head)[0]:
                fitting = [e for e in fitting if self._is_topic(n, e)]
            alone = len(people) == 1 or (len(fitting) == 1 and self._is_topic(n, fitting[0]))
            if people:
                return referent_of(fitting[0]) if fitting and alone else None
        return None

    def by_age(self, number: int, head: int) -> Referent | None:
        """The one so far who is as old as a description tells: "the 34-year-old"."""
        tree = self.trees[number]
        told = age_of(tree, head)
        if not told or tree.words[phrase(tree, head)[0]].low != "the":
            return None
        years = ("age", *map(str, sorted(told)))
        own = self._listed(years, lambda e: not told.isdisjoint(e.ages))
        return self._only(number, own, lambda e: fits_gender(e, tree.words[head].low))

    def by_turn(self, number: int, head: int, last: Referent | None) -> Referent | None:
        """Who spoke `last`, right before what a description ends: "“Never again,” the peer said".

        Or right before a sentence that a trade opens: "The former diver said".
        Whoever speaks next for the first time is named, or told of with "a"; but an office, or "the
        judge", of whom nothing is told, may be that of somebody who need not be named.
        """
        tree, low = self.trees[number], self.trees[number].words[head].low
        turns = head > 1 and tree.words[0].is_quotation and not tree.words[head].is_quotation
        says = saying(tree, tree.heads[head]) is not None
        if not turns and says and main_subject(tree) == head:
            turns = tree.words[0].low == "the" and low in TRADES
        is_body = low in BODY_NOUNS
        # Who adds something is who has just spoken, by whatever office.
        adds = turns and lemma(tree, tree.heads[head]) == "add"
        if not turns or not (is_body or is_role(low)) or (low in OFFICES and not adds):
            return None
        speaker = None if last is None else last.entity
        fits = may_be_body if is_body else _is_surely_human
        if speaker is None or not fits(speaker) or not fits_gender(speaker, low):
            return None
        if is_body and not may_be_called(last or referent_of(speaker), low):
            return None
        if any(fits(o.entity) and o.entity is not speaker for o in self.occurrences[number - 1]):
            return None  # "Lee said Orr had signed. “I did,” the witness said."
        told = not told_of(speaker).isdisjoint({low, *FIELDS.get(low, ())})
        named = any(tree.words[k].is_name for k in range(phrase(tree, head)[0], head))
        loose = is_body or named or low in TRADES | BESIDES
        told = told or adds or (loose and self._first_told(low, number) >= number)
        return last if told and not self._is_introduced(number, low) else None

    def by_field(self, number: int, low: str) -> Referent | None:
        """The one of whom a trade is told that is called so in general: "the writer"."""
        unknown = not is_role(low) and low not in FIELDS
        if unknown or self._is_introduced(number, low):
            return None
        special = FIELDS.get(low, frozenset()) | {low}
        told = self._listed(("field", low), lambda e: _is_one(told_of(e), low, special))
        return self._only(number, told, lambda e: fits_gender(e, low))

    def _listed(
        self, key: tuple[str, ...], may_be: Callable[[Entity], bool]
    ) -> list[tuple[int, Entity]]:
        """All persons of whom something is told, with the sentence that first names them."""
        if key not in self._lists:
            first: dict[int, tuple[int, Entity]] = {}
            for n, line in enumerate(self.occurrences):
                for occurrence in line:
                    first.setdefault(id(occurrence.entity), (n, occurrence.entity))
            self._lists[key] = [(n, e) for n, e in first.values() if e.is_person and may_be(e)]
        return self._lists[key]

    def _only(
        self,
        number: int,
        told: Sequence[tuple[int, Entity]],
        fits: Callable[[Entity], bool] = bool,
    ) -> Referent | None:
        """The one who has been named so far and fits."""
        named = (e for n, e in takewhile(lambda item: item[0] <= number, told) if fits(e))
        found = [*islice(named, 2)]
        return referent_of(found[0]) if len(found) == 1 else None

    def _is_introduced(self, number: int, low: str) -> bool:
        """Whether somebody without a name has been told to be that: "A driver saw it"."""
        if not self._introduced:
            self._introduced[""] = -1
            for n, tree in enumerate(self.trees):
                for k, word in enumerate(tree.words):
                    if word.low in _ARTICLES and tree.heads[k] > k and _acts(tree, tree.heads[k]):
                        self._introduced.setdefault(tree.words[tree.heads[k]].low, n)
        return self._introduced.get(low, number) < number

    def _is_topic(self, number: int, entity: Entity) -> bool:
        """Whether a sentence is about somebody, as its subject, or without naming them."""
        own = [o for o in self.occurrences[number] if o.entity is entity]
        return not own or any(is_subject(self.trees[number], o) for o in own)

    def by_place(self, number: int, head: int, first: int) -> Referent | None:
        """Who is from a place: "the Ordanian minister", of "Ordania's Ann Lee" among ministers."""
        words = self.trees[number].words
        named = (words[k].low for k in range(first, head) if words[k].is_name)
        asked = {w for low in named if low.endswith(_PLACING) for w in _alike(low)}
        low = words[head].low
        if not asked or not (_is_trade(low) or (is_role(low) and self._is_told(number, low))):
            return None
        told = self._listed(("place", *sorted(asked)), lambda e: covers(_from(e), asked))
        return self._only(number, told, lambda e: may_be(e, low))

    def by_people(self, number: int, head: int, near: Sequence[Referent]) -> Referent | None:
        """Who is of a people, or was spoken of last of those of no other: "the Swede"."""
        low, told = self.trees[number].words[head].low, age_of(self.trees[number], head)
        near = [*near, *self.earlier(number, _FAR)]
        near = [r for r in near if not (told and r.entity is not None and r.entity.ages)]
        people = list({id(r.entity): r for r in near if r.entity is not None and r.human}.values())
        own = [r for r in people if r.entity and not _placed(r.entity).isdisjoint(places_of(low))]
        if len(own) == 1:
            return own[0]
        return next((r for r in people if r.entity and not _placed(r.entity)), None)

    def _is_told(self, number: int, low: str) -> bool:
        """Whether an article has spoken of some who are that: "the foreign ministers of"."""
        return min(self._first_told(low, number), self._first_told(low + "s", number)) < number

    def _first_told(self, low: str, otherwise: int) -> int:
        """The sentence that first has a word; some other number if none has."""
        if not self._told:
            for n, tree in enumerate(self.trees):
                for word in tree.words:
                    self._told.setdefault(word.low, n)
        return self._told.get(low, otherwise)

    def by_kin(self, number: int, owner: str, head: str) -> Referent | None:
        """Who has been called the same before: "her husband", after "her husband, Bo Lee,"."""
        told = self._listed(("kin", owner, head), lambda e: _is_kin(e, owner, head))
        return self._only(number, told)


def _from(entity: Entity) -> set[str]:
    """What tells where somebody is from, in the words of roles."""
    return entity.places | {word for role in entity.roles for word in _alike(*role.split())}


def _is_kin(entity: Entity, owner: str, head: str) -> bool:
    """Whether somebody is called by whose they are: "her husband, Bo Lee"."""
    told = (role.lower().split() for role in entity.roles)
    return any(words[:1] == [owner] and words[-1] == head for words in told)


def _placed(entity: Entity) -> set[str]:
    """The countries that an article tells somebody to be from."""
    words = {word.lower() for role in entity.roles for word in role.split()} | entity.places
    return {place for word in words for place in places_of(word)}


def _is_surely_human(entity: Entity) -> bool:
    """Whether somebody is no name of one word that may be a place's."""
    told = len(entity.words) > 1 or entity.titled or entity.human or bool(entity.gender)
    return entity.is_person and told


def _alike(*words: str) -> set[str]:
    return role_and_qualifiers([word.lower() for word in words])[0]


def _heads(role: str) -> set[str]:
    """The last word of a role, which says what it is."""
    return {*role.lower().replace(",", " ").split()[-1:]}


def _is_trade(low: str) -> bool:
    """Whether papers call somebody so whom they have named: "the winner", "the mother-of-two"."""
    aged = is_years_old(low)
    return aged or low in TRADES or ("-of-" in low and low.partition("-of-")[0] in GENDERED)


def _is_parent(tree: Tree, noun: int) -> bool:
    """Whether somebody is told of by their children: "the mother of two"."""
    after = tree.words[noun + 1 : noun + 2]
    return bool(after) and after[0].low == "of" and tree.tags[noun + 2 : noun + 3] == ["CD"]


def _is_past(tree: Tree, noun: int) -> bool:
    """Whether somebody is called what they are no more, and no more is told: "the former spy"."""
    first, end = phrase(tree, noun)
    whole = end == noun + 1 and tree.child(noun, "relcl", "acl") is None
    past = QUALIFIERS & {word.low for word in tree.words[first:noun]}
    owned = "POS" in tree.tags[first:noun]  # "the former spy's lawyer"
    return bool(past) and whole and not owned and is_role(tree.words[noun].low)


def _acts(tree: Tree, noun: int) -> bool:
    """Whether a noun tells of somebody, and not what somebody else is: "a driver saw it"."""
    above = tree.words[tree.heads[noun]].low
    named = any(tree.kinds[c] == "person" for c in tree.children[noun])
    return tree.roles[noun] in (*SUBJECTS, "dobj", "pobj") and above != "as" and not named


def fits_gender(entity: Entity, low: str) -> bool:
    """Whether a noun may be somebody's by the gender that it tells."""
    gender: Gender = GENDERED.get(low.partition("-of-")[0], "")
    return not gender or entity.gender in ("", gender)


def told_of(entity: Entity) -> set[str]:
    """The nouns that tell what somebody is."""
    return entity.descriptions.union(entity.titles, *map(_heads, entity.roles))


def _is_one(told: set[str], low: str, special: frozenset[str]) -> bool:
    """Whether a trade is one of a kind: "goalkeeper" of "keeper", "soprano" of "singer"."""
    return any(word in special or word.endswith(low) for word in told if is_role(word))


def may_be(entity: Entity, low: str) -> bool:
    """Whether somebody may be what a noun says, by all that is told of them."""
    if not fits_gender(entity, low):
        return False
    if low in BESIDES or is_years_old(low) or "-of-" in low:
        return True
    told = told_of(entity)
    others = {word for word in told if is_role(word) and word not in BESIDES}
    general = FIELDS.get(low, frozenset())
    return low in told or all(o in general or low in FIELDS.get(o, ()) for o in others)
