"""Questions with what leads up to them or follows them."""

import pytest

from bot.query.grammar.wrapping import unwrapped


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("lee on the ferry, september only pls", "lee on the ferry, september"),
        ("who sank plz", "who sank"),
        ("lee vs reed on the ferry, compare", "compare lee vs reed on the ferry"),
        ("lee and reed on gas - compare them", "compare lee and reed on gas"),
        ("every minister's quote on gas, list them", "list every minister's quote on gas"),
        ("all quotes by lee list them all", "list all quotes by lee"),
        ("list the dead, list them all", "list the dead"),
        ("the ferry row; summarise it", "summarise the ferry row"),
        ("the mayor, did she resign?", "did the mayor resign?"),
        ("and the union, what did they say about gas", "what did the union say about gas"),
        ("lee, why does she want gas", "why does lee want gas"),
        ("what about reed, has he agreed to it", "has reed agreed to it"),
        ("different thing, what did lee say", "what did lee say"),
        ("ok new question: who sank", "who sank"),
        ("who ran it.. no wait who owns the pier", "who owns the pier"),
        ("what did lee say though", "what did lee say"),
        ("is the fair calm? gus torvan", "gus torvan: is the fair calm"),
        ("will it sink? what the mayor thinks", "the mayor: will it sink"),
        ("will it sink? the mayor's view", "the mayor: will it sink"),
    ],
)
def test_what_is_asked_stands_where_questions_have_it(typed: str, asked: str) -> None:
    assert unwrapped(typed) == asked


@pytest.mark.parametrize(
    "question",
    [
        "did they compare notes",
        "what prices did they list",
        "who can list them",
        "after the vote, what did lee say",
        "according to lee, is it safe",
        "is it safe, lee",
        "lee: is it safe",
        "lee, is it safe",
        "lee and reed on the ferry, do they agree",
        "the only mayor",
        "another thing is on fire",
        "i mean to ask lee",
        "is it safe? and reed",
        "is it safe? reed on gas",
        "did it sink? what sank it",
        "lee? reed",
    ],
)
def test_what_a_question_needs_is_left(question: str) -> None:
    assert unwrapped(question) == question
