"""An archive in a PostgreSQL database, for any number of processes and machines at once."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector

from index.archive import rows
from index.archive.address import DatabaseAddress
from index.archive.creating import bring_up_to_date, check_made_by, initialise, not_found
from index.archive.embedding.embedder import full_name
from index.archive.engine import NotHere, Scored
from index.archive.errors import ArchiveBusy, ArchiveFull, ArchiveUnwritable
from index.archive.postgres import lexemes
from index.archive.postgres.connection import PostgresConnection
from index.archive.postgres.database import PostgresDatabase
from index.archive.postgres.migrating import is_made, migrate
from index.archive.register_update import TABLES
from index.archive.state import mark

# Up to so many passages are compared one by one where an article's or some articles' are asked for:
# pgvector's index would give up on a filter that lets so few pass.
_COMPARED = 20_000
_EF_LEAST, _EF_MOST = 200, 1_000  # how many candidates HNSW keeps; the second is pgvector's bound
# How many candidates are looked at for a passage's links. By pgvector's 64 some clusters are cut
# off from all others, and a query near them finds none of its nearest.
_EF_CONSTRUCTION = 200  # migration 004 says the same of indexes made before
_INDEXABLE = 2_000  # numbers of a vector
_TEXTS = ("articles", "sentences", "people", "statements", "passages", "words", "lexemes")
_BESIDE = ("versions", "corrections", *TABLES, "context_words", "context_counts")
_REWRITTEN = 256 * 1024**2  # bytes of tables that are written anew on every removal
_PATIENCE_S = 2.0


class PostgresEngine:
    """The methods of `index.archive.engine.Engine`."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    @classmethod
    def open(
        cls, address: DatabaseAddress, *, create: bool = False, embedder: str | None = None
    ) -> Self:
        """The archive in a database, made where there is none if `create` says so."""
        # By connections of its own: those from before pgvector was there do not know its type.
        with PostgresDatabase(address) as database:
            database.reach()
            if create:
                migrate(database)
            elif not is_made(database):
                raise not_found(address)
        database = PostgresDatabase(address)
        try:
            if create:
                _begin(database, full_name(embedder))
            bring_up_to_date(database)
            with database.reading() as connection:
                check_made_by(connection, rows.format_of(connection), address, embedder)
            return cls(database)
        except BaseException:
            database.close()
            raise

    @property
    def address(self) -> DatabaseAddress:
        return self._database.address

    def reading(self) -> AbstractContextManager[PostgresConnection]:
        return self._database.reading()

    def writing(self) -> AbstractContextManager[PostgresConnection]:
        return self._database.writing()

    def close(self, *, wrote: bool) -> None:
        """Close; after changes, wipe what was removed."""
        try:
            if wrote:
                self.wipe(thoroughly=False)
        finally:
            self._database.close()

    def follow(self) -> None:
        """Nothing: all is in the tables."""

    def make_room_for(self, dimension: int) -> None:
        with self.reading() as connection:
            _index_vectors(connection, dimension)

    def forget_vectors(self) -> None:
        """Nothing: they go with their passages."""

    # --- searching

    def best_passages(
        self, terms: Sequence[str], k: int, articles: frozenset[str] | None
    ) -> Scored:
        with self.reading() as connection:
            return lexemes.best_passages(connection, terms, k, articles)

    def articles_with(self, term: str, *, beginnings: bool) -> dict[str, float]:
        with self.reading() as connection:
            return lexemes.articles_with(connection, term, beginnings=beginnings)

    def articles_having(self, terms: Sequence[str], most: int) -> list[str]:
        with self.reading() as connection:
            return lexemes.articles_having(connection, terms, most)

    def nearest(
        self, vector: NDArray[np.float32], k: int, articles: frozenset[str] | None
    ) -> Scored:
        with self.reading() as connection:
            if k <= 0 or "dimension" not in rows.meta(connection):
                return []
            found = _nearest(connection, Vector(vector.reshape(-1)), k, articles)
        return sorted(found, key=lambda each: (-each[1], each[0]))

    # --- looking after it

    def faults(self) -> list[str]:
        """Nothing: PostgreSQL looks after its own files, and rows are known by their sums."""
        return []

    def mend(self) -> list[str]:
        """Make again what does not fit its tables; a line for each thing done."""
        done = []
        with self.writing() as connection:
            if lexemes.mend(connection):
                done.append("the numbers of words did not fit the words: counted again")
            dimension = rows.meta(connection).get("dimension")
            if dimension and _index_vectors(connection, int(dimension)):
                done.append("there was no index of vectors: made again")
            if done:
                mark(connection)
        return done

    def wipe(self, *, thoroughly: bool) -> bool:
        """Write the tables anew without what was deleted; whether nothing hindered it.

        Unless `thoroughly`, where they are so large that this would keep people waiting, what was
        deleted is only given free to be overwritten, and False is the answer.
        """
        try:
            with self.reading() as connection:
                if "untidy" not in rows.meta(connection):
                    return True
            return self._wipe(thoroughly=thoroughly)
        except (ArchiveBusy, ArchiveFull, ArchiveUnwritable):
            return False

    def _wipe(self, *, thoroughly: bool) -> bool:
        with self._database.plainly() as plain:
            connection = PostgresConnection(plain)
            tables = (*_TEXTS, *_BESIDE)
            ((size,),) = connection.execute(
                "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(?::text[]) AS name",
                (list(tables),),
            ).fetchall()
            connection.execute(f"SET lock_timeout = '{_PATIENCE_S:.0f}s'")
            try:
                connection.execute("VACUUM vectors")  # pgvector's overwrites the index's own copy
                is_whole = (thoroughly or size <= _REWRITTEN) and _is_past(connection)
                how = "VACUUM (FULL)" if is_whole else "VACUUM"
                for table in tables:
                    connection.execute(f"{how} {table}")
            finally:
                connection.execute("RESET lock_timeout")
        if is_whole:
            with self.writing() as connection:
                connection.execute("DELETE FROM meta WHERE name = 'untidy'")
        return is_whole

    def copy_to(self, path: Path) -> None:
        """Not here: the database has better means."""
        raise NotHere(
            f"The archive in {self.address} is backed up by pg_dump; or copied into a folder: "
            f"verbatim copy {self.address} FOLDER"
        )


def _begin(database: PostgresDatabase, embedder: str) -> None:
    """Begin an archive in empty tables; leave one that is there as it is."""
    with database.writing() as connection:
        if rows.format_of(connection) == "unknown":
            initialise(connection, embedder)


def _index_vectors(connection: PostgresConnection, dimension: int) -> bool:
    """Let vectors be searched by an index; whether there was none. Longer ones go without."""
    (known,) = connection.execute("SELECT to_regclass('vectors_near')").fetchone()
    if known is not None or dimension > _INDEXABLE:
        return False
    connection.execute(f"ALTER TABLE vectors ALTER COLUMN vector TYPE vector({dimension:d})")
    connection.execute(
        "CREATE INDEX vectors_near ON vectors USING hnsw (vector vector_ip_ops)"
        f" WITH (ef_construction = {_EF_CONSTRUCTION:d})"
    )
    return True


def _nearest(
    connection: PostgresConnection, vector: Vector, k: int, articles: frozenset[str] | None
) -> Scored:
    own, values = "", []
    if articles is not None:
        own, values = "WHERE p.article_id = ANY(?)", [sorted(articles)]
    source = (
        f"vectors AS v JOIN passages AS p ON p.id = v.passage_id {own}" if own else "vectors AS v"
    )
    few = f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT {_COMPARED + k}) AS few"
    (n_there,) = connection.execute(few, values).fetchone()
    if articles is None or n_there > _COMPARED:
        ef = min(max(_EF_LEAST, k), _EF_MOST)
        # The index would else end with 40 candidates, and never look for more where a filter
        # lets few of them pass.
        connection.execute(
            "SELECT set_config('hnsw.ef_search', ?, true),"
            " set_config('hnsw.iterative_scan', 'relaxed_order', true)",
            (str(ef),),
        )
        found = connection.execute(
            f"SELECT v.passage_id, -(v.vector <#> ?) FROM {source} ORDER BY v.vector <#> ? LIMIT ?",
            (vector, *values, vector, k),
        ).fetchall()
        if len(found) >= min(k, n_there):
            return found
    # Ordered by what no index has: every one is compared.
    return connection.execute(
        f"SELECT v.passage_id, -(v.vector <#> ?) AS score FROM {source}"
        " ORDER BY score DESC, v.passage_id LIMIT ?",
        (vector, *values, k),
    ).fetchall()


def _is_past(connection: PostgresConnection) -> bool:
    """Wait a little until nobody sees any more what is deleted; whether it came to that."""
    (now,) = connection.execute("SELECT pg_current_xact_id()::xid::text").fetchone()
    others = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND pid <> pg_backend_pid() AND age(backend_xmin) > age(?::xid)"""
    last = time.monotonic() + _PATIENCE_S
    while connection.execute(others, (now,)).fetchone() != (0,):
        if time.monotonic() > last:
            return False
        time.sleep(0.02)
    return True
