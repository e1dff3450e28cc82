"""What was read for a question, and what is chosen from it.

Knows nothing of how it was found or of how an answer is worded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.query.grammar.question import Query
from bot.selecting.choosing.chooser import choose, is_sure, setting_of, together
from bot.selecting.choosing.evidence import Evidence, from_days
from bot.selecting.choosing.near_duplicates import deduplicate
from bot.selecting.wanted_speaker import WantedSpeaker

_STORY = 2.0  # by how much less of a score the story of a talk answers


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
    def others(self) -> tuple[str, ...]:
        """The full names of those whose words on the topic were read, the wanted speaker left out.

        Best first. The words are on it if all of its words stand in them or beside them.
        """
        if not (self.wanted and self.wanted.phrase and self.query.topic):
            return ()
        on_it = (each.sentence for each in self.evidence if each.on_topic == 1.0)
        said = (attribution for sentence in on_it for attribution in sentence.attributions)
        people = self.wanted.people
        names = (a.full_name for a in said if a.is_called and a.identity not in people)
        return tuple(dict.fromkeys(names))


def study(query: Query, wanted: WantedSpeaker | None, read: Sequence[Evidence]) -> Studied:
    """Choose from all that was `read`, of whatever day, what answers the question."""
    evidence = deduplicate(from_days(read, query.days))
    choices = choose(wanted, evidence, setting_of(query))
    return Studied(query, wanted, read, evidence, choices)


def is_of_story(story: Studied, alone: Callable[[], Studied]) -> bool:
    """Whether a question is of the story of the talk, and not of what is `alone` read for it.

    That is not asked for where the story surely answers.
    """
    if is_sure(story.choices):
        return True
    if not story.choices:
        return False
    return together(story.choices) + _STORY >= together(alone().choices)
