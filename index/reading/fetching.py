"""Fetches a page or a feed from the web, and nothing from anywhere else.

The address is checked, its host's numbers are checked, the connection goes to a number that was
checked, and all of it anew after each redirect. Bytes, time and kinds are limited; no proxy, no
cookies, no credentials. Messages say what is wrong and nothing of the network that this stands in.
"""

import re
import ssl
import time
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from urllib.parse import urljoin

import httpcore2

from index.reading.addresses import AddressError, Target, check_address, is_public, resolve
from index.reading.stated_dates import utc_date
from index.reading.urls import PORTS

MAX_PAGE = 5 * 2**20
MAX_REDIRECTS = 5
SECONDS = 20.0

KINDS = frozenset(
    """text/html application/xhtml+xml text/plain application/rss+xml application/atom+xml
    application/rdf+xml application/xml text/xml""".split()
)
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = (
    (b"User-Agent", b"Verbatim/0.1 (a newsroom's archive)"),
    (b"Accept-Encoding", b"gzip"),
)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MOST_SEEN = 500  # characters of an ETag
_GZIP = 31  # zlib's way of saying that the header is gzip's


class FetchError(AddressError):
    """A page could not be fetched; the message says why."""


class NotServed(FetchError):
    """The server answers with a `status` that is no page; `retry_s` is when it wants to be asked.

    That is in seconds from now, None where it does not say.
    """

    def __init__(self, status: int, retry_s: float | None = None) -> None:
        super().__init__(f"the server answered {status}, so there is nothing to read")
        self.status = status
        self.retry_s = retry_s


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said to know a page again by: its `ETag` and `Last-Modified`."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address served after all redirects: its media type, stated encoding and bytes.

    The stated encoding may be any text at all.
    """

    url: str
    kind: str
    charset: str | None
    content: bytes
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches public addresses; a test may allow its own machine, and nothing else does."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    allows: Callable[[str], bool] = is_public
    ports: Container[int] = frozenset(PORTS.values())
    seconds: float = SECONDS
    max_bytes: int = MAX_PAGE
    kinds: frozenset[str] = KINDS
    tls: Callable[[], ssl.SSLContext] = httpcore2.default_ssl_context

    def fetch(self, url: str, seen: Seen = Seen()) -> Fetched:
        """Fetch the page or feed at the address; raises AddressError with one line.

        Raises NotServed with the status 304 if it is unchanged since it was `seen`.
        """
        backend = _Backend(self.resolve, self.allows, time.monotonic() + self.seconds)
        for _ in range(MAX_REDIRECTS + 1):
            target = check_address(url, self.ports)
            found = self._get(target, backend, seen)
            if isinstance(found, Fetched):
                return found
            url = _joined(target.url, found)
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _get(self, target: Target, backend: "_Backend", seen: Seen) -> Fetched | str:
        """The page that the server sends, or the address that it redirects to."""
        tls = self.tls() if target.scheme == "https" else None
        pool = httpcore2.ConnectionPool(tls, network_backend=backend, max_connections=1)
        try:
            with pool, pool.stream("GET", target.url, headers=self._headers(seen)) as response:
                if response.status in _REDIRECTS:
                    return _location(response)
                charset = _CHARSET.search(_header(response, b"content-type"))
                kind, stated = _kind(response, self.kinds), charset[1] if charset else None
                content = b"".join(self._bounded(_unpacked(response, self.max_bytes)))
                return Fetched(target.url, kind, stated, content, _seen(response))
        except httpcore2.TimeoutException:
            raise FetchError(f"no complete reply within {self.seconds:g} seconds") from None
        except httpcore2.NetworkError:
            raise FetchError(f"{target.host} cannot be reached, or closed the connection") from None
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol):
            raise FetchError(f"{target.host} did not send a valid HTTP reply") from None

    def _headers(self, seen: Seen) -> list[tuple[bytes, bytes]]:
        kinds = ", ".join(sorted(self.kinds))
        asked = (
            (b"Accept", kinds),
            (b"If-None-Match", seen.etag),
            (b"If-Modified-Since", seen.modified),
        )
        return [*_HEADERS, *((name, value.encode()) for name, value in asked if value)]

    def _bounded(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        size = 0
        for part in parts:
            size += len(part)
            if size > self.max_bytes:
                raise FetchError(f"more than {self.max_bytes:,} bytes, the most that is fetched")
            yield part


def _seen(response: httpcore2.Response) -> Seen:
    """The `ETag` and `Last-Modified` that may be sent back: short and printable."""
    told = (_header(response, name) for name in (b"etag", b"last-modified"))
    return Seen(
        *(v if len(v) <= _MOST_SEEN and v.isascii() and v.isprintable() else "" for v in told)
    )


def _location(response: httpcore2.Response) -> str:
    location = _header(response, b"location")
    if not location:
        raise FetchError("the server redirects without an address")
    return location


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise FetchError("the server redirects to something that is not a web address") from None


def _kind(response: httpcore2.Response, kinds: Container[str]) -> str:
    """The media type, if the answer is one and of a kind that is read."""
    if response.status != 200:
        raise NotServed(response.status, _retry_s(_header(response, b"retry-after")))
    kind = _header(response, b"content-type").partition(";")[0].strip().lower()
    if kind not in kinds:
        what = f"of the kind {kind[:60]!r}" if kind.isprintable() and kind else "of no stated kind"
        raise FetchError(f"it is {what}; pages, feeds and plain text are read")
    return kind


def _retry_s(told: str) -> float | None:
    """Seconds, or until a date; None where it is neither."""
    if told.isascii() and told.isdigit() and len(told) < 10:
        return float(told)
    moment = utc_date(told)
    if not moment or "T" not in moment:
        return None
    return max(0.0, (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds())


def _unpacked(response: httpcore2.Response, most: int) -> Iterator[bytes]:
    """The body, decompressed where necessary, but never beyond one byte more than `most`."""
    packing = _header(response, b"content-encoding").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_stream()
        return
    if packing not in ("gzip", "x-gzip"):
        raise FetchError("compressed in a way that was not requested")
    unpacker = zlib.decompressobj(_GZIP)
    came = 0
    try:
        for part in response.iter_stream():
            came += len(part)
            if came > most:
                raise FetchError(f"more than {most:,} bytes, the most that is fetched")
            yield unpacker.decompress(part, most + 1)
    except zlib.error:
        raise FetchError("compressed data that cannot be decompressed") from None
    if not unpacker.eof:
        raise FetchError("the server closed the connection early")


def _header(response: httpcore2.Response, name: bytes) -> str:
    found = (value for key, value in response.headers if key.lower() == name)
    return next(found, b"").decode("utf-8", "replace")


class _Backend(httpcore2.NetworkBackend):
    """Connects only to IP addresses that were checked, and keeps one deadline for everything."""

    def __init__(
        self,
        resolve: Callable[[str, int], Sequence[str]],
        allows: Callable[[str], bool],
        deadline: float,
    ) -> None:
        self._resolve = resolve
        self._allows = allows
        self._deadline = deadline
        self._tcp = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        numbers = self._numbers(host, port)
        if not all(map(self._allows, numbers)):
            raise FetchError("this address is not public; only public addresses are fetched")
        for number in numbers[:-1]:
            try:
                return self._connected(number, port)
            except httpcore2.NetworkError:
                continue
        return self._connected(numbers[-1], port)

    def _connected(self, number: str, port: int) -> httpcore2.NetworkStream:
        left = _left(self._deadline)
        return _Stream(self._tcp.connect_tcp(number, port, left), self._deadline)

    def _numbers(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host, resolved in a thread because a resolver takes no deadline."""
        answer: Future[Sequence[str]] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.set_exception(error)

        Thread(target=ask, name="resolve", daemon=True).start()
        try:
            numbers = answer.result(_left(self._deadline))
        except TimeoutError:
            raise httpcore2.ConnectTimeout from None
        except (OSError, UnicodeError):
            numbers = ()
        if not numbers:
            raise FetchError(f"there is no host {host}")
        return numbers


class _Stream(httpcore2.NetworkStream):
    """A connection whose every wait ends at the deadline, so that no slow server can hold it."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            secure = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        except httpcore2.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise FetchError(f"the certificate of {server_hostname} is not valid") from None
            raise
        return _Stream(secure, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout
    return left
