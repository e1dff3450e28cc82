"""Tells whose a verb is: the subject that a clause has, shares or is governed into.

Words are given by their numbers in the tree. Knows nothing of names, nor of what is reported.
"""

from collections.abc import Sequence

from index.attribution.grammar.clauses import (
    FINITE,
    SUBJECTS,
    agent_of,
    antecedent,
    clause_verb,
    group_start,
    is_finite,
    is_passive,
    is_somebody,
    is_verb,
    main_verb,
    mark_of,
    past_asides,
    resumptions,
    saying,
    says,
    tense,
)
from index.attribution.grammar.noun_before import (
    described,
    head_between,
    joined_from,
    noun_beside,
    past_aside,
)
from index.attribution.grammar.phrases import Range, edges, name_start, phrase
from index.language.names import is_role
from index.language.syntax import Tree, once
from index.language.verbs import CLAIMS, CUES, is_one_of
from index.language.word_lists import word_set
from index.language.words import DASH, OBJECTS, QUOTES, SUBORDINATORS

# Tags of what may be a subject.
_DOERS = ("NN", "PRP", "W", "DT", "CD", "EX", "JJ", "VBG", "QUOTE", "POS")
# Words that a verb may follow before its subject: "as", "so says Lee".
_LEADING = frozenset("as than so thus neither nor then".split())
_RELATIVE = frozenset("who which that".split())
_ECHOING = frozenset("both all each himself herself itself themselves".split())
_OPENING_MARKS = frozenset('"“‘«')
# Clauses that stand inside another.
_INNER = ("ccomp", "conj", "advcl", "relcl", "xcomp", "acl", "pcomp")
# Behind them somebody does what a participle says: "with Lee saying", "saw Lee arguing".
_SHOWING = word_set("showing")
_WITH = frozenset(("with",))
_AND = frozenset(("and", "but"))
_SURE = word_set("sure")
_PRESSING = frozenset("pressure call calls onus burden".split())
# Open a clause that tells when something happened.
_WHEN = frozenset("when as while after before since once".split())
# Behind them somebody is made to do what an infinitive says: "led Lee to ask".
_CAUSING = word_set("causing")


@once
def subject_of(tree: Tree, verb: int) -> int | None:
    """The head of the phrase for who does what the verb says; None where nothing tells."""
    if is_passive(tree, verb):
        return agent_of(tree, verb)
    return _grammatical_subject(tree, verb)


def _grammatical_subject(tree: Tree, verb: int) -> int | None:
    resumed, seen = resumptions(tree), set[int]()
    while verb not in seen:
        if verb in resumed:
            return resumed[verb]
        seen.add(verb)
        resumed = past_asides(tree)
        own = [c for c in tree.children[verb] if tree.roles[c] in SUBJECTS and _may_do(tree, c)]
        own = [c for c in own if not _is_aside(tree, c, verb)]
        before = [c for c in own if c < verb]
        # "Lee and Orr both said"
        before = [c for c in before if tree.words[c].low not in _ECHOING] or before
        after = [c for c in own if c > verb and _is_inverted(tree, verb, c)]
        near = [c for c in before if edges(tree, c)[1] >= group_start(tree, verb) - 1]
        if after and near and _is_reported(tree, near[-1], verb, after[0]):
            near = []
        near = near or _lost_before(tree, verb)
        nearest = next(iter(_owner(tree, near, before)[-1:] or after or before[-1:]), None)
        if nearest is not None and _reaches(tree, nearest, verb):
            return described(tree, nearest, verb)
        if (beside := noun_beside(tree, verb)) is not None:
            return described(tree, beside, verb)
        if nearest is not None:
            return nearest
        if (made := _made_to(tree, verb)) is not None:
            return made
        other = _shared_with(tree, verb)
        if other is not None and _only_ties(tree, verb, other):
            other = clause_verb(tree, other)
        if other is None or not is_verb(tree, other):
            return other
        verb = other
    return None


def _is_reported(tree: Tree, subject: int, verb: int, other: int) -> bool:
    """Whether a subject is another verb's: "Orr “was let off,” said", "Orr fell, said an aide".

    Somebody else may say it then, behind the verb.
    """
    quoted = any(tree.words[k].is_quotation for k in range(subject, verb))
    speaks = tree.words[other].is_name or is_role(tree.words[other].low)
    return quoted or (speaks and not _reaches(tree, subject, verb))


def _lost_before(tree: Tree, verb: int) -> list[int]:
    """A subject right before a verb that the tree ties to a noun: "the body the Guild said".

    Or to a preposition: "he sat down, for everyone knew".
    """
    last = group_start(tree, verb) - 1
    tie = tree.heads[last] if last > 0 and tree.roles[last] == "pobj" else 0
    if tie > 0 and tree.words[tie].low == "for" and tree.words[tie - 1].text == ",":
        return [last]
    lost = last > 0 and tree.roles[last] in SUBJECTS and tree.words[last].is_name
    return [last] if lost and tree.tags[tree.heads[last]].startswith("NN") else []


def _owner(tree: Tree, near: Sequence[int], subjects: Sequence[int]) -> Sequence[int]:
    """Of "an aide for Let Them Climb" the aide: a name with a verb inside is easily torn apart."""
    if len(subjects) < 2 or not near:
        return near
    first = name_start(tree, near[-1])
    owner = tree.heads[first - 1] if first and tree.words[first - 1].low == "for" else near[-1]
    return [owner] if owner in subjects and not tree.words[owner].is_name else near


def _only_ties(tree: Tree, verb: int, word: int) -> bool:
    """Whether a word stands between a verb and the one that governs both: "plans to endorse"."""
    if is_verb(tree, word) or is_somebody(tree, word) or tree.words[word].low in OBJECTS:
        return False
    infinitive = any(tree.words[c].low == "to" for c in tree.children[verb])
    # "quoted an aide as saying"
    quoted = tree.roles[word] == "dobj" and tree.words[tree.heads[verb]].low == "as"
    gerund = tree.roles[verb] == "pcomp" and not quoted
    return tree.tags[word] == "JJ" or infinitive or gerund


def _may_do(tree: Tree, number: int) -> bool:
    """Whether a word is of a kind that does something: no "n't" and no "Wednesday"."""
    denies = tree.words[number].low in ("n't", "not", "cannot", "never")
    is_noun = tree.tags[number].startswith(_DOERS) or tree.words[number].is_name
    is_sum = tree.tags[number] == "CD" and "$" in tree.tags[max(0, number - 3) : number]
    return is_noun and not is_sum and not denies and tree.kinds[number] != "time"


def _reaches(tree: Tree, subject: int, verb: int) -> bool:
    """Whether no other clause stands between a subject and its verb."""
    if subject > verb:
        return True
    own = set(tree.subtree(subject)) | {c for c in tree.children[verb] if tree.roles[c] == "aux"}
    # "While Lee, the mayor, laid out a plan, Orr used": a past tense is easily taken for "laid".
    led = tree.words[0].low in SUBORDINATORS and phrase(tree, subject)[0] == 1
    verbs = ("VBD", "VBZ", "VBP", "MD", "VBN") if led else ("VBD", "VBZ", "VBP", "MD")
    return not any(tree.tags[k] in verbs and k not in own for k in range(subject + 1, verb))


def _is_aside(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun between commas only describes another: "at his club, Lee Hall, calling it"."""
    first = group_start(tree, verb)
    if tree.tags[verb] != "VBG" or tree.child(verb, "aux") is not None or noun > verb:
        return False
    begin = phrase(tree, noun)[0]
    return tree.words[first - 1].text == "," and begin > 0 and tree.words[begin - 1].text == ","


def _is_inverted(tree: Tree, verb: int, subject: int) -> bool:
    """Whether a verb may have its subject behind it: what it reports stands before it."""
    first = group_start(tree, verb)
    before = tree.words[first - 1] if first else None
    reported = before is None or before.is_quotation or before.is_mark or before.low in _LEADING
    after = subject + 1
    goes_on = after < len(tree.words) and not tree.words[after].is_mark
    goes_on = goes_on or (after < len(tree.words) and tree.words[after].text in _OPENING_MARKS)
    if tree.tags[subject] == "PRP" and goes_on:
        return False  # "Lee, the mayor, proposed we go", "proposed we “go”"
    return reported and tree.heads[subject] == verb


def _shared_with(tree: Tree, verb: int) -> int | None:
    """The verb whose subject one without an own has, or the subject itself."""
    role, head = tree.roles[verb], tree.heads[verb]
    if role == "conj" and (head > verb or tense(tree, verb) in (*FINITE, "VB")):
        return _joined_to(tree, verb)
    told = tree.tags[verb] == "VBG" and saying(tree, verb) is not None
    if told and _fits_two(tree, verb):
        return None
    if told and (shared := _participle_with(tree, verb)) is not None:
        return shared
    if role in ("conj", "advcl", "dep", "ccomp", "parataxis") or (role == "ROOT" and head != verb):
        return clause_verb(tree, head)
    if role == "xcomp":
        return _controller(tree, head)
    if role == "pcomp":
        return _gerund_with(tree, head)
    if role == "acl":
        owner = tree.child(head, "poss")
        if owner is not None and tree.tags[verb] == "VB":
            return owner  # "Lee's refusal to admit"
        loose = verb and tree.words[verb - 1].text == ","
        return clause_verb(tree, head) if loose else head
    return head if role == "relcl" else None


def _gerund_with(tree: Tree, tie: int) -> int | None:
    """Whose what stands behind a preposition is: "praised Lee for saying"."""
    above = clause_verb(tree, tie)
    if above is None or tree.words[tie].low not in ("of", "for", "from", "as"):
        return above
    told = tree.child(above, "dobj")
    near = [k for k in range(above + 1, tie) if _is_whom(tree, k)]
    if tree.words[tie].low == "for" and near and not is_somebody(tree, told or above):
        return near[-1]  # "issued threats against him for defending"
    return told or above


def _is_whom(tree: Tree, number: int) -> bool:
    """Whether somebody is spoken of or given something: "against him", "gave Lee"."""
    object_ = tree.roles[number] in ("pobj", "dobj", "dative")
    return object_ and (is_somebody(tree, number) or tree.words[number].low in OBJECTS)


def _made_to(tree: Tree, verb: int) -> int | None:
    """Who does what stands right behind them: "with Lee saying", "led Lee to ask"."""
    first = group_start(tree, verb)
    infinitive = "TO" in tree.tags[first:verb]
    if tree.tags[verb] != ("VB" if infinitive else "VBG"):
        return None
    last = first - 1 if infinitive else past_aside(tree, first - 1)
    apart = tree.words[first - 1].is_mark
    governing = _CAUSING if infinitive else _WITH if apart else _SHOWING
    if not infinitive and any(tree.words[k].low == "with" for k in range(last)):
        governing = governing | _AND  # "with Lee calling it late and Orr saying"
    if tree.kinds[last] == "time" or tree.tags[last] == "PRP$":
        return None
    starts = [k for k in joined_from(tree, last) if tree.words[k - 1].low in governing]
    if not starts and _is_left_alone(tree, verb, last):
        return last
    if infinitive and not starts:
        # "put pressure on Lee to convince"
        starts = [k for k in joined_from(tree, last) if tree.words[k - 1].low == "on"]
        starts = [k for k in starts if tree.words[k - 2].low in _PRESSING]
    return next((head_between(tree, k, last) for k in starts), None)


def _is_left_alone(tree: Tree, verb: int, name: int) -> bool:
    """Whether a name has only a participle: "Both left, Lee saying no and Orr calling it late"."""
    said = says(tree, verb) and tree.tags[verb] == "VBG"
    first = name_start(tree, max(0, name))
    apart = first > 0 and (tree.words[first - 1].low in (",", DASH, "and", "but"))
    named = tree.words[name].is_name and tree.kinds[name] in ("person", "")
    return said and name == verb - 1 and apart and named


def _joined_to(tree: Tree, verb: int) -> int | None:
    """The verb whose subject a verb behind "and" shares."""
    head = tree.heads[verb]
    if head > verb:
        return _finite_before(tree, verb)
    tie, time = group_start(tree, verb) - 1, tense(tree, verb)
    parted = tree.words[tie - 1].is_mark
    inner = clause_verb(tree, head)
    while inner is not None and tree.roles[inner] in ("ccomp", "relcl"):
        # "said the plan would fail, and called it", "said all have left and said"
        outer = clause_verb(tree, tree.heads[inner])
        alike = outer is not None and outer < inner and tense(tree, outer) == time
        goes_on = not parted or tree.roles[inner] == "relcl"
        if not alike or (goes_on and tense(tree, inner) == time):
            break
        inner = outer
    if inner is not None and not parted and tree.tags[tie] == "CC":
        # "cheered when Lee rose and asked"
        near = _finite_before(tree, verb)
        if near is not None and near > inner and tense(tree, near) == time:
            marks = (k for k in range(inner + 1, near) if tree.tags[k] == "WRB")
            inner = near if any(marks) else inner
    return inner


def _participle_with(tree: Tree, verb: int) -> int | None:
    """Whose a participle of saying is: of a verb before it, or of whom that one recalls."""
    role, head = tree.roles[verb], tree.heads[verb]
    known = saying(tree, head)
    if role == "advcl" and known is not None and known.relays:
        told = tree.child(head, "dobj")
        if told is not None and told < verb and is_somebody(tree, told):
            return told  # "recalled Lee shouting"
    if (earlier := _participle_before(tree, verb)) is not None:
        return earlier
    before = group_start(tree, verb) - 1
    while before > 0 and tree.words[before].text in QUOTES:
        before -= 1
    if before >= 0 and _is_group(tree, before) and _is_thought(tree, verb):
        return before  # "cheered Democrats hoping"
    if before > 2 and tree.words[before - 2].low in ("at", "in"):
        before -= 3 * (tree.words[before - 3].text == ",")  # ", at one point calling"
    if verb and tree.words[before].low in (",", "and", "but"):
        return _past_report(tree, verb)
    # "had written in March warning that"
    return clause_verb(tree, head) if role in ("pobj", "dobj") else None


def _fits_two(tree: Tree, verb: int) -> bool:
    """Whether a participle may be of either clause: "Lee left after Orr had spoken, saying"."""
    if tree.words[group_start(tree, verb) - 1].text != ",":
        return False
    for mark in range(verb - 3, 1, -1):
        word = tree.words[mark]
        if word.low in (":", ";") or word.low == "that":
            return False
        if word.low not in _WHEN or tree.tags[mark] not in ("IN", "WRB"):
            continue
        acting = [_actor(tree, mark + 1, verb), _actor(tree, 0, mark)]
        return None not in acting
    return False


def _actor(tree: Tree, start: int, end: int) -> int | None:
    """Somebody who is the subject of a verb with a tense between two words."""
    acting = (
        k
        for k in range(start, end)
        if tree.roles[k] in SUBJECTS
        and (is_somebody(tree, k) or tree.words[k].low in ("he", "she", "they"))
    )
    number = next(acting, None)
    told = number is not None and any(is_finite(tree, k) for k in range(number, end))
    return number if told else None


def _participle_before(tree: Tree, verb: int) -> int | None:
    """The participle that another follows: "saw Lee going on the air, declaring it over"."""
    for number in range(verb - 1, 0, -1):
        word = tree.words[number]
        if word.is_quotation or word.text in (":", ";") or is_finite(tree, number):
            return None
        if tree.tags[number] == "VBG" and _made_to(tree, number) is not None:
            parted = any(tree.words[k].text == "," for k in range(number, verb))
            return number if parted else None
    return None


def _is_group(tree: Tree, noun: int) -> bool:
    """Whether a noun is of several people: "voters", "Democrats"."""
    plural = tree.tags[noun] in ("NNS", "NNPS")
    return plural and (tree.kinds[noun] == "people" or is_role(tree.words[noun].low[:-1]))


def _is_thought(tree: Tree, verb: int) -> bool:
    known = saying(tree, verb)
    return known is not None and known.strength == "thought"


def _finite_before(tree: Tree, verb: int) -> int | None:
    """The verb with a tense right before one, with no mark between."""
    for number in range(group_start(tree, verb) - 1, 0, -1):
        if tree.words[number].is_mark:
            return None
        if is_finite(tree, number):
            return main_verb(tree, number)
    return None


def _past_report(tree: Tree, verb: int) -> int | None:
    """The verb that ", adding …" goes with: whose report it ends, not what is reported."""
    above = clause_verb(tree, tree.heads[verb]) if tree.heads[verb] != verb else None
    outer = above
    while outer is not None and tree.roles[outer] in _INNER:
        tie = tree.heads[outer]
        claimed = tree.roles[outer] in ("acl", "relcl") and is_one_of(tree.words[tie].low, CLAIMS)
        reported = tree.roles[outer] == "ccomp" or mark_of(tree, outer) == "that"
        outer = clause_verb(tree, tie)
        told = outer is not None and (saying(tree, outer) is not None or claimed)
        told = told or (outer is not None and _is_sure_of(tree, outer))
        if (reported or claimed) and outer is not None and outer < verb and told:
            above = outer
    return above


def _is_sure_of(tree: Tree, verb: int) -> bool:
    """Whether a verb says of somebody that they are sure: "was adamant that"."""
    about = tree.child(verb, "acomp")
    return tree.words[verb if about is None else about].low in _SURE


def _controller(tree: Tree, verb: int) -> int:
    """Who is to do what an infinitive says: Lee in "asked Lee to explain"."""
    known = saying(tree, verb)
    told = tree.child(verb, "dobj", "dative")
    controls = known is None or known.takes_person
    return told if told is not None and controls and known is not None else verb


def mention_of(tree: Tree, head: int) -> tuple[int, Range]:
    """The noun and the words for who speaks: "firms that" in "firms that warn"."""
    above = antecedent(tree, head) if tree.words[head].low in _RELATIVE else None
    begin, end = phrase(tree, head if above is None else above)
    if above is None:
        # "reckons Ann Lee", which the tree takes for a name
        verb = begin < head and tree.words[begin].low in CUES and tree.tags[begin] == "NNS"
        return head, (begin + (verb and tree.words[begin + 1].is_name), end)
    if end == head:
        return above, (begin, head + 1)
    return (above, (begin, end)) if tree.words[head].low == "that" else (head, phrase(tree, head))
