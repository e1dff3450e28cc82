"""Who did what a question asks for: known from the clause that has the deed."""

import pytest

from bot.selecting.choosing.doers import Deed, deed_of, tells


@pytest.mark.parametrize(
    ("question", "words", "is_act"),
    [
        ("who knew the barrier was broken", {"know"}, True),
        ("who will hear the league's appeal", {"hear"}, True),
        ("who's paying for it", {"pay"}, True),
        ("who else spoke", {"speak"}, True),
        ("who is the mayor now", {"mayor"}, False),
        ("who is happy about it", {"happi"}, False),
        ("who was arrested over the fire", {"arrest"}, False),
        ("whose fault was it", {"fault"}, False),
    ],
)
def test_a_question_for_somebody_has_a_deed(question: str, words: set[str], is_act: bool) -> None:
    assert deed_of(question) == Deed(frozenset(words), is_act=is_act)


@pytest.mark.parametrize(
    "question", ["who did Lee name", "who are they", "who is behind it", "where was it", ""]
)
def test_other_questions_have_none(question: str) -> None:
    assert deed_of(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "is_told"),
    [
        ("who fixed the barrier", "Roadcare fixed the barrier in May.", True),
        ("who fixed the barrier", "The barrier was fixed by Roadcare.", True),
        ("who fixed the barrier", "The barrier, Roadcare says, had been fixed.", False),
        ("who fixed the barrier", "Tomasz Wrona, who drove into the barrier, has died.", False),
        ("who resigned", "The resignation of Ann Lee was expected.", True),
        ("who is the mayor", "Bishop Ann Lee hailed the council.", False),
        ("who is the mayor", "Olaf Dahl succeeded Ida Voss as mayor.", True),
        ("who is happy about it", "Ann Lee was deeply disappointed.", False),
        ("what's the driver's name", "The driver, named as Tomasz Wrona, was ill.", True),
        ("what is the name of the captain", "Captain Ann Lee went home.", True),
        ("what was the captain's name", "The captain was identified as Ann Lee.", True),
        ("what was the supervisor's name", "The driver was Tomasz Wrona.", False),
        ("what was the supervisor's name", "A supervisor wrote to Roadcare that it broke.", False),
    ],
)
def test_a_sentence_has_who_did_it_or_not(question: str, sentence: str, is_told: bool) -> None:
    deed = deed_of(question)
    assert deed is not None
    assert tells(sentence, deed) == is_told
