"""Records to rows of the archive's tables, and rows to records, within the caller's transaction.

A span is two columns, or two nulls for none; lists are JSON. Knows nothing of files or vectors'
meaning.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.archive.passages import search_text
from index.archive.tables import Connection
from index.schema import (
    Analysis,
    Article,
    Hit,
    Passage,
    Person,
    Sentence,
    Span,
    Speaker,
    Statement,
)

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article of the archive, without its text."""

    id: str
    label: str
    title: str | None
    source: str | None
    published: str | None
    url: str | None
    n_sentences: int
    n_statements: int
    version: str


def insert(
    connection: Connection,
    article: Article,
    analysis: Analysis,
    vectors: NDArray[np.float32],
) -> None:
    """Put a whole article into all tables."""
    added_at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        "INSERT INTO articles (id, text, title, author, source, published, url, version, added_at)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        (*astuple(article), article.version, added_at),
    )
    connection.executemany(
        "INSERT INTO sentences VALUES (?,?,?,?,?,?)",
        [
            (article.id, n, s.span.start, s.span.end, s.paragraph, s.prose)
            for n, s in enumerate(analysis.sentences)
        ],
    )
    connection.executemany(
        "INSERT INTO people VALUES (?,?,?,?)",
        [(article.id, n, p.name, json.dumps(p.roles)) for n, p in enumerate(analysis.people)],
    )
    connection.executemany(
        "INSERT INTO statements VALUES (?,?,?,?,?,?,?,?,?)",
        [(article.id, n, *_from_statement(s)) for n, s in enumerate(analysis.statements)],
    )
    numbers = {sentence: n for n, sentence in enumerate(analysis.sentences)}
    for passage, vector in zip(analysis.passages, vectors, strict=True):
        _insert_passage(connection, article, passage, numbers, vector)


def _insert_passage(
    connection: Connection,
    article: Article,
    passage: Passage,
    numbers: dict[Sentence, int],
    vector: NDArray[np.float32],
) -> None:
    first, last = numbers[passage.sentences[0]], numbers[passage.sentences[-1]]
    passage_id = connection.execute(
        'INSERT INTO passages (article_id, start, "end", first_sentence, last_sentence)'
        " VALUES (?,?,?,?,?)",
        (article.id, passage.span.start, passage.span.end, first, last),
    ).lastrowid
    connection.execute(
        "INSERT INTO vectors VALUES (?,?)", (passage_id, vector.astype("<f4").tobytes())
    )
    connection.execute(
        "INSERT INTO words (rowid, text) VALUES (?,?)", (passage_id, search_text(article, passage))
    )


def delete(connection: Connection, article_id: str) -> bool:
    """Take an article out of all tables; whether it was there."""
    # The word index is no ordinary table: no foreign key reaches it.
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)",
        (article_id,),
    )
    return connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount > 0


def article(connection: Connection, article_id: str) -> Article | None:
    """The article of that id."""
    row = connection.execute(
        "SELECT id, text, title, author, source, published, url FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    return Article(*row) if row else None


def articles(connection: Connection) -> tuple[ArticleSummary, ...]:
    """All articles, newest first; those without a date last."""
    query = """
        SELECT id, CASE WHEN title IS NULL OR title = '' THEN text END, title, source, published,
            url, (SELECT count(*) FROM sentences WHERE article_id = articles.id),
            (SELECT count(*) FROM statements WHERE article_id = articles.id), version
        FROM articles ORDER BY published IS NULL, published DESC, id"""
    return tuple(
        ArticleSummary(article_id, Article(article_id, text or "", title).label, title, *others)
        for article_id, text, title, *others in connection.execute(query)
    )


def sentences(connection: Connection, article_id: str) -> tuple[Sentence, ...]:
    """The sentences of an article, in order."""
    query = 'SELECT start, "end", paragraph, prose FROM sentences WHERE article_id = ? ORDER BY n'
    return tuple(map(_to_sentence, connection.execute(query, (article_id,))))


def statements(connection: Connection, article_id: str) -> tuple[Statement, ...]:
    """The statements of an article, in order."""
    query = """
        SELECT speaker_name, mention_start, mention_end, cue_start, cue_end, content, kind
        FROM statements WHERE article_id = ? ORDER BY n"""
    return tuple(map(_to_statement, connection.execute(query, (article_id,))))


def all_statements(connection: Connection) -> tuple[tuple[str, Statement], ...]:
    """(article id, statement) for every statement there is."""
    query = """
        SELECT article_id, speaker_name, mention_start, mention_end, cue_start, cue_end, content,
            kind
        FROM statements ORDER BY article_id, n"""
    return tuple((row[0], _to_statement(row[1:])) for row in connection.execute(query))


def people(connection: Connection) -> tuple[tuple[str, Person], ...]:
    """(article id, person) for everybody the articles speak of."""
    query = "SELECT article_id, name, roles FROM people ORDER BY article_id, n"
    return tuple(
        (article_id, Person(name, tuple(json.loads(roles))))
        for article_id, name, roles in connection.execute(query)
    )


def hits(connection: Connection, scored: Sequence[tuple[int, float]]) -> list[Hit]:
    """The passages of these ids, in their order; ids that are gone are left out."""
    query = """
        SELECT ids.key, p.id, p.article_id, p.start, p."end", s.start, s."end", s.paragraph,
            s.prose
        FROM json_each(?) AS ids JOIN passages AS p ON p.id = ids.value
        JOIN sentences AS s
            ON s.article_id = p.article_id AND s.n BETWEEN p.first_sentence AND p.last_sentence
        ORDER BY ids.key, s.n"""
    ids = json.dumps([passage_id for passage_id, _ in scored])
    by_place = groupby(connection.execute(query, (ids,)), key=lambda row: int(row[0]))
    return [_to_hit(list(group), scored[place][1]) for place, group in by_place]


def _to_hit(group: Sequence[_Row], score: float) -> Hit:
    _, passage_id, article_id, start, end = group[0][:5]
    members = tuple(_to_sentence(row[5:]) for row in group)
    return Hit(passage_id, article_id, Passage(Span(start, end), members), score)


def _to_sentence(row: _Row) -> Sentence:
    start, end, paragraph, prose = row
    return Sentence(Span(start, end), paragraph, bool(prose))


def _to_statement(row: _Row) -> Statement:
    name, mention_start, mention_end, cue_start, cue_end, content, kind = row
    return Statement(
        speaker=None if name is None else Speaker(name, Span(mention_start, mention_end)),
        cue=None if cue_start is None else Span(cue_start, cue_end),
        content=tuple(Span(*piece) for piece in json.loads(content)),
        kind=kind,
    )


def _from_statement(statement: Statement) -> _Row:
    speaker = statement.speaker
    return (
        speaker.name if speaker else None,
        *_columns(speaker.mention if speaker else None),
        *_columns(statement.cue),
        json.dumps([(piece.start, piece.end) for piece in statement.content]),
        statement.kind,
    )


def _columns(span: Span | None) -> _Row:
    return (None, None) if span is None else (span.start, span.end)
