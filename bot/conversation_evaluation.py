"""Evaluates answers to conversations: right, incomplete, wrong or wrongly refused.

The set is a JSONL file with a conversation a line; docs/evaluation.md describes its form and the
criteria. Knows nothing of how answers are made.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from bot.answer import Answer, Citation
from bot.date_range import DateRange
from bot.evaluation import Gold, GoldError, matches
from index.language.dates import read_day

Verdict = Literal["right", "incomplete", "wrong", "wrongly_refused"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# The share of the citations that may lie outside the gold.
_MOST_BESIDE = 1 / 3
# Kinds of which most of the "must" sentences are enough.
_MOST_ENOUGH = frozenset(("everything", "newest", "broad"))
_REASONS = {"talk": "talk", "language": "other_language"}


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


def table(tallies: dict[str, Tally]) -> str:
    """The figures as lines: a kind, how many, and the share of each verdict."""
    head = f"{'kind':16s} {'turns':>6s}" + "".join(f"{name:>16s}" for name in VERDICTS)
    rows = [
        f"{kind:16s} {each.n:6d}" + "".join(f"{each.share(v):16.3f}" for v in VERDICTS)
        for kind, each in tallies.items()
    ]
    others = tallies["all"].n_other_person
    return "\n".join([head, *rows, f"another person than the asked one cited: {others}"])
