"""embed.js and the list of origins, on plain sites in a real browser."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.serving import Server, serve
from tests.wiki.test_wikis import fits, inside, reading

pytestmark = pytest.mark.wiki

ASK = """async url => {
  try {
    const reply = await fetch(url + 'api/ask', {method: 'POST', body: '{"question": "who?"}'});
    return reply.status;
  } catch (error) { return String(error); }
}"""


def test_a_listed_site_may_frame_and_call(
    sites: Mapping[str, str], verbatim: Server, browser: Browser
) -> None:
    with reading(browser, sites["listed"]) as page:
        frame = page.locator("div.verbatim iframe")
        fits(page, frame)
        expect(inside(page, frame).locator("blockquote").first).to_contain_text("Putin")
        assert page.evaluate(ASK, verbatim.url) == 200


def test_an_unlisted_site_is_refused_by_the_browser(
    sites: Mapping[str, str], verbatim: Server, browser: Browser
) -> None:
    with reading(browser, "about:blank") as page:
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(sites["unlisted"])
        assert "Failed to fetch" in page.evaluate(ASK, verbatim.url)
        shown = [frame.url for frame in page.frames[1:]]
        assert [url for url in shown if url.startswith(verbatim.url)] == []


def test_a_place_that_comes_later_is_framed_and_each_one_once(
    sites: Mapping[str, str], verbatim: Server, browser: Browser
) -> None:
    with reading(browser, sites["listed"]) as page:
        page.locator("div.verbatim iframe").wait_for()
        page.evaluate(LATER)
        expect(page.locator("div.verbatim iframe")).to_have_count(2)
        page.add_script_tag(url=f"{verbatim.url}embed.js")
        page.evaluate("document.body.append(document.createElement('hr'))")
        fits(page, page.locator("div.verbatim iframe").nth(1))
        expect(page.locator("div.verbatim iframe")).to_have_count(2)


def test_the_script_leaves_no_name_on_the_page(
    sites: Mapping[str, str], verbatim: Server, browser: Browser
) -> None:
    with reading(browser, f"{sites['listed']}blank.html") as page:
        before = page.evaluate("Object.getOwnPropertyNames(window)")
        page.add_script_tag(url=f"{verbatim.url}embed.js")
        assert page.evaluate("Object.getOwnPropertyNames(window)") == before


LATER = """() => {
  const place = document.createElement('div');
  place.className = 'verbatim';
  place.dataset.question = 'who is <b>"this"</b> & that?';
  document.body.append(place);
}"""


def test_a_question_reaches_the_frame_as_it_is(sites: Mapping[str, str], browser: Browser) -> None:
    with reading(browser, sites["listed"]) as page:
        page.evaluate(LATER)
        document = inside(page, page.locator("div.verbatim iframe").nth(1))
        expect(document.locator("input[type=search]")).to_have_value('who is <b>"this"</b> & that?')


def test_only_the_frame_itself_says_its_height(sites: Mapping[str, str], browser: Browser) -> None:
    with reading(browser, sites["listed"]) as page:
        frame = page.locator("div.verbatim iframe")
        fits(page, frame)
        before = frame.bounding_box()
        page.evaluate(FORGED)
        fits(page, frame)
        assert frame.bounding_box() == before


# Another window without an origin, and the page itself, claim to be the frame.
FORGED = """() => new Promise(done => {
  const message = "{type: 'verbatim:height', height: 1234}, 'end'";
  const other = document.createElement('iframe');
  other.setAttribute('sandbox', 'allow-scripts');
  other.srcdoc = `<script>for (const m of [${message}]) parent.postMessage(m, '*')</script>`;
  addEventListener('message', event => { if (event.data === 'end') done(); });
  postMessage({type: 'verbatim:height', height: 1234}, '*');
  document.body.append(other);
})"""


def test_a_frame_cannot_reach_out_of_its_sandbox(
    sites: Mapping[str, str], browser: Browser
) -> None:
    with reading(browser, sites["listed"]) as page:
        frame = page.locator("div.verbatim iframe")
        rights = (frame.get_attribute("sandbox") or "").split()
        assert not {"allow-same-origin", "allow-top-navigation", "allow-modals"} & set(rights)
        document = inside(page, frame)
        reach = "try { window.localStorage; 'reached' } catch (error) { error.name }"
        assert document.evaluate(reach) == "SecurityError"


def test_a_frame_waits_for_the_archive_and_asks_again_by_itself(
    browser: Browser, tmp_path: Path
) -> None:
    gate, settings = tmp_path / "gate", tmp_path / "verbatim.toml"
    settings.touch()
    with (
        serve(tmp_path, "-m", "tests.echo", str(gate), str(settings)) as server,
        reading(browser, f"{server.url}healthz") as page,
    ):
        page.add_script_tag(url=f"{server.url}embed.js")
        page.evaluate(LATER)
        document = inside(page, page.locator("div.verbatim iframe"))
        expect(document.locator(".problem")).to_contain_text("The archive is being opened")
        gate.touch()
        document.locator(".message").wait_for()
        assert document.locator(".problem").count() == 0
