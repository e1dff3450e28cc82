"""The question's journey, in one method: understand, retrieve, read, choose, check.

Knows nothing of how an answer is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import chain, islice
from pathlib import Path

from bot.answer import Answer
from bot.drafting.checker import Checker
from bot.library.by_version import ByVersion
from bot.library.library import Library
from bot.query.conversation import Scene, Turn
from bot.query.dates import Calendar, DateRange, Days
from bot.query.directory import Directory
from bot.query.identities import Context, context_words, everybody
from bot.query.knowledge import Known
from bot.query.parts import corrected_parts, understood
from bot.query.question import MAX_HISTORY, MAX_LENGTH, Query, understand
from bot.query.reading import read_question
from bot.query.talk import is_talk
from bot.query.tongues import other_language
from bot.selecting.asked import Asked, look_up
from bot.selecting.chooser import Choice, choose, nearest, setting_of
from bot.selecting.citing import cite, speakers
from bot.selecting.dated import is_from
from bot.selecting.evidence import Evidence, gather
from bot.selecting.reader import Reader
from bot.selecting.refusal import Near, ask_which, chat, nothing_to_ask, only_english, refuse
from bot.selecting.retriever import Retriever
from bot.selecting.sections import join
from bot.selecting.suggest import nearest_questions, questions_of
from bot.selecting.telling import Teller, Told
from bot.selecting.views import ArticleView, view_article
from index.archive.archive import Archive
from index.archive.embedder import Embedder
from index.archive.rows import ArticleSummary
from index.language.dates import read_day
from index.reading.fetching import Fetcher

PASSAGES = 6  # read for a question: more costs time and finds nothing (docs/experiments.md)
_VIEWS = 512  # articles kept in memory
_TURNS = 256  # conversations kept in memory
_SUGGESTIONS = 3
_EXAMPLES = 3
_SOON = 30  # days after which an article tells of one
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
        today: Callable[[], date] = date.today,
    ) -> None:
        """`today` gives the day that "yesterday" is counted from."""
        self.archive = archive
        self._today = today
        self._retriever = Retriever(archive, embedder.encode)
        self._reader = reader
        # Derived from the archive and keyed by its generation: never stale.
        self._directory = lru_cache(maxsize=1)(self._build_directory)
        self._known = lru_cache(maxsize=1)(self._build_known)
        self._context = ByVersion(self._context_of)
        self._view = lru_cache(maxsize=_VIEWS)(self._build_view)
        self._turn = lru_cache(maxsize=_TURNS)(self._take_turn)
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

    @property
    def state(self) -> tuple[object, ...]:
        """Equal as long as the same questions have the same answer: the archive's and the day."""
        return (self.archive.generation, self._today())

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer from the articles, or say that they do not.

        `history` has the earlier questions of the conversation, oldest first. All that is read,
        the cited words too, comes from one state of the archive.
        """
        asked = tuple(q[:MAX_LENGTH].strip() for q in (*history[-MAX_HISTORY:], question))
        with self.archive.snapshot():
            return self._turn(self.archive.generation, self._today(), asked).answer

    def examples(self, n: int) -> tuple[str, ...]:
        """Up to `n` questions that the archive answers, from its newest articles."""
        generation = self.archive.generation
        newest = sorted(self.archive.articles(), key=lambda a: a.published or "", reverse=True)
        views = (view for a in newest[: 5 * n] if (view := self._view(generation, a.id)))
        answered = (q for q in questions_of(views) if self._is_answered(q, generation))
        return tuple(islice(answered, n))

    def directory(self) -> Directory:
        """Who is who in the archive as it is now, or in the snapshot that this thread reads."""
        with self.archive.snapshot():
            return self._directory(self.archive.generation)

    def _take_turn(self, generation: int, today: date, asked: tuple[str, ...]) -> Turn:
        """Answer the last of the questions, asked one after the other."""
        *before, question = asked
        turn = self._turn(generation, today, tuple(before)) if before else None
        if not_asked := self._no_question(question):
            return Turn(understand(""), not_asked, turn)
        known = self._known(generation, today)
        scene = self._scene(turn, generation)

        def days_of(event: str, topic: str) -> Days | None:
            return self._teller(generation).days_of(event, topic)

        reading = read_question(question, turn, known, scene, days_of)
        query = reading.query
        if query.kind == "several":
            return self._one_by_one(question, query, generation, today, tuple(before))
        query, answer = self._first_answer(question, query, generation)
        parts = (*answer.parts, *corrected_parts(question, reading.corrections))
        answer = replace(
            answer,
            kind=query.label,
            days=query.days,
            parts=parts,
            understood=understood(parts),
            message=f"{answer.message}{_undated(query)}",
            corrections=reading.corrections,
        )
        return Turn(query, answer, turn)

    def _one_by_one(
        self, question: str, query: Query, generation: int, today: date, before: tuple[str, ...]
    ) -> Turn:
        """Several questions, each asked after the one before it."""
        texts = tuple(piece.text for piece in query.pieces)
        turns = [
            self._turn(generation, today, (*before, *texts[: n + 1])) for n in range(len(texts))
        ]
        answers = [(f"{text}?", turn.answer) for text, turn in zip(texts, turns, strict=True)]
        answer = replace(join(question, query, answers), kind=query.label)
        return Turn(query, answer, turns[-1])

    def _no_question(self, question: str) -> Answer | None:
        """What is said to who asks nothing, or in another language."""
        if not any(character.isalnum() for character in question):
            return nothing_to_ask(question, None)
        tongue = other_language(question)
        if tongue:
            return only_english(question, tongue)
        return chat(question, self.examples(_EXAMPLES)) if is_talk(question) else None

    def _scene(self, turn: Turn | None, generation: int) -> Scene:
        """What the question after a turn is read in."""
        event = turn.articles if turn else _NONE
        views = (view for id_ in event if (view := self._view(generation, id_)))
        return Scene(self._directory(generation), event, _NONE.union(*(v.stems for v in views)))

    def _first_answer(self, question: str, query: Query, generation: int) -> tuple[Query, Answer]:
        """The question, or the one to ask where that has no answer, with its answer or refusal."""
        found = self._answer(question, query, generation)
        other = query.or_else
        while isinstance(found, _Found) and other:
            again = self._answer(question, other, generation)
            if isinstance(again, Answer):
                return other, again
            other = other.or_else
        return query, self._told(question, query, found, generation)

    def _told(self, question: str, query: Query, found: Answer | _Found, generation: int) -> Answer:
        """The answer, or the refusal where nothing was found."""
        if isinstance(found, Answer):
            return found
        return refuse(question, query, found.asked, self._near(query, found, generation))

    def _answer(self, question: str, query: Query, generation: int) -> Answer | _Found:
        """The answer; what was read in vain where there is none."""
        if self._directory(generation).is_empty:
            return nothing_to_ask(question, query)
        if query.pieces:
            return self._compared(question, query, generation)
        told = self._teller(generation).tell(query)
        if told.options:
            return ask_which(question, query, told.options)
        if told.choices:
            answer = cite(question, query, told.asked, told.choices)
            return replace(answer, person=told.person, message=_counted(answer.message, told))
        found = self._find(query, generation)
        choices = found.choices or self._teller(generation).stated(query)
        return cite(question, query, found.asked, choices) if choices else found

    def _compared(self, question: str, query: Query, generation: int) -> Answer:
        """The words of each person, under their name."""
        found = [(p, self._answer(p.text, p, generation)) for p in query.pieces]
        answers = [self._told(piece.text, piece, each, generation) for piece, each in found]
        return join(question, query, [(each.parts[0].text, each) for each in answers])

    def _find(self, query: Query, generation: int) -> _Found:
        asked = look_up(query, self._directory(generation))
        evidence = self._read(query, asked, generation)
        if query.days:
            evidence = [e for e in evidence if is_from(e.view, e.n, query.days)]
        return _Found(asked, tuple(evidence), choose(asked, evidence, _NONE, setting_of(query)))

    def _near(self, query: Query, found: _Found, generation: int) -> Near:
        """What the articles do have: the speaker's nearest words, who else spoke, what to ask."""
        if query.days and (day := self._nearest_day(query, query.days, generation)):
            return Near(day=day)
        others: tuple[str, ...] = ()
        asked = found.asked
        if asked and asked.phrase and query.topic:
            anybody = Query(f"who spoke about {query.topic}", "who_said", None, query.topic)
            spoken = self._find(replace(anybody, without=asked.phrase), generation)
            others = speakers(spoken.asked, [choice.evidence for choice in spoken.choices])
        others_said = (f"What did {name} say about {query.topic}?" for name in others)
        asking = chain(others_said, nearest_questions(asked, found.evidence))
        answered = (q for q in dict.fromkeys(asking) if self._is_answered(q, generation))
        return Near(nearest(asked, found.evidence), others, tuple(islice(answered, _SUGGESTIONS)))

    def _nearest_day(self, query: Query, days: DateRange, generation: int) -> date | None:
        """The day nearest to those that are asked for from which there is an answer."""
        anytime = replace(query, days=None)
        told = self._teller(generation).tell(anytime)
        choices = told.choices or self._find(anytime, generation).choices
        published = (choice.evidence.view.article.published for choice in choices)
        return Calendar.of(published, self._today()).nearest(days)

    def _is_answered(self, question: str, generation: int) -> bool:
        """Whether the articles surely answer "what did X say about Y?", without any reading."""
        return bool(self._teller(generation).stated(understand(question)))

    def _read(self, query: Query, asked: Asked | None, generation: int) -> list[Evidence]:
        among = query.among
        if asked and asked.articles is not None:
            among = asked.articles if among is None else among & asked.articles
        if query.days:
            published = self._published(query.days, generation)
            among = published if among is None else among & published
        hits = self._retriever.search(query.text, k=PASSAGES, articles=among)
        if query.days and query.kind == "fact":
            # A day that an article names may lie long before the day of its publication.
            found = {hit.passage_id for hit in hits}
            more = self._retriever.search(query.text, k=PASSAGES // 2)
            hits += [hit for hit in more if hit.passage_id not in found]
        return gather(self._reader, query, hits, lambda id_: self._view(generation, id_))

    def _published(self, days: DateRange, generation: int) -> frozenset[str]:
        """The articles of the days, of those soon after, and those that nobody dated."""
        after = timedelta(_SOON)
        wanted = replace(days, until=days.until and days.until + after)
        dates = ((a.id, read_day(a.published)) for a in self.archive.articles())
        return frozenset(id_ for id_, day in dates if day is None or wanted.has(day))

    def _teller(self, generation: int) -> Teller:
        def search(text: str, k: int) -> list[str]:
            return [hit.article_id for hit in self._retriever.search(text, k=k)]

        def read(query: Query) -> list[Evidence]:
            return self._read(query, None, generation)

        directory = self._directory(generation)
        return Teller(
            self.archive, directory, lambda id_: self._view(generation, id_), search, read
        )

    def _build_directory(self, generation: int) -> Directory:
        """Who is who in this generation of the archive."""
        return Directory(everybody(self.archive), self._context.of(self.archive))

    def _build_known(self, generation: int, today: date) -> Known:
        return Known.of(self.archive, self._directory(generation), today)

    def _context_of(self, summary: ArticleSummary) -> Context:
        article = self.archive.article(summary.id)
        return context_words(f"{summary.title or ''} {article.text if article else ''}")

    def _build_view(self, generation: int, article_id: str) -> ArticleView | None:
        return view_article(self.archive, self._directory(generation), article_id)


def _undated(query: Query) -> str:
    """Says that the days were left open, where they hang on an event that nobody dates."""
    event = query.dates.event if query.dates and not query.days else ""
    return f" When “{event}” was, the articles do not tell surely." if event else ""


def _counted(message: str, told: Told) -> str:
    """The message, and of how many these are the newest."""
    if told.n_found <= len(told.choices):
        return message
    return f"{message} These are the newest; there are {told.n_found:,}."
