"""Measures reading and choosing on gold questions, and what no answer shows.

    python -m bot.training.measure --archive ARCHIVE [--weights FOLDER] QUESTIONS.jsonl

The figures of `bot eval` and, of the answerable: "sure" and "unsure", the shares that are answered
so with a gold sentence among the cited; "denied", the share that is refused; "read", that of the
sentences that must be cited which were read at all; "unrefused", how often the first sentence is
right when nothing is refused. "doubted" is the share of the unanswerable that is answered as
unsure. "auc" is the area under the curve of the score, answerable or not; "best" is "balanced" at
the threshold that is best for it, and "at" that threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import click
import numpy as np
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from bot.answer import Answer
from bot.answerer import Answerer
from bot.evaluation import Gold, Report, Scored, read_golds, report, same_place, table
from bot.selecting.choosing.chooser import (
    SETTING,
    Setting,
    choose,
    is_sure,
    setting_of,
    together,
    weigh,
)
from bot.selecting.choosing.study import Studied
from bot.selecting.citing.citing import cite
from bot.selecting.citing.refusal import Near, refuse
from bot.selecting.reading.reader import FLOOR, Reader
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder

_THRESHOLDS = np.arange(-4.0, 4.0, 0.25).tolist()


@dataclass(frozen=True, slots=True)
class MeasuredCase:
    """A gold question, and what was read for it as if it stood alone."""

    gold: Gold
    studied: Studied

    def answer(self, setting: Setting = SETTING) -> Answer:
        """The answer by a setting; that of its own kind where the question has one."""
        query, wanted, text = self.studied.query, self.studied.wanted, self.gold["question"]
        setting = setting_of(query, setting)
        choices = choose(wanted, self.studied.evidence, setting)
        if choices:
            return cite(text, query, wanted, choices, is_sure=is_sure(choices, setting))
        return refuse(text, query, wanted, Near())

    def score(self) -> float:
        """What decides whether there is an answer."""
        weighed = weigh(self.studied.wanted, self.studied.evidence, setting_of(self.studied.query))
        return max(together(weighed), FLOOR)

    def read(self) -> float:
        """The share of the sentences that must be cited which were read."""
        places = [(e.view.article.id, e.sentence.span) for e in self.studied.evidence]
        return mean(
            any(same_place(article_id, span, wanted) for article_id, span in places)
            for wanted in self.gold["gold"]
            if wanted["grade"] == "must"
        )


def read_all(answerer: Answerer, golds: Sequence[Gold]) -> list[MeasuredCase]:
    """Find and read for every question."""
    return [MeasuredCase(gold, answerer.study(gold["question"])) for gold in golds]


def figures(cases: Sequence[MeasuredCase]) -> dict[str, float]:
    """What no answer shows, of questions of which some can be answered and some cannot.

    All but the threshold `at` lie in [0, 1].
    """
    known = [case.gold["answerable"] for case in cases]
    answerable = [case for case in cases if case.gold["answerable"]]
    answers = [(case.gold, case.answer()) for case in answerable]
    right = [answer.is_sure for gold, answer in answers if any(Scored(gold, answer, 0.0).hits)]
    doubted = [case.answer() for case in cases if not case.gold["answerable"]]
    everything = replace(SETTING, answer=FLOOR, keep=FLOOR)
    unrefused = [Scored(c.gold, c.answer(everything), 0.0).hits[:1] for c in answerable]
    balanced = {t: _scored(cases, replace(SETTING, answer=t)).balanced for t in _THRESHOLDS}
    at = max(balanced, key=balanced.__getitem__)
    return {
        "sure": right.count(True) / len(answers),
        "unsure": right.count(False) / len(answers),
        "denied": mean(answer.refusal is not None for _, answer in answers),
        "doubted": mean(bool(answer.body) and not answer.is_sure for answer in doubted),
        "read": mean(case.read() for case in answerable),
        "unrefused": mean(first == (True,) for first in unrefused),
        "auc": float(roc_auc_score(known, [case.score() for case in cases])),
        "best": balanced[at],
        "at": at,
    }


def _scored(cases: Sequence[MeasuredCase], setting: Setting = SETTING) -> Report:
    return report([Scored(case.gold, case.answer(setting), 0.0) for case in cases])


@click.command()
@click.option("--archive", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--weights", type=click.Path(path_type=Path, exists=True), help="Of the reader.")
@click.argument("questions", type=click.Path(path_type=Path, exists=True))
def main(archive: Path, weights: Path | None, questions: Path) -> None:
    """Print the figures of QUESTIONS (.jsonl)."""
    with Archive.open(archive) as opened:
        answerer = Answerer(opened, Embedder.load(opened.embedder), Reader.load(weights))
        cases = read_all(answerer, read_golds(questions))
        click.echo(table(_scored(cases)))
        for name, value in figures(cases).items():
            click.echo(f"{name:24s} {value:.3f}")


if __name__ == "__main__":
    main()
