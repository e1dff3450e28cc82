"""Decides whether a sentence that a model drafted may be shown: the same for every writer.

A draft may phrase, it may not testify. It passes only if all that it says stands in the sentences
that it cites. Knows nothing of models, prompts or of how a failed draft is replaced.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answer import Citation
from bot.quoting import altered_quotations, folded_words
from index.embedder import Embedder

FaultKind = Literal[
    "citation", "quotation", "speaker", "figure", "name", "negation", "support", "text"
]

_MARKS = re.compile(r"\s*\[\s*(\d+(?:\s*[,;–-]\s*\d+)*)\s*\]")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a draft may not be shown: `words` are the draft's own, `reason` is for the reader."""

    kind: FaultKind
    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker makes of one drafted sentence.

    `text` is the draft without its marks; `citations` are those of its citations that are among
    the evidence; `support` is in [0, 1], higher is better; `instead` is the sentence of the
    evidence that comes nearest to the draft: what to show, word for word, where it fails.
    """

    text: str
    citations: tuple[Citation, ...]
    faults: tuple[Fault, ...]
    support: float
    instead: Citation | None

    @property
    def passes(self) -> bool:
        """Whether the draft may be shown."""
        return not self.faults


class Checker:
    """Checks drafted sentences against their evidence. Safe to share between threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Take the default embedder: the level of support is calibrated on it."""
        self._embedder = embedder

    def check(self, draft: str, evidence: Sequence[Citation], before: str = "") -> Verdict:
        """Check one sentence with its marks ("... [1][3]") against all of the answer's citations.

        `before` is what the reader has read so far: whom a "he" of the draft stands for.
        """
        text, numbers = read_draft(draft)
        cited = tuple(c for c in evidence if c.number in numbers)
        faults = list(_citation_faults(numbers, evidence))
        quotations = [c.text for c in cited]
        if folded_words(text) not in {folded_words(c.text) for c in cited}:
            for words in altered_quotations(text, quotations):
                faults.append(
                    Fault("quotation", f"the cited sentences do not say “{words}”", words)
                )
        instead = cited[0] if cited else next(iter(evidence), None)
        return Verdict(text, cited, tuple(faults), 0.0 if faults else 1.0, instead)


def read_draft(draft: str) -> tuple[str, frozenset[int]]:
    """A drafted sentence without its marks, and the numbers that they cite."""
    numbers = {
        int(number) for mark in _MARKS.finditer(draft) for number in _NUMBER.findall(mark[1])
    }
    return _MARKS.sub("", draft).strip(), frozenset(numbers)


def _citation_faults(numbers: frozenset[int], evidence: Sequence[Citation]) -> list[Fault]:
    if not numbers:
        return [Fault("citation", "it cites nothing")]
    unknown = sorted(numbers - {c.number for c in evidence})
    return [Fault("citation", f"there is no sentence [{n}]", f"[{n}]") for n in unknown]
