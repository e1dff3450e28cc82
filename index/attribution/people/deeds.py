"""Reads of whom a sentence tells an office by what they do: "Ann Lee, who runs the café, said".

Knows nothing of whose names they are, nor which office it is (`index.language.told_offices`).
"""

from collections.abc import Iterator, Sequence

from index.attribution.grammar.clauses import NP, is_passive, is_verb
from index.attribution.grammar.phrases import Range, phrase, run_end
from index.language.syntax import Tree
from index.language.told_offices import tells_office, tie_of

_LONGEST = 16  # words


def deeds(tree: Tree, names: Sequence[Range]) -> Iterator[tuple[int, Range]]:
    """Each clause with the number of its name; names are given without title."""
    for who, word in enumerate(tree.words):
        if word.low != "who" or not word.text.islower():
            continue
        verbs = [*_verbs(tree, who)]
        number = _of_whom(tree, who, names)
        ends = [end for verb in verbs if (end := _end(tree, verb))]
        if number is not None and ends and max(ends) - who <= _LONGEST:
            yield number, (who, max(ends))


def _of_whom(tree: Tree, who: int, names: Sequence[Range]) -> int | None:
    """Whom a clause is of: the name right before it, or that which the tree ties it to."""
    above = tree.heads[tree.heads[who]] if tree.roles[tree.heads[who]] == "relcl" else who
    tied = (n for n, (first, end) in enumerate(names) if first <= above < end <= who)
    ends = (who, who - 1 if tree.words[who - 1].text == "," else who)
    beside = (n for n, (_, end) in enumerate(names) if end in ends)
    return next(tied, next(beside, None))


def _verbs(tree: Tree, who: int) -> Iterator[int]:
    """The verbs of a clause that tell an office, and are neither denied nor yet to come."""
    first = tree.heads[who]
    if first < who or not is_verb(tree, first):
        return
    if tree.words[first].low == "used":
        first = tree.child(first, "xcomp") or first
    for verb in (first, *(c for c in tree.children[first] if tree.roles[c] == "conj")):
        helpers = [c for c in tree.children[verb] if tree.roles[c] in ("aux", "neg")]
        open_ = any(tree.tags[c] == "MD" or tree.roles[c] == "neg" for c in helpers)
        if tells_office(tree.words[verb].low) and not open_ and not is_passive(tree, verb):
            yield verb


def _end(tree: Tree, verb: int) -> int | None:
    """Where what somebody is in charge of ends; None where nothing of the kind stands there."""
    if tie := tie_of(tree.words[verb].low):
        ties = [c for c in tree.children[verb] if c > verb and tree.words[c].low == tie]
        told = next((k for c in ties for k in tree.children[c] if tree.roles[k] == "pobj"), verb)
    else:
        told = tree.child(verb, "dobj") or run_end(tree.tags, verb + 1, NP) - 1
    if told <= verb or tree.words[told].low in ("it", "them", "him", "her"):
        return None
    marks = (k for k in range(verb, len(tree.words)) if tree.words[k].is_mark)
    end = run_end(tree.tags, phrase(tree, told)[1], ("NN", "NNP"))
    return min(end + _is_noun(tree, end), next(marks, len(tree.words)))


def _is_noun(tree: Tree, number: int) -> bool:
    """Whether the tree takes the noun of a name for a verb: "who runs the Copper Kettle café,"."""
    tags, after = tree.tags[number - 1 : number + 1], number + 1
    is_open = after < len(tree.words) and not (
        tree.words[after].is_mark or tree.tags[after] == "CC"
    )
    return tags in (["NNP", "VBD"], ["NNP", "VBP"], ["NNP", "VBN"]) and not is_open
