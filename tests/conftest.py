"""What several test files share: the real embedder and the seed article."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.databases import Server, running
from tests.nursery import NURSERY
from tests.serving import chromium

if TYPE_CHECKING:
    from bot.answerer import Answerer
    from tests.newsroom import Newsroom

# No deadline: on a busy machine any example may take its time.
settings.register_profile("verbatim", deadline=None)
settings.load_profile("verbatim")

# A script's background job has Ctrl-C ignored, and all that it starts inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Let no process compile again what one before it has, though the environment forbids bytecode.

    The tests start a hundred processes, and Gradio alone is compiled for three seconds. Beside the
    sources nothing is written then, either: the bytecode lies with what pytest keeps.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept = str(config.rootpath / ".pytest_cache" / "bytecode")
        os.environ.setdefault("PYTHONPYCACHEPREFIX", kept)
        sys.pycache_prefix, sys.dont_write_bytecode = os.environ["PYTHONPYCACHEPREFIX"], False
    # Its own order has those of the fewest tests last, which are the longest.
    config.option.loadscopereorder = False


# The files that take longest, the longest first.
LONG = """app pages accessibility growing train_reader site writing_page workers writer stopping
rights proxy running_server mcp_server chat_page index_cli answerer engines maintenance queue_gate
bot_cli""".split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: a worker that began one of them last would be alone with it."""
    rank = {f"test_{name}": number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


SEED = Path(__file__).parent.parent / "seeds" / "putin-peacekeepers.txt"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The default model, loaded once for all tests that need it."""
    return Embedder.load()


@pytest.fixture(scope="session")
def article() -> Article:
    """The seed article, full of the traps of real news text; it came without a title."""
    return Article("putin-peacekeepers", SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answerer(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, article: Article
) -> "Iterator[Answerer]":
    """Answers from the seed article alone; a test that changes it puts it back."""
    # Here and not above: most files need neither the reader nor an archive.
    from bot.answerer import Answerer
    from bot.selecting.reading.reader import Reader
    from index.archive.archive import Archive
    from index.ingest import ingest

    with Archive.open(tmp_path_factory.mktemp("archive"), create=True) as archive:
        list(ingest(archive, lambda: embedder, [article]))
        yield Answerer(archive, embedder, Reader.load())


@pytest.fixture(scope="session", autouse=True)
def _nursery() -> Iterator[None]:
    """What has started the tests' servers ends with them."""
    yield
    NURSERY.close()


@pytest.fixture(scope="session")
def newsroom(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Newsroom]":
    """The web app over a few articles, some hostile; who changes them puts them back."""
    from tests.newsroom import open_newsroom  # its articles are those of another test file

    with open_newsroom(tmp_path_factory.mktemp("newsroom"), embedder) as newsroom:
        yield newsroom


# One for each file: while Playwright runs, nobody else's event loop can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, in which each test opens a profile of its own."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server with pgvector."""
    with running() as server:
        yield server
