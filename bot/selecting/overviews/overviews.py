"""Selects sentences for a question that wants an overview: a story, the news, a person, a list.

By place and date, without the reader, except that the news on a topic is read. If several stories
or persons fit, it offers them as options. Knows nothing of how an answer is worded.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from bot.answer import Option
from bot.date_range import Days
from bot.query.grammar.question import TITLED, Query, tied
from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution
from bot.selecting.choosing.chooser import (
    MAX_SENTENCES,
    asks_one_thing,
    choose,
    is_sure,
    setting_of,
)
from bot.selecting.choosing.evidence import Evidence, was_published
from bot.selecting.choosing.near_duplicates import deduplicate, deduplicate_articles
from bot.selecting.finding.retriever import content_words
from bot.selecting.overviews.introducing import introductions
from bot.selecting.overviews.listing import MAX_LISTED, listed_topic, statements
from bot.selecting.overviews.news import ABOUT, centrality, news
from bot.selecting.overviews.topicality import (
    TopicMatch,
    articles_on,
    has_only_names,
    in_passing,
    is_of_event,
    is_one_story,
    lead,
    names_of,
    opening,
    rank_by_topic,
    story_sentences,
    topic_stems,
)
from bot.selecting.wanted_speaker import WantedSpeaker, look_up
from index.archive.archive import Archive
from index.attribution.people.identities import FORMER, Identity
from index.language.dates import find_dates, read_day
from index.language.folding import fold, is_description, key_of
from index.language.names import FIRST_NAMES, is_role
from index.language.offices import role_words
from index.language.stems import stem, stems
from index.language.words import FUNCTION_WORDS

_CANDIDATES = 40  # articles looked at for a topic
_PASSAGES = 20
_PASSAGES_FOR_NEWS = 60
_STORY = 4  # sentences of a story
_STORIES = 4  # articles of a running story
_OPENING = 2  # sentences of each
_NEWS = 3  # articles for the news
_NEWEST_SAID = 2  # articles for somebody's latest words
_CANDIDATES_FOR_NEWS = 10  # articles
_COPIES = 4  # times as many articles are looked at, for some may be copies of others
_DAYS = 12  # articles for "what happened in march"
_OPTIONS = 6
_OF_EACH = 2  # sentences of each person of a group
_FAR_MORE = 2.5  # times the articles of anybody else of the name
_KNOWN_BY = 3  # articles
_KNOWN = 12  # articles that introduce a person
_LISTED_FROM = 500  # articles, the newest, in which words are looked for
_NONE: frozenset[str] = frozenset()
_SAY = re.compile(r"\b(?:say|said|comment\w*|mention\w*|speak|spoken|talk\w*|tweet\w*)\b")


@dataclass(frozen=True, slots=True)
class Overview:
    """The chosen sentences in reading order, or the options to choose between.

    `n_found` counts all that fitted, also what is not shown; unless `is_counted`, older articles
    may have more. `person` is whose page has more. Unless `is_sure`, it may be about something
    else.
    """

    choices: tuple[Evidence, ...] = ()
    wanted: WantedSpeaker | None = None
    options: tuple[Option, ...] = ()
    n_found: int = 0
    person: str | None = None
    is_sure: bool = True
    is_counted: bool = True

    @property
    def count_note(self) -> str:
        """A note on the number of articles or sentences of which these are the newest, if any."""
        if self.n_found <= len(self.choices) and self.is_counted:
            return ""
        least = "" if self.is_counted else "at least "
        return f" These are the newest; there are {least}{self.n_found:,}."


class ArticleSearch(NamedTuple):
    """Finds articles: those of a text's `k` best passages, and the others of an article's story."""

    near: Callable[[str, int], Iterable[str]]
    story: Callable[[str], frozenset[str]]


class OverviewSelector:
    """Selects from one state of an archive."""

    def __init__(
        self,
        archive: Archive,
        directory: Directory,
        view: Callable[[str], ArticleView | None],
        search: ArticleSearch,
        read: Callable[[Query], Sequence[Evidence]],
    ) -> None:
        """`view` loads an article, `read` scores evidence."""
        self._archive = archive
        self._directory = directory
        self._view = view
        self._search = search
        self._read = read

    def select(self, query: Query) -> Overview:
        """The overview that `query.extent` asks for; empty for "best" or if nothing is found."""
        match query.extent:
            case "best":
                return self._which(query)
            case "all":
                return _of_whom(query, self._all(query, look_up(query, self._directory)))
            case "person":
                return self._person(query)
            case "newest" if query.kind != "fact":
                return self._all(query, look_up(query, self._directory), _NEWEST_SAID)
            case "newest":
                return self._newest(query)
        return self._story(query)

    def stated(
        self, query: Query, wanted: WantedSpeaker | None, read: Sequence[Evidence] = ()
    ) -> tuple[Evidence, ...]:
        """A person's attributed sentences on a topic, whatever the reader makes of them.

        Of a group those of every member, besides what was `read` of the others; none if these are
        all, or if one thing is asked of them and read.
        """
        if query.kind != "said" or wanted is None or not wanted.sure or query.asked is None:
            return ()
        # "did she apologise to the Queen" asks for that, and not for what she said of the Queen.
        if query.decides and not _SAY.search(query.text):
            return ()
        if read and asks_one_thing(query):
            return ()
        said = self._all(query, wanted).choices
        topic = topic_stems(query.topic) - wanted.own_words(query.topic)
        # A whole quotation may be on the topic; prefer its sentences with a word of it.
        on = [each for each in said if not topic.isdisjoint(stems(each.text))]
        if wanted.is_group:
            # Of a member who has none with a word of it, what they say.
            named = {_full_name(each, wanted) for each in on}
            on = [each for each in said if each in on or _full_name(each, wanted) not in named]
        return _beside(read, _some_of_each(on or said, wanted), wanted)

    def topic_matches(self, query: Query) -> list[TopicMatch]:
        """The articles on a topic that were published on the days asked for, best first."""
        words = content_words(query.topic)
        ids = [*self._archive.search_articles(words), *self._search.near(query.topic, _PASSAGES)]
        views = [
            view
            for id_ in islice(dict.fromkeys(ids), _CANDIDATES)
            if (view := self._view(id_)) and was_published(view, query.days)
        ]
        title = fold(query.topic)
        exact = [view for view in views if fold(view.article.title or "") == title]
        return rank_by_topic(deduplicate_articles(exact or views), query.topic)

    def days_of(self, event: str, topic: str) -> Days | None:
        """The day of an event, if all articles on it agree; None otherwise.

        It is the latest past day named in an article's first sentence, else that of publication.
        """
        matches = self.topic_matches(Query(event, "fact", None, event))
        wanted = topic_stems(topic)
        days = {_day_told(m.view) for m in matches if wanted <= m.view.stems}
        day = days.pop() if len(days) == 1 else None
        return (day, day) if day else None

    def _published(self, query: Query, most: int) -> tuple[list[str], int]:
        """The newest articles published on the days asked for, and how many there are."""
        archive, days, within = self._archive, query.days, query.within
        if not days and within is None:
            return [each.id for each in archive.by_date.newest(most)], archive.count()
        found = (
            archive.by_date.published(days.since, days.until)
            if days
            else archive.by_date.of(within or _NONE)
        )
        ids = [each.id for each in found if within is None or each.id in within]
        return ids[:most], len(ids)

    def _which(self, query: Query) -> Overview:
        """Which Lee, if "what did Lee say" may ask for one of several; the one by far, as `person`.

        Where a topic is asked for, of those who speak in articles that have all of it.
        """
        if query.kind != "said" or query.is_compared or query.among is not None:
            return Overview()
        wanted = look_up(query, self._directory)
        if wanted is None or not wanted.sure or not wanted.is_ambiguous:
            return Overview()
        if not query.is_about_anything:
            wanted = self._speaking_there(query, wanted)
        said = self._all(replace(query, topic=""), wanted)
        found = _of_whom(query, said)
        topic = listed_topic(query, wanted)
        on = tuple(each for each in said.choices if topic <= stems(each.text))
        if found.options and on:
            found = _of_whom(query, replace(said, choices=on))
        asked = wanted if found.person else None
        return Overview(options=found.options, person=found.person, wanted=asked)

    def _speaking_there(self, query: Query, wanted: WantedSpeaker) -> WantedSpeaker:
        """Those of a name in articles that have all words of the topic, of which they may speak."""
        last = fold(wanted.phrase or "")[-1:]
        named = (who for who in wanted.people if not is_description(who.name))
        people = tuple(who for who in named if last and last[0] in who.words)
        topic = listed_topic(query, wanted)
        near = frozenset(self._search.near(query.topic, _PASSAGES)) & (wanted.articles or _NONE)
        having = (id_ for id_ in near if (view := self._view(id_)) and topic <= view.stems)
        return replace(wanted, people=people, articles=frozenset(having))

    def _all(
        self, query: Query, wanted: WantedSpeaker | None, n_articles: int | None = None
    ) -> Overview:
        if wanted is None:
            return Overview()
        ids = self._listed(query, wanted)
        views = (view for id_ in ids[:_LISTED_FROM] if (view := self._view(id_)))
        found = deduplicate(statements(query, wanted, views))
        if n_articles:
            newest = list(dict.fromkeys(c.view.article.id for c in found))[:n_articles]
            found = [c for c in found if c.view.article.id in newest]
        person = wanted.people[0].name if len(wanted.people) == 1 else None
        return Overview(
            tuple(found[:MAX_LISTED]),
            wanted,
            n_found=len(found),
            person=person,
            is_counted=len(ids) <= _LISTED_FROM,
        )

    def _listed(self, query: Query, wanted: WantedSpeaker) -> list[str]:
        """The articles that may have the wanted words, newest first."""
        topic = listed_topic(query, wanted)
        having = articles_on(topic, self._directory.register) if topic else None
        known = [ids for ids in (wanted.articles, having) if ids is not None]
        if not known:
            return [each.id for each in self._archive.by_date.newest(_LISTED_FROM + 1)]
        return [*self._newest_first(frozenset.intersection(*known))]

    def _person(self, query: Query) -> Overview:
        matches = self._directory.named(query.topic)
        people = [match.identity for match in matches if match.score >= matches[0].score]
        if len(people) != 1:
            people = people or list(self._directory.alike(query.topic))
            options = (Option(f"Who is {person.name}?", person.name) for person in people)
            return Overview(options=tuple(islice(options, _OPTIONS)))
        views = (v for id_ in self._newest_first(people[0].articles) if (v := self._view(id_)))
        dated = (view for view in views if was_published(view, query.days))
        choices = introductions(people[0], deduplicate_articles(islice(dated, _KNOWN)))
        return Overview(choices, person=people[0].name)

    def _newest_first(self, ids: Iterable[str]) -> Iterator[str]:
        return (each.id for each in self._archive.by_date.of(frozenset(ids)))

    def _newest(self, query: Query) -> Overview:
        if not query.topic:
            return self._leads(query, _NEWS)
        views = self._mentioning(query)
        among = frozenset(view.article.id for view in views)
        asking = replace(query, text=f"what is new on {query.topic}?", among=among)
        rarity = self._rarity(query.topic)
        newer = self._following(query, views, rarity)
        chosen = news(query.topic, views, self._read(asking), rarity, newer)
        return Overview(chosen, n_found=len(views) + len(newer))

    def _following(
        self, query: Query, views: Sequence[ArticleView], rarity: Mapping[str, float]
    ) -> list[ArticleView]:
        """The newer articles of the story of the newest one on a topic that tell it otherwise.

        Of "the bridge collapse" that the bridge fell: the names stay.
        """
        known = next((view for view in views if centrality(view, rarity) >= ABOUT), None)
        if known is None or not known.article.published or not is_of_event(query.topic):
            return []
        names, wanted = names_of(query.topic, known), topic_stems(query.topic)
        found = (view for id_ in self._search.story(known.article.id) if (view := self._view(id_)))
        newer = [
            view
            for view in found
            if (view.article.published or "") > known.article.published
            and was_published(view, query.days)
            and names <= view.stems
            and not wanted <= view.stems
        ]
        newer.sort(key=lambda v: v.article.published or "", reverse=True)
        return deduplicate_articles(newer)[:_STORIES]

    def _rarity(self, topic: str) -> dict[str, float]:
        """The inverse document frequency of each word that tells a topic from others."""
        wanted, n_articles = topic_stems(topic), self._archive.count()
        words = {stem(word): role_words(word) for word in fold(topic)}
        counts = {w: self._directory.register.count(each[0]) for w, each in words.items() if each}
        return {w: math.log(1 + n_articles / max(1, counts.get(w, 1))) for w in wanted}

    def _mentioning(self, query: Query) -> list[ArticleView]:
        """The newest articles on a topic, or with all of its words, each report once."""
        wanted = topic_stems(query.topic)
        named = (match.identity for match in self._directory.named(query.topic))
        who = [each for each in named if _is_somebody(each, query.topic)]
        ids = frozenset().union(*(person.articles for person in who))
        # For a name, only articles that have that very person: "johnson" is not Andrew Johnson.
        near = (
            self._newest_first(ids) if who else self._search.near(query.topic, _PASSAGES_FOR_NEWS)
        )
        found = (view for id_ in dict.fromkeys(near) if (view := self._view(id_)))
        having = [view for view in found if wanted <= view.stems]
        views = having if who else [*(m.view for m in self.topic_matches(query)), *having]
        dated = {view.article.id: view for view in views if was_published(view, query.days)}
        newest = sorted(dated.values(), key=lambda v: v.article.published or "", reverse=True)
        return deduplicate_articles(newest)[:_CANDIDATES_FOR_NEWS]

    def _leads(self, query: Query, n: int) -> Overview:
        """The first sentence of each of the `n` newest articles; the story of one of a day."""
        # Of all of them it would take seconds.
        ids, n_found = self._published(query, _COPIES * n)
        views = (view for id_ in ids if (view := self._view(id_)))
        told = deduplicate_articles(views)[:n]
        if query.days and len(told) == 1:
            return replace(_story_of(told[0], ""), n_found=n_found)
        chosen = [Evidence(view, k) for view in told for k in lead(view, 1)]
        return Overview(tuple(chosen), n_found=n_found)

    def _story(self, query: Query) -> Overview:
        if not query.topic:
            return self._leads(query, _DAYS)
        matches = self.topic_matches(query)
        if not matches:
            return self._read_story(query)
        if len(matches) == 1:
            return _story_of(matches[0].view, query.topic)
        if is_one_story(matches, query.topic):
            told = _by_date(matches)[:_STORIES]
            numbers = ((m.view, n) for m in told for n in opening(m.view, query.topic, _OPENING))
            chosen = [Evidence(view, n) for view, n in numbers]
            return Overview(tuple(chosen), n_found=len(matches))
        return Overview(options=tuple(_option(match.view) for match in matches[:_OPTIONS]))

    def _read_story(self, query: Query) -> Overview:
        """The story of the article that answers best, if none begins with the topic's words.

        Where that is unsure, an article that has only the names of a topic tells of something else;
        then what an article has on the topic in a few sentences is told.
        """
        setting, read = setting_of(query), self._read(query)
        chosen = choose(None, read, setting)
        is_read = is_sure(chosen, setting)
        if chosen and (is_read or not has_only_names(chosen[0].view, query.topic)):
            return replace(_story_of(chosen[0].view, query.topic), is_sure=is_read)
        views = {each.view.article.id: each.view for each in read}
        told = ((view, in_passing(view, query.topic, _STORY)) for view in views.values())
        view, numbers = next((pair for pair in told if pair[1]), (None, []))
        found = tuple(Evidence(view, n) for n in numbers) if view else ()
        return Overview(found, n_found=len(found[:1]), is_sure=False)


def _story_of(view: ArticleView, topic: str) -> Overview:
    numbers = story_sentences(view, topic, _STORY)
    return Overview(tuple(Evidence(view, n) for n in numbers), n_found=1)


def _is_somebody(identity: Identity, topic: str) -> bool:
    """Whether a topic is surely a person's name, and no storm's or place's."""
    words = [word for word in fold(topic) if word not in FUNCTION_WORDS]
    if len(words) > 1 and identity.last not in words:
        return False  # "hurricane humberto" is no Humberto Lee
    held = {word for _, role in identity.roles for word in role}
    is_called = identity.words[0] in FIRST_NAMES or any(map(is_role, held))
    return is_called and len(identity.words) > 1 and not identity.is_body


def _of_whom(query: Query, overview: Overview) -> Overview:
    """The words of one person; if a name is that of several who speak, the choice between them."""
    wanted = overview.wanted
    if wanted is None or wanted.phrase is None or wanted.is_group:
        return overview
    spoken = [(c, wanted.attribution(c.sentence)) for c in overview.choices]
    count = Counter(a.full_name for _, a in spoken if a)
    if len(set(map(key_of, count))) < 2:
        return overview
    # Who was president last is meant, and who is one at the time that is asked for.
    holder = _newest_holder(wanted, spoken) if wanted.is_office else None
    best = holder or _by_far(wanted, count)
    if best:
        own = tuple(c for c, a in spoken if a and a.full_name == best)
        return replace(overview, choices=own, n_found=len(own), person=best)
    about = tied(query.topic, "about")
    names = islice((name for name, _ in count.most_common()), _OPTIONS)
    asking = "List all quotes by {}" if query.extent == "all" else "What did {} say"
    return Overview(options=tuple(Option(f"{asking.format(n)}{about}", n) for n in names))


def _newest_holder(
    wanted: WantedSpeaker, spoken: Iterable[tuple[Evidence, Attribution | None]]
) -> str | None:
    """Who has the office in the newest article in which somebody speaks who has it."""
    holders = (
        a.full_name
        for choice, a in spoken
        if a and a.identity and FORMER not in a.identity.role_in(choice.view.article.id)
    )
    return next(holders, None)


def _by_far(wanted: WantedSpeaker, speaking: Iterable[str]) -> str | None:
    """Whom far more articles have than any other of the name who speaks; None if nobody.

    Of a role, whom far more articles give it.
    """
    phrase = wanted.phrase or ""
    role, name = frozenset(role_words(phrase)), frozenset(fold(phrase)) - {"the"}
    known = Counter(
        {
            who.name: len(who.articles)
            if not name.isdisjoint(who.words)
            else sum(role <= held for _, held in who.roles)
            for who in wanted.people
            if who.name in speaking
        }
    )
    (best, n), *others = known.most_common(2) or [("", 0)]
    second = others[0][1] if others else 0
    return best if n >= _KNOWN_BY and n >= _FAR_MORE * second else None


def _some_of_each(choices: Sequence[Evidence], wanted: WantedSpeaker) -> tuple[Evidence, ...]:
    """The newest sentences of a person; of a group, a few of each member."""
    if not wanted.is_group:
        return tuple(choices[:MAX_SENTENCES])
    count: Counter[str] = Counter()
    kept = []
    for each in choices:
        name = _full_name(each, wanted)
        count[name] += 1
        if count[name] <= _OF_EACH:
            kept.append(each)
    return tuple(kept[: 2 * MAX_SENTENCES])


def _full_name(choice: Evidence, wanted: WantedSpeaker) -> str:
    """The name of whose wanted words a sentence has; "" if it has none."""
    attribution = wanted.attribution(choice.sentence)
    return attribution.full_name if attribution else ""


def _beside(
    read: Sequence[Evidence], stated: Sequence[Evidence], wanted: WantedSpeaker
) -> tuple[Evidence, ...]:
    """The wanted words that were read, and those that others stated; none if no others did."""
    own = {each: a.full_name for each in read if (a := wanted.attribution(each.sentence))}
    by = [(each, wanted.attribution(each.sentence)) for each in stated]
    others = [each for each, a in by if a and a.full_name not in own.values()]
    return (*own, *others) if others else ()


def _day_told(view: ArticleView) -> date | None:
    published = read_day(view.article.published)
    first = lead(view, 1)
    moments = find_dates(view.text(first[0]), published) if first and published else []
    days = [date(y, m, d) for moment in moments for y, m, d in moment.whens if y and m and d]
    past = [day for day in days if published and day <= published]
    return max(past, default=published)


def _by_date(matches: Sequence[TopicMatch]) -> list[TopicMatch]:
    return sorted(matches, key=lambda m: m.view.article.published or "", reverse=True)


def _option(view: ArticleView) -> Option:
    article = view.article
    return Option(TITLED.format(article.label), article.label, article.published)
