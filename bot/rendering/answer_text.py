"""Renders an answer as plain text for a terminal.

Knows nothing of how an answer was found, nor of web servers.
"""

from collections.abc import Sequence

from bot.answer import Answer, Block, Draft, Run
from bot.rendering.labels import (
    NEAREST,
    PHRASED,
    also_in,
    by_article,
    option_line,
    origin_of,
    said_by,
    spoken,
    writing_lines,
)
from index.printing import printable


def to_text(answer: Answer) -> str:
    """The answer for a terminal: numbered sentences with their speaker, then the sources."""
    lines = [printable(line) for line in (answer.understood, answer.message) if line]
    if answer.refusal and answer.shown:
        lines += ["", NEAREST]
    for section, items in answer.groups:
        if section:
            head = [section.heading, section.message if section.reason else ""]
            lines += ["", *(printable(line) for line in head if line)]
        lines += [""] * bool(items) + [item_text(item, answer) for item in items]
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


def item_text(item: Block | Draft, answer: Answer) -> str:
    """A block or a drafted sentence of the answer, with its marks."""
    if isinstance(item, Draft):
        marks = "".join(block.run.mark for block, _ in answer.behind(item))
        return f"{marks} {PHRASED}: {printable(item.text)}"
    return f"{item.marks} {_block_text(item)}"


def _block_text(block: Block) -> str:
    """A line for each voice, indented to line up with the first."""
    lines = []
    for voice, before, after in spoken(block):
        name, kind = said_by(voice)
        said = f"{printable(name)}{f' ({kind})' if kind else ''}"
        lines.append(f"{said}: {before}{printable(voice.text)}{after}")
    return f"\n{' ' * (len(block.marks) + 1)}".join(lines)


def _source_text(runs: Sequence[Run]) -> str:
    article = runs[0].article
    marks = "".join(run.mark for run in runs)
    spans = ", ".join(f"{run.span.start}-{run.span.end}" for run in runs)
    parts = [article.label, *origin_of(article), f"characters {spans}", article.url or ""]
    parts.append(also_in(runs))
    return f"{marks} " + " · ".join(printable(part) for part in parts if part)
