"""The word index of SQLite, FTS5: what the embedded engine finds by words.

Within the caller's transaction. Terms are words as `index.archive.search` takes them from what
people type.
"""

from collections.abc import Sequence

from index.archive.engine import Scored
from index.archive.tables import SqliteConnection


def best_passages(
    connection: SqliteConnection, terms: Sequence[str], k: int, articles: frozenset[str] | None
) -> Scored:
    """The `k` best passages by BM25 that have any of the terms; of these articles alone."""
    values: list[object] = [" OR ".join(map(_quoted, terms))]
    within = ""
    if articles is not None:
        which, value = connection.among("article_id", sorted(articles))
        # The plus keeps the passages from the word index, which would look up all terms for each.
        within = f"AND +rowid IN (SELECT id FROM passages WHERE {which})"  # noqa: S608
        values.append(value)
    statement = f"""
        SELECT rowid, -rank FROM words WHERE words MATCH ? {within}
        ORDER BY rank, rowid LIMIT ?"""  # noqa: S608 (no words of anybody's in it)
    return connection.execute(statement, (*values, k)).fetchall()


def articles_with(connection: SqliteConnection, term: str, *, beginnings: bool) -> dict[str, float]:
    """The articles that have a term, or one beginning so, with its best passage's score."""
    statement = """
        SELECT p.article_id, max(-w.rank) FROM words AS w JOIN passages AS p ON p.id = w.rowid
        WHERE w.words MATCH ? GROUP BY p.article_id"""
    wanted = f"{_quoted(term)}*" if beginnings else _quoted(term)
    return dict(connection.execute(statement, (wanted,)).fetchall())


def articles_having(connection: SqliteConnection, terms: Sequence[str], most: int) -> list[str]:
    """The ids of up to `most` articles that have these terms one after another."""
    query = """
        SELECT DISTINCT p.article_id FROM words AS w JOIN passages AS p ON p.id = w.rowid
        WHERE w.words MATCH ? ORDER BY p.article_id LIMIT ?"""
    found = connection.execute(query, (_quoted(" ".join(terms)), most))
    return [article_id for (article_id,) in found]


def _quoted(term: str) -> str:
    """So that nothing a person types is taken for an operator."""
    return f'"{term}"'
