"""Renders an answer as the JSON record that the API and every command give (docs/answers.md).

Knows nothing of how an answer was found, nor of web servers.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot.answer import Answer, Block, Carrier, Citation, Draft, Run, Section, Writing
from bot.date_range import DateRange
from bot.filters import Filters
from bot.rendering.labels import published_address
from index.schema import Article


def to_json(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """The answer as the record that every command prints; see docs/answers.md."""
    refusal = answer.refusal
    return {
        "id": id,
        "question": answer.question,
        "kind": answer.kind,
        "understood": answer.understood,
        "parts": [
            {
                "role": part.role,
                "text": part.text,
                "question": part.question,
                "without": part.without,
            }
            for part in answer.parts
        ],
        "range": _range_json(answer.days) if answer.days else None,
        "filters": _filters_json(answer.filters) if answer.filters else None,
        "corrected": [{"typed": c.typed, "meant": c.meant} for c in answer.corrections],
        "status": "refused" if refusal else "answered",
        "confidence": None if refusal else "sure" if answer.is_sure else "unsure",
        "reason": refusal.reason if refusal else None,
        "message": answer.message,
        "suggestions": list(refusal.suggestions) if refusal else [],
        "choices": [asdict(option) for option in answer.options],
        "sections": [_section_json(section, items) for section, items in answer.groups if section],
        "person": answer.person,
        "sentences": [
            {
                "text": sentence.text,
                "citations": [c.number for c in sentence.citations],
                "is_draft": isinstance(sentence, Draft),
            }
            for sentence in answer.sentences
        ],
        "citations": _citations_json(answer.blocks),
        "blocks": list(map(_block_json, answer.blocks)),
        "nearest": _citations_json(answer.nearest),
        "nearest_blocks": list(map(_block_json, answer.nearest)),
        "writer": _writer_json(answer.writing) if answer.writing else None,
    }


def _filters_json(filters: Filters) -> dict[str, str | None]:
    """The filters; null for each that is not set."""
    given = {"from": filters.since, "to": filters.until, "outlet": filters.outlet}
    return {name: value or None for name, value in given.items()}


def _range_json(days: DateRange) -> dict[str, str | None]:
    """The days asked for, both included; null on an open side."""
    ends = {"from": days.since, "to": days.until, "relative_to": days.relative_to}
    return {name: day.isoformat() if day else None for name, day in ends.items()}


def _section_json(section: Section, items: Iterable[Block | Draft]) -> dict[str, Any]:
    """The answer to one of several questions; its citations are among the whole answer's."""
    return {
        "heading": section.heading,
        "question": section.question,
        "understood": section.understood,
        "status": "refused" if section.reason else "answered",
        "reason": section.reason,
        "message": section.message,
        "citations": [c.number for item in items for c in item.citations],
    }


def _writer_json(writing: Writing) -> dict[str, Any]:
    return {
        "model": writing.model,
        "host": writing.host,
        "removed": list(writing.removed),
        "problem": writing.problem or None,
    }


def _block_json(block: Block) -> dict[str, Any]:
    """The block as a record; citations are given by number."""
    run = block.run
    return {
        "number": block.number,
        "mark": run.mark,
        "citations": _numbers(run),
        "copies": list(map(_numbers, block.copies)),
        "article_id": run.article.id,
        "address": published_address(run.article, run.span),
        **_run_json(run),
        "begins_inside": block.begins_inside,
        "ends_inside": block.ends_inside,
        "voices": [{"citations": _numbers(voice), **_run_json(voice)} for voice in run.voices],
    }


def _numbers(run: Run) -> list[int]:
    return [citation.number for citation in run.citations]


def _run_json(run: Run) -> dict[str, Any]:
    place = {"start": run.span.start, "end": run.span.end}
    return {**place, "text": run.text, "speaker": run.speaker, "kind": run.kind}


def _citations_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """All citations of the blocks, best first."""
    found = ((citation, block) for block in blocks for citation in block.citations)
    return [_citation_json(*pair) for pair in sorted(found, key=lambda pair: pair[0].rank)]


def _citation_json(citation: Citation, block: Block) -> dict[str, Any]:
    return {
        "number": citation.number,
        "block": block.number,
        **_article_json(citation.article),
        "address": published_address(citation.article, citation.span),
        "start": citation.span.start,
        "end": citation.span.end,
        "text": citation.text,
        "speaker": citation.speaker,
        "kind": citation.kind,
        "short": citation.short_text,
        "score": citation.score,
        "corrected": citation.corrected,
        "via": citation.via,
        "also": list(map(_carrier_json, citation.also)),
    }


def _carrier_json(carrier: Carrier) -> dict[str, Any]:
    return {**_article_json(carrier.article), **asdict(carrier.span)}


def _article_json(article: Article) -> dict[str, str | None]:
    named = {"article_id": article.id, "title": article.title, "source": article.source}
    return {**named, "published": article.published, "url": article.url}
