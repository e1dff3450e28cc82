"""A fork of the process that has everything imported is a process like any other."""

import signal
from pathlib import Path

import pytest

from tests.nursery import NURSERY, Fork
from tests.patience import PATIENCE
from tests.serving import guarded

PROGRAM = """import os, sys, time
print(sys.argv[1], os.environ["GIVEN"], __name__, flush=True)
sys.stderr.write("to errors")
if sys.argv[1] == "waits":
    time.sleep(600)
sys.exit(3)
"""


def started(folder: Path, argument: str) -> Fork:
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with (folder / "errors").open("w") as errors:
        environment = guarded(folder) | {"GIVEN": str(folder)}
        return NURSERY.start((str(program), argument), environment, errors)


def test_each_has_its_own_arguments_environment_streams_and_end(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        with started(folder, name) as fork:
            assert fork.stdout.readline().split() == [name, str(folder), "__main__"]
            assert fork.wait(PATIENCE) == 3
        assert (folder / "errors").read_text("utf-8") == "to errors"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it_and_no_other(tmp_path: Path, sign: signal.Signals) -> None:
    with started(tmp_path, "waits") as other:
        with started(tmp_path, "waits") as fork:
            fork.stdout.readline()
            fork.send_signal(sign)
            assert fork.wait(PATIENCE) == -sign
        other.stdout.readline()
        assert other.returncode is None
        other.kill()
