"""Twenty visitors at once, on loopback: `python -m tests.load [VISITORS [QUESTIONS]]`.

Each asks one question after the other of an archive of the seeds: its example questions, and one
that is refused. None is asked twice as it stands: an answer that was kept is no answer. Prints
answers a second, and how long half and 95 % of them took, for one visitor alone and for all.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.conftest import SEED
from tests.serving import ROOT, Server, serve, wait_until_ready

_REFUSED = "what did the king of Spain say about tulips?"


def visit(server: Server, questions: Sequence[str], visitor: int, n: int) -> list[float]:
    """Ask so many questions; how long each took, in seconds."""
    took = []
    for k in range(n):
        # Spaces make the same question another one.
        question = questions[k % len(questions)].replace(" ", " " * (2 + visitor * n + k), 1)
        start = time.perf_counter()
        reply = server.post("/api/ask", json.dumps({"question": question}).encode())
        took.append(time.perf_counter() - start)
        if reply.status != 200 or reply.json()["question"] != question:
            raise SystemExit(f"{reply.status}: {reply.text[:200]}")
    return took


def measure(server: Server, questions: Sequence[str], visitors: range, n: int) -> None:
    """Let them all ask at once; print how it went."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(visitors)) as pool:
        each = list(pool.map(lambda visitor: visit(server, questions, visitor, n), visitors))
    seconds = time.perf_counter() - start
    took = [one for times in each for one in times]
    p50, p95 = quantiles(took, n=20)[9], quantiles(took, n=20)[18]
    sys.stdout.write(
        f"{len(visitors)} visitors, {len(took)} answers: {len(took) / seconds:.1f} a second, "
        f"p50 {p50:.2f} s, p95 {p95:.2f} s\n"
    )
    sys.stdout.flush()


def main(visitors: int = 20, n: int = 5) -> None:
    """Serve, ask, print."""
    with TemporaryDirectory() as name:
        archive = Path(name, "archive")
        add = [sys.executable, "-m", "index", "add", "--archive", str(archive), str(SEED.parent)]
        subprocess.run(add, cwd=ROOT, check=True)
        with serve(Path(name), "app.py", "--archive", str(archive), "--port", "0") as server:
            wait_until_ready(server)
            questions = [*server.get("/api/examples").json()["examples"], _REFUSED]
            measure(server, questions, range(visitors, visitors + 1), 4 * n)
            measure(server, questions, range(visitors), n)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
