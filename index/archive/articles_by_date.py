"""When articles were published and by which outlet, looked up as far as it is asked for.

As people put it right, within the caller's transaction. An index of these columns alone answers:
what is damaged there is found by no question, and nothing of it is shown.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

from index.archive import rows
from index.archive.engine import Connection
from index.archive.rows import Dated
from index.corrections import Corrections
from index.language.dates import read_day

_SELECT = "SELECT id, published, source FROM articles"
_NEWEST = "ORDER BY published DESC, id"


def every(connection: Connection, put_right: Corrections) -> tuple[Dated, ...]:
    """All articles, newest first, those without a date last."""
    found = _found(connection, "ORDER BY published IS NULL, published DESC, id")
    if not put_right.detailed:
        return tuple(found)
    return _newest_first(connection, put_right, found, lambda _: True)


def among(
    connection: Connection, put_right: Corrections, ids: Collection[str]
) -> tuple[Dated, ...]:
    """The articles with these ids, as far as they are there, newest first."""
    which, value = connection.among("id", list(ids))
    found = _found(connection, f"WHERE {which}", value)
    return _newest_first(connection, put_right, found, lambda each: each.id in ids)


def newest(connection: Connection, put_right: Corrections, n: int) -> tuple[Dated, ...]:
    """The `n` newest articles; those without a date are the oldest."""
    most = n + len(put_right.detailed)
    found = _found(connection, f"WHERE published IS NOT NULL {_NEWEST} LIMIT ?", most)
    if len(found) < most:
        found += _found(connection, "WHERE published IS NULL ORDER BY id LIMIT ?", most)
    return _newest_first(connection, put_right, found, lambda _: True)[:n]


def published(
    connection: Connection, put_right: Corrections, since: date | None, until: date | None
) -> tuple[Dated, ...]:
    """The articles of these days, both included, newest first; open where a day is None."""
    first = since.isoformat() if since else ""
    after = (until + timedelta(days=1)).isoformat() if until and until < date.max else "~"

    def is_wanted(each: Dated) -> bool:
        day = read_day(each.published)
        return day is not None and (since or day) <= day <= (until or day)

    found = _found(connection, "WHERE published >= ? AND published < ?", first, after)
    return _newest_first(connection, put_right, filter(is_wanted, found), is_wanted)


def undated(connection: Connection, put_right: Corrections) -> tuple[Dated, ...]:
    """The articles without a date."""
    found = _found(connection, "WHERE published IS NULL")
    return _newest_first(connection, put_right, found, lambda each: each.published is None)


def days(connection: Connection, put_right: Corrections) -> tuple[date, ...]:
    """The days of which there are articles, in order."""
    query = "SELECT DISTINCT published FROM articles WHERE published IS NOT NULL"
    own: set[str | None] = {each for (each,) in connection.execute(query)}
    if put_right.detailed:
        own = {each.published for each in every(connection, put_right)}
    return tuple(sorted({day for each in own if (day := read_day(each))}))


def count(connection: Connection) -> int:
    """How many articles there are."""
    return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def _found(connection: Connection, where: str, *values: object) -> list[Dated]:
    return [Dated(*row) for row in connection.execute(f"{_SELECT} {where}", values)]


def _newest_first(
    connection: Connection,
    put_right: Corrections,
    found: Iterable[Dated],
    is_wanted: Callable[[Dated], bool],
) -> tuple[Dated, ...]:
    """What was found, and what is wanted of that whose details were put right, in order."""
    kept = [each for each in found if each.id not in put_right.detailed]
    return rows.newest_first([*kept, *filter(is_wanted, _detailed(connection, put_right))])


def _detailed(connection: Connection, put_right: Corrections) -> Sequence[Dated]:
    ids = sorted(put_right.detailed)
    articles = (rows.article(connection, id_) for id_ in ids)
    found = (put_right.article(article) for article in articles if article)
    return [Dated(each.id, each.published, each.source) for each in found]
