"""The one command of the package, as it is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import cli as bot_cli
from index.__main__ import cli as index_cli
from tests.conftest import SEED
from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent
VERBATIM = [sys.executable, "-c", "import app; app.verbatim()"]


def out(*command: str) -> str:
    done = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=PATIENCE
    )
    return done.stdout


def test_all_commands_are_in_one_page_of_help() -> None:
    names = [*index_cli.commands, *bot_cli.commands, "serve"]
    assert len(names) == len(set(names))
    page = out(*VERBATIM, "--help")
    listed = [line.split()[0] for line in page.partition("Commands:")[2].splitlines() if line]
    assert sorted(listed) == sorted(names)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (["statements", str(SEED)], ["-m", "index", "statements", str(SEED)]),
        (["serve", "--help"], ["app.py", "--help"]),
    ],
)
def test_a_command_is_the_same_by_either_name(ours: list[str], theirs: list[str]) -> None:
    first = out(*VERBATIM, *ours).replace("verbatim serve", "app.py")
    assert first == out(sys.executable, *theirs)


def test_it_is_a_script_of_the_package() -> None:
    assert 'verbatim = "app:verbatim"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
