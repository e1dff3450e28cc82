"""Who is who across the archive: joins the names of all articles, and finds whom a phrase means.

An article calls somebody "Boris Johnson", "the prime minister" or "Johnson"; a question says
"boris" or "the uk prime minister". The directory is derived from the archive's people and
statements and is rebuilt when they change. Knows nothing of questions beyond the phrase.
"""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.archive.archive import Archive
from index.language.folding import STOP, TITLES, fold, is_description, join_names, role_words
from index.schema import Person

_BODY_WORDS = frozenset(
    """agency army association authority bank board bureau bishops cathedral centre center church
    club coalition college command commission committee company conference congress corporation
    council court cross department federation force forces foundation government group hospital
    house inc institute institution international league ministry museum navy network office
    organisation organization palace parliament party police school secretariat senate service
    society station taliban tribunal union university""".split()
)


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
    def acronym(self) -> str:
        """As "sdf" for the Syrian Democratic Forces; empty if under three letters."""
        letters = "".join(w[0] for w in self.name.split() if w[0].isupper())
        return letters.lower() if len(letters) > 2 else ""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody whom an asked phrase may mean. Higher scores are better; 1 is a sure match."""

    identity: Identity
    score: float


class Directory:
    """All people of an archive, and whom each article's names stand for."""

    def __init__(
        self, people: Iterable[tuple[str, Person]], context: dict[str, frozenset[str]]
    ) -> None:
        """Join the `people`, given as (article id, person).

        `context` gives the folded words of each article (places and bodies that a role leaves out:
        the "Health Minister" of an article about Poland is "the polish health minister").
        """
        self._context = context
        people = list(people)
        listed = [(article, person, _key_words(article, person)) for article, person in people]
        keys = join_names(words for _, _, words in listed if words)
        entries: dict[tuple[str, ...], _Entry] = defaultdict(_Entry)
        self._key_of: dict[tuple[str, str], tuple[str, ...]] = {}
        for article, person, words in listed:
            if not words:
                continue
            key = keys[words]
            entry = entries[key]
            entry.names[person.name] += 1
            entry.articles.add(article)
            entry.roles[article].update(w for role in person.roles for w in role_words(role))
            self._key_of[article, person.name] = key
        self._identities = {key: _identity(key, entry) for key, entry in entries.items()}
        self._by_word: dict[str, list[Identity]] = defaultdict(list)
        for identity in self._identities.values():
            for word in {*identity.words, identity.acronym} - {""}:
                self._by_word[word].append(identity)
        self._role_heads = {
            words[-1] for _, person in people for words in map(fold, person.roles) if words
        }

    @property
    def is_empty(self) -> bool:
        """Whether the archive has no articles at all."""
        return not self._context

    def identity(self, article_id: str, name: str) -> Identity | None:
        """Whom a name stands for in an article; None if the article has nobody of that name."""
        key = self._key_of.get((article_id, name))
        return None if key is None else self._identities[key]

    def match(self, phrase: str) -> tuple[Match, ...]:
        """Everybody the phrase may mean, best first: by name, else by role."""
        named = self._by_name(phrase)
        with_article = phrase.lower().startswith(("the ", "a ", "an "))
        if with_article:
            # "the mayor" is no Mr Mayor: a name with an article is a body's.
            named = tuple(match for match in named if match.identity.is_body and match.score >= 1)
        found = named or self._by_role(phrase)
        if found and (named or with_article):
            bodies = [match.identity for match in found if match.identity.is_body]
            return (*found, *self._speaking_for(bodies))
        return found or self._by_near_name(phrase)

    def describes(self, phrase: str) -> bool:
        """Whether a phrase describes somebody ("the criminologist") rather than naming them."""
        words = fold(phrase)
        heads = TITLES | self._role_heads
        return bool(words) and (words[0] in ("the", "a", "an") or words[-1] in heads)

    def mentions(self, phrase: str) -> frozenset[str]:
        """The articles that have all the words of a phrase, though it may name nobody."""
        wanted = set(role_words(phrase))
        found = (id_ for id_, words in self._context.items() if wanted <= words)
        return frozenset(found) if wanted else frozenset()

    def _speaking_for(self, bodies: Sequence[Identity]) -> tuple[Match, ...]:
        """Whose role has a body's whole name: "Red Cross chair Richard Gordon"."""
        if not bodies:
            return ()
        return tuple(
            Match(identity, 0.7)
            for identity in self._identities.values()
            if identity not in bodies
            and any(body.role_words <= role for body in bodies for _, role in identity.roles)
        )

    def _by_name(self, phrase: str) -> tuple[Match, ...]:
        words = [word for word in fold(phrase) if word != "the"]
        for length in range(len(words), 0, -1):
            before, tail = words[:-length], words[-length:]
            matches = [
                Match(identity, score + 0.1 * _titled(before, identity))
                for identity in self._by_word.get(tail[-1], ())
                if (score := _name_score(tail, identity)) and self._fits(before, identity)
            ]
            if matches:
                return _best(matches)
        return self._by_first_name(words)

    def _by_first_name(self, words: Sequence[str]) -> tuple[Match, ...]:
        """Somebody whom the articles give no last name: "bernadette chirac" is Bernadette."""
        alone = (identity for identity in self._by_word.get(words[0] if words else "", ()))
        return _best(
            Match(identity, 0.8)
            for identity in alone
            if identity.words == (words[0],)
            and any(set(words) <= self._context.get(a, frozenset()) for a in identity.articles)
        )

    def _fits(self, before: Sequence[str], identity: Identity) -> bool:
        """Whether what stands before the name is a title, a role or from the person's articles.

        "gates foundation's hensman" is Carl Hensman; "jo johnson" is not Boris Johnson.
        """
        if before and any(
            other.words[0] == before[-1] and other != identity
            for other in self._by_word.get(before[-1], ())
        ):
            return False
        if identity.is_body:
            return set(role_words(" ".join(before))) <= identity.role_words
        known = _all_roles(identity)
        wanted = [word for raw in before if raw not in TITLES for word in role_words(raw)]
        contexts = [self._context.get(article, frozenset()) for article in identity.articles]
        return all(w in known or any(w in context for context in contexts) for w in wanted)

    def _by_role(self, phrase: str) -> tuple[Match, ...]:
        wanted = role_words(phrase)
        if not wanted:
            return ()
        of = " of " in phrase.lower()  # "head of X" begins with what "X's head" ends with
        matches = [
            Match(identity, score)
            for identity in self._identities.values()
            if (score := self._role_score(wanted, identity, of=of)) >= _MIN_ROLE_SCORE
        ]
        return _best(matches, _ROLE_MARGIN)

    def _by_near_name(self, phrase: str) -> tuple[Match, ...]:
        """Another spelling of a last name: "zelenskyy" for Zelensky."""
        words = [word for word in fold(phrase) if word not in STOP]
        near = difflib.get_close_matches(words[-1], self._by_word, 1, _NEAR) if words else []
        if not near or min(len(words[-1]), len(near[0])) < _MIN_NEAR_LETTERS:
            return ()
        return self._by_name(" ".join([*words[:-1], near[0]]))

    def _role_score(self, wanted: Sequence[str], identity: Identity, *, of: bool) -> float:
        """Share of the wanted words that the role has (1 each) or its article has (0.7 each)."""
        best = 0.0
        head = wanted[0] if of else wanted[-1]
        for article, role in identity.roles:
            if head not in role and not (identity.is_body and head in identity.role_words):
                continue
            held = role | identity.role_words
            context = self._context.get(article, frozenset())
            points = [1.0 if w in held else 0.7 if w in context else 0.0 for w in wanted]
            if all(points):
                best = max(best, sum(points) / len(points))
        return best


def everybody(archive: Archive) -> list[tuple[str, Person]]:
    """(article id, person) for all whom the articles speak of, and all who speak in them."""
    people = list(archive.people())
    named = {(article_id, person.name) for article_id, person in people}
    for article_id, statement in archive.all_statements():
        speaker = statement.speaker
        if speaker and (article_id, speaker.name) not in named:
            named.add((article_id, speaker.name))
            people.append((article_id, Person(speaker.name, (speaker.name,))))
    return people


_MIN_ROLE_SCORE = 0.6
# "zimbabwe's president" may be the one the article only calls "President": the evidence decides.
_ROLE_MARGIN = 0.2
_NEAR = 0.85
_MIN_NEAR_LETTERS = 5


def context_words(text: str) -> frozenset[str]:
    """The words of an article as role phrases are compared with them."""
    return frozenset(role_words(text))


def _key_words(article: str, person: Person) -> tuple[str, ...]:
    """A name's words; a description ("officials") names somebody else in every article."""
    words = tuple(word for word in fold(person.name) if word != "the")
    return (*words, f"in {article}") if words and is_description(person.name) else words


def _identity(key: tuple[str, ...], entry: _Entry) -> Identity:
    # "Some of those whom Wikinews asked" is longer than "Wikinews", but no name.
    name = max(entry.names, key=lambda n: (not is_description(n), len(fold(n)), entry.names[n], n))
    roles = tuple((article, frozenset(words)) for article, words in sorted(entry.roles.items()))
    is_body = not _BODY_WORDS.isdisjoint(fold(name)) or name.isupper()
    in_roles = frozenset(role_words(name))
    return Identity(name, key, frozenset(entry.articles), roles, in_roles, is_body)


def _name_score(tail: Sequence[str], identity: Identity) -> float:
    """1 for the name or its last words, less for a first name or inner words alone."""
    words = identity.words
    if is_description(identity.name):
        return 0.0  # matched by role
    if tuple(tail) == (identity.acronym,):
        return 0.9
    if not _in_order(tail, words):
        return 0.0
    if tail[-1] == words[-1]:
        return 1.0
    return 0.8 if tail[0] == words[0] else 0.6 if len(tail) > 1 or len(words) > 2 else 0.5


def _all_roles(identity: Identity) -> frozenset[str]:
    return frozenset(word for _, role in identity.roles for word in role)


def _titled(before: Sequence[str], identity: Identity) -> float:
    """Who also has the title that stands before the name comes first."""
    words = [word for raw in before for word in role_words(raw)]
    held = sum(word in _all_roles(identity) for word in words)
    return held / len(words) if words else 0.0


def _best(matches: Iterable[Match], margin: float = 0.01) -> tuple[Match, ...]:
    """Those with (about) the best score, best first; of equals, whom most articles name."""
    listed = list(matches)
    best = max((match.score for match in listed), default=0.0)
    kept = [match for match in listed if match.score >= best - margin]
    return tuple(sorted(kept, key=lambda m: (-m.score, -len(m.identity.articles), m.identity.name)))


def _in_order(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)
