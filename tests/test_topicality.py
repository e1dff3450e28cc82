"""How much articles are about a topic."""

from bot.selecting.article_view import ArticleView, SentenceView
from bot.selecting.overviews.topicality import in_passing
from index.schema import Article, Sentence, Span

LINES = (
    "Talks went on in Lisle.",
    "A foreign yacht came in.",
    "The harbour holds the Aurora, a yacht.",
    "It rained.",
)


def test_what_an_article_has_in_passing_is_told_where_all_of_the_topic_is_there() -> None:
    sentences, start = [], 0
    for n, line in enumerate(LINES):
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), ()))
        start += len(line) + 1
    view = ArticleView(Article("a", "\n".join(LINES), "Talks"), tuple(sentences))
    assert in_passing(view, "foreign yacht aurora", 4) == [1, 2]
    assert in_passing(view, "the foreign yacht", 4) == [1, 2]
    assert in_passing(view, "the aurora's captain", 4) == []
    assert in_passing(view, "the aurora", 4) == []
