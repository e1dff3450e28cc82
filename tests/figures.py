"""Measures the page of the conversation in Chromium: `python -m tests.figures`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.serving import ROOT, Server, chromium, serve, visit, wait_until_ready

QUESTION = "what did Putin say about peacekeepers?"
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def main() -> None:
    """Print a line for each figure."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        archive = Path(folder, "archive")
        add = ["-m", "index", "add", "--archive", str(archive), "seeds"]
        subprocess.run([sys.executable, *add], cwd=ROOT, check=True)
        arguments = ("app.py", "--archive", str(archive), "--port", "0")
        with serve(Path(folder), *arguments) as server:
            say("first paint, address just printed, model loading", f"{paint(browser, server)} ms")
            wait_until_ready(server)
            say("first paint, model loaded", f"{paint(browser, server)} ms")
            with visit(browser, server.url) as visitor:
                seconds = sorted(first_sentence(visitor.page) for _ in range(5))
            say(
                "first sentence after Enter, first of 5 and median",
                f"{seconds[0]:.2f} s, {seconds[2]:.2f} s",
            )
            kilobytes, requests = weight(browser, server)
            say("over the wire, page and first answer", f"{kilobytes} kB in {requests} requests")


def say(what: str, figure: str) -> None:
    """One line."""
    sys.stdout.write(f"{what:55s} {figure}\n")


def paint(browser: Browser, server: Server) -> int:
    """Milliseconds from asking for the page to its first content."""
    with visit(browser, server.url) as visitor:
        return round(float(visitor.page.evaluate(_PAINT)))


def first_sentence(page: Page) -> float:
    """Seconds from Enter to a sentence of the answer."""
    asked = page.locator("#chat .user-row").count()
    page.fill("#question textarea", QUESTION)
    began = time.perf_counter()
    page.press("#question textarea", "Enter")
    page.locator("#chat .bot-row").nth(asked).locator("li").first.wait_for()
    seconds = time.perf_counter() - began
    page.wait_for_function("() => !document.documentElement.classList.contains('busy')")
    return seconds


def weight(browser: Browser, server: Server) -> tuple[int, int]:
    """Kilobytes and requests of a visit with one question, nothing in the browser's cache."""
    sizes: list[int] = []
    with visit(browser, "about:blank", awaits="html") as visitor:
        session = visitor.page.context.new_cdp_session(visitor.page)
        session.send("Network.enable")

        def note(event: dict[str, Any]) -> None:
            sizes.append(int(event["encodedDataLength"]))

        session.on("Network.loadingFinished", note)
        visitor.page.goto(server.url)
        visitor.page.wait_for_selector("#question textarea")
        visitor.ask(QUESTION)
        visitor.page.wait_for_timeout(1000)
    return round(sum(sizes) / 1000), len(sizes)


if __name__ == "__main__":
    main()
