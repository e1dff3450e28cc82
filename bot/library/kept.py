"""What is kept of an answer: where its sentences stand, never their words.

So what is removed from the archive is gone from here too, and a kept answer can tell which of its
articles has changed. Knows nothing of where it is kept.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from bot.answer import Answer, Citation, CitedSentence, Part, Reason
from index.archive.archive import Archive
from index.schema import Kind, Span

if TYPE_CHECKING:
    from bot.answerer import Answerer

Verdict = Literal["right", "wrong", "wrong_speaker", "missing"]


@dataclass(frozen=True, slots=True)
class Place:
    """A citation without its words; of `version` alone do `start` and `end` hold."""

    number: int
    article_id: str
    version: str
    start: int
    end: int
    score: float
    speaker: str | None = None
    kind: Kind | None = None
    short: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer without the articles' words, and the conversation that it was given in.

    `sentences` has the places of each sentence of the answer; a refusal has none, but a `reason`.
    `generation` is the archive's when the answer was made.
    """

    question: str
    history: tuple[str, ...]
    generation: int
    understood: str
    message: str
    parts: tuple[Part, ...] = ()
    reason: Reason | None = None
    sentences: tuple[tuple[Place, ...], ...] = ()

    @property
    def id(self) -> str:
        """Names the answer by what it is: the same answer to the same conversation, the same id."""
        # Not what may differ though the answer is the same: the last digits of scores, the message
        # of a language model, the archive's generation.
        what = asdict(replace(self, generation=0, message=""))
        for place in (place for places in what["sentences"] for place in places):
            del place["score"]
        return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:24]

    @property
    def places(self) -> dict[int, Place]:
        """All places of the answer by their numbers."""
        return {place.number: place for sentence in self.sentences for place in sentence}


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person said of an answer, or of its sentence `number`."""

    answer: Kept
    verdict: Verdict
    number: int | None = None
    comment: str = ""


def keep(answer: Answer, history: Sequence[str], generation: int) -> Kept:
    """What is kept of an answer: the articles' part in it, not a language model's."""
    answer = answer.verbatim
    refusal = answer.refusal
    return Kept(
        question=answer.question,
        history=tuple(history),
        generation=generation,
        understood=answer.understood,
        message=answer.message,
        parts=answer.parts,
        reason=refusal.reason if refusal else None,
        sentences=tuple(tuple(map(_place, s.citations)) for s in answer.sentences),
    )


def _place(citation: Citation) -> Place:
    article, span = citation.article, citation.span
    return Place(
        citation.number,
        article.id,
        article.version,
        span.start,
        span.end,
        citation.score,
        citation.speaker,
        citation.kind,
        citation.short,
    )


def to_record(kept: Kept) -> str:
    """As JSON."""
    return json.dumps(asdict(kept), ensure_ascii=False)


def from_record(record: str) -> Kept:
    """From that JSON."""
    fields: dict[str, Any] = json.loads(record)
    parts = (Part(**{**part, "place": tuple(part["place"])}) for part in fields.pop("parts"))
    sentences = (tuple(map(_from_fields, places)) for places in fields.pop("sentences"))
    history = tuple(fields.pop("history"))
    return Kept(history=history, parts=tuple(parts), sentences=tuple(sentences), **fields)


def _from_fields(fields: dict[str, Any]) -> Place:
    short = fields.pop("short")
    return Place(short=tuple(short) if short else None, **fields)


def show_again(kept: Kept, answerer: "Answerer") -> tuple[Answer, str]:
    """The same answer while its articles are as they were; else today's, and a line that says why.

    A refusal speaks of the whole archive, so it is always asked anew.
    """
    archive = answerer.archive
    with archive.snapshot():
        changes = changes_since(kept, archive)
        if kept.sentences and not changes:
            return _restored(kept, archive), ""
        answer = answerer.answer(kept.question, kept.history)
    if changes:
        return answer, f"Since this link was made, {' and '.join(changes)}: this is today’s answer."
    if answer.sentences:
        return answer, "When this link was made, the articles did not say. Now they do."
    return answer, ""


def changes_since(kept: Kept, archive: Archive) -> list[str]:
    """What became of each cited article that is not as it was, in words."""
    changes = []
    for article_id, version in {p.article_id: p.version for p in kept.places.values()}.items():
        article = archive.article(article_id)
        if article is None:
            changes.append(f"the article “{article_id}” has been removed")
        elif article.version != version:
            changes.append(f"“{article.label}” has been corrected")
    return changes


def _restored(kept: Kept, archive: Archive) -> Answer:
    sentences = [tuple(_citation(place, archive) for place in places) for places in kept.sentences]
    return Answer(
        question=kept.question,
        message=kept.message,
        understood=kept.understood,
        sentences=tuple(CitedSentence(group[0].text, group) for group in sentences),
        parts=kept.parts,
    )


def _citation(place: Place, archive: Archive) -> Citation:
    article = archive.article(place.article_id)
    if article is None:
        raise LookupError(place.article_id)
    span = Span(place.start, place.end)
    return Citation(
        place.number, article, span, place.score, place.speaker, place.kind, place.short
    )
