"""Changes a sentence's tree by a few words: what governs them, their roles and their tags.

Knows nothing of why.
"""

from dataclasses import replace

from index.language.syntax import Tree, children_of
from index.language.words import Word


def retied(tree: Tree, *changes: tuple[int, int, str, str]) -> Tree:
    """A tree with other heads, roles and tags: for each change a word and what it gets.

    The tree as it is, where a word would govern itself by that.
    """
    heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
    for word, head, role, tag in changes:
        heads[word], roles[word], tags[word] = head, role, tag
    if any(governs_itself(word, heads) for word, _, _, _ in changes):
        return tree
    return replace(tree, heads=heads, roles=roles, tags=tags, children=children_of(heads))


def governs_itself(word: int, heads: list[int]) -> bool:
    """Whether the heads lead from a word into a circle, and not to a root."""
    seen = set[int]()
    while heads[word] != word and word not in seen:
        seen.add(word)
        word = heads[word]
    return word in seen


def verb_tag(word: Word) -> str:
    """The tag of a word that must be a finite verb, by its ending: "recalls", "recalled"."""
    return "VBZ" if word.low.endswith("s") else "VBD"
