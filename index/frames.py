"""Finds the frames of reporting in a sentence: cue, subject, and where the words reported stand.

One sentence at a time, quotations folded into single words. Knows nothing of people's names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.cues import CLAUSE_ONLY, CUES, NOUNS, Cue
from index.phrases import Range, Words, is_verb, main_subject, phrase_after, phrase_before
from index.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
)

_BE = frozenset("is are was were be been being".split())
_POSSESSIVES = frozenset("'s ’s ' ’ his her their its my our your whose".split())
# Stand before "to" and a cue: "is expected to say", "went on to say".
_CATENATIVES = frozenset(
    """on expected continued declined refused appeared appears seemed seems used likely set
    wanted tried began started chose quick able going scheduled due has had have need needs
    wants plans planned is are was were""".split()
)
_ASIDES = frozenset("who whose which where when one former now then of in along with age".split())
_AFTER_PARENTHESIS = (
    CONJUNCTIONS
    | RELATIVES
    | frozenset("after while as during in at on with when where though although amid by".split())
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue, whose it is, and the words reported, all as ranges of words.

    `shared` says that the subject is that of a frame before it ("and warned that").
    """

    cue: Range
    subject: Range | None
    content: tuple[Range, ...]
    shared: bool = False
    inverted: bool = False


def find_frames(words: Words) -> tuple[Frame, ...]:
    """All frames of a sentence in the order of their cues."""
    heads: list[Frame] = []
    for position, word in enumerate(words):
        head = None
        if word.low in CUES and not (word.is_name and position):
            head = _verb_head(words, position, CUES[word.low], heads)
        elif word.low == "according":
            head = _according_head(words, position)
        if head is not None:
            heads.append(head)
    return tuple(_with_content(words, heads))


# Subjects


def _according_head(words: Words, position: int) -> Frame | None:
    if position + 2 >= len(words) or words[position + 1].low != "to":
        return None
    subject = phrase_after(words, position + 2)
    return Frame((position, position + 2), subject, (), inverted=True) if subject else None


def _verb_head(words: Words, position: int, cue: Cue, heads: list[Frame]) -> Frame | None:
    if _is_noun(words, position, cue):
        return None
    if cue.form == "ing":
        return _participle_head(words, position, heads)
    if _follows_words(words, position) and (inverted := _inverted_subject(words, position, cue)):
        return Frame((position, position + 1), inverted, (), inverted=True)
    first = _verb_start(words, position)
    if _is_passive(words, first, position, cue):
        return None
    return _finite_head(words, first, position, cue, heads)


def _is_noun(words: Words, position: int, cue: Cue) -> bool:
    if position == 0:
        return cue.form != "ing"
    before = words[position - 1].low
    if before in DETERMINERS and before not in ("this", "that", "all", "some", "both", "many"):
        return True
    if before in _POSSESSIVES or (before in PREPOSITIONS and cue.form != "ing"):
        return before != "to" or cue.form != "base"
    after = words[position + 1].low if position + 1 < len(words) else "."
    return words[position].low in NOUNS and after in ("of", "on", "for", "to", "by", "in")


def _participle_head(words: Words, position: int, heads: list[Frame]) -> Frame | None:
    before = words[position - 1]
    first = _verb_start(words, position)
    if first < position and words[position - 1].low in _BE | ADVERBS:
        if any(words[k].low in AUXILIARIES for k in range(first, position)):
            return _finite_head(words, first, position, CUES[words[position].low], heads)
    subject = _outer_subject(words, position, heads)
    if (
        before.text in (",", "—", "–", "-")
        or before.is_quotation
        or before.low in ("by", "in", "for", "while", "before", "after", "without", "and")
        or heads
        or before.low in ADVERBS
    ):
        return Frame((position, position + 1), subject, (), shared=True)
    return None


def _follows_words(words: Words, position: int) -> bool:
    before = words[position - 1]
    return (position > 1 and before.text in (",", "—", "–")) or before.is_quotation


def _inverted_subject(words: Words, position: int, cue: Cue) -> Range | None:
    if cue.form not in ("ed", "s") or not cue.takes_clause or cue.lemma == "tell":
        return None
    subject = phrase_after(words, position + 1)
    if subject is None or words[position + 1].low in ("that", "this", "it"):
        return None
    if subject[1] >= len(words):
        return subject
    after = words[subject[1]]
    closes = after.is_mark or after.is_quotation or after.low in PREPOSITIONS | RELATIVES | DAYS
    return subject if closes else None


def _verb_start(words: Words, position: int) -> int:
    """Where the verb's auxiliaries and adverbs begin."""
    first = position
    while first > 0:
        low = words[first - 1].low
        if low in AUXILIARIES or low in ADVERBS or (low.endswith("ly") and low not in ("family",)):
            first -= 1
        elif low == "to" and first > 1 and words[first - 2].low in _CATENATIVES:
            first -= 2
            if words[first].low == "on" and first:
                first -= 1
        else:
            break
    return first


def _is_passive(words: Words, first: int, position: int, cue: Cue) -> bool:
    if cue.form != "ed":
        return False
    auxiliaries = [w.low for w in words[first:position] if w.low in AUXILIARIES]
    after = words[position + 1].low if position + 1 < len(words) else "."
    return bool(auxiliaries and auxiliaries[-1] in _BE) or after == "by"


def _finite_head(
    words: Words, first: int, position: int, cue: Cue, heads: list[Frame]
) -> Frame | None:
    if first == 0:
        return None
    before = words[first - 1]
    span = (position, position + 1)
    if before.low in CONJUNCTIONS or (before.text == "," and _coordinated(words, first, heads)):
        subject = _outer_subject(words, first - 1, heads)
        return Frame(span, subject, (), shared=True) if subject else None
    if before.text in (",", "—", "–", ")"):
        return _after_aside(words, first, span)
    if before.low == "to":
        subject = _outer_subject(words, first - 1, heads)
        return Frame(span, subject, (), shared=True) if subject else None
    subject = phrase_before(words, first)
    if subject is None:
        return None
    if cue.form == "base" and first == position and not _is_plural(words, subject):
        return None
    return Frame(span, subject, ())


def _coordinated(words: Words, first: int, heads: list[Frame]) -> bool:
    """Whether a comma before a verb goes on with a list of verbs: "A said x, denied y"."""
    return bool(heads) and not any(w.text == "," for w in words[heads[-1].cue[1] : first - 1])


def _is_plural(words: Words, subject: Range) -> bool:
    last = words[subject[1] - 1].low
    if last in (
        "i",
        "you",
        "we",
        "they",
        "who",
        "that",
        "which",
        "people",
        "police",
        "men",
        "women",
    ):
        return True
    joined = any(w.low == "and" for w in words[subject[0] : subject[1]])
    return joined or (last.endswith("s") and not last.endswith("ss")) or last in ("media", "many")


def _outer_subject(words: Words, end: int, heads: list[Frame]) -> Range | None:
    """The subject of the clause that goes on at `end`: not that of a clause reported inside it."""
    for head in reversed(heads):
        if head.subject is None or head.shared:
            continue
        start = min(head.subject[0], head.cue[0])
        before = words[start - 1] if start else None
        if before is None or before.text in ",—–;:" or before.low in CONJUNCTIONS:
            return head.subject
        if head.inverted or before.is_quotation or before.low in ("while", "when", "as"):
            return head.subject
    return main_subject(words[:end])


def _after_aside(words: Words, first: int, span: Range) -> Frame | None:
    """The subject before an aside: "X, the French president, said"."""
    commas = [k for k in range(first - 2, 0, -1) if words[k].text in (",", "—", "–", "(")]
    for comma in commas:
        opening = words[comma + 1]
        if not (
            opening.low in _ASIDES
            or opening.low in DETERMINERS
            or opening.is_name
            or opening.low.isdigit()
            or comma == commas[-1]
        ):
            continue
        subject = phrase_before(words, comma)
        if subject is not None:
            return Frame(span, subject, ())
    return None


# Contents


def _with_content(words: Words, heads: list[Frame]) -> Iterator[Frame]:
    for number, head in enumerate(heads):
        cue = CUES.get(words[head.cue[0]].low)
        begin = heads[number - 1].cue[1] if number else 0
        limit = _clause_end(words, head, heads[number + 1 :])
        if words[head.cue[0]].low == "according":
            content = _according_content(words, head, begin, limit)
        elif cue is not None:
            content = _verb_content(words, head, cue, begin, limit)
        else:
            content = ()
        if content:
            yield replace(head, content=content)


def _clause_end(words: Words, head: Frame, later: list[Frame]) -> int:
    """Where the words reported by a frame end if they run on to the right."""
    end = len(words)
    for other in later:
        start = min(other.cue[0], other.subject[0] if other.subject and not other.shared else 10**6)
        start = other.cue[0] if other.shared or other.inverted else start
        if other.shared:
            start = _verb_start(words, start)
        before = words[start - 1]
        if before.low in CONJUNCTIONS or before.low in ("while", "though", "although"):
            end = start - 1
            break
        if (other.shared or other.inverted) and before.text == ",":
            end = start
            break
    while end > head.cue[1] and words[end - 1].text in ",.;:—–":
        end -= 1
    return end


def _according_content(words: Words, head: Frame, begin: int, limit: int) -> tuple[Range, ...]:
    assert head.subject is not None
    after = head.subject[1]
    while after < limit and words[after].text != ",":
        after += 1
    if head.cue[0] <= 1:
        return _ranges(words, (after + 1, limit))
    left = (begin, head.cue[0])
    if after + 1 < limit and words[after + 1].low not in _AFTER_PARENTHESIS:
        return _ranges(words, left, (after + 1, limit))
    return _ranges(words, left)


def _verb_content(
    words: Words, head: Frame, cue: Cue, begin: int, limit: int
) -> tuple[Range, ...]:
    after = head.subject[1] if head.inverted and head.subject else head.cue[1]
    start, evidence = _complement(words, after, limit, cue if not head.inverted else None)
    left = _left(words, begin, _own_start(words, head)) if not head.shared else None
    quoted_left = left is not None and words[left[1] - 1].is_quotation
    right = (start, limit)
    if evidence in ("none", "comma") or head.inverted:
        quoted_right = start < limit and words[start].is_quotation
        if quoted_right and (left is None or not (quoted_left or _goes_on(words, start))):
            return () if head.inverted and left else _ranges(words, right)
        if left is None:
            return ()
        resumes = evidence == "comma" and start < limit and _resumes(words, start)
        return _ranges(words, left, right) if quoted_right or resumes else _ranges(words, left)
    if evidence == "object" and cue.lemma in CLAUSE_ONLY:
        return ()
    return _ranges(words, right)


def _goes_on(words: Words, position: int) -> bool:
    """Whether a quotation goes on with a sentence begun before it."""
    return words[position].text.lstrip("\"'“‘«„`")[:1].islower()


def _own_start(words: Words, head: Frame) -> int:
    if head.subject is None or head.inverted or head.shared:
        return head.cue[0]
    return min(head.subject[0], head.cue[0])


def _left(words: Words, begin: int, opening: int) -> Range | None:
    """The words before a parenthesis such as "he said", if it is one."""
    if opening <= begin:
        return None
    before = words[opening - 1]
    if not (before.text in (",", "—", "–") or before.is_quotation):
        return None
    return begin, opening


def _resumes(words: Words, start: int) -> bool:
    word = words[start]
    if word.is_quotation:
        return True
    return word.low not in _AFTER_PARENTHESIS and not word.low.endswith("ing")


def _ranges(words: Words, *ranges: Range) -> tuple[Range, ...]:
    """The ranges without punctuation and conjunctions at their edges; empty ones are left out."""
    kept = []
    for start, end in ranges:
        while start < end and (
            words[start].text in ",.;:—–-?!" or words[start].low in ("but", "and")
        ):
            start += 1
        while start < end and words[end - 1].text in ",.;:—–-":
            end -= 1
        if start < end:
            kept.append((start, end))
    return tuple(kept)


def _complement(words: Words, start: int, limit: int, cue: Cue | None) -> tuple[int, str]:
    """Where the words reported start to the right of the cue, and what shows it."""
    position = start
    if cue is not None and cue.tells:
        position = _addressee(words, position, limit)
    while position < limit:
        low = words[position].low
        if words[position].is_quotation:
            return position, "quotation"
        if low == "that" and cue is not None:
            return position, "that"
        if low == ":":
            return position + 1, "colon"
        if low == ",":
            return _after_comma(words, position, limit)
        skipped = _adjunct(words, position, limit, cue)
        if skipped == position:
            break
        position = skipped
    if position >= limit or words[position].is_mark:
        return position, "none"
    return position, "clause" if _opens_clause(words, position, limit) else "object"


def _after_comma(words: Words, comma: int, limit: int) -> tuple[int, str]:
    if comma + 1 < limit and words[comma + 1].is_quotation:
        return comma + 1, "comma"
    return comma + 1, "comma"


def _addressee(words: Words, position: int, limit: int) -> int:
    if position < limit and words[position].low in ("that", ":", ","):
        return position
    phrase = phrase_after(words, position, limit)
    return phrase[1] if phrase else position


def _adjunct(words: Words, position: int, limit: int, cue: Cue | None) -> int:
    """Past a time, an adverb or a prepositional phrase that tells when, where or to whom."""
    low = words[position].low
    if low in TIMES and not (
        low in ("this", "last", "next", "may") and not _timed(words, position)
    ):
        return position + 1
    if low in ADVERBS or (low.endswith("ly") and words[position].text.islower()):
        return position + 1
    if low in PREPOSITIONS and low not in ("of", "about", "against", "for", "like", "as", "than"):
        phrase = phrase_after(words, position + 1, limit)
        after = phrase[1] if phrase else position
        follows = words[after] if after < limit else None
        closes = follows is None or follows.is_mark or follows.is_quotation
        if phrase and (closes or follows.low in PREPOSITIONS | TIMES | PRONOUNS | {"that"}):
            return after
    return position


def _timed(words: Words, position: int) -> bool:
    return position + 1 < len(words) and words[position + 1].low in TIMES


def _opens_clause(words: Words, position: int, limit: int) -> bool:
    first = words[position].low
    if first in PRONOUNS or first in SUBORDINATORS or first == "there":
        return True
    phrase = phrase_after(words, position, limit)
    if phrase is None or phrase[1] >= limit:
        return False
    return is_verb(words[phrase[1]]) or words[phrase[1]].low in RELATIVES | ADVERBS
