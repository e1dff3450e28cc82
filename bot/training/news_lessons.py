"""Training examples from a newsroom's questions, with the rows that the product would read.

The rows come from the product's own search in a real archive, so training matches use. Knows
nothing of the network.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.evaluation import same_span
from bot.query.grammar.question import understand
from bot.selecting.article_view import ArticleView
from bot.selecting.finding.finder import Finder
from bot.selecting.reading.reader_input import ReadPassage
from bot.selecting.reading.reader_rows import MAX_SENTENCES, Row
from bot.selecting.wanted_speaker import look_up
from bot.training.reader_lessons import Example, Lesson, json_lines
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.schema import Span

OK = 0.8  # what a sentence is worth that may be cited and need not be
SIZE = 5  # sentences around one that no search found
_CUT, _CUT_TO, _NO_TITLE, _NO_LEAD, _NO_SPEAKERS = 0.15, 7, 0.05, 0.15, 0.07
_STRAY = 3  # ranks: what comes later may stand before it

Places = tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question: article and span of what must and may be cited, and of what is near.

    `of` is the question that this one is a twin of, else its own id.
    """

    id: str
    of: str
    text: str
    kind: str
    short: str | None
    must: Places
    ok: Places
    near: Places

    @property
    def articles(self) -> frozenset[str]:
        """The articles that the question is about."""
        return frozenset(article for article, _ in (*self.must, *self.ok, *self.near))


def read_questions(path: Path) -> list[Question]:
    """Read a file of gold questions."""
    return [_question(row) for row in json_lines(path)]


def _question(row: dict[str, Any]) -> Question:
    def places(items: Iterable[dict[str, Any]]) -> Places:
        return tuple((item["article_id"], Span(item["start"], item["end"])) for item in items)

    return Question(
        row["id"],
        row.get("of", row["id"]),
        row["question"],
        row["unanswerable_kind"] or row["type"],
        row["short_answer"],
        places(g for g in row["gold"] if g["grade"] == "must"),
        places(g for g in row["gold"] if g["grade"] == "ok"),
        places(row.get("near", ())),
    )


class Newsroom:
    """An archive to learn from, and what would be read in it for a question."""

    def __init__(
        self, archive: Archive, embedder: Embedder, without: frozenset[str] = frozenset()
    ) -> None:
        """`without` has the articles of which nothing is read."""
        self._finder = Finder(archive, embedder.encode)
        self._generation = archive.generation
        self._without = without

    def view(self, article_id: str) -> ArticleView | None:
        """An article of the archive; None if it has none of that id."""
        return self._finder.view(self._generation, article_id)

    def lesson(self, question: Question, chance: random.Random, *, count: int) -> Lesson:
        """The question on `count` rows: those with the answer, those near it, then what was found.

        The best of what was found is preferred. The windows of the rows are moved a little, so that
        none is learned by heart.
        """
        query = understand(question.text)
        asked = look_up(query, self._finder.directory(self._generation))
        found = self._finder.find(query, asked, self._generation)
        open_ = (row for row in found.rows if row.view.article.id not in self._without)
        rows = [self._moved(row, chance) for row in open_]
        rows += self._missing(question, rows, chance)
        order = sorted(range(len(rows)), key=lambda n: n + _STRAY * chance.random())
        order.sort(key=lambda n: -_worth(question, rows[n]))
        return tuple(
            _example(question, rows[n], _worn(rows[n].as_read(found.wanted), chance))
            for n in order[:count]
        )

    def _moved(self, row: Row, chance: random.Random) -> Row:
        """The row with each of its ends moved by up to two sentences."""
        if chance.random() < 0.4:
            return row
        first = max(row.numbers[0] + chance.randint(-2, 2), 0)
        last = min(row.numbers[-1] + chance.randint(-2, 2), len(row.view.sentences) - 1)
        inner = [n for n in row.numbers if first <= n <= last]
        ends = [*range(first, row.numbers[0]), *range(row.numbers[-1] + 1, last + 1)]
        numbers = tuple(sorted({*inner, *ends}))[:MAX_SENTENCES]
        return replace(row, numbers=numbers, similarity=(0.0,) * len(numbers)) if inner else row

    def _missing(
        self, question: Question, rows: Sequence[Row], chance: random.Random
    ) -> Iterable[Row]:
        """Rows for what must be cited, or is near, and is in none of the rows."""
        seen = {(row.view.article.id, n) for row in rows for n in row.numbers}
        for article_id, span in (*question.must, *question.near):
            view = self.view(article_id)
            for n in numbers(view, span) if view else ():
                if view and (article_id, n) not in seen:
                    first = max(n - chance.randint(0, SIZE - 1), 0)
                    around = tuple(range(first, min(first + SIZE, len(view.sentences))))
                    seen |= {(article_id, each) for each in around}
                    yield Row(view, around, (0.0,) * len(around))


def numbers(view: ArticleView, span: Span) -> list[int]:
    """The sentences that share at least half of the shorter with a span."""
    spans = [sentence.span for sentence in view.sentences]
    return [n for n, each in enumerate(spans) if same_span(each, span)]


def _inside(places: Places, row: Row) -> set[int]:
    """Which sentences of the row, by their places in it, are among these."""
    article = row.view.article.id
    found = {n for id_, span in places if id_ == article for n in numbers(row.view, span)}
    return {place for place, n in enumerate(row.numbers) if n in found}


def _worth(question: Question, row: Row) -> int:
    return 2 * bool(_inside(question.must, row)) + bool(
        _inside((*question.ok, *question.near), row)
    )


def _worn(passage: ReadPassage, chance: random.Random) -> ReadPassage:
    """The passage as a poorer source gives it: with a title that is cut off or missing, say."""
    title = (passage.title or "").split()
    if chance.random() < _CUT and len(title) > _CUT_TO:
        passage = replace(passage, title=" ".join(title[:_CUT_TO]) + " ...")
    if chance.random() < _NO_TITLE:
        passage = replace(passage, title=None)
    if chance.random() < _NO_LEAD:
        passage = replace(passage, lead=None)
    if chance.random() < _NO_SPEAKERS:  # the rules may not see who speaks
        nobody = (None,) * len(passage.speakers)
        passage = replace(passage, speakers=nobody, own=frozenset())
    return passage


def _example(question: Question, row: Row, passage: ReadPassage) -> Example:
    must, okay = _inside(question.must, row), _inside(question.ok, row)
    targets = tuple(1.0 if n in must else OK if n in okay else 0.0 for n in range(len(row.numbers)))
    short = _short(question.short, passage.sentences, must) if question.short else None
    spanless = bool(question.short) and short is None and any(targets)
    return Example(understand(question.text).text, passage, targets, short, spanless)


def _short(wanted: str, sentences: Sequence[str], must: set[int]) -> tuple[int, int, int] | None:
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    for n in sorted(must):
        found = re.search(pattern, sentences[n])
        if found:
            return (n, *found.span())
    return None
