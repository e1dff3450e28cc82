"""Finds out whom a mention stands for in an article: a name, "he", "the president", "the ministry".

Knows nothing of cues: `index.attribution.statements` asks it about each speaker's mention in turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.attribution.authors import Authors
from index.attribution.grammar.clauses import (
    SUBJECTS,
    antecedent,
    is_behind_participle,
)
from index.attribution.grammar.phrases import Range, joins, phrase
from index.attribution.people.apposition import Apposition
from index.attribution.people.bodies import Bodies
from index.attribution.people.entity import Entity, Occurrence
from index.attribution.people.groups import Groups
from index.attribution.people.holders import Holders, told_of
from index.attribution.people.introductions import Introductions
from index.attribution.people.mention_context import MentionContext, partners_of
from index.attribution.people.name_context import tells_of_another
from index.attribution.people.name_ends import SMALL_WORDS
from index.attribution.people.naming import plain_word
from index.attribution.people.referents import (
    Referent,
    is_agent,
    is_epithet,
    is_joined,
    is_neutral,
    is_office_alone,
    is_plural_role,
    is_subject,
    is_told_of,
    main_subject,
    names_body,
    names_text,
    owns_first,
    referent_of,
    said_by,
    topicality,
)
from index.language.names import GENDER_OF_PRONOUN, GENDERED, GROUPS, Gender, is_role
from index.language.syntax import Tree
from index.language.words import DETERMINERS

# How many sentences back a pronoun may reach, and for somebody who may be a place or a body.
_REACH = 6
_SURELY_NEAR = 2
_FURTHEST = 20  # the same of the one man, or woman
# Their capital at the head of a sentence makes no name of what they open.
_INDEFINITE = DETERMINERS - frozenset("the this that these those his her its their".split())
_OWNERS = frozenset("his her their its".split())


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of an article, to be asked in the order of its text."""

    text: str
    trees: Sequence[Tree]
    occurrences: Sequence[Sequence[Occurrence]]
    # What each sentence so far is about: its speakers, its subjects, all others.
    focus: list[list[Referent]] = field(default_factory=list)
    # "a spokesman" and the like, by their head, for "the spokesman" later on.
    phrases: dict[str, Referent] = field(default_factory=dict)
    # Who has spoken so far in the sentence, the last first.
    speaking: list[Referent] = field(default_factory=list)
    beside: Apposition = field(init=False)
    context: MentionContext = field(init=False)
    authors: Authors = field(init=False)
    holders: Holders = field(init=False)
    introductions: Introductions = field(init=False)
    groups: Groups = field(init=False)
    bodies: Bodies = field(init=False)

    def __post_init__(self) -> None:
        self.beside = Apposition(self.trees, self.occurrences)
        self.context = MentionContext(self.text, self.trees, self.occurrences, self.beside)
        self.authors = Authors(self.text, self.trees, self._named)
        self.holders = Holders(self.trees, self.occurrences, self.focus)
        self.introductions = Introductions(self.trees, self.occurrences)
        self.groups = Groups(self.text, self.trees, self.occurrences)
        self.bodies = Bodies(self.holders, self.phrases)

    def begin_sentence(self, number: int) -> None:
        """Begin a sentence: what it is about is what later pronouns may stand for."""
        while len(self.focus) <= number:
            self.focus.append([])
            self.speaking.clear()
            self.focus[-1].extend(self._topics(len(self.focus) - 1))
            self.authors.note(len(self.focus) - 1)

    def note_speaker(
        self, number: int, referent: Referent, *, nested: bool, aside: bool = False
    ) -> None:
        """Note who spoke in a sentence: the likeliest to be spoken of in the next.

        Who speaks `aside` is less likely than its subject.
        """
        small = referent.name.lower() in SMALL_WORDS - GENDER_OF_PRONOUN.keys()
        if small and referent.entity is None:
            return  # "Nothing"
        nobody = names_body(referent.name) or names_text(referent.name)
        if referent.entity is None and not referent.plural and not nobody:
            referent = replace(referent, human=True)
        last = len(self.focus[number]) if nested or aside else 0
        self.focus[number].insert(last, referent)
        if not nested:
            self.speaking.insert(0, referent)
            self.authors.spoken.append((number, referent))

    def resolve(
        self,
        number: int,
        head: int,
        named: frozenset[str] = frozenset(),
        asker: frozenset[str] = frozenset(),
    ) -> Referent:
        """Whom the phrase of a head stands for; a pronoun not for who is named in what it says.

        `named` has the words of what is said, folded, `asker` the last name of who has just asked.
        """
        low = self.trees[number].words[head].low
        if (author := self.authors.of(number, head)) is not None:
            return author
        if low in GENDER_OF_PRONOUN:
            return self._pronoun(number, head, GENDER_OF_PRONOUN[low], named | asker)
        if low in ("they", "it", *_OWNERS):
            return self._neuter(number, head, plural=low in ("they", "their"))
        if low in ("who", "which", "that"):
            above = antecedent(self.trees[number], head)
            return Referent(low) if above is None else self.resolve(number, above)
        if (person := self.holders.by_age(number, head)) is not None:
            return person
        if is_epithet(self.trees[number], head):
            person = self.holders.by_people(number, head, self.speaking)
            if person is not None:
                return person
        if (group := self.groups.beside(number, head)) is not None:
            return group.referent
        known_as = self._named(number, head)
        if known_as is not None:
            return referent_of(known_as)
        found = self._described(number, head)
        asked = found.entity is not None and plain_word(found.name.split()[-1]) in asker
        # "The lawyer" is who is told to be one, though the question seems to be theirs.
        told = found.entity is not None and low in told_of(found.entity)
        return self._worded(number, head)[0] if asked and not told else found

    def other_person(self, number: int, who: str, but: str) -> Entity | None:
        """The one person "he" or a name means in somebody's own words, who is not them."""
        gender, near = (
            GENDER_OF_PRONOUN.get(who.lower()),
            (*self.focus[number], *self.holders.earlier(number, 2)),
        )
        people = {id(r.entity): r for r in near if r.entity is not None and r.entity.name != but}
        last = plain_word(who.split()[-1])
        fitting = [
            r.entity
            for r in people.values()
            if r.entity is not None and (r.gender == gender if gender else last in r.entity.keys)
        ]
        return fitting[0] if len(fitting) == 1 else None

    # Salience

    def _topics(self, number: int) -> Iterator[Referent]:
        tree = self.trees[number]
        groups = self.groups.enter(number)
        yield from (group.referent for group in groups if group.acting and group.sure)
        if tree.words and tree.words[0].low in ("his", "her"):
            self.resolve(number, 0)  # tells whether who is spoken of is a man or a woman
        for head, role in enumerate(tree.roles):
            low = tree.words[head].low
            if role in SUBJECTS and low in ("he", "she", "they", "it"):
                referent = self.resolve(number, head)
                # Of nobody known but by "a veteran" it must be sure that "she" is right behind it.
                surely = bool(referent.gender) and " " in referent.name
                if referent.entity is not None or referent.plural or surely:
                    yield referent
                break
        main = main_subject(tree)
        names = self.occurrences[number]
        if main is not None:
            yield from self._told_of(number, main, [o for o in names if o.entity.is_person])
        for occurrence in sorted(names, key=lambda o: topicality(tree, o)):
            yield referent_of(occurrence.entity)

    def _told_of(self, number: int, head: int, people: Sequence[Occurrence]) -> Iterator[Referent]:
        """Whom a sentence is about who is not named there, or not by name.

        "The officer", if it is not told who that is, only beside what another owns, who is the
        less likely then: "The officer spoke to Lee's children. He was calm."
        """
        tree = self.trees[number]
        told, office = is_told_of(tree, head), is_office_alone(tree, head, people)
        if not (told or office) or self._named(number, head) is not None:
            return
        found = self._described(number, head)
        owners = (tree.roles[o.name[1] - 1] == "poss" for o in people)
        if told or found.entity is not None or (people and all(owners)):
            yield found

    def _pronoun(
        self, number: int, head: int, gender: Gender, named: frozenset[str] = frozenset()
    ) -> Referent:
        tree = self.trees[number]
        if (just := self._despite_name(number, head, gender)) is not None:
            return just
        before = [o for o in self.occurrences[number] if o.part[1] <= head]
        before = [] if is_behind_participle(tree, head) else before
        same = [o for o in before if is_subject(tree, o) or owns_first(tree, o)]
        same += [o for o in before if is_agent(tree, o) and o.name[0] not in said_by(tree, head)]
        near = (*self.speaking, *(referent_of(o.entity) for o in same))
        close = (*near, *(self.focus[number - 1] if number else ()))
        other = any(referent.fits(gender) for referent in close)
        kin = None if other else self.context.kin(number, head, gender)
        if kin is not None and (meant := self._described(*kin)).entity is None:
            return replace(meant, gender=gender)
        first = max(self.context.opening(number), number - 1)
        near = (*near, *self.holders.earlier(number, number - first))
        other = any(referent.fits(gender) for referent in near)
        just = None if other else self.context.unsure(number, head, gender, first)
        near = near if just is None else (*near, just)
        for referent in (*near, *self.holders.earlier(first, _REACH - number + first)):
            entity = referent.entity
            if entity is None and plain_word(referent.name.split()[-1]) in named:
                continue
            if entity is not None and (entity.last in named or entity.keys[0] in named):
                continue
            if referent.fits(gender):
                if self._has_equal(referent, gender, number):
                    break
                self._learn(number, head, referent, gender)
                return referent
        found = self._later(number, head, gender) or self._unnamed(number, head, gender)
        found = found or self.context.unsure(number, head, gender, number - _SURELY_NEAR)
        found = found or self._only_one(number, gender)
        found = found or self._despite_name(number, head, gender, apart=True)
        return found or Referent(tree.words[head].text, gender, human=True)

    def _learn(self, number: int, head: int, referent: Referent, gender: Gender) -> None:
        """Note somebody's gender by a pronoun that nobody else near can be meant by."""
        here = (referent_of(o.entity) for o in self.occurrences[number] if o.part[1] <= head)
        near = (*self.speaking, *here, *self.holders.earlier(number, 1))
        others = any(r.entity is not referent.entity and r.fits(gender) for r in near)
        if referent.entity is not None and referent.entity.is_person and not others:
            referent.entity.gender = referent.entity.gender or gender
            referent.entity.called = gender

    def _despite_name(
        self, number: int, head: int, gender: Gender, *, apart: bool = False
    ) -> Referent | None:
        """Who has just spoken, alone in a paragraph, whose first name may be the other sex's, too.

        "Economist Harpreet Gill said so. “It is,” he said."; `apart`, in the paragraph before, too.
        """
        if not number or self.speaking or not self.focus[number - 1]:
            return None
        just, before = self.focus[number - 1][0].entity, self.trees[number - 1]
        if just is None or just.gender == gender or not just.is_guessed:
            return None
        first = self.context.opening(number)
        if (first == number and not apart) or not self.context.is_alone(
            just, min(first, number - 1), number
        ):
            return None
        here = any(o.part[1] <= head for o in self.occurrences[number])
        spoke, acts = main_subject(before), main_subject(self.trees[number])
        if here or acts != head or spoke is None or self._named(number - 1, spoke) is not just:
            return None
        just.gender = just.called = gender
        return referent_of(just)

    def _only_one(self, number: int, gender: Gender) -> Referent | None:
        """The one man, or woman, of whom an article has told so far."""
        told = [*self.focus[number], *self.holders.earlier(number, _FURTHEST)]
        if any(r.entity is None and r.fits(gender) and r.gender for r in told):
            return None  # "her father"
        people = {id(r.entity): r for r in told if r.entity is not None and r.fits(gender)}
        found = next(iter(people.values())) if len(people) == 1 else None
        return found if found is not None and found.gender == gender else None

    def _unnamed(self, number: int, head: int, gender: Gender) -> Referent | None:
        """Who alone is told of without a name right before: "Ann Lee sued a surgeon. He said"."""
        near = self.occurrences[max(0, number - 1) : number + 1]
        if any(referent_of(o.entity).fits(gender) for line in near for o in line):
            return None
        told = self.context.unnamed(number, head, gender)
        found = None if told is None else self._described(*told)
        if found is not None and found.entity is None:
            return replace(found, gender=gender, human=True)
        return found if found is not None and found.fits(gender) else None

    def _later(self, number: int, head: int, gender: Gender) -> Referent | None:
        """Whom "he" stands for in a clause that opens a sentence: "Though he said so, Lee left"."""
        tree = self.trees[number]
        subject = main_subject(tree)
        opens = tree.tags[0] in ("IN", "WRB") and subject is not None and subject > head
        entity = self._named(number, subject) if opens and subject is not None else None
        found = None if entity is None else referent_of(entity)
        return found if found is not None and found.fits(gender) else None

    def _has_equal(self, referent: Referent, gender: Gender, number: int) -> bool:
        """Whether "he" may as well mean somebody who is named beside the one it seems to mean."""
        for earlier in range(number, max(-1, number - 1 - _REACH), -1):
            tree, line = self.trees[earlier], self.occurrences[earlier]
            own = [o for o in line if o.entity is referent.entity and o.entity is not None]
            if not own or any(r.entity is referent.entity for r in self.speaking):
                continue
            beside = {
                id(o.entity)
                for o in line
                if o.entity is not referent.entity
                and referent_of(o.entity).fits(gender)
                and not tells_of_another(tree, o.name)  # "the mayor of Velm, Ann Lee"
                and is_joined(tree, own[0], o)
            }
            return bool(beside)
        return False

    def _neuter(self, number: int, head: int, *, plural: bool) -> Referent:
        tree, line = self.trees[number], self.occurrences[number]
        inside = said_by(tree, head)  # not of "Velm was late, it said"
        acting = [o for o in line if o.part[1] <= head and is_subject(tree, o)]
        bodies = [o.entity for o in acting if o.entity.is_body and o.name[1] - 1 not in inside]
        here = [] if plural else [*map(referent_of, bodies)]
        main = main_subject(tree)
        if plural and main is not None and main < head and is_plural_role(tree, main):
            here = [self._worded(number, main)[0]]  # "Ten people came as they voiced"
        for referent in (*here, *self.holders.earlier(number, 2)):
            body = referent.entity is not None and referent.entity.is_body
            several = referent.plural or is_neutral(referent)
            if body or (several if plural else not (referent.human or referent.plural)):
                return referent
        return Referent(self.trees[number].words[head].text, plural=plural)

    # Names and descriptions

    def _named(self, number: int, head: int) -> Entity | None:
        """The entity whose name has the head, or is put right beside it: "the mayor, Ann Lee"."""
        found = self.beside.named(number, head)
        if found is not None and not self.beside.is_name(number, head):
            self.phrases[self.trees[number].words[head].low] = referent_of(found)
        return found

    def _worded(self, number: int, head: int) -> tuple[Referent, Range, bool]:
        """What a phrase means by its words alone, where they stand, and whether it joins two."""
        tree = self.trees[number]
        first, last = phrase(tree, head)
        if tree.words[first].low == "whose" and last > first + 1:
            first += 1
        last -= tree.tags[last - 1] == "POS" and last - 1 > head  # "the council's reply"
        low = tree.words[head].low
        joined = any(True for _ in joins(tree, head, first, last))
        words = self.text[tree.words[first].start : tree.words[last - 1].end].split()
        if tree.words[first].low in DETERMINERS:
            words[0] = words[0].lower()  # its capital is the sentence's
        own = Referent(
            " ".join(words),
            GENDERED.get(low, ""),
            plural=joined or tree.tags[head] in ("NNS", "NNPS") or low == "police" or low in GROUPS,
            human=low in GENDERED or is_role(low),
        )
        return own, (first, last), joined

    def _described(self, number: int, head: int) -> Referent:
        tree, low = self.trees[number], self.trees[number].words[head].low
        own, (first, last), joined = self._worded(number, head)
        lows = [w.low for w in tree.words[first:last]]
        definite = lows[0] in ("the", "this", "that")
        named = tree.words[first].is_name and lows[0] not in _INDEFINITE
        if not joined and (definite or named or first == head):
            found, is_unique = self.holders.holder(number, lows, low)
            if found is None and is_unique and low in GENDERED:  # "the proud father"
                kept = [k for k in range(first, last) if not tree.tags[k].startswith("JJ")]
                lows = [tree.words[k].low for k in kept]
                found, is_unique = self.holders.holder(number, lows, low)
            if found is None and is_unique and definite and is_role(low):
                found = self.introductions.told_later(number, lows)
            if found is not None or not is_unique:
                return found or own
        if definite and low in self.phrases and self.phrases[low].name.lower().endswith(lows[-1]):
            return self.phrases[low]
        if not joined and (meant := self._meant(number, head, first)) is not None:
            return meant
        # "the trust that runs it"
        another = tree.words[last % len(tree.words)].low in ("that", "which", "who")
        if (
            definite
            and not another
            and last - first < 4
            and (body := self.bodies.meant(number, head, plain=last - first == 2)) is not None
        ):
            return body
        if not definite:
            self.phrases[low] = own
        return own

    def _meant(self, number: int, head: int, first: int) -> Referent | None:
        """Whom a description means that no office tells, be it who is named only next."""
        known = self._known_as(number, head, first)
        return known or self.introductions.in_lead(number, head, first)

    def _known_as(self, number: int, head: int, first: int) -> Referent | None:
        """Whom a description means that no office tells: "the couple", "her husband"."""
        tree, lead = self.trees[number], self.trees[number].words[first].low
        low = tree.words[head].low
        if lead in ("his", "her", "their"):
            known = self.holders.by_kin(number, lead, low)
            if known is not None or lead == "their":
                return known
            owner = self._pronoun(number, first, GENDER_OF_PRONOUN[lead]).entity
            return self.introductions.kin_later(number, head, owner)
        if lead == "the" and low in GROUPS:
            group = self.groups.meant(low)
            return None if group is None else group.referent
        if lead == "the" and tree.tags[head] not in ("NNS", "NNPS"):
            found = self.holders.by_place(number, head, first)
            if found is None and tree.words[head].is_name:
                return None  # "the Evening Star"
            if found is None and head == first + 1:
                found = self.holders.by_field(number, low)
            found = found or self.holders.by_trade(number, head)
            just = self.authors.spoke_before(number)
            found = found or self.holders.by_turn(number, head, just)
            if found is None and number and self.context.opening(number) < number:
                found = self.introductions.told_next(number, head)
            return None if found is None or self._is_partner(number, head, found) else found
        return None

    def _is_partner(self, number: int, head: int, found: Referent) -> bool:
        """Whether somebody does something to whom a description means: "The judge told her"."""
        tree = self.trees[number]
        for k in partners_of(tree, head):
            gender = GENDER_OF_PRONOUN.get(tree.words[k].low)
            entity = self._pronoun(number, k, gender).entity if gender else self._named(number, k)
            if entity is not None and entity is found.entity:
                return True
        return False
