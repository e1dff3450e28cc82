"""Feeds: an article for each entry, its text freed of markup, its details as they are stated."""

from html import escape
from io import BytesIO

import pytest

from index.reading.formats.feeds import read_feed
from index.reading.formats.registry import FEED, format_of
from index.reading.read_results import Problem, Source
from index.reading.records import make_article
from index.schema import Article

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Paper &amp;amp; Co</title><link>https://paper.example/</link>
<item><title>Harbour &lt;b&gt;stays&lt;/b&gt; open</title><link>https://paper.example/harbour</link>
<pubDate>Mon, 06 May 2024 07:08:09 +0200</pubDate><author>ann@paper.example (Ann Lee)</author>
<description>A teaser.</description><content:encoded><![CDATA[<p>The harbour stays
open, <i>the mayor</i> said.</p><p>&ldquo;No,&rdquo; she said.<br>\xe2\x80\x9cNever.\xe2\x80\x9d</p>
<script>alert(1)</script><style>p {}</style><!-- no --><ul><li>One<li>Two</ul>]]></content:encoded>
</item>
<item><title>Only a teaser</title><link>javascript:alert(1)</link><pubDate>soon</pubDate>
<description>2 &lt; 3, he said.</description></item>
<item><title>Nothing</title></item>
<item><link>https://paper.example/harbour#again</link><description>Twice.</description></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Bulletin</title>
<entry><title type="text">Ships &lt;3</title><link href="https://b.example/1"/><id>urn:1</id>
<updated>2024-05-06T07:08:09Z</updated><author><name>Tom Reed</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>We go.</p><p>We stay.</p></div>
</content></entry>
<entry><title>Plain</title><link href="https://b.example/2"/><content type="text">He &lt;b&gt; left.
Twice.</content></entry></feed>"""


def read(content: bytes | str, url: str | None = None) -> tuple[list[Article], list[str]]:
    """The articles and the problem lines of a feed; `url` is where it was fetched from."""
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    readings = list(read_feed(file, Source("feed", url)))
    return (
        [reading for reading in readings if isinstance(reading, Article)],
        [str(reading) for reading in readings if isinstance(reading, Problem)],
    )


def test_an_entry_is_an_article_with_what_the_feed_states() -> None:
    (harbour, teaser), problems = read(RSS)
    assert harbour.text == (
        "The harbour stays open, the mayor said.\n“No,” she said.\n“Never.”\n• One\n• Two"
    )
    assert (harbour.title, harbour.source) == ("Harbour stays open", "The Paper & Co")
    assert harbour.author == "Ann Lee"
    assert harbour.published == "2024-05-06T05:08:09+00:00"
    assert harbour.url == "https://paper.example/harbour"
    assert (teaser.text, teaser.url, teaser.published) == ("2 < 3, he said.", None, None)
    dateless, linkless, empty, again = problems
    assert dateless.startswith("feed: entry 2: article kept without its published: 'soon' is not")
    assert linkless.startswith("feed: entry 2: article kept without its url")
    assert empty.startswith("feed: entry 3: empty")
    assert again == ("feed: entry 4: left out: it has the id, guid or address of entry 1")


def test_an_atom_feed_is_read_alike() -> None:
    (ships, plain), problems = read(ATOM)
    assert (ships.title, ships.author, ships.source) == ("Ships <3", "Tom Reed", "Bulletin")
    assert ships.text == "We go.\nWe stay."
    assert plain.text == "He <b> left.\nTwice."
    assert problems == []


@pytest.mark.parametrize(
    ("content", "feed"),
    [
        (RSS, True),
        (ATOM, True),
        (b"<rdf:RDF xmlns:rdf='x'>", True),
        (b"<!DOCTYPE html><html><body><p>On rss and feeds</p>", False),
        (b"<rssy>", False),
        (b"", False),
    ],
)
def test_a_feed_is_known_by_how_it_begins(content: bytes, feed: bool) -> None:
    assert (format_of(content, "") is FEED) is feed


def entity_bomb() -> bytes:
    """Ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<!DOCTYPE r [<!ENTITY e0 "0123456789">{entities}]><rss version="2.0"><channel>'
        "<item><description>&e9;</description></item></channel></rss>"
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"<rss>",
        b"<rss version='2.0'><channel><title>Empty</title></channel></rss>",
        b"<rss><channel><item><description>" + b"<a>" * 5000,
        b"<feed><entry><content>\xff\xfe\x00</content></entry></feed>",
        b"<rss><channel><item><description>&#0;&#xD800;&#55296;</description></item>",
        b"\x00<rss>" + bytes(range(256)),
        b"<rss><channel><item><description>x" + b" " * 21 * 2**20,
        entity_bomb(),
        entity_bomb().replace(b"&e9;", b"&lt;![CDATA[&lt;/div>&lt;html>"),
    ],
)
def test_hostile_feeds_give_articles_or_problems(content: bytes) -> None:
    articles, problems = read(content)
    assert articles or problems
    assert all(len(article.text) < 100_000 for article in articles)


def item(link: str, text: str, guid: str = "") -> str:
    """An entry of a feed."""
    guid = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><link>{link}</link>{guid}<description>{text}</description></item>"


def rss(*items: str) -> str:
    """A feed of these entries."""
    return f"<rss><channel><title>T</title>{''.join(items)}</channel></rss>"


def only_id(content: str, url: str | None) -> str:
    """The id of the article, where there is nothing else."""
    ((article,), problems) = read(content, url)
    assert problems == []
    return article.id


def test_a_feed_never_takes_the_place_of_what_came_from_another_host() -> None:
    """Whatever it links to and whatever guid it claims; the link itself is kept."""
    link = "https://paper.example/harbour"
    own = only_id(rss(item(link, "Own.")), "https://paper.example/feed")
    guid = only_id(rss(item(link, "Own.", "17")), "https://paper.example/feed")
    for host in ("https://other.example", "https://paper.example.other.example",
                 "https://paper.example:8443", "http://feeds.paper.example"):  # fmt: skip
        for entry in (item(link, "False."), item(link, "False.", "17"), item(link, "F.", link)):
            assert only_id(rss(entry), f"{host}/feed") not in (own, guid)
    ((foreign,), _) = read(rss(item(link, "Foreign.")), "https://other.example/feed")
    assert foreign.url == link


def test_an_entry_is_known_by_its_guid_whatever_it_links_to() -> None:
    feed = "https://paper.example/feed"
    before = only_id(rss(item("https://paper.example/a", "One.", "17")), feed)
    assert only_id(rss(item("https://paper.example/b", "One, corrected.", "17")), feed) == before
    assert only_id(rss(item("https://paper.example/a", "One.", "18")), feed) != before
    links = [item("https://paper.example/live", f"{n}.", str(n)) for n in (1, 2)]
    (first, second), problems = read(rss(*links), feed)
    assert (first.text, second.text, problems) == ("1.", "2.", [])


def test_an_entry_without_another_guid_is_the_page_that_it_links_to() -> None:
    """At the feed's own host: what was fetched from there is replaced by what comes from there."""
    link = "https://paper.example/harbour"
    ids = {
        only_id(rss(entry), "https://paper.example/feed")
        for entry in (item(link, "x"), item(link, "x", link), item(f"{link}#more", "x", link))
    }
    (page, _) = make_article({"body": "x", "url": link})
    assert ids == {page.id}


def test_what_is_no_markup_of_a_feed_is_text() -> None:
    """Signs and entities that XML does not know, tags that nobody closed, the wrong encoding."""
    entry = "<title>A&B &nbsp;</title><description>M&S < 3 &ldquo;No&rdquo; <p>x</description>"
    ((article,), _) = read(f"<rss><channel><item>{entry}</item></channel></rss>")
    assert (article.title, article.text) == ("A&B", "M&S < 3 “No”\nx")
    ((article,), _) = read(rss(item("https://a.example", "“No,” said Zoë.")).encode("cp1252"))
    assert article.text == "“No,” said Zoë."


def test_a_broken_feed_is_read_to_where_it_breaks_off() -> None:
    (article,), problems = read(f"<rss>{item('https://a.example', 'One.')}<item><title>x")
    assert (article.text, problems) == ("One.", ["feed: it ends in the middle"])


def test_no_file_of_this_machine_gets_into_an_article() -> None:
    content = b"""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>
    <item><title>t</title><description>He left. &x;</description></item></channel></rss>"""
    articles, problems = read(content)
    assert "root:" not in repr((articles, problems))


def test_what_tells_of_a_picture_is_not_the_entry() -> None:
    """It has the same names, for itself."""
    media = "xmlns:media='http://search.yahoo.com/mrss/'"
    picture = "<media:content><media:description>A mill</media:description></media:content>"
    item = f"<item>{picture}<media:title>m.jpg</media:title><title>Gone</title>"
    feed = f"<rss {media}><channel>{item}<description>He left.</description></item></channel></rss>"
    ((article,), problems) = read(feed)
    assert (article.title, article.text, problems) == ("Gone", "He left.", [])


def test_an_address_from_where_the_feed_is_becomes_whole() -> None:
    entry = "<entry><title>Gone</title><link href='news/1'/><content>He left.</content></entry>"
    base = "xml:base='https://b.example/'"
    ((article,), _) = read(f"<feed xmlns='http://www.w3.org/2005/Atom' {base}>{entry}</feed>")
    assert article.url == "https://b.example/news/1"
    item = "<item><link>/news/1</link><description>He left.</description></item>"
    link = "<link>https://b.example/</link>"
    ((article,), _) = read(f"<rss><channel>{link}{item}</channel></rss>")
    assert article.url == "https://b.example/news/1"


def test_a_beginning_of_a_text_is_told_as_one_and_a_day_in_words_is_read() -> None:
    item = "<item><pubDate>6 May 2024</pubDate><description>He left the […]</description></item>"
    ((article,), problems) = read(f"<rss><channel>{item}</channel></rss>")
    assert (article.text, article.published) == ("He left the", "2024-05-06")
    assert problems == ["feed: entry 1: its text looks cut off: it ends with […]"]


def test_markup_that_was_escaped_once_more_is_read_and_a_byline_is_none_of_the_text() -> None:
    inner = "<p>By Ann Lee</p><p>He &amp; she left.</p><p>So be it.</p>"
    item = f"<item><description>{escape(escape(inner))}</description></item>"
    ((article,), _) = read(f"<rss><channel>{item}</channel></rss>")
    assert (article.author, article.text) == ("Ann Lee", "He & she left.\nSo be it.")
