"""The newsroom's articles in memory: passages with their speakers, and the nearest to a question.

For training and measuring the reader. Knows nothing of lessons or scores.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from bot.selecting.reader_input import ReadPassage
from index.archive.embedder import Embedder
from index.archive.passages import make_passages
from index.attribution.sentences import split_sentences
from index.attribution.statements import find_statements
from index.schema import Article, Sentence, Span, Statement

_RRF = 60


@dataclass(frozen=True, slots=True)
class Page:
    """An article with its sentences and, for each, whose words it carries."""

    article: Article
    sentences: tuple[Sentence, ...]
    speakers: tuple[str | None, ...]

    def text(self, number: int) -> str:
        """The words of a sentence."""
        return self.sentences[number].span.of(self.article.text)

    def read(self, first: int, last: int) -> ReadPassage:
        """Sentences `first` to `last` as the reader sees them."""
        texts = tuple(self.text(n) for n in range(first, last))
        return ReadPassage(self.article.title, texts, self.speakers[first:last])


@dataclass(frozen=True, slots=True)
class Window:
    """A passage: sentences `first` to `last` of an article."""

    article_id: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the newsroom's sets; `gold` and `near` by article, as spans."""

    id: str
    text: str
    kind: str
    speaker: str | None
    short: str | None
    must: tuple[tuple[str, Span], ...]
    ok: tuple[tuple[str, Span], ...]
    near: tuple[tuple[str, Span], ...]


def read_questions(path: Path) -> list[Question]:
    """Read a file of questions."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [_question(row) for row in rows]


def _question(row: dict[str, Any]) -> Question:
    def spans(items: Iterable[dict[str, Any]]) -> tuple[tuple[str, Span], ...]:
        return tuple((item["article_id"], Span(item["start"], item["end"])) for item in items)

    return Question(
        row["id"],
        row["question"],
        row["unanswerable_kind"] or row["type"],
        row["speaker"],
        row["short_answer"],
        spans(g for g in row["gold"] if g["grade"] == "must"),
        spans(g for g in row["gold"] if g["grade"] == "ok"),
        spans(row.get("near", ())),
    )


class Pool:
    """All articles, searched by words and by vectors."""

    def __init__(self, path: Path, embedder: Embedder, *, tagged: bool = True) -> None:
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
        articles = [Article(row["id"], row["body"], row["title"]) for row in rows]
        self.pages = {article.id: _page(article, tagged) for article in articles}
        self.windows = [w for page in self.pages.values() for w in _windows(page)]
        texts = [self._search_text(w) for w in self.windows]
        self._articles = Counter(
            word
            for page in self.pages.values()
            for word in set(re.findall(r"[\w’'-]+", page.article.text.lower()))
        )
        self._embedder = embedder
        self._vectors = embedder.encode(texts)
        self._words = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self._matrix = self._words.fit_transform(texts)

    def read(self, window: Window) -> ReadPassage:
        """A window as the reader sees it."""
        return self.pages[window.article_id].read(window.first, window.last)

    def near(self, questions: Sequence[str], count: int) -> list[list[Window]]:
        """The nearest passages of every question, best first."""
        dense = self._embedder.encode(list(questions)) @ self._vectors.T
        words = (self._words.transform(questions) @ self._matrix.T).toarray()
        found = []
        for row in range(len(questions)):
            scores: dict[int, float] = defaultdict(float)
            for ranking in (np.argsort(-dense[row]), np.argsort(-words[row])):
                for rank, number in enumerate(ranking[:50].tolist(), 1):
                    scores[number] += 1 / (_RRF + rank)
            best = sorted(scores, key=lambda n: (-scores[n], n))[:count]
            found.append([self.windows[n] for n in best])
        return found

    def rare(self, word: str) -> bool:
        """Whether few articles hold a word: one that a question may be about."""
        return 0 < self._articles[word.lower()] <= len(self.pages) // 12

    def holding(self, spans: Iterable[tuple[str, Span]]) -> list[Window]:
        """The passages that hold any of the spans."""
        wanted = [(article, n) for article, span in spans for n in self.numbers(article, span)]
        return [
            w
            for w in self.windows
            if any(article == w.article_id and w.first <= n < w.last for article, n in wanted)
        ]

    def numbers(self, article_id: str, span: Span) -> list[int]:
        """The sentences that share at least half of the shorter with a span."""
        sentences = self.pages[article_id].sentences
        return [n for n, s in enumerate(sentences) if _same(s.span, span)]

    def _search_text(self, window: Window) -> str:
        passage = self.read(window)
        return " ".join(" ".join((passage.title or "", *passage.sentences)).split())


def _page(article: Article, tagged: bool) -> Page:
    sentences = split_sentences(article.text)
    statements = find_statements(article.text, sentences) if tagged else ()
    speakers = tuple(_speaker(sentence.span, statements) for sentence in sentences)
    return Page(article, sentences, speakers)


def _speaker(span: Span, statements: Sequence[Statement]) -> str | None:
    """Who says most of the sentence."""
    shares = [
        (sum(_shared(piece, span) for piece in statement.content), -number, statement.speaker)
        for number, statement in enumerate(statements)
        if statement.speaker
    ]
    best = max(((s, n, who) for s, n, who in shares if s), default=None, key=lambda x: x[:2])
    return best[2].name if best else None


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _same(one: Span, other: Span) -> bool:
    return _shared(one, other) * 2 >= min(one.end - one.start, other.end - other.start)


def _windows(page: Page) -> list[Window]:
    starts = {sentence.span.start: n for n, sentence in enumerate(page.sentences)}
    firsts = (
        (starts[p.sentences[0].span.start], len(p.sentences)) for p in make_passages(page.sentences)
    )
    return [Window(page.article.id, first, first + count) for first, count in firsts]
