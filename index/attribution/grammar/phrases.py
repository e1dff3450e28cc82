"""Reads off a sentence's tree how far a phrase or a name goes, and what "and" joins in it.

Words are given by their numbers in the tree, ranges are half-open in them. Knows no clauses.
"""

from collections.abc import Container, Iterator, Sequence

from index.language.syntax import Tree, once

Range = tuple[int, int]

# Tie words to a noun that still name the same: "a spokesman for the court", "Ann and Bo Lee".
_INSIDE_PHRASE = frozenset(
    """prep det compound poss case amod nummod quantmod nmod cc conj preconj predet advmod
    neg""".split()
)

# Open a sentence, and do not join who is named behind them to anybody.
_OPENING = frozenset("but and yet".split())
_COMPARED = frozenset("more fewer less over".split())


def name_start(tree: Tree, end: int) -> int:
    """Where the name begins that ends before a word; the word itself where none does."""
    while end and tree.words[end - 1].is_name:
        end -= 1
    return end


def name_end(tree: Tree, start: int) -> int:
    """Where the name ends that begins with a word; the word itself where it is of no name."""
    while start < len(tree.words) and tree.words[start].is_name:
        start += 1
    return start


def run_start(column: Sequence[str], end: int, among: Container[str], first: int = 0) -> int:
    """Where the words begin right before one whose tags, kinds or roles are all of these.

    The word itself where none stands there; no earlier than `first`.
    """
    while end > first and column[end - 1] in among:
        end -= 1
    return end


def run_end(
    column: Sequence[str], start: int, among: Container[str], end: int | None = None
) -> int:
    """The first word from one on whose tag, kind or role is none of these; `end` where none is."""
    end = len(column) if end is None else end
    while start < end and column[start] in among:
        start += 1
    return start


@once
def phrase(tree: Tree, head: int) -> Range:
    """The noun phrase of a head, without asides and relative clauses."""
    start, end = head, head + 1
    before = [c for c in tree.children[head] if c < head and tree.roles[c] in _INSIDE_PHRASE]
    if before and before[0] == 0 and tree.words[0].low in _OPENING:
        del before[0]  # "But Ann Lee of Velm Bank said"
    if before and tree.words[before[0]].low == "as" and tree.words[before[0] + 1].low in _COMPARED:
        del before[0]  # "as more than ten people said", unlike "as many as ten"
    for child in reversed(before):
        first, last = phrase(tree, child)
        if last >= start - 1:  # a hyphen or a quotation mark may stand between
            start = min(start, first)
    if start and _is_numbered(tree, start, head):
        start = phrase(tree, start - 1)[0]
    for child in (c for c in tree.children[head] if c > head):
        if child >= end and _goes_on(tree, child, end):
            end = max(end, phrase(tree, child)[1])
        elif tree.roles[child] != "punct" or tree.words[child].text not in "-'\"":
            break
    return start, end


def _is_numbered(tree: Tree, number: int, head: int) -> bool:
    """Whether a number ends the name before it, and tells not how many: "Channel 6 bosses"."""
    name = number - 1
    beside = tree.heads[name] == tree.heads[head] and tree.roles[name] == tree.roles[head]
    return tree.tags[number] == "CD" and tree.words[name].is_name and beside


def _goes_on(tree: Tree, child: int, end: int) -> bool:
    role = tree.roles[child]
    first = edges(tree, child)[0]
    if first > end:
        return False
    beside = role == "appos" and first == end and not tree.words[child].is_quotation
    return beside or role in _INSIDE_PHRASE or role in ("pobj", "pcomp")


@once
def edges(tree: Tree, number: int) -> Range:
    """The first word of a subtree, and the one after its last."""
    first = last = number
    waiting = [number]
    while waiting:
        word = waiting.pop()
        first, last = min(first, word), max(last, word)
        waiting.extend(tree.children[word])
    return first, last + 1


def joins(tree: Tree, head: int, first: int, last: int) -> Iterator[int]:
    """The words that join another to a noun: "and" of "Lee and Orr", "chair Lee and Orr"."""
    for k in range(first, last):
        above = tree.heads[k]
        own = tree.roles[above] == "appos" and tree.heads[above] == head and k == above + 1
        others = (c for c in tree.children[above] if tree.roles[c] == "conj")
        named = own and any(tree.kinds[c] == "person" for c in others)
        two = above == head and not _is_one_person(tree, head)
        if tree.roles[k] == "cc" and (two or named):
            yield k


def _is_one_person(tree: Tree, head: int) -> bool:
    """Whether two roles are one person's: "co-author and fellow Ann Lee"."""
    joined = any(tree.roles[c] == "conj" for c in tree.children[head])
    beside = [c for c in tree.children[head] if tree.roles[c] == "appos"]
    return not joined and any(tree.kinds[c] == "person" for c in beside)
