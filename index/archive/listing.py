"""Lists whom each article speaks of, as people put it right, in the tables of who is who.

Within the caller's transaction.
"""

from collections.abc import Sequence

from index.archive import corrections, rows
from index.archive.engine import Connection
from index.archive.register import TABLES, Bearer, RegisterChange
from index.archive.seals import ArticleDamaged, is_sealed
from index.attribution.people.identities import Context, Named, context_words, listed
from index.corrections import Corrections, differing, name_key

_TOGETHER = 200  # articles


def enlist(connection: Connection, article_ids: Sequence[str], put_right: Corrections) -> None:
    """List whom these articles speak of, in place of what was listed of them."""
    # All is read before anything is written: one that is damaged leaves no half of a list.
    found = [(id_, _list(connection, id_, put_right)) for id_ in article_ids]
    change = RegisterChange(connection)
    for article_id, (people, context) in found:
        change.drop(article_id)
        change.put(article_id, people, context)
    change.settle()


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
    statements = corrections.corrected(
        connection, put_right, article_id, rows.statements(connection, article_id)
    )
    title = put_right.article(article).title or ""
    return [*listed(people, given, statements)], context_words(f"{title} {article.text}")


def strike(connection: Connection, article_id: str) -> None:
    """Take an article off the lists."""
    change = RegisterChange(connection)
    change.drop(article_id)
    change.settle()


def follow(connection: Connection, before: Corrections, now: Corrections) -> None:
    """List anew the articles in which something is otherwise than it was before."""
    names, articles = differing(before, now)
    for column, table in (("name", "people"), ("speaker_name", "statements")):
        found = (
            connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall() if names else []
        )
        which, value = connection.among(column, [n for (n,) in found if n and name_key(n) in names])
        query = f"SELECT DISTINCT article_id FROM {table} WHERE {which}"
        articles |= {article_id for (article_id,) in connection.execute(query, (value,)).fetchall()}
    _enlist_all(connection, sorted(articles), now)


def list_anew(connection: Connection) -> None:
    """Make all lists anew; an article that is damaged is left out."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.clear_contexts()
    _enlist_all(connection, rows.ids(connection), corrections.in_force(connection))


def are_sound(connection: Connection) -> bool:
    """Whether the lists are those that were written, each name counted as often as it is there."""
    bearers = f"{', '.join(Bearer._fields)}, seal FROM bearers"
    contexts = "article_id, words, homes, begun, seal FROM contexts"
    for kept in (bearers, contexts):
        if not all(is_sealed(*row) for row in connection.execute(f"SELECT {kept}")):
            return False
    counted = "SELECT words, count(*) FROM bearers WHERE words != '' GROUP BY words"
    known = "SELECT words, bearers FROM keys"
    pairs = ((counted, known), (known, counted))
    return not any(connection.execute(f"{a} EXCEPT {b}").fetchone() for a, b in pairs)


def _enlist_all(connection: Connection, ids: Sequence[str], put_right: Corrections) -> None:
    for start in range(0, len(ids), _TOGETHER):
        some = ids[start : start + _TOGETHER]
        try:
            enlist(connection, some, put_right)
        except ArticleDamaged:
            for article_id in some:
                _enlist_sound(connection, article_id, put_right)


def _enlist_sound(connection: Connection, article_id: str, put_right: Corrections) -> None:
    try:
        enlist(connection, [article_id], put_right)
    except ArticleDamaged:
        strike(connection, article_id)
