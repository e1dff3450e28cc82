"""What understanding a question needs of an archive: who is who, its days, and its words.

Derived from one state of the archive. Knows nothing of questions.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.query.date_range import Calendar
from bot.query.directory import Directory
from bot.query.spelling import Speller
from index.archive.archive import Archive


@dataclass(frozen=True, slots=True)
class ArchiveKnowledge:
    """The parts, each for its own question: whom, when, and how is it spelt."""

    directory: Directory
    calendar: Calendar
    speller: Speller

    @classmethod
    def of(cls, archive: Archive, directory: Directory, today: date) -> Self:
        """Of the archive as it is, and of its directory."""
        calendar = Calendar.of((article.published for article in archive.dated()), today)
        return cls(directory, calendar, Speller(directory.register))
