"""Which sentences of an article belong together, so that no quotation is shown in part.

The sentences of one statement do, and those of one quotation though nobody knows whose it is.
Knows nothing of questions.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.language.quotations import Quotation, find_quotations
from index.schema import Sentence, Span, Statement, joined

# Sentences up to which a quotation is shown whole: one in a hundred has more (docs/experiments.md),
# most of these because its closing mark is missing.
MAX_WHOLE = 8


@dataclass(frozen=True, slots=True, order=True)
class Whole:
    """The sentences `first` to `last`, both included, which are one quotation or statement.

    Or, of one that is too long, one sentence: it `begins_inside` or `ends_inside` it.
    """

    first: int
    last: int
    begins_inside: bool = False
    ends_inside: bool = False


def find_wholes(
    text: str, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> tuple[Whole, ...]:
    """What each sentence has to be shown with, in the order of the sentences."""
    found: list[Whole] = []
    for first, last in _merged(_places(text, sentences, statements), len(sentences)):
        is_short = last - first < MAX_WHOLE
        found.extend(
            Whole(first, last) if is_short else Whole(n, n, n > first, n < last)
            for n in range(first, last + 1)
        )
    return tuple(found)


def put_together(wholes: Iterable[Whole]) -> list[Whole]:
    """The same in their order, those that overlap or follow one another as one."""
    found: list[Whole] = []
    for whole in sorted(set(wholes)):
        if not found or whole.first > found[-1].last + 1:
            found.append(whole)
            continue
        before, after = found[-1], max(found[-1], whole, key=lambda each: each.last)
        found[-1] = Whole(before.first, after.last, before.begins_inside, after.ends_inside)
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
        # "[...]" between two sentences is none, and parts them not.
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
