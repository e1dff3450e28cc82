"""What a page states of itself, in the order of trust: its data (JSON-LD), its meta, what is seen.

Nothing is guessed: a day that could be read in two ways is none, and of what stands in place of an
author only names are taken. Knows nothing of where the article's text is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from index.language.folding import key_of
from index.language.word_lists import abroad
from index.reading.bylines import distinct, persons_in
from index.reading.formats.linked_data import (
    MAX_NODES,
    body_of,
    is_article,
    line_of,
    names_in,
    nodes_of,
    whole,
)
from index.reading.stated_dates import Order, day_from, iso_date, numbered_date, worded_date
from index.reading.urls import host_of

Page = Any  # an lxml tree; lxml has no types

_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_OUTLETS = ("og:site_name", "application-name")
_SUMMARIES = ("og:description", "description", "twitter:description")
_DATES = """article:published_time article:published datepublished dc.date.issued dc.date dc.created
    dcterms.created dcterms.date sailthru.date parsely-pub-date pubdate publishdate publish-date
    publish_date publication_date date.release cxenseparse:recs:publishtime article.published
    published_at og:published_time citation_date date""".split()
_AUTHORS = """author article:author byl parsely-author dc.creator dcterms.creator sailthru.author
    citation_author article:author_name twitter:creator_name""".split()
_INVERTED = frozenset(("dc.creator", "dcterms.creator", "citation_author"))
_KNOWN = ("articleBody", "headline", "datePublished", "author")
_SEEN_OUTLETS = ".//*[@itemprop='publisher']//*[@itemprop='name']"
_SEEN_AUTHORS = (
    ".//*[@itemprop='author' or @rel='author' or contains(@class, 'byline')"
    " or contains(@class, 'autor') or contains(@class, 'auteur')"
    " or contains(@class, 'author-name') or contains(@class, 'author_name')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' author ')]"
)
_SEEN_DATES = (
    ".//time[@datetime][@itemprop='datePublished' or @pubdate]",
    ".//*[@itemprop='datePublished'][@content]",
    ".//time[@datetime]",
)
_BIO = re.compile(
    r"\b(?:bio|biography|about|related|comment)s?\b|[-_]bio\b|\bbio[-_]", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s+(?:[|·•»]|::)\s+|\s+[-–—:]\s+")

_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_YEAR_LAST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_IN_ADDRESS = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")
_PUBLISHED = re.compile(
    rf"\s*(?:(?:first |originally )?(?:published|posted|submitted|publication date|date)\b|"
    rf"{abroad('published')})(?: on)?\s*:?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"\b(?:published|posted|publication|pubdate|{abroad('published')})\b", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|amended|corrected|edited|revised|last-?mod|"
    rf"{abroad('updated')})\b",
    re.IGNORECASE,
)
# What stands with a day on a line of its own: words that say which, the day's name, time and zone.
_NO_WORD = re.compile(
    r"\b(?:(?:first |last |originally )?(?:published|posted|updated|submitted|created|date)|on|at|"
    r"[a-z]*day|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)[a-z]*|[ap]m|[ap]\.m|[a-z]{1,2}t|gmt|utc|bst|cet|cest|edt|est|pdt|pst|"
    r"\d+(?:st|nd|rd|th|am|pm)?)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
# A word processor's style, where there is no heading.
_SEEN_TITLE = (
    "//p[contains(concat(' ', normalize-space(@class), ' '), ' title ') or @class='MsoTitle']"
)
_DATED = re.compile(
    r"\b(?:date|datetime|published|pubdate|timestamp|dateline|datum|fecha)\b", re.IGNORECASE
)
_MONTH_FIRST = frozenset(("en-us", "en-ph"))
_DAY_FIRST = frozenset("de fr es it pt nl pl ru sv da nb no nn fi cs".split())
_DAY_FIRST_ENGLISH = frozenset(
    "en-gb en-ie en-au en-nz en-in en-za en-sg en-ng en-ke en-gh".split()
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The details that a page states; `body` is the article's text as its data has it.

    `titles` are all that it states as a headline, `headlines` those shown, `summary` its texts in
    a line or two, by which a standfirst is known; `is_stated`: it says that it is an article.
    """

    title: str | None
    titles: tuple[str, ...]
    headlines: tuple[str, ...]
    author: str | None
    source: str | None
    published: str | None
    url: str | None
    body: str
    summary: tuple[str, ...]
    language: str
    is_stated: bool


def facts_of(page: Page) -> Facts:
    """What the page states; the page is not altered."""
    meta = _meta_of(page)
    seen = list(islice(page.iter("h1"), 20)) or page.xpath(_SEEN_TITLE)[:1]
    headlines = [" ".join(h.text_content().split()) for h in seen]
    data = _article_data(page, set(map(key_of, filter(None, (*headlines, *_all(meta, _TITLES))))))
    url = _url(page, data, meta)
    source = (
        line_of(next(_all(meta, _OUTLETS), None))
        or next(names_in(data.get("publisher")), None)
        or next(_publishers(page), None)
    )
    stated = [
        line_of(data.get("headline")),
        *map(line_of, _all(meta, _TITLES)),
        line_of(_title_tag(page)),
    ]
    texts = (data.get("description"), *_all(meta, _SUMMARIES))
    titles = [text for text in stated if text]
    title = _title(titles, headlines, source, url)
    return Facts(
        title=title,
        titles=tuple(dict.fromkeys(filter(None, (title, *titles)))),
        headlines=tuple(filter(None, headlines)),
        author="; ".join(_authors(page, data, meta, source)) or None,
        source=source,
        published=_published(page, data, meta, url),
        url=url,
        body=body_of(data),
        summary=tuple(dict.fromkeys(filter(None, map(line_of, texts)))),
        language=_language(page),
        is_stated=bool(
            data.get("datePublished")
            or meta.get("article:published_time")
            or meta.get("og:type") == ["article"]
        ),
    )


# --- what the page has as data


def _article_data(page: Page, titles: Set[str]) -> Mapping[str, Any]:
    """Of the things that the page's JSON-LD describes the article: the one that says most of it.

    Of several articles it is the one with the page's address or headline. What only names another
    thing by its id is told with what that has.
    """
    nodes = list(islice(_nodes(page), MAX_NODES))
    links = (e.get("href") for e in islice(page.iter("link"), MAX_NODES) if _is_canonical(e))
    own = frozenset(filter(None, links))

    def rank(node: Mapping[str, Any]) -> tuple[bool, int]:
        stated = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
        is_own = any(isinstance(each, str) and each in own for each in stated)
        is_titled = key_of(line_of(node.get("headline"))) in titles
        return is_own or is_titled, sum(key in node for key in _KNOWN)

    best = max(filter(is_article, nodes), key=rank, default={})
    return whole(best, nodes) if any(rank(best)) else {}


def _nodes(page: Page) -> Iterator[Mapping[str, Any]]:
    for script in page.iter("script"):
        try:
            yield from nodes_of(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue


def _is_canonical(link: Page) -> bool:
    return bool(link.get("rel") == "canonical")


def _publishers(page: Page) -> Iterator[str]:
    """The outlets that are marked as such where the page shows them."""
    for element in page.xpath(_SEEN_OUTLETS)[:5]:
        yield from filter(None, [line_of(element.get("content") or element.text_content())])


def _meta_of(page: Page) -> dict[str, list[str]]:
    """What stands in the page's meta, by name in small letters."""
    found: dict[str, list[str]] = {}
    for element in islice(page.iter("meta"), MAX_NODES):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content:
            found.setdefault(name.lower(), []).append(content)
    return found


def _all(meta: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (content for name in names for content in meta.get(name, ()))


def _title_tag(page: Page) -> str | None:
    found = next((each.text_content() for each in islice(page.iter("title"), 1)), None)
    return str(found) if found else None


def _url(page: Page, data: Mapping[str, Any], meta: Mapping[str, list[str]]) -> str | None:
    links = filter(_is_canonical, islice(page.iter("link"), MAX_NODES))
    found = (
        next((link.get("href") for link in links), None),
        *_all(meta, ("og:url",)),
        data.get("url"),
    )
    stated = [each.strip() for each in found if isinstance(each, str) and each.strip()]
    return next((each for each in stated if host_of(each)), next(iter(stated), None))


# --- title


def _title(
    stated: list[str], headlines: list[str], source: str | None, url: str | None
) -> str | None:
    """The headline as seen, where it is what is stated; else that, without the outlet's name."""
    for seen in headlines:
        if seen and any(key_of(seen) in key_of(text) for text in stated if len(seen) > 8):
            return seen
    named = [text for text in stated if key_of(text) != key_of(source or "")]
    plain = _without_outlet(named[0], source, url) if named else next(filter(None, headlines), "")
    return plain or None


def _without_outlet(title: str, source: str | None, url: str | None) -> str:
    """The title without the parts at its end that name the outlet, or stand behind a bar."""
    host = key_of(urlsplit(url).hostname or "") if url else ""
    while marks := list(_SEPARATOR.finditer(title)):
        last = title[marks[-1].end() :]
        is_outlet = key_of(last) in (key_of(source or ""), host) or (host and key_of(last) in host)
        is_aside = marks[-1].group().strip() in ("|", "::") and len(last.split()) <= 4
        if not (is_outlet or is_aside):
            break
        title = title[: marks[-1].start()]
    return title


# --- authors


def _authors(
    page: Page, data: Mapping[str, Any], meta: Mapping[str, list[str]], source: str | None
) -> list[str]:
    """Who wrote it, by the first place that has names of persons; else what the data has."""
    outlet = key_of(source or "")
    stated = [name for name in names_in(data.get("author")) if key_of(name) != outlet]
    if persons := distinct(person for name in stated for person in persons_in(name)):
        return persons
    for name in _AUTHORS:
        texts = [_inverted(text) if name in _INVERTED else text for text in meta.get(name, ())]
        named = (person for text in map(line_of, texts) for person in persons_in(text))
        if persons := distinct(person for person in named if key_of(person) != outlet):
            return persons
    for element in page.xpath(_SEEN_AUTHORS)[:20]:
        if persons := distinct(_seen_persons(element)):
            return persons
    return distinct(stated)


def _seen_persons(element: Page) -> Iterator[str]:
    """The names in an element: in its text, else in its parts, which nothing may stand between."""
    whole = list(persons_in(_seen(element)))
    parts = "\n".join(islice(element.itertext(), 50)) if _seen(element) else ""
    yield from whole or persons_in(parts)


def _seen(element: Page) -> str:
    within = " ".join(
        each.get("class") or "" for each in (element, *islice(element.iterancestors(), 4))
    )
    return (
        ""
        if _BIO.search(within)
        else " ".join(" ".join(islice(element.itertext(), 200)).split())[:300]
    )


def _inverted(text: str) -> str:
    """A name as catalogues write it, last name first, in the order of speech."""
    last, comma, first = text.partition(",")
    is_one = comma and "," not in first and ";" not in text
    return f"{first.strip()} {last.strip()}" if is_one else text


# --- dates


def _published(
    page: Page, data: Mapping[str, Any], meta: Mapping[str, list[str]], url: str | None
) -> str | None:
    """The day on which the page says that it was published, by what is to be trusted most."""
    language = _language(page)
    stated = (
        data.get("datePublished"),
        *_all(meta, _DATES),
        *_seen_dates(page),
        data.get("dateCreated"),
    )
    for text in stated:
        if isinstance(text, str) and (day := day_of(text, language)):
            return day
    match = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    return day_from(*match.groups()) if match else None


def _language(page: Page) -> str:
    return str(page.get("lang") or page.get("xml:lang") or "").lower().replace("_", "-")


def day_in(line: str, language: str = "") -> str | None:
    """The day of a line that says nothing else; None of any other.

    >>> day_in("Posted on Tue, 14 May 2024 - 09:12"), day_in("On 14 May 2024 he left")
    ('2024-05-14', None)
    """
    return (
        day_of(_as_published(line), language)
        if len(line) < 80 and not _WORDS.search(_NO_WORD.sub(" ", line))
        else None
    )


def _seen_dates(page: Page) -> Iterator[str]:
    """What the page shows as its date; of several that only say when something was, the first."""
    for path in _SEEN_DATES:
        for element in islice(filter(_is_of_publication, page.xpath(path)), 1):
            yield element.get("datetime") or element.get("content") or ""
    for block in islice(page.iter("p", "span", "div", "time", "li"), 5_000):
        text = block.text or ""
        is_time = block.tag == "time" and not block.get("datetime")
        if is_time or _PUBLISHED.match(text) or _DATED.search(block.get("class") or ""):
            whole = " ".join(block.text_content().split())
            if len(whole) < 80:
                yield _as_published(whole)


def _is_of_publication(time: Page) -> bool:
    """Whether a time on the page is none at which the article was only changed."""
    above = time.getparent()
    told = f"{time.get('class') or ''} {(above.text if above is not None else '') or ''}"
    told += " ".join(islice(time.itertext(), 20))
    return not _CHANGED.search(told) or bool(_FIRST.search(told))


def _as_published(line: str) -> str:
    """Of a line that tells when the article was published and changed what tells the first."""
    first = _FIRST.search(line)
    return _CHANGED.split(line[first.end() :] if first else line)[0]


def day_of(text: str, language: str = "") -> str | None:
    """The day that a text names, as ISO 8601; None where none or two could be meant.

    >>> day_of("04/03/2024"), day_of("04/03/2024", "en-us"), day_of("4th March 2024")
    (None, '2024-04-03', '2024-03-04')
    """
    if written := iso_date(text):
        return written[:10]
    if match := _YEAR_FIRST.search(text):
        return day_from(*match.groups())
    if worded := worded_date(text):
        return worded
    match = _YEAR_LAST.search(text)
    return numbered_date(match[1], match[2], match[3], _order(language)) if match else None


def _order(language: str) -> Order | None:
    if language in _DAY_FIRST_ENGLISH or language.partition("-")[0] in _DAY_FIRST:
        return "day first"
    return "month first" if language in _MONTH_FIRST else None
