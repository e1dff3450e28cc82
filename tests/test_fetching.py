"""Fetching from real servers: public machines only, within limits, a line for each failure."""

import gzip
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path

import pytest

from index.reading.addresses import is_public
from index.reading.fetching import MAX_REDIRECTS, Fetcher, FetchError
from index.reading.records import RecordError
from tests.websites import LOOPBACK, Website, moved, page, website


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with website() as served:
        yield served


def problem(fetcher: Fetcher, url: str) -> str:
    """Why nothing came of it: one line that tells nothing of this machine."""
    with pytest.raises(RecordError) as raised:
        fetcher.fetch(url)
    line = str(raised.value)
    assert len(line.splitlines()) == 1
    assert LOOPBACK not in line
    return line


def test_what_stands_there_comes_with_its_kind_and_address(site: Website) -> None:
    site.paths["/a?b=c"] = page("<p>Ñandú</p>")
    fetched = site.fetcher().fetch(site.url("/a?b=c#d"))
    assert (fetched.url, fetched.kind) == (site.url("/a?b=c"), "text/html")
    assert fetched.content.decode() == "<p>Ñandú</p>"


def test_a_request_carries_nothing_of_who_asks(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No proxy of the environment, no cookies that an answer before set, no referrer."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.paths["/start"] = moved("/cookie")
    site.paths["/cookie"] = page("x", Set_Cookie="a=b; Path=/")
    fetcher = site.fetcher()
    for _ in range(2):
        fetcher.fetch(site.url("/start"))
    for _, headers in site.requests[-4:]:
        assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
        assert headers["Host"] == f"news.example:{site.port}"
        assert headers["User-Agent"].startswith("Verbatim/")


def test_the_stated_charset_is_told_and_the_bytes_are_as_they_came(site: Website) -> None:
    for charset in ("ISO-8859-1", "klingon"):
        site.paths["/text"] = page("Ñandú".encode("latin-1"), f"text/plain; charset={charset}")
        found = site.fetcher().fetch(site.url("/text"))
        assert (found.charset, found.content) == (charset, "Ñandú".encode("latin-1"))


def test_a_packed_body_is_unpacked(site: Website) -> None:
    site.paths["/gzip"] = page(gzip.compress(b"Good news. " * 1000), Content_Encoding="gzip")
    assert site.fetcher().fetch(site.url("/gzip")).content == b"Good news. " * 1000


# --- where it leads


@pytest.mark.parametrize(
    "numbers",
    [["127.0.0.1"], ["10.0.0.7"], ["169.254.169.254"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["x"]],
)
def test_a_host_with_a_number_that_is_not_public_is_not_asked(
    site: Website, numbers: Sequence[str]
) -> None:
    """Not even if another of its numbers is public."""
    fetcher = site.fetcher(resolve=lambda _host, _port: numbers, allows=is_public)
    before = len(site.requests)
    assert "not public" in problem(fetcher, site.url("/a"))
    assert len(site.requests) == before


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]",
     "[::ffff:127.0.0.1]", "LOCALHOST", "localhost.", "１２７.0.0.1", "127。0。0。1"],
)  # fmt: skip
def test_no_way_of_writing_this_machine_is_public(host: str) -> None:
    """As the machine's own resolver takes it, nothing is passed in here."""
    line = problem(Fetcher(), f"http://{host}/")
    assert "not public" in line or "there is no host" in line


def test_a_redirect_is_checked_like_the_address_itself(site: Website) -> None:
    names = {"news.example": [LOOPBACK], "inside.example": ["10.0.0.7"]}
    fetcher = site.fetcher(resolve=lambda host, _port: names.get(host, [host]))
    for to, what in {
        "http://inside.example/": "not public",
        "http://169.254.169.254/latest/meta-data/": "not public",
        "//[::1]/": "not public",
        "https://inside.example/x": "not public",
        "http://10.0.0.1:22/": "port 22",
        "file:///etc/passwd": "http:// or https:// is read",
        "ftp://news.example/": "http:// or https:// is read",
        "http://user:secret@news.example/": "user name or password",
        "": "redirects without an address",
        "http://[": "not a web address",
    }.items():
        site.paths["/away"] = moved(to)
        assert what in problem(fetcher, site.url("/away"))


def test_a_name_that_changes_its_number_after_the_check_gains_nothing(site: Website) -> None:
    """The connection goes to a number that was checked, whatever is answered the next time."""
    asked = count()

    def rebinding(_host: str, _port: int) -> Sequence[str]:
        return ["192.0.2.1"] if next(asked) == 0 else [LOOPBACK]

    # As if it were public: it belongs to nobody, so nothing comes of it.
    fetcher = site.fetcher(
        resolve=rebinding, allows=lambda number: number == "192.0.2.1", seconds=0.5
    )
    before = len(site.requests)
    line = problem(fetcher, site.url("/a"))
    assert "no complete reply" in line or "cannot be reached" in line
    assert len(site.requests) == before


def test_a_name_that_changes_its_number_between_redirects_is_checked_again(site: Website) -> None:
    asked = count()

    def rebinding(_host: str, _port: int) -> Sequence[str]:
        return [LOOPBACK] if next(asked) == 0 else ["10.0.0.7"]

    site.paths["/again"] = moved("/a")
    assert "not public" in problem(site.fetcher(resolve=rebinding), site.url("/again"))


def test_the_next_number_is_tried_where_one_is_not_reached(site: Website) -> None:
    site.paths["/a"] = page("x")
    fetcher = site.fetcher(
        resolve=lambda _host, _port: ["127.0.0.2", LOOPBACK], allows=lambda _number: True
    )
    assert fetcher.fetch(site.url("/a")).content == b"x"


def test_redirects_have_an_end(site: Website) -> None:
    site.paths["/round"] = moved("/round")
    before = len(site.requests)
    assert "redirects" in problem(site.fetcher(), site.url("/round"))
    assert len(site.requests) == before + MAX_REDIRECTS + 1


@pytest.mark.parametrize("host", ["nowhere.invalid", "-", "xn--a.example"])
def test_an_unknown_host_is_named(host: str) -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror

    assert f"there is no host {host}" in problem(Fetcher(resolve=unknown), f"http://{host}/")


# --- how much and how long


def endless(request: BaseHTTPRequestHandler) -> None:
    """An answer that never ends."""
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    while True:
        request.wfile.write(b"more " * 10_000)


def slow_body(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no single wait is long."""
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(3000):
        request.wfile.write(b"x")
        time.sleep(0.02)


def slow_headers(request: BaseHTTPRequestHandler) -> None:
    """As slow, before the answer has begun."""
    for character in "HTTP/1.1 200 OK\r\nX-Slow: " + "x" * 3000:
        request.wfile.write(character.encode())
        time.sleep(0.02)


def silent(_request: BaseHTTPRequestHandler) -> None:
    """Nothing at all, for longer than anybody waits."""
    time.sleep(1)


@pytest.mark.parametrize("answer", [slow_body, slow_headers, silent])
def test_a_slow_server_is_left_when_the_time_is_up(site: Website, answer: object) -> None:
    site.paths["/slow"] = answer  # type: ignore[assignment]
    start = time.monotonic()
    assert "within 0.4 seconds" in problem(site.fetcher(seconds=0.4), site.url("/slow"))
    assert time.monotonic() - start < 30  # the server would go on for a minute


def test_a_slow_resolver_is_left_when_the_time_is_up() -> None:
    done = threading.Event()

    def slow(_host: str, _port: int) -> Sequence[str]:
        done.wait(5)
        return ["8.8.8.8"]

    assert "within 0.2 seconds" in problem(Fetcher(resolve=slow, seconds=0.2), "http://a.example/")
    done.set()


def test_an_endless_body_is_cut_off(site: Website) -> None:
    site.paths["/endless"] = endless
    assert "more than 1,000,000 bytes" in problem(
        site.fetcher(max_bytes=1_000_000), site.url("/endless")
    )


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(site: Website) -> None:
    """A thousandfold, or with more behind its end: memory stays within the limit."""
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.paths["/bomb"] = page(bomb, Content_Encoding="gzip")
    site.paths["/after"] = page(gzip.compress(b"x") + b"\0" * 3_000_000, Content_Encoding="gzip")
    fetcher = site.fetcher(max_bytes=1_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert "more than 1,000,000 bytes" in problem(fetcher, site.url("/bomb"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    assert "more than 1,000,000 bytes" in problem(fetcher, site.url("/after"))


def no_http(request: BaseHTTPRequestHandler) -> None:
    """Another protocol's greeting."""
    request.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n" * 100)


def endless_headers(request: BaseHTTPRequestHandler) -> None:
    """Headers without an end."""
    request.send_response(200)
    for n in range(100_000):
        request.wfile.write(f"X-{n}: {'x' * 100}\r\n".encode())


def torn(request: BaseHTTPRequestHandler) -> None:
    """Less than was promised."""
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"x")
    request.close_connection = True


def missing(request: BaseHTTPRequestHandler) -> None:
    """Not found, with a page that says so."""
    request.send_error(404)


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (no_http, "did not send a valid HTTP reply"),
        (endless_headers, "did not send a valid HTTP reply"),
        (torn, "did not send a valid HTTP reply"),
        (missing, "the server answered 404"),
        (page("x", "image/png"), "of the kind 'image/png'"),
        (page("x", "application/pdf"), "of the kind 'application/pdf'"),
        (page("x", "text/html\x85evil"), "pages, feeds and plain text"),
        (page("x", ""), "of no stated kind"),
        (page("x", Content_Encoding="br"), "compressed in a way that was not requested"),
        (page("x", Content_Encoding="gzip, gzip"), "compressed in a way that was not requested"),
        (page("no gzip", Content_Encoding="gzip"), "cannot be decompressed"),
        (page(gzip.compress(b"x" * 999)[:-9], Content_Encoding="gzip"), "closed the connection"),
    ],
)
def test_what_cannot_be_read_says_why(site: Website, answer: object, what: str) -> None:
    site.paths["/bad"] = answer  # type: ignore[assignment]
    assert what in problem(site.fetcher(), site.url("/bad"))


def test_a_server_that_is_not_there_says_so(site: Website) -> None:
    with socket.socket() as closed:
        closed.bind((LOOPBACK, 0))
        port = closed.getsockname()[1]
    fetcher = site.fetcher(ports={port})
    assert "cannot be reached" in problem(fetcher, f"http://news.example:{port}/")


# --- certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the host good.example, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    file = folder / "both.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example",
         "-days", "2", "-keyout", str(file), "-out", str(folder / "cert.pem")],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl makes no certificate here")
    with file.open("ab") as both:
        both.write((folder / "cert.pem").read_bytes())
    return file


def test_the_certificate_must_be_the_hosts_whatever_number_is_asked(certificate: Path) -> None:
    with website(certificate) as site:
        site.paths["/"] = page("x")
        trusting = site.fetcher(tls=lambda: ssl.create_default_context(cafile=certificate))
        good = site.url("/", "good.example").replace("http:", "https:")
        assert trusting.fetch(good).content == b"x"
        for fetcher, url in [(trusting, good.replace("good", "evil")), (site.fetcher(), good)]:
            with pytest.raises(FetchError, match=r"certificate of (good|evil)\.example"):
                fetcher.fetch(url)
