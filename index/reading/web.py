"""An address on the web -> its articles: of a page one, of a feed one for each entry.

What was fetched is read as a file would be. Knows nothing of connections.
"""

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from index.reading.encodings import decoded
from index.reading.feeds import is_feed, read_feed
from index.reading.fetching import Fetched, Fetcher
from index.reading.readers import page_record
from index.reading.readings import Problem, Reading, Source
from index.reading.records import RecordError, make_article, shown
from index.reading.urls import host_of, without_user

_HEAD = 4096


def read_address(url: str, fetcher: Fetcher) -> Iterator[Reading]:
    """The articles at the address, a problem that names it for each loss."""
    place = _place(url)
    try:
        page = fetcher.fetch(url)
        if is_feed(page.content[:_HEAD], page.charset):
            yield from read_feed(BytesIO(page.content), Source(place, page.url, page.charset))
            return
        article, lost = make_article(_record(page))
    except RecordError as error:
        yield Problem(place, str(error))
        return
    yield from (Problem(place, line, kept=True) for line in lost)
    yield article


def _place(url: str) -> str:
    """The address for a message: one line, without the password that stood in it."""
    named = without_user(url.strip())
    return named if named.isprintable() and len(named) <= 200 else shown(named)


def _record(page: Fetched) -> dict[str, object]:
    if page.kind == "text/plain":
        return {"body": decoded(page.content, page.charset), "url": page.url}
    if page.kind.endswith("xml") and "html" not in page.kind:
        raise RecordError("XML that is no feed")
    record = page_record(page.content, page.charset)
    return {**record, "url": _own_url(page.url, record["url"])}


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
