"""What a wiki shows with our extension or plugin, as its readers and editors meet it."""

import contextlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Frame, Locator, Page, expect

from tests.serving import Server, serve
from tests.wiki.conftest import NASTY, NOBODY, PUTIN, QUILL
from tests.wiki.servers import Write, bad, endless, reply, silent
from tests.wiki.wikis import TOKEN, Wiki

pytestmark = pytest.mark.wiki

UNREACHABLE = "could not be reached"


@contextlib.contextmanager
def reading(
    browser: Browser, address: str, *, scripts: bool = True, width: int = 1100
) -> Iterator[Page]:
    """A reader with a page of a wiki open; nothing on it may run what an article says."""
    context: BrowserContext = browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 800}
    )
    dialogs: list[Dialog] = []
    page = context.new_page()
    page.on(
        "dialog", lambda dialog: dialogs.append(dialog)
    )  # it stays open, so that what waits for the page fails
    page.set_default_timeout(20_000)
    try:
        page.goto(address)
        yield page
        assert dialogs == []
    finally:
        context.close()


def inside(page: Page, frame: Locator) -> Frame:
    """The document in the frame, as soon as it is there."""
    frame.scroll_into_view_if_needed()
    found = frame.element_handle().content_frame()
    assert found
    found.wait_for_selector("form")
    return found


def fits(page: Page, frame: Locator) -> None:
    """Return when the frame is as tall as what is in it."""
    document = inside(page, frame)
    tall = document.evaluate(
        "Math.ceil(document.querySelector('main').getBoundingClientRect().height)"
    )
    expect(frame).to_have_css("height", f"{tall + 2}px")
    assert document.evaluate("scrollY || document.documentElement.scrollHeight - innerHeight") <= 0


# --- readers


def test_the_answer_is_on_the_page_without_scripts(
    wiki: Wiki, verbatim: Server, browser: Browser
) -> None:
    answer = verbatim.ask(PUTIN)
    with reading(browser, wiki.address("answer"), scripts=False) as page:
        shown = page.locator(".verbatim-answer")
        expect(shown.locator("blockquote")).to_have_text([b["text"] for b in answer["blocks"]])
        expect(shown.locator(".verbatim-number")).to_have_text(["[1]", "[2-4]"])
        expect(shown.locator(".verbatim-by b").first).to_have_text("Vladimir Putin")
        expect(shown.locator(".verbatim-by").first).to_contain_text("(partly quoted)")
        expect(shown).to_contain_text(answer["message"])
        expect(page.get_by_text("Before.")).to_be_visible()
        expect(page.get_by_text("After.")).to_be_visible()
        assert page.locator("iframe").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_leads_to_its_sentence(
    wiki: Wiki, verbatim: Server, browser: Browser, scripts: bool
) -> None:
    answer = verbatim.ask(PUTIN)
    second = answer["blocks"][1]
    with reading(browser, wiki.address("answer"), scripts=scripts) as page:
        page.locator(".verbatim-number").nth(1).click()
        page.wait_for_url(re.compile("/article"))
        for citation in answer["citations"]:
            if citation["block"] == 2:
                sentence = page.locator(f"#s-{citation['start']}")
                expect(sentence).to_have_text(citation["text"])
                expect(sentence.locator("mark").first).to_be_visible()
        expect(page.locator(f"#s-{second['start']}")).to_be_in_viewport()


def test_an_outlet_and_a_day_are_named(wiki: Wiki, browser: Browser) -> None:
    with reading(browser, wiki.address("hostile"), scripts=False) as page:
        by = page.locator(".verbatim-by").first
        expect(by).to_contain_text("<i>Post</i> {{evil}}")
        expect(by).to_contain_text(re.compile("5 September 2025|2025-09-05"))
        publisher = by.get_by_role("link", name="publisher’s page").get_attribute("href")
        assert (publisher or "").startswith("https://post.example/'\"")


def test_hostile_articles_come_out_as_text(wiki: Wiki, verbatim: Server, browser: Browser) -> None:
    (block,) = verbatim.ask(QUILL)["blocks"]
    assert block["text"] == "\n".join(NASTY)
    with reading(browser, wiki.address("hostile")) as page:
        answer = page.locator(".verbatim-answer")
        (shown,) = answer.locator("blockquote").all_text_contents()
        spelled = re.sub("[\u202a-\u202e\x7f]", lambda m: f"<U+{ord(m[0]):04X}>", block["text"])
        assert shown.strip() == spelled
        strange = "script, img, form, iframe, ref, sup, i, em, h2, [onerror], a[href*='evil']"
        assert answer.locator(strange).count() == 0
        # As many answers as were asked for: none was made out of an article's words.
        assert page.locator(".verbatim-answer").count() == 1


def test_a_refusal_says_why(wiki: Wiki, verbatim: Server, browser: Browser) -> None:
    refused = verbatim.ask(NOBODY)
    assert refused["status"] == "refused"
    with reading(browser, wiki.address("refused"), scripts=False) as page:
        expect(page.locator(".verbatim-answer")).to_contain_text(refused["message"])
        assert page.locator(".verbatim-answer blockquote").count() == 0


def test_below_the_answer_readers_can_ask_on(wiki: Wiki, browser: Browser) -> None:
    with reading(browser, wiki.address("interactive")) as page:
        expect(page.locator(".verbatim-answer blockquote").first).to_be_visible()
        frame = page.locator(".verbatim-frame iframe")
        fits(page, frame)
        empty = frame.bounding_box()
        document = inside(page, frame)
        document.fill("input[type=search]", PUTIN)
        document.press("input[type=search]", "Enter")
        number = document.locator(".number").nth(1)
        number.wait_for()
        fits(page, frame)
        full = frame.bounding_box()
        assert empty
        assert full
        assert full["height"] > empty["height"] + 100
        with page.expect_popup() as opened:
            number.click()
        target = (number.get_attribute("href") or "").partition("#")[2]
        expect(opened.value.locator(f"#{target}")).to_be_in_viewport()
        expect(opened.value.locator(f"#{target} mark").first).to_be_visible()


@pytest.mark.parametrize("width", [1100, 360])
def test_a_frame_takes_the_theme_and_the_height_it_needs(
    wiki: Wiki, browser: Browser, width: int
) -> None:
    with reading(browser, wiki.address("frame"), width=width) as page:
        frame = page.locator(".verbatim-frame iframe")
        fits(page, frame)
        document = inside(page, frame)
        expect(document.locator("blockquote").first).to_contain_text("Putin")
        paper = document.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert max(map(int, re.findall(r"\d+", paper)[:3])) < 60
        assert document.evaluate("origin") == "null"
        assert page.locator(".verbatim-answer").count() == 0


# --- editors


def test_an_editor_cannot_choose_the_server(wiki: Wiki, verbatim: Server) -> None:
    more = ("frame", "url=http://evil.example/", "src=http://evil.example/", "server=1")
    html = wiki.show(wiki.tag("who?", *more, 'theme="><script>alert(1)</script>'), 1)
    assert re.findall(r'<iframe src="([^"]*)"', html) == [
        "http://127.0.0.1:1/frame?q=who%3F&amp;theme=light"
    ]
    assert "evil.example" not in html
    assert "<script" not in html


def test_a_tag_without_a_question_says_what_to_write(wiki: Wiki) -> None:
    assert "There is no question" in wiki.show(wiki.tag(""), 1)


# --- the server that is asked


def answer(**changed: object) -> bytes:
    """An answer of one sentence, with something else in it."""
    citation = {"number": 1, "article_id": "a", "start": 0, "end": 4, "text": "Yes."}
    citation |= {"title": None, "source": "Post", "published": "2025-09-05", "url": None}
    citation |= {"speaker": "Ann Lee", "kind": "direct"} | changed
    voice = {name: citation[name] for name in ("text", "speaker", "kind")}
    block = {"citations": [citation["number"]], "copies": [], "voices": [voice]}
    block |= {"begins_inside": False, "ends_inside": False}
    record = {"status": "answered", "message": "1 sentence.", "blocks": [block]}
    return json.dumps(record | {"citations": [citation]}).encode()


BAD: dict[str, Write] = {
    "html": reply(b"<html><b>Welcome</b></html>"),
    "list": reply(b"[]"),
    "text": reply(b'"Yes."'),
    "nothing": reply(b""),
    "deep": reply(b"[" * 100_000),
    "failed": reply(b'{"error": "<b>Something</b> went wrong."}', "500 Internal Server Error"),
    "token": reply(b'{"error": "Asking needs a token."}', "401 Unauthorized"),
    "status": reply(answer().replace(b"answered", b"<b>")),
    "blocks": reply(answer().replace(b'"blocks": [', b'"blocks": 7, "x": [')),
    "message": reply(answer().replace(b'"1 sentence."', b'{"a": 1}')),
    "long": reply(answer(text="x" * 2_000_000)),
    "endless": endless,
    "silent": silent,
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_server_is_said_and_the_page_is_whole(wiki: Wiki, kind: str) -> None:
    with bad(BAD[kind]) as server:
        html = wiki.show(f"Before.\n\n{wiki.tag(f'who {kind}?')}\n\nAfter.", server.port)
    assert UNREACHABLE in html
    assert "Before." in html
    assert "After." in html
    assert "<b>" not in html
    assert len(server.asked) == 1


def test_one_timeout_a_page_is_enough(wiki: Wiki) -> None:
    with bad(silent) as server:
        html = wiki.show("\n\n".join(wiki.tag(f"who {n}?") for n in range(5)), server.port)
    assert html.count(UNREACHABLE) == 5
    assert len(server.asked) == 1


def test_the_token_goes_to_the_server_and_follows_no_redirect(wiki: Wiki) -> None:
    with bad(reply(answer())) as other:
        place = f"Location: http://127.0.0.1:{other.port}/api/ask"
        with bad(reply(b"", "307 Temporary Redirect", place)) as server:
            html = wiki.show(wiki.tag("who „nein“ & moved?"), server.port)
    assert UNREACHABLE in html
    assert other.asked == []
    ((headers, body),) = server.asked
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {"question": "who „nein“ & moved?", "verbatim": True}
    assert TOKEN not in html


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Verbatim, which repeats every question, that answers only who has the wiki's token."""
    folder = tmp_path_factory.mktemp("closed")
    (folder / "gate").touch()
    (folder / "verbatim.toml").write_text('[access]\nask = "token"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERBATIM_READ_TOKEN", TOKEN)
        arguments = ("tests.echo", str(folder / "gate"), str(folder / "verbatim.toml"))
        with serve(folder, "-m", *arguments) as server:
            yield server


def test_with_a_token_the_wiki_may_ask_what_its_readers_may_not(wiki: Wiki, closed: Server) -> None:
    port = int(closed.url.rstrip("/").rpartition(":")[2])
    html = wiki.show(wiki.tag("who may ask?"), port)
    assert UNREACHABLE not in html
    assert html.count("who may ask?") == 2
    assert closed.get("/frame?q=who").status == 401


def test_an_answer_is_kept(wiki: Wiki) -> None:
    with bad(reply(answer())) as server:
        first = wiki.show(wiki.tag("who is kept?"), server.port)
        assert "Yes." in first
        assert "Ann Lee" in wiki.show("Else. " + wiki.tag("who is kept?"), server.port)
    assert len(server.asked) == 1


def test_what_the_server_will_not_answer_is_said(wiki: Wiki) -> None:
    refused = reply(b'{"error": "The <b>question</b> is too long."}', "400 Bad Request")
    with bad(refused) as server:
        html = wiki.show(wiki.tag("who is long?"), server.port)
    assert "The &lt;b&gt;question&lt;/b&gt; is too long." in html


HOSTILE: dict[str, Any] = {
    "url": "javascript:alert(1)",
    "speaker": "<b>x</b>'''b'''{{evil}}",
    "source": '"><script>alert(1)</script>',
    "published": "2025-13-45 <script>",
    "article_id": '"><script>&start=9',
    "kind": "<script>",
    "text": "\n* item\n# item\n  pre\n== head ==\n<script>alert(1)</script>",
}


@pytest.mark.parametrize("field", HOSTILE)
def test_every_field_of_a_reply_is_text(wiki: Wiki, field: str) -> None:
    with bad(reply(answer(**{field: HOSTILE[field]}))) as server:
        html = wiki.show(wiki.tag(f"who is {field}?"), server.port)
    assert "verbatim-number" in html
    assert "<script" not in html
    assert "javascript:" not in html
    assert not re.search(r"<(b|h2|pre|ul)>(?!<bdi>)", html)
    assert html.count("<li>") == 1


@pytest.mark.parametrize("value", [None, 7, ["x"], {"a": 1}, True, 1e400])
def test_a_field_of_the_wrong_kind_does_no_harm(wiki: Wiki, value: object) -> None:
    names = ("speaker", "source", "published", "url", "kind", "article_id", "text", "number")
    with bad(reply(answer(**dict.fromkeys(names, value)))) as server:
        html = wiki.show(
            f"{wiki.tag(f'who is {value!r}?'.translate(PLAIN))}\n\nAfter.", server.port
        )
    assert "After." in html
    assert "Array" not in html


PLAIN = str.maketrans("", "", "{}[]'")


def two_voices() -> dict[str, Any]:
    """An answer of a block with the words of two, whose quotation is cut, and its copy."""
    record: dict[str, Any] = json.loads(answer())
    first = record["citations"][0]
    place = {"start": 5, "end": 8}
    record["citations"] += [first | place | {"number": 2}, first | {"number": 3, "article_id": "b"}]
    (block,) = record["blocks"]
    block["voices"].append({"text": "No.", "speaker": "Bo Roe", "kind": "direct"})
    block |= {"citations": [1, 2], "copies": [[3]], "begins_inside": True, "ends_inside": True}
    return record


def test_a_block_has_one_mark_and_each_of_its_speakers(wiki: Wiki) -> None:
    record = two_voices() | {"sentences": [{"text": "They disagreed.", "citations": [1, 2]}]}
    with bad(reply(json.dumps(record).encode())) as server:
        html = wiki.show(wiki.tag("who is in a block?"), server.port)
    assert "disagreed" not in html
    shown = [
        html.index(each) for each in ("[…] Yes.", "Ann Lee", "No. […]", "[1-2]", "[3]", "Bo R")
    ]
    assert shown == sorted(shown)
    assert html.count("<bdi>Post</bdi>") == 1
    assert "start=0&amp;end=8#s-0" in html


@pytest.mark.parametrize(
    ("field", "value"),
    [("citations", [9]), ("citations", []), ("citations", {"a": "1"}), ("copies", [["1"]]),
     ("voices", 7), ("voices", []), ("voices", ["x"]), ("voices", [{"text": 1}])],
)  # fmt: skip
def test_a_block_that_cannot_be_read_is_left_out(wiki: Wiki, field: str, value: object) -> None:
    record = two_voices()
    record["blocks"].append(record["blocks"][0] | {field: value})
    with bad(reply(json.dumps(record).encode())) as server:
        html = wiki.show(wiki.tag(f"who broke {field} {value!r}?".translate(PLAIN)), server.port)
    assert html.count("Bo Roe") == 1


# --- last, so that it has seen all of the above


def test_php_has_nothing_to_say_about_our_code(wiki: Wiki) -> None:
    lines = wiki.log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("[200]" in line for line in lines)
    assert [line for line in lines if re.search("PHP .*erbatim|Uncaught|Fatal", line)] == []
