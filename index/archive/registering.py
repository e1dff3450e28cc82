"""Registers whom each article speaks of, as people put it right, in the tables of who is who.

Within the caller's transaction.
"""

from collections.abc import Sequence

from index.archive import correction_rows, rows
from index.archive.checksums import checksum_matches
from index.archive.engine import Connection
from index.archive.errors import ArticleDamaged
from index.archive.register_update import TABLES, Bearer, RegisterUpdate
from index.attribution.people.identities import Context, Named, context_words, listed
from index.corrections import Corrections, differing, name_key

_TOGETHER = 200  # articles


def register_articles(
    connection: Connection, article_ids: Sequence[str], put_right: Corrections
) -> None:
    """Register whom these articles speak of, in place of what was registered of them."""
    # All is read before anything is written: one that is damaged leaves no half of a list.
    found = [(id_, _list(connection, id_, put_right)) for id_ in article_ids]
    update = RegisterUpdate(connection)
    for article_id, (people, context) in found:
        update.drop(article_id)
        update.put(article_id, people, context)
    update.write()


def _list(
    connection: Connection, article_id: str, put_right: Corrections
) -> tuple[list[Named], Context | None]:
    """Whom an article speaks of, and its words; nothing of one that is not there."""
    article = rows.article(connection, article_id)
    if article is None:
        return [], None
    derived = [(article_id, p) for p in rows.people_in(connection, article_id)]
    people = [p for id_, p in put_right.people(derived) if id_ == article_id]
    own = {put_right.name_of(person.name) for _, person in derived}
    given = sum(person.name not in own for person in people)
    statements = correction_rows.corrected(
        connection, put_right, article_id, rows.statements(connection, article_id)
    )
    title = put_right.article(article).title or ""
    return [*listed(people, given, statements)], context_words(f"{title} {article.text}")


def unregister_article(connection: Connection, article_id: str) -> None:
    """Take an article out of the register."""
    update = RegisterUpdate(connection)
    update.drop(article_id)
    update.write()


def register_corrected(connection: Connection, before: Corrections, now: Corrections) -> None:
    """Register anew the articles in which something is otherwise than it was before."""
    names, articles = differing(before, now)
    for column, table in (("name", "people"), ("speaker_name", "statements")):
        found = (
            connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall() if names else []
        )
        which, value = connection.among(column, [n for (n,) in found if n and name_key(n) in names])
        query = f"SELECT DISTINCT article_id FROM {table} WHERE {which}"
        articles |= {article_id for (article_id,) in connection.execute(query, (value,)).fetchall()}
    _register_each(connection, sorted(articles), now)


def register_all(connection: Connection) -> None:
    """Make the register anew; an article that is damaged is left out."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.clear_contexts()
    _register_each(connection, rows.ids(connection), correction_rows.in_force(connection))


def is_sound(connection: Connection) -> bool:
    """Whether the register is as it was written, each name counted as often as it is there."""
    bearers = f"{', '.join(Bearer._fields)}, seal FROM bearers"
    contexts = "article_id, words, homes, begun, seal FROM contexts"
    for kept in (bearers, contexts):
        if not all(checksum_matches(*row) for row in connection.execute(f"SELECT {kept}")):
            return False
    counted = "SELECT words, count(*) FROM bearers WHERE words != '' GROUP BY words"
    known = "SELECT words, bearers FROM keys"
    pairs = ((counted, known), (known, counted))
    return not any(connection.execute(f"{a} EXCEPT {b}").fetchone() for a, b in pairs)


def _register_each(connection: Connection, ids: Sequence[str], put_right: Corrections) -> None:
    for start in range(0, len(ids), _TOGETHER):
        some = ids[start : start + _TOGETHER]
        try:
            register_articles(connection, some, put_right)
        except ArticleDamaged:
            for article_id in some:
                _register_sound(connection, article_id, put_right)


def _register_sound(connection: Connection, article_id: str, put_right: Corrections) -> None:
    try:
        register_articles(connection, [article_id], put_right)
    except ArticleDamaged:
        unregister_article(connection, article_id)
