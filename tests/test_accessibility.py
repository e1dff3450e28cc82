"""What axe-core finds wrong on any page, light and wide, dark and narrow: nothing."""

from importlib.resources import files
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import SEED
from tests.newsroom import DATED, HOSTILE, Newsroom
from tests.serving import visit, wait_until_ready

PUTIN = "what did Putin say about peacekeepers?"
NARROW, WIDE = 320, 1280
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def _fill_library(page: Page) -> None:
    page.click("text=Paste a text")
    page.click("text=From the web")
    page.set_input_files("#files", {"name": "empty.md", "mimeType": "text/plain", "buffer": b""})
    page.wait_for_selector("#failures li")


def _confirm(page: Page) -> None:
    page.locator("[data-remove]").first.click()


def _show_who(page: Page) -> None:
    page.check("#who")


def _put_right(page: Page) -> None:
    page.evaluate("sessionStorage.setItem('verbatim-token', 'any')")
    page.reload()
    page.wait_for_selector("form[data-correct], [data-take-back]", state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


PAGES = {
    "library": ("library#token={token}", _fill_library),
    "confirming": ("library#token={token}", _confirm),
    "empty list": ("library?q=zebra", None),
    "article": (f"article?id={SEED.stem}&start=385&end=611#s-385", _show_who),
    "hostile article": (f"article?id={HOSTILE.id.replace('%', '%25')}", _show_who),
    "article to put right": (f"article?id={SEED.stem}&start=385&end=611#s-385", _put_right),
    "versions": (f"versions?id={quote(HOSTILE.id)}", None),
    "watching": ("watching", None),
    "people": ("people", None),
    "person to put right": ("person?name=Vladimir+Putin", _put_right),
    "no corrections": ("corrections", None),
    "person": ("person?name=Zoe+Quill&topic=tariff", None),
    "two people": ("person?name=president", None),
    "nowhere": (f"article?id={DATED[0].id}x", None),
    "asking without scripts": (f"ask?q={PUTIN}&after=who+spoke", None),
    "frame": (f"frame?q={PUTIN}&theme=auto", None),
    "api": ("docs", None),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page(newsroom: Newsroom, browser: Browser, name: str) -> None:
    wait_until_ready(newsroom.server)
    place, act = PAGES[name]
    url = newsroom.url + place.format(token=newsroom.library.partition("#token=")[2])
    with visit(browser, url, awaits="h1", width=WIDE) as visitor:
        if act:
            act(visitor.page)
        check(visitor.page)
        visitor.page.emulate_media(color_scheme="dark")
        visitor.page.set_viewport_size({"width": NARROW, "height": 800})
        check(visitor.page)


@pytest.mark.parametrize(("width", "dark"), [(WIDE, False), (NARROW, True)])
def test_axe_finds_nothing_on_the_page_of_the_conversation(
    newsroom: Newsroom, browser: Browser, width: int, dark: bool
) -> None:
    wait_until_ready(newsroom.server)
    with visit(browser, newsroom.url, dark=dark, width=width) as visitor:
        check(visitor.page)
        visitor.ask(PUTIN)
        visitor.ask("what did Putin say about volcanoes?")
        _open_all(visitor.page)
        check(visitor.page)


def _open_all(page: Page) -> None:
    page.locator("#chat .more summary").first.click()
    page.locator("#chat .turn").first.get_by_role("button", name="Wrong speaker").click()
    page.locator("#chat .turn").last.get_by_role("button", name="Edit").click()
    page.locator("#chat li .cite").first.click()
    page.get_by_role("button", name="Collect").first.click()
    page.locator("#collection summary").click()
    page.evaluate("document.querySelector('#collection').open = true")
    page.locator("#pane .switch button").first.click()
    page.locator("#filters summary").click()
    page.get_by_label("From").fill("2001-01-01")
    page.locator("#earlier summary").click()
    page.locator("#earlier .rename").first.click()


def check(page: Page) -> None:
    """No violations, and nothing beside the edge."""
    page.evaluate(AXE)
    # Of what is as it should be nobody reads which elements those are.
    options = "{resultTypes: ['violations']}"
    found = page.evaluate(f"axe.run({options}).then(result => result.violations)")
    assert [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
