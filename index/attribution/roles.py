"""Reads the roles that a sentence gives to the people it names: offices, jobs, kinship.

"Emergencies Minister X", "X, the French president,", "the mayor, X,", "X, who is a lawyer".
Knows nothing of whose names they are.
"""

from collections.abc import Iterator, Sequence

from index.attribution.clauses import Range, phrase
from index.language.names import HONORIFICS, is_role
from index.language.syntax import Tree
from index.language.words import ADVERBS, TIMES

_LONGEST = 16
_BEING = frozenset(
    "is was are were be became become becomes remains remained served serves".split()
)
_CALLING = frozenset("named appointed elected made crowned".split())
_LOOSE = ADVERBS | TIMES | {"both", "all", "and", "meanwhile"}


def roles_of(tree: Tree, names: Sequence[tuple[Range, Range]]) -> Iterator[tuple[int, Range]]:
    """Each role with the number of its name; names are given with and without title."""
    for number, (part, name) in enumerate(names):
        heads = [k for k in range(*name) if tree.heads[k] not in range(*name) or tree.heads[k] == k]
        if not heads:
            continue
        head = heads[-1]
        found = (
            _before(tree, part, name, head),
            _above(tree, name, head),
            *_behind(tree, name, head),
        )
        for role in found:
            if role is not None and 0 < role[1] - role[0] <= _LONGEST:
                yield number, role


def _before(tree: Tree, part: Range, name: Range, head: int) -> Range | None:
    """The office right before a name: "Mexico's Foreign Minister Ann Lee"."""
    start = name[0]
    if start and _low(tree, start - 1).rstrip(".") in HONORIFICS:
        return None
    if not start or not (is_role(_low(tree, start - 1)) or part[0] < start):
        return _placed(tree, name, head)
    first = start - 1
    # A role that is its own phrase has its modifiers, else the name's are its own.
    for word in (start - 1, head):
        inside = [k for k in range(phrase(tree, word)[0], start) if k < start]
        if (inside and tree.heads[start - 1] in range(*name)) or word == start - 1:
            first = min([first, *inside])
    ties = [k for k in range(first, start) if tree.roles[k] in ("prep", "cc")]
    if ties and not tree.words[ties[-1] - 1].is_name:
        first = ties[-1] + 1
    while first < start - 1 and (_low(tree, first) in _LOOSE or tree.tags[first].startswith("VB")):
        first += 1
    if tree.tags[start - 1].startswith("VB") or tree.tags[start - 2] == "TO":
        return None
    if first > 1 and _low(tree, first - 1) in ("to", "of") and is_role(_low(tree, first - 2)):
        first = phrase(tree, first - 2)[0]  # "Ambassador to Germany Ann Lee"
    return first, start


def _placed(tree: Tree, name: Range, head: int) -> Range | None:
    """An office with its place before a name: "Ambassador to Germany Ann Lee"."""
    before = phrase(tree, head)[0]
    for word in range(before, name[0]):
        if is_role(_low(tree, word)) and any(tree.roles[c] == "prep" for c in tree.children[word]):
            return before, name[0]
    return None


def _above(tree: Tree, name: Range, head: int) -> Range | None:
    """The office that a name is put beside: "the mayor, Ann Lee"."""
    noun = tree.heads[head]
    if tree.roles[noun] == "pobj" and not is_role(_low(tree, noun)):
        noun = tree.heads[tree.heads[noun]]  # "the mayor of Lyon, Ann Lee"
    if tree.roles[head] != "appos" or not is_role(_low(tree, noun)):
        return None
    first, last = phrase(tree, noun)
    last = min(last, name[0])
    while last > first and tree.words[last - 1].is_mark:
        last -= 1
    return (first, last) if last > noun else None


def _behind(tree: Tree, name: Range, head: int) -> Iterator[Range]:
    """Offices after a name: "Ann Lee, the mayor", "Lee, who is a lawyer", "Lee was mayor"."""
    ties = [c for c in tree.children[head] if c >= name[1] and tree.roles[c] == "prep"]
    places = [k for c in ties for k in tree.children[c] if tree.roles[k] == "pobj"]
    for child in (c for k in (head, *places) for c in tree.children[k]):
        if child < name[1]:
            continue
        if tree.roles[child] == "appos" and is_role(_low(tree, child)):
            yield _full(tree, child)
        elif tree.roles[child] == "relcl" and _low(tree, child) in _BEING:
            yield from _complement(tree, child)
    verb = tree.heads[head]
    if tree.roles[head] in ("nsubj", "nsubjpass") and head < verb:
        yield from _complement(tree, verb)


def _complement(tree: Tree, verb: int) -> Iterator[Range]:
    noun = None
    if _low(tree, verb) in _BEING | _CALLING:
        noun = tree.child(verb, "attr", "oprd")
    ties = [c for c in tree.children[verb] if tree.roles[c] == "prep" and _low(tree, c) == "as"]
    if noun is None and ties:
        noun = tree.child(ties[0], "pobj")
    negated = tree.child(verb, "neg") is not None
    if noun is not None and noun > verb and is_role(_low(tree, noun)) and not negated:
        yield _full(tree, noun)


def _full(tree: Tree, noun: int) -> Range:
    """A role's phrase, to the first comma or relative clause."""
    first, last = phrase(tree, noun)
    for conjoined in range(noun + 1, last):
        if tree.roles[conjoined] == "cc" and tree.heads[conjoined] == noun:
            return first, conjoined
    return first, last


def _low(tree: Tree, number: int) -> str:
    return tree.words[number].low
