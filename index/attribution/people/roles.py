"""Reads the roles that a sentence gives to the people it names: offices, jobs, kinship.

"Emergencies Minister X", "X, the French president,", "the mayor, X,", "X, who is a lawyer".
Knows nothing of whose names they are.
"""

from collections.abc import Iterator, Sequence

from index.attribution.grammar.phrases import Range, phrase, run_end, run_start
from index.language.names import BODY_KINDS, BODY_NOUNS, GENDERED, HONORIFICS, is_role
from index.language.offices import PARTY_TAG, RANKS
from index.language.syntax import Tree
from index.language.word_lists import word_set
from index.language.words import ADVERBS, TIMES

_LONGEST = 16
_TAG = 6  # words, stops counted: "D-W", ".", "Va", "."
# What actors do, and whom they are then.
_CHARACTERS = frozenset("character role part persona superhero villain alias".split())
_STARRING = frozenset("star stars starred starring cast casting typecast".split())
_PLAYING = word_set("playing")
_BEING = frozenset(
    "is was are were be became become becomes remains remained served serves".split()
)
_CALLING = frozenset("named appointed elected made crowned".split())
# Tell the name of whoever has just been told of: "a plumber called Ann Lee".
CALLED = frozenset("known called named nicknamed dubbed identified introduced".split())
# Set whom they describe apart from the bare role: the mayor is not the deputy mayor.
QUALIFIERS = word_set("qualifiers")
# What a description before or behind a name is made of, besides its noun.
_DESCRIBING = ("DT", "PRP$", "JJ", "NN", "NNS", "NNP", "POS", "VBN", "VBG", "CD", "HYPH")
# "Dr. Ann Lee" tells no office, "Gov. Ann Lee" does.
_ADDRESSES = HONORIFICS.keys() - RANKS.keys()
_OF = frozenset("of from at with".split())  # before the body that somebody is of
_BODIES = BODY_NOUNS | BODY_KINDS.keys()
_LOOSE = ADVERBS | TIMES | {"both", "all", "and", "meanwhile"}


def roles_of(tree: Tree, names: Sequence[tuple[Range, Range]]) -> Iterator[tuple[int, Range]]:
    """Each role with the number of its name; names are given with and without title."""
    for number, (part, name) in enumerate(names):
        heads = [k for k in range(*name) if tree.heads[k] not in range(*name) or tree.heads[k] == k]
        if not heads:
            continue
        head = heads[-1]
        behind: list[Range | None] = [*_behind(tree, name, head)]
        found = (
            _before(tree, part, name, head),
            _above(tree, name, head) or _set_before(tree, name),
            *(behind or [_set_behind(tree, name)]),
            _party(tree, name[1]),
            _called(tree, name),
            _of_body(tree, name, head),
        )
        for role in found:
            if role is None or not 0 < role[1] - role[0] <= _LONGEST:
                continue
            if _low(tree, role[0]) not in ("whose", "and"):
                yield number, role


def is_played(tree: Tree, name: Range, *, on_screen: bool) -> bool:
    """Whether a name is that of a character: "the part of Ann Lee", "stars as Ann Lee".

    Where an article is `on_screen`, of films and plays, whom somebody plays is one, too.
    """
    head = name[1] - 1
    above, role = tree.heads[head], tree.roles[head]
    if _low(tree, name[0] - 1) in _CHARACTERS and name[0]:
        return True
    if role == "pobj":
        tie = _low(tree, above)
        noun = _low(tree, tree.heads[above])
        starred = tie == "as" and (noun in _STARRING or (on_screen and noun == "known"))
        return starred or (tie in ("of", "as") and noun in _CHARACTERS)
    if role == "appos":
        return _low(tree, above) in _CHARACTERS
    return role == "dobj" and on_screen and _low(tree, above) in _PLAYING


def descriptions(tree: Tree, name: Range) -> Iterator[str]:
    """Nouns that are put beside a name, offices or not: "farmer Ann Lee", "the farmer, Ann Lee"."""
    before, behind = _beside(tree, name)
    for part in (before, behind):
        if part is not None and not _is_of_role(tree, part[0]):
            yield _low(tree, part[1] - 1)
    first = name[0] - 1
    if first >= 0 and tree.tags[first] == "NN" and tree.words[first].text.islower():
        yield _low(tree, first)
    if (noun := called_noun(tree, name)) is not None:
        yield _low(tree, noun)


def called_noun(tree: Tree, name: Range) -> int | None:
    """Who is told to have a name: the woman of "a woman, who was identified as Ann Lee,"."""
    verb = _before_addresses(tree, name[0]) - 1
    if verb > 0 and _low(tree, verb) == "as":
        verb = run_start(tree.tags, verb, ("RB",)) - 1
    if verb < 1 or _low(tree, verb) not in CALLED or tree.tags[verb] != "VBN":
        return None
    told = tree.roles[verb] == "acl" or tree.child(verb, "auxpass") is not None
    noun = tree.heads[verb] if told and tree.roles[verb] in ("acl", "relcl") else None
    before = run_start(tree.tags, verb, ("RB",)) - 1
    if noun is None and before > 0 and _low(tree, before) == ",":
        noun = before - 1  # "Her father, also called Bo, said", as the tree may misread it
    return noun if noun is not None and noun < verb and tree.tags[noun] == "NN" else None


def _called(tree: Tree, name: Range) -> Range | None:
    """The office of who is told to have a name: "a retired pharmacist called Bo"."""
    noun = called_noun(tree, name)
    office = noun is not None and is_role(_low(tree, noun)) and _low(tree, noun) not in GENDERED
    return phrase(tree, noun) if noun is not None and office else None


def _is_of_role(tree: Tree, first: int) -> bool:
    """Whether a phrase only completes a role: the union of "a member of the union, Ann Lee"."""
    tie = first - 1
    while tie > 0 and tree.tags[tie] in ("IN", "TO"):
        noun = tie - 1
        if is_role(_low(tree, noun)):
            return True
        while noun > 0 and tree.tags[noun] in _DESCRIBING:  # "head of policy at the union"
            noun -= 1
        tie = noun
    return False


def _beside(tree: Tree, name: Range) -> tuple[Range | None, Range | None]:
    """The noun phrases that a comma parts from a name: "the mayor, Ann Lee, a lawyer,"."""
    # Not of "the chief, Lee said,".
    ended = name[1] >= len(tree.words) or tree.words[name[1]].is_mark
    ended = ended or tree.tags[name[1]] in ("CC", "IN", "WP", "WP$")
    first = name[0]
    while first and _low(tree, first - 1).rstrip(".") in HONORIFICS:
        first -= 1
    before = _phrase_before(tree, first - 1) if ended else None
    return before, _phrase_behind(tree, name[1])


def _phrase_before(tree: Tree, comma: int) -> Range | None:
    if comma < 1 or _low(tree, comma) != "," or not tree.tags[comma - 1].startswith("NN"):
        return None
    first = comma - 1
    while first and tree.tags[first - 1] in _DESCRIBING and tree.tags[first] not in ("DT", "PRP$"):
        first -= 1
    owned = tree.tags[first] in ("DT", "PRP$") or "POS" in tree.tags[first:comma]
    is_person = any(tree.kinds[k] == "person" for k in range(comma - 1, first, -1)[:2])
    return (first, comma) if owned and not is_person else None


def _phrase_behind(tree: Tree, comma: int) -> Range | None:
    if comma + 1 >= len(tree.words) or _low(tree, comma) != ",":
        return None
    last = run_end(tree.tags, comma + 1, _DESCRIBING)
    closed = last >= len(tree.words) or tree.words[last].is_mark or tree.tags[last] in (
        "IN", "CC", "WP", "WDT",
    )  # fmt: skip
    noun = tree.tags[last - 1] == "NN" or is_role(_low(tree, last - 1))  # "Lee, the mechanic,"
    is_noun = last > comma + 1 and noun and not tree.kinds[last - 1]
    return (comma + 1, last) if closed and is_noun else None


def _set_before(tree: Tree, name: Range) -> Range | None:
    """An office that a comma parts from the name behind it, where the tree does not tie them."""
    part = _beside(tree, name)[0]
    return part if part is not None and is_role(_low(tree, part[1] - 1)) else None


def _set_behind(tree: Tree, name: Range) -> Range | None:
    """An office that a comma parts from the name before it, with what "of" ties to it."""
    part = _beside(tree, name)[1]
    if part is None or not is_role(_low(tree, part[1] - 1)):
        return None
    return part[0], max(part[1], phrase(tree, part[1] - 1)[1])


def _party(tree: Tree, mark: int) -> Range | None:
    """Party and place behind a name: "Sen. Ann Lee, R-Ohio,", "Sen. Ann Lee (D-W.Va.)"."""
    if mark >= len(tree.words) or _low(tree, mark) not in (",", "("):
        return None
    text = ""
    for last in range(mark + 1, min(mark + 1 + _TAG, len(tree.words))):
        word = tree.words[last].text
        if word in (",", ")"):
            break
        text += word
    else:
        last = len(tree.words) - (tree.words[-1].text == ".")  # the sentence's own
    return (mark + 1, last) if PARTY_TAG.fullmatch(text) else None


def _of_body(tree: Tree, name: Range, head: int) -> Range | None:
    """The body that somebody is of: "Inspector Ann Lee, of Lisle Police,".

    What is one word may be no name: "Master of the College".
    """
    for tie in tree.children[head] if name[1] - name[0] > 1 else ():
        if tie < name[1] or tree.roles[tie] != "prep" or _low(tree, tie) not in _OF:
            continue
        noun = tree.child(tie, "pobj")
        if noun is not None and (tree.kinds[noun] == "body" or _low(tree, noun) in _BODIES):
            return tie, phrase(tree, noun)[1]
    return None


def _before(tree: Tree, part: Range, name: Range, head: int) -> Range | None:
    """The office right before a name: "Mexico's Foreign Minister Ann Lee", "Mayor Dr. Ann Lee"."""
    start = _before_addresses(tree, name[0])
    if start < name[0] and not (start and is_role(_low(tree, start - 1))):
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
    while first < start - 1 and _low(tree, first) not in QUALIFIERS:
        if _low(tree, first) not in _LOOSE and not tree.tags[first].startswith(("VB", "WRB")):
            break
        first += 1
    whole = "-" in _low(tree, start - 1)  # "to president-elect Ann Lee" is no infinitive
    if not whole and (tree.tags[start - 1].startswith("VB") or tree.tags[start - 2] == "TO"):
        return None
    placed = _low(tree, start - 1).rstrip(".") not in RANKS  # not of "an aide to Sen. Ann Lee"
    placed = placed and first > 1 and _low(tree, first - 1) in ("to", "of")
    if placed and is_role(_low(tree, first - 2)):
        first = phrase(tree, first - 2)[0]  # "Ambassador to Germany Ann Lee"
    return first, start


def _before_addresses(tree: Tree, start: int) -> int:
    while start and _low(tree, start - 1).rstrip(".") in _ADDRESSES:
        start -= 1
    return start


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
    if noun is None and _low(tree, verb) in _CALLING:
        noun = run_end(tree.tags, verb + 1, _DESCRIBING) - 1
    negated = tree.child(verb, "neg") is not None
    if noun is not None and noun > verb and is_role(_low(tree, noun)) and not negated:
        yield _full(tree, noun)


def _full(tree: Tree, noun: int) -> Range:
    """A role's phrase, to the first comma or relative clause."""
    first, last = phrase(tree, noun)
    while first and _low(tree, first - 1) in QUALIFIERS:
        first -= 1
    for conjoined in range(noun + 1, last):
        if tree.roles[conjoined] == "cc" and tree.heads[conjoined] == noun:
            return first, conjoined
    return first, last


def _low(tree: Tree, number: int) -> str:
    return tree.words[number].low
