"""Whom a phrase of a question means: "boris", "the uk prime minister", "republicans", "MBS".

By name first, then by office; a name that is only like one, or half of one, is kept apart, for it
may be somebody else's. Knows nothing of questions beyond the phrase.
"""

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import pairwise, product
from typing import Literal

from bot.query.nicknames import NICKNAMES
from bot.query.people.groups import (
    PARTIES,
    group_roles,
    is_kin,
    is_of_another,
    serves_another,
    without_unnamed,
)
from bot.query.people.name_score import (
    Match,
    all_roles,
    best,
    by_fame,
    elders,
    has_first_name,
    is_owner,
    is_with_article,
    name_score,
    reigns,
    titled,
)
from bot.query.people.other_names import offices_there, other_names
from bot.query.people.role_score import (
    CHIEFS,
    HEAD,
    PRESS,
    SHORT_KINDS,
    AskedRole,
    is_any_body,
    is_elsewhere,
    is_named_person,
    office_of,
    role_score,
)
from bot.query.people.speaking_for import (
    by_other_names,
    for_country,
    only_head_of,
    only_speaking_for,
    speaking_for,
)
from bot.query.typed.spelling import common_words, is_alike
from index.archive.register import Register
from index.attribution.people.identities import (
    COUNTRIES,
    COUNTRIES_AND_STATES,
    Context,
    Identity,
    held_words,
)
from index.corrections import name_key
from index.language.folding import BODY_WORDS, fold, is_description
from index.language.names import (
    BODIES,
    BODY_KINDS,
    BODY_NOUNS,
    FIRST_NAMES,
    PARTICLES,
    TITLES,
    is_role,
)
from index.language.offices import STOP, is_joint_office, role_words
from index.language.places import DEMONYMS, SEATS
from index.schema import Person


class Directory:
    """All people of an archive, and whom a phrase means."""

    def __init__(self, register: Register) -> None:
        """By who is who in one state of the archive."""
        self.register = register
        # A question asks several times for the same office.
        self._by_role = lru_cache(_KEPT)(self._find_by_role)

    @classmethod
    def gathered(
        cls,
        people: Iterable[tuple[str, Person]],
        context: dict[str, Context],
    ) -> "Directory":
        """Of people who are in no archive; see `Register.gathered`."""
        return cls(Register.gathered(people, context))

    def identity(self, article_id: str, name: str) -> Identity | None:
        """Whom a name stands for in an article; None if the article has nobody of that name."""
        return self.register.identity(article_id, name)

    def people_of(self, articles: frozenset[str]) -> tuple[Identity, ...]:
        """Everybody whom one of the articles speaks of."""
        return self.register.people_of(articles)

    def spellings(self, identity: Identity) -> tuple[str, ...]:
        """All names by which articles have somebody."""
        return self.register.spellings(identity)

    def mentions(self, phrase: str) -> frozenset[str]:
        """The articles that have all the words of a phrase, though it may name nobody."""
        wanted = set(role_words(phrase))
        return self.register.mentions(wanted) if wanted else frozenset()

    def match(self, phrase: str, *, near: bool = True) -> tuple[Match, ...]:
        """Everybody the phrase may mean, best first: by name, else by role.

        Else, unless `near` is not wanted, by a name that is spelt much like it.
        """
        if (plain := without_unnamed(phrase)) != phrase and not self.named(phrase):
            found = self.match(plain, near=False)
            return tuple(m for m in found if is_description(m.identity.name))
        found = self._match(phrase, near=near)
        known = {match.identity for match in found}
        houses = for_country(self.register, phrase)
        return (*found, *(match for match in houses if match.identity not in known))

    def _match(self, phrase: str, *, near: bool) -> tuple[Match, ...]:
        named = self.named(phrase)
        words = [word for word in fold(phrase) if word != "the"]
        with_article = phrase.lower().startswith(("the ", "a ", "an "))
        regnal: tuple[Match, ...] = ()
        office = office_of(phrase) or (words[-1] if self._ends_in_office(words) else None)
        is_short = "_".join(words) in _SHORT_NAMES or bool(other_names(phrase))
        if (with_article or office) and not is_short:
            # "the mayor" is no Mr Mayor, and "the president of Turkey" not the country.
            regnal = tuple(match for match in named if reigns(match.identity, words))
            named = tuple(match for match in named if is_with_article(match, words, office))
        if DEMONYMS.keys() >= set(words):
            # "china" is whoever speaks for it, and no "Russia and China".
            own = (match for match in named if " and " not in match.identity.name)
            named = best((*own, *self._by_role(phrase)), _SURE_MARGIN)
        found = named or regnal or self._by_role(phrase) or self._by_reworded_role(phrase)
        persons = tuple(match for match in found if not match.identity.is_body)
        if office and persons and not named:
            return persons  # "the US secretary of state" is nobody else who is of the US
        if found and (named or with_article):
            return (*found, *speaking_for(self.register, phrase, found))
        found = found or self._body_by_initials(phrase) or only_speaking_for(self.register, phrase)
        if found or is_of_another(fold(phrase)[:-1]):
            return found
        found = self._by_last_name(phrase)
        # "the finger" is no Fingar, nor "Poland's president" a Presidio.
        is_name = not with_article and words[-1:] != [office]
        return found or (self._by_near_name(phrase) if near and is_name else ())

    def named(self, phrase: str) -> tuple[Match, ...]:
        """Everybody the phrase may mean by a name: whole, last, first, short or in initials."""
        phrase = self.register.aliases.get(name_key(phrase), phrase)
        if found := tuple(by_other_names(self.register, other_names(phrase))):
            return found
        found = self._by_name(phrase)
        first, *rest = fold(phrase) or [""]
        if first in PARTICLES and rest:  # "de haan" is DeHaan as well
            found = best((*found, *self._by_name("".join((first, *rest)))))
        return found or self._by_short_name(phrase) or self._by_initials(phrase)

    def alike(self, phrase: str) -> tuple[Identity, ...]:
        """Persons with a name like the phrase, best known first; whether they are meant, who knows.

        Those with its last name but another first name, or with one that is spelt much like it.
        """
        words = fold(phrase)
        if is_of_another(words[:-1]):
            return ()
        last = self.register.called(words[-1]) if len(words) > 1 else ()
        namesakes = [i for i in last if i.words[-1] == words[-1] and not i.is_body]
        near = [match.identity for match in self._by_near_name(phrase)]
        return tuple(by_fame(namesakes or near))[:_ALIKE]

    def misspelt(self, phrase: str) -> str | None:
        """The name that a phrase of several words has but for one word; None if not surely one.

        That is one letter off, or sounds the same: "nikki hailey" is Nikki Haley, "carry lam"
        Carrie Lam; "steve pompeo" is not surely Mike Pompeo, and "south africa" no South African.
        """
        words = fold(phrase)
        found = {
            meant.name: " ".join(changed)
            for n, word in enumerate(words)
            if word not in DEMONYMS
            for near in self.register.names_like(word, _NEAREST, _NEAR_NAME)
            if is_alike(word, near) and f"{near}s" != word != f"{near}es"
            for changed in [[*words[:n], near, *words[n + 1 :]]]
            for meant in self.register.called(near)
            if set(changed) <= set(meant.words)
        }
        return found.popitem()[1] if len(words) > 1 and len(found) == 1 else None

    def group(self, phrase: str) -> tuple[Identity, ...]:
        """Everybody of a group: "republicans", "uk politicians", "the scientists"."""
        if (plain := without_unnamed(phrase)) != phrase:
            return tuple(who for who in self.group(plain) if is_description(who.name))
        typed = fold(phrase)
        words = [word for word in typed if word not in STOP]
        head = next((word for word in words if group_roles(word)), None)
        if head is None or len(words) > _LONGEST_GROUP:
            return ()
        behind = typed[typed.index(head) + 1 :]
        if not (BODIES | BODY_NOUNS).isdisjoint(behind[:1]):
            return ()  # "the governors office" is no governor
        roles = group_roles(head)
        others = role_words(" ".join(word for word in words if word != head))
        found = {
            identity: belonging
            for identity in self.register.holding(roles | {head}, frozenset(others))
            if (belonging := self._belongs(identity, head, roles, others))
        }
        # Where roles have a word ("Labour MP"), who has it nowhere but in the article is no member.
        told = "told" in found.values() and not COUNTRIES_AND_STATES.issuperset(others)
        return tuple(by_fame(who for who, how in found.items() if how == "told" or not told))

    def _belongs(
        self, identity: Identity, head: str, roles: frozenset[str], others: Sequence[str]
    ) -> Literal["told", "likely"] | None:
        """Whether somebody has such a role with the other words, or in an article that has them."""
        if identity.is_body and head not in fold(identity.name):
            return None
        is_other_place = is_elsewhere(others, all_roles(identity) | identity.role_words)
        likely, is_anothers = False, all(serves_another(frozenset((role,))) for role in roles)
        for article in identity.articles:
            role = identity.role_in(article)
            named = head in fold(identity.name) or (
                is_description(identity.name) and not roles.isdisjoint(identity.role_words)
            )
            if roles.isdisjoint(role) and not named:
                continue
            held = role | identity.role_words
            if held.issuperset(others):
                return "told"
            if is_anothers and any(map(self.is_name, role.difference(others))):
                continue  # "a lawyer for Reed" is none of Lee's lawyers
            context = self.register.context(article)
            likely = likely or all(
                w in held or (context.has(w) and w not in PARTIES) for w in others
            )
        return "likely" if likely and not is_other_place else None

    def is_name(self, word: str) -> bool:
        """Whether a folded word is (part of) a name: of somebody here, or of a place."""
        if is_role(word) or group_roles(word):
            return False
        return self.register.is_called(word) or word in DEMONYMS

    def describes(self, phrase: str) -> bool:
        """Whether a phrase describes somebody ("the criminologist") rather than naming them."""
        words = fold(phrase.lower().partition(" of ")[0])
        if not words or words[0] in ("the", "a", "an"):
            return bool(words)
        return words[-1] in TITLES or self.register.is_role_head(words[-1])

    def _by_name(self, phrase: str) -> tuple[Match, ...]:
        words = [word for word in fold(phrase) if word != "the"]
        for length in range(len(words), 0, -1):
            before, tail = words[:-length], words[-length:]
            matches = [
                Match(identity, score + 0.1 * titled(before, identity))
                for identity in self.register.called(tail[-1])
                if (score := name_score(tail, identity))
                and self._fits(before, identity, phrase)
                and (identity.is_body or not has_first_name(phrase, before, identity))
            ]
            if matches:
                return best(elders(matches))
        return self._by_first_name(words)

    def _by_first_name(self, words: Sequence[str]) -> tuple[Match, ...]:
        """Somebody whom the articles give no last name: "bernadette chirac" is Bernadette."""
        if not words or is_role(words[-1]) or words[0] in DEMONYMS:
            return ()
        alone = (identity for identity in self.register.called(words[0]))
        return best(
            Match(identity, 0.8)
            for identity in alone
            if identity.words == (words[0],)
            and self.register.are_told(set(words), identity.articles)
        )

    def _by_short_name(self, phrase: str) -> tuple[Match, ...]:
        """As "mike pompeo" for Michael Pompeo, "bojo" for Boris Johnson, "tehran" for Iran."""
        words = [word for word in fold(phrase) if word != "the"]
        meant = [(word, *_SHORT_NAMES.get(word, ())) for word in words]
        if (whole := "_".join(words)) in _SHORT_NAMES:
            meant = [(whole, *_SHORT_NAMES[whole])]
        wordings = (" ".join(each).replace("_", " ") for each in product(*meant))
        found = (self._by_name(wording) for wording in wordings if wording != " ".join(words))
        return next((each for each in found if each), ()) if len(words) <= _LONGEST_NAME else ()

    def _by_initials(self, phrase: str) -> tuple[Match, ...]:
        """As "MBS" for Mohammed bin Salman, a person."""
        letters = phrase.strip(" .").replace(".", "").lower()
        if not 3 <= len(letters) <= 5 or not letters.isalpha():
            return ()
        return best(
            Match(identity, 0.9)
            for identity in self.register.with_initials(letters)
            if not identity.is_body
        )

    def _body_by_initials(self, phrase: str) -> tuple[Match, ...]:
        """A body that articles only write out: "the IMF", the International Monetary Fund."""
        words = [word for word in phrase.replace(".", "").split() if word.lower() != "the"]
        if len(words) != 1 or len(words[0]) == 1 or words[0] in common_words():
            return ()
        found = self.register.with_initials(words[0].lower())
        return best(Match(identity, 0.9) for identity in found if identity.is_body)

    def _fits(self, before: Sequence[str], identity: Identity, phrase: str) -> bool:
        """Whether what stands before the name is a title, a role or from the person's articles.

        "gates foundation's hensman" is Carl Hensman; "jo johnson" is not Boris Johnson.
        """
        last = before[-1] if before else ""
        is_name = not is_role(last) and not is_owner(last, phrase)
        is_another = is_name and self._is_first_name_of_another(last, identity)
        if is_another or is_of_another(before):
            return False
        if identity.is_body:
            return set(role_words(" ".join(before))) <= identity.role_words
        known = all_roles(identity)
        wanted = role_words(" ".join(raw for raw in before if raw not in TITLES))
        told = self.register.are_told
        return all(w in known or told({w}, identity.articles) for w in wanted)

    def _is_first_name_of_another(self, word: str, identity: Identity) -> bool:
        persons = (other for other in self.register.called(word) if not other.is_body)
        return any(
            other.words[0] == word and other != identity and not is_description(other.name)
            for other in persons
        )

    def _by_last_name(self, phrase: str) -> tuple[Match, ...]:
        """The only person of that last name, where an office stands before it.

        "writer flegenheimer" is Matt Flegenheimer, though no article calls him a writer: not
        surely, and never with another first name.
        """
        *before, last = [word for word in fold(phrase) if word != "the"] or [""]
        namesakes = [
            identity
            for identity in self.register.called(last)
            if identity.words[-1] == last
            and len(identity.words) > 1
            and not identity.is_body
            and not is_description(identity.name)
        ]
        if len(namesakes) != 1 or not before or is_role(last):
            return ()
        return (Match(namesakes[0], 0.7),) if is_role(before[-1]) else ()

    def _find_by_role(self, phrase: str) -> tuple[Match, ...]:
        wanted = role_words(phrase)
        if not wanted or not self._is_office(phrase, wanted):
            return ()
        # "police chief of X": what stands before "of" ends with what "X's police chief" ends with.
        if office_of(phrase) and len(wanted) == 1:
            return ()  # "united's chief": whose, none of the words that are compared tells
        before, *placed = re.split(r" (?:of|from) ", phrase.lower(), maxsplit=1)
        head = ((placed and role_words(before)) or wanted)[-1]
        others = frozenset(wanted) - {head}
        heads = {head} | (CHIEFS if head == HEAD else frozenset())
        heads |= PRESS if head == "spokesperson" and others else frozenset()
        body = self._body_in(placed[0] if placed else phrase, head)
        asked = AskedRole(wanted, head, body, frozenset(held_words(phrase)))
        matches = [
            Match(identity, score)
            for identity in self._who_may_hold(heads, others)
            if (score := role_score(asked, identity, self.register.context)) >= _MIN_ROLE_SCORE
        ]
        # Whose role says it all leaves no room for those whose article says the rest.
        is_sure = any(match.score >= 1 for match in matches)
        found = best(matches, _SURE_MARGIN if is_sure else _ROLE_MARGIN)
        if not is_any_body(wanted):
            return found
        staff = (m for m in matches if is_named_person(m.identity) and m not in found)
        return (*found, *best(staff))

    def _who_may_hold(self, heads: Set[str], others: frozenset[str]) -> Iterable[Identity]:
        """Those who have an office, the other words beside it, or a body that is called so.

        A "union" may be told by no more than Workers: these may have any office.
        """
        found = dict.fromkeys(self.register.holding(heads, others))
        if kinds := others & SHORT_KINDS:
            nouns = {noun for noun, called in BODY_KINDS.items() if not kinds.isdisjoint(called)}
            found |= dict.fromkeys(self.register.holding(nouns, others - kinds))
        return found

    def _body_in(self, phrase: str, head: str) -> frozenset[str]:
        """The words of a body that a role names: "the world health organization" of its chief."""
        *others, last = fold(phrase)
        words = others if role_words(last) == [head] else [*others, last]
        named = self._by_name(" ".join(words))
        bodies = (match.identity.role_words for match in named if match.identity.is_body)
        wanted = frozenset(role_words(" ".join(words)))
        return next((body for body in bodies if len(body) > 1 and body <= wanted), frozenset())

    def _by_reworded_role(self, phrase: str) -> tuple[Match, ...]:
        """By role, where it has another form of a word: "cali governor", "serena's coach".

        Of a place another name or spelling, of a first name the last that goes with it.
        """
        words = [word for word in fold(phrase) if word not in STOP]
        if not any(is_role(word) or is_kin(word) or word in _LONG_ROLES for word in words):
            return ()
        there = next(filter(None, map(self._by_role, offices_there(phrase))), ())
        if found := there or only_head_of(self.register, phrase):
            return found
        wordings = (
            re.sub(rf"(?i)\b{re.escape(word)}\b", other.replace("_", " "), phrase)
            for word in words[:_LONGEST_NAME]
            for other in (*_SHORT_NAMES.get(word, ()), *self._last_names(word))
        )
        return next((found for each in wordings if (found := self._by_role(each))), ())

    def _last_names(self, first: str) -> tuple[str, ...]:
        """The last name of the one who is known best by a first name; none of nobody known so."""
        if first in DEMONYMS.keys() - FIRST_NAMES:
            return ()
        called = [who for who in self.register.called(first) if first == who.words[0]]
        persons = [who for who in called if len(who.words) > 1 and not who.is_body]
        return tuple(who.last for who in by_fame(persons)[:1])

    def _ends_in_office(self, words: Sequence[str]) -> bool:
        """Whether several words end in what is nobody's last name: "vice president"."""
        if is_joint_office(words):
            return True  # "attorney general", though there is a Dollar General
        return len(words) > 1 and is_role(words[-1]) and not self._is_last_name(words[-1])

    def _is_office(self, phrase: str, wanted: Sequence[str]) -> bool:
        """Whether a phrase names an office or says who somebody is, and not a place or a thing."""
        if COUNTRIES.issuperset(wanted):
            return True
        words = fold(phrase)
        heads = {words[-1], *(word for word, tie in pairwise(words) if tie in ("of", "from"))}
        return any(
            is_role(head)
            or is_kin(head)
            or (self._may_be_office(head) and not self._is_last_name(head))
            for head in heads
        )

    def _may_be_office(self, head: str) -> bool:
        if head in _LONG_ROLES or head in BODY_WORDS - {"house"}:
            return True
        return head not in BODIES and self.register.is_role_head(head)

    def _is_last_name(self, word: str) -> bool:
        """Whether somebody is called so; "party leader Ann Lee" may stand as a role, too."""
        return any(
            identity.words[-1] == word and not is_description(identity.name)
            for identity in self.register.called(word)
            if not identity.is_body
        )

    def _by_near_name(self, phrase: str) -> tuple[Match, ...]:
        """Another spelling of a last name: "zelenskyy" for Zelensky."""
        words = [word for word in fold(phrase) if word not in STOP]
        near = self.register.names_like(words[-1], 1, _NEAR) if words else []
        if not near or min(len(words[-1]), len(near[0])) < _MIN_NEAR_LETTERS:
            return ()
        return self._by_name(" ".join([*words[:-1], near[0]]))


_KEPT = 64  # phrases
_MIN_ROLE_SCORE = 0.6
# "zimbabwe's president" may be the one the article only calls "President": the evidence decides.
_ROLE_MARGIN = 0.2
_SURE_MARGIN = 0.05
_ALIKE = 4
_LONGEST_GROUP = 5  # words
_LONGEST_NAME = 4
_SIDES = {"prosecution": ("prosecutor",), "defence": ("defence_lawyer",)}
_SHORT_NAMES = {seat: tuple(sorted(at)) for seat, at in SEATS.items()} | NICKNAMES | _SIDES
_LONG_ROLES = frozenset(
    "pm fm vp potus flotus ceo prosecution defence".split()
)  # forms that are no role words
_NEAR, _NEAR_NAME = 0.85, 0.7
_NEAREST = 10
_MIN_NEAR_LETTERS = 5
