"""The server's own watching of feeds: in a thread, and never in the way of a question.

Knows nothing of the web.
"""

import logging
import threading
from collections.abc import Iterable

from bot.service import Service
from bot.settings import Watch
from index.archive.tables import ArchiveBusy, ArchiveError
from index.reading.fetching import Fetcher
from index.reading.readings import Reading
from index.watching import LOOK_S, Watcher, told
from index.watchlist import CannotWatch, Watchlist, read_every, watched

_log = logging.getLogger(__name__)


def keep_watching(service: Service, settings: Watch, fetcher: Fetcher | None = None) -> None:
    """Ask the feeds of the settings, and those that were named before, until the server stops.

    Returns at once where there are none; else it waits for the archive first.
    """
    answerer = service.when_ready()
    if answerer is None or not (settings.feeds or watched(answerer.archive.address)):
        return
    try:
        with Watchlist.of(answerer.archive.address) as watchlist:
            watcher = Watcher(
                watchlist, lambda readings: _take(service, readings), fetcher or Fetcher()
            )
            for url in settings.feeds:
                watcher.add(url, read_every(settings.every))
            while not service.stopping.is_set():
                try:
                    if not watchlist.all():
                        return
                    asked = watcher.step()
                    wait_s = 0 if asked else min(watcher.wait_s(), LOOK_S)
                except ArchiveBusy as error:  # another is writing, or the database starts anew
                    asked, wait_s = None, LOOK_S
                    _log.warning("Feeds are watched again in %.0f s: %s", LOOK_S, error)
                if asked and asked.problem:
                    _log.warning("%s: %s", asked.url, asked.problem)
                service.stopping.wait(wait_s)
    except (ArchiveError, CannotWatch) as error:
        _log.error("Feeds are no longer watched: %s", error)


def start_watching(service: Service, settings: Watch) -> None:
    """The same in a thread of its own, which ends with the server."""
    threading.Thread(
        target=keep_watching, args=(service, settings), name="watch", daemon=True
    ).start()


def _take(service: Service, readings: Iterable[Reading]) -> tuple[int, str]:
    """Bring in what was read in its turn among other changes; questions go first."""
    changes = service.change_now(
        lambda answerer: list(answerer.library.add(readings, service.yield_to_questions))
    )
    problems = [f"{each.name}: {each.problem}" for each in changes if each.what == "problem"]
    return sum(each.what in ("added", "replaced") for each in changes), told(problems)
