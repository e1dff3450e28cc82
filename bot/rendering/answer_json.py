"""Renders an answer as the JSON record that the API and every command give (docs/answers.md).

Knows nothing of how an answer was found, nor of web servers.
"""

from collections.abc import Iterable
from typing import Any

from bot.answer import Answer, Block, CitedSentence, Draft, Run, Section
from bot.date_range import DateRange
from bot.filters import Filters
from bot.rendering.labels import published_address
from bot.rendering.records import (
    AnswerRecord,
    BlockRecord,
    CarrierRecord,
    CitationRecord,
    CitedSentenceRecord,
    FilterRecord,
    Range,
    SectionRecord,
    VoiceRecord,
    WriterRecord,
    filled,
)


def to_json(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """The answer as the record that every command prints; see docs/answers.md."""
    refusal, writing = answer.refusal, answer.writing
    record = filled(
        AnswerRecord,
        answer,
        id=id,
        range=_range(answer.days) if answer.days else None,
        filters=_filters(answer.filters) if answer.filters else None,
        corrected=answer.corrections,
        status="refused" if refusal else "answered",
        confidence=None if refusal else "sure" if answer.is_sure else "unsure",
        reason=refusal.reason if refusal else None,
        suggestions=refusal.suggestions if refusal else (),
        choices=answer.options,
        sections=[_section(section, items) for section, items in answer.groups if section],
        sentences=[
            filled(CitedSentenceRecord, s, citations=_numbers(s), is_draft=isinstance(s, Draft))
            for s in answer.sentences
        ],
        citations=_citations(answer.blocks),
        blocks=map(_block, answer.blocks),
        nearest=_citations(answer.nearest),
        nearest_blocks=map(_block, answer.nearest),
        writer=filled(WriterRecord, writing, problem=writing.problem or None) if writing else None,
    )
    return record.model_dump(by_alias=True)


def _filters(filters: Filters) -> FilterRecord:
    given = {"since": filters.since, "to": filters.until, "outlet": filters.outlet}
    return FilterRecord(**{name: value or None for name, value in given.items()})


def _range(days: DateRange) -> Range:
    ends = {"since": days.since, "to": days.until, "relative_to": days.relative_to}
    return Range(**{name: day.isoformat() if day else None for name, day in ends.items()})


def _section(section: Section, items: Iterable[Block | Draft]) -> SectionRecord:
    """The answer to one of several questions; its citations are among the whole answer's."""
    status = "refused" if section.reason else "answered"
    citations = [number for item in items for number in _numbers(item)]
    return filled(SectionRecord, section, status=status, citations=citations)


def _block(block: Block) -> BlockRecord:
    run = block.run
    return filled(
        BlockRecord,
        block,
        run,
        run.span,
        citations=_numbers(run),
        copies=map(_numbers, block.copies),
        article_id=run.article.id,
        address=published_address(run.article, run.span),
        voices=[filled(VoiceRecord, v, v.span, citations=_numbers(v)) for v in run.voices],
    )


def _citations(blocks: Iterable[Block]) -> list[CitationRecord]:
    """All citations of the blocks, best first."""
    found = ((citation, block) for block in blocks for citation in block.citations)
    return [
        filled(
            CitationRecord,
            citation,
            citation.span,
            citation.article,
            block=block.number,
            article_id=citation.article.id,
            address=published_address(citation.article, citation.span),
            short=citation.short_text,
            also=[
                filled(CarrierRecord, c.article, c.span, article_id=c.article.id)
                for c in citation.also
            ],
        )
        for citation, block in sorted(found, key=lambda pair: pair[0].rank)
    ]


def _numbers(cited: Block | CitedSentence | Draft | Run) -> list[int]:
    return [citation.number for citation in cited.citations]
