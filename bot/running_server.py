"""Finds the server that has an archive open, so that the terminal need not load the models.

A file in the archive's folder says where the server listens and is locked as long as it runs: a
file left behind by a dead process, or copied with the folder, is not locked and is ignored.
"""

import fcntl
import json
import os
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from index.archive.address import Address

FILE = "server.json"
_PATIENCE_S = 60.0


@contextmanager
def announced(archive: Address, url: str) -> Iterator[None]:
    """Announce, within the block, that a server listens at `url`.

    Does nothing if the folder is not writable, or for an archive in a database, whose servers may
    be on any machine.
    """
    if not isinstance(archive, Path):
        yield
        return
    with ExitStack() as stack:
        with suppress(OSError):
            file = stack.enter_context((archive / FILE).open("a+", encoding="utf-8"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # another server may have been first
            stack.callback((archive / FILE).unlink, missing_ok=True)
            file.truncate(0)
            file.write(json.dumps({"url": url}))
            file.flush()
        yield


def ask_running(archive: Address, question: str, *, accept: str) -> str | None:
    """The verbatim answer of the running server, in the media type `accept`.

    None if there is no server or it does not answer.
    """
    url = _url(archive) if isinstance(archive, Path) else None
    if url is None:
        return None
    body = json.dumps({"question": question, "verbatim": True})
    headers = {"Content-Type": "application/json", "Accept": accept}
    if token := os.environ.get("VERBATIM_READ_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(f"{url}api/ask", body.encode(), headers)  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_PATIENCE_S) as reply:
            is_wanted = reply.headers.get_content_type() == accept
            return str(reply.read().decode()) if is_wanted else None
    except (OSError, ValueError):
        return None


def _url(archive: Path) -> str | None:
    """Where the archive's server listens."""
    try:
        with (archive / FILE).open(encoding="utf-8") as file:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return None
            url = json.load(file)["url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return url if isinstance(url, str) and url.startswith("http://") else None
