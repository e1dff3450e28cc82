"""The web app, answering without models: `python -m tests.echo GATE CONFIG [ARCHIVE CONFIG...]`.

Each further configuration is served on a port of its own, whose address is a further line.
It opens as soon as the file GATE exists, and fails to if that says so. Over an archive it answers
every question with the first sentence of each article. A process of its own because
Gradio leaves event loops unclosed, which pytest would take for a fault of ours.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from fastapi import FastAPI

from bot.answer import Answer, Block, Citation, CitedSentence, Refusal
from bot.answerer import Answerer
from bot.filters import NO_FILTERS, Filters
from bot.library.completion import Completion
from bot.library.library import Holdings, Library
from bot.query.people.directory import Directory
from bot.settings import Settings
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.reading.fetching import Fetcher
from index.schema import VerbatimError

PLACE = "/srv/archive/secret"  # where a visitor must never learn that something is


class _Empty(Library):
    """A library without an archive, which has nothing."""

    def __init__(self) -> None: ...

    def holdings(self) -> Holdings:
        """Nothing."""
        return Holdings(0, None, None, ())

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """Nothing."""
        return ()


class Echo(Answerer):
    """Refuses every question in its own words; fails if that holds "break", waits for "wait"."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []
        self.library = _Empty()

    def cached(
        self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> Answer | None:
        """Nothing: each question is heard."""
        return None

    def answer(
        self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> Answer:
        """Say the question back."""
        if "break" in question:
            raise RuntimeError(f"no such file: {PLACE}")
        if "wait" in question:
            time.sleep(3)
        self.heard.append((*history, question))
        return Answer(question, question, "", (), Refusal("unclear"))

    def with_carriers(self, answer: Answer) -> Answer:
        """Nothing here is a copy of anything."""
        return answer

    def examples(self, n: int) -> tuple[str, ...]:
        """No examples."""
        return ()


class Citing(Echo):
    """Answers every question with the first sentence of each article."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive
        # Nothing is added here, so no embedder is asked.
        self.library = Library(archive, None, self.directory, Fetcher())  # type: ignore[arg-type]

    def answer(
        self, question: str, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> Answer:
        """Cite."""
        found = filter(None, map(self.archive.article, self.archive.ids()))
        citations = (
            Citation(n, article, self.archive.sentences(article.id)[0].span, 0.5)
            for n, article in enumerate(found, 1)
        )
        cited = (CitedSentence(citation.text, (citation,)) for citation in citations)
        blocks = tuple(Block(n, (sentence,)) for n, sentence in enumerate(cited, 1))
        return Answer(question, "Cited.", "", blocks)

    def directory(self) -> Directory:
        """Who is who."""
        return Directory(self.archive.register())


@contextmanager
def citing_site(folder: Path, embedder: Embedder, settings: Settings) -> Iterator[FastAPI]:
    """The web app over the archive of a folder, to which articles may be added."""
    from bot.service import Service
    from bot.web.site import make_site

    with Archive.open(folder) as archive:
        answerer = Citing(archive)
        answerer.library = Library(archive, embedder, answerer.directory, Fetcher())
        yield make_site(Service(lambda: answerer), settings)


def open_at(gate: Path, archive: Path | None) -> Answerer:
    """Open once the gate is there."""
    while not gate.exists():
        time.sleep(0.02)
    if gate.read_text(encoding="utf-8") == "fail":
        raise VerbatimError(f"no archive in {PLACE}")
    return Citing(Archive.open(archive)) if archive else Echo()


def server(gate: Path, chosen: Path, archive: Path | None) -> uvicorn.Server:
    """The app under that configuration."""
    from bot.service import Service
    from bot.settings import load_settings
    from bot.web.site import make_app

    settings = load_settings(chosen, os.environ)
    service = Service(lambda: open_at(gate, archive), settings.limits.question)
    return uvicorn.Server(
        uvicorn.Config(
            make_app(service, settings),
            log_level="error",
            proxy_headers=False,
            root_path=settings.root_path,
        )
    )


def main() -> None:
    """Serve on free ports, as app.py does on one."""
    from app import address, listen
    from bot.running_server import announced

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    gate, chosen, *more = map(Path, sys.argv[1:])
    archive = more[0] if more else None
    listeners = [listen("127.0.0.1", 0) for _ in (chosen, *more[1:])]
    first, *others = [server(gate, each, archive) for each in (chosen, *more[1:])]
    urls = [address("127.0.0.1", listener) for listener in listeners]
    sys.stdout.write("\n".join(urls) + "\n")
    sys.stdout.flush()
    for other, listener in zip(others, listeners[1:], strict=True):
        Thread(target=other.run, args=([listener],), daemon=True).start()
    with announced(archive or gate.parent, urls[0]):
        first.run([listeners[0]])


if __name__ == "__main__":
    main()
