"""A transaction of a PostgreSQL database, as the archive's rows are read and written in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import psycopg
from pgvector import Vector
from pgvector.psycopg import register_vector

from index.archive.engine import Cursor
from index.archive.postgres import lexemes

Plain = psycopg.Connection[tuple[Any, ...]]


class PostgresConnection:
    """The methods of `index.archive.engine.Connection` on a connection of psycopg's."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._counts = lexemes.WordCounts()

    def write_counts(self) -> None:
        """Write the collected counts of words, before the transaction commits."""
        self._counts.write(self)

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Cursor:
        """Do one statement, its values written as `?`."""
        return self._plain.execute(_ours(statement), _storable(values) or None)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> Cursor:
        cursor = self._plain.cursor()
        cursor.executemany(_ours(statement), map(_storable, rows))
        return cursor

    def among(self, column: str, values: Iterable[object]) -> tuple[str, object]:
        return f"{column} = ANY(?)", list(values)

    def last_number(self, table: str, key: str) -> int:
        query = f"SELECT last_value, is_called FROM {table}_{key}_seq"  # noqa: S608
        ((last, is_used),) = self.execute(query).fetchall()
        return int(last) if is_used else 0

    def go_on_after(self, table: str, key: str, last: int) -> None:
        self.execute(
            "SELECT setval(?::regclass, ?, ?)", (f"{table}_{key}_seq", last or 1, last > 0)
        )

    def put_words(self, texts: Sequence[tuple[int, str]]) -> None:
        lexemes.put(self, self._counts, texts)

    def drop_words(self, article_id: str) -> None:
        lexemes.drop(self, self._counts, article_id)

    def has_words(self, known: Sequence[tuple[int, str]]) -> bool:
        return lexemes.are_put(self, known)

    def put_context(self, n: int, words: Iterable[str]) -> None:
        found = sorted(words)
        self.execute("INSERT INTO context_words VALUES (?,?)", (n, found))
        self.execute(
            "INSERT INTO context_counts AS c SELECT word, 1 FROM unnest(?::text[]) AS word"
            " ON CONFLICT (word) DO UPDATE SET n = c.n + 1",
            (found,),
        )

    def drop_context(self, n: int, words: Iterable[str]) -> None:
        found = sorted(words)
        self.execute("DELETE FROM context_words WHERE n = ?", (n,))
        self.execute("UPDATE context_counts SET n = n - 1 WHERE word = ANY(?)", (found,))
        self.execute("DELETE FROM context_counts WHERE n = 0 AND word = ANY(?)", (found,))

    def clear_contexts(self) -> None:
        self.execute("DELETE FROM context_words")
        self.execute("DELETE FROM context_counts")

    def articles_with_words(self, groups: Sequence[Sequence[str]]) -> Iterator[str]:
        which = " AND ".join(["w.found && ?::text[]"] * len(groups))
        query = f"""
            SELECT c.article_id FROM context_words AS w JOIN contexts AS c ON c.n = w.n
            WHERE {which}"""  # noqa: S608 (no words of anybody's in it)
        yield from (article_id for (article_id,) in self.execute(query, [*map(list, groups)]))

    def count_articles_with_word(self, word: str) -> int:
        query = "SELECT n FROM context_counts WHERE word = ?"
        row = self.execute(query, (word,)).fetchone()
        return int(row[0]) if row else 0

    def words_beginning(self, first: str) -> Iterator[str]:
        query = "SELECT word FROM context_counts WHERE starts_with(word, ?)"
        yield from (word for (word,) in self.execute(query, (first,)))

    def put_vectors(self, found: Sequence[tuple[int, bytes, int]]) -> None:
        self.executemany(
            "INSERT INTO vectors VALUES (?,?,?)",
            [
                (id_, Vector(np.frombuffer(vector, dtype="<f4")), seal)
                for id_, vector, seal in found
            ],
        )

    def vectors(self, passage_ids: Sequence[int]) -> Iterator[tuple[int, object, int]]:
        query = b"SELECT passage_id, vector, seal FROM vectors WHERE passage_id = ANY(%s)"
        for passage_id, vector, seal in self._plain.execute(
            query, (list(passage_ids),), binary=True
        ):
            yield passage_id, vector.to_numpy().astype("<f4").tobytes(), seal


def prepare(plain: Plain) -> None:
    """Let a new connection know pgvector's type, where the database has it."""
    if plain.execute("SELECT to_regtype('vector')").fetchone() != (None,):
        register_vector(plain)


def _ours(statement: str) -> bytes:
    """The statement as psycopg wants it; none of ours has a percent sign."""
    return statement.replace("?", "%s").encode()


def _storable(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values without the one character that PostgreSQL's texts cannot have; no article has."""
    return tuple(map(_without_nul, values))


def _without_nul(value: Any) -> Any:  # noqa: ANN401 -- of any type that a column may have
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
