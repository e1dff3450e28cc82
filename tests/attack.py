"""What a server bears, on loopback: `python -m tests.attack [PART...]`, by itself all parts.

    hostile    10,000 requests of every route that no page would send: 5xx, tracebacks
    memory     20,000 requests of every kind: what stays in memory
    flood      one address sends hundreds of questions: how long another visitor waits
    adding     one article of 400 kB goes in: how long a question takes meanwhile
    history    a question after 20 others, against the same without
    crowd      100 visitors for two minutes: answers a second, a repeated question, the library

Visitors are told apart by the loopback address that they come from. Each part serves anew.
"""

import contextlib
import http.client
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tests.archives import story
from tests.conftest import SEED
from tests.patience import PATIENCE
from tests.serving import ROOT, Server, serve, wait_until_ready

PUTIN = "what did Putin say about peacekeepers?"
TOKEN = "a-token-for-tests-only"  # noqa: S105 - opens nothing else
KEY = {"Authorization": f"Bearer {TOKEN}"}
_LIMITS = "[limits]\nper_minute = 1000000\n"


def send(
    server: Server,
    method: str,
    path: str,
    body: bytes | None = None,
    *,
    address: str = "127.0.0.1",
    patience: float = PATIENCE,
    **headers: str,
) -> tuple[int, bytes]:
    """One request from an address; 0 where no reply came."""
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(
        str(parts.hostname), parts.port, timeout=patience, source_address=(address, 0)
    )
    try:
        connection.request(method, path, body, {"Content-Type": "application/json", **headers})
        reply = connection.getresponse()
        return reply.status, reply.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def ask(server: Server, question: str, address: str, *history: str) -> tuple[int, float]:
    """A question by the API: its status, and how many seconds it took."""
    start = time.perf_counter()
    body = json.dumps({"question": question, "history": history}).encode()
    status, _ = send(server, "POST", "/api/ask", body, address=address)
    return status, time.perf_counter() - start


def join(server: Server, name: object, address: str, question: str = PUTIN) -> int:
    """A question by the page's queue, which nobody listens to."""
    record = {
        "data": [question, "", "", None],
        "fn_index": 0,
        "trigger_id": 9,
        "session_hash": name,
    }
    return send(
        server, "POST", "/gradio_api/queue/join", json.dumps(record).encode(), address=address
    )[0]


# --- hostile requests


def hostile(chance: random.Random) -> tuple[str, str, bytes | None]:
    """A request that no page of ours would send."""
    nasty = ["", "\0", "x" * 20_000, "‮", "\ud800", "../../etc/passwd", "<script>", "%00", "🙂" * 9]
    odd: list[object] = [None, 0, -1, 1e308, True, [], {}, [[[]]], *nasty, 10**30]
    paths = """/ /frame /library /article /people /person /docs /config /openapi.json /embed.js
        /gradio_api/info /gradio_api/heartbeat/x /gradio_api/queue/data /gradio_api/startup-events
        /gradio_api/upload /monitoring /gradio_api/run/ask /gradio_api/call/ask /theme.css /assets/x
        /api/articles /api/articles/x /api/statements /api/people /api/cite /api/annotations
        /api/examples /healthz /readyz /static/x /verbatim/x""".split()
    kind = chance.randrange(4)
    if kind == 0:
        names = "q id start end theme a session_hash name topic article format from to offset limit"
        query = "&".join(
            f"{chance.choice(names.split())}={_escaped(str(chance.choice(odd)))}" for _ in range(3)
        )
        return chance.choice(("GET", "HEAD")), f"{chance.choice(paths)}?{query}", None
    if kind == 1:
        record = {
            "data": chance.choice(
                [odd, ["q", "", "", None], ["q"], None, "q", [chance.choice(odd)]]
            ),
            "fn_index": chance.choice([*range(-1, 9), 99, None, "0", 2**70]),
            "session_hash": chance.choice(
                [*odd, "abcdefghij", f"s{chance.randrange(10**9)}", "y" * 9**6]
            ),
            "event_data": chance.choice(odd),
            "trigger_id": chance.choice(odd),
            "event_id": chance.choice([*odd, "0" * 32]),
        }
        where = chance.choice(("queue/join", "cancel", "reset", "stream/x", "run/ask"))
        return "POST", f"/gradio_api/{where}", json.dumps(record).encode()
    where = chance.choice(("ask", "links", "feedback", "articles", "ask", "nothing"))
    if kind == 2:
        record = {
            "question": chance.choice([PUTIN, *odd]),
            "history": chance.choice([*odd, [PUTIN], [{"question": 3}], ["x"] * 500]),
            "verdict": chance.choice([*odd, "right"]),
            "number": chance.choice(odd),
            "comment": chance.choice(odd),
            "articles": chance.choice([*odd, [{"body": chance.choice(odd)}]]),
            "url": chance.choice(odd),
        }
        return "POST", f"/api/{where}", json.dumps(record).encode()
    body = bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
    return chance.choice(("POST", "DELETE", "PUT", "PATCH")), f"/api/{where}", body


def _escaped(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))[:6000]


def part_hostile(server: Server, n: int = 10_000) -> None:
    """Send them; count what must not be."""

    def one(seed: int) -> int:
        method, path, body = hostile(random.Random(seed))  # noqa: S311 - no secret
        return send(server, method, path, body, address=f"127.0.0.{seed % 40 + 2}")[0]

    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(one, range(n)))
    say(
        f"{n} hostile requests",
        f"{dict(sorted(statuses.items()))}, {tracebacks(server)} tracebacks",
    )


def part_memory(server: Server, n: int = 20_000) -> None:
    """What is in memory before and after requests of every kind, from many addresses."""

    def one(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - no secret
        address = f"127.0.{chance.randrange(20)}.{chance.randrange(1, 250)}"
        kind = seed % 4
        if kind == 0:
            name = "".join(chance.choice("abcdefghij0123456789") for _ in range(11))
            join(server, name, address, f"{PUTIN} {seed}" if seed % 100 == 0 else PUTIN)
        elif kind == 1:
            path = chance.choice(("/library", "/article?id=putin-peacekeepers", "/people", "/docs"))
            send(server, "GET", path, address=address)
        elif kind == 2:
            record = {"question": PUTIN, "verdict": "right", "comment": "x" * 2000}
            where = "links" if seed % 8 == 2 else "feedback"
            send(server, "POST", f"/api/{where}", json.dumps(record).encode(), address=address)
        else:
            send(server, *hostile(chance), address=address)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(400)))
        before = resident(server)
        list(pool.map(one, range(400, n)))
    after = resident(server)
    say(f"{n} requests of every kind", f"{before} MB, then {after} MB: {after - before:+} MB")


# --- one who takes everything


def part_flood(server: Server) -> None:
    """580 questions by the page's queue, then 300 by the API; another visitor asks meanwhile."""

    def by_api(n: int) -> int:
        return ask(server, f"what did Putin say about peacekeepers {n}?", "127.0.0.2")[0]

    def by_page(n: int) -> int:
        return join(server, f"flood{n:06}", "127.0.0.2", f"what did Putin say, {n} times?")

    def another(what: str) -> list[float]:
        asked = (ask(server, f"what did Putin say {what}, {k}?", "127.0.0.3") for k in range(8))
        return sorted(took for status, took in asked if status == 200)

    say("a question of another visitor alone", f"median {median(another('at all')):.1f} s")
    for what, n, one in (("by the page", 580, by_page), ("by the API", 300, by_api)):
        with ThreadPoolExecutor(n) as pool:
            sent = [pool.submit(one, k) for k in range(n)]
            time.sleep(1)
            seconds = another(what)
            statuses = Counter(each.result() for each in sent)
        say(
            f"{n} questions {what} by one address",
            f"{dict(statuses)}; another's wait: median {median(seconds):.1f} s, "
            f"most {seconds[-1]:.1f} s",
        )


def part_adding(server: Server) -> None:
    """Questions while one long article goes in."""
    text = "\n".join(
        f"Minister Ann Lee{n} said the harbour of town {n} would close. It rained on day {n}."
        for n in range(5000)
    )[:400_000]
    body = json.dumps({"articles": [{"id": "long", "body": text}]}).encode()
    adding = threading.Thread(
        target=lambda: send(server, "POST", "/api/articles", body, patience=900, **KEY)
    )
    alone = [ask(server, f"what did Putin say about peace, {n}?", "127.0.0.3")[1] for n in range(5)]
    adding.start()
    time.sleep(1)
    took: list[float] = []
    while adding.is_alive() and len(took) < 200:
        took.append(ask(server, f"what did Putin say about troops, {len(took)}?", "127.0.0.3")[1])
    adding.join()
    say(
        "a question alone, and while one article of 400 kB goes in",
        f"median {median(alone):.2f} s; median {median(took):.2f} s, "
        f"most {max(took):.2f} s of {len(took)}",
    )


def part_history(server: Server) -> None:
    """The processor's time of a question after 20 others, and of the same alone."""
    spent: list[float] = []
    for n in range(6):
        for history in ([], [f"what did Macron say about troops, {n} and {k}?" for k in range(20)]):
            before = processor(server)
            ask(
                server,
                f"what did Putin say about peacekeepers, {n} {len(history)}?",
                "127.0.0.3",
                *history,
            )
            spent.append(processor(server) - before)
    alone, after = median(spent[::2]), median(spent[1::2])
    say(
        "a question after 20 others, against the same alone",
        f"{after:.2f} s of the processor, {alone:.2f} s: {after / alone:.1f} times",
    )


def part_crowd(server: Server, visitors: int = 100, seconds: float = 120.0) -> None:
    """Everybody asks one question after the other; others repeat one, or open the library."""
    end = time.monotonic() + seconds
    statuses: Counter[int] = Counter()
    repeated: list[float] = []
    library: list[float] = []

    def visit(n: int) -> int:
        answered = 0
        while time.monotonic() < end:
            words = f"what did Putin say about peacekeepers and {n} {answered}?"
            status, _ = ask(server, words, f"127.0.1.{n + 1}")
            statuses[status] += 1
            answered += status == 200
            if status == 503:
                time.sleep(1)
        return answered

    def every_second(took: list[float], request: Callable[[], object]) -> None:
        while time.monotonic() < end:
            start = time.perf_counter()
            request()
            took.append(time.perf_counter() - start)
            time.sleep(1)

    ask(server, PUTIN, "127.0.0.3")
    with ThreadPoolExecutor(visitors + 2) as pool:
        pool.submit(every_second, repeated, lambda: ask(server, PUTIN, "127.0.0.3"))
        pool.submit(
            every_second, library, lambda: send(server, "GET", "/library", address="127.0.0.4")
        )
        answered = sum(pool.map(visit, range(visitors)))
    say(
        f"{visitors} visitors for {seconds:.0f} s",
        f"{answered / seconds:.1f} answers a second, {dict(statuses)}; a repeated question median "
        f"{median(repeated):.2f} s; the library 95 % within {quantiles(library, n=20)[18]:.2f} s",
    )


# --- measuring


def resident(server: Server) -> int:
    """Megabytes in memory."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def processor(server: Server) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def tracebacks(server: Server) -> int:
    """How many the server has written."""
    return (server.leaks.parent / "stderr").read_text("utf-8").count("Traceback")


def say(what: str, figure: str) -> None:
    """One line."""
    sys.stdout.write(f"{what}: {figure}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def served() -> Iterator[Server]:
    """The seeds and some stories, served."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "verbatim.toml").write_text(_LIMITS, encoding="utf-8")
        (folder / "token").write_text(TOKEN, encoding="utf-8")
        lines = [{"id": s.id, "title": s.title, "body": s.text} for s in map(story, range(60))]
        (folder / "news.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        archive = ["--archive", str(folder / "archive")]
        add = [
            sys.executable,
            "-m",
            "index",
            "add",
            *archive,
            str(SEED.parent),
            str(folder / "news.jsonl"),
        ]
        subprocess.run(add, cwd=ROOT, check=True)
        options = ["--port", "0", "--config", str(folder / "verbatim.toml")]
        with serve(folder, "app.py", *archive, *options, VERBATIM_WRITE_TOKEN=TOKEN) as server:
            wait_until_ready(server)
            yield server


PARTS = {
    "hostile": part_hostile,
    "memory": part_memory,
    "flood": part_flood,
    "adding": part_adding,
    "history": part_history,
    "crowd": part_crowd,
}


def main(*parts: str) -> None:
    """Serve and attack."""
    for part in parts or PARTS:
        with served() as server:
            PARTS[part](server)


if __name__ == "__main__":
    main(*sys.argv[1:])
