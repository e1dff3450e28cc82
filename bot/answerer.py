"""The journey of a question: understand, retrieve, read, choose, cite, or refuse.

Knows nothing of how an answer is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache, partial
from itertools import chain, islice

from bot.answer import Answer
from bot.caches import StateCache
from bot.date_range import Calendar, DateRange, Days
from bot.drafting.checking.checker import Checker
from bot.filters import NO_FILTERS, Filters
from bot.library.library import Library
from bot.query.dialogue.conversation import goes_on
from bot.query.dialogue.earlier import Earlier, EarlierTurn, Settled
from bot.query.dialogue.halves import completed
from bot.query.dialogue.history import as_is, first_anew, turns_of
from bot.query.dialogue.scene import Scene
from bot.query.grammar.question import Query, said, understand
from bot.query.parts import corrected_parts, dated, undated, understood, worded
from bot.query.people.directory import Directory
from bot.query.reading import ArchiveKnowledge, ReadQuestion, asks_somebody, read_question
from bot.query.typed.talk import TalkDetector, leans, other_language
from bot.selecting.article_view import ArticleView
from bot.selecting.choosing.chooser import (
    choose_offering,
    choose_own,
    nearest,
)
from bot.selecting.choosing.completing import with_quotations
from bot.selecting.choosing.study import Studied, Studies, is_of_story, study
from bot.selecting.choosing.updates import asks_for_now
from bot.selecting.citing.carriers import Carriers
from bot.selecting.citing.citing import cite, join, with_words_beside
from bot.selecting.citing.refusal import (
    Near,
    ask_which,
    ask_whom,
    chat,
    nothing_to_ask,
    only_english,
    refuse,
)
from bot.selecting.finding.finder import Finder
from bot.selecting.finding.scenes import scene_of
from bot.selecting.overviews.listing import in_order
from bot.selecting.overviews.overviews import ArticleSearch, OverviewSelector
from bot.selecting.reading.reader import Reader
from bot.selecting.suggestions import nearest_questions, questions_of, worth_asking
from bot.selecting.wanted_speaker import look_up
from index.archive.address import Address
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.reading.fetching import Fetcher

_KEPT = 1000  # turns of conversations, in memory
_SUGGESTIONS = 3
_EXAMPLES = 3
_OF_NEWEST = 200  # articles looked at for examples, at most
_TRIES = 4  # questions tried for each
_PASSAGES_COMPARED = 6  # looked at for an article that has several who are compared
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Context:
    """The context of a question: a state of the archive, the day, and the filters.

    `within` has the ids of the articles that pass the filters; None for all.
    """

    generation: int
    today: date
    filters: Filters = NO_FILTERS
    within: frozenset[str] | None = None

    @property
    def state(self) -> tuple[int, date]:
        """The archive's, and the day."""
        return self.generation, self.today


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
        """`today` gives the day from which "yesterday" is counted."""
        self.archive = archive
        self._today = today
        self._finder = Finder(archive, embedder.encode)
        self._talk = TalkDetector(embedder.encode)
        self._carriers = Carriers(archive, self._finder.view)
        self._reader = reader
        # Derived from the archive and keyed by its generation: never stale.
        self._known = lru_cache(maxsize=1)(self._build_known)
        self._is_stated = lru_cache(maxsize=_KEPT)(self._find_stated)
        self._examples = StateCache[int, tuple[str, ...]](2)
        self._turns = StateCache[tuple[Filters, tuple[str, ...]], EarlierTurn](_KEPT)
        self.library = Library(archive, embedder, self.directory, fetcher)

    @cached_property
    def checker(self) -> Checker:
        """The check of every draft; loaded when the first is written."""
        return Checker.load()

    @classmethod
    def open(cls, archive: Address) -> "Answerer":
        """Load the models and open the archive; raises VerbatimError if either is missing."""
        opened = Archive.open(archive)
        return cls(opened, Embedder.load(opened.embedder), Reader.load())

    @property
    def state(self) -> tuple[int, date]:
        """The archive's generation and the day: as long as it is equal, so are the answers."""
        return (self.archive.generation, self._today())

    def cached(
        self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> Answer | None:
        """The cached answer to a question that was asked before in this state; else None."""
        turn = self._turns.get(self.state, (filters, turns_of(question, history)))
        return turn.answer if turn else None

    def answer(
        self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> Answer:
        """Answer from the articles, or refuse with a reason.

        `history` has the earlier questions of the conversation, oldest first. They are answered
        only as far as this one depends on them, and of those not cached only the last six are read.
        Only the articles that pass the `filters` are searched. Everything comes from one state of
        the archive.
        """
        asked = turns_of(question, history)
        with self.archive.snapshot():
            state = self.state
            turn = self._turns.get(state, (filters, asked))
            if turn is None:
                context = _Context(*state, filters, self._passed(filters))
                earlier = cache(partial(self._earlier, context, asked[:-1]))
                turn = self._take_turn(asked[-1], earlier, context)
                turn.settled()
                self._turns.put(state, (filters, asked), turn)
            return turn.answer

    def with_carriers(self, answer: Answer) -> Answer:
        """A saved answer, with today's articles that carry what it cites."""
        with self.archive.snapshot():
            return self._carriers.named(answer, self.archive.generation)

    def study(self, question: str) -> Studied:
        """The evidence for a question that stands alone; `bot.training.measure` uses it."""
        with self.archive.snapshot():
            generation = self.archive.generation
            context = _Context(generation, self._today())
            query = self._read(question, partial(as_is, None), context).query
            return self._studies(generation).of(query)

    def examples(self, n: int) -> tuple[str, ...]:
        """Up to `n` questions about the newest articles, each tried and certainly answered.

        About persons who say several things on a topic of two words; failing that, about anything
        said. Cached until the archive changes.
        """
        with self.archive.snapshot():
            state = self.state
            found = self._examples.get(state, n)
            if found is None:
                worth = self._tried(worth_asking(self._newest_views()), n)
                found = worth or self._tried(self._stated_questions(), n)
                self._examples.put(state, n, found)
            return found

    def _tried(self, questions: Iterable[str], n: int) -> tuple[str, ...]:
        answers = ((q, self.answer(q)) for q in islice(questions, _TRIES * n))
        return tuple(islice((q for q, a in answers if a.is_sure and not a.refusal), n))

    def _newest_views(self) -> Iterator[ArticleView]:
        generation = self.archive.generation
        newest = self.archive.by_date.newest(_OF_NEWEST)
        return (view for a in newest if (view := self._finder.view(generation, a.id)))

    def _stated_questions(self) -> Iterator[str]:
        generation = self.archive.generation
        return (
            q for q in questions_of(self._newest_views()) if self._is_stated(q, generation, None)
        )

    def directory(self) -> Directory:
        """Who is who in the archive now, or in the snapshot that this thread reads."""
        with self.archive.snapshot():
            return self._finder.directory(self.archive.generation)

    def _earlier(self, context: _Context, asked: tuple[str, ...]) -> EarlierTurn | None:
        """The last turn of a conversation, read from the last cached turn on."""
        first, turn = first_anew(asked), None
        for n in range(len(asked), first, -1):
            if known := self._turns.get(context.state, (context.filters, asked[:n])):
                first, turn = n, known
                break
        for question in asked[first:]:
            turn = self._take_turn(question, partial(as_is, turn), context)
        return turn

    def _take_turn(self, question: str, earlier: Earlier, context: _Context) -> EarlierTurn:
        """The question, understood in the light of the turn before; answered on demand."""
        if no_question := self._no_question(question, earlier, context.generation):
            query = understand("")
            return EarlierTurn(query, cache(lambda: Settled(query, no_question())), earlier)
        reading = self._read(question, earlier, context)
        if reading.query.kind == "several":
            return self._one_by_one(question, reading.query, earlier, context)
        settled = cache(partial(self._settle, question, reading, context))
        return EarlierTurn(reading.query, settled, earlier)

    def _passed(self, filters: Filters) -> frozenset[str] | None:
        """The ids of the articles that pass the filters; None for all."""
        if not filters:
            return None
        articles = self.archive.by_date.all()
        return frozenset(a.id for a in articles if filters.has(a.published, a.source))

    def _settle(self, question: str, reading: ReadQuestion, context: _Context) -> Settled:
        generation, filters = context.generation, context.filters
        query, answer = self._first_answer(question, reading.query, self._studies(generation))
        answer = self._carriers.named(answer, generation)
        parts = (*answer.parts, *corrected_parts(question, reading.corrections))
        note = undated(query) or dated(reading.query, answer)
        answer = replace(
            answer,
            kind=query.label,
            days=query.days,
            parts=parts,
            understood=understood(parts),
            message=f"{answer.message}{note}{_asked_of(answer, filters)}",
            corrections=reading.corrections,
            filters=filters,
        )
        return Settled(query, answer)

    def _read(self, question: str, earlier: Earlier, context: _Context) -> ReadQuestion:
        generation = context.generation

        def days_of(event: str, topic: str) -> Days | None:
            return self._overviews(self._studies(generation), None).days_of(event, topic)

        scene = self._scene(earlier, generation)
        known = self._known(generation, context.today)
        reading = read_question(question, earlier, known, scene, days_of)
        return replace(reading, query=reading.query.restricted(context.within))

    def _one_by_one(
        self, question: str, query: Query, earlier: Earlier, context: _Context
    ) -> EarlierTurn:
        """Several questions in one, each asked after the one before."""
        turns: list[tuple[str, EarlierTurn]] = []
        for n, piece in enumerate(query.pieces):
            text = completed(piece.text, query.pieces[0].text) if n else piece.text
            turn = self._take_turn(text, earlier, context)
            turns.append((f"{piece.text}?", turn))
            earlier = partial(as_is, replace(turn, half=piece.text))

        def settle() -> Settled:
            answers = [(text, turn.answer) for text, turn in turns]
            joint = join(question, query, answers)
            return Settled(query, replace(joint, kind=query.label, filters=context.filters))

        pieces = tuple(turn for _, turn in turns)
        return EarlierTurn(query, cache(settle), pieces[0].earlier, pieces)

    def _no_question(
        self, question: str, earlier: Earlier, generation: int
    ) -> Callable[[], Answer] | None:
        """The reply to what is no question, or not in English; None for a question."""
        if not any(character.isalnum() for character in question):
            return partial(nothing_to_ask, question, None)
        tongue = other_language(question)
        if tongue:
            return partial(only_english, question, tongue)
        directory = self._finder.directory(generation)
        if not self._talk.is_talk(question) or asks_somebody(question, directory):
            return None
        if (leans(question) or goes_on(question)) and earlier() is not None:
            return None
        return partial(self._chat, question)

    def _chat(self, question: str) -> Answer:
        # Trying them would take longer than a greeting may.
        return chat(question, tuple(islice(self._stated_questions(), _EXAMPLES)))

    def _scene(self, earlier: Earlier, generation: int) -> Scene:
        """The context in which the question after a turn is understood."""

        def event() -> frozenset[str]:
            return turn.articles if (turn := earlier()) else _NONE

        return scene_of(event, self._finder, generation)

    def _first_answer(self, question: str, query: Query, studies: Studies) -> tuple[Query, Answer]:
        """The query, or its first alternative that has an answer, with the answer or refusal."""
        query = self._meant(query, studies)
        tried: list[tuple[Query, Studied]] = []
        other: Query | None = query
        while other:
            found = self._answer(question, other, studies)
            if isinstance(found, Answer):
                return other, found
            tried.append((other, found))
            other = other.or_else
        guessed = ((each, choose_offering(each, found.evidence)) for each, found in tried)
        for each, guess in guessed:
            if guess:
                return each, cite(question, each, None, guess, is_sure=False)
        # Of who says nothing on the topic of the talk, nor anything else, that is told.
        plain, found = tried[-1] if tried[-1][0].is_about_anything else tried[0]
        return plain, self._answer_or_refusal(question, plain, found, studies)

    def _meant(self, query: Query, studies: Studies) -> Query:
        """The question by itself or the same of the story of the talk: which is answered better."""
        if query.in_story is None:
            return query
        alone = replace(query, in_story=None)
        is_wider = query.among is not None  # all reports of a story, of which the newest tells
        if is_wider and asks_for_now(query) and not query.decides:
            return alone
        story = studies.of(query.in_story)
        if is_of_story(story, None if is_wider else lambda: studies.of(alone)):
            return replace(query.in_story, in_story=None, or_else=alone)
        return alone

    def _answer_or_refusal(
        self, question: str, query: Query, found: Answer | Studied, studies: Studies
    ) -> Answer:
        """The answer, what was reported soon after, or the refusal if nothing was found."""
        if isinstance(found, Answer):
            return found
        later = self._reported_later(question, query, found)
        if later:
            return later
        return refuse(question, query, found.wanted, self._near(query, found, studies))

    def _answer(self, question: str, query: Query, studies: Studies) -> Answer | Studied:
        """The answer; if there is none, the evidence that was read."""
        if studies.directory.register.is_empty:
            return nothing_to_ask(question, query)
        if query.is_of_nobody:
            return ask_whom(question, query)
        if query.pieces:
            return self._compared(question, query, studies)
        overview = self._overviews(studies, query.within).select(query)
        if overview.options:
            return ask_which(question, query, overview.options)
        if overview.choices:
            wanted, is_known = overview.wanted, overview.is_sure
            answer = cite(question, query, wanted, overview.choices, is_sure=is_known)
            message = f"{answer.message}{overview.count_note}"
            return replace(answer, person=overview.person, message=message)
        query = replace(query, asked=overview.person or query.asked)
        found = studies.of(query)
        if query.extent == "story" and query.topic:
            return found  # no article tells it
        choices, sure = found.choices, found.is_sure
        if not choices or (found.wanted and found.wanted.is_group):
            overviews = self._overviews(studies, query.within)
            stated = overviews.stated(query, found.wanted, choices)
            choices, sure = (stated, True) if stated else (choices, sure)
        if not choices and query.or_else is None:
            choices = choose_own(query, found.wanted, found.evidence)
        if not choices:
            return found
        is_listed = query.extent in ("all", "newest")
        choices = in_order(choices) if is_listed else with_quotations(choices, found.wanted)
        wanted = found.wanted and found.wanted.chosen_of(overview.wanted)
        return cite(question, query, wanted, choices, is_sure=sure)

    def _reported_later(self, question: str, query: Query, found: Studied) -> Answer | None:
        """What was published soon after some weeks, and so tells of them: "rose 3 % last year"."""
        days = query.days and query.days.soon_after()
        if query.kind != "fact" or query.extent != "best" or not (query.days and days):
            return None
        later = study(replace(query, days=days), found.wanted, found.read)
        if not later.choices:
            return None
        answer = cite(question, query, found.wanted, later.choices, is_sure=later.is_sure)
        return replace(answer, message=f"{answer.message} Published soon after {query.days.text}.")

    def _compared(self, question: str, query: Query, studies: Studies) -> Answer:
        """The answer to a comparison: each person's words, under their name."""
        pieces = [replace(piece, is_compared=True) for piece in query.pieces]
        found = [(p, self._answer(p.text, p, studies)) for p in pieces]
        found = [
            (p, answer if isinstance(answer, Answer) else self._eased(query, p, answer, studies))
            for p, answer in found
        ]
        answers = [
            self._answer_or_refusal(piece.text, piece, each, studies)
            for piece, each in with_words_beside(found)
        ]
        return join(question, query, [(each.parts[0].text, each) for each in answers])

    def _eased(
        self, query: Query, piece: Query, found: Studied, studies: Studies
    ) -> Answer | Studied:
        """One person's words from what is on the topic and has others' who are compared on it."""
        if piece.kind != "said" or not query.topic:
            return found
        near = self._finder.near(query.topic, _PASSAGES_COMPARED, query.within)
        directory = studies.directory
        asked = (look_up(each, directory) for each in query.pieces)
        speaking = Counter(id_ for each in asked if each for id_ in each.articles or ())
        among = frozenset(id_ for id_ in near if speaking[id_] > 1)
        if not among:
            return found
        return self._answer(piece.text, replace(piece, among=among, is_eased=True), studies)

    def _studies(self, generation: int) -> Studies:
        return Studies(self._finder, self._reader, generation)

    def _near(self, query: Query, found: Studied, studies: Studies) -> Near:
        """What comes nearest: the speaker's nearest words, other speakers, suggestions."""
        if query.days and (day := self._nearest_day(query, query.days, found, studies)):
            return Near(day=day)
        others_said = (worded(said(name, query.topic)) for name in found.others)
        asking = chain(others_said, nearest_questions(found.wanted, found.evidence, query.topic))
        suggestions: dict[str, None] = {}
        for question in asking:
            if self._is_stated(question, studies.generation, query.within):
                suggestions[question] = None
            if len(suggestions) == _SUGGESTIONS:
                break
        return Near(nearest(found.wanted, found.evidence), found.others, tuple(suggestions))

    def _nearest_day(
        self, query: Query, days: DateRange, found: Studied, studies: Studies
    ) -> date | None:
        """The nearest day to those asked for that has an answer."""
        anytime = replace(query, days=None)
        choices = self._overviews(studies, query.within).select(anytime).choices
        if not choices and days.is_subject:  # what was read is of any day
            choices = study(anytime, found.wanted, found.read).choices
        elif not choices:
            choices = studies.of(anytime).choices
        published = (choice.view.article.published for choice in choices)
        return Calendar.of(published, self._today()).nearest(days)

    def _find_stated(self, question: str, generation: int, within: frozenset[str] | None) -> bool:
        """Whether attributed statements answer "what did X say about Y?", without the reader."""
        query = understand(question)
        studies = self._studies(generation)
        wanted = look_up(query, studies.directory)
        return bool(self._overviews(studies, within).stated(query, wanted))

    def _overviews(self, studies: Studies, within: frozenset[str] | None) -> OverviewSelector:
        return OverviewSelector(
            self.archive,
            studies.directory,
            partial(self._view, studies.generation, within),
            ArticleSearch(
                partial(self._finder.near, only=within),
                partial(self._finder.story, studies.generation),
            ),
            studies.gathered,
        )

    def _view(
        self, generation: int, within: frozenset[str] | None, article_id: str
    ) -> ArticleView | None:
        """An article; None if it is not among those asked."""
        is_asked = within is None or article_id in within
        return self._finder.view(generation, article_id) if is_asked else None

    def _build_known(self, generation: int, today: date) -> ArchiveKnowledge:
        return ArchiveKnowledge(self.archive, self._finder.directory(generation), today)


def _asked_of(answer: Answer, filters: Filters) -> str:
    """A note on a refusal that only the filtered articles were searched."""
    return f" Only articles {filters.text} were asked." if answer.refusal and filters else ""
