"""Finds the words between quotation marks, of every usual style, over sentences and paragraphs.

So is speech that dashes set off, as in papers of Spain, where a few words between two of them say
who speaks. Knows nothing of who that is. A mark without its partner never raises and never
swallows more than its own paragraph.

>>> text = "“No,” he said. 'Twas the end."
>>> [q.span.of(text) for q in find_quotations(text)]
['“No,”']
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.paragraphs import find_paragraphs
from index.language.verbs import CUES, SAYING
from index.language.word_lists import word_set
from index.language.words import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, TIMES
from index.schema import Sentence, Span

# Two apostrophes or backticks stand for one double mark in plain-text wires.
_MARK = re.compile(r"''|``|[\"“”„«»‘’']")
_CLOSERS = {
    "“": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "”"),
    "``": ("''", '"'),
    "''": ("''",),
    "”": ("”",),
    "‘": ("’",),
    "'": ("'",),
}
_FEET = re.compile(r"['’]\d\d?\Z")
_SINGLE = frozenset("‘'")
# What an apostrophe opens: "Give 'em a chance", "'Tis late".
_ELIDED = re.compile(rf"(?:{'|'.join(sorted(word_set('elided')))})\b")
# Behind the apostrophe of a plural: what it has, and the words that tell that it has nothing.
_OWNED = re.compile(r" ([^\W\d_A-ZÀ-Þ][\w-]*)")
_TOLD_OF = frozenset(form for form, cue in CUES.items() if cue.verb.says and cue.form != "base")
_NOT_OWNED = (FUNCTION_WORDS - DETERMINERS) | _TOLD_OF
_END = re.compile(r"[.!?…][)\]]*\s")
_SAID = "|".join(sorted(SAYING))
_ATTRIBUTED = re.compile(rf",\s(?:[\w.’'-]+\s){{0,5}}?(?:{_SAID})\b(?:\s[\w.’'-]+){{0,9}}[.]\s*\Z")
_NAMED = r"(?:[A-ZÀ-Þ][\w.’'-]*|(?:the|a|an|his|her|its|their)\s[\w’'-]+)"
_WHEN = "|".join(sorted(PREPOSITIONS | TIMES))
# Before who spoke, to the end or the next quotation: the mark that belongs there was forgotten.
_TOLD = re.compile(
    rf"[,?!](?=\s(?:(?:{_SAID})\s{_NAMED}"
    rf"|(?:{_NAMED}(?:\s[\w.’'-]+){{0,3}}(?:,\s[^,.\"“”]{{1,60}},)?|he|she|they)\s(?:{_SAID})"
    rf"(?=[.,]|\s(?:{_WHEN})\b|\s{_NAMED}))(?:,?\s[\w.’'-]+){{0,20}}[.]\s*(?:\Z|[\"“„«]))"
)
# Behind a few words that are speech, and no title: "“It leaks”, he says".
_TOLD_BEHIND = re.compile(
    rf",\s(?:(?:he|she|it|they|{_NAMED}(?:\s[A-ZÀ-Þ][\w.’'-]*){{0,3}})\s(?:{_SAID})"
    rf"|(?:{_SAID})\s(?:he|she|it|they|{_NAMED}))\b"
)
_SENTENCE_ENDED = re.compile(r"(?:\A|[\r\n]|[.!?…][\"”’)]*\s)\s*\Z")
_WIDE = 8  # characters
# Marks behind one that may only be a plural's, among which a better one is looked for.
_LOOKED = 60
_TAIL = 120  # characters
_MARKS = "\"'“”‘’«»„`"
# Words in quotation marks up to which they may be a phrase of the sentence, or a title.
_LONG = 12
_TITLE = 3
# Between the parts of an interrupted quotation: "“The plan,” Ann Lee said, “is dead.”"
_RESUMES = re.compile(r"[^.!?“”\"]{2,80}[,—–-]\s*")
_OPENING = re.compile(r"(?:[—–―]|--?\s)\s?(?=[\w¿¡\"“‘(])")
# Between what is said and who says it: no dash inside words or between numbers.
_PARTING = re.compile(r"\s(?:[—–―]|--?(?=\s))(?=\s?\w)|\s?(?:[—–―]|(?<=\s)--?)(?=[.,;:?!…])")
_SPEAKER = r"(?:he|she|they|the [\w'’-]+|an? [\w'’-]+|[A-ZÀ-Þ][\w.'’-]*)"
_TELLING = re.compile(
    rf"\s?(?:(?P<verb>[a-z]+) {_SPEAKER}|{_SPEAKER} (?P<other>[a-z]+))\b[^.!?…]{{0,120}}\Z"
)
_RESUMING = re.compile(r"[.,;:?!…]?\s*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in quotation marks, marks included, within one paragraph.

    `continues` says that it reopens the quotation before it, which its paragraph left open; `whole`
    that it is a sentence or more of somebody's, and not words inside the paper's own sentence.
    """

    span: Span
    closed: bool
    continues: bool = False
    whole: bool = True


def find_quotations(text: str, paragraphs: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """All outermost quotations in order; those nested in another are left out.

    Its paragraphs need not be found again where they are known.
    """
    found: list[Quotation] = []
    open_before = False
    paragraphs = find_paragraphs(text) if paragraphs is None else paragraphs
    for number, paragraph in enumerate(paragraphs):
        below = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reopened = "" if below is None else _opening_mark(text, below)
        quotations = [
            Quotation(span, closed=True)
            for span in find_dash_speech(text, paragraph.start, paragraph.end)
        ] or list(_in_paragraph(text, paragraph.start, paragraph.end, reopened))
        if open_before and quotations and quotations[0].span.start == paragraph.start:
            quotations[0] = replace(quotations[0], continues=True)
        # Who spoke is told outside quotation marks: one was forgotten.
        open_before = (
            bool(quotations)
            and not quotations[-1].closed
            and not _ATTRIBUTED.search(
                text, max(paragraph.start, paragraph.end - _TAIL), paragraph.end
            )
        )
        found.extend(quotations)
    before: Quotation | None = None
    for number, quotation in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        whole = _is_whole(text, quotation, before, after)
        found[number] = before = replace(quotation, whole=whole)
    return tuple(found)


def _is_whole(
    text: str, quotation: Quotation, before: Quotation | None, after: Quotation | None
) -> bool:
    """Whether it is speech of its own; words in quotation marks are part of the sentence around."""
    content = quotation.span.of(text).strip(_MARKS).strip()
    # The last paragraph of a quotation, whose closing mark was forgotten.
    last = quotation.continues and not _ATTRIBUTED.search(content[-_TAIL:])
    open_ended = last or quotation.whole or (after is not None and after.continues)
    if not (quotation.closed or open_ended):
        return False
    opening = next((c for c in content if c.isalnum()), "")
    n_words = len(content.split())
    if n_words > _LONG or not content:
        return True
    if opening.isupper():
        if n_words > _TITLE or content[-1] in ".,!?…—–":
            return True
        start = quotation.span.start
        opens = _SENTENCE_ENDED.search(text, max(0, start - _WIDE), start) is not None
        return opens and _TOLD_BEHIND.match(text, quotation.span.end) is not None
    return (
        before is not None
        and before.whole
        and _RESUMES.fullmatch(text, before.span.end, quotation.span.start) is not None
    )


def quotations_by_sentence(
    sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> list[list[tuple[int, Quotation]]]:
    """The quotations that reach into each sentence, numbered."""
    found: list[list[tuple[int, Quotation]]] = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].span.end <= sentence.span.start:
            first += 1
        inside = []
        for number in range(first, len(quotations)):
            if quotations[number].span.start >= sentence.span.end:
                break
            inside.append((number, quotations[number]))
        found.append(inside)
    return found


def _opening_mark(text: str, paragraph: Span) -> str:
    """The single mark that a paragraph opens with, if it does."""
    mark = _MARK.match(text, paragraph.start)
    single = mark is not None and mark.group() in _SINGLE and _opens(text, mark, paragraph.end)
    return mark.group() if mark is not None and single else ""


def _in_paragraph(text: str, start: int, end: int, reopened: str) -> Iterator[Quotation]:
    """The quotations of a paragraph; `reopened` is the single mark that opens the next one.

    Such a mark is an apostrophe else, where nothing closes it.
    """
    position = start
    while opening := _next_opening(text, position, end):
        mark = opening.group()
        goes_on = mark == reopened and _may_go_on(text, opening, start)
        closing = _closing(text, opening, end)
        if closing is not None and not (goes_on and _is_owners(text, closing, end)):
            yield Quotation(Span(opening.start(), closing), closed=True)
            position = closing
        elif mark in _SINGLE:
            if goes_on:
                yield Quotation(Span(opening.start(), end), closed=False)
            position = end if goes_on else opening.end()
        else:
            told = _TOLD.search(text, opening.end(), end)
            stop = told.end() if told else _unclosed_end(text, opening, start, end)
            one = told is not None or _is_one_sentence(text[opening.end() : stop], stop == end)
            yield Quotation(Span(opening.start(), stop), closed=told is not None, whole=one)
            position = stop


def _may_go_on(text: str, opening: re.Match[str], start: int) -> bool:
    """Whether words that nothing closes may be speech: a single mark may stand for letters."""
    elided = _ELIDED.match(text[opening.end() : opening.end() + _WIDE].lower())
    return not elided and (opening.start() == start or _introduces(text, opening))


def _next_opening(text: str, position: int, end: int) -> re.Match[str] | None:
    for mark in _MARK.finditer(text, position, end):
        if mark.group() in "’»" or mark.group() not in _CLOSERS:
            if mark.group() == "»" and _opens(text, mark, end):
                return mark
            continue
        if _opens(text, mark, end):
            return mark
    return None


def _opens(text: str, mark: re.Match[str], end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark.group() in "“„«``":
        return True
    if mark.group() in _SINGLE and after.isdigit():
        return False  # "the '90s"
    if mark.group() in _SINGLE and _ELIDED.match(text, mark.end(), end):
        return False
    return not after.isspace() and not (before.isalnum() or before in ".,!?;%’")


def _closing(text: str, opening: re.Match[str], end: int) -> int | None:
    mark = opening.group()
    closing = _closing_of(text, opening, mark, end)
    if closing is None and mark == "''" and _ELIDED.match(text[opening.end() : end].lower()):
        return _closing_of(text, opening, "'", end)  # "''Tis late,' he said."
    return closing


def _closing_of(text: str, opening: re.Match[str], mark: str, end: int) -> int | None:
    closers = _CLOSERS[mark]
    depth = looked = 0
    fallback: int | None = None
    for other in _MARK.finditer(text, opening.end(), end):
        looked += fallback is not None
        if looked > _LOOKED:
            return fallback
        if other.group() in closers and _closes(text, other, mark, end):
            if depth:
                depth -= 1
            elif mark in _SINGLE and _may_be_possessive(text, other, end):
                fallback = fallback or other.end()  # look for a better one
            else:
                return other.end()
        elif other.group() == mark and (mark == "“" or _opens(text, other, end)):
            depth += 1
    return fallback or (_last_closer(text, opening, closers, end) if depth else None)


def _may_be_possessive(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether what something has may follow a single mark: "the Lees’ house", not "Lees’ and"."""
    owned = _OWNED.match(text, mark.end(), end)
    return text[mark.start() - 1] == "s" and owned is not None and owned.group(1) not in _NOT_OWNED


def _is_owners(text: str, closing: int, end: int) -> bool:
    """Whether the mark that seems to close words is only that of "the Lees’ house"."""
    mark = _MARK.match(text, closing - 1, end)
    return mark is not None and _may_be_possessive(text, mark, end)


def _closes(text: str, mark: re.Match[str], opening: str, end: int) -> bool:
    before = text[mark.start() - 1]
    after = text[mark.end()] if mark.end() < end else " "
    if opening in _SINGLE:
        # An apostrophe stands inside a word or opens one; a closing mark ends one.
        return not before.isspace() and not after.isalnum()
    if mark.group() == '"' and _FEET.search(text[max(0, mark.start() - 4) : mark.start()]):
        return False
    if mark.group() in ('"', "''", "“", "«"):
        return not (before.isspace() and after.isalnum())
    return True


def _last_closer(text: str, opening: re.Match[str], closers: tuple[str, ...], end: int) -> int:
    marks = [m.end() for m in _MARK.finditer(text, opening.end(), end) if m.group() in closers]
    return marks[-1] if marks else end


def _unclosed_end(text: str, opening: re.Match[str], start: int, end: int) -> int:
    """To the paragraph's end where the mark opens it or its last sentences, else the sentence."""
    content = text[opening.end() : end]
    stop = _END.search(content)
    if stop is None or not text[start : opening.start()].strip() or _introduces(text, opening):
        return opening.end() + len(content.rstrip()) if content.strip() else opening.end()
    return opening.end() + stop.start() + 1


def _is_one_sentence(content: str, at_end: bool) -> bool:
    """Whether what is opened and never closed is one sentence that ends its paragraph.

    All of it is said then: only the last mark was forgotten. Nothing in it may tell who speaks.
    """
    ended = at_end and content[-1:] in (".", "!", "?", "…") and not _END.search(content)
    return ended and SAYING.isdisjoint(content.lower().split())


def _introduces(text: str, opening: re.Match[str]) -> bool:
    before = text[max(0, opening.start() - 40) : opening.start()].rstrip()
    return before.endswith((":", ",", ".", "!", "?", "—"))


def find_dash_speech(text: str, start: int, end: int) -> Iterator[Span]:
    """What a paragraph says between and behind dashes, dashes included; nothing if none does."""
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return
    marks = [m.span() for m in _PARTING.finditer(text, opening.end(), end)]
    begin, number = start, 0
    while number < len(marks) and begin < end:
        last, after = marks[number][1], marks[number + 1 : number + 2]
        told = after[0][0] if after else end
        if not _tells(text[last:told].rstrip(" .")):
            number += 1  # a dash inside what is said
            continue
        yield Span(begin, last)
        resumed = _RESUMING.match(text, after[0][1] if after else end, end)
        begin = resumed.end() if resumed else end
        number += 2
    if start < begin < end:
        yield Span(begin, end)


def _tells(clause: str) -> bool:
    """Whether words between two dashes say who speaks."""
    told = _TELLING.match(clause)
    return told is not None and (told["verb"] or told["other"]) in CUES
