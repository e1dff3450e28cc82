"""Who is who, gathered of everybody at once: what the tables, kept by difference, come to."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise

from index.attribution.people.identities import (
    LONGEST,
    Context,
    Gathered,
    Identity,
    held_words,
    identity_of,
    is_told_apart,
    key_words,
)
from index.attribution.people.undressing import is_plain, undressed
from index.language.folding import fold
from index.language.names import PAPERS
from index.language.offices import head_of_role
from index.schema import Person


def undress(people: Iterable[Person]) -> dict[str, str]:
    """The bare name of each name; its own where nothing stands before it."""
    listed = list(people)
    persons = (person.name for person in listed if person.kind == "person")
    full = {tuple(fold(name)) for name in persons if is_plain(name)}
    bodies = {tuple(fold(person.name)) for person in listed if person.kind == "body"}
    return {person.name: undressed(person.name, full, bodies) for person in listed}


def initial(name: tuple[str, ...]) -> str:
    """The initial that stands before a first and a last name; "" where none does."""
    return name[0] if len(name[0]) == 1 and len(name) > 2 else ""


def ends_of(name: tuple[str, ...]) -> tuple[str, str]:
    """The first word of a name, such an initial apart, and the last."""
    return name[1 if initial(name) else 0], name[-1]


def join_names(
    names: Iterable[tuple[str, ...]], apart: Container[tuple[str, ...]] = frozenset()
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which full name each name is joined to; those that are kept `apart` are to none.

    "John R. Bolton" and "John Bolton" share first and last word; "Wanda Vázquez" begins "Wanda
    Vázquez Garced"; a lone last name joins the only person (or the one most often named) with it,
    else somebody who has it inside their name ("Rosselló", Ricardo Rosselló Nevares). "The Times"
    is the New York Times only where its own article says so. "K. Ann Lee" is Ann Lee, unless
    there is an M. Ann Lee as well.
    """
    counts = Counter(names)
    full = sorted((n for n in counts if len(n) > 1), key=lambda n: (-len(n), n))
    joined: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_ends: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    initials: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in full:
        if name not in apart and initial(name):
            initials[ends_of(name)].add(initial(name))
    prefixes: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_last: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    by_inner: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for name in full:
        if name in apart:
            joined[name] = name
            continue
        told = initials[ends_of(name)]
        own = {initial(name)} if initial(name) or len(told) > 1 else told
        alike = (joined[n] for n in by_ends[ends_of(name)] if initial(n) in ("", *own))
        key = prefixes.get(name) or next(alike, name)
        joined[name] = key
        by_ends[ends_of(name)].append(name)
        for length in range(2, len(name)):
            prefixes.setdefault(name[:length], key)
        by_last[name[-1]][key] += counts[name]
        for inner in name[1:-1]:
            by_inner[inner][key] += counts[name]
    for name in counts:
        if len(name) == 1:
            holders = by_last.get(name[0]) or by_inner.get(name[0])
            if holders is None or name[0] in PAPERS:
                joined[name] = name
            else:
                joined[name] = holders.most_common(1)[0][0]
    return joined


class WholeRegister:
    """All people of an archive, and whom each article's names stand for."""

    def __init__(
        self,
        people: Iterable[tuple[str, Person]],
        context: dict[str, Context],
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """Join the `people`, given as (article id, person).

        `context` gives the words of each article (places and bodies that a role leaves out:
        the "Health Minister" of an article about Poland is "the polish health minister").
        `aliases` are names that a person said are another's, folded as for corrections.
        """
        self._context = context
        self.aliases = dict(aliases or {})
        people = [(a, p) for a, p in people if len(p.name) <= LONGEST]
        bare_of = undress(person for _, person in people)
        listed = [(a, p, bare_of[p.name], key_words(a, bare_of[p.name])) for a, p in people]
        names = [words for *_, words in listed if words]
        keys = join_names(names, frozenset(filter(is_told_apart, names)))
        entries: dict[tuple[str, ...], Gathered] = defaultdict(Gathered)
        self._key_of: dict[tuple[str, str], tuple[str, ...]] = {}
        for article, person, bare, words in listed:
            if not words:
                continue
            key = keys[words]
            entry = entries[key]
            entry.names[bare] += 1
            entry.bodies += person.kind == "body"
            entry.articles.add(article)
            roles = (*person.roles, person.name.removesuffix(bare))
            entry.roles[article].update(w for role in roles for w in held_words(role))
            self._key_of[article, person.name] = key
        self._identities = {key: identity_of(key, entry) for key, entry in entries.items()}
        self._by_word: dict[str, list[Identity]] = defaultdict(list)
        for identity in self._identities.values():
            for word in {*identity.key, *identity.words, identity.acronym} - {""}:
                self._by_word[word].append(identity)
        self._role_heads = {head_of_role(role) for _, person in people for role in person.roles}

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
        own = (name for (_, name), key in self._key_of.items() if key == identity.key)
        return tuple(sorted(set(own)))

    # --- who there is

    def called(self, word: str) -> Sequence[Identity]:
        """Everybody who has a folded word in their full name, or for its initials ("sdf")."""
        return self._by_word.get(word, ())

    def is_called(self, word: str) -> bool:
        """Whether there is anybody so called."""
        return word in self._by_word

    def everyone(self) -> Iterable[Identity]:
        """All identities."""
        return self._identities.values()

    def holding(self, words: Set[str], beside: Set[str] = frozenset()) -> Iterable[Identity]:
        """All who have one of the words in a role, or as a word of their name in any form.

        Of them those who have each word `beside` so too, or an article that has it; others may be
        left out.
        """
        return (
            identity
            for identity in self._identities.values()
            if _holds(identity, words)
            and all(
                _holds(identity, {word}) or self.are_told({word}, identity.articles)
                for word in beside
            )
        )

    def with_initials(self, letters: str) -> Iterable[Identity]:
        """All whose full names begin with these letters, word by word."""
        return (each for each in self._identities.values() if each.initials == letters)

    def names_like(self, word: str, n: int, cutoff: float) -> list[str]:
        """The `n` words of names that are most like a word, by difflib's ratio."""
        return difflib.get_close_matches(word, self._by_word, n, cutoff)

    def is_role_head(self, word: str) -> bool:
        """Whether a role ends with a folded word."""
        return word in self._role_heads

    # --- what articles tell

    def context(self, article_id: str) -> Context:
        """The words of an article; none of one that is not there."""
        return self._context.get(article_id, _NO_CONTEXT)

    def mentions(self, words: Set[str]) -> frozenset[str]:
        """The articles that have all of some words."""
        return frozenset(id_ for id_, context in self._context.items() if words <= context.words)

    def having(self, groups: Sequence[Set[str]]) -> frozenset[str]:
        """The articles that have a word of each of these groups."""
        return frozenset(
            id_
            for id_, context in self._context.items()
            if not any(context.words.isdisjoint(group) for group in groups)
        )

    def are_told(self, words: Set[str], articles: Set[str]) -> bool:
        """Whether one of the articles has all of some words."""
        return any(words <= self.context(article).words for article in articles)

    # --- how words are spelt

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(word for each in self._context.values() for word in each.words)

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            found[word[:1], len(word)].append(word)
        return found

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for key in self._identities for pair in pairwise(key))

    def count(self, word: str) -> int:
        """How many articles have a word."""
        return self._words.get(word, 0)

    def words_like(self, first: str, length: int) -> Iterable[str]:
        """All words of articles that begin with a letter and have so many."""
        return self._alike.get((first, length), ())

    def words_beginning(self, first: str) -> Iterable[str]:
        """All words of articles that begin with these letters."""
        return (word for word in self._words if word.startswith(first))

    def is_pair(self, before: str, after: str) -> bool:
        """Whether two words stand side by side in a full name."""
        return (before, after) in self._pairs


_NO_CONTEXT = Context()


def _holds(identity: Identity, words: Set[str]) -> bool:
    return not words.isdisjoint((*identity.role_words, *fold(identity.name))) or any(
        not words.isdisjoint(role) for _, role in identity.roles
    )
