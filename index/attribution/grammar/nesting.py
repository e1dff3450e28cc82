"""Tells, where one report of a sentence stands inside another, whose the words inside are.

"According to the Gazette, Lee told the council that …" is Lee's, and the Gazette passes it on.
Knows nothing of how reports are found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.attribution.grammar.clauses import is_verb, saying
from index.attribution.grammar.phrases import Range
from index.language.syntax import Tree
from index.schema import Modality

_MARKS = frozenset('"“”‘’')


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue, whose it is, and the words reported, all as ranges of words.

    `subject` is the head of the phrase for who speaks, `relayer` that of who passes it on. A bare
    frame has no content of its own: "Ann Lee said." after a quotation. `evidence` is what shows
    that something is reported.
    """

    cue: Range | None
    subject: int | None
    content: tuple[Range, ...]
    evidence: str = ""
    modality: Modality | None = None
    relayer: int | None = None
    nested: bool = False
    # Whether the subject is a text, as in "came the reply": nobody's, unless it is told whose.
    unsigned: bool = False


def resolve_nesting(tree: Tree, found: Sequence[Frame]) -> Iterator[Frame]:
    """The frames of a sentence; of those inside another's words, only the sure ones."""
    found = [
        frame
        for frame in found
        if not (_is_anothers(tree, frame, found) or _is_told_by_verb(tree, frame, found))
    ]
    for frame in found:
        place = frame.cue[0] if frame.cue else 0
        outer = [
            other
            for other in found
            if other is not frame and any(a <= place < b for a, b in other.content)
        ]
        if not outer:
            passed = any(
                _only_passes(tree, frame, inner) or _quotes(tree, frame, inner) for inner in found
            )
            yield replace(frame, modality="relayed") if passed else frame
        elif any(_only_passes(tree, o, frame) or _quotes(tree, o, frame) for o in outer):
            yield replace(frame, relayer=outer[-1].subject)
        elif _is_said_inside(tree, frame):
            relayer = frame.relayer if frame.relayer is not None else outer[-1].subject
            yield replace(frame, nested=True, relayer=relayer)


def _is_anothers(tree: Tree, frame: Frame, found: Sequence[Frame]) -> bool:
    """Whether a quotation that a clause stands beside is what another clause says.

    "Lee was talking of it when Orr told them, “No.”": it has one speaker, by the nearer verb.
    """
    quoted = _only_quotations(tree, frame)
    others = (o for o in found if o.subject not in (None, frame.subject) and reports(tree, o))
    return bool(quoted) and any(
        quoted == _only_quotations(tree, other)
        and (not reports(tree, frame) or _is_left_behind(frame, other, quoted[0]))
        for other in others
    )


def _is_told_by_verb(tree: Tree, frame: Frame, found: Sequence[Frame]) -> bool:
    """Whether what a noun would report is what a verb does: "wrote in her report that".

    Not that of somebody named: "answered Lee's accusations that".
    """
    begin = frame.content[0][0] if frame.content else None
    clauses = (o for o in found if o.evidence == "clause" and o.content)
    named = frame.subject is not None and tree.words[frame.subject].is_name
    return frame.evidence == "noun" and any(
        o.content[0][0] == begin and (not named or o.subject == frame.subject) for o in clauses
    )


def _only_quotations(tree: Tree, frame: Frame) -> list[int]:
    """The whole quotations that a frame reports, where it reports nothing else."""
    inside = [k for a, b in frame.content for k in range(a, b)]
    return inside if all(tree.words[k].is_quotation for k in inside) else []


def reports(tree: Tree, frame: Frame) -> bool:
    """Whether the cue is a verb of saying that takes a clause."""
    known = saying(tree, frame.cue[0]) if frame.cue else None
    return known is not None and known.says and known.takes_clause


def _is_left_behind(frame: Frame, other: Frame, quotation: int) -> bool:
    """Whether another clause stands between a cue and the quotation behind it."""
    if frame.cue is None or other.cue is None:
        return False
    return frame.cue[0] < other.cue[0] < quotation


def _is_said_inside(tree: Tree, frame: Frame) -> bool:
    """Whether a report inside another's is one for sure: of a clause, or of words in marks."""
    if _is_led(tree, frame):
        return False
    loose = frame.evidence in ("object", "infinitive", "noun", "none")
    return _is_sure(tree, frame) and (not loose or bool(_marked(tree, frame)))


def _is_led(tree: Tree, frame: Frame) -> bool:
    """Whether only a colon ties a quotation to a verb: "thought they had played well: “Yes.”"."""
    verb = frame.cue[0] if frame.cue else None
    unknown = verb is not None and saying(tree, verb) is None and bool(frame.content)
    return (
        unknown
        and frame.evidence == "quotation"
        and tree.words[frame.content[0][0] - 1].text == ":"
    )


def _only_passes(tree: Tree, outer: Frame, inner: Frame) -> bool:
    """Whether all that somebody says is what another said: "according to the Post, Lee said"."""
    if inner is outer or not inner.content or inner.cue is None or inner.subject is None:
        return False
    verb = inner.cue[0]
    begin, end = next(((a, b) for a, b in outer.content if a <= verb < b), (0, 0))
    if begin == end or outer.modality or inner.modality or not is_verb(tree, verb):
        return False
    known = saying(tree, outer.cue[0]) if outer.cue else None
    relays = outer.evidence == "according" or (known is not None and known.relays)
    what = tree.words[begin].low == "what" and _is_sure(tree, inner)  # not "what all thought"
    if not relays and not what:
        return False
    above = tree.heads[verb]
    governed = above != verb and begin <= above < end and is_verb(tree, above)
    return not governed and (inner.evidence == "quotation" or _is_sure(tree, inner))


def _quotes(tree: Tree, outer: Frame, inner: Frame) -> bool:
    """Whether all that somebody quotes is what another said: "said Lee had called it “a sham”"."""
    if inner is outer or not inner.content or inner.cue is None or inner.subject is None:
        return False
    verb = inner.cue[0]
    known = saying(tree, verb)
    holds = outer.cue is not None and any(a <= verb < b for a, b in outer.content)
    if not holds or outer.modality or inner.modality or not is_verb(tree, verb):
        return False
    unsure = _is_led(tree, inner) or (known is not None and not known.says)
    marked = _marked(tree, outer)
    named = tree.tags[inner.subject].startswith(("NN", "CD"))
    return bool(marked) and marked == _marked(tree, inner) and named and not unsure


def _marked(tree: Tree, frame: Frame) -> list[int]:
    """The quotation marks, or whole quotations, in what a frame reports; not "the Lees’ house"."""
    inside = (k for a, b in frame.content for k in range(a, b) if tree.tags[k] != "POS")
    return [k for k in inside if tree.words[k].is_quotation or tree.words[k].text in _MARKS]


def _is_sure(tree: Tree, frame: Frame) -> bool:
    """Whether a verb is one of speech wherever it stands."""
    known = saying(tree, frame.cue[0]) if frame.cue else None
    return known is None or known.says
