"""Reads the articles of an RSS or Atom feed: an article for each entry that carries its text.

What an entry is and what it links to are two things. It is known by its guid at the host that the
feed came from; only where it has none, or one that is the address itself, is it the article at the
address that it links to, and only at that host: else any feed could take the place of what was
fetched from another. Formats: RSS 2.0, RSS 1.0, Atom (RFC 4287), and the RSS that WordPress
exports, in whose posts paragraphs are empty lines and codes are parts. Knows nothing of
connections.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO
from urllib.parse import urldefrag, urljoin

from index.reading import bylines, markup, xml
from index.reading.formats.fields import check_published
from index.reading.formats.head_lines import without_head
from index.reading.formats.page.lines import leads_away
from index.reading.markup import ITEM
from index.reading.read_results import ReadResult, Source, read_each
from index.reading.records import RecordError, derived_id, shown
from index.reading.stated_dates import utc_date, worded_date
from index.reading.urls import host_of
from index.reading.xml import Element

_ENTRIES = ("item", "entry")
# Of pictures, sound and film: what tells of these has the names of what tells of the entry.
_MEDIA = (
    "{http://search.yahoo.com/mrss",
    "{http://www.itunes.com/",
    "{http://www.google.com/schemas/play",
)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RELATIVE = re.compile(r"[/\w.?][\w/.%~?=&#-]{0,500}")  # an address without a scheme
_CUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\Z")
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ATOM = "{http://www.w3.org/2005/Atom}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RSS_AUTHOR = re.compile(r"\S+@\S+\s+\(([^()]+)\)")
# What WordPress's own type and those that newsrooms add are called, if they are articles.
_KIND = re.compile(
    r"\A(?:post|blog|news|live)|article|story|stories|report|column|interview|review|feature|opinion",
    re.IGNORECASE,
)
# What leads to the page behind a summary, at the end of its last line.
_READ_ON = re.compile(
    r"(?<=[.!?…”\"\])])\s*(?:Read (?:[Mm]ore|on|the (?:full|rest|whole)\b.{0,30})|READ MORE|"
    r"Continue [Rr]eading\b.{0,150}|Full [Ss]tory)\W*\Z"
)
_DATES = ("pubDate", "published", "issued", "date", "updated", "modified")
_PLAIN = ("text", "text/plain")
_MARKED = ("html", "xhtml", "text/html", "application/xhtml+xml")
_BLOCKS = re.compile(r"<(?:p|div|ul|ol|h[1-6]|blockquote|table|section)\b", re.IGNORECASE)
# Codes with what is in them, then those that stand alone; words in brackets are no codes.
_CODES = (
    re.compile(
        r"\[(caption|wp_caption|embed|audio|video|playlist)\b[^\[\]]{0,1000}\][^\[]{0,3000}\[/\1\]"
    ),
    re.compile(
        r"\[(?:gallery|embed|audio|video|playlist|contact-form[\w-]*|ad|ads|toc)\b[^\[\]]{0,1000}\]"
    ),
    re.compile(
        r"\[[a-z][a-z0-9_-]{1,40}(?:\s+[a-z][\w-]{0,40}=(?:\"[^\"\[]{0,500}\"|'[^'\[]{0,500}'))++\s*/?\]"
    ),
)
_COMMENT = re.compile(r"<!--(?:more|nextpage).{0,200}?-->", re.DOTALL)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Feed:
    """What a feed says of itself. `home` is whose entries they are: no other may be replaced.

    `address` is where addresses in it start from.

    `author` wrote what names nobody else; `names` are those behind the names of accounts.
    """

    home: str
    address: str
    outlet: str | None
    language: str | None
    author: str | None
    names: Mapping[str, str]


def read_feed(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """The articles of a feed in its order, a problem for each entry that holds none."""
    nothing = "no entries in this feed that can be read"
    return read_each(_entries(file, source), "entry", nothing, source)


def _entries(file: BinaryIO, source: Source) -> Iterator[Callable[[], dict[str, object]]]:
    feed = None
    for entry in xml.elements(file, _ENTRIES, source.charset):
        feed = feed or _feed_of(entry, source)
        yield partial(_record, entry, feed)


def _feed_of(entry: Element, source: Source) -> _Feed:
    """What stands before the first entry; of RSS 1.0 in an element of its own."""
    above = entry.getparent()
    channel = xml.child(above, "channel") if above is not None else None
    channel = above if channel is None else channel
    title = markup.line_of(_marked(xml.child(channel, "title"))) or None
    language = xml.text(xml.child(channel, "language")).strip()
    stated = xml.text(xml.child(channel, "link")).strip() or title or source.place
    home = host_of(source.url) if source.url else stated
    names = (
        (
            xml.text(xml.child(each, "author_login")),
            xml.text(xml.child(each, "author_display_name")),
        )
        for each in xml.children(channel, "author")
    )
    known = {login.strip(): name.strip() for login, name in names if login.strip() and name.strip()}
    is_atom = str(entry.tag).startswith(_ATOM)
    author = _author(channel, {}) if is_atom and channel is not None else None
    return _Feed(home, source.url or stated, title, language or _language(channel), author, known)


def _record(entry: Element, feed: _Feed) -> dict[str, object]:
    _check_published(entry)
    for part in [each for each in entry if str(each.tag).startswith(_MEDIA)]:
        entry.remove(part)
    link = _whole(_link(entry), entry, feed)
    guid = xml.text(_first(entry, "guid", "id")).strip()
    body = _body(entry)
    cut = _CUT.search(body)
    over, lines = without_head(body[: cut.start() if cut else None].split("\n"))
    is_own = host_of(link) in (feed.home, host_of(feed.home)) and link.startswith("http")
    by_address = is_own and guid in ("", link, urldefrag(link).url)
    return {
        "id": None if by_address else derived_id("feed", feed.home, guid or link or body),
        "body": "\n".join(lines),
        "cut": cut.group().strip() if cut else None,
        "title": markup.line_of(_marked(xml.child(entry, "title"))),
        "author": _author(entry, feed.names) or over.get("author") or feed.author,
        "source": feed.outlet,
        "published": _date(entry) or over.get("published"),
        "url": link,
        "language": _language(entry) or feed.language,
    }


def _check_published(entry: Element) -> None:
    """Exports of blogs hold pictures, pages, comments and drafts beside what was published."""
    kind = xml.text(xml.child(entry, "post_type")).strip() or "post"
    if not _KIND.search(kind):
        raise RecordError(f"left out: not an article but of the type {shown(kind)}")
    for each in xml.children(entry, "category"):
        term = str(each.get("term") or "").rpartition("#")[2]
        if str(each.get("scheme") or "").endswith("#kind") and not _KIND.search(term):
            raise RecordError(f"left out: no article but of the type {shown(term)}")
    is_draft = xml.text(xml.child(entry, "control", "draft")).strip() == "yes"
    check_published({"draft": is_draft, "status": xml.text(xml.child(entry, "status")).strip()})
    if xml.text(xml.child(entry, "post_password")).strip():
        raise RecordError("left out: not published, behind a password")


def _link(entry: Element) -> str:
    """Where the entry leads: of RSS the text, of Atom the alternate."""
    links = list(xml.children(entry, "link"))
    written = [xml.text(link).strip() for link in links if not link.get("href")]
    alternate = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
    found = [address for address in (*written, *alternate) if address]
    guid = xml.child(entry, "guid")
    if not found and guid is not None and guid.get("isPermaLink", "true") == "true":
        found = [address for address in [xml.text(guid).strip()] if host_of(address)]
    return str(found[0]) if found else ""


def _whole(link: str, entry: Element, feed: _Feed) -> str:
    """An address that is told from where the feed is, as a whole one."""
    around = (each.get(_BASE) for each in (entry, *entry.iterancestors()))
    based = (base for base in (*around, feed.address) if base and host_of(base))
    return urljoin(next(based, ""), link) if _RELATIVE.fullmatch(link) else link


def _body(entry: Element) -> str:
    """The fullest text that the entry has."""
    is_export = xml.child(entry, "post_type") is not None
    for part in (entry.find(_ENCODED), *xml.children(entry, "content")):
        if part is not None and part.get("src") is None and (text := _text(part, is_export)):
            return text
    return _text(_first(entry, "description", "summary"))


def _text(part: Element | None, is_export: bool = False) -> str:
    """The text of a part, freed of its markup if it has any, and of what leads to the page."""
    if part is None:
        return ""
    kind = part.get("type") or (_PLAIN[0] if part.tag.startswith(_ATOM) else _MARKED[0])
    if kind in _PLAIN:
        return xml.text(part).strip()
    if kind not in _MARKED:
        return ""
    html = markup.unescaped(xml.as_html(part))
    tree = markup.tree_of(f"<div>{written(html) if is_export else html}</div>")
    markup.drop_beside(tree)
    blocks = list(markup.blocks_of(tree))
    own = [
        each.text for each in blocks if not leads_away(each.text.removeprefix(ITEM), each.n_linked)
    ]
    own[-1:] = [_READ_ON.sub("", line) or line for line in own[-1:]]
    return "\n".join(own or [each.text for each in blocks])


def _marked(part: Element | None) -> str:
    """A part as HTML, whether that is what it holds or not."""
    if part is None:
        return ""
    is_plain = part.tag.startswith(_ATOM) and part.get("type", _PLAIN[0]) in _PLAIN
    return markup.plain(xml.text(part)) if is_plain else xml.as_html(part)


def _author(entry: Element, known: Mapping[str, str]) -> str | None:
    """Everybody who is named; RSS has a mail address there, and the name after it."""
    names = []
    for part in (*xml.children(entry, "author"), *xml.children(entry, "creator")):
        name = " ".join(xml.text(_first(part, "name") if len(part) else part).split())
        mail = _RSS_AUTHOR.fullmatch(name)
        names.append(known.get(name) or bylines.even(mail[1].strip() if mail else name))
    return "; ".join(bylines.distinct(filter(None, names))) or None


def _date(entry: Element) -> str | None:
    """When it was published, else changed, in UTC; as it is written where that cannot be read."""
    written = [xml.text(xml.child(entry, name)).strip() for name in _DATES]
    found = next(filter(None, written), None)
    return utc_date(found) or worded_date(found) or found if found else None


def _language(element: Element | None) -> str | None:
    if element is None:
        return None
    stated = element.get(_LANG)
    return stated if isinstance(stated, str) else None


def _first(element: Element, *names: str) -> Element | None:
    found = (xml.child(element, name) for name in names)
    return next((each for each in found if each is not None), None)


def written(post: str) -> str:
    """The HTML that a post is shown as."""
    for code in _CODES:
        post = code.sub("", post)
    post = _COMMENT.sub("\n\n", post)
    if _BLOCKS.search(post):
        return post
    parts = (part.strip() for part in _PARAGRAPH.split(post))
    return "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in parts if part)
