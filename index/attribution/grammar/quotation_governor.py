"""Tells which verb a quotation belongs to: that of the clause that it stands in or beside.

Words are given by their numbers in the tree. Knows nothing of who speaks.
"""

from index.attribution.grammar.clauses import is_passive, is_verb, lemma, saying
from index.attribution.grammar.nominal import name_before
from index.attribution.grammar.titles import names_work
from index.attribution.grammar.voices import QUOTING
from index.attribution.grammar.word_order import beside_quotation, broken_from, last_saying
from index.language.syntax import Tree


def governor(tree: Tree, quotation: int) -> int | None:
    """The verb of the clause that a quotation stands in."""
    if names_work(tree, quotation):
        return None
    led = quotation > 0 and tree.words[quotation - 1].text == ":"
    if name_before(tree, quotation) is not None:
        return None
    if (broken := broken_from(tree, quotation)) is not None:
        return governor(tree, broken)
    if (verb := beside_quotation(tree, quotation)) is not None:
        return within(tree, verb)
    own = [c for c in tree.children[quotation] if is_verb(tree, c) and tree.roles[c] != "relcl"]
    if own and not (led and tree.heads[quotation] != quotation):
        return min(own, key=lambda c: abs(c - quotation))
    number = quotation
    for _ in range(4):
        if tree.heads[number] == number:
            return None
        number = tree.heads[number]
        if is_verb(tree, number):
            return last_saying(tree, within(tree, number), quotation)
    return None


def within(tree: Tree, verb: int) -> int:
    """Of "quoted Lee as saying", "is said to have told", "was heard saying" the second verb."""
    if lemma(tree, verb) in QUOTING:
        for child in tree.children[verb]:
            if tree.words[child].low == "as":
                inner = tree.child(child, "pcomp")
                return inner if inner is not None and is_verb(tree, inner) else verb
    if is_passive(tree, verb):
        inner = tree.child(verb, "xcomp", "advcl")
        return inner if inner is not None and saying(tree, inner) is not None else verb
    return verb
