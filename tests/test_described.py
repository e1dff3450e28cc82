"""Persons whom only a description names, set beside their name in a sentence."""

import pytest

from bot.query.directory import Directory
from bot.query.question import said
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.described import whom
from index.attribution.identities import context_words
from index.document import analyse
from index.schema import Article, Person

NAMES = ("Ann Orr", "Tom Lee", "Ida Reed")


def found(phrase: str, *sentences: str) -> list[str]:
    """The names of those whom a phrase means in an article; the first of `NAMES` speaks always."""
    text = " ".join(sentences)
    people = [("a1", Person(name)) for name in NAMES]
    directory = Directory.gathered(people, {"a1": context_words(text)})
    article = Article("a1", text)

    def speaking(sentence: str) -> tuple[Attribution, ...]:
        here = (name for name in NAMES if name.split()[1] in sentence)
        return tuple(Attribution(n, directory.identity("a1", n), "direct") for n in here)

    views = tuple(SentenceView(s, speaking(s.span.of(text))) for s in analyse(article).sentences)
    wanted = whom(said(phrase, "gas"), directory, lambda _: ArticleView(article, views))
    return [person.name for person in wanted.people] if wanted else []


@pytest.mark.parametrize(
    ("phrase", "sentence", "name"),
    [
        ("the zoo vet", "Oldham Zoo senior vet Dr Ann Orr said it ate.", "Ann Orr"),
        ("the quarry owner", "Ann Orr, owner of the quarry, said it was safe.", "Ann Orr"),
        ("lee's fiancee", "Ann Orr, fiancée of the journalist Tom Lee, wants a trial.", "Ann Orr"),
    ],
)
def test_who_stands_beside_a_description_is_meant(phrase: str, sentence: str, name: str) -> None:
    assert name in found(phrase, sentence)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("the zoo vet", "Ann Orr told the zoo it needs a vet."),
        ("the zoo vet", "The zoo vet slept while Ann Orr spoke."),
        ("the zoo vet", "Zoo vet Ann Orr and zoo vet Ida Reed spoke."),
        ("the vet", "Ann Orr, a vet, spoke."),
        ("scott morrison", "Scott Morrison, Ann Orr spoke."),
        ("the zoo vet", "To zoo vet Max Kay, Ann Orr spoke."),
    ],
)
def test_who_stands_elsewhere_or_beside_another_is_not(phrase: str, sentence: str) -> None:
    assert found(phrase, sentence) == []
