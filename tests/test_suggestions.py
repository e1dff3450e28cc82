"""Questions made from statements."""

from dataclasses import replace

import pytest

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.suggestions import ask_about, nearest_questions, questions_of
from index.attribution.people.identities import context_words
from index.document import analyse
from index.schema import Article, Sentence, Span

TEXT = (
    "The security guarantees for the island are weak, Anna Lee said on Monday.\n"
    "Tom Reed wants security guarantees too.\n"
    "“Security guarantees must come first, before any vote on the island,” Lee said.\n"
)


def view() -> ArticleView:
    article = Article("a1", TEXT)
    sentences = analyse(article).sentences
    directory = Directory.gathered([], {"a1": context_words(TEXT)})
    lee = Attribution("Anna Lee", directory.identity("a1", "Anna Lee"), "direct")
    return ArticleView(
        article,
        tuple(SentenceView(s, (lee,) if n != 1 else ()) for n, s in enumerate(sentences)),
    )


def test_a_statement_is_asked_about_by_speaker_and_topic() -> None:
    seen = view()
    (attribution,) = seen.sentences[2].attributions
    assert ask_about(seen, 2, attribution) == "What did Anna Lee say about security guarantees?"


@pytest.mark.parametrize(
    "name",
    [
        "officials",
        "The account for The Post",
        "the",
        "He",
        "Officials in Velm and other cities",
        "Nearly 40% of those",
        "Velm boss and",
        "Security",
    ],
)
def test_somebody_without_a_name_is_not_asked_about(name: str) -> None:
    assert ask_about(view(), 2, Attribution(name, None, "indirect")) is None


def test_each_speaker_of_an_article_is_asked_about_once() -> None:
    assert list(questions_of([view(), view()])) == [
        "What did Anna Lee say about security guarantees?"
    ]


def test_an_article_without_statements_gives_no_questions() -> None:
    alone = SentenceView(Sentence(Span(0, 5), 0), ())
    assert list(questions_of([ArticleView(Article("a", "Hello"), (alone,))])) == []


def test_a_sentence_is_looked_at_once_for_each_speaker() -> None:
    seen = view()
    (attribution,) = seen.sentences[2].attributions
    question = ask_about(seen, 2, attribution)
    assert seen.suggested == {(2, "Anna Lee"): question}
    assert ask_about(seen, 2, replace(attribution, identity=None, name="Tom Reed")) != question


@pytest.mark.parametrize(
    ("topic", "is_asked"), [("the island vote", True), ("island gas", True), ("gas prices", False)]
)
def test_an_article_on_something_else_gives_no_question(topic: str, is_asked: bool) -> None:
    assert any(nearest_questions(None, [Evidence(view(), 2)], topic)) == is_asked


def test_questions_are_made_as_they_are_taken() -> None:
    first, second = view(), view()
    asking = nearest_questions(None, [Evidence(first, 2), Evidence(second, 2)], "the island vote")
    assert "Anna Lee" in next(asking)
    assert first.suggested
    assert not second.suggested
