"""Feeds: an article for each entry, its text freed of markup, its details as they are stated."""

import pytest

from index.reading.feeds import MAX_FEED, is_feed, read_feed
from index.reading.jsonl import Problem
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


def read(content: bytes) -> tuple[list[Article], list[str]]:
    """The articles and the problem lines."""
    readings = list(read_feed(content, "feed"))
    return (
        [reading for reading in readings if isinstance(reading, Article)],
        [str(reading) for reading in readings if isinstance(reading, Problem)],
    )


def test_an_entry_is_an_article_with_what_the_feed_states() -> None:
    (harbour, teaser), problems = read(RSS)
    assert harbour.text == (
        "The harbour stays open, the mayor said.\n“No,” she said.\n“Never.”\nOne\nTwo"
    )
    assert (harbour.title, harbour.source) == ("Harbour stays open", "The Paper & Co")
    assert harbour.author == "ann@paper.example (Ann Lee)"
    assert harbour.published == "2024-05-06T05:08:09+00:00"
    assert harbour.url == "https://paper.example/harbour"
    assert (teaser.text, teaser.url, teaser.published) == ("2 < 3, he said.", None, None)
    assert [problem.split(":")[:2] for problem in problems] == [
        ["feed", " entry 2"],
        ["feed", " entry 3"],
    ]
    assert "does not start with http" in problems[0]
    assert "empty" in problems[1]


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
    assert is_feed(content) is feed


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
        RSS + b" " * MAX_FEED,
        entity_bomb(),
        entity_bomb().replace(b"&e9;", b"&lt;![CDATA[&lt;/div>&lt;html>"),
    ],
)
def test_hostile_feeds_give_articles_or_problems(content: bytes) -> None:
    articles, problems = read(content)
    assert articles or problems
    assert all(len(article.text) < 100_000 for article in articles)


def test_no_file_of_this_machine_gets_into_an_article() -> None:
    content = b"""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>
    <item><title>t</title><description>He left. &x;</description></item></channel></rss>"""
    articles, problems = read(content)
    assert "root:" not in repr((articles, problems))
