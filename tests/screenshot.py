"""Takes the README's pictures from the running app: `make picture`."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.serving import ROOT, chromium, serve, visit, wait_until_ready

QUESTION = "what did Putin say about peacekeepers?"
DOCS = ROOT / "docs"


def take(browser: Browser, url: str, path: Path, *, width: int, height: int) -> None:
    """Ask, follow the second citation, and keep what the screen shows."""
    with visit(browser, url, width=width, height=height, scale=2) as visitor:
        visitor.ask(QUESTION)
        expect(visitor.page.locator("#chat .bot-row")).not_to_contain_text("do not say")
        if width > 900:  # on a narrow screen that would leave the answer
            visitor.page.locator("#chat a[href='#cite-1-2']").click()
        visitor.page.evaluate("document.activeElement.blur()")
        visitor.page.screenshot(path=path)


def main() -> None:
    """Make an archive of the seeds, serve it, take both pictures."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        add = ["-m", "index", "add", "--archive", str(archive), "seeds"]
        subprocess.run([sys.executable, *add], cwd=ROOT, check=True)
        arguments = ("app.py", "--archive", str(archive), "--port", "0")
        with serve(Path(folder), *arguments) as server, chromium() as browser:
            wait_until_ready(server)
            take(browser, server.url, DOCS / "page.png", width=1280, height=800)
            take(browser, server.url, DOCS / "page-narrow.png", width=390, height=800)


if __name__ == "__main__":
    main()
