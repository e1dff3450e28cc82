"""A real server process and a real browser for the tests of the web app; neither leaves loopback.

The process runs under a `sitecustomize` that writes down, and refuses, every connection and name
look-up beyond loopback; and that can hold the archive's opening up, however fast the machine is.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.nursery import NURSERY, Fork
from tests.patience import PATIENCE, PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)

_Process = subprocess.Popen[str] | Fork
_Start = Callable[[Sequence[str], Mapping[str, str], TextIO], _Process]

ROOT = Path(__file__).parent.parent
CHROMIUM = Path("/usr/bin/chromium")
# What Playwright switches off, for the last list counts alone; and pages of the browser's own, of
# which each window would load two behind its address bar, for half a second of processor time.
_WITHOUT = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,"
    "MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "ThirdPartyStoragePartitioning,"
    "WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxPopup"
)
FLAGS = [
    f"--disable-features={_WITHOUT}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
_GUARD = """
import os, sys, threading, time

def guard(event, arguments):
    if event == "sqlite3.connect" and threading.current_thread() is not threading.main_thread():
        while os.path.exists(os.environ["HELD"]):
            time.sleep(0.02)
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0] or ""
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host not in ("", "localhost", "::1") and not host.startswith("127."):
        with open(os.environ["LEAKS"], "a") as leaks:
            leaks.write(f"{event} {host}\\n")
        raise OSError(f"forbidden in tests: {event} {host}")

sys.addaudithook(guard)
"""


def guarded(folder: Path) -> dict[str, str]:
    """The environment of a process that may not leave loopback; it tells on itself in `leaks`.

    While there is a file `held`, it opens no archive behind its port.
    """
    (folder / "sitecustomize.py").write_text(_GUARD, encoding="utf-8")
    (folder / "leaks").touch()
    told = {"PYTHONPATH": folder, "LEAKS": folder / "leaks", "HELD": folder / "held"}
    return os.environ | {name: str(path) for name, path in told.items()}


@dataclass(frozen=True)
class Server:
    """A running server: its address, and what it tried to reach."""

    url: str
    process: _Process
    leaks: Path
    opening: "Reply"  # what it said first, while the archive was not yet open

    def line(self) -> str:
        """The next line of what it prints after its address."""
        return _next_line(self.process)

    def get(self, path: str, **headers: str) -> "Reply":
        """Fetch a path."""
        return fetch(self.url + path.lstrip("/"), None, **headers)

    def post(self, path: str, body: bytes, **headers: str) -> "Reply":
        """Send a body."""
        return fetch(self.url + path.lstrip("/"), body, **headers)

    def events(self, page: str, **headers: str) -> str:
        """What the page of that name hears until the event it is in is over."""
        url = f"{self.url}gradio_api/queue/data?session_hash={page}"
        request = urllib.request.Request(url, headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=PATIENCE) as stream:  # noqa: S310
            heard = []
            for line in stream:
                heard.append(line.decode())
                if '"process_completed"' in heard[-1]:
                    break
        return "".join(heard)

    def ask(self, question: str, *history: str) -> dict[str, Any]:
        """Ask by the API."""
        body = json.dumps({"question": question, "history": history}).encode()
        reply = self.post("/api/ask", body)
        assert reply.status == 200, reply.text
        return dict(reply.json())


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> Any:  # noqa: ANN401 - that is what JSON is
        """The body as JSON."""
        return json.loads(self.text)


def fetch(url: str, body: bytes | None = None, method: str | None = None, **headers: str) -> Reply:
    """One request to a server of our own; the status is a value and not an exception."""
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
            head = {name.lower(): value for name, value in reply.headers.items()}
            return Reply(reply.status, head, reply.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            head = {name.lower(): value for name, value in error.headers.items()}
            return Reply(error.code, head, error.read().decode())


@contextlib.contextmanager
def serve(
    folder: Path, *arguments: str, first: str = "readyz", **environment: str
) -> Iterator[Server]:
    """`python ARGUMENTS`, guarded, until the end of the block; its first line is the address.

    The path `first` is fetched before the archive may be opened.
    """
    with _serving(folder, arguments, environment, first, NURSERY.start) as server:
        yield server


@contextlib.contextmanager
def serve_anew(folder: Path, *arguments: str) -> Iterator[Server]:
    """The same by an interpreter that has nothing imported yet, as users start it."""
    with _serving(folder, arguments, {}, "readyz", _by_a_new_interpreter) as server:
        yield server


@contextlib.contextmanager
def _serving(
    folder: Path, arguments: Sequence[str], environment: dict[str, str], first: str, start: _Start
) -> Iterator[Server]:
    held = folder / "held"
    held.touch()
    told = guarded(folder) | environment
    with (
        (folder / "stderr").open("w") as errors,
        start(arguments, told, errors) as process,
    ):
        try:
            url = _next_line(process)
            opening = fetch(url + first, Accept="text/html")
            held.unlink()
            yield Server(url, process, folder / "leaks", opening)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _by_a_new_interpreter(
    arguments: Sequence[str], environment: Mapping[str, str], errors: TextIO
) -> subprocess.Popen[str]:
    command = [sys.executable, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=errors
    )


def _next_line(process: _Process) -> str:
    stdout = process.stdout
    assert stdout
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
    return lines.get(timeout=PATIENCE).strip()


def wait_until_ready(server: Server) -> None:
    """Return when it answers questions."""
    end = time.monotonic() + PATIENCE
    while server.get("/readyz").status == 503:
        assert time.monotonic() < end
        time.sleep(0.2)


@dataclass
class Visit:
    """A page of a visitor of their own, and everything that went on in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def assert_faultless(self, home: str) -> None:
        """Nothing went wrong, and nothing was sent elsewhere."""
        assert self.complaints == []
        assert self.dialogs == []
        assert [url for url in self.requests if not url.startswith((home, "data:"))] == []

    def ask(self, question: str) -> None:
        """Type the question, press Enter, wait until the answer is whole."""
        asked = self.page.locator("#chat .user-row").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.wait_for_answer(asked + 1)

    def wait_for_answer(self, number: int) -> None:
        """Return when answer `number` is there and grows no more."""
        self.page.wait_for_function(
            """number => !document.documentElement.classList.contains('busy')
                 && document.querySelectorAll('#chat .bot-row .turn .acts').length >= number""",
            arg=number,
            timeout=PATIENCE_MS,
        )


@contextlib.contextmanager
def visit(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    height: int = 800,
    dark: bool = False,
    scale: int = 1,
    awaits: str = "#question textarea",
    scripts: bool = True,
) -> Iterator[Visit]:
    """Open the page in a profile of its own; `awaits` shows that it is there."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=scale,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    seen = Visit(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda message: _note(seen, message.type, message.text))
    page.on("dialog", lambda dialog: _dismiss(seen, dialog))
    try:
        page.goto(url)
        page.wait_for_selector(awaits)
        yield seen
    finally:
        context.close()


def _note(seen: Visit, kind: str, text: str) -> None:
    if kind == "error":
        seen.complaints.append(text)


def _dismiss(seen: Visit, dialog: Dialog) -> None:
    seen.dialogs.append(dialog.message)
    dialog.dismiss()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; the test is skipped where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"the page is tested in Chromium, and there is none at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
