"""Puts a sentence's tree right where the order of words is surer than the tree.

"“No,” growled Lee.", "jurors were told.", "The plan is dead, the Gazette reports.".
Words are given by their numbers in the tree. Knows nothing of names.
"""

from collections.abc import Iterator
from dataclasses import replace

from index.attribution.grammar.clauses import (
    FINITE,
    NOMINAL,
    SUBJECTS,
    clause_verb,
    group_start,
    is_finite,
    is_passive,
    is_somebody,
    is_source,
    is_verb,
    phrase_head,
    saying,
    tense,
)
from index.attribution.grammar.phrases import phrase, run_end
from index.attribution.grammar.titles import names_work
from index.attribution.grammar.tree_repair.arcs import columns, rebuilt, verb_tag, with_arcs
from index.attribution.grammar.word_order import (
    behind_pause,
    clause_start,
    leads_up,
    past_particle,
    phrase_after,
)
from index.language.names import BODIES, BODY_NOUNS, is_role
from index.language.syntax import Tree
from index.language.verbs import CUES, SHOWING, is_one_of
from index.language.word_lists import word_set
from index.language.words import DASH, QUOTES, RELATIVES, Word

_OWNED = frozenset("the a an his her their its".split())
# Tie a noun to the one that says something: "the head of the board said".
_TIES = frozenset("of for at from".split())
# What depends on the verb in "the Tribune has first reported", and not on its subject.
_OF_VERBS = frozenset("aux auxpass advmod neg punct nsubj".split())
# Begin where, when and how something was said.
_CIRCUMSTANCES = frozenset("in on at to during by from after before via through with".split())
# Report at the end of a sentence, though elsewhere they may be no speech: "…, records show".
_TELLING = frozenset("show recall indicate".split())
_FINITE = [[tag] for tag in FINITE]
_RELATIVE = ("WP", "WDT")
# Hear what is said in a court; of what is told of "it" nobody is named.
_HEARING = word_set("hearing") | {"it"}
_HEARD = frozenset("heard hears told".split())
# Tell who says what stands before them, without more: "said a person close to Lee".
_PLAIN = frozenset(("said", "says"))
_HELPING = frozenset("have has had 've".split())
# Tell how something is.
_STATES = frozenset("is was are were has had have remains remained".split())


def repair_report_clauses(tree: Tree) -> Tree:
    """A tree in which what reports governs what it reports."""
    for repair in (
        _without_speaking_stops,
        _with_verbs_beside_that,
        _with_titles,
        _joined_outside,
        _with_verbs_beside_quotations,
        _repair_trailing_report,
        _repair_trailing_hearer,
        _repair_trailing_name,
    ):
        tree = repair(tree)
    return tree


def _with_verbs_beside_quotations(tree: Tree) -> Tree:
    """A tree that takes the word beside a quotation and a name for the verb that it is."""
    tags = list(tree.tags)
    for number in range(1, len(tags) - 1):
        word, after = tree.words[number], tree.words[number + 1]
        if _acts_behind_quotation(tree, number):
            tags[number] = verb_tag(word)
        if not _may_be_finite(word) or tags[number].startswith("VB"):
            continue
        titled = is_role(after.low)  # "“No,” counters virologist Lee."
        acts = tags[number + 1].startswith("VB") and not titled
        if tags[number - 1] in ("DT", "PRP$") or acts:
            continue  # "the judge observed"
        first = number
        while first and (tree.words[first - 1].is_name or tree.tags[first - 1] in ("NN", "DT")):
            first -= 1
        behind = first and tree.words[first - 1].is_quotation
        named = after.is_name or after.low in _OWNED or titled or first != number
        if behind and named:
            if titled and after.text.islower():
                tags[number + 1] = "NN"
            tags[number] = verb_tag(word)
    return tree if tags == tree.tags else replace(tree, tags=tags)


def _with_verbs_beside_that(tree: Tree) -> Tree:
    """A tree in which a verb of saying is no noun of those who say it: "police allege that".

    Several do what a bare word behind them says, if "that" follows or nothing ("…, emails show."),
    and one what a word says that is no noun ("the charge alleges that").
    """
    changes: list[tuple[int, int, str, str]] = []
    for verb in range(1, len(tree.words) - 1):
        word, tag = tree.words[verb], tree.tags[verb - 1]
        cue = CUES.get(word.low)
        if cue is None or not cue.verb.takes_clause or not word.text.islower():
            continue
        several = cue.form == "base" and tag in ("NNS", "NNPS")
        noun = cue.form != "s" or is_one_of(word.low, SHOWING)
        one = tree.tags[verb] == "NNS" and tag in ("NN", "NNP") and not noun
        that = tree.words[verb + 1].low == "that" and tree.tags[verb + 1] in ("IN", "WDT")
        that = that and tree.tags[verb + 2 : verb + 3] not in _FINITE  # "states that have left"
        ends = tree.words[verb + 1].text == "." and _start_of_teller(tree, verb) is not None
        if (that and (several or one)) or (ends and several):
            changes.append((verb, tree.heads[verb], tree.roles[verb], "VBP" if several else "VBZ"))
            changes += _no_compound(tree, verb)
    return with_arcs(tree, *changes)


def _no_compound(tree: Tree, verb: int) -> Iterator[tuple[int, int, str, str]]:
    """What a noun becomes that the tree ties to a verb as if both were one name."""
    noun = verb - 1
    if tree.heads[noun] != verb or tree.roles[noun] in SUBJECTS:
        return
    tie = phrase(tree, noun)[0] - 1
    tied = tie > 0 and tree.tags[tie] == "IN" and tree.child(tie, "pobj") is None
    yield (noun, tie, "pobj", tree.tags[noun]) if tied else (noun, verb, "nsubj", tree.tags[noun])
    for k in tree.children[verb]:
        if k < noun and tree.roles[k] in ("det", "poss", "amod", "compound", "nummod"):
            yield k, noun, tree.roles[k], tree.tags[k]


def _may_be_finite(word: Word) -> bool:
    cue = CUES.get(word.low)
    forms = () if cue is None else cue.verb.forms
    finite = any(form == word.low and kind in ("past", "s") for form, kind in forms)
    return finite and word.text.islower()


def _without_speaking_stops(tree: Tree) -> Tree:
    """A tree in which no full stop is a subject: that of "Ann Lee of Velm & Co. said"."""
    words = enumerate(tree.words)
    stops = [k for k, word in words if word.text == "." and tree.roles[k] in SUBJECTS]
    return with_arcs(tree, *((k, tree.heads[k], "punct", ".") for k in stops))


def _with_titles(tree: Tree) -> Tree:
    """A tree in which the title of a work is no clause: "said Lee of her book, “The Gulls.”"."""
    marked = [k for k, word in enumerate(tree.words) if k and word.is_quotation]
    titles = (k for k in marked if tree.roles[k] != "ROOT" and names_work(tree, k))
    near = ((k, k - 1 - (tree.words[k - 1].text == ",")) for k in titles)
    ties = ((k, before, "pobj" if tree.tags[before] == "IN" else "appos") for k, before in near)
    return with_arcs(tree, *((k, before, role, tree.tags[k]) for k, before, role in ties))


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


def _joined_outside(tree: Tree) -> Tree:
    """A tree in which "and warned" goes with "said", not with what is reported between them.

    "Lee said the pier was safe and warned that …": what only is somehow, what was done to it, or
    what cannot speak, does nothing more in the same breath. Unlike "said Orr rang and told her".
    """
    changes: list[tuple[int, int, str, str]] = []
    for verb in range(3, len(tree.words)):
        if tree.roles[verb] != "conj" or tree.heads[verb] > verb or saying(tree, verb) is None:
            continue
        tie, first = group_start(tree, verb) - 1, clause_verb(tree, tree.heads[verb])
        if first is None or tree.tags[tie] != "CC" or tree.words[tie - 1].is_mark:
            continue
        inner = first
        while tree.roles[inner] == "ccomp" and not _may_go_on(tree, inner):
            outer = clause_verb(tree, tree.heads[inner])
            if outer is None or outer > inner or tense(tree, outer) != tense(tree, verb):
                break
            inner = outer
        if inner != first and is_finite(tree, inner):
            changes += [(k, inner, tree.roles[k], tree.tags[k]) for k in (verb, tie)]
    return with_arcs(tree, *changes)


def _may_go_on(tree: Tree, verb: int) -> bool:
    """Whether the subject of a reported clause acts there, and may say something next."""
    subject = tree.child(verb, *SUBJECTS)
    if subject is None or tree.words[verb].low in _STATES or is_passive(tree, verb):
        return subject is None
    low = tree.words[subject].low
    speaks = is_somebody(tree, subject) or is_role(low.removesuffix("s"))
    speaks = speaks or low in BODIES or low in BODY_NOUNS or tree.kinds[subject] == "people"
    return speaks or tree.tags[subject] in ("PRP", "WP", "NNP")


def _repair_trailing_report(tree: Tree) -> Tree:
    """A tree in which a report that ends a sentence governs it: "…, the Gazette reports."."""
    end = len(tree.words)
    while end and tree.words[end - 1].is_mark and tree.words[end - 1].text != ")":
        end -= 1
    for verb in range(end - 1, 1, -1):
        if _may_report(tree, verb) and _is_last(tree, _past_told(tree, verb), end):
            source = _described_source(tree, verb)
            first = _start_of_teller(tree, verb) if source is None else source[0]
            if first is None or not _is_told(tree, first):
                return tree
            return _governed(tree, verb, first, None if source is None else source[1])
        if tree.words[verb].is_quotation or tree.words[verb].low == "that":
            return tree
    return tree


def _repair_trailing_hearer(tree: Tree) -> Tree:
    """A tree in which who was told all that governs it: "Lee said no, jurors were told."."""
    end = len(tree.words) - 1
    commas = (k for k in range(end - 1, 0, -1) if tree.words[k].text == ",")
    first = next(commas, end) + 1
    finite = [k for k in range(first, end) if is_finite(tree, k)]
    if len(finite) != 1 or any(w.is_quotation or w.low == "that" for w in tree.words[first:end]):
        return tree
    verb = max((k for k in range(finite[0], end) if is_verb(tree, k)), default=finite[0])
    subject = run_end(tree.tags, first, NOMINAL, finite[0]) - 1
    if subject < first or tree.words[subject].low not in _HEARING or not _is_told(tree, first):
        return tree
    it, low = tree.words[subject].low == "it", tree.words[verb].low
    said = is_passive(tree, verb) and low in CUES if it else low in _HEARD
    return _governed(tree, verb, first, subject) if said else tree


def _repair_trailing_name(tree: Tree) -> Tree:
    """A tree in which who says it at the end governs a sentence: "…, says Ann Lee, who led it."."""
    for verb in range(len(tree.words) - 2, 2, -1):
        if tree.words[verb].is_quotation:
            return tree
        if tree.words[verb - 1].text != "," or not _may_be_signed(tree, verb):
            continue
        name = phrase_after(tree, verb)
        signed = name is not None and _is_somebodys(tree, verb + 1, name)
        if name is None and tree.tags[verb + 1] == "CD" and tree.words[verb + 2].low == "of":
            name = verb + 1  # "said one of the people"
        of = name is not None and tree.tags[name] == "CD"
        noun = phrase_after(tree, verb + 2) if of else name
        source = noun is not None and not signed and is_source(tree, noun)
        source = source and tree.words[verb].low in _PLAIN
        bare = source and tree.tags[verb + 1] not in ("DT", "CD")  # "regular, pledged delegates"
        if name is None or not (signed or source) or not _ends_with(tree, name, bare=bare):
            return tree
        subject = tree.child(verb, *SUBJECTS)
        if tree.heads[verb] == verb and subject is not None and subject <= name:
            return tree  # it is told so, or somebody tells Ann Lee
        return _governed_before(tree, verb, name) if _is_told(tree, verb) else tree
    return tree


def _may_be_signed(tree: Tree, verb: int) -> bool:
    """Whether a word behind a comma tells who says it, or thinks it: ", reckons Ann Lee"."""
    word, cue = tree.words[verb], CUES.get(tree.words[verb].low)
    told = cue is not None and cue.verb.takes_clause and cue.form in ("past", "s")
    if not told or not word.text.islower():
        return False
    misread = cue is not None and cue.form == "s" and tree.tags[verb] == "NNS"
    return misread or is_finite(tree, verb)


def _is_somebodys(tree: Tree, first: int, name: int) -> bool:
    """Whether a name is a person's, by itself or by what stands before it."""
    told = any(is_role(word.low) for word in tree.words[first:name])
    named = "person" in (tree.kinds[name], tree.kinds[first])  # "Lee" of "Ann Lee" may be misread
    return tree.words[name].is_name and (named or told)


def _ends_with(tree: Tree, name: int, *, bare: bool) -> bool:
    """Whether nothing but what is told of somebody stands behind a name.

    Of a `bare` noun something has to be told: "said a person familiar with the talks".
    """
    rest = range(name + 1, len(tree.words))
    told = sum(is_finite(tree, k) for k in rest)
    about = sum(tree.words[k].low in RELATIVES | {"because"} for k in rest)
    near = tree.words[name + 1] if name + 1 < len(tree.words) else None
    apart = near is None or near.is_mark or near.low in _TIES
    return told <= about and (_is_described(tree, name + 1) or (apart and not bare))


def _is_described(tree: Tree, number: int) -> bool:
    """Whether what stands behind a noun tells of it: "a person familiar with", "aides who"."""
    if number + 1 >= len(tree.words):
        return False
    tied = tree.tags[number] in ("JJ", "RB", "VBN") and tree.tags[number + 1] in ("IN", "TO")
    return tied or tree.tags[number] in _RELATIVE


def _governed_before(tree: Tree, verb: int, name: int) -> Tree:
    """A tree in which a verb and the name behind it govern all that stands before."""
    heads, roles, tags = columns(tree)
    for k, head in enumerate(tree.heads):
        if k < verb and (head >= verb or head == k):
            heads[k] = verb
            roles[k] = "ccomp" if is_verb(tree, k) else "dep" if roles[k] in SUBJECTS else roles[k]
        elif k > verb and (head < verb or verb < k < name):
            heads[k], roles[k] = name, "compound" if k < name else roles[k]
        elif k == name + 1 and _is_described(tree, k):
            heads[k], roles[k] = name, "amod"  # "a person close to Lee"
    heads[name], roles[name] = verb, "nsubj"
    heads[verb], roles[verb], tags[verb] = verb, "ROOT", verb_tag(tree.words[verb])
    return rebuilt(tree, heads, roles, tags)


def _may_report(tree: Tree, verb: int) -> bool:
    cue = CUES.get(tree.words[verb].low)
    if cue is None or not cue.verb.takes_clause or cue.form not in ("past", "s", "base"):
        return False
    put_so = cue.verb.lemma in _TELLING or _is_particle(tree, verb + 1)  # "pointed out"
    if cue.verb.strength == "weak" and not put_so:
        return False  # "it declined", "he laughed"
    tagged = tree.tags[verb] in ("VBD", "VBZ", "VBP", "NNS") and tree.words[verb].text.islower()
    # "people who asked not to be named said"
    done = is_finite(tree, verb - 1) or tree.tags[verb - 1] == "VBN"
    return tagged or (tree.tags[verb] == "VBN" and done)


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


def _past_told(tree: Tree, verb: int) -> int:
    """The word behind a verb, its particle and whom somebody tells: "told the Gazette"."""
    after = verb + 1 + _is_particle(tree, verb + 1)
    if not CUES[tree.words[verb].low].verb.takes_person:
        return after
    end = run_end(tree.tags, after, NOMINAL)
    # "Lee asked the board when it would meet"
    asks = end > after and tree.tags[end : end + 1] in (["WRB"], ["WP"])
    return after if asks else end


def _described_source(tree: Tree, verb: int) -> tuple[int, int] | None:
    """Where a noun phrase begins that a description parts from its verb, and its noun.

    "…, people familiar with the matter said", "…, a source who asked not to be named told Lee".
    """
    end = group_start(tree, verb)
    end -= tree.words[end - 1].low in _HELPING
    first = end
    while first and not (tree.words[first - 1].is_mark or tree.words[first - 1].is_quotation):
        first -= 1
    nouns = (k for k in range(first, end) if tree.tags[k].startswith("NN"))
    noun = next((k for k in nouns if not tree.tags[k + 1].startswith(("NN", "POS"))), end)
    relative = noun + 1 < end and tree.tags[noun + 1] in _RELATIVE
    if not first or noun + 1 + relative >= end or tree.words[first - 1].text != ",":
        return None
    plain = all(tree.tags[k] in NOMINAL for k in range(first, noun))
    acts = tree.tags[end - 1] in _RELATIVE or tree.words[end - 1].low == "to"
    clauses = sum(is_finite(tree, k) for k in range(noun, end))
    whole = plain and not acts and clauses == relative
    source = is_source(tree, noun) or (is_one_of(tree.words[noun].low, SHOWING) and not relative)
    return (first, noun) if whole and source else None


def _start_of_teller(tree: Tree, verb: int) -> int | None:
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


def _head_of_teller(tree: Tree, first: int, end: int) -> int:
    subject = phrase_head(tree, end - 1, first)
    while tree.tags[subject] == "RB" and subject > first:
        subject = phrase_head(tree, subject - 1, first)
    return subject


def _governed(tree: Tree, verb: int, first: int, subject: int | None) -> Tree:
    """A tree in which a verb and its subject govern all that stands before."""
    end = next((k for k in range(first, verb) if tree.words[k].text == ","), verb)
    subject = _head_of_teller(tree, first, end) if subject is None else subject
    heads, roles, tags = columns(tree)
    misread = tree.tags[verb] == "NNS" or (tags[verb] == "VBN" and not is_finite(tree, verb - 1))
    tags[verb] = verb_tag(tree.words[verb]) if misread else tags[verb]
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
    return rebuilt(tree, heads, roles, tags)
