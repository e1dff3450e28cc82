"""Articles are found by the stems of a topic, however their words are compared as roles."""

import pytest

from bot.selecting.overviews.topicality import articles_on, listed_as
from index.archive.register import Register
from index.attribution.people.identities import context_words
from index.language.stems import stems

_TEXT = """The French prime minister, the vice president and a congresswoman flew home; skies were
clear. Companies organised relational databases, lying scientists cried, and the PM's widow died on
the day the Attorney General resigned over 1,200 dying fish. Élodie was Scottish."""


def test_every_stem_of_a_text_finds_it() -> None:
    """But for stems of words that articles are not found by at all."""
    words = context_words(_TEXT).words

    def beginning(first: str) -> list[str]:
        return [word for word in words if word.startswith(first)]

    found = {each: listed_as(each, beginning) for each in stems(_TEXT)}
    assert not [
        each for each, forms in found.items() if forms is not None and forms.isdisjoint(words)
    ]
    assert sum(forms is None for forms in found.values()) < 3


@pytest.mark.parametrize(
    ("topic", "articles"),
    [
        ("dying skies", {"a"}),
        ("the French", {"a"}),
        ("minister", {"a", "b"}),
        ("minister walking", {"b"}),
        ("walks, strangers", set()),
    ],
)
def test_articles_on_a_topic_have_all_its_stems(topic: str, articles: set[str]) -> None:
    """Of other articles nothing is on the topic, so they are not read for it."""
    texts = {"a": _TEXT, "b": "A foreign minister walked.", "c": "He walks."}
    context = {id_: context_words(text) for id_, text in texts.items()}
    assert articles_on(stems(topic), Register.gathered([], context)) == frozenset(articles)


def test_a_word_that_no_article_is_found_by_narrows_nothing() -> None:
    """What is compared in no role, as "new", may be in any article."""
    register = Register.gathered([], {"a": context_words("A new one.")})
    assert articles_on(stems("new"), register) is None
