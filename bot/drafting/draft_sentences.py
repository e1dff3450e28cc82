"""Cuts a streamed text into sentences, each with its citation marks.

Knows nothing of models, nor of whether a sentence is true.

>>> cut_draft("He left. [1] She ran [2]. And th")
(['He left. [1]', 'She ran [2].'], ' And th')
"""

import re
from collections.abc import Iterator

from index.attribution.layout.sentences import split_sentences

# What models put around their sentences: a bullet, a number, a heading, emphasis.
_ORNAMENT = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*|__")
_MARKS = re.compile(r"(?:[ \t]*\[[\d ,;–-]+\][.,]?)+")
_THOUGHT, _THOUGHT_OVER = re.compile(r"\s*<think>"), "</think>"
# What a sentence cites: "[1]", "[2, 4]", "[2-4]"; with the numbers as they stand there.
CITES = re.compile(r"\s*\[\s*(\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*)\s*\]")
# A line's end, or another word that is whole: the sentence before cannot change any more.
_NEXT = re.compile(r"[ \t]*(?:\n|[^\s\[]\S*\s|\[[^\]]*\]\S*\s)")
# Longer than any sentence; the time to read one grows with its length.
MAX_DRAFT = 1000


def cut_draft(text: str, *, is_whole: bool = False) -> tuple[list[str], str]:
    """The complete sentences, and the rest of the text, which may still grow.

    Text longer than any sentence is taken for one, so that no rest is cut again and again.
    """
    if _THOUGHT.match(text):
        _, is_over, after = text.partition(_THOUGHT_OVER)
        if not is_over:
            return [], "" if is_whole else text
        text = after
    sentences, begin = [], 0
    for end in _ends(text):
        if not (is_whole or _NEXT.match(text, end)):
            break
        sentences.append(text[begin:end])
        begin = end
    if len(text) - begin > MAX_DRAFT:
        sentences.append(text[begin:])
        begin = len(text)
    bare = (_ORNAMENT.sub("", sentence).strip() for sentence in sentences)
    return [sentence for sentence in bare if sentence], text[begin:]


def _ends(text: str) -> Iterator[int]:
    """The end of each sentence with the marks after it; none lies inside a quotation."""
    begin = end = 0
    for span in (sentence.span for sentence in split_sentences(text)):
        if end:
            marks = _MARKS.match(text, end)
            end = marks.end() if marks else end
            if end >= span.end:
                continue
            if "\n" in text[end : span.start] or not _is_quoting(text[begin:end]):
                yield end
                begin = end
        end = span.end
    if end:
        yield end


def _is_quoting(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
