"""Tells whose a quotation is, that no clause of its own gives to anybody, by what stands around it.

Knows nothing of who spoke before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.grammar.clauses import is_passive, saying, says
from index.attribution.grammar.nesting import Frame
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.voices import (
    SENDING,
    acting_subject,
    author_before,
    author_of,
    introducer,
    is_words,
    passed_on,
    signer,
)
from index.attribution.people.referents import Referent, main_subject
from index.attribution.speakers import Resolver
from index.language.names import GENDER_OF_PRONOUN, Gender
from index.language.quotations import Quotation
from index.language.syntax import Tree
from index.schema import Sentence

# End a quotation that its sentence may go on behind; words of a sentence that only says who spoke.
_CRIES = ("?", "!", "…", "—")
FEW = 7


@dataclass(frozen=True, slots=True)
class UnattributedQuotations:
    """An article's sentences, as they lead up to quotations or follow them; asked one by one.

    A method gives a sentence and the head of who speaks there, or nothing.
    """

    sentences: Sequence[Sentence]
    quotations: Sequence[Quotation]
    resolver: Resolver
    frames: Sequence[Sequence[Frame]]

    def signed(self, number: int) -> tuple[int, int] | None:
        """Who signs below a quotation: "“We are glad.” – Ada Quill, chief executive".

        It may go on with "telling the paper that …".
        """
        if number + 1 >= len(self.sentences):
            return None
        tree = self.resolver.trees[number + 1]
        head, cues = signer(tree), (f.cue[0] for f in self.frames[number + 1] if f.cue)
        if head is None or any(tree.tags[verb] != "VBG" for verb in cues):
            return None
        self.resolver.begin_sentence(number + 1)
        return number + 1, head

    def tagged(self, number: int, quotation: int, *, spoken: bool) -> tuple[int, int] | None:
        """Who does something in a few words behind a question or a cry: "“Why?” Lee pressed.".

        Where somebody has just `spoken`, who does something to what there is has not: "saw it so".
        """
        after = number + 1
        ended = self.quotations[quotation].span.of(self.resolver.text)[-2:-1]
        if ended not in _CRIES or after >= len(self.sentences):
            return None
        if self.sentences[after].paragraph != self.sentences[number].paragraph:
            return None
        self.resolver.begin_sentence(after)
        tree = self.resolver.trees[after]
        subject = acting_subject(tree)
        if subject is None or told_words(tree, subject) > FEW:
            return None
        if any(word.is_quotation for word in tree.words):
            return None  # "“Sorry?” “You heard,” Lee said."
        if spoken and acts_on(tree, tree.heads[subject]):
            return None
        # "“Why?” Hannes pressed.": so short a clause is one of saying, whoever that is.
        alone = tree.words[subject].is_name and subject + 3 == len(tree.words)
        return (after, subject) if alone or self.is_somebody(after, subject) else None

    def beat(self, number: int, quotation: int, *, spoken: bool) -> tuple[int, int] | None:
        """Who has just done something in the sentence before, or led up to the quotation there.

        "Lee shook her head. “Never.”" is Lee's, and what stands behind a colon is announced by it.
        `spoken` tells that somebody has spoken in the paragraph before.
        """
        if (led := self.led(number, quotation)) is not None:
            return led
        before = self.start(number, quotation) - 1
        if before < 0 or not self.sentences[before].prose:
            return None
        tree = self.resolver.trees[before]
        sender = self._sender(before)
        if tree.words and tree.words[-1].text == ":":
            subject = sender or introducer(tree)[0]
            return None if subject is None else (before, subject)
        if self.sentences[before].paragraph != self.sentences[number].paragraph:
            return None if sender is None else (before, sender)
        subject = acting_subject(tree)
        if (author := self._message_of(before)) is not None:
            subject = author
        elif subject is None or not self._may_begin(before, subject):
            # Words that nobody has led up to are not taken from whoever spoke last.
            about = tree.words[0].low == "for"  # "For Lee it was simple. “No.”"
            alone = self._only_one(before)
            alone = self._about(before) if alone is None else alone
            subject = None if spoken and not about else alone
        if subject is None or self._is_about(quotation, self.resolver.resolve(before, subject)):
            return None
        return before, subject

    def _sender(self, number: int) -> int | None:
        """Who says or sends what is not told yet: "Lee has tweeted.", "Here is what Lee said:"."""
        frames, tree = self.frames[number], self.resolver.trees[number]
        bare = len(frames) == 1 and not frames[0].content and not frames[0].modality
        if not bare or frames[0].cue is None or frames[0].subject is None:
            return None
        here = tree.words[0].low == "here" and tree.words[-1].text == ":"
        sends = tree.words[frames[0].cue[0]].low in SENDING and frames[0].cue[0] == tree.root
        return frames[0].subject if here or sends else None

    def introduced(self, number: int, quotation: int) -> tuple[int, int] | None:
        r"""Whom alone the paragraph before ends with: "Lee took it well.\n\n“She was better.”"."""
        before = self.start(number, quotation) - 1
        if before < 0 or not self.sentences[before].prose:
            return None
        if any(frame.content for frame in self.frames[before]):
            return None
        subject = self._about(before)
        if subject is None:
            return None
        meant = self.resolver.resolve(before, subject)
        others = (o.entity for o in self.resolver.occurrences[before] if o.entity.is_person)
        alone = all(entity is meant.entity for entity in others)
        return (before, subject) if alone and not self._is_about(quotation, meant) else None

    def _about(self, number: int) -> int | None:
        """The subject of a sentence if that names it: of "Orr's wife, Ann, was ill" Ann."""
        tree = self.resolver.trees[number]
        subject = main_subject(tree)
        pronoun = subject is not None and tree.tags[subject].startswith("PRP")
        if subject is None or pronoun or is_passive(tree, tree.heads[subject]):
            return None
        met = self.resolver.resolve(number, subject).entity
        named = any(o.entity is met for o in self.resolver.occurrences[number])
        return subject if named and self.is_somebody(number, subject) else None

    def _message_of(self, number: int) -> int | None:
        """Whose text a sentence is about: "Her message was simple.", "Lee's verdict?"."""
        tree = self.resolver.trees[number]
        text = main_subject(tree)
        author = author_of(tree, text) if text is not None and is_words(tree, text) else None
        named = author is not None and self.resolver.resolve(number, author).entity is not None
        return author if named else None

    def _only_one(self, number: int) -> int | None:
        """The one person whom a sentence speaks of, be it as "he": "He would not be drawn."."""
        if self.resolver.occurrences[number]:
            return self.resolver.context.only_person(number)
        subject = main_subject(self.resolver.trees[number])
        low = "" if subject is None else self.resolver.trees[number].words[subject].low
        meant = (
            self.resolver.resolve(number, subject)
            if subject is not None and low in ("he", "she")
            else None
        )
        return subject if meant is not None and meant.entity is not None else None

    def read_out(self, number: int, quotation: int) -> tuple[int, int | None] | None:
        """Whose what is read out in the sentence before is, or that nothing says: "He read it."."""
        before = self.start(number, quotation) - 1
        if before < 0 or self.sentences[before].paragraph != self.sentences[before + 1].paragraph:
            return None
        tree = self.resolver.trees[before]
        read, author = passed_on(tree)
        if author is not None and tree.words[author].low in ("my", "our"):
            author = None
        return (before, author) if read else None

    def _is_about(self, quotation: int, referent: Referent) -> bool:
        """Whether a quotation opens with "he" or "she" for somebody, who is not its speaker then.

        The daughter in "His daughter brings tea. “She says I am too old.”"
        """
        gender = self._opening_gender(quotation)
        return gender is not None and referent.gender == gender

    def _opening_gender(self, quotation: int) -> Gender | None:
        """Of whom a quotation speaks first: a man if with "he"."""
        first = self.quotations[quotation].span.of(self.resolver.text).strip("\"“”‘’'").split()[:1]
        return GENDER_OF_PRONOUN.get(first[0].lower()) if first else None

    def led(self, number: int, quotation: int) -> tuple[int, int] | None:
        """Who is named where a colon leads up to a quotation: "Lee did not mince words: “No.”"."""
        number = self.start(number, quotation)
        tree = self.resolver.trees[number]
        place = next((k for k, word in enumerate(tree.words) if word.quotation == quotation), 0)
        if not place or tree.words[place - 1].text != ":":
            return None
        told = next((k for k in range(place - 1, -1, -1) if saying(tree, k) is not None), None)
        if told is None:
            subject = author_before(tree, place) or self.resolver.context.only_person(number, place)
        else:
            frame = next((f for f in self.frames[number] if f.cue and f.cue[0] == told), None)
            bare = frame is not None and not frame.content and not frame.modality
            subject = frame.subject if frame is not None and bare else None
        return None if subject is None else (number, subject)

    def is_addressed(self, number: int) -> bool:
        """Whether the last to speak in a sentence speaks to one who is there: "the judge told him".

        Not to a paper, which "told the Gazette" names.
        """
        tree = self.resolver.trees[number]
        verbs = [f.cue[0] for f in self.frames[number] if f.cue and f.content]
        return any(
            tree.roles[c] in ("dobj", "dative") and tree.words[c].low in ("him", "her", "them")
            for c in (tree.children[verbs[-1]] if verbs else ())
        )

    def is_somebody(self, number: int, subject: int) -> bool:
        """Whether a noun is a person's who is named."""
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
        return unnamed or self.is_somebody(number, subject)

    def start(self, number: int, quotation: int) -> int:
        """The sentence that a quotation begins in."""
        begin = self.quotations[quotation].span.start
        while number and self.sentences[number].span.start > begin:
            number -= 1
        return number


def acts_on(tree: Tree, verb: int) -> bool:
    """Whether a verb tells a deed, and not in what way something is said: "Lee saw it so"."""
    return not says(tree, verb) and not tree.words[min(verb + 1, len(tree.words) - 1)].is_mark


def told_words(tree: Tree, subject: int) -> int:
    """How many words say who does what: not those of "Lee, the mayor, shot back" between commas."""
    aside = range(subject + 1, max(subject + 1, tree.heads[subject]))
    words = (word for k, word in enumerate(tree.words) if k not in aside)
    return sum(not word.is_mark for word in words)
