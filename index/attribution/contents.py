"""Finds the words reported by each frame of a sentence: to its right, its left, or around it.

Knows nothing of how cues and subjects are found, nor of people's names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.attribution.complements import find_complement
from index.attribution.frames import Head, find_heads
from index.attribution.phrases import Range, Words, is_verb
from index.attribution.subjects import verb_start
from index.language.cues import CLAUSE_ONLY
from index.language.words import (
    ADVERBS,
    CONJUNCTIONS,
    DASH,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)

# No sentence has more words: what does is a list or noise, and looking around in it costs time.
_LONGEST = 500
_AFTER_PARENTHESIS = (
    CONJUNCTIONS
    | RELATIVES
    | frozenset("after while as during in at on with when where though although amid by".split())
)
_INTRODUCTIONS = frozenset(
    "when if as while although though asked after before since once because where".split()
)
_AFTER_QUOTATION = (
    RELATIVES | CONJUNCTIONS - {"and", "or"} | frozenset("after before as when while".split())
)
_NAMING = frozenset("call dub label brand".split())
_LENGTHS = frozenset("minute hour day week month year".split())
_BREAKS = frozenset("while though although after before as when since whereas".split())
_EDGES = frozenset((",", ".", ";", ":", "-", DASH))


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue, whose it is, and the words reported, all as ranges of words.

    A bare frame has no content of its own: "Ann Lee said." after a quotation.
    """

    cue: Range
    subject: Range | None
    content: tuple[Range, ...]
    nested: bool = False


def find_frames(words: Words) -> tuple[Frame, ...]:
    """All frames of a sentence in the order of their cues."""
    if len(words) > _LONGEST:
        return ()
    return tuple(_frames(words, find_heads(words)))


def _frames(words: Words, heads: Sequence[Head]) -> Iterator[Frame]:
    begin = 0
    taken: list[Range] = []
    for number, head in enumerate(heads):
        limit = _clause_end(words, head, heads[number + 1 :])
        reading = _Reading(words, head, begin, limit)
        content = reading.content()
        nested = any(start <= head.cue[0] < end for start, end in taken)
        if content and nested and reading.evidence not in ("that", "quotation", "left"):
            continue
        if content or not nested:
            yield Frame(head.cue, head.subject, content, nested)
        taken.extend(content)
        if content and content[0][1] <= head.cue[0]:
            begin = max(head.cue[1], head.subject[1] if head.subject else 0)


def _clause_end(words: Words, head: Head, later: Sequence[Head]) -> int:
    """Where the words reported by a frame end if they run on to the right."""
    end = _bracket_end(words, head)
    for other in later:
        start = verb_start(words, other.start) if other.shared else other.start
        if start >= end:
            break
        stop = _stop(words, head, other, start)
        if stop is not None:
            end = stop
            break
    while end > head.cue[1] and words[end - 1].low in _EDGES:
        end -= 1
    return end


def _stop(words: Words, head: Head, other: Head, start: int) -> int | None:
    """Where a later frame ends the words reported by this one, if it does."""
    before = words[start - 1]
    if before.low in CONJUNCTIONS or before.low in _BREAKS or before.low in (":", ";"):
        return _before_time(words, head, start - 1)
    if before.is_quotation and words[start - 2].text == ":" and start - 2 > head.cue[1]:
        return start - 2
    if other.verb is None and other.inverted:
        return start
    introduced = words[0].low in _INTRODUCTIONS and not head.shared
    return start if before.text == "," and (other.shared or introduced) else None


def _before_time(words: Words, head: Head, end: int) -> int:
    """Without a time that belongs to the clause after it: "a day after"."""
    timed = words[end].low in ("after", "before") and words[end - 1].low.rstrip("s") in _LENGTHS
    return max(end - 2, head.cue[1]) if timed else end


def _bracket_end(words: Words, head: Head) -> int:
    """The end of the sentence, or of the dashes or brackets that a frame stands between."""
    for mark, closing in ((DASH, DASH), ("(", ")")):
        opened = [k for k in range(head.start) if words[k].low in (mark, closing)]
        if opened and words[opened[-1]].low == mark and (mark == "(" or len(opened) % 2):
            for position in range(head.cue[1], len(words)):
                if words[position].low == closing:
                    return position
    return _aside_end(words, head)


def _aside_end(words: Words, head: Head) -> int:
    """The end of the introduction or the relative clause that a frame stands in."""
    first = words[1].low if words[0].low in ADVERBS | CONJUNCTIONS else words[0].low
    introduced = first in _INTRODUCTIONS and not any(
        words[k].low == "," for k in range(head.cue[0])
    )
    relative = head.start > 1 and words[head.start].low in ("who", "which")
    relative = relative and words[head.start - 1].low == ","
    for position in range(head.cue[1] + 1, len(words) - 1):
        if words[position].low != ",":
            continue
        if introduced or (relative and _resumes_clause(words, position + 1)):
            return position
    return len(words)


def _resumes_clause(words: Words, position: int) -> bool:
    """Whether the clause around an aside goes on here, with its verb."""
    while position < len(words) and words[position].low in ADVERBS:
        position += 1
    return position < len(words) and is_verb(words[position])


class _Reading:
    """One frame's surroundings, read once."""

    def __init__(self, words: Words, head: Head, begin: int, limit: int) -> None:
        self.words, self.head, self.begin, self.limit = words, head, begin, limit
        self.evidence = "none"

    def content(self) -> tuple[Range, ...]:
        head = self.head
        if head.passive:
            return self._passive()
        if head.verb is None:
            self.evidence = "that"
            return self._according() if head.inverted else self._kept((head.cue[1], self.limit))
        after = head.subject[1] if head.inverted and head.subject else head.cue[1]
        start, self.evidence = find_complement(self.words, after, self.limit, head)
        left = self._left()
        if head.inverted or self.evidence in ("none", "comma") or self._prefers(left, start):
            return self._around(left, start)
        if self._is_vague():
            return ()
        start = self._past_colon(start)
        return self._kept((start, self._end_of(start)))

    def _end_of(self, start: int) -> int:
        """The limit, or the end of a full quotation that the paper's own words follow."""
        words = self.words
        if words[start].is_quotation and start + 1 < self.limit:
            full = words[start].text.rstrip("\"'”’»")[-1:] in (",", ".", "!", "?")
            if full and words[start + 1].low in _AFTER_QUOTATION:
                return start + 1
        return self.limit

    def _is_vague(self) -> bool:
        """Whether the cue may be no verb of speech here, for want of better evidence."""
        head, verb = self.head, self.head.verb
        if verb is not None and verb.lemma in _NAMING and self._names_a_thing():
            return True
        if verb is None or self.evidence in ("that", "quotation", "colon"):
            return False
        if head.weak or head.infinitive:
            return True
        guessed = head.shared and verb.form in ("base", "s")
        return self.evidence == "object" and (verb.lemma in CLAUSE_ONLY or guessed)

    def _names_a_thing(self) -> bool:
        """Whether a participle only gives a title: "a book called “Dust”"."""
        subject, after = self.head.subject, self.head.cue[1]
        if subject is None or self.evidence != "quotation" or not self.words[after].is_quotation:
            return False
        last = self.words[subject[1] - 1]
        return not last.is_name and last.low not in PRONOUNS

    def _past_colon(self, start: int) -> int:
        """Past words that only lead up to a quotation: "hailed the move: “…”"."""
        for position in range(start, self.limit - 1):
            if self.words[position].text == ":" and self.words[position + 1].is_quotation:
                return position + 1
        return start

    def _prefers(self, left: Range | None, start: int) -> bool:
        """Whether a quotation before "he said" is what was said, not what stands after it."""
        if left is None or self.evidence in ("that", "colon"):
            return False
        quoted = self.words[left[1] - 1].is_quotation
        first = self.words[left[0]]
        return quoted and first.low not in PREPOSITIONS and self.evidence != "clause"

    def _around(self, left: Range | None, start: int) -> tuple[Range, ...]:
        words, limit = self.words, self.limit
        if self.head.weak:
            return ()
        right = (start, limit)
        quoted = start < limit and words[start].is_quotation
        if left is None:
            loose = self.head.inverted or self.head.shared
            verb = start >= limit or is_verb(words[start])
            wanted = quoted or (self.evidence == "comma" and not loose and not verb)
            return self._kept(right) if wanted else ()
        quoted_left = words[left[1] - 1].is_quotation
        if quoted and not (quoted_left or _goes_on(words, start)) and not self.head.inverted:
            return self._kept(right)
        resumes = self.evidence == "comma" and start < limit and _resumes(words, start)
        self.evidence = "left"
        both = quoted or (resumes and not self.head.inverted)
        return self._kept(left, right) if both else self._kept(left)

    def _left(self) -> Range | None:
        """The words before a parenthesis such as "he said", if it is one."""
        start = self.head.start
        if self.head.shared or start <= self.begin:
            return None
        before = self.words[start - 1]
        if before.low == "as" and start - 1 > self.begin:
            before = self.words[start - 2]
        if not (before.low in (",", DASH) or before.is_quotation):
            return None
        return self.begin, start

    def _according(self) -> tuple[Range, ...]:
        words, head = self.words, self.head
        after = head.subject[1] if head.subject else head.cue[1]
        while after < self.limit and words[after].text != ",":
            after += 1
        if not self._kept((self.begin, head.cue[0])):
            return self._kept((after + 1, self.limit))
        self.evidence = "left"
        left = (self.begin, head.cue[0])
        if after + 1 < self.limit and _resumes(words, after + 1):
            return self._kept(left, (after + 1, self.limit))
        return self._kept(left)

    def _passive(self) -> tuple[Range, ...]:
        after = self.head.subject[1] if self.head.subject else self.head.cue[1]
        if after < self.limit and (
            self.words[after].low in ("that", "of", "as") or self.words[after].is_quotation
        ):
            return self._kept((after, self.limit))
        return ()

    def _kept(self, *ranges: Range) -> tuple[Range, ...]:
        return tuple(r for one in ranges if (r := _trimmed(self.words, one)))


def _trimmed(words: Words, part: Range) -> Range | None:
    """The range without marks and conjunctions at its edges, or None if nothing is left."""
    start, end = part
    while start < end and (
        words[start].low in _EDGES | {"?", "!"} or words[start].low in ("but", "and")
    ):
        start += 1
    while start < end and (words[end - 1].low in _EDGES or words[end - 1].low == "as"):
        end -= 1
    return (start, end) if start < end else None


def _goes_on(words: Words, position: int) -> bool:
    """Whether a quotation goes on with a sentence begun before it."""
    return words[position].text.lstrip("\"'“‘«„`")[:1].islower()


def _resumes(words: Words, start: int) -> bool:
    word = words[start]
    if word.is_quotation:
        return True
    return word.low not in _AFTER_PARENTHESIS and not word.low.endswith("ing")
