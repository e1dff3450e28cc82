"""What a question gets: cited sentences, or a refusal with its reason.

Every link holds the one below: Answer -> Block -> CitedSentence -> Citation -> Article. Knows
nothing of how an answer was found or is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import attrgetter
from typing import Literal

from bot.query.dates import DateRange
from bot.query.filters import NO_FILTERS, Filters
from bot.query.spelling import Respelling
from index.schema import Article, Kind, Span, joined

Role = Literal["speaker", "topic", "except", "dates", "extent", "spelling"]
Reason = Literal[
    "unknown_speaker", "speaker_silent", "off_topic", "empty_archive", "unclear", "which_one",
    "not_then", "talk", "other_language",
]  # fmt: skip
AnswerKind = Literal[
    "said", "who_said", "fact", "all", "newest", "story", "person", "compare", "several", "talk",
    "language",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carrier:
    """Another article that carries the same report, and where it has a cited sentence of it."""

    article: Article
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One whole sentence of an article, in its exact place.

    `number` counts from 1 in reading order, `rank` from 1 in the order in which the sentences were
    chosen, best first. `speaker` and `kind` say whose words the sentence carries; both are None for
    the paper's own. `score` is the reader's; higher is better, comparable within one answer only.
    `short` is the short answer inside the sentence ("26"), half-open, in characters of `text`;
    `corrected` is when the speaker was put right by hand, in ISO 8601. `also` has the other
    articles of the archive that carry it as copies of the same report, the fullest first.
    """

    number: int
    article: Article
    span: Span
    score: float
    speaker: str | None = None
    kind: Kind | None = None
    short: tuple[int, int] | None = None
    rank: int = 1
    corrected: str | None = None
    also: tuple[Carrier, ...] = ()

    @property
    def text(self) -> str:
        """The words, read from the article."""
        return self.span.of(self.article.text)

    @property
    def short_text(self) -> str | None:
        """The short answer's words."""
        return None if self.short is None else self.text[slice(*self.short)]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """An article's sentence, word for word: the first citation's; others carry the same."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a language model phrased, checked against all of its citations."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Citations of sentences that follow one another in one article: a stretch of its text."""

    citations: tuple[Citation, ...]

    @property
    def article(self) -> Article:
        """The article that it is a stretch of."""
        return self.citations[0].article

    @property
    def span(self) -> Span:
        """From its first sentence to its last."""
        return joined([citation.span for citation in self.citations])

    @property
    def text(self) -> str:
        """The words, with what stands between the sentences."""
        return self.span.of(self.article.text)

    @property
    def mark(self) -> str:
        """Its numbers: "[1]", or "[1-3]"."""
        first, last = self.citations[0].number, self.citations[-1].number
        return f"[{first}]" if first == last else f"[{first}-{last}]"

    @property
    def speaker(self) -> str | None:
        """Whose words it carries; None if they are the paper's own, or not one person's."""
        speakers = {citation.speaker for citation in self.citations}
        return speakers.pop() if len(speakers) == 1 else None

    @property
    def kind(self) -> Kind | None:
        """How the one speaker's words are given; None where there is not one."""
        return joint_kind(c.kind for c in self.citations) if self.speaker else None

    @property
    def also(self) -> tuple[Carrier, ...]:
        """The other articles that carry any of it, each once, where it first does."""
        found = {c.article.id: c for each in reversed(self.citations) for c in reversed(each.also)}
        return tuple(reversed(found.values()))

    @property
    def voices(self) -> tuple["Run", ...]:
        """The same in pieces, a piece for each change of speaker."""
        groups = groupby(self.citations, attrgetter("speaker"))
        return tuple(Run(tuple(citations)) for _, citations in groups)


def joint_kind(kinds: Iterable[Kind | None]) -> Kind | None:
    """How words of several sentences are given: "mixed" where it is not alike in all."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else "mixed"


def runs(citations: Iterable[Citation]) -> Iterator[Run]:
    """Citations in the order of their numbers, those that follow one another together."""
    run: tuple[Citation, ...] = ()
    for citation in sorted(citations, key=attrgetter("number")):
        if run and not _follows(run[-1], citation):
            yield Run(run)
            run = ()
        run = (*run, citation)
    if run:
        yield Run(run)


def _follows(one: Citation, other: Citation) -> bool:
    between = one.article.text[one.span.end : other.span.start]
    is_near = one.article.id == other.article.id and one.span.end <= other.span.start
    return is_near and other.number == one.number + 1 and not any(map(str.isalnum, between))


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences of one article that follow one another: what a reader is shown as one.

    `number` counts from 1, the best block first. A quotation in it is whole, unless it is too long
    for that: then the block `begins_inside` it, or `ends_inside` it, and is shown as cut there.
    """

    number: int
    sentences: tuple[CitedSentence, ...]
    begins_inside: bool = False
    ends_inside: bool = False

    @property
    def run(self) -> Run:
        """The block's own citations."""
        return Run(tuple(sentence.citations[0] for sentence in self.sentences))

    @property
    def copies(self) -> tuple[Run, ...]:
        """Where other articles carry sentences of it."""
        return tuple(runs(c for sentence in self.sentences for c in sentence.citations[1:]))

    @property
    def stretches(self) -> tuple[Run, ...]:
        """Its own, and its copies."""
        return (self.run, *self.copies)

    @property
    def marks(self) -> str:
        """Its mark, and those of its copies."""
        return "".join(run.mark for run in self.stretches)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, those of copies too."""
        return tuple(c for sentence in self.sentences for c in sentence.citations)

    def changed(self, change: Callable[[Citation], Citation]) -> "Block":
        """The same with each citation changed."""
        sentences = (replace(s, citations=tuple(map(change, s.citations))) for s in self.sentences)
        return replace(self, sentences=tuple(sentences))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the articles do not say.

    `suggestions` are questions that the articles do answer; `nearest` is what comes nearest to
    this one: it is no answer.
    """

    reason: Reason
    suggestions: tuple[str, ...] = ()
    nearest: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One of several that a question may mean: a question that stands alone, and what it is of."""

    question: str
    label: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the question as it was read: whose words, on what, from when, how many.

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
    verbatim: tuple[Block, ...]
    removed: tuple[str, ...] = ()
    problem: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The answer to one of several questions, under the `heading` that tells it from the others.

    Its blocks are the next `n_blocks` of the whole answer's; it has none but a `reason` where the
    articles do not say.
    """

    heading: str
    question: str
    understood: str
    message: str
    reason: Reason | None = None
    n_blocks: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer (`body`, in reading order, best first) or a refusal; never both.

    `message` is one line for the person: a summary of what was found, or why nothing was. Unless
    `is_sure`, the sentences may not be what was asked for, and the message says so.
    `understood` is the question as it was read ("Vladimir Putin · on peacekeepers"), `parts` the
    same in pieces; `kind` is the kind of question that it was taken for, `days` the days that it
    asks for, `corrections` the typing errors that were put right. Where it may mean several,
    `options` has a question for each. Where it is several, or compares, each has its own of the
    `sections`, and the body is theirs, in their order. `person` is whose page has more of the same.
    `filters` are those that were set beside the question, and left out what they do not let pass.
    `writing` is there if a language model was asked to phrase the answer, which may have no
    sentence yet; only then are there drafts between the blocks.
    """

    question: str
    message: str
    understood: str
    body: tuple[Block | Draft, ...] = ()
    refusal: Refusal | None = None
    parts: tuple[Part, ...] = ()
    writing: Writing | None = None
    kind: AnswerKind = "fact"
    days: DateRange | None = None
    corrections: tuple[Respelling, ...] = ()
    options: tuple[Option, ...] = ()
    sections: tuple[Section, ...] = ()
    person: str | None = None
    is_sure: bool = True
    filters: Filters = NO_FILTERS

    def __post_init__(self) -> None:
        is_begun = self.writing is not None and self.refusal is None
        if bool(self.body) == (self.refusal is not None) and not is_begun:
            raise ValueError("an answer has either sentences or a refusal")

    @property
    def verbatim(self) -> "Answer":
        """The answer without a language model's part in it."""
        if self.writing is None:
            return self
        return replace(self, body=self.writing.verbatim, writing=None)

    @property
    def sentences(self) -> tuple[CitedSentence | Draft, ...]:
        """All sentences in reading order."""
        return tuple(
            sentence
            for item in self.body
            for sentence in (item.sentences if isinstance(item, Block) else (item,))
        )

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that are shown and those that a draft rests on, by their numbers."""
        if self.writing is None:
            return tuple(item for item in self.body if isinstance(item, Block))
        cited = {citation for sentence in self.sentences for citation in sentence.citations}
        return tuple(b for b in self.writing.verbatim if not cited.isdisjoint(b.citations))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the blocks, best first."""
        found = (citation for block in self.blocks for citation in block.citations)
        return tuple(sorted(found, key=attrgetter("rank")))

    def behind(self, draft: Draft) -> tuple[tuple[Block, int], ...]:
        """The blocks that a draft rests on, each with the number of the first that it cites."""
        numbers = {citation.number for citation in draft.citations}
        found = ((block, numbers & {c.number for c in block.citations}) for block in self.blocks)
        return tuple((block, min(cited)) for block, cited in found if cited)

    @property
    def nearest(self) -> tuple[Block, ...]:
        """What comes nearest to an answer, of a refusal."""
        return self.refusal.nearest if self.refusal else ()

    @property
    def groups(self) -> tuple[tuple[Section | None, tuple[Block | Draft, ...]], ...]:
        """What a reader gets to see, section by section; all in one group without sections."""
        if not self.sections:
            return ((None, self.shown),)
        rest = iter(self.body)
        return tuple((each, tuple(islice(rest, each.n_blocks))) for each in self.sections)

    @property
    def shown(self) -> tuple[Block | Draft, ...]:
        """What a reader gets to see of the articles: the answer, or what comes nearest to one."""
        return self.body or self.nearest
