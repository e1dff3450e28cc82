"""When articles were published and by which outlet, looked up as far as it is asked for.

An index of these columns alone answers: what is damaged there is found by no question, and nothing
of it is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import date, timedelta

from index.archive import rows
from index.archive.engine import Connection, Engine
from index.archive.rows import Dated
from index.archive.state import generation
from index.corrections import Corrections
from index.language.dates import read_day

_SELECT = "SELECT id, published, source FROM articles"
_NEWEST = "ORDER BY published DESC, id"


class ArticlesByDate:
    """The articles of an archive by their dates, as people put them right."""

    def __init__(self, engine: Engine, in_force: Callable[[Connection], Corrections]) -> None:
        self._engine = engine
        self._in_force = in_force
        self._all: tuple[int, tuple[Dated, ...]] = (-1, ())

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, Corrections]]:
        with self._engine.reading() as connection:
            yield connection, self._in_force(connection)

    def all(self) -> tuple[Dated, ...]:
        """All articles, newest first, those without a date last.

        They grow with the archive: a question asks for what it needs of them.
        """
        with self._reading() as (connection, put_right):
            if self._all[0] != (now := generation(connection)):
                found = _found(connection, "ORDER BY published IS NULL, published DESC, id")
                if put_right.detailed:
                    found = [*_newest_first(connection, put_right, found, lambda _: True)]
                self._all = now, tuple(found)
            return self._all[1]

    def of(self, ids: Set[str]) -> tuple[Dated, ...]:
        """The articles with these ids, as far as they are there, newest first."""
        with self._reading() as (connection, put_right):
            which, value = connection.among("id", list(ids))
            found = _found(connection, f"WHERE {which}", value)
            return _newest_first(connection, put_right, found, lambda each: each.id in ids)

    def newest(self, n: int) -> tuple[Dated, ...]:
        """The `n` newest articles; those without a date are the oldest."""
        with self._reading() as (connection, put_right):
            most = n + len(put_right.detailed)
            found = _found(connection, f"WHERE published IS NOT NULL {_NEWEST} LIMIT ?", most)
            if len(found) < most:
                found += _found(connection, "WHERE published IS NULL ORDER BY id LIMIT ?", most)
            return _newest_first(connection, put_right, found, lambda _: True)[:n]

    def published(self, since: date | None, until: date | None) -> tuple[Dated, ...]:
        """The articles of these days, both included, newest first; open where a day is None."""
        with self._reading() as (connection, put_right):
            first = since.isoformat() if since else ""
            after = (until + timedelta(days=1)).isoformat() if until and until < date.max else "~"

            def is_wanted(each: Dated) -> bool:
                day = read_day(each.published)
                return day is not None and (since or day) <= day <= (until or day)

            found = _found(connection, "WHERE published >= ? AND published < ?", first, after)
            return _newest_first(connection, put_right, filter(is_wanted, found), is_wanted)

    def undated(self) -> tuple[Dated, ...]:
        """The articles without a date."""
        with self._reading() as (connection, put_right):
            found = _found(connection, "WHERE published IS NULL")
            return _newest_first(connection, put_right, found, lambda each: each.published is None)

    def days(self) -> tuple[date, ...]:
        """The days of which there are articles, in order."""
        with self._reading() as (connection, put_right):
            query = "SELECT DISTINCT published FROM articles WHERE published IS NOT NULL"
            own: set[str | None] = {each for (each,) in connection.execute(query)}
            if put_right.detailed:
                own = {each.published for each in self.all()}
            return tuple(sorted({day for each in own if (day := read_day(each))}))


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
