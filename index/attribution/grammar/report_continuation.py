"""Tells where words go on being reported behind a report in their midst.

"It leaks, she said, and the roof would go next." Words are given by their numbers in the tree.
Knows nothing of names.
"""

from index.attribution.grammar.clauses import (
    has_tense,
    is_finite,
    is_passive,
    is_verb,
    mark_of,
    phrase_head,
    says,
)
from index.attribution.grammar.phrases import Range, phrase
from index.attribution.grammar.word_order import clause_start, leads_up
from index.language.syntax import Tree
from index.language.words import DASH, QUOTES

# Carry a clause of how things are or would be, as it is told by somebody, in the past and now.
_WERE = frozenset("was were had would could might should 'd".split())
_ARE = frozenset("is are has have will can may must 's 'll 've 're".split())
_WOULD = frozenset("would could might should 'd".split())
_HAVING = frozenset("has have 's 've".split())
_JOINING = frozenset("and but".split())
_REASONS = frozenset("because unless".split())
# Words between who says something and the mark behind: "she wrote in a note to clients,".
_NEAR = 8


def around_report(tree: Tree, group: Range) -> tuple[Range, Range] | None:
    """What stands before and behind a clause of saying that both belong to, where that is sure.

    The second goes on as the first began ("would …, and … would"), or holds somebody's own words.
    """
    first, last = group
    start, mark = clause_start(tree, first), first - 1
    while mark > start and tree.words[mark].text in QUOTES:
        mark -= 1
    if mark <= start or tree.words[mark].text != "," or leads_up(tree, start, first):
        return None
    opening = next((k for k in range(start, mark) if is_finite(tree, k)), None)
    tie = _joined_behind(tree, last)
    if opening is None or tie is None or not _goes_on(tree, opening, tie):
        return None
    begins = tie + (tree.words[tie].low in _JOINING)
    return (start, first), (begins, len(tree.words))


def _goes_on(tree: Tree, opening: int, tie: int) -> bool:
    """Whether what stands behind "and" or "because" is told by the same as what stands before."""
    rest = range(tie + 1, len(tree.words))
    finite = [k for k in rest if is_finite(tree, k)]
    if _is_anothers(tree, rest):
        return False
    if tree.words[opening].low in _HAVING and tree.tags[tie + 1] in ("VBN", "VBD"):
        return True  # "She has been there, she said, and heard nothing"
    if not finite or finite[0] == tie + 1:
        return False
    marked = any(tree.words[k].text in QUOTES for k in rest)
    reason = tree.words[tie].low in _REASONS
    return reason or marked or _is_alike(tree, opening, finite)


def parenthesis(tree: Tree, verb: int, group: Range) -> tuple[Range | None, Range | None]:
    """What stands around "…, he said, …" where the tree does not tie the two."""
    end = len(tree.words)
    if mark_of(tree, verb) == "as" and not is_passive(tree, verb):
        group = min(group[0], tree.child(verb, "mark") or 0), group[1]
    before = tree.words[group[0] - 1].low if group[0] else ""
    relative = tree.tags[group[0]] in ("WP", "WDT")  # "…, who complained loudly"
    if before not in (",", DASH) or relative or not has_tense(tree, verb):
        return None, None
    start = clause_start(tree, group[0] - 1)
    told = any(is_verb(tree, k) for k in range(start, group[0]))
    after = group[1]
    if after < end - 2 and tree.words[after].low in (",", DASH):
        goes_on = tree.tags[after + 1] not in ("VBG", "WP", "WDT", "WP$", "CC", "IN", "WRB")
        if goes_on and any(is_finite(tree, k) for k in range(after + 1, end)):
            return (start, group[0]), (after + 1, end)
    return ((start, group[0]) if told and not leads_up(tree, start, group[0]) else None), None


def before_subject(tree: Tree, left: Range | None, subject: int) -> Range | None:
    """What is reported, without who reports it: "It will close, Lee, who lives there, said".

    Nothing where no clause stands before: "When asked, Lee, the mayor, said nothing." Nor where
    no mark parts it: "It began after a nurse, Ann Lee, wrote".
    """
    end, last = phrase(tree, subject)
    # Set off alone, a name tells who is spoken of before it.
    alone = last + 1 < len(tree.words) and is_verb(tree, last + 1)
    alone = alone and tree.words[end - 1].text == tree.words[last].text == ","
    if left is None or not left[0] <= subject < left[1] + 2 * alone:
        return left
    if alone:
        end = phrase(tree, phrase_head(tree, end - 2))[0]
    told = any(is_finite(tree, k) for k in range(left[0], end))
    return (left[0], end) if told and tree.words[end - 1].is_mark else None


def closing(tree: Tree, verb: int, group: Range) -> Range | None:
    """What stands before a clause that ends its sentence: "It was unlawful, a judge found."."""
    first, last = group
    if first < 2 or tree.words[first - 1].low not in (",", DASH) or not has_tense(tree, verb):
        return None
    if is_passive(tree, verb) or tree.tags[first] in ("WP", "WDT", "PRP", "CC"):
        return None
    start = clause_start(tree, first - 1)
    told = any(is_finite(tree, k) for k in range(start, first))
    if not told or leads_up(tree, start, first) or not _only_tells_when(tree, last):
        return None
    return start, first


def is_held(tree: Tree, verb: int, begin: int) -> bool:
    """Whether a clause right behind a verb is what somebody holds: "Lee reckons it leaks"."""
    return begin == verb + 1 and tree.tags[verb] == "VBZ" and not is_finite(tree, begin)


def _only_tells_when(tree: Tree, start: int) -> bool:
    """Whether nothing follows but when, where or to whom it was said."""
    rest = range(start, len(tree.words))
    opens = all(
        tree.tags[k] in ("IN", "RB", "TO") or tree.kinds[k] == "time" or tree.words[k].is_mark
        for k in rest[:1]
    )
    return opens and not any(is_finite(tree, k) or tree.words[k].is_quotation for k in rest)


def _joined_behind(tree: Tree, last: int) -> int | None:
    """The "and" that goes on behind a clause of saying."""
    for comma in range(last, min(len(tree.words) - 1, last + _NEAR)):
        if tree.words[comma].text == ",":
            ties = tree.words[comma + 1].low in _JOINING | _REASONS
            return comma + 1 if ties else None
        if is_finite(tree, comma) or tree.words[comma].is_mark or tree.words[comma].is_quotation:
            return None
    return None


def _is_anothers(tree: Tree, rest: range) -> bool:
    """Whether a second clause reports by itself, or leads up to a quotation."""
    said = any(says(tree, k) for k in rest if tree.tags[k] in ("VBD", "VBZ", "VBP", "VBG"))
    return said or any(tree.words[k].is_quotation for k in rest)


def _is_alike(tree: Tree, opening: int, finite: list[int]) -> bool:
    """Whether a clause goes on as another began, telling how things are or would be."""
    low = tree.words[opening].low
    if low in _WOULD:
        return any(tree.words[k].low in _WOULD for k in finite)
    if low in _ARE and tree.words[finite[0]].low in _WOULD:
        return True
    kind = next((kind for kind in (_WERE, _ARE) if low in kind), frozenset[str]())
    return tree.words[finite[0]].low in kind
