"""Puts a sentence's tree right around names: what belongs to one, and which verb it goes with.

"Stop the Dam says", "“No,” said surfer Ann Lee", "directors Lee and Orr". Words are given by their
numbers in the tree. Knows nothing of what is reported.
"""

from index.attribution.grammar.clauses import (
    BEHIND_VERBS,
    NP,
    SUBJECTS,
    is_finite,
    is_person,
    is_verb,
)
from index.attribution.grammar.phrases import name_end, run_end
from index.attribution.grammar.tree_repair.arcs import columns, rebuilt, verb_tag, with_arcs
from index.attribution.grammar.word_order import PAUSES, behind_pause, last_mark, phrase_after
from index.language.names import is_role
from index.language.syntax import Tree
from index.language.verbs import CUES
from index.language.words import PREPOSITIONS

# Stand in small letters inside a name: "Save the Tram".
_IN_NAMES = frozenset("the a an of our my your their in on for to and".split())
# What depends on a name.
_OF_NAMES = frozenset("relcl appos acl prep compound amod nmod".split())
# Open no noun phrase: "“Build it,” referring to the wall, the Gazette reports".
_NO_OPENING = frozenset("IN TO VBG VBN RB".split())
# How far a quotation goes that opens a sentence, with the comma behind it.
_OPENING = 3
# Words that somebody may be told of in, before a verb of saying.
_LONGEST = 12


def with_names_joined(tree: Tree) -> Tree:
    """A tree in which names belong together, as far as the order of words tells."""
    for repair in (
        _named_by_clause,
        _unhelped,
        _told_past_aside,
        _told_by_trade,
        _told_before,
        _told_behind,
        _titled,
        _beside_one,
        _past_opening,
    ):
        tree = repair(tree)
    return tree


def _beside_one(tree: Tree) -> Tree:
    """A tree in which a name is put beside one, not several: "One of them, Ann Lee,".

    Nor is it that of the family in "the family of the driver, Ann Lee, said".
    """
    for name, role in enumerate(tree.roles):
        above = tree.heads[name]
        if role != "appos" or not tree.words[name].is_name or above > name:
            continue
        one = tree.heads[tree.heads[above]]
        several = tree.tags[above] == "PRP" or tree.words[one].low == "one"
        if several and tree.roles[above] == "pobj" and one < above:
            tree = with_arcs(tree, (name, one, "appos", tree.tags[name]))
        elif tree.kinds[name] == "person" and _are_several(tree, above):
            last = next((c for c in range(name - 1, above, -1) if tree.roles[c] == "pobj"), above)
            single = tree.tags[last] == "NN" and tree.words[last + 1].text == ","
            joined = any(tree.roles[c] == "conj" for c in tree.children[name])
            if single and not joined:
                tree = with_arcs(tree, (name, last, "appos", tree.tags[name]))
    return tree


def _are_several(tree: Tree, noun: int) -> bool:
    return tree.tags[noun] == "NNS" or tree.words[noun].low == "family"


def _told_before(tree: Tree) -> Tree:
    """A tree in which who stands between a quotation and a verb of saying says it.

    "“No,” Lee recalled in his book", "“No,” head keeper Ann Lee said", "“No,” the guard, 37, says".
    """
    for quotation, word in enumerate(tree.words[:-2]):
        start = behind_pause(tree, quotation) if word.is_quotation else None
        found = None if start is None else _teller_behind_quotation(tree, start)
        if start is None or found is None:
            continue
        teller, verb = found
        inner = (k for k in range(start, verb) if k != teller)
        loose = [k for k in inner if k < teller or not start <= tree.heads[k] < verb]
        own = ((k, teller, "compound", tree.tags[k]) for k in loose)
        tag = verb_tag(tree.words[verb])
        said = (quotation, verb, "ccomp", tree.tags[quotation])
        root = (verb, verb, "ROOT", tag)
        noun = "NNP" if tree.words[teller].is_name else tree.tags[teller]
        tree = with_arcs(tree, root, *own, said, (teller, verb, "nsubj", noun))
    return tree


def _teller_behind_quotation(tree: Tree, start: int) -> tuple[int, int] | None:
    """A noun phrase's noun and the verb of saying behind it that the tree does not give it."""
    noun, closed = -1, False
    for number in range(start, min(start + _LONGEST, len(tree.words) - 1)):
        word = tree.words[number]
        cue = CUES.get(word.low)
        told = cue is not None and cue.form in ("past", "s") and word.text.islower()
        if told and noun >= 0 and cue is not None:
            opens = start < _OPENING
            named = noun == number - 1 and tree.words[noun].is_name
            said = cue.verb.says or named or tree.words[number + 1].is_mark
            sure = said and (opens or tree.heads[noun] == number)
            known = any(tree.roles[c] in SUBJECTS for c in tree.children[number])
            return (noun, number) if sure and cue.verb.takes_clause and not known else None
        breaks = word.is_quotation or (word.is_mark and word.text != ",")
        breaks = breaks or (noun < 0 and tree.tags[number] in _NO_OPENING and not word.is_name)
        if breaks or tree.tags[number] in ("CC", "WP", "WDT", "WRB") or is_finite(tree, number):
            return None
        if tree.tags[number] == "POS":
            noun, closed = -1, False  # "Lee's spokesman"
            continue
        is_noun = word.is_name or tree.tags[number].startswith("NN")
        if not closed and is_noun and tree.kinds[number] != "time":
            noun = number
        closed = closed or (noun >= 0 and noun != number)
    return None


def _past_opening(tree: Tree) -> Tree:
    """A tree in which where something is said says nothing: "Outside court, Lee's lawyer said".

    The tree takes who speaks for one more place.
    """
    if not tree.words or tree.words[0].low not in PREPOSITIONS | {"according"}:
        return tree
    comma = next((k for k, word in enumerate(tree.words) if word.text == ","), 0)
    verb = tree.root or 0
    opening = range(comma)
    if not 1 < comma < verb or any(
        is_finite(tree, k) or tree.words[k].is_quotation for k in opening
    ):
        return tree
    own = [c for c in tree.children[verb] if tree.roles[c] in SUBJECTS]
    if not is_verb(tree, verb) or any(comma < c < verb for c in own):
        return tree
    among = (k for k in range(comma + 1, verb) if tree.heads[k] in opening)
    noun = next((k for k in among if tree.tags[k].startswith("NN")), 0)
    someone = noun and is_person(tree, noun)
    if not someone or not (tree.words[noun + 1].text == "," or is_finite(tree, noun + 1)):
        return tree
    places = [(c, verb, "npadvmod", tree.tags[c]) for c in own if c in opening]
    return with_arcs(tree, (noun, verb, "nsubj", tree.tags[noun]), *places)


def _told_behind(tree: Tree) -> Tree:
    """A tree in which who is named behind a verb of saying says it: "…, explained Lee, “no”"."""
    for verb in range(1, len(tree.words) - 1):
        cue = CUES.get(tree.words[verb].low)
        if cue is None or not cue.verb.says or cue.form not in ("past", "s"):
            continue
        if cue.verb.takes_person or not cue.verb.takes_clause:
            continue
        before, last = tree.words[verb - 1], phrase_after(tree, verb)
        if last is None or not (before.is_quotation or before.is_mark):
            continue
        after = tree.words[last + 1] if last + 1 < len(tree.words) else None
        ends = after is None or after.is_mark or after.low == "who"
        someone = is_person(tree, last)
        loose = tree.heads[last] == verb and tree.roles[last] in BEHIND_VERBS
        if ends and someone and loose and tree.child(verb, "nsubj", "nsubjpass") is None:
            tree = with_arcs(tree, (last, verb, "nsubj", tree.tags[last]))
    return tree


def _told_past_aside(tree: Tree) -> Tree:
    """A tree in which a quotation goes with the verb behind an aside: "“No,” Lee, who ran, shot".

    The tree takes such a verb for one more clause of the aside.
    """
    for quotation in range(len(tree.words) - 4):
        word = tree.words[quotation]
        if not word.is_quotation or last_mark(word) not in PAUSES:
            continue
        last = run_end(tree.tags, quotation + 1, NP)
        name, verb = last - 1, _behind_aside(tree, last)
        someone = is_person(tree, name)
        if name > quotation and someone and verb is not None and tree.heads[verb] != verb:
            said = (quotation, verb, "ccomp", tree.tags[quotation])
            acting = (name, verb, "nsubj", tree.tags[name])
            tree = with_arcs(tree, (verb, verb, "ROOT", "VBD"), said, acting)
    return tree


def _behind_aside(tree: Tree, comma: int) -> int | None:
    """The verb that stands behind what two commas set off; the first opens it."""
    if comma >= len(tree.words) or tree.words[comma].text != ",":
        return None
    clause = tree.tags[comma + 1 : comma + 2] in (["WP"], ["WP$"])
    for k in range(comma + 1, len(tree.words) - 1):
        if tree.words[k].is_quotation:
            return None
        told = not clause or any(is_finite(tree, inner) for inner in range(comma + 1, k))
        acts = tree.tags[k + 1] in ("VBD", "VBZ", "VBN")
        if tree.words[k].text == "," and told and acts:
            return k + 1
    return None


def _told_by_trade(tree: Tree) -> Tree:
    """A tree in which any trade goes with the name behind it: "“No,” said surfer Ann Lee"."""
    for verb in range(1, len(tree.words) - 2):
        cue = CUES.get(tree.words[verb].low)
        told = cue is not None and cue.verb.says and cue.form in ("past", "s")
        before = tree.words[verb - 1]
        if not told or not (before.is_quotation or before.is_mark):
            continue
        name = verb + 1
        while name < len(tree.words) and _may_be_trade(tree, name):
            name += 1
        last = name_end(tree, name + 1) - 1
        goes_on = last + 1 < len(tree.words) and is_finite(tree, last + 1)
        if verb + 1 < name < last and tree.kinds[last] == "person" and not goes_on:
            tree = _with_trade(tree, verb, name, last)
    return tree


def _may_be_trade(tree: Tree, number: int) -> bool:
    """Whether a word in small letters may be part of what somebody is."""
    open_class = tree.tags[number].startswith(("NN", "JJ", "VB", "HYPH"))
    return open_class and tree.words[number].text.islower() and not tree.kinds[number]


def _with_trade(tree: Tree, verb: int, name: int, last: int) -> Tree:
    """A tree in which the words up to a name belong to it, and the name to the verb before."""
    heads, roles, tags = columns(tree)
    trade = range(verb + 1, name)
    if heads[verb] in range(verb + 1, last + 1):
        above = next((tree.heads[k] for k in trade if tree.heads[k] not in trade), verb)
        heads[verb] = above if above < verb else verb
        roles[verb] = roles[verb] if above < verb else "ROOT"
    for k, head in enumerate(tree.heads):
        if head in trade and k not in trade:
            heads[k] = last if k > verb and tree.roles[k] in _OF_NAMES else verb
    for k in range(verb + 1, last):
        heads[k], roles[k] = last, "compound"
        tags[k] = "NN" if tree.tags[k].startswith("VB") else tree.tags[k]
    heads[last], roles[last] = verb, "nsubj"
    return rebuilt(tree, heads, roles, tags)


def _unhelped(tree: Tree) -> Tree:
    """A tree in which a first name is no helper or preposition: "Ann Lee and Will Orr said"."""
    for k in range(len(tree.words) - 1):
        word, after = tree.words[k : k + 2]
        if tree.tags[k] not in ("MD", "IN") or not (word.is_name and after.is_name):
            continue
        before = tree.words[k - 1] if k else None
        inside = before is not None and not (before.is_name or before.is_quotation)
        inside = inside and (before is None or not before.is_mark or before.text == ",")
        free = tree.heads[k] != k and not [c for c in tree.children[k] if c != k + 1]
        if free and (inside or tree.roles[k] == "compound"):
            tree = _with_first_name(tree, k)
    return tree


def _with_first_name(tree: Tree, first: int) -> Tree:
    """A tree in which a word is the first name of the one behind it."""
    name = first + 1
    while tree.roles[name] == "compound" and first < tree.heads[name] < len(tree.words):
        name = tree.heads[name]
    part = (first, name, "compound", "NNP")
    if tree.heads[name] == first:
        return with_arcs(tree, part, (name, tree.heads[first], "appos", tree.tags[name]))
    return with_arcs(tree, part)


def _titled(tree: Tree) -> Tree:
    """A tree in which what somebody is goes with the name behind: "said directors Lee and Orr"."""
    for noun in range(len(tree.words) - 1):
        low = tree.words[noun].low
        is_title = tree.words[noun].text.islower() and tree.tags[noun] in ("NN", "NNS")
        if not (is_title and tree.words[noun + 1].is_name and is_role(low.removesuffix("s"))):
            continue
        end = name_end(tree, noun + 1)
        name = next((k for k in range(noun + 1, end) if tree.roles[k] in BEHIND_VERBS), None)
        if name is not None and tree.heads[name] in (noun, tree.heads[noun]):
            tree = _tied(tree, noun, name)
    return tree


def _tied(tree: Tree, noun: int, name: int) -> Tree:
    """A tree in which a name stands where the noun before it stood, which belongs to it."""
    if tree.heads[noun] == noun or tree.kinds[name] not in ("person", "body"):
        return tree
    rest = ((k, name, tree.roles[k], tree.tags[k]) for k in tree.children[noun])
    own = (name, tree.heads[noun], tree.roles[noun], tree.tags[name])
    return with_arcs(tree, *rest, own, (noun, name, "compound", tree.tags[noun]))


def _named_by_clause(tree: Tree) -> Tree:
    """A tree in which a name that is a clause opens it as a subject: "Stop the Dam says"."""
    verb = 0
    while verb < len(tree.words) and (
        tree.words[verb].is_name or (tree.words[verb].low in _IN_NAMES and verb)
    ):
        verb += 1
    last = verb - 1
    acts = any(tree.tags[k] in ("VB", "VBP", "MD") for k in range(verb))
    named = acts and last > 0 and tree.words[last].is_name
    if not named or verb >= len(tree.words) or tree.tags[verb] not in ("VBD", "VBZ", "VBN"):
        return tree
    heads, roles, tags = columns(tree)
    for k, head in enumerate(tree.heads):
        if k < last:
            heads[k], roles[k], tags[k] = last, "compound", "NNP"
        elif k > verb and head < verb:
            heads[k] = verb
    heads[last], roles[last], tags[last] = verb, "nsubj", "NNP"
    tags[verb] = "VBD" if tags[verb] == "VBN" else tags[verb]
    if heads[verb] < verb:
        heads[verb], roles[verb] = verb, "ROOT"
    return rebuilt(tree, heads, roles, tags)
