"""Takes the README's pictures from the running app: `make picture`.

With more articles than the seeds (`python -m tests.screenshot PATH...`) it takes those of the
library and of a person too, where few articles would show little.
"""

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
        expect(visitor.page.locator("#status p")).to_have_text("")
        if width > 900:  # on a narrow screen that would leave the answer
            visitor.page.locator("#chat a[href='#cite-1-2']").click()
        visitor.page.evaluate("document.activeElement.blur()")
        visitor.page.screenshot(path=path)


def take_page(browser: Browser, library: str, path: Path, *, person: bool) -> None:
    """The library, with its token; or the page of whoever is quoted most."""
    with visit(browser, library, awaits="#list", height=720, scale=2) as visitor:
        if person:
            visitor.page.click("nav >> text=People")
            visitor.page.click(".people .title >> nth=0")
        visitor.page.screenshot(path=path)


def main() -> None:
    """Make an archive of the seeds and whatever is named, serve it, take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        archive, more = Path(folder, "archive"), sys.argv[1:]
        add = ["-m", "index", "add", "--archive", str(archive), "seeds", *more]
        subprocess.run([sys.executable, *add], cwd=ROOT, check=True)
        arguments = ("app.py", "--archive", str(archive), "--port", "0")
        with serve(Path(folder), *arguments) as server, chromium() as browser:
            wait_until_ready(server)
            if more and server.process.stdout:
                library = server.process.stdout.readline().strip()
                take_page(browser, library, DOCS / "library.png", person=False)
                take_page(browser, library, DOCS / "people.png", person=True)
                return
            take(browser, server.url, DOCS / "page.png", width=1280, height=800)
            take(browser, server.url, DOCS / "page-narrow.png", width=390, height=800)


if __name__ == "__main__":
    main()
