"""Who comes after whom in an office or a part, by the grammar of a sentence.

Knows nothing of questions.
"""

from collections.abc import Iterator
from typing import NamedTuple

from index.attribution.grammar.clauses import agent_of, antecedent, is_passive, is_verb
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.subjects import subject_of
from index.language.folding import fold
from index.language.names import is_role
from index.language.stems import bases
from index.language.syntax import Tree, tree_of
from index.language.words import RELATIVES

_REPLACING = bases(("replace", "succeed"))
_APPOINTING = bases("appoint become choose elect install name pick promote".split())
# What stands behind these verbs where they tell of somebody who comes after another.
_STEPPING = {
    "take": frozenset("over charge reins helm".split()),
    "step": frozenset("up in into".split()),
}
_AFTER, _BEFORE = frozenset(("successor", "replacement")), frozenset(("predecessor",))
_NEW = frozenset("new acting interim caretaker incoming".split())
_NEAR = 3  # words
# A sentence with none of these need not be read.
_SIGNS = _REPLACING | _APPOINTING | _STEPPING.keys() | bases((*_AFTER, *_BEFORE, *_NEW, "charge"))
_NOBODY = frozenset[str]()


class Succession(NamedTuple):
    """The stems of the names of who comes after whom; none where they are not named."""

    new: frozenset[str] = _NOBODY
    old: frozenset[str] = _NOBODY


def successions(sentence: str) -> list[Succession]:
    """What a sentence tells of who comes after whom; by name, if it has any."""
    if _SIGNS.isdisjoint(bases(fold(sentence))):
        return []
    told = list(_told(tree_of(sentence)))
    return [each for each in told if any(each)] or told


def _told(tree: Tree) -> Iterator[Succession]:
    for number, word in enumerate(tree.words):
        base = "".join(bases((word.low,)))
        behind = [each.low for each in tree.words[number + 1 : number + 1 + _NEAR]]
        if word.low in _AFTER | _BEFORE:
            pair = [_named(tree, tree.child(number, role)) for role in ("appos", "poss")]
            yield Succession(*(pair if word.low in _AFTER else pair[::-1]))
        elif base in _REPLACING and is_verb(tree, number):
            yield _replacing(tree, number)
        elif not _STEPPING.get(base, _NOBODY).isdisjoint(behind):
            yield Succession(_named(tree, subject_of(tree, number)), _left_behind(tree, number))
        elif base in _APPOINTING and any(is_role(tree.words[k].low) for k in tree.subtree(number)):
            yield Succession(_named(tree, _appointed(tree, number)))
        elif _is_new(tree, number) or (word.low == "in" and behind[:1] == ["charge"]):
            yield Succession()


def _appointed(tree: Tree, verb: int) -> int | None:
    """Who is given an office: Lee of "named Lee as mayor", "Lee was elected mayor"."""
    given = tree.child(verb, "dobj", "nsubjpass", "dative")
    return subject_of(tree, verb) if given is None else given


def _replacing(tree: Tree, verb: int) -> Succession:
    """Who replaces whom: "Lee was succeeded by Orr", "Orr, who replaced Lee"."""
    if is_passive(tree, verb):
        old = tree.child(verb, "nsubjpass", "nsubj")
        return Succession(_named(tree, agent_of(tree, verb)), _named(tree, old))
    old = tree.child(verb, "dobj")
    return Succession(_named(tree, subject_of(tree, verb)), _named(tree, old))


def _left_behind(tree: Tree, verb: int) -> frozenset[str]:
    """Of whom somebody takes over: Lee of "takes over from Lee"."""
    ties = (c for c in tree.children[verb] if tree.words[c].low == "from")
    return frozenset().union(*(_named(tree, tree.child(tie, "pobj")) for tie in ties))


def _is_new(tree: Tree, number: int) -> bool:
    return tree.words[number].low in _NEW and is_role(tree.words[tree.heads[number]].low)


def _named(tree: Tree, head: int | None) -> frozenset[str]:
    """The stems of a phrase's names: of Lee for "who" in "Ann Lee, who"."""
    if head is not None and tree.words[head].low in RELATIVES:
        head = antecedent(tree, head)
    if head is None:
        return _NOBODY
    words = tree.words[slice(*phrase(tree, head))]
    return bases(w.low for w in words if w.is_name and not is_role(w.low))
