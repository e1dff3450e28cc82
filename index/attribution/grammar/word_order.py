"""What the order of words tells of reporting, where a tree is easily wrong.

"Told the paper that …", "said Tuesday the bridge …" and "…, Lee said." read alike in every
sentence. Words are given by their numbers in the tree. Knows nothing of names.
"""

from index.attribution.grammar.clauses import (
    NOUNS,
    NP,
    has_tense,
    is_finite,
    is_verb,
    lemma,
    saying,
    says,
)
from index.attribution.grammar.phrases import Range, run_end, run_start
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.titles import names_work
from index.language.names import is_role
from index.language.syntax import Tree
from index.language.verbs import CUES, DEEDS, SPEECH, Verb, is_one_of
from index.language.words import DASH, DASHES, QUOTES, Word

# Begin a clause that tells when or why something was said.
_APART = frozenset("after before when while as because since until though although if".split())
# Close a quotation that what follows belongs to.
PAUSES = frozenset(",?!—–-…")
_OPENERS = "\"“‘'«» "
_OPENING_MARKS = {"“": "”", '"': '"', "‘": "’"}
_STOPS = frozenset((":", ";", DASH))
# Open what another says against it.
CONTRASTS = frozenset("while whereas".split())
# Begin where, or in what, something was said.
_WHERE = frozenset("in on at during".split())
_PARTICLES = frozenset("in out up on back off over down away".split())
_HELPERS = frozenset("had has have was were is are would will could can should did does".split())
_TYING = frozenset("of by for from at".split())
_TOLD = ("dobj", "pobj", "dative")
_LEADS = frozenset("rather instead".split())
# Words between a verb and the clause that it reports: more than that belong to something else.
_REACH = 14


def marked_clause(tree: Tree, verb: int, known: Verb) -> int | None:
    """The "that" which opens what a verb reports, past whom and where it was said."""
    if not known.takes_clause:
        return None
    for number in range(verb + 1, min(len(tree.words), verb + _REACH)):
        word = tree.words[number]
        if number == verb + 1 and tree.tags[number] in ("WRB", "WP"):
            return number if word.low != "when" else _past_when(tree, number, known)
        if known.asks and word.low in ("whether", "if"):
            return number
        marks = tree.tags[number] == "IN" or tree.roles[number] == "mark" or number == verb + 1
        if word.low == "that" and marks:
            return number if tree.tags[number] != "DT" else None
        spoken = word.is_quotation and not names_work(tree, number)
        if spoken or word.text in _STOPS or is_finite(tree, number):
            return None
        when = tree.tags[number] == "VBG" and word.low not in CUES
        # "said before leaving that", "told reporters waiting outside that"
        which = tree.tags[number - 1] == "NNS" and tree.roles[number - 1] in _TOLD
        when = when and (tree.words[number - 1].low in _APART or which)
        acts = is_verb(tree, number) and tree.roles[number] != "amod"  # "an e-mailed statement"
        infinitive = tree.tags[number] == "TO" and tree.roles[number] != "prep"
        if infinitive or (acts and number > verb + 1 and not when):
            return None
        if word.low in SPEECH and _is_answered(tree, verb, number):
            return None
        object_ = tree.heads[number] == verb and tree.roles[number] == "dobj"
        if object_ and not known.takes_person and tree.kinds[number] != "time":
            return None
    return None


def _past_when(tree: Tree, when: int, known: Verb) -> int | None:
    """The "that" behind when something was said: "said when asked that"; "when" without one.

    Nothing where a verb reports only what opens with "that": "laughed when told of it".
    """
    if known.strength == "weak":
        return None
    if tree.tags[when + 1 : when + 2] not in (["VBN"], ["VBG"]):
        return when
    for number in range(when + 2, min(len(tree.words), when + _REACH)):
        if tree.words[number].is_mark or tree.words[number].low == "that":
            return number if tree.tags[number] == "IN" else None
    return None


def _is_answered(tree: Tree, verb: int, noun: int) -> bool:
    """Whether what follows is another's claim: "responding to Lee's claim that"."""
    tie = next((k for k in range(noun - 1, verb, -1) if tree.tags[k] in ("IN", "TO")), verb)
    return tree.words[tie].low in ("to", "about", "of", "on", "at", "from")


def bare_clause(tree: Tree, after: int, known: Verb) -> int | None:
    """Where a clause without "that" begins behind a verb: "said Tuesday the bridge would close"."""
    if not known.takes_clause:
        return None
    number, end = after, len(tree.words)
    while number < end and (tree.tags[number] == "RB" or tree.kinds[number] == "time"):
        number += 1
    number = _past_circumstance(tree, number)
    if known.takes_person and number < end and tree.tags[number] in NP:
        told = number
        while told + 1 < end and tree.heads[told] == told + 1:
            told += 1
        number = told + 1
    if number < end and is_finite(tree, number) and _is_in_relative(tree, after):
        return number
    if number >= end or tree.tags[number] not in NP or tree.words[number].is_quotation:
        return None
    return number if _has_clause(tree, number) else None


def _past_circumstance(tree: Tree, number: int) -> int:
    """Past where or in what something was said: "in a statement", "at the hearing on Monday"."""
    end = len(tree.words)
    if number >= end or tree.words[number].low not in _WHERE:
        return number
    after = number + 2
    while after < end and tree.tags[after] in NP and tree.tags[after] not in ("DT", "PRP"):
        after += 1
    return after if after < end and tree.tags[after] in ("DT", "PRP") else number


def _is_in_relative(tree: Tree, after: int) -> bool:
    """Whether a relative clause is reported: "who her brother says has never missed a mass"."""
    number = after - 2
    if number > 0 and tree.tags[number] == "PRP" and tree.tags[number - 1] in ("NN", "NNS"):
        return True  # "two diplomats it says were spies"
    number = run_start(tree.tags, after - 1, (*NP, "POS"), 1) - 1
    return number >= 0 and tree.tags[number] in ("WP", "WDT") and number < after - 2


def inserted(tree: Tree, verb: int) -> tuple[Range, int] | None:
    """A clause that parts a subject from its verb, and the head of its own subject.

    ", said Ann Lee," in "The plan, said Ann Lee, is dead"; the range holds its commas.
    """
    words, size = tree.words, len(tree.words)
    first = verb
    while first and (_may_stand_inside(tree, first - 1) or words[first - 1].low in _TYING):
        first -= 1
    last = verb + 1
    while last < size and (_may_stand_inside(tree, last) or tree.tags[last] == "IN"):
        last += 1
    if first and words[first - 1].low == "as" and first < verb:
        first -= 1
        if any(is_finite(tree, k) for k in range(first)):
            return None  # "Lee thinks that the plan, as she told us, is dead"
    if first < 2 or last >= size - 1 or last - first > _REACH or not has_tense(tree, verb):
        return None
    if words[first - 1].low not in (",", DASH) or words[last].low not in (",", DASH):
        return None
    # "The mayor, Lee, said Orr, son of a miller, has": what stands before is no part of it there.
    alone = first == verb and not any(word.text == "," for word in words[: first - 1])
    if alone and (tree.tags[last + 1].startswith("NN") or tree.tags[last + 1] == "DT"):
        last = _described_to(tree, last)
    if not _is_parted(tree, first - 2, last + 1):
        return None
    before = [k for k in range(first, verb) if tree.tags[k] in NOUNS and tree.kinds[k] != "time"]
    head = before[-1] if before else phrase_after(tree, verb)
    return None if head is None else ((first - 1, last + 1), head)


def _is_parted(tree: Tree, before: int, after: int) -> bool:
    """Whether a clause parts a subject from its verb, or a helper from what belongs to it."""
    words, quoted = tree.words, False
    while after < len(words) - 1 and (words[after].text in QUOTES or tree.tags[after] == "RB"):
        quoted = quoted or words[after].text in QUOTES
        after += 1
    past = quoted and tree.tags[after] == "VBN"  # "The sentence, he said, “struck at” all"
    noun = tree.tags[before] in NOUNS or words[before].text == ")"
    if noun and (is_finite(tree, after) or past):
        return True
    # "Lee was not, her friend noted, a fool"
    before = run_start(tree.tags, before + 1, ("RB",), 1) - 1
    return words[before].low in _HELPERS  # "Lee had, he said, never left"


def _described_to(tree: Tree, comma: int) -> int:
    """The comma behind who somebody is: "says Ann Lee, historian at the museum, is"."""
    end = run_end(tree.tags, comma + 1, (*NP, "IN", "CC", "POS"), len(tree.words) - 1)
    closed = tree.words[end].text == "," and is_finite(tree, min(end + 1, len(tree.words) - 1))
    return end if closed else comma


def _may_stand_inside(tree: Tree, number: int) -> bool:
    word = tree.words[number]
    plain = tree.tags[number] in (*NP, "RB", "RP", "POS", "HYPH", "VBG", "TO", "CC")
    plain = plain or word.text == "-"
    return plain and not word.is_quotation and word.low not in ("who", "which", "that")


def beside_quotation(tree: Tree, quotation: int) -> int | None:
    """The verb right beside a quotation: "“No,” snorts Lee.", "Lee began by saying, “No.”"."""
    verb = behind_pause(tree, quotation)
    if verb is not None and verb + 1 < len(tree.words):
        named = tree.tags[verb + 1] in ("NNP", "NNPS", "DT", "PRP$", "NN", "JJ", "CD")
        if named and is_verb(tree, verb) and tree.tags[verb] != "VBG":
            return verb
        told = _told_after(tree, verb)
        if told is not None:
            return told
    verb = quotation - 1
    if verb > 0 and tree.words[verb].text in (",", ":"):
        verb -= 1
    nouns = ("PRP", "NNP", "NN", "DT", "PRP$")
    told = run_start(tree.tags, verb + 1, nouns, max(1, verb - 4)) - 1
    if told < verb and tree.words[told].low == "to":
        verb = told - 1  # "had said to her, “No.”"
    reports = verb > 0 and is_verb(tree, verb) and tree.words[verb].low in CUES
    describes = tree.roles[verb] in ("acomp", "amod")  # "Lee was less forgiving: “…”"
    return verb if reports and not describes else None


def behind_pause(tree: Tree, quotation: int) -> int | None:
    """The word behind a quotation that goes on: "“No,” said", "« No », said", "— No — said"."""
    after = quotation + 1
    if last_mark(tree.words[quotation]) in PAUSES:
        return after
    outside = after < len(tree.words) and tree.words[after].text == ","
    return after + 1 if outside else None


def last_mark(quotation: Word) -> str:
    """What stands before the closing mark of a quotation; a dash that closes it itself."""
    closing = quotation.text[-1:]
    return DASH if closing in DASHES or closing == "-" else quotation.text[:-1].rstrip()[-1:]


def past_particle(tree: Tree, verb: int) -> int:
    """The word behind a verb and what goes with it: "put in", "called out"."""
    after = verb + 1
    return after + (after < len(tree.words) - 1 and tree.words[after].low in _PARTICLES)


def _told_after(tree: Tree, start: int) -> int | None:
    """The verb of saying that a noun phrase behind a quotation has: "“No,” Lee said."."""
    verb = run_end(tree.tags, start, (*NP, "POS", "RB"), len(tree.words) - 1)
    cue = CUES.get(tree.words[verb].low)
    said = cue is not None and cue.verb.says and cue.verb.takes_clause
    ends = said and tree.words[verb + 1 : verb + 2] and tree.words[verb + 1].is_mark
    named = tree.tags[verb - 1].startswith(NOUNS) and start < verb
    return verb if ends and named and is_finite(tree, verb) else None


def last_saying(tree: Tree, verb: int, quotation: int) -> int:
    """The verb that a quotation goes with: "said" of "told the court that Lee had said: “No.”"."""
    if quotation < verb:
        # "“No,” Lee says her landlord shouted."
        told = (c for c in tree.children[verb] if c > verb and tree.roles[c] == "ccomp")
        told = (c for c in told if saying(tree, c) is not None and has_tense(tree, c))
        inner = next(told, verb)
        between = tree.tags[verb + 1 : inner]
        return verb if any(tag in ("IN", "WRB", "WP", "WDT", "CC") for tag in between) else inner
    if tree.words[quotation - 1].text not in (",", ":"):
        return verb
    for number in range(quotation - 2, verb, -1):
        said = says(tree, number) and has_tense(tree, number)
        if said and subject_of(tree, number) is not None:
            return number
        if tree.words[number].is_mark or is_finite(tree, number):
            return verb
    return verb


def quoted_words(tree: Tree, start: int) -> Range | None:
    """Words in quotation marks that are all that is said: "said “no comment” and left"."""
    size = len(tree.words)
    first = run_end(tree.tags, start, (*NP, "RB", "IN", ":"), min(size, start + _REACH))
    if first >= size or tree.words[first].text not in _OPENING_MARKS or names_work(tree, first):
        return None
    closing = _OPENING_MARKS[tree.words[first].text]
    last = next((k for k in range(first + 2, size) if tree.words[k].text == closing), size)
    goes_on = last + 1 < size and (
        is_finite(tree, last + 1) or tree.tags[last + 1].startswith("NN")
    )
    return None if last >= size or goes_on else (first, last + 1)


def broken_from(tree: Tree, quotation: int) -> int | None:
    """The first part of a quotation that a clause breaks: "“The tide,” said Lee, “is out.”"."""
    goes_on = tree.words[quotation].text.lstrip(_OPENERS)[:1].islower()
    goes_on = goes_on and tree.words[quotation - 1].text == ","
    parts = (k for k in range(quotation - 1, -1, -1) if tree.words[k].is_quotation)
    first = next(parts, None)
    ended = first is not None and last_mark(tree.words[first]) in (",", DASH)
    return first if quotation and goes_on and ended else None


def phrase_after(tree: Tree, number: int) -> int | None:
    """The head of the noun phrase right behind a word."""
    head = None
    for k in range(number + 1, min(len(tree.words), number + _REACH)):
        plain = tree.tags[k] in (*NP, "RB", "POS", "HYPH") or tree.words[k].text == "-"
        if not plain or tree.kinds[k] == "time" or tree.words[k].is_quotation:
            break
        head = k if tree.tags[k] in NOUNS else head
    return head


def _has_clause(tree: Tree, start: int) -> bool:
    """Whether a noun phrase and a verb with a tense follow one another."""
    for number in range(start, min(len(tree.words), start + _REACH)):
        if tree.words[number].text in (",", *_STOPS) or tree.words[number].is_quotation:
            return False
        if tree.tags[number] in ("WP", "WDT"):
            return False
        if is_finite(tree, number) or (number > start and _may_be_past(tree, number)):
            return number > start
    return False


def _may_be_past(tree: Tree, verb: int) -> bool:
    """Whether a participle must be a past tense: "said the reefs needed time to recover"."""
    after = verb + 1
    if tree.tags[verb] != "VBN" or after >= len(tree.words) or tree.kinds[after] == "time":
        return False
    acts_on = tree.tags[after] in ("DT", "PRP", "PRP$", "CD", "NN", "NNS", "NNP")
    return acts_on and not any(is_finite(tree, k) for k in range(after, len(tree.words)))


def clause_end(tree: Tree, end: int) -> int:
    """The end of a clause, or where it ends for certain if that is no place to end."""
    size = len(tree.words)
    if end < size and tree.words[end - 1].is_mark:
        return end
    while end < size and not _may_end(tree, end):
        end += 1
    return end


def _may_end(tree: Tree, number: int) -> bool:
    """Whether a clause may end before a word."""
    word = tree.words[number]
    if word.is_mark or word.is_quotation or tree.tags[number] in ("CC", "WRB", "VBG", "TO"):
        return word.low not in ("-", "'", "$", "%")
    return tree.tags[number] == "IN" and word.low != "that"


def object_end(tree: Tree, start: int, end: int) -> int:
    """Where what is spoken of ends before when or why that was: "rejected it a day after …"."""
    owned = about = False
    for number in range(start + 1, end):
        # Another's claim is spoken of, and not made: "welcomed remarks by Orr that …".
        owned = owned or (tree.words[number].low == "by" and _claims_before(tree, start, number))
        if owned and tree.words[number].low == "that":
            return number
        about = about or tree.tags[number] in ("WDT", "WP", "WP$", "WRB")
        if tree.tags[number] == "CC" and not about and begins_clause(tree, number + 1):
            return number
        apart = tree.words[number].low in _APART and tree.tags[number] in ("IN", "WRB")
        if apart and any(is_finite(tree, k) for k in range(number, end)):
            # "a day after"
            return run_start(tree.roles, number, ("npadvmod", "det"), start + 1)
    return end


def is_deed(tree: Tree, verb: int) -> bool:
    """Whether a verb of saying only does something to its object: "defended her title"."""
    deeds = DEEDS.get(lemma(tree, verb))
    objects = [c for c in tree.children[verb] if tree.roles[c] in ("dobj", "oprd", "ccomp")]
    if deeds is None or len(objects) != 1 or tree.roles[objects[0]] != "dobj":
        return False  # "called the strike a farce"
    noun = objects[0]
    judged = any(tree.words[c].low == "as" for k in (verb, noun) for c in tree.children[k])
    judged = judged or any(word.text in QUOTES for word in tree.words[noun + 1 : noun + 2])
    if judged or tree.tags[verb + 1 : verb + 2] == ["PRP"]:
        return False  # "dismissed the mayor as a fool", "called it a strike", "the vote “free”"
    low = tree.words[noun].low
    forms = {low, low.removesuffix("s"), low.removesuffix("es")}
    human = tree.kinds[noun] in ("person", "people") or any(map(is_role, forms))
    return "*" in deeds or not forms.isdisjoint(deeds) or (human and "people" in deeds)


def _claims_before(tree: Tree, start: int, end: int) -> bool:
    return any(is_one_of(tree.words[k].low, SPEECH) for k in range(start, end))


def next_saying(tree: Tree, start: int, end: int, tag: str) -> int:
    """Where a report ends before the next one: ", telling the paper that", "and added that"."""
    for number in range(start + 2, end):
        cue = CUES.get(tree.words[number].low)
        if cue is None or not is_verb(tree, number):
            continue
        if (apart := _set_apart(tree, number, cue.verb)) is not None and apart > start:
            return apart
        if not cue.verb.says:
            continue
        before = run_start(tree.tags, number, ("RB",), start + 1) - 1
        if tree.tags[number] == "VBG" and tree.words[before].text == "," and before > start:
            return before
        if tag not in ("VBD", "VBZ") or tree.tags[number] != tag:
            continue
        named = before
        before = run_start(tree.tags, named + 1, NP, start + 1) - 1
        own = before == named or tree.words[before - 1].text == ","
        if tree.tags[before] == "CC" and own:
            return before
    return end


def begins_clause(tree: Tree, number: int) -> bool:
    """Whether a noun phrase and a verb with a tense follow, as in "and Lee has left"."""
    after = number
    while after < len(tree.words) and tree.tags[after] in (*NP, "POS", "RB"):
        if tree.tags[after] == "PRP" and after > number:
            return False  # "the power he sees"
        after += 1
    named = any(tree.tags[k].startswith((*NOUNS, "EX")) for k in range(number, after))
    return named and after < len(tree.words) and is_finite(tree, after)


def main_clause(tree: Tree, verb: int, start: int) -> int:
    """Where the main clause begins behind a report that opens its sentence.

    "Lee left" in "After Orr said that it was over, Lee left"; the sentence's end if there is none.
    """
    size = len(tree.words)
    opener = next((k for k in range(verb) if tree.words[k].low in _APART - {"as"}), verb)
    leads = not any(is_finite(tree, k) for k in range(opener)) and opener < 6
    if opener == verb or not leads or any(tree.words[k].text == "," for k in range(verb)):
        return size
    commas = (k for k in range(start, size - 1) if tree.words[k].text == ",")
    return next((k for k in commas if begins_clause(tree, k + 1)), size)


def _set_apart(tree: Tree, verb: int, known: Verb) -> int | None:
    """Where another's report begins for sure: "; Ann Lee has indicated", ", while Lee insisted"."""
    if known.says and (contrast := _contrasted(tree, verb)) is not None:
        return contrast
    first = verb
    while first and (tree.tags[first - 1] in (*NP, "POS", "RB") or is_finite(tree, first - 1)):
        first -= 1
    named = known.takes_clause and any(tree.words[k].is_name for k in range(first, verb))
    parted = first > 1 and tree.words[first - 1].text == ";"
    return first - 1 if parted and named and has_tense(tree, verb) else None


def _contrasted(tree: Tree, verb: int) -> int | None:
    """Where another's report begins: ", while Lee insisted", "and Lee saying"."""
    first = run_start(tree.tags, verb, (*NP, "POS", "RB"))
    if tree.tags[verb] == "VBG" and first < verb and tree.tags[first - 1] == "CC":
        return first - 1
    apart = (
        first > 1 and tree.words[first - 1].low in CONTRASTS and tree.words[first - 2].text == ","
    )
    return first - 2 if apart and is_finite(tree, verb) else None


def clause_start(tree: Tree, end: int) -> int:
    """Where the clause begins that ends before a word."""
    stops = (k + 1 for k in range(end - 1, -1, -1) if tree.words[k].text in (":", ";"))
    return next(stops, 0)


def leads_up(tree: Tree, start: int, end: int) -> bool:
    """Whether a clause only leads up to the verb behind: "Rather than admit it, Lee called"."""
    marks = sum(tree.words[k].text == "," for k in range(start, end))
    leads = tree.tags[start] in ("IN", "WRB", "VBG", "VBN") or tree.words[start].low in _LEADS
    return leads and marks < 2
