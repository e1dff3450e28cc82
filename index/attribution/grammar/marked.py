"""Finds whose a few words in quotation marks are that no clause of saying has for itself.

"Had been told by Lee to “go home”", "whom Lee had introduced as “my reader”". Words are given by
their numbers in the tree. Knows nothing of names.
"""

from collections.abc import Iterator, Sequence

from index.attribution.grammar.clauses import is_passive, is_verb, saying
from index.attribution.grammar.modality import modality_of
from index.attribution.grammar.nesting import Frame
from index.attribution.grammar.order import is_finite
from index.attribution.grammar.phrases import Range
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.voices import may_speak
from index.language.syntax import Tree
from index.language.words import QUOTES

# Words between a verb and the marks that belong to it.
_REACH = 14
# A single word in marks may be a nickname.
_FEWEST = 2


def marked_frames(tree: Tree, found: Sequence[Frame]) -> Iterator[Frame]:
    """The frames of words in marks that none of those found so far has."""
    for first, end in _marked(tree):
        held = any(a < end and first < b for frame in found for a, b in frame.content)
        verb = None if held else _governing(tree, first)
        subject = None if verb is None else subject_of(tree, verb)
        if verb is None or subject is None or not may_speak(tree, subject, surely=False):
            continue
        if first < subject < end:
            continue
        modality = modality_of(tree, verb)
        yield Frame((verb, verb + 1), subject, ((first, end),), "marked", modality, nested=True)


def _marked(tree: Tree) -> Iterator[Range]:
    """The words between two marks of a sentence, marks included."""
    opened: int | None = None
    for number, word in enumerate(tree.words):
        if word.text not in QUOTES or tree.tags[number] == "POS":
            continue
        if opened is None:
            opened = number
        else:
            if number - opened > _FEWEST:
                yield opened, number + 1
            opened = None


def _governing(tree: Tree, mark: int) -> int | None:
    """The verb whose doer says what stands in marks behind it."""
    for verb in range(mark - 1, max(-1, mark - _REACH), -1):
        if tree.words[verb].text in QUOTES or tree.words[verb].text in (":", ";"):
            return None
        if is_verb(tree, verb) and (_is_told_by(tree, verb) or _is_called(tree, verb, mark)):
            return verb
        if is_finite(tree, verb):
            return None
    return None


def _is_told_by(tree: Tree, verb: int) -> bool:
    """Whether somebody was told or accused of something by another: "was told by Lee to"."""
    known = saying(tree, verb)
    said = known is not None and known.strength == "said"
    agent = tree.child(verb, "agent") if said and is_passive(tree, verb) else None
    return agent is not None and agent > verb


def _is_called(tree: Tree, verb: int, mark: int) -> bool:
    """Whether somebody is called something: "whom Lee had introduced as “my reader”"."""
    whom = next((c for c in tree.children[verb] if tree.words[c].low == "whom"), None)
    return whom is not None and whom < verb == mark - 2 and tree.words[mark - 1].low == "as"
