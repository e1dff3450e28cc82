"""Decides whether a sentence that a model drafted may be shown, by the same rules for every model.

Rules compare citations, quotations, speakers, names and figures; what they leave open is judged by
a network that reads draft and evidence together. Knows nothing of models, prompts, or how a failed
draft is replaced.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Literal, Self

from bot.answer import Citation
from bot.comparing.figures import read_figures
from bot.comparing.polarity import turned
from bot.comparing.tokens import split, stems, words_of
from bot.drafting.checking.judge import Judge
from bot.drafting.checking.judge_input import Mark, Standing, make_brief, mark_words
from bot.drafting.checking.names import read_names
from bot.drafting.checking.quoting import altered_quotations, folded_words, outside_quotations
from bot.drafting.checking.sources import Sources, analyse_article, directory_of
from bot.drafting.checking.speakers import read_speakers
from bot.drafting.draft_sentences import CITES, MAX_DRAFT, shorter
from index.language.dates import read_day

FaultKind = Literal[
    "citation", "quotation", "speaker", "figure", "name", "negation", "support", "text"
]

_FIGURES = {"same": Standing.FIGURE, "derived": Standing.DERIVED, "unknown": Standing.UNKNOWN}
_RANGE = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")
_MAX_RANGE = 50  # numbers; of a longer one only the ends count
_ARTICLES = 64  # kept in memory, read
_PARTS = 2  # of a draft that are tried
_FEWEST, _LEAST = 3, 2  # words, and those of them that say something
# With one of these a sentence is not over.
_OPEN_ENDED = frozenset("the a an and or but that which who whose".split())
# What tells no news but speaks to whoever reads, or leads them away.
_ADDRESSING = re.compile(
    r"\b(?:you|your|yours|yourself|please)\b|\w://|\bwww\.|\w@\w", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a draft may not be shown; `words` are those at fault, where some stand out."""

    kind: FaultKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one drafted sentence.

    - `text`: the draft without its marks.
    - `citations`: the cited sentences that are among the evidence.
    - `support`: how well these carry the draft, in [0, 1], higher is better.
    - `instead`: the sentence of the evidence nearest to the draft, to be shown verbatim if it
      fails.
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

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        # Keyed by the articles themselves, text and all: never stale.
        self._analysed = lru_cache(maxsize=_ARTICLES)(analyse_article)
        self._directory = lru_cache(maxsize=_ARTICLES)(
            lambda articles: directory_of(map(self._analysed, articles))
        )

    @classmethod
    def load(cls) -> Self:
        """Load the shipped weights, and the embedder's word vectors."""
        return cls(Judge.load())

    def check(self, draft: str, evidence: Sequence[Citation], before: str = "") -> Verdict:
        """Check one sentence with its marks ("... [1][3]") against all of the answer's citations.

        `before` is the text shown before it, to which a "he" of the draft may refer.
        """
        text, numbers = read_draft(draft)
        cited = tuple(c for c in evidence if c.number in numbers)
        instead = _nearest(text, cited) or _nearest(text, evidence)
        faults = tuple(_citation_faults(numbers, evidence))
        if not faults and any(_is_verbatim(text, c.text) for c in cited):
            return Verdict(text, cited, (), 1.0, instead)
        faults = (*faults, *_text_faults(text, cited))
        if faults:
            return Verdict(text, cited, faults, 0.0, instead)
        sources = self._sources(cited)
        faults, doubts, marks = compare(text, sources, before)
        if faults:
            return Verdict(text, cited, faults, 0.0, instead)
        (judgement,) = self._judge.judge([make_brief(text, marks, sources)])
        if judgement.support < (self._judge.sure if doubts else self._judge.level):
            doubted = ", ".join(text[start:end] for start, end in judgement.doubted)
            faults = doubts or (Fault("support", doubted),)
        return Verdict(text, cited, faults, judgement.support, instead)

    def part(self, draft: str, evidence: Sequence[Citation], before: str = "") -> Verdict | None:
        """The verdict on a shortened draft that passes; None if none does.

        Clauses joined on at the end are cut off; the rest is a sentence of its own, and is checked.
        """
        tried = (self.check(part, evidence, before) for part in islice(shorter(draft), _PARTS))
        return next((verdict for verdict in tried if verdict.passes), None)

    def _sources(self, cited: tuple[Citation, ...]) -> Sources:
        articles = tuple(dict.fromkeys(citation.article for citation in cited))
        known = {article.id: self._analysed(article) for article in articles}
        return Sources(cited, known, self._directory(articles))


def read_draft(draft: str) -> tuple[str, frozenset[int]]:
    """A drafted sentence without its marks, and the numbers that it cites."""
    ranges = (each for mark in CITES.finditer(draft) for each in _RANGE.findall(mark[1]))
    numbers = frozenset(n for first, last in ranges for n in _between(int(first), int(last or 0)))
    return CITES.sub("", draft).strip(), numbers


def _between(first: int, last: int) -> Iterable[int]:
    """The numbers of a mark such as "[1-3]"."""
    if not last or first <= last < first + _MAX_RANGE:
        return range(first, max(first, last) + 1)
    return first, last


def _citation_faults(numbers: frozenset[int], evidence: Sequence[Citation]) -> Iterator[Fault]:
    if not numbers:
        yield Fault("citation")
    for n in sorted(numbers - {c.number for c in evidence}):
        yield Fault("citation", f"[{n}]")


def _text_faults(text: str, cited: Sequence[Citation]) -> Iterator[Fault]:
    """Faults of form: an empty or unfinished sentence, a question, an address to the reader."""
    tokens = words_of(text)
    said = {t.stem for t in tokens if t.is_content or t.text.isdigit()}
    plain = any(not t.is_capital and (t.is_content or t.text.isdigit()) for t in tokens)
    says_nothing = len(tokens) < _FEWEST or len(said) < _LEAST or not plain
    own = outside_quotations(text)
    is_question = own.rstrip().endswith("?")
    if says_nothing or is_question or len(text) > MAX_DRAFT or _unseen(text):
        yield Fault("text")
    if tokens and tokens[-1].low in _OPEN_ENDED and not tokens[-1].is_capital:
        yield Fault("text", tokens[-1].text)
    told = {match.group().lower() for c in cited for match in _ADDRESSING.finditer(c.text)}
    for match in _ADDRESSING.finditer(own):
        if match.group().lower() not in told:
            yield Fault("text", match.group())


def _is_verbatim(text: str, cited: str) -> bool:
    """Whether a draft is the cited sentence itself, whatever its quotation marks look like."""
    return folded_words(text) == folded_words(cited) and _unseen(text) == _unseen(cited)


def _unseen(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Cn")]


def compare(
    text: str, sources: Sources, before: str = ""
) -> tuple[tuple[Fault, ...], tuple[Fault, ...], tuple[Mark, ...]]:
    """What rules find in a draft: faults, doubts, and how its words stand to the evidence.

    Doubts count unless the judge is sure that the cited sentences carry the draft: comparing words
    takes "turned the offer down" for the opposite of "refused the offer".
    """
    names = read_names(text, sources)
    figures = read_figures(text, sources.text, _published(sources))
    speakers = tuple(read_speakers(text, sources, names, before))
    negated = turned(text, sources.text)
    faults = [Fault("quotation", words) for words in altered_quotations(text, sources.quotations)]
    faults += [Fault("speaker", each.name) for each in speakers if each.fit == "another's"]
    unknown = (name for name in names if name.standing == Standing.UNKNOWN)
    faults += [Fault("name", text[name.start : name.end]) for name in unknown]
    faults += [Fault("figure", each.text) for each in figures if each.standing == "unknown"]
    faults += [Fault("negation", words) for words in negated.surely]
    marks = [*mark_words(text, sources.text), *names]
    marks += [Mark(each.start, each.end, _FIGURES[each.standing]) for each in figures]
    unclear = (each.span for each in speakers if each.fit != "own")
    marks += [Mark(span.start, span.end, Standing.UNCLEAR_SPEAKER) for span in unclear]
    doubts = (Fault("negation", words) for words in negated.perhaps)
    return tuple(faults), tuple(doubts), tuple(marks)


def _published(sources: Sources) -> date | None:
    days = {read_day(citation.article.published) for citation in sources.citations}
    return days.pop() if len(days) == 1 else None


def _nearest(text: str, evidence: Sequence[Citation]) -> Citation | None:
    """The sentence with most of a draft's words."""
    words = stems(split(text))
    return max(evidence, key=lambda c: (len(words & stems(split(c.text))), -c.number), default=None)
