"""Finds where the words reported begin to the right of a cue, past whom and when it was said.

Knows nothing of where they end.
"""

from index.attribution.frames import Head
from index.attribution.phrases import Words, is_verb, phrase_after
from index.language.words import (
    ADVERBS,
    DETERMINERS,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
)


def find_complement(words: Words, start: int, limit: int, head: Head) -> tuple[int, str]:
    """Where the words reported start to the right of the cue, and what shows it."""
    position = start
    if head.verb is not None and head.verb.tells and not head.inverted:
        position = _addressee(words, position, limit)
    while position < limit:
        word = words[position]
        if word.is_quotation:
            return position, "quotation"
        if word.low == "that" and not head.inverted:
            takes = head.verb is None or head.verb.takes_clause
            return position, "that" if takes else "object"
        if word.low in (":", ","):
            return position + 1, "colon" if word.low == ":" else "comma"
        skipped = _adjunct(words, position, limit)
        if skipped == position:
            break
        position = skipped
    if position >= limit or words[position].is_mark:
        return position, "none"
    return position, "clause" if _opens_clause(words, position, limit) else "object"


def _addressee(words: Words, position: int, limit: int) -> int:
    if position < limit and words[position].low in ("that", ":", ","):
        return position
    phrase = phrase_after(words, position, limit)
    return phrase[1] if phrase else position


def _adjunct(words: Words, position: int, limit: int) -> int:
    """Past a time, an adverb or a prepositional phrase that tells when, where or to whom."""
    low = words[position].low
    timed = position + 1 < limit and words[position + 1].low in TIMES
    if low in TIMES and (timed or low not in ("this", "last", "next", "may")):
        return position + 1
    if low in ADVERBS or (low.endswith("ly") and words[position].text.islower()):
        return position + 1
    if low in PREPOSITIONS and low not in ("of", "about", "against", "for", "like", "as", "than"):
        phrase = phrase_after(words, position + 1, limit)
        if phrase is None or (low == "to" and not _is_addressed(words, position + 1)):
            return position
        follows = words[phrase[1]] if phrase[1] < limit else None
        if follows is None or follows.is_mark or follows.is_quotation:
            return phrase[1]
        if follows.low in PREPOSITIONS | TIMES | PRONOUNS | {"that"}:
            return phrase[1]
    return position


def _is_addressed(words: Words, position: int) -> bool:
    """Whether "to" leads to a person, not to a verb."""
    word = words[position]
    return word.is_name or word.low in DETERMINERS | OBJECTS or word.low.endswith("s")


def _opens_clause(words: Words, position: int, limit: int) -> bool:
    first = words[position].low
    if first in PRONOUNS or first in SUBORDINATORS or first == "there":
        return True
    phrase = phrase_after(words, position, limit)
    if phrase is None or phrase[1] >= limit:
        return False
    return is_verb(words[phrase[1]]) or words[phrase[1]].low in RELATIVES | ADVERBS
