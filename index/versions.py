"""The history of an article: each earlier version beside its successor, with what changed.

Texts are compared sentence by sentence. Knows nothing of pages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.archive.archive import Archive
from index.attribution.layout.sentences import split_sentences
from index.language.folding import fold
from index.reading.records import no_article
from index.schema import Article, Span

What = Literal["same", "altered", "gone", "new"]

# Of the words of two sentences, the share that both have, for one to be the other altered.
_ALIKE = 0.4
# What is longer is not compared inside: difflib takes the square of it.
_MOST_SENTENCES = 2_000
_MOST_PAIRS = 40_000
_MOST_WORDS = 400
_MOST_COMPARED = 1_000_000  # pairs of words, of which difflib does some hundred thousand a second
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of the older text, one of the newer, or both; half-open spans of each text."""

    what: What
    before: Span | None
    after: Span | None


class Room:
    """A budget for comparing within sentences.

    The cost depends on texts that anybody may write, so it is bounded.
    """

    def __init__(self, pairs: int = _MOST_COMPARED) -> None:
        self._left = pairs

    def take(self, pairs: int) -> bool:
        """Whether the budget has so many pairs of words left; if so, they are used."""
        if pairs > self._left:
            return False
        self._left -= pairs
        return True


def compare(old: str, new: str) -> tuple[Change, ...]:
    """All sentences of both texts in order; white space alone is no change."""
    before, after = (tuple(s.span for s in split_sentences(text)) for text in (old, new))
    theirs, ours = [_even(s, old) for s in before], [_even(s, new) for s in after]
    first = _common(theirs, ours)
    last = _common(theirs[first:][::-1], ours[first:][::-1])
    ends = len(before) - last, len(after) - last
    found = list(_same(before[:first], after[:first]))
    if max(ends) - first > _MOST_SENTENCES:
        found += _replaced(before[first : ends[0]], after[first : ends[1]], old, new)
    else:
        matcher = SequenceMatcher(None, theirs[first : ends[0]], ours[first : ends[1]])
        for tag, a, b, c, d in matcher.get_opcodes():
            pair = before[first + a : first + b], after[first + c : first + d]
            found += _same(*pair) if tag == "equal" else _replaced(*pair, old, new)
    return (*found, *_same(before[ends[0] :], after[ends[1] :]))


def fates(old: str, spans: Iterable[Span], new: str) -> tuple[Change, ...]:
    """What became of the sentences, or words, at spans of the older text."""
    compared: tuple[Change, ...] = ()
    found = []
    for span in spans:
        start = new.find(span.of(old))
        if start >= 0:
            place = Span(start, start + span.end - span.start)
            found.append(Change("same", span, place))
            continue
        compared = compared or compare(old, new)
        over = (c for c in compared if c.before and c.before.overlaps(span) and c.after)
        kept = next(over, None)
        after = kept.after if kept else None
        found.append(Change("altered" if kept else "gone", span, after))
    return tuple(found)


def words(one: str, other: str, room: Room) -> tuple[tuple[str, bool], ...]:
    """The first text in pieces, each with whether the other text has it there too.

    One piece if the budget is used up.
    """
    ours, theirs = _WORD.findall(one), _WORD.findall(other)
    if max(len(ours), len(theirs)) > _MOST_WORDS or not room.take(len(ours) * len(theirs)):
        return ((one, False),)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    pieces, end = [], 0
    for block in blocks:
        pieces.append(("".join(ours[end : block.a]), False))
        end = block.a + block.size
        pieces.append(("".join(ours[block.a : end]), True))
    return tuple(piece for piece in pieces if piece[0])


def _even(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _same(before: Sequence[Span], after: Sequence[Span]) -> Iterator[Change]:
    return (Change("same", *pair) for pair in zip(before, after, strict=True))


def _replaced(
    before: Sequence[Span], after: Sequence[Span], old: str, new: str
) -> Iterator[Change]:
    """Pairs each replaced sentence with its successor, in order; the rest are alone."""
    next_ = 0
    pairing = len(before) * len(after) <= _MOST_PAIRS
    theirs = [frozenset(fold(span.of(new))) for span in after] if pairing else []
    for span in before:
        own = frozenset(fold(span.of(old)))
        n = next((k for k in range(next_, len(theirs)) if _is_alike(own, theirs[k])), None)
        if n is None:
            yield Change("gone", span, None)
            continue
        yield from (Change("new", None, each) for each in after[next_:n])
        yield Change("altered", span, after[n])
        next_ = n + 1
    yield from (Change("new", None, each) for each in after[next_:])


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * max(1, len(one | other))


@dataclass(frozen=True, slots=True)
class Step:
    """One version replaced by another at the time `at` (ISO 8601); `changes` are of their texts."""

    older: Article
    newer: Article
    added_at: str
    at: str
    changes: tuple[Change, ...]

    @property
    def day(self) -> str:
        """The day on which the archive got the newer version."""
        return self.at[:10]

    def lines(self) -> Iterator[str]:
        """What changed, a line a sentence, "-" before what went and "+" before what came."""
        if self.older.title != self.newer.title:
            yield from (f"- {self.older.title or ''}", f"+ {self.newer.title or ''}")
        for change in self.changes:
            if change.what != "same":
                yield from _line("-", change.before, self.older)
                yield from _line("+", change.after, self.newer)


def history(archive: Archive, article_id: str) -> tuple[Step, ...]:
    """The steps of an article's history, the newest first; raises NotFound."""
    with archive.snapshot():
        newer = archive.as_read(article_id)
        if newer is None:
            raise no_article(article_id)
        steps = []
        for earlier in archive.versions(article_id):
            older = earlier.article
            changes = compare(older.text, newer.text)
            steps.append(Step(older, newer, earlier.added_at, earlier.replaced_at, changes))
            newer = older
    return tuple(steps)


def _line(mark: str, span: Span | None, article: Article) -> Iterator[str]:
    if span:
        yield f"{mark} {span.of(article.text)}"
