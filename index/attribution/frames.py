"""Finds the frames of reporting in a sentence: which words are cues, and whose each cue is.

One sentence at a time, quotations folded into single words. Where the words reported stand is
found in `index.attribution.contents`. Knows nothing of people's names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.phrases import (
    Range,
    Words,
    is_verb,
    main_subject,
    phrase_after,
    phrase_before,
)
from index.attribution.subjects import (
    agrees,
    before_aside,
    follows_words,
    inverted_subject,
    may_be_noun,
    verb_start,
    with_subject,
)
from index.language.cues import CUES, NOUNS, Cue
from index.language.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DASH,
    DETERMINERS,
    PREPOSITIONS,
)

BE = frozenset("is are was were be been being".split())
_POSSESSIVES = frozenset("'s ’s ' ’ his her their its my our your whose".split())
_PARTICIPLE_OPENERS = frozenset("by in for while before after without and when".split())
_CLAUSES = frozenset("when while where after although though whereas".split())
# Forms that need "has" or "is" before them.
_PARTICIPLES = frozenset("known seen spoken written".split())


@dataclass(frozen=True, slots=True)
class Head:
    """A cue and its subject, as ranges of words, before the words reported are known.

    `shared` says that the subject is that of a clause before it ("and warned that"), `inverted`
    that it follows the cue ("said Ann Lee", "according to her").
    """

    cue: Range
    subject: Range | None
    verb: Cue | None
    start: int
    shared: bool = False
    inverted: bool = False
    infinitive: bool = False
    weak: bool = False
    passive: bool = False


def find_heads(words: Words) -> list[Head]:
    """All cues of a sentence in order, each with its subject."""
    heads: list[Head] = []
    for position, word in enumerate(words):
        head = None
        if word.low in CUES and not (word.is_name and position):
            head = _verb_head(words, position, CUES[word.low], heads)
        elif word.low == "according":
            head = _according_head(words, position)
        if head is None and word.low in NOUNS:
            head = _noun_head(words, position)
        if head is not None:
            heads.append(head)
    return heads


def _according_head(words: Words, position: int) -> Head | None:
    if position + 2 >= len(words) or words[position + 1].low != "to":
        return None
    subject = phrase_after(words, position + 2)
    if subject is None:
        return None
    return Head((position, position + 2), subject, None, position, inverted=True)


def _noun_head(words: Words, position: int) -> Head | None:
    """A noun of speech with its owner and a clause: "his claim that"."""
    if position == 0 or position + 1 >= len(words) or words[position + 1].low != "that":
        return None
    owner = position - 1
    while owner > position - 3 and owner > 0 and words[owner].low not in _POSSESSIVES:
        owner -= 1
    low = words[owner].low
    if low in ("his", "her", "their"):
        return Head((position, position + 1), (owner, owner + 1), None, owner)
    if low in ("'s", "’s", "'", "’") and (subject := phrase_before(words, owner)):
        return Head((position, position + 1), subject, None, subject[0])
    return None


def _verb_head(words: Words, position: int, cue: Cue, heads: Sequence[Head]) -> Head | None:
    if _is_noun(words, position, cue):
        return None
    if cue.form == "ing" and not _is_progressive(words, position):
        return _participle_head(words, position, cue, heads)
    if follows_words(words, position) and (inverted := inverted_subject(words, position, cue)):
        return Head((position, position + 1), inverted, cue, position, inverted=True)
    start = verb_start(words, position)
    if start == position and words[position].low in _PARTICIPLES:
        return None
    if cue.form == "ed" and _is_passive(words, start, position):
        return _passive_head(words, position, cue)
    return _finite_head(words, start, position, cue, heads)


def _is_noun(words: Words, position: int, cue: Cue) -> bool:
    if position == 0:
        return cue.form != "ing"
    before = words[position - 1].low
    if before in DETERMINERS and before not in ("this", "that", "all", "some", "both", "many"):
        return True
    if before in _POSSESSIVES or (before in PREPOSITIONS and cue.form != "ing"):
        return before != "to" or cue.form != "base"
    after = words[position + 1].low if position + 1 < len(words) else "."
    return words[position].low.rstrip("s") in NOUNS and after in ("of", "on", "to", "by", "in")


# Participles


def _is_progressive(words: Words, position: int) -> bool:
    start = verb_start(words, position)
    return any(words[k].low in BE for k in range(start, position))


def _participle_head(words: Words, position: int, cue: Cue, heads: Sequence[Head]) -> Head | None:
    if position == 0:
        return None
    span, before = (position, position + 1), words[position - 1]
    if own := with_subject(words, position):
        return Head(span, own, cue, own[0])
    loose = before.low in (",", DASH) or before.is_quotation or before.low in ADVERBS
    if not (loose or before.low in _PARTICIPLE_OPENERS or heads):
        return None
    return Head(span, outer_subject(words, position, heads), cue, position, shared=True)


def outer_subject(words: Words, end: int, heads: Sequence[Head]) -> Range | None:
    """The subject of the clause that goes on at `end`: not that of a clause reported inside it."""
    clause = _last_clause(words, end)
    for number in range(len(heads) - 1, -1, -1):
        head = heads[number]
        if head.subject is None or head.verb is None or head.start < clause:
            continue
        if head.shared or head.inverted or _opens_clause(words, head.start, number):
            return head.subject
    if clause:
        return phrase_after(words, clause, end) or main_subject(words[:end])
    return main_subject(words[:end])


def _opens_clause(words: Words, start: int, earlier: int) -> bool:
    before = words[start - 1] if start else None
    if before is None or before.low in (",", DASH, ";", ":") or before.is_quotation:
        return True
    if before.low in CONJUNCTIONS:
        return not earlier or words[start - 2].text == ","
    return before.low in ("while", "when", "as")


def _last_clause(words: Words, end: int) -> int:
    """Where the clause of a last "when …," before `end` begins, or 0."""
    for position in range(end - 2, 0, -1):
        if words[position - 1].text == "," and words[position].low in _CLAUSES:
            return position + 1
        if words[position].text == ",":
            break
    return 0


# Finite verbs


def _is_passive(words: Words, start: int, position: int) -> bool:
    auxiliaries = [w.low for w in words[start:position] if w.low in AUXILIARIES]
    after = words[position + 1].low if position + 1 < len(words) else "."
    return bool(auxiliaries and auxiliaries[-1] in BE) or after == "by"


def _passive_head(words: Words, position: int, cue: Cue) -> Head | None:
    if position + 1 >= len(words) or words[position + 1].low != "by":
        return None
    subject = phrase_after(words, position + 2)
    start = verb_start(words, position)
    if subject is None or start == position:
        return None
    return Head((position, position + 2), subject, cue, start, inverted=True, passive=True)


def _finite_head(
    words: Words, start: int, position: int, cue: Cue, heads: Sequence[Head]
) -> Head | None:
    if start == 0:
        return None
    before, span = words[start - 1], (position, position + 1)
    if before.low in CONJUNCTIONS:
        return _shared_head(span, outer_subject(words, start - 1, heads), cue, start)
    if before.low == "to":
        return _infinitive_head(words, start, span, cue, heads)
    if before.low in (",", DASH, ")"):
        subject = before_aside(words, start)
        if subject is not None:
            return Head(span, subject, cue, subject[0])
        return _shared_head(span, outer_subject(words, start - 1, heads), cue, start)
    subject = phrase_before(words, start)
    if subject is None or not agrees(words, subject, position, start, cue):
        return None
    weak = cue.form in ("s", "base") and start == position and may_be_noun(words, position, subject)
    return Head(span, subject, cue, subject[0], weak=weak)


def _shared_head(span: Range, subject: Range | None, cue: Cue, start: int) -> Head | None:
    return Head(span, subject, cue, start, shared=True) if subject else None


def _infinitive_head(
    words: Words, start: int, span: Range, cue: Cue, heads: Sequence[Head]
) -> Head | None:
    verb = start - 2
    subject = None
    if verb > 0 and is_verb(words[verb]):
        subject = phrase_before(words, verb_start(words, verb))
    subject = subject or outer_subject(words, start - 1, heads)
    return Head(span, subject, cue, start, shared=True, infinitive=True) if subject else None
