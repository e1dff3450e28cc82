"""The question's journey, in one method: understand, retrieve, read, choose, check.

Knows nothing of how an answer is shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, islice
from pathlib import Path

from bot.answer import Answer
from bot.drafting.checker import Checker
from bot.library.by_version import ByVersion
from bot.library.library import Library
from bot.query.conversation import Turn, stand_alone
from bot.query.directory import Directory, context_words, everybody
from bot.query.question import MAX_HISTORY, MAX_LENGTH, Query, understand
from bot.selecting.asked import Asked, look_up
from bot.selecting.chooser import ANY_TOPIC, SETTING, Choice, choose, nearest
from bot.selecting.citing import cite, speakers
from bot.selecting.evidence import Evidence, gather
from bot.selecting.reader import Reader
from bot.selecting.refusal import Near, nothing_to_ask, refuse
from bot.selecting.retriever import Retriever
from bot.selecting.suggest import nearest_questions, questions_of
from bot.selecting.views import ArticleView, view_article
from index.archive.archive import Archive
from index.archive.embedder import Embedder
from index.archive.rows import ArticleSummary
from index.language.places import DEMONYMS
from index.reading.fetching import Fetcher

PASSAGES = 6  # read for a question: more costs time and finds nothing (docs/experiments.md)
_VIEWS = 512  # articles kept in memory
_TURNS = 256  # conversations kept in memory
_SUGGESTIONS = 3
_TRIED = 6  # suggestions that are tried: each costs as much as a question
_NAME_WORDS = 2
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read for a question and chosen from it."""

    asked: Asked | None
    evidence: tuple[Evidence, ...]
    choices: tuple[Choice, ...]


class Answerer:
    """Answers questions over one archive. Safe to share between threads."""

    def __init__(
        self,
        archive: Archive,
        embedder: Embedder,
        reader: Reader,
        fetcher: Fetcher = Fetcher(),  # noqa: B008 -- frozen
    ) -> None:
        self.archive = archive
        self._retriever = Retriever(archive, embedder.encode)
        self._reader = reader
        # Derived from the archive and keyed by its generation: never stale.
        self._directory = lru_cache(maxsize=1)(self._build_directory)
        self._context = ByVersion(self._context_of)
        self._view = lru_cache(maxsize=_VIEWS)(self._build_view)
        self._turn = lru_cache(maxsize=_TURNS)(self._take_turn)
        self._has_answer = lru_cache(maxsize=_TURNS)(self._try)
        self.library = Library(archive, embedder, self.directory, fetcher)

    @cached_property
    def checker(self) -> Checker:
        """What every draft has to pass; loaded when the first is written."""
        return Checker.load()

    @classmethod
    def open(cls, archive: Path) -> "Answerer":
        """Load the models and open the archive; raises VerbatimError if either is not there."""
        opened = Archive.open(archive)
        return cls(opened, Embedder.load(opened.embedder), Reader.load())

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer from the articles, or say that they do not.

        `history` has the earlier questions of the conversation, oldest first. All that is read,
        the cited words too, comes from one state of the archive.
        """
        asked = tuple(q[:MAX_LENGTH].strip() for q in (*history[-MAX_HISTORY:], question))
        with self.archive.snapshot():
            return self._turn(self.archive.generation, asked).answer

    def examples(self, n: int) -> tuple[str, ...]:
        """Up to `n` questions that the archive answers, from its newest articles."""
        generation = self.archive.generation
        newest = sorted(self.archive.articles(), key=lambda a: a.published or "", reverse=True)
        views = (view for a in newest[: 5 * n] if (view := self._view(generation, a.id)))
        answered = (q for q in questions_of(views) if self.answer(q).refusal is None)
        return tuple(islice(answered, n))

    def directory(self) -> Directory:
        """Who is who in the archive as it is now, or in the snapshot that this thread reads."""
        with self.archive.snapshot():
            return self._directory(self.archive.generation)

    def _take_turn(self, generation: int, asked: tuple[str, ...]) -> Turn:
        """Answer the last of the questions, asked one after the other."""
        *before, question = asked
        if not any(character.isalnum() for character in question):
            return Turn(understand(""), nothing_to_ask(question, None))
        turn = self._turn(generation, tuple(before)) if before else None
        directory = self._directory(generation)
        near = turn.articles if turn else frozenset()

        def is_speaker(phrase: str) -> bool:
            return bool(directory.match(phrase)) or self._is_name(phrase, near, generation)

        query = stand_alone(question, turn, is_speaker)
        answer = self._answer(question, query, near, generation)
        if answer.refusal and query.or_else:
            again = self._answer(question, query.or_else, near, generation)
            query, answer = (query.or_else, again) if again.sentences else (query, answer)
        return Turn(query, answer, turn)

    def _is_name(self, phrase: str, articles: frozenset[str], generation: int) -> bool:
        """Whether one of the articles writes the phrase as a name of two words or more."""
        if len(phrase.split()) < _NAME_WORDS or DEMONYMS.keys() & set(phrase.lower().split()):
            return False
        wanted = re.compile(re.escape(phrase), re.IGNORECASE)
        views = (view for id_ in articles if (view := self._view(generation, id_)))
        found = (match.group() for view in views for match in wanted.finditer(view.article.text))
        return any(all(word[0].isupper() for word in written.split()) for written in found)

    def _answer(self, question: str, query: Query, near: frozenset[str], generation: int) -> Answer:
        if self._directory(generation).is_empty:
            return nothing_to_ask(question, query)
        found = self._find(query, near, generation)
        if found.choices:
            return cite(question, query, found.asked, found.choices)
        return refuse(question, query, found.asked, self._near(query, found, generation))

    def _find(self, query: Query, near: frozenset[str], generation: int) -> _Found:
        asked = look_up(query, self._directory(generation))
        evidence = self._read(query, asked, near, generation)
        setting = ANY_TOPIC if asked and asked.phrase and not query.topic else SETTING
        return _Found(asked, tuple(evidence), choose(asked, evidence, near, setting))

    def _near(self, query: Query, found: _Found, generation: int) -> Near:
        """What the articles do have: the speaker's nearest words, who else spoke, what to ask."""
        others: tuple[str, ...] = ()
        asked = found.asked
        if asked and asked.phrase and query.topic:
            anybody = Query(f"who spoke about {query.topic}", "who_said", None, query.topic)
            spoken = self._find(replace(anybody, without=asked.phrase), frozenset(), generation)
            others = speakers(spoken.asked, [choice.evidence for choice in spoken.choices])
        others_said = (f"What did {name} say about {query.topic}?" for name in others)
        asking = islice(chain(others_said, nearest_questions(asked, found.evidence)), _TRIED)
        answered = (q for q in dict.fromkeys(asking) if self._has_answer(generation, q))
        return Near(nearest(asked, found.evidence), others, tuple(islice(answered, _SUGGESTIONS)))

    def _try(self, generation: int, question: str) -> bool:
        """Whether the articles answer a question that stands alone."""
        return bool(self._find(understand(question), _NONE, generation).choices)

    def _read(
        self, query: Query, asked: Asked | None, near: frozenset[str], generation: int
    ) -> list[Evidence]:
        hits = self._retriever.search(
            query.text, k=PASSAGES, articles=asked.articles if asked else None
        )
        if near:  # a follow-up most often stays in the articles of the turn before
            found = {hit.passage_id for hit in hits}
            nearby = self._retriever.search(query.text, k=PASSAGES // 2, articles=near)
            hits += [hit for hit in nearby if hit.passage_id not in found]
        return gather(self._reader, query, hits, lambda id_: self._view(generation, id_))

    def _build_directory(self, generation: int) -> Directory:
        """Who is who in this generation of the archive."""
        return Directory(everybody(self.archive), self._context.of(self.archive))

    def _context_of(self, summary: ArticleSummary) -> frozenset[str]:
        article = self.archive.article(summary.id)
        return context_words(f"{summary.title or ''} {article.text}") if article else _NONE

    def _build_view(self, generation: int, article_id: str) -> ArticleView | None:
        return view_article(self.archive, self._directory(generation), article_id)
