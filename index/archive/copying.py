"""Copies an archive from one engine into another: the same rows, ids, sums, corrections, versions.

What is found by words and by vectors, and who is who, is derived again by the engine that it is
copied into.
"""

from index.archive import rows
from index.archive.engine import Connection, Cursor, Engine
from index.archive.errors import ArchiveError
from index.archive.registering import register_all
from index.archive.state import mark
from index.passages import search_text
from index.schema import Article, Passage, Span

# Every table whose rows are numbered: no number is used a second time, in the copy neither.
_NUMBERED = (("passages", "id"), ("versions", "n"), ("corrections", "n"))


class NotEmpty(ArchiveError):
    """There is something where an archive was to be copied to."""

    reason = "There is an archive already."


def copy(source: Engine, target: Engine) -> int:
    """Copy all that there is into a new archive, in one transaction; how many articles.

    Raises NotEmpty, and ArticleDamaged for an article that is not sound: nothing is copied then.
    """
    with source.reading() as old, target.writing() as new:
        if any(new.last_number(*table) for table in _NUMBERED) or rows.ids(new):
            raise NotEmpty(f"There are articles in {target.address}: name a new place.")
        ids = rows.ids(old)
        for article_id in ids:
            _copy_article(old, new, article_id)
        for table in ("versions", "corrections"):
            _put(new, table, old.execute(f"SELECT * FROM {table} ORDER BY n"))
        for name, key in _NUMBERED:
            new.go_on_after(name, key, old.last_number(name, key))
        if dimension := rows.meta(old).get("dimension"):
            rows.set_meta(new, dimension=dimension)
            # Last: an index of all vectors is made faster than kept with each.
            target.make_room_for(int(dimension))
        register_all(new)
        mark(new)
    return len(ids)


def _copy_article(old: Connection, new: Connection, article_id: str) -> None:
    article = rows.verify(old, article_id)
    if article:
        for table in ("articles", *rows.DERIVED, "passages"):
            _put(new, table, _own(old, table, article_id))
        _derive(old, new, article)


def _own(old: Connection, table: str, article_id: str) -> Cursor:
    key = "id" if table == "articles" else "article_id"
    return old.execute(f"SELECT * FROM {table} WHERE {key} = ? ORDER BY 1, 2", (article_id,))


def _put(new: Connection, table: str, found: Cursor) -> None:
    """Put in whole rows: the columns of a table are the same, in the same order, in each engine."""
    if whole := found.fetchall():
        new.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(whole[0]))})", whole)


def _derive(old: Connection, new: Connection, article: Article) -> None:
    query = 'SELECT id, start, "end" FROM passages WHERE article_id = ? ORDER BY id'
    found = old.execute(query, (article.id,)).fetchall()
    new.put_words(
        [(id_, search_text(article, Passage(Span(start, end), ()))) for id_, start, end in found]
    )
    vectors = old.vectors([id_ for id_, *_ in found])
    new.put_vectors([(id_, v, sum_) for id_, v, sum_ in vectors if isinstance(v, bytes)])
