"""Scores answers against a newsroom's own gold questions, and judges those to conversations.

A gold question: {"id", "question", "answerable", "type"?, "unanswerable_kind"?, "speaker"?, "gold":
[{"article_id", "start", "end", "grade": "must" | "ok"}], "history"?}. A citation matches a gold
sentence of the same article when the two share at least half of the shorter one.
Of a conversation each answer is right, incomplete, wrong or wrongly refused; docs/evaluation.md has
its form and the criteria. Knows nothing of how answers are made.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any, Literal, get_args

from bot.answer import Answer, Citation
from bot.date_range import DateRange
from index.language.dates import read_day
from index.schema import Span, VerbatimError

Gold = dict[str, Any]
_FORMAT = "docs/evaluation.md has the format"
Verdict = Literal["right", "incomplete", "wrong", "wrongly_refused"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# The share of the citations that may lie outside the gold.
_MOST_BESIDE = 1 / 3
# Kinds of which most of the "must" sentences are enough.
_MOST_ENOUGH = frozenset(("everything", "newest", "broad"))
_REASONS = {"talk": "talk", "language": "other_language"}


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


@dataclass(frozen=True, slots=True)
class JudgedTurn:
    """A turn of a conversation, its answer, and an editor's verdict on it."""

    turn: Gold
    answer: Answer
    verdict: Verdict
    other_person: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of turns by verdict; `n_other_person` of them cite somebody else."""

    counts: dict[Verdict, int]
    n_other_person: int = 0

    @property
    def n(self) -> int:
        """How many turns there are."""
        return sum(self.counts.values())

    def share(self, verdict: Verdict) -> float:
        """The share of the turns that got a verdict."""
        return self.counts[verdict] / self.n if self.n else 0.0


def is_conversation(gold: Gold) -> bool:
    """Whether a record of a gold file is a conversation."""
    turns = gold.get("turns")
    return isinstance(turns, list) and any("expect" in turn for turn in turns)


def read_conversation(place: str, gold: Gold) -> Gold:
    """The validated conversation; raises GoldError."""
    try:
        for turn in gold["turns"]:
            _check(turn)
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{place}: not a conversation ({error!r})") from error
    return gold


def _check(turn: Gold) -> None:
    str(turn["question"]), str(turn["kind"])
    if turn["expect"] not in ("answer", "refuse", "choose", *_REASONS):
        raise ValueError(f"expect: {turn['expect']!r}")
    if turn["expect"] == "answer" and not turn["must"]:
        raise ValueError("an answer without must")
    for wanted in (*turn.get("must", ()), *turn.get("ok", ())):
        int(wanted["start"]), int(wanted["end"]), wanted["article_id"]


def judge_all(
    ask: Callable[[str, Sequence[str]], Answer], conversations: Iterable[Gold]
) -> Iterator[JudgedTurn]:
    """Hold every conversation and judge each of its turns."""
    for conversation in conversations:
        history: list[str] = []
        for turn in conversation["turns"]:
            answer = ask(turn["question"], history)
            history.append(turn["question"])
            yield JudgedTurn(turn, answer, judge(turn, answer), _cites_another(turn, answer))


def judge(turn: Gold, answer: Answer) -> Verdict:
    """The verdict on an answer, by the rules in docs/evaluation.md."""
    reason = answer.refusal.reason if answer.refusal else None
    match turn["expect"]:
        case "answer":
            return "wrongly_refused" if reason else _judge_answer(turn, answer)
        case "refuse":
            return "right" if reason and reason not in _REASONS.values() else "wrong"
        case "choose":
            return "right" if answer.options and reason else _missed(answer)
        case other:
            return "right" if reason == _REASONS[other] else _missed(answer)


def _missed(answer: Answer) -> Verdict:
    return "wrongly_refused" if answer.refusal else "wrong"


def _judge_answer(turn: Gold, answer: Answer) -> Verdict:
    cited = answer.citations
    must = [any(matches(c, wanted) for c in cited) for wanted in turn["must"]]
    beside = [c for c in cited if not _is_gold(turn, c)]
    faulty = (
        len(beside) > _MOST_BESIDE * len(cited)
        or _cites_another(turn, answer)
        or not all(_is_in_range(turn, c) for c in beside)
        or not _is_in_order(turn, cited)
    )
    if faulty or not any(must):
        return "wrong"
    enough = len(must) / 2 if turn["kind"] in _MOST_ENOUGH else len(must)
    return "right" if sum(must) >= enough else "incomplete"


def _is_gold(turn: Gold, citation: Citation) -> bool:
    return any(matches(citation, g) for g in (*turn["must"], *turn.get("ok", ())))


def _cites_another(turn: Gold, answer: Answer) -> bool:
    """Whether the answer cites a speaker who is neither accepted nor in the gold."""
    only, never = turn.get("people") or (), turn.get("not_people") or ()
    return any(
        c.speaker in never or (only and c.speaker not in only and not _is_gold(turn, c))
        for c in answer.citations
        if c.speaker
    )


def _is_in_range(turn: Gold, citation: Citation) -> bool:
    wanted = turn.get("range")
    published = read_day(citation.article.published)
    if not wanted or not published:
        return True
    return DateRange(read_day(wanted.get("from")), read_day(wanted.get("to"))).has(published)


def _is_in_order(turn: Gold, cited: Sequence[Citation]) -> bool:
    shown = sorted(cited, key=lambda c: c.number)
    match turn.get("order"):
        case "newest":
            days = [c.article.published or "" for c in shown]
            return days == sorted(days, reverse=True)
        case "article":
            pairs = ((a, b) for a, b in pairwise(shown) if a.article.id == b.article.id)
            return all(a.span.start <= b.span.start for a, b in pairs)
    return True


def tally(judged: Sequence[JudgedTurn]) -> dict[str, Tally]:
    """The figures by kind of question, and for "all"."""
    kinds: dict[str, list[JudgedTurn]] = defaultdict(list)
    for each in judged:
        kinds[each.turn["kind"]].append(each)
    named = {kind: kinds[kind] for kind in sorted(kinds)} | {"all": list(judged)}
    return {kind: _tally(members) for kind, members in named.items()}


def _tally(judged: Sequence[JudgedTurn]) -> Tally:
    found = Counter(each.verdict for each in judged)
    counts = {verdict: found[verdict] for verdict in VERDICTS}
    return Tally(counts, sum(each.other_person for each in judged))


def table_of_verdicts(tallies: dict[str, Tally]) -> str:
    """The figures as lines: a kind, how many, and the share of each verdict."""
    head = f"{'kind':16s} {'turns':>6s}" + "".join(f"{name:>16s}" for name in VERDICTS)
    rows = [
        f"{kind:16s} {each.n:6d}" + "".join(f"{each.share(v):16.3f}" for v in VERDICTS)
        for kind, each in tallies.items()
    ]
    others = tallies["all"].n_other_person
    return "\n".join([head, *rows, f"another person than the asked one cited: {others}"])
