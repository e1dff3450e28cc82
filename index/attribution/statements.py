"""Hands every quotation and every reported clause of an article to one speaker, or to nobody.

Stages: the frames of each sentence -> quotations carried on from sentence to sentence -> whom each
speaker's mention stands for. Knows nothing of questions.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial

from index.attribution.drafts import StatementDraft, statement_of
from index.attribution.grammar.clauses import lemma, saying
from index.attribution.grammar.frames import find_frames
from index.attribution.grammar.nesting import Frame, reports
from index.attribution.grammar.phrases import Range, phrase
from index.attribution.grammar.subjects import mention_of
from index.attribution.grammar.voices import (
    acting_subject,
    is_bare_text,
    signer,
    speaks_for_nobody,
)
from index.attribution.grammar.word_order import broken_from
from index.attribution.layout.turns import TranscriptTurn
from index.attribution.passing_on import with_inner
from index.attribution.people.naming import plain_word
from index.attribution.people.referents import is_aside, is_passed_over
from index.attribution.speakers import Resolver
from index.attribution.unattributed_quotations import (
    FEW,
    UnattributedQuotations,
    acts_on,
    told_words,
)
from index.language.quotations import Quotation
from index.language.syntax import Tree
from index.language.verbs import REPLIES
from index.language.words import Word
from index.schema import Sentence, Span, Speaker, Statement

_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w'’-]*\w|\A\W*[A-ZÀ-Þ][\w'’-]*\w")
_WORD = re.compile(r"\w+")
_MARKS = "\"'“”‘’«»"
# Words of a question that somebody surely asks of another.
_SHORT = 3
_ADDRESSED = frozenset("you your yours".split())
_SO = frozenset("so thus".split())


def find_statements(
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    inside: Sequence[Sequence[tuple[int, Quotation]]],
    resolver: Resolver,
    turns: Sequence[TranscriptTurn],
) -> tuple[Statement, ...]:
    """All statements, in the order of the text; `inside` has each sentence's quotations."""
    spoken = frozenset(number for turn in turns for number in turn.sentences)
    gatherer = _Gatherer(sentences, quotations, inside, resolver, spoken)
    statements = [statement_of(draft, resolver.text, quotations) for draft in gatherer.gather()]
    statements += [
        Statement(
            Speaker(turn.name, turn.label) if turn.name else None, None, turn.content, "direct"
        )
        for turn in turns
    ]
    return tuple(sorted(statements, key=lambda s: (s.span.start, s.span.end)))


@dataclass(slots=True)
class _Gatherer:
    """Goes through an article's sentences once, and hands every quotation to one speaker."""

    sentences: Sequence[Sentence]
    quotations: Sequence[Quotation]
    inside: Sequence[Sequence[tuple[int, Quotation]]]
    resolver: Resolver
    # Sentences of a transcript, which are one person's words already.
    spoken: frozenset[int]
    drafts: list[StatementDraft] = field(default_factory=list)
    claimed: dict[int, StatementDraft] = field(default_factory=dict)
    last: StatementDraft | None = None
    last_sentence: int = -1
    frames: list[list[Frame]] = field(default_factory=list)
    around: UnattributedQuotations = field(init=False)
    reopened: set[int] = field(default_factory=set)

    def gather(self) -> list[StatementDraft]:
        trees = self.resolver.trees
        self.frames = [
            find_frames(tree) if sentence.prose and number not in self.spoken else []
            for number, (sentence, tree) in enumerate(zip(self.sentences, trees, strict=True))
        ]
        self.around = UnattributedQuotations(
            self.sentences, self.quotations, self.resolver, self.frames
        )
        self._note_reopened()
        for number, sentence in enumerate(self.sentences):
            self.resolver.begin_sentence(number)
            if sentence.prose and number not in self.spoken:
                self._take_frames(number)
                self._take_loose(number)
        self._take_reopened()
        start = partial(self.around.start, len(self.sentences) - 1)
        return with_inner(self.drafts, self.quotations, self.resolver, start)

    def _note_reopened(self) -> None:
        r"""Note which quotations are reopened in a later paragraph, and told there whose they are.

        The mark that would close "“I came.\n\n“I saw,” Lee said." behind "came" is left out.
        """
        told = {
            word.quotation
            for tree, frames in zip(self.resolver.trees, self.frames, strict=True)
            for frame in frames
            if frame.subject is not None
            for word in _quotations(tree, frame)
        }
        for number in range(len(self.quotations) - 2, -1, -1):
            later = number + 1
            if self.quotations[later].continues and (later in told or later in self.reopened):
                self.reopened.add(number)

    def _take_reopened(self) -> None:
        """Give what is reopened in a later paragraph to whom that belongs to."""
        for number in sorted(self.reopened, reverse=True):
            draft = self.claimed.get(number + 1)
            if draft is not None and number not in self.claimed:
                draft.content.append(self.quotations[number].span)
                draft.quotations.add(number)
                self.claimed[number] = draft

    # Frames

    def _take_frames(self, number: int) -> None:
        quoting = None
        for frame in self.frames[number]:
            if frame.content and not self._is_told_later(number, frame):
                draft = self._draft(number, frame)
                sure = frame.evidence not in ("object", "infinitive") and not frame.nested
                relayed = frame.modality == "relayed"
                self._add(number, draft, sure=sure and not relayed, claims=not relayed)
                if draft.quotations and frame.evidence != "marked":
                    quoting = draft
        if quoting is not None:
            self.last, self.last_sentence = quoting, number

    def _is_told_later(self, number: int, frame: Frame) -> bool:
        """Whether the next sentence tells whose it is: "Lee was cross: “No! Go away,” Orr said".

        It goes on there, and stands beside a clause here that reports nothing by itself.
        """
        trees = self.resolver.trees
        quoted = [word.quotation for word in _quotations(trees[number], frame)]
        if not quoted or number + 1 >= len(trees) or reports(trees[number], frame):
            return False
        after, later = trees[number + 1], self.frames[number + 1]
        return any(
            word.quotation == quoted[-1]
            for other in later
            if other.subject is not None and reports(after, other)
            for word in _quotations(after, other)
        )

    def _draft(self, number: int, frame: Frame) -> StatementDraft:
        words = self.resolver.trees[number].words
        pieces, claims = [], set()
        for start, end in frame.content:
            piece = Span(self._outer(words[start]).start, self._outer(words[end - 1]).end)
            for claim, quotation in self.inside[number]:
                # A quotation is not cut: its marks belong to it.
                if quotation.span.overlaps(piece):
                    claims.add(claim)
                    piece = Span(
                        min(piece.start, quotation.span.start), max(piece.end, quotation.span.end)
                    )
            pieces.append(piece)
        subject = frame.subject
        if subject is None and words[frame.content[0][0] - 1].text == ":":
            # "For Lee the answer is simple: “No.”"
            subject = self.resolver.context.only_person(number, frame.content[0][0])
        speaker = self._frame_speaker(number, replace(frame, subject=subject), claims)
        via = self._speaker(number, frame.relayer, nested=True)
        via = None if via and speaker and via.name == speaker.name else via
        cue = _chars(words, frame.cue) if frame.cue else None
        return StatementDraft(speaker, cue, pieces, claims, frame.modality, via)

    def _outer(self, word: Word) -> Span:
        """The whole quotation where the word stands for a part of one."""
        return self.quotations[word.quotation].span if word.is_quotation else word.span

    def _named(self, words: Sequence[Word], frame: Frame) -> frozenset[str]:
        """The folded words of names in what is said, whom "he" in "he said" cannot be.

        "Lee would resign, he said" may be Lee's, "he said that Lee would resign" cannot.
        """
        inside = [word for start, end in frame.content for word in words[start:end]]
        quoted = (m.group() for w in inside if w.is_quotation for m in _NAME.finditer(w.text))
        after = 0 if frame.subject is None else words[frame.subject].start
        apart = frame.evidence == "inserted"
        plain = (w.text for w in inside if w.is_name and (apart or w.start > after))
        return frozenset(map(plain_word, (*quoted, *plain)))

    def _speaker(
        self,
        number: int,
        head: int | None,
        said: frozenset[str] = frozenset(),
        asker: frozenset[str] = frozenset(),
        *,
        nested: bool = False,
    ) -> Speaker | None:
        if head is None:
            return None
        tree = self.resolver.trees[number]
        head, mention = mention_of(tree, head)
        if speaks_for_nobody(tree, head):
            return None
        referent = self.resolver.resolve(number, head, said, asker)
        nested = nested or is_passed_over(tree, head)
        self.resolver.note_speaker(number, referent, nested=nested, aside=is_aside(tree, head))
        return Speaker(referent.name, _chars(tree.words, mention))

    def _frame_speaker(
        self, number: int, frame: Frame, claims: Set[int] = frozenset()
    ) -> Speaker | None:
        tree = self.resolver.trees[number]
        if frame.unsigned and frame.subject is not None:
            author = self._text_speaker(number, frame.subject, claims)
            # "It ran", "came the reply": what they speak of is no speaker itself.
            verb = frame.subject if frame.cue is None else frame.cue[0]
            if (
                author is not None
                or verb < frame.subject
                or is_bare_text(tree, verb, frame.subject)
            ):
                return author
        said, asker = self._named(tree.words, frame), self._asker(number, frame)
        return self._speaker(number, frame.subject, said, asker, nested=frame.nested)

    def _asker(self, number: int, frame: Frame) -> frozenset[str]:
        """The last name, folded, of who has just spoken to another, who is not the one who replies.

        Nor does a stranger answer what they ask: "“Why?” a reporter cried. “No money,” he said."
        """
        verb = lemma(self.resolver.trees[number], frame.cue[0]) if frame.cue else ""
        replies, before = verb in REPLIES | {"respond"}, self.last
        if replies and self.resolver.speaking:  # "When an officer demanded to know, she replied"
            return frozenset(plain_word(self.resolver.speaking[0].name).split()[-1:])
        if before is None or before.speaker is None or number - self.last_sentence > FEW:
            return frozenset()
        ended, name = before.content[-1].of(self.resolver.text), before.speaker.name
        asked = before.modality == "asked" or _ends_in_question(ended)
        stranger = name.startswith(("a ", "an ")) and number - self.last_sentence == 1
        spoken = asked and (replies or (stranger and verb != "add"))
        spoken = spoken or (replies and self.around.is_addressed(self.last_sentence))
        return frozenset(plain_word(name).split()[-1:]) if spoken else frozenset()

    def _text_speaker(self, number: int, text: int, claims: Set[int]) -> Speaker | None:
        """Whose a text is that speaks, where that is told before what is read out of it."""
        first = min((self.around.start(number, claim) for claim in claims), default=number)
        author = self.resolver.authors.of(number, text, first)
        if author is None:
            return None
        self.resolver.note_speaker(number, author, nested=True)
        tree = self.resolver.trees[number]
        return Speaker(author.name, _chars(tree.words, phrase(tree, text)))

    def _add(
        self, number: int, draft: StatementDraft, *, sure: bool = True, claims: bool = True
    ) -> None:
        self.drafts.append(draft)
        for claim in draft.quotations if claims else ():
            self.claimed.setdefault(claim, draft)
        if sure:
            self.last, self.last_sentence = draft, number

    # Quotations without a clause of their own in the sentence

    def _take_loose(self, number: int) -> None:
        words = self.resolver.trees[number].words
        for place, word in enumerate(words):
            if not word.is_quotation or word.quotation in self.claimed:
                continue
            quotation = self.quotations[word.quotation]
            if quotation.span.end > self.sentences[number].span.end:
                continue
            if word.quotation in self.reopened and self._opens_paragraph(number, word.quotation):
                continue
            tree = self.resolver.trees[number]
            broken = broken_from(tree, place)
            if broken is not None and words[broken].quotation in self.claimed:
                self._append(number, self.claimed[words[broken].quotation], word.quotation)
            elif quotation.continues and word.quotation - 1 in self.claimed:
                self._append(number, self.claimed[word.quotation - 1], word.quotation)
            elif all(w.is_quotation or w.is_mark for w in words):
                self._continue(number, word.quotation)
            elif (head := signer(self.resolver.trees[number], place + 1)) is not None:
                draft = StatementDraft(
                    self._speaker(number, head), None, [quotation.span], {word.quotation}
                )
                self._add(number, draft)
            elif (subject := self.around.led(number, word.quotation)) is not None:
                speaker = self._speaker(*subject)
                self._add(number, StatementDraft(speaker, None, [quotation.span], {word.quotation}))

    def _opens_paragraph(self, number: int, quotation: int) -> bool:
        first = self.around.start(number, quotation)
        opens = not first or self.sentences[first - 1].paragraph != self.sentences[first].paragraph
        begin = self.sentences[first].span.start
        return opens and self.quotations[quotation].span.start == begin

    def _append(self, number: int, draft: StatementDraft, quotation: int) -> None:
        draft.content.append(self.quotations[quotation].span)
        draft.quotations.add(quotation)
        self.claimed[quotation] = draft
        self.last, self.last_sentence = draft, number

    def _continue(self, number: int, quotation: int) -> None:
        """Give a quotation that opens a sentence to the next words' or the last speaker."""
        span = self.quotations[quotation].span
        frame = self._bare_frame(number + 1)
        if frame is not None and not self._speaks_on(number, quotation, frame):
            speaker = self._speaker(number + 1, frame.subject)
            cue = _chars(self.resolver.trees[number + 1].words, frame.cue) if frame.cue else None
            self._add(number, StatementDraft(speaker, cue, [span], {quotation}, frame.modality))
        elif (
            subject := self.around.signed(number)
            or self.around.tagged(number, quotation, spoken=self._is_mid_turn(number, quotation))
        ) is not None:
            self._add(number, StatementDraft(self._speaker(*subject), None, [span], {quotation}))
        elif (read := self.around.read_out(number, quotation)) is not None:
            self._read_out(number, quotation, *read)
        elif (
            subject := self.around.beat(number, quotation, spoken=self._has_spoken(number))
        ) is not None:
            speaker, last = self._speaker(*subject), self.last
            spoke = last.speaker.name if last is not None and last.speaker is not None else None
            same = speaker is not None and speaker.name == spoke
            if last is not None and same and last.quotations:
                self._append(number, last, quotation)
            else:
                self._add(number, StatementDraft(speaker, None, [span], {quotation}))
        elif (answering := self._answering(number, quotation)) is not None:
            self._add(number, StatementDraft(answering, None, [span], {quotation}))
        elif not self._is_rivalled(number, quotation):
            self._go_on(number, quotation)

    def _go_on(self, number: int, quotation: int) -> None:
        """Give a quotation to who spoke last, or to whom alone the paragraph before is about."""
        span, last = self.quotations[quotation].span, self.last
        if last is not None and self._is_near(number, quotation):
            if last.quotations:
                self._append(number, last, quotation)
            else:
                self._add(number, StatementDraft(last.speaker, last.cue, [span], {quotation}))
        elif self._opens_paragraph(number, quotation):
            subject = self.around.introduced(number, quotation)
            if subject is not None:
                speaker = self._speaker(*subject)
                self._add(number, StatementDraft(speaker, None, [span], {quotation}))

    def _answering(self, number: int, quotation: int) -> Speaker | None:
        """Who answers, or asks on, in a paragraph of its own, of two who speak in turn."""
        last, own = self.last, self.quotations[quotation]
        if last is None or own.continues or not self._opens_paragraph(number, quotation):
            return None
        near = [
            self.claimed[q] for q in range(max(0, quotation - FEW), quotation) if q in self.claimed
        ]
        others = [
            d for d in near if d.speaker and last.speaker and d.speaker.name != last.speaker.name
        ]
        if not others or quotation - 1 not in last.quotations:
            return None
        asked = self._asks(quotation - 1)
        asks_on = self._asks(quotation) and self._asks(max(others[-1].quotations))
        return others[-1].speaker if asked or asks_on else None

    def _asks(self, quotation: int) -> bool:
        """Whether words ask the other who is there: "And now?", "Are you sure?"."""
        words = self.quotations[quotation].span.of(self.resolver.text).lower()
        told = _WORD.findall(words)
        return _ends_in_question(words) and (len(told) <= _SHORT or not _ADDRESSED.isdisjoint(told))

    def _bare_frame(self, number: int) -> Frame | None:
        """The frame of a sentence that says only who spoke: "Ann Lee said."."""
        if number >= len(self.sentences) or not self.frames[number]:
            return None
        frame = self.frames[number][0]
        if self.sentences[number].paragraph != self.sentences[number - 1].paragraph:
            return None
        self.resolver.begin_sentence(number)
        tree = self.resolver.trees[number]
        first = frame.cue[0] if frame.cue else 0
        if frame.subject is not None:
            first = min(first, phrase(tree, frame.subject)[0])
        # Of "Ann Lee wanted to know." it is not "know" that tells who spoke.
        wants = frame.modality == "supposed" and frame.cue and tree.roles[frame.cue[0]] == "xcomp"
        says = (len(tree.words) <= FEW or reports(tree, frame)) and not wants
        opens = first == (tree.words[0].low in _SO)
        return frame if opens and says and not frame.content else None

    def _speaks_on(self, number: int, quotation: int, frame: Frame) -> bool:
        """Whether who spoke in the sentence before speaks on, and not whom the next one tells of.

        "“No,” Lee said. “Go.” Orr agreed.": a full stop ends it, and the next has sense alone.
        """
        if not self._is_mid_turn(number, quotation):
            return False
        tree, verb = self.resolver.trees[number + 1], frame.cue[0] if frame.cue else None
        known = None if verb is None else saying(tree, verb)
        if known is not None and known.says and not known.takes_object:
            return False
        ended = self.quotations[quotation].span.of(self.resolver.text).rstrip(_MARKS)[-1:] == "."
        return ended or (verb is not None and acts_on(tree, verb))

    def _is_mid_turn(self, number: int, quotation: int) -> bool:
        """Whether somebody spoke in the sentence before, and may speak on in the same paragraph."""
        own = self.last is not None and quotation - 1 in self.last.quotations
        near = self.last_sentence == self.around.start(number, quotation) - 1
        return own and near and not self._opens_paragraph(number, quotation)

    def _read_out(self, number: int, quotation: int, before: int, author: int | None) -> None:
        """Give what is read out to who wrote it, who is not spoken of for that; or to nobody."""
        if author is not None:
            speaker = self._speaker(before, author, nested=True)
            span = self.quotations[quotation].span
            self._add(number, StatementDraft(speaker, None, [span], {quotation}), sure=False)

    def _has_spoken(self, number: int) -> bool:
        """Whether who spoke last did in the same paragraph."""
        last, this = self.sentences[self.last_sentence], self.sentences[number]
        return self.last is not None and last.paragraph == this.paragraph

    def _is_rivalled(self, number: int, quotation: int) -> bool:
        """Whether another may have spoken than who spoke last: "“No.” Lee shook her head."."""
        after = number + 1
        if after >= len(self.sentences) or not self._opens_paragraph(number, quotation):
            return False
        if self.sentences[after].paragraph != self.sentences[number].paragraph:
            return False
        self.resolver.begin_sentence(after)
        tree = self.resolver.trees[after]
        subject = acting_subject(tree)
        if subject is None or told_words(tree, subject) > FEW or self.last is None:
            return False
        told = self.resolver.resolve(after, subject).name
        spoke = self.last.speaker.name if self.last.speaker is not None else None
        return self.around.is_somebody(after, subject) and told != spoke

    def _is_near(self, number: int, quotation: int) -> bool:
        sentences = self.sentences
        number = self.around.start(number, quotation)
        between = range(self.last_sentence, number)
        if sentences[number].paragraph == sentences[self.last_sentence].paragraph:
            return True
        follows = self.last is not None and quotation - 1 in self.last.quotations
        prose = [k for k in between if sentences[k].prose]
        return len(prose) <= 1 and (follows or number - self.last_sentence == 1)


def _ends_in_question(words: str) -> bool:
    return words.rstrip("\"”’'»").endswith("?")


def _quotations(tree: Tree, frame: Frame) -> list[Word]:
    """The whole quotations among the words that a frame reports."""
    inside = (word for start, end in frame.content for word in tree.words[start:end])
    return [word for word in inside if word.is_quotation]


def _chars(words: Sequence[Word], part: Range) -> Span:
    return Span(words[part[0]].start, words[part[1] - 1].end)
