"""The tampering benchmark: how many falsified drafts the checker catches, how many true it removes.

Drafts over news articles, written by people who do not know the checker, by its authors, and
falsified by rule. Each article belongs to one half: one for calibration, one for reporting.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any, Literal

from bot.answer import Citation
from bot.comparing.tokens import split, stems
from bot.drafting.checking.checker import Verdict, read_draft
from bot.drafting.checking.quoting import altered_quotations as altered
from bot.drafting.checking.sources import AnalysedArticle, analyse_article
from bot.training import tampering_rules
from bot.training.reader_lessons import to_article
from index.schema import Span, VerbatimError

FOLDER = Path(__file__).parent / "benchmark"
# Who wrote a draft: annotators of a data set, a language model and people who do not know the
# checker, its makers, or a rule.
By = Literal["annotators", "others", "makers", "rule"]
# The authors of true drafts of this kind, and of the falsified ones, did not know the checker.
_FREE = "free"
TRUE = frozenset(
    """reported quoted voice synonyms reordered shortened resolved merged free verbatim paraphrase
    passive indirect quote_exact number_reworded date_resolved""".split()
)
# Of the words of a draft, the share in a neighbouring sentence from which that may carry it too.
_CARRIED = 0.7
_MAX_OTHERS = 2
_SHORT = 3  # words of a line that is no sentence

Check = Callable[[str, Sequence[Citation]], Verdict]


@dataclass(frozen=True, slots=True)
class BenchmarkCase:
    """A draft with its marks, over numbered sentences of an article; `kind` says what it is."""

    article: str
    kind: str
    draft: str
    by: By

    @property
    def is_true(self) -> bool:
        """Whether a reader may see it."""
        return self.kind in TRUE


@dataclass(frozen=True, slots=True)
class Checked:
    """A case and what the checker made of it, in seconds."""

    case: BenchmarkCase
    verdict: Verdict
    seconds: float


@dataclass(frozen=True, slots=True)
class Benchmark:
    """All cases, and the sentences of each article as citations with their numbers.

    `calibrating` has the articles on whose cases the judge has learned.
    """

    cases: tuple[BenchmarkCase, ...]
    evidence: dict[str, tuple[Citation, ...]]
    calibrating: frozenset[str]

    def half(self, *, calibrating: bool) -> "Benchmark":
        """The cases of the articles to calibrate on, or of those to report on."""
        wanted = (c for c in self.cases if (c.article in self.calibrating) == calibrating)
        return replace(self, cases=tuple(wanted))

    def each(self, nth: int) -> "Benchmark":
        """Each n-th case only."""
        return replace(self, cases=self.cases[::nth])


@cache
def load(folder: Path = FOLDER) -> Benchmark:
    """Read the drafts by writers, others first, and spoil the true ones by rule."""
    records = _lines(folder / "articles.jsonl")
    articles = {r["id"]: analyse_article(to_article(r)) for r in records}
    lines = _lines(folder / "drafts.jsonl")
    others = {r["article"] for r in lines if r["kind"] == _FREE}
    by_hand = [
        BenchmarkCase(
            r["article"], r["kind"], r["draft"], "others" if r["article"] in others else "makers"
        )
        for r in lines
    ]
    evidence = {id_: _evidence(known) for id_, known in articles.items()}
    spoil = (
        case
        for n, true in enumerate(c for c in by_hand if c.is_true)
        for case in _spoilt(true, n, articles[true.article], evidence[true.article])
    )
    first = sorted(by_hand, key=lambda case: case.by != "others")
    cases = dict.fromkeys([*first, *spoil, *_verbatim(evidence)])
    return Benchmark(
        tuple(cases), evidence, frozenset(r["id"] for r in records if r["calibrating"])
    )


def load_annotated(data: Path) -> Benchmark:
    """The drafts of DATA/drafts over articles of DATA/questions, nothing made from them by rule."""
    lines = _lines(data / "drafts" / "dev.jsonl")
    wanted = {r["article_id"] for r in lines}
    found = (r for r in _lines(data / "questions/articles.jsonl") if r["id"] in wanted)
    known = {r["id"]: analyse_article(to_article(r)) for r in found}
    cases = []
    for r in lines:
        marks = "".join(
            f"[{n + 1}]"
            for cite in r["cites"]
            for n in known[r["article_id"]].at(Span(cite["start"], cite["end"]))
        )
        cases.append(
            BenchmarkCase(r["article_id"], r["kind"], f"{r['draft']} {marks}", "annotators")
        )
    evidence = {id_: _evidence(each) for id_, each in known.items()}
    return Benchmark(tuple(cases), evidence, frozenset())


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise VerbatimError(f"The benchmark in {path} cannot be read: {error}") from error


def _evidence(known: AnalysedArticle) -> tuple[Citation, ...]:
    return tuple(
        Citation(n, known.article, sentence.span, 0.0, speaker=speaker_of(known, sentence.span))
        for n, sentence in enumerate(known.document.sentences, 1)
    )


def speaker_of(known: AnalysedArticle, span: Span) -> str | None:
    """The speaker of most of the words in a span of an article."""
    carried: dict[str, int] = defaultdict(int)
    for statement in known.document.statements:
        if statement.speaker and (shared := sum(map(span.shared, statement.content))):
            carried[statement.speaker.name] += shared
    return max(carried, key=carried.__getitem__, default=None)


def _verbatim(evidence: dict[str, tuple[Citation, ...]]) -> Iterator[BenchmarkCase]:
    """The sentences themselves, every fifth."""
    for id_, citations in evidence.items():
        for citation in [c for c in citations if len(split(c.text)) > _SHORT][::5]:
            yield BenchmarkCase(id_, "verbatim", f"{citation.text} [{citation.number}]", "rule")


def _spoilt(
    true: BenchmarkCase, n: int, known: AnalysedArticle, evidence: Sequence[Citation]
) -> Iterator[BenchmarkCase]:
    """Every falsified draft that the rules make from a true one."""
    make = partial(_cases, true)
    text, numbers = read_draft(true.draft)
    cited = [c for c in evidence if c.number in numbers]
    yield from make("quotation", tampering_rules.altered_quotations(true.draft))
    invented = tampering_rules.invented_quotations(true.draft)
    yield from make("quotation", [d for d in invented if altered(d, [known.article.text])])
    yield from make("figure", list(tampering_rules.other_figures(true.draft))[:3])
    there = " ".join(c.text for c in cited)
    yield from make("exchange", list(tampering_rules.exchanged_figures(true.draft, there))[:4])
    yield from make("negation", tampering_rules.negations(true.draft))
    yield from make("mood", tampering_rules.moods(true.draft))
    yield from make("invention", [tampering_rules.added(true.draft, n)])
    yield from make("invention", tampering_rules.replaced(true.draft, n))
    yield from make("citing", [text, f"{text} [{len(evidence) + 1 + n}]"])
    yield from make(
        "citation", tampering_rules.moved(true.draft, _neighbours(text, cited, evidence))
    )
    speaker = next((c.speaker for c in cited if c.speaker), None)
    if speaker:
        others = [p.name for p in known.document.people if p.name.split()[-1] not in text + speaker]
        yield from make(
            "speaker", tampering_rules.other_speakers(true.draft, speaker, others[:_MAX_OTHERS])
        )
        if _claims(text, speaker):
            foreign = [c for c in evidence if c.speaker and _is_anothers(c, speaker)]
            yield from make(
                "merge", [tampering_rules.merged(true.draft, c.text, c.number) for c in foreign[:2]]
            )


def _is_anothers(citation: Citation, speaker: str) -> bool:
    """Whether a sentence is another person's words and does not say whose."""
    other = citation.speaker or speaker
    return (
        other != speaker
        and other.split()[-1] not in citation.text
        and not any(token.is_cue for token in split(citation.text))
    )


def _claims(text: str, speaker: str) -> bool:
    """Whether a draft begins with its speaker, so that what is added at its end is theirs too."""
    return speaker.split()[-1] in text.split("said")[0].split()[:6] and "said" in text


def _cases(true: BenchmarkCase, kind: str, drafts: Iterable[str]) -> Iterator[BenchmarkCase]:
    return (BenchmarkCase(true.article, kind, draft, "rule") for draft in drafts)


def _neighbours(text: str, cited: Sequence[Citation], evidence: Sequence[Citation]) -> list[int]:
    """The sentences beside the cited one that do not say the same."""
    words = stems(split(text))
    beside = {c.number + step for c in cited for step in (-1, 1)}
    return [
        c.number
        for c in evidence
        if c.number in beside and len(words & stems(split(c.text))) < _CARRIED * len(words)
    ]


@dataclass(frozen=True, slots=True)
class Shares:
    """The share caught of each kind of spoilt draft, and the share removed of each true one."""

    caught: Mapping[str, float]
    removed: Mapping[str, float]
    counts: Mapping[str, int]

    @property
    def all_caught(self) -> float:
        """Of all spoilt drafts."""
        return self._of_all(self.caught)

    @property
    def wrongly_removed(self) -> float:
        """Of all true drafts but the verbatim ones."""
        return self._of_all({k: share for k, share in self.removed.items() if k != "verbatim"})

    def _of_all(self, shares: Mapping[str, float]) -> float:
        total = sum(self.counts[kind] for kind in shares)
        return sum(share * self.counts[k] for k, share in shares.items()) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class TamperingFigures(Shares):
    """The shares of all drafts together, and of each kind of writer's; `ms` is a draft's median."""

    ms: float
    by: Mapping[str, Shares] = field(default_factory=dict)

    def below(self, *, caught: float, removed: float) -> list[str]:
        """The bars that are missed: too little caught of a kind, too many true drafts removed."""
        missed = [
            f"{kind} is caught {share:.3f}, below {caught:.3f}"
            for kind, share in self.caught.items()
            if share < caught
        ]
        if self.wrongly_removed > removed:
            missed.append(f"wrongly removed {self.wrongly_removed:.3f}, above {removed:.3f}")
        return missed


def run(check: Check, benchmark: Benchmark) -> Iterator[Checked]:
    """Check every case."""
    for case in benchmark.cases:
        start = time.perf_counter()
        verdict = check(case.draft, benchmark.evidence[case.article])
        yield Checked(case, verdict, time.perf_counter() - start)


def report(checked: Iterable[Checked]) -> TamperingFigures:
    """The figures of all cases that were checked."""
    found = list(checked)
    writers = dict.fromkeys(each.case.by for each in found)
    together = _shares(found)
    return TamperingFigures(
        together.caught,
        together.removed,
        together.counts,
        1000 * median(each.seconds for each in found) if found else 0.0,
        {by: _shares([each for each in found if each.case.by == by]) for by in writers},
    )


def _shares(checked: Sequence[Checked]) -> Shares:
    failed: dict[str, list[bool]] = defaultdict(list)
    for each in checked:
        failed[each.case.kind].append(not each.verdict.passes)
    shares = {kind: sum(found) / len(found) for kind, found in failed.items()}
    return Shares(
        {kind: share for kind, share in shares.items() if kind not in TRUE},
        {kind: share for kind, share in shares.items() if kind in TRUE},
        {kind: len(found) for kind, found in failed.items()},
    )


def table(figures: TamperingFigures) -> str:
    """The figures as lines of text, those of writers who do not know the checker first."""
    rows: list[str] = []
    for by, shares in figures.by.items():
        rows += [f"by {by}: caught {shares.all_caught:.3f}, "
                 f"true ones wrongly removed {shares.wrongly_removed:.3f}"]  # fmt: skip
        for name, of_kind in (("spoilt", shares.caught), ("true", shares.removed)):
            rows += [f"  {name:<16} cases  {'caught' if name == 'spoilt' else 'removed'}"]
            rows += [f"  {k:<16} {shares.counts[k]:>5}  {v:.3f}" for k, v in of_kind.items()]
        rows += [""]
    return "\n".join([*rows, f"ms a sentence, median: {figures.ms:.0f}"])
