"""The nouns: everything that is known of an article, as frozen records over its text.

The article owns its text; everything else is a `Span` of it, half-open, in characters (code
points). Knows nothing of files, databases or questions. Standard library only.

>>> text = "“No,” said Ann Lee."
>>> Span(1, 4).of(text)
'No,'
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["direct", "indirect", "mixed"]
# What a report of speech is where it is no plain one: "never said", "if Lee says", "did Lee say?".
Modality = Literal["denied", "supposed", "asked", "relayed"]


class VerbatimError(Exception):
    """Shown to the person as it stands: what is wrong, where, and what to do about it."""


class RequestError(VerbatimError):
    """What was asked cannot be done. Names nothing of this machine: visitors may read it."""


class NotFound(RequestError):
    """There is no such thing in the archive."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end`, half-open, of an article's text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The words themselves: the quotation."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def shared(self, other: "Span") -> int:
        """The number of characters that the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as it was read. `text` is never altered; `published` is ISO 8601 or None."""

    id: str
    text: str
    title: str | None = None
    author: str | None = None
    source: str | None = None
    published: str | None = None
    url: str | None = None

    @property
    def version(self) -> str:
        """SHA-256 of the text: a citation made on another version does not hold on this one."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def label(self) -> str:
        """The title, or the article's first words where it came without one."""
        if self.title:
            return self.title
        words = self.text.split(maxsplit=9)
        return " ".join(words[:9]) + (" …" if len(words) > 9 else "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One orthographic sentence. `paragraph` counts the non-empty lines from 0.

    `prose` is False for what stands between the sentences of a news text: headings, captions,
    sign-offs. Such a line is shown but never cited.
    """

    span: Span
    paragraph: int
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or a body) that an article speaks of.

    `name` is as the article first gives it in full ("Dmitry Peskov"), `roles` are what it calls
    them ("a spokesperson for the Kremlin", "Kremlin spokesman"), in the article's own words.
    `speaks` says that words of theirs are given or reported.
    """

    name: str
    roles: tuple[str, ...] = ()
    kind: Literal["person", "body"] = "person"
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: `mention` is the words in the text ("he"), `name` whom they stand for."""

    name: str
    mention: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A report of what somebody said: speaker, cue ("said", "according to") and content.

    `content` lists the pieces of a broken quotation in order, quotation marks included. `kind`
    is "direct" if (nearly) all of the content stands in quotation marks, "indirect" if none of it
    does, else "mixed". One with a `modality` says that somebody did not say, may say or may have
    said it, or that all of it is what another said ("relayed"): it is nobody's words. `via` is who
    passes it on ("Lund quoted Brannock as saying").
    `corrected` says when a person named the speaker by hand, in ISO 8601.
    """

    speaker: Speaker | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: Kind
    modality: Modality | None = None
    via: Speaker | None = None
    corrected: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the content is the speaker's words, or nobody's for its modality."""
        return self.modality is None

    @property
    def span(self) -> Span:
        """From the first to the last character of the content."""
        return Span(self.content[0].start, max(piece.end for piece in self.content))


@dataclass(frozen=True, slots=True)
class Passage:
    """A window of consecutive sentences: the unit of search. Chunking is the act."""

    span: Span
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is derived from an article's text, in the order of the text."""

    sentences: tuple[Sentence, ...]
    people: tuple[Person, ...]
    statements: tuple[Statement, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage of the archive found for a query. Higher scores are better, everywhere.

    `similarity` is the inner product of the unit vectors of query and passage, in [-1, 1].
    """

    passage_id: int
    article_id: str
    passage: Passage
    score: float
    similarity: float = 0.0


def joined(spans: Sequence[Span]) -> Span:
    """The smallest span that covers all the spans."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))
