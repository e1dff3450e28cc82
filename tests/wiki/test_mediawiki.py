"""What only MediaWiki has: its parser cache, its content security policy, gadgets and Common.js."""

import re

import pytest
from playwright.sync_api import Browser, expect

from index.reading.readers import read_places
from index.schema import Article
from tests.serving import Server, fetch
from tests.wiki.conftest import PUTIN
from tests.wiki.test_wikis import fits, inside, reading
from tests.wiki.wikis import Wiki, free_port

pytestmark = pytest.mark.wiki


def expiry(html: str) -> int:
    """The seconds that the wiki keeps a page, as it says in it."""
    found = re.search(r"Cache expiry: (\d+)", html)
    assert found
    return int(found[1])


def test_a_page_is_kept_as_long_as_its_answer_and_a_failure_for_a_minute(
    mediawiki_site: Wiki,
) -> None:
    assert expiry(fetch(mediawiki_site.address("answer")).text) == 3600
    text = mediawiki_site.tag("who is down?")
    assert expiry(mediawiki_site.show(text, free_port())) == 60


@pytest.mark.parametrize("place", ["frame", "interactive"])
def test_frames_are_allowed_by_the_wikis_own_policy(
    mediawiki_site: Wiki, verbatim: Server, browser: Browser, place: str
) -> None:
    address = mediawiki_site.address(place, csp=1)
    policy = fetch(address).headers["content-security-policy"]
    assert verbatim.url.rstrip("/") in policy
    with reading(browser, address) as page:
        fits(page, page.locator(".verbatim-frame iframe"))


def test_a_division_becomes_a_frame_once_by_gadget_and_common_js(
    mediawiki_site: Wiki, browser: Browser
) -> None:
    with reading(browser, mediawiki_site.address("Div")) as page:
        places = page.locator("div.verbatim")
        expect(places).to_have_count(2)
        expect(places.locator("iframe")).to_have_count(2)
        first, second = places.locator("iframe").all()
        expect(inside(page, first).locator("blockquote").first).to_contain_text("Putin")
        assert first.get_attribute("title") == f"Verbatim: {PUTIN}"
        fits(page, first)
        fits(page, second)


def test_its_pages_become_articles_by_its_own_api(mediawiki_site: Wiki) -> None:
    (read,) = (
        each
        for each in read_places([f"{mediawiki_site.url}api.php"], local=True)
        if isinstance(each, Article) and each.title == "Words"
    )
    assert read.text == "The pier is closed, said Ann Lee."
    assert (read.source, read.url) == ("Newsroom", f"{mediawiki_site.url}index.php/Words")
    (problem,) = read_places([f"{mediawiki_site.url}api.php"])
    assert "not public" in str(problem) or "port" in str(problem)


def test_without_scripts_a_division_keeps_its_link(mediawiki_site: Wiki, browser: Browser) -> None:
    with reading(browser, mediawiki_site.address("Div"), scripts=False) as page:
        expect(page.get_by_role("link", name="Ask Verbatim")).to_be_visible()
