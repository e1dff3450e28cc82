"""Who is who across the archive: joins the names that all articles have for their people.

An article calls somebody "Boris Johnson", "the prime minister" or "Johnson". Derived from the
archive's people and statements, and rebuilt when they change. Knows nothing of questions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.query.undressing import undress
from index.archive.archive import Archive
from index.attribution.naming import SUFFIXES
from index.language.folding import fold, is_description, join_names, role_words
from index.language.places import DEMONYMS, PLACES
from index.schema import Person

BODY_WORDS = frozenset(
    """agency army association authority bank board bureau bishops cathedral centre center church
    club coalition college command commission committee company conference congress consulate
    corporation council court cross department embassy federation force forces foundation
    government group hospital house inc institute institution international league ministry museum
    navy network office organisation organization palace parliament party police school secretariat
    senate service society station taliban tribunal union university""".split()
)


# Countries, and the words that name the parts of one ("california"): of each an office has one.
COUNTRIES = frozenset(DEMONYMS.values())
_SIDES = frozenset("city east island islands north province republic saint south west".split())
STATES = frozenset(w for place in PLACES for w in role_words(place)) - COUNTRIES - _SIDES
_OPENING = 40  # words of an article: a place that is named there is one that it is about
_TITLE = 12  # words of an article that are about whose kin it calls "his wife"


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
        return word in (self.homes if word in COUNTRIES | STATES else self.words)


@dataclass(slots=True)
class _Entry:
    """What is gathered of one person while the directory is built."""

    names: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Identity:
    """One person or body across the archive: `name` is the fullest form that is in use."""

    name: str
    words: tuple[str, ...]
    articles: frozenset[str]
    roles: tuple[tuple[str, frozenset[str]], ...]  # article id, role words there
    role_words: frozenset[str]  # the name's words as roles are compared
    is_body: bool  # an institution: its staff speak for it

    @property
    def last(self) -> str:
        """The last name: "biden" of Joseph R. Biden Jr., who is the only one of his."""
        *_, before, last = ("", *self.words)
        return before if last in SUFFIXES and before else last

    @property
    def acronym(self) -> str:
        """As "sdf" for the Syrian Democratic Forces; empty if under three letters."""
        letters = "".join(w[0] for w in self.name.split() if w[0].isupper())
        return letters.lower() if len(letters) > 2 else ""

    @property
    def initials(self) -> str:
        """Of all words of the name, as "mbs" for Mohammed bin Salman."""
        return "".join(word[0] for word in self.words)

    def role_in(self, article_id: str) -> frozenset[str]:
        """The words of the roles that an article gives them."""
        return next((words for id_, words in self.roles if id_ == article_id), frozenset())


class Register:
    """All people of an archive, and whom each article's names stand for."""

    def __init__(
        self,
        people: Iterable[tuple[str, Person]],
        context: dict[str, Context],
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """Join the `people`, given as (article id, person).

        Afterwards `words` has the folded words of the archive and how many articles have each.

        `context` gives the words of each article (places and bodies that a role leaves out:
        the "Health Minister" of an article about Poland is "the polish health minister").
        `aliases` are names that a person said are another's, folded as for corrections.
        """
        self._context = context
        self._aliases = dict(aliases or {})
        people = list(people)
        bare_of = undress(person for _, person in people)
        listed = [(a, p, bare_of[p.name], _key_words(a, bare_of[p.name])) for a, p in people]
        names = [words for *_, words in listed if words]
        keys = join_names(names, frozenset(filter(_is_told_apart, names)))
        entries: dict[tuple[str, ...], _Entry] = defaultdict(_Entry)
        self._key_of: dict[tuple[str, str], tuple[str, ...]] = {}
        for article, person, bare, words in listed:
            if not words:
                continue
            key = keys[words]
            entry = entries[key]
            entry.names[bare] += 1
            entry.articles.add(article)
            roles = (*person.roles, person.name.removesuffix(bare))
            entry.roles[article].update(w for role in roles for w in _held(role))
            self._key_of[article, person.name] = key
        self._identities = {key: _identity(key, entry) for key, entry in entries.items()}
        self._by_word: dict[str, list[Identity]] = defaultdict(list)
        for identity in self._identities.values():
            for word in {*identity.words, identity.acronym} - {""}:
                self._by_word[word].append(identity)
        self.words = Counter(word for each in context.values() for word in each.words)
        self._role_heads = {
            words[-1] for _, person in people for words in map(fold, person.roles) if words
        }

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The words of each name, folded."""
        return tuple(self._identities)

    @property
    def is_empty(self) -> bool:
        """Whether the archive has no articles at all."""
        return not self._context

    def identity(self, article_id: str, name: str) -> Identity | None:
        """Whom a name stands for in an article; None if the article has nobody of that name."""
        key = self._key_of.get((article_id, name))
        return None if key is None else self._identities[key]

    def people_of(self, articles: frozenset[str]) -> tuple[Identity, ...]:
        """Everybody whom one of the articles speaks of."""
        found = (key for (article, _), key in self._key_of.items() if article in articles)
        return tuple(self._identities[key] for key in dict.fromkeys(found))

    def spellings(self, identity: Identity) -> tuple[str, ...]:
        """All names by which articles have somebody."""
        own = (name for (_, name), key in self._key_of.items() if key == identity.words)
        return tuple(sorted(set(own)))

    def mentions(self, phrase: str) -> frozenset[str]:
        """The articles that have all the words of a phrase, though it may name nobody."""
        wanted = set(role_words(phrase))
        found = (id_ for id_, context in self._context.items() if wanted <= context.words)
        return frozenset(found) if wanted else frozenset()


def _is_told_apart(words: tuple[str, ...]) -> bool:
    """Whether a name is told from an elder's or a younger's: Edmund Marlow is not "Marlow Jr."."""
    return len(words) > 2 and words[-1] in ("jr", "sr")


def everybody(archive: Archive) -> list[tuple[str, Person]]:
    """(article id, person) for all whom the articles speak of, and all who speak in them."""
    people = list(archive.people())
    named = {(article_id, person.name) for article_id, person in people}
    for article_id, statement in archive.all_statements():
        speaker = statement.speaker if statement.is_own else None
        if speaker and (article_id, speaker.name) not in named:
            named.add((article_id, speaker.name))
            people.append((article_id, Person(speaker.name, (speaker.name,))))
    return people


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


def _held(role: str) -> list[str]:
    """The words of a role as they are compared, and that it is over where it is."""
    over = [FORMER] if not _FORMER.isdisjoint(fold(role)) else []
    return [*role_words(role), *over]


def _key_words(article: str, name: str) -> tuple[str, ...]:
    """A name's words; a description ("officials") names somebody else in every article."""
    words = tuple(word for word in fold(name) if word != "the")
    return (*words, f"in {article}") if words and is_description(name) else words


def _identity(key: tuple[str, ...], entry: _Entry) -> Identity:
    # "Some of those whom Wikinews asked" is longer than "Wikinews", but no name.
    name = max(entry.names, key=lambda n: (not is_description(n), len(fold(n)), entry.names[n], n))
    roles = tuple((article, frozenset(words)) for article, words in sorted(entry.roles.items()))
    is_body = not BODY_WORDS.isdisjoint(fold(name)) or name.isupper()
    in_roles = frozenset(role_words(name))
    return Identity(name, key, frozenset(entry.articles), roles, in_roles, is_body)
