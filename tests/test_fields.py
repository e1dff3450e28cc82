"""An article's fields, as content systems export them: their names, their trees, their drafts."""

import json
from html import escape
from io import BytesIO

import pytest

from index.reading.formats.csv_files import read_rows
from index.reading.formats.jsonl import read_json
from index.reading.read_results import Problem, ReadResult, Source
from index.schema import Article

LINES = ["The mill closes in May, its owner said.", "“Flour has had its day,” said Gus Ode."]
BODY = "\n".join(LINES)
HTML = "".join(f"<p>{line}</p>" for line in LINES)
DAY = "2024-05-03T06:15:00+00:00"

ARC = {
    "type": "story",
    "headlines": {"basic": "Mill closes"},
    "credits": {"by": [{"type": "author", "name": "Ida Tal"}, {"name": "Max Roe"}]},
    "first_publish_date": DAY,
    "content_elements": [
        {"type": "text", "content": LINES[0]},
        {"type": "image", "caption": "The mill at dusk."},
        {"type": "interstitial_link", "content": "Why bread is dear", "url": "/bread"},
        {"type": "quote", "content_elements": [{"type": "text", "content": f"<b>{LINES[1]}</b>"}]},
    ],
}
WORDPRESS = {
    "id": 7,
    "status": "publish",
    "type": "post",
    "link": "https://mill.example/closes",
    "date_gmt": DAY,
    "title": {"rendered": "Mill &#8216;closes&#8217;"},
    "content": {"rendered": HTML, "protected": False},
    "author": 3,
    "_embedded": {"author": [{"name": "Ida Tal"}]},
}
JSON_API = {
    "type": "node--article",
    "id": "u-1",
    "attributes": {
        "title": "Mill closes",
        "status": True,
        "created": DAY,
        "body": {"value": HTML, "processed": HTML, "format": "full_html"},
    },
}
RICH = {
    "sys": {"id": "e1", "type": "Entry"},
    "fields": {
        "headline": "Mill closes",
        "byline": "By Ida Tal and Max Roe",
        "publishDate": DAY,
        "body": {
            "nodeType": "document",
            "content": [
                {
                    "nodeType": "paragraph",
                    "content": [
                        {"nodeType": "text", "value": "The mill closes in May, "},
                        {
                            "nodeType": "hyperlink",
                            "data": {"uri": "https://mill.example"},
                            "content": [{"nodeType": "text", "value": "its owner said."}],
                        },
                    ],
                },
                {"nodeType": "embedded-asset-block", "data": {}, "content": []},
                {"nodeType": "blockquote", "content": [{"nodeType": "text", "value": LINES[1]}]},
            ],
        },
    },
}


def _read(value: object) -> list[ReadResult]:
    return list(read_json(BytesIO(json.dumps(value).encode()), Source("x.json")))


def _problems(readings: list[ReadResult]) -> list[str]:
    return [str(each) for each in readings if isinstance(each, Problem)]


@pytest.mark.parametrize(
    "value",
    [
        ARC,
        [WORDPRESS],
        {"jsonapi": {"version": "1.0"}, "data": [JSON_API]},
        {"sys": {"type": "Array"}, "items": [RICH]},
        {"hits": {"hits": [{"_index": "n", "_source": {"title": "Mill closes", "text": BODY}}]}},
        {"db": [{"meta": {}, "data": {"users": [{"name": "Ida"}], "posts": [{"html": HTML}]}}]},
        {"article": {"title": "Mill closes", "body": HTML}},
        {"blocks": [{"type": "paragraph", "data": {"text": line}} for line in LINES]},
        {"body": [{"_type": "block", "children": [{"_type": "span", "text": t}]} for t in LINES]},
        {"post_title": "Mill closes", "post_content": HTML, "post_status": "publish"},
        {"maintext": BODY},
        {"data": [{"id": 7, "attributes": {"title": "Mill closes", "content": BODY}}]},
    ],
    ids="""arc wordpress json-api rich search ghost wrapped blocks portable database crawl
        numbered""".split(),
)
def test_each_system_gives_the_paragraphs(value: object) -> None:
    """Wherever the text is, and whatever stands around it; pictures and pointers are not text."""
    (article,) = _read(value)
    assert isinstance(article, Article)
    assert article.text == BODY


def test_the_details_are_found_where_each_has_them() -> None:
    """Names within objects, and a number that stands for an author who is told beside it."""
    details = [
        (each.title, each.author, each.published)
        for value in (ARC, [WORDPRESS], {"data": [JSON_API]}, {"items": [RICH]})
        for each in _read(value)
        if isinstance(each, Article)
    ]
    assert details == [
        ("Mill closes", "Ida Tal; Max Roe", DAY),
        ("Mill ‘closes’", "Ida Tal", DAY),
        ("Mill closes", None, DAY),
        ("Mill closes", "Ida Tal; Max Roe", DAY),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "draft"},
        {"post_status": "future"},
        {"draft": True},
        {"published": False},
        {"attributes": {"status": False}},
        {"attributes": {"createdAt": DAY, "publishedAt": None}},
    ],
)
def test_what_is_not_published_is_left_out_with_a_line(change: dict[str, object]) -> None:
    """A draft is no article yet, by whatever name its system has for that."""
    (problem,) = _problems(_read({"title": "Soon", "body": BODY, **change}))
    assert problem.startswith("x.json: left out: not published")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (1709629200000, "2024-03-05T09:00:00+00:00"),
        ("1709629200", "2024-03-05T09:00:00+00:00"),
        ("17/03/2024", "2024-03-17"),
        ("3/17/2024 9:30", "2024-03-17"),
        ("05.05.2024", "2024-05-05"),
    ],
)
def test_a_date_in_numbers_is_read_where_it_is_sure(written: object, day: str) -> None:
    (article,) = _read({"title": "Soon", "body": BODY, "published_at": written})
    assert isinstance(article, Article)
    assert article.published == day


@pytest.mark.parametrize("written", ["04/03/2024", 7, 20240304, True, "31/31/2024"])
def test_a_date_that_may_be_another_is_none(written: object) -> None:
    found = _read({"title": "Soon", "body": BODY, "date": written})
    assert [each.published for each in found if isinstance(each, Article)] == [None]


def test_a_text_that_breaks_off_is_told() -> None:
    """Aggregators give the beginning only, and how much is missing."""
    readings = _read({"articles": [{"title": "Mill", "content": f"{BODY}… [+812 chars]"}]})
    assert [each.text for each in readings if isinstance(each, Article)] == [f"{BODY}…"]
    assert _problems(readings) == [
        "x.json: article 1: its text looks cut off: it ends with [+812 chars]"
    ]


def test_a_tree_without_a_bottom_is_read_to_a_depth() -> None:
    """Hostile nesting costs its text, not the program."""
    tree: object = "deep"
    for _ in range(400):
        tree = {"content": [tree]}
    assert _problems(_read({"title": "x", "body": tree})) != []


@pytest.mark.parametrize(
    "head",
    [
        "Headline;Byline;Publication date;Article text",
        "Title;Author;post_date;post_content",
        "Story headline|Writer|Publish date|Body text",
    ],
)
def test_columns_are_known_by_the_names_of_exports(head: str) -> None:
    """As archives of the press and databases name them."""
    mark = max(";|", key=head.count)
    row = mark.join(("Mill closes", "By Ida Tal", "3 May 2024", LINES[0]))
    table = f"\ufeff{head}\r\n{row}\r\n"
    (article,) = read_rows(BytesIO(table.encode()), Source("x.csv"))
    assert isinstance(article, Article)
    assert (article.title, article.author, article.published, article.text) == (
        "Mill closes",
        "Ida Tal",
        "2024-05-03",
        LINES[0],
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", {"uri": "mill.example", "title": "Mill Post"}),
        ("author", {"node": {"name": "Mill Post"}}),
        ("author", {"data": {"id": 3, "attributes": {"name": "Mill Post"}}}),
    ],
)
def test_a_name_is_found_within_what_it_names(field: str, value: object) -> None:
    """Under whatever name it has there."""
    (article,) = _read({"body": BODY, field: value})
    assert getattr(article, field) == "Mill Post"


def test_an_export_of_ghost_tells_who_wrote_what_beside_the_posts() -> None:
    """In tables of their own, as it does whose posts they are."""
    tables = {
        "posts": [
            {"id": "p1", "title": "Mill closes", "html": f"<p>{BODY}</p>", "status": "published"},
            {"id": "p2", "title": "Soon", "html": "<p>No.</p>", "status": "draft"},
        ],
        "users": [{"id": "u1", "name": "Ida Tal"}, {"id": "u2", "name": "Max Roe"}, {"id": []}, 7],
        "posts_authors": [
            {"post_id": "p1", "author_id": "u2", "sort_order": 1},
            {"post_id": "p1", "author_id": "u1", "sort_order": 0},
            {"post_id": "p1", "author_id": {}, "sort_order": "first"},
        ],
        "settings": [{"key": "title", "value": "Mill Post"}],
    }
    found = _read({"db": [{"data": tables}]})
    assert [(each.author, each.source) for each in found if isinstance(each, Article)] == [
        ("Ida Tal; Max Roe", "Mill Post")
    ]
    for broken in ({"db": [7]}, {"db": [{"data": {"posts": 7}}]}):
        assert not [each for each in _read(broken) if isinstance(each, Article)]


def test_a_json_feed_names_the_outlet_of_its_entries() -> None:
    """Its entries have their text as HTML or as it is."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Mill Post",
        "items": [{"id": "1", "content_html": HTML}, {"id": "2", "content_text": LINES[0]}],
    }
    articles = [each for each in _read(feed) if isinstance(each, Article)]
    assert [each.text for each in articles] == [BODY, LINES[0]]
    assert {each.source for each in articles} == {"Mill Post"}


def test_an_entry_of_a_json_feed_without_an_author_has_that_of_the_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Mill Post",
        "authors": [{"name": "Ida Tal"}],
        "items": [
            {"id": "1", "content_html": HTML},
            {"id": "2", "content_html": HTML, "authors": [{"name": "Max Roe"}]},
            {"id": "3", "content_html": HTML, "author": {"name": "Eva Lund"}},
        ],
    }
    articles = [each for each in _read(feed) if isinstance(each, Article)]
    assert [each.author for each in articles] == ["Ida Tal", "Max Roe", "Eva Lund"]


def test_an_article_of_schema_org_is_read_with_its_page_and_what_it_only_names() -> None:
    graph = [
        {"@type": "WebSite", "@id": "#site", "name": "Mill Post"},
        {"@type": "Person", "@id": "#ida", "name": "Ida Tal"},
        {
            "@type": ["NewsArticle", "Article"],
            "headline": "Mill &amp; weir close",
            "mainEntityOfPage": {"@id": "https://mill.example/n/4"},
            "author": {"@id": "#ida"},
            "publisher": {"@id": "#site"},
            "datePublished": "2024-03-04",
            "articleBody": HTML,
        },
    ]
    (article,) = _read({"@context": "https://schema.org", "@graph": graph})
    assert isinstance(article, Article)
    assert (article.title, article.author, article.source, article.published, article.url) == (
        "Mill & weir close",
        "Ida Tal",
        "Mill Post",
        "2024-03-04",
        "https://mill.example/n/4",
    )
    assert article.text == BODY


def test_a_live_blog_of_schema_org_is_one_article_of_all_its_entries() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Hour {n}",
            "articleBody": f"<p>The weir held {n}.</p>",
        }
        for n in range(60, 0, -1)
    ]
    blog = {
        "@context": "https://schema.org/",
        "@type": "LiveBlogPosting",
        "headline": "The weir, hour by hour",
        "publisher": {"name": "Mill Post"},
        "liveBlogUpdate": updates,
    }
    (article,) = _read(blog)
    assert isinstance(article, Article)
    assert (article.title, article.source) == ("The weir, hour by hour", "Mill Post")
    assert article.text.split("\n")[:3] == ["Hour 60", "The weir held 60.", "Hour 59"]
    assert article.text.count("The weir held") == 60


def test_a_name_in_two_parts_and_an_escaped_body_are_read() -> None:
    record = {"author": {"firstName": "Ida", "lastName": "Tal"}, "body": escape(HTML)}
    (article,) = _read(record)
    assert isinstance(article, Article)
    assert (article.author, article.text) == ("Ida Tal", BODY)
