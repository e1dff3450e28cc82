"""Training examples for the judge: drafts over articles, each labelled as carried or not.

Written by annotators (DATA/drafts, and our own) and by hand (one half of the benchmark). Knows
nothing of the network.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from bot.answer import Citation
from bot.comparing.tokens import split
from bot.drafting.checking.checker import compare, read_draft
from bot.drafting.checking.judge_input import DraftRow, make_brief, tokenize
from bot.drafting.checking.sources import AnalysedArticle, Sources, analyse_article, directory_of
from bot.training.reader_lessons import json_lines, to_article
from bot.training.tampering import load, speaker_of
from index.schema import Article, Span

OURS = Path(__file__).parent / "data/drafts.jsonl"
_ALIKE = 0.6  # of two drafts, from which one is the other with something changed


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A draft over sentences of an article, half-open, in characters of its text.

    `changed` are the stretches of a false draft that make it false, None where nobody knows.
    """

    article: Article
    cites: tuple[tuple[int, int], ...]
    draft: str
    kind: str
    is_true: bool
    changed: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class JudgeLesson:
    """A case in tokens: `wrong` has 1 for each token of the draft that is not carried, else 0.

    `twins` is the same for all drafts over the same sentences. `is_plainly_false`: what needs no
    judgement gives it away; `is_doubted`: it passes only if the judge is sure.
    """

    row: DraftRow
    is_true: bool
    wrong: tuple[int, ...] | None
    kind: str
    twins: int
    is_plainly_false: bool
    is_doubted: bool


def annotated(data: Path, drafts: Path) -> list[DraftCase]:
    """The drafts of a file in the form of DATA/drafts, over articles of DATA/questions."""
    articles = {r["id"]: to_article(r) for r in json_lines(data / "questions/articles.jsonl")}
    cases = [
        DraftCase(articles[r["article_id"]], _spans(r["cites"]), r["draft"], r["kind"], r["true"])
        for r in json_lines(drafts)
    ]
    return with_changes(cases)


def of_benchmark() -> list[DraftCase]:
    """The drafts by hand of the half of the benchmark that is not reported on."""
    half, cases = load().half(calibrating=True), []
    for each in half.cases:
        text, numbers = read_draft(each.draft)
        cited = [c for c in half.evidence[each.article] if c.number in numbers]
        if each.by != "rule" and cited:
            cites = tuple((c.span.start, c.span.end) for c in cited)
            cases.append(DraftCase(cited[0].article, cites, text, each.kind, each.is_true))
    return with_changes(cases)


def _spans(cites: Iterable[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    return tuple((cite["start"], cite["end"]) for cite in cites)


def with_changes(cases: Sequence[DraftCase]) -> list[DraftCase]:
    """The cases, each false one with what it changes of a true one over the same sentences."""
    true = defaultdict(list)
    for case in cases:
        if case.is_true:
            true[case.article.id, case.cites].append(case.draft)
    return [
        case if case.is_true or case.changed is not None
        else replace(case, changed=_changes(case, true[case.article.id, case.cites]))
        for case in cases
    ]  # fmt: skip


def _changes(case: DraftCase, twins: Sequence[str]) -> tuple[tuple[int, int], ...] | None:
    """The stretches in which a draft differs from the true one that is most like it."""
    if case.kind in ("moved", "citation"):
        return ((0, len(case.draft)),)
    ours = split(case.draft)
    matchers = [
        SequenceMatcher(None, [t.low for t in split(twin)], [t.low for t in ours], autojunk=False)
        for twin in twins
    ]
    nearest = max(matchers, key=lambda matcher: matcher.ratio(), default=None)
    if nearest is None or nearest.ratio() < _ALIKE:
        return None
    changed = [
        # Of something left out the words on both sides show it.
        ours[begin:end] if begin < end else ours[max(begin - 1, 0) : begin + 1]
        for tag, _, _, begin, end in nearest.get_opcodes()
        if tag != "equal"
    ]
    return tuple((tokens[0].start, tokens[-1].end) for tokens in changed if tokens)


class Preparer:
    """Turns cases into lessons. Reads an article once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._analysed = cache(analyse_article)
        self._directory = cache(lambda article: directory_of([self._analysed(article)]))
        self._numbers: dict[object, int] = {}

    def lesson(self, case: DraftCase) -> JudgeLesson:
        """A case as the judge is given it."""
        known = self._analysed(case.article)
        sources = self._sources(case, known)
        faults, doubts, marks = compare(case.draft, sources)
        (row,) = tokenize(self._tokenizer, [make_brief(case.draft, marks, sources)])
        changed = () if case.is_true else case.changed
        wrong = None if changed is None else tuple(
            int(any(start < b and a < end for a, b in changed)) for start, end in row.places
        )  # fmt: skip
        key = (case.article.id, case.cites)
        twins = self._numbers.setdefault(key, len(self._numbers))
        return JudgeLesson(
            row, case.is_true, wrong, case.kind, twins, bool(faults), is_doubted=bool(doubts)
        )

    def _sources(self, case: DraftCase, known: AnalysedArticle) -> Sources:
        citations = tuple(
            Citation(n, case.article, span, 0.0, speaker=speaker_of(known, span))
            for n, span in enumerate((Span(*cite) for cite in case.cites), 1)
        )
        return Sources(citations, {case.article.id: known}, self._directory(case.article))
