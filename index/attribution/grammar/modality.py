"""Reads off a sentence's tree whether what somebody says is denied, supposed, asked or plain.

"Never said", "if Lee says", "whether he said", "declined to say". Words are given by their numbers
in the tree. Knows nothing of names.
"""

from index.attribution.grammar.clauses import (
    SUBJECTS,
    clause_verb,
    group_start,
    is_finite,
    saying,
)
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.word_order import CONTRASTS
from index.language.syntax import Tree
from index.language.verbs import CLAIMS, Verb, is_one_of
from index.language.word_lists import word_set
from index.schema import Modality

_NOBODY = frozenset("nobody no-one none neither nothing".split())
_NEGATIONS = frozenset("never n't not hardly scarcely".split())
# Open a clause that is denied as a whole: "At no point did Lee say", "Not once has she said".
_DENYING = frozenset(
    "no not never nowhere nor neither hardly scarcely rarely seldom few little".split()
)
_MODALS = frozenset("would could might may should must will shall can 'd 'll wo ca".split())
_CONDITIONS = frozenset("if unless lest".split())
# Open a sentence of which all is only supposed.
_SUPPOSING = frozenset("suppose supposing imagine assume assuming provided whenever".split())
# Open a clause of what is yet to come, where the sentence is about the future.
_TIMES = frozenset("when once until till before after as".split())
# Verbs that take back what an infinitive or a gerund behind them says, and such that leave it open.
_REFUSING = word_set("refusing")
_CARRYING_ON = word_set("carrying_on")
# Who is heard saying something says it, and can or could be heard as well as was.
HEARD = frozenset("heard overheard caught recorded filmed seen captured taped".split())
# What is told as somebody's words, but not vouched for.
_HEARSAY = word_set("hearsay")
_LEAVING_OUT = frozenset("without instead rather short far".split())
# Nouns before "that", of what may be so or not.
_UNSURE = word_set("unsure")


def modality_of(tree: Tree, verb: int) -> Modality | None:
    """Whether a saying is denied, only supposed, or asked about; None if it is told as a fact."""
    if _asks(tree):
        return "asked"
    node, found = verb, own_modality(tree, verb) or _opened(tree, verb)
    while found is None and _is_governed(tree, node):
        above = clause_verb(tree, tree.heads[node])
        if above is None:
            return None
        if tree.roles[node] == "conj":
            # "if" governs both of two clauses, "not" the first.
            found = _marked(tree, above)
        else:
            found = _governed(tree, node) or own_modality(tree, above)
        node = above
    return found


def told_modality(
    tree: Tree, verb: int, known: Verb | None, evidence: str, *, quoted: bool
) -> Modality | None:
    """The modality of what a verb reports, by its own meaning too: "denied it", "asked whether".

    `evidence` is what shows that something is reported, "none" where nothing is or `is_led_up_to`.
    """
    modality = modality_of(tree, verb)
    if known is None:
        return None if modality == "denied" else modality  # "Lee was having none of it: “No.”"
    if modality is not None or evidence == "none":
        return modality
    if known.denies and (evidence != "object" or _is_claim(tree, verb, known)):
        return "denied"
    return "asked" if known.asks and evidence == "clause" and not quoted else None


def is_led_up_to(tree: Tree, word: int) -> bool:
    """Whether a word is a quotation behind a colon: "Lee disputed that: “…”".

    Those are her words: what she disputes is something else.
    """
    return tree.words[word].is_quotation and tree.words[word - 1].text == ":"


def _is_claim(tree: Tree, verb: int, known: Verb) -> bool:
    """Whether what somebody speaks against is a claim: "denied theft", "rejected reports that".

    Of "dismissed the plan", "dismissed the claim as a joke" they say what they think.
    """
    claim = tree.child(verb, "dobj")
    if claim is None or any(tree.words[c].low == "as" for c in tree.children[verb]):
        return False
    return known.takes_clause or is_one_of(tree.words[claim].low, CLAIMS | _UNSURE)


def _is_governed(tree: Tree, verb: int) -> bool:
    """Whether what a verb says depends on the clause above: "would like Lee to admit"."""
    subject = tree.child(verb, *SUBJECTS)
    first = 0 if subject is None else phrase(tree, subject)[0]
    if first and tree.words[first - 1].low in CONTRASTS:
        return False
    if tree.words[0].low == "as" and not any(is_finite(tree, k) for k in range(first)):
        return False  # "As Lee said, nobody came"
    if tree.roles[verb] == "ccomp" and tree.heads[verb] > verb and is_finite(tree, verb):
        return False  # "Lee reckons most of them will not come"
    infinitive = any(tree.words[c].low == "to" for c in tree.children[verb])
    return tree.roles[verb] in ("xcomp", "ccomp", "conj", "acl", "pcomp") or (
        tree.roles[verb] == "advcl" and infinitive
    )


def _opened(tree: Tree, verb: int) -> Modality | None:
    """The condition that opens the sentence, where no comma stands between: "If Lee says"."""
    opening = tree.words[0].low
    inverted = opening == "had" and tree.tags[1:2] != ["VBN"]
    opens = opening in _CONDITIONS or opening in _SUPPOSING or inverted
    helped = tree.heads[0] == verb and inverted  # "Had the minister, Lee, admitted that"
    if helped or (opens and not any(tree.words[k].text == "," for k in range(verb))):
        return "supposed"
    return "supposed" if _is_to_come(tree, verb) or _is_unsure(tree, verb) else None


def _is_to_come(tree: Tree, verb: int) -> bool:
    """Whether something is yet to be said: "When Lee announces that …, the town will"."""
    mark = tree.child(verb, "mark", "advmod")
    opened = mark is not None and tree.words[mark].low in _TIMES
    opened = opened or tree.words[0].low in _TIMES
    if not opened or tree.tags[verb] not in ("VBZ", "VBP"):
        return False
    apart = (k for k in range(verb, len(tree.words)) if tree.words[k].text == ",")
    return any(tree.words[k].low in ("will", "'ll") for k in range(next(apart, 0), len(tree.words)))


def _is_unsure(tree: Tree, verb: int) -> bool:
    """Whether a clause tells what may be so or not: "rumours that Lee had said"."""
    subjects = (c for c in tree.children[verb] if tree.roles[c] in SUBJECTS)
    firsts = [phrase(tree, c)[0] for c in subjects]
    return any(
        first > 1 and tree.words[first - 1].low == "that" and tree.words[first - 2].low in _UNSURE
        for first in firsts
    )


def _asks(tree: Tree) -> bool:
    """Whether the whole sentence is a question: "What has Lee said?"."""
    root = tree.root
    if root is None or tree.words[-1].text != "?":
        return False
    subject = tree.child(root, *SUBJECTS)
    helpers = [c for c in tree.children[root] if tree.roles[c] in ("aux", "auxpass")]
    inverted = subject is not None and any(c < subject for c in helpers)
    return inverted or tree.tags[0].startswith("W")


def own_modality(tree: Tree, verb: int, begin: int = 0) -> Modality | None:
    """What a verb's own helpers, subject and objects say of it: "never said", "told nobody".

    Only such as stand behind `begin`.
    """
    for child in tree.children[verb]:
        low, role = tree.words[child].low, tree.roles[child]
        if child < begin or (role == "neg" and child > verb + 1):
            continue  # "said it would not"
        if child > verb and (role == "aux" or any(w.is_mark for w in tree.words[verb:child])):
            continue  # "reckons most will not", "…, she says, neither can you"
        if role == "neg" or (role == "advmod" and low in _NEGATIONS):
            return "denied"
        named = tree.kinds[child] == "person"  # "Will Tyson admitted"
        if role == "advmod" and low in _HEARSAY:
            return "supposed"
        if role == "aux" and low in _MODALS and not named and not _is_done(tree, verb):
            return "supposed"
        if role in (*SUBJECTS, "dobj", "dative") and _is_nobody(tree, child):
            # "Lee promised no sudden moves: “I have time.”"
            return None if role == "dobj" and _is_led_behind(tree, child) else "denied"
    # "It is warm and nobody is talking", whatever the tree makes of "nobody".
    nobody = verb > 0 and tree.words[group_start(tree, verb) - 1].low in _NOBODY
    return "denied" if nobody or _is_denied_ahead(tree, verb) else _marked(tree, verb)


def _is_led_behind(tree: Tree, number: int) -> bool:
    """Whether a colon behind a word leads up to a quotation."""
    after = range(number + 1, len(tree.words) - 1)
    return any(tree.words[k].text == ":" and tree.words[k + 1].is_quotation for k in after)


def _is_done(tree: Tree, verb: int) -> bool:
    """Whether somebody did what they would or could do: "could be heard", "would say only"."""
    beside = {
        word.low
        for word in (*tree.words[max(0, verb - 1) : verb], *tree.words[verb + 1 : verb + 2])
    }
    return tree.words[verb].low in HEARD or "only" in beside


def _is_denied_ahead(tree: Tree, verb: int) -> bool:
    """Whether a word that denies opens a clause and turns it round: "At no point did Lee say"."""
    subject = tree.child(verb, *SUBJECTS)
    helper = tree.child(verb, "aux", "auxpass")
    if subject is None or helper is None or not helper < subject < verb:
        return False
    first = helper
    while first and not tree.words[first - 1].is_mark and not tree.words[first - 1].is_quotation:
        first -= 1
    return any(tree.words[k].low in _DENYING for k in range(first, helper))


def _marked(tree: Tree, verb: int) -> Modality | None:
    mark = tree.child(verb, "mark")
    low = "" if mark is None else tree.words[mark].low
    if low == "than":
        return "denied"  # "rather than admit that"
    return "supposed" if low in _CONDITIONS else "asked" if low == "whether" else None


def _is_nobody(tree: Tree, subject: int) -> bool:
    if tree.words[subject].low in _NOBODY:
        return True
    first = tree.child(subject, "det", "neg", "preconj", "advmod")
    return first is not None and tree.words[first].low in ("no", "neither", "hardly", "scarcely")


def _governed(tree: Tree, verb: int) -> Modality | None:
    """What the word above does to a verb: "declined to say", "denied that", "wants to say"."""
    role, head = tree.roles[verb], tree.heads[verb]
    low = tree.words[head].low
    if role == "pcomp":
        return _after_preposition(tree, head)
    if role == "acl" and tree.child(verb, "mark") is not None:
        return None
    if role not in ("xcomp", "ccomp") or head == verb:
        return None
    if low in _REFUSING:
        return "denied"
    if role == "xcomp" and tree.child(verb, "aux") is not None:
        return None if low in _CARRYING_ON else "supposed"
    known = saying(tree, head)
    if known is None or role == "xcomp":
        return None
    if known.denies:
        return "denied"
    if known.asks:
        return "asked"
    return "supposed" if known.strength == "thought" else None


def _after_preposition(tree: Tree, preposition: int) -> Modality | None:
    low, head = tree.words[preposition].low, tree.heads[preposition]
    if low in _LEAVING_OUT or (head != preposition and tree.words[head].low in _LEAVING_OUT):
        return "denied"
    above = tree.words[head].low
    if low == "of" and above.startswith(("accus", "suspect")):
        return "supposed"
    return "denied" if above in _REFUSING else None
