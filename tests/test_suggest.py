"""Questions made from statements."""

import pytest

from bot.query.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.suggest import ask_about, questions_of, topic_of
from index.attribution.identities import context_words
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


def test_the_topic_is_what_the_article_repeats() -> None:
    assert topic_of(TEXT.splitlines()[2], TEXT) == "security guarantees"


def test_the_speakers_own_name_is_no_topic() -> None:
    assert topic_of("Lee said Lee.", "Lee said Lee. Lee.", without="Anna Lee") is None


def test_a_statement_is_asked_about_by_speaker_and_topic() -> None:
    seen = view()
    (attribution,) = seen.sentences[2].attributions
    assert ask_about(seen, 2, attribution) == "What did Anna Lee say about security guarantees?"


@pytest.mark.parametrize("name", ["officials", "The account for The Post", "the"])
def test_somebody_without_a_name_is_not_asked_about(name: str) -> None:
    assert ask_about(view(), 2, Attribution(name, None, "indirect")) is None


def test_each_speaker_of_an_article_is_asked_about_once() -> None:
    assert list(questions_of([view(), view()])) == [
        "What did Anna Lee say about security guarantees?"
    ]


def test_an_article_without_statements_gives_no_questions() -> None:
    alone = SentenceView(Sentence(Span(0, 5), 0), ())
    assert list(questions_of([ArticleView(Article("a", "Hello"), (alone,))])) == []


def test_a_topic_is_no_participle_and_runs_over_no_mark() -> None:
    assert topic_of("It was located.", "It was located. It was located.") is None
    assert topic_of("At 3 p.m it fell.", "At 3 p.m it fell, at 4 p.m it rose.") is None
    assert topic_of("They breed.", "They breed. Another breed.") == "breed"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("He left New York City. New York City was cold.", "New York City"),
        ("Prime Minister Viktor Orbán came. Viktor Orbán left.", "Viktor Orbán"),
        ("The White House officials met. White House officials knew.", "White House"),
        ("The prime minister and the prime minister spoke.", None),
        ("Turkey began it. Turkey began it.", "Turkey"),
        ("A Cuban met a Cuban.", None),
    ],
)
def test_a_topic_is_a_whole_name_and_no_office(text: str, topic: str | None) -> None:
    assert topic_of(text, text) == topic
