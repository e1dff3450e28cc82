"""Reads how old somebody is told to be, beside a name or in a description: "the teenager".

Knows nothing of whom an article means.
"""

from collections.abc import Set

from index.attribution.grammar.phrases import Range, phrase
from index.language.syntax import Tree
from index.language.words import YEARS_OLD, is_age, is_years_old

_TEENS = range(13, 20)
_NEAR = 3  # words before a noun in which its age may stand: "the 49-year-old tree surgeon"


def ages_of(tree: Tree, name: Range) -> Set[int]:
    """The years that are told right beside a name: "Ann Lee, 18,", "18-year-old Ann Lee"."""
    first = max(phrase(tree, name[1] - 1)[0], name[0] - _NEAR)
    before = [word.low for word in tree.words[first : name[0]]]
    after = [word.low for word in tree.words[name[1] : name[1] + 3]]
    if before[-1:] == ["teenager"]:
        return {*_TEENS}
    told = {_years(low) for low in before if is_years_old(low)} - {0}
    closed = len(after) > 1 and after[0] == "," and after[2:] in ([","], ["."], [])
    return told | ({_years(after[1])} - {0} if closed else set())


def age_of(tree: Tree, noun: int) -> Set[int]:
    """The years that a description may mean; none if it tells no age: "the 34-year-old"."""
    if tree.words[noun].low == "teenager":
        return {*_TEENS}
    first = max(phrase(tree, noun)[0], noun - _NEAR)
    if "POS" in tree.tags[first:noun]:
        return set()  # "the 18-year-old's mother"
    words = tree.words[first : noun + 1]
    return {_years(word.low) for word in words if is_years_old(word.low)} - {0}


def _years(low: str) -> int:
    """A number of years that somebody may be old; else zero."""
    digits = low.removesuffix(YEARS_OLD)
    return int(digits) if is_age(digits) else 0
