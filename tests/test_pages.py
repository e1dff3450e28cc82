import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from bot.web.pages.renderer import link
from index.attribution.layout.sentences import split_sentences
from tests.conftest import SEED
from tests.newsroom import DATED, HOSTILE, SPEAKER, Newsroom
from tests.serving import Visit, visit, wait_until_ready
from tests.test_app import NASTY, NASTY_TITLE

STRANGE = "main :is(script, img, style, iframe, form[action^=http], b, i, u, a[href^=javascript])"


@pytest.fixture(scope="module", autouse=True)
def _ready(newsroom: Newsroom) -> None:
    wait_until_ready(newsroom.server)


@pytest.fixture
def desk(newsroom: Newsroom, browser: Browser) -> Iterator[Visit]:
    """A visitor in the library, who has met no fault and sent nothing elsewhere on leaving."""
    with visit(browser, newsroom.library, awaits="#list") as visitor:
        yield visitor
        visitor.assert_faultless(newsroom.url)


@pytest.fixture(scope="module")
def plain(newsroom: Newsroom, browser: Browser) -> Iterator[Page]:
    """A page without scripts."""
    with visit(browser, f"{newsroom.url}library", awaits="h1", scripts=False) as visitor:
        yield visitor.page


def go(desk: Visit, newsroom: Newsroom, place: str, **parameters: object) -> Page:
    """Open another page."""
    desk.page.goto(newsroom.url + link(None, place, "", **parameters))
    return desk.page


# --- addresses


@pytest.mark.parametrize("value", ['x"><b>/../%2e', "a&b=c#d", "naïve + 100 %", "\u202eid", "?"])
def test_a_link_carries_any_id_and_leaves_out_what_is_not_given(value: str) -> None:
    address = link("dark", "article", "s-7", id=value, start=0, end=None, q="")
    assert address == f"article?{urlencode({'id': value, 'start': 0, '__theme': 'dark'})}#s-7"
    assert not re.search(r"[\"'<> \u202e]", address)
    assert link(None, "./") == "./"


# --- without scripts


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("library", ["5 articles", "Harbour Post · 14 February 2025 · 1 statement", NASTY_TITLE]),
        ("library?q=peacekeeping", ["1 article with “peacekeeping”", "peacekeeping …"]),
        ("library?q=zebra", ["No article contains all of these words"]),
        (
            "library?q=peacekeeping&to=2001-01-01",
            ["No article contains all of these words and matches"],
        ),
        ("library?outlet=harbour+post&from=2024-01-01", ["2 articles", "Tariff talks of 2025"]),
        ("library?page=2", ["5 articles"]),
        ("ask", ["5 articles of ", "to 14 February 2025.", "What did "]),
        ("people", ["Zoe Quill", "8 statements", "in 4 articles, 2023–2025", "Vladimir Putin"]),
        ("people?q=french+president", ["1 person or organisation", "Emmanuel Macron"]),
        (
            "person?name=Zoe+Quill",
            ["First said 1 Mar 2023, last said 14 Feb 2025", "Without a date"],
        ),
        ("person?name=Zoe+Quill&topic=ships", ["on ships", "Said on 14 Feb 2025", "a wall"]),
        ("person?name=Vladimir+Putin&topic=zebras", ["says nothing on zebras"]),
        (f"article?id={DATED[0].id}", ["Ann Lee · Harbour Post · 1 March 2023", "tariff must go"]),
        (f"article?id={DATED[0].id}&start=x&end=-1", ["Who said what", "Zoe Quill"]),
        ("watching", ["0 feeds are watched for new articles", "python -m index watch"]),
        (f"versions?id={DATED[0].id}", ["There are no earlier versions"]),
        (f"versions?id={quote(HOSTILE.id)}", ["Changed on", "<i>Old.</i>", "unchanged"]),
        (f"article?id={quote(HOSTILE.id)}", ["1 earlier version"]),
    ],
)
def test_a_page_is_whole_without_scripts(
    newsroom: Newsroom, plain: Page, place: str, says: list[str]
) -> None:
    plain.goto(newsroom.url + place)
    text = " ".join(plain.inner_text("body").split())
    assert [words for words in says if " ".join(words.split()) not in text] == []
    assert plain.locator("nav a").all_inner_texts()[:4] == ["Ask", "Library", "People", "API"]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("article?id=nothing", "There is no article with this id"),
        ("article", "There is no article with this id"),
        ("person?name=%3Cb%3ENobody", "Nobody called “&#60;b&#62;Nobody” speaks"),
        ("person", "Nobody called “” speaks"),
    ],
)
def test_what_is_not_there_is_404_with_a_reason(newsroom: Newsroom, place: str, says: str) -> None:
    reply = newsroom.server.get(place, Accept="text/html")
    assert reply.status == 404
    assert says.replace("“", "&#8220;") in reply.text or says in reply.text
    assert reply.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_that_is_asked_for_is_kept_from_page_to_page(
    newsroom: Newsroom, browser: Browser, theme: str
) -> None:
    start = f"{newsroom.url}library?theme={theme}"
    with visit(browser, start, awaits="h1", dark=theme == "light") as visitor:
        visitor.page.click("nav >> text=People")
        visitor.page.click("a.title >> nth=0")
        visitor.page.click("text=In the article >> nth=0")
        expect(visitor.page.locator(".body")).to_be_visible()
        ink = visitor.page.evaluate("getComputedStyle(document.body).color")
        assert (int(ink.strip("rgb()").split(",")[0]) > 128) == (theme == "dark")


# --- looking for an article


def test_the_library_is_searched_as_one_types_with_snippets_and_forgives_a_letter(
    desk: Visit,
) -> None:
    page, box = desk.page, desk.page.get_by_label("Search the articles")
    titles = page.locator("#list .title")
    box.press_sequentially("peacekee")
    expect(titles).to_have_count(1)
    expect(page.locator(".snippet mark").first).to_contain_text("eacekeep")
    assert "q=peacekee" in page.url
    box.fill("harbuor")
    expect(page.locator("#list .note")).to_contain_text("These contain “harbour”")
    expect(titles).to_have_count(4)
    box.fill("")
    expect(titles).to_have_count(5)
    page.locator(".filters summary").click()
    page.get_by_label("From").fill("2024-01-01")
    page.get_by_label("Outlet").first.fill("Harbour Post")
    expect(titles).to_have_count(2)
    page.reload()
    expect(titles).to_have_count(2)
    page.get_by_label("Remove the filter “Harbour Post”").click()
    expect(titles).to_have_count(2)
    page.get_by_label("Remove the filter “From 2024-01-01”").click()
    expect(titles).to_have_count(5)


# --- hostile text


def test_hostile_text_is_shown_and_never_obeyed(newsroom: Newsroom, desk: Visit) -> None:
    page = desk.page
    places: tuple[tuple[str, dict[str, object]], ...] = (
        ("library", {}),
        ("people", {}),
        ("person", {"name": SPEAKER}),
        ("person", {"name": SPEAKER, "topic": "<script>alert(8)</script>"}),
        ("library", {"q": '"><img src=x onerror=alert(9)>'}),
        ("versions", {"id": HOSTILE.id}),
        ("article", {"id": HOSTILE.id, "start": 0, "end": 40}),
    )
    for place, parameters in places:
        go(desk, newsroom, place, **parameters)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator(STRANGE).count() == 0, place
        assert "\u202e" not in (page.title() + " ".join(attributes(page)))
    assert page.locator(".body").evaluate("body => body.textContent") == NASTY
    assert page.locator("h1").evaluate("head => head.textContent") == NASTY_TITLE
    expect(page.locator(".unseen").first).to_have_attribute("title", "U+202E")
    assert page.locator(".byline").inner_text().startswith("<u>Ann</u> · <i>Post</i>")


def attributes(page: Page) -> list[str]:
    """What a screen reader, or a pointer that rests, is told."""
    names = ["aria-label", "title", "data-label", "data-speaker", "datetime"]
    found: list[str] = page.evaluate(
        """names => [...document.querySelectorAll('*')]
            .flatMap(node => names.map(name => node.getAttribute(name) || ''))""",
        names,
    )
    return found


# --- an article


def test_an_article_is_its_text_and_each_sentence_has_its_place(
    newsroom: Newsroom, desk: Visit
) -> None:
    page = go(desk, newsroom, "article", id=SEED.stem)
    text = SEED.read_text(encoding="utf-8")
    assert page.locator(".body").evaluate("body => body.textContent") == text
    shown = page.locator(".sent").evaluate_all("all => all.map(s => [s.id, s.textContent])")
    spans = [sentence.span for sentence in split_sentences(text)]
    assert shown == [[f"s-{span.start}", span.of(text)] for span in spans]


def test_a_link_to_words_marks_and_focuses_them(newsroom: Newsroom, desk: Visit) -> None:
    said = "these will be legitimate targets for destruction"
    text = SEED.read_text(encoding="utf-8")
    start = text.index(said)
    page = go(desk, newsroom, "article", id=SEED.stem, start=start, end=start + len(said))
    marks = page.locator("mark")
    assert "".join(marks.all_inner_texts()) == said
    expect(marks.first).to_be_in_viewport()
    expect(page.locator(".sent:focus mark").first).to_be_visible()
    sentence = split_sentences(text)[-1].span
    page.goto(f"{newsroom.url}article?id={SEED.stem}#s-{sentence.start}")
    expect(page.locator(f"#s-{sentence.start}")).to_be_focused()
    expect(page.locator(f"#s-{sentence.start}")).to_be_in_viewport()


def test_who_said_what_is_shown_on_demand_and_not_by_colour_alone(
    newsroom: Newsroom, desk: Visit
) -> None:
    page = go(desk, newsroom, "article", id=SEED.stem)
    look = "s => { const c = getComputedStyle(s); return c.fontWeight + c.fontStyle + c.boxShadow }"
    parts = [page.locator(f".body .{role}").first for role in ("speaker", "cue", "content")]
    assert [part.inner_text() for part in parts[:2]] == ["Vladimir Putin", "warned"]
    assert len({part.evaluate(look) for part in parts}) == 1
    expect(page.locator(".legend")).to_be_hidden()
    page.check("#who")
    assert len({part.evaluate(look) for part in parts}) == 3
    expect(page.locator(".legend")).to_be_visible()
    expect(page.locator(".speakers li").first).to_contain_text("Vladimir Putin 9 statements")


def test_the_publishers_page_opens_at_the_marked_words(newsroom: Newsroom, desk: Visit) -> None:
    page = go(desk, newsroom, "article", id=DATED[0].id, start=17, end=42)
    address = page.locator(".byline a").get_attribute("href") or ""
    assert address.startswith(f"{DATED[0].url}#:~:text=")


def test_the_marked_words_are_copied_in_a_click(newsroom: Newsroom, desk: Visit) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    start, end = 17, DATED[0].text.index(",”") + 2
    page = go(desk, newsroom, "article", id=DATED[0].id, start=start, end=end)
    page.click("text=MediaWiki")
    expect(page.locator(".copied")).to_have_text("The citation is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "{{cite news" in copied.lower()
    assert "The harbour tariff must go" in copied


# --- people


def test_a_click_asks_what_somebody_said(newsroom: Newsroom, desk: Visit) -> None:
    page = go(desk, newsroom, "people", q="Quill")
    chip = page.locator(".chips a").first
    topic = chip.inner_text()
    chip.click()
    expect(page).to_have_url(re.compile(re.escape(quote(f"about {topic}").replace("%20", "+"))))
    desk.wait_for_answer(1)
    expect(page.locator("#chat .user-row")).to_have_text(f"What did {SPEAKER} say about {topic}?")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_point_of_the_timeline_leads_to_its_sentence(
    newsroom: Newsroom, browser: Browser, width: int
) -> None:
    address = f"{newsroom.url}person?name={quote(SPEAKER)}&topic=tariff"
    with visit(browser, address, awaits="svg a", width=width) as visitor:
        page = visitor.page
        points = page.locator(".timeline svg a")
        boxes = [point.bounding_box() for point in points.all()]
        places = [box["x"] for box in boxes if box]
        assert len(places) == 3
        assert 0 < places[0] < places[1] < places[2] < width - 10
        labels = [point.get_attribute("aria-label") or "" for point in points.all()]
        assert labels[0].startswith("1 Mar 2023, quoted: “The harbour tariff must go,”")
        assert labels[1].startswith("5 Sep 2024, reported: ")
        assert labels[2].startswith("14 Feb 2025, partly quoted: ")
        points.nth(1).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".sent:focus mark").first).to_have_text(re.compile("^Mayor Zoe Quill"))
        assert visitor.complaints == []


def test_articles_without_a_date_are_listed_apart(newsroom: Newsroom, desk: Visit) -> None:
    page = go(desk, newsroom, "person", name="Vladimir Putin")
    expect(page.locator(".timeline")).to_have_count(0)
    expect(page.locator("main > h2")).to_have_text("Without a date")
    expect(page.locator(".lead")).to_contain_text("9 statements")
    # Those that follow one another are one.
    expect(page.locator(".statements li")).to_have_count(5)
    expect(page.locator(".statements li").nth(1)).to_contain_text("He argued that if a peace deal")
    expect(page.locator(".statements li").first).to_contain_text("partly quoted")


# --- corrections by hand


FORM = "[aria-labelledby=right-head] form"


def statement_of(desk: Visit, newsroom: Newsroom) -> Page:
    """The page of an article with a statement of its speaker marked."""
    page = go(desk, newsroom, "article", id=DATED[1].id)
    page.locator(".places a").first.click()
    expect(page.locator(FORM)).to_have_count(1)
    return page


def test_a_statement_is_put_right_on_its_article_and_taken_back(
    newsroom: Newsroom, desk: Visit
) -> None:
    page = statement_of(desk, newsroom)
    expect(page.locator(FORM)).to_contain_text(f"Said by {SPEAKER} (reported)")
    page.fill("[name=speaker]", "Bo Harbourman")
    page.click("button:text-is('Save')")
    corrected = page.locator(".corrections li")
    expect(corrected).to_contain_text("Said by Bo Harbourman")
    expect(corrected).to_contain_text(re.compile(r"Corrected by hand on \d+ \w+ 20\d\d"))
    expect(page.locator(".speakers")).to_contain_text("Bo Harbourman")
    go(desk, newsroom, "person", name="Bo Harbourman")
    expect(page.locator(".statements .meta")).to_contain_text("reported, corrected by hand on")
    go(desk, newsroom, "corrections")
    page.click("text=Undo")
    expect(page.locator(".empty")).to_contain_text("There are no corrections yet")
    go(desk, newsroom, "article", id=DATED[1].id)
    expect(page.locator(".speakers")).to_contain_text(SPEAKER)


def test_words_that_are_nobodys_are_said_to_be_so(newsroom: Newsroom, desk: Visit) -> None:
    page = statement_of(desk, newsroom)
    page.click("text=Nobody’s")
    expect(page.locator(".corrections li")).to_contain_text("Nobody’s words")
    expect(page.locator(FORM)).to_contain_text("Nobody’s words (reported)")
    page.click("text=Undo")
    expect(page.locator(FORM)).to_contain_text(f"Said by {SPEAKER}")


def test_details_are_put_right_on_the_articles_page(newsroom: Newsroom, desk: Visit) -> None:
    page = go(desk, newsroom, "article", id=DATED[1].id)
    page.click("text=Correct the details")
    form = page.locator("details.right form", has_text="Author")
    form.locator("[name=value]").fill("Bo Harbourman")
    form.locator("button").click()
    expect(page.locator(".byline")).to_contain_text("Bo Harbourman")
    expect(page.locator(".corrections li")).to_contain_text("Author: Bo Harbourman")
    page.click("text=Undo")
    expect(page.locator(".byline")).not_to_contain_text("Bo Harbourman")


def test_who_is_no_person_leaves_the_people_and_comes_back(newsroom: Newsroom, desk: Visit) -> None:
    page = go(desk, newsroom, "person", name=SPEAKER)
    page.click("text=Correct who this is")
    page.click("text=Not a person or organisation")
    expect(page.locator(".corrections li")).to_contain_text(
        f"{SPEAKER}: not a person or organisation"
    )
    go(desk, newsroom, "people")
    expect(page.locator(".people")).not_to_contain_text(SPEAKER)
    page.click("text=Corrections made by hand")
    page.click("text=Undo")
    expect(page.locator(".empty")).to_be_visible()
    go(desk, newsroom, "people")
    expect(page.locator(".people")).to_contain_text(SPEAKER)


def test_a_wrong_role_is_put_right_on_the_persons_page(newsroom: Newsroom, desk: Visit) -> None:
    page = go(desk, newsroom, "person", name=SPEAKER)
    expect(page.locator(".lead")).to_contain_text("Mayor")
    page.click("text=Correct who this is")
    page.click("text=Wrong role")
    expect(page.locator(".lead")).not_to_contain_text("Mayor")
    page.click("summary:text('Corrected by hand')")
    page.click("text=Undo")
    expect(page.locator(".lead")).to_contain_text("Mayor")


def test_without_the_token_nothing_can_be_put_right(newsroom: Newsroom, browser: Browser) -> None:
    address = f"{newsroom.url}person?name={quote(SPEAKER)}"
    with visit(browser, address, awaits="h1") as visitor:
        expect(visitor.page.locator(".right")).to_be_hidden()
        visitor.page.evaluate("sessionStorage.setItem('verbatim-token', 'not-the-right-one')")
        visitor.page.reload()
        visitor.page.click("text=Correct who this is")
        visitor.page.fill(".right [name=name]", "Ann Lee")
        visitor.page.click("text=Merge")
        expect(visitor.page.locator(".right .said")).to_contain_text("token")
        expect(visitor.page.locator("h1")).to_have_text(SPEAKER)


# --- the library


def titles(page: Page) -> list[str]:
    return page.locator("#list .title").all_inner_texts()


def test_files_are_added_one_by_one_with_a_line_for_each_that_fails(
    desk: Visit, tmp_path: Path
) -> None:
    files = {"good.txt": b"Good news from here.", "empty.md": b"", "<b>.jsonl": b"{", "a.exe": b"x"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    before = titles(desk.page)
    desk.page.set_input_files("#files", [tmp_path / name for name in files])
    expect(desk.page.locator("#done")).to_have_text("Done: 1 added, 3 not added.")
    added = desk.page.locator("#added a")
    expect(added).to_have_text("Good news from here.")  # it has no date: last of the list
    assert added.get_attribute("href") == "article?id=good"
    lines = desk.page.locator("#failures li").all_inner_texts()
    assert [line.partition(":")[0] for line in lines] == ["empty.md", "<b>.jsonl", "a.exe"]
    assert sum(request.endswith("api/articles") for request in desk.requests) == 4
    assert desk.page.locator("#each li").all_text_contents() == [
        "good.txt: 1 added",
        *(f"{name}: 1 left out" for name in ("empty.md", "<b>.jsonl", "a.exe")),
    ]
    expect(desk.page.locator("#total")).to_contain_text(f"{len(before) + 1} articles")
    take_out(desk.page, "Good news from here.")


def test_a_file_of_many_lines_is_sent_in_parts_that_keep_the_numbers_of_its_lines(
    desk: Visit,
) -> None:
    said = {1: b'{"body": "One."}', 150: b'{"body": "Two."}', 237: b"{", 250: b'{"body": "Three."}'}
    lines = b"\n".join(said.get(n, b"") for n in range(1, 251))
    file: FilePayload = {"name": "many.jsonl", "mimeType": "text/plain", "buffer": lines}
    desk.page.set_input_files("#files", file)
    expect(desk.page.locator("#done")).to_have_text("Done: 3 added, 1 not added.")
    expect(desk.page.locator("#failures")).to_contain_text("many.jsonl:237: ")
    assert sum(request.endswith("api/articles") for request in desk.requests) == 3
    for title in ("One.", "Two.", "Three."):
        take_out(desk.page, title)


def test_files_can_be_dropped_anywhere(desk: Visit) -> None:
    page = desk.page
    files = page.evaluate_handle(
        """() => { const all = new DataTransfer();
        for (const n of [1, 2]) all.items.add(new File([`Dropped ${n} times.`], `d${n}.txt`));
        return all; }"""
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("#list", event, {"dataTransfer": files})
    expect(page.locator("#done")).to_have_text("Done: 2 added.")
    for n in (1, 2):
        take_out(page, f"Dropped {n} times.")


def test_a_text_is_pasted_with_its_details(newsroom: Newsroom, desk: Visit) -> None:
    page = desk.page
    page.click("text=Paste a text")
    page.fill("[name=body]", "“We won,” said Bob Ray.\n")
    page.fill("[name=title]", "<b>Won</b>")
    page.fill("[name=source]", "The Post")
    page.fill("[name=published]", "2026-11-22")
    page.fill("#text-form [name=url]", "https://post.example/won")
    page.click("text=Add this text")
    expect(page.locator("#done")).to_have_text("Done: 1 added.")
    first = page.locator("#list li").first
    expect(first.locator("div")).to_have_text(
        re.compile(r"\s*<b>Won</b>\s*The Post · 22 November 2026 · 1 statement\s*")
    )
    take_out(page, "<b>Won</b>")


def test_an_address_of_this_machine_is_not_fetched(newsroom: Newsroom, desk: Visit) -> None:
    page = desk.page
    page.click("text=From the web")
    page.fill("#link-form input", f"{newsroom.url}library")
    page.click("text=Fetch and add")
    expect(page.locator("#failures li")).to_have_count(1)
    expect(page.locator("#failures li")).to_contain_text(newsroom.url)


def take_out(page: Page, title: str) -> None:
    """Remove an article and confirm it."""
    page.locator("#list li").filter(has_text=title).locator("button").click()
    expect(page.locator("dialog")).to_contain_text(title)
    page.click("dialog .danger")
    expect(page.locator("#told p").last).to_contain_text(f"Removed “{title}”.")
    expect(page.locator("#list .title", has_text=title)).to_have_count(0)


def test_a_removal_is_confirmed_and_can_be_taken_back(newsroom: Newsroom, desk: Visit) -> None:
    page = desk.page
    before = titles(page)
    there = newsroom.server.get(f"api/articles/{quote(HOSTILE.id, safe='')}").json()
    page.locator("#list li").filter(has_text="Tariff**").locator("button").click()
    expect(page.locator("dialog button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    assert titles(page) == before
    page.locator("#list li").filter(has_text="Tariff**").locator("button").click()
    page.click("dialog .danger")
    expect(page.locator("#list .title")).to_have_count(len(before) - 1)
    assert newsroom.server.get(f"article?{urlencode({'id': HOSTILE.id})}").status == 404
    expect(page.locator("#told button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("is back")
    expect(page.locator("#list .title")).to_have_count(len(before))
    assert newsroom.server.get(f"api/articles/{quote(HOSTILE.id, safe='')}").json() == there


# --- the token


def test_the_token_leaves_the_address_at_once_and_is_kept_for_the_tab(
    newsroom: Newsroom, desk: Visit
) -> None:
    assert "#token=" in newsroom.library
    expect(desk.page).to_have_url(f"{newsroom.url}library")
    expect(desk.page.locator("#token-form")).to_be_hidden()
    desk.page.reload()
    expect(desk.page.locator("[data-remove]").first).to_be_visible()


def test_without_the_token_nothing_is_changed_and_it_is_asked_for(
    newsroom: Newsroom, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "late.txt").write_text("Late news.", encoding="utf-8")
    with visit(browser, f"{newsroom.url}library", awaits="#list") as visitor:
        page = visitor.page
        expect(page.locator("#token-form")).to_be_visible()
        expect(page.locator("[data-remove]").first).to_be_hidden()
        page.fill("[name=token]", "not-the-right-token")
        page.click("text=Use this token")
        page.set_input_files("#files", tmp_path / "late.txt")
        expect(page.locator("#token-why")).to_contain_text("Enter the write token")
        page.fill("[name=token]", newsroom.library.partition("#token=")[2])
        page.click("text=Use this token")
        expect(page.locator("#done")).to_have_text("Done: 1 added.")
        take_out(page, "Late news.")


# --- before the archive is open


def test_a_page_says_that_the_archive_is_opening_and_comes_by_itself(
    newsroom: Newsroom, desk: Visit
) -> None:
    opening = newsroom.server.opening
    replies = [opening]

    def answer(route: Route) -> None:
        """As it was then, once; from then on as it is now."""
        if replies:
            reply = replies.pop()
            route.fulfill(status=reply.status, headers=reply.headers, body=reply.text)
        else:
            route.continue_()

    assert opening.status == 503
    assert opening.headers["content-type"].startswith("text/html")
    desk.page.route(f"{newsroom.url}people", answer)
    desk.page.goto(f"{newsroom.url}people", wait_until="commit")
    expect(desk.page.locator("h1")).to_have_text("The archive is being opened")
    expect(desk.page.locator("h1")).to_have_text("People")
    assert [complaint for complaint in desk.complaints if "503" not in complaint] == []
    desk.complaints.clear()
