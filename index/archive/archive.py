"""The archive: a folder with `archive.sqlite3`, the truth, and a vector file derived from it.

Whatever is written is written in one transaction an article: a crash at any moment leaves the
article as before or after, never between. Knows nothing of models, questions or how an article
came to be.
"""

import contextlib
import secrets
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from index.archive import corrections, rows, structure, versions
from index.archive.embedder import full_name
from index.archive.log import STATE, check_log, next_state, number_of
from index.archive.making import ArchiveMismatch, check, first_state, make, make_folder, not_found
from index.archive.rows import ArticleSummary
from index.archive.seals import ArticleDamaged
from index.archive.search import having, search_articles, search_passages
from index.archive.tables import (
    ArchiveBusy,
    ArchiveFull,
    ArchiveGone,
    ArchiveUnwritable,
    Connection,
    Database,
)
from index.archive.vectors import Stamp, VectorIndex, discard, stacked
from index.archive.versions import EarlierVersion
from index.corrections import Correction, Corrections
from index.schema import Analysis, Article, Hit, Person, Sentence, Statement

FILE = "archive.sqlite3"
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Gone:
    """How much of an article there was when it was removed."""

    sentences: int
    people: int
    statements: int
    passages: int
    versions: int  # earlier ones


class Archive:
    """An open archive; safe to share between threads, and with other processes.

    Where its file is replaced, as by a backup, what comes after is of the new one.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder.absolute()
        self._database = database
        # FAISS may not be searched while it is changed.
        self._index_lock = threading.Lock()
        self._index: VectorIndex | None = None
        # Which file and which archive it holds the vectors of.
        self._index_of: tuple[object, ...] = ()
        self._index_generation = 0
        # Those in force, with the generation that they are of.
        self._put_right: tuple[int, Corrections] = (-1, Corrections())
        self._wrote = False
        with database.reading() as connection:
            self.embedder = rows.meta(connection)["embedder"]
        # Whatever comes into its place has to be of the same one.
        database.afterwards = partial(check, folder=folder, embedder=self.embedder)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, embedder: str | None = None) -> Self:
        """The archive in `folder`; `embedder` names the model, if it matters to the caller."""
        path = folder / FILE
        if create:
            make_folder(folder)
            with Database.at(path, beforehand=check_log) as database:
                make(database, full_name(embedder))
        elif not path.is_file():
            raise not_found(folder)
        return cls.of_file(path, embedder)

    @classmethod
    def of_file(cls, path: Path, embedder: str | None = None) -> Self:
        """The archive in a file of any name, such as a backup."""
        database = Database(path, beforehand=check_log)
        try:
            with database.reading() as connection:
                check(connection, folder=path.parent, embedder=embedder)
            return cls(path.parent, database)
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
                with contextlib.suppress(OSError, ArchiveGone):
                    self._save_index()
        finally:
            self._database.close()

    @property
    def generation(self) -> int:
        """Another number after each committed change, by whichever process."""
        with self._database.reading() as connection:
            return number_of(rows.meta(connection)[STATE])

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything this thread reads inside is of one moment, whatever is written meanwhile."""
        with self._database.reading():
            yield

    # --- writing

    def holds(self, article: Article) -> bool:
        """Whether the archive has this very article, sound: same id, text and details."""
        try:
            return self.verify(article.id) == article
        except ArticleDamaged:
            return False

    def add(
        self, article: Article, analysis: Analysis, vectors: NDArray[np.float32]
    ) -> Literal["added", "replaced"]:
        """Put in an article; a vector for each passage, in order.

        What stood in its place with another text or title becomes an earlier version of it.
        """
        if vectors.ndim != 2 or len(vectors) != len(analysis.passages):
            raise ValueError(f"{len(analysis.passages)} passages, vectors of {vectors.shape}")
        with self._changing() as connection:
            if len(vectors):
                self._check_dimension(connection, vectors.shape[1])
            corrections.carry_over(connection, article)
            versions.keep(connection, article)
            replaced = any(self._delete(connection, article.id).values())
            rows.insert(connection, article, analysis, vectors)
        return "replaced" if replaced else "added"

    def remove(self, article_id: str) -> Gone | None:
        """Take an article with its earlier versions out of every table, index and file.

        What went with it; None if it was not there.
        """
        with self._database.reading() as connection:
            if not rows.has(connection, article_id):
                return None
        with self._changing() as connection:
            gone = self._delete(connection, article_id)
            del gone["articles"]
            return Gone(**gone, versions=versions.delete(connection, article_id))

    def forget_versions(self, article_id: str) -> int:
        """Take out an article's earlier versions, and leave the article; how many there were."""
        with self._database.reading() as connection:
            if not versions.every(connection, article_id):
                return 0
        with self._changing() as connection:
            rows.set_meta(connection, untidy="1")
            return versions.delete(connection, article_id)

    def correct(self, correction: Correction) -> None:
        """Keep a correction, in place of one on the very same thing."""
        with self._changing() as connection:
            corrections.put(connection, correction)

    def take_back(self, correction_id: str) -> bool:
        """Forget a correction: what was derived holds again; whether it was there."""
        if not any(made.id == correction_id for made in self.corrections()):
            return False
        with self._changing() as connection:
            return corrections.take_out(connection, correction_id)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Connection]:
        with self._database.writing() as connection:
            yield connection
            _mark(connection, secrets.randbits(63))
            self._wrote = True

    def _delete(self, connection: Connection, article_id: str) -> dict[str, int]:
        gone = rows.delete(connection, article_id)
        if any(gone.values()):
            rows.set_meta(connection, untidy="1")
            # Before the end, so that no crash leaves the vectors in a file that nobody rewrites.
            discard(self._vector_file)
        return gone

    def _check_dimension(self, connection: Connection, dimension: int) -> None:
        known = rows.meta(connection).get("dimension")
        if known is None:
            rows.set_meta(connection, dimension=str(dimension))
        elif int(known) != dimension:
            raise ArchiveMismatch(
                f"The archive in {self.folder} holds vectors of {known} numbers, not {dimension}: "
                f"another embedder than its own ({self.embedder}) made these."
            )

    def tidy(self) -> bool:
        """Wipe what was removed from the file; whether nothing hindered it.

        No room on the disk does, or somebody who reads: it is left to the next one then.
        """
        try:
            return self._is_tidy() or self._wipe()
        except (ArchiveBusy, ArchiveFull, ArchiveGone, ArchiveUnwritable):
            return False

    def _is_tidy(self) -> bool:
        with self._database.reading() as connection:
            return "untidy" not in rows.meta(connection)

    def _wipe(self) -> bool:
        with self._database.writing() as connection:
            _mark(connection)
            # The word index only marks what is deleted, until it is merged.
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        if not self._database.empty_log():
            return False
        with self._database.writing() as connection:
            _mark(connection)
            connection.execute("DELETE FROM meta WHERE name = 'untidy'")
        return True

    # --- reading

    def article(self, article_id: str) -> Article | None:
        """The article of that id, its details as people put them right."""
        with self._database.reading() as connection:
            found = rows.article(connection, article_id)
            return found and self._in_force(connection).article(found)

    def as_read(self, article_id: str) -> Article | None:
        """The article as it was put in, nothing put right."""
        with self._database.reading() as connection:
            return rows.article(connection, article_id)

    def versions(self, article_id: str) -> tuple[EarlierVersion, ...]:
        """What stood in the article's place before, the newest first; nothing else gives it."""
        with self._database.reading() as connection:
            return versions.every(connection, article_id)

    def added_at(self, article_id: str) -> str:
        """When an article that is there was put in as it is: ISO 8601, UTC."""
        with self._database.reading() as connection:
            return rows.added_at(connection, article_id)

    def verify(self, article_id: str) -> Article | None:
        """The article, once all that is kept of it was read; raises ArticleDamaged."""
        with self._database.reading() as connection:
            return rows.verify(connection, article_id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """All articles, newest first, those without a date last; as people put them right."""
        with self._database.reading() as connection:
            found = rows.articles(connection)
            put_right = self._in_force(connection)
            if not put_right.detailed:
                return found
            return rows.in_order(
                corrections.detailed(connection, put_right, each) for each in found
            )

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """The sentences of an article, in order."""
        with self._database.reading() as connection:
            return rows.sentences(connection, article_id)

    def statements(self, article_id: str) -> tuple[Statement, ...]:
        """The statements of an article in order, as people put them right."""
        with self._database.reading() as connection:
            put_right = self._in_force(connection)
            return corrections.corrected(
                connection, put_right, article_id, rows.statements(connection, article_id)
            )

    def all_statements(self) -> tuple[tuple[str, Statement], ...]:
        """(article id, statement) for every statement of the archive, as people put them right."""
        with self._database.reading() as connection:
            put_right = self._in_force(connection)
            return tuple(
                (id_, statement)
                for id_, group in groupby(rows.all_statements(connection), itemgetter(0))
                for statement in corrections.corrected(
                    connection, put_right, id_, [s for _, s in group]
                )
            )

    def people(self) -> tuple[tuple[str, Person], ...]:
        """(article id, person) for everybody the articles speak of, as people put them right."""
        with self._database.reading() as connection:
            return self._in_force(connection).people(rows.people(connection))

    def aliases(self) -> dict[str, str]:
        """Names that are another's by a correction, folded, and whose they are."""
        with self._database.reading() as connection:
            return self._in_force(connection).aliases

    def derived(self, article_id: str) -> tuple[Statement, ...]:
        """The statements of an article as they were found, nothing put right."""
        with self._database.reading() as connection:
            return rows.statements(connection, article_id)

    def corrections(self) -> tuple[Correction, ...]:
        """All that was put right by hand, the oldest first, in force or not."""
        with self._database.reading() as connection:
            return corrections.every(connection)

    def _in_force(self, connection: Connection) -> Corrections:
        generation = number_of(rows.meta(connection)[STATE])
        known, put_right = self._put_right
        if known != generation:
            put_right = corrections.in_force(connection)
            self._put_right = generation, put_right
        return put_right

    # --- searching

    def search_words(
        self, query: str, k: int, articles: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` best passages by BM25, as (passage id, score); any word of the query counts.

        Of these `articles` alone, where given.
        """
        with self._database.reading() as connection:
            return search_passages(connection, query, k, articles)

    def search_articles(self, query: str, *, beginnings: bool = False) -> list[str]:
        """The ids of all articles that have every word of the query, best first.

        With `beginnings` it is enough that a word begins so.
        """
        with self._database.reading() as connection:
            return search_articles(connection, query, beginnings=beginnings)

    def having(self, words: str, most: int = 100) -> list[str]:
        """The ids of articles that have these words one after another; see `search.having`."""
        with self._database.reading() as connection:
            return having(connection, words, most)

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, articles: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest passages by inner product, as (passage id, score).

        Of these `articles` alone, where given.
        """
        with self._database.reading() as connection, self._index_lock:
            index = self._synced(connection)
            if not index:
                return []
            among = None if articles is None else rows.passage_ids(connection, articles)
            return index.search(vector, k, among)

    def hits(self, scored: Sequence[tuple[int, float]]) -> list[Hit]:
        """The passages of these ids, in their order; those removed meanwhile are left out."""
        with self._database.reading() as connection:
            return rows.hits(connection, scored)

    # --- looking after it

    def ids(self) -> tuple[str, ...]:
        """The ids of all articles, sound or not."""
        with self._database.reading() as connection:
            return rows.ids(connection)

    def lost(self) -> tuple[str, ...]:
        """The ids of articles of which only rows in other tables are left."""
        with self._database.reading() as connection:
            return rows.lost(connection)

    def faults(self) -> list[str]:
        """What is wrong with the structure of the tables, and cannot be made again; a line each."""
        with self._database.reading() as connection:
            return structure.faults(connection)

    def mend_indexes(self) -> list[str]:
        """Make again the indexes that do not fit their tables; a line for each thing done."""
        with self._database.writing() as connection:
            done = structure.mend(connection)
            if done:
                _mark(connection, secrets.randbits(63))
                self._wrote = True
        return done

    def drop_damaged(self, kind: Literal["corrections", "versions"]) -> int:
        """Take out corrections, or earlier versions, that are not as they were put in; how many."""
        tables = {
            "corrections": (corrections.damaged, corrections.drop_damaged),
            "versions": (versions.damaged, versions.drop_damaged),
        }
        damaged, drop_damaged = tables[kind]
        with self._database.reading() as connection:
            if not damaged(connection):
                return 0
        with self._changing() as connection:
            return drop_damaged(connection)

    def copy_to(self, path: Path) -> None:
        """Write all that there is at this moment into a file of its own; its state is a new one."""
        path.unlink(missing_ok=True)
        with Database.at(path) as copy:
            copy.fill_from(self._database)
            with copy.writing() as connection:
                rows.set_meta(connection, archive=uuid.uuid4().hex, **first_state())

    # --- the derived vector index

    @property
    def _vector_file(self) -> Path:
        return self.folder / "vectors.faiss"

    def _synced(self, connection: Connection) -> VectorIndex | None:
        """The index as of now, or None before the first vector came in."""
        meta = rows.meta(connection)
        if "dimension" not in meta:
            return None
        generation, dimension = number_of(meta[STATE]), int(meta["dimension"])
        of = (connection.file[:2], meta["archive"])
        if self._index is None or self._index_of != of:
            stamp = Stamp(meta["archive"], self.embedder, generation)
            self._index, self._index_of = VectorIndex.load(self._vector_file, stamp, dimension), of
            self._index_generation = 0
        if self._index_generation != generation:
            _sync(self._index, connection, dimension)
            self._index_generation = generation
        return self._index

    def _save_index(self) -> None:
        with self._database.reading() as connection, self._index_lock:
            index = self._synced(connection)
            if index:
                stamp = Stamp(str(self._index_of[1]), self.embedder, self._index_generation)
                index.save(self._vector_file, stamp)


def _sync(index: VectorIndex, connection: Connection, dimension: int) -> None:
    """Bring the index to what the tables hold, be they newer or (in a snapshot) older than it."""
    # Not from the table of vectors: its rows are long, and all would be read for their ids.
    rows_ = connection.execute("SELECT id FROM passages").fetchall()
    ids = np.array([i for (i,) in rows_], dtype=np.int64)
    index.keep_only(ids)
    new = np.setdiff1d(ids, index.ids)
    for start in range(0, len(new), _CHUNK):
        chunk = new[start : start + _CHUNK].tolist()
        index.add(*stacked(rows.vectors(connection, chunk), dimension))


def _mark(connection: Connection, state: int | None = None) -> None:
    """Write the state that a change leads to, if only once more: a log is known by it."""
    now = rows.meta(connection)[STATE]
    # Random rather than counted: a backup put back in place never looks like what it replaced, so
    # nothing derived from the one is taken for the other's.
    after = now if state is None else next_state(number_of(now), state)
    rows.set_meta(connection, **{STATE: after})
