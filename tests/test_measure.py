"""What no answer shows: how sure it is, and what was read for it, on a small archive."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answerer import Answerer
from bot.evaluation import Gold
from bot.selecting.reading.reader import Reader
from bot.training.measure import MeasuredCase, figures, main, read_all
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article

LINES = (
    "The ferry to Port Lisle carried 400 passengers a day, the council said.",
    "It rained in the hills on Monday.",
)
ARTICLE = Article("ferry", "\n".join(LINES), "Ferry stops")


def gold(id_: str, question: str, line: str | None) -> Gold:
    start = ARTICLE.text.index(line) if line else 0
    place = {"article_id": "ferry", "start": start, "end": start + len(line or ""), "grade": "must"}
    return {
        "id": id_, "question": question, "answerable": line is not None, "speaker": None,
        "unanswerable_kind": None if line else "absent", "gold": [place] if line else [],
    }  # fmt: skip


GOLDS = [
    gold("q1", "how many passengers did the ferry to port lisle carry a day", LINES[0]),
    gold("q2", "who won the chess final in Oslo", None),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    path = tmp_path_factory.mktemp("measured")
    with Archive.open(path, create=True) as archive:
        list(ingest(archive, lambda: embedder, [ARTICLE]))
    return path


@pytest.fixture(scope="module")
def cases(folder: Path, embedder: Embedder) -> Iterator[list[MeasuredCase]]:
    with Archive.open(folder) as archive:
        yield read_all(Answerer(archive, embedder, Reader.load()), GOLDS)


def test_a_question_that_is_answered_and_one_that_is_refused(cases: list[MeasuredCase]) -> None:
    found = figures(cases)
    assert found["sure"] + found["unsure"] == 1.0
    assert (found["denied"], found["doubted"]) == (0.0, 0.0)
    assert all(found[name] == 1.0 for name in ("read", "unrefused", "auc", "best"))


def test_what_was_not_read_is_missed(cases: list[MeasuredCase]) -> None:
    answerable, _ = cases
    assert answerable.read() == 1.0
    unread = MeasuredCase(answerable.gold, replace(answerable.studied, evidence=()))
    assert (unread.read(), unread.answer().body) == (0.0, ())


def test_the_command_prints_the_figures(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps(each) + "\n" for each in GOLDS))
    printed = CliRunner().invoke(main, ["--archive", str(folder), str(questions)])
    assert printed.exit_code == 0
    assert {"hit1", "unsure", "auc"} <= {line.split()[0] for line in printed.output.splitlines()}
