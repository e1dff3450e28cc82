"""Articles and archives for tests that need no model; run as a program, a writer to be killed."""

import resource
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.attribution.people.identities import context_words
from index.document import analyse
from index.schema import Analysis, Article, Passage, Person, Sentence, Span
from tests.whole_register import WholeRegister

DIMENSION = 16
TABLES = ("sentences", "people", "statements", "passages")


def story(n: int, *, words: int = 1) -> Article:
    """An article with words that nobody else has; of one sentence where 9 divides its number."""
    lines = [f"“Word{n}x{k} matters,” said Ann Lee{n}. It rained on day {k}." for k in range(n % 9)]
    return Article(
        id=f"story-{n}",
        text="\n".join([f"Opening{n} of the story." * words, *lines]),
        title=f"Title {n}",
        published=f"2024-01-{n % 28 + 1:02}",
    )


def bare_passages(article_id: str, n: int) -> tuple[Article, Analysis]:
    """An article of so many passages, of nothing but a letter each."""
    sentences = tuple(Sentence(Span(2 * k, 2 * k + 1), k) for k in range(n))
    passages = tuple(Passage(s.span, (s,)) for s in sentences)
    return Article(article_id, "x " * n), Analysis(sentences, (), (), passages)


def directions(article: Article, analysis: Analysis) -> NDArray[np.float32]:
    """Unit vectors that are always the same for the same text."""
    seeds = [[int(article.version[:8], 16), n] for n in range(len(analysis.passages))]
    rows = [np.random.default_rng(seed).normal(size=DIMENSION) for seed in seeds]
    vectors = np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def put(archive: Archive, article: Article) -> str:
    """Add an article with such vectors."""
    analysis = analyse(article)
    return archive.add(article, analysis, directions(article, analysis))


def folder_of(archive: Archive) -> Path:
    """Where an archive of the embedded engine is."""
    assert isinstance(archive.address, Path)
    return archive.address


def everybody(archive: Archive) -> list[tuple[str, Person]]:
    """(article id, person) for all whom the articles speak of, and all who speak in them."""
    people = list(archive.people())
    named = {(article_id, person.name) for article_id, person in people}
    for article_id, statement in archive.all_statements():
        speaker = statement.speaker if statement.is_own else None
        if speaker and (article_id, speaker.name) not in named:
            named.add((article_id, speaker.name))
            people.append((article_id, Person(speaker.name, (speaker.name,))))
    return people


def gathered(archive: Archive) -> WholeRegister:
    """Who is who in an archive, gathered of everybody: what its tables have to come to."""
    found = filter(None, map(archive.article, archive.ids()))
    context = {a.id: context_words(f"{a.title or ''} {a.text}") for a in found}
    return WholeRegister(everybody(archive), context, archive.aliases())


def rows_of(folder: Path) -> dict[str, dict[str, int]]:
    """How many rows each article has in each table, read past the archive's own code."""
    connection = sqlite3.connect(folder / "archive.sqlite3")
    try:
        found = {
            table: dict(
                connection.execute(f"SELECT article_id, count(*) FROM {table} GROUP BY 1")  # noqa: S608
            )
            for table in TABLES
        }
        for table, key in (("vectors", "passage_id"), ("words", "rowid")):
            found[table] = dict(
                connection.execute(
                    f"SELECT coalesce(p.article_id, 'nobody'), count(*) FROM {table} AS t"  # noqa: S608
                    f" LEFT JOIN passages AS p ON p.id = t.{key} GROUP BY 1"
                )
            )
        found["articles"] = dict(connection.execute("SELECT id, 1 FROM articles"))
        return found
    finally:
        connection.close()


def expected_rows(articles: list[Article]) -> dict[str, dict[str, int]]:
    """What `rows_of` gives if these articles are whole, and no others are there at all."""
    counts: dict[str, dict[str, int]] = {t: {} for t in (*TABLES, "vectors", "words")}
    for article in articles:
        analysis = analyse(article)
        n_passages = len(analysis.passages)
        for table, n in (
            ("sentences", len(analysis.sentences)),
            ("people", len(analysis.people)),
            ("statements", len(analysis.statements)),
            ("passages", n_passages),
            ("vectors", n_passages),
            ("words", n_passages),
        ):
            if n:
                counts[table][article.id] = n
    return counts | {"articles": {article.id: 1 for article in articles}}


def write_for_ever(folder: Path) -> None:
    """Add, correct and remove articles until killed; prints a line when it begins."""
    with Archive.open(folder, create=True) as archive:
        analyse(story(1))  # what is loaded once is loaded before the line
        print("writing", flush=True)  # noqa: T201
        for n in count():
            put(archive, story(n % 40, words=1 + n // 40 % 2))
            if n % 5 == 0:
                archive.remove(f"story-{(n * 7) % 40}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        # As on a full disk: no file may grow beyond so many bytes.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    write_for_ever(Path(sys.argv[1]))
