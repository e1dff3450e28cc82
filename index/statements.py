"""Finds who said what: direct, indirect and mixed speech, from quotation marks and frames.

Stages: quotation marks -> words -> frames of a sentence -> quotations carried on from sentence to
sentence -> whom each speaker's mention stands for. Knows nothing of questions.

>>> from index.sentences import split_sentences
>>> text = "“No,” Ann Lee said. “Never.”"
>>> [s.speaker.name for s in find_statements(text, split_sentences(text)) if s.speaker]
['Ann Lee']
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.cast import gather
from index.frames import Frame, find_frames
from index.phrases import Range, Words, main_subject
from index.quotations import Quotation, find_quotations
from index.schema import Kind, Sentence, Span, Speaker, Statement
from index.speakers import Resolver
from index.words import split_words


@dataclass(slots=True)
class Draft:
    """A statement while its quotations are still being gathered."""

    sentence: int
    subject: Span | None
    cue: Span | None
    content: list[Span]
    name: str | None
    quotations: set[int] = field(default_factory=set)


def find_statements(text: str, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """All statements of an article, in the order of the text."""
    quotations = find_quotations(text)
    words = [split_words(text, s.span, _inside(s, quotations)) for s in sentences]
    resolver = Resolver(text, words, gather(words, text))
    drafts = _drafts(sentences, words, quotations, resolver)
    statements = [_statement(text, draft, quotations) for draft in drafts]
    return tuple(sorted(statements, key=lambda s: (s.span.start, s.span.end)))


def _drafts(
    sentences: Sequence[Sentence],
    split: Sequence[Words],
    quotations: Sequence[Quotation],
    resolver: Resolver,
) -> list[Draft]:
    drafts: list[Draft] = []
    claimed: dict[int, Draft] = {}
    last: Draft | None = None
    for number, sentence in enumerate(sentences):
        resolver.enter(number)
        if not sentence.prose:
            continue
        inside = _inside(sentence, quotations)
        words = split[number]
        frames = find_frames(words)
        for frame in frames:
            draft = _draft(number, words, frame, quotations, resolver)
            drafts.append(draft)
            for claim in draft.quotations:
                claimed.setdefault(claim, draft)
            last = draft
        for k, quotation in inside:
            if k in claimed or quotation.span.end > sentence.span.end:
                continue
            if quotation.continues and k - 1 in claimed:
                _append(claimed[k - 1], k, quotation)
                claimed[k] = claimed[k - 1]
                last = claimed[k]
                continue
            position = next(i for i, w in enumerate(words) if w.quotation == k)
            if position and words[position - 1].text == ":":
                last = _colon(number, words, position, k, quotation, resolver)
                drafts.append(last)
                claimed[k] = last
            elif position == 0 and last is not None and last.sentence >= number - 3:
                if last.quotations:
                    _append(last, k, quotation)
                else:
                    last = Draft(number, last.subject, last.cue, [quotation.span], last.name, {k})
                    drafts.append(last)
                claimed[k] = last
                last.sentence = number
    return drafts


def _colon(number, words, position, k, quotation, resolver):
    subject = main_subject(words[: position - 1])
    return Draft(
        number,
        _chars(words, subject) if subject else None,
        _chars(words, (subject[1], position)) if subject and subject[1] < position else None,
        [quotation.span],
        _resolved(resolver, number, subject),
        {k},
    )


def _resolved(resolver: Resolver, number: int, subject: Range | None) -> str | None:
    if subject is None:
        return None
    referent = resolver.resolve(number, subject)
    resolver.speak(number, referent)
    return referent.name


def _append(draft: Draft, k: int, quotation: Quotation) -> None:
    draft.content.append(quotation.span)
    draft.quotations.add(k)


def _inside(sentence: Sentence, quotations: Sequence[Quotation]) -> list[tuple[int, Quotation]]:
    return [(k, q) for k, q in enumerate(quotations) if q.span.overlaps(sentence.span)]


def _chars(words: Words, part: Range) -> Span:
    return Span(words[part[0]].start, words[part[1] - 1].end)


def _draft(
    number: int, words: Words, frame: Frame, quotations: Sequence[Quotation], resolver: Resolver
) -> Draft:
    pieces = []
    claims = set()
    for start, end in frame.content:
        first, last = words[start], words[end - 1]
        left = quotations[first.quotation].span.start if first.is_quotation else first.start
        right = quotations[last.quotation].span.end if last.is_quotation else last.end
        pieces.append(Span(min(left, first.start), max(right, last.end)))
        claims |= {w.quotation for w in words[start:end] if w.is_quotation}
    subject = _chars(words, frame.subject) if frame.subject else None
    return Draft(
        number,
        subject,
        _chars(words, frame.cue),
        pieces,
        _resolved(resolver, number, frame.subject),
        claims,
    )


def _statement(text: str, draft: Draft, quotations: Sequence[Quotation]) -> Statement:
    content = _merged(draft.content)
    speaker = None
    if draft.subject is not None:
        speaker = Speaker(draft.name or draft.subject.of(text), draft.subject)
    return Statement(speaker, draft.cue, content, _kind(text, content, quotations))


def _merged(pieces: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(piece.end, merged[-1].end))
        else:
            merged.append(piece)
    return tuple(merged)


def _kind(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> Kind:
    letters = quoted = 0
    for piece in content:
        letters += sum(c.isalpha() for c in piece.of(text))
        for quotation in quotations:
            start = max(quotation.span.start, piece.start)
            end = min(quotation.span.end, piece.end)
            if start < end:
                quoted += sum(c.isalpha() for c in text[start:end])
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * letters else "mixed"
