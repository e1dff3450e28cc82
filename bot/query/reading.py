"""Understands a question whole: as it was typed, in its conversation and its archive.

The one place that knows in which order: typing errors, the turn before, what the archive settles.
Knows nothing of how sentences are found.
"""

from dataclasses import dataclass

from bot.query.conversation import stand_alone
from bot.query.directory import Directory
from bot.query.earlier import Earlier
from bot.query.knowledge import ArchiveKnowledge
from bot.query.question import Query
from bot.query.scene import Scene
from bot.query.settling import DaysOf, settle
from bot.query.shorthand import written_out
from bot.query.spelling import Respelling, put_right
from index.language.folding import fold


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as it was understood, and the typing errors that were put right in it."""

    query: Query
    corrections: tuple[Respelling, ...] = ()


def read_question(
    question: str,
    earlier: Earlier,
    known: ArchiveKnowledge,
    scene: Scene,
    days_of: DaysOf,
) -> ReadQuestion:
    """The question as the archive reads it, asked after an `earlier` turn in its `scene`."""

    def understood(text: str) -> Query:
        query = stand_alone(text, earlier, scene)
        return settle(query, known.directory, known.calendar, days_of)

    question = written_out(question)
    corrected, corrections = known.speller.correct(question)
    query = understood(corrected)
    kept = _kept(corrections, query, known.directory)
    misspelt = _misspelt(query, known.directory)
    if misspelt or len(kept) != len(corrections):
        kept = (*kept, *misspelt)
        query = understood(put_right(question, kept))
    return ReadQuestion(query, kept)


def _kept(
    corrections: tuple[Respelling, ...], query: Query, directory: Directory
) -> tuple[Respelling, ...]:
    """Those that take nobody's name for a word, nor for half of somebody else's."""
    nobody = {word for name in _names(query) if not directory.named(name) for word in fold(name)}
    return tuple(c for c in corrections if c.meant.lower() not in nobody)


def _misspelt(query: Query, directory: Directory) -> tuple[Respelling, ...]:
    """The names that are somebody's but for a letter."""
    strange = (name for name in _names(query) if not directory.match(name, near=False))
    found = ((name, meant) for name in strange if (meant := directory.misspelt(name)))
    return tuple(Respelling(name, meant) for name, meant in found)


def _names(query: Query) -> list[str]:
    own = [query.topic] if query.extent == "person" else [query.asked] if query.asked else []
    return [*own, *(name for piece in query.pieces for name in _names(piece))]
