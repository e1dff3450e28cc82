"""Shows an Answer: as JSON, for a terminal, as Markdown for the chat.

Rendering is the last step: nothing that is made here is ever read back. Knows nothing of how an
answer was found, nor of web servers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import count
from typing import Any
from urllib.parse import quote

from bot.answer import Answer, Block, Carrier, Citation, Draft, Option, Run, Section, Writing
from bot.query.dates import DateRange, in_words
from bot.query.filters import Filters
from bot.rendering.escape import inert, inert_line
from index.language.dates import read_day
from index.printing import printable
from index.reading.urls import host_of
from index.schema import Article, Kind

KINDS: Mapping[Kind | None, str] = {
    "direct": "quoted",
    "indirect": "reported",
    "mixed": "partly quoted",
    None: "",
}
_NEAREST = "The nearest that they come:"
# Names no outlet: the sentence may well report somebody whom nobody could identify.
_NO_SPEAKER = "The article"
_MODEL = "Phrased"
# Where a quotation is too long to be shown whole; no article's words.
CUT = "[…]"
# Whose words they are was not found by rule: somebody of the newsroom said so.
BY_HAND = "corrected by hand"


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
    """What was set beside the question; null for what was not."""
    given = {"from": filters.since, "to": filters.until, "outlet": filters.outlet}
    return {name: value or None for name, value in given.items()}


def _range_json(days: DateRange) -> dict[str, str | None]:
    """The days that are asked for, both included; null on a side that is open."""
    ends = {"from": days.since, "to": days.until, "relative_to": days.relative_to}
    return {name: day.isoformat() if day else None for name, day in ends.items()}


def _section_json(section: Section, items: Iterable[Block | Draft]) -> dict[str, Any]:
    """An answer to a part of the question; what it cites is among the whole's citations."""
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
    """The block as a record; its citations are named by their numbers."""
    run = block.run
    return {
        "number": block.number,
        "mark": run.mark,
        "citations": _numbers(run),
        "copies": list(map(_numbers, block.copies)),
        "article_id": run.article.id,
        "address": run.address,
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
    article = citation.article
    return {
        "number": citation.number,
        "block": block.number,
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "url": article.url,
        "address": citation.address,
        "start": citation.span.start,
        "end": citation.span.end,
        "text": citation.text,
        "speaker": citation.speaker,
        "kind": citation.kind,
        "short": citation.short_text,
        "score": citation.score,
        "corrected": citation.corrected,
        "also": list(map(_carrier_json, citation.also)),
    }


def _carrier_json(carrier: Carrier) -> dict[str, Any]:
    article, span = carrier.article, carrier.span
    return {
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "url": article.url,
        "start": span.start,
        "end": span.end,
    }


def to_text(answer: Answer) -> str:
    """The answer for a terminal: numbered sentences with their speaker, then the sources."""
    lines = [printable(line) for line in (answer.understood, answer.message) if line]
    if answer.refusal and answer.shown:
        lines += ["", _NEAREST]
    for section, items in answer.groups:
        if section:
            head = [section.heading, section.message if section.reason else ""]
            lines += ["", *(printable(line) for line in head if line)]
        lines += [""] * bool(items) + [_item_text(item, answer) for item in items]
    if answer.shown:
        lines += ["", "Sources", *(_source_text(runs) for runs in by_article(answer))]
    if answer.writing:
        lines += ["", *map(printable, writing_lines(answer))]
    if answer.options:
        lines += ["", *(f"  - {printable(option_line(option))}" for option in answer.options)]
    if answer.refusal and answer.refusal.suggestions:
        asks = [f"  - {printable(question)}" for question in answer.refusal.suggestions]
        lines += ["", "You could ask:", *asks]
    return "\n".join(lines)


def option_line(option: Option) -> str:
    """One of several to choose from, with its day, and how to ask for it."""
    what = ", ".join(part for part in (option.label, day_of(option.published)) if part)
    return f"{what}: ask “{option.question}”"


def _item_text(item: Block | Draft, answer: Answer) -> str:
    if isinstance(item, Draft):
        marks = "".join(block.run.mark for block, _ in answer.behind(item))
        return f"{marks} {_MODEL}: {printable(item.text)}"
    return f"{item.marks} {_block_text(item)}"


def _block_text(block: Block) -> str:
    """A line for each voice, all but the first below the first one's begin."""
    lines = []
    for voice, before, after in spoken(block):
        name, kind = said_by(voice)
        said = f"{printable(name)}{f' ({kind})' if kind else ''}"
        lines.append(f"{said}: {before}{printable(voice.text)}{after}")
    return f"\n{' ' * (len(block.marks) + 1)}".join(lines)


def spoken(block: Block) -> Iterator[tuple[Run, str, str]]:
    """Each voice of a block, and what stands before and after it to show that it is cut."""
    voices = block.run.voices
    for n, voice in enumerate(voices, 1):
        before = f"{CUT} " if block.begins_inside and n == 1 else ""
        after = f" {CUT}" if block.ends_inside and n == len(voices) else ""
        yield voice, before, after


def _source_text(runs: Sequence[Run]) -> str:
    article = runs[0].article
    marks = "".join(run.mark for run in runs)
    spans = ", ".join(f"{run.span.start}-{run.span.end}" for run in runs)
    parts = [article.label, *origin_of(article), f"characters {spans}", article.url or ""]
    parts.append(also_in(runs))
    return f"{marks} " + " · ".join(printable(part) for part in parts if part)


def also_in(runs: Sequence[Run]) -> str:
    """Which others carry the same report: "also in The Post, Harbour Daily"; "" for none."""
    names = dict.fromkeys(carrier_name(c.article) for run in runs for c in run.also)
    return f"also in {', '.join(names)}" if names else ""


def carrier_name(article: Article) -> str:
    """What an article is called among those that carry the same: its outlet, if that is known."""
    return article.source or host_of(article.url or "") or article.label


def by_article(answer: Answer) -> list[list[Run]]:
    """What a reader sees of the articles, that of each article together."""
    articles: dict[str, list[Run]] = {}
    for block in answer.blocks or answer.nearest:
        for run in block.stretches:
            articles.setdefault(run.article.id, []).append(run)
    return list(articles.values())


def said_by(voice: Run) -> tuple[str, str]:
    """Whose words they are, and how they are given: ("Ann Lee", "quoted")."""
    by_hand = BY_HAND if any(citation.corrected for citation in voice.citations) else ""
    return voice.speaker or _NO_SPEAKER, ", ".join(filter(None, (KINDS[voice.kind], by_hand)))


def writing_lines(answer: Answer) -> list[str]:
    """How a language model took part, and why each sentence of its draft is missing."""
    writing = answer.writing
    if writing is None:
        return []
    whose = f"the language model {writing.model} at {writing.host}"
    if not writing.is_over:
        return [f"Being phrased by {whose}."]
    lines = [f"{writing.problem} So the article’s own sentences stand here."] * bool(
        writing.problem
    )
    if _has_draft(answer):
        lines.append(f"“{_MODEL}”: by {whose}, and each checked against the sentences it cites.")
    elif not writing.problem:
        lines.append(f"Chosen by {whose}; every sentence is an article’s own.")
    if writing.removed:
        n = len(writing.removed)
        lines.append(f"{n} sentence{'s' * (n > 1)} of its draft did not pass the check:")
        lines += [f"{reason} ({times})" for reason, times in Counter(writing.removed).items()]
    return lines


def _has_draft(answer: Answer) -> bool:
    return any(isinstance(item, Draft) for item in answer.body)


def origin_of(article: Article) -> list[str]:
    """The outlet and the day, as far as they are known."""
    return [part for part in (article.source, day_of(article.published)) if part]


def day_of(published: str | None) -> str:
    """The day of an ISO date in words; what else stands there as it is, "" for nothing."""
    day = read_day(published)
    return in_words(day) if day else published or ""


def article_page(article: Article) -> str:
    """The address of the article's own page, from the root of the site; safe in an attribute."""
    return f"article?id={quote(article.id, safe='', errors='replace')}"


def to_markdown(answer: Answer, turn: int = 1) -> str:
    """The answer as a chat message; `turn` is its place in the conversation, from 1."""
    return "".join(markdown_parts(answer, turn))


def markdown_parts(answer: Answer, turn: int = 1) -> Iterator[str]:
    """The chat message in the pieces in which a reader gets it: the head, then each block."""
    nearest = (
        f'\n<span class="nearest">{_NEAREST}</span>\n' if answer.refusal and answer.shown else ""
    )
    message = f"{inert_line(answer.message)}{_person_markdown(answer)}"
    yield f"{_understood_markdown(answer)}{message}\n{nearest}"
    numbers = count(1)
    for section, items in answer.groups:
        if section:
            yield _section_markdown(section)
        article = None
        for item in items:
            block = item if isinstance(item, Block) else answer.behind(item)[0][0]
            head = _source_markdown(block.run) if block.run.article != article else ""
            article = block.run.article
            yield f"{head}{next(numbers)}. {_item_markdown(item, answer, turn)}\n"
    if answer.writing:
        yield _writing_markdown(answer)


def _section_markdown(section: Section) -> str:
    said = f"{inert_line(section.message)}\n" if section.reason else ""
    return f"\n## {inert_line(section.heading)}\n\n{said}"


def _person_markdown(answer: Answer) -> str:
    """The way to all that the person is quoted with."""
    if not answer.person:
        return ""
    address = f"person?name={quote(answer.person, safe='', errors='replace')}"
    return f" [All of {inert_line(answer.person)}’s words]({address})"


def _writing_markdown(answer: Answer) -> str:
    lines = "".join(f"<p>{inert_line(line)}</p>" for line in writing_lines(answer))
    return f'\n<div class="writer">{lines}{_verbatim_html(answer)}</div>\n'


def _verbatim_html(answer: Answer) -> str:
    """Beside a phrased answer, the one without the model, for who wants to read that."""
    if not _has_draft(answer):
        return ""
    whole = answer.verbatim
    lines = (f"<p>{inert(_item_text(item, whole))}</p>" for item in whole.body)
    return f"<details><summary>The same, word for word</summary>{''.join(lines)}</details>"


def _understood_markdown(answer: Answer) -> str:
    """What was understood, each part an element of its own that the page's script takes hold of."""
    if not answer.understood:
        return ""
    shown = [part.text for part in answer.parts] or [answer.understood]
    parts = " · ".join(f'<span class="part">{inert_line(text)}</span>' for text in shown)
    return f'<span class="understood">Understood: {parts}</span>\n\n'


def _source_markdown(run: Run) -> str:
    article = run.article
    origin = "".join(f" · {inert_line(part)}" for part in origin_of(article))
    title = f"[**{inert_line(article.label)}**]({article_page(article)})"
    names = {carrier_name(c.article): c.article for c in reversed(run.also)}
    others = (f"[{inert_line(n)}]({article_page(a)})" for n, a in reversed(names.items()))
    also = f" · also in {', '.join(others)}" if names else ""
    return f'\n<span class="source">{title}{origin}{also}</span>\n\n'


def _item_markdown(item: Block | Draft, answer: Answer, turn: int) -> str:
    if isinstance(item, Draft):
        resting = (_mark_markdown(block.run, n, turn) for block, n in answer.behind(item))
        return f"{_name_markdown(_MODEL, '')}{inert(item.text)} {' '.join(resting)}"
    voices = (
        f"{_name_markdown(*said_by(voice))}{_quiet(before)}{inert(voice.span.of(voice.article.text))}{_quiet(after)}"
        for voice, before, after in spoken(item)
    )
    marks = (_mark_markdown(run, run.citations[0].number, turn) for run in item.stretches)
    return f"{'<br>'.join(voices)} {' '.join(marks)}"


def _name_markdown(name: str, kind: str) -> str:
    said = f"**{inert_line(name)}**" + (f" *{kind}*" if kind else "")
    return f'<span class="voice">{said}</span><br>'


def _mark_markdown(run: Run, number: int, turn: int) -> str:
    """The mark of the stretch, which leads to its sentence of that number."""
    return f"[\\{run.mark[:-1]}\\]](#cite-{turn}-{number})"


def _quiet(mark: str) -> str:
    return f'<span class="cut">{mark}</span>' if mark else ""
