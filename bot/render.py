"""Shows an Answer: as JSON, for a terminal, as Markdown for the chat, as HTML for the article.

Rendering is the last step: nothing that is made here is ever read back. Knows nothing of how an
answer was found, nor of web servers.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from zlib import crc32

from bot.answer import Answer, Citation, CitedSentence
from bot.escape import inert, printable, web_address
from index.schema import Article, Kind, Sentence, Span

_KINDS: Mapping[Kind | None, str] = {
    "direct": "quoted",
    "indirect": "reported",
    "mixed": "partly quoted",
    None: "",
}
_NEAREST = "The nearest that they come:"
# Names no outlet: the sentence may well report somebody whom nobody could identify.
_NO_SPEAKER = "The article"


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
            {"text": sentence.text, "citations": [c.number for c in sentence.citations]}
            for sentence in answer.sentences
        ],
        "citations": [_citation_json(citation) for citation in answer.citations],
        "nearest": [_citation_json(citation) for citation in refusal.nearest] if refusal else [],
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
        lines += [_source_text(citations) for citations in _by_article(answer)]
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


def _by_article(answer: Answer) -> list[list[Citation]]:
    articles: dict[str, list[Citation]] = {}
    for citation in (c for sentence in answer.shown for c in sentence.citations):
        articles.setdefault(citation.article.id, []).append(citation)
    return list(articles.values())


def said_by(sentence: CitedSentence) -> tuple[str, str]:
    """Whose words the sentence carries, and how: ("Ann Lee", "quoted")."""
    first = sentence.citations[0] if sentence.citations else None
    if first is None or first.speaker is None:
        return _NO_SPEAKER, ""
    return first.speaker, _KINDS[first.kind]


def origin_of(article: Article) -> list[str]:
    """The outlet and the day, as far as they are known."""
    return [part for part in (article.source, _day(article.published)) if part]


def _day(published: str | None) -> str:
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return published or ""
    return f"{day.day} {day:%B %Y}"


def to_markdown(answer: Answer, turn: int = 1) -> str:
    """The answer as a chat message; `turn` is its place in the conversation, from 1."""
    return "".join(markdown_parts(answer, turn))


def markdown_parts(answer: Answer, turn: int = 1) -> Iterator[str]:
    """The chat message in the pieces in which a reader gets it: the head, then each sentence."""
    understood = f'<span class="understood">Understood: {_line(answer.understood)}</span>\n\n'
    nearest = (
        f'\n<span class="nearest">{_NEAREST}</span>\n' if answer.refusal and answer.shown else ""
    )
    yield (understood if answer.understood else "") + _line(answer.message) + "\n" + nearest
    groups = groupby(enumerate(answer.shown, 1), lambda pair: _source_of(pair[1]))
    for _, pairs in groups:
        for place, (number, sentence) in enumerate(pairs):
            head = _group_markdown(sentence) if place == 0 else ""
            yield head + _sentence_markdown(number, sentence, turn)


def _source_of(sentence: CitedSentence) -> str | None:
    return sentence.citations[0].article.id if sentence.citations else None


def _group_markdown(sentence: CitedSentence) -> str:
    if not sentence.citations:
        return "\n"
    article = sentence.citations[0].article
    origin = "".join(f" · {_line(part)}" for part in origin_of(article))
    return f'\n<span class="source">**{_line(article.label)}**{origin}</span>\n\n'


def _sentence_markdown(number: int, sentence: CitedSentence, turn: int) -> str:
    name, kind = said_by(sentence)
    marks = "".join(f" [\\[{c.number}\\]](#cite-{turn}-{c.number})" for c in sentence.citations)
    said = f"**{_line(name)}**" + (f" *{kind}*" if kind else "")
    return f"{number}. {said}<br>{_emphasised(sentence)}{marks}\n"


def _emphasised(sentence: CitedSentence) -> str:
    """The sentence's words, the short answer in bold."""
    text, short = sentence.text, sentence.citations[0].short if sentence.citations else None
    if short is None:
        return inert(text)
    start, end = short
    return f"{inert(text[:start])}<strong>{inert(text[start:end])}</strong>{inert(text[end:])}"


def _line(text: str) -> str:
    return inert(" ".join(text.split()))


def pane_html(
    answer: Answer,
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    turn: int = 1,
    notes: Mapping[str, str] | None = None,
) -> str:
    """All articles that the answer cites, the first one open, with a tab each.

    `sentences` and `notes` (a line for the reader, such as "corrected since") go by article id.
    """
    tabs, articles = "", ""
    cited = _by_article(answer)
    for place, citations in enumerate(cited):
        tabs += _tab(citations, turn, is_open=place == 0)
        article = citations[0].article
        numbers = {citation.span: citation.number for citation in citations}
        note = (notes or {}).get(article.id, "")
        html = article_html(article, sentences[article.id], numbers, turn=turn, note=note)
        articles += f'<div class="cited-article{"" if place == 0 else " shut"}">{html}</div>'
    back = '<a class="back" href="#back">Back to the answer</a>'
    navigation = f'<nav class="tabs">{tabs if len(cited) > 1 else ""}{back}</nav>'
    return f'<div class="cited-articles">{navigation}{articles}</div>'


def _tab(citations: Sequence[Citation], turn: int, *, is_open: bool) -> str:
    numbers = "".join(f"[{citation.number}]" for citation in citations)
    return (
        f'<a class="tab{" current" if is_open else ""}" href="#cite-{turn}-{citations[0].number}">'
        f'<span class="tab-title">{_line(citations[0].article.label)}</span> '
        f'<span class="tab-numbers">{numbers}</span></a>'
    )


def article_html(
    article: Article,
    sentences: Sequence[Sentence],
    cited: Mapping[Span, int],
    *,
    turn: int = 1,
    note: str = "",
) -> str:
    """The whole article, every sentence an element of its own, the cited ones marked.

    HTML without an empty line, so Markdown leaves it alone too. The `textContent` of `.body` is
    the article's text.
    """
    pieces = _pieces(sentences, cited)
    body = "".join(_body(article, pieces, cited, turn))
    warning = f'<p class="note">{inert(note)}</p>' if note else ""
    return (
        f'<article class="article"><h2>{_line(article.label)}</h2>'
        f'{_byline(article)}{warning}<div class="body">{body}</div></article>'
    )


def _byline(article: Article) -> str:
    parts = [_line(part) for part in (article.author, *origin_of(article)) if part]
    address = web_address(article.url)
    if address:
        parts.append(f'<a href="{address}" rel="noopener noreferrer">Published article</a>')
    return f'<p class="byline">{" · ".join(parts)}</p>' if parts else ""


def _pieces(sentences: Sequence[Sentence], cited: Mapping[Span, int]) -> list[Sentence]:
    """The sentences in order; a cited span that is none of them replaces those it cuts."""
    spans = {sentence.span for sentence in sentences}
    strays = [span for span in cited if span not in spans]
    kept = [s for s in sentences if not any(s.span.overlaps(span) for span in strays)]
    placed = [
        Sentence(span, min((s.paragraph for s in sentences if s.span.overlaps(span)), default=0))
        for span in strays
    ]
    return sorted([*kept, *placed], key=attrgetter("span"))


def _body(
    article: Article, pieces: Sequence[Sentence], cited: Mapping[Span, int], turn: int
) -> Iterator[str]:
    text, end = article.text, 0
    for _, paragraph in groupby(pieces, attrgetter("paragraph")):
        lines = list(paragraph)
        yield inert(text[end : lines[0].span.start])
        end = lines[0].span.start
        yield "<p>" if any(line.prose for line in lines) else '<p class="aside">'
        for line in lines:
            yield inert(text[end : line.span.start])
            yield _sentence_html(article, line.span, cited.get(line.span), turn)
            end = line.span.end
        yield "</p>"
    yield inert(text[end:])


def _sentence_html(article: Article, span: Span, number: int | None, turn: int) -> str:
    words = inert(span.of(article.text))
    if number is not None:
        name = f'id="cite-{turn}-{number}" title="{number}"'
        return f'<mark class="sent cited" {name} tabindex="-1">{words}</mark>'
    # Two copies of one agency report may stand side by side: the text would make no key.
    key = f"{turn}-{crc32(article.id.encode())}-{span.start}"
    return f'<span class="sent" id="s-{key}" tabindex="-1">{words}</span>'
