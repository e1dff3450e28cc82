"""Asks feeds again and again, politely, and tells what became of each.

One address at a time. A feed is asked with what its server gave to know it again by (RFC 9110), as
its host's robots.txt allows and as seldom as that wants (RFC 9309), later and later while it fails,
and never at the very second at which everybody asks. All that is known of a feed stands in a file
beside the archive, the watch list, so a program that starts anew goes on.
"""

import contextlib
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from index.archive.address import Address
from index.archive.engine import Connection
from index.archive.errors import ArchiveError
from index.archive.opening import beside
from index.archive.transactions import Transactions
from index.ingest import Outcome
from index.reading.addresses import AddressError, check_address
from index.reading.fetching import Fetched, Fetcher, NotServed, Seen
from index.reading.read_results import Problem, ReadResult, at_most
from index.reading.records import RecordError
from index.reading.urls import host_of
from index.reading.web import read_fetched
from index.schema import RequestError

AGENT = "Verbatim"
LOOK_S = 30.0  # after which the list is looked at again: another may have added a feed
MAX_ARTICLES = 500  # of one feed at a time
_LONGEST = timedelta(days=1)  # between two times that a feed which fails is asked
_JITTER = 0.1  # of the time between two
_ROBOTS_FOR = timedelta(days=1)
_ROBOTS_AGAIN = timedelta(hours=1)  # where they could not be had
_ROBOTS_BYTES = 512 * 1024
_NOT_ALLOWED = "its robots.txt does not allow to ask for it"
_NO_ROBOTS = "its robots.txt cannot be had now, so it is not asked"

Take = Callable[[Iterable[ReadResult]], tuple[int, str]]
Clock = Callable[[], datetime]
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


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Robots:
    """What a host allows; nothing, where that is not known."""

    until: datetime
    rules: RobotFileParser | None

    def problem(self, url: str) -> str:
        """Why an address may not be asked for; "" if it may."""
        if self.rules is None:
            return _NO_ROBOTS
        return "" if self.rules.can_fetch(AGENT, url) else _NOT_ALLOWED

    @property
    def delay(self) -> timedelta:
        """How long to wait between two requests to the host."""
        told = self.rules.crawl_delay(AGENT) if self.rules else None
        # As whole numbers: it may have more digits than a float or a time can hold.
        return timedelta(seconds=min(int(told or 0), int(_LONGEST.total_seconds())))


@dataclass
class Watcher:
    """Asks the feeds of a list; `take` brings in what was read: how many were new, what failed."""

    watchlist: Watchlist
    take: Take
    fetcher: Fetcher = field(default_factory=Fetcher)
    clock: Clock = now
    chance: Callable[[], float] = random.random
    _robots: dict[str, _Robots] = field(default_factory=dict)

    def add(self, url: str, every: timedelta) -> None:
        """Ask for a feed from now on; of one that is watched already only the time is changed.

        Raises AddressError for what is no web address.
        """
        check_address(url, self.fetcher.ports)
        known = next((each for each in self.watchlist.all() if each.url == url), None)
        feed = replace(known, every=every) if known else Watched(url, every, self.clock())
        self.watchlist.put(replace(feed, due_at=min(feed.due_at, self.clock() + every)))

    def step(self) -> Watched | None:
        """Ask the one feed that has been due longest; what is known of it then, None if none is."""
        due = next((each for each in self._in_turn() if self._from(each) <= self.clock()), None)
        # Who else watches the same list leaves it alone then.
        if due is None or not self.watchlist.claim(due, self._after(due.every)):
            return None
        robots = self._robots_of(due.url)
        problem = robots.problem(due.url)
        if not problem and robots.delay > self.clock() - self._asked(due.host):
            later = replace(due, due_at=self._asked(due.host) + robots.delay)
        elif problem:
            later = self._failed(due, problem, _ROBOTS_AGAIN)
        else:
            later = self._ask(replace(due, asked_at=self.clock()))
        self.watchlist.update(later)
        return later

    def wait_s(self) -> float:
        """The seconds until the next feed is due; a minute if there is none."""
        dues = [(self._from(each) - self.clock()).total_seconds() for each in self._in_turn()]
        return max(0.0, min(dues, default=60.0))

    def _in_turn(self) -> list[Watched]:
        return sorted(self.watchlist.all(), key=lambda each: (each.due_at, each.url))

    def _from(self, feed: Watched) -> datetime:
        """From when on it may be asked, as far as is known without asking for its robots.txt."""
        known = self._robots.get(_root(feed.url))
        delay = known.delay if known else timedelta()
        return max(feed.due_at, self._asked(feed.host) + delay) if delay else feed.due_at

    def _asked(self, host: str) -> datetime:
        """When anything was last asked of a host."""
        asked = (each.asked_at for each in self.watchlist.all() if each.host == host)
        return max(filter(None, asked), default=datetime.min.replace(tzinfo=UTC))

    def _ask(self, feed: Watched) -> Watched:
        try:
            page = self.fetcher.fetch(feed.url, feed.seen)
        except NotServed as error:
            if error.status == 304:
                return self._read(feed, 0, "")
            return self._failed(feed, str(error), timedelta(seconds=error.retry_s or 0))
        except RecordError as error:
            return self._failed(feed, str(error))
        try:
            n_new, problem = self.take(_bounded(feed.url, page))
        except ArchiveError as error:
            return self._failed(feed, error.reason)
        return self._read(replace(feed, seen=page.seen), n_new, problem)

    def _read(self, feed: Watched, n_new: int, problem: str) -> Watched:
        return replace(
            feed,
            read_at=self.clock(),
            due_at=self._after(feed.every),
            n_failures=0,
            problem=problem,
            n_added=feed.n_added + n_new,
        )

    def _failed(self, feed: Watched, problem: str, least: timedelta = timedelta()) -> Watched:
        n = feed.n_failures + 1
        later = min(max(feed.every * 2 ** min(n, 16), least), max(_LONGEST, feed.every))
        return replace(feed, due_at=self._after(later), n_failures=n, problem=problem)

    def _after(self, time: timedelta) -> datetime:
        return self.clock() + time * (1 + _JITTER * self.chance())

    def _robots_of(self, url: str) -> _Robots:
        root = _root(url)
        known = self._robots.get(root)
        if known is None or known.until <= self.clock():
            known = self._robots[root] = self._fetch_robots(root)
        return known

    def _fetch_robots(self, root: str) -> _Robots:
        rules = RobotFileParser()
        try:
            found = self.fetcher.fetch(f"{root}/robots.txt").content[:_ROBOTS_BYTES]
        except NotServed as error:
            # Who has none allows everything; a server that fails may have one.
            if not 400 <= error.status < 500 or error.status == 429:
                return _Robots(self.clock() + _ROBOTS_AGAIN, None)
            found = b""
        except AddressError:  # it may lead to what is no address, too
            return _Robots(self.clock() + _ROBOTS_AGAIN, None)
        rules.parse(list(filter(_is_rule, found.decode("utf-8", "replace").splitlines())))
        return _Robots(self.clock() + _ROBOTS_FOR, rules)


def came_of(outcomes: Iterable[Outcome | Problem]) -> tuple[int, str]:
    """How many articles are new; the first problem and how many more there are, "" for none."""
    found = list(outcomes)
    problems = [each for each in found if isinstance(each, Problem)]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    n_new = sum(each.what in ("added", "replaced") for each in found)
    return n_new, f"{problems[0]}{more}" if problems else ""


def _bounded(url: str, page: Fetched) -> Iterator[ReadResult]:
    rest = Problem(url, f"more than {MAX_ARTICLES} entries: the rest was left out")
    return at_most(MAX_ARTICLES, read_fetched(url, page), rest)


def _is_rule(line: str) -> bool:
    """Whether the parser can take a line; at some ("Crawl-delay: ²", "Disallow: //[") it raises."""
    try:
        RobotFileParser().parse(("User-agent: *", line))
    except ValueError:
        return False
    return True


def _root(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))
