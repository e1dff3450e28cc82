"""The archive: articles and all that is derived from them, under one set of laws in any engine.

Whatever is written is written in one transaction an article: a crash at any moment leaves the
article as before or after, never between. Knows nothing of models, questions or how an article
came to be, and of where it is kept only what `index.archive.engine` says.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Concatenate, Literal, ParamSpec, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.archive import correction_rows, registering, rows, version_rows
from index.archive.address import Address
from index.archive.articles_by_date import ArticlesByDate
from index.archive.copying import copy
from index.archive.embedded.engine import EmbeddedEngine
from index.archive.engine import Connection, Engine, Scored
from index.archive.errors import ArchiveMismatch, ArticleDamaged
from index.archive.opening import open_engine
from index.archive.register import Register
from index.archive.rows import ArticleSummary
from index.archive.search import having, search_articles, search_passages
from index.archive.state import generation, mark
from index.archive.version_rows import EarlierVersion
from index.corrections import Correction, Corrections
from index.reading.records import no_article
from index.schema import Analysis, Article, Hit, Person, Sentence, Statement

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gone:
    """How much of an article there was when it was removed."""

    sentences: int
    people: int
    statements: int
    passages: int
    versions: int  # earlier ones


class Archive:
    """An open archive; safe to share between threads, and with other processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Those in force, with the generation that they are of.
        self._put_right: tuple[int, Corrections] = (-1, Corrections())
        self.by_date = ArticlesByDate(engine, self._in_force)
        self._wrote = False
        with engine.reading() as connection:
            self.embedder = rows.meta(connection)["embedder"]

    @classmethod
    def open(cls, address: Address, *, create: bool = False, embedder: str | None = None) -> Self:
        """The archive at `address`; `embedder` names the model, if it matters to the caller."""
        return cls._of(open_engine(address, create=create, embedder=embedder))

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """The archive in a file of any name, such as a backup."""
        return cls._of(EmbeddedEngine(path))

    @classmethod
    def _of(cls, engine: Engine) -> Self:
        try:
            return cls(engine)
        except BaseException:
            engine.close(wrote=False)
            raise

    @property
    def address(self) -> Address:
        """Where it is."""
        return self._engine.address

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
        """Close; after changes, wipe what was removed and bring into order what is derived."""
        wrote, self._wrote = self._wrote, False
        self._engine.close(wrote=wrote)

    @property
    def generation(self) -> int:
        """Another number after each committed change, by whichever process."""
        return self._read(generation)

    def _read(
        self, find: Callable[Concatenate[Connection, P], T], *given: P.args, **more: P.kwargs
    ) -> T:
        with self._engine.reading() as connection:
            return find(connection, *given, **more)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything this thread reads inside is of one moment, whatever is written meanwhile."""
        with self._engine.reading():
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
            correction_rows.carry_over(connection, article)
            version_rows.keep(connection, article)
            replaced = any(self._delete(connection, article.id).values())
            rows.insert(connection, article, analysis, vectors)
            registering.register_articles(
                connection, [article.id], correction_rows.in_force(connection)
            )
        return "replaced" if replaced else "added"

    def remove(self, article_id: str) -> Gone | None:
        """Take an article with its earlier versions out of every table, index and file.

        What went with it; None if it was not there.
        """
        with self._engine.reading() as connection:
            if not rows.has(connection, article_id):
                return None
        with self._changing() as connection:
            gone = self._delete(connection, article_id)
            registering.unregister_article(connection, article_id)
            del gone["articles"]
            return Gone(**gone, versions=version_rows.delete(connection, article_id))

    def forget_versions(self, article_id: str) -> int:
        """Take out an article's earlier versions, and leave the article; how many there were."""
        with self._engine.reading() as connection:
            if not version_rows.every(connection, article_id):
                return 0
        with self._changing() as connection:
            rows.set_meta(connection, untidy="1")
            return version_rows.delete(connection, article_id)

    def correct(self, correction: Correction) -> None:
        """Keep a correction, in place of one on the very same thing."""
        with self._changing() as connection, self._followed(connection):
            correction_rows.put(connection, correction)

    def take_back(self, correction_id: str) -> bool:
        """Forget a correction: what was derived holds again; whether it was there."""
        if not any(made.id == correction_id for made in self.corrections()):
            return False
        with self._changing() as connection, self._followed(connection):
            return correction_rows.take_out(connection, correction_id)

    @contextlib.contextmanager
    def _followed(self, connection: Connection) -> Iterator[None]:
        """Let the lists of who is who follow the corrections that are changed inside."""
        before = correction_rows.in_force(connection)
        yield
        registering.register_corrected(connection, before, correction_rows.in_force(connection))

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Connection]:
        with self._engine.writing() as connection:
            yield connection
            mark(connection)
            self._wrote = True
        self._engine.follow()

    def _delete(self, connection: Connection, article_id: str) -> dict[str, int]:
        gone = rows.delete(connection, article_id)
        if any(gone.values()):
            rows.set_meta(connection, untidy="1")
            # Before the end, so that no crash leaves the vectors where nobody takes them out.
            self._engine.forget_vectors()
        return gone

    def _check_dimension(self, connection: Connection, dimension: int) -> None:
        known = rows.meta(connection).get("dimension")
        if known is None:
            rows.set_meta(connection, dimension=str(dimension))
            self._engine.make_room_for(dimension)
        elif int(known) != dimension:
            raise ArchiveMismatch(
                f"The archive in {self.address} holds vectors of {known} numbers, not {dimension}: "
                f"another embedder than its own ({self.embedder}) made these."
            )

    def tidy(self, *, thoroughly: bool = False) -> bool:
        """Wipe what was removed from the disk; whether nothing hindered it.

        No room on the disk does, or somebody who reads: it is left to the next one then. Unless
        `thoroughly`, so is what would keep people waiting for long.
        """
        return self._engine.wipe(thoroughly=thoroughly)

    # --- reading

    def article(self, article_id: str) -> Article | None:
        """The article of that id, its details as people put them right."""
        with self._engine.reading() as connection:
            found = rows.article(connection, article_id)
            return found and self._in_force(connection).article(found)

    def required(self, article_id: str) -> Article:
        """The same; raises NotFound if there is none."""
        article = self.article(article_id)
        if article is None:
            raise no_article(article_id)
        return article

    def as_read(self, article_id: str) -> Article | None:
        """The article as it was put in, nothing put right."""
        return self._read(rows.article, article_id)

    def versions(self, article_id: str) -> tuple[EarlierVersion, ...]:
        """What stood in the article's place before, the newest first; nothing else gives it."""
        return self._read(version_rows.every, article_id)

    def added_at(self, article_id: str) -> str:
        """When an article that is there was put in as it is: ISO 8601, UTC."""
        return self._read(rows.added_at, article_id)

    def verify(self, article_id: str) -> Article | None:
        """The article, once all that is kept of it was read; raises ArticleDamaged."""
        return self._read(rows.verify, article_id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """All articles, newest first, those without a date last; as people put them right."""
        with self._engine.reading() as connection:
            found = rows.articles(connection)
            put_right = self._in_force(connection)
            if not put_right.detailed:
                return found
            return rows.newest_first(
                correction_rows.detailed(connection, put_right, each) for each in found
            )

    def count(self) -> int:
        """How many articles there are."""
        return self._read(rows.count)

    def summaries(self, article_ids: Sequence[str]) -> tuple[ArticleSummary, ...]:
        """The summaries of the articles that are there, in the order of the ids; as put right."""
        with self._engine.reading() as connection:
            put_right = self._in_force(connection)
            found = rows.summaries(connection, article_ids)
            return tuple(correction_rows.detailed(connection, put_right, each) for each in found)

    def people_of(self, article_id: str) -> tuple[Person, ...]:
        """Everybody an article speaks of, as people put them right."""
        with self._engine.reading() as connection:
            found = [(article_id, each) for each in rows.people_in(connection, article_id)]
            people = self._in_force(connection).people(found)
            return tuple(person for id_, person in people if id_ == article_id)

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """The sentences of an article, in order."""
        return self._read(rows.sentences, article_id)

    def statements(self, article_id: str) -> tuple[Statement, ...]:
        """The statements of an article in order, as people put them right."""
        with self._engine.reading() as connection:
            put_right = self._in_force(connection)
            return correction_rows.corrected(
                connection, put_right, article_id, rows.statements(connection, article_id)
            )

    def all_statements(self) -> tuple[tuple[str, Statement], ...]:
        """(article id, statement) for every statement of the archive, as people put them right."""
        with self._engine.reading() as connection:
            put_right = self._in_force(connection)
            return tuple(
                (id_, statement)
                for id_, group in groupby(rows.all_statements(connection), itemgetter(0))
                for statement in correction_rows.corrected(
                    connection, put_right, id_, [s for _, s in group]
                )
            )

    def people(self) -> tuple[tuple[str, Person], ...]:
        """(article id, person) for everybody the articles speak of, as people put them right."""
        with self._engine.reading() as connection:
            return self._in_force(connection).people(rows.people(connection))

    def aliases(self) -> dict[str, str]:
        """Names that are another's by a correction, folded, and whose they are."""
        with self._engine.reading() as connection:
            return self._in_force(connection).aliases

    def register(self) -> Register:
        """Who is who in the state that is read, to be asked within the same snapshot."""
        with self._engine.reading() as connection:
            return Register(self._engine, generation(connection), self.aliases())

    def derived(self, article_id: str) -> tuple[Statement, ...]:
        """The statements of an article as they were found, nothing put right."""
        return self._read(rows.statements, article_id)

    def corrections(self) -> tuple[Correction, ...]:
        """All that was put right by hand, the oldest first, in force or not."""
        return self._read(correction_rows.every)

    def _in_force(self, connection: Connection) -> Corrections:
        now = generation(connection)
        known, put_right = self._put_right
        if known != now:
            put_right = correction_rows.in_force(connection)
            self._put_right = now, put_right
        return put_right

    # --- searching

    def search_words(self, query: str, k: int, articles: frozenset[str] | None = None) -> Scored:
        """The `k` best passages by BM25, as (passage id, score); any word of the query counts.

        Of these `articles` alone, where given.
        """
        return search_passages(self._engine, query, k, articles)

    def search_articles(self, query: str, *, beginnings: bool = False) -> list[str]:
        """The ids of all articles that have every word of the query, best first.

        With `beginnings` it is enough that a word begins so.
        """
        return search_articles(self._engine, query, beginnings=beginnings)

    def having(self, words: str, most: int = 100) -> list[str]:
        """The ids of articles that have these words one after another; see `search.having`."""
        return having(self._engine, words, most)

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, articles: frozenset[str] | None = None
    ) -> Scored:
        """The `k` nearest passages by inner product, as (passage id, score).

        Of these `articles` alone, where given.
        """
        return self._engine.nearest(vector, k, articles)

    def hits(self, scored: Sequence[tuple[int, float]]) -> list[Hit]:
        """The passages of these ids, in their order; those removed meanwhile are left out."""
        return self._read(rows.hits, scored)

    # --- looking after it

    def ids(self) -> tuple[str, ...]:
        """The ids of all articles, sound or not."""
        return self._read(rows.ids)

    def lost(self) -> tuple[str, ...]:
        """The ids of articles of which only rows in other tables are left."""
        return self._read(rows.lost)

    def faults(self) -> list[str]:
        """What is wrong with the structure of the tables, and cannot be made again; a line each."""
        return self._engine.faults()

    def mend_indexes(self) -> list[str]:
        """Make again the indexes that do not fit their tables; a line for each thing done."""
        done = self._engine.mend()
        self._wrote = self._wrote or bool(done)
        with self._engine.reading() as connection:
            if registering.is_sound(connection):
                return done
        self.register_all()
        return [*done, "the lists of who is who were damaged: made again"]

    def register_all(self) -> None:
        """Make the lists of who is who again, by the rules of this version."""
        with self._changing() as connection:
            registering.register_all(connection)

    def drop_damaged(self, kind: Literal["corrections", "versions"]) -> int:
        """Take out corrections, or earlier versions, that are not as they were put in; how many."""
        damaged = {"corrections": correction_rows.damaged, "versions": version_rows.damaged}[kind]
        with self._engine.reading() as connection:
            if not damaged(connection):
                return 0
        with self._changing() as connection:
            numbers = damaged(connection)
            rows.delete_numbered(connection, kind, numbers)
            if kind == "corrections":
                registering.register_all(connection)
            return len(numbers)

    def copy_into(self, other: "Archive") -> int:
        """Copy all that there is into a new archive of any engine; how many articles.

        Raises NotEmpty if there is anything in it, and ArticleDamaged: nothing is copied then.
        """
        return copy(self._engine, other._engine)

    def copy_to(self, path: Path) -> None:
        """Write all that there is at this moment into a file of its own; its state is a new one."""
        self._engine.copy_to(path)
