"""The web app as its users meet it: a real process, and its page in a real browser."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from app import with_token
from bot.__main__ import cli as bot
from bot.settings import Secrets, Settings
from index.__main__ import cli as index
from index.archive.archive import Archive
from index.attribution.layout.sentences import split_sentences
from tests.commands import run_command
from tests.conftest import SEED
from tests.patience import PATIENCE
from tests.serving import ROOT, Server, Visit, guarded, serve_anew, visit
from tests.serving import wait_until_ready as ready

PUTIN = "what did Putin say about peacekeepers?"
# Every sentence is about the same thing and said by the same person, so that a question finds it.
NASTY = "\n".join(
    f"“{nasty} The harbour tariff must go,” Mayor Zoe Quill said of the harbour tariff."
    for nasty in (
        "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>",
        "![pixel](http://evil.example/p.png) [click](javascript:alert(4)) **bold** _em_ `code`",
        "<http://evil.example> www.evil.example # no heading | cell | $x$ \\(y\\) &lt;b&gt; &amp;",
        "\u202eesrever\u202c \u2066isolated \u200f<style>*{display:none}</style></div></article>",
        "<a href='http://evil.example'>x</a><form action='http://evil.example'><button>B</button>",
    )
)
NASTY_TITLE = "<img src=x onerror=alert(5)> ![t](http://evil.example/t.png) **Tariff** \u202etide"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    record = {"id": 'x"><b>', "title": NASTY_TITLE, "source": "<i>Post</i>", "body": NASTY}
    record |= {"url": "https://post.example/'\"><script>alert(6)</script>"}
    articles = folder / "nasty.jsonl"
    articles.write_text(json.dumps(record), encoding="utf-8")
    added = run_command(index, "index", "add", "--archive", folder / "made", SEED.parent, articles)
    assert added.returncode == 0
    return folder / "made"


@pytest.fixture(scope="module")
def server(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    arguments = ("app.py", "--archive", str(archive), "--port", "0")
    with serve_anew(tmp_path_factory.mktemp("guard"), *arguments) as server:
        yield server


@pytest.fixture
def desk(server: Server, browser: Browser) -> Iterator[Visit]:
    """A visitor at a desk, who has met no fault and sent nothing elsewhere when they leave."""
    with visit(browser, server.url) as visitor:
        yield visitor
        visitor.assert_faultless(server.url)


def citations(page: Page) -> Locator:
    """The numbers that lead to the sentences, of all answers."""
    return page.locator("#chat a[href^='#cite-']")


# --- the process


def test_the_port_is_open_before_the_archive_and_a_question_asked_meanwhile_is_answered(
    server: Server,
) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert server.opening.status == 503
    assert server.get("/healthz").status == 200
    assert server.ask(PUTIN)["question"] == PUTIN
    assert server.get("/readyz").status == 200


def test_the_api_answers_with_the_articles_own_words(server: Server) -> None:
    answer = server.ask(PUTIN)
    text = SEED.read_text(encoding="utf-8")
    spans = {(s.span.start, s.span.end) for s in split_sentences(text)}
    assert answer["status"] == "answered"
    assert answer["citations"]
    assert [s["citations"] for s in answer["sentences"]] == [[1], [2], [3], [4]]
    for citation in answer["citations"]:
        assert citation["speaker"] == "Vladimir Putin"
        assert text[citation["start"] : citation["end"]] == citation["text"]
        assert (citation["start"], citation["end"]) in spans


def test_the_api_understands_a_question_by_those_before_it(server: Server) -> None:
    follow_up = "And what about security guarantees?"
    assert server.ask(follow_up, PUTIN)["understood"].startswith("Vladimir Putin")
    assert not server.ask(follow_up)["understood"].startswith("Vladimir Putin")
    body = {"question": follow_up, "history": [{"question": PUTIN}], "id": "q7"}
    record = server.post("/api/ask", json.dumps(body).encode()).json()
    assert record["understood"].startswith("Vladimir Putin")
    assert record["id"] == "q7"


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--archive", "no/such/folder", "no/such/folder"),
        ("--port", "{taken}", "{taken}"),
        ("--host", "256.1.1.1", "256.1.1.1"),
        ("--config", "no/such.toml", "no/such.toml"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line_and_status_2(
    server: Server, archive: Path, option: str, value: str, says: str
) -> None:
    taken = server.url.rstrip("/").rpartition(":")[2]
    arguments = {"--archive": str(archive), "--port": "0"} | {option: value.format(taken=taken)}
    command = [sys.executable, "app.py", *(part for pair in arguments.items() for part in pair)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert says.format(taken=taken) in done.stderr


def test_a_token_of_the_run_is_printed_with_the_library_unless_one_is_configured() -> None:
    url = "http://127.0.0.1:7860/"
    made, (first, second) = with_token(Settings(), url)
    again, _ = with_token(Settings(), url)
    assert first == url
    assert second == f"{url}library#token={made.secrets.write_token}"
    assert len(made.secrets.write_token or "") > 40
    assert made.secrets != again.secrets
    own = Settings(secrets=Secrets(write_token="a-token-of-the-newsroom"))  # noqa: S106
    assert with_token(own, url) == (own, [url])


# --- the page


def test_an_answer_is_blocks_with_their_speaker_beside_the_article(
    desk: Visit, server: Server
) -> None:
    desk.ask(PUTIN)
    asked = server.ask(PUTIN)
    blocks = desk.page.locator("#chat .bot-row li")
    expect(blocks).to_have_count(len(asked["blocks"]))
    for block, shown in zip(asked["blocks"], blocks.all(), strict=True):
        expect(shown.locator("strong")).to_have_text("Vladimir Putin")
        expect(shown.locator("a")).to_have_text(block["mark"])
        assert block["text"] in str(shown.evaluate("item => item.textContent"))
    expect(desk.page.locator("#chat .understood")).to_contain_text("Vladimir Putin")
    assert desk.page.title() == "Verbatim"
    marks = desk.page.locator("#pane mark.cited")
    assert marks.count() == len(asked["citations"])
    titles = [mark.get_attribute("title") for mark in marks.all()]
    assert titles == ["1", "2-4", None, None]
    expect(marks.first).to_be_in_viewport()
    shown = desk.page.locator("#pane .body").first.evaluate("body => body.textContent")
    assert shown == SEED.read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_citation_leads_to_its_block_and_escape_back(desk: Visit, by: str) -> None:
    desk.ask(PUTIN)
    second = citations(desk.page).nth(1)
    if by == "mouse":
        second.click()
    else:
        second.focus()
        desk.page.keyboard.press("Enter")
    sentence = desk.page.locator("#cite-1-2")
    expect(sentence).to_have_class("sent cited hit")
    expect(sentence).to_be_focused()
    expect(sentence).to_be_in_viewport()
    quoted = desk.page.locator("#chat .bot-row li").nth(1).inner_text()
    hits = desk.page.locator(".hit").all_inner_texts()
    assert len(hits) == 3
    assert "\n".join(hits) in quoted
    desk.page.keyboard.press("Escape")
    expect(second).to_be_focused()


def test_a_refusal_says_why_and_its_suggestions_can_be_clicked(desk: Visit) -> None:
    desk.ask("what did Putin say about volcanoes?")
    expect(desk.page.locator("#chat .bot-row")).to_contain_text("The articles do not say")
    suggestion = desk.page.locator("#chat .offer").first
    question = suggestion.inner_text()
    suggestion.click()
    desk.wait_for_answer(2)
    expect(desk.page.locator("#chat .user-row").nth(1)).to_have_text(question)
    answer = desk.page.locator("#chat .bot-row").nth(1)
    expect(answer).not_to_contain_text("The articles do not say")
    expect(answer.locator("a").first).to_be_visible()


def test_an_example_of_this_archive_can_be_clicked(desk: Visit) -> None:
    desk.page.locator("#chat .offer").first.click()
    desk.wait_for_answer(1)
    assert citations(desk.page).count() > 0
    expect(desk.page.locator("#pane mark.cited").first).to_be_visible()


def test_a_conversation_goes_on_and_old_citations_still_lead_to_their_sentences(
    desk: Visit,
) -> None:
    desk.ask(PUTIN)
    desk.ask("And what about security guarantees?")
    understood = desk.page.locator("#chat .understood").nth(1)
    expect(understood).to_contain_text("Vladimir Putin")
    assert desk.page.locator("#cite-1-1").count() == 0
    desk.page.locator("#chat a[href='#cite-1-1']").click()
    expect(desk.page.locator("#cite-1-1")).to_be_focused()
    expect(desk.page.locator("#cite-1-1")).to_be_in_viewport()


def test_a_question_sent_before_the_last_answer_is_whole_waits_for_it(desk: Visit) -> None:
    box = desk.page.locator("#question textarea")
    box.fill(PUTIN)
    box.press("Enter")
    expect(box).to_have_value("")
    box.fill("And what about security guarantees?")
    box.press("Enter")
    desk.wait_for_answer(2)
    expect(desk.page.locator("#chat .understood")).to_have_count(2)
    expect(box).to_have_value("")


def test_an_answer_is_equipped_by_a_script_that_comes_after_it(desk: Visit) -> None:
    late: list[Route] = []
    desk.page.route("**/verbatim/turns.js", lambda route: late.append(route))
    desk.page.reload(wait_until="commit")
    desk.page.fill("#question textarea", PUTIN)
    desk.page.press("#question textarea", "Enter")
    desk.page.wait_for_selector("#chat .bot-row .turn", state="attached")
    assert desk.page.locator("#chat .acts").count() == 0
    late[0].continue_()
    desk.wait_for_answer(1)


def test_what_is_being_typed_stays_when_a_button_asks(desk: Visit) -> None:
    box = desk.page.locator("#question textarea")
    box.fill("And what about sec")
    desk.page.locator("#chat .offer").first.click()
    desk.wait_for_answer(1)
    expect(box).to_have_value("And what about sec")
    box.press_sequentially("urity guarantees?")
    box.press("Enter")
    desk.wait_for_answer(2)
    last = desk.page.locator("#chat .user-row").nth(1)
    expect(last).to_have_text("And what about security guarantees?")


def test_a_new_conversation_may_begin_before_the_last_answer_is_whole(desk: Visit) -> None:
    desk.page.fill("#question textarea", PUTIN)
    desk.page.press("#question textarea", "Enter")
    expect(desk.page.locator("#chat .understood")).to_be_visible()
    desk.page.click("#anew")
    expect(desk.page.locator("#chat .offer").first).to_be_visible()
    desk.ask("And what about security guarantees?")
    expect(desk.page.locator("#chat .understood")).not_to_contain_text("Putin")


def test_a_new_conversation_forgets_the_old_one(desk: Visit) -> None:
    desk.ask(PUTIN)
    desk.page.click("#anew")
    expect(desk.page.locator("#chat .bot-row")).to_have_count(0)
    expect(desk.page.locator("#pane")).to_contain_text("The article opens here")
    desk.ask("And what about security guarantees?")
    expect(desk.page.locator("#chat .understood")).not_to_contain_text("Putin")


def test_a_reload_keeps_the_conversation_and_arrows_recall_its_questions(desk: Visit) -> None:
    desk.ask(PUTIN)
    desk.ask("And what about security guarantees?")
    understood = desk.page.locator("#chat .understood")
    before = understood.all_text_contents()
    assert "Putin" in before[1]
    desk.page.reload()
    desk.wait_for_answer(2)
    assert understood.all_text_contents() == before
    desk.ask("and Macron?")
    expect(understood.nth(2)).to_contain_text("on security guarantees")
    desk.page.evaluate("document.activeElement.blur()")
    for key in ("/", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowUp"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator("#question textarea")).to_have_value(PUTIN)


def test_earlier_conversations_are_gone_on_with_renamed_and_deleted(
    server: Server, desk: Visit
) -> None:
    desk.ask(PUTIN)
    desk.page.click("#anew")
    expect(desk.page.locator("#chat .bot-row")).to_have_count(0)
    desk.ask("what did Macron say about troops?")
    tab = desk.page.context.new_page()  # the other one might as well be closed
    tab.goto(server.url)
    tab.get_by_role("button", name="Continue your last conversation").click()
    expect(tab.locator("#chat .understood")).to_contain_text("Emmanuel Macron")
    tab.locator("#earlier summary").press("Enter")
    tab.get_by_role("button", name=f"Rename “{PUTIN}”").press("Enter")
    tab.get_by_label("The new name").fill("<b>Peace</b>")
    tab.keyboard.press("Enter")
    titles = tab.locator("#earlier .open")
    expect(titles).to_have_text(["what did Macron say about troops?", "<b>Peace</b>"])
    titles.nth(1).click()
    expect(tab.locator("#chat .user-row")).to_have_text(PUTIN)
    expect(tab.locator("#chat .turn .acts")).to_have_count(1)
    expect(tab.locator("#cite-1-1")).to_be_visible()
    tab.locator("#earlier summary").click()
    tab.get_by_role("button", name="Delete “<b>Peace</b>”").click()
    expect(titles).to_have_count(1)
    tab.keyboard.press("Enter")  # "Put it back" has the focus
    expect(titles.first).to_have_text("<b>Peace</b>")


@pytest.mark.parametrize(
    "kept",
    [
        "null",
        "{",
        '[1, {"turns": 1}, {"turns": [{"question": "<img src=x onerror=alert(1)>"}]}]',
        '[{"id": 1, "name": "<img src=x onerror=alert(1)>", "turns": [{"question": "a", '
        '"history": []}]}]',
    ],
)
def test_whatever_a_browser_has_kept_is_no_error(desk: Visit, kept: str) -> None:
    desk.page.evaluate("kept => localStorage.setItem('verbatim-conversations', kept)", kept)
    desk.page.reload()
    expect(desk.page.locator("#chat .offer").first).to_be_visible()
    assert desk.page.locator("#chat .placeholder img, #earlier img").count() == 0


def test_a_browser_that_keeps_nothing_asks_and_answers_as_well(desk: Visit) -> None:
    desk.page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty("
        "window, name, {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    desk.page.reload()
    desk.ask(PUTIN)
    assert citations(desk.page).count() > 0


def test_visitors_do_not_see_each_other(server: Server, browser: Browser, desk: Visit) -> None:
    desk.ask(PUTIN)
    with visit(browser, server.url) as other:
        expect(other.page.locator("#chat .bot-row")).to_have_count(0)
        other.ask("And what about security guarantees?")
        expect(other.page.locator("#chat .understood")).not_to_contain_text("Putin")


def test_a_part_of_what_was_understood_is_taken_away_or_written_over(desk: Visit) -> None:
    desk.ask(PUTIN)
    parts = desk.page.locator("#chat .part")
    assert parts.locator(".change").all_inner_texts() == ["Vladimir Putin", "on peacekeepers"]
    parts.nth(1).locator(".change").focus()
    desk.page.keyboard.press("Enter")
    box = desk.page.locator("#question textarea")
    expect(box).to_have_value("What did Vladimir Putin say about peacekeepers?")
    expect(box).to_be_focused()
    desk.page.wait_for_function("() => getSelection().toString() === 'peacekeepers'")
    desk.page.keyboard.type("security guarantees")
    desk.page.keyboard.press("Enter")
    desk.wait_for_answer(2)
    expect(desk.page.locator("#chat .understood").nth(1)).to_contain_text("on security guarantees")
    remove = desk.page.get_by_role("button", name="Ask without “Vladimir Putin”")
    remove.nth(1).focus()
    desk.page.keyboard.press("Enter")
    desk.wait_for_answer(3)
    asked = desk.page.locator("#chat .user-row").nth(2)
    expect(asked).to_have_text("Who spoke about security guarantees?")
    expect(desk.page.locator("#chat .understood").nth(2)).not_to_contain_text("Putin")


def test_who_said_what_is_shown_on_demand_and_not_by_colour_alone(desk: Visit) -> None:
    desk.ask(PUTIN)
    content = desk.page.locator("#pane .said-content[title='Vladimir Putin']").first
    look = "e => [getComputedStyle(e).boxShadow, getComputedStyle(e, '::after').content].join()"
    assert content.evaluate(look) == "none,none"
    expect(desk.page.locator("#pane .key").first).to_be_hidden()
    switch = desk.page.get_by_role("button", name="Who said what")
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(desk.page.locator("#pane .key").first).to_be_visible()
    assert "inset" in content.evaluate(look)
    assert "Vladimir Putin" in content.evaluate(look)
    cue = desk.page.locator("#pane .said-cue").first
    assert cue.evaluate("e => getComputedStyle(e).fontStyle") == "italic"
    switch.press("Enter")
    assert content.evaluate(look) == "none,none"


def test_a_question_is_edited_and_asked_again_and_what_came_after_it_goes(desk: Visit) -> None:
    desk.ask(PUTIN)
    desk.ask("And what about security guarantees?")
    turn = desk.page.locator("#chat .turn")
    turn.first.get_by_role("button", name="Edit").press("Enter")
    box = desk.page.get_by_label("The question")
    expect(box).to_have_value(PUTIN)
    box.fill("what did Macron say about troops?")
    box.press("Enter")
    expect(desk.page.locator("#chat .user-row")).to_have_count(1)
    desk.wait_for_answer(1)
    expect(desk.page.locator("#chat .understood")).to_contain_text("Emmanuel Macron")
    before = desk.page.locator("#chat .bot-row li").all_inner_texts()
    turn.locator(".more summary").press("Enter")
    turn.get_by_role("button", name="Ask again").press("Enter")
    expect(desk.page.locator("#chat a[href='#cite-4-1']")).to_be_visible()
    desk.wait_for_answer(1)
    assert desk.page.locator("#chat .bot-row li").all_inner_texts() == before


def test_an_answer_is_copied_linked_and_cited(desk: Visit, server: Server) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.ask(PUTIN)

    def copied(by: Locator, says: str) -> str:
        by.click()
        expect(desk.page.locator("#chat .said", has_text=says)).to_be_visible()
        return str(desk.page.evaluate("navigator.clipboard.readText()"))

    turn = desk.page.locator("#chat .turn")
    one, two = (block["text"] for block in server.ask(PUTIN)["blocks"])
    text = copied(turn.get_by_role("button", name="Copy"), "Copied.")
    assert f"[1] Vladimir Putin (partly quoted): {one}" in text
    assert f"[2-4] Vladimir Putin (partly quoted): {' '.join(two.split())}" in text
    link = copied(turn.get_by_role("button", name="Link"), "Link copied")
    assert link.startswith(f"{server.url}?q=what+did+Putin+say+about+peacekeepers%3F&a=")
    desk.page.get_by_role("button", name="Cite [2-4]").click()
    citation = copied(desk.page.get_by_role("button", name="MediaWiki", exact=True), "MediaWiki.")
    assert citation.startswith("<ref>Vladimir Putin (partly quoted)")
    assert link in citation
    text = copied(desk.page.get_by_role("button", name="Text", exact=True), "Text.")
    assert text.startswith(" ".join(two.split()))


def test_where_the_clipboard_is_closed_what_was_to_be_copied_is_shown(desk: Visit) -> None:
    desk.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    desk.page.evaluate("document.execCommand = () => false")
    desk.ask(PUTIN)
    desk.page.get_by_role("button", name="Copy").click()
    shown = desk.page.get_by_label("To copy")
    expect(shown).to_be_focused()
    assert "Vladimir Putin (partly quoted)" in shown.input_value()


def test_feedback_on_an_answer_becomes_gold_questions(desk: Visit, archive: Path) -> None:
    desk.ask(PUTIN)
    turn = desk.page.locator("#chat .turn")
    turn.locator(".more summary").press("Enter")
    turn.get_by_role("button", name="Wrong speaker").press("Enter")
    expect(turn.locator("select")).to_be_focused()
    turn.locator("select").select_option("[2-4]")
    turn.locator("input").fill("<b>Macron</b> said it")
    turn.locator("input").press("Enter")
    expect(turn.locator(".said")).to_contain_text("Thank you")
    pressed = turn.locator("[aria-pressed=true]")
    expect(pressed).to_have_text("Wrong speaker")
    expect(pressed).to_be_focused()
    turn.get_by_role("button", name="Right", exact=True).click()
    expect(pressed).to_have_text("Right")
    done = run_command(bot, "bot", "feedback", "--archive", archive)
    assert done.returncode == 0
    (gold,) = map(json.loads, done.stdout.splitlines())
    assert [each["verdict"] for each in gold["feedback"]] == ["wrong_speaker", "right"]
    assert gold["feedback"][0]["comment"] == "<b>Macron</b> said it"
    text = SEED.read_text(encoding="utf-8")
    assert [text[g["start"] : g["end"]] for g in gold["gold"]] == [g["text"] for g in gold["gold"]]
    assert len(gold["gold"]) == 1  # the other block is the one sentence


def test_hostile_text_is_shown_and_never_obeyed(desk: Visit) -> None:
    question = "<img src=x onerror=alert(7)> **who** [said](http://evil.example) \u202ethat?"
    desk.ask(question)
    expect(desk.page.locator("#chat .user-row")).to_have_text(question)
    desk.ask("what did Zoe Quill say about the harbour tariff?")
    bodies = desk.page.locator("#pane .body")
    texts = [body.evaluate("body => body.textContent") for body in bodies.all()]
    assert NASTY in texts
    expect(desk.page.locator("#pane h2", has_text="Tariff")).to_have_text(NASTY_TITLE)
    shown = [li.evaluate("li => li.textContent") for li in desk.page.locator("#chat li").all()]
    lines = [line for line in NASTY.splitlines() if any(line in text for text in shown)]
    assert len(lines) >= 2
    strange = (
        "img, svg, script, style, form, iframe, b, i, a[href*='evil']:not(.feed), a[href^='java'], "
        "button:not(.switch > *):not(.turn *):not(.part > *):not(.cite)"
    )
    assert desk.page.locator("#pane").locator(strange).count() == 0
    assert desk.page.locator("#chat .message-content").locator(strange).count() == 0
    expect(desk.page.locator("#pane .unseen").first).to_have_attribute("title", "U+202E")


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_screen_has_the_article_below_and_nothing_beside_the_edge(
    server: Server, browser: Browser, width: int
) -> None:
    with visit(browser, server.url, width=width, height=700) as phone:
        phone.ask(PUTIN)
        assert phone.page.evaluate("document.documentElement.scrollWidth") == width
        chat, pane = (phone.page.locator(name).bounding_box() for name in ("#chat", "#pane"))
        assert chat
        assert pane
        assert pane["y"] >= chat["y"] + chat["height"]
        expect(phone.page.locator("#chat .user-row")).to_be_in_viewport()
        expect(phone.page.locator("#pane mark.cited").first).not_to_be_in_viewport()
        citations(phone.page).nth(1).click()
        expect(phone.page.locator("#cite-1-2")).to_be_in_viewport()
        expect(phone.page.locator("#cite-1-2")).to_be_focused()
        phone.page.get_by_text("Back to the answer").click()
        expect(citations(phone.page).nth(1)).to_be_focused()
        expect(citations(phone.page).nth(1)).to_be_in_viewport()
        assert phone.complaints == []


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_from_the_paper(server: Server, browser: Browser, dark: bool) -> None:
    """WCAG asks for a contrast of 4.5 to 1 for text of this size."""
    with visit(browser, server.url, dark=dark) as visitor:
        visitor.ask(PUTIN)
        citations(visitor.page).first.click()
        names = "#title p, #chat .understood, #chat li, #chat li a, #chat li em, #chat .source, "
        names += "#ask, #pane .byline, #pane h2, #pane .sent, #pane .hit"
        contrasts = visitor.page.evaluate(CONTRASTS, names)
        assert len(contrasts) > 30
        assert {name: ratio for name, ratio in contrasts if ratio < 4.5} == {}
        paper = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (int(paper.strip("rgb()").split(",")[0]) < 100) == dark


CONTRASTS = """names => {
  const light = rgb => rgb.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const paper = node => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll(names)].map(node => {
    const [a, b] = [light(getComputedStyle(node).color), light(paper(node))].sort();
    return [node.className || node.tagName, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
  });
}"""


# --- the same answer tomorrow


def link_to(server: Server, question: str, *history: str) -> str:
    """The address of the kept answer."""
    body = json.dumps({"question": question, "history": history}).encode()
    return str(server.post("/api/links", body).json()["url"])


def test_a_link_asks_its_question_when_the_page_opens(server: Server, browser: Browser) -> None:
    with visit(browser, f"{server.url}?q=what+did+Putin+say+about+peacekeepers%3F") as visitor:
        visitor.wait_for_answer(1)
        expect(visitor.page.locator("#chat .user-row")).to_have_text(PUTIN)
        assert citations(visitor.page).count() >= 2
        expect(visitor.page.locator("#chat .note")).to_have_count(0)
        visitor.page.click("#anew")
        visitor.page.wait_for_function("() => !location.search")
        assert visitor.complaints == []


def test_a_kept_answer_is_shown_again_with_its_conversation(
    server: Server, browser: Browser
) -> None:
    url = link_to(server, "And what about security guarantees?", PUTIN)
    kept = server.ask("And what about security guarantees?", PUTIN)
    with visit(browser, url) as visitor:
        visitor.wait_for_answer(1)
        expect(visitor.page.locator("#chat .after")).to_have_text(f"Asked after “{PUTIN}”.")
        shown = visitor.page.locator("#chat .bot-row li").all_inner_texts()
        assert len(shown) == len(kept["blocks"])
        assert kept["blocks"][-1]["text"] in shown[-1]
        citations(visitor.page).last.click()
        first = kept["blocks"][-1]["citations"][0]
        expect(visitor.page.locator(f"#cite-1-{first}")).to_be_focused()
        visitor.ask("and Macron?")
        understood = visitor.page.locator("#chat .understood").nth(1)
        expect(understood).to_contain_text("on security guarantees")


def test_without_scripts_the_page_asks_and_answers_by_a_form(
    server: Server, browser: Browser
) -> None:
    kept = link_to(server, "And what about security guarantees?", PUTIN)
    box = "input[name=q]"
    with visit(browser, server.url, awaits=box, scripts=False) as visitor:
        page = visitor.page
        page.fill(box, PUTIN)
        page.press(box, "Enter")
        expect(page.locator(".by b").first).to_have_text("Vladimir Putin")
        shown = " ".join(page.locator("blockquote").all_inner_texts())
        assert all(sentence["text"] in shown for sentence in server.ask(PUTIN)["sentences"])
        page.fill(box, "and Macron?")
        page.press(box, "Enter")
        expect(page.locator(".message b").first).to_contain_text("Emmanuel Macron")
        page.goto(kept)
        expect(page.locator("main .quiet").first).to_have_text(f"Asked after “{PUTIN}”.")
        assert page.locator("blockquote").count() > 0
        page.goto(f"{server.url}?q={PUTIN.replace(' ', '+')}&a=0123456789abcdef01234567")
        expect(page.locator(".note")).to_contain_text("no longer stored")
        visitor.assert_faultless(server.url)


def test_a_kept_answer_whose_article_is_gone_says_so(
    server: Server, browser: Browser, archive: Path
) -> None:
    url = link_to(server, "what did Zoe Quill say about the harbour tariff?")
    with Archive.open(archive) as opened:
        assert opened.remove('x"><b>')
    with visit(browser, url) as visitor:
        visitor.wait_for_answer(1)
        expect(visitor.page.locator("#chat .note")).to_have_text(
            'Since this link was made, the article “x"><b>” has been removed: '
            "this is today’s answer."
        )
        expect(visitor.page.locator("#chat .bot-row")).to_contain_text("The articles do not say")
        assert visitor.complaints == []


# --- nothing leaves the machine; the last test, so that it has seen all of the above


def test_the_guard_notices_a_connection(tmp_path: Path) -> None:
    code = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError: 0"
    subprocess.run([sys.executable, "-c", code], env=guarded(tmp_path), check=True)
    assert "192.0.2.1" in (tmp_path / "leaks").read_text(encoding="utf-8")


def test_the_server_reached_for_nothing_but_loopback(server: Server) -> None:
    ready(server)
    assert server.leaks.read_text(encoding="utf-8") == ""
