"""Twenty visitors at once, on loopback: `python -m tests.load [VISITORS [QUESTIONS]]`.

Each visitor asks one question after the other, over an archive of the seeds, none of them the same:
an answer that was kept is no answer. Prints answers a second, and what half and 95 % of them took.
"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.conftest import SEED
from tests.serving import ROOT, Server, serve, wait_until_ready

_ABOUT = (
    "peacekeepers sanctions troops Ukraine Russia peace security Vladivostok Europe talks".split()
)
_WHO = "Putin Macron Zelenskyy Trump Peskov Rutte Kyiv France".split()


def visit(server: Server, visitor: int, n: int) -> list[float]:
    """Ask so many questions; how long each took, in seconds."""
    took = []
    for k in range(n):
        who, what = _WHO[(visitor + k) % len(_WHO)], _ABOUT[k % len(_ABOUT)]
        question = f"what did {who} say about {what} on day {visitor} {k}?"
        start = time.perf_counter()
        reply = server.post("/api/ask", json.dumps({"question": question}).encode())
        took.append(time.perf_counter() - start)
        if reply.status != 200 or reply.json()["question"] != question:
            raise SystemExit(f"{reply.status}: {reply.text[:200]}")
    return took


def main(visitors: int = 20, n: int = 5) -> None:
    """Serve, ask, print."""
    with TemporaryDirectory() as name:
        archive = Path(name, "archive")
        add = [sys.executable, "-m", "index", "add", "--archive", str(archive), str(SEED.parent)]
        subprocess.run(add, cwd=ROOT, check=True)
        with serve(Path(name), "app.py", "--archive", str(archive), "--port", "0") as server:
            wait_until_ready(server)
            visit(server, visitors, 3)  # the first questions load what they need
            start = time.perf_counter()
            with ThreadPoolExecutor(visitors) as pool:
                each = list(pool.map(lambda visitor: visit(server, visitor, n), range(visitors)))
            seconds = time.perf_counter() - start
    took = sorted(one for times in each for one in times)
    p50, p95 = quantiles(took, n=20)[9], quantiles(took, n=20)[18]
    sys.stdout.write(
        f"{visitors} visitors, {len(took)} answers: {len(took) / seconds:.1f} a second, "
        f"p50 {p50:.2f} s, p95 {p95:.2f} s\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
