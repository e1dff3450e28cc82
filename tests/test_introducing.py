"""Sentences in which articles introduce a person."""

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.overviews.introducing import introductions
from index.attribution.people.identities import Context
from index.schema import Article, Person, Sentence, Span

DIRECTORY = Directory.gathered([("a", Person("Ruth Orr", ("the warden",)))], {"a": Context()})
(ORR,) = (match.identity for match in DIRECTORY.match("Ruth Orr"))
LINES = (
    "The warden Ruth Orr lost her seat.",
    "It rained on the island.",
    "Orr had kept a cat.",
    "On the island nobody beside Orr had stood for it.",
    "“I am not done,” Orr said.",
    "Orr, 61, kept the lighthouse for years.",
)


def test_one_article_tells_what_else_it_has_in_its_own_words() -> None:
    sentences, start = [], 0
    for n, line in enumerate(LINES):
        by = (Attribution("Orr", ORR, "direct"),) if "said" in line else ()
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), by))
        start += len(line) + 1
    view = ArticleView(Article("a", "\n".join(LINES)), tuple(sentences))
    assert [choice.n for choice in introductions(ORR, [view])] == [0, 5, 2]


def test_of_an_article_on_the_person_what_comes_next_is_told() -> None:
    lines = ("The warden Ruth Orr lost.", "Days later, the 61-year-old was found.", *LINES[2:])
    sentences, start = [], 0
    for n, line in enumerate(lines):
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), ()))
        start += len(line) + 1
    article = Article("a", "\n".join(lines), "Who was Orr?")
    view = ArticleView(article, tuple(sentences))
    assert [choice.n for choice in introductions(ORR, [view])][:2] == [0, 1]


def test_who_somebody_is_behind_their_name_is_told_beside_what_they_say() -> None:
    lines = ("The warden Ruth Orr said no.", "It rained.", "Ruth Orr, who was a pilot, said no.")
    sentences, start = [], 0
    for n, line in enumerate(lines):
        by = (Attribution("Orr", ORR, "indirect"),) if "said" in line else ()
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), by))
        start += len(line) + 1
    view = ArticleView(Article("a", "\n".join(lines)), tuple(sentences))
    assert [choice.n for choice in introductions(ORR, [view])] == [0, 2]
