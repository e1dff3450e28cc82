"""The web app over an answerer that needs no models: `python -m tests.echo GATE [CONFIG]`.

It opens as soon as the file GATE exists, and fails to if that says so. A process of its own because
Gradio leaves event loops unclosed, which pytest would take for a fault of ours.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.answer import Answer, Refusal
from bot.answerer import Answerer
from index.schema import VerbatimError

PLACE = "/srv/archive/secret"  # where a visitor must never learn that something is


class Echo(Answerer):
    """Refuses every question in its own words; fails if that holds "break", waits for "wait"."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Say the question back."""
        if "break" in question:
            raise RuntimeError(f"no such file: {PLACE}")
        if "wait" in question:
            time.sleep(3)
        self.heard.append((*history, question))
        return Answer(question, question, "", (), Refusal("unclear"))

    def examples(self, n: int) -> tuple[str, ...]:
        """No examples."""
        return ()


def open_at(gate: Path) -> Answerer:
    """Open once the gate is there."""
    while not gate.exists():
        time.sleep(0.02)
    if gate.read_text(encoding="utf-8") == "fail":
        raise VerbatimError(f"no archive in {PLACE}")
    return Echo()


def main() -> None:
    """Serve on a free port, as app.py does."""
    from app import address, listen

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import uvicorn

    from bot.service import Service
    from bot.settings import load_settings
    from bot.web.site import make_app

    listener = listen("127.0.0.1", 0)
    settings = load_settings(Path(sys.argv[2]) if sys.argv[2:] else None, os.environ)
    app = make_app(Service(lambda: open_at(Path(sys.argv[1])), settings.limits.question), settings)
    sys.stdout.write(address("127.0.0.1", listener) + "\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        app, log_level="error", proxy_headers=False, root_path=settings.root_path
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
