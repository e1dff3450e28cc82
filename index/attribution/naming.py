"""Reads the names of people and bodies off a sentence's words, bare and with title.

Knows nothing of which names belong together.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.attribution.phrases import Range, Words
from index.language.names import (
    BODIES,
    FIRST_NAMES,
    GENDERED,
    HONORIFICS,
    OFFICES,
    PARTICLES,
    REGNAL,
    ROLES,
    Gender,
    is_role,
)
from index.language.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)

_SMALL = (
    DETERMINERS | PREPOSITIONS | PRONOUNS | CONJUNCTIONS | SUBORDINATORS | AUXILIARIES | ADVERBS
    | frozenset("there here yes no according who whose what unlike".split())
)  # fmt: skip
_ORGANISED = frozenset(
    """department ministry bank house board university church institute college court chamber
    council bureau office centers center centre association league organisation organization
    committee commission academy agency""".split()
)
SUFFIXES = frozenset("jr sr jr. sr. ii iii iv".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A name as it stands in a sentence: `part` holds its title too, `name` is bare."""

    sentence: int
    part: Range
    name: Range
    words: tuple[str, ...]
    gender: Gender
    titled: bool


def folded(word: str) -> str:
    """The word in lower case and without accents, for comparing forms of one name."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ł", "l")


def find_names(number: int, words: Words, common: set[str]) -> Iterator[Found]:
    """The names of a sentence; `common` are the article's words that also stand in lower case."""
    if _is_headline(words):
        return
    position = 0
    while position < len(words):
        if not words[position].is_name:
            position += 1
            continue
        end = _name_end(words, position)
        found = _parsed(number, words, (position, end), common)
        if found is not None:
            yield found
        position = end


def _is_headline(words: Words) -> bool:
    letters = [w for w in words if not w.is_mark and not w.is_quotation and len(w.low) > 3]
    return len(letters) > 4 and all(w.is_name for w in letters)


def _name_end(words: Words, start: int) -> int:
    end = start + 1
    while end < len(words) and words[end - 1].low not in DAYS:
        if words[end].is_name and words[end].low in _SMALL - PARTICLES:
            break
        after = words[end + 1] if end + 1 < len(words) else None
        if words[end].is_name:
            end += 1
        elif after is not None and after.is_name and _links(words, end):
            end += 2
        else:
            break
    return end


def _links(words: Words, end: int) -> bool:
    low = words[end].low
    if low in PARTICLES or low == "&":
        return True
    if low == "." and len(words[end - 1].text) <= 2:
        return True
    if low == "and":
        linked = [w.low for w in words[max(0, end - 4) : end]]
        return "of" in linked and not _ORGANISED.isdisjoint(linked)
    return low in ("of", "for") and words[end - 1].low in _ORGANISED


def _parsed(number: int, words: Words, part: Range, common: set[str]) -> Found | None:
    first, end = part
    while first < end and _is_ordinary(words, first, common):
        first += 1
    while end > first and (words[end - 1].low in DAYS or words[end - 1].is_mark):
        end -= 1
    if first >= end:
        return None
    begin, gender, titled = _untitled(words, first, end)
    begin = _past_place(words, first, begin, end)
    bare = [w for w in words[begin:end] if len(w.low.rstrip(".")) > 1]
    if not bare or all(is_role(w.low) or w.low in HONORIFICS for w in bare):
        return None
    if is_role(bare[-1].low) and bare[0].low not in FIRST_NAMES:
        return None
    return Found(number, (first, end), (begin, end), _tidied(words[begin:end]), gender, titled)


def _is_ordinary(words: Words, position: int, common: set[str]) -> bool:
    low = words[position].low
    after = words[position + 1] if position + 1 < len(words) else words[position]
    if low in _SMALL or low in DAYS:
        return not (low in FIRST_NAMES and after.is_name and after is not words[position])
    opens = position == 0 or words[position - 1].is_mark or words[position - 1].is_quotation
    return opens and (low in common or low.endswith("ly")) and low not in FIRST_NAMES | ROLES


def _tidied(words: Words) -> tuple[str, ...]:
    kept: list[str] = []
    for word in words:
        if word.is_mark and kept:
            kept[-1] += word.text
        else:
            kept.append(word.text)
    return tuple(kept)


def _untitled(words: Words, first: int, end: int) -> tuple[int, Gender, bool]:
    """Where the bare name begins after forms of address, offices and adjectives."""
    begin, titled = first, False
    gender: Gender = ""
    for position in range(first, end - 1):
        low = words[position].low.rstrip(".")
        if low in HONORIFICS and low not in FIRST_NAMES:
            # "Pope Francis" is the name; "Mr Francis" is not.
            regnal = low in REGNAL and _has_one_more(words, position + 1, end)
            gender, titled = HONORIFICS[low] or gender, True
            begin = position if regnal else position + 1
        elif is_role(low):
            gender, titled, begin = GENDERED.get(low, gender), True, position + 1
    if begin == first and end - first > 2 and words[first].low not in FIRST_NAMES:
        for position in range(first + 1, end - 1):
            if words[position].low in FIRST_NAMES:
                return position, "", False
    if begin < end and words[begin].is_mark:
        begin += 1
    if begin < end and all(w.low in BODIES for w in words[begin:end]):
        return first, "", False
    return begin, gender, titled


def _has_one_more(words: Words, begin: int, end: int) -> bool:
    """Whether one word is left, suffixes apart."""
    rest = (n for n in range(begin, end) if words[n].low not in SUFFIXES)
    return next(rest, None) is not None and next(rest, None) is None


def _past_place(words: Words, first: int, begin: int, end: int) -> int:
    """Past the place in an office before a name: "Mayor of Lyon Ann Lee"."""
    if first < 2 or end - begin < 3 or begin != first or words[first - 1].low not in ("of", "to"):
        return begin
    office = words[first - 2]
    bare = first == 2 or words[first - 3].low not in DETERMINERS
    return end - 2 if office.low in OFFICES and office.is_name and bare else begin
