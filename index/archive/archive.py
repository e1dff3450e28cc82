"""The archive: a folder with `archive.sqlite3`, the truth, and a vector file derived from it.

Whatever is written is written in one transaction an article: a crash at any moment leaves the
article as before or after, never between. Knows nothing of models, questions or how an article
came to be.
"""

import contextlib
import json
import secrets
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from index.archive import rows
from index.archive.embedder import full_name
from index.archive.rows import ArticleSummary
from index.archive.search import search_articles, search_passages
from index.archive.tables import FORMAT, Connection, Database, create_tables, table_names
from index.archive.vectors import Stamp, VectorIndex, discard, stacked
from index.schema import (
    Analysis,
    Article,
    Hit,
    Person,
    Sentence,
    Statement,
    VerbatimError,
)

_CHUNK = 10_000
_NEW = "python -m index add --archive NEW_FOLDER PATH..."


class ArchiveNotFound(VerbatimError):
    """There is no archive in the folder."""


class ArchiveMismatch(VerbatimError):
    """The archive was made by another embedder or another version of this program."""


class Archive:
    """An open archive; safe to share between threads, and with other processes."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder.absolute()
        self._database = database
        # FAISS may not be searched while it is changed.
        self._index_lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._index_generation = 0
        self._wrote = False
        with database.reading() as connection:
            meta = _meta(connection)
        self._uuid = meta["archive"]
        self.embedder = meta["embedder"]

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, embedder: str | None = None) -> Self:
        """The archive in `folder`; `embedder` names the model, if it matters to the caller."""
        path = folder / "archive.sqlite3"
        if create:
            _make_folder(folder)
        elif not path.is_file():
            raise _not_found(folder)
        database = Database(path)
        try:
            if create:
                _create(database, full_name(embedder))
            _check(database, folder, embedder)
            return cls(folder, database)
        except BaseException:
            database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close; after changes, wipe what was removed and write the vector file."""
        wrote, self._wrote = self._wrote, False
        try:
            if wrote:
                self.tidy()
                # Only derived: where it cannot be written, the next one to open does without.
                with contextlib.suppress(OSError):
                    self._save_index()
        finally:
            self._database.close()

    @property
    def generation(self) -> int:
        """Another number after each committed change, by whichever process."""
        with self._database.reading() as connection:
            return int(_meta(connection)["generation"])

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything this thread reads inside is of one moment, whatever is written meanwhile."""
        with self._database.reading():
            yield

    # --- writing

    def holds(self, article: Article) -> bool:
        """Whether the archive has this very article: same id, text and details."""
        return self.article(article.id) == article

    def add(
        self, article: Article, analysis: Analysis, vectors: NDArray[np.float32]
    ) -> Literal["added", "replaced"]:
        """Put in an article, in place of an older version; a vector for each passage, in order."""
        if vectors.ndim != 2 or len(vectors) != len(analysis.passages):
            raise ValueError(f"{len(analysis.passages)} passages, vectors of {vectors.shape}")
        with self._changing() as connection:
            if len(vectors):
                self._check_dimension(connection, vectors.shape[1])
            replaced = self._delete(connection, article.id)
            rows.insert(connection, article, analysis, vectors)
        return "replaced" if replaced else "added"

    def remove(self, article_id: str) -> bool:
        """Take an article out of every table, index and file; whether it was there."""
        if self.article(article_id) is None:
            return False
        with self._changing() as connection:
            return self._delete(connection, article_id)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Connection]:
        with self._database.writing() as connection:
            yield connection
            # Random rather than counted: a backup put back in place never looks like what it
            # replaced, so nothing derived from the one is taken for the other's.
            _set_meta(connection, generation=str(secrets.randbits(63)))
            self._wrote = True

    def _delete(self, connection: Connection, article_id: str) -> bool:
        there = rows.delete(connection, article_id)
        if there:
            _set_meta(connection, untidy="1")
            # Before the end, so that no crash leaves the vectors in a file that nobody rewrites.
            discard(self._vector_file)
        return there

    def _check_dimension(self, connection: Connection, dimension: int) -> None:
        known = _meta(connection).get("dimension")
        if known is None:
            _set_meta(connection, dimension=str(dimension))
        elif int(known) != dimension:
            raise ArchiveMismatch(
                f"The archive in {self.folder} holds vectors of {known} numbers, not {dimension}: "
                f"another embedder than its own ({self.embedder}) made these."
            )

    def tidy(self) -> None:
        """Wipe what was removed from the file; what hinders it is left to the next one to close."""
        with self._database.writing() as connection:
            if "untidy" not in _meta(connection):
                return
            # The word index only marks what is deleted, until it is merged.
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        if self._database.empty_log():
            with self._database.writing() as connection:
                connection.execute("DELETE FROM meta WHERE name = 'untidy'")

    # --- reading

    def article(self, article_id: str) -> Article | None:
        """The article of that id."""
        with self._database.reading() as connection:
            return rows.article(connection, article_id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """All articles, newest first; those without a date last."""
        with self._database.reading() as connection:
            return rows.articles(connection)

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """The sentences of an article, in order."""
        with self._database.reading() as connection:
            return rows.sentences(connection, article_id)

    def statements(self, article_id: str) -> tuple[Statement, ...]:
        """The statements of an article, in order."""
        with self._database.reading() as connection:
            return rows.statements(connection, article_id)

    def all_statements(self) -> tuple[tuple[str, Statement], ...]:
        """(article id, statement) for every statement of the archive."""
        with self._database.reading() as connection:
            return rows.all_statements(connection)

    def people(self) -> tuple[tuple[str, Person], ...]:
        """(article id, person) for everybody the articles speak of."""
        with self._database.reading() as connection:
            return rows.people(connection)

    # --- searching

    def search_words(self, query: str, k: int) -> list[tuple[int, float]]:
        """The `k` best passages by BM25, as (passage id, score); any word of the query counts."""
        with self._database.reading() as connection:
            return search_passages(connection, query, k)

    def search_articles(self, query: str) -> list[str]:
        """The ids of all articles that have every word of the query, best first."""
        with self._database.reading() as connection:
            return search_articles(connection, query)

    def search_vectors(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The `k` nearest passages by inner product, as (passage id, score)."""
        with self._database.reading() as connection, self._index_lock:
            index = self._synced(connection)
            return index.search(vector, k) if index else []

    def hits(self, scored: Sequence[tuple[int, float]]) -> list[Hit]:
        """The passages of these ids, in their order; those removed meanwhile are left out."""
        with self._database.reading() as connection:
            return rows.hits(connection, scored)

    # --- the derived vector index

    @property
    def _vector_file(self) -> Path:
        return self.folder / "vectors.faiss"

    def _synced(self, connection: Connection) -> VectorIndex | None:
        """The index as of now, or None before the first vector came in."""
        meta = _meta(connection)
        if "dimension" not in meta:
            return None
        generation, dimension = int(meta["generation"]), int(meta["dimension"])
        if self._index is None:
            stamp = Stamp(self._uuid, self.embedder, generation)
            self._index = VectorIndex.load(self._vector_file, stamp, dimension)
        if self._index_generation != generation:
            _sync(self._index, connection, dimension)
            self._index_generation = generation
        return self._index

    def _save_index(self) -> None:
        with self._database.reading() as connection, self._index_lock:
            index = self._synced(connection)
            if index:
                stamp = Stamp(self._uuid, self.embedder, self._index_generation)
                index.save(self._vector_file, stamp)


def _sync(index: VectorIndex, connection: Connection, dimension: int) -> None:
    """Bring the index to what the tables hold, be they newer or (in a snapshot) older than it."""
    # Not from the table of vectors: its rows are long, and all would be read for their ids.
    rows_ = connection.execute("SELECT id FROM passages").fetchall()
    ids = np.array([i for (i,) in rows_], dtype=np.int64)
    index.keep_only(ids)
    new = np.setdiff1d(ids, index.ids)
    for start in range(0, len(new), _CHUNK):
        chunk = new[start : start + _CHUNK]
        found = connection.execute(
            "SELECT passage_id, vector FROM vectors WHERE passage_id IN"
            " (SELECT value FROM json_each(?))",
            (json.dumps(chunk.tolist()),),
        )
        index.add(*stacked(found, dimension))


def _meta(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, value FROM meta"))


def _set_meta(connection: Connection, **values: str) -> None:
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))


def _not_found(folder: Path) -> ArchiveNotFound:
    return ArchiveNotFound(
        f"There is no archive in {folder}. Make one: python -m index add --archive {folder} PATH..."
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveNotFound(f"No archive can be made in {folder}: {error.strerror}.") from error


def _create(database: Database, embedder: str) -> None:
    with database.writing() as connection:
        if table_names(connection):
            return
        create_tables(connection)
        _set_meta(
            connection,
            format=str(FORMAT),
            archive=uuid.uuid4().hex,
            embedder=embedder,
            generation=str(secrets.randbits(63)),
        )


def _check(database: Database, folder: Path, embedder: str | None) -> None:
    with database.reading() as connection:
        tables = table_names(connection)
        meta = _meta(connection) if "meta" in tables else {}
    if not tables:
        raise _not_found(folder)
    if meta.get("format") != str(FORMAT):
        raise ArchiveMismatch(
            f"The archive in {folder} was made by another version of this program (its format is "
            f"{meta.get('format', 'unknown')}, this one reads {FORMAT}). Make it anew: {_NEW}"
        )
    made_by = meta["embedder"]
    if embedder is not None and full_name(embedder) != made_by:
        raise ArchiveMismatch(
            f"The archive in {folder} was made with the embedder {made_by}; vectors of "
            f"{full_name(embedder)} cannot be compared with its own. Use --embedder {made_by}, "
            f"or make a new archive: {_NEW} --embedder {full_name(embedder)}"
        )
