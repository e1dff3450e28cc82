"""Tells how far a name goes in a sentence: "the Fish and Wildlife Service", "Amaka Eze SAN".

Knows nothing of titles, nor of which names belong together.
"""

from index.language.names import (
    BODIES,
    COMPANY_FORMS,
    FIRST_NAMES,
    HONORIFICS,
    PARTICLES,
    PEERAGE,
)
from index.language.syntax import Tree
from index.language.word_lists import word_set
from index.language.words import DAYS, FUNCTION_WORDS, Word

SMALL_WORDS = FUNCTION_WORDS | word_set("small_words")
# Written with a capital they end a name nevertheless.
_BREAKING = SMALL_WORDS - PARTICLES
NAME_SUFFIXES = frozenset("jr sr jr. sr. ii iii iv".split())
_JOINED = ("nmod", "compound")
# Stand behind a name and are no part of it, as do all of a few capitals: "Amaka Eze SAN".
_HONOURS = frozenset("PhD DPhil MPhil BSc MSc".split())
_LETTERS = 4
# No date has them with a capital.
_SPELLS = frozenset("week month year morning evening night".split())
NICK_MARKS = frozenset("\"“”'‘’")


def end_of_name(tree: Tree, start: int) -> int:
    """The word after a name that one begins, with what is tied to it: "Ana de la Cruz"."""
    words = tree.words
    end = start + 1
    while end < len(words) and (words[end - 1].low not in DAYS or names_more(tree, end - 1)):
        word = words[end]
        # "April May Jones", "Mark Down"
        called = word.low in FIRST_NAMES or words[end - 1].low in FIRST_NAMES
        called = called and tree.kinds[end] == "person" and tree.tags[end].startswith("NNP")
        called = called or word.text in COMPANY_FORMS
        if word.is_name and word.low in _BREAKING and not called:
            break
        numbered = words[end].low.isdigit() and tree.kinds[end] == "body"
        if words[end].is_name or numbered or word.text in COMPANY_FORMS:
            end += 1
        elif (link := _link_end(tree, end)) is not None:
            end = link
        else:
            break
    return end


def names_more(tree: Tree, position: int) -> bool:
    """Whether a day or month is part of a longer name: "the Sunday Examiner", "Jan van Dam"."""
    words = tree.words
    if position + 1 >= len(words):
        return False
    low, after = words[position].low, words[position + 1]
    inside = position > 0 and words[position - 1].is_name and after.is_name
    if inside and tree.kinds[position - 1 : position + 2] == ["person"] * 3:
        return True  # "Pham Thu Hang"
    if low in FIRST_NAMES:
        return after.is_name or after.low in PARTICLES
    listed = position > 0 and words[position - 1].low == "the"
    return after.is_name and after.low not in DAYS and (listed or after.low in BODIES)


def _link_end(tree: Tree, end: int) -> int | None:
    """Past what ties two words of one name: "von der", "of", an initial's full stop."""
    words = tree.words
    low = words[end].low
    after = end + 1
    closing = next(
        (k for k in range(end + 2, end + 5) if words[k % len(words)].low in NICK_MARKS), 0
    )
    apart = words[end].start > words[end - 1].end  # not of "the Farmers’ and Miners’ Union"
    if low in NICK_MARKS and apart and closing and closing + 1 < len(words):
        # "William “Buck” Sorrells"
        after, tied = closing + 1, words[end + 1].is_name
    elif low == "an" and words[end - 1].low in ("mac", "nic"):
        tied = True
    elif low in PARTICLES:
        while after < len(words) and words[after].low in PARTICLES and not words[after].is_name:
            after += 1
        tied = True
    elif low == "and":
        linked = [w.low for w in words[max(0, end - 4) : end]]
        tied = not {"of", "for"}.isdisjoint(linked) and not BODIES.isdisjoint(linked)
        # "the Competition and Markets Authority"
        whole = after < len(words) and tree.kinds[after] == "body"
        whole = whole and tree.kinds[end - 1] in ("body", "")  # "the Fish and Wildlife Service"
        tied = tied or (whole and end < tree.heads[end - 1] and tree.roles[end - 1] in _JOINED)
        tied = tied or tree.kinds[end - 1 : end + 2] == ["body"] * 3
        tied = tied and words[end - 1].low not in FIRST_NAMES  # "Bongani and Lerato Khumalo"
    elif low in ("of", "for"):
        if low == "of" and end > 1 and words[end - 2].low in PEERAGE:
            return after + 1 if after < len(words) and words[after].is_name else None
        after += after < len(words) and words[after].low == "the"
        is_body = after < len(words) and tree.kinds[after] == "body"
        is_body = is_body and not _is_full_name(words, end)  # "Ann Lee of Velsund"
        # "Dr Ann Lee of Velsund Hospital"
        titled = any(w.low.rstrip(".") in HONORIFICS for w in words[max(0, end - 3) : end - 1])
        tied = is_body and tree.kinds[end] == "body" and not titled
        is_group = tree.kinds[end - 1] == tree.kinds[end] == "body" and low == "of"
        tied = tied or (is_group and words[end - 2].low not in FIRST_NAMES and not titled)
        tied = tied or words[end - 1].low in BODIES
    elif low == "to":
        tied = words[end - 1].low in BODIES  # "the Committee to Protect Fishers"
    elif low in ("'", "'s"):
        # "the Seafarers' Union"; "Lee's Bank" are two.
        after += after < len(words) and words[after].low == "and"
        tied = {*tree.kinds[end - 1 : end + 1], *tree.kinds[after : after + 1]} == {"body"}
        saint = end > 1 and words[end - 2].low.rstrip(".") == "st"
        tied = tied or (saint and words[after % len(words)].low in BODIES)
    else:
        tied = low == "&" or (low == "." and len(words[end - 1].text) == 1)
    return after + 1 if tied and after < len(words) and words[after].is_name else None


def _is_full_name(words: tuple[Word, ...], end: int) -> bool:
    """Whether a person's first name and another one stand before a word."""
    return end > 1 and words[end - 2].low in FIRST_NAMES and words[end - 1].low not in BODIES


def ends_outside(tree: Tree, first: int, end: int) -> bool:
    """Whether a name's last word is none of it: a day, a mark, "QC" behind a name of two words."""
    last = tree.words[end - 1]
    named = tree.kinds[end - 2] == tree.kinds[end - 1] == "body" or last.low in _SPELLS
    if last.low in DAYS and end - first > 1 and named and last.is_name:
        return False  # "Education Week"
    return last.low in DAYS or last.is_mark or has_honour(tree, first, end - 1, end)


def has_honour(tree: Tree, first: int, end: int, whole: int) -> bool:
    """Whether letters stand behind a person's name, of which `whole` is the end with them."""
    if end >= whole or end - first < 2:
        return False
    text = tree.words[end].text.rstrip(".")
    letters = 1 < len(text) <= _LETTERS and text.isalpha() and text.isupper()
    letters = letters and text not in COMPANY_FORMS
    apart = tree.kinds[end - 1] == "person" and not tree.words[end - 1].text.isupper()
    return text in _HONOURS or (letters and apart and tree.words[end].low not in NAME_SUFFIXES)
