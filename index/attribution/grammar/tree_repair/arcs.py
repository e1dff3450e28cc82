"""Changes a sentence's tree by a few words: what governs them, their roles and their tags.

Knows nothing of why.
"""

from dataclasses import replace

from index.language.syntax import Tree, children_of
from index.language.words import Word


def with_arcs(tree: Tree, *changes: tuple[int, int, str, str]) -> Tree:
    """A tree with other heads, roles and tags: for each change a word and what it gets.

    The tree as it is, where nothing changes or a word would govern itself by that.
    """
    if not changes:
        return tree
    heads, roles, tags = columns(tree)
    for word, head, role, tag in changes:
        heads[word], roles[word], tags[word] = head, role, tag
    return rebuilt(tree, heads, roles, tags)


def columns(tree: Tree) -> tuple[list[int], list[str], list[str]]:
    """Copies of a tree's heads, roles and tags, to be changed."""
    return list(tree.heads), list(tree.roles), list(tree.tags)


def rebuilt(tree: Tree, heads: list[int], roles: list[str], tags: list[str]) -> Tree:
    """A tree with these heads, roles and tags; as it is, where a word would govern itself."""
    moved = (word for word, head in enumerate(heads) if head != tree.heads[word])
    if any(_governs_itself(word, heads) for word in moved):
        return tree
    return replace(tree, heads=heads, roles=roles, tags=tags, children=children_of(heads))


def _governs_itself(word: int, heads: list[int]) -> bool:
    """Whether the heads lead from a word into a circle, and not to a root."""
    seen = set[int]()
    while heads[word] != word and word not in seen:
        seen.add(word)
        word = heads[word]
    return word in seen


def verb_tag(word: Word) -> str:
    """The tag of a word that must be a finite verb, by its ending: "recalls", "recalled"."""
    return "VBZ" if word.low.endswith("s") else "VBD"
