"""Cuts a text that is still coming into sentences, each with the marks of what it cites.

Knows nothing of models, nor of whether a sentence is true.

>>> cut_draft("He left. [1] She ran [2]. And th")
(['He left. [1]', 'She ran [2].'], ' And th')
"""

import re
from collections.abc import Iterator

from index.attribution.sentences import split_sentences

# What models put around their sentences: a bullet, a number, a heading, emphasis.
_ORNAMENT = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*|__")
_MARKS = re.compile(r"(?:[ \t]*\[[\d ,;–-]+\][.,]?)+")
_THOUGHT = re.compile(r"\s*<think>.*?(</think>|\Z)", re.DOTALL)
# A line's end, or another word that is whole: the sentence before cannot change any more.
_NEXT = re.compile(r"[ \t]*(?:\n|[^\s\[]\S*\s|\[[^\]]*\]\S*\s)")


def cut_draft(text: str, *, is_whole: bool = False) -> tuple[list[str], str]:
    """The sentences that are complete, and the rest of the text, which may still grow."""
    thought = _THOUGHT.match(text)
    if thought and not thought[1]:
        return [], "" if is_whole else text
    text = text[thought.end() :] if thought else text
    sentences, begin = [], 0
    for end in _ends(text):
        if not (is_whole or _NEXT.match(text, end)):
            break
        sentences.append(_ORNAMENT.sub("", text[begin:end]).strip())
        begin = end
    return [sentence for sentence in sentences if sentence], text[begin:]


def _ends(text: str) -> Iterator[int]:
    """Where each sentence ends, the marks after it included; no quotation is cut in a line."""
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
