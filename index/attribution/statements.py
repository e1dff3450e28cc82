"""Hands every quotation and every reported clause of an article to one speaker, or to nobody.

Stages: the frames of each sentence -> quotations carried on from sentence to sentence -> whom each
speaker's mention stands for. Knows nothing of questions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.attribution.clauses import antecedent, main_verb, saying
from index.attribution.drafts import StatementDraft, statement_of
from index.attribution.frames import find_frames
from index.attribution.naming import folded
from index.attribution.nesting import Frame, reports
from index.attribution.order import broken_from, is_finite
from index.attribution.phrases import Range, phrase
from index.attribution.referents import Referent
from index.attribution.speakers import PRONOUNS, Resolver
from index.attribution.subjects import subject_of
from index.attribution.turns import TranscriptTurn
from index.attribution.voices import acting_subject, author_of, introducer, is_words, signer
from index.language.quotations import Quotation
from index.language.syntax import Tree
from index.language.words import Word
from index.schema import Sentence, Span, Speaker, Statement

_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w'’-]*\w|\A\W*[A-ZÀ-Þ][\w'’-]*\w")
# End a quotation that its sentence may go on behind; words of a sentence that only says who spoke.
_CRIES = ("?", "!", "…", "—")
_FEW = 7
_RELATIVE = frozenset("who which that".split())
# Open a sentence that tells whose words stood before it.
_POINTING = frozenset("that this such so those these it".split())


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
    reopened: set[int] = field(default_factory=set)

    def gather(self) -> list[StatementDraft]:
        trees = self.resolver.trees
        self.frames = [
            find_frames(tree) if sentence.prose and number not in self.spoken else []
            for number, (sentence, tree) in enumerate(zip(self.sentences, trees, strict=True))
        ]
        self._note_reopened()
        for number, sentence in enumerate(self.sentences):
            self.resolver.enter(number)
            if sentence.prose and number not in self.spoken:
                self._take_frames(number)
                self._take_loose(number)
        self._take_reopened()
        return self.drafts

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
        drafts = []
        for frame in self.frames[number]:
            if frame.content and not self._is_told_later(number, frame):
                drafts.append(self._draft(number, frame))
                sure = frame.evidence not in ("object", "infinitive") and not frame.nested
                relayed = frame.modality == "relayed"
                self._add(number, drafts[-1], sure=sure and not relayed, claims=not relayed)
        quoting = [draft for draft in drafts if draft.quotations]
        if quoting:
            self.last = quoting[-1]

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
        said = self._named(words, frame)
        subject = frame.subject
        if subject is None and words[frame.content[0][0] - 1].text == ":":
            # "For Lee the answer is simple: “No.”"
            subject = self.resolver.only_person(number, frame.content[0][0])
        speaker = self._speaker(number, subject, said, nested=frame.nested)
        via = self._speaker(number, frame.relayer, nested=True)
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
        return frozenset(map(folded, (*quoted, *plain)))

    def _speaker(
        self,
        number: int,
        head: int | None,
        said: frozenset[str] = frozenset(),
        *,
        nested: bool = False,
    ) -> Speaker | None:
        if head is None:
            return None
        tree = self.resolver.trees[number]
        head, mention = _mention(tree, head)
        referent = self.resolver.resolve(number, head, said)
        self.resolver.speak(number, referent, nested=nested)
        return Speaker(referent.name, _chars(tree.words, mention))

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
            elif (subject := self._led(number, word.quotation)) is not None:
                speaker = self._speaker(*subject)
                self._add(number, StatementDraft(speaker, None, [quotation.span], {word.quotation}))

    def _opens_paragraph(self, number: int, quotation: int) -> bool:
        first = self._start(number, quotation)
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
        if frame is not None:
            speaker = self._speaker(number + 1, frame.subject)
            words = self.resolver.trees[number + 1].words
            cue = _chars(words, frame.cue) if frame.cue else None
            self._add(number, StatementDraft(speaker, cue, [span], {quotation}, frame.modality))
        elif (
            subject := self._signed(number)
            or self._tagged(number, quotation)
            or self._judged(number)
        ) is not None:
            self._add(number, StatementDraft(self._speaker(*subject), None, [span], {quotation}))
        elif (subject := self._beat(number, quotation)) is not None:
            speaker = self._speaker(*subject)
            last = self.last
            spoke = last.speaker.name if last is not None and last.speaker is not None else None
            same = speaker is not None and speaker.name == spoke
            if last is not None and same and last.quotations:
                self._append(number, last, quotation)
            else:
                self._add(number, StatementDraft(speaker, None, [span], {quotation}))
        elif self._is_rivalled(number, quotation):
            return
        elif self.last is not None and self._is_near(number, quotation):
            if self.last.quotations:
                self._append(number, self.last, quotation)
            else:
                last = self.last
                self._add(number, StatementDraft(last.speaker, last.cue, [span], {quotation}))

    def _bare_frame(self, number: int) -> Frame | None:
        """The frame of a sentence that says only who spoke: "Ann Lee said."."""
        if number >= len(self.sentences) or not self.frames[number]:
            return None
        frame = self.frames[number][0]
        if self.sentences[number].paragraph != self.sentences[number - 1].paragraph:
            return None
        self.resolver.enter(number)
        tree = self.resolver.trees[number]
        first = frame.cue[0] if frame.cue else 0
        if frame.subject is not None:
            first = min(first, phrase(tree, frame.subject)[0])
        # Of "Ann Lee wanted to know." it is not "know" that tells who spoke.
        wants = frame.modality == "supposed" and frame.cue and tree.roles[frame.cue[0]] == "xcomp"
        says = (len(tree.words) <= _FEW or reports(tree, frame)) and not wants
        return frame if first == 0 and says and not frame.content else None

    def _signed(self, number: int) -> tuple[int, int] | None:
        """Who signs below a quotation: "“We are glad.” – Ada Quill, chief executive"."""
        if number + 1 >= len(self.sentences) or self.frames[number + 1]:
            return None
        head = signer(self.resolver.trees[number + 1])
        if head is None:
            return None
        self.resolver.enter(number + 1)
        return number + 1, head

    def _judged(self, number: int) -> tuple[int, int] | None:
        """Whose a quotation is by the next words: "“A farce.” That was the verdict of Ann Lee."."""
        after = number + 1
        if after >= len(self.sentences):
            return None
        tree = self.resolver.trees[after]
        together = self.sentences[after].paragraph == self.sentences[number].paragraph
        if not (together and tree.words and tree.words[0].low in _POINTING):
            return None
        nouns = (k for k, role in enumerate(tree.roles) if role == "attr" and is_words(tree, k))
        author = next((a for k in nouns if (a := author_of(tree, k)) is not None), None)
        if author is None:
            return None
        self.resolver.enter(after)
        return after, author

    def _tagged(self, number: int, quotation: int) -> tuple[int, int] | None:
        """Who does something in a few words behind a question or a cry: "“Why?” Lee pressed."."""
        after = number + 1
        ended = self.quotations[quotation].span.of(self.resolver.text)[-2:-1]
        if ended not in _CRIES or after >= len(self.sentences):
            return None
        if self.sentences[after].paragraph != self.sentences[number].paragraph:
            return None
        self.resolver.enter(after)
        tree = self.resolver.trees[after]
        subject = acting_subject(tree)
        if subject is None or _told_words(tree, subject) > _FEW:
            return None
        # "“Why?” Hannes pressed.": so short a clause is one of saying, whoever that is.
        alone = tree.words[subject].is_name and subject + 3 == len(tree.words)
        return (after, subject) if alone or self._is_somebody(after, subject) else None

    def _beat(self, number: int, quotation: int) -> tuple[int, int] | None:
        """Who has just done something in the sentence before, or led up to the quotation there.

        "Lee shook her head. “Never.”" is Lee's, and what stands behind a colon is announced by it.
        """
        if (led := self._led(number, quotation)) is not None:
            return led
        before = self._start(number, quotation) - 1
        if before < 0 or not self.sentences[before].prose:
            return None
        tree = self.resolver.trees[before]
        if tree.words and tree.words[-1].text == ":":
            subject, _ = introducer(tree)
            return None if subject is None else (before, subject)
        if self.sentences[before].paragraph != self.sentences[number].paragraph:
            return None
        subject = acting_subject(tree)
        if subject is None or not self._may_begin(before, subject):
            # Words that nobody has led up to are not taken from whoever spoke last.
            spoken = self.last is not None and (
                self.sentences[self.last_sentence].paragraph == self.sentences[number].paragraph
            )
            about = tree.words[0].low == "for"  # "For Lee it was simple. “No.”"
            subject = None if spoken and not about else self.resolver.only_person(before)
        if subject is None or self._is_about(quotation, self.resolver.resolve(before, subject)):
            return None
        return before, subject

    def _is_rivalled(self, number: int, quotation: int) -> bool:
        """Whether another may have spoken than who spoke last: "“No.” Lee shook her head."."""
        after = number + 1
        if after >= len(self.sentences) or not self._opens_paragraph(number, quotation):
            return False
        if self.sentences[after].paragraph != self.sentences[number].paragraph:
            return False
        self.resolver.enter(after)
        tree = self.resolver.trees[after]
        subject = acting_subject(tree)
        if subject is None or _told_words(tree, subject) > _FEW or self.last is None:
            return False
        told = self.resolver.resolve(after, subject).name
        spoke = self.last.speaker.name if self.last.speaker is not None else None
        return self._is_somebody(after, subject) and told != spoke

    def _is_about(self, quotation: int, referent: Referent) -> bool:
        """Whether a quotation opens with "he" or "she" for somebody, who is not its speaker then.

        The daughter in "His daughter brings tea. “She says I am too old.”"
        """
        first = self.quotations[quotation].span.of(self.resolver.text).strip("\"“”‘’'").split()[:1]
        gender = PRONOUNS.get(first[0].lower()) if first else None
        return gender is not None and referent.gender == gender

    def _led(self, number: int, quotation: int) -> tuple[int, int] | None:
        """Who is named where a colon leads up to a quotation: "Lee did not mince words: “No.”"."""
        number = self._start(number, quotation)
        tree = self.resolver.trees[number]
        place = next((k for k, word in enumerate(tree.words) if word.quotation == quotation), 0)
        if not place or tree.words[place - 1].text != ":":
            return None
        told = next((k for k in range(place - 1, -1, -1) if saying(tree, k) is not None), None)
        if told is None:
            texts = (k for k in range(place) if is_words(tree, k))
            authors = (a for k in texts if (a := author_of(tree, k)) is not None)
            subject = next(authors, None) or self.resolver.only_person(number, place)
        else:
            frame = next((f for f in self.frames[number] if f.cue and f.cue[0] == told), None)
            bare = frame is not None and not frame.content and not frame.modality
            subject = frame.subject if frame is not None and bare else None
            if frame is not None and frame.content:
                subject = self._behind_report(number, frame.content[-1][1], place)
        return None if subject is None else (number, subject)

    def _behind_report(self, number: int, start: int, place: int) -> int | None:
        """Who leads up to a quotation behind a report: "Lee said no, but Orr was clear: “Yes.”"."""
        tree = self.resolver.trees[number]
        for verb in range(place - 1, start, -1):
            if not is_finite(tree, verb):
                continue
            subject = subject_of(tree, main_verb(tree, verb))
            first = 0 if subject is None else phrase(tree, subject)[0]
            joined = first > start and tree.tags[first - 1] == "CC"
            return subject if subject and joined and self._is_somebody(number, subject) else None
        return None

    def _is_somebody(self, number: int, subject: int) -> bool:
        referent = self.resolver.resolve(number, subject)
        named = referent.entity is not None and referent.entity.kind in ("person", "")
        return named and referent.human

    def _may_begin(self, number: int, subject: int) -> bool:
        """Whether who has just done something may speak next: not only who is named there.

        The judge in "The judge turned to Lee. “Yes?”".
        """
        tree = self.resolver.trees[number]
        known = tree.words[phrase(tree, subject)[0]].low == "the" and tree.tags[subject] == "NN"
        unnamed = known and self.resolver.resolve(number, subject).human
        return unnamed or self._is_somebody(number, subject)

    def _start(self, number: int, quotation: int) -> int:
        """The sentence that a quotation begins in."""
        begin = self.quotations[quotation].span.start
        while number and self.sentences[number].span.start > begin:
            number -= 1
        return number

    def _is_near(self, number: int, quotation: int) -> bool:
        sentences = self.sentences
        number = self._start(number, quotation)
        between = range(self.last_sentence, number)
        if sentences[number].paragraph == sentences[self.last_sentence].paragraph:
            return True
        follows = self.last is not None and quotation - 1 in self.last.quotations
        prose = [k for k in between if sentences[k].prose]
        return len(prose) <= 1 and (follows or number - self.last_sentence == 1)


def _mention(tree: Tree, head: int) -> tuple[int, Range]:
    """The noun and the words for who speaks: "firms that" in "firms that warn"."""
    low = tree.words[head].low
    above = antecedent(tree, head) if low in _RELATIVE else None
    if above is None:
        return head, phrase(tree, head)
    begin, end = phrase(tree, above)
    if end == head:
        return above, (begin, head + 1)
    return (above, (begin, end)) if low == "that" else (head, phrase(tree, head))


def _told_words(tree: Tree, subject: int) -> int:
    """How many words say who does what: not those of "Lee, the mayor, shot back" between commas."""
    aside = range(subject + 1, max(subject + 1, tree.heads[subject]))
    words = (word for k, word in enumerate(tree.words) if k not in aside)
    return sum(not word.is_mark for word in words)


def _quotations(tree: Tree, frame: Frame) -> list[Word]:
    """The whole quotations among the words that a frame reports."""
    inside = (word for start, end in frame.content for word in tree.words[start:end])
    return [word for word in inside if word.is_quotation]


def _chars(words: Sequence[Word], part: Range) -> Span:
    return Span(words[part[0]].start, words[part[1] - 1].end)
