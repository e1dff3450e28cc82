"""The statement that is made of a speaker and the pieces of what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.language.quotations import Quotation
from index.schema import Kind, Modality, Span, Speaker, Statement

# A share of letters in quotation marks from which speech is direct.
_DIRECT = 0.9


@dataclass(slots=True)
class StatementDraft:
    """A statement while its quotations are still being gathered."""

    speaker: Speaker | None
    cue: Span | None
    content: list[Span]
    quotations: set[int] = field(default_factory=set)
    modality: Modality | None = None
    via: Speaker | None = None


def statement_of(draft: StatementDraft, text: str, quotations: Sequence[Quotation]) -> Statement:
    """The statement that a draft has become."""
    content = _merged(draft.content)
    kind = _kind(text, content, [quotations[k].span for k in draft.quotations])
    return Statement(draft.speaker, draft.cue, content, kind, draft.modality, draft.via)


def _merged(pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces in order, those that overlap as one."""
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece.start < merged[-1].end:
            last = merged.pop()
            merged.append(Span(last.start, max(last.end, piece.end)))
        else:
            merged.append(piece)
    return tuple(merged)


def _kind(text: str, content: Sequence[Span], spans: Sequence[Span]) -> Kind:
    letters = sum(_letters(text, piece.start, piece.end) for piece in content)
    quoted = sum(
        _letters(text, max(span.start, piece.start), min(span.end, piece.end))
        for piece in content
        for span in spans
        if span.overlaps(piece)
    )
    if not quoted:
        return "indirect"
    return "direct" if quoted >= _DIRECT * letters else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalpha, text[start:end]))
