"""What a follow-up question is read in: who is who, and the event that was spoken of.

Knows nothing of how a question is read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from bot.query.people.calling import TYING, is_called, is_named
from bot.query.people.directory import Directory
from bot.query.people.groups import group_roles, is_kin
from bot.query.people.holders import has_name, holders, is_bare, is_well_known
from bot.query.people.role_score import is_any_body
from bot.query.typed.spelling import common_words
from index.attribution.people.identities import Identity
from index.language.folding import fold, is_description
from index.language.names import (
    BODY_KINDS,
    BODY_NOUNS,
    FIRST_NAMES,
    GENDERED,
    MEN,
    WOMEN,
    Gender,
    is_role,
)
from index.language.offices import role_words
from index.language.places import DEMONYMS
from index.language.stems import stems
from index.language.words import FUNCTION_WORDS

_LONGEST_NAME = 3  # words
_LONGEST_OFFICE = 4  # words
_SURELY = 0.6  # Match.score of the only one of a name: "boris", or "rossello" of two last names
_FOREMOST = 3  # times as often named as others
_NONE: frozenset[str] = frozenset()
_BODIES = BODY_NOUNS | BODY_KINDS.keys()


def _is_firm(who: Identity) -> bool:
    """Whether somebody is a body by name, or is told to be one and has no first name."""
    return who.is_body or (who.is_told_body and who.words[0] not in FIRST_NAMES)


class Event(NamedTuple):
    """The articles that were cited last, newest first: ids, the stems of their words, texts.

    `genders` has, by folded last name, what they call who speaks in them: "she", "Mr Lee".
    """

    articles: tuple[str, ...] = ()
    stems: frozenset[str] = _NONE
    texts: tuple[str, ...] = ()
    genders: Mapping[str, Gender] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a follow-up is read in: who is who, and the event that was spoken of.

    `happening` looks up the event and `following` the other articles of its story. Each is called
    when a question leans on it.
    """

    directory: Directory
    happening: Callable[[], Event] = Event
    following: Callable[[], frozenset[str]] = frozenset

    @property
    def event(self) -> frozenset[str]:
        """The ids of the articles that were cited last."""
        return frozenset(self.happening().articles)

    def story(self, talk: frozenset[str]) -> frozenset[str]:
        """The articles of the story of a talk: those cited in it, and what may go on with them."""
        return talk | self.following()

    @property
    def is_one_story(self) -> bool:
        """Whether the articles that were cited last tell of one event."""
        return len(self.event) == 1 or (bool(self.event) and self.event <= self.following())

    @property
    def stems(self) -> frozenset[str]:
        """The stems of their words."""
        return self.happening().stems

    def is_speaker(self, phrase: str) -> bool:
        """Whether a phrase is somebody whom the archive knows; a place is a topic."""
        if DEMONYMS.keys() >= set(fold(phrase)) - {"the"}:
            return False
        return is_called(phrase, self.directory) or bool(self.directory.group(phrase))

    def is_named(self, phrase: str) -> bool:
        """Whether a phrase alone names a speaker; a place is a topic."""
        return self.is_speaker(phrase) and is_named(phrase, self.directory)

    def has(self, phrase: str, story: frozenset[str] = _NONE) -> bool:
        """Whether somebody of that name, office or group is in the event, or in its story."""
        matches = (match.identity for match in self.directory.match(phrase))
        people = (*matches, *self.directory.group(phrase))
        there = story or self.event
        return not there or any(not there.isdisjoint(who.articles) for who in people)

    def is_group(self, phrase: str) -> bool:
        """Whether a phrase is a group and no more, "the residents", that the archive has."""
        words = [word for word in fold(phrase) if word != "the"]
        is_short = 0 < len(words) <= _LONGEST_NAME and FUNCTION_WORDS.isdisjoint(words)
        return is_short and bool(group_roles(words[-1]) and self.directory.group(phrase))

    def is_kind(self, phrase: str) -> bool:
        """Whether a phrase is a kind of body, and nobody's name: "the union"."""
        is_definite = fold(phrase)[:1] == ["the"]
        return is_definite and is_any_body(role_words(phrase)) and not self.is_called(phrase)

    def is_side(self, phrase: str) -> bool:
        """Whether a phrase is a side that tells not of what: "the opposition", "the fans".

        Not one that the event has by that name, nor a group that the archive has.
        """
        the, *words = fold(phrase) or [""]
        if the != "the" or not words or has_name(words, self.directory):
            return False
        is_unknown = bool(group_roles(words[-1])) and not self.directory.group(phrase)
        return (words[-1] in BODY_NOUNS or is_unknown) and not self.has(phrase)

    def gender(self, name: str) -> Gender:
        """What the event calls somebody, else what the first name tells; "" is not known."""
        words = fold(name) or [""]
        by_name: Gender = "m" if words[0] in MEN else "f" if words[0] in WOMEN else ""
        return self.happening().genders.get(words[-1]) or by_name

    def only(self, people: Iterable[str], sex: Gender) -> str | None:
        """The only one surely of a sex, else the only one who may be; None of several."""
        genders = {name: self.gender(name) for name in people}
        may_be = [name for name, gender in genders.items() if gender in (sex, "")]
        sure = [name for name in may_be if genders[name] == sex]
        return next((each[0] for each in (sure, may_be) if len(each) == 1), None)

    def is_of_event(self, name: str) -> bool:
        """Whether somebody of that name is a person of the event."""
        people = (match.identity for match in self.directory.named(name))
        return any(not _is_firm(w) and not self.event.isdisjoint(w.articles) for w in people)

    def genders(self, phrase: str, story: frozenset[str]) -> frozenset[Gender]:
        """What those who may be meant can be, in a story if they are in it; "" is not known.

        Of "her brother", who is not known by name, by the word for him.
        """
        people = [match.identity for match in self.directory.named(phrase)]
        people = [who for who in people if not is_description(who.name)]
        if people and all(map(_is_firm, people)):
            return frozenset()  # a court is no "he", nor is a firm
        head = fold(phrase.partition(" of ")[0])[-1:]
        is_told = not people and any(is_role(word) or is_kin(word) for word in head)
        if not people and not is_told and not _BODIES.isdisjoint(head):
            return frozenset()
        if is_told and head[0] in GENDERED:
            return frozenset((GENDERED[head[0]],))
        if is_told:
            held = (match.identity for match in self.directory.match(phrase, near=False))
            people = [who for who in held if not who.is_body]
        there = [who for who in people if not story.isdisjoint(who.articles)]
        known = frozenset(self.gender(who.name) for who in there or people)
        return known or frozenset(("" if is_told else self.gender(phrase),))

    def has_name(self, phrase: str) -> bool:
        """Whether a phrase has a name: "lee of the coast guard", and not "the police".

        Nor "the observers" of whom one is called "observers from the EU".
        """
        words = fold(phrase)
        is_word = words[:1] == ["the"] and len(words) == 2
        is_nobodys = is_word and not self.is_called(phrase)
        return not is_nobodys and has_name(words, self.directory)

    def is_person(self, phrase: str) -> bool:
        """Whether a phrase is the name of a person whom the archive knows."""
        is_place = DEMONYMS.keys() >= set(fold(phrase))
        people = [match.identity for match in self.directory.named(phrase)]
        return not is_place and bool(people) and not any(map(_is_firm, people))

    def named_in(self, text: str) -> Iterator[tuple[str, str]]:
        """The persons whom a text surely names: as it has them, and their names."""
        return self._persons(text, by_office=False)

    def persons_in(self, text: str) -> Iterator[tuple[str, str]]:
        """The same, and whom it has by an office: "the foreign minister of Mali".

        By name, where one person is known to have it. A name inside is nobody's.
        """
        return self._persons(text, by_office=True)

    def _persons(self, text: str, *, by_office: bool) -> Iterator[tuple[str, str]]:
        words, n = fold(text), 0
        while n < len(words):
            if by_office and (end := self._end_of_role(words, n)):
                phrase = " ".join(words[n:end])
                name = self._in_office(phrase) or phrase
                yield name, name
                n = end
                continue
            ends = range(min(len(words), n + _LONGEST_NAME), n, -1)
            found = ((end, self._surely(words[n:end])) for end in ends)
            end, named = next((pair for pair in found if pair[1]), (n + 1, None))
            is_things = end == n + 1 and words[n - 1 : n] == ["the"]  # "the Lee trial"
            if named and not is_things:
                yield " ".join(words[n:end]), named
            n = end

    def of_sex(self, office: str, sex: Gender) -> str | None:
        """The only one surely of a sex of several who had an office; None where it is a name."""
        if self.directory.named(office):
            return None
        held = {match.identity.name for match in self.directory.match(office, near=False)}
        sure = [name for name in held if self.gender(name) == sex]
        return sure[0] if len(held) > len(sure) == 1 else None

    def _end_of_role(self, words: Sequence[str], start: int) -> int:
        """Where "the foreign minister of Mali" ends that begins there; 0 where none does."""
        if words[start] != "the":
            return 0
        last = range(start + 1, min(len(words), start + 1 + _LONGEST_OFFICE))
        ends = [
            n for n in last if is_role(words[n]) and FUNCTION_WORDS.isdisjoint(words[start + 1 : n])
        ]
        if not ends:
            return 0
        end = ends[-1] + 1
        is_of = words[end : end + 1] == ["of"] and len(words) > end + 1
        names = (n for n in range(end + 1, len(words)) if not self.directory.is_name(words[n]))
        return next(names, len(words)) if is_of and self.directory.is_name(words[end + 1]) else end

    def _in_office(self, phrase: str) -> str | None:
        """Who has an office in the event, else in the archive; None where not just one has it."""
        held = self.holders(phrase) if self.is_role_of_event(phrase) else ()
        held = held or tuple(match.identity for match in self.directory.match(phrase, near=False))
        names = {who.name for who in held if not who.is_body and not is_description(who.name)}
        return names.pop() if len(names) == 1 else None

    def _surely(self, words: Sequence[str]) -> str | None:
        """Who is surely meant by words that may be a name or the last of one; None if nobody."""
        if not all(self.directory.is_name(w) and w not in DEMONYMS for w in words):
            return None
        # "and" is nobody, though there is a "Lee of the Coast and".
        if FUNCTION_WORDS.issuperset(words) or words[-1] in TYING:
            return None
        matches = self.directory.named(" ".join(words))
        best = matches[0] if matches else None
        least = 1.0 if len(matches) > 1 or not FUNCTION_WORDS.isdisjoint(words) else _SURELY
        if best is None or best.score < least:
            return None
        who = best.identity
        # "winning time" names no Time.
        is_alone = len(who.words) == 1 and not common_words().issuperset(words)
        is_known = is_alone or any(role for _, role in who.roles)
        is_known = is_known and FUNCTION_WORDS.isdisjoint(words)
        is_person = who.words[0] in FIRST_NAMES or is_known
        own = set(fold(who.name.replace("-", " ")))
        is_person = is_person and not _is_firm(who)
        return who.name if is_person and own.issuperset(words) else None

    def is_bare_role(self, phrase: str) -> bool:
        """Whether a phrase is a role that does not tell whose: "the owner"; "the pope" does."""
        return is_bare(phrase, self.directory) and not is_well_known(phrase, self.directory)

    def roles(self, name: str) -> frozenset[str]:
        """The stems of the roles of those who have a name."""
        held = (role for m in self.directory.named(name) for _, role in m.identity.roles)
        return stems(" ".join(word for role in held for word in role))

    def is_role_in_body(self, phrase: str) -> bool:
        """Whether a phrase is a role in a body and of nobody's name: "the coast guard captain"."""
        *body, role = fold(phrase) or [""]
        named = [match.identity for match in self.directory.named(" ".join(body))] if body else []
        is_place = not DEMONYMS.keys().isdisjoint(body)  # "the Ukraine president"
        persons = any(who.words[0] in FIRST_NAMES for who in named if not who.is_body)
        return is_role(role) and bool(named) and not is_place and not persons

    def is_role_of_event(self, phrase: str) -> bool:
        """The same, where an event was spoken of."""
        return self.is_bare_role(phrase) and bool(self.event)

    def holders(self, role: str, story: frozenset[str] = _NONE) -> tuple[Identity, ...]:
        """Who has a bare role in the event, else in other articles of its story."""
        event = self.happening()
        there = holders(role, self.directory, self.event, event.texts)
        if len(there) > 1:
            # Of one office after another who has it in the newest report.
            each = zip(event.articles, event.texts, strict=True)
            newest = (holders(role, self.directory, frozenset((a,)), (t,)) for a, t in each)
            there = next(filter(None, newest), there)
        return there or holders(role, self.directory, story - self.event, ())

    def are_together(self, phrase: str, others: Iterable[Identity], story: frozenset[str]) -> bool:
        """Whether an article of a story has somebody, and all of the others are in such a one."""
        named = (match.identity.articles for match in self.directory.match(phrase))
        told = story & _NONE.union(*named)
        return all(not told.isdisjoint(who.articles) for who in others)

    def is_called(self, phrase: str) -> bool:
        """Whether a phrase is somebody's whole name: "the White House", and not "the defence"."""
        words = tuple(word for word in fold(phrase) if word != "the")
        return any(match.identity.words == words for match in self.directory.named(phrase))

    def has_words(self, phrase: str) -> bool:
        """Whether the event has all the words of a phrase."""
        return stems(phrase) <= self.stems

    @property
    def people(self) -> tuple[str, ...]:
        """The names of the persons of the event."""
        there = self.directory.people_of(self.event)
        return tuple(who.name for who in there if not _is_firm(who))

    def foremost(self, people: Sequence[str]) -> tuple[str, ...]:
        """Of these persons those whom the event is about: named at least a third as often as any.

        By the words of their names that are nobody else's.
        """
        shared = Counter(word for name in people for word in set(fold(name)))
        told = Counter(fold(" ".join(self.happening().texts)))
        named = {n: sum(told[w] for w in set(fold(n)) if shared[w] == 1) for n in people}
        most = max(named.values(), default=0)
        return tuple(name for name in people if named[name] * _FOREMOST > most)
