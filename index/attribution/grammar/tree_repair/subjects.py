"""Puts a sentence's tree right around subjects: which verb a noun goes with, and which it does not.

"Lee, who is also her brother, was there", "said the union needed to know". Words are given by their
numbers in the tree. Knows nothing of what is reported.
"""

from collections.abc import Iterator

from index.attribution.grammar.clauses import COPULAS, SUBJECTS, phrase_head, saying, says
from index.attribution.grammar.phrases import edges, name_end, phrase
from index.attribution.grammar.tree_repair.arcs import with_arcs
from index.language.names import FIRST_NAMES, GENDERED, is_role
from index.language.syntax import Tree

_Change = tuple[int, int, str, str]


def with_subjects_tied(tree: Tree) -> Tree:
    """A tree in which each subject goes with its own verb, as far as the order of words tells."""
    for changes in (
        _joined,
        _told_in_relative,
        _told_with_whose,
        _behind_said,
        _told_inside,
        _behind_inverted,
        _with_office,
        _named_behind,
        _done_first,
    ):
        tree = with_arcs(tree, *changes(tree))
    return tree


def _told_in_relative(tree: Tree) -> Iterator[_Change]:
    """What "who is" tells is no subject behind it: "Lee, who is her brother, was there"."""
    for noun, role in enumerate(tree.roles):
        first = phrase(tree, noun)[0]
        while first and tree.tags[first - 1] == "RB":
            first -= 1
        told = first > 1 and tree.words[first - 1].low in COPULAS and noun < tree.heads[noun]
        if role in SUBJECTS and told and tree.words[first - 2].low == "who":
            yield noun, first - 1, "attr", tree.tags[noun]


def _told_with_whose(tree: Tree) -> Iterator[_Change]:
    """What tells of who speaks is not what they say: "said Ann Lee, whose firm recommends it"."""
    for verb, role in enumerate(tree.roles):
        first = edges(tree, verb)[0]
        apart = first > 1 and tree.words[first - 1].text == ","
        noun = first - 2
        if (
            role == "ccomp"
            and apart
            and tree.words[first].low == "whose"
            and noun > tree.heads[verb]
        ):
            yield verb, phrase_head(tree, noun), "relcl", tree.tags[verb]


def _joined(tree: Tree) -> Iterator[_Change]:
    """Two names with "and" between are one subject: "Ann Lee and Bo Orr said"."""
    for tie, word in enumerate(tree.words):
        first, last = tie - 1, name_end(tree, tie + 1) - 1
        if word.low != "and" or not 0 < first < tie < last:
            continue
        acts = tree.roles[first] == tree.roles[last] == "nsubj"
        if acts and tree.heads[first] == tree.heads[last] > last:
            yield last, first, "conj", tree.tags[last]


def _behind_said(tree: Tree) -> Iterator[_Change]:
    """A noun right behind a verb of saying acts in what is said: "said the union had to go"."""
    for verb, role in enumerate(tree.roles):
        noun, said = tree.heads[verb], tree.heads[tree.heads[verb]]
        known = saying(tree, said)
        if role != "acl" or tree.tags[verb] != "VBN" or known is None or not known.says:
            continue
        acts = not known.takes_object and phrase(tree, noun)[0] == said + 1
        alone = tree.child(said, "ccomp") is None and tree.child(said, *SUBJECTS) not in (
            None,
            noun,
        )
        # What is said is no thing: of "said the man smelled of gin" all is.
        plain = known.lemma == "say" and tree.child(verb, "agent") is None
        goes_on = plain or tree.child(verb, "xcomp", "dobj", "ccomp") is not None
        if acts and alone and goes_on and noun + 1 == verb:
            yield noun, verb, "nsubj", tree.tags[noun]
            yield verb, said, "ccomp", "VBD"


def _told_inside(tree: Tree) -> Iterator[_Change]:
    """A second subject behind a verb of saying acts in what is said: "police say Lee told Orr"."""
    for verb in range(len(tree.words)):
        if saying(tree, verb) is None or not any(
            tree.roles[c] in SUBJECTS for c in tree.children[verb] if c < verb
        ):
            continue
        behind = [c for c in tree.children[verb] if c > verb]
        noun = next((c for c in behind if tree.roles[c] in SUBJECTS), None)
        told = next((c for c in behind if tree.roles[c] == "ccomp"), None)
        if noun is None or told is None or not noun < told:
            continue
        alone = says(tree, told) and tree.child(told, *SUBJECTS) is None
        if alone and phrase(tree, noun)[0] == verb + 1:
            yield noun, told, "nsubj", tree.tags[noun]


def _behind_inverted(tree: Tree) -> Iterator[_Change]:
    """A name set off with a verb of saying before it acts: "It is, writes Orr, a farce"."""
    for verb, word in enumerate(tree.words[:-2]):
        end = name_end(tree, verb + 1)
        known = None if tree.words[verb - 1].text != "," else saying(tree, verb)
        if (
            not verb
            or known is None
            or not known.says
            or known.takes_person
            or end >= len(tree.words)
        ):
            continue
        acts = tree.tags[verb] in ("VBZ", "VBD") and end > verb + 1 and tree.words[end].is_mark
        if acts and not word.is_quotation and tree.child(verb, *SUBJECTS) is None:
            yield end - 1, verb, "nsubj", tree.tags[end - 1]


def _with_office(tree: Tree) -> Iterator[_Change]:
    """An office in several words acts, and not its first noun: "the environment secretary told"."""
    for office, role in enumerate(tree.roles):
        noun, verb = office - 1, tree.heads[office - 1]
        plain = tree.words[office].text.islower() and is_role(tree.words[office].low)
        beside = role == "appos" and tree.heads[office] == noun
        beside = beside or (role in SUBJECTS and tree.heads[office] == verb)
        acts = beside and tree.roles[noun] in SUBJECTS
        if acts and plain and tree.words[noun].text.islower() and office < verb:
            yield office, verb, tree.roles[noun], "NN"
            yield noun, office, "compound", tree.tags[noun]
            rest = (k for k in tree.children[noun] if k < noun)
            yield from ((k, office, tree.roles[k], tree.tags[k]) for k in rest)


def _subjects_of(tree: Tree, verb: int) -> tuple[int, int] | None:
    """The first and the last of two subjects that the tree gives a verb, with a comma between."""
    acting = [c for c in tree.children[verb] if tree.roles[c] == "nsubj" and c < verb]
    if len(acting) != 2 or not tree.words[verb].text.islower():
        return None
    first, last = acting
    comma = phrase(tree, last)[0] - 1
    return (first, last) if first < comma and tree.words[comma].text == "," else None


def _named_behind(tree: Tree) -> Iterator[_Change]:
    """Who is named behind what they are is not another: "His heir for years, Ann Lee, agreed"."""
    for verb in range(len(tree.words)):
        both = _subjects_of(tree, verb)
        if both is None:
            continue
        told, name = both
        low, closed = tree.words[told].low, tree.words[verb - 1].text == "," and name == verb - 2
        person = is_role(low) or low in GENDERED or low == "one"
        beside = phrase(tree, name)[0] - 1 == phrase(tree, told)[1]
        if person and closed and beside and tree.kinds[name] == "person":
            yield name, told, "appos", tree.tags[name]


def _done_first(tree: Tree) -> Iterator[_Change]:
    """To whom something is done first is not who says it: "Sentencing Ann Lee, the judge said"."""
    for verb in range(len(tree.words)):
        both = _subjects_of(tree, verb)
        low = tree.words[0].low
        if both is None or not low.endswith("ing") or low in FIRST_NAMES or is_role(low):
            continue
        whom, subject = both
        done = tree.tags[0].startswith("NN") and tree.heads[0] == whom and not tree.kinds[0]
        named = tree.kinds[whom] == "person" and phrase(tree, subject)[1] == verb
        if done and named and all(tree.words[k].is_name for k in range(whom + 1)):
            yield 0, verb, "advcl", "VBG"
            yield whom, 0, "dobj", tree.tags[whom]
