from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Draft, Part, Refusal, Section, Writing
from bot.rendering.answer_json import to_json
from bot.rendering.answer_markdown import markdown_parts
from bot.rendering.answer_text import to_text
from bot.rendering.escape import inert, quoted, web_address
from bot.rendering.labels import by_article, published_address
from index.attribution.layout.sentences import split_sentences
from index.printing import printable
from index.schema import Article
from tests.fragments import (
    ALLOWED,
    HOSTILE,
    Browser,
    cited,
    dated_article,
    in_block,
    one_by_one,
    seen,
)


def to_markdown(answer: Answer, turn: int = 1) -> str:
    return "".join(markdown_parts(answer, turn))


def refused(*suggestions: str) -> Answer:
    """A refusal with these suggestions."""
    message = "The articles do not say."
    return Answer("why?", message, "Bo Li", (), Refusal("unknown_speaker", suggestions))


@pytest.fixture
def dated(article: Article) -> Article:
    return dated_article(article)


# --- text that obeys nobody


@given(st.text())
@example(HOSTILE)
@example("\ud800 half")
def test_a_browser_shows_inert_text_character_for_character(text: str) -> None:
    browser = Browser(f"<p>{inert(text)}</p>")
    browser.check_harmless()
    assert browser.text == seen(text)


@given(st.text())
@example(HOSTILE)
def test_inert_text_leaves_nothing_for_markdown_to_read(text: str) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    line = f"x{inert(text)}x"
    assert not {"\n", "\r", "\t"} & set(line)
    browser = Browser(parser.render(line))
    browser.check_harmless()
    assert [tag for tag, _ in browser.elements if tag != "bdi"] == ["p"]
    assert browser.text.removesuffix("\n") == f"x{seen(text)}x"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x1b", "\x07", "\0"])
def test_a_mark_nobody_could_see_is_named_and_its_effect_ends(mark: str) -> None:
    name = f"U+{ord(mark):04X}"
    shown = "\ufffd" if mark == "\0" else mark
    assert inert(f"a{mark}b") == f'a<bdi class="unseen" title="{name}">{shown}</bdi>b'
    assert printable(f"a{mark}b") == f"a<{name}>b"


def test_a_line_for_the_terminal_stays_one_line() -> None:
    assert printable("a\r\nb\t c\u2028d") == "a b c d"


@given(st.text())
@example(HOSTILE)
def test_quoted_text_is_the_attribute_and_nothing_more(text: str) -> None:
    ((_, attributes),) = Browser(f'<p title="{quoted(text)}"></p>').elements
    assert attributes.keys() == {"title"}
    shown = attributes["title"] or ""
    assert len(shown) == len(text)
    assert all(a == b or a == "\ufffd" for a, b in zip(shown, text, strict=True))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "//x.example", "http://[", "", None],
)
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    assert web_address(url) is None


def test_an_address_cannot_leave_its_attribute() -> None:
    address = web_address('https://x.example/"onclick="alert(1)')
    (_, attributes), *others = Browser(f'<a href="{address}">x</a>').elements
    assert others == []
    assert attributes == {"href": 'https://x.example/"onclick="alert(1)'}


# --- JSON


def test_json_has_the_answer_in_reading_order(dated: Article) -> None:
    answer = cited(dated, [2, 4])
    record = to_json(answer, "q1")
    assert {k: v for k, v in record.items() if k not in ("sentences", "citations", "blocks")} == {
        "id": "q1",
        "question": "what?",
        "kind": "fact",
        "understood": "Ann Lee · on this",
        "parts": [],
        "range": None,
        "filters": None,
        "corrected": [],
        "status": "answered",
        "confidence": "sure",
        "reason": None,
        "message": "Ann Lee said this.",
        "suggestions": [],
        "choices": [],
        "sections": [],
        "person": None,
        "nearest": [],
        "nearest_blocks": [],
        "writer": None,
    }
    assert [s["citations"] for s in record["sentences"]] == [[1], [2]]
    assert not any(s["is_draft"] for s in record["sentences"])
    assert [s["text"] for s in record["sentences"]] == [c["text"] for c in record["citations"]]
    first = record["citations"][0]
    assert dated.text[first["start"] : first["end"]] == first["text"]
    assert str(first["address"]).startswith(f"{dated.url}#:~:text=")
    assert first["text"].startswith("“If some troops appear there")
    assert {k: first[k] for k in first.keys() - {"start", "end", "text"}} == {
        "number": 1,
        "block": 1,
        "article_id": dated.id,
        "title": dated.title,
        "source": dated.source,
        "published": dated.published,
        "url": dated.url,
        "address": published_address(answer.citations[0].article, answer.citations[0].span),
        "speaker": "Ann Lee",
        "kind": "direct",
        "short": None,
        "score": 1.0,
        "corrected": None,
        "via": None,
        "also": [],
    }


def test_a_speaker_who_was_put_right_by_hand_is_shown_as_such(dated: Article) -> None:
    (citation, *_) = cited(dated, [2]).citations
    block = in_block(replace(citation, corrected="2026-01-31"))
    answer = Answer("q", "m", "u", (block,))
    assert "Ann Lee (quoted, corrected by hand): " in to_text(answer)
    assert "*quoted, corrected by hand*" in to_markdown(answer)
    assert to_json(answer)["citations"][0]["corrected"] == "2026-01-31"


def test_words_that_somebody_passes_on_are_shown_as_second_hand(dated: Article) -> None:
    (citation, *_) = cited(dated, [2]).citations
    answer = Answer("q", "m", "u", (in_block(replace(citation, via="Tom Reed")),))
    assert "Ann Lee (quoted, according to Tom Reed): " in to_text(answer)
    assert to_json(answer)["citations"][0]["via"] == "Tom Reed"


def test_those_who_are_compared_stand_side_by_side(dated: Article) -> None:
    body = one_by_one(*cited(dated, [2, 4]).citations)
    sections = tuple(Section(name, "q", "u", "m", n_blocks=1) for name in ("Ann Lee", "Tom Reed"))
    shown = to_markdown(Answer("q", "m", "u", body, kind="compare", sections=sections))
    first, second = shown.split('<div class="columns">')[1].split('<div class="column">')[1:]
    assert "## Ann Lee" in first
    assert "## Tom Reed" in second
    assert shown.count("<div") - shown.count('class="turn"') == shown.count("</div>")
    several = Answer("q", "m", "u", body, kind="several", sections=sections)
    assert "columns" not in to_markdown(several)


def short_answered(article: Article) -> Answer:
    """An answer whose only sentence has its third and fourth word as the short answer."""
    whole = cited(article, [4])
    citation = whole.citations[0]
    start = citation.text.index(citation.text.split()[2])
    words = " ".join(citation.text.split()[2:4])
    marked = replace(citation, short=(start, start + len(words)))
    return replace(whole, body=one_by_one(marked))


def test_the_short_answer_is_a_field_and_no_claim_in_bold(dated: Article) -> None:
    answer = short_answered(dated)
    words = " ".join(answer.citations[0].text.split()[2:4])
    assert to_json(answer)["citations"][0]["short"] == words
    markdown = to_markdown(answer)
    assert "<strong>" not in markdown
    assert inert(answer.citations[0].text) in markdown


def test_what_comes_nearest_is_shown_as_no_answer(dated: Article) -> None:
    nearest = cited(dated, [2]).blocks
    refusal = Refusal("speaker_silent", (), nearest)
    answer = Answer("what?", "The articles do not say.", "", (), refusal)
    record = to_json(answer)
    assert (record["status"], record["citations"]) == ("refused", [])
    assert [c["text"] for c in record["nearest"]] == [nearest[0].run.text]
    for shown in (to_text(answer), to_markdown(answer)):
        assert shown.index("do not say") < shown.index("comes nearest")
    assert record["nearest_blocks"][0]["text"] == nearest[0].run.text
    assert nearest[0].run.text in to_text(answer)
    assert inert(nearest[0].run.text) in to_markdown(answer)


def test_json_of_a_refusal_has_its_reason_and_suggestions() -> None:
    record = to_json(refused("Who spoke?"))
    assert record["status"] == "refused"
    assert record["confidence"] is None
    assert record["reason"] == "unknown_speaker"
    assert record["suggestions"] == ["Who spoke?"]
    assert record["sentences"] == record["citations"] == []
    assert record["id"] is None


# --- the terminal


def test_text_numbers_sentences_and_lists_their_places(dated: Article) -> None:
    lines = to_text(cited(dated, [2])).splitlines()
    span = split_sentences(dated.text)[2].span
    assert lines[:2] == ["Ann Lee · on this", "Ann Lee said this."]
    assert f"[1] Ann Lee (quoted): {span.of(dated.text)}" in lines
    place = f"characters {span.start}-{span.end}"
    source = f"Troops: a *warning* · The Daily · 5 September 2025 · {place} · {dated.url}"
    assert lines[-2:] == ["Sources", f"[1] {source}"]


def test_text_lists_an_article_once_with_all_its_places(dated: Article) -> None:
    lines = to_text(cited(dated, [2, 4])).splitlines()
    assert lines[-2] == "Sources"
    assert lines[-1].startswith("[1][2] Troops")


def test_text_gives_nobody_the_words_of_nobody(dated: Article) -> None:
    assert "[1] The article: " in to_text(cited(dated, [0], speaker=None))


def test_text_of_a_refusal_suggests_what_to_ask() -> None:
    assert to_text(refused("Who?")).splitlines()[-2:] == ["You could ask:", "  - Who?"]
    assert "You could ask" not in to_text(refused())


def test_text_obeys_no_terminal_code() -> None:
    article = Article(id="a", text="Red\x1b[31m words, she\u202e said.", title="x\x1b]0;y\x07")
    text = to_text(cited(article, [0], speaker="\x1b[2JAnn"))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "<U+001B>" in text


# --- the chat


def test_markdown_names_the_speaker_and_links_each_sentence(dated: Article) -> None:
    markdown = to_markdown(cited(dated, [2, 4]), turn=3)
    lines = [line for line in markdown.splitlines() if line[:1].isdigit()]
    assert [line.split("<br>")[0] for line in lines] == [
        '1. <span class="voice">**Ann Lee** *quoted*</span>',
        '2. <span class="voice">**Ann Lee** *quoted*</span>',
    ]
    assert [line.rpartition(" ")[2] for line in lines] == [
        r"[\[1\]](#cite-3-1)",
        r"[\[2\]](#cite-3-2)",
    ]


def test_markdown_shows_each_part_of_what_was_understood(dated: Article) -> None:
    parts = (Part("speaker", "Ann *Lee*", "?", (0, 1)), Part("topic", "on this", "?", (0, 1)))
    markdown = to_markdown(replace(cited(dated, [2]), parts=parts))
    understood = markdown.split("\n")[0]
    assert Browser(understood, within="span.part").text == "Ann *Lee*on this"
    assert Browser(understood).text == "Understood: Ann *Lee* · on this"


def test_markdown_heads_each_run_of_one_article_with_it(dated: Article) -> None:
    other = Article(id="b", text="Nothing, he said.", title="Other")
    third = Citation(3, other, cited(other, [0]).citations[0].span, 0.1)
    both = Answer("q", "m", "u", one_by_one(*cited(dated, [2, 4]).citations, third))
    markdown = to_markdown(both)
    assert markdown.count('class="source"') == 2
    places = [markdown.index(part) for part in ("Troops", "\n1. <", "\n2. <", "Other", "\n3. <")]
    assert places == sorted(places)


def test_markdown_of_hostile_parts_is_their_text() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    article = Article(id="a", text=HOSTILE, title=HOSTILE, source=HOSTILE, published=HOSTILE)
    answer = cited(article, range(len(split_sentences(HOSTILE))), speaker=HOSTILE)
    html = markdown_it.MarkdownIt("commonmark").render(to_markdown(answer))
    browser = Browser(html.replace("<ol>", "").replace("</ol>", ""))
    tags = {tag for tag, _ in browser.elements}
    assert tags <= ALLOWED | {"li"}
    links = {a["href"] for tag, a in browser.elements if tag == "a"}
    assert all(link and link.startswith(("#cite-1-", "article?id=a")) for link in links)
    for sentence in answer.sentences:
        assert seen(sentence.text) in browser.text


# --- blocks


def one_block(article: Article) -> Answer:
    """Three sentences that follow one another: two of Ann Lee's, one of the paper's own."""
    one, two, three = cited(article, [2, 3, 4]).citations
    block = in_block(one, replace(two, kind="indirect"), replace(three, speaker=None, kind=None))
    return Answer("q", "m", "u", (replace(block, begins_inside=True, ends_inside=True),))


def test_a_block_is_one_paragraph_a_voice_under_one_mark(dated: Article) -> None:
    answer = one_block(dated)
    (block,) = answer.blocks
    ann, paper = block.run.voices
    assert ann.text == dated.text[ann.span.start : ann.span.end]
    lines = to_text(answer).splitlines()
    first = lines.index("") + 1
    assert lines[first] == f"[1-3] Ann Lee (partly quoted): […] {printable(ann.text)}"
    assert lines[first + 1] == f"      The article: {printable(paper.text)} […]"
    assert lines[-1].startswith("[1-3] Troops")
    assert f"characters {block.run.span.start}-{block.run.span.end} ·" in lines[-1]
    markdown = to_markdown(answer, turn=2)
    item = Browser(markdown[markdown.index("1. ") :])
    assert markdown.count(r"[\[1-3\]](#cite-2-1)") == 1
    assert f"[…] {ann.text}" in item.text
    assert f"{paper.text} […]" in item.text


def test_json_has_each_block_with_its_citations_and_whose_words_are_in_it(dated: Article) -> None:
    record = to_json(one_block(dated))
    (block,) = record["blocks"]
    assert (block["number"], block["mark"], block["citations"]) == (1, "[1-3]", [1, 2, 3])
    assert [c["block"] for c in record["citations"]] == [1, 1, 1]
    assert block["text"] == dated.text[block["start"] : block["end"]]
    assert (block["speaker"], block["kind"]) == (None, None)
    assert (block["begins_inside"], block["ends_inside"]) == (True, True)
    assert [(v["speaker"], v["kind"], v["citations"]) for v in block["voices"]] == [
        ("Ann Lee", "mixed", [1, 2]),
        (None, None, [3]),
    ]
    assert str(block["address"]).startswith(f"{dated.url}#:~:text=")


def test_a_draft_bears_the_mark_of_the_block_and_leads_to_the_sentence(dated: Article) -> None:
    plain = one_block(dated)
    draft = Draft("It is so.", (plain.citations[1],))
    writing = Writing("m", "h", plain.blocks, is_over=True)
    answer = replace(plain, body=(draft,), writing=writing)
    assert "[1-3] Phrased: It is so." in to_text(answer)
    assert r"It is so&#46; [\[1-3\]](#cite-1-2)" in to_markdown(answer)
    assert [c["number"] for c in to_json(answer)["citations"]] == [1, 2, 3]
    assert to_json(answer)["sentences"][0]["citations"] == [2]


# --- what a language model had a part in


def phrased(article: Article, *, problem: str = "", is_over: bool = True) -> Answer:
    """The second sentence as it is, and one that a model made of it and the fourth."""
    plain = cited(article, [2, 4])
    draft = Draft("He <b>said</b> both.", plain.citations)
    reasons = ("it was not a plain sentence", "it was not a plain sentence", "it has a name")
    writing = Writing("m*1", "host.example", plain.blocks, reasons, problem, is_over)
    return replace(plain, body=(plain.blocks[0], draft), writing=writing)


def test_a_drafted_sentence_is_nobodys_words(dated: Article) -> None:
    answer = phrased(dated)
    assert [s["is_draft"] for s in to_json(answer)["sentences"]] == [False, True]
    assert to_json(answer)["writer"] == {
        "model": "m*1",
        "host": "host.example",
        "removed": ["it was not a plain sentence", "it was not a plain sentence", "it has a name"],
        "problem": None,
    }
    assert "[1][2] Phrased: He <b>said</b> both." in to_text(answer)
    browser = Browser(to_markdown(answer))
    browser.check_harmless()
    assert "<strong>" not in to_markdown(answer).split("Phrased")[1]


def test_the_reader_sees_who_phrased_it_where_and_why_sentences_are_missing(dated: Article) -> None:
    for shown in (to_text(phrased(dated)), Browser(to_markdown(phrased(dated))).text):
        assert "by the language model m*1 at host.example" in shown
        assert "3 sentences of its draft did not pass the check" in shown
        assert "it was not a plain sentence (2)" in shown
    failed = to_text(phrased(dated, problem="It broke off."))
    assert "It broke off. The articles’ own sentences are shown instead." in failed
    assert "Being phrased by the language model m*1" in to_text(phrased(dated, is_over=False))


def test_each_citation_stands_once_beside_the_article(dated: Article) -> None:
    assert [[run.mark for run in of_one] for of_one in by_article(phrased(dated))] == [
        ["[1]", "[2]"]
    ]


def test_an_answer_that_is_being_phrased_may_have_no_sentence_yet(dated: Article) -> None:
    begun = replace(phrased(dated, is_over=False), body=())
    assert "Being phrased" in to_text(begun)
    assert begun.verbatim == cited(dated, [2, 4])
