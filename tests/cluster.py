"""Servers over one archive, killed and begun anew: `python -m tests.cluster [MINUTES [VISITORS]]`.

Three servers behind one address share an archive in PostgreSQL. Visitors ask, keep links and give
feedback; articles are changed all the while; every so often one of the servers is killed (SIGKILL)
and started again. Counts what was lost (a question without an answer, a change, link or feedback
that was confirmed and is not there), answers that are wrong (of no state that the archive was in
while they were asked) and answers of two states.

Each change makes one article's price the number of the change, so that the price that is cited
tells in which states of the archive the answer can have been made.
"""

import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.library.answer_store import AnswerStore
from index.archive.address import DatabaseAddress
from index.archive.archive import Archive
from tests.databases import running
from tests.patience import PATIENCE
from tests.serving import ROOT

SERVERS = 3
_TOKEN = "only-for-this-run"  # noqa: S105 -- of a server that nobody else reaches
_BRIDGES = ("harbour", "market", "station", "castle", "abbey")
_QUESTION = "what did Ann Lee say about the bridges?"
_PRICE = re.compile(r"the (\w+) bridge would cost (\d+) pounds")
_LIMITS = "[limits]\nper_minute = 100000\n"  # all visitors come from one address
_PAUSE_S = 1.0  # of a visitor; without it a day's feedback is given in a minute
_SHOWN = 20  # failures
_EVERY_S = (10.0, 20.0)  # between two killings


def article(bridge: str, price: int) -> dict[str, str]:
    """The article on a bridge, as the API takes it."""
    told = f"Ann Lee, the mayor of Dunholm, said on Monday that the {bridge} bridge would cost"
    body = f"{told} {price} pounds. It rained on the {bridge} bridge for most of the day."
    return {"id": bridge, "title": f"The {bridge} bridge", "body": body, "published": "2026-01-05"}


class Servers:
    """The processes, on ports of their own; `ask` is the one address in front of them."""

    def __init__(self, folder: Path, address: DatabaseAddress) -> None:
        self._folder, self._address = folder, address
        self.ports = [_free_port() for _ in range(SERVERS)]
        self._processes = {port: self._start(port) for port in self.ports}

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        config = self._folder / "verbatim.toml"
        config.write_text(_LIMITS, encoding="utf-8")
        command = [sys.executable, "app.py", "--archive", self._address.full, "--port", str(port)]
        command += ["--config", str(config)]
        environment = os.environ | {"VERBATIM_WRITE_TOKEN": _TOKEN}
        with (self._folder / f"{port}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def is_ready(self, port: int) -> bool:
        """Whether the server of that port answers questions."""
        try:
            return _request(port, "GET", "/readyz", b"")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def wait(self) -> None:
        """Until all answer questions."""
        last = time.monotonic() + PATIENCE
        while not all(map(self.is_ready, self.ports)):
            if time.monotonic() > last:
                raise SystemExit(f"the servers do not start: {self._folder}")
            time.sleep(0.2)

    def kill(self, port: int) -> None:
        """End one in the middle of whatever it does, and start it anew."""
        self._processes[port].kill()
        self._processes[port].wait()
        self._processes[port] = self._start(port)

    def resident(self) -> list[int]:
        """Megabytes that each holds in memory."""
        statuses = (Path(f"/proc/{p.pid}/status").read_text() for p in self._processes.values())
        return [int(re.findall(r"VmRSS:\s+(\d+)", each)[0]) // 1024 for each in statuses]

    def close(self) -> None:
        """End them all."""
        for process in self._processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self._processes.values():
            process.wait(PATIENCE)

    def send(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """What a proxy in front does: one server after the other, until one has answered."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            for port in random.sample(self.ports, SERVERS):
                try:
                    status, text = _request(port, method, path, body)
                except (OSError, http.client.HTTPException):
                    continue
                if status != 503:
                    return status, text
            time.sleep(0.1)
        return 504, b""


def _request(port: int, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {_TOKEN}"}
    try:
        connection.request(method, path, body or None, headers)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def _free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as held:
        return held.server_port


@contextmanager
def one_address(servers: Servers) -> Iterator[int]:
    """The port of a proxy in front of the servers."""

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, text = servers.send(self.command, self.path, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # more than there are visitors: else some are turned away

    with Server(("127.0.0.1", 0), Proxy) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@dataclass
class Run:
    """What is done and counted; a change is numbered from 1, and state n is what it led to."""

    port: int
    stopping: threading.Event = field(default_factory=threading.Event)
    begun: int = len(_BRIDGES)
    confirmed: int = len(_BRIDGES)
    counts: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def send(self, path: str, record: object) -> Any:  # noqa: ANN401 -- JSON
        """Post to the one address; None where no answer came."""
        status, text = _request(self.port, "POST", path, json.dumps(record).encode())
        if status != 200:
            self.counts[f"{path}: {status}"] += 1
            self.failures.append(f"{time.strftime('%H:%M:%S')} {path} {status} {text!r}")
        return json.loads(text) if status == 200 else None

    def change(self) -> None:
        """Change one article after the other."""
        while not self.stopping.wait(0.5):
            number = self.begun + 1
            self.begun = number
            changed = article(_BRIDGES[number % len(_BRIDGES)], number)
            if self.send("/api/articles", {"articles": [changed]}) is None:
                self.counts["lost"] += 1
                return
            self.confirmed = number
            self.counts["changes"] += 1

    def visit(self, visitor: int) -> None:
        """Ask again and again; now and then keep a link, or say something of an answer."""
        n = 0
        while not self.stopping.wait(_PAUSE_S):
            n += 1
            # Spaces make the same question another one: an answer that was kept is no answer.
            asked = {"question": _QUESTION.replace(" ", " " * (1 + visitor + n % 7), 1)}
            first, start = self.confirmed, time.monotonic()
            answer = self.send("/api/ask", asked)
            self.took.append(time.monotonic() - start)
            self.counts["answers"] += 1
            self.counts[_verdict(answer, first, self.begun)] += 1
            n_articles = len({each["article_id"] for each in (answer or {}).get("citations", ())})
            self.counts["of several articles"] += n_articles > 1
            if n % 5 == 0 and (kept := self.send("/api/links", asked)):
                self.links.append(str(kept["url"]))
            comment = f"visitor {visitor}, {n}"
            if n % 7 == 0 and self.send(
                "/api/feedback", {**asked, "verdict": "right", "comment": comment}
            ):
                self.comments.append(comment)


def _verdict(answer: Any, first: int, last: int) -> str:  # noqa: ANN401 -- JSON
    """What an answer is, given that the archive was in the states `first` to `last` meanwhile."""
    if answer is None:
        return "lost"
    texts = {citation["text"] for citation in answer["citations"]}
    prices = [int(price) for text in texts for _, price in _PRICE.findall(text)]
    # An article keeps its price until each of the others has had a new one.
    states = [range(max(p, first), min(p + len(_BRIDGES) - 1, last) + 1) for p in prices]
    if not states or not all(states):
        return "wrong"
    common = set(states[0]).intersection(*states[1:])
    return "right" if common else "of two states"


def _kill(servers: Servers, run: Run) -> None:
    while not run.stopping.wait(random.uniform(*_EVERY_S)):  # noqa: S311
        if all(map(servers.is_ready, servers.ports)):
            servers.kill(random.choice(servers.ports))  # noqa: S311
            run.counts["killed"] += 1


def _what_is_missing(run: Run, address: DatabaseAddress) -> None:
    """Count what was confirmed and is not in the archive's database."""
    with Archive.open(address) as archive, AnswerStore.of(address) as store:
        for number in range(run.confirmed - len(_BRIDGES) + 1, run.confirmed + 1):
            found = archive.article(_BRIDGES[number % len(_BRIDGES)])
            wanted = f"would cost {number} pounds"
            run.counts["lost"] += found is None or wanted not in found.text
        run.counts["lost"] += sum(
            store.find(link.rstrip("/").rpartition("/")[2].rpartition("=")[2]) is None
            for link in run.links
        )
        said = {each.comment for each in store.feedback()}
        run.counts["lost"] += len(set(run.comments) - said)
        run.counts["damaged"] += sum(archive.verify(id_) is None for id_ in archive.ids())


def main(minutes: float = 10, visitors: float = 20) -> None:
    """Start all, let it run, print the counts."""
    with ExitStack() as stack:
        address = stack.enter_context(running()).with_tables()
        folder = Path(tempfile.mkdtemp())
        Archive.open(address, create=True).close()
        servers = Servers(folder, address)
        stack.callback(servers.close)
        servers.wait()
        run = Run(stack.enter_context(one_address(servers)))
        for number in range(1, len(_BRIDGES) + 1):
            changed = article(_BRIDGES[number % len(_BRIDGES)], number)
            if run.send("/api/articles", {"articles": [changed]}) is None:
                raise SystemExit(str(run.counts))
        answer = run.send("/api/ask", {"question": _QUESTION})
        if _verdict(answer, run.confirmed, run.begun) != "right":
            # Nothing could be told from such answers.
            raise SystemExit(f"the question is not answered as it was meant: {answer}")
        work: list[Callable[[], None]] = [run.change, lambda: _kill(servers, run)]
        work += [partial(run.visit, visitor) for visitor in range(int(visitors))]
        threads = [threading.Thread(target=each) for each in work]
        for thread in threads:
            thread.start()
        time.sleep(60 * minutes)
        run.stopping.set()
        for thread in threads:
            thread.join()
        _what_is_missing(run, address)
        resident = servers.resident()
    p50, p95 = quantiles(run.took, n=20)[9], quantiles(run.took, n=20)[18]
    counts = {name: run.counts[name] for name in ("lost", "wrong", "of two states", "damaged")}
    done = {**counts, **run.counts, "links": len(run.links), "feedback": len(run.comments)}
    told = [f"{name}: {count}" for name, count in done.items()]
    told.append(f"p50 {p50:.2f} s, p95 {p95:.2f} s; resident {resident} MB")
    sys.stdout.write(
        "\n".join([f"{SERVERS} servers, {visitors:.0f} visitors, {minutes} min", *told, ""])
    )
    if any(counts.values()):
        raise SystemExit(
            "\n".join([*run.failures[:_SHOWN], f"The servers' logs are kept in {folder}."])
        )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
