"""Understands a question whole: as it was typed, in its conversation and its archive.

The one place that knows in which order: typing errors, the turn before, what the archive settles.
Knows nothing of how sentences are found.
"""

import re
from dataclasses import dataclass

from bot.query.dialogue.conversation import stand_alone
from bot.query.dialogue.earlier import Earlier
from bot.query.dialogue.scene import Scene
from bot.query.grammar.pieces import with_name_inside
from bot.query.grammar.question import Query
from bot.query.knowledge import ArchiveKnowledge
from bot.query.people.directory import Directory
from bot.query.settling import DaysOf, settle
from bot.query.typed.shorthand import written_out
from bot.query.typed.spelling import Respelling, english_words, put_right
from index.language.folding import fold
from index.language.words import FUNCTION_WORDS

# "pelosis trip"; but "the clintons", and "what lees say".
_OWNER = re.compile(r"(?<!\bthe )\b([A-Za-z]{3,})s(?= (\w+))", re.IGNORECASE)


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
        query = stand_alone(with_name_inside(text), earlier, scene)
        return settle(query, known.directory, known.calendar, days_of)

    question = with_apostrophes(written_out(question), known.directory)
    corrected, corrections = known.speller.correct(question)
    query = understood(corrected)
    kept = _kept(corrections, query, known.directory)
    misspelt = _misspelt(query, known.directory)
    if misspelt or len(kept) != len(corrections):
        kept = (*kept, *misspelt)
        query = understood(put_right(question, kept))
    return ReadQuestion(query, kept)


def with_apostrophes(question: str, directory: Directory) -> str:
    """The question with the apostrophes that are left out in a hurry: "pelosis trip".

    Only where English has no such word, and the archive somebody who is called so but for the "s".
    """

    def put(match: re.Match[str]) -> str:
        word = match[1].lower()
        if f"{word}s" in english_words() or match[2].lower() in FUNCTION_WORDS:
            return match[0]
        is_owner = directory.is_name(word) and not directory.is_name(f"{word}s")
        return f"{match[1]}'s" if is_owner else match[0]

    return _OWNER.sub(put, question)


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
