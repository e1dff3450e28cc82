"""What a page states of itself: each detail from the place that is trusted most, none guessed."""

import json

import pytest

from index.reading.formats.page.facts import Facts, day_in, day_of, facts_of
from index.reading.markup import tree_of


def facts(head: str = "", body: str = "", lang: str = "en") -> Facts:
    return facts_of(tree_of(f"<html lang='{lang}'><head>{head}</head><body>{body}</body></html>"))


def data(**values: object) -> str:
    record = {"@type": "NewsArticle", **values}
    return f"<script type='application/ld+json'>{json.dumps(record)}</script>"


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("page", "author"),
    [
        (meta("author", "Mina Oduya") + meta("parsely-author", "mina-oduya"), "Mina Oduya"),
        (meta("author", "By Mina Oduya and Tom de Vries"), "Mina Oduya; Tom de Vries"),
        (meta("dc.creator", "Oduya, Mina") + meta("dc.creator", "Lee, Ann"), "Mina Oduya; Ann Lee"),
        (meta("author", "MINA ODUYA, Senior Reporter"), "Mina Oduya"),
        (
            meta("article:author", "https://social.example/mina") + meta("byl", "By Ann Lee"),
            "Ann Lee",
        ),
        (meta("author", "admin"), None),
        (data(author=[{"@type": "Person", "name": "Ann Lee"}, {"name": "Ann Lee"}]), "Ann Lee"),
        (data(author={"name": "Canal News Agency"}), "Canal News Agency"),
        (data(author="Canal Courier", publisher={"name": "Canal Courier"}), None),
        ("<p class='byline'>By Ann Lee, Canal Correspondent, in Lisle</p>", "Ann Lee"),
        (meta("author", "Lisle Courier") + meta("og:site_name", "Lisle Courier"), None),
        ("<div class='author-bio'><p class='byline-x'>Ann Lee has covered it.</p></div>", None),
        ("<p class=byline>Words: Staff</p>", None),
        ("<p class=byline>By Ann Lee and Tom Kell in Lisle</p>", "Ann Lee; Tom Kell"),
        ("<p class=byline>Words: Ann Lee. Photographs: Tom Kell</p>", "Ann Lee"),
        ("<p class=autor>Von Ann Lee und Tom Kell</p>", "Ann Lee; Tom Kell"),
        ("<p class=auteur>Par Ann Lee</p>", "Ann Lee"),
        (meta("author", "@lisle") + "<span class=author>Ann Lee</span>", "Ann Lee"),
        ("<p class=byline>ANN LEE ann@lisle.example</p>", "Ann Lee"),
        ("<div class=post-author-name><div>By</div><a>Ann Lee</a><div>-</div></div>", "Ann Lee"),
        ("<p class=byline><span>Ann Lee</span><span>Canal correspondent</span></p>", "Ann Lee"),
    ],
)
def test_authors_are_names_each_once(page: str, author: str | None) -> None:
    assert facts(body=page).author == author


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (meta("og:title", "Canal to close | Lisle Courier"), "Canal to close"),
        (
            "<title>Canal to close - Lisle Courier</title>" + meta("og:site_name", "Lisle Courier"),
            "Canal to close",
        ),
        (
            "<title>Canal to close | News | Lisle Courier</title><h1>Canal to close</h1>",
            "Canal to close",
        ),
        (
            "<title>Canal to close – lislecourier</title><link rel=canonical href='https://www.lislecourier.example/a'>",
            "Canal to close",
        ),
        ("<title>Canal to close - again</title>", "Canal to close - again"),
        ("<h1>Lisle Courier</h1>" + meta("og:title", "Canal to close"), "Canal to close"),
        (data(headline="Canal &amp; lock to close"), "Canal & lock to close"),
        ("<title>Canal to close :: Lisle Courier :: Local</title>", "Canal to close"),
        ("<p>Nothing.</p>", None),
    ],
)
def test_the_title_is_without_the_outlet(page: str, title: str | None) -> None:
    assert facts(page).title == title


@pytest.mark.parametrize(
    ("page", "lang", "day"),
    [
        (data(datePublished="2024-03-05T23:30:00-05:00"), "en", "2024-03-05"),
        (meta("article:published_time", "2024-03-05T09:00:00Z"), "en", "2024-03-05"),
        ("<time itemprop='datePublished' datetime='2024-03-05'>today</time>", "en", "2024-03-05"),
        ("<p class=date>04/03/2024</p>", "en", None),
        ("<p class=date>04/03/2024</p>", "en-US", "2024-04-03"),
        ("<p class=date>04/03/2024</p>", "en-GB", "2024-03-04"),
        ("<p class=date>04.03.2024</p>", "de", "2024-03-04"),
        ("<p class=date>25/03/2024</p>", "en-US", "2024-03-25"),
        ("<span>Published on 5 March 2024</span>", "en", "2024-03-05"),
        ("<span class='post-date'>March 5th, 2024</span>", "en", "2024-03-05"),
        ("<time>Tuesday, 5 March 2024</time>", "en", "2024-03-05"),
        ("<span class='post-date'>2016/6/29</span>", "en", "2016-06-29"),
        ("<p>The lock was dug on 5 March 2019.</p><footer>© 2019</footer>", "en", None),
        ("<link rel=canonical href='https://a.example/2024/03/05/lock'>", "en", "2024-03-05"),
        (data(datePublished="soon") + meta("date", "5 Mar 2024"), "en", "2024-03-05"),
        ("<span class=date>31/02/2024</span>", "en-GB", None),
    ],
)
def test_the_day_is_the_one_that_is_stated(page: str, lang: str, day: str | None) -> None:
    assert facts(body=page, lang=lang).published == day


def test_what_is_no_day_is_none() -> None:
    assert day_of("") is None
    assert day_of("13/13/2024", "en-us") is None
    assert day_of("Smarch 5, 2024") is None


def test_data_of_any_shape_is_read() -> None:
    """JSON-LD comes in lists and graphs, broken, and of other things than the article."""
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {"@type": ["Thing", "Report"], "headline": "Lock"},
        ]
    }
    page = f"<script type='application/ld+json'>[{json.dumps(graph)}]</script>"
    assert facts(f"<script type='application/ld+json'>{{broken</script>{page}").title == "Lock"
    assert facts("<script type='application/ld+json'>" + "[" * 100_000 + "</script>").title is None
    assert facts(data(headline=["a"], author=7, articleBody=None, publisher=[])).author is None


def test_of_several_articles_the_pages_own_is_meant() -> None:
    """By address or headline; pages carry the data of stories that they lead to."""
    other = data(headline="Lock reopens", datePublished="2023-01-02", author="Tom Reed", url="/o")
    for own in (
        data(headline="Canal to close", author="Ann Lee"),
        data(headline="x", author="Ann Lee", url="https://canal.example/a"),
    ):
        head = "<link rel=canonical href='https://canal.example/a'><title>Canal to close</title>"
        page = f"<h1>Canal to close</h1>{other}{own}"
        assert facts(head, page).author == "Ann Lee"
        assert facts(head, page).published is None


def test_what_is_named_by_its_id_is_told_where_it_is_described() -> None:
    """So content systems write a graph."""
    graph = [
        {
            "@type": "Article",
            "headline": "Lock",
            "author": {"@id": "#p"},
            "publisher": {"@id": "#o"},
        },
        {"@type": "Person", "@id": "#p", "name": "Ann Lee"},
        {"@type": "Organization", "@id": "#o", "name": "Lisle Courier"},
    ]
    page = f"<script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"
    assert (facts(page).author, facts(page).source) == ("Ann Lee", "Lisle Courier")


def test_a_word_processors_title_is_one() -> None:
    """Where there is no heading."""
    for style in ("c3 title", "MsoTitle"):
        body = f"<p class='{style}'><span>Lock shut</span></p><p>So.</p>"
        assert facts(body=body).title == "Lock shut"


def test_an_outlet_is_known_where_the_page_marks_it() -> None:
    body = "<div itemprop=publisher itemscope><meta itemprop=name content='Lisle Courier'></div>"
    assert facts(body=body).source == "Lisle Courier"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("June 4, 2003", "2003-06-04"),
        ("Tuesday, 14 May 2024, 9:12am BST", "2024-05-14"),
        ("Published: 3rd May 2024 at 07:15", "2024-05-03"),
        ("He left on 14 May 2024", None),
        ("Mayor Lee, 14 May 2024", None),
    ],
)
def test_a_line_that_is_a_day_tells_it(line: str, day: str | None) -> None:
    """What says more than when may be of another day."""
    assert day_in(line) == day


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<p class=date>Updated 8 March 2024, first published 5 March 2024</p>", "2024-03-05"),
        ("<p class=date>Published 5 March 2024 | Updated 8 March 2024</p>", "2024-03-05"),
        (
            "<time class=updated datetime=2024-03-08>8 March</time>"
            "<time class='entry-date published' datetime=2024-03-05>5 March</time>",
            "2024-03-05",
        ),
        ("<p class=date>5. März 2024, 9:30 Uhr</p>", "2024-03-05"),
        ("<p>Publié le 5 mars 2024 à 9h30</p>", "2024-03-05"),
        ("<p class=fecha>5 de marzo de 2024</p>", "2024-03-05"),
        ("<p class=date>Last modified 8 March 2024</p>", None),
    ],
)
def test_the_day_is_that_of_the_publication_in_any_of_these_languages(
    shown: str, day: str | None
) -> None:
    assert facts(body=shown).published == day


def test_of_two_addresses_the_whole_one_is_taken() -> None:
    head = "<link rel=canonical href='/news/mill'>" + meta("og:url", "https://lisle.example/mill")
    assert facts(head).url == "https://lisle.example/mill"
