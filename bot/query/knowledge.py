"""What understanding a question needs of an archive: who is who, its days, and its words.

Derived from one state of the archive. Knows nothing of questions.
"""

from datetime import date
from functools import cached_property

from bot.date_range import Calendar
from bot.query.people.directory import Directory
from bot.query.typed.spelling import Speller
from index.archive.archive import Archive
from index.language.folding import fold
from index.language.words import FUNCTION_WORDS


class ArchiveKnowledge:
    """The parts, each for its own question: whom, when, and how is it spelt."""

    def __init__(self, archive: Archive, directory: Directory, today: date) -> None:
        """Of the archive as it is, and of its directory; to be asked within the same snapshot."""
        self._archive = archive
        self._today = today
        self.directory = directory
        self.speller = Speller(directory.register)

    def days_on(self, asked: str | None, topic: str) -> tuple[date, ...]:
        """The days of articles, in order: of whoever is `asked`, or with the names of the topic.

        Without a name in the topic, of those that have all of its words.
        """
        if asked:
            people = (match.identity for match in self.directory.match(asked))
            ids = frozenset(id_ for person in people for id_ in person.articles)
        else:
            words = [word for word in fold(topic) if word not in FUNCTION_WORDS]
            names = [word for word in words if self.directory.is_name(word)]
            ids = frozenset(self._archive.search_articles(" ".join(names or words)))
        published = (each.published for each in self._archive.dated_of(ids))
        return Calendar.of(published, self._today).days

    @cached_property
    def calendar(self) -> Calendar:
        """Today, and the archive's days: few questions ask for any."""
        return Calendar(self._today, self._archive.days())
