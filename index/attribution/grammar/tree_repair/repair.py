"""Puts the trees of an article right where the order of words, or the article, is surer.

The one place where trees are changed: names, frames and speakers are read off what comes out.
"""

from collections.abc import Sequence

from index.attribution.grammar.tree_repair.names import with_names_joined
from index.attribution.grammar.tree_repair.reports import repair_report_clauses
from index.attribution.grammar.tree_repair.subjects import with_subjects_tied
from index.attribution.grammar.tree_repair.surnames import with_surnames
from index.language.syntax import Tree


def repaired(trees: Sequence[Tree]) -> list[Tree]:
    """The trees of an article's sentences, repaired: surnames, subjects, names, reports."""
    return [
        repair_report_clauses(with_names_joined(with_subjects_tied(tree)))
        for tree in with_surnames(trees)
    ]
