"""Finds whose a few words in quotation marks are that no clause of saying has for itself.

"Accused the board of “cooking the books”", "what one of them termed “a joke”", "had been told by
Lee to “go home”": they belong to the subject of the clause whose verb is one of judging or
speaking, else to nobody. Words are given by their numbers in the tree. Knows nothing of names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.attribution.grammar.clauses import is_finite, is_passive, is_verb, saying, says
from index.attribution.grammar.modality import modality_of
from index.attribution.grammar.nesting import Frame
from index.attribution.grammar.phrases import Range, edges, run_start
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.titles import is_title
from index.attribution.grammar.voices import issuer, may_speak
from index.attribution.grammar.word_order import is_deed, phrase_after
from index.language.syntax import Tree
from index.language.verbs import SPEECH
from index.language.words import DASH, QUOTES

# Words between a verb and the marks that belong to it.
_REACH = 14
# A single word in marks may be a nickname.
_FEWEST = 2
# Tie what is spoken of to a verb: "accused of", "thanked for"; others tell where and when.
_TIES = frozenset("of for about against over to as with into".split())
_BEFORE = ("DT", "PRP$", "JJ", "RB", "CD", "POS")
_RELATIVE = ("WP", "WDT")


def with_marked(tree: Tree, found: Sequence[Frame]) -> list[Frame]:
    """The frames, and those of words in marks that none of them has."""
    frames = list(found)
    last: tuple[int, int] | None = None
    for first, end in _marked(tree):
        if any(a < end and first < b for frame in frames for a, b in frame.content):
            continue
        verb = _governing(tree, first)
        if verb is None and last is not None and _goes_on(tree, last[1], first):
            verb = last[0]
        subject = None if verb is None else _doer(tree, verb, end)
        if verb is None or subject is None or not _is_apart(tree, verb, subject, first):
            continue
        if not may_speak(tree, subject, surely=says(tree, verb)):
            continue
        last = verb, end
        told = next((f for f in frames if f.cue == (verb, verb + 1) and f.content), None)
        if told is not None and _is_judged(tree, told, first):
            begin, _ = told.content[-1]
            content = (*told.content[:-1], (begin, end))
            frames[frames.index(told)] = replace(told, content=content)
        else:
            modality = modality_of(tree, verb)
            cue, content = (verb, verb + 1), ((first, end),)
            frames.append(Frame(cue, subject, content, "marked", modality, nested=True))
    return frames


def _is_apart(tree: Tree, verb: int, subject: int, mark: int) -> bool:
    """Whether words in marks are none of who speaks: "wrote the authors of “The Long Walk”"."""
    inside = subject > verb and edges(tree, subject)[1] > mark > subject
    marks = sum(word.text in QUOTES for word in tree.words[:subject])
    named = tree.words[subject].is_quotation or marks % 2  # "in the spot “Danger,” warning of"
    return not inside and subject != mark and not named


def _is_judged(tree: Tree, told: Frame, mark: int) -> bool:
    """Whether words in marks are what something is held to be that is spoken of before them."""
    last = told.content[-1][1]
    between = range(last, mark)
    plain = all(tree.tags[k] in _BEFORE or tree.words[k].low == "as" for k in between)
    return told.evidence == "object" and last <= mark and plain


def _marked(tree: Tree) -> Iterator[Range]:
    """The words between two marks of a sentence, marks included; whole quotations inside it."""
    opened: int | None = None
    for number, word in enumerate(tree.words):
        if word.is_quotation and number and not tree.words[number - 1].is_mark:
            yield number, number + 1
        if word.text not in QUOTES or tree.tags[number] == "POS":
            continue
        if opened is None:
            opened = number
        else:
            if number - opened > _FEWEST or _is_judgement(tree, opened):
                yield opened, number + 1
            opened = None


def _is_judgement(tree: Tree, mark: int) -> bool:
    """Whether a single word is what somebody is held to be: "dismissed it as “absurd”"."""
    return mark > 0 and tree.words[mark - 1].low == "as" and not tree.words[mark + 1].is_name


def _governing(tree: Tree, mark: int) -> int | None:
    """The verb whose doer says what stands in marks behind it."""
    number, commas = mark - 1, 0
    while number > max(-1, mark - _REACH):
        word = tree.words[number]
        commas += word.text == ","
        if word.text in QUOTES or word.is_quotation or word.text in (":", ";", DASH):
            return None
        if word.low in SPEECH and tree.words[mark - 1].low != "as":
            return None  # "rejected claims of “bullying”"
        if is_verb(tree, number):
            if _may_govern(tree, number, mark):
                return number if commas % 2 == 0 or is_passive(tree, number) else None
            if saying(tree, number) is not None and is_finite(tree, number):
                return None
        if is_finite(tree, number):
            relative = _relative_of(tree, number)
            if relative is None:
                return None
            number = relative
        number -= 1
    return None


def _goes_on(tree: Tree, start: int, mark: int) -> bool:
    """Whether words in marks go on behind others: "“a trick” that would “ruin us”"."""
    for number in range(start, mark):
        word = tree.words[number]
        if word.is_mark or word.is_quotation or saying(tree, number) is not None:
            return False
        if is_finite(tree, number) and _relative_of(tree, number) is None:
            return False
    return True


def _relative_of(tree: Tree, verb: int) -> int | None:
    """The "that" of a clause which only tells more of a noun: "a trick that would “ruin us”"."""
    before = run_start(tree.tags, verb, ("RB",), 1) - 1
    return before if before > 0 and tree.tags[before] in _RELATIVE else None


def _may_govern(tree: Tree, verb: int, mark: int) -> bool:
    """Whether what stands in marks is what a verb says, by the verb and by what ties them."""
    known = saying(tree, verb)
    if known is None or is_deed(tree, verb):
        return False
    if is_passive(tree, verb) and known.says:
        return True
    judges = known.takes_object or known.says
    tie = _tie(tree, verb, mark)
    if tie == "as":
        return judges
    if known.denies or not judges or is_title(tree, mark):
        return False
    return tie in _TIES or (tie == "" and known.takes_object)


def _tie(tree: Tree, verb: int, mark: int) -> str:
    """What ties words in marks to a verb: a preposition, nothing, or "?" for anything else."""
    number = run_start(tree.tags, mark, _BEFORE, verb + 1) - 1
    if tree.tags[verb + 1] == "RP":
        return "?"  # "called out “…”"
    if number == verb:
        return ""
    ties = [k for k in range(verb + 1, mark) if tree.tags[k] in ("IN", "TO")]
    return tree.words[number if number in ties else ties[0]].low if ties else ""


def _doer(tree: Tree, verb: int, end: int) -> int | None:
    """Who does what a verb says, also behind the words: "was hailed as “a star” by Lee"."""
    subject = subject_of(tree, verb)
    by = end < len(tree.words) - 1 and tree.words[end].low == "by"
    if subject is None and by and is_passive(tree, verb):
        return phrase_after(tree, end)
    return None if subject is None else issuer(tree, subject)
