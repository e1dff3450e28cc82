"""The writer on servers that others made, with models that are made here: `make models`."""

import contextlib
import importlib.util
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.drafting.checking.checker import Checker
from bot.drafting.model import LanguageModel
from bot.settings import Model
from index.schema import Article
from tests.patience import PATIENCE
from tests.serving import guarded
from tests.test_writer import answer_from, texts, write

pytestmark = pytest.mark.models

LIE = "Vladimir Putin said “we shall bomb every one of them tomorrow” [3]."


@dataclass(frozen=True)
class Served:
    """A model on a server of its own process."""

    url: str
    name: str
    leaks: Path

    def model(self, name: str | None = None) -> LanguageModel:
        """It, or another one there."""
        return LanguageModel(Model(f"{self.url}/v1", name or self.name, "openai", 90, 60, 300))


@pytest.fixture(scope="module")
def answer(article: Article) -> Answer:
    return answer_from(article)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load()


@pytest.fixture(scope="module")
def draft(answer: Answer) -> str:
    first, second = texts(answer)[:2]
    return f"{first} [1]\n{LIE}\n{second} [2]\n"


@pytest.fixture(scope="module")
def trained(
    tmp_path_factory: pytest.TempPathFactory, answer: Answer, draft: str
) -> Iterator[Served]:
    yield from _served(tmp_path_factory.mktemp("trained"), answer, draft)


@pytest.fixture(scope="module")
def random(tmp_path_factory: pytest.TempPathFactory, answer: Answer) -> Iterator[Served]:
    yield from _served(tmp_path_factory.mktemp("random"), answer, "")


def _served(folder: Path, answer: Answer, draft: str) -> Iterator[Served]:
    if importlib.util.find_spec("accelerate") is None:
        pytest.skip("transformers serve needs the extra transformers[serving]")
    # Torch and transformers take seconds to import, and the other tests need none of them.
    from tests.tiny_model import make_tiny_model

    model = make_tiny_model(folder / "model", answer, draft)
    serve = [str(Path(sys.executable).with_name("transformers")), "serve", str(model)]
    with _running([*serve, "--device", "cpu"], folder, "health") as url:
        yield Served(url, str(model), folder / "leaks")


@contextlib.contextmanager
def _running(command: list[str], folder: Path, path: str) -> Iterator[str]:
    """A server on a free port, from the time when it answers at the path."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = guarded(folder) | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "cache")}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            env=settings, stdout=log, stderr=log,
        ) as process,
    ):  # fmt: skip
        try:
            _wait(f"{url}/{path}", process, folder / "log")
            yield url
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url):  # noqa: S310
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_what_a_trained_model_recites_is_checked_sentence_by_sentence(
    trained: Served, checker: Checker, answer: Answer
) -> None:
    seen = write(trained.model(), checker, answer)
    last = seen[-1]
    assert last.writing
    assert last.writing.problem == ""
    assert len(last.writing.removed) == 1
    # In place of the lie, the sentence that it cited.
    assert texts(last) == [texts(answer)[0], texts(answer)[2], texts(answer)[1]]
    assert [len(each.sentences) for each in seen] == [0, 1, 2, 3, 3]
    assert trained.leaks.read_text() == ""


def test_a_model_that_the_server_does_not_have_is_a_line(
    trained: Served, checker: Checker, answer: Answer
) -> None:
    last = write(trained.model("another"), checker, answer)[-1]
    assert last.sentences == answer.sentences
    assert last.writing
    assert "(status 4" in last.writing.problem


def test_no_sentence_of_a_random_model_passes(
    random: Served, checker: Checker, answer: Answer
) -> None:
    last = write(random.model(), checker, answer)[-1]
    assert last.sentences == answer.sentences
    assert last.writing
    assert last.writing.problem


def test_the_server_of_llama_cpp_writes_the_same(
    tmp_path: Path, checker: Checker, answer: Answer, draft: str
) -> None:
    if importlib.util.find_spec("llama_cpp") is None:
        pytest.skip("llama-cpp-python is not installed: `make llama` builds it, in ten minutes")
    from tests.tiny_model import make_tiny_model, to_gguf

    file = to_gguf(make_tiny_model(tmp_path / "model", answer, draft))
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(file)]
    command += ["--chat_format", "chatml", "--n_ctx", "4096"]
    with _running(command, tmp_path, "v1/models") as url:
        served = Served(url, "any", tmp_path / "leaks")
        last = write(served.model(), checker, answer)[-1]
    assert texts(last) == [texts(answer)[0], texts(answer)[2], texts(answer)[1]]
    assert served.leaks.read_text() == ""
