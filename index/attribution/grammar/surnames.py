"""Reads a surname that looks like an adverb or an adjective as a name: "Mr Tully said".

A tagger goes by a word's ending; an article tells by "Owen Tully" what it is in all its sentences.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.grammar.retying import columns, rebuilt
from index.language.names import FIRST_NAMES, HONORIFICS
from index.language.syntax import Tree
from index.language.words import ADVERBS, FUNCTION_WORDS

_MISREAD = ("RB", "JJ", "UH")


def with_surnames(trees: Sequence[Tree]) -> list[Tree]:
    """The trees of an article, with the surnames in them as names."""
    common = {word.low for tree in trees for word in tree.words if not word.is_name}
    surnames = {low for tree in trees for low in _borne(tree)} - common - ADVERBS - FUNCTION_WORDS
    return [_renamed(tree, surnames) for tree in trees] if surnames else list(trees)


def _borne(tree: Tree) -> set[str]:
    """The words with a capital right behind a first name or a form of address."""
    if sum(not word.is_name and word.text.isalpha() for word in tree.words) < 2:
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


def _renamed(tree: Tree, surnames: set[str]) -> Tree:
    for word, tag in enumerate(tree.tags):
        if tag in _MISREAD and tree.words[word].is_name and tree.words[word].low in surnames:
            tree = _as_name(tree, word)
    return tree


def _as_name(tree: Tree, word: int) -> Tree:
    heads, roles, tags = columns(tree)
    tags[word], first = "NNP", word - 1
    above = heads[word]
    if first >= 0 and tags[first] == "NNP" and heads[first] != word:
        heads[word], roles[word] = heads[first], roles[first]
        for child in (first, *(c for c in tree.children[first] if c != word)):
            heads[child] = word
        roles[first] = "compound"
    elif heads[word] != word and not any(roles[c] in SUBJECTS for c in tree.children[above]):
        roles[word] = "nsubj" if tags[above].startswith("VB") else roles[word]
    kinds = list(tree.kinds)
    kinds[word] = "person"
    return rebuilt(replace(tree, kinds=kinds), heads, roles, tags)
