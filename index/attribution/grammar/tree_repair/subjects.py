"""Puts a sentence's tree right around subjects: which verb a noun goes with, and which it does not.

"Lee, who is also her brother, was there", "Ann Lee of the broker Orr said", "said the union needed
to know". Words are given by their numbers in the tree. Knows nothing of what is reported.
"""

from collections.abc import Iterator

from index.attribution.grammar.clauses import SUBJECTS, is_passive, saying
from index.attribution.grammar.phrases import name_end, name_start, phrase, run_start
from index.attribution.grammar.tree_repair.arcs import with_arcs
from index.language.names import BODY_NOUNS, FIRST_NAMES, GENDERED, is_role
from index.language.syntax import Tree

_TIES = frozenset("of from at with".split())
_DESCRIBING = ("DT", "NN")
_COPULAS = frozenset("is was are were".split())
_Change = tuple[int, int, str, str]


def with_subjects_tied(tree: Tree) -> Tree:
    """A tree in which each subject goes with its own verb, as far as the order of words tells."""
    for changes in (
        _joined,
        _told_in_relative,
        _past_preposition,
        _behind_that,
        _behind_double,
        _behind_amount,
        _behind_said,
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
        told = first > 1 and tree.words[first - 1].low in _COPULAS and noun < tree.heads[noun]
        if role in SUBJECTS and told and tree.words[first - 2].low == "who":
            yield noun, first - 1, "attr", tree.tags[noun]


def _joined(tree: Tree) -> Iterator[_Change]:
    """Two names with "and" between are one subject: "Ann Lee and Bo Orr said"."""
    for tie, word in enumerate(tree.words):
        first, last = tie - 1, name_end(tree, tie + 1) - 1
        if word.low != "and" or not 0 < first < tie < last:
            continue
        acts = tree.roles[first] == tree.roles[last] == "nsubj"
        if acts and tree.heads[first] == tree.heads[last] > last:
            yield last, first, "conj", tree.tags[last]


def _past_preposition(tree: Tree) -> Iterator[_Change]:
    """A full name acts, and not what it is of: "Ann Lee of the broker Orr said"."""
    for other, role in enumerate(tree.roles):
        first = run_start(tree.tags, other, _DESCRIBING, 2)
        verb, tie, name = tree.heads[other], first - 1, first - 2
        described = first < other and tree.words[other - 1].low in BODY_NOUNS
        if role not in SUBJECTS or not described or tree.words[tie].low not in _TIES:
            continue
        if name_start(tree, first - 1) < name and tree.heads[name] in (other, verb):
            yield name, verb, role, tree.tags[name]
            yield tie, name, "prep", "IN"
            yield other, tie, "pobj", tree.tags[other]
            yield from ((k, other, "compound", tree.tags[k]) for k in range(first, other))
            rest = (k for k in tree.children[other] if k < name)
            yield from ((k, name, "compound", tree.tags[k]) for k in rest)


def _behind_that(tree: Tree) -> Iterator[_Change]:
    """A noun right behind "that" acts in its clause: "told us that the owner used to shout"."""
    for verb, role in enumerate(tree.roles):
        mark, tag = tree.child(verb, "mark"), tree.tags[verb]
        if role != "ccomp" or mark is None or tag not in ("VBN", "VBD") or is_passive(tree, verb):
            continue
        above = tree.heads[verb]
        for noun in tree.children[above]:
            acts = tree.roles[noun] in ("dobj", "dative") and mark < noun < verb
            if acts and phrase(tree, noun)[0] == mark + 1 and tree.child(verb, *SUBJECTS) is None:
                yield noun, verb, "nsubj", tree.tags[noun]
                yield verb, above, "ccomp", "VBD"


def _behind_amount(tree: Tree) -> Iterator[_Change]:
    """What tells of an amount is not said alone: "…, Lee said, against the 9 that we had sold"."""
    for verb, role in enumerate(tree.roles):
        mark, said = tree.child(verb, "mark"), tree.heads[verb]
        if role != "ccomp" or mark is None or not said < mark < verb or saying(tree, said) is None:
            continue
        told = any(tree.roles[c] == "ccomp" and c < said for c in tree.children[said])
        apart = tree.words[said + 1].text == "," and tree.tags[said + 2] == "IN"
        about = tree.words[mark].low == "that" and tree.tags[mark - 1] in ("NN", "NNS", "CD")
        if told and apart and about and mark > said + 2:
            yield verb, mark - 1, "relcl", tree.tags[verb]
            yield mark, verb, "dobj", "WDT"


def _behind_double(tree: Tree) -> Iterator[_Change]:
    """No noun has two determiners: "told us that the owner, Lee, asked to go" has a clause."""
    for mark, word in enumerate(tree.words[:-2]):
        noun, above = tree.heads[mark], tree.heads[tree.heads[mark]]
        double = tree.roles[mark] == "det" and tree.tags[mark + 1] in ("DT", "PRP$")
        if word.low != "that" or not double or saying(tree, above) is None:
            continue
        named = (noun, *(c for c in tree.children[noun] if tree.roles[c] == "appos"))
        verb = next((v for k in named if (v := tree.child(k, "acl")) is not None), None)
        if verb is not None and tree.tags[verb] == "VBN" and not _is_done_to(tree, verb):
            yield mark, verb, "mark", "IN"
            yield noun, verb, "nsubj", tree.tags[noun]
            yield verb, above, "ccomp", "VBD"


def _is_done_to(tree: Tree, verb: int) -> bool:
    """Whether a participle tells what somebody else did: "arrested on Friday", "hit by a car"."""
    return tree.child(verb, "agent") is not None or tree.child(verb, "xcomp", "dobj") is None


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
