"""An address becomes articles: what a page states of itself, and whose it may not claim to be."""

from collections.abc import Iterator

import pytest

from index.reading.read_results import Problem, ReadResult
from index.reading.web import read_address
from index.schema import Article
from tests.test_feeds import ATOM
from tests.test_readers import PAGE
from tests.websites import Website, moved, page, website


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with website() as served:
        yield served


def read(site: Website, path: str) -> list[ReadResult]:
    """What the address of that path gives."""
    return list(read_address(site.url(path), site.fetcher()))


def test_a_page_becomes_its_article_under_its_own_address(site: Website) -> None:
    """After a redirect, the address that it led to; the same again gives the same id."""
    site.paths["/short"] = moved("/harbour?from=short")
    site.paths["/harbour?from=short"] = page(PAGE)
    (article,) = read(site, "/short")
    assert isinstance(article, Article)
    assert article.url == site.url("/harbour?from=short")
    assert "said, & nobody objected." in article.text
    assert (article.title, article.source) == ("Harbour stays open", "The Paper")
    assert article.id.startswith("url-")
    assert read(site, "/harbour?from=short") == [article]


def test_a_page_may_name_another_address_of_its_own_host_only(site: Website) -> None:
    """Else it would take the place of the article of another paper."""
    for stated, url in {
        site.url("/harbour"): site.url("/harbour"),
        "https://other.example/story": site.url("/stated"),
        f"http://news.example:{site.port}@other.example/": site.url("/stated"),
        "javascript:alert(1)": site.url("/stated"),
        "http://[": site.url("/stated"),
    }.items():
        site.paths["/stated"] = page(PAGE.replace("https://paper.example/harbour", stated))
        (article,) = (r for r in read(site, "/stated") if isinstance(r, Article))
        assert article.url == url


def test_a_feed_becomes_an_article_an_entry(site: Website) -> None:
    """By what it is, not by what the server calls it."""
    for kind in ("application/atom+xml", "text/xml; charset=utf-8", "text/html"):
        site.paths["/feed"] = page(ATOM, kind)
        titles = [r.title for r in read(site, "/feed") if isinstance(r, Article)]
        assert titles == ["Ships <3", "Plain"]


def test_plain_text_is_an_article_character_for_character(site: Website) -> None:
    site.paths["/text"] = page("  <b>He</b> left.\r\n", "text/plain; charset=utf-8")
    (article,) = read(site, "/text")
    assert isinstance(article, Article)
    assert article.text == "  <b>He</b> left.\r\n"


@pytest.mark.parametrize(
    ("content", "kind", "what"),
    [
        ("<p></p>", "text/html", "no article found in this page"),
        ("<a/>", "application/xml", "XML, but not a feed"),
        ("x", "image/png", "of the kind 'image/png'"),
        ("<p>x" * 40_000, "text/html", "over 30,000 tags, the most that a page may have"),
        ("", "text/plain", "empty"),
    ],
)
def test_what_holds_no_article_is_one_line_that_names_the_address(
    site: Website, content: str, kind: str, what: str
) -> None:
    site.paths["/bad"] = page(content, kind)
    (problem,) = read(site, "/bad")
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{site.url('/bad')}: ")
    assert what in problem.what


def test_a_problem_repeats_neither_a_password_nor_line_ends(site: Website) -> None:
    for url in ("https://ann:secret@news.example/a", "http://a/\r\nb", "http://a/" + "x" * 9999):
        (problem,) = read_address(url, site.fetcher())
        line = str(problem)
        assert "secret" not in line
        assert len(line.splitlines()) == 1
        assert len(line) < 400
