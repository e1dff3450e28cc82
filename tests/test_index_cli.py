"""The index's commands as a person runs them, on files; in processes where that matters."""

import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.__main__ import cli as index
from tests.commands import run_command
from tests.patience import PATIENCE
from tests.websites import page, website

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
HEAVY = ("torch", "sentence_transformers", "gradio", "llama_index", "trafilatura")
TEXT = "The harbour will stay open. “We need every ship,” Ann Lee said.\n“Never,” she said."

Result = subprocess.CompletedProcess[str]


def command(*args: object, options: Sequence[str] = ()) -> list[str]:
    """The command line for `python -m index`."""
    return [sys.executable, *options, "-m", "index", *map(str, args)]


def cli(*args: object) -> Result:
    """Run a command to its end; whatever it does, it prints no traceback."""
    return run_command(index, "python -m index", *args)


def imported(*args: object) -> tuple[Result, set[str]]:
    """Run a command; with its result the libraries that it imported."""
    done = subprocess.run(
        command(*args, options=["-X", "importtime"]),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "index.console" in names
    return done, {name.split(".")[0] for name in names}


def rows(done: Result) -> list[dict[str, object]]:
    """The JSON objects that were printed, one a line."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def line(**record: object) -> str:
    """A line of a JSONL file."""
    return json.dumps(record) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good articles and bad ones."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "harbour.txt").write_text(TEXT, encoding="utf-8")
    (folder / "wire.jsonl").write_text(
        line(id="w1", title="Ships", source="The Paper", published="2024-05-06", body="He left.")
        + "{\n"
        + line(id="w2", title="Only a title")
        + line(id="w3", body="She stayed.", published="soon"),
        encoding="utf-8",
    )
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return folder


@pytest.fixture(scope="module")
def added(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """An archive of the folder, and what the command that made it said."""
    archive = tmp_path_factory.mktemp("archives") / "new" / "archive"
    return archive, cli("add", "--archive", archive, folder, folder / "none.txt")


@pytest.fixture
def archive(added: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy of the archive, to do with as a test likes."""
    return Path(shutil.copytree(added[0], tmp_path / "copy"))


def test_add_keeps_what_is_good_and_tells_what_is_not(
    added: tuple[Path, Result], folder: Path
) -> None:
    """One line for each problem, exit 2, and the good articles are in the archive."""
    archive, done = added
    assert done.returncode == 2
    assert done.stdout == "3 added, 0 replaced, 0 unchanged, 4 refused, 1 details left out\n"
    starts = ["picture.txt: ", "wire.jsonl:2: ", "wire.jsonl:3: ", "wire.jsonl:4: ", "none.txt: "]
    problems = done.stderr.splitlines()
    assert len(problems) == len(starts)
    for problem, start in zip(problems, starts, strict=True):
        assert problem.startswith(str(folder / start))
    assert {str(row["id"]) for row in rows(cli("list", "--archive", archive, "--json"))} == {
        "harbour",
        "w1",
        "w3",
    }


def test_list_shows_each_article(added: tuple[Path, Result]) -> None:
    """Newest first; as JSON with all details."""
    first, *others = cli("list", "--archive", added[0]).stdout.splitlines()
    assert first == "w1  2024-05-06  The Paper  Ships"
    assert len(others) == 2
    row = rows(cli("list", "--archive", added[0], "--json"))[0]
    assert (row["id"], row["title"], row["source"]) == ("w1", "Ships", "The Paper")
    assert (row["published"], row["url"]) == ("2024-05-06", None)


def test_adding_the_same_again_costs_nothing(archive: Path, folder: Path) -> None:
    """No model is loaded for it."""
    done, libraries = imported("add", "--archive", archive, folder / "harbour.txt")
    assert done.returncode == 0
    assert done.stdout == "0 added, 0 replaced, 1 unchanged, 0 refused\n"
    assert libraries.isdisjoint(HEAVY)


def test_a_corrected_article_replaces_the_old(archive: Path, tmp_path: Path) -> None:
    """A new article beside it is added in the same run."""
    corrected = tmp_path / "harbour.txt"
    corrected.write_text(TEXT + " Corrected.", encoding="utf-8")
    done = cli("add", "--archive", archive, corrected, SEEDS)
    assert (
        done.stderr == "harbour: replaced “The harbour will stay open. “We need every ship,” …”\n"
    )
    assert done.stdout == "1 added, 1 replaced, 0 unchanged, 0 refused\n"
    assert done.returncode == 0
    assert len(rows(cli("list", "--archive", archive, "--json"))) == 4
    shown = cli("versions", "--archive", archive, "harbour").stdout
    assert "\n+ Corrected.\n" in shown
    assert shown.endswith("1 earlier versions\n")
    assert cli("versions", "--archive", archive, "nobody").returncode == 2


def test_remove_tells_of_unknown_ids_and_removes_the_others(archive: Path) -> None:
    """The unknown one is between two that are there."""
    done = cli("remove", "--archive", archive, "w1", "nobody", "harbour")
    assert done.returncode == 2
    assert done.stderr == f"nobody: no such article in {archive}\n"
    first, second, last = done.stdout.splitlines()
    assert re.fullmatch(
        r"w1: removed with \d+ sentences?, \d+ (people|person), \d+ statements?, \d+ passages?, "
        "0 earlier versions",
        first,
    )
    assert second.startswith("harbour: removed with ")
    assert last == "2 removed"
    assert [row["id"] for row in rows(cli("list", "--archive", archive, "--json"))] == ["w3"]
    assert cli("remove", "--archive", archive, "w3").returncode == 0
    assert cli("list", "--archive", archive).stdout == ""


def test_progress_bar_on_a_terminal_only(archive: Path, folder: Path) -> None:
    """Elsewhere standard error holds problem lines and nothing else."""
    leader, follower = pty.openpty()
    args = command("add", "--archive", archive, folder / "harbour.txt")
    done = subprocess.run(args, cwd=ROOT, stdout=subprocess.PIPE, stderr=follower, check=False)
    os.close(follower)
    shown = os.read(leader, 10_000).decode()
    os.close(leader)
    assert done.returncode == 0
    assert "Adding" in shown
    assert "100%" in shown
    assert cli("add", "--archive", archive, folder / "harbour.txt").stderr == ""


def test_a_mistyped_path_leaves_no_archive_behind(tmp_path: Path) -> None:
    """And it costs no model."""
    done, libraries = imported("add", "--archive", tmp_path / "archive", tmp_path / "nwes")
    assert done.returncode == 2
    assert done.stdout == "0 added, 0 replaced, 0 unchanged, 1 refused\n"
    assert f"{tmp_path / 'nwes'}: No such file or directory\n" in done.stderr
    assert not (tmp_path / "archive").exists()
    assert libraries.isdisjoint(HEAVY)


@pytest.mark.parametrize("name", ["none", "file", "empty", "damaged", "file/below"])
@pytest.mark.parametrize("what", [["list"], ["remove", "w1"]])
def test_a_folder_without_an_archive_is_one_clear_line(
    tmp_path: Path, name: str, what: list[str]
) -> None:
    """Missing, a file, an empty folder, or a database that is none; nothing is created."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "archive.sqlite3").write_bytes(b"no database" * 999)
    before = sorted(tmp_path.rglob("*"))
    done = cli(what[0], "--archive", tmp_path / name, *what[1:])
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / name) in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_mistyped_embedder_leaves_no_archive_behind(tmp_path: Path) -> None:
    """Else the new archive would ask for that model for ever."""
    done = cli("add", "--archive", tmp_path / "new", "--embedder", "no-such-model", SEEDS)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no-such-model" in done.stderr
    assert not (tmp_path / "new").exists()


def test_add_into_what_can_be_no_archive_is_one_clear_line(tmp_path: Path) -> None:
    """The folder asked for is a file."""
    (tmp_path / "file").write_text("x")
    done = cli("add", "--archive", tmp_path / "file", SEEDS)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["add", "seeds"],
        ["add", "--archive", "x"],
        ["remove", "--archive", "x"],
        ["statements"],
        ["statements", "--jsno", "seeds"],
    ],
)
def test_a_wrong_command_line_is_one_clear_line(args: list[str]) -> None:
    """Exit 2, and nothing on standard output."""
    done = cli(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("args", [["--help"], ["add", "--help"], ["statements", "--json", SEEDS]])
def test_help_and_statements_load_no_heavy_library(args: list[str]) -> None:
    """Nor what the archive needs: they answer at once."""
    done, libraries = imported(*args)
    assert done.returncode == 0
    assert done.stdout
    assert libraries.isdisjoint({*HEAVY, "faiss"})


def test_list_and_remove_load_no_model(archive: Path) -> None:
    """They only need the archive."""
    assert imported("list", "--archive", archive)[1].isdisjoint(HEAVY)
    assert imported("remove", "--archive", archive, "w1")[1].isdisjoint(HEAVY)


def test_statements_are_printed_as_spans_of_the_text(tmp_path: Path) -> None:
    """The format is fixed; every span holds what the text has there."""
    path = tmp_path / "x.jsonl"
    path.write_text(line(id="a", body=TEXT) + line(id="b", text="It rained."), encoding="utf-8")
    done = cli("statements", "--json", path)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = rows(done)
    assert second == {"article_id": "b", "statements": []}
    assert first["article_id"] == "a"
    statements = first["statements"]
    assert isinstance(statements, list)
    assert [list(s) for s in statements] == [["speaker", "cue", "content", "kind"]] * 2

    def words(place: dict[str, int]) -> str:
        return TEXT[place["start"] : place["end"]]

    (content,) = statements[0]["content"]
    assert words(content) == "“We need every ship,”"
    assert words(statements[0]["cue"]) == "said"
    assert statements[0]["kind"] == "direct"
    assert statements[0]["speaker"]["name"] == words(statements[0]["speaker"]) == "Ann Lee"
    assert words(statements[1]["speaker"]) == "she"


def test_statements_for_a_reader(tmp_path: Path) -> None:
    """The speaker, the kind and the words, a line each."""
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = cli("statements", path)
    assert "  Ann Lee (direct): “We need every ship,”" in done.stdout.splitlines()


def test_no_command_prints_what_a_terminal_would_obey(tmp_path: Path) -> None:
    """Control characters stand in texts, which are never altered, and in ids by their marks."""
    owned = (
        "\x1b]0;owned\x07“No,\x9b2J” said Ann\u202e Lee of the Harbour Office." + " It rained." * 50
    )
    path = tmp_path / "x.jsonl"
    path.write_text(line(id="a\u202eb", body=owned), encoding="utf-8")
    archive = tmp_path / "archive"
    kept = ("--archive", archive)
    told = [cli("add", *kept, path)]
    path.write_text(line(id="a\u202eb", body=owned + " She left."), encoding="utf-8")
    told += [cli("add", *kept, path), cli("list", *kept), cli("list", *kept, "--json")]
    told += [cli("versions", *kept, "a\u202eb"), cli("check", *kept)]
    told += [cli("statements", path), cli("people", path), cli("statements", "--json", path)]
    told += [cli("remove", *kept, "a\u202eb"), cli("remove", *kept, "a\u202eb")]
    said = "".join(done.stdout + done.stderr for done in told)
    assert "owned" in said
    assert not [c for c in said if not c.isprintable() and c != "\n"]


def test_statements_tell_a_bad_line_and_print_the_others(folder: Path) -> None:
    """In the order of the file."""
    done = cli("statements", "--json", folder / "wire.jsonl")
    assert done.returncode == 2
    assert [row["article_id"] for row in rows(done)] == ["w1", "w3"]
    assert f"{folder / 'wire.jsonl'}:2: not JSON" in done.stderr


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """More articles than a pipe holds."""
    path = tmp_path / "many.jsonl"
    path.write_text("".join(line(id=f"{n:050}", body="He left.") for n in range(5000)))
    return path


def test_a_reader_that_stops_early_hears_no_complaint(many: Path) -> None:
    """As in `... statements --json X | head -1`."""
    args = command("statements", "--json", many)
    with subprocess.Popen(
        args, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_ctrl_c_is_quiet(many: Path) -> None:
    """No traceback, and the status that shells expect."""
    args = command("statements", "--json", many)
    with subprocess.Popen(
        args, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        # The pipe is full soon after its first line, so the command cannot end by itself.
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=PATIENCE)
    assert complaint.strip() == b""
    assert process.returncode == 130


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_adding_that_is_stopped_says_what_is_in_and_how_it_goes_on(
    tmp_path: Path, sign: signal.Signals
) -> None:
    texts = tmp_path / "many.jsonl"
    texts.write_text(
        "".join(line(id=f"a{n}", body=f"He left on day {n}. " * 40) for n in range(1000)), "utf-8"
    )
    archive = tmp_path / "archive"
    args = command("add", "--archive", archive, texts)
    with subprocess.Popen(args, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + PATIENCE
        while not _count(archive):
            assert time.monotonic() < end
            time.sleep(0.1)
        process.send_signal(sign)
        _, complaint = process.communicate(timeout=PATIENCE)
    last = complaint.splitlines()[-1]
    stopped = re.fullmatch(r"Stopped\. (\d+) articles are in; run the same command again .*", last)
    assert stopped
    assert 0 <= _count(archive) - int(stopped[1]) <= 1  # the last may not have been told yet
    assert _count(archive) < 1000
    assert "Traceback" not in complaint
    assert process.returncode == 130


def _count(archive: Path) -> int:
    """How many articles are in the archive by now."""
    try:
        with closing(sqlite3.connect(archive / "archive.sqlite3", timeout=60)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # there is none yet
        return 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_clear_line(many: Path) -> None:
    """What could not be written is not lost in silence."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("statements", "--json", many),
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "error: [Errno 28] No space left on device\n"


def test_an_address_that_is_not_public_is_refused_without_a_request(tmp_path: Path) -> None:
    """A line for each; the other is tried all the same."""
    with website() as site:
        site.paths["/a"] = page(TEXT, "text/plain")
        local = site.url("/a", "localhost")
        inside = "http://127.0.0.1/"
        done = cli("add", "--archive", tmp_path / "a", local, inside)
        assert site.requests == []
    assert done.returncode == 2
    assert done.stdout == "0 added, 0 replaced, 0 unchanged, 2 refused\n"
    assert done.stderr.splitlines() == [
        f"{local}: port {site.port} is not fetched, only the web's own (80 and 443)",
        f"{inside}: this address is not public; only public addresses are fetched",
    ]


def test_no_address_given_loads_no_client(folder: Path, tmp_path: Path) -> None:
    """And nothing that could make a request."""
    done, libraries = imported("add", "--archive", tmp_path / "a", folder / "picture.txt")
    assert done.returncode == 2
    assert libraries.isdisjoint({"httpcore2", "lxml"})
