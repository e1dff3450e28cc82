"""Who did what to whom: the sentence that tells it, and the one that only has its words."""

import pytest

from bot.selecting.deeds import read_deed, read_own


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
        ("by whom was Quint fired", "The board fired Quint on Monday."),
        ("who was fired by the board", "Quint was dismissed by the board."),
        ("which company bought the mine", "Norjet acquired the mine."),
        ("what police officer was injured", "A police officer was wounded by a stone."),
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


@pytest.mark.parametrize("question", ["what year was Quint born", "which seats did the party win"])
def test_what_is_nobody_did_nothing(question: str) -> None:
    assert read_deed(question) is None


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("The judge recommended a fine, the paper reports.", True),
        ("The fine was recommended by Judge Quint.", True),
        ("The prosecutor recommended a fine.", False),
        ("The judge spoke of a fine.", False),
    ],
)
def test_what_somebody_is_asked_for_is_told_by_what_they_did(sentence: str, is_told: bool) -> None:
    deed = read_own("what did the judge recommend for Reed", "the judge")
    assert deed is not None
    assert deed.is_of(sentence, frozenset({"judg", "quint"})) is is_told
    assert read_own("what did the judge say about Reed", "the judge") is None
