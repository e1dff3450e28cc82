"""Who is who across the archive: joins the names that all articles have for their people.

An article calls somebody "Boris Johnson", "the prime minister" or "Johnson". What is made of that
is kept in tables (`index.archive.register_update`). Knows nothing of questions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.attribution.people.name_ends import NAME_SUFFIXES
from index.language.folding import BODY_WORDS, fold, is_description
from index.language.offices import role_words, spelt_out
from index.language.places import DEMONYMS, PLACES
from index.schema import Person, Statement

# Countries, and the words that name the parts of one ("california"): of each an office has one.
COUNTRIES = frozenset(DEMONYMS.values())
_SIDES = frozenset("city east island islands north province republic saint south west".split())
STATES = frozenset(w for place in PLACES for w in role_words(place)) - COUNTRIES - _SIDES
COUNTRIES_AND_STATES = COUNTRIES | STATES
LONGEST = 300  # characters of a name: what is longer is nobody's
_OPENING = 40  # words of an article: a place that is named there is one that it is about
_TITLE = 12  # words of an article that are about whose kin it calls "his wife"
_COMMON = 10  # times as often as a form of a name in common use the most frequent may occur


@dataclass(frozen=True, slots=True)
class Context:
    """The words of an article as roles are compared, and the places among them that it is about.

    Its "Prime Minister" is of one of these, and not of a place that is named in passing. `begun`
    has the words that it begins with.
    """

    words: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()

    def has(self, word: str) -> bool:
        """Whether a word of a role may be left out of the article's own, for it goes without."""
        return word in (self.homes if word in COUNTRIES_AND_STATES else self.words)


@dataclass(slots=True)
class Gathered:
    """What is gathered of one person while the directory is built."""

    names: Counter[str] = field(default_factory=Counter)
    bodies: int = 0  # the times that they are taken for a body
    articles: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Identity:
    """One person or body across the archive: `name` is the fullest form that is in use.

    `key` has the folded words of the fullest form that there is, by which tables know them:
    "boris johnson timeline", if a single article has it. `words` are what somebody is called by:
    the same up to the last word of the `name`, "boris johnson". `is_told_body` says that most
    articles take them for a body, whatever the name.
    """

    name: str
    key: tuple[str, ...]
    articles: frozenset[str]
    roles: tuple[tuple[str, frozenset[str]], ...]  # article id, role words there
    role_words: frozenset[str]  # the name's words as roles are compared
    is_body: bool  # an institution: its staff speak for it
    words: tuple[str, ...]
    is_told_body: bool = False

    @property
    def last(self) -> str:
        """The last name: "biden" of Joseph R. Biden Jr., who is the only one of his."""
        *_, before, last = ("", *self.words)
        return before if last in NAME_SUFFIXES and before else last

    @property
    def fullest(self) -> tuple[str, ...]:
        """The key, if it is a name: no "boris johnson government" of one article's."""
        return () if " " in self.key[-1] else self.key

    @property
    def acronym(self) -> str:
        """As "sdf" for the Syrian Democratic Forces; empty if under three letters."""
        letters = "".join(w[0] for w in self.name.split() if w[0].isupper())
        return letters.lower() if len(letters) > 2 else ""

    @property
    def initials(self) -> str:
        """Of all words of the fullest name, as "mbs" for Mohammed bin Salman."""
        return "".join(word[0] for word in self.key)

    def role_in(self, article_id: str) -> frozenset[str]:
        """The words of the roles that an article gives them."""
        return next((words for id_, words in self.roles if id_ == article_id), frozenset())


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as an article lists them, and the place in its list: see `listed`."""

    n: int
    person: Person


# The phases in which everybody is listed, and room for those of one article in each.
PHASE = 1_000_000


def listed(
    people: Sequence[Person], given: int, statements: Iterable[Statement]
) -> Iterator[Named]:
    """All whom an article speaks of, then the last `given` of them, then who else speaks in it.

    In this order everybody of an archive is listed: all the articles' first, and so on.
    """
    first = len(people) - given
    for n, person in enumerate(people):
        if len(person.name) > LONGEST:
            continue
        yield Named(n + PHASE * (n >= first), person)
    named = {person.name for person in people}
    for n, statement in enumerate(statements):
        speaker = statement.speaker if statement.is_own else None
        if speaker and speaker.name not in named and len(speaker.name) <= LONGEST:
            named.add(speaker.name)
            yield Named(n + 2 * PHASE, Person(speaker.name, (speaker.name,)))


def is_told_apart(words: tuple[str, ...]) -> bool:
    """Whether a name is joined to no other: Edmund Marlow is not "Marlow Jr.".

    Nor are a port official and a spokesman for the board, who have their article as last word.
    """
    return (len(words) > 2 and words[-1] in ("jr", "sr")) or " " in words[-1]


def context_words(text: str) -> Context:
    """The words of an article, its title first, as role phrases are compared with them."""
    words = role_words(text)
    homes = _homes(words, COUNTRIES) | _homes(words, STATES)
    return Context(frozenset(words), homes, frozenset(words[:_TITLE]))


def _homes(words: Sequence[str], places: frozenset[str]) -> frozenset[str]:
    counts = Counter(word for word in words if word in places)
    often = max(counts.values(), default=0) / 2
    return places & {*words[:_OPENING], *(word for word, n in counts.items() if n >= often)}


FORMER = "former"
_FORMER = frozenset("former ex late outgoing one-time".split())


# A prosecutor is compared as an attorney, but nobody's lawyer.
PROSECUTING = "prosecuting"
_PROSECUTORS = frozenset("prosecutor prosecutors".split())


# "Mrs Justice Orr", "Chief Justice Orr": a judge, unlike the justice secretary.
_JUSTICE, _OF_JUSTICE = "justice", frozenset("mr mrs ms miss lord lady chief associate".split())


def held_words(role: str) -> list[str]:
    """The words of a role as they are compared, and what else it tells.

    That it is over or a prosecutor's where so, and a judge's where that is called a justice.
    """
    *before, last = fold(spelt_out(role)) or [""]
    words = {*before, last}
    over = [FORMER] if words & _FORMER else []
    against = [PROSECUTING] if words & _PROSECUTORS else []
    judge = ["judge"] if last == _JUSTICE and _OF_JUSTICE.issuperset(before[-1:]) else []
    return [*role_words(role), *over, *against, *judge, *_acts_as(role)]


# What is told of somebody in court, by its first word, and what they are then.
_LAWYER, _DEFENCE = "attorney", "defence"
_ACTS_AS = {
    "prosecuting": (_LAWYER, PROSECUTING), "opening": (_LAWYER, PROSECUTING),
    "defending": (_LAWYER, _DEFENCE), "mitigating": (_LAWYER, _DEFENCE),
    "for": (_LAWYER, _DEFENCE), "representing": (_LAWYER,), "sentencing": ("judge",),
    "kc": (_LAWYER,), "qc": (_LAWYER,),
}  # fmt: skip


def _acts_as(role: str) -> tuple[str, ...]:
    """What a role of a court report says without an office: "for Mrs Orr", "prosecuting"."""
    first, *others = fold(role) or [""]
    if first == "for" and not {"prosecution", "crown"}.isdisjoint(others):
        first = "prosecuting"
    is_office = first in ("opening", "kc", "qc") and others and others[:1] != ["the"]
    return () if is_office else _ACTS_AS.get(first, ())


def key_words(article: str, name: str) -> tuple[str, ...]:
    """A name's words; a description ("officials") names somebody else in every article."""
    words = tuple(word for word in fold(name) if word != "the")
    return (*words, f"in {article}") if words and is_description(name) else words


def called_by(name: str, key: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which somebody of that name and key is called: of the key up to the last."""
    last = "" if is_description(name) else next(reversed(fold(name)), "")
    ends = [n for n, word in enumerate(key, 1) if word == last]
    return key[: ends[-1]] if ends else key


def best_name(names: Counter[str]) -> str:
    """The fullest of somebody's names in common use, given how often each is used.

    "Donald J. Trump", once among a hundred, is not what he is called; "ANN LEE TIMELINE" is a
    headline.
    """
    common = max(names.values()) / _COMMON

    def rank(name: str) -> tuple[bool, bool, int, int, str]:
        # "Some of those whom Wikinews asked" is longer than "Wikinews", but no name.
        is_name = not is_description(name) and not (name.isupper() and " " in name)
        return is_name, names[name] > common, len(fold(name)), names[name], name

    return max(names, key=rank)


def identity_of(key: tuple[str, ...], entry: Gathered) -> Identity:
    """What was gathered under a full name, as one."""
    name = best_name(entry.names)
    roles = tuple((article, frozenset(words)) for article, words in sorted(entry.roles.items()))
    is_body = not BODY_WORDS.isdisjoint(fold(name)) or name.isupper()
    in_roles = frozenset(role_words(name))
    words = called_by(name, key)
    is_told = 2 * entry.bodies > entry.names.total()
    return Identity(name, key, frozenset(entry.articles), roles, in_roles, is_body, words, is_told)
