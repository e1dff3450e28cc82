"""Finds what verbs report only together with a particle: "put it at 40", "ruled out a strike".

One sentence's tree at a time. Knows nothing of people's names.
"""

from index.attribution.grammar.clauses import clause_verb, is_finite
from index.attribution.grammar.modality import modality_of
from index.attribution.grammar.nesting import Frame
from index.attribution.grammar.phrases import Range, edges, phrase
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.voices import may_speak
from index.language.syntax import Tree
from index.language.word_lists import word_set

_PUTTING = frozenset("put puts putting".split())
_RULING = frozenset("rule rules ruled ruling".split())
_AMOUNTS = word_set("amounts")
_POINTING = frozenset("it this that".split())
# Words from "put" to what tells how: "put the number of nurses who left at 410".
_REACH = 12


def put_so(tree: Tree, verb: int) -> Frame | None:
    """The frame of a verb that reports by what goes with it, where a noun phrase follows."""
    content = _put(tree, verb) if tree.words[verb].low in _PUTTING else _ruled_out(tree, verb)
    subject = None if content is None else subject_of(tree, verb)
    if content is None or subject is None or not _is_told(tree, verb, subject):
        return None
    return Frame((verb, verb + 1), subject, (content,), "object", modality_of(tree, verb))


def _is_told(tree: Tree, verb: int, subject: int) -> bool:
    """Whether somebody is told to do it, not asked to or planning to: "Lee put it at 40"."""
    above = clause_verb(tree, verb)
    finite = is_finite(tree, verb) or any(
        is_finite(tree, c) or tree.words[c].low in ("has", "have", "had")
        for c in tree.children[verb]
        if tree.roles[c] == "aux"
    )
    return above == verb and finite and may_speak(tree, subject, surely=False)


def _put(tree: Tree, verb: int) -> Range | None:
    """What is put: "the number at 410"."""
    behind = (c for c in tree.children[verb] if c > verb and tree.roles[c] in ("dobj", "nsubj"))
    noun = next(behind, None)
    if noun is None or phrase(tree, noun)[0] != verb + 1:
        return None
    for tie in range(noun + 1, min(len(tree.words) - 1, noun + _REACH)):
        if tree.words[tie].is_mark or is_finite(tree, tie):
            return None
        counted = tree.words[noun].low in _POINTING | _AMOUNTS
        if (
            tree.words[tie].low == "at"
            and counted
            and tree.tags[tie + 1] in ("CD", "$", "RB", "IN")
        ):
            amount = tree.child(tie, "pobj")
            return verb + 1, edges(tree, tie)[1] if amount is None else phrase(tree, amount)[1]
    return None


def _ruled_out(tree: Tree, verb: int) -> Range | None:
    """What is ruled out, the particle before it or behind it."""
    noun, particle = tree.child(verb, "dobj"), tree.child(verb, "prt")
    out = particle is not None and tree.words[particle].low == "out"
    if tree.words[verb].low not in _RULING or not out or noun is None or noun < verb:
        return None
    start, end = edges(tree, noun)
    return start, end
