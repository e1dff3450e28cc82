"""Who is who in one state of an archive, looked up in its tables when it is asked.

Nothing is gathered: what was looked up is kept as long as the state is. Knows nothing of how the
tables are kept.
"""

import difflib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Protocol, Self

from index.archive.checksums import checksum_matches
from index.archive.engine import Connection
from index.archive.errors import ArticleDamaged
from index.archive.register_update import Bearer, RegisterUpdate, joined_text, split_text
from index.archive.rows import set_meta
from index.archive.sqlite import MemoryDatabase
from index.archive.state import STATE, first_state, number_of
from index.attribution.people.identities import (
    LONGEST,
    PHASE,
    Context,
    Gathered,
    Identity,
    Named,
    identity_of,
)
from index.schema import Person

_KEPT = 20_000  # identities and contexts in memory
_Place = tuple[int, str, int]


class Reading(Protocol):
    """What is needed of an archive."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Everything read inside is of one moment; nested, of the outermost's."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Somebody, and where everybody is listed first."""

    place: _Place
    identity: Identity


class Register:
    """All people of an archive, and whom each article's names stand for.

    To be asked within a snapshot of the state that it is of. Safe to share between threads.
    """

    def __init__(self, archive: Reading, state: int, aliases: Mapping[str, str]) -> None:
        """Of the archive in this state (`index.archive.state`)."""
        self._archive = archive
        self._state = state
        self.aliases = dict(aliases)
        self._identities: dict[str, _Found] = {}
        self._of_article = lru_cache(_KEPT)(self._read_article)
        self.context = lru_cache(_KEPT)(self._read_context)
        self.called = lru_cache(_KEPT)(self._read_called)
        self.count = lru_cache(_KEPT)(self._read_count)
        self._beginning = lru_cache(_LETTERS)(self._read_beginning)

    @classmethod
    def gathered(cls, people: Iterable[tuple[str, Person]], context: Mapping[str, Context]) -> Self:
        """Of people who are in no archive, given as (article id, person), in this order.

        `context` gives the words of each article (places and bodies that a role leaves out:
        the "Health Minister" of an article about Poland is "the polish health minister").
        """
        listed: dict[str, list[Named]] = {article: [] for article in context}
        for n, (article, person) in enumerate(people):
            if len(person.name) <= LONGEST:
                listed.setdefault(article, []).append(Named(n * PHASE, person))
        database, state = MemoryDatabase(), first_state()
        with database.writing() as connection:
            set_meta(connection, **state)
            update = RegisterUpdate(connection)
            for article, own in listed.items():
                update.put(article, own, context.get(article))
            update.write()
        return cls(database, number_of(state[STATE]), {})

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._archive.reading() as connection:
            (state,) = connection.execute(_STATE, (STATE,)).fetchone()
            if number_of(state) != self._state:
                # What was kept of one state would be mixed with another.
                raise RuntimeError("who is who was asked outside of a snapshot of its state")
            yield connection

    def _all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._reading() as connection:
            return connection.execute(query, values).fetchall()

    def _among(
        self, query: str, column: str, values: Sequence[str], order: str = ""
    ) -> list[tuple[Any, ...]]:
        """What a query finds where a column has one of the values."""
        with self._reading() as connection:
            which, value = connection.among(column, values)
            return connection.execute(f"{query} WHERE {which} {order}", (value,)).fetchall()

    @cached_property
    def is_empty(self) -> bool:
        """Whether the archive has no articles at all."""
        return not self._all("SELECT 1 FROM contexts LIMIT 1")

    # --- who there is

    def identity(self, article_id: str, name: str) -> Identity | None:
        """Whom a name stands for in an article; None if the article has nobody of that name."""
        key = self._of_article(article_id).get(name)
        found = self._in_order([key]) if key else ()
        return found[0] if found else None

    def people_of(self, articles: frozenset[str]) -> tuple[Identity, ...]:
        """Everybody whom one of the articles speaks of."""
        query = f"SELECT b.n, b.article_id, k.joined FROM {_BORNE}"
        rows = self._among(query, "b.article_id", sorted(articles))
        listed = sorted((_place(article, n), key) for n, article, key in rows)
        keys = dict.fromkeys(key for _, key in listed)
        known = {joined_text(each.key): each for each in self._in_order(keys)}
        return tuple(known[key] for key in keys)

    def spellings(self, identity: Identity) -> tuple[str, ...]:
        """All names by which articles have somebody."""
        query = f"SELECT DISTINCT b.name FROM {_BORNE} WHERE k.joined = ?"
        return tuple(sorted(str(n) for (n,) in self._all(query, joined_text(identity.key))))

    def is_called(self, word: str) -> bool:
        """Whether there is anybody so called."""
        return bool(self._keys({word}, "c", most=1))

    def everyone(self) -> Iterable[Identity]:
        """All identities."""
        return self._in_order([str(key) for (key,) in self._all("SELECT key FROM identities")])

    def holding(self, words: Set[str], beside: Set[str] = frozenset()) -> Iterable[Identity]:
        """All who have one of the words in a role, or as a word of their name in any form.

        Of them only those who have each word `beside` so too, or an article that has it.
        """
        keys = self._holding(words)
        return self._in_order(self._beside(keys, beside) if beside else keys)

    def _holding(self, words: Set[str]) -> set[str]:
        query = "SELECT DISTINCT k.joined FROM held_words AS h JOIN keys AS k ON k.words = h.words"
        rows = self._among(query, "h.word", sorted(words))
        return {*(key for (key,) in rows), *self._keys(words, "no")}

    def _beside(self, keys: set[str], beside: Set[str]) -> set[str]:
        """The keys, of these, with each word of `beside` as a role or in an article of theirs."""
        of: dict[str, set[str]] = defaultdict(set)
        query = f"SELECT k.joined, b.article_id FROM {_BORNE}"
        for key, article in self._among(query, "k.joined", sorted(keys)):
            of[key].add(article)
        for word in beside:
            told, held = self.mentions({word}), self._holding({word})
            keys = {key for key in keys if key in held or not told.isdisjoint(of[key])}
        return keys

    def with_initials(self, letters: str) -> Iterable[Identity]:
        """All whose full names begin with these letters, word by word."""
        return self._in_order(self._keys({f"={letters}"}, "i"))

    def names_like(self, word: str, n: int, cutoff: float) -> list[str]:
        """The `n` words of names that are most like a word, by difflib's ratio."""
        # 2 M / T, of which M is at most the shorter one: what is far longer or shorter is out.
        least, most = len(word) * cutoff / (2 - cutoff), len(word) * (2 - cutoff) / cutoff
        near = [known for known in self._name_words if least - 1 < len(known) < most + 1]
        return difflib.get_close_matches(word, near, n, cutoff)

    @cached_property
    def _name_words(self) -> tuple[str, ...]:
        rows = self._all("SELECT DISTINCT word FROM found_by WHERE substr(kinds, 1, 1) = 'c'")
        return tuple(str(word) for (word,) in rows)

    def is_role_head(self, word: str) -> bool:
        """Whether a role ends with a folded word."""
        return bool(self._all("SELECT 1 FROM role_heads WHERE word = ?", word))

    # --- what articles tell

    def mentions(self, words: Set[str]) -> frozenset[str]:
        """The articles that have all of some words."""
        return self.having([{word} for word in words])

    def having(self, groups: Sequence[Set[str]]) -> frozenset[str]:
        """The articles that have a word of each of these groups."""
        if not all(groups):
            return frozenset()
        with self._reading() as connection:
            return frozenset(connection.articles_with_words([sorted(each) for each in groups]))

    def are_told(self, words: Set[str], articles: Set[str]) -> bool:
        """Whether one of the articles has all of some words."""
        if len(articles) > _FEW:
            return not self.mentions(words).isdisjoint(articles)
        return any(words <= self.context(article).words for article in articles)

    # --- how words are spelt

    def words_like(self, first: str, length: int) -> Iterable[str]:
        """All words of articles that begin with a letter and have so many."""
        return self._beginning(first).get(length, ())

    def words_beginning(self, first: str) -> Iterable[str]:
        """All words of articles that begin with these letters."""
        return (word for words in self._beginning(first).values() for word in words)

    def is_pair(self, before: str, after: str) -> bool:
        """Whether two words stand side by side in a full name."""
        keys = map(split_text, self._keys({before}, "c"))
        return any((before, after) in pairwise(key) for key in keys)

    # --- reading

    def _read_count(self, word: str) -> int:
        """How many articles have a word."""
        with self._reading() as connection:
            return connection.count_articles_with_word(word)

    def _read_beginning(self, first: str) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        with self._reading() as connection:
            for word in connection.words_beginning(first):
                found.setdefault(len(word), []).append(word)
        return found

    def _read_called(self, word: str) -> Sequence[Identity]:
        """Everybody who has a folded word in their full name, or for its initials ("sdf")."""
        return self._in_order(self._keys({word}, "c"))

    def _read_article(self, article_id: str) -> dict[str, str]:
        query = f"SELECT b.name, k.joined FROM {_BORNE} WHERE b.article_id = ?"
        return {str(name): str(key) for name, key in self._all(query, article_id)}

    def _read_context(self, article_id: str) -> Context:
        """The words of an article; none of one that is not there."""
        query = "SELECT words, homes, begun, seal FROM contexts WHERE article_id = ?"
        for row in self._all(query, article_id):
            if not checksum_matches(article_id, *row):
                raise ArticleDamaged(article_id)
            return Context(*(frozenset(str(part).split()) for part in row[:-1]))
        return Context()

    def _keys(self, words: Set[str], kinds: str, most: int | None = None) -> list[str]:
        with self._reading() as connection:
            which, value = connection.among("word", sorted(words))
            query = f"SELECT kinds, key FROM found_by WHERE {which}"
            rows = connection.execute(query, (value,))
            found = (key for found, key in rows if not set(kinds).isdisjoint(found))
            return [key for _, key in zip(range(most or _ALL), found, strict=False)]

    def _in_order(self, keys: Iterable[str]) -> tuple[Identity, ...]:
        """The identities that have these keys, in the order of the keys."""
        wanted = dict.fromkeys(keys)
        lacking = [key for key in wanted if key not in self._identities]
        for start in range(0, len(lacking), _TOGETHER):
            self._identities.update(self._read(lacking[start : start + _TOGETHER]))
        found = [self._identities[key] for key in wanted if key in self._identities]
        return tuple(each.identity for each in sorted(found, key=lambda each: each.place))

    def _read(self, keys: Sequence[str]) -> Iterator[tuple[str, _Found]]:
        columns = ", ".join(f"b.{column}" for column in Bearer._fields)
        query = f"SELECT k.joined, {columns}, b.seal FROM {_BORNE}"
        rows = self._among(query, "k.joined", keys, "ORDER BY k.joined")
        for key, group in groupby(rows, key=itemgetter(0)):
            yield key, _found(key, (row[1:] for row in group))


_BORNE = "bearers AS b JOIN keys AS k ON k.words = b.words"
_STATE = "SELECT value FROM meta WHERE name = ?"
_FEW = 200  # articles whose words are read one by one
_LETTERS = 32
_TOGETHER = 500
_ALL = 10**9


def _found(key: str, rows: Iterable[Sequence[object]]) -> _Found:
    entry, places = Gathered(), []
    for row in rows:
        bearer = Bearer(*row[:-1])  # type: ignore[arg-type]
        if not checksum_matches(*row):
            raise ArticleDamaged(bearer.article_id)
        places.append(_place(bearer.article_id, bearer.n))
        entry.names[bearer.bare] += 1
        entry.bodies += bearer.kind == "body"
        entry.articles.add(bearer.article_id)
        entry.roles[bearer.article_id].update(json.loads(bearer.held))
    return _Found(min(places), identity_of(split_text(key), entry))


def _place(article_id: str, n: int) -> _Place:
    return n // PHASE, article_id, n
