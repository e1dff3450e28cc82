"""The records that the API and the tools reply with, as their descriptions show them.

Knows no route.
"""

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from bot.answer import AnswerKind, Option, Reason, Respelling, Role
from bot.library.completion import Completion
from bot.library.ledger import LocatedStatement, PersonCard
from index.archive.archive import Archive, Gone
from index.archive.rows import ArticleSummary
from index.reading.records import statement_record
from index.schema import Kind, Person

Model = TypeVar("Model", bound=BaseModel)


def filled(model: type[Model], *sources: object, **given: Any) -> Model:  # noqa: ANN401
    """A record of the given fields; each other field is read from the first source that has it."""
    for name in model.model_fields.keys() - given.keys():
        source = next((source for source in sources if hasattr(source, name)), None)
        given[name] = getattr(source, name)
    return model.model_validate(given, by_name=True, from_attributes=True)


class CarrierRecord(BaseModel):
    """Another article that carries a cited sentence, and where, in characters of its text."""

    article_id: str
    title: str | None
    source: str | None
    published: str | None
    url: str | None
    start: int
    end: int


class CitationRecord(BaseModel):
    """One whole sentence of an article: its text from `start` to `end`, in characters.

    `address` opens `url` at the sentence; `block` is the number of its block; `corrected` is when
    the speaker was corrected by hand, else null; `via` is who passes the words on ("Lee quoted Reed
    as saying"), else null; `also` has the other articles that carry it as
    copies of the same report, fullest first.
    """

    number: int
    block: int
    article_id: str
    title: str | None
    source: str | None
    published: str | None
    url: str | None
    address: str | None
    start: int
    end: int
    text: str
    speaker: str | None
    kind: Kind | None
    short: str | None
    score: float
    corrected: str | None
    via: str | None
    also: list[CarrierRecord]


class CitedSentenceRecord(BaseModel):
    """A sentence of the answer, and the numbers of its citations."""

    text: str
    citations: list[int]
    is_draft: bool


class VoiceRecord(BaseModel):
    """One speaker's words in a block; `speaker` is null for the outlet's own words."""

    citations: list[int]
    start: int
    end: int
    text: str
    speaker: str | None
    kind: Kind | None


class BlockRecord(VoiceRecord):
    """Sentences of one article that follow one another, to be shown as one with one `mark`.

    `copies` are citations of other articles that carry the same. `speaker` is null, too, where
    several speak: `voices` has the block's words by speaker. A quotation too long to be whole
    `begins_inside` or `ends_inside` the block.
    """

    number: int
    mark: str
    copies: list[list[int]]
    article_id: str
    address: str | None
    begins_inside: bool
    ends_inside: bool
    voices: list[VoiceRecord]


class WriterRecord(BaseModel):
    """How a language model took part; `removed` has a reason for each sentence that failed."""

    model: str
    host: str
    removed: list[str]
    problem: str | None


class PartRecord(BaseModel):
    """A part of the question as understood; `without` is the question without it."""

    role: Role
    text: str
    question: str
    without: str | None


class Range(BaseModel):
    """Days, both included (`from` to `to`, null where open), as counted from `relative_to`.

    That is the newest article's day, where it is not today.
    """

    model_config = ConfigDict(populate_by_name=True)
    since: str | None = Field(alias="from")
    to: str | None
    relative_to: str | None


class FilterRecord(BaseModel):
    """The filters of a question: days, both included, and an outlet; null where not set."""

    model_config = ConfigDict(populate_by_name=True)
    since: str | None = Field(alias="from")
    to: str | None
    outlet: str | None


class SectionRecord(BaseModel):
    """The answer to one of several questions; `citations` are numbers in the whole answer."""

    heading: str
    question: str
    understood: str
    status: Literal["answered", "refused"]
    reason: Reason | None
    message: str
    citations: list[int]


class AnswerRecord(BaseModel):
    """An answer, or a refusal with its reason; docs/answers.md describes each field."""

    id: str | None
    question: str
    kind: AnswerKind
    understood: str
    parts: list[PartRecord]
    range: Range | None
    filters: FilterRecord | None
    corrected: list[Respelling]
    status: Literal["answered", "refused"]
    confidence: Literal["sure", "unsure"] | None
    reason: Reason | None
    message: str
    suggestions: list[str]
    choices: list[Option]
    sections: list[SectionRecord]
    person: str | None
    sentences: list[CitedSentenceRecord]
    citations: list[CitationRecord]
    blocks: list[BlockRecord]
    nearest: list[CitationRecord]
    nearest_blocks: list[BlockRecord]
    writer: WriterRecord | None


class Examples(BaseModel):
    """Questions that the articles answer."""

    examples: list[str]


class OutletRecord(BaseModel):
    """An outlet, and how many articles of it there are."""

    name: str
    articles: int


class HoldingsRecord(BaseModel):
    """What there is to be asked: articles from day to day, and the outlets, most articles first.

    `may_read` says whether who asks may read them, too.
    """

    articles: int
    first: str | None
    last: str | None
    outlets: list[OutletRecord]
    may_read: bool


class State(BaseModel):
    """Whether questions are answered."""

    status: Literal["ready", "opening", "failed"]
    message: str


class Articles(BaseModel):
    """A part of the list of articles, and how many there are in all."""

    total: int
    articles: tuple[ArticleSummary, ...]


class PlaceRecord(BaseModel):
    """Half-open, in characters of the article's text."""

    start: int
    end: int


class SentenceRecord(PlaceRecord):
    """A sentence; `prose` is false for a heading or caption, which is never cited."""

    prose: bool


class Mention(PlaceRecord):
    """The words of the text that stand for the speaker, and whom they stand for."""

    name: str


class StatementRecord(BaseModel):
    """Who said what: speaker, cue and the pieces of what was said.

    `corrected` is when the speaker was put right by hand, if they were.
    """

    speaker: Mention | None
    cue: PlaceRecord | None
    content: list[PlaceRecord]
    kind: Kind
    corrected: str | None = None


class ArticleRecord(BaseModel):
    """An article with its text and all that is known of it."""

    id: str
    title: str | None
    label: str
    author: str | None
    source: str | None
    published: str | None
    url: str | None
    version: str
    text: str
    sentences: list[SentenceRecord]
    statements: list[StatementRecord]
    people: tuple[Person, ...]


class Attributed(BaseModel):
    """A statement where it stands: `start` to `end` are the whole sentences that carry it."""

    article_id: str
    title: str | None
    source: str | None
    published: str | None
    url: str | None
    speaker: str | None
    kind: Kind
    start: int
    end: int
    text: str
    content: list[PlaceRecord]
    cue: PlaceRecord | None
    corrected: str | None


class Statements(BaseModel):
    """A part of the list of statements, and how many there are in all."""

    total: int
    statements: list[Attributed]


class Completions(BaseModel):
    """The likeliest first."""

    completions: tuple[Completion, ...]


class People(BaseModel):
    """A part of the list of those who are quoted, and how many there are in all."""

    total: int
    people: tuple[PersonCard, ...]


class ArticleName(BaseModel):
    """An article by its id and title, or first words."""

    id: str
    title: str


class Replaced(ArticleName):
    """An article, and the one in whose place it came: what that was called, and whose it was."""

    before: str | None


class Lost(BaseModel):
    """A file, line or address, and what is wrong with it."""

    name: str
    problem: str


class Taken(BaseModel):
    """What became of the articles that were sent."""

    added: list[ArticleName] = []
    replaced: list[Replaced] = []
    unchanged: list[ArticleName] = []
    withdrawn: list[ArticleName] = []
    problems: list[Lost] = []


class Removed(BaseModel):
    """The article that is no longer there, and whether its words are wiped from the disk already.

    If not, the next change wipes them. `gone` counts what went with it.
    """

    removed: str
    wiped: bool
    gone: Gone


def read_article(archive: Archive, article_id: str) -> ArticleRecord:
    """The article with everything derived from it; raises NotFound."""
    with archive.snapshot():
        return filled(
            ArticleRecord,
            archive.required(article_id),
            sentences=[filled(SentenceRecord, s, s.span) for s in archive.sentences(article_id)],
            statements=map(statement_record, archive.statements(article_id)),
            people=archive.people_of(article_id),
        )


def attributed(said: LocatedStatement) -> Attributed:
    """The statement as a record."""
    article = said.article
    given = {"article_id": article.id, "title": article.title}
    return filled(Attributed, said, said.span, said.statement, article, **given)
