"""The conversation over several outlets and years: filters, and what is offered."""

import json
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.newsroom import DATED, Newsroom
from tests.serving import Reply, Visit, visit, wait_until_ready
from tests.test_accessibility import AXE

QUILL = "what did Zoe Quill say about the harbour tariff?"


@pytest.fixture(scope="module", autouse=True)
def _ready(newsroom: Newsroom) -> None:
    wait_until_ready(newsroom.server)


@pytest.fixture
def desk(newsroom: Newsroom, browser: Browser) -> Iterator[Visit]:
    """A visitor at a desk, who has met no fault and sent nothing elsewhere on leaving."""
    with visit(browser, newsroom.url) as visitor:
        yield visitor
        visitor.assert_faultless(newsroom.url)


# --- filters


def test_the_api_asks_the_articles_of_some_days_or_an_outlet_alone(newsroom: Newsroom) -> None:
    def ask(**filters: str) -> tuple[set[str], str]:
        body = json.dumps({"question": QUILL, **filters}).encode()
        reply = newsroom.server.post("/api/ask", body)
        assert reply.status == 200, reply.text
        answer = reply.json()
        assert answer["filters"] == {"from": None, "to": None, "outlet": None} | filters
        return {c["published"] or c["source"] for c in answer["citations"]}, answer["message"]

    assert ask(**{"from": "2024-01-01", "to": "2024-12-31"})[0] == {"2024-09-05"}
    assert ask(**{"from": "2025-01-01"})[0] == {"2025-02-14"}
    assert ask(outlet="<i>post</i>")[0] == {"<i>Post</i>"}
    cited, message = ask(to="2001-01-01")
    assert not cited
    assert message.endswith("Only articles to 2001-01-01 were asked.")
    bad = newsroom.server.post("/api/ask", json.dumps({"question": "x", "to": "May"}).encode())
    assert (bad.status, bad.json()["error"]) == (400, "“to” is 'May': write a day as 2024-05-31.")


def test_what_there_is_to_be_asked_is_told(newsroom: Newsroom) -> None:
    told = newsroom.server.get("/api/archive").json()
    assert told["articles"] == 5
    assert (told["first"], told["last"]) == ("2023-03-01", "2025-02-14")
    assert told["outlets"][0] == {"name": "Harbour Post", "articles": 3}


def test_filters_are_chips_and_in_the_address_and_go_with_the_question(
    newsroom: Newsroom, desk: Visit
) -> None:
    page = desk.page
    page.locator("#filters summary").press("Enter")
    page.get_by_label("From").fill("2024-01-01")
    page.get_by_label("To").fill("2024-12-31")
    page.get_by_label("Outlet").select_option("Harbour Post")
    chips = page.locator("#filters .chip")
    expect(chips).to_have_count(3)
    desk.ask(QUILL)
    sources = page.locator("#chat .source")
    expect(sources).to_have_count(1)
    expect(sources).to_contain_text("5 September 2024")
    expect(page.locator("#chat .after")).to_have_text(
        "Only articles from 2024-01-01 to 2024-12-31, of Harbour Post."
    )
    page.wait_for_url("**outlet=Harbour+Post**")
    assert "from=2024-01-01" in page.url
    assert "q=what+did+Zoe+Quill" in page.url
    address = page.url
    page.reload()
    desk.wait_for_answer(1)
    expect(sources).to_have_count(1)
    expect(chips).to_have_count(3)
    chips.first.press("Enter")
    chips.first.press("Enter")
    chips.first.press("Enter")
    expect(chips).to_have_count(0)
    page.wait_for_url(lambda url: "from=" not in url and "outlet=" not in url)
    desk.ask(QUILL)
    expect(page.locator("#chat .after")).to_have_count(1)
    page.click("#anew")
    page.goto(address)
    expect(sources).to_have_count(1)


def test_filters_work_without_scripts(newsroom: Newsroom, browser: Browser) -> None:
    start = f"{newsroom.url}?q={QUILL.replace(' ', '+')}&from=2024-01-01&to=2024-12-31"
    with visit(browser, start, awaits="blockquote", scripts=False) as visitor:
        expect(visitor.page.locator("blockquote")).to_have_count(1)
        expect(visitor.page.locator("main > .quiet").first).to_have_text(
            "Only articles from 2024-01-01 to 2024-12-31."
        )
        expect(visitor.page.locator("input[name=from]")).to_have_value("2024-01-01")
        visitor.page.goto(f"{newsroom.url}ask?q=who&from=May")
        expect(visitor.page.locator(".problem")).to_contain_text("write a day as")


# --- while it works, and what can be done with an answer


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_something_is_seen_at_once_when_a_question_is_sent(
    desk: Visit, motion: Literal["no-preference", "reduce"]
) -> None:
    desk.page.emulate_media(reduced_motion=motion)
    desk.page.wait_for_selector("#working", state="attached")  # the scripts run
    desk.page.fill("#question textarea", QUILL)
    waited = desk.page.evaluate(
        """async () => {
          const box = document.querySelector('#question textarea');
          const begin = performance.now();
          box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
          const working = document.querySelector('#working');
          const isSeen = working.checkVisibility() && working.getBoundingClientRect().height > 10;
          return isSeen ? performance.now() - begin : -1;
        }"""
    )
    assert 0 <= waited < 200
    moves = "getComputedStyle(document.querySelector('#working'), '::before').animationName"
    assert (desk.page.evaluate(moves) == "none") == (motion == "reduce")
    desk.page.press("#question textarea", "Enter")
    desk.wait_for_answer(1)
    expect(desk.page.locator("#working")).to_be_hidden()


def test_three_buttons_are_at_hand_and_the_rest_behind_more(desk: Visit) -> None:
    desk.ask(QUILL)
    turn = desk.page.locator("#chat .turn")
    buttons = turn.get_by_role("button")
    assert buttons.all_inner_texts() == ["Copy", "Link", "Edit"]
    turn.locator("summary").focus()
    desk.page.keyboard.press("Enter")
    expect(turn.get_by_role("button", name="Wrong speaker")).to_be_visible()
    desk.page.keyboard.press("Tab")
    expect(turn.get_by_role("button", name="Ask again")).to_be_focused()


# --- what there is, and what can be asked


def test_what_there_is_is_told_with_questions_that_were_tried(
    newsroom: Newsroom, desk: Visit
) -> None:
    expect(desk.page.locator("#chat .holdings")).to_have_text(
        "5 articles of Harbour Post, <i>Post</i>, 1 March 2023 to 14 February 2025."
    )
    offers = desk.page.locator("#chat .offer")
    expect(offers.first).to_be_visible()
    for question in offers.all_inner_texts():
        answer = newsroom.server.ask(question)
        assert (answer["status"], answer["confidence"]) == ("answered", "sure")


# --- a collection to take away


def test_sentences_of_several_answers_are_taken_away_in_one_file(desk: Visit) -> None:
    desk.ask(QUILL)
    desk.page.get_by_role("button", name="Collect [1]", exact=True).press("Enter")
    desk.ask("what did Putin say about peacekeepers?")
    collect = desk.page.locator("#chat .bot-row").last.get_by_role("button", name="Collect")
    collect.first.click()
    expect(collect.first).to_have_attribute("aria-pressed", "true")
    words = desk.page.locator("#pane .cited").first.inner_text()
    menu = desk.page.locator("#collection")
    expect(menu.locator("summary")).to_have_text("Collected: 2")
    desk.page.reload()  # the places are kept
    desk.wait_for_answer(2)
    expect(desk.page.locator("#chat .cite[aria-pressed=true]")).to_have_count(2)
    menu.locator("summary").click()
    for name, file in (("Markdown", "md"), ("CSV", "csv"), ("Word", "docx")):
        with desk.page.expect_download() as coming:
            menu.get_by_role("button", name=name).click()
        assert coming.value.suggested_filename == f"verbatim.{file}"
        if file != "docx":
            made = coming.value.path().read_text("utf-8")
            assert "Zoe Quill" in made
            assert "Vladimir Putin" in made
            assert words.strip() in made.replace("\\", "")
    menu.get_by_role("button", name="Empty").click()
    expect(menu).to_be_hidden()
    expect(desk.page.locator("#chat .cite[aria-pressed=true]")).to_have_count(0)


def test_a_collection_is_read_from_the_archive_and_what_has_changed_is_left_out(
    newsroom: Newsroom,
) -> None:
    text, place = DATED[0].text, {"article": DATED[0].id, "start": 17, "end": len(DATED[0].text)}

    def take(*items: object, **more: object) -> Reply:
        body = json.dumps({"items": items, "format": "csv", **more}).encode()
        return newsroom.server.post("/api/collection", body)

    reply = take(place, {**place, "version": "0"}, {**place, "article": "gone"})
    assert (reply.status, reply.headers["x-left-out"]) == (200, "2")
    assert text[17:] in reply.text
    assert reply.headers["content-disposition"] == 'attachment; filename="verbatim.csv"'
    assert take({**place, "article": "gone"}).status == 400
    forged = take({**place, "text": "forged"})
    assert (forged.status, "text" in forged.text) == (400, True)
    assert take().status == 400
    assert take(*[place] * 201).status == 400
    assert take(place, format="exe").status == 400


def test_all_that_somebody_said_on_a_topic_is_one_file(newsroom: Newsroom) -> None:
    reply = newsroom.server.get("/api/collection?speaker=zoe+quill&topic=tariff&format=csv")
    assert (reply.status, reply.headers["x-left-out"]) == (200, "0")
    assert "Zoe Quill" in reply.text
    assert "tariff" in reply.text
    assert newsroom.server.get("/api/collection?speaker=nobody+there").status == 400


# --- completion


def test_people_and_topics_are_completed_by_the_keyboard(desk: Visit) -> None:
    box = desk.page.locator("#question textarea")
    expect(desk.page.locator("#chat .holdings")).not_to_be_empty()
    box.press_sequentially("what did qui")
    options = desk.page.locator("#completions").get_by_role("option")
    expect(options.first).to_contain_text("Zoe Quill")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "completion-0")
    desk.page.evaluate(AXE)
    found = desk.page.evaluate("axe.run().then(result => result.violations.map(v => v.id))")
    assert found == []
    box.press("Enter")
    expect(box).to_have_value("what did Zoe Quill ")
    expect(options).to_have_count(0)
    box.press_sequentially("say about harb")
    expect(options.filter(has_text="harbour tariff")).to_be_visible()
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(desk.page.locator("#chat .user-row")).to_have_count(0)
    box.press_sequentially("our tariff")
    expect(options).to_have_count(0)
    box.press("Enter")
    desk.wait_for_answer(1)
    expect(desk.page.locator("#chat .understood")).to_contain_text("Zoe Quill")


def test_a_completion_is_taken_by_the_mouse(desk: Visit) -> None:
    expect(desk.page.locator("#chat .holdings")).not_to_be_empty()
    box = desk.page.locator("#question textarea")
    box.press_sequentially("what did vlad")
    desk.page.locator("#completions").get_by_role("option", name="Vladimir Putin").click()
    expect(box).to_have_value("what did Vladimir Putin ")
    expect(box).to_be_focused()
