"""Finds whom a description means who is named only later: "A clerk … said. Ann Lee, 58, …".

By who comes next, and what is told of them. Where two fit, nobody is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.attribution.grammar.clauses import SUBJECTS, is_passive, saying
from index.attribution.grammar.phrases import phrase
from index.attribution.people.entity import Entity, Occurrence
from index.attribution.people.holders import fits_gender, told_of
from index.attribution.people.name_ends import SMALL_WORDS
from index.attribution.people.referents import (
    Referent,
    is_subject,
    main_subject,
    may_be_human,
    referent_of,
)
from index.attribution.people.role_matching import role_and_qualifiers
from index.attribution.people.roles import QUALIFIERS
from index.language.names import (
    BESIDES,
    GENDER_OF_PRONOUN,
    GENDERED,
    LEADERS,
    TRADES,
    Gender,
    is_role,
)
from index.language.syntax import Tree
from index.language.words import PREPOSITIONS, is_age

# Sentences behind the first in which the name of whom that is about may come.
_LEAD = 4
# And behind a description in which the name that it is put beside may come.
_SOON = 12
# Offices of which one person is told in the sentence behind the name.
_HEADS = frozenset("leader minister".split())
_FATES = frozenset("died dies drowned disappeared vanished".split())
_OWNED = frozenset("his her their my our".split())


@dataclass(slots=True)
class Introductions:
    """Who is named later than they are told of."""

    trees: Sequence[Tree]
    occurrences: Sequence[Sequence[Occurrence]]
    # By each role and noun told of persons these, with the sentence that first names them.
    _bearers: dict[str, list[tuple[int, Entity]]] = field(default_factory=dict)
    # By its `id` each entity, with the sentence that first names it; filled when it is asked for.
    _named: dict[int, tuple[int, Entity]] = field(default_factory=dict)

    def _first_named(self) -> dict[int, tuple[int, Entity]]:
        if not self._named:
            for number, line in enumerate(self.occurrences):
                for each in line:
                    self._named.setdefault(id(each.entity), (number, each.entity))
        return self._named

    def told_later(self, number: int, lows: Sequence[str]) -> Referent | None:
        """The one whom the text names later right beside the same words: "The mayor, Ann Lee,"."""
        if not self._bearers:
            for first, entity in self._first_named().values():
                if not entity.is_person:
                    continue
                for told in {*map(str.lower, entity.roles), *told_of(entity)}:
                    self._bearers.setdefault(told, []).append((first, entity))
        named, alike = self._bearers.get(" ".join(lows), []), self._bearers.get(lows[-1], [])
        fitting = len(named) == len(alike) == 1 and number < named[0][0] <= number + _SOON
        return referent_of(named[0][1]) if fitting else None

    def kin_later(self, number: int, head: int, owner: Entity | None) -> Referent | None:
        """Who is named in the next sentence without a word on who that is, and must be that one.

        "Her co-chair disagreed. “No,” said Bo Lee."
        """
        low = self.trees[number].words[head].low
        if number + 1 >= len(self.trees) or not (is_role(low) or low in GENDERED):
            return None
        tree, line = self.trees[number + 1], self.occurrences[number + 1]
        speaks = [o for o in line if is_subject(tree, o) and self._is_new(number + 1, o)]
        quoted = any(word.is_quotation for word in tree.words)
        alone = (
            quoted and len(speaks) == 1 and tree.roles[tree.heads[speaks[0].name[1] - 1]] == "ROOT"
        )
        found = speaks[0].entity if alone else None
        fits = found is not None and found is not owner and fits_gender(found, low)
        if found is None or not fits:
            return None
        found.descriptions.add(low)  # "the co-chair" later on
        return referent_of(found)

    def _is_new(self, number: int, occurrence: Occurrence) -> bool:
        """Whether a sentence is the first to name a person, of whom the article tells no more."""
        entity = occurrence.entity
        told = entity.roles or entity.descriptions or entity.titled or entity.places
        full = entity.is_person and len(entity.words) > 1
        return full and not told and self._first_named()[id(entity)][0] == number

    def in_lead(self, number: int, head: int, first: int) -> Referent | None:
        """Whom a beginning tells of who is the one that comes next: "its principal … Ann Lee said".

        That is who alone of those named there may be what the beginning says.
        """
        tree = self.trees[number]
        low = tree.words[head].low
        vague = low in BESIDES - TRADES and not self._says(number, head)
        vague = vague or tree.tags[head] != "NN"
        if number >= _LEAD or vague or not (is_role(low) or low in GENDERED):
            return None
        if tree.words[first].low in _OWNED or self._is_peopled(number):
            return None
        if number and tree.words[first].low in ("a", "an") and saying(tree, tree.heads[head]):
            return None  # one of several who speak, behind the first sentence: "A midwife said"
        for later in range(number + 1, min(number + 1 + _LEAD, len(self.trees))):
            line = [o for o in self.occurrences[later] if o.entity.is_person]
            if line:
                fitting = {
                    id(o.entity): o for o in line if self._may_come(later, o, tree, head, first)
                }
                found = next(iter(fitting.values())) if len(fitting) == 1 else None
                return None if found is None else referent_of(found.entity)
            if self._is_about_others(later):
                return None
        return None

    def told_next(self, number: int, head: int) -> Referent | None:
        """Who alone acts in the sentence before, if only this one tells what that person is.

        "Ann Lee sat down. The opposition leader told them". No bare office is so told, nor that of
        a prime minister, for readers know who has it; nor do words that open with "she" tell hers.
        """
        tree, first = self.trees[number], phrase(self.trees[number], head)[0]
        beside = {word.low for word in tree.words[first + 1 : head]}
        says = saying(tree, tree.heads[head]) is not None
        if not (says and beside - {"prime"} and tree.words[head].low in _HEADS):
            return None
        told, line = self.trees[number - 1], self.occurrences[number - 1]
        people = {id(o.entity): o for o in line if may_be_human(o.entity)}
        (acting, *others) = people.values() or (None,)
        if acting is None or others or main_subject(told) != acting.name[1] - 1:
            return None
        entity, verb = acting.entity, told.heads[acting.name[1] - 1]
        opens = tree.words[0].text.strip("\"“‘'").split()[:1] if tree.words[0].is_quotation else []
        dead = told.words[verb].low in _FATES
        own = not dead and not any(GENDER_OF_PRONOUN.get(word.lower()) for word in opens)
        fits = self._is_untold(entity) and fits_gender(entity, tree.words[head].low)
        return referent_of(entity) if own and fits and not is_passive(told, verb) else None

    def _is_untold(self, entity: Entity) -> bool:
        """Whether an article tells nothing of a person but the full name."""
        told = entity.roles or entity.descriptions or entity.titled or entity.places or entity.ages
        return entity.is_person and len(entity.words) > 1 and not told

    def _says(self, number: int, head: int) -> bool:
        """Whether somebody who may be anybody says what a beginning tells: "A woman says"."""
        tree = self.trees[number]
        verb = tree.heads[head]
        own = tree.roles[head] in SUBJECTS and tree.roles[verb] == "ROOT"
        return own and tree.words[head].low in GENDERED and saying(tree, verb) is not None

    def _is_about_others(self, number: int) -> bool:
        """Whether a sentence is about somebody without a name, who may be the next to speak."""
        tree, subject = self.trees[number], main_subject(self.trees[number])
        low = "" if subject is None else tree.words[subject].low
        everybody = subject is not None and tree.tags[subject] == "NN" and low in SMALL_WORDS
        return is_role(low) or is_role(low.removesuffix("s")) or everybody

    def _is_peopled(self, number: int) -> bool:
        """Whether somebody has been named already."""
        return any(o.entity.is_person for line in self.occurrences[: number + 1] for o in line)

    def _may_come(
        self, number: int, occurrence: Occurrence, told: Tree, head: int, first: int
    ) -> bool:
        """Whether who is named may be what a description before said, or is told nothing of."""
        entity, low, gender = occurrence.entity, told.words[head].low, _gender_told(told, head)
        if (entity.gender and gender and entity.gender != gender) or not fits_gender(entity, low):
            return False
        if any(role.lower().split()[0] in _OWNED for role in entity.roles):
            return False  # "his widow, Ann Lee"
        trades = {word for word in told_of(entity) if is_role(word) and word not in BESIDES}
        if trades and low not in BESIDES:
            asked = [word.low for word in told.words[first : phrase(told, head)[1]]]
            return any(_is_that(role, asked, low) for role in entity.roles)
        words = self.trees[number].words[occurrence.part[1] : occurrence.part[1] + 2]
        aged = len(words) == 2 and words[0].text == "," and is_age(words[1].text)
        if aged:  # a private person, and no judge
            whole = told.child(head, "relcl", "acl") is not None or _is_past(told, first, head)
            return (whole or low in BESIDES) and self._speaks(entity, number)
        return is_subject(self.trees[number], occurrence) and _reports(
            self.trees[number], occurrence
        )

    def _speaks(self, entity: Entity, number: int) -> bool:
        """Whether somebody says something anywhere, or "he" does soon, before others come."""
        for later in range(number, len(self.trees)):
            tree, line = self.trees[later], self.occurrences[later]
            own = (o for o in line if o.entity is entity and is_subject(tree, o))
            if any(_reports(tree, o) for o in own):
                return True
        for later in range(number, min(number + _LEAD, len(self.trees))):
            if any(o.entity.is_person and o.entity is not entity for o in self.occurrences[later]):
                return False
            tree = self.trees[later]
            pronouns = (k for k, word in enumerate(tree.words) if word.low in ("he", "she"))
            if any(saying(tree, tree.heads[k]) is not None for k in pronouns):
                return True
        return False


def _reports(tree: Tree, occurrence: Occurrence) -> bool:
    """Whether a name is the subject of a verb of saying."""
    verb = tree.heads[occurrence.name[1] - 1]
    verb = tree.heads[verb] if tree.roles[occurrence.name[1] - 1] == "appos" else verb
    return saying(tree, verb) is not None


def _is_past(tree: Tree, first: int, head: int) -> bool:
    """Whether somebody is no more what they are called: "a former officer"."""
    return any(tree.words[k].low in QUALIFIERS for k in range(first, head))


def _is_that(role: str, asked: Sequence[str], low: str) -> bool:
    """Whether a role is the asked one, more or less fully told: "the bloc's trade chief"."""
    held, own = role.lower().replace("’", "'").split(), _unowned(asked)
    had, had_past = role_and_qualifiers(_unowned(held))
    wanted, past = role_and_qualifiers(own)
    if past != had_past:
        return False
    if low in held:
        return had <= wanted or wanted <= had
    # "general secretary", of nothing that is told, and "the head of a union"
    leads = low in LEADERS and held[-1] in LEADERS
    return leads and all(is_role(word) or word in ("general", "managing") for word in held)


def _unowned(words: Sequence[str]) -> list[str]:
    """A role without whose it is: "trade chief" of "the bloc's trade chief"."""
    owners = (k for k, word in enumerate(words) if word in ("'s", "'") or word.endswith("'s"))
    ends = next((k for k, word in enumerate(words) if word in PREPOSITIONS), len(words))
    return list(words[max((k + 1 for k in owners if k < ends), default=0) : ends])


def _gender_told(tree: Tree, head: int) -> Gender:
    """The gender by the pronouns behind a noun: "A driver who stopped says he was glad"."""
    told = {word.low for word in tree.words[head + 1 :]} & {"he", "she"}
    return "" if len(told) != 1 else "m" if told == {"he"} else "f"
