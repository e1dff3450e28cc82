"""Decides whose words a question wants, and whether a sentence carries them.

The right words attributed to the wrong speaker are as wrong as invented words; here that is
decided. Knows nothing of scores.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain

from bot.query.grammar.pieces import split_names
from bot.query.grammar.question import Query
from bot.query.people.directory import Directory
from bot.query.people.holders import is_bare, is_held_by_one, out_of_office
from bot.query.people.name_score import Match, best
from bot.query.people.other_names import other_names
from bot.query.people.role_score import is_any_body, is_named_person
from bot.query.settling import bodies_meant
from bot.selecting.article_view import Attribution, SentenceView
from index.attribution.people.identities import Identity
from index.language.folding import fold, key_of
from index.language.folding import is_description as describes
from index.language.names import FIRST_NAMES
from index.language.offices import role_words
from index.language.stems import stems
from index.language.verbs import CUES

_SURE = 0.75  # Match.score
_OWNS = re.compile(r"\w+ \w+['’]s \w")


class Relation(IntEnum):
    """What a sentence is to the wanted speaker; a larger number is nearer to their words."""

    OTHERS = 0  # another speaker's words: never an answer
    UNATTRIBUTED = 1  # nobody's words, or a text's ("the statement"), which may be anybody's
    MENTIONS = 2  # names the wanted speaker, and is nobody else's words
    OWN = 3  # carries the wanted speaker's words


@dataclass(frozen=True, slots=True)
class WantedSpeaker:
    """The speaker that a question asks for: the phrase as typed, and everybody it may mean.

    Without a phrase anybody's words are wanted ("who said ..."), except those of `without`.
    `articles` has the ids of the articles to search first: None for all; empty if the archive has
    nobody and nothing of that name. A phrase that matches nobody may still be mentioned in some.
    Unless `sure`, the phrase may mean somebody else as well. With `is_body` it means a body, or any
    of several, for whom the persons among `people` only speak; with `is_office` an office that they
    had one after another; who does not have it in an article that has another in it is `elsewhere`
    there. With `is_bare` the phrase is a role, or a kind of body, that tells not whose. `maybe` are
    persons with a similar name, who are suggested but never answer for the wanted speaker. If it
    `affirms`, it asks who said so, and no denial answers it. `members` speak for a group in the
    articles of these ids.
    """

    phrase: str | None
    people: tuple[Identity, ...] = ()
    articles: frozenset[str] | None = None
    without: tuple[Identity, ...] = ()
    sure: bool = True
    is_group: bool = False
    is_body: bool = False
    is_office: bool = False
    elsewhere: frozenset[tuple[str, str]] = frozenset()
    is_bare: bool = False
    maybe: tuple[Identity, ...] = ()
    not_meant: tuple[Identity, ...] = ()
    affirms: bool = False
    members: frozenset[tuple[str, Identity]] = frozenset()

    def chosen_of(self, asked: "WantedSpeaker | None") -> "WantedSpeaker":
        """The same, of all whom a phrase may mean that was `asked` for."""
        return self if asked is None else replace(self, phrase=asked.phrase, not_meant=asked.people)

    @property
    def name_words(self) -> frozenset[str]:
        """The folded words of the names of everybody the phrase may mean; none of a group's."""
        if self.is_group:
            return frozenset()  # what republicans say of one of them is no word of his
        return frozenset(word for person in self.people for word in person.words)

    @property
    def is_ambiguous(self) -> bool:
        """Whether the phrase means one of several, and no group or body: "Lee", of two Lees."""
        if self.phrase is None or self.is_group or self.is_body:
            return False
        persons = (who for who in self.people if not who.is_body and not describes(who.name))
        # "De Haan" and "DeHaan" are one.
        return not self.sure or len({key_of(who.name) for who in persons}) > 1

    def own_words(self, topic: str) -> frozenset[str]:
        """The stems of those words of a topic that belong to the wanted speaker's name."""
        return stems(" ".join(word for word in fold(topic) if word in self.name_words))

    def attribution(self, sentence: SentenceView) -> Attribution | None:
        """The first attribution of the sentence to the wanted speaker; None if there is none."""
        return next((a for a in sentence.attributions if self._wants(a)), None)

    def relation(self, sentence: SentenceView, text: str) -> Relation:
        """What a sentence, whose words are `text`, is to the wanted speaker."""
        if self.attribution(sentence):
            return Relation.OWN
        if any(not a.is_text for a in sentence.attributions):
            # A phrase that is nobody's name may still describe the speaker beside the quotation.
            is_called = not self.people and self.phrase and self._names(sentence.frame)
            return Relation.MENTIONS if is_called else Relation.OTHERS
        is_named = self.phrase is not None and self._names(text)
        return Relation.MENTIONS if is_named else Relation.UNATTRIBUTED

    def _wants(self, attribution: Attribution) -> bool:
        if self.phrase is None:
            # "who is against the ruling" is not answered by what the ruling says.
            is_theirs = not (attribution.is_text or (attribution.denies and self.affirms))
            return attribution.identity not in self.without and is_theirs
        who = attribution.identity
        is_there = (attribution.article_id, who and who.name) not in self.elsewhere
        is_member = who is not None and (attribution.article_id, who) in self.members
        return is_member or (who in self.people and is_there)

    def _names(self, text: str) -> bool:
        if not self.people:
            wanted = set(role_words(self.phrase or ""))
            if _OWNS.search(self.phrase or ""):
                wanted -= FIRST_NAMES  # "Ann Lee's lawyers" are "Lee's lawyers" in an article
            return wanted <= set(role_words(text))
        last_words = {person.words[-1] for person in self.people}
        return not last_words.isdisjoint(fold(text))


def look_up(query: Query, directory: Directory) -> WantedSpeaker | None:
    """The speaker whose words a question wants; None if it asks for a fact."""
    if query.kind not in ("said", "who_said"):
        return None
    without = _people(query.without or "", directory)
    if query.asked is None:
        verbs = (CUES[word].verb for word in fold(query.text) if word in CUES)
        affirms = any(verb.says and not verb.denies for verb in verbs)
        return WantedSpeaker(None, without=without, affirms=affirms)
    matches = directory.match(query.asked, near=False)
    group = directory.group(query.asked)
    found = dict.fromkeys((*(match.identity for match in matches), *group))
    event = query.among or query.near
    bodies = bodies_meant(query, directory)
    people = tuple(who for who in dict.fromkeys((*bodies, *found)) if who not in without)
    if event:
        # "the mayor" is the mayor of the event under discussion, if there is one.
        there = tuple(p for p in people if not event.isdisjoint(p.articles))
        people = () if query.is_of_event else there or people
    articles = frozenset(id_ for person in people for id_ in person.articles)
    is_meant = bool(group) or bool(bodies) or (bool(matches) and matches[0].score >= _SURE)
    sure = bool(people) and is_meant
    is_known_body = bool(bodies or other_names(query.asked)) or _are_bodies(matches)
    if not sure:
        articles |= directory.mentions(query.asked)
    is_description = directory.describes(query.asked)
    maybe = () if people or is_description else directory.alike(query.asked)
    anywhere = not articles and is_description
    return WantedSpeaker(
        query.asked,
        people,
        None if anywhere else articles,
        sure=sure,
        is_group=bool(group),
        is_body=sure and not group and is_known_body,
        is_office=len(people) > 1 and is_held_by_one(query.asked, directory),
        elsewhere=frozenset() if group else out_of_office(query.asked, people),
        is_bare=is_bare(query.asked, directory) or is_any_body(role_words(query.asked)),
        maybe=maybe,
    )


def _are_bodies(matches: Sequence[Match]) -> bool:
    """Whether those who are meant best are bodies, named or described."""
    meant = [match.identity for match in best(matches)]
    is_body = any(who.is_body or who.is_told_body for who in meant)
    return is_body and not any(map(is_named_person, meant))


def _people(phrase: str, directory: Directory) -> tuple[Identity, ...]:
    found = directory.match(phrase)
    each = (directory.match(name) for name in split_names(phrase))  # "Lee and Reed"
    return tuple(match.identity for match in found or chain.from_iterable(each))
