"""Tells whose a text is that speaks: "the post read", "their reply was short", "it ran".

Notes the texts of an article as they come, and who sent or wrote them. Knows nothing of cues.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.attribution.grammar.clauses import is_verb, saying
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.voices import ISSUING, SENDING, acting_subject, author_of, is_words
from index.attribution.people.entity import Entity
from index.attribution.people.referents import Referent, main_subject, referent_of
from index.language.syntax import Tree
from index.language.verbs import FILED, SHORT_TEXTS, TEXTS

_OF_SOMEBODY = frozenset("he she they his her their its it".split())
# The last words of what texts are called: "release" of "press release".
_ENDS = SHORT_TEXTS | {text.rpartition(" ")[2] for text in TEXTS}
# Sentences between a text and the words that are read from it.
_NEAR = 2


@dataclass(slots=True)
class Authors:
    """Whose the texts of an article are, to be asked in its order."""

    text: str
    trees: Sequence[Tree]
    named: Callable[[int, int], Entity | None]
    # The last text of each kind ("letter") with whose it is, if that is told, and the last of all.
    texts: dict[str, tuple[int, Referent | None]] = field(default_factory=dict)
    # Who last sent something, that is called "the message" then.
    sent: tuple[int, Referent] | None = None
    # Who has spoken so far, and where.
    spoken: list[tuple[int, Referent]] = field(default_factory=list)

    def note(self, number: int) -> None:
        """Note the texts that a sentence speaks of, and who sends something in it."""
        tree = self.trees[number]
        for noun, word in enumerate(tree.words):
            if word.low in _ENDS and is_words(tree, noun):
                self._note_text(number, noun)
        for verb in range(len(tree.words)):
            # "Lee had texted her sister": "the message" is hers.
            if _sends(tree, verb) and verb + 1 < len(tree.words):
                sender = subject_of(tree, verb)
                referent = None if sender is None else self._author(number, sender)
                if referent is not None and referent.human:
                    self.sent = number, referent

    def _note_text(self, number: int, noun: int) -> None:
        tree, low = self.trees[number], self.trees[number].words[noun].low
        author = author_of(tree, noun)
        if author is None and any(
            tree.words[k].low == "in" for k in (tree.heads[noun], max(0, noun - 2))
        ):
            author = main_subject(tree)
            told = author is not None and saying(tree, tree.heads[author]) is not None
            author = author if told or author is None or tree.kinds[author] == "person" else None
        verb = tree.heads[noun]
        if author is None and tree.roles[noun] == "dobj" and tree.words[verb].low in ISSUING:
            author = subject_of(tree, verb)
        referent = None if author is None else self._author(number, author)
        if referent is not None:
            self.texts[low] = self.texts["it"] = (number, referent)
        elif low in FILED:
            self.texts["it"] = (number, None)
        elif author is None and tree.words[phrase(tree, noun)[0]].low in ("a", "an"):
            self.texts[low] = (number, None)  # "found a note"

    def _author(self, number: int, head: int) -> Referent | None:
        """Whose a text is, where that is somebody who is named."""
        low = self.trees[number].words[head].low
        entity = None if low in _OF_SOMEBODY else self.named(number, head)
        speaks = entity is not None and (entity.is_person or entity.kind == "body")
        return referent_of(entity) if entity is not None and speaks else None

    def spoke_before(self, number: int) -> Referent | None:
        """Who spoke in the sentence right before."""
        spoke, last = self.spoken[-1] if self.spoken else (-1, None)
        return last if spoke == number - 1 else None

    def of(self, number: int, head: int, first: int | None = None) -> Referent | None:
        """Whose a text is by what was told of it before: the letter of "the letter said".

        `first` is the sentence in which the words that are read begin, if that is an earlier one.
        """
        first = number if first is None else first
        tree, low = self.trees[number], self.trees[number].words[head].low
        if low not in self.texts and not is_words(tree, head):
            return None
        if author_of(tree, head) is not None:
            return None
        known = self.texts.get(low)
        if known is not None and first - known[0] <= _NEAR:
            return known[1]
        definite = tree.words[phrase(tree, head)[0]].low in ("the", "that")
        if not definite or low in FILED:
            return None
        if self.sent is not None and first - self.sent[0] <= _NEAR:
            return self.sent[1]
        return self._acting(first - 1)

    def _acting(self, number: int) -> Referent | None:
        """Who does something in a sentence that the next one of its paragraph follows."""
        if number < 0 or not self.trees[number].words or not self.trees[number + 1].words:
            return None
        end, start = self.trees[number].words[-1].end, self.trees[number + 1].words[0].start
        subject = acting_subject(self.trees[number]) if "\n" not in self.text[end:start] else None
        return None if subject is None else self._author(number, subject)


def _sends(tree: Tree, verb: int) -> bool:
    """Whether somebody sends something: "had texted her", "left a note", but not "left in May"."""
    low, sent = tree.words[verb].low, tree.child(verb, "dobj")
    is_text = low != "left" or (sent is not None and is_words(tree, sent))
    return low in SENDING and is_text and is_verb(tree, verb)
