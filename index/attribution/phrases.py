"""Reads noun phrases off a sentence's words, without a tagger: where one starts, where it ends.

Ranges are half-open in words. Knows nothing of cues beyond that they end a phrase.
"""

from collections.abc import Sequence

from index.language.cues import CUES, NOUNS
from index.language.names import PLACES
from index.language.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DASH,
    DAYS,
    DETERMINERS,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Word,
)

Range = tuple[int, int]
Words = Sequence[Word]

# May tie a noun to the phrase before it: "a spokesman for the Kremlin".
_TIES = frozenset("of for from at in with within to on".split())
_UNTIED = AUXILIARIES | CONJUNCTIONS | ADVERBS | {"according"}
_LONGEST = 24
_STOPS = AUXILIARIES | SUBORDINATORS | OBJECTS - {"her", "you", "it"}
_OPENERS = frozenset("likewise moreover besides additionally perhaps indeed still even".split())
# Verbs that often follow a subject; with "-ed" they mark where it ends.
_VERBS = frozenset(
    """went came made took gave left met began held became saw got did kept brought put set led
    won lost ran sat stood fell rose spent sent built paid cut hit drew flew fought goes comes makes
    takes gives leaves meets begins holds becomes gets keeps puts runs stands wants needs remains
    seems appears tries uses works plans says tells hosts faces hopes
    go come make take give meet begin become get keep""".split()
)


def is_verb(word: Word) -> bool:
    """Whether the word, after a noun, is likelier a verb than part of the phrase."""
    if word.is_quotation or word.is_name:
        return False
    low = word.low
    if low in AUXILIARIES or low in _VERBS:
        return True
    if low in CUES:
        return CUES[low].form in ("ed", "ing") or low not in NOUNS
    return low.endswith("ed") and len(low) > 4


def phrase_before(words: Words, end: int) -> Range | None:
    """The noun phrase whose last word is the one before `end`."""
    start = core_before(words, end)
    if start is None:
        return None
    while (earlier := _tied_before(words, start)) is not None:
        start = earlier
    return start, end


def core_before(words: Words, end: int) -> int | None:
    """Where the noun phrase before `end` starts, without what a preposition ties to it."""
    position = end - 1
    if position < 0 or (words[position].low in PREPOSITIONS - {"to"} and position):
        return None
    if words[position].low in PRONOUNS or words[position].low in ("who", "this", "that", "which"):
        return position
    floor = max(0, end - _LONGEST)
    start = end
    while position >= floor:
        word = words[position]
        if word.text == ")":
            position = _open_bracket(words, position) - 1
            continue
        if _ends_walk(words, position):
            break
        start = position
        if word.low in DETERMINERS and not (position and words[position - 1].low in DETERMINERS):
            break
        position -= 1
    if start < end and words[start].low in ("'s", "’s", "'", "’"):
        start += -1 if start and words[start - 1].is_quotation else 1
    return start if start < end else None


def _ends_walk(words: Words, position: int) -> bool:
    word = words[position]
    if word.is_quotation:
        # A nickname or a word in scare quotes may stand inside a phrase, not open one.
        stands = position and not words[position - 1].is_mark and word.text[-2:-1].isalnum()
        return not stands or len(word.text.split()) > 3
    if word.low in ("'s", "’s", "'", "’", "&", "-", "/"):
        return False
    if word.is_mark:
        return not (word.text == "." and len(words[position - 1].text) <= 4)
    if word.low in _STOPS or word.low in PREPOSITIONS or word.low in PRONOUNS:
        return True
    if word.low in CONJUNCTIONS:
        return not _joins_names(words, position)
    if word.low in DAYS and word.is_name:
        return True
    return word.low in CUES and is_verb(word)


def _joins_names(words: Words, position: int) -> bool:
    if words[position].low not in ("and", "or") or position == 0:
        return False
    before, after = words[position - 1], words[position + 1]
    return before.is_name and (after.is_name or after.low in DETERMINERS)


def _open_bracket(words: Words, position: int) -> int:
    for earlier in range(position, max(-1, position - 12), -1):
        if words[earlier].text == "(":
            return earlier
    return position


def _tied_before(words: Words, start: int) -> int | None:
    """Where a phrase starts that a preposition or a relative ties to the one at `start`."""
    if start < 2:
        return None
    tie, noun = words[start - 1].low, words[start - 2]
    if noun.is_mark or noun.is_quotation or noun.low in _UNTIED:
        return None
    if tie in _TIES | {"by"} and noun.low not in PREPOSITIONS:
        if not is_verb(noun):
            return core_before(words, start - 1) if tie != "by" else None
        # A participle before a verb is a relative clause cut short: "people briefed on it said".
        reduced = noun.low.endswith("ed") or (noun.low in CUES and CUES[noun.low].form == "ed")
        return core_before(words, start - 2) if reduced else None
    if tie in ("who", "that", "which") and noun.low not in CUES:
        return core_before(words, start - 1)
    return None


def phrase_after(words: Words, start: int, stop: int | None = None) -> Range | None:
    """The noun phrase that opens at `start`, with what "of" and "for" tie to it."""
    limit = min(len(words), start + _LONGEST, stop if stop is not None else len(words))
    position = start
    if position < limit and words[position].low in PRONOUNS | OBJECTS - {"her"}:
        return start, start + 1
    while position < limit and _goes_on(words, start, position):
        position += 1
    while position > start and words[position - 1].low in PREPOSITIONS | CONJUNCTIONS | DETERMINERS:
        position -= 1
    return (start, position) if position > start else None


def _goes_on(words: Words, start: int, position: int) -> bool:
    word = words[position]
    if word.low in ("of", "for") and position > start:
        return True
    if word.is_mark or word.is_quotation:
        return _inside_name(words, position)
    if word.low in AUXILIARIES or word.low in RELATIVES or word.low in PRONOUNS | OBJECTS - {"her"}:
        return False
    if word.low in PREPOSITIONS or (word.low in DAYS and position > start):
        return False
    if word.low in CONJUNCTIONS:
        return position + 1 < len(words) and _joins_names(words, position)
    return position == start or _extends(words, start, position)


def _inside_name(words: Words, position: int) -> bool:
    """Brackets after a name ("(R-OK)") and quoted nicknames belong to the phrase."""
    word = words[position]
    if word.is_quotation:
        return (
            len(word.text.split()) <= 2
            and position + 1 < len(words)
            and words[position + 1].is_name
        )
    if word.text in ("'", "’", "&", "-", "/") or word.low in ("'s", "’s"):
        return True
    return word.text in "()" and words[position - 1].is_name


def _extends(words: Words, start: int, position: int) -> bool:
    word, before = words[position], words[position - 1]
    if word.low in DETERMINERS:
        return before.low in DETERMINERS or before.low in ("of", "for", "and")
    headed = before.low not in DETERMINERS and before.low not in ("'s", "’s", "'", "’", "of", "for")
    if not headed:
        return True
    if word.low in ADVERBS or (word.low.endswith(("ly", "ing")) and not word.is_name):
        return False
    if before.is_name and not word.is_name and words[start].low not in DETERMINERS:
        return not is_verb(word) and not word.low.endswith("s")
    return not is_verb(word)


def main_subject(words: Words, begin: int = 0) -> Range | None:
    """The subject of the clause from `begin`: its first noun phrase after any introduction."""
    position = begin or _after_dateline(words)
    for _ in range(4):
        while position < len(words) and _introduces(words, position):
            position += 1
        if position >= len(words):
            return None
        comma = _after_introduction(words, position)
        if comma is None:
            return phrase_after(words, position + (words[position].low == "as"))
        position = comma
    return None


def _after_dateline(words: Words) -> int:
    """Past a dateline: "PARIS (AP) — "."""
    if not words or not (words[0].text.isupper() and len(words[0].text) > 2):
        return 0
    dashes = [k for k, word in enumerate(words[:12]) if word.low == DASH]
    return dashes[0] + 1 if dashes else 0


def _introduces(words: Words, position: int) -> bool:
    word = words[position]
    if word.is_mark or word.low in CONJUNCTIONS:
        return True
    after = words[position + 1] if position + 1 < len(words) else word
    loose = after.text == "," or after.low in PREPOSITIONS | SUBORDINATORS
    return word.low in ADVERBS or (loose and (word.low.endswith("ly") or word.low in _OPENERS))


def _after_introduction(words: Words, position: int) -> int | None:
    low = words[position].low
    opens = low in PREPOSITIONS | SUBORDINATORS or low in ("according", "asked", "when")
    if not opens and not (low.endswith("ing") and words[position].start == words[0].start):
        return None
    for later in range(position + 1, len(words) - 1):
        if words[later].low == "," and words[later + 1].low not in PLACES:
            return later + 1
    return None
