"""The web app: wiring, from the command line to the server, and nothing else."""

import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from index.archive.address import Address
from index.console import ARCHIVE_HELP, ArchiveAddress, heartbeat, run
from index.schema import VerbatimError

if TYPE_CHECKING:
    from bot.answerer import Answerer
    from bot.drafting.model import LanguageModel
    from bot.service import Service
    from bot.settings import Settings


_GRACE_S = 8  # for what is being answered when the server is stopped


class CannotListen(VerbatimError):
    """The address is taken, or is none of this machine's."""


@click.command()
@click.option(
    "--archive",
    default=Path(".archive"),
    show_default=True,
    type=ArchiveAddress(),
    help=ARCHIVE_HELP,
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=7860, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A TOML file (docs/configuration.md).  [default: the file in VERBATIM_CONFIG]",
)
def main(archive: Address, host: str, port: int, config: Path | None) -> None:
    """Start the web app.

    The first line printed is the address of the page. The second is the address of the library,
    with a token for this run that allows changes; it is not printed if VERBATIM_WRITE_TOKEN is
    set.
    """
    # Before the imports: when nothing is compiled yet, they take most of the time.
    with heartbeat(_starting) as is_there:
        from bot.drafting.model import LanguageModel
        from bot.running_server import announced
        from bot.settings import load_settings
        from index.archive.archive import Archive  # after --help: loads FAISS

        settings = load_settings(config, os.environ)
        model = LanguageModel.of(settings)
        Archive.open(archive).close()  # what is wrong with it is said at once, not to the visitors
        with listen(host, port) as listener, announced(archive, address(host, listener)):
            settings, lines = with_token(settings, address(host, listener))

            def say() -> None:
                is_there()
                click.echo("\n".join(lines))

            serve(archive, listener, settings, model, say)


def listen(host: str, port: int) -> socket.socket:
    """An open port: whoever connects is answered as soon as the app is there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = str(error.strerror or error).split(" (")[0]
        raise CannotListen(
            f"cannot listen on {host}, port {port}: {reason}; choose another with --host or --port"
        ) from error


def address(host: str, listener: socket.socket) -> str:
    """What a browser is given; port 0 has become a real one."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"


def serve(
    archive: Address,
    listener: socket.socket,
    settings: "Settings",
    model: "LanguageModel | None",
    say: Callable[[], None],
) -> None:
    """Open the archive in the background and answer until told to stop.

    `say` is called as soon as the port is answered.
    """
    # Read when Gradio is imported: without it, it would report each start to its makers.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from index.archive.embedding.embedder import prepare_libraries

    prepare_libraries()
    from bot.service import Service
    from bot.watching import start_watching
    from bot.web.protection.connections import raise_file_limit

    def open_answerer() -> "Answerer":
        from bot.answerer import Answerer  # seconds: torch, sentence-transformers, llama-index

        answerer = Answerer.open(archive)
        if model:
            model.prepare()
            _ = answerer.checker  # loaded when it is first looked at: now, not for a visitor
        return answerer

    raise_file_limit()
    limits = settings.limits
    service = Service(open_answerer, limits.question, model, each_waiting=limits.waiting)
    start_watching(service, settings.watch)
    # What uvicorn has caught it raises again when all is answered; the default would end it there.
    signal.signal(signal.SIGTERM, _leave)
    try:
        _answer_until_told(service, settings, listener, say)
    finally:
        service.close()


def _leave(sig: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _starting() -> str:
    """What whoever waits at a terminal is told."""
    if not sys.stderr.isatty():
        return ""
    return "Still starting; this takes longest the first time after installing"


def _answer_until_told(
    service: "Service",
    settings: "Settings",
    listener: socket.socket,
    say: Callable[[], None],
) -> None:
    """Answer until a signal comes; `say` is called as soon as it does."""
    import uvicorn

    from bot.web.protection.connections import protocol_for
    from bot.web.site import make_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            say()

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            service.stopping.set()  # at once: who is adding articles has a few seconds to say so
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        make_app(service, settings),
        http=protocol_for(settings),
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_S,
        proxy_headers=False,  # whom to believe is in the settings
        server_header=False,
        root_path=settings.root_path,
    )
    Server(config).run(sockets=[listener])


def with_token(settings: "Settings", url: str) -> tuple["Settings", list[str]]:
    """The settings with a write token, and what is printed: one made for this run is shown."""
    if settings.secrets.write_token:
        return settings, [url]
    token = secrets.token_urlsafe()
    made = replace(settings, secrets=replace(settings.secrets, write_token=token))
    return made, [url, f"{url}library#token={token}"]


def verbatim() -> NoReturn:
    """All commands in one: `verbatim add`, `verbatim ask`, `verbatim serve` and the others."""
    from bot.__main__ import cli as bot
    from index.__main__ import cli as index

    commands = {**index.commands, **bot.commands, "serve": main}
    text = "Answer questions about news articles with the articles' own sentences."
    run(click.Group("verbatim", commands, help=text), "verbatim")


if __name__ == "__main__":
    run(main, "app.py")
