"""What is installed: the locks that `make lock` writes, against what the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)(?: ; .*?)? \\$", re.MULTILINE)
# Its build depends on where it comes from; the project pins it.
UNLOCKED = {"torch", "verbatim"}


def _pinned(lock: str) -> dict[str, str]:
    """The release of each package."""
    return {match[1]: match[2] for match in PIN.finditer((ROOT / lock).read_text("utf-8"))}


def _name(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        (
            "requirements-dev.lock",
            [
                *PROJECT["dependencies"],
                *PROJECT["optional-dependencies"]["dev"],
                *PROJECT["optional-dependencies"]["model"],
            ],
        ),
    ],
)
def test_a_lock_pins_what_the_project_asks_for_by_hash_and_names_no_index(
    lock: str, asked: list[str]
) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pinned = _pinned(lock)
    assert {_name(each) for each in asked} - UNLOCKED <= pinned.keys()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert sum(not line.startswith(" ") for line in lines) == len(pinned)
    hashes = [line for line in lines if line.startswith(" ")]
    assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", each) for each in hashes)
    assert "://" not in text


def test_both_locks_have_the_same_release_of_each() -> None:
    run, dev = _pinned("requirements.lock"), _pinned("requirements-dev.lock")
    assert run.items() <= dev.items()
