"""Reads clauses off a sentence's tree: whose a verb is, how far a phrase goes, what is meant.

Words are given by their numbers in the tree, ranges are half-open in them. Knows nothing of names,
nor of what is reported.
"""

from index.language.syntax import Tree
from index.language.verbs import CUES, Verb
from index.schema import Modality

Range = tuple[int, int]

# Tags of what may be a subject.
_DOERS = ("NN", "PRP", "W", "DT", "CD", "EX", "JJ", "VBG", "QUOTE", "POS")
# Roles that a tree may give to a subject that it ties to another verb.
_LOST = ("nsubj", "nsubjpass", "appos", "attr", "conj", "ROOT")
# Words that a verb may follow before its subject: "as", "so says Lee".
_LEADING = frozenset("as than so thus neither nor then".split())
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_NOBODY = frozenset("nobody no-one none neither nothing".split())
_NEGATIONS = frozenset("never n't not hardly scarcely".split())
_MODALS = frozenset("would could might may should must will shall can 'd 'll wo ca".split())
_CONDITIONS = frozenset("if unless lest".split())
# Verbs that take back what an infinitive or a gerund behind them says, and such that leave it open.
_REFUSING = frozenset(
    "decline declines declined declining refuse refuses refused refusing fail fails failed failing "
    "avoid avoids avoided avoiding stop stops stopped stopping neglected forgot resisted refrained "
    "deny denies denied denying".split()
)
_CARRYING_ON = frozenset(
    """go goes went gone going continue continues continued continuing begin begins began begun
    start starts started come comes came appear appears appeared appearing seem seems seemed tend
    tends tended used happen happened proceed proceeded rush rushed hasten hastened paused quoted
    reported cited said heard known understood thought believed move moved help helped take takes
    took taken took""".split()
)
_LEAVING_OUT = frozenset("without instead rather short far".split())
# Nouns before "that", of what may be so or not.
_UNSURE = frozenset(
    """evidence possibility idea suggestion suggestions rumour rumor rumours rumors allegation
    allegations notion proof indication sign fear fears hope hopes chance likelihood assumption
    theory myth doubt doubts belief speculation""".split()
)
# Tie words to a noun that still name the same: "a spokesman for the court", "Ann and Bo Lee".
_INSIDE_PHRASE = frozenset(
    """prep det compound poss case amod nummod quantmod nmod cc conj preconj predet advmod
    neg""".split()
)


def is_verb(tree: Tree, number: int) -> bool:
    """Whether a word is a verb here."""
    return tree.tags[number].startswith("VB")


def saying(tree: Tree, number: int) -> Verb | None:
    """The verb of saying that a word is a form of, if it is one here."""
    cue = CUES.get(tree.words[number].low)
    return cue.verb if cue is not None and is_verb(tree, number) else None


def lemma(tree: Tree, verb: int) -> str:
    """The base form of a verb of saying; any other word as it stands."""
    cue = CUES.get(tree.words[verb].low)
    return tree.words[verb].low if cue is None else cue.verb.lemma


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is whom or what is spoken of, as in "was told by Ann Lee"."""
    if tree.child(verb, "auxpass") is not None:
        return True
    if tree.tags[verb] != "VBN" or tree.child(verb, "aux") is not None:
        return False
    # "Asked about it, she said no."
    opens = tree.roles[verb] in ("advcl", "acl", "amod") and tree.child(verb, *SUBJECTS) is None
    return opens or tree.child(verb, "agent") is not None


# Whose a verb is


def subject_of(tree: Tree, verb: int) -> int | None:
    """The head of the phrase for who does what the verb says; None where nothing tells."""
    if is_passive(tree, verb):
        agent = tree.child(verb, "agent")
        return None if agent is None else tree.child(agent, "pobj")
    return _grammatical_subject(tree, verb)


def _grammatical_subject(tree: Tree, verb: int) -> int | None:
    seen: set[int] = set()
    while verb not in seen:
        seen.add(verb)
        own = [c for c in tree.children[verb] if tree.roles[c] in SUBJECTS and _may_do(tree, c)]
        before = [c for c in own if c < verb]
        after = [c for c in own if c > verb and _is_inverted(tree, verb, c)]
        near = [c for c in before if edges(tree, c)[1] >= _group_start(tree, verb) - 1]
        nearest = next(iter(near[-1:] or after or before[-1:]), None)
        if nearest is not None and _reaches(tree, nearest, verb):
            return _described(tree, nearest, verb)
        if (beside := _beside(tree, verb)) is not None or nearest is not None:
            return nearest if beside is None else beside
        other = _shared_with(tree, verb)
        if other is not None and _only_ties(tree, verb, other):
            other = _clause_verb(tree, other)
        if other is None or not is_verb(tree, other):
            return other
        verb = other
    return None


def _only_ties(tree: Tree, verb: int, word: int) -> bool:
    """Whether a word stands between a verb and the one that governs both: "plans to endorse"."""
    if is_verb(tree, word) or tree.kinds[word] in ("person", "body"):
        return False
    infinitive = any(tree.words[c].low == "to" for c in tree.children[verb])
    return tree.tags[word] == "JJ" or infinitive or tree.roles[verb] == "pcomp"


def _may_do(tree: Tree, number: int) -> bool:
    """Whether a word is of a kind that does something: no "n't" and no "Wednesday"."""
    denies = tree.words[number].low in ("n't", "not", "cannot", "never")
    is_noun = tree.tags[number].startswith(_DOERS) or tree.words[number].is_name
    return is_noun and not denies and tree.kinds[number] != "time"


def _reaches(tree: Tree, subject: int, verb: int) -> bool:
    """Whether no other clause stands between a subject and its verb."""
    if subject > verb:
        return True
    own = set(tree.subtree(subject)) | {c for c in tree.children[verb] if tree.roles[c] == "aux"}
    return not any(
        tree.tags[k] in ("VBD", "VBZ", "VBP", "MD") and k not in own
        for k in range(subject + 1, verb)
    )


def _group_start(tree: Tree, verb: int) -> int:
    """The first of a verb's helpers and adverbs before it."""
    while verb and (tree.tags[verb - 1] in ("RB", "MD") or tree.roles[verb - 1] == "aux"):
        verb -= 1
    return verb


def _is_inverted(tree: Tree, verb: int, subject: int) -> bool:
    """Whether a verb may have its subject behind it: what it reports stands before it."""
    first = _group_start(tree, verb)
    before = tree.words[first - 1] if first else None
    reported = before is None or before.is_quotation or before.is_mark or before.low in _LEADING
    return reported and tree.heads[subject] == verb


def _described(tree: Tree, subject: int, verb: int) -> int:
    """Of "Ann Lee, the mayor, said" the name, where the tree takes the description for it."""
    first = phrase(tree, subject)[0]
    set_off = 1 < first < subject < verb - 1 and tree.words[verb - 1].text == ","
    if not set_off or tree.words[first - 1].text != "," or tree.kinds[subject] == "person":
        return subject
    name = first - 2
    is_name = tree.kinds[name] == "person" and tree.roles[name] not in ("pobj", "dobj", "conj")
    return name if is_name and tree.heads[name] != name + 1 else subject


def _beside(tree: Tree, verb: int) -> int | None:
    """The noun phrase right before a finite verb, where the tree ties it to another word."""
    if tree.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    end = _group_start(tree, verb)
    end -= bool(end and tree.words[end - 1].text == ",")
    for number in range(end - 1, max(-1, end - 20), -1):
        if tree.roles[number] not in _LOST and tree.heads[number] != verb:
            continue
        first, last = phrase(tree, number)
        starts = (
            first == 0 or tree.words[first - 1].text == "," or tree.words[first - 1].is_quotation
        )
        if tree.tags[number].startswith(("NN", "PRP")) and last == end and starts:
            return number
    return None


def _shared_with(tree: Tree, verb: int) -> int | None:
    """The verb whose subject one without an own has, or the subject itself."""
    role, head = tree.roles[verb], tree.heads[verb]
    if role in ("conj", "advcl", "dep", "ccomp", "parataxis") or (role == "ROOT" and head != verb):
        return _clause_verb(tree, head)
    if role == "xcomp":
        return _controller(tree, head)
    if role == "pcomp":
        above = _clause_verb(tree, head)
        if above is not None and tree.words[head].low in ("of", "for", "from", "as"):
            return tree.child(above, "dobj") or above
        return above
    if role == "acl":
        loose = verb and tree.words[verb - 1].text == ","
        return _clause_verb(tree, head) if loose else head
    return head if role == "relcl" else None


def _controller(tree: Tree, verb: int) -> int:
    """Who is to do what an infinitive says: Lee in "asked Lee to explain"."""
    known = saying(tree, verb)
    told = tree.child(verb, "dobj", "dative")
    controls = known is None or known.takes_person
    return told if told is not None and controls and known is not None else verb


def _clause_verb(tree: Tree, number: int) -> int | None:
    """The nearest verb at or above a word."""
    while not is_verb(tree, number):
        if tree.heads[number] == number:
            return None
        number = tree.heads[number]
    return number


def antecedent(tree: Tree, pronoun: int) -> int | None:
    """Whom a relative pronoun stands for: the head of the phrase that its clause belongs to."""
    number = tree.heads[pronoun]
    while tree.roles[number] != "relcl":
        if tree.heads[number] == number:
            return None
        number = tree.heads[number]
    return tree.heads[number]


# How far a phrase goes


def phrase(tree: Tree, head: int) -> Range:
    """The noun phrase of a head, without asides and relative clauses."""
    start, end = head, head + 1
    before = [c for c in tree.children[head] if c < head and tree.roles[c] in _INSIDE_PHRASE]
    for child in reversed(before):
        first, last = phrase(tree, child)
        if last >= start - 1:  # a hyphen or a quotation mark may stand between
            start = min(start, first)
    for child in (c for c in tree.children[head] if c > head):
        if child >= end and _goes_on(tree, child, end):
            end = max(end, phrase(tree, child)[1])
        elif tree.roles[child] != "punct" or tree.words[child].text not in "-'\"":
            break
    return start, end


def _goes_on(tree: Tree, child: int, end: int) -> bool:
    role = tree.roles[child]
    first = edges(tree, child)[0]
    if first > end:
        return False
    return role in _INSIDE_PHRASE or role in ("pobj", "pcomp") or (role == "appos" and first == end)


def edges(tree: Tree, number: int) -> Range:
    """The first word of a subtree, and the one after its last."""
    first = last = number
    waiting = [number]
    while waiting:
        word = waiting.pop()
        first, last = min(first, word), max(last, word)
        waiting.extend(tree.children[word])
    return first, last + 1


# What is meant


def modality_of(tree: Tree, verb: int) -> Modality | None:
    """Whether a saying is denied, only supposed, or asked about; None if it is told as a fact."""
    if _asks(tree):
        return "asked"
    node, found = verb, _own_modality(tree, verb) or _opened(tree, verb)
    while found is None and tree.roles[node] in ("xcomp", "ccomp", "conj", "acl", "pcomp"):
        above = _clause_verb(tree, tree.heads[node])
        if above is None:
            return None
        if tree.roles[node] == "conj":
            # "if" governs both of two clauses, "not" the first.
            found = _marked(tree, above)
        else:
            found = _governed(tree, node) or _own_modality(tree, above)
        node = above
    return found


def _opened(tree: Tree, verb: int) -> Modality | None:
    """The condition that opens the sentence, where no comma stands between: "If Lee says"."""
    opening = tree.words[0].low
    inverted = opening == "had" and tree.tags[1:2] != ["VBN"]
    if opening not in _CONDITIONS and not inverted:
        return None
    return None if any(tree.words[k].text == "," for k in range(verb)) else "supposed"


def _asks(tree: Tree) -> bool:
    """Whether the whole sentence is a question: "What has Lee said?"."""
    if not tree.words or tree.words[-1].text != "?":
        return False
    root = next(n for n, role in enumerate(tree.roles) if role == "ROOT")
    subject = tree.child(root, *SUBJECTS)
    helpers = [c for c in tree.children[root] if tree.roles[c] in ("aux", "auxpass")]
    inverted = subject is not None and any(c < subject for c in helpers)
    return (
        inverted
        or tree.tags[0].startswith("W")
        or (is_verb(tree, root) and subject is not None and root < subject and root == 0)
    )


def _own_modality(tree: Tree, verb: int) -> Modality | None:
    for child in tree.children[verb]:
        low, role = tree.words[child].low, tree.roles[child]
        if role == "neg" or (role == "advmod" and low in _NEGATIONS):
            return "denied"
        if role == "aux" and low in _MODALS:
            return "supposed"
        if role in SUBJECTS and _is_nobody(tree, child):
            return "denied"
    return _marked(tree, verb)


def _marked(tree: Tree, verb: int) -> Modality | None:
    mark = tree.child(verb, "mark")
    low = "" if mark is None else tree.words[mark].low
    return "supposed" if low in _CONDITIONS else "asked" if low == "whether" else None


def _is_nobody(tree: Tree, subject: int) -> bool:
    if tree.words[subject].low in _NOBODY:
        return True
    first = tree.child(subject, "det", "neg")
    return first is not None and tree.words[first].low in ("no", "neither")


def _governed(tree: Tree, verb: int) -> Modality | None:
    """What the word above does to a verb: "declined to say", "denied that", "wants to say"."""
    role, head = tree.roles[verb], tree.heads[verb]
    low = tree.words[head].low
    if role == "pcomp":
        return _after_preposition(tree, head)
    if role == "acl" and tree.child(verb, "mark") is not None:
        return "supposed" if low in _UNSURE else None
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
