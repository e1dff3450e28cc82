"""What understanding a question needs of an archive: who is who, its days, and its words.

Derived from one state of the archive. Knows nothing of questions.
"""

from datetime import date
from functools import cached_property

from bot.query.grammar.date_range import Calendar
from bot.query.people.directory import Directory
from bot.query.typed.spelling import Speller
from index.archive.archive import Archive


class ArchiveKnowledge:
    """The parts, each for its own question: whom, when, and how is it spelt."""

    def __init__(self, archive: Archive, directory: Directory, today: date) -> None:
        """Of the archive as it is, and of its directory; to be asked within the same snapshot."""
        self._archive = archive
        self._today = today
        self.directory = directory
        self.speller = Speller(directory.register)

    @cached_property
    def calendar(self) -> Calendar:
        """Today, and the archive's days: few questions ask for any."""
        return Calendar(self._today, self._archive.days())
