r"""Finds blocks without quotation marks that stand below words which lead up to them.

Indented, or behind ">" as in rulings and blogs. Knows nothing of who says them.

>>> from index.attribution.layout.sentences import split_sentences
>>> from index.attribution.layout.turns import paragraphs_of
>>> text = "Ann Lee writes:\n\n> It leaks.\n\nIt does."
>>> blocks = find_blocks(text, paragraphs_of(split_sentences(text)))
>>> [(block.lead, [span.of(text) for span in block.content]) for block in blocks]
[(0, ['It leaks.'])]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.attribution.layout.turns import PlacedParagraph
from index.schema import Span

_QUOTED = re.compile(r"(?:>\s?)+")
_ITEM = re.compile(r"(?:[-*•–—·]|\(?\w{1,3}[.)])\s")
_MARKS = "\"“„«‘'"
# Characters by which a block is indented.
_LEAST = 2
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class SetOff:
    """What is set off: the sentence that leads up to it, its own ones, and its words."""

    lead: int
    numbers: tuple[int, ...]
    content: tuple[Span, ...]


def find_blocks(text: str, paragraphs: Sequence[PlacedParagraph]) -> Iterator[SetOff]:
    """The blocks below paragraphs that end with a colon."""
    indents = [_indent(text, p.span.start) for p in paragraphs]
    for n, paragraph in enumerate(paragraphs[:-1]):
        if not paragraph.span.of(text).endswith(":"):
            continue
        marked = _QUOTED.match(text, paragraphs[n + 1].span.start) is not None
        if marked and _QUOTED.match(text, paragraph.span.start):
            continue
        after = range(n + 1, len(paragraphs))

        def belongs(m: int, lead: int = n, *, marked: bool = marked) -> bool:
            is_marked = _QUOTED.match(text, paragraphs[m].span.start) is not None
            is_indented = indents[m] >= indents[lead] + _LEAST
            return paragraphs[m].prose and is_marked == marked and (marked or is_indented)

        block = [paragraphs[m] for m in takewhile(belongs, after)]
        words = [span for p in block for span in _words(text, p)]
        if words and not any(_is_listed(text, span) for span in words):
            numbers = tuple(number for p in block for number in p.numbers)
            yield SetOff(paragraph.numbers[-1], numbers, tuple(words))


def _indent(text: str, start: int) -> int:
    """How far from the left a paragraph begins; a tab is as wide as a block's indent."""
    before = text[max(0, start - _WIDEST) : start]
    margin = before[len(before.rstrip(" \t")) :]
    return len(margin.replace("\t", " " * _LEAST))


def _words(text: str, paragraph: PlacedParagraph) -> Iterator[Span]:
    marked = _QUOTED.match(text, paragraph.span.start)
    start = marked.end() if marked else paragraph.span.start
    if start < paragraph.span.end:
        yield Span(start, paragraph.span.end)


def _is_listed(text: str, span: Span) -> bool:
    """Whether words are an item of a list, or stand in quotation marks that tell by themselves."""
    return text[span.start] in _MARKS or _ITEM.match(text, span.start) is not None
