"""Finds who said what: direct, indirect and mixed speech, from quotation marks and frames.

Stages: quotation marks -> words -> frames of a sentence -> quotations carried on from sentence to
sentence -> whom each speaker's mention stands for. Knows nothing of questions.

>>> from index.attribution.sentences import split_sentences
>>> text = "“No,” Ann Lee said. “Never.”"
>>> [s.speaker.name for s in find_statements(text, split_sentences(text)) if s.speaker]
['Ann Lee']
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.attribution.cast import gather
from index.attribution.contents import Frame, find_frames
from index.attribution.phrases import Range, Words, main_subject
from index.attribution.speakers import Resolver
from index.attribution.transcripts import find_turns
from index.language.cues import CUES
from index.language.names import is_role
from index.language.quotations import Quotation, find_quotations, quotations_by_sentence
from index.language.words import DASH, Word, split_words
from index.schema import Kind, Sentence, Span, Speaker, Statement

# A share of letters in quotation marks from which speech is direct.
_DIRECT = 0.9
# Characters up to which words in quotation marks after a colon are a title or a term.
_FRAGMENT = 12


def find_statements(text: str, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """All statements of an article, in the order of the text."""
    quotations = find_quotations(text)
    inside = quotations_by_sentence(sentences, quotations)
    words = [split_words(text, s.span, q) for s, q in zip(sentences, inside, strict=True)]
    occurrences = gather(words, text)
    names = {o.entity.name: None for line in occurrences for o in line if not o.entity.is_body}
    turns = find_turns(text, sentences, list(names))
    spoken = frozenset(number for turn in turns for number in turn.sentences)
    resolver = Resolver(text, words, occurrences)
    drafts = _Gatherer(sentences, words, quotations, resolver, spoken).gather()
    statements = [_statement(draft, text, quotations) for draft in drafts]
    statements += [
        Statement(Speaker(turn.name, turn.label), None, turn.content, "direct") for turn in turns
    ]
    return tuple(sorted(statements, key=lambda s: (s.span.start, s.span.end)))


@dataclass(slots=True)
class _Draft:
    """A statement while its quotations are still being gathered."""

    speaker: Speaker | None
    cue: Span | None
    content: list[Span]
    quotations: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Gatherer:
    """Goes through an article's sentences once, and hands every quotation to one speaker."""

    sentences: Sequence[Sentence]
    words: Sequence[Words]
    quotations: Sequence[Quotation]
    resolver: Resolver
    # Sentences of a transcript, which are one person's words already.
    spoken: frozenset[int]
    drafts: list[_Draft] = field(default_factory=list)
    claimed: dict[int, _Draft] = field(default_factory=dict)
    last: _Draft | None = None
    last_sentence: int = -1
    frames: list[tuple[Frame, ...]] = field(default_factory=list)

    def gather(self) -> list[_Draft]:
        self.frames = [
            find_frames(words) if sentence.prose and number not in self.spoken else ()
            for number, (sentence, words) in enumerate(zip(self.sentences, self.words, strict=True))
        ]
        for number, sentence in enumerate(self.sentences):
            self.resolver.enter(number)
            if sentence.prose and number not in self.spoken:
                self._take_frames(number)
                self._take_loose(number)
        return self.drafts

    # Frames

    def _take_frames(self, number: int) -> None:
        drafts = [self._draft(number, frame) for frame in self.frames[number] if frame.content]
        for draft in drafts:
            self._add(number, draft)
        if drafts:
            quoting = [draft for draft in drafts if draft.quotations]
            self.last = quoting[-1] if quoting else drafts[0]

    def _draft(self, number: int, frame: Frame) -> _Draft:
        words = self.words[number]
        pieces, claims = [], set()
        for start, end in frame.content:
            first, last = self._outer(words[start]), self._outer(words[end - 1])
            pieces.append(Span(first.start, last.end))
            claims |= {w.quotation for w in words[start:end] if w.is_quotation}
        speaker = self._speaker(number, frame.subject, nested=frame.nested)
        return _Draft(speaker, _chars(words, frame.cue), pieces, claims)

    def _outer(self, word: Word) -> Span:
        """The whole quotation where the word stands for a part of one."""
        return self.quotations[word.quotation].span if word.is_quotation else word.span

    def _speaker(
        self, number: int, subject: Range | None, *, nested: bool = False
    ) -> Speaker | None:
        if subject is None:
            return None
        referent = self.resolver.resolve(number, subject)
        self.resolver.speak(number, referent, nested=nested)
        return Speaker(referent.name, _chars(self.words[number], subject))

    def _add(self, number: int, draft: _Draft) -> None:
        self.drafts.append(draft)
        for claim in draft.quotations:
            self.claimed.setdefault(claim, draft)
        self.last, self.last_sentence = draft, number

    # Quotations without a cue of their own in the sentence

    def _take_loose(self, number: int) -> None:
        for position, word in enumerate(self.words[number]):
            quotation = self.quotations[word.quotation] if word.is_quotation else None
            if quotation is None or word.quotation in self.claimed:
                continue
            if quotation.span.end > self.sentences[number].span.end:
                continue
            if not self._carry_over(number, word.quotation):
                self._introduce(number, position)

    def _carry_over(self, number: int, quotation: int) -> bool:
        """Give a reopened quotation to the speaker of the one that it continues."""
        if not self.quotations[quotation].continues or quotation - 1 not in self.claimed:
            return False
        self._append(number, self.claimed[quotation - 1], quotation)
        return True

    def _append(self, number: int, draft: _Draft, quotation: int) -> None:
        draft.content.append(self.quotations[quotation].span)
        draft.quotations.add(quotation)
        self.claimed[quotation] = draft
        self.last, self.last_sentence = draft, number

    def _introduce(self, number: int, position: int) -> None:
        words = self.words[number]
        quotation = words[position].quotation
        span = self.quotations[quotation].span
        if position and words[position - 1].low in (":", DASH):
            subject = main_subject(words[: position - 1])
            if subject is not None and _announces(words[:position], subject, span):
                speaker = self._speaker(number, subject)
                self._add(number, _Draft(speaker, None, [span], {quotation}))
        elif position == 0 or words[position - 1].is_quotation:
            self._continue(number, quotation)

    def _continue(self, number: int, quotation: int) -> None:
        """Give a quotation that opens a sentence to the next words' or the last speaker."""
        span = self.quotations[quotation].span
        frame = self._bare_frame(number + 1)
        if frame is not None:
            speaker = self._speaker(number + 1, frame.subject)
            cue = _chars(self.words[number + 1], frame.cue)
            self._add(number, _Draft(speaker, cue, [span], {quotation}))
        elif self.last is not None and self._is_near(number, quotation):
            if self.last.quotations:
                self._append(number, self.last, quotation)
            else:
                self._add(number, _Draft(self.last.speaker, self.last.cue, [span], {quotation}))

    def _bare_frame(self, number: int) -> Frame | None:
        """The frame of a sentence that says only who spoke: "Ann Lee said."."""
        if number >= len(self.sentences) or not self.frames[number]:
            return None
        frame = self.frames[number][0]
        if self.sentences[number].paragraph != self.sentences[number - 1].paragraph:
            return None
        first = min(frame.cue[0], frame.subject[0] if frame.subject else frame.cue[0])
        self.resolver.enter(number)
        return frame if first == 0 and not frame.content else None

    def _is_near(self, number: int, quotation: int) -> bool:
        sentences = self.sentences
        between = range(self.last_sentence, number)
        if sentences[number].paragraph == sentences[self.last_sentence].paragraph:
            return True
        follows = self.last is not None and quotation - 1 in self.last.quotations
        prose = [k for k in between if sentences[k].prose]
        return len(prose) <= 1 and (follows or number - self.last_sentence == 1)


def _announces(words: Words, subject: Range, quotation: Span) -> bool:
    """Whether words before a colon or a dash tell who speaks in the quotation after it."""
    first, last = words[subject[0]].low, words[subject[1] - 1]
    someone = last.is_name or first in ("he", "she", "they") or is_role(last.low)
    reported = words[-1].text == ":" or any(w.low in CUES and not w.is_name for w in words)
    return someone and reported and quotation.end - quotation.start > _FRAGMENT


def _chars(words: Words, part: Range) -> Span:
    return Span(words[part[0]].start, words[part[1] - 1].end)


def _statement(draft: _Draft, text: str, quotations: Sequence[Quotation]) -> Statement:
    content = tuple(_merged(draft.content))
    return Statement(draft.speaker, draft.cue, content, _kind(text, content, quotations, draft))


def _merged(pieces: Sequence[Span]) -> Iterator[Span]:
    """The pieces in order, those that overlap as one."""
    current: Span | None = None
    for piece in sorted(pieces):
        if current is not None and piece.start < current.end:
            current = Span(current.start, max(piece.end, current.end))
            continue
        if current is not None:
            yield current
        current = piece
    if current is not None:
        yield current


def _kind(
    text: str, content: Sequence[Span], quotations: Sequence[Quotation], draft: _Draft
) -> Kind:
    spans = [quotations[k].span for k in draft.quotations]
    letters = sum(_letters(text, piece.start, piece.end) for piece in content)
    quoted = sum(
        _letters(text, max(span.start, piece.start), min(span.end, piece.end))
        for piece in content
        for span in spans
    )
    if not quoted:
        return "indirect"
    return "direct" if quoted >= _DIRECT * letters else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(c.isalpha() for c in text[start:end])
