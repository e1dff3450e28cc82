"""Understands a question whole: as it was typed, in its conversation and its archive.

The one place that knows in which order: typing errors, the turn before, what the archive settles.
Knows nothing of how sentences are found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from bot.answer import Respelling
from bot.date_range import Calendar
from bot.query.dialogue.conversation import stand_alone
from bot.query.dialogue.earlier import Earlier
from bot.query.dialogue.scene import Scene
from bot.query.grammar.pieces import AUX, WH, with_name_inside
from bot.query.grammar.question import Query, said, understand
from bot.query.nicknames import ANY_WHOLE, WHOLE
from bot.query.people.calling import is_called
from bot.query.people.directory import Directory
from bot.query.people.groups import serves_another
from bot.query.settling import DaysOf, settle
from bot.query.typed.shorthand import written_out
from bot.query.typed.spelling import Speller, english_words, put_right
from index.archive.archive import Archive
from index.language.folding import fold
from index.language.names import FIRST_NAMES, ROLES, is_role
from index.language.offices import WHO_LETTERS, role_words
from index.language.verbs import ASKED_NOUNS, CUES
from index.language.words import FUNCTION_WORDS

# A body, and no question word: "did the who say", "the latest from WHO", "WHO on gas", "who advice
# on gas", "who chief on gas".
_NO_VERBS = sorted(noun for noun in ASKED_NOUNS if noun not in CUES and not noun.endswith("s"))
_THE_WHO = re.compile(
    r"(?i:\bthe who)\b(?!-|['’]s who\b)|(?<=\w )WHO\b(?!-)"
    r"|\A(?:WHO(?=:|\s+(?i:on|about)\b)"
    rf"|(?i:who(?=\s+(?:{'|'.join([*_NO_VERBS, *sorted(ROLES)])})\s+(?:on|about)\b)))"
)
# "pelosis trip"; but "the clintons", and "what lees say".
_OWNER = re.compile(r"(?P<the>\bthe )?\b(?P<owner>[A-Za-z]{3,})s(?= (?P<owned>\w+))", re.IGNORECASE)
_NO_PLURAL = re.compile(r"\w*[^\Waeiou]y\Z")  # "familys": more than one are "families"
# "lee why did he go", with no comma after the name; "the man who won" goes on with the noun.
_NAME_AHEAD = re.compile(
    rf"(?P<name>\w[\w.'’-]*(?: [\w.'’-]+){{0,3}}?) (?P<asks>(?:(?:{WH}) {AUX}|"
    rf"(?:what|why|how)|{AUX} (?:he|she|they))\b.+)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:he|she|they|him|her|them|his)\b", re.IGNORECASE)
# "the pier crew why did they wait": whom or what the question is of, whatever it is called.
_OF_IT = re.compile(rf"{WH} (?:\w+ )?{AUX} (?:he|she|they)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"how (?:many|much|long|old|big|far|often|fast|tall)\b|when|where", re.IGNORECASE
)
_SHORTEST_OFFICE = 2  # words: one alone may be a last name
_SURELY = 0.6  # Match.score: a first name alone has 0.8 of a person's


class ArchiveKnowledge:
    """The parts, each for its own question: whom, when, and how is it spelt."""

    def __init__(self, archive: Archive, directory: Directory, today: date) -> None:
        """Of the archive as it is, and of its directory; to be asked within the same snapshot."""
        self._archive = archive
        self._today = today
        self.directory = directory
        self.speller = Speller(directory.register)

    def days_on(self, asked: str | None, topic: str) -> tuple[date, ...]:
        """The days of articles, in order: of whoever is `asked`, or with the names of the topic.

        Without a name in the topic, of those that have all of its words.
        """
        if asked:
            people = (match.identity for match in self.directory.match(asked))
            ids = frozenset(id_ for person in people for id_ in person.articles)
        else:
            words = [word for word in fold(topic) if word not in FUNCTION_WORDS]
            names = [word for word in words if self.directory.is_name(word)]
            ids = frozenset(self._archive.search_articles(" ".join(names or words)))
        published = (each.published for each in self._archive.by_date.of(ids))
        return Calendar.of(published, self._today).days

    @cached_property
    def calendar(self) -> Calendar:
        """Today, and the archive's days: few questions ask for any."""
        return Calendar(self._today, self._archive.by_date.days())


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as it was understood, and the typing errors that were put right in it."""

    query: Query
    corrections: tuple[Respelling, ...] = ()


def read_question(
    question: str,
    earlier: Earlier,
    known: ArchiveKnowledge,
    scene: Scene,
    days_of: DaysOf,
) -> ReadQuestion:
    """The question as the archive reads it, asked after an `earlier` turn in its `scene`."""

    def days_on(query: Query) -> tuple[date, ...]:
        return known.days_on(query.asked, query.topic or query.text)

    def understood(text: str) -> Query:
        apart = parted(text, known.directory)
        query = stand_alone(with_name_inside(apart), earlier, scene)
        query = _or_in_own_words(query, apart, known.directory) if apart != text else query
        return settle(query, known.directory, known.calendar, days_of, days_on)

    question = in_full(with_apostrophes(written_out(question), known.directory), known.directory)
    corrected, corrections = known.speller.correct(question)
    query = understood(corrected)
    kept = _kept(corrections, query, known.directory)
    misspelt = _misspelt(query, known.directory, set(corrections) - set(kept))
    if misspelt or len(kept) != len(corrections):
        kept = (*kept, *misspelt)
        query = understood(put_right(question, kept))
    return ReadQuestion(query, kept)


def asks_somebody(message: str, directory: Directory) -> bool:
    """Whether a message, be it never so like talk, asks for the words of somebody who is known."""
    query = understand(message)
    return query.kind == "said" and bool(query.topic) and is_called(query.asked or "", directory)


def with_apostrophes(question: str, directory: Directory) -> str:
    """The question with the apostrophes that are left out in a hurry: "pelosis trip".

    Only where English has no such word, or kin or an aide follows, and the archive somebody who
    is called so but for the "s".
    """

    def put(match: re.Match[str]) -> str:
        word = match["owner"].lower()
        owned = match["owned"].lower()
        is_anothers = serves_another(frozenset(role_words(owned)))  # "will smiths wife"
        is_word = f"{word}s" in english_words() and not is_anothers
        if is_word or not FUNCTION_WORDS.isdisjoint((owned, f"{word}s")):
            return match[0]
        is_person = (
            not match["the"] and directory.is_name(word) and not directory.is_name(f"{word}s")
        )
        is_thing = word in english_words() and _NO_PLURAL.match(word)
        return f"{match['the'] or ''}{match['owner']}'s" if is_person or is_thing else match[0]

    return _OWNER.sub(put, question)


def in_full(question: str, directory: Directory) -> str:
    """The question with nicknames as articles have the names: "scomo", and "cali" for California.

    Only of what no article has, and for what some article has. "The WHO" is written out too, where
    the archive has it: no other name is a question word.
    """

    def put(match: re.Match[str]) -> str:
        meant = WHOLE[match["short"].lower()]
        found = next((name for name in meant if directory.mentions(name)), None)
        return match[0] if found is None or directory.mentions(match["short"]) else found

    if _THE_WHO.search(question) and not question.isupper():
        bodies = (m.identity.name for m in directory.match("WHO", near=False) if m.identity.is_body)
        if who := next(bodies, "").removeprefix("the "):
            question = _THE_WHO.sub(partial(_with_name, f"the {who}"), question)
    return ANY_WHOLE.sub(put, question)


def _with_name(name: str, letters: re.Match[str]) -> str:
    """What a body is called in a question; in a role its letters, as articles have them there."""
    before, after = letters.string[: letters.start()].split(), letters.string[letters.end() :]
    held = before[-1:] == ["of"] and any(is_role(word.lower()) for word in before[-2:-1])
    first = re.match(r"\s+([\w-]+)", after)
    return f"the {WHO_LETTERS}" if held or (first and is_role(first[1].lower())) else name


def parted(question: str, directory: Directory) -> str:
    """The question with a mark behind a person whom it begins with: "lee why did he go".

    >>> from index.schema import Person
    >>> parted("ann lee why close it", Directory.gathered([("a1", Person("Ann Lee"))], {}))
    'ann lee: why close it'
    """
    ahead = _NAME_AHEAD.fullmatch(question)
    if ahead is None:
        return question
    words = fold(ahead["name"])
    # "the bill when was it signed"; but "and when was it signed".
    is_thing = FUNCTION_WORDS.isdisjoint({*words[1:], *words[-1:]}) and _OF_IT.match(ahead["asks"])
    if not (is_thing or _is_person(ahead["name"], directory)):
        return question
    if _PERSONAL.search(ahead["asks"]):
        return f"{ahead['name']}, {ahead['asks']}"
    return question if _COUNTS.match(ahead["asks"]) else f"{ahead['name']}: {ahead['asks']}"


def _or_in_own_words(query: Query, apart: str, directory: Directory) -> Query:
    """The question of "lee, who is he backing", or else what Lee himself says to that."""
    name, _, asks = apart.partition(", ")
    if query.kind != "fact" or query.or_else or not asks or not _is_person(name, directory):
        return query
    return replace(query, or_else=replace(said(name, asks), text=f"{name}: {asks}"))


def _is_person(phrase: str, directory: Directory) -> bool:
    """Whether a phrase is a person's name, with a title or an office before it or none."""
    words = fold(phrase)
    if not words or not FUNCTION_WORDS.isdisjoint(words) or not directory.is_name(words[-1]):
        return False
    return any(
        match.score >= _SURELY and not match.identity.is_body for match in directory.named(phrase)
    )


def _kept(
    corrections: tuple[Respelling, ...], query: Query, directory: Directory
) -> tuple[Respelling, ...]:
    """Those that take nobody's name for a word, nor for half of somebody else's.

    An office that somebody has is no name: "the police cheif".
    """
    strange = [name for name in _names(query) if not directory.named(name)]
    nobody = {
        word
        for name in strange
        for word in fold(name)
        if not (is_role(word) and _is_office(name, directory))
    }
    return tuple(c for c in corrections if c.meant.lower() not in nobody)


def _is_office(phrase: str, directory: Directory) -> bool:
    """Whether somebody has a role of several words, none of which is a first name."""
    words = fold(phrase)
    is_name = len(words) < _SHORTEST_OFFICE or not FIRST_NAMES.isdisjoint(words)
    return not is_name and bool(directory.match(phrase, near=False))


def _misspelt(
    query: Query, directory: Directory, dropped: Iterable[Respelling]
) -> tuple[Respelling, ...]:
    """The names that are somebody's but for a letter, as they were typed.

    Those `dropped` are typing errors that were put right in them, and made nobody's name alone.
    """
    back = [Respelling(each.meant, each.typed) for each in dropped]
    strange = (name for name in _names(query) if not directory.match(name, near=False))
    found = ((name, meant) for name in strange if (meant := directory.misspelt(name)))
    return tuple(Respelling(put_right(name, back), meant) for name, meant in found)


def _names(query: Query) -> list[str]:
    own = [query.topic] if query.extent == "person" else [query.asked] if query.asked else []
    return [*own, *(name for piece in query.pieces for name in _names(piece))]
