"""Scores answers against a newsroom's own gold questions.

A gold question: {"id", "question", "answerable", "type"?, "unanswerable_kind"?, "speaker"?, "gold":
[{"article_id", "start", "end", "grade": "must" | "ok"}], "history"?}. A citation matches a gold
sentence of the same article when the two share at least half of the shorter one. Knows nothing of
how answers are made.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from bot.answer import Answer, Citation
from index.schema import Span, VerbatimError

Gold = dict[str, Any]
_FORMAT = "docs/evaluation.md has the format"


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with its answer and the seconds that it took."""

    gold: Gold
    answer: Answer
    seconds: float

    @property
    def hits(self) -> tuple[bool, ...]:
        """For each citation, in order: is it a gold sentence?"""
        return tuple(
            any(matches(citation, wanted) for wanted in self.gold["gold"])
            for citation in self.answer.citations
        )

    @property
    def recall(self) -> float:
        """Share of the "must" sentences that are cited."""
        must = [wanted for wanted in self.gold["gold"] if wanted["grade"] == "must"]
        cited = self.answer.citations
        return mean(any(matches(c, wanted) for c in cited) for wanted in must)


@dataclass(frozen=True, slots=True)
class Report:
    """All shares are in [0, 1]; `refused_by_kind` is by kind of unanswerable question.

    `wrong_speaker` is the share of the citations of "said" questions that the gold of another
    "said" question attributes to another speaker. `milliseconds` is the median per question.
    """

    questions: int
    answerable: int
    hit1: float
    recall: float
    precision: float
    f1: float
    answered: float
    refused: float
    refused_by_kind: dict[str, float]
    balanced: float
    wrong_speaker: float
    milliseconds: float


class GoldError(VerbatimError):
    """A file of gold questions cannot be used; names file, line and what was expected."""


def read_golds(path: Path) -> list[Gold]:
    """The gold questions of a JSONL file; raises GoldError."""
    return [_gold(place, record) for place, record in read_lines(path)]


def read_lines(path: Path) -> list[tuple[str, Gold]]:
    """The records of a JSONL file, each with its place for messages; raises GoldError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from error
    placed = [(f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    return [(place, _record(place, line)) for place, line in placed]


def _record(place: str, line: str) -> Gold:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{place}: not a gold question ({error!r})") from error
    if not isinstance(record, dict):
        raise GoldError(f"{place}: not a gold question (no record)")
    return record


def _gold(place: str, gold: Gold) -> Gold:
    if absent := [name for name in ("question", "answerable", "gold") if name not in gold]:
        raise GoldError(f"{place}: not a gold question: no {', '.join(absent)} ({_FORMAT})")
    try:
        if gold["answerable"] and not any(wanted["grade"] == "must" for wanted in gold["gold"]):
            raise GoldError(f'{place}: an answerable question needs a "must" sentence')
        for wanted in gold["gold"]:
            int(wanted["start"]), int(wanted["end"]), wanted["article_id"]
        return {**gold, "question": str(gold["question"])}
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{place}: not a gold question ({error!r}; {_FORMAT})") from error


def ask_all(ask: Callable[[str, Sequence[str]], Answer], golds: Iterable[Gold]) -> list[Scored]:
    """Ask every gold question, with its history, and time it."""
    scored = []
    for gold in golds:
        history = [turn["question"] for turn in gold.get("history") or ()]
        began = time.perf_counter()
        answer = ask(gold["question"], history)
        scored.append(Scored(gold, answer, time.perf_counter() - began))
    return scored


def report(scored: Sequence[Scored]) -> Report:
    """The figures over all questions, as the published scorer defines those that it has."""
    answerable = [item for item in scored if item.gold["answerable"]]
    kinds: dict[str, list[bool]] = defaultdict(list)
    for item in scored:
        if not item.gold["answerable"]:
            kind = item.gold.get("unanswerable_kind") or "unanswerable"
            kinds[kind].append(item.answer.refusal is not None)
    recall = _mean(item.recall for item in answerable)
    precision = _mean(_mean(item.hits) for item in answerable if item.hits)
    refused = _mean(refused for of_kind in kinds.values() for refused in of_kind)
    return Report(
        questions=len(scored),
        answerable=len(answerable),
        hit1=_mean(item.hits[:1] == (True,) for item in answerable),
        recall=recall,
        precision=precision,
        f1=2 * recall * precision / (recall + precision) if recall + precision else 0.0,
        answered=_mean(bool(item.hits) for item in answerable),
        refused=refused,
        refused_by_kind={kind: _mean(values) for kind, values in sorted(kinds.items())},
        balanced=(_mean(any(item.hits) for item in answerable) + refused) / 2,
        wrong_speaker=_wrong_speaker(scored),
        milliseconds=1000 * median(item.seconds for item in scored) if scored else 0.0,
    )


def matches(citation: Citation, wanted: Gold) -> bool:
    """Whether a citation and a gold sentence share at least half of the shorter one."""
    return same_place(citation.article.id, citation.span, wanted)


def same_place(article_id: str, span: Span, wanted: Gold) -> bool:
    """Whether a span of an article and a gold sentence share at least half of the shorter one."""
    if article_id != wanted["article_id"]:
        return False
    return same_span(span, Span(int(wanted["start"]), int(wanted["end"])))


def same_span(one: Span, other: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = one.shared(other)
    return shared > 0 and shared * 2 >= min(one.end - one.start, other.end - other.start)


def _wrong_speaker(scored: Sequence[Scored]) -> float:
    said = [item for item in scored if item.gold.get("speaker")]
    owned = [(item.gold["speaker"], wanted) for item in said for wanted in item.gold["gold"]]
    wrong = [
        not hit
        and any(
            matches(citation, wanted) and speaker != item.gold["speaker"]
            for speaker, wanted in owned
        )
        for item in said
        for citation, hit in zip(item.answer.citations, item.hits, strict=True)
    ]
    return _mean(wrong)


def _mean(values: Iterable[bool | float]) -> float:
    listed = [float(value) for value in values]
    return mean(listed) if listed else 0.0


def table(figures: Report) -> str:
    """The report as lines of name and figure."""
    rows = [
        ("questions", f"{figures.questions} ({figures.answerable} answerable)"),
        *((name, f"{getattr(figures, name):.3f}") for name in _SHARES),
        *((f"  refused {kind}", f"{share:.3f}") for kind, share in figures.refused_by_kind.items()),
        ("ms a question", f"{figures.milliseconds:.0f}"),
    ]
    return "\n".join(f"{name:24s} {value}" for name, value in rows)


_SHARES = (
    "hit1", "recall", "precision", "f1", "answered", "wrong_speaker", "balanced", "refused",
)  # fmt: skip
