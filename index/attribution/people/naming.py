"""Reads the names of people and bodies off a sentence's tree, bare and with title.

Knows nothing of which names belong together.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.grammar.phrases import Range, name_end, run_end
from index.attribution.people.name_ends import (
    NAME_SUFFIXES,
    NICK_MARKS,
    SMALL_WORDS,
    end_of_name,
    ends_outside,
    has_honour,
    names_more,
)
from index.language.folding import UNDECOMPOSED
from index.language.names import (
    ADDRESS_SUFFIXES,
    BODIES,
    COMPANY_FORMS,
    FIRST_NAMES,
    GENDERED,
    HONORIFICS,
    KNIGHTLY,
    NO_ROLES,
    OFFICES,
    PARTICLES,
    REGNAL,
    ROLES,
    Gender,
    is_role,
)
from index.language.places import PEOPLES, PLACES
from index.language.syntax import Tree
from index.language.words import DAYS, DETERMINERS, Word, is_site

# How many letters are taken for an acronym whatever the tree says.
_SHORTEST, _LONGEST = 3, 5
_NAMED_KINDS = frozenset(("person", "body", "place", "thing"))
# Open a letter, with a capital.
_GREETINGS = frozenset("dear hi hello hey".split())
_TRADES = ("er", "or", "ist", "ian", "man", "woman", "ant", "eer")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name as it stands in a sentence: `part` holds its title too, `name` is bare.

    `title` has the words before it that say what somebody is, in lower case.
    """

    sentence: int
    part: Range
    name: Range
    words: tuple[str, ...]
    text: str
    gender: Gender
    title: frozenset[str]
    kind: str
    nicknames: tuple[str, ...] = ()

    @property
    def titled(self) -> bool:
        """Whether an office or a form of address stands before the name."""
        return bool(self.title)

    @property
    def knighted(self) -> bool:
        """Whether it is "Sir" and the like, which go with a first name."""
        return not self.title.isdisjoint(KNIGHTLY)


def plain_word(word: str) -> str:
    """The word in lower case and without accents, for comparing forms of one name."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Usage:
    """How an article uses its words, all of them in lower case.

    `common` also stand in lower case, `proper` do not and are part of a name somewhere inside a
    sentence, `surnames` end a person's name of several words, `alone` do something by themselves.
    """

    common: frozenset[str]
    proper: frozenset[str]
    surnames: frozenset[str]
    alone: frozenset[str]


def acting_alone(tree: Tree) -> Iterator[str]:
    """The words with a capital that are a subject by themselves."""
    names = [word.is_name for word in tree.words]
    for k, role in enumerate(tree.roles):
        beside = any(names[max(0, k - 1) : k]) or any(names[k + 1 : k + 2])
        if names[k] and role in SUBJECTS and tree.tags[k] == "NNP" and not beside:
            yield tree.words[k].low


def find_names(number: int, tree: Tree, usage: Usage) -> Iterator[FoundName]:
    """The names of a sentence."""
    words, headline = tree.words, _is_headline(tree.words)
    position = 0
    while position < len(words):
        small = not words[position].is_name and words[position].low not in PARTICLES
        outside = headline and tree.kinds[position] != "person"
        if small or outside or not _opens_name(tree, position):
            position += 1
            continue
        # In a headline capitals tell nothing.
        end = (
            run_end(tree.kinds, position, ("person",)) if headline else end_of_name(tree, position)
        )
        found = _parsed(number, tree, (position, end), usage)
        if found is not None:
            yield found
        position = end


def _is_headline(words: tuple[Word, ...]) -> bool:
    counted = 0
    for word in words:
        if len(word.text) > 3 and not word.is_quotation and not word.is_mark:
            if not word.is_name:
                return False
            counted += 1
    return counted > 4


def _opens_name(tree: Tree, position: int) -> bool:
    if tree.words[position].is_name:
        return True
    # "von der Leyen said": a surname may open in lower case.
    if tree.words[position].low not in PARTICLES:
        return False
    end = position
    while end < len(tree.words) and tree.words[end].low in PARTICLES:
        end += 1
    following = end > position and end < len(tree.words) and tree.words[end].is_name
    return following and tree.kinds[position] == "person" and tree.kinds[end] == "person"


def _parsed(number: int, tree: Tree, part: Range, usage: Usage) -> FoundName | None:
    words = tree.words
    first, end = part
    while first < end and _is_ordinary(tree, first, usage):
        first += 1
    whole = end
    while end > first and ends_outside(tree, first, end):
        end -= 1
    if first >= end or _is_one_of_a_people(tree, first, end):
        return None
    own = _is_own(words[first], usage)
    begin, gender, titled = _untitled(tree, first, end, own=own)
    trade = begin
    bodily = own or any(word.low in BODIES for word in words[trade:end])
    while end - trade > 2 and not bodily and _is_trade(tree, trade):
        trade, titled = trade + 1, True
    begin = trade
    if begin > first and _is_titled_thing(tree, begin, end):
        begin, titled = first, False
    if begin > first and tree.kinds[begin - 1] == "person" and is_role(words[begin].low):
        begin -= end - begin == 1  # "Dean Baker", who is no dean
    begin = _past_place(words, first, begin, end)
    begin = _past_body(tree, begin, end)
    bare = [w for w in words[begin:end] if len(w.low.rstrip(".")) > 1]
    borne = bool(bare) and bare[-1].low in usage.surnames  # "Baker said", of Ann Baker
    if not bare or (not borne and all(is_role(w.low) or w.low in HONORIFICS for w in bare)):
        return None
    office = bare[-1].low in ROLES and bare[-1].low not in BODIES and not borne
    # "Chief Medical Officer", of whoever is named before
    held = titled and (len(bare) == 1 or "person" in tree.kinds[begin:end])
    if office and bare[0].low not in FIRST_NAMES and not held:
        return None
    kind = _kind(tree, begin, end)
    called = begin > first and words[begin - 1].low.rstrip(".") in HONORIFICS
    stripped = _without_suffix(words[begin:end], usage)
    sure = called or stripped[0].low in usage.proper or _is_proper(tree, begin)
    if not kind and len(bare) == 1 and not sure:
        return None
    title = frozenset(w.low.rstrip(".") for w in words[first:begin]) if titled else frozenset()
    bare_words, text, nicknames = _tidied(stripped)
    part = (first, end + has_honour(tree, first, end, whole))
    found = (number, part, (begin, end), bare_words, text, gender, title, kind, nicknames)
    return FoundName(*found)


def _kind(tree: Tree, begin: int, end: int) -> str:
    """What kind of thing a name is of, as the tree has it for most of its words."""
    kinds = [tree.kinds[k] for k in range(begin, end) if tree.words[k].is_name]
    return max(kinds, key=kinds.count) if kinds else ""


def _is_one_of_a_people(tree: Tree, first: int, end: int) -> bool:
    """Whether words call somebody by a people that has two: "the New Zealander said"."""
    low, head = tree.words[end - 1].low, tree.heads[end - 1]
    the = first > 0 and tree.words[first - 1].low == "the"
    alone = head < end or tree.roles[end - 1] in SUBJECTS
    return the and end - first == 2 and alone and low in PEOPLES and not low.endswith("s")


def _is_titled_thing(tree: Tree, begin: int, end: int) -> bool:
    """Whether what stands behind a title is nobody's name: "Captain America", "Star Wars"."""
    alone = end - begin == 1 and tree.words[begin].low not in FIRST_NAMES
    office = tree.words[begin - 1].low.rstrip(".") not in HONORIFICS
    plural = office and tree.tags[begin] == "NNPS" and tree.kinds[begin] != "person"
    return alone and (plural or tree.words[begin].low in PLACES)


def _is_trade(tree: Tree, position: int) -> bool:
    """Whether a capitalised word before a person's name says what they are: "Skipper Ann Lee"."""
    low = tree.words[position].low
    plain = not tree.kinds[position] and low not in FIRST_NAMES | SMALL_WORDS
    plain = plain and not low.endswith(".")
    plain = plain and tree.words[position + 1].is_name  # "Pieter van den Broek"
    return plain and tree.kinds[position + 1] == "person" and tree.kinds[position + 2] == "person"


def _is_proper(tree: Tree, position: int) -> bool:
    text = tree.words[position].text
    letters = _SHORTEST <= len(text) <= _LONGEST and text.isalpha() and text.isupper()
    proper = tree.tags[position].startswith("NNP") or tree.kinds[position] in _NAMED_KINDS
    return proper or letters or is_site(text)


def _is_ordinary(tree: Tree, position: int, usage: Usage) -> bool:
    """Whether a capital is only that of a sentence's first word, or of a day or the like."""
    words = tree.words
    low = words[position].low
    after = words[position + 1] if position + 1 < len(words) else None
    if (len(low) == 2 and low.endswith(".")) or (after and after.text in COMPANY_FORMS):
        return False  # an initial, "Velm Ltd"
    if low in PARTICLES and words[position].text.istitle() and after is not None:
        small = low in SMALL_WORDS and not _is_set_off(tree, position)
        return small or not (after.is_name or after.low in PARTICLES)  # "De la Cruz said"
    if low in DAYS:
        return not names_more(tree, position)
    named = low in FIRST_NAMES and after is not None and after.is_name
    if position == 0 and low in _GREETINGS and after is not None and not after.is_mark:
        return low not in usage.surnames  # "Dear friends of"
    opens = position == 0 or words[position - 1].is_mark or words[position - 1].is_quotation
    # "Will OPEC", "Per ESPN"
    named = named and not (opens and tree.tags[position].startswith(("MD", "VB", "IN")))
    if low in SMALL_WORDS:
        read = tree.kinds[position] == "person" and tree.tags[position] == "NNP"
        read = read and not (after and after.is_name)
        return not (named or read or _is_set_off(tree, position))  # "May said"
    if tree.kinds[position] in ("time", "people"):
        return not named and low not in usage.surnames  # "Zaslav"
    proper = low in usage.proper or _without_suffix((words[position],), usage)[0].low != low
    if not opens or low in FIRST_NAMES or low in ROLES or proper:
        return False
    bodies = tree.kinds[position : position + 2] == ["body", "body"]
    if bodies and after is not None and after.is_name:
        return False  # "Press TV"
    return low in usage.common or not _is_proper(tree, position)


def _is_set_off(tree: Tree, position: int) -> bool:
    """Whether commas part a name that a small word opens: "His wife, Do Thi Lan, said"."""
    end = name_end(tree, position)
    before, after = (tree.words[k % len(tree.words)].text for k in (position - 1, end))
    named = {*tree.kinds[position + 1 : end]} == {"person"}
    return before == after == "," and named and tree.words[position].low not in DETERMINERS


def _without_suffix(words: tuple[Word, ...], usage: Usage) -> tuple[Word, ...]:
    """A name that is one word without the form of address at its end: "Nishimura-san"."""
    bare, _, suffix = words[0].text.rpartition("-")
    if len(words) > 1 or suffix not in ADDRESS_SUFFIXES or bare.lower() not in usage.proper:
        return words
    return (words[0]._replace(text=bare, low=bare.lower(), end=words[0].end - len(suffix) - 1),)


def _tidied(words: tuple[Word, ...]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The words of a name to compare it by, the name as it stands there, and its nicknames."""
    text = ""
    for number, word in enumerate(words):
        text += " " * (number > 0 and word.start > words[number - 1].end) + word.text
    inside: list[str] = []
    nicknames: list[str] = []
    kept = inside
    for number, word in enumerate(words):
        if word.text in NICK_MARKS:
            owned = kept is inside and number and word.start == words[number - 1].end
            kept = inside if kept is nicknames or owned else nicknames  # "St Thomas' Hospital"
        elif not word.is_mark:
            kept.append(word.text.rstrip(".") if len(word.text) == 2 else word.text)
    return tuple(inside), text, tuple(nicknames)


def _is_own(word: Word, usage: Usage) -> bool:
    """Whether a word belongs to a name: "Guðrún Helga Lee left. Guðrún said"."""
    return word.low in usage.alone or not word.text.isascii()


def _untitled(tree: Tree, first: int, end: int, *, own: bool) -> tuple[int, Gender, bool]:
    """Where the bare name begins after forms of address, offices and adjectives."""
    words = tree.words
    begin, titled = first, False
    gender: Gender = ""
    for position in range(first, end - 1):
        low = words[position].low.rstrip(".")
        if _is_part(tree, position, end) and not _are_roles(tree, position):
            continue
        if position > first and len(words[position - 1].low.rstrip(".")) == 1:
            continue  # "F. King Lee"
        if low in HONORIFICS and low not in FIRST_NAMES:
            # "Pope Francis" is the name; "Mr Francis" is not.
            regnal = low in REGNAL and _has_one_more(words, position + 1, end)
            gender, titled = HONORIFICS[low] or gender, True
            begin = position if regnal else position + 1
        elif (
            low in ROLES
            or ("-" in low and is_role(low) and tree.kinds[end - 1] == "person")
            or _are_roles(tree, position)
        ):
            gender, titled, begin = GENDERED.get(low, gender), True, position + 1
    others = begin == first and end - first > 2 and not own
    if others and (past := _past_others(tree, first, end)):
        return past
    if begin < end and words[begin].is_mark:
        begin += 1
    if begin < end and all(w.low in BODIES for w in words[begin:end]):
        return first, "", False
    return begin, gender, titled


def _are_roles(tree: Tree, position: int) -> bool:
    """Whether a word says what the persons named behind it are: "Directors Lee and Orr"."""
    low, after = tree.words[position].low, tree.words[position + 1].low
    is_person = after in FIRST_NAMES or tree.kinds[position + 1] == "person"
    return low.endswith("s") and is_role(low[:-1]) and is_person


def _past_others(tree: Tree, first: int, end: int) -> tuple[int, Gender, bool] | None:
    """Where the bare name begins past a trade of no list, or past words before a first name."""
    words = tree.words
    known = words[first].low in FIRST_NAMES | SMALL_WORDS or words[first].low in REGNAL
    known = known or len(words[first].low.rstrip(".")) == 1  # "K. Prakash Lee"
    if known or any(word.low in BODIES for word in words[first:end]):
        return None
    trade = first == 0 and words[0].low.endswith(_TRADES) and words[1].is_name
    trade = trade and words[0].low not in NO_ROLES
    if trade and words[1].low.rstrip(".") not in FIRST_NAMES:
        return first + 1, "", True
    learned = trade and words[0].low.endswith(("ist", "ian"))  # "Biostatistician Ann Lee"
    for position in range(first + 1, end - 1):
        named = tree.kinds[position] in ("person", "") or learned
        named = named and words[position].low in FIRST_NAMES
        if named and (tree.kinds[first] != "person" or trade):
            return position, "", False
    return None


def _is_part(tree: Tree, position: int, end: int) -> bool:
    """Whether a word that may be an office is part of a name: "Star Wars", "King & Crown"."""
    kind, after = tree.kinds[position : position + 2]
    is_thing = kind == after and (kind == "thing" or (kind == "body" and end - position == 2))
    low = tree.words[position].low
    return tree.words[position + 1].low == "&" or (is_thing and low not in HONORIFICS)


def _has_one_more(words: tuple[Word, ...], begin: int, end: int) -> bool:
    """Whether one word is left, suffixes apart."""
    rest = (n for n in range(begin, end) if words[n].low not in NAME_SUFFIXES)
    return next(rest, None) is not None and next(rest, None) is None


def _past_body(tree: Tree, begin: int, end: int) -> int:
    """Past a place or body right before a person's name: "Amnesty International Ann Lee"."""
    kinds = tree.kinds[begin:end]
    person = next((k for k, kind in enumerate(kinds) if kind == "person"), 0)
    split = person and end - begin - person > 1 and {*kinds[person:]} == {"person"}
    # "Independent Ann Lee": what opens a sentence may be one by its word alone.
    bodily = kinds[:1] != [""] or (not begin and tree.words[0].low in BODIES)
    apart = split and {*kinds[:person]} <= {"place", "body", ""} and bodily
    opening = tree.words[begin].low
    if kinds[:person] == ["body"] and (opening in FIRST_NAMES or opening.rstrip(".") == "st"):
        return begin  # "Philippa Anne Lee", "St. John Lee"
    first = tree.words[begin + person].low
    return begin + person if apart and first in FIRST_NAMES else begin


def _past_place(words: tuple[Word, ...], first: int, begin: int, end: int) -> int:
    """Past the place in an office before a name: "Mayor of Lyon Ann Lee"."""
    if first < 2 or end - begin < 3 or begin != first or words[first - 1].low not in ("of", "to"):
        return begin
    office = words[first - 2]
    bare = first == 2 or words[first - 3].low not in DETERMINERS
    return end - 2 if office.low in OFFICES and office.is_name and bare else begin
