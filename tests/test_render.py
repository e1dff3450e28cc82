from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, CitedSentence, Refusal
from bot.escape import inert, printable, web_address
from bot.render import article_html, pane_html, to_json, to_markdown, to_text
from index.schema import Article, Kind, Sentence, Span
from index.sentences import split_sentences

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> &lt;b&gt; &amp;\n\n"
    "# Heading\n- item\n1. one\n2) two\n> quote\n```\ncode\n```\n    indented\n\ttab\n---\n===\n"
    "**bold** __bold__ *em* _em_ ~~gone~~ `code` | a | b |\n"
    "![image](http://evil.example/a.png) [link](javascript:alert(3)) [ref]: http://evil.example\n"
    "<http://evil.example> http://evil.example www.evil.example a@evil.example\n"
    "$x$ \\(y\\) \\[z\\]\n"
    "\u202etxet\u202c \u2066isolate \u200fmark nul\0 bell\x07 escape\x1b[31m next\x85line\r\n"
    "two  spaces\u00a0and\u2028separator</p></div></article><style>*{display:none}</style>"
)
ALLOWED = {"article", "h2", "p", "div", "span", "mark", "a", "nav", "bdi", "strong", "em", "br"}
VOID = {"br"}


class Browser(HTMLParser):
    """What a browser would make of a fragment: its elements, and the text of one of them."""

    def __init__(self, html: str, within: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._within = within
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(f"{tag}.{dict(attrs).get('class')}")

    def handle_endtag(self, tag: str) -> None:
        """Check that it is the innermost one."""
        assert self._open.pop().startswith(f"{tag}.")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._within or self._within in self._open:
            self.text += data

    def check_harmless(self) -> None:
        """Check that there is nothing but our own elements, attributes and links."""
        for tag, attributes in self.elements:
            assert tag in ALLOWED
            assert attributes.keys() <= {"id", "class", "title", "href", "tabindex", "rel"}
            assert (attributes.get("href") or "#").startswith(("#", "http://", "https://"))


def seen(text: str) -> str:
    """The text as a page can hold it: NUL and halves of a pair have no place in one."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def cited(article: Article, places: Sequence[int], speaker: str | None = "Ann Lee") -> Answer:
    """An answer that cites these sentences of the article, in this order."""
    spans = [split_sentences(article.text)[place].span for place in places]
    kind: Kind | None = "direct" if speaker else None
    citations = [
        Citation(number, article, span, 1 / number, speaker, kind)
        for number, span in enumerate(spans, 1)
    ]
    sentences = tuple(CitedSentence(c.text, (c,)) for c in citations)
    return Answer("what?", "Ann Lee said this.", "Ann Lee · on this", sentences)


def refused(*suggestions: str) -> Answer:
    """A refusal with these suggestions."""
    message = "The articles do not say."
    return Answer("why?", message, "Bo Li", (), Refusal("unknown_speaker", suggestions))


@pytest.fixture
def dated(article: Article) -> Article:
    return Article(
        id="a b/“1”",
        text=article.text,
        title="Troops: a *warning*",
        author="B. Line",
        source="The Daily",
        published="2025-09-05T08:30:00Z",
        url="https://daily.example/?a=1&b=2",
    )


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
    record = to_json(cited(dated, [2, 4]), "q1")
    assert {k: v for k, v in record.items() if k not in ("sentences", "citations")} == {
        "id": "q1",
        "question": "what?",
        "understood": "Ann Lee · on this",
        "parts": [],
        "status": "answered",
        "reason": None,
        "message": "Ann Lee said this.",
        "suggestions": [],
        "nearest": [],
    }
    assert [s["citations"] for s in record["sentences"]] == [[1], [2]]
    assert [s["text"] for s in record["sentences"]] == [c["text"] for c in record["citations"]]
    first = record["citations"][0]
    assert dated.text[first["start"] : first["end"]] == first["text"]
    assert first["text"].startswith("“If some troops appear there")
    assert {k: first[k] for k in first.keys() - {"start", "end", "text"}} == {
        "number": 1,
        "article_id": dated.id,
        "title": dated.title,
        "source": dated.source,
        "published": dated.published,
        "url": dated.url,
        "speaker": "Ann Lee",
        "kind": "direct",
        "short": None,
        "score": 1.0,
    }


def short_answered(article: Article) -> Answer:
    """An answer whose only sentence has its third and fourth word as the short answer."""
    whole = cited(article, [4])
    citation = whole.citations[0]
    start = citation.text.index(citation.text.split()[2])
    words = " ".join(citation.text.split()[2:4])
    marked = replace(citation, short=(start, start + len(words)))
    return replace(whole, sentences=(CitedSentence(marked.text, (marked,)),))


def test_the_short_answer_is_bold_inside_the_verbatim_sentence(dated: Article) -> None:
    answer = short_answered(dated)
    words = " ".join(answer.citations[0].text.split()[2:4])
    assert to_json(answer)["citations"][0]["short"] == words
    markdown = to_markdown(answer)
    assert f"<strong>{inert(words)}</strong>" in markdown
    assert inert(answer.citations[0].text) in markdown.replace("<strong>", "").replace(
        "</strong>", ""
    )


def test_what_comes_nearest_is_shown_as_no_answer(dated: Article) -> None:
    nearest = cited(dated, [2]).citations
    refusal = Refusal("speaker_silent", (), nearest)
    answer = Answer("what?", "The articles do not say.", "", (), refusal)
    record = to_json(answer)
    assert (record["status"], record["citations"]) == ("refused", [])
    assert [c["text"] for c in record["nearest"]] == [nearest[0].text]
    for shown in (to_text(answer), to_markdown(answer)):
        assert shown.index("do not say") < shown.index("nearest that they come")
    assert nearest[0].text in to_text(answer)
    assert inert(nearest[0].text) in to_markdown(answer)


def test_json_of_a_refusal_has_its_reason_and_suggestions() -> None:
    record = to_json(refused("Who spoke?"))
    assert record["status"] == "refused"
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
        "1. **Ann Lee** *quoted*",
        "2. **Ann Lee** *quoted*",
    ]
    assert [line.rpartition(" ")[2] for line in lines] == [
        r"[\[1\]](#cite-3-1)",
        r"[\[2\]](#cite-3-2)",
    ]


def test_markdown_heads_each_run_of_one_article_with_it(dated: Article) -> None:
    other = Article(id="b", text="Nothing, he said.", title="Other")
    first, second = cited(dated, [2, 4]), cited(other, [0])
    third = Citation(3, other, second.citations[0].span, 0.1)
    both = Answer("q", "m", "u", (*first.sentences, CitedSentence(third.text, (third,))))
    markdown = to_markdown(both)
    assert markdown.count('class="source"') == 2
    places = [markdown.index(part) for part in ("Troops", "1. **", "2. **", "Other", "3. **")]
    assert places == sorted(places)


def test_markdown_of_hostile_parts_is_their_text() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    article = Article(id="a", text=HOSTILE, title=HOSTILE, source=HOSTILE, published=HOSTILE)
    answer = cited(article, range(len(split_sentences(HOSTILE))), speaker=HOSTILE)
    html = markdown_it.MarkdownIt("commonmark").render(to_markdown(answer))
    browser = Browser(html.replace("<ol>", "").replace("</ol>", ""))
    tags = {tag for tag, _ in browser.elements}
    assert tags <= ALLOWED | {"li"}
    assert all((a.get("href") or "#cite-1-").startswith("#cite-1-") for _, a in browser.elements)
    for sentence in answer.sentences:
        assert seen(sentence.text) in browser.text


# --- the article


def body(html: str) -> str:
    return Browser(html, within="div.body").text


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t<&*_“”!?\u202e\0\u2028é👍"), max_size=80))
@example(HOSTILE)
@example("No end")
@example("\n\n lead. \r\n\r\n Trail. \n ")
def test_the_pane_shows_the_article_character_for_character(text: str) -> None:
    html = article_html(Article(id="a", text=text, title="t"), split_sentences(text), {})
    Browser(html).check_harmless()
    assert body(html) == seen(text)
    assert "\n" not in html


def test_the_seed_article_is_shown_whole_in_its_paragraphs(article: Article) -> None:
    sentences = split_sentences(article.text)
    html = article_html(article, sentences, {})
    assert body(html) == article.text
    elements = Browser(html, within="div.body").elements
    ids = [a["id"] for _, a in elements if "sent" in (a.get("class") or "")]
    assert len(set(ids)) == len(sentences)
    paragraphs = [a.get("class") for tag, a in elements if tag == "p"]
    assert len(paragraphs) == 1 + sentences[-1].paragraph
    assert paragraphs.count("aside") == sum(not s.prose for s in sentences)


def test_cited_sentences_are_marked_with_their_numbers(article: Article) -> None:
    spans = [s.span for s in split_sentences(article.text)]
    html = article_html(article, split_sentences(article.text), {spans[4]: 1, spans[2]: 2}, turn=7)
    marks = [a for tag, a in Browser(html).elements if tag == "mark"]
    assert [(a["id"], a["title"]) for a in marks] == [("cite-7-2", "2"), ("cite-7-1", "1")]
    assert {a["tabindex"] for a in marks} == {"-1"}
    assert body(html) == article.text


@pytest.mark.parametrize("span", [Span(2, 20), Span(0, 6), Span(12, 14), Span(5, 25)])
def test_a_citation_that_is_no_sentence_is_marked_all_the_same(span: Span) -> None:
    article = Article(id="a", text="He ran. She sat.\nThey said no.")
    html = article_html(article, split_sentences(article.text), {span: 1})
    assert body(html) == article.text
    assert Browser(html, within="mark.sent cited").text == span.of(article.text)


def test_copies_of_one_report_have_ids_of_their_own() -> None:
    text = "One. Two."
    articles = [Article(id=name, text=text) for name in "ab"]
    citations = [Citation(n, a, Span(0, 4), 1.0) for n, a in enumerate(articles, 1)]
    sentences: dict[str, Sequence[Sentence]] = {a.id: split_sentences(text) for a in articles}
    answer = Answer("q", "m", "u", tuple(CitedSentence(c.text, (c,)) for c in citations))
    html = pane_html(answer, sentences)
    ids = [a["id"] for _, a in Browser(html).elements if "id" in a]
    assert len(ids) == len(set(ids)) == 4


def test_the_pane_opens_the_first_article_and_leads_to_the_others(dated: Article) -> None:
    other = Article(id="b", text="Nothing, he said. Really.", title="Other")
    first = cited(dated, [2])
    second = Citation(2, other, Span(0, 17), 0.5)
    answer = Answer("q", "m", "u", (*first.sentences, CitedSentence(second.text, (second,))))
    sentences = {a.id: split_sentences(a.text) for a in (dated, other)}
    html = pane_html(answer, sentences, turn=2, notes={"b": "Corrected <since>."})
    elements = Browser(html).elements
    articles = [a["class"] for _, a in elements if (a.get("class") or "").startswith("cited-a")]
    assert articles == ["cited-articles", "cited-article", "cited-article shut"]
    tabs = [(a["class"], a["href"]) for t, a in elements if "tab" in (a.get("class") or "").split()]
    assert tabs == [("tab current", "#cite-2-1"), ("tab", "#cite-2-2")]
    assert Browser(html, within="p.note").text == "Corrected <since>."


def test_the_byline_links_the_published_article(dated: Article) -> None:
    html = article_html(dated, split_sentences(dated.text), {})
    assert Browser(html, within="p.byline").text == (
        "B. Line · The Daily · 5 September 2025 · Published article"
    )
    (link,) = (a for tag, a in Browser(html).elements if tag == "a")
    assert link == {"href": dated.url, "rel": "noopener noreferrer"}


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2025-09-05", "5 September 2025"), ("last week", "last week"), (None, "")],
)
def test_a_date_is_written_out_where_it_is_one(published: str | None, shown: str) -> None:
    article = Article(id="a", text="x.", title="t", published=published)
    html = article_html(article, split_sentences("x."), {})
    assert Browser(html, within="p.byline").text == shown
