"""Shows an Answer: as JSON, for a terminal, as Markdown for the chat.

Rendering is the last step: nothing that is made here is ever read back. Knows nothing of how an
answer was found, nor of web servers.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

from bot.answer import Answer, Citation, CitedSentence, Writing
from bot.rendering.escape import inert, inert_line, printable
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


def to_json(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """The answer as the record that every command prints; see README."""
    refusal = answer.refusal
    return {
        "id": id,
        "question": answer.question,
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
        "status": "refused" if refusal else "answered",
        "reason": refusal.reason if refusal else None,
        "message": answer.message,
        "suggestions": list(refusal.suggestions) if refusal else [],
        "sentences": [
            {
                "text": sentence.text,
                "citations": [c.number for c in sentence.citations],
                "is_draft": sentence.is_draft,
            }
            for sentence in answer.sentences
        ],
        "citations": [_citation_json(citation) for citation in answer.citations],
        "nearest": [_citation_json(citation) for citation in refusal.nearest] if refusal else [],
        "writer": _writer_json(answer.writing) if answer.writing else None,
    }


def _writer_json(writing: Writing) -> dict[str, Any]:
    return {
        "model": writing.model,
        "host": writing.host,
        "removed": list(writing.removed),
        "problem": writing.problem or None,
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    article = citation.article
    return {
        "number": citation.number,
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
    }


def to_text(answer: Answer) -> str:
    """The answer for a terminal: numbered sentences with their speaker, then the sources."""
    lines = [printable(line) for line in (answer.understood, answer.message) if line]
    if answer.refusal and answer.shown:
        lines += ["", _NEAREST]
    if answer.shown:
        lines += ["", *map(_sentence_text, answer.shown), "", "Sources"]
        lines += [_source_text(citations) for citations in by_article(answer)]
    if answer.writing:
        lines += ["", *map(printable, writing_lines(answer))]
    if answer.refusal and answer.refusal.suggestions:
        asks = [f"  - {printable(question)}" for question in answer.refusal.suggestions]
        lines += ["", "You could ask:", *asks]
    return "\n".join(lines)


def _sentence_text(sentence: CitedSentence) -> str:
    marks = "".join(f"[{citation.number}]" for citation in sentence.citations)
    name, kind = said_by(sentence)
    return f"{marks} {printable(name)}{f' ({kind})' if kind else ''}: {printable(sentence.text)}"


def _source_text(citations: Sequence[Citation]) -> str:
    article = citations[0].article
    marks = "".join(f"[{citation.number}]" for citation in citations)
    spans = ", ".join(f"{c.span.start}-{c.span.end}" for c in citations)
    parts = [article.label, *origin_of(article), f"characters {spans}", article.url or ""]
    return f"{marks} " + " · ".join(printable(part) for part in parts if part)


def by_article(answer: Answer) -> list[list[Citation]]:
    """The citations that a reader sees, those of each article together."""
    articles: dict[str, list[Citation]] = {}
    # Once each: two sentences of a model's may cite the same one.
    for citation in {c.number: c for s in answer.shown for c in s.citations}.values():
        articles.setdefault(citation.article.id, []).append(citation)
    return list(articles.values())


def said_by(sentence: CitedSentence) -> tuple[str, str]:
    """Whose words the sentence carries, and how: ("Ann Lee", "quoted")."""
    if sentence.is_draft:
        return _MODEL, ""
    first = sentence.citations[0] if sentence.citations else None
    if first is None or first.speaker is None:
        return _NO_SPEAKER, ""
    return first.speaker, KINDS[first.kind]


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
    if any(sentence.is_draft for sentence in answer.sentences):
        lines.append(f"“{_MODEL}”: by {whose}, and each checked against the sentences it cites.")
    elif not writing.problem:
        lines.append(f"Chosen by {whose}; every sentence is an article’s own.")
    if writing.removed:
        n = len(writing.removed)
        lines.append(f"{n} sentence{'s' * (n > 1)} of its draft did not pass the check:")
        lines += [f"{reason} ({times})" for reason, times in Counter(writing.removed).items()]
    return lines


def origin_of(article: Article) -> list[str]:
    """The outlet and the day, as far as they are known."""
    return [part for part in (article.source, _day(article.published)) if part]


def _day(published: str | None) -> str:
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return published or ""
    return f"{day.day} {day:%B %Y}"


def article_page(article: Article) -> str:
    """The address of the article's own page, from the root of the site; safe in an attribute."""
    return f"article?id={quote(article.id, safe='', errors='replace')}"


def to_markdown(answer: Answer, turn: int = 1) -> str:
    """The answer as a chat message; `turn` is its place in the conversation, from 1."""
    return "".join(markdown_parts(answer, turn))


def markdown_parts(answer: Answer, turn: int = 1) -> Iterator[str]:
    """The chat message in the pieces in which a reader gets it: the head, then each sentence."""
    nearest = (
        f'\n<span class="nearest">{_NEAREST}</span>\n' if answer.refusal and answer.shown else ""
    )
    yield _understood_markdown(answer) + inert_line(answer.message) + "\n" + nearest
    groups = groupby(enumerate(answer.shown, 1), lambda pair: _source_of(pair[1]))
    for _, pairs in groups:
        for place, (number, sentence) in enumerate(pairs):
            head = _group_markdown(sentence) if place == 0 else ""
            yield head + _sentence_markdown(number, sentence, turn)
    if answer.writing:
        yield _writing_markdown(answer)


def _writing_markdown(answer: Answer) -> str:
    lines = "".join(f"<p>{inert_line(line)}</p>" for line in writing_lines(answer))
    return f'\n<div class="writer">{lines}{_verbatim_html(answer)}</div>\n'


def _verbatim_html(answer: Answer) -> str:
    """Beside a phrased answer, the one without the model, for who wants to read that."""
    if not any(sentence.is_draft for sentence in answer.sentences):
        return ""
    lines = (f"<p>{inert(_sentence_text(sentence))}</p>" for sentence in answer.verbatim.sentences)
    return f"<details><summary>The same, word for word</summary>{''.join(lines)}</details>"


def _understood_markdown(answer: Answer) -> str:
    """What was understood, each part an element of its own that the page's script takes hold of."""
    if not answer.understood:
        return ""
    shown = [part.text for part in answer.parts] or [answer.understood]
    parts = " · ".join(f'<span class="part">{inert_line(text)}</span>' for text in shown)
    return f'<span class="understood">Understood: {parts}</span>\n\n'


def _source_of(sentence: CitedSentence) -> str | None:
    return sentence.citations[0].article.id if sentence.citations else None


def _group_markdown(sentence: CitedSentence) -> str:
    if not sentence.citations:
        return "\n"
    article = sentence.citations[0].article
    origin = "".join(f" · {inert_line(part)}" for part in origin_of(article))
    title = f"[**{inert_line(article.label)}**]({article_page(article)})"
    return f'\n<span class="source">{title}{origin}</span>\n\n'


def _sentence_markdown(number: int, sentence: CitedSentence, turn: int) -> str:
    name, kind = said_by(sentence)
    marks = "".join(f" [\\[{c.number}\\]](#cite-{turn}-{c.number})" for c in sentence.citations)
    said = f"**{inert_line(name)}**" + (f" *{kind}*" if kind else "")
    return f"{number}. {said}<br>{_emphasised(sentence)}{marks}\n"


def _emphasised(sentence: CitedSentence) -> str:
    """The sentence's words, the short answer in bold."""
    text, short = sentence.text, sentence.citations[0].short if sentence.citations else None
    if short is None or sentence.is_draft:
        return inert(text)
    start, end = short
    return f"{inert(text[:start])}<strong>{inert(text[start:end])}</strong>{inert(text[end:])}"
