"""A newsroom's web app for tests: the seed, hostile articles, and a speaker over three years."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article
from tests.conftest import SEED
from tests.serving import Server, serve
from tests.test_app import NASTY, NASTY_TITLE

HOSTILE = Article(
    'x"><b>/../%2e',
    NASTY,
    NASTY_TITLE,
    "<u>Ann</u>",
    "<i>Post</i>",
    None,
    "https://post.example/'\"><script>alert(6)</script>",
)
EARLIER = replace(HOSTILE, text=f"<i>Old.</i> {NASTY}", title="<i>Old</i>")
SPEAKER = "Zoe Quill"
_SAID = (
    ("2023-03-01", "“The harbour tariff must go,” Mayor Zoe Quill said of the harbour tariff."),
    ("2024-09-05", "Mayor Zoe Quill said that the harbour tariff would cost jobs. It rained."),
    ("2025-02-14", "Zoe Quill called the harbour tariff “a wall” for ships, and left the city."),
)
DATED = tuple(
    Article(
        f"tariff-{day}",
        f"The council met.\n{said}",
        f"Tariff talks of {day}",
        "Ann Lee",
        "Harbour Post",
        day,
        f"https://post.example/{day}",
    )
    for day, said in _SAID
)


@dataclass(frozen=True)
class Newsroom:
    """The running app; `library` is the address of the library page with the write token."""

    server: Server
    library: str

    @property
    def url(self) -> str:
        """The address of the app."""
        return self.server.url


@contextlib.contextmanager
def open_newsroom(folder: Path, embedder: Embedder) -> Iterator[Newsroom]:
    """Make the archive and serve it."""
    seed = Article(SEED.stem, SEED.read_text(encoding="utf-8"))
    with Archive.open(folder / "archive", create=True) as archive:
        list(ingest(archive, lambda: embedder, (seed, EARLIER, HOSTILE, *DATED)))
    arguments = ("app.py", "--archive", str(folder / "archive"), "--port", "0")
    with serve(folder, *arguments, first="people") as server:
        assert server.process.stdout
        yield Newsroom(server, server.process.stdout.readline().strip())
