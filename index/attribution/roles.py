"""Reads the roles that a sentence gives to the people it names: offices, jobs, kinship.

"Emergencies Minister X", "X, the French president,", "the mayor, X,", "X, who is a lawyer".
Knows nothing of whose names they are.
"""

from collections.abc import Iterator, Sequence

from index.attribution.phrases import Range, Words, is_verb, phrase_after, phrase_before
from index.language.names import is_role
from index.language.words import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, TIMES

_LONGEST = 16
_TIES = frozenset("of from at for with in".split())
_LOOSE = ADVERBS | TIMES | {"both", "all", "and"}
_BEING = frozenset("is was became remains serves served".split())
_LEADS = frozenset("is was serves served as became has been currently also now".split())
_STOPS = AUXILIARIES | frozenset("who which that when where while".split())


def roles_of(words: Words, names: Sequence[Range]) -> Iterator[tuple[int, Range]]:
    """Each role with the number of the name it belongs to."""
    for number, name in enumerate(names):
        before = _before(words, name[0])
        if before is not None:
            yield number, before
        after = _after(words, name[1])
        if after is not None:
            yield _owner(words, names, number), after


def _owner(words: Words, names: Sequence[Range], number: int) -> int:
    """The person before "of": "Ann Lee of Boston University, a chemist," is about Ann Lee."""
    while number:
        end, start = names[number - 1][1], names[number][0]
        between = [w.low for w in words[end:start] if w.low not in DETERMINERS]
        if not between or between[0] not in _TIES or not all(map(str.isalpha, between)):
            break
        number -= 1
    return number


def _before(words: Words, start: int) -> Range | None:
    if start == 0:
        return None
    if words[start - 1].text == ",":
        phrase = phrase_before(words, start - 1)
        if phrase is None or words[phrase[0]].low not in DETERMINERS:
            return None
        return phrase if _is_role(words, phrase) else None
    phrase = _prenominal(words, start)
    if phrase is None or phrase[1] - phrase[0] > _LONGEST:
        return None
    return phrase


def _prenominal(words: Words, start: int) -> Range | None:
    """The words before a name that end in an office, with "of" and a place after it perhaps."""
    phrase = phrase_before(words, start)
    if phrase is None:
        return None
    if is_role(words[start - 1].low):
        # What is tied by a preposition belongs to something else: "met with President X".
        ties = [k for k in range(*phrase) if words[k].low in PREPOSITIONS]
        begin = ties[-1] + 1 if ties and not words[ties[-1] - 1].is_name else phrase[0]
        while begin < start - 1 and (words[begin].low in _LOOSE or is_verb(words[begin])):
            begin += 1
        verbal = begin == start - 1 and words[begin - 1].low == "to"
        return None if verbal else (begin, start)
    placed = words[start - 1].is_name and _head(words, phrase) < start - 1
    return phrase if placed and _is_role(words, phrase) else None


def _is_role(words: Words, phrase: Range) -> bool:
    return is_role(words[_head(words, phrase)].low)


def _head(words: Words, phrase: Range) -> int:
    for position in range(phrase[0] + 1, phrase[1]):
        if words[position].low in PREPOSITIONS:
            return position - 1
    return phrase[1] - 1


def _after(words: Words, end: int) -> Range | None:
    position = end
    if position + 1 < len(words) and words[position].text == ",":
        position += 1
        if words[position].low.isdigit() and position + 2 < len(words):
            position += 2
        if words[position].low == "who":
            position += 1
            if words[position : position + 1] and words[position].low not in _LEADS:
                return None
    elif position >= len(words) or words[position].low not in _BEING:
        return None
    return _described(words, position)


def _described(words: Words, position: int) -> Range | None:
    while position < len(words) and words[position].low in _LEADS:
        position += 1
    if position >= len(words) or is_verb(words[position]):
        return None
    phrase = phrase_after(words, position)
    if phrase is None or not _is_role(words, phrase):
        return None
    return position, _role_end(words, phrase[1])


def _role_end(words: Words, end: int) -> int:
    limit = min(len(words), end + _LONGEST)
    while end < limit and not _ends_role(words, end):
        end += 1
    return end


def _ends_role(words: Words, position: int) -> bool:
    word = words[position]
    if word.is_quotation or word.low in _STOPS or word.low in ("and", "but", "or"):
        return True
    return (word.is_mark and word.text not in "-&'’") or is_verb(word)
