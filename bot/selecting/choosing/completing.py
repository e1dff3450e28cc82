"""Adds the quotation to what is reported before it: two halves of what somebody said.

"Lee called the ban a distraction. 'Nine in ten schools have one,' he said." A reader finds the
first half by its words, and the second has none of them. Knows nothing of scores.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.selecting.choosing.evidence import Evidence
from bot.selecting.wanted_speaker import WantedSpeaker
from index.language.folding import fold
from index.language.words import PREPOSITIONS

# "On gas, he said: 'No'", "Asked about gas, ...": of another matter.
_TURNING = PREPOSITIONS | {"asked", "as", "when"}


def with_quotations(
    choices: Sequence[Evidence], wanted: WantedSpeaker | None
) -> tuple[Evidence, ...]:
    """The choices, each of the wanted speaker's reports with the quotation right behind it."""
    if wanted is None or wanted.phrase is None:
        return tuple(choices)
    chosen = {choice.key for choice in choices}
    return tuple(each for choice in choices for each in _whole(choice, wanted, chosen))


def _whole(
    choice: Evidence, wanted: WantedSpeaker, chosen: set[tuple[str, int]]
) -> Iterator[Evidence]:
    yield choice
    after = replace(choice, n=choice.n + 1, short=None)
    if after.n < len(choice.view.sentences) and after.key not in chosen:
        said, quoted = (wanted.attribution(each.sentence) for each in (choice, after))
        if not (said and quoted) or said.kind == "direct" or quoted.kind != "direct":
            return
        is_same = (said.identity or said.name) == (quoted.identity or quoted.name)
        if is_same and after.sentence.prose and _TURNING.isdisjoint(fold(after.sentence.frame)[:1]):
            yield after
