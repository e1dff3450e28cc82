"""Runs a command in this process, as `python -m` does in one of its own, without the imports' time.

For what is printed and kept. What a process is needed for (signals, a terminal, which libraries are
imported) starts one.
"""

import subprocess
import sys
import tempfile
from contextlib import ExitStack

import click
import pytest

from index.console import run


def run_command(
    program: click.Command, name: str, *args: object, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `program` to its end with `given` on standard input; `name` is what it is called by."""
    words = [name, *map(str, args)]
    with ExitStack() as stack:
        # Files, and not texts in memory: what ends in an error closes what lies below.
        read, out, err = (
            stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in range(3)
        )
        read.write(given)
        read.seek(0)
        streams = {"argv": words, "stdin": read, "stdout": out, "stderr": err}
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for each, value in streams.items():
            patch.setattr(sys, each, value)
        with pytest.raises(SystemExit) as end:
            run(program, name)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, int(str(end.value.code)), out.read(), err.read())
