import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.__main__ import cli as bot
from bot.running_server import FILE, announced, ask_running
from index.archive.archive import Archive
from tests.archives import put, story
from tests.commands import run_command
from tests.patience import PATIENCE
from tests.serving import Server, serve, wait_until_ready

QUESTION = "who spoke?"
TOKEN = "a-token-for-tests"  # noqa: S105 - opens nothing else


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive", create=True) as opened:
        put(opened, story(3))
    return tmp_path / "archive"


@contextmanager
def serving(archive: Path, access: str) -> Iterator[Server]:
    """A server on the archive whose answers no model would give; `access` says who may ask it."""
    folder = archive.parent
    config = folder / "verbatim.toml"
    config.write_text(f'[access]\nask = "{access}"\n', encoding="utf-8")
    gate = folder / "gate"
    gate.touch()
    places = map(str, (gate, config, archive))
    with serve(folder, "-m", "tests.echo", *places, VERBATIM_READ_TOKEN=TOKEN) as server:
        wait_until_ready(server)
        yield server


def ask(archive: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_command(bot, "bot", "ask", "--archive", archive, *options, QUESTION)


def assert_asked(archive: Path) -> None:
    """What answers is the server, and no model."""
    done = ask(archive)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Cited.")
    record = json.loads(ask(archive, "--json").stdout)
    assert (record["question"], record["message"]) == (QUESTION, "Cited.")


def test_the_server_that_has_the_archive_open_is_asked_with_a_token_if_it_wants_one(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(archive, "token"):
        assert ask_running(archive, QUESTION, accept="text/plain") is None
        monkeypatch.setenv("VERBATIM_READ_TOKEN", TOKEN)
        assert_asked(archive)


def test_a_server_is_asked_and_what_it_left_behind_or_a_copied_folder_says_is_not_believed(
    archive: Path, tmp_path: Path
) -> None:
    with serving(archive, "anyone") as server:
        assert_asked(archive)
        shutil.copytree(archive, tmp_path / "copy")
        assert ask_running(tmp_path / "copy", QUESTION, accept="text/plain") is None
        server.process.kill()
        server.process.wait(PATIENCE)
        assert (archive / FILE).exists()
        assert ask_running(archive, QUESTION, accept="text/plain") is None


@pytest.mark.parametrize(
    "said", ["", "[]", "{", '{"url": 3}', '{"url": "file:///etc/passwd"}', "\0", "{}"]
)
def test_a_file_that_says_something_else_is_passed_over(archive: Path, said: str) -> None:
    with announced(archive, "http://127.0.0.1:9/"):
        (archive / FILE).write_text(said, encoding="utf-8")
        assert ask_running(archive, QUESTION, accept="text/plain") is None


def test_nothing_is_left_of_a_server_that_ended_and_the_first_one_stays_known(
    archive: Path,
) -> None:
    with announced(archive, "http://127.0.0.1:9/"):
        with announced(archive, "http://127.0.0.1:10/"):
            assert json.loads((archive / FILE).read_text("utf-8"))["url"].endswith(":9/")
        assert (archive / FILE).exists()
    assert not (archive / FILE).exists()


def test_a_folder_that_cannot_be_written_hinders_no_server(tmp_path: Path) -> None:
    with announced(tmp_path / "missing", "http://127.0.0.1:9/"):
        assert not (tmp_path / "missing").exists()
