"""Reads what was found for a question, and keeps what is chosen from it.

The best rows are read first, the others where these leave the question open: most of its time is
reading. The numbers were chosen on development questions (docs/experiments.md). Knows nothing of
how it was found or of how an answer is worded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.query.grammar.question import Query
from bot.query.people.directory import Directory
from bot.selecting.choosing.chooser import (
    SETTING,
    choose_weighed,
    is_sure,
    setting_of,
    together,
    weigh,
)
from bot.selecting.choosing.evidence import Evidence, from_days, gather, ranked
from bot.selecting.choosing.near_duplicates import deduplicate, is_near_duplicate
from bot.selecting.choosing.updates import asks_for_now, overtaken, updated
from bot.selecting.finding.finder import Finder, Found
from bot.selecting.introduced import with_members
from bot.selecting.reading.reader import Read, Reader, once
from bot.selecting.reading.reader_rows import Row
from bot.selecting.wanted_speaker import WantedSpeaker, look_up
from index.language.folding import fold
from index.language.names import GENDER_OF_PRONOUN

_STORY = 2.0  # by how much less of a score the story of a talk answers
FIRST = 4  # rows, of seven or eight that are found for most questions
# How much more than sure an answer has to be for the other rows to be left unread.
_BEYOND_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Studied:
    """A question as it was understood, and the evidence `read` for it.

    `evidence` is that from the days asked for, each report once; `choices` was chosen from it.
    """

    query: Query
    wanted: WantedSpeaker | None
    read: Sequence[Evidence]
    evidence: Sequence[Evidence]
    choices: tuple[Evidence, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the choices are stated without doubt."""
        return is_sure(self.choices, setting_of(self.query))

    @property
    def others(self) -> tuple[str, ...]:
        """The full names of those whose words on the topic were read, the wanted speaker left out.

        Best first. The words are on it if all of its words stand in them or beside them; on what is
        the wanted speaker's own ("how he got out"), where an article names that speaker.
        """
        if not (self.wanted and self.wanted.phrase and self.query.topic):
            return ()
        is_own = not GENDER_OF_PRONOUN.keys().isdisjoint(fold(self.query.topic))
        only = self.wanted.articles if is_own else None
        on_it = (each for each in self.evidence if each.on_topic == 1.0)
        there = (e.sentence for e in on_it if only is None or e.view.article.id in only)
        said = (attribution for sentence in there for attribution in sentence.attributions)
        people = self.wanted.people
        names = (a.full_name for a in said if a.is_called and a.identity not in people)
        return tuple(dict.fromkeys(names))


def study(query: Query, wanted: WantedSpeaker | None, read: Sequence[Evidence]) -> Studied:
    """Choose from all that was `read`, of whatever day, what answers the question."""
    evidence = deduplicate(from_days(read, query.days))
    setting = setting_of(query)
    weighed = weigh(wanted, evidence, setting)
    choices = choose_weighed(wanted, weighed, setting)
    if asks_for_now(query):
        choices = updated(choices, weighed, setting, in_story=query.among is not None)
    choices = overtaken(query, choices, weighed)
    return Studied(query, wanted, read, evidence, choices)


def is_of_story(story: Studied, alone: Callable[[], Studied] | None) -> bool:
    """Whether a question is of the story of the talk, and not of what is `alone` read for it.

    That is not asked for where the story surely answers; None where nothing else will do.
    """
    setting = replace(SETTING, is_exact=setting_of(story.query).is_exact)
    if is_sure(story.choices, setting):
        return True
    if not story.choices or alone is None or is_sure(alone().choices, setting):
        return False
    return together(story.choices) + _STORY >= together(alone().choices)


class Studies:
    """How one question is found and read in each of its readings: none of them twice, and no row.

    A follow-up may be of the article cited last, of its story, or of neither.
    """

    def __init__(self, finder: Finder, reader: Reader, generation: int) -> None:
        """Of this generation of the archive."""
        self.generation = generation
        self._finder = finder
        self._read = once(reader.read)
        self._known: dict[Query, Studied] = {}

    @property
    def directory(self) -> Directory:
        """Who is who."""
        return self._finder.directory(self.generation)

    def of(self, query: Query) -> Studied:
        """What is read for a query, whatever else may be asked instead of it."""
        query = replace(query, or_else=None, in_story=None)
        if query not in self._known:
            wanted = look_up(query, self.directory)
            found = self._finder.find(query, wanted, self.generation)
            self._known[query] = _read_and_study(self._read, query, found)
        return self._known[query]

    def gathered(self, query: Query) -> list[Evidence]:
        """All that was found for a query and is from its days, each report once."""
        found = self._finder.find(query, None, self.generation)
        return deduplicate(from_days(gather(self._read, query, found), query.days))


def _read_and_study(read: Read, query: Query, found: Found) -> Studied:
    """Read as much of what was found as the question needs, and choose from it.

    Nothing is refused before all has been read.
    """
    members = with_members(found.wanted, (row.view for row in found.rows))
    found = replace(found, wanted=members)
    first, others = found.rows[:FIRST], found.rows[FIRST:]
    begun = gather(read, query, replace(found, rows=first))
    studied = study(query, found.wanted, begun)
    if not others or (_wants_one(query) and _is_beyond_doubt(studied, others)):
        return studied
    more = gather(read, query, replace(found, rows=others))
    return study(query, found.wanted, ranked([*begun, *more]))


def _wants_one(query: Query) -> bool:
    """Whether one good answer will do: not all that was said, all who said it, or the newest."""
    is_best = query.extent == "best" and query.kind != "who_said"
    return is_best and not query.is_about_anything and not asks_for_now(query)


def _is_beyond_doubt(studied: Studied, others: Sequence[Row]) -> bool:
    """Whether the answer is more than sure, and no fuller copy of its article may be unread."""
    enough = setting_of(studied.query).sure + _BEYOND_SURE
    if not studied.is_sure or together(studied.choices) < enough:
        return False
    cited = {choice.view.article.id: choice.view for choice in studied.choices}
    unread = {row.view.article.id: row.view for row in others if row.view.article.id not in cited}
    pairs = product(cited.values(), unread.values())
    return not any(is_near_duplicate(one, other) for one, other in pairs)
