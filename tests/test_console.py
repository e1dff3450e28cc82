"""What commands say while they work, on standard error."""

import time

import pytest

from index.console import heartbeat


def test_what_takes_long_says_so_until_it_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    with heartbeat(lambda: "still\x1b]0;at it", 0.05):
        time.sleep(0.3)
    told = capsys.readouterr().err.splitlines()
    assert len(told) >= 2
    assert all(line.endswith(" s)") and "\x1b" not in line for line in told)
    time.sleep(0.15)
    assert capsys.readouterr().err == ""


def test_nothing_is_said_where_there_is_nothing_to_say_or_it_is_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with heartbeat(lambda: "", 0.02):
        time.sleep(0.1)
    with heartbeat(lambda: "late", 0.02) as over:
        over()
        time.sleep(0.1)
    assert capsys.readouterr().err == ""
