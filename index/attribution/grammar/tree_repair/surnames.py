"""Reads a surname that looks like another word as a name: "Mr Tully said", "May said".

A tagger goes by a word's ending; an article tells by "Owen Tully" what it is in all its sentences.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.grammar.tree_repair.arcs import columns, rebuilt
from index.language.names import FIRST_NAMES, HONORIFICS
from index.language.syntax import Tree
from index.language.words import ADVERBS, FUNCTION_WORDS, RELATIVES

_MISREAD = ("RB", "JJ", "UH")
_OF_VERBS = ("advmod", "aux")


def with_surnames(trees: Sequence[Tree]) -> list[Tree]:
    """The trees of an article, with the surnames in them as names."""
    common = {word.low for tree in trees for word in tree.words if not word.is_name}
    borne = {low for tree in trees for low in _borne(tree)}
    small = borne & (ADVERBS | FUNCTION_WORDS)
    surnames = borne - common - small
    return [_renamed(tree, surnames, small) for tree in trees] if borne else list(trees)


def _borne(tree: Tree) -> set[str]:
    """The words with a capital right behind a first name or a form of address."""
    plain = sum(not word.is_name and word.text.isalpha() for word in tree.words)
    if plain < 2 and not any(word.is_quotation for word in tree.words):
        return set()  # in a headline capitals tell nothing
    words = tree.words
    return {
        words[k].low
        for k in range(1, len(words))
        if words[k].is_name
        and tree.tags[k] in (*_MISREAD, "NNP")
        and words[k - 1].is_name
        and words[k - 1].low.rstrip(".") in FIRST_NAMES | HONORIFICS.keys()
    }


def _renamed(tree: Tree, surnames: set[str], small: set[str]) -> Tree:
    for word, tag in enumerate(tree.tags):
        low = tree.words[word].low
        if not tree.words[word].is_name or low not in surnames | small:
            continue
        misread = tag in _MISREAD or tree.roles[word] in _OF_VERBS
        if (misread and low in surnames) or (low in small and _acts(tree, word)):
            tree = _as_name(tree, word)
    return tree


def _acts(tree: Tree, word: int) -> bool:
    """Whether a word that may be a helper, too, can only be who does something: "May said"."""
    alone = not word or not tree.words[word - 1].is_name
    return alone and tree.tags[word + 1 : word + 2] in (["VBD"], ["VBZ"], ["POS"])


def _as_name(tree: Tree, word: int) -> Tree:
    heads, roles, tags = columns(tree)
    tags[word], first = "NNP", word - 1
    above = heads[word]
    if first >= 0 and tags[first] == "NNP" and heads[first] != word:
        heads[word], roles[word] = heads[first], roles[first]
        for child in (first, *(c for c in tree.children[first] if c != word)):
            heads[child] = word
        roles[first] = "compound"
    elif heads[word] != word:
        which = [c for c in tree.children[above] if roles[c] in SUBJECTS]
        if which == [first] and tree.words[first].low in RELATIVES:
            roles[first], which = "dobj", []  # "a goal that Prior described as poor"
        if not which and tags[above].startswith("VB"):
            roles[word] = "nsubj"
    kinds = list(tree.kinds)
    kinds[word] = "person"
    return rebuilt(replace(tree, kinds=kinds), heads, roles, tags)
