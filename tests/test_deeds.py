"""Who did what to whom: the sentence that tells it, and the one that only has its words."""

import pytest

from bot.selecting.deeds import read_deed


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who was attacked in Oldham?", "The minister Tom Reed was attacked in Oldham on Friday."),
        ("who shot the intruder", "Guards arrived and shot him in the leg."),
        ("who praised Mara Quint", "Mara Quint was praised by the judge."),
        ("who is investigating the derailment", "Two agencies are investigating the derailment."),
        ("who did Quint dismiss", "Quint dismissed her deputy, Ivo Brandt."),
        ("who was the deputy replaced by", "The deputy was replaced by Lena Ford."),
        ("and who won the regatta?", "Nia Okoro won the regatta by a length."),
        ("who rescued the child", "A nurse who rescued the child spoke on Monday."),
        ("who stole the statue", "The statue was stolen by two students."),
    ],
)
def test_who_did_it_or_had_it_done_to_them_is_told(question: str, sentence: str) -> None:
    deed = read_deed(question)
    assert deed is not None
    assert deed.fits(sentence) is True


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("who criticised Mara Quint", "Mara Quint criticised the council.", False),
        ("who was sued by the council", "The council was sued by Mara Quint.", False),
        ("who praised Mara Quint", "Mara Quint resigned on Friday.", None),
        ("who stole the statue", "Two students stole a bicycle.", None),
        ("who stole the statue", "The statue was stolen in May.", None),
    ],
)
def test_a_deed_of_the_wrong_person_or_thing_tells_nothing(
    question: str, sentence: str, fits: bool | None
) -> None:
    deed = read_deed(question)
    assert deed is not None
    assert deed.fits(sentence) is fits


@pytest.mark.parametrize(
    "question", ["who said gas is safe", "who is the mayor", "what happened in May", "who", ""]
)
def test_other_questions_ask_for_no_deed(question: str) -> None:
    deed = read_deed(question)
    assert deed is None or deed.fits("Tom Reed said that gas is safe.") is None
