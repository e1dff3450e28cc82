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


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, with the white space around their words left out."""
    blocks = list(_blocks(text))
    width = _width(text, blocks)
    spans = (span for block in blocks for span in _joined(text, block, width))
    return tuple(trimmed for span in spans if (trimmed := _trimmed(text, span)))


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
    return width if width >= _NARROWEST else 0


def _joined(text: str, block: Sequence[Span], width: int) -> Iterator[Span]:
    lines = [span.of(text).rstrip() for span in block]
    full = [_is_full(one, two, width) for one, two in pairwise(lines)]
    broken = [not _ENDED.search(one) or two.lstrip()[:1].islower() for one, two in pairwise(lines)]
    wrapped = (
        bool(full)
        and sum(full) >= _FULL * len(full)
        and any(f and b for f, b in zip(full, broken, strict=True))
    )
    start = block[0].start
    for n, (span, after) in enumerate(pairwise(block)):
        # One break before a verb may be followed by more: "“No,” / said Lee / on Monday."
        open_ended = _GOES_ON.search(lines[n]) or (
            start != span.start and not _ENDED.search(lines[n])
        )
        goes_on = open_ended and lines[n + 1].lstrip()[:1].islower()
        ties = (wrapped and full[n]) or goes_on
        if not ties or _ITEM.match(lines[n + 1]):
            yield Span(start, span.end)
            start = after.start
    yield Span(start, block[-1].end)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room on this one; others may be indented."""
    return 0 < width <= len(line) + len(after.split()[0]) + _INDENT


def _trimmed(text: str, span: Span) -> Span | None:
    inner = span.of(text)
    start = span.start + _indent(inner)
    end = span.start + len(inner.rstrip())
    return Span(start, end) if start < end else None
