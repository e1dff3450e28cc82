"""The articles beside the conversation."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Run
from bot.rendering.article_html import ShownArticle, article_html, pane_html
from index.attribution.layout.sentences import split_sentences
from index.document import analyse
from index.schema import Article, Span, Speaker, Statement
from tests.fragments import HOSTILE, Browser, cited, dated_article, one_by_one, seen


@pytest.fixture
def dated(article: Article) -> Article:
    return dated_article(article)


def body(html: str) -> str:
    return Browser(html, within="div.body").text


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t<&*_“”!?\u202e\0\u2028é👍"), max_size=80))
@example(HOSTILE)
@example("No end")
@example("\n\n lead. \r\n\r\n Trail. \n ")
def test_the_pane_shows_the_article_character_for_character(text: str) -> None:
    html = article_html(ShownArticle(Article(id="a", text=text, title="t"), split_sentences(text)))
    Browser(html).check_harmless()
    assert body(html) == seen(text)
    assert "\n" not in html


def test_the_seed_article_is_shown_whole_in_its_paragraphs(article: Article) -> None:
    sentences = split_sentences(article.text)
    html = article_html(ShownArticle(article, sentences))
    assert body(html) == article.text
    elements = Browser(html, within="div.body").elements
    ids = [a["id"] for _, a in elements if "sent" in (a.get("class") or "")]
    assert len(set(ids)) == len(sentences)
    paragraphs = [a.get("class") for tag, a in elements if tag == "p"]
    assert paragraphs[0] == "byline"
    assert len(paragraphs[1:]) == 1 + sentences[-1].paragraph
    assert paragraphs.count("aside") == sum(not s.prose for s in sentences)


def test_what_is_cited_is_marked_a_block_once(article: Article) -> None:
    spans = [s.span for s in split_sentences(article.text)]
    places = enumerate((spans[4], spans[1], spans[2]), 1)
    first, *others = (Citation(n, article, span, 1.0) for n, span in places)
    runs = [Run((first,)), Run(tuple(others))]
    html = article_html(ShownArticle(article, split_sentences(article.text)), runs, turn=7)
    marks = [a for tag, a in Browser(html).elements if tag == "mark"]
    expected = [("cite-7-2", "2-3"), ("cite-7-3", None), ("cite-7-1", "1")]
    assert [(a["id"], a.get("title")) for a in marks] == expected
    assert {a["tabindex"] for a in marks} == {"-1"}
    assert body(html) == article.text


@pytest.mark.parametrize("span", [Span(2, 20), Span(0, 6), Span(12, 14), Span(5, 25)])
def test_a_citation_that_is_no_sentence_is_marked_all_the_same(span: Span) -> None:
    article = Article(id="a", text="He ran. She sat.\nThey said no.")
    run = Run((Citation(1, article, span, 1.0),))
    html = article_html(ShownArticle(article, split_sentences(article.text)), [run])
    assert body(html) == article.text
    assert Browser(html, within="mark.sent cited").text == span.of(article.text)


def test_copies_of_one_report_have_ids_of_their_own() -> None:
    text = "One. Two."
    articles = [Article(id=name, text=text) for name in "ab"]
    citations = [Citation(n, a, Span(0, 4), 1.0) for n, a in enumerate(articles, 1)]
    shown = {a.id: ShownArticle(a, split_sentences(text)) for a in articles}
    answer = Answer("q", "m", "u", one_by_one(*citations))
    html = pane_html(answer, shown)
    ids = [a["id"] for _, a in Browser(html).elements if "id" in a]
    assert len(ids) == len(set(ids)) == 4


def test_the_pane_opens_the_first_article_and_leads_to_the_others(dated: Article) -> None:
    other = Article(id="b", text="Nothing, he said. Really.", title="Other")
    second = Citation(2, other, Span(0, 17), 0.5)
    answer = Answer("q", "m", "u", one_by_one(*cited(dated, [2]).citations, second))
    shown = {a.id: ShownArticle(a, split_sentences(a.text)) for a in (dated, other)}
    shown["b"] = replace(shown["b"], note="Corrected <since>.")
    html = pane_html(answer, shown, turn=2)
    elements = Browser(html).elements
    articles = [a["class"] for _, a in elements if (a.get("class") or "").startswith("cited-a")]
    assert articles == ["cited-articles", "cited-article", "cited-article shut"]
    tabs = [(a["class"], a["href"]) for t, a in elements if "tab" in (a.get("class") or "").split()]
    assert tabs == [("tab current", "#cite-2-1"), ("tab", "#cite-2-2")]
    assert Browser(html, within="p.note").text == "Corrected <since>."


def test_the_byline_links_the_published_article(dated: Article) -> None:
    html = article_html(ShownArticle(dated, split_sentences(dated.text)))
    assert Browser(html, within="p.byline").text == (
        "B. Line · The Daily · 5 September 2025 · Published article · In the library"
    )
    published, page = (a for tag, a in Browser(html).elements if tag == "a")
    assert published == {"href": dated.url, "rel": "noopener noreferrer"}
    assert page == {"href": "article?id=a%20b%2F%E2%80%9C1%E2%80%9D"}


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2025-09-05", "5 September 2025"), ("last week", "last week"), (None, "")],
)
def test_a_date_is_written_out_where_it_is_one(published: str | None, shown: str) -> None:
    article = Article(id="a", text="x.", title="t", published=published)
    html = article_html(ShownArticle(article, split_sentences("x.")))
    expected = f"{shown} · In the library" if shown else "In the library"
    assert Browser(html, within="p.byline").text == expected


# --- who said what


def said(article: Article, words: str, by: str = "Ann", cue: str = "said") -> Statement:
    """A statement made of the first of these words in the article."""
    places = {
        w: Span(article.text.index(w), article.text.index(w) + len(w)) for w in (words, by, cue)
    }
    return Statement(Speaker(by, places[by]), places[cue], (places[words],), "direct")


def test_speaker_cue_and_content_are_marked_across_sentences_and_the_content_named() -> None:
    article = Article("a", "“No. Never,” said Ann. It rained.")
    statement = said(article, "“No. Never,”")
    html = article_html(ShownArticle(article, split_sentences(article.text), [statement]))
    body = html[html.index('<div class="body">') :]
    for part, words in (("speaker", "Ann"), ("cue", "said"), ("content", "“No.Never,”")):
        assert Browser(body.removesuffix("</article>"), within=f"span.said-{part}").text == words
    (whose,) = (a["title"] for _, a in Browser(html).elements if a.get("title"))
    assert whose == "Ann"
    assert Browser(html, within="div.body").text == article.text
    assert "legend" in html


def test_an_article_without_statements_has_no_legend() -> None:
    article = Article("a", "It rained.")
    assert "legend" not in article_html(ShownArticle(article, split_sentences(article.text)))


def test_a_hostile_speaker_is_named_in_text() -> None:
    name = '\u202e"><script>\0'
    article = Article("a", f"“No,” said {name}.")
    statement = replace(said(article, "“No,”", by="said"), speaker=Speaker(name, Span(0, 1)))
    html = article_html(ShownArticle(article, split_sentences(article.text), [statement]))
    Browser(html).check_harmless()
    assert '\ufffd"><script>\ufffd' in [a.get("title") for _, a in Browser(html).elements]


def test_the_seeds_colours_change_no_character(article: Article) -> None:
    found = analyse(article)
    html = article_html(ShownArticle(article, found.sentences, found.statements))
    Browser(html).check_harmless()
    assert Browser(html, within="div.body").text == article.text
    assert html.count('class="said-cue"') > len(found.statements) // 2
