"""What a failing disk does to an archive, and what is shown of it then: `python -m tests.damage`.

Flips bits, zeroes runs of bytes and exchanges pages of `archive.sqlite3`, each on a fresh copy, and
reads all that there is. Counts words that are not as they were put in, and tracebacks: what is lost
or refused with a reason is neither. With `MODELS` it asks questions too, and makes pages.
"""

import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from bot.answerer import Answerer
from bot.library.library import Library, StatementQuery
from bot.query.people.directory import Directory
from bot.rendering.records import read_article
from bot.selecting.reading.reader import Reader
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.reading.fetching import Fetcher
from index.schema import Article, VerbatimError
from tests.archives import DIMENSION, put, story
from tests.conftest import SEED

_PAGE = 4096
Outcome = Literal["as put in", "refused", "altered", "traceback"]
Damage = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, chance: random.Random) -> None:
    """One bit is another."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zero(data: bytearray, chance: random.Random) -> None:
    """A run of bytes is lost, as of a sector that cannot be read."""
    start, length = chance.randrange(len(data)), chance.choice((16, 64, 512, 4096))
    data[start : start + length] = bytes(len(data[start : start + length]))


def exchange(data: bytearray, chance: random.Random) -> None:
    """Two pages stand in each other's place."""
    a, b = (n * _PAGE for n in chance.sample(range(len(data) // _PAGE), 2))
    data[a : a + _PAGE], data[b : b + _PAGE] = data[b : b + _PAGE], data[a : a + _PAGE]


@dataclass(frozen=True)
class Truth:
    """Everything that may be shown, as it was put in, by what it is."""

    known: dict[str, frozenset[Any]]

    def has(self, kind: str, shown: object) -> bool:
        """Whether it is one of these."""
        return shown in self.known[kind]


Look = Callable[[Path], Iterator[tuple[str, object]]]


def read_all(folder: Path) -> Iterator[tuple[str, object]]:
    """All that the archive and the library tell, without a model."""
    with Archive.open(folder) as archive:
        directory = Directory(archive.register())
        # Nothing is added here, so no embedder is asked.
        library = Library(archive, None, lambda: directory, Fetcher())  # type: ignore[arg-type]
        yield from (("person", each) for each in archive.people())
        yield from (("statement", each) for each in archive.all_statements())
        for summary in archive.articles():
            yield "summary", summary
            yield "article", archive.article(summary.id)
            yield from (("sentence", (summary.id, s)) for s in archive.sentences(summary.id))
            yield from (("statement", (summary.id, s)) for s in archive.statements(summary.id))
        found = archive.search_vectors(np.ones(DIMENSION, dtype=np.float32), 10_000)
        found += archive.search_words("Opening story matters", 50)
        yield from (("hit", (h.article_id, h.passage)) for h in archive.hits(found))
        yield from (("summary", each) for each in library.articles("Opening1").items)
        for said in library.statements(StatementQuery(), limit=1000).items:
            yield "said", (said.article.id, said.speaker, said.text)


def ask_all(embedder: Embedder, reader: Reader) -> Look:
    """The same, and what questions and pages show of it; needs both models."""

    def look(folder: Path) -> Iterator[tuple[str, object]]:
        with Archive.open(folder) as archive:
            answerer = Answerer(archive, embedder, reader)
            for question in ("what did Putin say about peacekeepers?", "what did Ann Lee3 say?"):
                for citation in answerer.answer(question).citations:
                    yield "article", citation.article
                    yield "cited", (citation.article.id, citation.span, citation.speaker)
            for summary in answerer.library.articles().items:
                yield "summary", summary
                record = read_article(answerer.archive, summary.id)
                yield "record", record.model_dump_json()
            for card in answerer.library.people(limit=1000).items:
                yield "card", (card.name, card.roles)

    return look


def truth_of(look: Look, folder: Path) -> Truth:
    """What is shown of the sound archive."""
    known: dict[str, set[Any]] = {}
    for kind, shown in look(folder):
        known.setdefault(kind, set()).add(shown)
    return Truth({kind: frozenset(found) for kind, found in known.items()})


def trial(folder: Path, look: Look, truth: Truth, damage: Damage, seed: int) -> tuple[Outcome, str]:
    """What is shown of a copy with this damage."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name, "archive")
        shutil.copytree(folder, copy)
        path = copy / "archive.sqlite3"
        data = bytearray(path.read_bytes())
        damage(data, random.Random(seed))  # noqa: S311 - no secret
        path.write_bytes(data)
        (copy / "vectors.faiss").unlink()  # which has a sum of its own
        return shown_of(look, copy, truth)


def shown_of(look: Look, folder: Path, truth: Truth) -> tuple[Outcome, str]:
    """What is shown of a folder."""
    try:
        for kind, shown in look(folder):
            if shown is not None and not truth.has(kind, shown):
                return "altered", f"{kind}: {shown!r}"[:300]
    except VerbatimError as error:
        return "refused", str(error)
    except Exception:
        if sys.argv[0].endswith("damage.py"):
            return "traceback", traceback.format_exc()
        raise
    return "as put in", ""


def main(models: str = "") -> None:
    """Count."""
    looks: dict[str, Look] = {"archive and library": read_all}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "archive")
        if models:
            embedder = Embedder.load()
            looks = {"questions and pages": ask_all(embedder, Reader.load())}
            articles = [*map(story, range(24)), Article(SEED.stem, SEED.read_text("utf-8"))]
            with Archive.open(folder, create=True) as archive:
                list(ingest(archive, lambda: embedder, articles))
        else:
            with Archive.open(folder, create=True) as archive:
                for n in range(24):
                    put(archive, story(n))
        for what, look in looks.items():
            truth = truth_of(look, folder)
            for damage, n in ((flip, 200), (zero, 100), (exchange, 50)):
                found = [trial(folder, look, truth, damage, seed) for seed in range(n)]
                counts = Counter(outcome for outcome, _ in found)
                sys.stdout.write(f"{what}: {n} of {damage.__name__}: {dict(counts)}\n")
                for outcome, about in found:
                    if outcome in ("altered", "traceback"):
                        sys.stdout.write(f"    {outcome}: {about}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
