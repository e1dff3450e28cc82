"""Finds the words between quotation marks, of every usual style, over sentences and paragraphs.

Knows nothing of who speaks. A mark without its partner never raises and never swallows more than
its own paragraph.

>>> text = "“No,” he said. 'Twas the end."
>>> [q.span.of(text) for q in find_quotations(text)]
['“No,”']
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.schema import Sentence, Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# Two apostrophes or backticks stand for one double mark in plain-text wires.
_MARK = re.compile(r"''|``|[\"“”„«»‘’']")
_CLOSERS = {
    "“": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "”"),
    "``": ("''", '"'),
    "''": ("''",),
    "”": ("”",),
    "‘": ("’",),
    "'": ("'",),
}
_FEET = re.compile(r"['’]\d\d?\Z")
_SINGLE = frozenset("‘'")
_END = re.compile(r"[.!?…][)\]]*\s")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in quotation marks, marks included, within one paragraph.

    `continues` says that it reopens the quotation before it, which its paragraph left open.
    """

    span: Span
    closed: bool
    continues: bool = False


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All outermost quotations in order; those nested in another are left out."""
    found: list[Quotation] = []
    open_before = False
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        quotations = list(_in_line(text, line.start(), line.end()))
        first = len(line.group()) - len(line.group().lstrip()) + line.start()
        if open_before and quotations and quotations[0].span.start == first:
            quotations[0] = replace(quotations[0], continues=True)
        open_before = bool(quotations) and not quotations[-1].closed
        found.extend(quotations)
    return tuple(found)


def quotations_by_sentence(
    sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> list[list[tuple[int, Quotation]]]:
    """The quotations that reach into each sentence, numbered."""
    found: list[list[tuple[int, Quotation]]] = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].span.end <= sentence.span.start:
            first += 1
        inside = []
        for number in range(first, len(quotations)):
            if quotations[number].span.start >= sentence.span.end:
                break
            inside.append((number, quotations[number]))
        found.append(inside)
    return found


def _in_line(text: str, start: int, end: int) -> Iterator[Quotation]:
    position = start
    while opening := _next_opening(text, position, end):
        mark = opening.group()
        closing = _closing(text, opening, end)
        if closing is not None:
            yield Quotation(Span(opening.start(), closing), closed=True)
            position = closing
        elif mark in _SINGLE:
            position = opening.end()
        else:
            stop = _unclosed_end(text, opening, start, end)
            yield Quotation(Span(opening.start(), stop), closed=False)
            position = stop


def _next_opening(text: str, position: int, end: int) -> re.Match[str] | None:
    for mark in _MARK.finditer(text, position, end):
        if mark.group() in "’»" or mark.group() not in _CLOSERS:
            if mark.group() == "»" and _opens(text, mark, end):
                return mark
            continue
        if _opens(text, mark, end):
            return mark
    return None


def _opens(text: str, mark: re.Match[str], end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark.group() in "“„«``":
        return True
    if mark.group() in _SINGLE and after.isdigit():
        return False  # "the '90s"
    return not after.isspace() and not (before.isalnum() or before in ".,!?;%’")


def _closing(text: str, opening: re.Match[str], end: int) -> int | None:
    mark = opening.group()
    closers = _CLOSERS[mark]
    depth = 0
    fallback: int | None = None
    for other in _MARK.finditer(text, opening.end(), end):
        if other.group() in closers and _closes(text, other, mark, end):
            if mark in _SINGLE and text[other.start() - 1] == "s":
                # Perhaps the apostrophe of a plural's possessive: look for a better one.
                fallback = fallback or other.end()
            elif depth == 0:
                return other.end()
            depth -= 1
        elif other.group() == mark and (mark == "“" or _opens(text, other, end)):
            depth += 1
    return _last_closer(text, opening, closers, end) if depth else fallback


def _closes(text: str, mark: re.Match[str], opening: str, end: int) -> bool:
    before = text[mark.start() - 1]
    after = text[mark.end()] if mark.end() < end else " "
    if opening in _SINGLE:
        # An apostrophe stands inside a word or opens one; a closing mark ends one.
        return not before.isspace() and not after.isalnum()
    if mark.group() == '"' and _FEET.search(text[max(0, mark.start() - 4) : mark.start()]):
        return False
    if mark.group() in ('"', "''", "“", "«"):
        return not (before.isspace() and after.isalnum())
    return True


def _last_closer(text: str, opening: re.Match[str], closers: tuple[str, ...], end: int) -> int:
    marks = [m.end() for m in _MARK.finditer(text, opening.end(), end) if m.group() in closers]
    return marks[-1] if marks else end


def _unclosed_end(text: str, opening: re.Match[str], start: int, end: int) -> int:
    """To the paragraph's end where the mark opens it or its last sentences, else the sentence."""
    content = text[opening.end() : end]
    stop = _END.search(content)
    if stop is None or not text[start : opening.start()].strip() or _introduces(text, opening):
        return opening.end() + len(content.rstrip()) if content.strip() else opening.end()
    return opening.end() + stop.start() + 1


def _introduces(text: str, opening: re.Match[str]) -> bool:
    before = text[max(0, opening.start() - 40) : opening.start()].rstrip()
    return before.endswith((":", ",", ".", "!", "?", "—"))
