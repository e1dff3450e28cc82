"""Reads clauses off a sentence's tree: whose a verb is, and how far a phrase goes.

Words are given by their numbers in the tree, ranges are half-open in them. Knows nothing of names,
nor of what is reported.
"""

from dataclasses import dataclass, replace

from index.attribution.grammar.phrases import phrase, run_end
from index.language.names import GENDERED, is_role
from index.language.syntax import Tree, once
from index.language.verbs import CUES, Verb
from index.language.word_lists import word_set
from index.language.words import DASH, OBJECTS, RELATIVES, SUBORDINATORS

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
# The roles that the tree gives to who stands behind a verb, be it who speaks: "said Lee".
BEHIND_VERBS = frozenset("nsubj nsubjpass dobj dep attr oprd npadvmod".split())
# What sets a clause about the noun before off.
_SET_OFF = frozenset((",", DASH, "(", ")"))
_SOURCES = word_set("sources")
COPULAS = frozenset("is was are were".split())
FINITE = ("VBD", "VBZ", "VBP", "MD")
# What a noun phrase is made of, with the marks of an owner and a hyphen: "Lee's new co-chair".
NOMINAL = ("DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "HYPH")
# The same without these marks, but with degrees and participles: "all the best elected members".
NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP")
NP = ("DT", "PRP", "PRP$", "EX", *NOUNS, "JJ", "CD", "PDT", "JJS", "JJR", "VBN")


def is_verb(tree: Tree, number: int) -> bool:
    """Whether a word is a verb here."""
    return tree.tags[number].startswith("VB")


def is_finite(tree: Tree, number: int) -> bool:
    """Whether a word carries a clause: a verb with a tense, or its helper."""
    return tree.tags[number] in FINITE


def has_tense(tree: Tree, verb: int) -> bool:
    """Whether a verb carries a clause, by itself or with its helper."""
    helped = any(is_finite(tree, c) for c in tree.children[verb] if tree.roles[c].startswith("aux"))
    return helped or is_finite(tree, verb)


def saying(tree: Tree, number: int) -> Verb | None:
    """The verb of saying that a word is a form of, if it is one here."""
    cue = CUES.get(tree.words[number].low)
    return cue.verb if cue is not None and is_verb(tree, number) else None


def says(tree: Tree, number: int) -> bool:
    """Whether a word is a verb that reports speech wherever it stands."""
    known = saying(tree, number)
    return known is not None and known.says


def lemma(tree: Tree, verb: int) -> str:
    """The base form of a verb of saying; any other word as it stands."""
    cue = CUES.get(tree.words[verb].low)
    return tree.words[verb].low if cue is None else cue.verb.lemma


def mark_of(tree: Tree, verb: int) -> str:
    """The word that opens a verb's clause: "that", "as"; empty if none does."""
    mark = tree.child(verb, "mark")
    return "" if mark is None else tree.words[mark].low


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is whom or what is spoken of, as in "was told by Ann Lee"."""
    helper = tree.child(verb, "auxpass")
    if helper is not None and not any(tree.words[k].text == "," for k in range(helper, verb)):
        return True  # unlike "It was wet, he wrote"
    if verb == 0 and tree.tags[0] in ("VBN", "VBD"):
        return tree.child(0, *SUBJECTS) is None  # "Asked about it, she said no."
    if tree.tags[verb] != "VBN" or tree.child(verb, "aux") is not None:
        return False
    opens = tree.roles[verb] in ("advcl", "acl", "amod") and tree.child(verb, *SUBJECTS) is None
    return opens or tree.child(verb, "agent") is not None


def agent_of(tree: Tree, verb: int) -> int | None:
    """By whom something is done: Lee of "was signed by Lee"."""
    agent = tree.child(verb, "agent")
    return None if agent is None else tree.child(agent, "pobj")


@once
def resumptions(tree: Tree) -> dict[int, int]:
    """Verbs that stand behind what is set off by marks, and the nouns before that they go with.

    Of "Orr, whose lawyer, Lee, had warned that he would lose, said" they are "said" with Orr, and
    "warned" with Lee: in a long clause the marks are a surer guide than the tree.
    """
    return {**past_asides(tree), **_past_relatives(tree)}


def resumed_from(tree: Tree, verb: int, start: int) -> int:
    """Where the verb of the noun begins that a clause is about: "left" of "Lee, who cried, left".

    The end of the sentence where that is not behind `start`.
    """
    noun = tree.heads[verb]
    resumed = (k for k, about in resumptions(tree).items() if about == noun and k > start)
    above = min(resumed, default=tree.heads[noun] if tree.roles[verb] == "relcl" else verb)
    helpers = (c for c in tree.children[above] if tree.roles[c].startswith("aux"))
    above = min((c for c in helpers if start < c < above), default=above)
    return above if above > start else len(tree.words)


def _past_relatives(tree: Tree) -> dict[int, int]:
    """Verbs behind and inside relative clauses, and the nouns that they go with."""
    if not any(word.low in RELATIVES for word in tree.words):
        return {}
    found: dict[int, int] = {}
    waiting: list[_Relative] = []
    for number in range(1, len(tree.words)):
        opened = _relative(tree, number, waiting)
        if opened is not None:
            waiting.append(opened)
        elif waiting and is_finite(tree, number):
            verb, last = main_verb(tree, number), waiting[-1]
            if last.verb is None:
                waiting[-1] = replace(last, verb=verb)
                if last.acting is not None:
                    found[verb] = last.acting
            elif last.pronoun and _is_joined(tree, last.verb, verb):
                found[verb] = last.pronoun  # "who gave his name and claimed"
            elif _ends_relative(tree, last, number) and not _signs(tree, number):
                waiting.pop()
                if last.about is not None:
                    found[verb] = _above_relative(tree, last.about, verb)
    return found


def _above_relative(tree: Tree, about: int, verb: int) -> int:
    """Whose a verb behind a relative clause is: of "aides to Ann Lee, who is ill, said" the aides.

    They are its subject where no other verb stands before the noun that the clause is about.
    """
    opens = tree.child(verb, "nsubj")
    if opens is None or opens >= about or tree.roles[about] not in ("pobj", "conj"):
        return about
    between = any(is_verb(tree, k) or tree.tags[k] == "MD" for k in range(opens, about))
    return about if between or phrase(tree, opens)[0] else opens


@once
def past_asides(tree: Tree) -> dict[int, int]:
    """Verbs behind what else parts them from the noun that opens the sentence, with that noun."""
    mark = _opening_end(tree)
    if mark is None or not is_somebody(tree, head := phrase_head(tree, mark - 1)):
        return {}
    verbs = [
        k
        for k in range(mark + 2, len(tree.words) - 1)
        if (is_finite(tree, k) or tree.tags[k] == "VBN")
        and tree.words[group_start(tree, k) - 1].low in _SET_OFF
        and group_start(tree, k) - 1 > mark + 1
        and not _has_own_subject(tree, k)
    ]
    # "Lee, the mayor, accused of lying, left": participles are no verbs of hers where one follows.
    verbs = [k for k in verbs if is_finite(tree, k) or k == verbs[-1]]
    return {main_verb(tree, k): head for k in verbs if not _is_inside(tree, mark, k)}


def _opening_end(tree: Tree) -> int | None:
    """The mark right behind the noun phrase that a sentence opens with."""
    first = end = 0
    if tree.tags and tree.tags[0] in ("IN", "RB", "VBG", "VBN"):
        marks = (k + 1 for k in range(1, min(14, len(tree.words))) if tree.words[k].text == ",")
        first = end = next(marks, 0)
    end = run_end(tree.tags, end, NOMINAL)
    is_noun = end > first and tree.tags[end - 1].startswith(("NN", "PRP"))
    opens = is_noun and end < len(tree.words) - 2 and tree.words[end].low in _SET_OFF - {")"}
    return end if opens else None


def is_behind_participle(tree: Tree, subject: int) -> bool:
    """Whether a participle opens a sentence whose subject comes next: "Asked if Lee left, he"."""
    first = next((k for k in range(subject) if tree.tags[k].startswith("VB")), subject)
    bare = all(tree.tags[k] in ("WRB", "RB", "CC", "IN", ",") for k in range(first))
    apart = first < subject - 1 and tree.words[subject - 1].text == ","
    return bare and apart and tree.tags[first] in ("VBN", "VBD", "VBG")


def tense(tree: Tree, verb: int) -> str:
    """The tag of a verb, or of the helper that has its tense; "VB" for a bare plural's, too."""
    helpers = (c for c in tree.children[verb] if tree.roles[c].startswith("aux"))
    tag = next((tree.tags[c] for c in helpers if is_finite(tree, c)), tree.tags[verb])
    return {"VBP": "VB", "VBN": "VBD"}.get(tag, tag)


def is_somebody(tree: Tree, noun: int) -> bool:
    """Whether a noun is likely to be one that speaks."""
    low = tree.words[noun].low
    return tree.kinds[noun] in ("person", "body") or low in GENDERED or is_role(low)


def is_source(tree: Tree, noun: int) -> bool:
    """Whether a noun is of one or several who speak without a name: "officials", "a person"."""
    low = tree.words[noun].low
    return low in _SOURCES or is_role(low) or is_role(low.removesuffix("s"))


def is_person(tree: Tree, noun: int) -> bool:
    """Whether a noun is one person: by a name, or by what they are."""
    return tree.kinds[noun] == "person" or is_role(tree.words[noun].low)


def _has_own_subject(tree: Tree, verb: int) -> bool:
    """Whether who does it stands right behind a verb: ", said Ann Lee.", ", say the police,"."""
    after = run_end(tree.tags, verb + 1, NOMINAL)
    ends = after >= len(tree.words) or tree.words[after].is_mark
    return after > verb + 1 and ends and tree.tags[after - 1].startswith(("NN", "PRP"))


def _signs(tree: Tree, verb: int) -> bool:
    """Whether who says all that stands before is told behind: "which helps, said Ann Lee."."""
    known = saying(tree, verb)
    plain = known is not None and known.says and known.takes_clause and not known.takes_object
    last = run_end(tree.tags, verb + 1, NOMINAL) - 1
    named = tree.kinds[last] == "person" and tree.words[verb - 1].text == ","
    return plain and named and _has_own_subject(tree, verb)


def _is_inside(tree: Tree, mark: int, verb: int) -> bool:
    """Whether a verb is that of a noun inside: "Orr, when his lawyer, Lee, said no, left"."""
    last = group_start(tree, verb) - 1
    begin = last - 1
    while begin > mark and tree.words[begin].low not in _SET_OFF:
        begin -= 1
    bare = all(tree.tags[k] in NOMINAL for k in range(begin + 1, last))
    marks = (
        tree.tags[k] in ("WRB", "WP", "WDT", "WP$")
        or (tree.tags[k] == "IN" and (tree.tags[0] == "IN" or tree.words[k].low in SUBORDINATORS))
        for k in range(mark + 1, begin)
    )
    return begin > mark and bare and any(marks)


@dataclass(frozen=True, slots=True)
class _Relative:
    """A clause about a noun: the noun, who acts in it, its verb once met, how it is set off."""

    about: int | None
    acting: int | None
    loose: bool
    # The pronoun, if it acts itself: "who left", not "whom Orr left".
    pronoun: int = 0
    verb: int | None = None


def _relative(tree: Tree, number: int, waiting: list[_Relative]) -> _Relative | None:
    """The relative clause that opens at a word, if one does; one joined to another replaces it."""
    word, before = tree.words[number], tree.words[number - 1].low
    if word.low == ")":
        waiting.clear()  # what brackets hold goes no further
    if word.low not in RELATIVES or tree.tags[number] in ("IN", "DT"):
        return None
    acting = _owned_subject(tree, number) if word.low == "whose" else None
    if before in ("and", "but"):
        acting = number if word.low == "who" and _is_acting(tree, number) else acting
        return _Relative(waiting.pop().about, acting, loose=True) if waiting else None
    if before in _SET_OFF or before == "of":
        own = number if word.low in ("who", "which") and _is_acting(tree, number) else 0
        about = _noun_before(tree, number, person=word.low == "who")
        about = None if about is None or tree.kinds[about] == "time" else about
        return _Relative(about, acting, loose=True, pronoun=own)
    acts = _is_acting(tree, number)
    if not acts or word.low not in ("who", "that") or not tree.tags[number - 1].startswith("NN"):
        return None
    return _Relative(phrase_head(tree, number - 1), None, loose=False)


def _is_joined(tree: Tree, first: int, second: int) -> bool:
    """Whether "and" joins two verbs that no comma parts."""
    begin = group_start(tree, second)
    parted = any(tree.words[k].text == "," for k in range(first, begin))
    return tree.tags[begin - 1] == "CC" and not parted


def _is_acting(tree: Tree, pronoun: int) -> bool:
    """Whether a verb follows a relative pronoun, so that it is its subject."""
    after = pronoun + 1
    while after < len(tree.words) and (tree.tags[after] == "RB" or tree.kinds[after] == "time"):
        after += 1
    return after < len(tree.words) and is_finite(tree, after)


def _ends_relative(tree: Tree, relative: _Relative, verb: int) -> bool:
    """Whether a verb with a tense belongs to the noun before a relative clause again."""
    before = group_start(tree, verb) - 1
    if relative.loose:
        return tree.words[before].low in _SET_OFF
    known = None if relative.verb is None else saying(tree, relative.verb)
    if (known is not None and known.takes_clause) or relative.verb is None:
        return False
    between = tree.words[relative.verb + 1 : before + 1]
    is_object = tree.tags[before].startswith(("NN", "CD"))
    low, near = tree.words[before].low, before - 1 == relative.verb
    is_object = is_object or low in OBJECTS or (low == "it" and near)
    return bool(between) and is_object and not any(w.is_mark or w.is_quotation for w in between)


def _owned_subject(tree: Tree, whose: int) -> int | None:
    """Who acts in a clause with "whose": of "whose lawyer, Ann Lee, had" the name."""
    noun = whose + 1
    while noun + 1 < len(tree.words) and tree.tags[noun + 1].startswith(("NN", "JJ", "POS")):
        noun += 1
    after = noun + 1
    if after + 1 >= len(tree.words):
        return None
    if tree.words[after].low in _SET_OFF and tree.kinds[after + 1] in ("person", "body"):
        noun = run_end(tree.kinds, after + 1, ("person", "body")) - 1
    acts = noun + 1 < len(tree.words) and not tree.tags[noun + 1].startswith("IN")
    return noun if acts and tree.tags[noun].startswith(("NN", "JJ")) else None


def _noun_before(tree: Tree, relative: int, *, person: bool) -> int | None:
    """The noun that a relative clause follows: Lee of "Lee, a friend of whom"."""
    number = relative - 1
    if tree.words[number].low == "of":
        while number and tree.words[number].low not in _SET_OFF:
            number -= 1
    number -= 1
    if number > 0 and tree.words[number].low == ")":
        while number and tree.words[number].low != "(":
            number -= 1
        number -= 1
    if number < 0 or not tree.tags[number].startswith(("NN", "PRP")):
        return None
    return _whom(tree, phrase_head(tree, number)) if person else phrase_head(tree, number)


def _whom(tree: Tree, noun: int) -> int:
    """Whose a place or body is that "who" follows: of "Ann Lee, of the Survey, who" Ann Lee."""
    above = noun
    while tree.kinds[above] in ("body", "place") and tree.roles[above] in ("pobj", "prep"):
        above = tree.heads[tree.heads[above]]
    return above if tree.kinds[above] == "person" else noun


def phrase_head(tree: Tree, last: int, first: int = 0) -> int:
    """The head of the noun phrase that ends with a word, and begins no earlier than another."""
    heads = (k for k in range(first, last + 1) if phrase(tree, k)[1] == last + 1)
    return next((k for k in heads if tree.tags[k].startswith(("NN", "PRP"))), last)


def main_verb(tree: Tree, finite: int) -> int:
    """The verb that a helper goes with: "warned" of "had warned"."""
    verb = tree.heads[finite]
    helps = tree.roles[finite] in ("aux", "auxpass") and verb > finite
    if helps and any(tree.tags[k] == "CC" for k in range(finite, verb)):
        # Not of "didn't sign it, but Orr did call": the verb of another clause.
        return next((k for k in range(finite + 1, verb) if is_verb(tree, k)), finite)
    return verb if helps else finite


def group_start(tree: Tree, verb: int) -> int:
    """The first of a verb's helpers and adverbs before it."""
    while verb and (tree.tags[verb - 1] in ("RB", "MD") or tree.roles[verb - 1] == "aux"):
        verb -= 1
    return verb


def clause_verb(tree: Tree, number: int) -> int | None:
    """The nearest verb at or above a word."""
    while not is_verb(tree, number):
        if tree.heads[number] == number:
            return None
        number = tree.heads[number]
    return number


def antecedent(tree: Tree, pronoun: int) -> int | None:
    """Whom a relative pronoun stands for: the head of the phrase that its clause belongs to.

    "Who" is a person: of "Ann Lee of the Survey, who" it is Lee.
    """
    number = tree.heads[pronoun]
    while tree.roles[number] != "relcl":
        if tree.heads[number] == number:
            return _before_who(tree, pronoun) if tree.words[pronoun].low == "who" else None
        number = tree.heads[number]
    noun = tree.heads[number]
    while tree.kinds[noun] == "time" and tree.heads[noun] != noun:
        noun = tree.heads[noun]  # "emails leaked last week that showed"
    if not tree.tags[noun].startswith(("NN", "PRP", "DT", "CD", "JJ")):
        noun = tree.heads[noun]
    if tree.words[pronoun].low == "which":
        return noun
    above = noun
    while tree.words[pronoun].low == "who" and tree.kinds[above] != "person":
        tie = tree.heads[above]
        if tree.roles[above] not in ("pobj", "compound", "appos") or tree.heads[tie] == tie:
            return noun
        above = tree.heads[tie] if tree.roles[above] == "pobj" else tie
        if tree.words[noun].is_name and not (tree.kinds[above] or is_role(tree.words[above].low)):
            return noun  # "in reply to Labour's Carys Pugh, who"
    return above


def _before_who(tree: Tree, pronoun: int) -> int | None:
    """Whom "who" stands for by the order of words: Lee of "Ann Lee, who left and who said"."""
    first = pronoun
    while first > 2 and tree.tags[first - 1] == "CC":
        earlier = (k for k in range(first - 2, 1, -1) if tree.words[k].low == "who")
        first = next(earlier, 0)
    return _noun_before(tree, first, person=True) if tree.words[first - 1].text == "," else None
