r"""Finds the paragraphs of a text: lines, or several lines where the text was wrapped at a width.

Wires, mails and plain text files break their lines at sixty to eighty characters; what such a break
parts is one paragraph. Lines that end before the width is used up are paragraphs of their own:
headings, lists, tables. The text is not altered; a paragraph's span holds its line breaks.

>>> [span.of("One.\nTwo.") for span in find_paragraphs("One.\nTwo.")]
['One.', 'Two.']
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.language.names import HONORIFICS
from index.language.words import FUNCTION_WORDS
from index.schema import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+|(?:\r\n|[\r\n\u2028\u2029])")
_NARROWEST, _WIDEST = 40, 100
# A share of a block's lines that must be as full as the width allows.
_FULL = 0.7
_INDENT = 4
# A share of all lines that no longer line, such as an address, may break into.
_SHORT = 0.9
_ITEM = re.compile(
    r"\s*(?:[-*•–—·]\s|\(?\d{1,3}[.)]\s|\[?\(?\d{1,2}:\d\d|Q\s\s|>"
    r"|[^\W\d_][\w .'’()-]{0,30}:(?:\s|$))"
)
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*\Z")
_GOES_ON = re.compile(r"[,–—-][\"'”’»]*\s*\Z|[,!?][\"”’'»]\s*\Z")

# Characters of a line from which the next may go on in lower case, and be no item of a list.
_SENTENCE = 25
_BYLINE = re.compile(r"\s*(?:[Bb]y|BY)\s(?:[A-ZÀ-Þ][\w.'’-]*(?:\s|\Z)|and\s)+\s*")
_MARKS = "\"'“”‘’«»„("


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, with the white space around their words left out."""
    blocks = list(_blocks(text))
    width = _width(text, blocks)
    spans = (span for block in blocks for span in _joined(text, block, width))
    return tuple(inner for span in spans for inner in stripped(text, span.start, span.end))


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines that follow one another without an empty one; one that is indented begins anew."""
    block: list[Span] = []
    breaks = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if line[0] in "\r\n\u2028\u2029":
            breaks += 1
            continue
        if not line.strip():
            continue
        if block and (breaks != 1 or _indent(line) > _indent(block[-1].of(text))):
            yield block
            block = []
        block.append(Span(match.start(), match.end()))
        breaks = 0
    if block:
        yield block


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _width(text: str, blocks: Sequence[list[Span]]) -> int:
    """The width that the text was wrapped at; 0 if it was not."""
    lengths = [len(span.of(text).rstrip()) for block in blocks for span in block]
    short = [length for length in lengths if length <= _WIDEST]
    if len(short) < _SHORT * len(lengths):
        return 0
    width = max(short, default=0)
    return width if width >= _SENTENCE else 0


def _joined(text: str, block: Sequence[Span], width: int) -> Iterator[Span]:
    lines = [span.of(text).rstrip() for span in block]
    ties = [a or b for a, b in zip(_ties(lines, width), _ragged_ties(lines, width), strict=True)]
    start = block[0].start
    for tie, (span, after) in zip(ties, pairwise(block), strict=True):
        if not tie:
            yield Span(start, span.end)
            start = after.start
    yield Span(start, block[-1].end)


def _ties(lines: Sequence[str], width: int) -> list[bool]:
    """Which lines are one with the next, as their width or a mark like a comma tells."""
    full = [_is_full(one, two, width) for one, two in pairwise(lines)]
    broken = [not _ENDED.search(one) or two.lstrip()[:1].islower() for one, two in pairwise(lines)]
    wrapped = (
        width >= _NARROWEST
        and bool(full)
        and sum(full) >= _FULL * len(full)
        and any(f and b for f, b in zip(full, broken, strict=True))
    )
    ties: list[bool] = []
    for n, (line, after) in enumerate(pairwise(lines)):
        # One break before a verb may be followed by more: "“No,” / said Lee / on Monday."
        open_ended = _GOES_ON.search(line) or (n and ties[n - 1] and not _ENDED.search(line))
        goes_on = bool(open_ended) and after.lstrip()[:1].islower()
        ties.append(((wrapped and full[n]) or goes_on) and not _ITEM.match(after))
    return ties


def _ragged_ties(lines: Sequence[str], width: int) -> list[bool]:
    """Which lines are one with the next where a sentence runs over lines of any length.

    Programs that wrap what was wrapped before leave lines of all lengths. A run of lines counts
    only if it ends as sentences do: the lines of tables and lists do not.
    """
    ties: list[bool] = []
    if not width:
        return [False] * (len(lines) - 1)
    is_open = False
    for n, (line, after) in enumerate(pairwise(lines)):
        running = bool(n) and ties[n - 1]
        is_open = _leaves_open(line, running and is_open)
        joins = not _ITEM.match(after) and not _BYLINE.fullmatch(after)
        full = _is_full(line, after, width)
        ties.append(joins and _runs_on(line, after, running, is_open, full))
    for n in range(len(ties) - 1, -1, -1):
        last = n + 1 == len(ties) or not ties[n + 1]
        ties[n] = ties[n] and (not last or _ENDED.search(lines[n + 1]) is not None)
    return ties


def _runs_on(line: str, after: str, running: bool, is_open: bool, full: bool) -> bool:
    """Whether a sentence goes on behind a line.

    `running` tells that the line goes on itself, `is_open` that it ends in quotation marks.
    """
    words, opening = line.split(), after.split()[0].strip(_MARKS)
    if _BYLINE.fullmatch(line):
        return False
    if words[-1].lower().rstrip(".") in HONORIFICS:
        return True
    if _ENDED.search(line):
        return running and is_open and after.lstrip()[0] not in _MARKS
    if words[-1].lower() in FUNCTION_WORDS:
        return True
    if opening[:1].islower():
        return running or is_open or len(line) >= _SENTENCE
    if opening.lower() in FUNCTION_WORDS:
        return False  # a heading, and "The …" below
    named = words[-1][0].isupper() and sum(word.islower() for word in words) > len(words) // 2
    return running or (full and named)


def _leaves_open(line: str, was_open: bool) -> bool:
    """Whether a line ends in quotation marks that are opened and not closed."""
    last = max(line.rfind("“"), line.rfind("”"))
    if last >= 0:
        return line[last] == "“"
    return was_open != (line.count('"') % 2 == 1)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room on this one; others may be indented."""
    return 0 < width <= len(line) + len(after.split()[0]) + _INDENT


def stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without white space at its ends; none where nothing is left of it."""
    inner = text[start:end]
    start, end = start + _indent(inner), start + len(inner.rstrip())
    if start < end:
        yield Span(start, end)
