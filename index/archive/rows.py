"""Records to rows of the archive's tables, and rows to records, within the caller's transaction.

A span is two columns, or two nulls for none; lists are JSON. Every row has its sum, and an article
the number of its rows in each table: none is shown that is not as it was put in. Knows nothing of
files or vectors' meaning.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.archive.checksums import checksum, checksum_matches, vector_checksum, with_checksum
from index.archive.engine import Connection
from index.archive.errors import ArchiveDamaged, ArticleDamaged
from index.passages import search_text
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
D = TypeVar("D", "ArticleSummary", "Dated")

# The tables of what is derived from an article, by its id and a number, and their other columns.
DERIVED = {
    "sentences": 'start, "end", paragraph, prose',
    "people": "name, roles, kind, speaks",
    "statements": "speaker_name, mention_start, mention_end, cue_start, cue_end, content, kind, "
    "modality, via_name, via_start, via_end",
}
_KEYS = (*((table, "article_id") for table in ("passages", *DERIVED)), ("articles", "id"))
_ALWAYS = frozenset(("format", "archive", "embedder", "state"))
_HIGHEST = 2**63 - 1  # id of a passage
_OWN = """id, version, title, author, source, published, url, added_at, n_sentences, n_people,
    n_statements, n_passages"""
# The text is read only where there is no title to call the article by.
_SUMMARY = f"""
    SELECT {_OWN}, seal, CASE WHEN title IS NULL OR title = '' THEN text END FROM articles"""


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


class Dated(NamedTuple):
    """When an article was published, and by which outlet."""

    id: str
    published: str | None
    source: str | None


def meta(connection: Connection) -> dict[str, str]:
    """What is known of the archive as a whole."""
    found = connection.execute("SELECT name, value, seal FROM meta").fetchall()
    known = {name: value for name, value, _ in found}
    if not all(checksum_matches(*row) for row in found) or not known.keys() >= _ALWAYS:
        raise ArchiveDamaged(
            "The archive is damaged where it tells what it is: restore it from a backup."
        )
    return known


def format_of(connection: Connection) -> str:
    """The format of an archive of any version."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    return str(row[0]) if row else "unknown"


def set_meta(connection: Connection, **values: str) -> None:
    """Note something of the archive as a whole."""
    connection.executemany(
        "INSERT INTO meta VALUES (?,?,?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, seal = excluded.seal",
        [with_checksum(*item) for item in values.items()],
    )


def insert(
    connection: Connection,
    article: Article,
    analysis: Analysis,
    vectors: NDArray[np.float32],
) -> None:
    """Put a whole article into all tables."""
    own = (
        *(article.id, article.version, article.title, article.author, article.source),
        *(article.published, article.url, datetime.now(UTC).isoformat(timespec="seconds")),
        *(len(analysis.sentences), len(analysis.people), len(analysis.statements)),
        len(analysis.passages),
    )
    connection.execute(
        f"INSERT INTO articles ({_OWN}, seal, text) VALUES ({','.join('?' * 14)})",
        (*with_checksum(*own), article.text),
    )
    _insert_derived(connection, "sentences", article, map(_from_sentence, analysis.sentences))
    _insert_derived(connection, "people", article, map(_from_person, analysis.people))
    _insert_derived(connection, "statements", article, map(_from_statement, analysis.statements))
    numbers = {sentence: n for n, sentence in enumerate(analysis.sentences)}
    ids = [_insert_passage(connection, article, each, numbers) for each in analysis.passages]
    contents = [vector.astype("<f4").tobytes() for vector in vectors]
    pairs = zip(ids, contents, strict=True)
    connection.put_vectors(
        [(id_, content, vector_checksum(id_, content)) for id_, content in pairs]
    )
    texts = [search_text(article, each) for each in analysis.passages]
    connection.put_words(list(zip(ids, texts, strict=True)))


def _insert_derived(
    connection: Connection, table: str, article: Article, found: Iterable[_Row]
) -> None:
    version = article.version
    rows = [
        (article.id, n, *row, checksum(version, article.id, n, *row)) for n, row in enumerate(found)
    ]
    if rows:
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _insert_passage(
    connection: Connection,
    article: Article,
    passage: Passage,
    numbers: dict[Sentence, int],
) -> int:
    first, last = numbers[passage.sentences[0]], numbers[passage.sentences[-1]]
    place = (article.id, passage.span.start, passage.span.end, first, last)
    ((passage_id,),) = connection.execute(
        'INSERT INTO passages (article_id, start, "end", first_sentence, last_sentence, seal)'
        " VALUES (?,?,?,?,?,?) RETURNING id",
        (*place, checksum(article.version, *place)),
    ).fetchall()
    return int(passage_id)


def delete(connection: Connection, article_id: str) -> dict[str, int]:
    """Take an article out of all tables; how many rows of it there were in each."""
    connection.drop_words(article_id)
    # Not left to foreign keys: where an article's own row is damaged nothing leads to the rest.
    return {
        table: connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (article_id,)).rowcount
        for table, key in _KEYS
    }


def delete_numbered(
    connection: Connection, table: Literal["corrections", "versions"], numbers: Iterable[int]
) -> None:
    """Take rows out of a table."""
    connection.executemany(f"DELETE FROM {table} WHERE n = ?", [(n,) for n in numbers])


def has(connection: Connection, article_id: str) -> bool:
    """Whether there is anything of an article of that id, sound or not."""
    found = (
        connection.execute(f"SELECT 1 FROM {table} WHERE {key} = ? LIMIT 1", (article_id,))
        for table, key in (*_KEYS, ("versions", "article_id"))
    )
    return any(rows.fetchone() for rows in found)


def count(connection: Connection) -> int:
    """How many articles there are."""
    return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def ids(connection: Connection) -> tuple[str, ...]:
    """The ids of all articles, sound or not."""
    # From the table itself, which has more than ids: their index may be what is damaged.
    found = connection.execute("SELECT id, n_passages FROM articles")
    return tuple(sorted(str(article_id) for article_id, _ in found))


def lost(connection: Connection) -> tuple[str, ...]:
    """The ids of articles of which only rows in other tables are left."""
    tables = ("passages", "versions", *DERIVED)
    every = " UNION ".join(f"SELECT article_id FROM {table}" for table in tables)
    query = f"SELECT article_id FROM ({every}) AS every EXCEPT SELECT id FROM articles"
    return tuple(str(article_id) for (article_id,) in connection.execute(query))


def versions(connection: Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """The versions of those of the articles that are there."""
    which, value = connection.among("id", article_ids)
    query = f"SELECT id, version FROM articles WHERE {which}"
    return dict(connection.execute(query, (value,)).fetchall())


def article(connection: Connection, article_id: str) -> Article | None:
    """The article of that id; raises ArticleDamaged if it is not as it was put in."""
    query = f"SELECT {_OWN}, seal, text FROM articles WHERE id = ?"
    row = connection.execute(query, (article_id,)).fetchone()
    return _to_article(row) if row else None


def added_at(connection: Connection, article_id: str) -> str:
    """When the article, as it is, was put in: ISO 8601, UTC."""
    query = "SELECT added_at FROM articles WHERE id = ?"
    return str(connection.execute(query, (article_id,)).fetchone()[0])


def _to_article(row: _Row) -> Article:
    *own, text = row
    article_id, version, title, author, source, published, url = own[:7]
    if not checksum_matches(*own) or not isinstance(text, str):
        raise ArticleDamaged(str(article_id))
    found = Article(article_id, text, title, author, source, published, url)
    if found.version != version:
        raise ArticleDamaged(article_id)
    return found


def articles(connection: Connection) -> tuple[ArticleSummary, ...]:
    """All articles, newest first; those without a date last."""
    query = f"{_SUMMARY} ORDER BY published IS NULL, published DESC, id"
    return tuple(map(_to_summary, connection.execute(query)))


def summaries(connection: Connection, article_ids: Sequence[str]) -> tuple[ArticleSummary, ...]:
    """The summaries of the articles that are there, in the order of the ids."""
    which, value = connection.among("id", article_ids)
    query = f"{_SUMMARY} WHERE {which}"
    found = {row[0]: _to_summary(row) for row in connection.execute(query, (value,))}
    return tuple(found[id_] for id_ in article_ids if id_ in found)


def newest_first(articles: Iterable[D]) -> tuple[D, ...]:
    """The articles, newest first, those without a date last, then by their ids."""
    by_id = sorted(articles, key=lambda each: each.id)
    newest = sorted(by_id, key=lambda each: each.published or "", reverse=True)
    return tuple(sorted(newest, key=lambda each: each.published is None))


def summarised(article: Article, known: ArticleSummary) -> ArticleSummary:
    """The summary of an article whose details are other than was `known`."""
    details = {name: getattr(article, name) for name in ("title", "source", "published", "url")}
    return replace(known, label=article.label, **details)


def _to_summary(row: _Row) -> ArticleSummary:
    own = row[:-1]
    article_id, version, title, _, source, published, url, _, n_sentences, _, n_statements = row[
        :11
    ]
    if not checksum_matches(*own):
        raise ArticleDamaged(str(article_id))
    label = title or _to_article(row).label
    return ArticleSummary(
        article_id, label, title, source, published, url, n_sentences, n_statements, version
    )


def sentences(connection: Connection, article_id: str) -> tuple[Sentence, ...]:
    """The sentences of an article, in order."""
    return tuple(_to_sentence(row) for row in _rows_of(connection, "sentences", article_id))


def statements(connection: Connection, article_id: str) -> tuple[Statement, ...]:
    """The statements of an article, in order."""
    return tuple(_to_statement(row) for row in _rows_of(connection, "statements", article_id))


def people_in(connection: Connection, article_id: str) -> tuple[Person, ...]:
    """Everybody an article speaks of, in order."""
    return tuple(_to_person(row) for row in _rows_of(connection, "people", article_id))


def all_statements(connection: Connection) -> tuple[tuple[str, Statement], ...]:
    """(article id, statement) for every statement there is."""
    rows = _all_rows(connection, "statements")
    return tuple((article_id, _to_statement(row)) for article_id, row in rows)


def people(connection: Connection) -> tuple[tuple[str, Person], ...]:
    """(article id, person) for everybody the articles speak of."""
    rows = _all_rows(connection, "people")
    return tuple((article_id, _to_person(row)) for article_id, row in rows)


def _rows_of(connection: Connection, table: str, article_id: str) -> list[_Row]:
    """The rows that were derived from an article, in order; raises ArticleDamaged."""
    known = connection.execute(
        f"SELECT version, n_{table} FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    query = f"SELECT n, {DERIVED[table]}, seal FROM {table} WHERE article_id = ? ORDER BY n"
    rows = connection.execute(query, (article_id,))
    if known is None:
        return []
    version, count = known
    return _checked(article_id, version, count, rows)


def _all_rows(connection: Connection, table: str) -> Iterator[tuple[str, _Row]]:
    """The derived rows of all articles, each with its article's id; raises ArticleDamaged."""
    found = connection.execute(f"SELECT id, version, n_{table} FROM articles")
    known = {article_id: (version, n) for article_id, version, n in found}
    query = f"SELECT article_id, n, {DERIVED[table]}, seal FROM {table} ORDER BY article_id, n"
    for article_id, group in groupby(connection.execute(query), key=lambda row: row[0]):
        version, count = known.pop(article_id, ("", 0))
        for row in _checked(article_id, version, count, (row[1:] for row in group)):
            yield article_id, row
    if lost := next((article_id for article_id, (_, n) in known.items() if n != 0), None):
        raise ArticleDamaged(lost)


def _checked(article_id: str, version: str, count: int, rows: Iterable[_Row]) -> list[_Row]:
    """The rows without number and seal, if they are all there, as they were put in."""
    found = list(rows)
    numbered = [n for n, *_ in found] == list(range(len(found)))
    is_sound = all(checksum_matches(version, article_id, *row) for row in found)
    if len(found) != count or not numbered or not is_sound:
        raise ArticleDamaged(str(article_id))
    return [row[1:-1] for row in found]


def passage_ids(connection: Connection, articles: frozenset[str]) -> NDArray[np.int64]:
    """The ids of the passages of these articles."""
    which, value = connection.among("article_id", articles)
    found = connection.execute(f"SELECT id FROM passages WHERE {which}", (value,)).fetchall()
    return np.array([passage_id for (passage_id,) in found], dtype=np.int64)


def every_passage(
    connection: Connection, first: int = 1, last: int = _HIGHEST
) -> NDArray[np.int64]:
    """The ids of all passages from one to another, both included, in order."""
    # Not from the table of vectors: its rows are long, and all would be read for their ids.
    query = "SELECT id FROM passages WHERE id BETWEEN ? AND ? ORDER BY id"
    found = connection.execute(query, (first, last))
    return np.fromiter((passage_id for (passage_id,) in found), dtype=np.int64)


def count_passages(connection: Connection, first: int, last: int) -> int:
    """How many of these there are: counted where they stand, far sooner than they are read."""
    query = "SELECT count(*) FROM passages WHERE id BETWEEN ? AND ?"
    return int(connection.execute(query, (first, last)).fetchone()[0])


def last_passage(connection: Connection) -> tuple[int, int]:
    """How many passages there are, and the highest of their ids (0 without any)."""
    # Each by itself: together they are looked for in all rows.
    (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    (last,) = connection.execute("SELECT max(id) FROM passages").fetchone()
    return count, last or 0


def hits(connection: Connection, scored: Sequence[tuple[int, float]]) -> list[Hit]:
    """The passages of these ids, in their order; ids that are gone are left out."""
    which, value = connection.among("p.id", [passage_id for passage_id, _ in scored])
    query = f"""
        SELECT a.version, p.id, p.article_id, p.start, p."end", p.first_sentence,
            p.last_sentence, p.seal, s.n, s.start, s."end", s.paragraph, s.prose, s.seal
        FROM passages AS p JOIN articles AS a ON a.id = p.article_id
        LEFT JOIN sentences AS s
            ON s.article_id = p.article_id AND s.n BETWEEN p.first_sentence AND p.last_sentence
        WHERE {which} ORDER BY p.id, s.n"""
    by_id = groupby(connection.execute(query, (value,)), key=lambda row: int(row[1]))
    found = {passage_id: list(group) for passage_id, group in by_id}
    return [_to_hit(found[id_], score) for id_, score in scored if id_ in found]


def _to_hit(group: Sequence[_Row], score: float) -> Hit:
    version, passage_id, *place = group[0][:8]
    article_id, start, end, first, last, _ = place
    members = [row[8:] for row in group]
    if not checksum_matches(version, *place) or [n for n, *_ in members] != list(
        range(first, last + 1)
    ):
        raise ArticleDamaged(str(article_id))
    if not all(checksum_matches(version, article_id, *row) for row in members):
        raise ArticleDamaged(article_id)
    found = tuple(_to_sentence(row[1:-1]) for row in members)
    return Hit(passage_id, article_id, Passage(Span(start, end), found), score)


def vectors(connection: Connection, passage_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The passages' vectors; raises ArticleDamaged for one that is not as it was put in."""
    for passage_id, vector, sum_ in connection.vectors(passage_ids):
        if not isinstance(vector, bytes) or vector_checksum(passage_id, vector) != sum_:
            raise ArticleDamaged(_article_of(connection, passage_id))
        yield passage_id, vector


def _article_of(connection: Connection, passage_id: int) -> str:
    query = "SELECT article_id FROM passages WHERE id = ?"
    row = connection.execute(query, (passage_id,)).fetchone()
    return str(row[0]) if row else f"of passage {passage_id}"


def verify(connection: Connection, article_id: str) -> Article | None:
    """The article, once all that is kept of it has been read; raises ArticleDamaged."""
    found = article(connection, article_id)
    if found is None:
        return None
    for table in DERIVED:
        _rows_of(connection, table, article_id)
    ids = sorted(passage_ids(connection, frozenset((article_id,))).tolist())
    passages = hits(connection, [(passage_id, 0.0) for passage_id in ids])
    words = [(p.passage_id, search_text(found, p.passage)) for p in passages]
    (count,) = connection.execute(
        "SELECT n_passages FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    if len(passages) != count or not connection.has_words(words):
        raise ArticleDamaged(article_id)
    if len(list(vectors(connection, ids))) != count:
        raise ArticleDamaged(article_id)
    return found


def _to_sentence(row: _Row) -> Sentence:
    start, end, paragraph, prose = row
    return Sentence(Span(start, end), paragraph, bool(prose))


def _from_sentence(sentence: Sentence) -> _Row:
    return (sentence.span.start, sentence.span.end, sentence.paragraph, int(sentence.prose))


def _to_person(row: _Row) -> Person:
    name, roles, kind, speaks = row
    return Person(name, tuple(json.loads(roles)), kind, bool(speaks))


def _from_person(person: Person) -> _Row:
    return (person.name, json.dumps(person.roles), person.kind, int(person.speaks))


def _to_statement(row: _Row) -> Statement:
    name, mention_start, mention_end, cue_start, cue_end, content, kind, modality, *via = row
    return Statement(
        speaker=_to_speaker(name, mention_start, mention_end),
        cue=None if cue_start is None else Span(cue_start, cue_end),
        content=tuple(Span(*piece) for piece in json.loads(content)),
        kind=kind,
        modality=modality,
        via=_to_speaker(*via),
    )


def _to_speaker(name: str | None, start: int | None, end: int | None) -> Speaker | None:
    return None if name is None or start is None or end is None else Speaker(name, Span(start, end))


def _from_statement(statement: Statement) -> _Row:
    return (
        *_from_speaker(statement.speaker),
        *_columns(statement.cue),
        json.dumps([(piece.start, piece.end) for piece in statement.content]),
        statement.kind,
        statement.modality,
        *_from_speaker(statement.via),
    )


def _from_speaker(speaker: Speaker | None) -> _Row:
    return (None, None, None) if speaker is None else (speaker.name, *_columns(speaker.mention))


def _columns(span: Span | None) -> _Row:
    return (None, None) if span is None else (span.start, span.end)
