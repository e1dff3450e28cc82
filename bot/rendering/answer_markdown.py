"""Renders an answer as Markdown for the chat, in which no word of an article is active.

Knows nothing of how an answer was found, nor of web servers.
"""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urlencode

from bot.answer import Answer, Block, Draft, Run, Section
from bot.rendering.answer_text import item_text
from bot.rendering.escape import inert, inert_line
from bot.rendering.labels import (
    NEAREST,
    PHRASED,
    article_page,
    carrier_name,
    has_draft,
    origin_of,
    said_by,
    spoken,
    writing_lines,
)


def markdown_parts(answer: Answer, turn: int = 1) -> Iterator[str]:
    """The chat message in the pieces in which it is streamed: the head, then each block.

    `turn` is its place in the conversation, from 1.
    """
    nearest = (
        f'\n<span class="nearest">{NEAREST}</span>\n' if answer.refusal and answer.shown else ""
    )
    message = f"{inert_line(answer.message)}{_person_markdown(answer)}"
    yield f"{_understood_markdown(answer)}{message}\n{nearest}"
    numbers, is_compared = count(1), answer.kind == "compare" and bool(answer.sections)
    if is_compared:
        yield '\n<div class="columns">\n'
    for section, items in answer.groups:
        if section:
            yield '\n<div class="column">\n' * is_compared + _section_markdown(section)
        article = None
        for item in items:
            block = item if isinstance(item, Block) else answer.behind(item)[0][0]
            head = _source_markdown(block.run) if block.run.article != article else ""
            article = block.run.article
            yield f"{head}{next(numbers)}. {_item_markdown(item, answer, turn)}\n"
        if section and is_compared:
            yield "\n</div>\n"
    if is_compared:
        yield "\n</div>\n"
    if answer.writing:
        yield _writing_markdown(answer)


def _section_markdown(section: Section) -> str:
    said = f"{inert_line(section.message)}\n" if section.reason else ""
    return f"\n## {inert_line(section.heading)}\n\n{said}"


def _person_markdown(answer: Answer) -> str:
    """Links to everything the person is quoted with, and to all that was asked for as a file."""
    links = []
    if answer.person:
        address = f"person?{urlencode({'name': answer.person}, errors='replace')}"
        links.append(f" [All of {inert_line(answer.person)}’s words]({address})")
    if answer.kind == "all" and answer.body:
        links.append(f" [Save as a file](api/collection?{_all_of(answer)}&format=docx)")
    return "".join(links)


def _all_of(answer: Answer) -> str:
    """Whose words on what, and from when, as parameters of an address."""
    topic = " ".join(part.text for part in answer.parts if part.role == "topic")
    since = answer.days and answer.days.since
    until = answer.days and answer.days.until
    asked = {
        "speaker": answer.person,
        "topic": topic.removeprefix("on "),
        "from": since and since.isoformat(),
        "to": until and until.isoformat(),
    }
    return urlencode({name: each for name, each in asked.items() if each}, errors="replace")


def _writing_markdown(answer: Answer) -> str:
    lines = "".join(f"<p>{inert_line(line)}</p>" for line in writing_lines(answer))
    return f'\n<div class="writer">{lines}{_verbatim_html(answer)}</div>\n'


def _verbatim_html(answer: Answer) -> str:
    """The verbatim answer, folded up beside one that a model phrased; empty if none was."""
    if not has_draft(answer):
        return ""
    whole = answer.verbatim
    lines = (f"<p>{inert(item_text(item, whole))}</p>" for item in whole.body)
    return f"<details><summary>The same, word for word</summary>{''.join(lines)}</details>"


def _understood_markdown(answer: Answer) -> str:
    """The understood question, each part an element of its own for the page's script."""
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
        return f"{_name_markdown(PHRASED, '')}{inert(item.text)} {' '.join(resting)}"
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
    """The mark of the run, linked to its sentence of that number."""
    return f"[\\{run.mark[:-1]}\\]](#cite-{turn}-{number})"


def _quiet(mark: str) -> str:
    return f'<span class="cut">{mark}</span>' if mark else ""
