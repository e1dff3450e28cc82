"""What a question gets: cited sentences, or a refusal with its reason.

Every link holds the one below: Answer -> CitedSentence -> Citation -> Article. Knows nothing of how
an answer was found or is shown.
"""

from dataclasses import dataclass, replace
from typing import Literal

from bot.rendering.fragments import sentence_address
from index.schema import Article, Kind, Span

Role = Literal["speaker", "topic", "except"]
Reason = Literal["unknown_speaker", "speaker_silent", "off_topic", "empty_archive", "unclear"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One whole sentence of an article, in its exact place. `number` counts from 1.

    `speaker` and `kind` say whose words the sentence carries; both are None for the paper's own.
    `score` is the reader's; higher is better, comparable within one answer only. `short` is the
    short answer inside the sentence ("26"), half-open, in characters of `text`.
    """

    number: int
    article: Article
    span: Span
    score: float
    speaker: str | None = None
    kind: Kind | None = None
    short: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The words, read from the article."""
        return self.span.of(self.article.text)

    @property
    def address(self) -> str | None:
        """The publisher's page, opened at the sentence; None without a web address."""
        return sentence_address(self.article.url, self.article.text, self.span, self.article.title)

    @property
    def short_text(self) -> str | None:
        """The short answer's words."""
        return None if self.short is None else self.text[slice(*self.short)]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the answer and what it stands on.

    Verbatim: `text` is the first citation's; further ones are other articles that carry it.
    Else `is_draft`: `text` is a language model's, checked against all of its citations.
    """

    text: str
    citations: tuple[Citation, ...]
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the articles do not say.

    `suggestions` are questions that the articles do answer; `nearest` is what comes nearest to
    this one, as citations: it is no answer.
    """

    reason: Reason
    suggestions: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the question as it was read: whose words, on what, or whose words not.

    `question` stands alone and has the part's words at `place`, to be written over; `without` is
    what is asked when the part is taken away, None where nothing would be left.
    """

    role: Role
    text: str
    question: str
    place: tuple[int, int]
    without: str | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language model took part in an answer.

    `removed` has the reason for each sentence of its draft that is not shown, never its words;
    `problem` says in one line why the rest, or all, is verbatim. `verbatim` is the answer without
    the model: what it was sent. Until it `is_over`, more may come.
    """

    model: str
    host: str
    verbatim: tuple[CitedSentence, ...]
    removed: tuple[str, ...] = ()
    problem: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer (`sentences`, in reading order, best first) or a refusal; never both.

    `message` is one line for the person: a summary of what was found, or why nothing was.
    `understood` is the question as it was read ("Vladimir Putin · on peacekeepers"), `parts` the
    same in pieces. `writing` is there if a language model was asked to phrase the answer,
    which may have no sentence yet.
    """

    question: str
    message: str
    understood: str
    sentences: tuple[CitedSentence, ...] = ()
    refusal: Refusal | None = None
    parts: tuple[Part, ...] = ()
    writing: Writing | None = None

    def __post_init__(self) -> None:
        is_begun = self.writing is not None and self.refusal is None
        if bool(self.sentences) == (self.refusal is not None) and not is_begun:
            raise ValueError("an answer has either sentences or a refusal")

    @property
    def verbatim(self) -> "Answer":
        """The answer without a language model's part in it."""
        if self.writing is None:
            return self
        return replace(self, sentences=self.writing.verbatim, writing=None)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the answer once each, in the order of their numbers."""
        numbered = {c.number: c for sentence in self.sentences for c in sentence.citations}
        return tuple(numbered[number] for number in sorted(numbered))

    @property
    def shown(self) -> tuple[CitedSentence, ...]:
        """What a reader gets to see of the articles: the answer, or what comes nearest to one."""
        nearest = self.refusal.nearest if self.refusal else ()
        return self.sentences or tuple(CitedSentence(c.text, (c,)) for c in nearest)
