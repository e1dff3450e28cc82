"""What a question gets: cited sentences, or a refusal with its reason.

Each record holds the next: Answer -> Block -> CitedSentence -> Citation -> Article. Knows nothing
of how an answer was found or is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import attrgetter
from typing import Literal

from bot.date_range import DateRange
from bot.filters import NO_FILTERS, Filters
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

    - `number`: from 1 in reading order.
    - `rank`: from 1 in the order in which the sentences were chosen, best first.
    - `span`: half-open, in characters of the article's text.
    - `score`: the reader's; higher is better, comparable within one answer only.
    - `speaker` and `kind`: whose words the sentence carries, and how; None for the paper's own.
    - `short`: the short answer inside the sentence ("26"), half-open, in characters of `text`.
    - `corrected`: when an editor corrected the speaker, in ISO 8601.
    - `via`: who passes the speaker's words on, as in "Lee quoted Reed as saying"; None for nobody.
    - `also`: other articles of the archive with the same report, the fullest first.
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
    via: str | None = None
    also: tuple[Carrier, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, read from the article."""
        return self.span.of(self.article.text)

    @property
    def short_text(self) -> str | None:
        """The short answer's words."""
        return None if self.short is None else self.text[slice(*self.short)]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """An article's sentence, verbatim, from the first citation; the others carry the same."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a language model phrased, checked against all of its citations."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Citations of consecutive sentences of one article."""

    citations: tuple[Citation, ...]

    @property
    def article(self) -> Article:
        """The article of the run."""
        return self.citations[0].article

    @property
    def span(self) -> Span:
        """From its first sentence to its last."""
        return joined([citation.span for citation in self.citations])

    @property
    def text(self) -> str:
        """The text of the span, with what is between the sentences."""
        return self.span.of(self.article.text)

    @property
    def mark(self) -> str:
        """Its numbers: "[1]" or "[1-3]"."""
        first, last = self.citations[0].number, self.citations[-1].number
        return f"[{first}]" if first == last else f"[{first}-{last}]"

    @property
    def speaker(self) -> str | None:
        """The speaker of all its sentences; None if that is the paper, or not one person."""
        speakers = {citation.speaker for citation in self.citations}
        return speakers.pop() if len(speakers) == 1 else None

    @property
    def kind(self) -> Kind | None:
        """How the one speaker's words are given; None without one speaker."""
        return joint_kind(c.kind for c in self.citations) if self.speaker else None

    @property
    def also(self) -> tuple[Carrier, ...]:
        """The other articles that carry any of it, each once."""
        found = {c.article.id: c for each in reversed(self.citations) for c in reversed(each.also)}
        return tuple(reversed(found.values()))

    @property
    def voices(self) -> tuple["Run", ...]:
        """The run cut wherever the speaker, or who passes the words on, changes."""
        groups = groupby(self.citations, attrgetter("speaker", "via"))
        return tuple(Run(tuple(citations)) for _, citations in groups)


def joint_kind(kinds: Iterable[Kind | None]) -> Kind | None:
    """The kind of several statements taken together: "mixed" if they differ."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else "mixed"


def runs(citations: Iterable[Citation]) -> Iterator[Run]:
    """Citations in the order of their numbers, with consecutive sentences grouped."""
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
    """Consecutive sentences of one article, shown together.

    `number` counts from 1, the best block first. Quotations are whole, unless one is too long: then
    the block `begins_inside` or `ends_inside` it, and is shown as cut there.
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
        """Its own run, and its copies."""
        return (self.run, *self.copies)

    @property
    def marks(self) -> str:
        """The marks of its runs."""
        return "".join(run.mark for run in self.stretches)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, including those of copies."""
        return tuple(c for sentence in self.sentences for c in sentence.citations)

    def changed(self, change: Callable[[Citation], Citation]) -> "Block":
        """The block with `change` applied to each citation."""
        sentences = (replace(s, citations=tuple(map(change, s.citations))) for s in self.sentences)
        return replace(self, sentences=tuple(sentences))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the articles do not answer.

    `suggestions` are questions that they do answer; `nearest` is what comes nearest to an answer.
    """

    reason: Reason
    suggestions: tuple[str, ...] = ()
    nearest: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One of several meanings of a question: a question that stands alone, and its label."""

    question: str
    label: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the question as it was understood: a speaker, a topic, dates, an extent.

    `question` stands alone and has the part's words at `place` (half-open), to be replaced;
    `without` is the question without the part, None if nothing would be left.
    """

    role: Role
    text: str
    question: str
    place: tuple[int, int]
    without: str | None = None


@dataclass(frozen=True, slots=True)
class Respelling:
    """A word as it was typed, and the one that it was taken for."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language model took part in an answer.

    `removed` has the reason for each drafted sentence that is not shown, never its words; `problem`
    says in one line why the rest, or all, is verbatim. `verbatim` is the answer without the model,
    as it was sent. Until it `is_over`, more may come.
    """

    model: str
    host: str
    verbatim: tuple[Block, ...]
    removed: tuple[str, ...] = ()
    problem: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The answer to one of several questions, under a `heading`.

    Its blocks are the next `n_blocks` of the whole answer's. Without any, it has a `reason`.
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

    - `message`: one line for the person: a summary of what was found, or why nothing was.
    - `understood`: the question as it was read ("Vladimir Putin · on peacekeepers"); `parts`: the
      same in pieces.
    - `kind`: the kind of question it was taken for; `days`: the days it asks for.
    - `corrections`: the spelling errors that were corrected.
    - `options`: a question for each possible meaning, if there are several.
    - `sections`: one for each of several questions or compared persons; the body is theirs, in
      order.
    - `person`: whose page has more of the same.
    - `is_sure`: if False, the sentences may not answer the question, and the message says so.
    - `filters`: the filters set beside the question.
    - `writing`: set if a language model was asked to phrase the answer, which may have no sentence
      yet; only then are there drafts among the blocks.
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
        """The blocks that are shown or that a draft rests on, by number."""
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
        """What comes nearest to an answer, if this is a refusal."""
        return self.refusal.nearest if self.refusal else ()

    @property
    def groups(self) -> tuple[tuple[Section | None, tuple[Block | Draft, ...]], ...]:
        """What is shown, section by section; one group without sections."""
        if not self.sections:
            return ((None, self.shown),)
        rest = iter(self.body)
        return tuple((each, tuple(islice(rest, each.n_blocks))) for each in self.sections)

    @property
    def shown(self) -> tuple[Block | Draft, ...]:
        """What is shown of the articles: the answer, or what comes nearest to one."""
        return self.body or self.nearest
