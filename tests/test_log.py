import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.embedded.log import ForeignLog, check_log, states_in
from index.archive.state import next_state, number_of
from tests.archives import put, story
from tests.damage import read_all
from tests.patience import PATIENCE
from tests.serving import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of a few articles, closed."""
    with Archive.open(tmp_path / "archive", create=True) as archive:
        for n in range(3):
            put(archive, story(n))
    return tmp_path / "archive"


def left_behind(folder: Path, *, seconds: float = 0.3) -> Path:
    """Let a writer be killed, so that a log with a finished change is left; the log.

    A log that was just begun anew holds none: whatever it lies beside, it does nothing.
    """
    log = folder / "archive.sqlite3-wal"
    command = [sys.executable, "-m", "tests.archives", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        end = time.monotonic() + PATIENCE
        time.sleep(seconds)
        process.send_signal(signal.SIGSTOP)
        while states_in(folder / "archive.sqlite3") is None and time.monotonic() < end:
            process.send_signal(signal.SIGCONT)
            time.sleep(0.01)
            process.send_signal(signal.SIGSTOP)
        process.send_signal(signal.SIGKILL)
    assert log.stat().st_size > 0
    return log


def test_a_log_is_played_over_its_own_file(folder: Path, tmp_path: Path) -> None:
    """Also where the whole folder was copied, and only what was finished."""
    left_behind(folder)
    shutil.copytree(folder, tmp_path / "copy")
    for place in (folder, tmp_path / "copy"):
        assert {kind for kind, _ in read_all(place)} >= {"article"}
        with Archive.open(place) as archive:
            assert all(archive.verify(id_) for id_ in archive.ids())


@pytest.mark.parametrize("made", ["by the command", "by copying the file"])
@pytest.mark.parametrize("put_in", ["copied over", "moved over"])
def test_a_backup_beside_a_left_log_is_refused_and_stays_as_it_is(
    folder: Path, tmp_path: Path, made: str, put_in: str
) -> None:
    """SQLite alone would play the log over it without a word."""
    kept, path = tmp_path / "kept.sqlite3", folder / "archive.sqlite3"
    with Archive.open(folder) as archive:
        if made == "by the command":
            archive.copy_to(kept)
    if made == "by copying the file":
        shutil.copy(path, kept)
    with Archive.open(folder) as archive:  # and the archive goes on
        for n in range(3, 9):
            put(archive, story(n))
    left_behind(folder)
    before = kept.read_bytes()
    if put_in == "copied over":
        shutil.copyfile(kept, path)
    else:
        Path(shutil.copy(kept, tmp_path / "moved")).replace(path)
    with pytest.raises(ForeignLog, match=r"remove archive\.sqlite3-wal and archive\.sqlite3-shm"):
        Archive.open(folder)
    assert path.read_bytes() == before
    for end in ("-wal", "-shm"):
        (folder / f"archive.sqlite3{end}").unlink(missing_ok=True)
    with Archive.open(folder) as archive:
        assert archive.ids() == ("story-0", "story-1", "story-2")
        assert all(archive.verify(id_) for id_ in archive.ids())


def test_an_archive_that_was_just_begun_has_its_own_log(tmp_path: Path) -> None:
    """Everything may still be in the log, the tables included."""
    left_behind(tmp_path / "archive", seconds=0)
    with Archive.open(tmp_path / "archive") as archive:
        assert all(archive.verify(id_) for id_ in archive.ids())


def test_others_may_write_while_it_is_looked_at(folder: Path) -> None:
    """Beginning the log anew, again and again, under the eyes of those who open."""
    command = [sys.executable, "-m", "tests.archives", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        for _ in range(300):
            check_log(folder / "archive.sqlite3")
        for _ in range(20):
            Archive.open(folder).close()
        process.kill()


def test_a_state_is_written_so_that_it_is_found_again() -> None:
    assert next_state(7, 12) == "12 after 7."
    assert number_of(next_state(7, 2**63 - 1)) == 2**63 - 1
