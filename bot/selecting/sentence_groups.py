"""Groups the sentences of an article that belong together, so that no quotation is shown in part.

The sentences of one statement form a group, and those of one quotation, attributed or not. Knows
nothing of questions.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.language.quotations import Quotation, find_quotations
from index.schema import Sentence, Span, Statement, joined

# A quotation of up to this many sentences is shown whole. One in a hundred is longer
# (docs/experiments.md), mostly because its closing mark is missing.
MAX_GROUP = 8


@dataclass(frozen=True, slots=True, order=True)
class SentenceGroup:
    """The sentences `first` to `last`, both included, of one quotation or statement.

    A quotation that is too long is split into single sentences; then `begins_inside` and
    `ends_inside` tell that it goes on before or after them.
    """

    first: int
    last: int
    begins_inside: bool = False
    ends_inside: bool = False


def group_sentences(
    text: str, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> tuple[SentenceGroup, ...]:
    """The group of each sentence, in the order of the sentences."""
    found: list[SentenceGroup] = []
    for first, last in _merged(_places(text, sentences, statements), len(sentences)):
        is_short = last - first < MAX_GROUP
        found.extend(
            SentenceGroup(first, last) if is_short else SentenceGroup(n, n, n > first, n < last)
            for n in range(first, last + 1)
        )
    return tuple(found)


def merge_groups(groups: Iterable[SentenceGroup]) -> list[SentenceGroup]:
    """The groups in order, with those that overlap or adjoin merged."""
    found: list[SentenceGroup] = []
    for group in sorted(set(groups)):
        if not found or group.first > found[-1].last + 1:
            found.append(group)
            continue
        before, after = found[-1], max(found[-1], group, key=lambda each: each.last)
        found[-1] = SentenceGroup(before.first, after.last, before.begins_inside, after.ends_inside)
    return found


def _places(
    text: str, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> Iterator[tuple[int, int]]:
    """The first and the last sentence of each statement and quotation, within prose."""
    starts = [sentence.span.start for sentence in sentences]
    ends = [sentence.span.end for sentence in sentences]
    spans = [statement.span for statement in statements]
    prose = {sentence.paragraph for sentence in sentences if sentence.prose}
    for span in (*spans, *_quoted(find_quotations(text))):
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end) - 1
        # A heading or a caption is never cited: what it cuts in two stays so.
        lines = groupby(range(first, last + 1), lambda n: sentences[n].paragraph in prose)
        for numbers in (list(group) for is_prose, group in lines if is_prose):
            yield numbers[0], numbers[-1]
    for n, (before, sentence) in enumerate(pairwise(sentences)):
        # "[...]" between two sentences does not separate them.
        if not sentence.prose and before.paragraph == sentence.paragraph in prose:
            yield n, n + 1


def _quoted(quotations: Iterable[Quotation]) -> Iterator[Span]:
    """Each quotation with those that reopen it in the paragraphs after."""
    together: list[Span] = []
    for quotation in quotations:
        if together and not quotation.continues:
            yield joined(together)
            together = []
        together.append(quotation.span)
    if together:
        yield joined(together)


def _merged(places: Iterable[tuple[int, int]], n_sentences: int) -> list[tuple[int, int]]:
    """All sentences, those together of which places share one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted([*places, *((n, n) for n in range(n_sentences))]):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged
