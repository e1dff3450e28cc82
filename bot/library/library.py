"""The newsroom's library: lists articles, people and statements; adds and removes articles.

Lists come from one state of the archive and are cached until it changes. Knows nothing of pages,
requests or rights.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from bot.caches import VersionCache
from bot.filters import NO_FILTERS, Filters, iso_day
from bot.library.completion import Completer, Completion
from bot.library.ledger import Ledger, LocatedStatement, PersonCard, digest
from bot.query.people.directory import Directory
from bot.query.typed.spelling import Speller
from index.archive.archive import Archive, Gone
from index.archive.embedding.embedder import Embedder
from index.archive.rows import ArticleSummary
from index.attribution.people.identities import Identity
from index.corrections import name_key
from index.ingest import Outcome, ingest
from index.language.dates import read_day
from index.language.stems import stems
from index.preparing import nothing
from index.reading.fetching import Fetcher
from index.reading.read_results import Problem, ReadResult
from index.reading.records import shown
from index.reading.web import read_address
from index.schema import NotFound

T = TypeVar("T")

_TOPICS = 5000  # that are completed
_COMPLETED = 5000  # articles up to which there are completions (docs/scale.md)
Piece = tuple[str, bool]  # words of the text, and whether they were looked for

_BEFORE, _LENGTH = 50, 180  # characters
_MOST = 200  # places looked at
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A page of a list, and the number of items in all of it."""

    total: int
    items: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """The articles found, with a snippet of each (by id).

    `meant` are the words searched for in the end, if they are not those typed.
    """

    listing: Listing[ArticleSummary]
    meant: str
    snippets: Mapping[str, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """Whose statements, on what topic, from which day to which (ISO dates, both included).

    None or empty means any. Undated statements come last in either order.
    """

    speaker: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an archive holds: how many articles, from which day to which, how many of each outlet.

    The outlets with most articles come first.
    """

    n_articles: int
    first: str | None
    last: str | None
    outlets: tuple[tuple[str, int], ...]


class Library:
    """The library of an open archive; safe to share between threads."""

    def __init__(
        self,
        archive: Archive,
        embedder: Embedder,
        directory: Callable[[], Directory],
        fetcher: Fetcher,
    ) -> None:
        """`directory` gives who is who in the state of the archive that the thread reads."""
        self._archive = archive
        self._embedder = embedder
        self._directory = directory
        self._fetcher = fetcher
        self._digests = VersionCache(lambda summary: digest(archive, summary))
        # Keyed by the archive's generation: never stale.
        self._ledger = lru_cache(maxsize=1)(self._build_ledger)
        self._speller = lru_cache(maxsize=1)(self._build_speller)
        self._completer = lru_cache(maxsize=1)(self._build_completer)

    def articles(
        self, query: str = "", offset: int = 0, limit: int = 50, filters: Filters = NO_FILTERS
    ) -> Listing[ArticleSummary]:
        """Articles, newest first; with a query, those that have all its words, best first."""
        with self._archive.snapshot():
            ids = self._archive.search_articles(query) if query.strip() else None
            return self._listing(ids, filters, offset, limit)

    def search(self, query: str, offset: int, limit: int, filters: Filters) -> Search:
        """Articles and snippets for a search box; prefixes and corrected spelling are fallbacks.

        If nothing has the whole words, articles with words that begin so; then those with the
        corrected words.
        """
        with self._archive.snapshot():
            words, ids = query, self._archive.search_articles(query) if query.strip() else None
            if ids == []:
                ids = self._archive.search_articles(query, beginnings=True)
            if ids == []:
                words, _ = self._speller(self._archive.generation).correct(query)
                ids = self._archive.search_articles(words, beginnings=True)
            listing = self._listing(ids, filters, offset, limit)
            articles = map(self._archive.article, (item.id for item in listing.items))
            found = {a.id: snippet(a.text, words) for a in articles if a and words.strip()}
        return Search(listing, words if words != query and ids else "", found)

    def _listing(
        self, ids: list[str] | None, filters: Filters, offset: int, limit: int
    ) -> Listing[ArticleSummary]:
        """A page of the articles with these ids, in their order; of all articles for None."""
        found = [a.id for a in self._archive.by_date.all() if filters.has(a.published, a.source)]
        if ids is not None:
            passed = frozenset(found)
            found = [id_ for id_ in ids if id_ in passed]
        return Listing(len(found), self._archive.summaries(_part(found, offset, limit)))

    def holdings(self) -> Holdings:
        """A summary of what the archive holds."""
        articles = self._archive.by_date.all()
        days = sorted(day.isoformat() for a in articles if (day := read_day(a.published)))
        outlets = Counter(a.source for a in articles if a.source)
        first, last = (days[0], days[-1]) if days else (None, None)
        return Holdings(len(articles), first, last, tuple(outlets.most_common()))

    def read_address(self, url: str) -> Iterator[ReadResult]:
        """The articles at a web address, to be added; one for each entry of a feed."""
        return read_address(url, self._fetcher)

    def add(
        self, readings: Iterable[ReadResult], between: Callable[[], None] = nothing
    ) -> Iterator[Outcome | Problem]:
        """Add articles, each whole or not at all, as `ingest` does.

        `between` is called every few passages. Must not run within a snapshot, as others must see
        what is written.
        """
        yield from ingest(self._archive, lambda: self._embedder, readings, between)
        self._archive.tidy()

    def remove(self, article_id: str) -> tuple[Gone, bool] | None:
        """Remove an article: what went with it, and whether its words are wiped from the disk.

        If not (no room, or a reader was active), the next change wipes them. None if there is no
        article of that id.
        """
        gone = self._archive.remove(article_id)
        return (gone, self._archive.tidy()) if gone else None

    def people(self, query: str = "", offset: int = 0, limit: int = 50) -> Listing[PersonCard]:
        """The people quoted by name, most often first; filtered by words of names and roles."""
        ledger = self._now()
        found = ledger.speakers(query)
        part = _part(found, offset, limit)
        return Listing(len(found), tuple(ledger.card(who, entries) for who, entries in part))

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """Completions of what is typed: people and topics.

        None for a large archive, in which gathering them would take minutes.
        """
        with self._archive.snapshot():
            if self._archive.count() > _COMPLETED:
                return ()
            return self._completer(self._archive.generation).complete(typed)

    def card(self, name: str) -> tuple[PersonCard | None, bool]:
        """The card of the person with that name, and whether the people page lists them."""
        with self._archive.snapshot():
            meant, ledger = self._meant(name), self._now()
            if len(meant) != 1:
                return None, False
            return ledger.card_of(meant[0]), ledger.is_sure(meant[0])

    def spellings(self, name: str) -> tuple[str, ...]:
        """All names of the one person with that name; raises NotFound unless there is just one."""
        with self._archive.snapshot():
            meant = self._meant(name) if name.strip() else ()
            found = self._directory().spellings(meant[0]) if len(meant) == 1 else ()
            # The name must be one of theirs, and not just that of somebody joined with them.
            if name_key(name) not in map(name_key, found):
                raise NotFound(f"There is no single person called {shown(name)}.")
            return found

    def who(self, phrase: str) -> tuple[str, ...]:
        """The names of all whom a phrase may mean; empty if there is nobody."""
        with self._archive.snapshot():
            return tuple(identity.name for identity in self._meant(phrase))

    def statements(
        self, query: StatementQuery, offset: int = 0, limit: int = 50
    ) -> Listing[LocatedStatement]:
        """The statements that match a query, newest first unless it says otherwise."""
        since, until = iso_day(query.since or "", "from"), iso_day(query.until or "", "to")
        with self._archive.snapshot():
            ledger = self._now()
            entries = ledger.oldest_first if query.oldest_first else ledger.newest_first
            days = Filters(since, until)
            found = [e for e in entries if days.has(e.article.published, None)]
            if query.speaker and query.speaker.strip():
                meant = {identity.key for identity in self._meant(query.speaker)}
                found = [e for e in found if e.identity and e.identity.key in meant]
            if query.topic and query.topic.strip():
                words = stems(query.topic)
                found = [e for e in found if e.is_about(words)]
            return Listing(len(found), tuple(map(self._shown, _part(found, offset, limit))))

    def _shown(self, found: LocatedStatement) -> LocatedStatement:
        article = self._archive.article(found.article.id)
        return replace(found, article_text=article.text if article else "")

    def _meant(self, phrase: str) -> tuple[Identity, ...]:
        """The people a phrase may mean; an exact name means that person alone."""
        matches = self._directory().match(phrase)
        exact = tuple(m.identity for m in matches if m.identity.name == phrase)
        return exact or tuple(match.identity for match in matches)

    def _now(self) -> Ledger:
        with self._archive.snapshot():
            return self._ledger(self._archive.generation)

    def _build_speller(self, generation: int) -> Speller:
        return Speller(self._directory().register)

    def _build_completer(self, generation: int) -> Completer:
        ledger = self._ledger(generation)
        people = ((who.name, len(entries)) for who, entries in ledger.speakers())
        return Completer(people, ledger.topics(_TOPICS))

    def _build_ledger(self, generation: int) -> Ledger:
        """The statements of this generation of the archive."""
        archive = self._archive
        digests = self._digests.of(archive)
        return Ledger(
            archive.articles(),
            digests,
            self._directory(),
            archive.people(),
            archive.all_statements(),
        )


def _part(items: "list[T] | tuple[T, ...]", offset: int, limit: int) -> tuple[T, ...]:
    start = max(0, offset)
    return tuple(items[start : start + max(0, limit)])


def snippet(text: str, words: str) -> tuple[Piece, ...]:
    """The place of the text that has most of the words, or their beginnings; empty if none has."""
    wanted = list(dict.fromkeys(word.casefold() for word in _WORD.findall(words)))
    places = [
        match
        for match in _WORD.finditer(text)
        if any(match.group().casefold().startswith(word) for word in wanted)
    ][:_MOST]
    if not places:
        return ()
    best = max(places, key=lambda match: (_count(text, match.start(), wanted), -match.start()))
    start = _edge(text, max(0, best.start() - _BEFORE), best.start())
    end = text.rfind(" ", best.end(), start + _LENGTH)
    end = len(text) if len(text) <= start + _LENGTH else max(end, best.end())
    return tuple(_pieces(text, start, end, [m for m in places if start <= m.start() < end]))


def _count(text: str, start: int, wanted: Sequence[str]) -> int:
    near = [word.casefold() for word in _WORD.findall(text[start : start + _LENGTH - _BEFORE])]
    return sum(any(word.startswith(each) for word in near) for each in wanted)


def _edge(text: str, start: int, before: int) -> int:
    """The beginning of a word, after `start`, or of the line."""
    if start == 0:
        return 0
    space = max(text.find(" ", start, before), text.rfind("\n", start, before))
    return space + 1 if space >= 0 else before


def _pieces(text: str, start: int, end: int, hits: Sequence[re.Match[str]]) -> list[Piece]:
    pieces: list[Piece] = [("… ", False)] if start > 0 else []
    at = start
    for hit in hits:
        pieces += [(text[at : hit.start()], False), (text[hit.start() : min(hit.end(), end)], True)]
        at = min(hit.end(), end)
    pieces += [(text[at:end], False), (" …" * (end < len(text)), False)]
    return [piece for piece in pieces if piece[0]]
