"""What an archive asks of the engine that keeps it: transactions, rows, search; nothing else.

What is kept, in which rows, with which sums and under which laws is the same in every engine
(`rows`, `corrections`, `versions`, `archive`). Their SQL is what all engines speak: `?` for a
value, and the few methods of a `Connection` where they differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.archive.address import Address
from index.schema import VerbatimError

# (passage id, score), best first.
Scored = list[tuple[int, float]]


class NotHere(VerbatimError):
    """What this engine leaves to others."""


class Cursor(Protocol):
    """What a statement found or did."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchone(self) -> Any:  # noqa: ANN401 -- a row is what its statement asks for
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A transaction of the archive's database."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Cursor:
        """Do one statement."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> Cursor:
        """Do a statement with each of these rows of values."""

    def among(self, column: str, values: Iterable[object]) -> tuple[str, object]:
        """SQL for `column IN values`, and the one parameter to bind to it."""

    def last_number(self, table: str, key: str) -> int:
        """The highest number that a row of a table ever had; 0 before the first."""

    def go_on_after(self, table: str, key: str, last: int) -> None:
        """Give no row of a table that number or a lower one any more."""

    def put_words(self, texts: Sequence[tuple[int, str]]) -> None:
        """Let each passage be found by the words of its text."""

    def drop_words(self, article_id: str) -> None:
        """Let the passages of an article be found by no word, before they are deleted."""

    def has_words(self, known: Sequence[tuple[int, str]]) -> bool:
        """Whether each passage is found by the words of its text, and by no others."""

    def put_context(self, n: int, words: Iterable[str]) -> None:
        """Let an article be found by each of its words alone; `n` is its number in `contexts`."""

    def drop_context(self, n: int, words: Iterable[str]) -> None:
        """Let it be found by none of them any more: they have to be all that it was put in with."""

    def clear_contexts(self) -> None:
        """Let no article be found by any word alone."""

    def articles_with_words(self, groups: Sequence[Sequence[str]]) -> Iterator[str]:
        """The ids of the articles that have a word of each of these groups."""

    def count_articles_with_word(self, word: str) -> int:
        """How many articles have a word."""

    def words_beginning(self, first: str) -> Iterator[str]:
        """All words of articles that begin with these letters."""

    def put_vectors(self, found: Sequence[tuple[int, bytes, int]]) -> None:
        """Keep vectors, (passage id, vector, seal): little-endian, four bytes a number."""

    def vectors(self, passage_ids: Sequence[int]) -> Iterator[tuple[int, object, int]]:
        """(passage id, vector, seal) of each that is there; a sound vector is bytes as above."""


class Engine(Protocol):
    """Where an archive is kept, and how it is searched. Safe to share between threads."""

    @property
    def address(self) -> Address:
        """Where the archive is."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Everything read inside is of one moment; nested, of the outermost's."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Everything written inside is kept, or nothing of it; one at a time."""

    def close(self, *, wrote: bool) -> None:
        """Close; after changes, bring into order what is derived."""

    def follow(self) -> None:
        """After each change: let what is derived not fall far behind."""

    def make_room_for(self, dimension: int) -> None:
        """Within the transaction in which the first vector comes: so long will all be."""

    def forget_vectors(self) -> None:
        """Within the transaction that deletes an article: nothing derived may keep its vectors."""

    def best_passages(
        self, terms: Sequence[str], k: int, articles: frozenset[str] | None
    ) -> Scored:
        """The `k` best passages by BM25 that have any of the terms; of these articles alone."""

    def articles_with(self, term: str, *, beginnings: bool) -> dict[str, float]:
        """The articles that have a term, or one beginning so, with its best passage's score."""

    def articles_having(self, terms: Sequence[str], most: int) -> list[str]:
        """The ids of up to `most` articles that have these terms one after another."""

    def nearest(
        self, vector: NDArray[np.float32], k: int, articles: frozenset[str] | None
    ) -> Scored:
        """The `k` nearest passages by inner product; of these articles alone."""

    def faults(self) -> list[str]:
        """What is wrong with the structure of the tables, and cannot be made again; a line each."""

    def mend(self) -> list[str]:
        """Make again the indexes that do not fit their tables; a line for each thing done."""

    def wipe(self, *, thoroughly: bool) -> bool:
        """Wipe from the disk what was deleted, and take out the note `untidy`; whether it could.

        Unless `thoroughly`, what would keep people waiting for long is left for later.
        """

    def copy_to(self, path: Path) -> None:
        """Write all that there is at this moment into a file of the embedded engine."""
