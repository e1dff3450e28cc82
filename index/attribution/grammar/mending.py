"""Puts a sentence's tree right where the order of words is surer than the tree.

"“No,” growled Lee.", "The indictment alleges that …", "The plan is dead, the Gazette reports.".
Words are given by their numbers in the tree. Knows nothing of names.
"""

from dataclasses import replace

from index.attribution.grammar.clauses import NOMINAL, is_verb, phrase_head
from index.attribution.grammar.order import (
    NP,
    PAUSES,
    behind_pause,
    clause_start,
    is_finite,
    last_mark,
    leads_up,
    past_particle,
    phrase_after,
)
from index.language.names import is_role
from index.language.syntax import Tree, children_of
from index.language.verbs import CUES
from index.language.words import DASH, QUOTES

_OWNED = frozenset("the a an his her their its".split())
# Tie a noun to the one that says something: "the head of the board said".
_TIES = frozenset("of for at from".split())
# Stand in small letters inside a name: "Save the Tram".
_IN_NAMES = frozenset("the a an of our my your their in on for to and".split())
# What depends on the verb in "the Tribune has first reported", and not on its subject.
_OF_VERBS = frozenset("aux advmod neg punct nsubj".split())
# What depends on a name.
_OF_NAMES = frozenset("relcl appos acl prep compound amod nmod".split())
# Begin where, when and how something was said.
_CIRCUMSTANCES = frozenset("in on at to during by from after before via through with".split())
# How a name is tied to a verb or to the noun before it where the tree takes the two for two.
_LOOSE = frozenset("nsubj nsubjpass dobj dep attr oprd npadvmod".split())
# Report at the end of a sentence, though elsewhere they may be no speech: "…, records show".
_TELLING = frozenset("show recall indicate".split())


def mended(tree: Tree) -> Tree:
    """A tree that takes the word beside a quotation and a name for the verb that it is."""
    tree = _as_reported(tree)
    tags = list(tree.tags)
    for number in range(1, len(tags) - 1):
        word, after = tree.words[number], tree.words[number + 1]
        if _acts_behind_quotation(tree, number):
            tags[number] = "VBZ" if word.low.endswith("s") else "VBD"
        if word.low not in CUES or tags[number].startswith("VB") or not word.text.islower():
            continue
        titled = is_role(after.low)  # "“No,” counters virologist Lee."
        acts = tags[number + 1].startswith("VB") and not titled
        if tags[number - 1] in ("DT", "PRP$") or acts:
            continue  # "the judge observed"
        leads = number + 2 < len(tags) and after.text == ":" and tree.words[number + 2].is_quotation
        if leads and tree.words[number - 1].text == ",":
            tags[number] = "VBZ" if word.low.endswith("s") else "VBD"
            continue  # "The letter, signed by Lee, states: “…”"
        noun = tags[number] in ("NN", "NNS") and tags[number - 1] == "NN"
        noun = noun and number + 2 < len(tags) and not tags[number + 2].startswith(("VB", "MD"))
        said = noun and CUES[word.low].verb.strength == "said" and after.low == "that"
        if said and tree.heads[number - 1] == number and _opens_clause(tree, number - 1):
            # "The indictment alleges that": its subject is taken for a part of its name.
            return mended(_parted(tree, number))
        first = number
        while first and (tree.words[first - 1].is_name or tree.tags[first - 1] in ("NN", "DT")):
            first -= 1
        behind = first and tree.words[first - 1].is_quotation
        named = after.is_name or after.low in _OWNED or titled or first != number
        if behind and named:
            if titled and after.text.islower():
                tags[number + 1] = "NN"
            tags[number] = "VBZ" if word.low.endswith("s") else "VBD"
    return _told_last(tree if tags == tree.tags else replace(tree, tags=tags))


def _acts_behind_quotation(tree: Tree, number: int) -> bool:
    """Whether a word that no list has is the verb between a quotation and a name behind it.

    "“No,” sums up Ann Lee": nothing else stands there in small letters and ends like a verb.
    """
    first = number - 1 if tree.words[number - 1].is_quotation else number - 2
    if first < 0 or not tree.words[first].is_quotation:
        return False
    word, name = tree.words[number], past_particle(tree, number)
    if tree.tags[number - 1] == "PRP" and word.low in CUES:
        return True  # "“No,” she whispers."
    if not word.text.islower() or not word.low.endswith(("s", "ed")) or name >= len(tree.words):
        return False
    behind = behind_pause(tree, first) == number and not is_verb(tree, number)
    return behind and tree.kinds[name] == "person" and tree.words[name].is_name


def _as_reported(tree: Tree) -> Tree:
    """A tree that reads "as the Gazette reports, the pier is closed" with a verb, not a noun."""
    for verb in range(2, len(tree.words) - 2):
        cue = CUES.get(tree.words[verb].low)
        told = cue is not None and cue.form == "s" and cue.verb.takes_clause
        if not told or tree.tags[verb] != "NNS" or tree.words[verb + 1].text != ",":
            continue
        first = verb
        while first and tree.words[first - 1].is_name and tree.kinds[first - 1] != "time":
            first -= 1
        first -= bool(first < verb and first and tree.words[first - 1].low == "the")
        mark = first - 1
        opens = mark == 0 or (mark > 0 and tree.words[mark - 1].is_mark)
        if first < verb and opens and tree.words[mark].low == "as":
            tree = _with_clause(_parted(tree, verb), mark, verb)
    return tree


def _with_clause(tree: Tree, mark: int, verb: int) -> Tree:
    """A tree in which a verb has a clause of its own, which a word opens."""
    heads, roles = list(tree.heads), list(tree.roles)
    if heads[verb] == mark:
        heads[verb] = tree.heads[mark]
    if heads[verb] in (mark, verb):
        return tree
    heads[mark], heads[verb - 1] = verb, verb
    roles[mark], roles[verb] = "mark", "advcl"
    return replace(tree, heads=heads, roles=roles, children=children_of(heads))


def _opens_clause(tree: Tree, noun: int) -> bool:
    """Whether a noun phrase opens a clause: not "in her opening remarks"."""
    while noun and tree.tags[noun - 1] in NP:
        noun -= 1
    return not noun or tree.words[noun - 1].is_mark or tree.tags[noun - 1] == "CC"


def _parted(tree: Tree, verb: int) -> Tree:
    """A tree in which a word is the verb of the noun before it."""
    tags, heads, roles = list(tree.tags), list(tree.heads), list(tree.roles)
    children = [list(below) for below in tree.children]
    tags[verb] = "VBZ" if tree.words[verb].low.endswith("s") else "VBD"
    for child in [c for c in children[verb] if c < verb - 1]:
        heads[child] = verb - 1
        children[verb].remove(child)
        children[verb - 1] = sorted([*children[verb - 1], child])
    roles[verb - 1] = "nsubj"
    return replace(tree, tags=tags, heads=heads, roles=roles, children=children)


def with_names_joined(tree: Tree) -> Tree:
    """A tree in which names belong together, as far as the order of words tells."""
    tree = _unhelped(_named_by_clause(tree))
    for word in range(1, len(tree.words) - 2):
        before = word - 1
        while before and tree.tags[before] in ("NN", "JJ"):
            before -= 1
        opens = tree.tags[before] in ("WDT", "WP", "IN", "WRB")
        if opens and tree.tags[word] in ("VB", "VBP", "NN"):
            tree = _untaken(tree, word)
    return _titled(_told_behind(_told_by_trade(_told_past_aside(tree))))


def _told_behind(tree: Tree) -> Tree:
    """A tree in which who is named behind a verb of saying says it: "…, explained Lee, “no”"."""
    for verb in range(1, len(tree.words) - 1):
        cue = CUES.get(tree.words[verb].low)
        if cue is None or cue.verb.strength != "said" or cue.form not in ("past", "s"):
            continue
        if cue.verb.takes_person or not cue.verb.takes_clause:
            continue
        before, last = tree.words[verb - 1], phrase_after(tree, verb)
        if last is None or not (before.is_quotation or before.is_mark):
            continue
        after = tree.words[last + 1] if last + 1 < len(tree.words) else None
        ends = after is None or after.is_mark or after.low == "who"
        someone = tree.kinds[last] == "person" or is_role(tree.words[last].low)
        loose = tree.heads[last] == verb and tree.roles[last] in _LOOSE
        if ends and someone and loose and tree.child(verb, "nsubj", "nsubjpass") is None:
            roles = list(tree.roles)
            roles[last] = "nsubj"
            tree = replace(tree, roles=roles)
    return tree


def _told_past_aside(tree: Tree) -> Tree:
    """A tree in which a quotation goes with the verb behind an aside: "“No,” Lee, who ran, shot".

    The tree takes such a verb for one more clause of the aside.
    """
    for quotation in range(len(tree.words) - 4):
        word = tree.words[quotation]
        if not word.is_quotation or last_mark(word) not in PAUSES:
            continue
        last = quotation + 1
        while last < len(tree.words) and tree.tags[last] in NP:
            last += 1
        name, verb = last - 1, _behind_aside(tree, last)
        someone = tree.kinds[name] == "person" or is_role(tree.words[name].low)
        if name > quotation and someone and verb is not None and tree.heads[verb] != verb:
            heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
            heads[verb], roles[verb], tags[verb] = verb, "ROOT", "VBD"
            heads[quotation], roles[quotation] = verb, "ccomp"
            heads[name], roles[name] = verb, "nsubj"
            tree = replace(tree, heads=heads, roles=roles, tags=tags, children=children_of(heads))
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
        told = cue is not None and cue.verb.strength == "said" and cue.form in ("past", "s")
        before = tree.words[verb - 1]
        if not told or not (before.is_quotation or before.is_mark):
            continue
        name = verb + 1
        while name < len(tree.words) and _may_be_trade(tree, name):
            name += 1
        last = name
        while last + 1 < len(tree.words) and tree.words[last + 1].is_name:
            last += 1
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
    heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
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
    if _governs_itself(verb, heads):
        return tree
    return replace(tree, heads=heads, roles=roles, tags=tags, children=children_of(heads))


def _governs_itself(word: int, heads: list[int]) -> bool:
    """Whether the heads lead from a word back to it, and not to a root."""
    above = word
    while heads[above] not in (above, word):
        above = heads[above]
    return heads[above] != above


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
    heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
    name = first + 1
    while tree.roles[name] == "compound" and first < tree.heads[name] < len(tree.words):
        name = tree.heads[name]
    if heads[name] == first:
        heads[name], roles[name] = heads[first], "appos"
    heads[first], roles[first], tags[first] = name, "compound", "NNP"
    return replace(tree, heads=heads, roles=roles, tags=tags, children=children_of(heads))


def _untaken(tree: Tree, title: int) -> Tree:
    """A tree in which what somebody is, is no verb: "which engineer Ann Lee called ugly"."""
    verb = title + 1
    while verb < len(tree.words) and tree.words[verb].is_name:
        verb += 1
    is_title = tree.words[title].text.islower() and is_role(tree.words[title].low)
    named = verb > title + 1 and verb < len(tree.words) and tree.tags[verb].startswith("VB")
    apart = tree.heads[verb - 1] == title or is_verb(tree, title)
    if not (is_title and named and apart):
        return tree
    heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
    name = verb - 1
    for k, head in enumerate(tree.heads):
        if head == title and k != title:
            heads[k] = verb
    if is_verb(tree, title):
        heads[verb], roles[verb] = tree.heads[title], tree.roles[title]
    if heads[verb] in range(title, verb + 1):
        heads[verb], roles[verb] = verb, "ROOT"
    for k in range(title, name):
        heads[k], roles[k] = name, "compound"
    heads[name], roles[name], tags[title] = verb, "nsubj", "NN"
    if _governs_itself(verb, heads):
        return tree
    return replace(tree, heads=heads, roles=roles, tags=tags, children=children_of(heads))


def _titled(tree: Tree) -> Tree:
    """A tree in which what somebody is goes with the name behind: "said directors Lee and Orr"."""
    for noun in range(len(tree.words) - 1):
        low = tree.words[noun].low
        is_title = tree.words[noun].text.islower() and tree.tags[noun] in ("NN", "NNS")
        if not (is_title and tree.words[noun + 1].is_name and is_role(low.removesuffix("s"))):
            continue
        end = noun + 1
        while end < len(tree.words) and tree.words[end].is_name:
            end += 1
        name = next((k for k in range(noun + 1, end) if tree.roles[k] in _LOOSE), None)
        if name is not None and tree.heads[name] in (noun, tree.heads[noun]):
            tree = _tied(tree, noun, name)
    return tree


def _tied(tree: Tree, noun: int, name: int) -> Tree:
    """A tree in which a name stands where the noun before it stood, which belongs to it."""
    if tree.heads[noun] == noun or tree.kinds[name] not in ("person", "body"):
        return tree
    heads, roles = list(tree.heads), list(tree.roles)
    for k in tree.children[noun]:
        heads[k] = name
    heads[name], roles[name] = tree.heads[noun], tree.roles[noun]
    heads[noun], roles[noun] = name, "compound"
    return replace(tree, heads=heads, roles=roles, children=children_of(heads))


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
    heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
    for k, head in enumerate(tree.heads):
        if k < last:
            heads[k], roles[k], tags[k] = last, "compound", "NNP"
        elif k > verb and head < verb:
            heads[k] = verb
    heads[last], roles[last], tags[last] = verb, "nsubj", "NNP"
    tags[verb] = "VBD" if tags[verb] == "VBN" else tags[verb]
    if heads[verb] < verb:
        heads[verb], roles[verb] = verb, "ROOT"
    return replace(tree, tags=tags, heads=heads, roles=roles, children=children_of(heads))


def _told_last(tree: Tree) -> Tree:
    """A tree in which a report that ends a sentence governs it: "…, the Gazette reports."."""
    end = len(tree.words)
    while end and tree.words[end - 1].is_mark and tree.words[end - 1].text != ")":
        end -= 1
    for verb in range(end - 1, 1, -1):
        if _may_report(tree, verb) and _is_last(tree, verb + 1 + _is_particle(tree, verb + 1), end):
            first = _teller(tree, verb)
            told = first is not None and _is_told(tree, first)
            return tree if first is None or not told else _governed(tree, verb, first)
        if tree.words[verb].is_quotation or tree.words[verb].low == "that":
            return tree
    return tree


def _may_report(tree: Tree, verb: int) -> bool:
    cue = CUES.get(tree.words[verb].low)
    if cue is None or not cue.verb.takes_clause or cue.form not in ("past", "s", "base"):
        return False
    put_so = cue.verb.lemma in _TELLING or _is_particle(tree, verb + 1)  # "pointed out"
    if cue.verb.strength == "weak" and not put_so:
        return False  # "it declined", "he laughed"
    tagged = tree.tags[verb] in ("VBD", "VBZ", "VBP", "NNS") and tree.words[verb].text.islower()
    return tagged or (tree.tags[verb] == "VBN" and is_finite(tree, verb - 1))


def _is_particle(tree: Tree, number: int) -> bool:
    return tree.tags[number : number + 1] == ["RP"]


def _is_last(tree: Tree, start: int, end: int) -> bool:
    """Whether a sentence is at its end but for when, where and how somebody said it."""
    if start >= end:
        return True
    word, tag = tree.words[start], tree.tags[start]
    if word.text == ",":
        return start + 1 < end and tree.tags[start + 1] == "VBG"
    if tree.roles[start] == "mark" or tag == "WRB":
        return word.low != "that"
    if tree.kinds[start] != "time" and tag != "RB" and word.low not in _CIRCUMSTANCES:
        return False
    rest = range(start, end)
    return not any(is_finite(tree, k) or tree.words[k].is_quotation for k in rest)


def _teller(tree: Tree, verb: int) -> int | None:
    """Where the noun phrase begins that stands between a comma and a verb."""
    first = _name_behind_quotation(tree, verb)
    if first is not None:
        return first
    first = verb
    while first and (
        tree.tags[first - 1] in (*NOMINAL, "RB", "CC") or tree.words[first - 1].low in _TIES
    ):
        first -= 1
    if first == verb or not first or not tree.tags[verb - 1].startswith(("NN", "PRP", "RB", "CD")):
        return None
    named = any(tag.startswith(("NN", "PRP")) for tag in tree.tags[first:verb])
    if tree.tags[first] == "CC" or not named:
        return None  # a clause that goes on: "Lee said so, but Orr knew"
    mark = first - 1
    while mark and tree.words[mark].text in QUOTES:
        mark -= 1
    return first if tree.words[mark].text == "," and mark else None


def _name_behind_quotation(tree: Tree, verb: int) -> int | None:
    """Where a name begins behind a closing mark: "…,” Ann Lee, head of trade and tax, said"."""
    if tree.words[verb - 1].text != ",":
        return None
    for first in range(verb - 2, 1, -1):
        if is_finite(tree, first):
            return None
        behind = tree.words[first - 1].text in QUOTES and tree.words[first - 2].text == ","
        if behind:
            return first if tree.kinds[first] == "person" else None
    return None


def _is_told(tree: Tree, end: int) -> bool:
    """Whether what ends before a word is a clause of its own, and none that leads up to another."""
    start = clause_start(tree, end - 1)
    clause = any(is_finite(tree, k) for k in range(start, end))
    parted = sum(tree.words[k].low == DASH for k in range(start, end)) % 2
    return clause and not parted and not leads_up(tree, start, end)


def _governed(tree: Tree, verb: int, first: int) -> Tree:
    """A tree in which a verb and its subject govern all that stands before."""
    end = next((k for k in range(first, verb) if tree.words[k].text == ","), verb)
    subject = phrase_head(tree, end - 1, first)
    while tree.tags[subject] == "RB" and subject > first:
        subject = phrase_head(tree, subject - 1, first)
    heads, roles, tags = list(tree.heads), list(tree.roles), list(tree.tags)
    tags[verb] = "VBZ" if tree.tags[verb] == "NNS" else tags[verb]
    for k, head in enumerate(tree.heads):
        before = k < first
        if before and (head >= first or head == k):
            heads[k] = verb
            roles[k] = (
                "ccomp" if is_verb(tree, k) else "punct" if tree.words[k].is_mark else roles[k]
            )
        elif k > verb and (head < first or head == verb):
            # "said as she left": when it was said.
            heads[k], roles[k] = verb, "advcl" if roles[k] == "ccomp" else roles[k]
        elif first <= k < verb and k != subject and not first <= head < verb:
            heads[k] = verb if tree.roles[k] in _OF_VERBS else subject
    heads[subject], roles[subject] = verb, "nsubj"
    heads[verb], roles[verb] = verb, "ROOT"
    return replace(tree, tags=tags, heads=heads, roles=roles, children=children_of(heads))
