"""Splits an article's text into sentences: paragraphs first, then end marks inside one.

Why our own rules: every splitter that sees the raw text joins a subheading to the next line, and
offsets must be counted on the unaltered text. Knows nothing of who speaks.

>>> [s.span for s in split_sentences("Mr. Lee left. He ran.")]
[Span(start=0, end=13), Span(start=14, end=21)]
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.language.paragraphs import find_paragraphs, stripped
from index.language.word_lists import word_set
from index.language.words import BULLETS
from index.schema import Sentence, Span

# An ellipsis in square brackets is an editor's cut inside a sentence, not its end. A run of marks
# is tried from its start only, and never anew: a line of dots would take the square of its length.
_END = re.compile(
    r"[.!?…。！？](?:(?<=[。！？])[。！？]*[”’」』]*"
    r"|(?<![。！？])(?:(?<![\[.!?].)|(?<=\[[.!?].))(?:(?<=…)|(?<!…)[.!?]*+)[\"'”’»)\]]*+\s+)"
)
_NEXT = re.compile(r"(?:\[(?:…|\.{3})\]\s*)?[\"'“”‘’«»„(\[¿¡—–-]*\s?[^\W_]")
_OPENING_WORD = re.compile(r"[\"'“‘«(\[]*([\w'’]+)")
_LONGEST = 40  # characters of an abbreviation, or of the number of a list's item

# Never end a sentence: what follows belongs to them.
_TITLES = word_set("titles")
# Only before a number: "No. 10", "Feb. 3".
_NUMBERED = frozenset(
    "no nos art fig vol pp jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
# May end one: they do before a word that usually opens a sentence.
_MAYBE = frozenset(
    "jr sr inc co corp ltd bros etc al u.s u.k u.n e.u d.c p.m a.m ph.d b.c a.d".split()
)
_OPENERS = word_set("openers")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+\Z")
_ASIDE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3} "
    r"(?:asked|said|says|told|wrote|added|cried|shouted)\b"
)
# "GARDINER, Mont." before a dash, where a report begins: its abbreviation ends no sentence.
_PLACE = re.compile(r"(?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w.'’-]*,\s[A-Z]\w{1,7}\.")
_AFTER_PLACE = re.compile(r"(?:\([^()\n]{1,20}\)\s+)?(?:[–—]|--?\s)")
_LONGEST_PLACE = 60
_TERMINAL = re.compile(r"[.!?…:;,。！？][\"'”’»)\]」』\s]*\Z")
# Items of a list are seldom ended with a mark, unlike headings they say something all the same.
_ITEM = re.compile(rf"[{re.escape(''.join(BULLETS))}-]\s+(?:\S+\s+){{3}}\S")
# A quotation that is signed in its own line.
_SIGNED = re.compile(r"[\"”’'»]\s?[—–-]{1,2}\s?[A-Z][^.!?\"“”]{2,100}\Z")
_LONGEST_SIGNED = 110
# Ends a quotation that its sentence goes on behind; no heading that has one is as long.
_QUOTED = re.compile(r"[,?!][\"”] [^\W_]")
_LONGEST_HEADING = 120
_CAPTION = re.compile(r"(?:Image|Images|File|Photo|Picture|Video|Map|Caption)\s?:", re.IGNORECASE)


def split_sentences(text: str, paragraphs: Sequence[Span] | None = None) -> tuple[Sentence, ...]:
    """All sentences in order; every character that is not white space lies in exactly one.

    Its paragraphs need not be found again where they are known.
    """
    return tuple(_sentences(text, find_paragraphs(text) if paragraphs is None else paragraphs))


def has_more_sentences(text: str, most: int) -> bool:
    """Whether a text has more sentences than that; no more of them are looked for."""
    return next(islice(_sentences(text, find_paragraphs(text)), most, None), None) is not None


def _sentences(text: str, paragraphs: Sequence[Span]) -> Iterator[Sentence]:
    for number, paragraph in enumerate(paragraphs):
        prose = _is_prose(paragraph.of(text))
        for span in _split_paragraph(text, paragraph.start, paragraph.end):
            yield Sentence(span, number, prose and any(map(str.isalnum, span.of(text))))


def _split_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for mark in _END.finditer(text, start, end):
        if _is_boundary(text, begin, mark, end):
            yield from stripped(text, begin, mark.end())
            begin = mark.end()
    yield from stripped(text, begin, end)


def _is_boundary(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    opening = _NEXT.match(text, mark.end(), end)
    if opening is None:
        return False
    first = opening.group()[-1]
    if first.islower():
        return False
    if mark.group()[0] == ".":
        if _is_dateline(text, begin, mark):
            return False
        return not _is_abbreviation(text, _word_start(text, begin, mark.start()), begin, mark)
    closed_question = mark.group().rstrip()[-1] in "\"'”’»"
    return not (closed_question and _ASIDE.match(text, mark.end(), end))


def _is_dateline(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Whether only a place stands before a mark, and a dash behind it."""
    if not _AFTER_PLACE.match(text, mark.end()):
        return False
    return bool(_PLACE.fullmatch(text[begin : min(mark.start() + 1, begin + _LONGEST_PLACE)]))


def _word_start(text: str, begin: int, end: int) -> int:
    """Where the word that ends at `end` starts, unless it is longer than any abbreviation."""
    start, furthest = end, max(begin, end - _LONGEST)
    while start > furthest and not text[start - 1].isspace():
        start -= 1
    return start


def _is_abbreviation(text: str, start: int, begin: int, mark: re.Match[str]) -> bool:
    if start == begin and text[start : mark.start()].isdigit():
        # The number of a list's item, not a sentence.
        return True
    word = text[start : mark.start() + 1].lstrip("\"'“‘«([").lower()
    bare = word.rstrip(".")
    if bare in _NUMBERED:
        return text[mark.end() : mark.end() + 1].isdigit()
    if bare in _TITLES:
        return True
    if bare in _MAYBE or _INITIAL.fullmatch(word):
        opener = _OPENING_WORD.match(text, mark.end())
        return opener is None or opener.group(1).lower() not in _OPENERS
    return False


def _is_prose(line: str) -> bool:
    signed = line[0] in "\"“‘'«" and _SIGNED.search(line[-_LONGEST_SIGNED:])
    told = len(line) > _LONGEST_HEADING and _QUOTED.search(line)  # its full stop was lost
    is_prose = bool(_TERMINAL.search(line) or _ITEM.match(line) or signed or told)
    is_place = len(line) < _LONGEST_PLACE and _PLACE.fullmatch(line)
    return is_prose and not is_place and not _CAPTION.match(line)
