"""Makes the checker's weights: python -m bot.training.train_support --data DATA.

The support score learns from one half of the benchmark's articles; `bot eval --tamper` reports on
the other. The order of words is counted in DATA's Wikinews articles, but for the benchmark's, and
in its Wikipedia passages.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from bot.drafting.checker import read_draft
from bot.drafting.checking.sources import Sources, directory_of, know
from bot.drafting.checking.support import WEIGHTS, Coverage, Regression, Row, cover, word_doubts
from bot.drafting.checking.tokens import words_of
from bot.drafting.checking.word_order import WEIGHTS as ORDER_WEIGHTS
from bot.drafting.checking.word_order import WordOrder
from bot.drafting.checking.word_vectors import WordVectors
from bot.training.tampering import Benchmark, Case, load
from bot.training.training_data import json_lines
from index.attribution.sentences import split_sentences

# What the support score is there to catch; all else has a check of its own.
_SPOILT = ("citation", "invention", "merge")
# Of the true drafts of the calibrating half, the share that the level removes.
_REMOVED = 0.05
_STRENGTH = 0.3


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="The data sets.")
def main(data: Path) -> None:
    """Learn, and write the weights."""
    _write(WEIGHTS, _support(load().half(calibrating=True)))
    order = WordOrder.count([words_of(line) for text in _texts(data) for line in _lines(text)])
    _write(ORDER_WEIGHTS, order.record())


def _write(path: Path, record: dict[str, Any]) -> None:
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    click.echo(f"written to {path}")


def _support(benchmark: Benchmark) -> dict[str, Any]:
    examples = list(_examples(benchmark, WordVectors.load()))
    doubt = _learn_words(examples)
    rows = [coverage.features(word_doubts(coverage, doubt)) for coverage, _ in examples]
    true = [case.is_true for _, case in examples]
    whole = _fit(rows, true)
    scores = [whole(row) for row, is_true in zip(rows, true, strict=True) if is_true]
    level = float(np.quantile(scores, _REMOVED))
    return {"doubt": doubt.record(), "whole": whole.record(), "level": round(level, 4)}


def _texts(data: Path) -> Iterator[str]:
    """Articles and passages in which words stand as English has them."""
    own = {found[0].article.url for found in load().evidence.values()}
    for row in json_lines(data / "wikinews/articles.jsonl"):
        if row["url"] not in own:
            yield row["body"]
    passages = json_lines(data / "reader_training/new_wiki.jsonl.gz")
    yield from dict.fromkeys(row["context"] for row in passages)


def _lines(text: str) -> Iterator[str]:
    return (sentence.span.of(text) for sentence in split_sentences(text))


def _examples(benchmark: Benchmark, vectors: WordVectors) -> Iterator[tuple[Coverage, Case]]:
    known = {id_: know(found[0].article) for id_, found in benchmark.evidence.items()}
    directories = {id_: directory_of([each]) for id_, each in known.items()}
    for case in benchmark.cases:
        if case.kind == "verbatim" or not (case.is_true or case.kind in _SPOILT):
            continue
        text, numbers = read_draft(case.draft)
        cited = tuple(c for c in benchmark.evidence[case.article] if c.number in numbers)
        sources = Sources(cited, {case.article: known[case.article]}, directories[case.article])
        coverage = cover(text, sources, vectors)
        if coverage.length:
            yield coverage, case


def _learn_words(examples: Sequence[tuple[Coverage, Case]]) -> Regression:
    """From the words that the cited sentences do not have, of inventions and of true drafts."""
    rows, invented = [], []
    for coverage, case in examples:
        if case.is_true or case.kind == "invention":
            places = np.flatnonzero(~coverage.exact)
            rows += [coverage.word_features(int(n)) for n in places]
            invented += [not case.is_true] * len(places)
    return _fit(rows, invented, strength=1.0)


def _fit(rows: Sequence[Row], wanted: Sequence[bool], strength: float = _STRENGTH) -> Regression:
    features = np.array(rows)
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(class_weight="balanced", C=strength, max_iter=1000)
    model.fit((features - mean) / scale, wanted)
    return Regression(mean, scale, model.coef_[0], float(model.intercept_[0]))


if __name__ == "__main__":
    main()
