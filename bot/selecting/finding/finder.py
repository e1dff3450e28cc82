"""Finds what to read for a query: the nearest passages, laid out in rows.

Knows nothing of reading or choosing.
"""

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, zip_longest

from bot.date_range import SOON, DateRange
from bot.query.grammar.question import Query
from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, view_article
from bot.selecting.finding.retriever import Encode, Retriever
from bot.selecting.finding.stories import others_of_story
from bot.selecting.reading.reader_rows import Row, lay_out_rows
from bot.selecting.wanted_speaker import WantedSpeaker
from index.archive.archive import Archive

PASSAGES = 16  # read for a question (docs/experiments.md)
_VIEWS = 512  # articles kept in memory
_STORIES = 512  # articles of which the story is kept
_PASSAGES_OF_STORY = 30  # looked at for others of a story
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What to read for a query; `wanted` is None if it asks for a fact, not for words."""

    wanted: WantedSpeaker | None
    rows: tuple[Row, ...]


class Finder:
    """Finds in one archive. Safe to share between threads."""

    def __init__(self, archive: Archive, encode: Encode) -> None:
        self._archive = archive
        self._retriever = Retriever(archive, encode)
        # Derived from the archive and keyed by its generation: never stale.
        self._directory = lru_cache(maxsize=1)(self._build_directory)
        self._view = lru_cache(maxsize=_VIEWS)(self._build_view)
        self._story = lru_cache(maxsize=_STORIES)(self._find_story)

    def directory(self, generation: int) -> Directory:
        """Who is who in this generation of the archive."""
        return self._directory(generation)

    def view(self, generation: int, article_id: str) -> ArticleView | None:
        """An article as this generation has it; None if it has none of that id."""
        return self._view(generation, article_id)

    def story(self, generation: int, article_id: str) -> frozenset[str]:
        """The ids of the other articles that tell of the same story."""
        return self._story(generation, article_id)

    def find(self, query: Query, wanted: WantedSpeaker | None, generation: int) -> Found:
        """What to read for a query; the wanted speaker's articles are preferred."""
        days = query.days if query.days and not query.days.is_subject else None
        published = self._published(days) if days else None
        allowed = [ids for ids in (query.among, query.within, published) if ids is not None]
        only = frozenset.intersection(*allowed) if allowed else None
        preferred = (wanted.articles if wanted else None) or _NONE
        hits = self._retriever.search(query.text, k=PASSAGES, preferred=preferred, only=only)
        if days and query.kind == "fact":
            # An article may name a day long before its publication.
            more = self._retriever.search(query.text, k=PASSAGES // 2, only=query.within)
            found = {hit.passage_id for hit in hits}
            others = [hit for hit in more if hit.passage_id not in found]
            in_turn = chain.from_iterable(zip_longest(hits, others))
            hits = [hit for hit in in_turn if hit is not None]
        return Found(wanted, tuple(lay_out_rows(hits, lambda id_: self._view(generation, id_))))

    def near(self, text: str, k: int, only: frozenset[str] | None = None) -> dict[str, float]:
        """The articles of the `k` best passages, best first, with the cosine of the best of each.

        Only articles in `only` are searched, if given.
        """
        found: dict[str, float] = {}
        for hit in self._retriever.search(text, k=k, only=only):
            found[hit.article_id] = max(hit.similarity, found.get(hit.article_id, -1.0))
        return found

    def _published(self, days: DateRange) -> frozenset[str]:
        """The ids of articles published on the days or soon after, and of undated ones."""
        until = days.until and days.until + SOON
        found = (
            *self._archive.by_date.published(days.since, until),
            *self._archive.by_date.undated(),
        )
        return frozenset(each.id for each in found)

    def _find_story(self, generation: int, article_id: str) -> frozenset[str]:
        view = self._view(generation, article_id)
        if view is None:
            return _NONE

        def near(text: str, only: frozenset[str] | None) -> dict[str, float]:
            return self.near(text, _PASSAGES_OF_STORY, only)

        here = partial(self._view, generation)
        return others_of_story(view, near, here, self._directory(generation))

    def _build_directory(self, generation: int) -> Directory:
        return Directory(self._archive.register())

    def _build_view(self, generation: int, article_id: str) -> ArticleView | None:
        return view_article(self._archive, self._directory(generation), article_id)
