import pytest

from bot.query.people.directory import Directory
from bot.rendering.segments import Paragraph, paragraphs
from bot.web.pages.article import speakers_of
from index.attribution.people.identities import context_words
from index.document import analyse
from index.schema import Analysis, Article, Span

TEXT = (
    "\n Heading here\n\n“No,” said Mayor Ann Lee.  She said that it rained.\r\n"
    "Officials denied it. Ann Lee said so.\n\n"
)
ARTICLE = Article("a", TEXT)
ANALYSIS = analyse(ARTICLE)


def whole(lines: list[Paragraph], text: str) -> str:
    """The text, put together again from the pieces that a page shows."""
    pieces = []
    for paragraph in lines:
        pieces.append(paragraph.before)
        for line in paragraph.lines:
            pieces += [line.before, *(segment.span.of(text) for segment in line.segments)]
    return "".join(pieces)


@pytest.mark.parametrize("marked", [None, Span(20, 45), Span(0, len(TEXT))])
def test_what_is_shown_is_the_article_s_text(marked: Span | None) -> None:
    lines = paragraphs(ARTICLE, ANALYSIS.sentences, ANALYSIS.statements, marked)
    assert whole(lines, TEXT) == TEXT.rstrip()
    assert [paragraph.prose for paragraph in lines] == [False, True, True]


def test_the_seed_article_is_shown_whole(article: Article) -> None:
    found: Analysis = analyse(article)
    lines = paragraphs(article, found.sentences, found.statements)
    assert whole(lines, article.text) == article.text.rstrip()


def test_only_the_sentences_that_a_mark_touches_are_marked() -> None:
    start = TEXT.index("She said")
    lines = paragraphs(ARTICLE, ANALYSIS.sentences, (), Span(start + 4, start + 8))
    marked = [line for paragraph in lines for line in paragraph.lines if line.is_marked]
    assert [line.span.of(TEXT) for line in marked] == ["She said that it rained."]
    assert [segment.span.of(TEXT) for segment in marked[0].segments][1] == "said"


def test_an_article_without_sentences_has_no_paragraphs() -> None:
    assert paragraphs(Article("b", " \n "), (), ()) == []


def test_speakers_come_with_their_sentences_and_only_the_named_are_listed() -> None:
    people = [("a", person) for person in ANALYSIS.people]
    directory = Directory.gathered(people, {"a": context_words(TEXT)})
    found = speakers_of("a", ANALYSIS.sentences, ANALYSIS.statements, directory)
    assert [(each.name, each.listed) for each in found] == [
        ("Ann Lee", "Ann Lee"),
        ("Officials", None),
    ]
    assert [span.of(TEXT) for span in found[0].sentences] == [
        "“No,” said Mayor Ann Lee.",
        "She said that it rained.",
    ]
