"""Finds, by the order of words, the noun that a verb has right before it.

A tree easily ties it to another word. Words are given by their numbers in the tree. Knows nothing
of names, nor of what is reported.
"""

from collections.abc import Iterator

from index.attribution.grammar.clauses import (
    FINITE,
    NOMINAL,
    SUBJECTS,
    group_start,
    is_finite,
    phrase_head,
)
from index.attribution.grammar.phrases import phrase, run_end, run_start
from index.language.syntax import Tree
from index.language.words import SUBORDINATORS

# Roles that a tree may give to a subject that it ties to another verb.
_LOST = ("nsubj", "nsubjpass", "appos", "attr", "conj", "ROOT")
# Tie a noun to another before it.
_TYING = frozenset("of like at in from for".split())


def described(tree: Tree, subject: int, verb: int) -> int:
    """Of "Ann Lee, the mayor, said" the name, where the tree takes the description for it."""
    first = phrase(tree, subject)[0]
    if _is_byname(tree, first, verb):
        return first - 1
    if (
        not 1 < first < subject
        or tree.words[first - 1].text != ","
        or tree.kinds[subject] == "person"
    ):
        return subject
    name = first - 2
    opens = name >= 0 and all(tag in NOMINAL for tag in tree.tags[: name + 1])
    last = group_start(tree, verb) - 1  # "Lee, the mayor, had told"
    set_off = subject < last and tree.words[last].text == ","
    if tree.kinds[name] != "person" or not (set_off or opens):
        return subject
    is_name = opens or tree.roles[name] not in ("pobj", "dobj", "conj")
    return name if is_name and tree.heads[name] != name + 1 else subject


def _is_byname(tree: Tree, first: int, verb: int) -> bool:
    """Whether a noun phrase says as what a name before it acts: "Ann Lee the realist knows"."""
    if not first or tree.words[first].low != "the" or tree.kinds[first - 1] != "person":
        return False
    return tree.roles[first - 1] in SUBJECTS and tree.heads[first - 1] == verb


def noun_beside(tree: Tree, verb: int) -> int | None:
    """The noun phrase right before a finite verb, where the tree ties it to another word."""
    end = group_start(tree, verb)
    helped = tree.tags[verb] == "VBN" and end < verb and is_finite(tree, end)
    if tree.tags[verb] not in ("VBD", "VBZ", "VBP") and not helped:
        return None
    end = run_start(tree.roles, end, ("npadvmod",))  # "Lee, the mayor, today said"
    end -= bool(end and tree.words[end - 1].text == ",")
    for number in range(end - 1, max(-1, end - 20), -1):
        if tree.roles[number] not in _LOST and tree.heads[number] != verb:
            continue
        first, last = phrase(tree, number)
        starts = (
            first == 0 or tree.words[first - 1].text == "," or tree.words[first - 1].is_quotation
        )
        if tree.tags[number].startswith(("NN", "PRP")) and last == end and starts:
            return number
    opening = _opening(tree, verb)
    return _narrowed(tree, verb) if opening is None else opening


def _narrowed(tree: Tree, verb: int) -> int | None:
    """The noun behind what opens a clause, past what says which: "as many asked by Lee told"."""
    first = group_start(tree, verb) - 1
    while first > 0 and not _opens(tree, first):
        word = tree.words[first]
        if word.is_mark or word.is_quotation or tree.tags[first] in (*FINITE, "CC", "TO"):
            return None
        first -= 1
    end = run_end(tree.tags, first + 1, NOMINAL, verb)
    narrows = end < verb - 1 and tree.tags[end] in ("VBN", "VBG")
    return end - 1 if first > 0 and narrows and end > first + 1 else None


def _opening(tree: Tree, verb: int) -> int | None:
    """The noun right behind the word that opens a clause: "as Ann Lee (Ind.) once told"."""
    last = past_aside(tree, group_start(tree, verb) - 1)
    if not tree.tags[last].startswith(("NN", "PRP")):
        return None
    for first in joined_from(tree, last):
        joined = tree.tags[first - 1] == "CC"
        # "said he was ill and his wife told": a noun between "and" and a verb is its subject.
        tied = joined and tree.roles[verb] == "conj" and tree.heads[verb] < first - 1
        if tied or _opens(tree, first - 1):
            return head_between(tree, first, last)
    return None


def head_between(tree: Tree, first: int, last: int) -> int:
    """The head of the noun phrase between two words, though the tree may not tie all of it."""
    head = phrase_head(tree, last, first)
    if phrase(tree, head)[0] <= first or "CC" in tree.tags[first:last]:
        return head
    end = run_end(tree.tags, first + 1, NOMINAL, last + 1) - 1
    return end if tree.tags[end].startswith("NN") else head


def _opens(tree: Tree, number: int) -> bool:
    """Whether a word opens a clause that has its subject next."""
    apart = number == 0 or tree.words[number - 1].is_mark or tree.words[number].low != "as"
    led = apart and tree.words[number].low in SUBORDINATORS and tree.tags[number] == "IN"
    opens = tree.roles[number] == "mark" or tree.tags[number] in ("WRB", "WP", "WDT")
    return led or opens or tree.words[number].text == ";"


def joined_from(tree: Tree, last: int) -> Iterator[int]:
    """Where the noun phrase may begin that ends with a word, with most that is tied to it first.

    Of "firms like Lee and its banks" these are "firms", "Lee" and "its".
    """
    starts: list[int] = []
    end = last + 1
    while True:
        first = run_start(tree.tags, end, NOMINAL)
        if not 0 < first < end:
            break
        starts.append(first)
        if tree.tags[first - 1] != "CC" and tree.words[first - 1].low not in _TYING:
            break
        end = first - 1
    yield from reversed(starts)


def past_aside(tree: Tree, last: int) -> int:
    """The word before what stands in brackets, between commas or tells when, without a verb."""
    while last > 1 and (tree.kinds[last] == "time" or tree.words[last].low == "on"):
        last -= 1
    opening = {")": "(", ",": ","}.get(tree.words[last].text)
    before = last - 1
    while opening and before > 0 and not is_finite(tree, before):
        if tree.words[before].text == opening:
            return before - 1
        before -= 1
    return last
