"""The feeds that are watched, and what is known of each: beside the archive.

Safe to share between threads and processes. Knows nothing of how feeds are asked.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from index.archive.address import Address
from index.archive.engine import Connection
from index.archive.engines import beside
from index.archive.transactions import Transactions
from index.reading.fetching import Seen
from index.reading.urls import host_of
from index.schema import RequestError

FILE = "watched.sqlite3"
MAX_FEEDS = 1_000
LEAST, MOST = timedelta(minutes=1), timedelta(days=7)
_EVERY = re.compile(r"(\d{1,6}) ?([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_TABLE = """
    CREATE TABLE IF NOT EXISTS feeds (
    url TEXT PRIMARY KEY, every_s REAL NOT NULL, due_at TEXT NOT NULL, asked_at TEXT, read_at TEXT,
    n_failures INTEGER NOT NULL, problem TEXT NOT NULL, n_added INTEGER NOT NULL,
    etag TEXT NOT NULL, modified TEXT NOT NULL)"""
_UPDATE = """
    UPDATE feeds SET due_at = ?, asked_at = ?, read_at = ?, n_failures = ?, problem = ?,
    n_added = ?, etag = ?, modified = ? WHERE url = ?"""


class CannotWatch(RequestError):
    """The time is none, or there is no room for another feed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A feed: how often it is asked, when next; when it was last asked and read, what failed.

    `n_failures` are those in a row, `problem` is the last one's, or what of the last reading was
    lost; `n_added` counts the articles that came of it. Times are of UTC.
    """

    url: str
    every: timedelta
    due_at: datetime
    asked_at: datetime | None = None
    read_at: datetime | None = None
    n_failures: int = 0
    problem: str = ""
    n_added: int = 0
    seen: Seen = field(default_factory=Seen)

    @property
    def host(self) -> str:
        """Whose it is."""
        return host_of(self.url)

    def record(self) -> dict[str, object]:
        """As JSON; times in ISO 8601."""
        times = (self.due_at, self.asked_at, self.read_at)
        due, asked, read = (time.isoformat(timespec="seconds") if time else None for time in times)
        return {
            "url": self.url,
            "every_s": self.every.total_seconds(),
            "read_at": read,
            "asked_at": asked,
            "due_at": due,
            "failures": self.n_failures,
            "problem": self.problem or None,
            "added": self.n_added,
        }

    def line(self) -> str:
        """As a line for a terminal."""
        read = f"read {self.read_at:%Y-%m-%d %H:%M}" if self.read_at else "never read"
        parts = [f"{read}, {self.n_added} added", f"next {self.due_at:%Y-%m-%d %H:%M} UTC"]
        failed = f"failed {self.n_failures} times: " if self.n_failures else ""
        return " · ".join((self.url, *parts, *([failed + self.problem] if self.problem else ())))


def read_every(text: str) -> timedelta:
    """A time between two as people write it: "15m", "2h", "1d"; raises CannotWatch."""
    found = _EVERY.fullmatch(text.strip().lower())
    every = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if not LEAST <= every <= MOST:
        raise CannotWatch(
            f"{text!r} is not an interval such as 15m or 2h, from a minute to 7 days."
        )
    return every


class Watchlist:
    """The list, open."""

    def __init__(self, database: Transactions[Connection]) -> None:
        self._database = database

    @classmethod
    @contextlib.contextmanager
    def of(cls, archive: Address) -> Iterator["Watchlist"]:
        """The list of the archive at that address; made where there is none."""
        with beside(archive, FILE, _make_table) as database:
            yield cls(database)

    def all(self) -> tuple[Watched, ...]:
        """All feeds, by their addresses."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM feeds ORDER BY url").fetchall()
        return tuple(map(_from_row, rows))

    def put(self, feed: Watched) -> None:
        """Keep what is known of a feed; raises CannotWatch if there are too many."""
        with self._database.writing() as connection:
            count = connection.execute("SELECT count(*) FROM feeds WHERE url != ?", (feed.url,))
            if count.fetchone()[0] >= MAX_FEEDS:
                raise CannotWatch(
                    f"{MAX_FEEDS:,} feeds are watched, the most allowed: forget some first."
                )
            connection.execute("DELETE FROM feeds WHERE url = ?", (feed.url,))
            connection.execute("INSERT INTO feeds VALUES (?,?,?,?,?,?,?,?,?,?)", _to_row(feed))

    def update(self, feed: Watched) -> None:
        """Keep what came of asking a feed, unless it was forgotten meanwhile; `every` stays."""
        url, _, *known = _to_row(feed)
        with self._database.writing() as connection:
            connection.execute(_UPDATE, (*known, url))

    def claim(self, feed: Watched, until: datetime) -> bool:
        """Take a feed for asking, so that nobody else does; whether nobody had."""
        with self._database.writing() as connection:
            done = connection.execute(
                "UPDATE feeds SET due_at = ? WHERE url = ? AND due_at = ?",
                (until.isoformat(), feed.url, feed.due_at.isoformat()),
            )
            return done.rowcount > 0

    def forget(self, url: str) -> bool:
        """Ask for a feed no more; whether it was watched."""
        with self._database.writing() as connection:
            done = connection.execute("DELETE FROM feeds WHERE url = ?", (url,))
            return done.rowcount > 0


def watched(archive: Address) -> tuple[Watched, ...]:
    """All feeds of the archive at that address; nothing is made where none was ever watched."""
    if isinstance(archive, Path) and not (archive / FILE).is_file():
        return ()
    with Watchlist.of(archive) as watchlist:
        return watchlist.all()


def _make_table(connection: Connection) -> None:
    connection.execute(_TABLE)


def _to_row(feed: Watched) -> tuple[Any, ...]:
    times = (each.isoformat() if each else None for each in (feed.asked_at, feed.read_at))
    return (
        *(feed.url, feed.every.total_seconds(), feed.due_at.isoformat(), *times),
        *(feed.n_failures, feed.problem, feed.n_added, feed.seen.etag, feed.seen.modified),
    )


def _from_row(row: tuple[Any, ...]) -> Watched:
    url, every_s, due_at, asked_at, read_at, n_failures, problem, n_added, etag, modified = row
    asked, read = (datetime.fromisoformat(t) if t else None for t in (asked_at, read_at))
    every, due = timedelta(seconds=every_s), datetime.fromisoformat(due_at).astimezone(UTC)
    seen = Seen(etag, modified)
    return Watched(url, every, due, asked, read, n_failures, problem, n_added, seen)
