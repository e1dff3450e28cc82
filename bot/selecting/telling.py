"""Chooses sentences where more is asked for than what answers: a story, the news, a person, all.

By place and date and not by reading; where several stories or persons fit, it says which. Knows
nothing of how an answer is worded.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from bot.answer import Option
from bot.query.dates import Days
from bot.query.directory import Directory
from bot.query.question import TITLED, Query
from bot.selecting.about import Matter, about, is_one_story, lead, tell, topic_stems
from bot.selecting.asked import Asked, look_up
from bot.selecting.chooser import MAX_SENTENCES, Choice
from bot.selecting.copies import fullest, once_chosen
from bot.selecting.dated import was_published
from bot.selecting.evidence import Evidence
from bot.selecting.introducing import introductions
from bot.selecting.listing import MAX_LISTED, choice, statements
from bot.selecting.news import news
from bot.selecting.retriever import content_words
from bot.selecting.views import ArticleView
from index.archive.archive import Archive
from index.attribution.identities import Identity
from index.language.dates import find_dates, read_day
from index.language.folding import fold, role_words
from index.language.names import FIRST_NAMES, is_role
from index.language.stems import stem, stems
from index.language.words import FUNCTION_WORDS

Search = Callable[[str, int], Sequence[str]]  # (text, k) -> ids of the articles of its k passages

_CANDIDATES = 40  # articles looked at for a topic
_PASSAGES = 20
_PASSAGES_FOR_NEWS = 60
_STORY = 5  # sentences of a story
_STORIES = 4  # articles of a running story
_NEWS = 3  # articles for the news
_NEWEST_SAID = 2  # articles for somebody's latest words
_CANDIDATES_FOR_NEWS = 10  # articles
_COPIES = 4  # times as many articles are looked at, for some may be copies of others
_DAYS = 12  # articles for "what happened in march"
_OPTIONS = 6
_OF_EACH = 2  # sentences of each person of a group
_KNOWN = 12  # articles that introduce a person
_SAY = re.compile(r"\b(?:say|said|comment\w*|mention\w*|speak|spoken|talk\w*|tweet\w*)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What was chosen, in the order in which it is told, or the options between which to choose."""

    choices: tuple[Choice, ...] = ()
    asked: Asked | None = None
    options: tuple[Option, ...] = ()
    n_found: int = 0
    person: str | None = None


class Teller:
    """Tells from one state of an archive, which its parts read."""

    def __init__(
        self,
        archive: Archive,
        directory: Directory,
        view: Callable[[str], ArticleView | None],
        search: Search,
        read: Callable[[Query], Sequence[Evidence]],
    ) -> None:
        self._archive = archive
        self._directory = directory
        self._view = view
        self._search = search
        self._read = read

    def tell(self, query: Query) -> Told:
        """What a question of another extent than "best" asks for; empty if there is nothing."""
        match query.extent:
            case "best":
                return Told()
            case "all":
                return self._all(query)
            case "person":
                return self._person(query)
            case "newest" if query.kind != "fact":
                return self._all(query, _NEWEST_SAID)
            case "newest":
                return self._newest(query)
        return self._story(query)

    def stated(self, query: Query) -> tuple[Choice, ...]:
        """What a person surely said on a topic, though it may not read as an answer."""
        asked = look_up(query, self._directory)
        if query.kind != "said" or asked is None or not asked.sure or not query.topic:
            return ()
        # "did she apologise to the Queen" asks for that, and not for what she said of the Queen.
        if query.decides and not _SAY.search(query.text):
            return ()
        said = self._all(query).choices
        topic = topic_stems(query.topic) - asked.own_words(query.topic)
        # Of a quotation that is on the topic whole, what has a word of it.
        on = [each for each in said if not topic.isdisjoint(stems(each.evidence.text))]
        return _some_of_each(on or said, asked)

    def matters(self, query: Query) -> list[Matter]:
        """The articles that a topic is the matter of, from the days that are asked for."""
        words = content_words(query.topic)
        ids = [*self._archive.search_articles(words), *self._search(query.topic, _PASSAGES)]
        views = [
            view
            for id_ in islice(dict.fromkeys(ids), _CANDIDATES)
            if (view := self._view(id_)) and was_published(view, query.days)
        ]
        title = fold(query.topic)
        exact = [view for view in views if fold(view.article.title or "") == title]
        return about(fullest(exact or views), query.topic)

    def days_of(self, event: str, topic: str) -> Days | None:
        """The days of an event, if all articles that have it for their matter agree on them.

        The day that the first sentence names as past, else that of publication.
        """
        matters = self.matters(Query(event, "fact", None, event))
        wanted = topic_stems(topic)
        days = {_day_told(m.view) for m in matters if wanted <= m.view.stems}
        day = days.pop() if len(days) == 1 else None
        return (day, day) if day else None

    def _views(self, query: Query) -> Iterator[ArticleView]:
        """All articles from the days that are asked for, newest first."""
        views = (self._view(summary.id) for summary in self._archive.dated())
        return (view for view in views if view and was_published(view, query.days))

    def _all(self, query: Query, n_articles: int | None = None) -> Told:
        asked = look_up(query, self._directory)
        if asked is None:
            return Told()
        ids = asked.articles
        summaries = (s for s in self._archive.dated() if ids is None or s.id in ids)
        views = (view for s in summaries if (view := self._view(s.id)))
        found = once_chosen(statements(query, asked, views))
        if n_articles:
            newest = list(dict.fromkeys(c.evidence.view.article.id for c in found))[:n_articles]
            found = [c for c in found if c.evidence.view.article.id in newest]
        person = asked.people[0].name if len(asked.people) == 1 else None
        return Told(tuple(found[:MAX_LISTED]), asked, n_found=len(found), person=person)

    def _person(self, query: Query) -> Told:
        matches = self._directory.named(query.topic)
        people = [match.identity for match in matches if match.score >= matches[0].score]
        if len(people) != 1:
            people = people or list(self._directory.alike(query.topic))
            options = (Option(f"Who is {person.name}?", person.name) for person in people)
            return Told(options=tuple(islice(options, _OPTIONS)))
        views = (v for id_ in self._newest_first(people[0].articles) if (v := self._view(id_)))
        dated = (view for view in views if was_published(view, query.days))
        choices = introductions(people[0], fullest(islice(dated, _KNOWN)))
        return Told(choices, person=people[0].name)

    def _newest_first(self, ids: Iterable[str]) -> Iterator[str]:
        wanted = frozenset(ids)
        return (summary.id for summary in self._archive.dated() if summary.id in wanted)

    def _newest(self, query: Query) -> Told:
        if not query.topic:
            return self._leads(query, _NEWS)
        views = self._mentioning(query)
        among = frozenset(view.article.id for view in views)
        asking = replace(query, text=f"what is new on {query.topic}?", among=among)
        chosen = news(views, self._read(asking), self._rarity(query.topic))
        return Told(chosen, n_found=len(views))

    def _rarity(self, topic: str) -> dict[str, float]:
        """The inverse document frequency of each word that tells a topic from others."""
        wanted, n_articles = topic_stems(topic), len(self._archive.dated())
        words = {stem(word): role_words(word) for word in fold(topic)}
        counts = {w: self._directory.register.count(each[0]) for w, each in words.items() if each}
        return {w: math.log(1 + n_articles / max(1, counts.get(w, 1))) for w in wanted}

    def _mentioning(self, query: Query) -> list[ArticleView]:
        """The newest articles that have a topic for their matter, or at least its words."""
        wanted = topic_stems(query.topic)
        named = (match.identity for match in self._directory.named(query.topic))
        who = [each for each in named if _is_somebody(each, query.topic)]
        ids = frozenset().union(*(person.articles for person in who))
        # Of a name only where it is whose it is: "johnson" is not Andrew Johnson.
        near = self._newest_first(ids) if who else self._search(query.topic, _PASSAGES_FOR_NEWS)
        found = (view for id_ in dict.fromkeys(near) if (view := self._view(id_)))
        having = [view for view in found if wanted <= view.stems]
        views = having if who else [*(m.view for m in self.matters(query)), *having]
        dated = {view.article.id: view for view in views if was_published(view, query.days)}
        newest = sorted(dated.values(), key=lambda v: v.article.published or "", reverse=True)
        return fullest(newest)[:_CANDIDATES_FOR_NEWS]

    def _leads(self, query: Query, n: int) -> Told:
        """What each article begins with, the newest first."""
        views = list(self._views(query))
        told = fullest(views[: _COPIES * n])[:n]  # of all of them it would take seconds
        chosen = [choice(view, k) for view in told for k in lead(view, 1)]
        return Told(tuple(chosen), n_found=len(views))

    def _story(self, query: Query) -> Told:
        if not query.topic:
            return self._leads(query, _DAYS)
        matters = self.matters(query)
        if not matters:
            return Told()
        if len(matters) == 1:
            view = matters[0].view
            return Told(tuple(choice(view, n) for n in tell(view, query.topic, _STORY)), n_found=1)
        if is_one_story(matters, query.topic):
            told = _by_date(matters)[:_STORIES]
            chosen = [choice(m.view, n) for m in told for n in lead(m.view, 2)]
            return Told(tuple(chosen), n_found=len(matters))
        return Told(options=tuple(_option(matter.view) for matter in matters[:_OPTIONS]))


def _is_somebody(identity: Identity, topic: str) -> bool:
    """Whether a topic is surely a person's name, and no storm's or place's."""
    words = [word for word in fold(topic) if word not in FUNCTION_WORDS]
    if len(words) > 1 and identity.last not in words:
        return False  # "hurricane humberto" is no Humberto Lee
    held = {word for _, role in identity.roles for word in role}
    is_called = identity.words[0] in FIRST_NAMES or any(map(is_role, held))
    return is_called and len(identity.words) > 1 and not identity.is_body


def _some_of_each(choices: Sequence[Choice], asked: Asked) -> tuple[Choice, ...]:
    """The newest sentences of a person; of a group a few of everybody's."""
    if not asked.is_group:
        return tuple(choices[:MAX_SENTENCES])
    count: Counter[str] = Counter()
    kept = []
    for each in choices:
        attribution = asked.attribution(each.evidence.sentence)
        name = attribution.full_name if attribution else ""
        count[name] += 1
        if count[name] <= _OF_EACH:
            kept.append(each)
    return tuple(kept[: 2 * MAX_SENTENCES])


def _day_told(view: ArticleView) -> date | None:
    published = read_day(view.article.published)
    first = lead(view, 1)
    moments = find_dates(view.text(first[0]), published) if first and published else []
    days = [date(y, m, d) for moment in moments for y, m, d in moment.whens if y and m and d]
    past = [day for day in days if published and day <= published]
    return max(past, default=published)


def _by_date(matters: Sequence[Matter]) -> list[Matter]:
    return sorted(matters, key=lambda m: m.view.article.published or "", reverse=True)


def _option(view: ArticleView) -> Option:
    article = view.article
    return Option(TITLED.format(article.label), article.label, article.published)
