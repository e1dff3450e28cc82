"""Finds the subject of a cue: before it, behind it, or on the far side of an aside.

Ranges are half-open in words. Knows nothing of what is reported.
"""

from index.attribution.phrases import Range, Words, main_subject, phrase_after, phrase_before
from index.language.cues import DUAL, Cue
from index.language.words import (
    ADVERBS,
    AUXILIARIES,
    DASH,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIMES,
    Word,
)

# Stand before "to" and a cue: "is expected to say", "went on to say".
_CATENATIVES = frozenset(
    """on expected continued declined refused appeared appears seemed seems used likely set
    wanted tried began started chose quick able going scheduled due has had have need needs
    wants plans planned is are was were""".split()
)
_ASIDES = frozenset("one former now then of in along with age at on from not".split()) | RELATIVES
_NAMED_MONTHS = frozenset("may march april june august".split())
_PLURAL = frozenset("they we these those some several many most two three four both few".split())
_PLURAL_HEADS = frozenset(
    "i you we they who that which people police men women media many some most".split()
)
_CONTRACTED = PRONOUNS | RELATIVES | {"there", "here", "what"}


def with_subject(words: Words, position: int) -> Range | None:
    """The subject of an absolute phrase: "with Ann Lee calling it a mess"."""
    phrase = phrase_before(words, position)
    if phrase is None or phrase[0] == 0 or words[phrase[0] - 1].low != "with":
        return None
    return phrase


def follows_words(words: Words, position: int) -> bool:
    """Whether what stands before a verb may be the words it reports: "…, said Ann Lee"."""
    before = words[position - 1]
    return (position > 1 and before.low in (",", DASH)) or before.is_quotation


def inverted_subject(words: Words, position: int, cue: Cue) -> Range | None:
    """The subject behind its verb, if it stands there."""
    if cue.form not in ("ed", "s") or not cue.takes_clause or cue.lemma == "tell":
        return None
    subject = phrase_after(words, position + 1)
    if subject is None or words[position + 1].low in ("that", "this", "it", *TIMES, *ADVERBS):
        return None
    if words[position + 1].low.endswith("ly") or words[position + 1].is_quotation:
        return None
    if subject[1] >= len(words):
        return subject
    after = words[subject[1]]
    closes = after.is_mark or after.is_quotation or after.low in PREPOSITIONS | RELATIVES | DAYS
    return subject if closes and not _is_aside(words, position) else None


def _is_aside(words: Words, position: int) -> bool:
    """Whether the sentence so far is only its subject and an aside: "X, the president of Y,"."""
    if words[position - 1].is_quotation:
        return False
    subject = main_subject(words[:position])
    return subject is not None and words[min(subject[1], position - 1)].text == ","


def verb_start(words: Words, position: int) -> int:
    """Where the auxiliaries, adverbs and times before a verb begin."""
    start = position
    while start > 0:
        low = words[start - 1].low
        if _accompanies_verb(words, start - 1):
            start -= 1
        elif low == "to" and start > 1 and words[start - 2].low in _CATENATIVES:
            start -= 3 if words[start - 2].low == "on" else 2
        else:
            break
    return max(start, 0)


def _accompanies_verb(words: Words, position: int) -> bool:
    low = words[position].low
    if low in AUXILIARIES or low in ADVERBS or _is_time(words, position):
        return True
    if low in ("'s", "’s"):
        return position > 0 and words[position - 1].low in _CONTRACTED
    return low.endswith("ly") and words[position].text.islower() and low != "family"


def _is_time(words: Words, position: int) -> bool:
    word = words[position]
    if word.is_name and word.low in _NAMED_MONTHS:
        return False
    if word.low in ("this", "last", "next", "a"):
        return position + 1 < len(words) and words[position + 1].low in TIMES
    return word.low in TIMES


def may_be_noun(words: Words, position: int, subject: Range) -> bool:
    """Whether a form such as "issues" or "plans" may go on with the noun phrase before it."""
    last = words[subject[1] - 1]
    named = last.is_name and words[subject[0]].low not in DETERMINERS
    return words[position].low.rstrip("s") in DUAL and not (named or last.low in _CONTRACTED)


def agrees(words: Words, subject: Range, position: int, start: int, cue: Cue) -> bool:
    """Whether the phrase can be the subject of this form of the verb."""
    first, last = words[subject[0]], words[subject[1] - 1]
    alone = subject[1] - subject[0] == 1
    if alone and first.low in DETERMINERS - {"this", "that", "some", "many", "most", "all", "both"}:
        return False
    if cue.form == "base" and start == position:
        return _is_plural(words, subject)
    if cue.form == "s":
        return first.low not in _PLURAL and last.low not in DETERMINERS - {"this", "that"}
    return True


def _is_plural(words: Words, subject: Range) -> bool:
    last = words[subject[1] - 1].low
    joined = any(w.low == "and" for w in words[subject[0] : subject[1]])
    return joined or (last.endswith("s") and not last.endswith("ss")) or last in _PLURAL_HEADS


def before_aside(words: Words, start: int) -> Range | None:
    """The subject before an aside: "X, the French president, said"."""
    begin = _clause_begin(words, start)
    subject = main_subject(words[:start], begin)
    if subject is not None and words[min(subject[1], start - 1)].low in (",", DASH, "("):
        return subject
    marks = [k for k in range(start - 2, 0, -1) if words[k].low in (",", DASH, "(")]
    for mark in marks:
        opens = _opens_aside(words[mark + 1]) or mark == marks[-1]
        if opens and (nearest := phrase_before(words, mark)):
            return nearest
    return None


def _clause_begin(words: Words, start: int) -> int:
    """Where the last clause that a conjunction joins on begins: "…, and Y, the mayor, said"."""
    for position in range(start - 3, 0, -1):
        joins = words[position].low in ("and", "but", "while", "whereas", "that")
        if joins and words[position - 1].low in (",", DASH, ";"):
            return position + 1
    return 0


def _opens_aside(word: Word) -> bool:
    if word.low in _ASIDES or word.low in DETERMINERS or word.is_name or word.low.isdigit():
        return True
    return word.low.endswith(("ing", "ed"))
