"""Who is for or against something is known from words of that side."""

import pytest

from bot.selecting.choosing.sides import Side, side_of, takes


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("anyone against it?", "against"),
        ("is anyone against the night closure", "against"),
        ("who opposes the closure", "against"),
        ("does anyone disagree", "against"),
        ("who is not happy about it", "against"),
        ("who is happy about it", "for"),
        ("does anyone support the closure", "for"),
        ("who said it was safe", None),
        ("who closed the unit after it was criticised", None),
        ("why did they object", None),
    ],
)
def test_a_question_asks_for_one_side_or_for_none(question: str, side: Side | None) -> None:
    assert side_of(question) == side


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("Not everybody welcomed the order.", "against"),
        ("Frost criticised the order.", "against"),
        ("He was deeply disappointed.", "against"),
        ("The union backed the order.", "for"),
        ("Nobody objected.", "for"),
        ("They will go back to work.", None),
        ("A midwife said nobody had been surprised.", None),
    ],
)
def test_a_sentence_is_on_one_side_or_on_none(sentence: str, side: Side | None) -> None:
    sides: tuple[Side, ...] = ("for", "against")
    assert [each for each in sides if takes(sentence, each)] == ([side] if side else [])
