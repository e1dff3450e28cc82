"""Whether a sentence tells who did what a question asks for, or who is what it says.

"who fixed the barrier" is answered by somebody who fixes it in a clause, not by a sentence that has
the barrier and a name. Knows nothing of scores.
"""

import re
from typing import NamedTuple

from index.attribution.grammar.clauses import agent_of, is_passive, is_verb
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.subjects import subject_of
from index.language.folding import fold
from index.language.stems import bases, had
from index.language.syntax import Tree, tree_of
from index.language.words import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, TIMES

_BE = frozenset("is are was were be been being am s re".split())
# "who did Lee name": he does it, and somebody else is asked for.
_DO = frozenset("did do does".split())
_WHO = re.compile(r"(?:(?:and|but|so) )?(?P<word>who|whose)\b(?: else\b)?", re.IGNORECASE)
_NAME_OF = re.compile(
    r"what(?:['’]s| is| was) "
    r"(?:the (?:full )?name of (?P<of>.+)|(?P<whose>.+?)['’]s? (?:full )?name)\b",
    re.IGNORECASE,
)
# Ties a name to what somebody is: "the driver, named as Ann Lee".
_CALLING = bases("be call identify know name".split())


class Deed(NamedTuple):
    """What is asked of somebody: the stems of a verb, or of what they are or have.

    An `act` has to be somebody's; a `name` stands with one of the words.
    """

    words: frozenset[str]
    is_act: bool = False
    is_name: bool = False


def deed_of(question: str) -> Deed | None:
    """What somebody is asked for by: "fix" of "who fixed it", "mayor" of "who is the mayor"."""
    if name := _NAME_OF.match(question):
        noun = _before_tie(fold(name["of"] or name["whose"]))
        return Deed(bases(noun[-1:]), is_name=True) if noun else None
    who = _WHO.match(question)
    if who is None:
        return None
    words = list(fold(question[who.end() :]))
    if who["word"].lower() == "whose":
        return Deed(found) if (found := bases(words[:1])) else None
    helpers = 0
    while helpers < len(words) and (words[helpers] in AUXILIARIES | ADVERBS | TIMES | _BE):
        helpers += 1
    if not _DO.isdisjoint(words[:helpers]) or helpers == len(words):
        return None
    if _BE.isdisjoint(words[:helpers]) or words[helpers].endswith("ing"):
        found = bases(words[helpers : helpers + 1])
        return Deed(found, is_act=True) if found else None
    found = bases(_before_tie(words[helpers:]))
    return Deed(found) if found else None


def tells(sentence: str, deed: Deed) -> bool:
    """Whether a sentence has who did it, or who is so."""
    known = bases(fold(sentence))
    if not had(deed.words, known):
        return False
    if not (deed.is_act or deed.is_name):
        return True
    tree = tree_of(sentence)
    has = _has_name if deed.is_name else _is_somebodys
    return any(
        has(tree, number)
        for number, word in enumerate(tree.words)
        if had(deed.words, bases(fold(word.low)))
    )


def _before_tie(words: list[str] | tuple[str, ...]) -> list[str]:
    """The words of a noun phrase before what follows its noun: "mayor" of "the mayor of Lee"."""
    left = list(words)
    while left and left[0] in DETERMINERS:
        del left[0]
    end = next(
        (k for k, w in enumerate(left) if w in PREPOSITIONS | DETERMINERS | TIMES), len(left)
    )
    return left[:end]


def _is_somebodys(tree: Tree, number: int) -> bool:
    """Whether what a word says is somebody's; that of a noun ("resignation") may be."""
    if not is_verb(tree, number):
        return True
    if is_passive(tree, number):
        return agent_of(tree, number) is not None
    return subject_of(tree, number) is not None


def _has_name(tree: Tree, number: int) -> bool:
    """Whether a noun stands with a name: "driver Ann Lee", "Ann Lee, the driver, left"."""
    # Behind the noun a name may be another's: "a letter from the driver to Lee".
    head, near = tree.heads[number], {*range(phrase(tree, number)[0], number)}
    near.update(c for c in tree.children[number] if tree.roles[c] in ("appos", "poss"))
    if tree.roles[number] in ("appos", "compound", "attr"):
        near.update((head, *tree.children[head]))
    calling = {head, *tree.children[number]}
    for verb in calling:
        if bases(fold(tree.words[verb].low)) & _CALLING or tree.words[verb].low in _BE:
            near.update(tree.subtree(verb))
    words = (tree.words[k] for k in near if k != number)
    return any(word.is_name and word.low not in DETERMINERS for word in words)
