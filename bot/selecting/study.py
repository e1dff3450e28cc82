"""What was read for a question, and what is chosen from it.

Knows nothing of how it was found or of how an answer is worded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.query.question import Query
from bot.selecting.chooser import choose, setting_of
from bot.selecting.evidence import Evidence, from_days
from bot.selecting.near_duplicates import deduplicate
from bot.selecting.wanted_speaker import WantedSpeaker


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


def study(query: Query, wanted: WantedSpeaker | None, read: Sequence[Evidence]) -> Studied:
    """Choose from all that was `read`, of whatever day, what answers the question."""
    evidence = deduplicate(from_days(read, query.days))
    choices = choose(wanted, evidence, setting_of(query))
    return Studied(query, wanted, read, evidence, choices)
