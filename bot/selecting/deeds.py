"""Tells who did what to whom: whether a sentence has the agent or patient that a question wants.

"Who was stabbed" wants the patient, "who criticised Lam" the agent, who is not Lam. Decided by the
grammar of the verb's clause. Knows nothing of scores.

>>> deed = read_deed("who criticised the mayor of Oldham")
>>> deed.fits("Ann Lee criticised the mayor."), deed.fits("The mayor criticised Ann Lee.")
(True, False)
>>> deed.fits("Ann Lee left.") is None
True
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.attribution.clauses import antecedent, is_passive, is_verb
from index.attribution.identities import BODY_WORDS
from index.attribution.phrases import phrase
from index.attribution.subjects import subject_of
from index.language.names import ROLES
from index.language.stems import stem, stems
from index.language.syntax import Tree, parse
from index.language.tables import read_table
from index.language.word_forms import stem_of
from index.language.words import FUNCTION_WORDS, LETTERS, split_words
from index.schema import Span

_PEOPLE = frozenset(
    "airline city country firm man nation paper people person state team woman".split()
)
_BE = r"(?:is|are|was|were|been|being|be|got|gets)"
_HAVE = r"(?:has|have|had|will|would|could|can|did|does|do)"
_ADVERBS = r"(?:(?:also|ever|just|first|else|all|currently|now|really|actually|already) )*"
# Kinds of agents that a question may name: "which company", "what party"; not "what year".
_SOMEBODY = "(?:" + "|".join(sorted(ROLES | BODY_WORDS | _PEOPLE)) + ")"
_WHO = rf"(?:and |so |but )?(?:who(?:m| else)?|(?:which|what)(?: {_SOMEBODY})+) {_ADVERBS}"
_DONE_TO = re.compile(
    rf"{_WHO}(?:{_HAVE} )?(?:{_BE} )+{_ADVERBS}(?P<verb>\w+(?<!ing))(?: (?P<rest>(?!by$).+))?",
    re.IGNORECASE,
)
_DID_TO = re.compile(
    rf"{_WHO}{_HAVE} (?P<rest>\S.*?) {_ADVERBS}(?P<verb>\w+)"
    r"(?: (?:in|on|at|for|during|about|after|over|from|when|because)\b.*)?",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(rf"{_WHO}{_BE} (?P<rest>\S.*) (?P<verb>\w+) by", re.IGNORECASE)
_WAS_BY = re.compile(rf"by who(?:m)? {_BE} (?P<rest>\S.*) (?P<verb>\w+)", re.IGNORECASE)
_DID = re.compile(
    rf"{_WHO}(?:{_HAVE} )?(?:{_BE} )*{_ADVERBS}(?P<verb>\w+)(?: (?P<rest>.+))?", re.IGNORECASE
)
_SHAPES = ((_WAS_BY, False), (_BY_WHOM, False), (_DONE_TO, True), (_DID_TO, True), (_DID, False))
_OBJECTS = ("dobj", "obj", "dative", "oprd")
# Saying is no deed: it is told in many other words.
_SPOKE = frozenset(
    """agree agreed agrees argued believed believes comment commented felt mentioned said say says
    speaks spoke talked tells think thinks thought told wrote""".split()
)
_OTHERS = {stem_of(v): others.split() for v, others in read_table("deeds.tsv", "bot.selecting")}
_NONE: frozenset[str] = frozenset()
_RELATIVE = frozenset("who whom that which".split())
_FILLERS = ("NN", "PRP", "CD", "DT")


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed that a question asks about.

    `verbs` has the stems of the question's verb and its synonyms. `patient` says that the question
    wants the patient, not the agent. `given` has the stems of the rest of the question.
    """

    verbs: frozenset[str]
    patient: bool
    given: frozenset[str]

    def fits(self, sentence: str) -> bool | None:
        """Whether a sentence tells who it was; None if it does not tell of such a deed.

        False if it does, but the one asked for is the one whom the question names.
        """
        if self.verbs.isdisjoint(stem_of(word.lower()) for word in LETTERS.findall(sentence)):
            return None
        (tree,) = parse([split_words(sentence, Span(0, len(sentence)))])
        told = (self._told(tree, verb) for verb in self._verbs(tree))
        found = [each for each in told if each is not None]
        return any(found) if found else None

    def is_of(self, sentence: str, names: frozenset[str]) -> bool:
        """Whether the sentence says that somebody with one of these (stemmed) names did it."""
        if self.verbs.isdisjoint(stem_of(word.lower()) for word in LETTERS.findall(sentence)):
            return False
        (tree,) = parse([split_words(sentence, Span(0, len(sentence)))])
        agents = (_meant(tree, subject_of(tree, verb)) for verb in self._verbs(tree))
        return any(n is not None and not _words(tree, n).isdisjoint(names) for n in agents)

    def _verbs(self, tree: Tree) -> Iterator[int]:
        for n, word in enumerate(tree.words):
            if is_verb(tree, n) and stem_of(word.low) in self.verbs:
                yield n

    def _told(self, tree: Tree, verb: int) -> bool | None:
        agent, patient = _meant(tree, subject_of(tree, verb)), _patient_of(tree, verb)
        wanted, other = (patient, agent) if self.patient else (agent, patient)
        if wanted is None or not tree.tags[wanted].startswith(_FILLERS):
            return None
        if stem(tree.words[wanted].low) in self.given:
            return False
        # The deed has another agent or patient.
        is_named = other is not None and not tree.tags[other].startswith(("PRP", "W"))
        if is_named and other is not None and self.given and not _words(tree, other) & self.given:
            return None
        return True


def read_deed(question: str) -> Deed | None:
    """The deed that a question asks about; None if it asks about none, or about saying."""
    text = question.strip(" ?!.")
    for shape, patient in _SHAPES:
        match = shape.fullmatch(text)
        if match and match["verb"].lower() not in FUNCTION_WORDS | _SPOKE:
            return Deed(_told_by(match["verb"].lower()), patient, stems(match["rest"] or ""))
    return None


def read_own(question: str, asked: str) -> Deed | None:
    """What the wanted speaker did, according to a question; None if they just spoke.

    "What did the judge recommend" is also answered by "the judge recommended", whoever says so.
    """
    after = re.search(rf"{re.escape(asked)}(?:['’]s)? {_ADVERBS}(\w+)", question, re.IGNORECASE)
    verb = after[1].lower() if after else ""
    return (
        None if not verb or verb in FUNCTION_WORDS | _SPOKE else Deed(_told_by(verb), False, _NONE)
    )


def _told_by(verb: str) -> frozenset[str]:
    return frozenset(map(stem_of, (verb, *_OTHERS.get(stem_of(verb), ()))))


def _patient_of(tree: Tree, verb: int) -> int | None:
    """The patient of a verb; None if it has none."""
    roles = ("nsubjpass",) if is_passive(tree, verb) else _OBJECTS
    return _meant(tree, tree.child(verb, *roles))


def _meant(tree: Tree, number: int | None) -> int | None:
    """The antecedent of a relative pronoun; any other word itself."""
    if number is None or tree.words[number].low not in _RELATIVE:
        return number
    found = antecedent(tree, number)
    return number if found is None else found


def _words(tree: Tree, head: int) -> frozenset[str]:
    first, last = phrase(tree, head)
    return stems(" ".join(word.text for word in tree.words[first:last]))
