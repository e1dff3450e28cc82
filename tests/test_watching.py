"""Feeds that are watched: asked as their servers want, by a clock of the test's own."""

import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bot.service import Service
from bot.settings import Watch
from bot.watching import keep_watching
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.reading.addresses import AddressError
from index.reading.read_results import ReadResult
from index.watching import (
    FILE,
    MAX_ARTICLES,
    CannotWatch,
    Watched,
    Watcher,
    Watchlist,
    came_of,
    read_every,
    watched,
)
from tests.echo import Citing
from tests.patience import PATIENCE
from tests.test_index_cli import cli, rows
from tests.websites import Answer, Website, page, website

START = datetime(2026, 3, 1, tzinfo=UTC)
EVERY = timedelta(minutes=15)
KIND = "application/rss+xml"


def feed(*bodies: str) -> str:
    items = "".join(f"<item><guid>g{n}</guid><description>{b}</description></item>"
                    for n, b in enumerate(bodies))  # fmt: skip
    return f"<rss><channel><title>Post</title>{items}</channel></rss>"


def status(code: int, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        """What it shows."""
        return self.time

    def on(self, **time: float) -> None:
        """Let so much time go by."""
        self.time += timedelta(**time)


class Desk:
    """A watcher of one site's feeds, and what came of it."""

    def __init__(self, site: Website, watchlist: Watchlist) -> None:
        self.site, self.watchlist, self.clock = site, watchlist, Clock()
        self.taken: list[str] = []
        self.watcher = self.again()
        site.requests.clear()
        site.paths = {"/robots.txt": status(404)}

    def again(self, chance: float = 0.0) -> Watcher:
        """A watcher that knows nothing but what stands in the list."""

        def take(readings: object) -> tuple[int, str]:
            found = [getattr(r, "text", f"! {r}") for r in readings]  # type: ignore[attr-defined]
            self.taken += found
            return len(found), ""

        return Watcher(self.watchlist, take, self.site.fetcher(), self.clock, lambda: chance)

    def add(self, path: str, *, every: timedelta = EVERY, host: str = "news.example") -> None:
        """Watch what stands at a path."""
        self.watcher.add(self.site.url(path, host), every)

    def run(self) -> list[Watched]:
        """Ask all that is due."""
        return list(iter(self.watcher.step, None))

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for so far."""
        return [path for path, _ in self.site.requests]


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with website() as served:
        yield served


@pytest.fixture
def desk(site: Website, tmp_path: Path) -> Iterator[Desk]:
    with Watchlist.of(tmp_path) as watchlist:
        yield Desk(site, watchlist)


def test_a_feed_is_asked_when_it_is_due_and_not_before(desk: Desk) -> None:
    desk.site.paths["/feed"] = page(feed("It rained."), KIND)
    desk.add("/feed")
    (read,) = desk.run()
    assert (read.read_at, read.n_added, read.problem) == (START, 1, "")
    assert desk.taken == ["It rained."]
    assert desk.watcher.wait_s() == EVERY.total_seconds()
    desk.clock.on(minutes=14)
    assert desk.run() == []
    desk.clock.on(minutes=1)
    assert len(desk.run()) == 1
    assert desk.asked == ["/robots.txt", "/feed", "/feed"]


def test_a_server_is_told_what_was_seen_and_a_304_costs_nothing(desk: Desk) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match") == '"v1"'
        served = page(feed("It rained."), KIND, ETag='"v1"', Last_Modified="yesterday")
        (status(304) if known else served)(request)

    desk.site.paths["/feed"] = answer
    desk.add("/feed")
    desk.run()
    desk.clock.on(minutes=15)
    (again,) = desk.run()
    assert desk.site.requests[-1][1]["If-Modified-Since"] == "yesterday"
    assert (again.read_at, again.n_failures, again.problem) == (desk.clock(), 0, "")
    assert desk.taken == ["It rained."]


@pytest.mark.parametrize("etag", ["x" * 600, "é"])
def test_what_no_header_should_hold_is_not_sent_back(desk: Desk, etag: str) -> None:
    desk.site.paths["/feed"] = page(feed("It rained."), KIND, ETag=etag)
    desk.add("/feed")
    for _ in range(2):
        assert [each.problem for each in desk.run()] == [""]
        desk.clock.on(minutes=15)
    assert "If-None-Match" not in desk.site.requests[-1][1]


def test_robots_txt_is_asked_once_a_day_and_obeyed(desk: Desk) -> None:
    desk.site.paths |= {
        "/robots.txt": page("User-agent: verbatim\nDisallow: /no\n", "text/plain"),
        "/no/feed": page(feed("No."), KIND),
        "/feed": page(feed("Yes."), KIND),
    }
    desk.add("/no/feed", every=timedelta(days=1))
    desk.add("/feed")
    problems = {each.url.partition("example")[2]: each.problem for each in desk.run()}
    assert [bool(problem) for problem in problems.values()] == [False, True]
    assert "robots.txt does not allow" in "".join(problems.values())
    for _ in range(8):
        desk.clock.on(minutes=15)
        desk.run()
    assert "/no/feed" not in desk.asked
    assert desk.asked.count("/robots.txt") == 1
    desk.clock.on(days=1)
    desk.run()
    assert desk.asked.count("/robots.txt") == 2


@pytest.mark.parametrize("code", [500, 503, 429])
def test_where_robots_txt_cannot_be_had_nothing_is_asked_for_an_hour(desk: Desk, code: int) -> None:
    desk.site.paths |= {"/robots.txt": status(code), "/feed": page(feed("It rained."), KIND)}
    desk.add("/feed")
    (failed,) = desk.run()
    assert "robots.txt cannot be had" in failed.problem
    assert failed.due_at >= START + timedelta(hours=1)
    desk.site.paths["/robots.txt"] = status(404)
    desk.clock.on(hours=1)
    assert [each.problem for each in desk.run()] == [""]


@pytest.mark.parametrize(
    "line",
    [
        *("Crawl-delay: \u00b2", "Crawl-delay: %C2%B2", f"Crawl-delay: {'9' * 5000}"),
        *("Request-rate: 1/\u00b2", "Disallow: //[", "Allow: http://[::1", "User-agent: \x00"),
    ],
)
def test_a_line_of_robots_txt_that_cannot_be_read_is_none(desk: Desk, line: str) -> None:
    rules = f"User-agent: *\n{line}\nDisallow: /no\n"
    desk.site.paths |= {"/robots.txt": page(rules, "text/plain"), "/feed": page(feed("Yes."), KIND)}
    desk.add("/feed")
    desk.add("/no/feed")
    assert sorted(bool(each.problem) for each in desk.run()) == [False, True]


@pytest.mark.parametrize("digits", [20, 400, 4000])
def test_a_crawl_delay_beyond_all_time_is_a_day(desk: Desk, digits: int) -> None:
    rules = f"User-agent: *\nCrawl-delay: {'9' * digits}\n"
    desk.site.paths |= {"/robots.txt": page(rules, "text/plain")}
    desk.site.paths |= {f"/{n}": page(feed("Yes."), KIND) for n in range(2)}
    for n in range(2):
        desk.add(f"/{n}")
    desk.run()
    assert desk.asked == ["/robots.txt", "/0"]


@pytest.mark.parametrize("to", ["ftp://news.example/", "http://news.example:22/", "//["])
def test_a_robots_txt_that_leads_to_no_address_cannot_be_had(desk: Desk, to: str) -> None:
    desk.site.paths |= {"/robots.txt": status(302, Location=to)}
    desk.add("/feed")
    assert ["cannot be had" in each.problem for each in desk.run()] == [True]


def test_what_is_forgotten_while_it_is_asked_stays_forgotten(desk: Desk) -> None:
    url = desk.site.url("/feed", "news.example")

    def forget(request: BaseHTTPRequestHandler) -> None:
        desk.watchlist.forget(url)
        status(404)(request)

    desk.site.paths["/feed"] = forget
    desk.add("/feed")
    desk.run()
    assert desk.watchlist.all() == ()


def test_between_two_requests_to_a_host_its_crawl_delay_goes_by(desk: Desk) -> None:
    desk.site.paths |= {
        "/robots.txt": page("User-agent: *\nCrawl-delay: 30\n", "text/plain"),
        **{f"/{n}": page(feed(f"Feed {n}."), KIND) for n in range(3)},
        "/elsewhere": page(feed("Elsewhere."), KIND),
    }
    for n in range(3):
        desk.add(f"/{n}")
    desk.add("/elsewhere", host="other.example")
    desk.run()
    assert desk.asked == ["/robots.txt", "/0", "/robots.txt", "/elsewhere"]
    desk.clock.on(seconds=29)
    desk.run()
    assert len(desk.asked) == 4
    for count in (5, 6, 6):
        desk.clock.on(seconds=30)
        desk.run()
        assert len(desk.asked) == count
    assert sorted(desk.taken) == ["Elsewhere.", "Feed 0.", "Feed 1.", "Feed 2."]


def test_a_feed_that_fails_is_asked_later_and_later_but_once_a_day(desk: Desk) -> None:
    desk.add("/none")
    waits = []
    for _ in range(9):
        (failed,) = desk.run()
        waits.append((failed.due_at - desk.clock()).total_seconds() / 60)
        desk.clock.time = failed.due_at
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    desk.site.paths["/none"] = page(feed("It rained."), KIND)
    (read,) = desk.run()
    assert (read.n_failures, read.problem, read.due_at) == (0, "", desk.clock() + EVERY)


def test_a_server_that_names_a_time_is_not_asked_before(desk: Desk) -> None:
    desk.site.paths["/feed"] = status(503, Retry_After="7200")
    desk.add("/feed")
    (failed,) = desk.run()
    assert failed.due_at == START + timedelta(hours=2)
    assert "answered 503" in failed.problem


def test_nobody_is_asked_at_the_very_second_of_everybody(desk: Desk) -> None:
    desk.site.paths["/feed"] = page(feed("It rained."), KIND)
    desk.add("/feed")
    desk.watcher = desk.again(chance=0.5)
    (read,) = desk.run()
    assert read.due_at == START + EVERY * 1.05


def test_who_starts_anew_goes_on_and_two_do_not_ask_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.site.paths["/feed"] = page(feed("It rained."), KIND, ETag='"v1"')
    desk.add("/feed")
    with Watchlist.of(tmp_path) as other:
        (due,) = other.all()
        assert desk.run()
        assert not other.claim(due, START)
    desk.watcher = desk.again()
    assert desk.run() == []
    desk.clock.on(minutes=15)
    desk.run()
    assert desk.site.requests[-1][1]["If-None-Match"] == '"v1"'
    desk.add("/feed", every=timedelta(hours=1))
    (known,) = watched(tmp_path)
    assert (known.n_added, known.every) == (2, timedelta(hours=1))
    assert desk.watchlist.forget(known.url)
    assert not desk.watchlist.forget(known.url)


def test_a_flood_of_entries_is_cut_off(desk: Desk) -> None:
    desk.site.paths["/feed"] = page(feed(*(f"Entry {n}." for n in range(MAX_ARTICLES + 9))), KIND)
    desk.add("/feed")
    desk.run()
    assert len(desk.taken) == MAX_ARTICLES + 1
    assert "the rest was left out" in desk.taken[-1]


@pytest.mark.parametrize(
    "url", ["ftp://news.example/", "news.example/feed", "http://a:b@x.example/"]
)
def test_what_is_no_address_of_the_web_is_not_watched(desk: Desk, url: str) -> None:
    with pytest.raises(AddressError):
        desk.watcher.add(url, EVERY)
    assert desk.watchlist.all() == ()


@pytest.mark.parametrize(
    ("text", "minutes"), [("15m", 15), ("2h", 120), ("1d", 1440), ("90 s", 1.5)]
)
def test_a_time_is_read_as_people_write_it(text: str, minutes: float) -> None:
    assert read_every(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "15", "m", "5s", "8d", "-1h", "1e9m"])
def test_no_other_time_is(text: str) -> None:
    with pytest.raises(CannotWatch, match="not an interval such as 15m"):
        read_every(text)


def test_nothing_is_made_where_nothing_was_watched(tmp_path: Path) -> None:
    assert watched(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_new_comes_into_the_archive(
    site: Website, embedder: Embedder, tmp_path: Path
) -> None:
    """A feed is damaged, and says of an entry that it is withdrawn from nobody: both are told."""
    site.paths = {
        "/robots.txt": status(404),
        "/feed": page(feed("Ann Lee said the ferry stops.", ""), KIND),
    }
    clock = Clock()
    with Archive.open(tmp_path, create=True) as archive, Watchlist.of(tmp_path) as watchlist:

        def take(readings: Iterable[ReadResult]) -> tuple[int, str]:
            return came_of(ingest(archive, lambda: embedder, readings))

        watcher = Watcher(watchlist, take, site.fetcher(), clock, lambda: 0.0)
        watcher.add(site.url("/feed"), EVERY)
        read = watcher.step()
        assert read
        assert (read.n_added, "entry 2" in read.problem) == (1, True)
        site.paths["/feed"] = page(feed("Ann Lee said the ferry sails."), KIND)
        clock.on(minutes=15)
        watcher.step()
        (summary,) = archive.articles()
        assert [each.article.text for each in archive.versions(summary.id)] == [
            "Ann Lee said the ferry stops."
        ]


def test_the_server_asks_the_feeds_of_its_settings(site: Website, tmp_path: Path) -> None:
    """One that fails is on the list with the reason; the thread ends with the server."""
    site.requests.clear()
    site.paths = {"/robots.txt": status(404), "/feed": status(404)}
    Archive.open(tmp_path, create=True).close()
    service = Service(lambda: Citing(Archive.open(tmp_path)))

    def stop_after(request: BaseHTTPRequestHandler) -> None:
        service.stopping.set()
        status(404)(request)

    site.paths["/feed"] = stop_after
    keep_watching(service, Watch(feeds=(site.url("/feed"),), every="1h"), site.fetcher())
    (feed_,) = watched(tmp_path)
    assert (feed_.every, "answered 404" in feed_.problem) == (timedelta(hours=1), True)
    service.close()


def test_a_server_without_feeds_takes_up_the_first_one_that_is_named(
    site: Website, tmp_path: Path
) -> None:
    """Nothing is made beside the archive before, and the server goes on when all are forgotten."""
    site.requests.clear()
    Archive.open(tmp_path, create=True).close()
    service = Service(lambda: Citing(Archive.open(tmp_path)))
    asked = threading.Event()

    def note(request: BaseHTTPRequestHandler) -> None:
        asked.set()
        status(404)(request)

    site.paths = {"/robots.txt": status(404), "/one": note, "/two": note}
    watching = threading.Thread(
        target=keep_watching, args=(service, Watch(), site.fetcher(), 0.05), daemon=True
    )
    watching.start()
    service.when_ready()
    time.sleep(0.3)
    assert not (tmp_path / FILE).exists()
    for path in ("/one", "/two"):
        with Watchlist.of(tmp_path) as watchlist:
            Watcher(watchlist, lambda _: (0, ""), site.fetcher()).add(site.url(path), EVERY)
            assert asked.wait(PATIENCE)
            asked.clear()
            watchlist.forget(site.url(path))
    service.close()
    watching.join(PATIENCE)
    assert not watching.is_alive()


def test_the_command_lists_and_forgets(tmp_path: Path) -> None:
    with Watchlist.of(tmp_path) as watchlist:
        Watcher(watchlist, lambda _: (0, "")).add("http://news.example/feed", EVERY)
    listed = cli("watch", "--archive", tmp_path, "--list")
    assert listed.stdout.startswith("http://news.example/feed · never read, 0 added · next ")
    (row,) = rows(cli("watch", "--archive", tmp_path, "--list", "--json"))
    assert (row["every_s"], row["read_at"], row["problem"]) == (900.0, None, None)
    assert cli("watch", "--archive", tmp_path, "--every", "1s", "--list").returncode == 2
    forget = ("watch", "--archive", tmp_path, "--forget", "http://news.example/feed")
    assert [cli(*forget).returncode for _ in range(2)] == [0, 2]
