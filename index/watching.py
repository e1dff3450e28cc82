"""Asks feeds again and again, politely, and tells what became of each.

One address at a time. A feed is asked with what its server gave to know it again by (RFC 9110), as
its host's robots.txt allows and as seldom as that wants (RFC 9309), later and later while it fails,
and never at the very second at which everybody asks. All that is known of a feed stands in a file
beside the archive, so a program that starts anew goes on.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.archive.tables import ArchiveError
from index.ingest import ingest
from index.reading.addresses import AddressError, check_address
from index.reading.fetching import Fetched, Fetcher, NotServed
from index.reading.readings import Problem, Reading, at_most, to_do
from index.reading.records import RecordError
from index.reading.web import read_fetched
from index.watchlist import Watched, Watchlist

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

Take = Callable[[Iterable[Reading]], tuple[int, str]]
Clock = Callable[[], datetime]


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


def taker(archive: Archive, embedder: Callable[[], Embedder]) -> Take:
    """Brings what was read into an archive; an `embedder` is for news only."""

    def take(readings: Iterable[Reading]) -> tuple[int, str]:
        problems: list[str] = []

        def noted() -> Iterator[Reading]:
            for reading in readings:
                if isinstance(reading, Problem):
                    problems.append(str(reading))
                yield reading

        outcomes = [outcome.what for outcome in ingest(archive, embedder, to_do(noted()))]
        return sum(what in ("added", "replaced") for what in outcomes), told(problems)

    return take


def told(problems: Sequence[str]) -> str:
    """The first of some problems, and how many there are beside it; "" for none."""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}" if problems else ""


def _bounded(url: str, page: Fetched) -> Iterator[Reading]:
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
