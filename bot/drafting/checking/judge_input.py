"""Tokenizes a draft and what it cites for the judge's network.

One row a draft: [CLS] draft [SEP] title and date [SEP] cited sentence [SEP] ..., each sentence
preceded by its speaker and by whom its pronouns mean, and each word marked with how it stands to
the other text, as far as rules can tell. Knows nothing of weights or logits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tokenizers import Encoding, Tokenizer

from bot.comparing.tokens import split
from bot.drafting.checking.sources import Sources
from bot.selecting.reading.reader_input import CLS, SEP

DRAFT_TOKENS = 96
TITLE_TOKENS = 32
TOKENS = 384
_DATE = 10  # characters of "2019-01-04"


class Standing(IntEnum):
    """What is known of a word; the numbers are the weights' own and never change."""

    EVIDENCE = 0  # of the cited text, and not in the draft
    SHARED = 1  # of the cited text, and in the draft
    CITED = 2  # of the draft, and in the cited text in some form
    NEW = 3  # of the draft alone
    NAME = 4  # a name that is cited, or stands for what is
    NAME_ELSEWHERE = 5  # a name of the article, not cited
    FIGURE = 6  # a number or date that is cited, perhaps in another form
    DERIVED = 7  # one that may follow from what is cited
    UNKNOWN = 8  # a name or figure that is not there
    UNCLEAR_SPEAKER = 9  # a speaker to whom the article does not certainly attribute the words
    PLAIN = 10  # of the draft, and no word


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, half-open, in characters, and how it stands."""

    start: int
    end: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited sentence: its speaker and referents as a prefix, its text, and its marks."""

    people: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The judge's input: a draft with its marks, the article's title and date, the cited sentences.

    Later marks hold over earlier ones. The titles of several articles are joined.
    """

    draft: str
    marks: tuple[Mark, ...]
    title: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A brief in tokens, each with its `Standing`.

    `places` has the half-open characters of each of the draft's tokens in the draft; the first of
    them follows the first token of the row.
    """

    ids: tuple[int, ...]
    standings: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


def mark_words(draft: str, cited: str) -> Iterator[Mark]:
    """Every word of a draft, as cited or new."""
    known = {token.stem for token in split(cited)}
    for token in split(draft):
        if not token.is_mark:
            standing = Standing.CITED if token.stem in known else Standing.NEW
            yield Mark(token.start, token.end, standing)


def mark_cited(text: str, draft: str) -> tuple[Mark, ...]:
    """The words of a cited sentence that the draft has."""
    ours = {token.stem for token in split(draft)}
    return tuple(Mark(t.start, t.end, Standing.SHARED) for t in split(text) if t.stem in ours)


def make_brief(draft: str, marks: tuple[Mark, ...], sources: Sources) -> Brief:
    """Assemble the judge's input for a draft."""
    titles = dict.fromkeys(
        f"{c.article.title or ''} {(c.article.published or '')[:_DATE]}".strip()
        for c in sources.citations
    )
    cited = tuple(
        Cited(sources.people(citation), citation.text, mark_cited(citation.text, draft))
        for citation in sources.citations
    )
    return Brief(draft, marks, "; ".join(titles), cited)


def tokenize(tokenizer: Tokenizer, briefs: Sequence[Brief]) -> Iterator[DraftRow]:
    """Tokenize briefs; tokens beyond the limits are left out."""
    for brief in briefs:
        texts = [brief.draft, brief.title]
        texts += [text for cited in brief.cited for text in (cited.people, cited.text)]
        draft, title, *rest = tokenizer.encode_batch(texts, add_special_tokens=False)
        yield _row(brief, draft, title, rest)


def _row(brief: Brief, draft: Encoding, title: Encoding, rest: Sequence[Encoding]) -> DraftRow:
    places = tuple(draft.offsets[:DRAFT_TOKENS])
    plain, apart = int(Standing.PLAIN), int(Standing.EVIDENCE)
    ids = [CLS, *draft.ids[:DRAFT_TOKENS], SEP, *title.ids[:TITLE_TOKENS], SEP]
    standings = [plain, *_standings(places, brief.marks, plain), plain]
    standings += [apart] * (len(ids) - len(standings))
    for cited, people, text in zip(brief.cited, rest[::2], rest[1::2], strict=True):
        ids += [*people.ids, *text.ids, SEP]
        shared = _standings(text.offsets, cited.marks, apart)
        standings += [apart] * len(people.ids) + [*shared, apart]
    return DraftRow(tuple(ids[:TOKENS]), tuple(standings[:TOKENS]), places)


def _standings(
    places: Sequence[tuple[int, int]], marks: Sequence[Mark], other: int
) -> Iterator[int]:
    """The standing of each token: that of the last mark on it."""
    for start, end in places:
        found = [mark.standing for mark in marks if mark.start < end and start < mark.end]
        yield int(found[-1]) if found else other
