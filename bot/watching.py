"""Watches feeds from within the server, in a thread that yields to questions.

Knows nothing of the web.
"""

import logging
import threading
from collections.abc import Iterable

from bot.service import Service
from bot.settings import Watch
from index.archive.errors import ArchiveBusy, ArchiveError
from index.reading.fetching import Fetcher
from index.reading.read_results import ReadResult
from index.watching import LOOK_S, CannotWatch, Watcher, Watchlist, came_of, read_every, watched

_log = logging.getLogger(__name__)


def keep_watching(
    service: Service, settings: Watch, fetcher: Fetcher | None = None, look_s: float = LOOK_S
) -> None:
    """Poll the configured feeds, and those on the watch list, until the server stops.

    Waits for the archive first; looks at the list again after at most `look_s` seconds.
    """
    answerer = service.when_ready()
    if answerer is None:
        return
    address = answerer.archive.address
    try:
        # A list is made beside the archive only where there is something to watch.
        while not (settings.feeds or watched(address)):
            if service.stopping.wait(look_s):
                return
        with Watchlist.of(address) as watchlist:
            watcher = Watcher(
                watchlist, lambda readings: _take(service, readings), fetcher or Fetcher()
            )
            for url in settings.feeds:
                watcher.add(url, read_every(settings.every))
            while not service.stopping.is_set():
                service.stopping.wait(_step(watcher, look_s))
    except (ArchiveError, CannotWatch) as error:
        _log.error("Feeds are no longer watched: %s", error)


def _step(watcher: Watcher, look_s: float) -> float:
    """Poll one feed if one is due; returns the seconds until the next may be."""
    try:
        asked = watcher.step()
        wait_s = 0 if asked else min(watcher.wait_s(), look_s)
    except ArchiveBusy as error:  # another is writing, or the database starts anew
        _log.warning("Feeds are watched again in %.0f s: %s", look_s, error)
        return look_s
    if asked and asked.problem:
        _log.warning("%s: %s", asked.url, asked.problem)
    return wait_s


def start_watching(service: Service, settings: Watch) -> None:
    """Run `keep_watching` in a daemon thread."""
    threading.Thread(
        target=keep_watching, args=(service, settings), name="watch", daemon=True
    ).start()


def _take(service: Service, readings: Iterable[ReadResult]) -> tuple[int, str]:
    """Add what was read, in its turn among other changes; questions go first."""
    return service.change_now(
        lambda answerer: came_of(answerer.library.add(readings, service.yield_to_questions))
    )
