"""An address on the web -> its articles: of a page one, of a feed or a wiki many.

What was fetched is read as a file would be. Knows nothing of connections.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from index.reading.fetching import Fetched, Fetcher
from index.reading.formats.feeds import read_feed
from index.reading.formats.pages import read_page
from index.reading.formats.plain import read_text
from index.reading.formats.registry import FEED, HEAD, PAGE, TEXT, Format, format_of
from index.reading.live_wikis import is_api, read_live_wiki
from index.reading.read_results import FoundArticle, Problem, ReadResult, Source, read_one
from index.reading.records import RecordError, shown
from index.reading.urls import host_of, without_user

_SUFFIXES = {"text/plain": ".txt", "text/html": ".html", "application/xhtml+xml": ".html"}


def read_address(url: str, fetcher: Fetcher) -> Iterator[ReadResult]:
    """The articles at the address, a problem that names it for each loss.

    Nothing that stands there takes the place of what is another host's: of what an item states of
    itself only an address at the same host counts.
    """
    if is_api(url):
        yield from read_live_wiki(url, shown_address(url), fetcher)
        return
    try:
        page = fetcher.fetch(url)
    except RecordError as error:
        yield Problem(shown_address(url), str(error))
        return
    yield from read_fetched(url, page)


def read_fetched(url: str, page: Fetched) -> Iterator[ReadResult]:
    """The articles in what was fetched from an address, a problem that names it for each loss."""
    place = shown_address(url)
    source = Source(place, page.url, page.charset)
    kind = format_of(page.content[:HEAD], _SUFFIXES.get(page.kind, ""), page.charset)
    if kind is FEED:
        yield from read_feed(BytesIO(page.content), source)
    else:
        yield from read_one(partial(_found, page, source, kind), place, place, source.seen)


def shown_address(url: str) -> str:
    """The address for a message: one line, without the password that stood in it."""
    named = without_user(url.strip())
    return named if named.isprintable() and len(named) <= 200 else shown(named)


def _found(page: Fetched, source: Source, kind: Format | None) -> FoundArticle:
    if kind not in (TEXT, PAGE):
        raise RecordError("XML, but not a feed")
    found = (read_text if kind is TEXT else read_page)(page.content, source)
    url = _own_url(page.url, found.record.get("url"))
    return replace(found, record={**found.record, "url": url})


def _own_url(url: str, stated: object) -> str:
    """The address that a page states for itself, if it is on the same host: others are not its own.

    A page may say that it is another's, and would else take the place of that article.
    """
    try:
        canonical = urljoin(url, stated) if isinstance(stated, str) else url
        has_user = "@" in urlsplit(canonical).netloc
    except ValueError:
        return url
    return canonical if host_of(canonical) == host_of(url) and not has_user else url
