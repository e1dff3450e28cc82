"""An answer as it is saved for its link: the places of its sentences, never their words.

So an article that is removed from the archive is gone from here too, and a saved answer can tell
which of its articles has changed. Knows nothing of where it is stored.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from bot.answer import Answer, AnswerKind, Block, Citation, CitedSentence, Part, Reason, Section
from bot.filters import NO_FILTERS, Filters
from index.archive.archive import Archive
from index.archive.version_rows import EarlierVersion
from index.schema import Article, Kind, Span
from index.versions import fates

# What is saved as it is.
_OF_ANSWER = "question understood message parts kind sections is_sure filters".split()
_OF_CITATION = "number score speaker kind short rank corrected via".split()
_MOST_TOLD = 300  # characters of a sentence that was altered

Verdict = Literal["right", "wrong", "wrong_speaker", "missing"]


@dataclass(frozen=True, slots=True)
class SavedCitation:
    """A citation without its words; `start` and `end` (half-open) are of this `version`'s text."""

    number: int
    article_id: str
    version: str
    start: int
    end: int
    score: float
    speaker: str | None = None
    kind: Kind | None = None
    short: tuple[int, int] | None = None
    rank: int = 1
    corrected: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class SavedBlock:
    """A block without its words: the citations of each of its sentences."""

    sentences: tuple[tuple[SavedCitation, ...], ...]
    begins_inside: bool = False
    ends_inside: bool = False

    @property
    def places(self) -> dict[int, SavedCitation]:
        """Its citations by number."""
        return {place.number: place for sentence in self.sentences for place in sentence}


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer without the articles' words, and the conversation that it was given in.

    `blocks` has the places of the answer's sentences; a refusal has none, but a `reason`.
    `generation` is the archive's when the answer was made.
    """

    question: str
    history: tuple[str, ...]
    generation: int
    understood: str
    message: str
    parts: tuple[Part, ...] = ()
    reason: Reason | None = None
    blocks: tuple[SavedBlock, ...] = ()
    kind: AnswerKind = "fact"
    sections: tuple[Section, ...] = ()
    is_sure: bool = True
    filters: Filters = NO_FILTERS

    @property
    def id(self) -> str:
        """A digest of the content: the same answer to the same conversation has the same id."""
        # Without what may differ when it is made again: the last digits of scores, the message of a
        # language model, the archive's generation.
        what = asdict(replace(self, generation=0, message=""))
        if not self.filters:  # as it was before there were any
            del what["filters"]
        for sentence in (sentence for block in what["blocks"] for sentence in block["sentences"]):
            for place in sentence:
                del place["score"]
        return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:24]

    @property
    def places(self) -> dict[int, SavedCitation]:
        """All citations of the answer by number."""
        return {n: place for block in self.blocks for n, place in block.places.items()}


_SAVED = TypeAdapter(SavedAnswer)


@dataclass(frozen=True, slots=True)
class Feedback:
    """A person's verdict on an answer, or on its block with the citation `number`."""

    answer: SavedAnswer
    verdict: Verdict
    number: int | None = None
    comment: str = ""


def without_words(answer: Answer, history: Sequence[str], generation: int) -> SavedAnswer:
    """The saved form of an answer: the articles' part in it, not a language model's."""
    answer = answer.verbatim
    refusal = answer.refusal
    return SavedAnswer(
        history=tuple(history),
        generation=generation,
        reason=refusal.reason if refusal else None,
        blocks=tuple(map(_keep_block, answer.blocks)),
        **_same(answer, _OF_ANSWER),
    )


def _same(record: object, fields: Iterable[str]) -> dict[str, Any]:
    """These fields of a record, to be copied to its saved form or back."""
    return {field: getattr(record, field) for field in fields}


def _keep_block(block: Block) -> SavedBlock:
    places = tuple(tuple(map(_place, sentence.citations)) for sentence in block.sentences)
    return SavedBlock(places, block.begins_inside, block.ends_inside)


def _place(citation: Citation) -> SavedCitation:
    article, span = citation.article, citation.span
    place = {"article_id": article.id, "version": article.version, **asdict(span)}
    return SavedCitation(**place, **_same(citation, _OF_CITATION))


def to_record(kept: SavedAnswer) -> str:
    """A saved answer as JSON."""
    return json.dumps(asdict(kept), ensure_ascii=False)


def from_record(record: str) -> SavedAnswer | None:
    """A saved answer from its JSON; None if that is damaged."""
    try:
        return _SAVED.validate_json(record)
    except ValidationError:
        return None


def changes_since(kept: SavedAnswer, archive: Archive) -> list[str]:
    """For each cited article that was removed or corrected, what became of it, in words."""
    changes = []
    for article_id, version in {p.article_id: p.version for p in kept.places.values()}.items():
        article = archive.article(article_id)
        if article is None:
            changes.append(f"the article “{article_id}” has been removed")
        elif article.version != version:
            told = _cited_since(kept, article, archive.versions(article_id))
            changes.append(f"“{article.label}” has been corrected{told}")
    return changes


def _cited_since(kept: SavedAnswer, article: Article, earlier: Sequence[EarlierVersion]) -> str:
    """What became of the cited sentences of a corrected article; "" if its old text is gone."""
    places = [place for place in kept.places.values() if place.article_id == article.id]
    old = next((e.article for e in earlier if e.article.version == places[0].version), None)
    spans = (Span(place.start, place.end) for place in places)
    return told_fates(old.text, spans, article.text) if old else ""


def told_fates(old: str, cited: Iterable[Span], new: str) -> str:
    """What became of sentences cited from an older text, worded as the end of a sentence."""
    found = fates(old, cited, new)
    told = [
        f", where “{_short(change.before, old)}” now reads “{_short(change.after, new)}”"
        for change in found
        if change.what == "altered"
    ]
    gone = (change.before for change in found if change.what == "gone")
    told += [f", and “{_short(span, old)}” no longer stands there" for span in gone]
    return "".join(told) or ", though not what was cited of it"


def _short(span: Span | None, text: str) -> str:
    words = span.of(text) if span else ""
    return words if len(words) <= _MOST_TOLD else f"{words[:_MOST_TOLD]}…"


def restored(kept: SavedAnswer, archive: Archive) -> Answer:
    """The answer itself, read from the archive, which has to have its articles as they were."""
    body = tuple(_restored_block(n, block, archive) for n, block in enumerate(kept.blocks, 1))
    return Answer(body=body, **_same(kept, _OF_ANSWER))


def _restored_block(number: int, kept: SavedBlock, archive: Archive) -> Block:
    found = [tuple(_citation(place, archive) for place in places) for places in kept.sentences]
    sentences = tuple(CitedSentence(citations[0].text, citations) for citations in found)
    return Block(number, sentences, kept.begins_inside, kept.ends_inside)


def _citation(place: SavedCitation, archive: Archive) -> Citation:
    article = archive.article(place.article_id)
    if article is None:
        raise LookupError(place.article_id)
    span = Span(place.start, place.end)
    return Citation(article=article, span=span, **_same(place, _OF_CITATION))
