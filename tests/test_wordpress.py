"""What WordPress exports: posts as they are kept, and what its feeds add to them."""

import io

import pytest

from index.reading.formats.feeds import read_feed, written
from index.reading.read_results import Problem, ReadResult, Source
from index.schema import Article

_HEAD = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Mill Post</title><link>https://mill.example</link><wp:author><wp:author_login>ital
</wp:author_login><wp:author_display_name>Ida Tal</wp:author_display_name></wp:author>"""
FIRST, LAST = "The mill closes in May, its owner said.", "“Flour has had its day,” said Gus Ode."


def _item(body: str, *, kind: str = "post", status: str = "publish", number: int = 1) -> str:
    return (
        f"<item><title>Mill closes</title><dc:creator>ital</dc:creator><guid>g{number}</guid>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_type>{kind}</wp:post_type>"
        f"<wp:status>{status}</wp:status></item>"
    )


def _read(*items: str, head: str = _HEAD, end: str = "</channel></rss>") -> list[ReadResult]:
    feed = f"{head}{''.join(items)}{end}".encode()
    return list(read_feed(io.BytesIO(feed), Source("x.xml")))


@pytest.mark.parametrize(
    "post",
    [
        f"{FIRST}\n\n{LAST}\n<!--more-->",
        f'{FIRST}\r\n\r\n[caption id="a" width="3"]<img src="a.jpg"> A mill.[/caption]\r\n{LAST}',
        f'{FIRST}\n\n[gallery ids="1,2"]\n\n{LAST}\n\n[embed]https://x.example[/embed]',
        f'[vc_row width="1"]<p>{FIRST}</p>[su_button url="x"]<p>{LAST}</p>',
        f"<!-- wp:paragraph --><p>{FIRST}</p><!-- /wp:paragraph --><p>{LAST}</p>",
        f"<p>{FIRST}</p><p>{LAST}</p><p>The post <a>Mill closes</a> first appeared on Post.</p>",
    ],
    ids="classic caption gallery shortcodes blocks footer".split(),
)
def test_a_post_is_read_as_it_is_shown(post: str) -> None:
    """Empty lines are paragraphs; codes for pictures and buttons are no text."""
    (article,) = _read(_item(post))
    assert isinstance(article, Article)
    assert (article.text, article.author) == (f"{FIRST}\n{LAST}", "Ida Tal")


def test_words_in_brackets_are_words() -> None:
    """Editors put in what a speaker left out."""
    said = "“He [the mayor] left [sic],” she said."
    assert written(said) == f"<p>{said}</p>"


def test_only_articles_that_are_published_are_read() -> None:
    """Newsrooms have types of their own for those; pages tell of the house."""
    items = [
        _item(FIRST, kind="mill_story"),
        _item(LAST, kind="page", number=2),
        _item(LAST, status="future", number=3),
    ]
    article, *left_out = _read(*items)
    assert isinstance(article, Article)
    assert [each.what for each in left_out if isinstance(each, Problem)] == [
        "left out: not an article but of the type 'page'",
        "left out: not published, 'future'",
    ]


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (f"{FIRST} Read more", FIRST),
        (f"{FIRST} […] Continue reading Mill closes →", FIRST),
        ("Children should read more.", "Children should read more."),
        ("“Mill closes? Read on,” she said.", "“Mill closes? Read on,” she said."),
    ],
)
def test_what_leads_on_from_a_summary_is_no_text(summary: str, text: str) -> None:
    """But it may be somebody's words."""
    item = f"<item><guid>a</guid><description>{summary}</description></item>"
    *cut, article = _read(item, head="<rss><channel><title>x</title>")
    assert isinstance(article, Article)
    assert (article.text, len(cut)) == (text, summary.count("[…]"))


def test_whoever_a_whole_feed_is_by_wrote_what_names_nobody() -> None:
    """So Atom has it (RFC 4287, 4.2.1)."""
    by_all = "<title>x</title><author><name>Ida Tal</name></author>"
    head = f'<feed xmlns="http://www.w3.org/2005/Atom">{by_all}'
    own = "<author><name>By Max Roe and Ann Lee</name></author>"
    entries = [
        f"<entry><id>{n}</id>{by}<summary>{n} left.</summary></entry>"
        for n, by in (("a", ""), ("b", own))
    ]
    readings = _read(*entries, head=head, end="</feed>")
    assert [each.author for each in readings if isinstance(each, Article)] == [
        "Ida Tal",
        "Max Roe; Ann Lee",
    ]


def test_comments_and_drafts_of_a_blogs_export_are_left_out() -> None:
    """Blogger writes all that it has as entries of one feed."""
    kind = "<category scheme='http://x.example/g#kind' term='http://x.example/kind#{}'/>"
    draft = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
    parts = (kind.format("post"), kind.format("comment"), kind.format("post") + draft)
    entries = [
        f"<entry><id>{n}</id>{part}<summary>He left.</summary></entry>"
        for n, part in enumerate(parts)
    ]
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>'
    article, *left_out = _read(*entries, head=head, end="</feed>")
    assert isinstance(article, Article)
    assert [each.what for each in left_out if isinstance(each, Problem)] == [
        "left out: no article but of the type 'comment'",
        "left out: not published, 'draft'",
    ]
