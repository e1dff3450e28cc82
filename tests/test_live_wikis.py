"""A MediaWiki's own API becomes articles: each page once, under the id that its export has."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import pytest

from index.reading.formats.wiki import read_wiki
from index.reading.read_results import Problem, ReadResult, Source
from index.reading.web import read_address
from index.schema import Article
from tests.websites import Answer, Website, page, website

Say = Callable[[dict[str, str]], object]


class Paths(dict[str, Answer]):
    """Answers every request of an API as it is told to."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def __missing__(self, path: str) -> Answer:
        asked = dict(parse_qsl(urlsplit(path).query))
        return page(json.dumps(self._say(asked)), "application/json; charset=utf-8")


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with website() as served:
        yield served


def read(site: Website, say: Say) -> list[ReadResult]:
    """What the wiki that answers so gives."""
    site.paths = Paths(say)
    return list(read_address(site.url("/w/api.php"), site.fetcher()))


def given(number: int, text: str | None, **others: object) -> dict[str, object]:
    """A page as the API gives it, with or without its text."""
    slot = {"contentmodel": "wikitext", "content": text}
    revision = {"timestamp": "2024-05-31T10:00:00Z", "slots": {"main": slot}}
    known: dict[str, object] = {"pageid": number, "ns": 0, "title": f"Page {number}"}
    return known | ({} if text is None else {"revisions": [revision]}) | others


def general(site: Website) -> dict[str, object]:
    base = site.url("/wiki/Main_Page")
    return {"query": {"general": {"sitename": "Desk", "base": base}}}


def test_every_page_is_an_article_with_its_links_and_templates_undone(site: Website) -> None:
    """Page by page, as the wiki says how to go on; a text may come with a later answer."""
    cake = "'''Cake''' is [[Food|eaten]]. \"It is good,\" said {{x}}Ann Lee."
    parts = {
        "": {
            "continue": {"rvcontinue": "2|7", "continue": "||info"},
            "query": {"pages": [given(1, cake, fullurl=site.url("/wiki/Page_1")), given(2, None)]},
        },
        "2|7": {"continue": {"gapcontinue": "C"}, "query": {"pages": [given(2, "The pier.")]}},
        "C": {"query": {"pages": [given(3, None), given(4, "An address.", fullurl="http://a.b/")]}},
    }

    def say(asked: dict[str, str]) -> object:
        if "meta" in asked:
            return general(site)
        return parts[asked.get("gapcontinue", asked.get("rvcontinue", ""))]

    found = read(site, say)
    articles = [each for each in found if isinstance(each, Article)]
    assert [a.text for a in articles] == [
        "Cake is eaten. \"It is good,\" said Ann Lee.", "The pier.", "An address."
    ]  # fmt: skip
    assert [a.title for a in articles] == ["Page 1", "Page 2", "Page 4"]
    assert {(a.source, a.published) for a in articles} == {("Desk", "2024-05-31T10:00:00+00:00")}
    assert [a.url for a in articles] == [site.url("/wiki/Page_1"), None, None]
    (lost,) = (each for each in found if isinstance(each, Problem))
    assert "did not give the text of 'Page 3'" in lost.what
    # One request after the other, which a wiki that is behind may refuse.
    assert all("maxlag=5" in path for path, _ in site.requests)


def test_the_same_page_of_an_export_is_the_same_article(site: Website) -> None:
    def say(asked: dict[str, str]) -> object:
        return general(site) if "meta" in asked else {"query": {"pages": [given(1, "The pier.")]}}

    (live,) = read(site, say)
    export = f"""<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">
        <siteinfo><sitename>Desk</sitename><base>{site.url("/wiki/Main_Page")}</base></siteinfo>
        <page><title>Page 1</title><ns>0</ns><id>1</id><revision>
        <timestamp>2024-05-31T10:00:00Z</timestamp><text>The pier.</text></revision></page>
        </mediawiki>"""
    (saved,) = read_wiki(BytesIO(export.encode()), Source("export.xml"))
    assert isinstance(live, Article)
    assert isinstance(saved, Article)
    assert live.id == saved.id


def test_a_wiki_speaks_for_no_other_one(site: Website) -> None:
    """Else it would take the place of another wiki's articles."""
    ids = []
    for base in (site.url("/wiki/A"), "http://other.example/wiki/A"):

        def say(asked: dict[str, str], base: str = base) -> object:
            if "meta" in asked:
                return {"query": {"general": {"sitename": "Desk", "base": base}}}
            return {"query": {"pages": [given(1, "The pier.")]}}

        (article,) = read(site, say)
        assert isinstance(article, Article)
        ids.append(article.id)
    site.paths = Paths(lambda asked: general(site))
    assert len(set(ids)) == 2


WRONG = [
    ([], "not a reply of a MediaWiki"),
    ({}, "not a reply of a MediaWiki"),
    (
        {"error": {"code": "readapidenied", "info": "You need read permission.\x1b[2J"}},
        "permission",
    ),
    ({"query": {"general": {}, "pages": []}}, "no pages in this wiki"),
    ({"query": {"general": {}, "pages": ["x"]}}, "not a reply of a MediaWiki"),
    ({"query": {"general": {}, "pages": [{"revisions": [[]]}]}}, "not a reply of a MediaWiki"),
    ({"query": {"general": {}, "pages": []}, "continue": {"gapcontinue": "a"}}, "repeatedly"),
]


@pytest.mark.parametrize(("answer", "reason"), WRONG)
def test_what_is_no_wiki_is_a_line(site: Website, answer: object, reason: str) -> None:
    (problem,) = read(site, lambda asked: answer)
    assert isinstance(problem, Problem)
    assert reason in problem.what
    assert problem.what.isprintable()


def test_what_is_no_json_is_a_line(site: Website) -> None:
    for content, kind in (
        (b"[" * 100_000, "application/json"),
        (b"\xff", "application/json"),
        (b"<p>A page.", "text/html"),
    ):
        path = "/w/api.php?action=query&format=json&formatversion=2&maxlag=5&meta=siteinfo"
        site.paths = {path: page(content, kind)}
        (problem,) = read_address(site.url("/w/api.php?x#y"), site.fetcher())
        assert isinstance(problem, Problem)
