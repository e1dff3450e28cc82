"""Which sentences of an article belong to a list of what somebody said, and to its story."""

from bot.query.grammar.question import understand
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.overviews.listing import statements
from bot.selecting.overviews.topicality import story_sentences
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Identity
from index.schema import Article, Sentence, Span

REED = Identity(
    "Ann Reed",
    ("ann", "reed"),
    frozenset({"a1"}),
    (),
    frozenset(),
    is_body=False,
    words=("ann", "reed"),
)
WANTED = WantedSpeaker("reed", (REED,), REED.articles)


def view(title: str, *lines: str) -> ArticleView:
    """An article with a paragraph a line; what is in quotation marks is Ann Reed's."""
    sentences, start = [], 0
    for n, line in enumerate(lines):
        spoken = (Attribution("Ann Reed", REED, "direct"),) if line.startswith('"') else ()
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), spoken))
        start += len(line) + 1
    return ArticleView(Article("a1", "\n".join(lines), title), tuple(sentences), ())


LINES = ('"The ferry is old."', "It rained.", '"I wait for weeks."', "It cleared up.")


def listed(question: str, of: ArticleView) -> list[int]:
    return [each.n for each in statements(understand(question), WANTED, [of])]


def test_everything_on_a_topic_is_what_an_article_on_it_has_of_somebody() -> None:
    assert listed("everything Reed said on the ferry", view("The ferry", *LINES)) == [0, 2]
    assert listed("what did Reed say on the ferry", view("The ferry", *LINES)) == [0]
    assert listed("everything Reed said on the ferry", view("The pier", *LINES)) == [0]


def test_nothing_is_listed_where_they_do_not_speak_of_it() -> None:
    assert listed("everything Reed said on the ferry", view("The ferry", *LINES[1:])) == []


def test_a_story_goes_on_with_what_the_article_itself_tells() -> None:
    told = view(
        "The ferry", "A ferry sank.", "It rained.", "It blew.", '"The ferry was old."', "Ok."
    )
    assert story_sentences(told, "ferry", 4) == [0, 1, 2, 4]
