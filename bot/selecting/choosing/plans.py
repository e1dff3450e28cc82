"""What a sentence tells to come, and whether another tells what became of it.

"Lee will be sentenced later": "Lee was sentenced to a year". And whether it tells a number anew.
Knows nothing of questions or dates.
"""

from collections.abc import Iterator
from typing import NamedTuple

from index.attribution.grammar.clauses import is_verb
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.subjects import subject_of
from index.language.folding import fold
from index.language.stems import bases
from index.language.syntax import Tree, tree_of
from index.language.words import PRONOUNS

_WILL = frozenset("will would shall ll wo".split())
# "is due to close", "is set to".
_DUE = frozenset("about due expected going likely planned scheduled set".split())
# "bringing the toll to five", "was revised to 44", "has risen to £1.3m".
_CHANGE = bases(
    "bring climb cut drop fall grow increase lift lower put push raise reach revise rise take "
    "update".split()
)


class Happening(NamedTuple):
    """What happens to whom or what, as stems; whether it is still to come."""

    verb: frozenset[str]
    of: frozenset[str]
    is_to_come: bool


def events(sentence: str) -> list[Happening]:
    """The events of a sentence: of "Lee will close its plant" that one closes, of a plant."""
    return list(_events(tree_of(sentence)))


def becomes_of(plan: list[Happening], told: list[Happening], *, is_moved: bool) -> bool:
    """Whether something planned is told to have happened, or, if it may be `is_moved`, to change.

    That is the same verb of the same, not still to come; or anything else to come of the same.
    """
    to_come = [event for event in plan if event.is_to_come]
    return any(
        then.of & now.of and (is_moved if now.is_to_come else then.verb == now.verb)
        for then in to_come
        for now in told
    )


def tells_anew(sentence: str) -> bool:
    """Whether a number takes the place of an earlier one: "the toll has risen to five"."""
    tree = tree_of(sentence)
    return any(
        is_verb(tree, number)
        and not _CHANGE.isdisjoint(bases(fold(word.low)))
        and any(_has_number(tree, end) for end in _ends(tree, number))
        for number, word in enumerate(tree.words)
    )


def may_be_of_same(one: str, other: str) -> bool:
    """Whether the main clause of `other` is of somebody or something that `one` tells of.

    Whom either has only a pronoun for, it may be.
    """
    tree = tree_of(other)
    about = None if tree.root is None else _of_what(tree, tree.root)
    named = frozenset[str]() if about is None else _called(tree, about)
    told = [event.of for event in events(one)]
    return not (named and told) or any(not of or named & of for of in told)


def _events(tree: Tree) -> Iterator[Happening]:
    for number, word in enumerate(tree.words):
        verb = bases(fold(word.low))
        if not (verb and is_verb(tree, number)):
            continue
        of = _of_what(tree, number)
        if of is not None:
            yield Happening(verb, _called(tree, of), _is_to_come(tree, number))


def _of_what(tree: Tree, verb: int) -> int | None:
    """The object of a verb or else its subject, which it may share with the verb before it."""
    of = tree.child(verb, "dobj", "nsubjpass")
    of = subject_of(tree, verb) if of is None else of
    if of is None and tree.roles[verb] == "conj":
        of = subject_of(tree, tree.heads[verb])
    # "Lee said that he would go" is of Lee.
    if of is not None and tree.roles[verb] == "ccomp" and tree.words[of].low in PRONOUNS:
        return subject_of(tree, tree.heads[verb])
    return of


def _called(tree: Tree, noun: int) -> frozenset[str]:
    """The stems of a noun, and of the names in its phrase and beside it."""
    beside = [noun, *(child for child in tree.children[noun] if tree.roles[child] == "appos")]
    near = {n for head in beside for n in range(*phrase(tree, head)) if tree.words[n].is_name}
    return bases(fold(" ".join(tree.words[n].low for n in {noun, *near})))


def _ends(tree: Tree, verb: int) -> Iterator[int]:
    """What something is changed to."""
    for child in tree.children[verb]:
        if tree.words[child].low in ("to", "at"):
            yield from (end for end in tree.children[child] if tree.roles[end] == "pobj")


def _has_number(tree: Tree, noun: int) -> bool:
    return any(tree.tags[n] == "CD" for n in range(*phrase(tree, noun)))


def _is_to_come(tree: Tree, verb: int) -> bool:
    helpers = {tree.words[child].low for child in tree.children[verb]}
    above = tree.words[tree.heads[verb]].low
    return not _WILL.isdisjoint(helpers) or ("to" in helpers and above in _DUE)
