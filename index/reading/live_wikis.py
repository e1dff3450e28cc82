"""Reads the pages of a MediaWiki that is running, by its own API: an article for each page.

The same pages under the same ids as `index.reading.formats.wiki` finds in an export. What is asked:
https://www.mediawiki.org/wiki/API:Allpages, as a generator; a bot's manners:
https://www.mediawiki.org/wiki/API:Etiquette.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from index.reading.fetching import Fetcher
from index.reading.formats.wiki import record_of
from index.reading.read_results import ReadResult, Source, read_each
from index.reading.records import RecordError, shown
from index.reading.urls import host_of

_API = "/api.php"
_MOST_REQUESTS = 20_000
_AT_ONCE = 20  # pages: with more, long ones come only with the next answer
# One after the other, and not while the wiki's own databases lag behind.
_ALWAYS = {"action": "query", "format": "json", "formatversion": "2", "maxlag": "5"}
_SITE = {"meta": "siteinfo"}
_PAGES = {
    "generator": "allpages",
    "gapnamespace": "0",
    "gapfilterredir": "nonredirects",
    "gaplimit": str(_AT_ONCE),
    "prop": "revisions|info",
    "rvprop": "content|timestamp",
    "rvslots": "main",
    "inprop": "url",
}
_Record = dict[str, Any]


def is_api(url: str) -> bool:
    """Whether the address is a MediaWiki's API, and not one of its pages."""
    try:
        return urlsplit(url.strip()).path.endswith(_API)
    except ValueError:
        return False


def read_live_wiki(url: str, place: str, fetcher: Fetcher) -> Iterator[ReadResult]:
    """The articles of a wiki whose API stands at the address, named `place` in problems."""
    asking = replace(fetcher, kinds=frozenset(("application/json",)))
    ask = partial(_ask, url.strip().partition("?")[0].partition("#")[0], asking)
    return read_each(_finds(ask, url), "page", "no pages in this wiki", Source(place))


def _finds(ask: Callable[[_Record], _Record], url: str) -> Iterator[Callable[[], object]]:
    site = _mapping(_mapping(ask(_SITE).get("query")).get("general"))
    base, name = _own(site.get("base"), url) or url, str(site.get("sitename") or "")
    late: dict[object, str] = {}  # whose text comes with a later answer, by number
    for page in _pages(ask):
        number, title = page.get("pageid"), str(page.get("title") or "")
        if not page.get("revisions"):
            late[number] = title
            continue
        late.pop(number, None)
        yield partial(_record, page, name, base, url)
    for title in late.values():
        yield partial(_without_text, title)


def _pages(ask: Callable[[_Record], _Record]) -> Iterator[_Record]:
    """Every page that the wiki gives, in its order; one may come again, with its text."""
    more: _Record = {}
    for _ in range(_MOST_REQUESTS):
        answer = ask(_PAGES | more)
        yield from map(_mapping, _listed(_mapping(answer.get("query", {})).get("pages", [])))
        before, more = more, _mapping(answer.get("continue", {}))
        if not more:
            return
        if more == before:
            raise RecordError("the wiki returns the same pages repeatedly")
    raise RecordError(f"the wiki does not end after {_MOST_REQUESTS:,} answers")


def _ask(url: str, fetcher: Fetcher, values: _Record) -> _Record:
    """One answer of the API; raises RecordError."""
    asked = {str(name): str(value) for name, value in (_ALWAYS | values).items()}
    content = fetcher.fetch(f"{url}?{urlencode(asked)}").content
    try:
        answer = _mapping(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise RecordError("not a reply of a MediaWiki API") from error
    if wrong := answer.get("error"):
        info = str(_mapping(wrong).get("info") or _mapping(wrong).get("code"))
        raise RecordError(f"the wiki does not answer: {shown(info[:200])}")
    return answer


def _record(page: _Record, name: str, base: str, url: str) -> _Record:
    newest = _mapping(_listed(page["revisions"])[-1])
    slot = _mapping(_mapping(newest.get("slots", {})).get("main", {}))
    if slot.get("contentmodel", "wikitext") != "wikitext":
        raise RecordError("left out: not a text page")
    return record_of(
        name,
        base,
        number=str(page.get("pageid") or page.get("title")),
        title=str(page.get("title") or ""),
        address=_own(page.get("fullurl"), url),
        time=str(newest.get("timestamp") or ""),
        written=str(slot.get("content") or ""),
    )


def _own(stated: object, url: str) -> str | None:
    """An address that the wiki states, if it is of its own host: it speaks for no other."""
    own = isinstance(stated, str) and host_of(stated) == host_of(url) and "@" not in stated
    return stated if own and isinstance(stated, str) else None


def _without_text(title: str) -> object:
    raise RecordError(f"left out: the wiki did not give the text of {shown(title)}")


def _mapping(value: object) -> _Record:
    if not isinstance(value, dict):
        raise RecordError("not a reply of a MediaWiki API")
    return value


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        return []
    return value
